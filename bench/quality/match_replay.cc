#include "match_replay.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/hash.h"
#include "match/recurrence.h"
#include "samestory/match.h"
#include "samestory/text.h"
#include "text/word_stats.h"

namespace samestory::quality {
namespace {

constexpr std::size_t kMinBodyWords = 6;
constexpr double kBoilerplateDays = 1.5;  // a body seen on two days before says nothing
constexpr double kHoursPerDay = 24;

// A profile to be stamped when the stream has come to `hours`.
struct Due {
  double hours;
  PairSample* sample;
  bool is_newer;
};

class Replay {
 public:
  Replay(const MatchData& data, const Options& options) : data_(data), options_(options) {}

  std::vector<PairSample> Run(std::size_t keep_one_in) {
    BuildSamples();
    std::size_t next = 0, number = 0;
    std::vector<Due> due = Schedule();
    for (const StreamItem& item : data_.stream) {
      const double now = item.hours.value_or(-1e9);
      while (next < due.size() && due[next].hours <= now) Stamp(due[next++]);
      if (number++ % keep_one_in == 0) Learn(item);
    }
    while (next < due.size()) Stamp(due[next++]);
    return std::move(samples_);
  }

 private:
  void BuildSamples() {
    samples_.resize(data_.pairs.size());
    CanonicalText text;
    const auto build = [&](const std::string& title, std::vector<std::uint32_t>& block) {
      Canonicalize(title, text, options_.max_words);
      BuildProfile(text, title, "en", block);
    };
    for (std::size_t i = 0; i < samples_.size(); ++i) {
      samples_[i].pair = &data_.pairs[i];
      build(data_.pairs[i].older.title, samples_[i].older_block);
      build(data_.pairs[i].newer.title, samples_[i].newer_block);
    }
  }

  std::vector<Due> Schedule() {
    std::vector<Due> due;
    for (PairSample& sample : samples_) {
      const double older = sample.pair->older.hours.value_or(1e9);
      due.push_back({older, &sample, false});
      due.push_back({older + sample.pair->hours_apart.value_or(0), &sample, true});
    }
    std::stable_sort(due.begin(), due.end(),
                     [](const Due& a, const Due& b) { return a.hours < b.hours; });
    return due;
  }

  void Stamp(const Due& due) {
    const auto day = static_cast<std::int64_t>(std::floor(std::min(due.hours, 1e6) / kHoursPerDay));
    StampProfile(words_, recurrence_, day,
                 due.is_newer ? due.sample->newer_block : due.sample->older_block);
    if (due.is_newer) due.sample->body = Compare(*due.sample->pair, day);
  }

  std::optional<BodyLikeness> Compare(const LabelledPair& pair, std::int64_t day) {
    std::vector<std::uint32_t> older, newer;
    Prepare(pair.older.body, day, older);
    Prepare(pair.newer.body, day, newer);
    return CompareBodies(BodyView(older), BodyView(newer));
  }

  // `block` stays empty where the body says nothing.
  void Prepare(std::string_view body, std::int64_t day, std::vector<std::uint32_t>& block) {
    Canonicalize(body, text_, options_.max_words);
    if (text_.words().size() < kMinBodyWords) return;
    if (bodies_.DaysBefore(Hash64(text_.text(), 0), day) > kBoilerplateDays) return;
    BuildBody(text_, body, "en", options_.ngram_size, options_.seed, block);
  }

  void Learn(const StreamItem& item) {
    Canonicalize(item.title, text_, options_.max_words);
    BuildProfile(text_, item.title, "en", block_);
    const ProfileView view(block_);
    words_.Learn(view.word_hashes());
    if (!item.hours) return;
    const auto day = static_cast<std::int64_t>(std::floor(*item.hours / kHoursPerDay));
    RecurrenceKeys(view, keys_);
    recurrence_.Learn(keys_, day);
    if (item.body.empty()) return;
    Canonicalize(item.body, text_, options_.max_words);
    const std::uint64_t key = Hash64(text_.text(), 0);
    bodies_.Learn({&key, 1}, day);
  }

  const MatchData& data_;
  const Options& options_;
  std::vector<PairSample> samples_;
  WordStats words_;
  Recurrence recurrence_, bodies_;
  CanonicalText text_;
  std::vector<std::uint32_t> block_;
  std::vector<std::uint64_t> keys_;
};

}  // namespace

std::vector<PairSample> ReplayStream(const MatchData& data, const Options& options,
                                     std::size_t keep_one_in) {
  return Replay(data, options).Run(keep_one_in);
}

}  // namespace samestory::quality
