#ifndef SAMESTORY_TESTS_UNIT_STORE_SCRATCH_H_
#define SAMESTORY_TESTS_UNIT_STORE_SCRATCH_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "samestory/engine.h"
#include "store/state.h"
#include "support/headlines.h"

namespace samestory::store {

/// A folder of the running test's own.
class Scratch {
 public:
  Scratch() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::temp_directory_path() /
            ("samestory-" + std::string(info->test_suite_name()) + "-" + info->name() + "-" +
             std::to_string(::getpid()));
    std::filesystem::remove_all(path_);
    std::filesystem::create_directory(path_);
  }
  ~Scratch() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// Opens a state whose answers can be compared: one seed, early snapshots.
inline std::unique_ptr<State> OpenState(const std::string& directory, StateOptions options = {},
                                        EventListener listener = {}) {
  options.engine.seed = 7;
  options.given.push_back("seed");
  absl::StatusOr<std::unique_ptr<State>> state =
      State::Open(directory, options, std::move(listener));
  EXPECT_TRUE(state.ok()) << state.status();
  return state.ok() ? *std::move(state) : nullptr;
}

/// What an engine in memory decides.
inline std::vector<Decision> DecideInMemory(std::span<const Record> records, Options options = {}) {
  options.seed = 7;
  std::vector<Decision> decisions;
  absl::StatusOr<std::unique_ptr<Engine>> engine = Engine::Create(options);
  EXPECT_TRUE(engine.ok()) << engine.status();
  const absl::Status status = (*engine)->AddBatch(records, decisions);
  EXPECT_TRUE(status.ok()) << status;
  return decisions;
}

inline std::vector<Decision> Add(State& state, std::span<const Record> records) {
  std::vector<Decision> decisions;
  const absl::Status status = state.AddBatch(records, decisions);
  EXPECT_TRUE(status.ok()) << status;
  return decisions;
}

/// True where all are equal to the last bit.
inline bool Same(std::span<const Decision> a, std::span<const Decision> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), SameDecision);
}

}  // namespace samestory::store

#endif  // SAMESTORY_TESTS_UNIT_STORE_SCRATCH_H_
