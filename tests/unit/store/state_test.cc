#include "store/state.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "scratch.h"
#include "store/read_state.h"
#include "store/verify.h"

namespace samestory::store {
namespace {

using test::Headlines;
using test::MadeHeadlines;

// Events as text, by number.
struct Heard {
  std::vector<std::string> lines;
  EventListener Listener() {
    return [this](std::uint64_t number, const StoryEvent& event) {
      lines.push_back(std::to_string(number) + " " + std::to_string(static_cast<int>(event.kind)) +
                      " " + std::to_string(event.story) + " " + std::to_string(event.into) + " " +
                      std::string(event.id));
    };
  }
};

StateOptions Windowed() {
  StateOptions options;
  options.engine.window_seconds = 6 * 3600;
  options.given = {"window_seconds"};
  options.snapshot_records = 200;
  return options;
}

std::span<const Record> Part(const Headlines& headlines, std::size_t begin, std::size_t end) {
  return std::span(headlines.records()).subspan(begin, end - begin);
}

TEST(State, DecidesAsAnEngineInMemory) {
  const Scratch scratch;
  const Headlines headlines = MadeHeadlines(1500, 1);
  const std::vector<Decision> expected = DecideInMemory(headlines.records(), Windowed().engine);
  std::vector<Decision> decisions;
  // A run ends cleanly, by a crash, with and without a snapshot, after batches of any size.
  for (std::size_t begin = 0, step = 1; begin < 1500; begin += step, step = step * 5 % 311 + 1) {
    std::unique_ptr<State> state = OpenState(scratch / "state", Windowed());
    ASSERT_NE(state, nullptr);
    EXPECT_EQ(state->records(), begin);
    const std::vector<Decision> part =
        Add(*state, Part(headlines, begin, std::min<std::size_t>(1500, begin + step)));
    decisions.insert(decisions.end(), part.begin(), part.end());
    if (step % 3 == 0) {
      EXPECT_TRUE(state->SaveSnapshot().ok());
    }
    if (step % 2 == 0) {
      EXPECT_TRUE(state->Close().ok());
    }
  }
  EXPECT_TRUE(Same(decisions, expected));
}

TEST(State, DecidesAheadOfItsCommits) {
  const Headlines headlines = MadeHeadlines(3000, 11);
  const std::vector<Decision> expected = DecideInMemory(headlines.records(), Windowed().engine);
  // Batches wait for their commit, or follow one another; the run ends by a crash.
  for (const std::size_t waits : {1u, 3u, 1000u}) {
    const Scratch scratch;
    std::uint64_t told = 0;
    for (const std::size_t until : {900u, 2100u, 3000u}) {
      std::unique_ptr<State> state = OpenState(scratch / "state", Windowed());
      ASSERT_NE(state, nullptr);
      EXPECT_GE(state->records(), told);  // what was told is there
      std::vector<Decision> decisions, part;
      std::vector<std::pair<std::uint64_t, std::size_t>> batches;  // commits, records
      for (std::size_t begin = 0; begin < until; begin += 60) {
        ASSERT_TRUE(state->Decide(Part(headlines, begin, begin + 60), part).ok());
        decisions.insert(decisions.end(), part.begin(), part.end());
        batches.emplace_back(state->decided(), begin + 60);
        if (batches.size() % waits == 0) {
          ASSERT_TRUE(state->WaitForCommit(state->decided()).ok());
          EXPECT_EQ(state->committed(), state->decided());
        }
        if (state->SnapshotDue()) {
          ASSERT_TRUE(state->SaveSnapshot().ok());
        }
      }
      EXPECT_TRUE(Same(decisions, std::span(expected).first(until)));
      for (const auto& [commits, records] : batches) {
        if (commits <= state->committed()) told = std::max<std::uint64_t>(told, records);
      }
    }
    EXPECT_TRUE(Verify(scratch / "state", {}).problems.empty());
  }
}

TEST(State, GivesAnswersOfARunCutShortAgain) {
  const Scratch scratch;
  Headlines headlines = MadeHeadlines(300, 2);
  std::vector<Record> records = headlines.records();
  records.insert(records.end(), records.begin(), records.begin() + 100);  // offered again
  const std::vector<Decision> expected = DecideInMemory(records);
  for (const std::size_t cut : {0u, 1u, 150u, 299u, 300u, 350u}) {
    Heard heard;
    std::unique_ptr<State> state = OpenState(scratch / "state", {}, heard.Listener());
    // The run before was cut short; this one is given all from the start.
    const std::vector<Decision> given = Add(*state, std::span(records).first(cut));
    EXPECT_TRUE(Same(given, std::span(expected).first(cut))) << cut;
    EXPECT_EQ(heard.lines.size(), state->events());
  }
  std::unique_ptr<State> state = OpenState(scratch / "state");
  EXPECT_TRUE(state->replaying());
  EXPECT_TRUE(Same(Add(*state, records), expected));
  EXPECT_FALSE(state->replaying());
  EXPECT_EQ(state->records(), records.size());
  ASSERT_TRUE(state->Close().ok());
  state.reset();

  // After a clean end an item offered again is `exact`, unless the answers are asked for.
  StateOptions replay;
  replay.replay = Replay::kAlways;
  EXPECT_TRUE(Same(Add(*OpenState(scratch / "state", replay), records), expected));
  for (const Decision& decision : Add(*OpenState(scratch / "state"), Part(headlines, 0, 50))) {
    EXPECT_EQ(decision.relation, Relation::kExact);
  }
}

TEST(State, NoReplayDecidesAnew) {
  const Scratch scratch;
  const Headlines headlines = MadeHeadlines(50, 3);
  Add(*OpenState(scratch / "state"), headlines.records());
  StateOptions never;
  never.replay = Replay::kNever;
  const std::unique_ptr<State> state = OpenState(scratch / "state", never);
  for (const Decision& decision : Add(*state, headlines.records())) {
    EXPECT_EQ(decision.relation, Relation::kExact);
  }
}

TEST(State, KeepsAsManyDecisionsAsAskedFor) {
  const Scratch scratch;
  const Headlines headlines = MadeHeadlines(400, 4);
  StateOptions options;
  options.max_replay = 100;
  std::unique_ptr<State> state = OpenState(scratch / "state", options);
  for (std::size_t begin = 0; begin < 400; begin += 20) {
    Add(*state, Part(headlines, begin, begin + 20));
    ASSERT_TRUE(state->SaveSnapshot().ok());
  }
  Add(*state, Part(headlines, 0, 1));
  state.reset();
  const absl::StatusOr<StateInfo> info = ReadInfo(scratch / "state");
  ASSERT_TRUE(info.ok()) << info.status();
  EXPECT_LE(info->journal_records, 100u);
  EXPECT_GT(info->journal_records, 60u);
}

TEST(State, TellsTheEventsSinceTheSnapshotAgain) {
  const Scratch scratch;
  const Headlines headlines = MadeHeadlines(600, 5);
  Heard whole;
  std::unique_ptr<State> state = OpenState(scratch / "state", Windowed(), whole.Listener());
  Add(*state, Part(headlines, 0, 400));
  ASSERT_TRUE(state->SaveSnapshot().ok());
  const std::uint64_t before = state->events();
  Add(*state, Part(headlines, 400, 600));
  state.reset();
  Heard again;
  state = OpenState(scratch / "state", Windowed(), again.Listener());
  EXPECT_EQ(state->snapshot_events(), before);
  EXPECT_EQ(state->events(), whole.lines.size());
  EXPECT_EQ(again.lines,
            std::vector<std::string>(whole.lines.begin() + static_cast<std::ptrdiff_t>(before),
                                     whole.lines.end()));
}

TEST(State, OptionsTravelWithIt) {
  const Scratch scratch;
  StateOptions made;
  made.engine.threshold = 0.8;
  made.engine.window_seconds = 3600;
  ASSERT_NE(OpenState(scratch / "state", made), nullptr);
  StateOptions other;
  other.engine.threshold = 0.6;
  // Not named by the user: the state's own counts.
  EXPECT_EQ(OpenState(scratch / "state", other)->engine().options().threshold, 0.8);
  other.given = {"threshold"};
  const absl::Status refused = State::Open(scratch / "state", other, {}).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(refused));
  EXPECT_EQ(refused.message(),
            "option threshold is 0.6, but the state was made with 0.8; leave the "
            "option out or begin a new state");
  StateOptions seeded;
  seeded.engine.seed = 12345;
  seeded.given = {"seed"};
  const absl::Status secret = State::Open(scratch / "state", seeded, {}).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(secret));
  EXPECT_EQ(std::string(secret.message()).find("12345"), std::string::npos);
}

