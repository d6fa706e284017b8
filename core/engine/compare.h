#ifndef SAMESTORY_ENGINE_COMPARE_H_
#define SAMESTORY_ENGINE_COMPARE_H_

#include <cstdint>
#include <optional>
#include <span>

#include "engine/item_store.h"
#include "match/judge.h"
#include "samestory/match.h"
#include "samestory/options.h"

namespace samestory {

/// One side of a comparison: an item stored, or one just prepared.
struct CompareSide {
  ItemFacts facts;
  std::span<const std::uint32_t> headline;  ///< profile block or shingle set
  std::span<const std::uint32_t> body;      ///< BodyView; empty: none, or left out as boilerplate
};

/// Hours between two items: by their publishers' times where both are known, else by
/// when the stream first saw them.
std::optional<double> HoursApart(const ItemFacts& a, const ItemFacts& b);

/// The match stage as the engine calls it. Headline profiles are stamped: what the
/// stream knew of their words when they arrived is in them.
class Comparer {
 public:
  /// `options` must outlive the comparer.
  explicit Comparer(const Options& options) : options_(&options), judge_(options) {}

  const Options& options() const { return *options_; }

  /// How `newer` relates to `older`. `trace` may be null.
  Verdict Compare(const CompareSide& older, const CompareSide& newer,
                  JudgeTrace* trace = nullptr) const;

  /// True where an item may stand in the story of `anchor`: it is near enough that a
  /// chain of links cannot lead away (LeastHeldJaccard).
  bool IsHeldBy(const CompareSide& anchor, const CompareSide& item) const;

 private:
  Verdict CompareShingles(const CompareSide& older, const CompareSide& newer) const;

  const Options* options_;
  Judge judge_;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_COMPARE_H_
