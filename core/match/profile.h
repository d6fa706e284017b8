#ifndef SAMESTORY_MATCH_PROFILE_H_
#define SAMESTORY_MATCH_PROFILE_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "samestory/match.h"
#include "samestory/text.h"

namespace samestory {

/// A headline made ready to be judged, as one block of 32-bit words that can be
/// copied, stored and read in place: shingles, words in order (hash, stem hash,
/// slot type, flags), skeleton and bigram keys, and the canonical text itself for
/// fuzzy word matches and explanations. Has a version in its first word.
class ProfileView {
 public:
  /// `block` as BuildProfile made it; it must outlive the view.
  explicit ProfileView(std::span<const std::uint32_t> block) : block_(block) {}

  std::span<const std::uint32_t> shingles() const;
  std::string_view text() const;            ///< canonical text
  std::size_t num_words() const;
  // The owner of core/match adds what the judge reads.

 private:
  std::span<const std::uint32_t> block_;
};

/// Replaces `block` by the profile of `text`. `original` is the text that `text`
/// was made from (slots look at signs such as $ and % in it); `lang` chooses the
/// month and weekday names (ICU; empty: English). Thread-safe; allocates nothing
/// once `block` is large enough.
void BuildProfile(const CanonicalText& text, std::string_view original, std::string_view lang,
                  int ngram_size, std::uint64_t seed, std::vector<std::uint32_t>& block);

/// Keys under which Recurrence counts a headline: its skeleton and its word pairs.
void RecurrenceKeys(const ProfileView& profile, std::vector<std::uint64_t>& keys);

/// Keys of the second index: all pairs of the 6 rarest words by 5-letter stems
/// (15 keys), for candidates below the Jaccard threshold.
void RareWordKeys(const ProfileView& profile, const class WordStats& words, std::uint64_t seed,
                  std::vector<std::uint64_t>& keys);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_PROFILE_H_
