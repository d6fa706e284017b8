#ifndef SAMESTORY_MATCH_BODY_H_
#define SAMESTORY_MATCH_BODY_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "samestory/text.h"

namespace samestory {

/// A body (summary or text) made ready to be compared: one block of 32-bit words that
/// can be copied, stored and read in place.
///
///   word 0   number of shingles
///   word 1   number of figures (0-15), number of dates (16-31)
///   the shingles, the figures, the dates, each a sorted set
///
/// Figures are numbers, amounts of money, percentages and the like, by value where they
/// have one, so that "1.5 billion" and "1.5bn" are equal; dates are names of months and
/// weekdays, days of a month and years. What two bodies of one form are filled with says
/// whether they tell of one occasion.
class BodyView {
 public:
  static constexpr std::size_t kHeaderWords = 2;
  static constexpr std::size_t kMaxFigures = 48, kMaxDates = 16;  ///< the first of a body

  /// `block` as BuildBody made it, or empty; it must outlive the view.
  explicit BodyView(std::span<const std::uint32_t> block) : block_(block) {}

  /// Whether `block` can be read in place: for blocks that come from storage.
  static bool IsValid(std::span<const std::uint32_t> block);

  bool empty() const { return block_.empty(); }
  std::span<const std::uint32_t> shingles() const { return Part(0, num_shingles()); }
  std::span<const std::uint32_t> figures() const { return Part(num_shingles(), num_figures()); }
  std::span<const std::uint32_t> dates() const {
    return Part(num_shingles() + num_figures(), num_dates());
  }

 private:
  std::size_t num_shingles() const { return empty() ? 0 : block_[0]; }
  std::size_t num_figures() const { return empty() ? 0 : block_[1] & 0xffff; }
  std::size_t num_dates() const { return empty() ? 0 : block_[1] >> 16; }
  std::span<const std::uint32_t> Part(std::size_t begin, std::size_t size) const {
    return empty() ? block_ : block_.subspan(kHeaderWords + begin, size);
  }

  std::span<const std::uint32_t> block_;
};

/// Replaces `block` by the body of `text`; `original`, `lang`, `ngram_size` and `seed` as
/// for BuildProfile. Thread-safe; allocates nothing once its buffers are large enough.
void BuildBody(const CanonicalText& text, std::string_view original, std::string_view lang,
               int ngram_size, std::uint64_t seed, std::vector<std::uint32_t>& block);

/// How alike two bodies are.
struct BodyLikeness {
  double jaccard = 0;      ///< exact, of the shingles
  double containment = 0;  ///< of the smaller set in the larger

  /// Members of two sets: in both, and in one alone.
  struct Counts {
    std::size_t shared = 0, older_only = 0, newer_only = 0;
    bool conflict() const { return older_only > 0 && newer_only > 0; }
  };
  Counts figures, dates;

  /// Neither body adds anything to the other: one holds nearly all of the other, and no
  /// figure or date was put in another's place.
  bool is_redundant() const;
};

/// What their Jaccard is at most, by the numbers of their shingles.
double MostJaccard(const BodyView& older, const BodyView& newer);

/// None where either body is empty.
std::optional<BodyLikeness> CompareBodies(const BodyView& older, const BodyView& newer);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_BODY_H_
