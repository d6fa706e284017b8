#include "io/html_tree.h"

#include <functional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "io/html_lines.h"

namespace samestory::io {
namespace {

using ::testing::HasSubstr;

std::string Repeated(int count, const std::function<std::string(int)>& piece) {
  std::string all;
  for (int i = 0; i < count; ++i) all += piece(i);
  return all;
}

std::string Repeated(int count, const std::string& piece) {
  return Repeated(count, [&](int) { return piece; });
}

std::string Refusal(const std::string& html) {
  const auto tree = HtmlTree::Parse(html);
  return tree.ok() ? "" : std::string(tree.status().message());
}

// Each of these takes gumbo alone from seconds to hours, or the stack.
TEST(HtmlTreeTest, RefusesWhatNestsTooDeeply) {
  for (const char* piece : {"<div>", "<table><td>", "<div><object></div>", "<svg><g>", "<a><div>",
                            "<p>a<li>b<td>c<a href=x>d<i>e<h1>f", "<template>"}) {
    EXPECT_THAT(Refusal(Repeated(200'000, piece)), HasSubstr("nests")) << piece;
  }
  EXPECT_THAT(Refusal("<table>" + Repeated(200'000, "<div>")), HasSubstr("nests"));
}

TEST(HtmlTreeTest, KeepsWhatNestsLessDeeply) {
  const int depth = kMaxHtmlDepth - 2;  // <html> and <body> are around them
  const auto nested = [](int levels) {
    return Repeated(levels, "<div>") + "x" + Repeated(levels, "</div>");
  };
  EXPECT_EQ(Refusal(nested(depth)), "");
  EXPECT_THAT(Refusal(nested(depth + 1)), HasSubstr("nests more than 1024 elements"));
  EXPECT_EQ(Refusal(Repeated(300, nested(700))), "");
}

TEST(HtmlTreeTest, RefusesOpenFormattingWithoutEnd) {
  const auto with_id = [](int i) { return "<b id=" + std::to_string(i) + ">"; };
  EXPECT_THAT(Refusal(Repeated(70'000, with_id) + Repeated(70'000, "<p>x")), HasSubstr("open"));
  EXPECT_THAT(Refusal(Repeated(60'000, [&](int i) { return with_id(i) + "<p>x"; })),
              HasSubstr("open"));
  EXPECT_THAT(Refusal("<p>" + Repeated(100, with_id) + Repeated(100'000, "<p>x")),
              HasSubstr("memory"))
      << "each paragraph opens them all anew";
  EXPECT_EQ(Refusal(Repeated(100, with_id) + "x"), "");
}

TEST(HtmlTreeTest, RefusesAttributesWithoutEnd) {
  const auto names = [](int count) {
    return Repeated(count, [](int i) { return " a" + std::to_string(i); });
  };
  EXPECT_THAT(Refusal("<p" + names(200'000) + ">x"), HasSubstr("attributes"));
  EXPECT_THAT(Refusal("<body>" + Repeated(70'000,
                                          [](int i) { return "<body b" + std::to_string(i) + ">"; })),
              HasSubstr("attributes"));
  EXPECT_THAT(Refusal(Repeated(1000, "<p" + names(100) + ">")), HasSubstr("attributes"));
  EXPECT_EQ(Refusal("<p" + names(300) + ">x"), "");
  EXPECT_EQ(Refusal(Repeated(1000, "<p" + names(30) + ">x")), "");
}

// Wide is not deep: the arrays of an element's children look like stacks.
TEST(HtmlTreeTest, KeepsWidePages) {
  for (const char* piece : {"<p>x", "<br>", "<li><a href=x>y</a>", "<tr><td>a<td>b", "<!-- c -->",
                            "<b>x</b> ", "<table><tr><td>a</table>", "&amp;&lt;&#60;&nothing;", "<",
                            "&", "</p>", "<select>", "<dl><dt>a<dd>b</dl>"}) {
    EXPECT_EQ(Refusal(Repeated(50'000, piece)), "") << piece;
  }
  EXPECT_EQ(Refusal("<html></html>" + Repeated(50'000, "<!-- c -->")), "");
  EXPECT_EQ(Refusal("<!--" + std::string(1'000'000, '-')), "");
  EXPECT_EQ(Refusal("<table>" + Repeated(50'000, "lost <b>x</b>")), "");
}

TEST(HtmlTreeTest, MovesWithItsMemory) {
  auto tree = HtmlTree::Parse("<p>One").value();
  HtmlTree moved = std::move(tree);
  tree = HtmlTree::Parse("<p>Two").value();
  EXPECT_EQ(LinesOf(moved).text, "One");
  EXPECT_EQ(LinesOf(tree).text, "Two");
}

}  // namespace
}  // namespace samestory::io
