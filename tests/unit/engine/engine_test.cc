#include "samestory/engine.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace samestory {
namespace {

constexpr std::int64_t kMonday = 1'772'409'600;  // 2026-03-02T00:00:00Z
constexpr std::int64_t kHour = 3600;

Record Item(std::string_view id, std::string_view title, std::int64_t published = kMonday,
            std::string_view source = "") {
  Record record;
  record.id = id;
  record.title = title;
  record.published = published;
  record.source = source;
  return record;
}

std::unique_ptr<Engine> MakeEngine(const Options& options = {}) {
  auto engine = Engine::Create(options);
  EXPECT_TRUE(engine.ok()) << engine.status();
  return *std::move(engine);
}

TEST(Engine, ACopyJoinsTheStoryItCopies) {
  const auto engine = MakeEngine();
  const Decision first = *engine->Add(Item("a", "Granary roof falls in at Dunmore after storm"));
  EXPECT_EQ(first.relation, Relation::kNew);
  EXPECT_EQ(first.of, "");
  const Decision second =
      *engine->Add(Item("b", "GRANARY ROOF falls in, at Dunmore, after storm!", kMonday + kHour));
  EXPECT_EQ(second.relation, Relation::kExact);
  EXPECT_EQ(second.of, "a");
  EXPECT_EQ(second.story, first.story);
  EXPECT_DOUBLE_EQ(second.similarity, 1);
  const Decision other = *engine->Add(Item("c", "Chess club of Vell wins the northern league"));
  EXPECT_EQ(other.relation, Relation::kNew);
  EXPECT_NE(other.story, first.story);
}

TEST(Engine, SaysWhichFieldsAgree) {
  const auto engine = MakeEngine();
  const auto add = [&](std::string_view id, std::string_view title, std::string_view summary) {
    Record record = Item(id, title, kMonday, id);
    record.summary = summary;
    return engine->Add(record)->agreed;
  };
  const char *roof = "Granary roof falls in at Dunmore after storm",
             *blurb = "Nobody was hurt when the old granary gave way on Sunday night, police say";
  EXPECT_EQ(add("a", roof, blurb), FieldsAgreed());
  EXPECT_EQ(add("b", roof, blurb), (FieldsAgreed{.headline = true, .body = true}));
  EXPECT_EQ(add("c", roof, ""), (FieldsAgreed{.headline = true}));
  EXPECT_EQ(add("d", "Storm brings down granary roof in Dunmore", blurb),
            (FieldsAgreed{.body = true}));
  EXPECT_EQ(add("e", "Chess club of Vell wins the northern league", ""), FieldsAgreed());
  // The same item again.
  EXPECT_EQ(add("b", roof, blurb), (FieldsAgreed{.headline = true, .body = true}));
}

TEST(Engine, TheOutletsNameBehindATitleDoesNotCount) {
  const auto engine = MakeEngine();
  engine->Add(Item("a", "Granary roof falls in at Dunmore after storm", kMonday, "Alder Gazette"))
      .value();
  const Decision suffixed = *engine->Add(
      Item("b", "Granary roof falls in at Dunmore after storm - Northmoor Wire", kMonday + kHour,
           "Northmoor Wire"));
  EXPECT_EQ(suffixed.relation, Relation::kExact);
}

TEST(Engine, TheSameIdFromOneSourceIsTheSameItem) {
  const auto engine = MakeEngine();
  const Decision first = *engine->Add(Item("7", "Harbour bridge closed", kMonday, "Gazette"));
  const Decision again = *engine->Add(Item("7", "Harbour bridge closed", kMonday, "Gazette"));
  EXPECT_EQ(again.relation, Relation::kExact);
  EXPECT_EQ(again.of, "7");
  EXPECT_EQ(engine->stats().records, 2u);
  const Decision changed =
      *engine->Add(Item("7", "Council meets on quite another matter", kMonday, "Gazette"));
  EXPECT_EQ(changed.relation, Relation::kUpdate);
  EXPECT_EQ(changed.story, first.story);
  const Decision foreign =
      *engine->Add(Item("7", "Glaciers of the south shrink", kMonday, "Courier"));
  EXPECT_EQ(foreign.relation, Relation::kNew);
}

TEST(Engine, TheSameAddressIsTheSameItem) {
  const auto engine = MakeEngine();
  Record a = Item("1", "Harbour bridge closed for repairs");
  a.url = "https://www.example.com/news/bridge?utm_source=x#top";
  const StoryId story = engine->Add(a)->story;
  Record b = Item("2", "Engineers inspect cracked pillars");
  b.url = "http://example.com/news/bridge";
  const Decision decision = *engine->Add(b);
  EXPECT_EQ(decision.relation, Relation::kUpdate);
  EXPECT_EQ(decision.story, story);
}

TEST(Engine, AHomePageIsNoAddressOfAnItem) {
  const auto engine = MakeEngine();
  Record a = Item("1", "Harbour bridge closed for repairs");
  a.url = "https://example.com/";
  engine->Add(a).value();
  Record b = Item("2", "Chess club wins the league");
  b.url = "https://example.com";
  EXPECT_EQ(engine->Add(b)->relation, Relation::kNew);
}

TEST(Engine, MadeUpIdsTellNothing) {
  const auto engine = MakeEngine();
  Record a = Item("#1", "Harbour bridge closed for repairs");
  a.id_is_made = true;
  engine->Add(a).value();
  Record b = Item("#1", "Chess club wins the league");
  b.id_is_made = true;
  EXPECT_EQ(engine->Add(b)->relation, Relation::kNew);
}

TEST(Engine, WhatLeftTheWindowIsNotFound) {
  Options options;
  options.window_seconds = 24 * kHour;
  const auto engine = MakeEngine(options);
  std::vector<StoryId> expired;
  engine->SetListener([&](const StoryEvent& event) {
    if (event.kind == StoryEvent::Kind::kExpire) expired.push_back(event.story);
  });
  const StoryId story = engine->Add(Item("a", "Granary roof falls in at Dunmore"))->story;
  EXPECT_EQ(engine->Add(Item("b", "Granary roof falls in at Dunmore", kMonday + 20 * kHour))->story,
            story);
  // "a" is gone, but its story lives in "b".
  const Decision third =
      *engine->Add(Item("c", "Granary roof falls in at Dunmore", kMonday + 40 * kHour));
  EXPECT_EQ(third.story, story);
  EXPECT_EQ(third.of, "b");
  const Decision late =
      *engine->Add(Item("d", "Granary roof falls in at Dunmore", kMonday + 100 * kHour));
  EXPECT_EQ(late.relation, Relation::kNew);
  EXPECT_NE(late.story, story);
  EXPECT_EQ(expired, std::vector<StoryId>{story});
}

TEST(Engine, WhatIsStillOfferedDoesNotExpire) {
  Options options;
  options.window_seconds = 24 * kHour;
  const auto engine = MakeEngine(options);
  const StoryId story =
      engine->Add(Item("a", "Granary roof falls in at Dunmore", kMonday, "Gazette"))->story;
  // Other items move the clock; "a" is offered each time.
  for (int hour = 1; hour < 100; ++hour) {
    const std::string id = "x" + std::to_string(hour);
    engine->Add(Item(id, "Story number " + id, kMonday + hour * kHour, "Wire")).value();
    const Decision again =
        *engine->Add(Item("a", "Granary roof falls in at Dunmore", kMonday, "Gazette"));
    EXPECT_EQ(again.relation, Relation::kExact) << hour;
    EXPECT_EQ(again.of, "a");
    EXPECT_EQ(again.story, story);
  }
  // Forgotten, it is nowhere.
  ASSERT_TRUE(engine->Forget("Gazette", "a").ok());
  EXPECT_FALSE(engine->Forget("Gazette", "a").ok());
  EXPECT_EQ(engine->Add(Item("b", "Granary roof falls in at Dunmore", kMonday + 99 * kHour))
                ->relation,
            Relation::kNew);
}

// As after a weekend on which the stage was down.
TEST(Engine, WhatIsOfferedAgainAfterAPauseIsKnown) {
  Options options;
  options.window_seconds = 24 * kHour;
  const auto engine = MakeEngine(options);
  const Record item = Item("a", "Granary roof falls in at Dunmore", kMonday, "Gazette");
  const StoryId story = engine->Add(item)->story;
  engine->Add(Item("x", "Chess club of Vell wins the league", kMonday + 90 * kHour, "Wire"))
      .value();
  EXPECT_EQ(engine->Query(item)->relation, Relation::kExact);
  EXPECT_EQ(engine->Query(item)->of, "a");
  const Decision again = *engine->Add(item);
  EXPECT_EQ(again.relation, Relation::kExact);
  EXPECT_EQ(again.of, "a");
  EXPECT_NE(again.story, story);  // which had ended
  EXPECT_EQ(engine->Add(item)->story, again.story);
  // Another text is news, though nothing is left to tell that it is an update.
  engine->Add(Item("y", "Weaver birds return to Vell", kMonday + 200 * kHour, "Wire")).value();
  EXPECT_EQ(engine->Add(Item("a", "Granary of Dunmore is rebuilt", kMonday, "Gazette"))->relation,
            Relation::kNew);
}

TEST(Engine, WhatIsForgottenIsNotKnownAfterItsWindowEither) {
  Options options;
  options.window_seconds = 24 * kHour;
  const auto engine = MakeEngine(options);
  const Record item = Item("a", "Granary roof falls in at Dunmore", kMonday, "Gazette");
  engine->Add(item).value();
  engine->Add(Item("x", "Chess club of Vell wins the league", kMonday + 90 * kHour, "Wire"))
      .value();
  ASSERT_TRUE(engine->Forget("Gazette", "a").ok());
  EXPECT_EQ(engine->Query(item)->relation, Relation::kNew);
}

// As the servers of one feed do, of which one lags behind.
TEST(Engine, AFeedThatGoesBackAndForthBetweenVersionsOffersNothingNew) {
  const auto engine = MakeEngine();
  Record first = Item("a", "Granary roof falls in at Dunmore", kMonday, "Gazette");
  Record second = Item("a", "Two hurt as roof of granary falls", kMonday, "Gazette");
  engine->Add(first).value();
  EXPECT_EQ(engine->Add(second)->relation, Relation::kUpdate);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(engine->Add(first)->relation, Relation::kExact);
    EXPECT_EQ(engine->Add(second)->relation, Relation::kExact);
  }
  EXPECT_EQ(engine->Add(Item("a", "Granary to be rebuilt", kMonday, "Gazette"))->relation,
            Relation::kUpdate);
}