TEST(State, SeedIsDrawnAndKept) {
  const Scratch scratch;
  std::uint64_t seeds[2];
  for (int i = 0; i < 2; ++i) {
    const std::string directory = scratch / std::to_string(i);
    absl::StatusOr<std::unique_ptr<State>> state = State::Open(directory, {}, {});
    ASSERT_TRUE(state.ok()) << state.status();
    seeds[i] = (*state)->engine().options().seed;
    state->reset();
    EXPECT_EQ((*State::Open(directory, {}, {}))->engine().options().seed, seeds[i]);
  }
  EXPECT_NE(seeds[0], seeds[1]);
}

TEST(State, BadOptionsMakeNoState) {
  const Scratch scratch;
  StateOptions bad;
  bad.engine.threshold = 2;
  EXPECT_TRUE(absl::IsInvalidArgument(State::Open(scratch / "state", bad, {}).status()));
  EXPECT_FALSE(std::filesystem::exists(scratch / "state"));
  StateOptions absent;
  absent.make = false;
  EXPECT_TRUE(absl::IsNotFound(State::Open(scratch / "none", absent, {}).status()));
  EXPECT_FALSE(std::filesystem::exists(scratch / "none"));
}

TEST(State, OneWriter) {
  const Scratch scratch;
  const std::unique_ptr<State> state = OpenState(scratch / "state");
  EXPECT_TRUE(absl::IsUnavailable(State::Open(scratch / "state", {}, {}).status()));
}

