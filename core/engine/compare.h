#ifndef SAMESTORY_ENGINE_COMPARE_H_
#define SAMESTORY_ENGINE_COMPARE_H_

#include <cstdint>
#include <optional>
#include <span>

#include "engine/item_store.h"
#include "engine/notes.h"
#include "match/judge.h"
#include "samestory/match.h"
#include "samestory/options.h"

namespace samestory {

/// One side of a comparison: an item stored, or one just prepared.
struct CompareSide {
  ItemFacts facts;
  std::span<const std::uint32_t> headline;  ///< profile block or shingle set
  std::span<const std::uint32_t> body;      ///< BodyView; empty: none
  const ProfileWords* words = nullptr;      ///< of the profile, where it is compared with many
};

/// Hours between two items: by their publishers' times where both are known, else by
/// when the stream first saw them.
std::optional<double> HoursApart(const ItemFacts& a, const ItemFacts& b);

/// The match stage as the engine calls it. Headline profiles are stamped: what the
/// stream knew of their words when they arrived is in them.
class Comparer {
 public:
  /// Both must outlive the comparer. Bodies that are `boilerplate`, which may be null, count as
  /// none.
  explicit Comparer(const Options& options, const Boilerplate* boilerplate = nullptr)
      : options_(&options), boilerplate_(boilerplate), judge_(options) {}

  const Options& options() const { return *options_; }

  /// How `newer` relates to `older`. `trace` may be null.
  Verdict Compare(const CompareSide& older, const CompareSide& newer,
                  JudgeTrace* trace = nullptr) const;

  /// Whether a body is there and says something.
  bool Tells(std::span<const std::uint32_t> body) const {
    return !body.empty() && (boilerplate_ == nullptr || !boilerplate_->Contains(BodyKey(body)));
  }

  /// True where an item may stand in the story of `anchor`: it is near enough that a
  /// chain of links cannot lead away (LeastHeldJaccard).
  bool IsHeldBy(const CompareSide& anchor, const CompareSide& item) const;

 private:
  Verdict CompareShingles(const CompareSide& older, const CompareSide& newer) const;

  const Options* options_;
  const Boilerplate* boilerplate_;
  Judge judge_;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_COMPARE_H_
