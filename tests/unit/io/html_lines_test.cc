#include "io/html_lines.h"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace samestory::io {
namespace {

using ::testing::FloatNear;

HtmlLines Read(std::string_view html) {
  const auto tree = HtmlTree::Parse(html);
  EXPECT_TRUE(tree.ok()) << tree.status();
  return tree.ok() ? LinesOf(*tree) : HtmlLines{};
}

std::string Lines(std::string_view html) { return Read(html).text; }

std::string Fragment(std::string_view html) {
  const auto lines = LinesOfFragment(html);
  EXPECT_TRUE(lines.ok()) << lines.status();
  return lines.ok() ? lines->text : "<error>";
}

TEST(LinesOfTest, PutsBlocksOnLines) {
  EXPECT_EQ(Lines("<p>One.</p><p>Two.</p>"), "One.\nTwo.");
  EXPECT_EQ(Lines("<p>One.<p>Two.<div>Three</div>tail"), "One.\nTwo.\nThree\ntail");
  EXPECT_EQ(Lines("<div>One.<br/>Two.<BR>Three.</div> <ul><li>Four</li>\n<li>Five</ul>"),
            "One.\nTwo.\nThree.\nFour\nFive");
  EXPECT_EQ(Lines("<h2 class='x'>Head</h2>Text<table><tr><td>a</td><td>b</td></tr></table>"),
            "Head\nText\na\nb");
  EXPECT_EQ(Lines("<p></p><p>  </p>x<p>\n</p><hr>y"), "x\ny");
  EXPECT_EQ(Lines("a<search>b</search>c<dialog>d</dialog>"), "a\nb\nc\nd");
}

TEST(LinesOfTest, FoldsWhiteSpaceAndJoinsInlineElements) {
  EXPECT_EQ(Lines("<p>A\n  <b>bold</b>\tmove, <a href='x>y'>said</a> he&nbsp;.</p>"),
            "A bold move, said he .");
  EXPECT_EQ(Lines("H<sub>2</sub>O <my-word>and</my-word>\u3000more"), "H2O and more");
  EXPECT_EQ(Lines("<pre>one\n  two\n\nthree</pre>"), "one\ntwo\nthree");
}

TEST(LinesOfTest, ResolvesReferences) {
  EXPECT_EQ(Lines("Tom &amp; Ann &lt;3 caf&eacute; &#8217;&#x1F600; AT&T &lt;p&gt;"),
            "Tom & Ann <3 café ’😀 AT&T <p>");
  EXPECT_EQ(Lines("a &#0; &#xD800; &#x110000; b"), "a \uFFFD \uFFFD \uFFFD b");
  const std::string overflown = Lines("<p>x&#4294967425;&#99999999999999999999;y");
  EXPECT_TRUE(simdjson::validate_utf8(overflown.data(), overflown.size()));
}

TEST(LinesOfTest, LeavesOutWhatIsNotText) {
  EXPECT_EQ(Lines("<title>T</title>a<script>if (x < 1) { y(); }</script>b<style>p{}</style>"
                  "<!-- c --> d<template><p>e</template><noscript>f</noscript><svg><text>g</text>"
                  "</svg><img alt='h'><p hidden>i</p><select><option>j</select><iframe>k</iframe>"),
            "ab d");
  EXPECT_EQ(Lines("<div hidden><p>x</div>y"), "y");
}

TEST(LinesOfTest, NestsWhatHtmlNests) {
  EXPECT_EQ(Lines("<b>bold <p>and</b> more"), "bold\nand more");
  EXPECT_EQ(Lines("<table>lost<tr><td>cell</table>"), "lost\ncell");
  EXPECT_EQ(Lines("x</div></p></body>y"), "x\ny");
}

struct Expected {
  LineTag tag;
  int level;
  bool navigation;
  double link;
};

void ExpectMarkup(const HtmlLines& lines, const std::vector<Expected>& expected) {
  ASSERT_EQ(lines.markup.size(), expected.size()) << lines.text;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(lines.markup[i].tag, expected[i].tag) << i;
    EXPECT_EQ(lines.markup[i].heading_level, expected[i].level) << i;
    EXPECT_EQ(lines.markup[i].navigation, expected[i].navigation) << i;
    EXPECT_THAT(lines.markup[i].link_share, FloatNear(expected[i].link, 1e-6)) << i;
  }
}