TEST(Engine, AnItemWithoutAnIdIsKnownByItsAddress) {
  const auto engine = MakeEngine();
  Record item = Item("#1", "Granary roof falls in at Dunmore");
  item.id_is_made = true;
  item.url = "https://gazette.example/granary";
  engine->Add(item).value();
  std::size_t members = 0;
  engine->SetListener([&](const StoryEvent&) { ++members; });
  item.id = "#2";
  EXPECT_EQ(engine->Add(item)->relation, Relation::kExact);
  EXPECT_EQ(members, 0u);  // the item again, not another one
}

TEST(Engine, AnItemIsTheSameWhateverWasLearnedSince) {
  const auto engine = MakeEngine();
  std::vector<std::string> ids, titles;
  for (int i = 0; i < 400; ++i) {
    ids.push_back("i" + std::to_string(i));
    titles.push_back("Word" + std::to_string(i) + " meets thing" + std::to_string(7 * i) +
                     " at place" + std::to_string(3 * i) + " | Evening Magazine");
  }
  for (int i = 0; i < 400; ++i) {
    engine->Add(Item(ids[i], titles[i], kMonday + 60 * i, "Gazette")).value();
  }
  ASSERT_FALSE(engine->Learned().empty());
  for (int i = 0; i < 400; ++i) {
    EXPECT_EQ(engine->Add(Item(ids[i], titles[i], kMonday + 60 * i, "Gazette"))->relation,
              Relation::kExact)
        << i;
  }
}

