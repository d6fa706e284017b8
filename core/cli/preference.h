#ifndef SAMESTORY_CLI_PREFERENCE_H_
#define SAMESTORY_CLI_PREFERENCE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/stream_clock.h"
#include "samestory/engine.h"
#include "samestory/record.h"

namespace samestory::cli {

/// Which of several copies of an item is to be kept.
struct PreferenceOptions {
  enum class Rule : std::uint8_t { kFirst, kSource, kLongest, kNewest };
  Rule rule = Rule::kFirst;
  std::vector<std::string> sources;  ///< kSource: the best first; others come behind them
  std::vector<std::string> exempt;   ///< sources whose items are never dropped
  std::int64_t window_seconds = 0;   ///< copies are known this long; 0: always
};

/// kInvalidArgument unless `text` is first, longest, newest or source=NAME,NAME,...; a comma
/// within a name is written `\,`, a backslash before one `\\`.
absl::StatusOr<PreferenceOptions> ParsePreference(std::string_view text);

/// The note of a state that holds what Preference knew at the end of a run.
inline constexpr std::string_view kCopiesNote = "copies";

/// What is done with one record of a batch.
struct Choice {
  bool drop = false;
  std::string replaces;     ///< id token of the copy that was kept before; empty: none
  std::string replaced_by;  ///< id token of the better copy in the same batch; empty: none
};

/// Chooses among copies: a record that would be dropped is kept after all where it is
/// preferred to the copy that was kept for it; if that stands in the same batch, that is
/// dropped instead. A function of the records, their decisions and how they were batched.
/// Knows 48 bytes or so of every item within the window, unless the rule is kFirst.
class Preference {
 public:
  explicit Preference(PreferenceOptions options);

  /// Fills `choices`, one a record. `drop` tells for each whether it is to be dropped
  /// as a copy.
  void Choose(const std::vector<Record>& records, const std::vector<Decision>& decisions,
              const std::vector<bool>& drop, std::vector<Choice>& choices);

  /// What is known, for a later run: docs/state.md ("Copies"). Equal for equal sequences of calls.
  std::string Save() const;

  /// Of an empty one: what Save gave; nothing where it was saved under another rule, whose
  /// scores say nothing here. False then. kDataLoss for other bytes.
  absl::StatusOr<bool> Load(std::string_view bytes);

  /// What Save gave, without the item `id` and the copies that it was kept for. kDataLoss as
  /// Load.
  static absl::StatusOr<std::string> WithoutItem(std::string_view bytes, std::string_view id);

  /// Items known.
  std::size_t size() const { return kept_.size(); }

 private:
  /// The copy that is kept for several items; better is greater.
  struct Kept {
    std::int64_t score = 0;
    StoryId story = 0;
    std::string id;
    std::uint64_t batch = 0;  ///< that it came in, and
    std::size_t place = 0;    ///< where there
  };
  struct Entry {
    std::shared_ptr<Kept> kept;
    std::uint64_t number = 0;
  };
  struct Arrival {
    std::uint64_t key, number;
    std::uint32_t time;
  };

  bool IsExempt(std::string_view source) const;
  std::int64_t Score(const Record& record) const;
  void ChooseOne(const std::vector<Record>& records, std::size_t i, const Decision& decision,
                 std::vector<Choice>& choices);
  void Replace(Kept& kept, const std::vector<Record>& records, std::size_t i, std::int64_t score,
               std::vector<Choice>& choices);
  void Remember(const Record& record, std::shared_ptr<Kept> kept);
  void Expire(const Record& record);

  PreferenceOptions options_;
  std::string rule_;  // by which the scores are, and the window
  StreamClock clock_;
  std::unordered_map<std::uint64_t, Entry> kept_;  // by the id of the item
  std::deque<Arrival> arrivals_;
  std::uint64_t number_ = 0, batch_ = 0;
};

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_PREFERENCE_H_
