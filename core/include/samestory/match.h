#ifndef SAMESTORY_MATCH_H_
#define SAMESTORY_MATCH_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "samestory/export.h"

namespace samestory {

/// How an item relates to the item it is compared with (`of`), the older one.
enum class Relation : std::uint8_t {
  kNew,        ///< nothing like it
  kExact,      ///< equal after canonicalisation
  kCopy,       ///< Jaccard at or above the threshold, no slot differs
  kTruncated,  ///< a cut or subset of what was seen
  kContains,   ///< a longer form of what was seen
  kUpdate,     ///< the same story with a changed fact
  kReworded,   ///< the same story in other words
  kTemplate,   ///< the same form about another occasion
};

/// "new", "exact", ...: the words of the JSON contract.
SAMESTORY_EXPORT std::string_view RelationName(Relation relation);

/// True for every relation that puts two items into one story.
constexpr bool IsSameStory(Relation relation) {
  return relation != Relation::kNew && relation != Relation::kTemplate;
}

/// True for what adds nothing to what was seen: exact, copy, truncated.
constexpr bool IsRedundant(Relation relation) {
  return relation == Relation::kExact || relation == Relation::kCopy ||
         relation == Relation::kTruncated;
}

/// Size of the intersection of two sorted sets. Vectorised; the same number as
/// std::set_intersection gives.
SAMESTORY_EXPORT std::size_t IntersectionSize(std::span<const std::uint32_t> a,
                                              std::span<const std::uint32_t> b);

/// |a & b| / |a | b| of two sorted sets; 0 where either is empty (two texts with
/// no words are not alike because both are empty).
SAMESTORY_EXPORT double Jaccard(std::span<const std::uint32_t> a,
                                std::span<const std::uint32_t> b);

/// |a & b| / |a|: the share of `a` that stands in `b`; 0 where `a` is empty.
SAMESTORY_EXPORT double Containment(std::span<const std::uint32_t> a,
                                    std::span<const std::uint32_t> b);

/// What kind of filling a slot holds.
enum class SlotType : std::uint8_t {
  kNone, kNumber, kPercent, kMoney, kOrdinal, kTime, kDate, kYear, kMonth, kWeekday,
  kScore, kVersion, kName,
};

/// "number", "percent", ...
SAMESTORY_EXPORT std::string_view SlotTypeName(SlotType type);

/// One part of an explanation: a feature, its value, its weight, what it added to
/// the log-odds.
struct VerdictTerm {
  std::string_view name;  ///< static
  double value = 0;
  double weight = 0;
};

/// A slot that differs between two texts; either side may be empty.
struct SlotPair {
  SlotType type = SlotType::kNone;
  std::string older, newer;  ///< canonical spelling
};

/// A word of one text or of both, and its idf weight in nats.
struct WordMatch {
  std::string word;
  double weight = 0;
  enum class Where : std::uint8_t { kBoth, kOtherForm, kOlder, kNewer } where = Where::kBoth;
};

/// Fields of two records that agree; any may, and none where they are too little or are
/// not there.
struct FieldsAgreed {
  bool headline = false;  ///< Jaccard of the shingles is at least the threshold
  bool body = false;      ///< nearly all of the shorter body stands in the other

  bool operator==(const FieldsAgreed&) const = default;
};

/// "headline", "body", "both": the words of the JSON contract; empty where none agrees.
SAMESTORY_EXPORT std::string_view FieldsAgreedName(FieldsAgreed agreed);

/// What the match stage says of a pair.
struct Verdict {
  Relation relation = Relation::kNew;
  double probability = 0;  ///< that the two are one story, calibrated; 1 under kJaccard
  double jaccard = 0;      ///< exact, over the shingle sets
  double containment_newer = 0;  ///< share of the newer's shingles found in the older
  double containment_older = 0;
  FieldsAgreed agreed;
};

}  // namespace samestory

#endif  // SAMESTORY_MATCH_H_
