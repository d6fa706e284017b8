#include "cli/preference.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/hash.h"

namespace samestory::cli {
namespace {

constexpr std::string_view kSourceRule = "source=";

std::uint64_t KeyOf(std::string_view id) { return Hash64(id, 0); }

// Names between commas, the empty ones left out; a backslash before a comma or a backslash makes
// that a part of the name.
std::vector<std::string> SplitNames(std::string_view list) {
  std::vector<std::string> names(1);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const bool escapes = list[i] == '\\' && i + 1 < list.size() &&
                         (list[i + 1] == ',' || list[i + 1] == '\\');
    if (escapes) {
      names.back() += list[++i];
    } else if (list[i] == ',') {
      names.emplace_back();
    } else {
      names.back() += list[i];
    }
  }
  std::erase_if(names, [](const std::string& name) {
    return absl::StripAsciiWhitespace(name).empty();
  });
  return names;
}

}  // namespace

absl::StatusOr<PreferenceOptions> ParsePreference(std::string_view text) {
  PreferenceOptions options;
  if (text == "first") return options;
  if (text == "longest") {
    options.rule = PreferenceOptions::Rule::kLongest;
    return options;
  }
  if (text == "newest") {
    options.rule = PreferenceOptions::Rule::kNewest;
    return options;
  }
  if (text.starts_with(kSourceRule)) {
    options.rule = PreferenceOptions::Rule::kSource;
    options.sources = SplitNames(text.substr(kSourceRule.size()));
    if (!options.sources.empty()) return options;
  }
  return absl::InvalidArgumentError("'" + std::string(text) +
                                    "' is not first, longest, newest or source=NAME,NAME,...");
}

Preference::Preference(PreferenceOptions options)
    : options_(std::move(options)),
      rule_(absl::StrCat(static_cast<int>(options_.rule), " ", options_.window_seconds, " ",
                         absl::StrJoin(options_.sources, "\n"))) {}

void Preference::Choose(const std::vector<Record>& records, const std::vector<Decision>& decisions,
                        const std::vector<bool>& drop, std::vector<Choice>& choices) {
  choices.assign(decisions.size(), {});
  ++batch_;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    choices[i].drop = drop[i] && !IsExempt(records[i].source);
    if (options_.rule != PreferenceOptions::Rule::kFirst) {
      ChooseOne(records, i, decisions[i], choices);
    }
  }
}

bool Preference::IsExempt(std::string_view source) const {
  return std::find(options_.exempt.begin(), options_.exempt.end(), source) != options_.exempt.end();
}

std::int64_t Preference::Score(const Record& record) const {
  switch (options_.rule) {
    case PreferenceOptions::Rule::kSource:
      return options_.sources.begin() -
             std::find(options_.sources.begin(), options_.sources.end(), record.source);
    case PreferenceOptions::Rule::kLongest:
      return static_cast<std::int64_t>(record.title.size() + record.summary.size() +
                                       record.text.size());
    case PreferenceOptions::Rule::kNewest:
      return record.published.value_or(INT64_MIN);
    case PreferenceOptions::Rule::kFirst:
      break;
  }
  return 0;
}

void Preference::ChooseOne(const std::vector<Record>& records, std::size_t i,
                           const Decision& decision, std::vector<Choice>& choices) {
  const Record& record = records[i];
  Expire(record);
  const std::int64_t score = Score(record);
  // An offer of the item that is kept, again: nothing to choose.
  const bool again = decision.of == record.id;
  if (choices[i].drop) {
    const auto found = kept_.find(KeyOf(decision.of));
    // Ids may be those of two sources; the story tells them apart.
    if (found == kept_.end() || found->second.kept->story != decision.story) return;
    const std::shared_ptr<Kept> kept = found->second.kept;
    if (!again && kept->id != record.id && score > kept->score) {
      Replace(*kept, records, i, score, choices);
    }
    if (!again) Remember(record, kept);
    return;
  }
  if (decision.relation == Relation::kExact && again) return;  // exempt, and offered again
  Remember(record,
           std::make_shared<Kept>(Kept{score, decision.story, std::string(record.id), batch_, i}));
}

void Preference::Replace(Kept& kept, const std::vector<Record>& records, std::size_t i,
                         std::int64_t score, std::vector<Choice>& choices) {
  choices[i].drop = false;
  if (kept.batch != batch_) {
    choices[i].replaces = kept.id;
  } else if (!IsExempt(records[kept.place].source)) {
    // It was never written, so what it replaced is replaced now.
    Choice& worse = choices[kept.place];
    choices[i].replaces = std::exchange(worse.replaces, {});
    worse.drop = true;
    worse.replaced_by = std::string(records[i].id);
  }
  kept.score = score;
  kept.id = std::string(records[i].id);
  kept.batch = batch_;
  kept.place = i;
}

void Preference::Remember(const Record& record, std::shared_ptr<Kept> kept) {
  const std::uint64_t key = KeyOf(record.id);
  kept_[key] = {std::move(kept), ++number_};
  if (options_.window_seconds > 0) arrivals_.push_back({key, number_, clock_.now()});
}

void Preference::Expire(const Record& record) {
  if (options_.window_seconds == 0) return;
  const auto fits = [](std::int64_t time) { return time > 0 && time <= UINT32_MAX; };
  if (record.seen && fits(*record.seen)) {
    clock_.Set(static_cast<std::uint32_t>(*record.seen));
  } else if (record.published && fits(*record.published)) {
    const auto source = static_cast<std::uint32_t>(Hash64(record.source, 0));
    clock_.Note(record.source.empty() ? 0 : source | 1,
                static_cast<std::uint32_t>(*record.published));
  }
  while (!arrivals_.empty() &&
         arrivals_.front().time + options_.window_seconds < std::int64_t{clock_.now()}) {
    const auto found = kept_.find(arrivals_.front().key);
    if (found != kept_.end() && found->second.number == arrivals_.front().number) {
      kept_.erase(found);
    }
    arrivals_.pop_front();
  }
}

}  // namespace samestory::cli