TEST(Engine, TheMemoryBoundIsAClearError) {
  Options options;
  options.max_memory_bytes = 64;
  const auto engine = MakeEngine(options);
  absl::Status status;
  for (int i = 0; i < 10 && status.ok(); ++i) status = engine->Add(Item("a", "b")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(std::string(status.message()).find("max_memory_bytes"), std::string::npos);
}

TEST(Engine, OptionsOutOfRangeAreNamed) {
  const auto message = [](auto change) {
    Options options;
    change(options);
    const auto engine = Engine::Create(options);
    EXPECT_EQ(engine.status().code(), absl::StatusCode::kInvalidArgument);
    return std::string(engine.status().message());
  };
  EXPECT_NE(message([](Options& o) { o.threshold = 1.5; }).find("threshold is 1.5"),
            std::string::npos);
  EXPECT_NE(message([](Options& o) { o.threads = 0; }).find("threads is 0"), std::string::npos);
  EXPECT_NE(message([](Options& o) { o.bands = 4; }).find("bands is 4"), std::string::npos);
  EXPECT_NE(message([](Options& o) { o.ngram_size = 9; }).find("ngram_size is 9"),
            std::string::npos);
  EXPECT_NE(message([](Options& o) { o.num_perm = 8; o.bands = 4; o.rows = 4; }).find("num_perm"),
            std::string::npos);
}

constexpr std::string_view kPage =
    "The lighthouse at Cape Varn will be lit again in spring, its keeper said on Monday.\n"
    "Engineers replaced the lamp and the lens of the lighthouse after last year's storm.\n"
    "The keeper, Ansel Brock, said the light had been missed by every fishing boat of Varn.\n"
    "Fishing boats from Varn had to stay in port on dark nights, Brock said.\n"
    "The new lamp can be seen from thirty miles away, according to the engineers.\n"
    "Orchard growers expect the smallest apple harvest in a decade\n"
    "Why are so many swifts nesting in the old railway depot?\n"
    "Teenage climber becomes the youngest to reach all nine peaks\n";

TEST(Engine, HeadlinesBehindAPagesStoryAreLookedUpAsItemsOfTheirOwn) {
  const auto engine = MakeEngine();
  const StoryId apples =
      engine->Add(Item("apples", "Orchard growers expect the smallest apple harvest in a decade"))
          ->story;
  Record page = Item("page", "Cape Varn lighthouse to shine again", kMonday + kHour);
  page.text = kPage;
  const Decision decision = *engine->Add(page);
  ASSERT_EQ(decision.other.size(), 3u);
  EXPECT_EQ(kPage.substr(decision.other[0].begin,
                         decision.other[0].end - decision.other[0].begin),
            "Orchard growers expect the smallest apple harvest in a decade");
  EXPECT_EQ(decision.other[0].story, apples);
  EXPECT_EQ(decision.other[0].of, "apples");
  EXPECT_EQ(decision.other[1].story, std::nullopt);
  EXPECT_NE(decision.story, apples);
}

}  // namespace
}  // namespace samestory
