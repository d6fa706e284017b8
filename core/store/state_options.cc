#include "store/state_options.h"

#include <algorithm>
#include <charconv>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "base/option_list.h"

namespace samestory::store {
namespace {

constexpr char kPrefix[] = "option.";

template <typename T>
bool FromText(const std::string& text, T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    value = text == "true";
    return value || text == "false";
  } else if constexpr (std::is_same_v<T, Match>) {
    value = text == "judge" ? Match::kJudge : Match::kJaccard;
    return text == "judge" || text == "jaccard";
  } else if constexpr (std::is_same_v<T, Group>) {
    value = text == "strict" ? Group::kStrict : Group::kStory;
    return text == "strict" || text == "story";
  } else {
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && rest == end;
  }
}

// Sets the option `name`, one of ListOptions.
bool SetOption(const std::string& name, const std::string& text, Options& options) {
  bool set = false;
  const auto take = [&](const char* its_name, auto& value) {
    if (name == its_name) set = FromText(text, value);
  };
  take("threshold", options.threshold);
  take("match", options.match);
  take("group", options.group);
  take("ngram_size", options.ngram_size);
  take("num_perm", options.num_perm);
  take("bands", options.bands);
  take("rows", options.rows);
  take("recall", options.recall);
  take("seed", options.seed);
  take("window_seconds", options.window_seconds);
  take("max_lateness_seconds", options.max_lateness_seconds);
  take("max_merges_per_source", options.max_merges_per_source);
  take("max_words", options.max_words);
  take("max_candidates", options.max_candidates);
  take("max_wrong_joins", options.max_wrong_joins);
  take("max_wrong_drops", options.max_wrong_drops);
  take("split_pages", options.split_pages);
  return set;
}

absl::Status Conflict(const NamedOption& wanted, const std::string& stored) {
  if (wanted.name == "seed") {
    return absl::FailedPreconditionError(
        "option seed: the state was made with another one, which it keeps secret; leave it out");
  }
  return absl::FailedPreconditionError(absl::StrCat("option ", wanted.name, " is ", wanted.value,
                                                    ", but the state was made with ", stored,
                                                    "; leave the option out or begin a new state"));
}

}  // namespace

absl::Status StoreOptions(const Options& options, Database& database, Meta& meta) {
  for (const NamedOption& option : ListOptions(options)) {
    absl::Status status = meta.Set(database, kPrefix + option.name, option.value);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status AdoptOptions(const Meta& meta, const std::vector<std::string>& given,
                          Options& options) {
  for (const NamedOption& option : ListOptions(options)) {
    // A state of before the option was there decides by its default.
    if (!meta.Has(kPrefix + option.name)) continue;
    const std::string stored = meta.Text(kPrefix + option.name);
    if (stored == option.value) continue;
    if (std::ranges::find(given, option.name) != given.end()) return Conflict(option, stored);
    if (!SetOption(option.name, stored, options)) {
      return absl::DataLossError(
          absl::StrCat("the state is damaged: its option ", option.name, " is '", stored, "'"));
    }
  }
  return absl::OkStatus();
}

}  // namespace samestory::store
