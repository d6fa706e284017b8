// An engine that was saved and loaded goes on as if nothing had happened.
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "samestory/engine.h"
#include "support/headlines.h"
#include "support/snapshot.h"

namespace samestory {
namespace {

using test::MemorySnapshot;

std::string Text(const Decision& decision) {
  std::string text =
      absl::StrCat(static_cast<int>(decision.relation), " ", decision.story, " ", decision.of, " ",
                   decision.similarity, " ", decision.probability);
  for (const OtherHeadline& other : decision.other) {
    absl::StrAppend(&text, " [", other.begin, " ", other.end, " ", other.story.value_or(0), " ",
                    other.of, "]");
  }
  return text;
}

std::unique_ptr<Engine> MakeEngine(const Options& options) {
  auto engine = Engine::Create(options);
  EXPECT_TRUE(engine.ok()) << engine.status();
  return *std::move(engine);
}

void Save(const Engine& engine, MemorySnapshot& snapshot) {
  snapshot.Begin();
  const absl::Status status = engine.Save(snapshot);
  EXPECT_TRUE(status.ok()) << status;
  snapshot.End();
}

// Headlines with a body now and then, some of them pages, in the order of their times.
struct Stream {
  test::Headlines headlines;
  std::vector<std::string> bodies;
  std::vector<Record> records;
};

void FillStream(std::size_t size, Stream& stream) {
  stream.headlines = test::MadeHeadlines(size, 21);
  stream.records = stream.headlines.records();
  std::sort(stream.records.begin(), stream.records.end(), [](const Record& a, const Record& b) {
    return a.published < b.published;
  });
  stream.bodies.reserve(stream.records.size());
  std::mt19937 random(3);
  for (std::size_t i = 0; i < stream.records.size(); ++i) {
    Record& record = stream.records[i];
    std::string& body = stream.bodies.emplace_back();
    if (i % 3 == 0) continue;
    const std::size_t lines = i % 3 == 1 ? 1 : 6;
    for (std::size_t line = 0; line < lines; ++line) {
      absl::StrAppend(&body, std::string(stream.records[random() % stream.records.size()].title),
                      line < 4 ? " as a long day of talks came to its end.\n" : "\n");
    }
    (lines == 1 ? record.summary : record.text) = body;
  }
}

// Not by EXPECT_EQ, which would print megabytes.
void ExpectSame(MemorySnapshot& a, MemorySnapshot& b) {
  ASSERT_EQ(a.sections().size(), b.sections().size());
  for (const auto& [name, bytes] : a.sections()) {
    EXPECT_TRUE(bytes == b.sections()[name]) << name;
  }
}

class SnapshotTest : public ::testing::TestWithParam<Match> {
 protected:
  Options options() const {
    Options options;
    options.match = GetParam();
    options.window_seconds = 24 * 3600;
    return options;
  }
};

TEST_P(SnapshotTest, ALoadedEngineDecidesAsTheSavedOne) {
  Stream stream;
  FillStream(4000, stream);
  const auto undisturbed = MakeEngine(options());
  std::unique_ptr<Engine> engine = MakeEngine(options());
  MemorySnapshot snapshot;
  std::mt19937 random(9);
  std::size_t next_stop = 1;
  for (std::size_t i = 0; i < stream.records.size(); ++i) {
    if (i == next_stop) {
      next_stop += 1 + random() % 700;
      Save(*engine, snapshot);
      auto loaded = Engine::Load(options(), snapshot);
      ASSERT_TRUE(loaded.ok()) << loaded.status();
      engine = *std::move(loaded);
      EXPECT_EQ(engine->stats().stories, undisturbed->stats().stories);
    }
    const auto expected = undisturbed->Add(stream.records[i]);
    const auto decision = engine->Add(stream.records[i]);
    ASSERT_TRUE(expected.ok() && decision.ok());
    ASSERT_EQ(Text(*decision), Text(*expected)) << i;
  }
  EXPECT_EQ(engine->stats().records, stream.records.size());
  MemorySnapshot of_undisturbed, of_loaded;
  Save(*undisturbed, of_undisturbed);
  Save(*engine, of_loaded);
  ExpectSame(of_undisturbed, of_loaded);
}

TEST_P(SnapshotTest, EqualEnginesGiveEqualBytes) {
  Stream stream;
  FillStream(1500, stream);
  MemorySnapshot first, second, third;
  Options threaded = options();
  threaded.threads = 3;
  const auto a = MakeEngine(options()), b = MakeEngine(threaded);
  std::vector<Decision> decisions;
  ASSERT_TRUE(a->AddBatch(stream.records, decisions).ok());
  for (const Record& record : stream.records) ASSERT_TRUE(b->Add(record).ok());
  Save(*a, first);
  Save(*b, second);
  ExpectSame(first, second);
  auto loaded = Engine::Load(options(), first);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  Save(**loaded, third);
  ExpectSame(third, first);
}

TEST_P(SnapshotTest, FullChunksAreWrittenOnce) {
  Stream stream;
  FillStream(9000, stream);
  Options forever = options();
  forever.window_seconds = 0;
  const auto engine = MakeEngine(forever);
  MemorySnapshot snapshot;
  std::vector<Decision> decisions;
  ASSERT_TRUE(engine->AddBatch(std::span(stream.records).first(8900), decisions).ok());
  Save(*engine, snapshot);
  EXPECT_EQ(snapshot.kept, 0);
  ASSERT_TRUE(engine->AddBatch(std::span(stream.records).subspan(8900), decisions).ok());
  Save(*engine, snapshot);
  EXPECT_GT(snapshot.kept, 0);
  EXPECT_TRUE(Engine::Load(forever, snapshot).ok());
}

TEST_P(SnapshotTest, OtherOptionsAreRefusedWithBothValues) {
  MemorySnapshot snapshot;
  Save(*MakeEngine(options()), snapshot);
  Options other = options();
  other.threshold = 0.8;
  const auto loaded = Engine::Load(other, snapshot);
  ASSERT_EQ(loaded.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(loaded.status().message(), "threshold is 0.8; the state was made with 0.7");
  other = options();
  other.threads = 2;
  other.max_memory_bytes = std::size_t{1} << 40;
  EXPECT_TRUE(Engine::Load(other, snapshot).ok());
}

TEST_P(SnapshotTest, DamageIsFoundWhereverItIs) {
  Stream stream;
  FillStream(600, stream);
  const auto engine = MakeEngine(options());
  std::vector<Decision> decisions;
  ASSERT_TRUE(engine->AddBatch(stream.records, decisions).ok());
  MemorySnapshot snapshot;
  Save(*engine, snapshot);
  std::mt19937 random(4);
  for (auto& [name, bytes] : snapshot.sections()) {
    const std::string whole = bytes;
    for (int i = 0; i < 6; ++i) {
      bytes = whole;
      if (i % 2 == 0) {
        bytes[random() % bytes.size()] ^= static_cast<char>(1 << random() % 8);
      } else {
        bytes.resize(random() % bytes.size());
      }
      const auto loaded = Engine::Load(options(), snapshot);
      EXPECT_EQ(loaded.status().code(), absl::StatusCode::kDataLoss) << name;
    }
    bytes = whole;
  }
  const std::string name = snapshot.sections().begin()->first;
  snapshot.sections().erase(name);
  EXPECT_EQ(Engine::Load(options(), snapshot).status().code(), absl::StatusCode::kNotFound);
}

TEST(ForgetTest, AForgottenItemIsNotFoundAgain) {
  Options options;
  const auto engine = MakeEngine(options);
  const std::string title = "Harbour pilots in Lindgarve vote to end their strike after nine days";
  Record record{.id = "a", .title = title, .url = "https://example.org/harbour/1", .source = "Post"};
  record.published = 1'700'000'000;
  ASSERT_TRUE(engine->Add(record).ok());
  std::vector<StoryEvent::Kind> events;
  engine->SetListener([&](const StoryEvent& event) { events.push_back(event.kind); });
  EXPECT_EQ(engine->Forget("Gazette", "a").code(), absl::StatusCode::kNotFound);
  ASSERT_TRUE(engine->Forget("Post", "a").ok());
  EXPECT_EQ(events, std::vector{StoryEvent::Kind::kExpire});
  EXPECT_EQ(engine->stats().stories, 0u);
  EXPECT_EQ(engine->Forget("Post", "a").code(), absl::StatusCode::kNotFound);
  const auto again = engine->Add(record);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->relation, Relation::kNew);
  EXPECT_EQ(again->story, 2u);
}

TEST(ForgetTest, NoByteOfASnapshotHoldsIt) {
  const auto engine = MakeEngine({});
  for (const std::string id : {"kept", "forgotten"}) {
    const std::string url = "https://gazette.example/" + id, title = "Granary of " + id + " burns";
    Record record;
    record.id = id;
    record.title = title;
    record.url = url;
    record.source = "Gazette";
    ASSERT_TRUE(engine->Add(record).ok());
  }
  ASSERT_TRUE(engine->Forget("Gazette", "forgotten").ok());
  MemorySnapshot snapshot;
  Save(*engine, snapshot);
  bool kept = false;
  for (const auto& [name, bytes] : snapshot.sections()) {
    EXPECT_EQ(bytes.find("forgotten"), std::string::npos) << name;
    kept = kept || bytes.find("kept") != std::string::npos;
  }
  EXPECT_TRUE(kept);
}

TEST(ForgetTest, TheStoryGoesOnWithoutIt) {
  Options options;
  const auto engine = MakeEngine(options);
  const std::string title = "Harbour pilots in Lindgarve vote to end their strike after nine days";
  for (const char* id : {"a", "b", "c"}) {
    const Record record{.id = id, .title = title};
    ASSERT_TRUE(engine->Add(record).ok());
  }
  for (const char* id : {"a", "c"}) ASSERT_TRUE(engine->Forget("", id).ok());
  MemorySnapshot snapshot;
  Save(*engine, snapshot);
  for (const auto& [name, bytes] : snapshot.sections()) {
    if (name == "items/newest") continue;
    EXPECT_EQ(bytes.find("harbour"), std::string::npos) << name;
  }
  auto loaded = Engine::Load(options, snapshot);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  const auto decision = (*loaded)->Add(Record{.id = "d", .title = title});
  ASSERT_TRUE(decision.ok());
  EXPECT_EQ(decision->story, 1u);
  EXPECT_EQ(decision->of, "b");
}

INSTANTIATE_TEST_SUITE_P(Matches, SnapshotTest, ::testing::Values(Match::kJudge, Match::kJaccard),
                         [](const auto& info) {
                           return info.param == Match::kJudge ? "judge" : "jaccard";
                         });

}  // namespace
}  // namespace samestory