TEST(State, FileOfSomethingElseIsLeftAlone) {
  const Scratch scratch;
  std::filesystem::create_directory(scratch / "state");
  {
    auto database = Database::Open(scratch / "state/state.db", Database::Mode::kReadWrite);
    ASSERT_TRUE((*database)->Run("CREATE TABLE theirs(x)").ok());
  }
  EXPECT_TRUE(absl::IsInvalidArgument(State::Open(scratch / "state", {}, {}).status()));
  auto database = Database::Open(scratch / "state/state.db", Database::Mode::kReadOnly);
  EXPECT_EQ(*(*database)->QueryText("PRAGMA journal_mode"), "delete");
  EXPECT_TRUE((*database)->QueryInt("SELECT count(*) FROM theirs").ok());
}

TEST(State, NotesAreOfTheLastCleanEnd) {
  const Scratch scratch;
  const Headlines headlines = MadeHeadlines(60, 1);
  const std::string large(3'000'000, 'n');
  const auto run = [&](std::size_t begin, const std::string& expected, const std::string* note) {
    const std::unique_ptr<State> state = OpenState(scratch / "state");
    ASSERT_NE(state, nullptr);
    EXPECT_TRUE(state->Note("copies").value() == expected);
    EXPECT_EQ(state->Note("others").value(), "");
    Add(*state, Part(headlines, begin, begin + 10));
    if (note != nullptr) {
      EXPECT_TRUE(state->Close({{"copies", *note}}).ok());
    }
  };
  const std::string small = "small", none;
  run(0, "", &large);
  run(10, large, nullptr);  // cut short
  run(20, large, &small);
  run(30, "small", &none);
  run(40, "", nullptr);
  const std::unique_ptr<State> state = OpenState(scratch / "state");
  EXPECT_TRUE(state->SetNote("copies", "changed").ok());
  EXPECT_EQ(state->Note("copies").value(), "changed");
}

