#include "base/option_list.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "absl/strings/str_cat.h"

namespace samestory {
namespace {

std::string Text(double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  return std::string(digits, end);
}

}  // namespace

std::vector<NamedOption> ListOptions(const Options& options) {
  return {
      {"bands", absl::StrCat(options.bands)},
      {"group", options.group == Group::kStory ? "story" : "strict"},
      {"match", options.match == Match::kJudge ? "judge" : "jaccard"},
      {"max_candidates", absl::StrCat(options.max_candidates)},
      {"max_lateness_seconds", absl::StrCat(options.max_lateness_seconds)},
      {"max_merges_per_source", absl::StrCat(options.max_merges_per_source)},
      {"max_words", absl::StrCat(options.max_words)},
      {"max_wrong_drops", Text(options.max_wrong_drops)},
      {"max_wrong_joins", Text(options.max_wrong_joins)},
      {"ngram_size", absl::StrCat(options.ngram_size)},
      {"num_perm", absl::StrCat(options.num_perm)},
      {"recall", Text(options.recall)},
      {"rows", absl::StrCat(options.rows)},
      {"seed", absl::StrCat(options.seed)},
      {"split_pages", options.split_pages ? "true" : "false"},
      {"threshold", Text(options.threshold)},
      {"window_seconds", absl::StrCat(options.window_seconds)},
  };
}

absl::Status CheckOptions(const Options& options, const std::vector<NamedOption>& stored) {
  for (const NamedOption& option : ListOptions(options)) {
    const auto found =
        std::find_if(stored.begin(), stored.end(),
                     [&](const NamedOption& other) { return other.name == option.name; });
    if (found != stored.end() && found->value == option.value) continue;
    // The seed is a secret.
    const bool secret = option.name == "seed";
    return absl::InvalidArgumentError(absl::StrCat(
        option.name, " is ", secret ? "another" : option.value, "; the state was made with ",
        found == stored.end() ? "none" : secret ? "its own" : found->value));
  }
  return absl::OkStatus();
}

}  // namespace samestory
