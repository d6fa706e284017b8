#include "match/body.h"

#include <gtest/gtest.h>

#include <string_view>

namespace samestory {
namespace {

std::vector<std::uint32_t> Body(std::string_view text, std::string_view lang = "en") {
  CanonicalText canonical;
  Canonicalize(text, canonical);
  std::vector<std::uint32_t> block;
  BuildBody(canonical, text, lang, 2, 1, block);
  return block;
}

BodyLikeness Compare(std::string_view older, std::string_view newer, std::string_view lang = "en") {
  const auto a = Body(older, lang), b = Body(newer, lang);
  EXPECT_TRUE(BodyView::IsValid(a));
  return *CompareBodies(BodyView(a), BodyView(b));
}

TEST(BodyTest, AnEmptyBodyIsLikeNone) {
  const auto body = Body("The harbour was closed on Monday.");
  EXPECT_FALSE(CompareBodies(BodyView({}), BodyView(body)));
  EXPECT_FALSE(CompareBodies(BodyView(body), BodyView({})));
}

TEST(BodyTest, EqualBodiesAreRedundant) {
  const BodyLikeness likeness = Compare("Some 40 boats left the harbour on Monday.",
                                        "Some 40 boats left the harbour on Monday!");
  EXPECT_EQ(likeness.jaccard, 1);
  EXPECT_EQ(likeness.figures.shared, 1u);
  EXPECT_EQ(likeness.dates.shared, 1u);
  EXPECT_TRUE(likeness.is_redundant());
}

TEST(BodyTest, OneFormWithOtherFillingsIsNot) {
  const BodyLikeness likeness =
      Compare("The mill shipped 4,200 tonnes of flour in the week ended March 12, the board said.",
              "The mill shipped 3,900 tonnes of flour in the week ended March 19, the board said.");
  EXPECT_GT(likeness.jaccard, 0.5);
  EXPECT_TRUE(likeness.figures.conflict());
  EXPECT_TRUE(likeness.dates.conflict());
  EXPECT_EQ(likeness.dates.shared, 1u);  // March
  EXPECT_FALSE(likeness.is_redundant());
}

TEST(BodyTest, FiguresAndDatesAreEqualByValue) {
  const BodyLikeness likeness = Compare("It cost two million euros, it said in Mar 2031.",
                                        "It cost 2m euros, it said in March 2031.");
  EXPECT_EQ(likeness.figures.shared, 1u);
  EXPECT_EQ(likeness.figures.older_only + likeness.figures.newer_only, 0u);
  EXPECT_EQ(likeness.dates.shared, 2u);
  const BodyLikeness german = Compare("Am 3. Dezember kamen zwei Boote.", "Am 3. Dez. kamen 2 Boote.", "de");
  EXPECT_EQ(german.figures.shared, 1u);
  EXPECT_FALSE(german.dates.conflict());
}

TEST(BodyTest, ABlockThatWasCutIsNotValid) {
  auto block = Body("The mill shipped 4,200 tonnes of flour in the week ended March 12.");
  ASSERT_TRUE(BodyView::IsValid(block));
  block.pop_back();
  EXPECT_FALSE(BodyView::IsValid(block));
  block.resize(1);
  EXPECT_FALSE(BodyView::IsValid(block));
}

}  // namespace
}  // namespace samestory
