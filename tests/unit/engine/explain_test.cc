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

TEST(Explain, RememberedItemsAreExplainedByWhatIsKept) {
  const auto engine = *Engine::Create({});
  Record a = Title("Three dead as ferry sinks off Cape Varn");
  Record b = Title("Five dead as ferry sinks off Cape Varn");
  a.id = "a", b.id = "b";
  a.source = "Gazette", b.source = "Wire";
  a.published = 1'772'490'000, b.published = 1'772'500'000;
  const Decision first = *engine->Add(a), second = *engine->Add(b);
  const auto kept = engine->ExplainItems({"b", std::nullopt}, {"a", "Gazette"});
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_EQ(kept->older_item->id, "a");
  EXPECT_EQ(kept->newer_item->story, first.story);
  EXPECT_EQ(kept->verdict.relation, second.relation);
  EXPECT_DOUBLE_EQ(kept->verdict.probability, second.probability);
  // As of the texts themselves.
  const auto told = Explain(a, b, {});
  EXPECT_EQ(kept->older.canonical, told->older.canonical);
  EXPECT_EQ(kept->shared_shingles, told->shared_shingles);
  EXPECT_EQ(kept->shared_bands, told->shared_bands);
  ASSERT_EQ(kept->slots.size(), 1u);
  EXPECT_EQ(kept->slots[0].newer, "five");
  EXPECT_EQ(kept->terms.size(), told->terms.size());
  EXPECT_TRUE(absl::IsNotFound(engine->ExplainItems({"a", "Wire"}, {"b", {}}).status()));
  EXPECT_TRUE(absl::IsNotFound(engine->ExplainItems({"a", {}}, {"c", {}}).status()));
}

TEST(Explain, OfTwoItemsOfOneIdTheLatestIsMeant) {
  const auto engine = *Engine::Create({});
  Record a = Title("Harbour bridge closed at night"), b = Title("Glaciers of the south shrink");
  a.id = b.id = "7";
  a.source = "Gazette", b.source = "Wire";
  engine->Add(a).value();
  engine->Add(b).value();
  EXPECT_EQ(engine->ExplainItems({"7", {}}, {"7", "Gazette"})->newer.canonical.substr(0, 8),
            "glaciers");
}

TEST(Explain, WithoutTheJudgeOnlyHashesAreKept) {
  Options options;
  options.match = Match::kJaccard;
  const auto engine = *Engine::Create(options);
  Record a = Title("Harbour bridge closed at night"), b = Title("Harbour bridge closed by day");
  a.id = "a", b.id = "b";
  engine->Add(a).value();
  engine->Add(b).value();
  const auto e = engine->ExplainItems({"a", {}}, {"b", {}});
  ASSERT_TRUE(e.ok()) << e.status();
  EXPECT_TRUE(e->older.canonical.empty() && e->shared_shingles.empty());
  EXPECT_DOUBLE_EQ(e->verdict.jaccard, Explain(a, b, options)->verdict.jaccard);
}

}  // namespace
}  // namespace samestory
