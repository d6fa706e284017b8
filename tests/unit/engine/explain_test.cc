#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "samestory/engine.h"

namespace samestory {
namespace {

Record Title(std::string_view title) {
  Record record;
  record.title = title;
  return record;
}

TEST(Explain, ShowsWhatIsSharedAndWhatIsNot) {
  Options options;
  options.match = Match::kJaccard;
  const auto e = Explain(Title("Harbour bridge closed"), Title("Harbour bridge open"), options);
  ASSERT_TRUE(e.ok()) << e.status();
  EXPECT_EQ(e->older.canonical, "harbour bridge closed");
  EXPECT_EQ(e->shared_shingles,
            (std::vector<std::string>{"bridge", "harbour", "harbour bridge"}));
  EXPECT_EQ(e->older_only_shingles, (std::vector<std::string>{"bridge closed", "closed"}));
  EXPECT_EQ(e->newer_only_shingles, (std::vector<std::string>{"bridge open", "open"}));
  EXPECT_DOUBLE_EQ(e->verdict.jaccard, 3.0 / 7);
  EXPECT_DOUBLE_EQ(e->verdict.containment_newer, 3.0 / 5);
  EXPECT_EQ(e->verdict.relation, Relation::kNew);
  EXPECT_NE(e->reason.find("below"), std::string::npos);
}

TEST(Explain, EqualTextsShareEveryBand) {
  const auto e = Explain(Title("Harbour bridge closed at night"),
                         Title("HARBOUR BRIDGE closed -- at night"), {});
  ASSERT_TRUE(e.ok()) << e.status();
  EXPECT_EQ(e->verdict.relation, Relation::kExact);
  EXPECT_DOUBLE_EQ(e->estimated_jaccard, 1);
  EXPECT_GT(e->shared_bands.size(), 1u);
  EXPECT_FALSE(e->reason.empty());
}

TEST(Explain, TheEarlierRecordIsTheOlderOne) {
  Record a = Title("Five dead as ferry sinks off Cape Varn");
  Record b = Title("Three dead as ferry sinks off Cape Varn");
  a.published = 1'772'500'000;
  b.published = 1'772'490'000;
  const auto e = Explain(a, b, {});
  ASSERT_TRUE(e.ok()) << e.status();
  EXPECT_EQ(e->older.canonical.substr(0, 5), "three");
  EXPECT_NEAR(e->hours_apart, 10'000 / 3600.0, 1e-9);
}

TEST(Explain, AnEqualIdIsReasonEnough) {
  Record a = Title("Harbour bridge closed"), b = Title("Glaciers of the south shrink");
  a.id = b.id = "7";
  const auto e = Explain(a, b, {});
  ASSERT_TRUE(e.ok()) << e.status();
  EXPECT_EQ(e->verdict.relation, Relation::kUpdate);
  EXPECT_NE(e->reason.find("same id"), std::string::npos);
}

TEST(Explain, SaysWhatWasStripped) {
  Record a = Title("Harbour bridge closed at night - Northmoor Wire");
  a.source = "Northmoor Wire";
  const auto e = Explain(a, Title("Harbour bridge closed at night"), {});
  ASSERT_TRUE(e.ok()) << e.status();
  EXPECT_NE(e->older.stripped_after.find("Northmoor Wire"), std::string::npos);
  EXPECT_EQ(e->verdict.relation, Relation::kExact);
}

}  // namespace
}  // namespace samestory
