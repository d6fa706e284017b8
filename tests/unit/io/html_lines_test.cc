#include "io/html_lines.h"

#include <string>

#include "gtest/gtest.h"

namespace samestory::io {
namespace {

TEST(HtmlToLinesTest, PutsBlocksOnLines) {
  EXPECT_EQ(HtmlToLines("<p>One.</p><p>Two.</p>"), "One.\nTwo.");
  EXPECT_EQ(HtmlToLines("<div>One.<br/>Two.<BR>Three.</div> <ul><li>Four</li>\n<li>Five</ul>"),
            "One.\nTwo.\nThree.\nFour\nFive");
  EXPECT_EQ(HtmlToLines("<h2 class='x'>Head</h2>Text<table><tr><td>a</td><td>b</td></tr></table>"),
            "Head\nText\na\nb");
  EXPECT_EQ(HtmlToLines("<p></p><p>  </p>x<p>\n</p>"), "x");
}

TEST(HtmlToLinesTest, FoldsWhiteSpaceAndInlineTags) {
  EXPECT_EQ(HtmlToLines("<p>A\n  <b>bold</b>\tmove, <a href='x>y'>said</a> he&nbsp;.</p>"),
            "A bold move, said he .");
  EXPECT_EQ(HtmlToLines("H<sub>2</sub>O"), "H2O");
}

TEST(HtmlToLinesTest, ResolvesReferences) {
  EXPECT_EQ(HtmlToLines("Tom &amp; Ann &lt;3 caf&eacute; &#8217;&#x1F600;"),
            "Tom & Ann <3 café ’😀");
  EXPECT_EQ(HtmlToLines("&lt;p&gt;twice&lt;/p&gt;escaped"), "twice\nescaped");
  EXPECT_EQ(HtmlToLines("AT&T & co; a < b > c"), "AT&T & co; a < b > c");
}

TEST(HtmlToLinesTest, LeavesOutScriptsStylesAndComments) {
  EXPECT_EQ(HtmlToLines("a<script>if (x < 1) { y(); }</script>b<style>p{}</style><!-- c --> d"),
            "a b d");
}

TEST(HtmlToLinesTest, KeepsTheLinesOfPlainText) {
  EXPECT_EQ(HtmlToLines("One.\nTwo.\r\n\r\nThree <b>x</b>."), "One.\nTwo.\nThree x.");
  EXPECT_EQ(HtmlToLines(""), "");
  EXPECT_EQ(HtmlToLines(" \n "), "");
}

TEST(HtmlToLinesTest, CostIsLinear) {
  const std::string open(1'000'000, '<');
  EXPECT_EQ(HtmlToLines(open), open);
  std::string tags;
  for (int i = 0; i < 200'000; ++i) tags += "<b ";
  EXPECT_EQ(HtmlToLines(tags).size(), tags.size() - 1);
}

}  // namespace
}  // namespace samestory::io
