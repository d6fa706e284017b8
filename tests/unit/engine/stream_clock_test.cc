#include "engine/stream_clock.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "samestory/engine.h"
#include "support/snapshot.h"

namespace samestory {
namespace {

constexpr std::uint32_t kDay = 24 * 3600;
constexpr std::uint32_t kMonday = 1'700'438'400;

TEST(StreamClock, OneSourceIsBelieved) {
  StreamClock clock;
  EXPECT_EQ(clock.now(), 0u);
  clock.Note(7, kMonday);
  clock.Note(7, kMonday - 50);
  EXPECT_EQ(clock.now(), kMonday);
  clock.Note(7, kMonday + 9 * kDay);
  EXPECT_EQ(clock.now(), kMonday + 9 * kDay);
}

TEST(StreamClock, OneOfManyCannotSetItForward) {
  StreamClock clock;
  for (std::uint32_t source = 1; source <= 5; ++source) clock.Note(source, kMonday + source);
  EXPECT_EQ(clock.now(), kMonday + 4);
  for (int i = 0; i < 500; ++i) clock.Note(9, kMonday + 400 * kDay);
  EXPECT_EQ(clock.now(), kMonday + 5);
  EXPECT_TRUE(clock.IsAhead(kMonday + 400 * kDay));
  clock.Note(3, kMonday + kDay);
  EXPECT_EQ(clock.now(), kMonday + kDay);
}

TEST(StreamClock, AfterAGapTheSecondSourceMovesIt) {
  StreamClock clock;
  for (std::uint32_t source = 1; source <= 3; ++source) clock.Note(source, kMonday);
  clock.Note(1, kMonday + 5 * kDay);
  EXPECT_EQ(clock.now(), kMonday);
  clock.Note(2, kMonday + 5 * kDay + 10);
  EXPECT_EQ(clock.now(), kMonday + 5 * kDay);
}

TEST(StreamClock, ASourceThatIsLeftAloneIsBelievedInTheEnd) {
  StreamClock clock;
  for (std::uint32_t source = 1; source <= 3; ++source) clock.Note(source, kMonday);
  for (int i = 0; i < 5000; ++i) clock.Note(1, kMonday + 5 * kDay);
  EXPECT_EQ(clock.now(), kMonday + 5 * kDay);
}

TEST(StreamClock, RecordsWithoutASourceAreOneSource) {
  StreamClock clock;
  for (std::uint32_t i = 0; i < 5; ++i) clock.Note(0, kMonday + i);
  EXPECT_EQ(clock.now(), kMonday + 4);
}

TEST(StreamClock, OurOwnTimeIsAlwaysBelieved) {
  StreamClock clock(kDay);
  clock.Set(kMonday);
  EXPECT_EQ(clock.now(), kMonday);
  EXPECT_FALSE(clock.IsTooLate(kMonday - kDay));
  EXPECT_TRUE(clock.IsTooLate(kMonday - kDay - 1));
  EXPECT_FALSE(clock.IsAhead(kMonday + 30 * kDay));
  EXPECT_TRUE(clock.IsAhead(kMonday + 30 * kDay + 1));
}

TEST(StreamClock, GoesOnAfterBeingSaved) {
  StreamClock clock, loaded;
  for (std::uint32_t i = 0; i < 40; ++i) clock.Note(i % 4, kMonday + i * 997 % 400);
  test::MemorySnapshot snapshot;
  SnapshotWriter out(snapshot, "clock");
  clock.Save(out);
  ASSERT_TRUE(out.Finish().ok());
  SnapshotReader in(snapshot, "clock");
  loaded.Load(in);
  ASSERT_TRUE(in.Finish().ok());
  for (std::uint32_t i = 0; i < 40; ++i) {
    clock.Note(i % 5, kMonday + i * 991 % 900);
    loaded.Note(i % 5, kMonday + i * 991 % 900);
    ASSERT_EQ(clock.now(), loaded.now());
  }
}

// A feed that dates one item into the far future neither empties the window nor makes that item the
// one that all others are measured by.
TEST(HostileDates, TheFutureDoesNotEmptyTheWindow) {
  Options options;
  options.window_seconds = 3 * kDay;
  auto engine = *Engine::Create(options);
  const std::string title = "Harbour pilots in Lindgarve vote to end their strike after nine days";
  const auto add = [&](const char* id, const std::string& of, const char* source,
                       std::int64_t published) {
    Record record{.id = id, .title = of, .source = source};
    record.published = published;
    return *engine->Add(record);
  };
  add("a", "Kiln workers of Ostermark find a bell from the fourth century", "Gazette", kMonday);
  add("b", title, "Post", kMonday + 10);
  add("c", "Orchard growers expect the smallest apple harvest in a decade", "Wire", kMonday + 20);
  const Decision future = add("evil", title, "Evil", kMonday + 4000 * std::int64_t{kDay});
  EXPECT_NE(future.story, 2u);
  EXPECT_EQ(engine->stats().stories, 4u);
  const Decision copy = add("d", title, "Herald", kMonday + 30);
  EXPECT_EQ(copy.story, 2u);
  const Decision backdated = add("e", title, "Evil", kMonday - 4000 * std::int64_t{kDay});
  EXPECT_NE(backdated.story, 2u);
  const Decision last = add("f", title, "Globe", kMonday + 40);
  EXPECT_EQ(last.story, 2u);
}

TEST(HostileMerges, OneSourceMergesNoMoreThanItsShare) {
  Options options;
  options.match = Match::kJaccard;
  options.threshold = 0.5;
  options.max_merges_per_source = 2;
  auto engine = *Engine::Create(options);
  int merges = 0;
  engine->SetListener([&](const StoryEvent& event) {
    merges += event.kind == StoryEvent::Kind::kMerge;
  });
  for (int i = 0; i < 5; ++i) {
    const std::string n = std::to_string(i);
    const std::string words = "alder" + n + " birch" + n + " cedar" + n + " dogwood" + n;
    const std::string first = words + " elm" + n + " fir" + n;
    const std::string second = words + " gum" + n + " hazel" + n;
    const std::string bridge = words;
    ASSERT_TRUE(engine->Add(Record{.id = "a" + n, .title = first, .source = "Gazette"}).ok());
    ASSERT_TRUE(engine->Add(Record{.id = "b" + n, .title = second, .source = "Gazette"}).ok());
    ASSERT_TRUE(engine->Add(Record{.id = "c" + n, .title = bridge, .source = "Evil"}).ok());
  }
  EXPECT_EQ(merges, 2);
}

}  // namespace
}  // namespace samestory