TEST(State, AnOlderVersionIsBroughtUpToDate) {
  const Scratch scratch;
  const Headlines headlines = MadeHeadlines(60, 1);
  {
    const std::unique_ptr<State> state = OpenState(scratch / "state");
    Add(*state, Part(headlines, 0, 30));
    EXPECT_TRUE(state->SaveSnapshot().ok());
    EXPECT_TRUE(state->Close().ok());
  }
  {
    auto database = Database::Open(scratch / "state/state.db", Database::Mode::kReadWrite);
    // Version 1 had no notes. Version 2 had sections of layout 1, which are read as they are.
    ASSERT_TRUE((*database)->Run("DROP TABLE note; PRAGMA user_version=1").ok());
  }
  const absl::Status unread = ReadState::Open(scratch / "state", {}).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(unread)) << unread;
  const std::unique_ptr<State> state = OpenState(scratch / "state");
  ASSERT_NE(state, nullptr);
  EXPECT_EQ(state->records(), 30u);
  EXPECT_EQ(state->Note("copies").value(), "");
  Add(*state, Part(headlines, 30, 60));
  EXPECT_TRUE(state->Close({{"copies", "noted"}}).ok());
  EXPECT_TRUE(ReadState::Open(scratch / "state", {}).ok());
}

TEST(State, ReadersSeeAMomentAndDoNotHinder) {
  const Scratch scratch;
  const Headlines headlines = MadeHeadlines(300, 6);
  const std::unique_ptr<State> state = OpenState(scratch / "state");
  Add(*state, Part(headlines, 0, 100));
  const absl::StatusOr<ReadState> early = ReadState::Open(scratch / "state", {});
  ASSERT_TRUE(early.ok()) << early.status();
  Add(*state, Part(headlines, 100, 300));
  ASSERT_TRUE(state->SaveSnapshot().ok());
  const absl::StatusOr<ReadState> late = ReadState::Open(scratch / "state", {});
  ASSERT_TRUE(late.ok()) << late.status();
  EXPECT_EQ(early->loaded().records, 100u);
  EXPECT_EQ(late->loaded().records, 300u);
  EXPECT_EQ(late->Query(headlines.records()[250])->relation, Relation::kExact);
  EXPECT_NE(early->Query(headlines.records()[250])->of, headlines.records()[250].id);
}

std::string Bytes(const std::string& directory) {
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    std::ifstream in(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(in), {});
  }
  return all;
}

TEST(State, ForgottenItemsLeaveNoTrace) {
  const Scratch scratch;
  Headlines headlines = MadeHeadlines(300, 7);
  headlines.records()[150].id = "forget-this-id";
  headlines.records()[150].title = "Secretarial unmistakablewording inquest adjourned again";
  headlines.records()[150].summary = "Anotherveryclearmark in a summary that has some words";
  Record again = headlines.records()[150];
  again.id = "copy";
  std::unique_ptr<State> state = OpenState(scratch / "state");
  Add(*state, Part(headlines, 0, 200));
  const Decision copy = Add(*state, {&again, 1})[0];
  EXPECT_EQ(copy.of, "forget-this-id");
  Add(*state, Part(headlines, 200, 300));
  ASSERT_NE(Bytes(scratch / "state").find("unmistakablewording"), std::string::npos);
  const auto nothing = [] { return absl::OkStatus(); };
  EXPECT_TRUE(absl::IsNotFound(state->Forget("", "no-such-id", nothing)));
  ASSERT_TRUE(state->Forget("", "copy", nothing).ok());
  ASSERT_TRUE(state->Forget("", "forget-this-id", nothing).ok());
  const std::string bytes = Bytes(scratch / "state");
  for (const char* mark : {"unmistakablewording", "forget-this-id", "Anotherveryclearmark"}) {
    EXPECT_EQ(bytes.find(mark), std::string::npos) << mark;
  }
  state.reset();
  // The run was cut short: the others' answers are still given again, but that of the item is not.
  state = OpenState(scratch / "state");
  const std::vector<Decision> given = Add(*state, Part(headlines, 0, 300));
  EXPECT_EQ(given[150].relation, Relation::kNew);
  EXPECT_EQ(state->records(), 302u);
}