TEST(LinesOfTest, SaysWhatTheMarkupSays) {
  ExpectMarkup(
      Read("<nav><a href=/>Home</a></nav><div role=Navigation>Menu</div><h3>Head</h3><p>Text"
           "<ul><li>Item</ul><table><caption>Cap</caption><td>Cell</table><figure>"
           "<figcaption>Photo</figcaption></figure><blockquote>Said</blockquote><div>Plain</div>"
           "<aside><p>Beside</aside><footer>Foot</footer><dl><dt>Term<dd>Meaning</dl>"),
      {{LineTag::kUnknown, 0, true, 1},
       {LineTag::kUnknown, 0, true, 0},
       {LineTag::kHeading, 3, false, 0},
       {LineTag::kParagraph, 0, false, 0},
       {LineTag::kListItem, 0, false, 0},
       {LineTag::kCaption, 0, false, 0},
       {LineTag::kCell, 0, false, 0},
       {LineTag::kCaption, 0, false, 0},
       {LineTag::kQuote, 0, false, 0},
       {LineTag::kUnknown, 0, false, 0},
       {LineTag::kParagraph, 0, true, 0},
       {LineTag::kUnknown, 0, true, 0},
       {LineTag::kListItem, 0, false, 0},
       {LineTag::kListItem, 0, false, 0}});
}

TEST(LinesOfTest, CountsCharactersInLinks) {
  ExpectMarkup(Read("<p>ab <a href=x>cd</a><br><a name=x>ef</a><br><a href=x>éé<b>x</b></a> yyy"),
               {{LineTag::kParagraph, 0, false, 0.5},
                {LineTag::kParagraph, 0, false, 0},
                {LineTag::kParagraph, 0, false, 0.5}});
  ExpectMarkup(Read("<a href=x><h2>One</h2><p>Two</p></a>"),
               {{LineTag::kHeading, 2, false, 1}, {LineTag::kParagraph, 0, false, 1}});
}

TEST(LinesOfFragmentTest, ReadsMarkupThatWasEscapedTwice) {
  EXPECT_EQ(Fragment("&lt;p&gt;twice&lt;/p&gt;escaped &amp;amp; more"), "twice\nescaped & more");
  EXPECT_EQ(Fragment("<p>a &lt;p&gt; tag</p>"), "a <p> tag") << "in real markup it is text";
  EXPECT_EQ(Fragment("AT&T & co; a < b > c &lt; d"), "AT&T & co; a < b > c < d");
}

TEST(LinesOfFragmentTest, KeepsTheLinesOfPlainText) {
  EXPECT_EQ(Fragment("One.\nTwo.\r\n\r\nThree <b>x</b>."), "One.\nTwo.\nThree x.");
  EXPECT_EQ(Fragment("<p>One.\nTwo.</p>"), "One. Two.");
  EXPECT_EQ(Fragment("One.\nTwo.<br>Three."), "One. Two.\nThree.");
  EXPECT_EQ(Fragment(""), "");
  EXPECT_EQ(Fragment(" \n "), "");
}

TEST(LinesOfFragmentTest, HasOneEntryALine) {
  for (const char* html : {"", " ", "x", "a\nb\n", "<p>a<p>b", "<br><br>x<br>"}) {
    const auto lines = LinesOfFragment(html);
    ASSERT_TRUE(lines.ok());
    const auto ends = std::count(lines->text.begin(), lines->text.end(), '\n');
    EXPECT_EQ(lines->markup.size(), lines->text.empty() ? 0 : ends + 1) << html;
  }
}

}  // namespace
}  // namespace samestory::io
