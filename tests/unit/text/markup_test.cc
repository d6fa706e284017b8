#include "text/markup.h"

#include <gtest/gtest.h>

#include <string>

namespace samestory {
namespace {

Markup At(std::string_view text, std::size_t pos = 0, bool escaped = false) {
  return MarkupReader(text).Read(pos, escaped);
}

TEST(Markup, TagsOfKnownElements) {
  EXPECT_EQ(At("<p>x").length, 3u);
  EXPECT_TRUE(At("<p>x").breaks_word);
  EXPECT_EQ(At("</DIV >x").length, 7u);
  EXPECT_EQ(At("<br/>").length, 5u);
  EXPECT_EQ(At("<b>x").length, 3u);
  EXPECT_FALSE(At("<b>x").breaks_word);
  EXPECT_EQ(At("<blockquote>").length, 12u);
}

TEST(Markup, WhatIsNoTagIsText) {
  for (const char* text : {"<GLD>", "< b>", "<b", "<b <i>", "<>", "<1>", "<bold>", "<basefonts>",
                           "<b=1>", "</ p>", "<!x>", "<"}) {
    EXPECT_EQ(At(text).length, 0u) << text;
  }
}

TEST(Markup, AttributesMayHoldBrackets) {
  EXPECT_EQ(At("<a title=\"x > y\" href='<z>'>t").length, 28u);
  EXPECT_EQ(At("<a title=it's>t").length, 14u);  // a quote inside an unquoted value
}

TEST(Markup, EscapedTagsCloseEscaped) {
  EXPECT_EQ(At("&lt;p class=x&gt;y", 0, true).length, 17u);
  EXPECT_EQ(At("&lt;p>y", 0, true).length, 0u);
  EXPECT_EQ(At("<p&gt;").length, 0u);
}

TEST(Markup, WholeElementsAndDeclarations) {
  EXPECT_EQ(At("<script>if (a<b) c</script>x").length, 27u);
  EXPECT_EQ(At("<STYLE type=a>p{}</Style >x").length, 26u);
  EXPECT_EQ(At("<script>open").length, 8u);
  EXPECT_EQ(At("<!-- a > b -->x").length, 14u);
  EXPECT_EQ(At("<!-- open").length, 0u);
  EXPECT_EQ(At("<!doctype html>x").length, 15u);
  EXPECT_EQ(At("<![CDATA[x]]>").length, 9u);
}

TEST(Markup, AScanInVainIsNotRepeated) {
  // Each tag opens a quotation that never ends: quadratic, were each scanned to the end.
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "<a =\"";
  text += "<i>";
  MarkupReader reader(text);
  std::size_t tags = 0;
  for (std::size_t pos = 0; pos < text.size(); ++pos) {
    if (text[pos] == '<') tags += reader.Read(pos, false).length > 0;
  }
  EXPECT_LE(tags, 1u);
}

Reference Ref(std::string_view text) { return ParseReference(text, 0); }

TEST(Reference, Named) {
  EXPECT_EQ(Ref("&amp;").code_points[0], U'&');
  EXPECT_EQ(Ref("&eacute;x").code_points[0], U'\u00E9');
  EXPECT_EQ(Ref("&eacute;x").length, 8u);
  EXPECT_EQ(Ref("&AElig;").code_points[0], U'\u00C6');
  EXPECT_EQ(Ref("&zwnj;").code_points[0], U'\u200C');
  EXPECT_EQ(Ref("&CounterClockwiseContourIntegral;").code_points[0], U'\u2233');
  EXPECT_EQ(Ref("&NotEqualTilde;").code_points[1], 0x338u);
  for (const char* text : {"&", "&;", "&eacute", "&EACUTE;", "&T ", "&#;", "&#x;", "&#xg;"}) {
    EXPECT_EQ(Ref(text).length, 0u) << text;
  }
}

TEST(Reference, Numeric) {
  EXPECT_EQ(Ref("&#8217;").code_points[0], U'\u2019');
  EXPECT_EQ(Ref("&#x2019;").code_points[0], U'\u2019');
  EXPECT_EQ(Ref("&#X1F600;").code_points[0], 0x1F600u);
  EXPECT_EQ(Ref("&#39s").length, 4u);
  EXPECT_EQ(Ref("&#146;").code_points[0], U'\u2019');  // Windows-1252
  for (const char* text : {"&#0;", "&#xD800;", "&#x110000;", "&#99999999999999999999;"}) {
    EXPECT_EQ(Ref(text).code_points[0], 0xFFFDu) << text;
  }
}

TEST(Reference, EscapedAgain) {
  EXPECT_EQ(Ref("&amp;#8217;s").code_points[0], U'\u2019');
  EXPECT_EQ(Ref("&amp;#8217;s").length, 11u);
  EXPECT_EQ(Ref("&amp;amp;eacute;").code_points[0], U'\u00E9');
  EXPECT_EQ(Ref("&amp;amp;x").length, 9u);
  EXPECT_EQ(Ref("&amp;amp;x").code_points[0], U'&');
}

}  // namespace
}  // namespace samestory