TEST(State, ForgetsWhatTheEngineHasForgotten) {
  const Scratch scratch;
  // So many that the engine does not even remember that the first one left the window.
  const Headlines headlines = MadeHeadlines(70'000, 12);
  std::vector<Record> records = headlines.records();
  records[0].id = "forget-this-id";
  records[0].title = "Unmistakablewording of a headline that left the window";
  for (std::size_t i = 0; i < records.size(); ++i) {
    records[i].seen = 1'700'000'000 + (i > 0 ? 10 * 24 * 3600 : 0);
  }
  StateOptions options = Windowed();
  options.engine.match = Match::kJaccard;
  options.given.push_back("match");
  const std::unique_ptr<State> state = OpenState(scratch / "state", options);
  Add(*state, records);
  ASSERT_TRUE(state->SetNote("flushed", "all").ok());
  ASSERT_NE(Bytes(scratch / "state").find("Unmistakablewording"), std::string::npos);
  const auto nothing = [] { return absl::OkStatus(); };
  ASSERT_TRUE(state->Forget("", "forget-this-id", nothing).ok());
  EXPECT_EQ(Bytes(scratch / "state").find("Unmistakablewording"), std::string::npos);
  EXPECT_TRUE(absl::IsNotFound(state->Forget("", "forget-this-id", nothing)));

  // A made-up id says nothing to the engine, which remembers the item all the same.
  Record made = records[1];
  made.id = "made";
  made.id_is_made = true;
  made.title = "Words of an item whose id was made up by the reader of its feed";
  Add(*state, {&made, 1});
  EXPECT_TRUE(absl::IsNotFound(state->Forget("", "made", nothing)));
}

TEST(State, CompactGivesSpaceBack) {
  const Scratch scratch;
  const Headlines headlines = MadeHeadlines(3000, 8);
  const std::unique_ptr<State> state = OpenState(scratch / "state", Windowed());
  for (std::size_t begin = 0; begin < 3000; begin += 300) {
    Add(*state, Part(headlines, begin, begin + 300));
    ASSERT_TRUE(state->SaveSnapshot().ok());
  }
  ASSERT_TRUE(state->WaitForCommit(state->decided()).ok());
  EXPECT_GT(ReadInfo(scratch / "state")->free_bytes, 0u);
  const std::uint64_t before = ReadInfo(scratch / "state")->file_bytes;
  ASSERT_TRUE(state->Compact().ok());
  const absl::StatusOr<StateInfo> after = ReadInfo(scratch / "state");
  EXPECT_LT(after->file_bytes, before);
  EXPECT_EQ(after->free_bytes, 0u);
  EXPECT_EQ(after->log_file_bytes, 0u);
  EXPECT_TRUE(Same(Add(*state, Part(headlines, 0, 0)), {}));
}

TEST(State, EngineErrorKeepsWhatWasDecided) {
  const Scratch scratch;
  const Headlines headlines = MadeHeadlines(20'000, 9);
  StateOptions small;
  small.engine.max_memory_bytes = 3 << 20;
  std::vector<Decision> decisions;
  std::uint64_t decided = 0;
  {
    const std::unique_ptr<State> state = OpenState(scratch / "state", small);
    const absl::Status status = state->AddBatch(headlines.records(), decisions);
    EXPECT_TRUE(absl::IsResourceExhausted(status)) << status;
    decided = state->records();
  }
  EXPECT_EQ(decisions.size(), decided);
  const std::unique_ptr<State> state = OpenState(scratch / "state");
  EXPECT_EQ(state->records(), decided);
  EXPECT_TRUE(Same(Add(*state, Part(headlines, 0, decided)), decisions));
}

}  // namespace
}  // namespace samestory::store
