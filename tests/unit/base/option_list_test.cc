#include "base/option_list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace samestory {
namespace {

TEST(OptionListTest, NamesAreInOrderAndEachOptionIsTold) {
  const std::vector<NamedOption> list = ListOptions({});
  EXPECT_TRUE(std::is_sorted(list.begin(), list.end(), [](const auto& a, const auto& b) {
    return a.name < b.name;
  }));
  const auto differs = [](auto change) {
    Options options;
    change(options);
    return CheckOptions(options, ListOptions({})).code() == absl::StatusCode::kInvalidArgument;
  };
  EXPECT_TRUE(differs([](Options& o) { o.threshold = 0.71; }));
  EXPECT_TRUE(differs([](Options& o) { o.match = Match::kJaccard; }));
  EXPECT_TRUE(differs([](Options& o) { o.ngram_size = 3; }));
  EXPECT_TRUE(differs([](Options& o) { o.num_perm = 64; }));
  EXPECT_TRUE(differs([](Options& o) { o.bands = 16; }));
  EXPECT_TRUE(differs([](Options& o) { o.rows = 4; }));
  EXPECT_TRUE(differs([](Options& o) { o.recall = 0.99; }));
  EXPECT_TRUE(differs([](Options& o) { o.group = Group::kStrict; }));
  EXPECT_TRUE(differs([](Options& o) { o.seed = 1; }));
  EXPECT_TRUE(differs([](Options& o) { o.window_seconds = 1; }));
  EXPECT_TRUE(differs([](Options& o) { o.max_lateness_seconds = 1; }));
  EXPECT_TRUE(differs([](Options& o) { o.max_merges_per_source = 1; }));
  EXPECT_TRUE(differs([](Options& o) { o.max_words = 10; }));
  EXPECT_TRUE(differs([](Options& o) { o.max_candidates = 10; }));
  EXPECT_TRUE(differs([](Options& o) { o.max_wrong_joins = 0.01; }));
  EXPECT_TRUE(differs([](Options& o) { o.max_wrong_drops = 0.01; }));
  EXPECT_TRUE(differs([](Options& o) { o.split_pages = false; }));
  EXPECT_FALSE(differs([](Options& o) { o.threads = 2; }));
  EXPECT_FALSE(differs([](Options& o) { o.max_memory_bytes = 1; }));
}

TEST(OptionListTest, AConflictNamesBothValuesButNotTheSeed) {
  Options options;
  options.window_seconds = 60;
  EXPECT_EQ(CheckOptions(options, ListOptions({})).message(),
            "window_seconds is 60; the state was made with 0");
  options = {};
  options.seed = 77;
  const std::string message(CheckOptions(options, ListOptions({})).message());
  EXPECT_EQ(message, "seed is another; the state was made with its own");
}

TEST(OptionListTest, AnOptionThatTheStateDoesNotKnowDiffers) {
  std::vector<NamedOption> stored = ListOptions({});
  std::erase_if(stored, [](const NamedOption& option) { return option.name == "recall"; });
  EXPECT_EQ(CheckOptions({}, stored).message(), "recall is 0.998; the state was made with none");
}

}  // namespace
}  // namespace samestory
