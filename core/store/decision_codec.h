#ifndef SAMESTORY_STORE_DECISION_CODEC_H_
#define SAMESTORY_STORE_DECISION_CODEC_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "samestory/engine.h"
#include "store/record_codec.h"

namespace samestory::store {

/// A decision under the keys of the record that it was given for. All keys 0: the entry
/// was erased, because its item was to be forgotten.
struct FiledDecision {
  RecordKeys keys;
  Decision decision;

  friend bool operator==(const FiledDecision& a, const FiledDecision& b);
};

/// Equal to the last bit, as a redone decision must be.
bool SameDecision(const Decision& a, const Decision& b);

struct DecisionBatch {
  std::uint64_t first = 0;
  std::vector<FiledDecision> filed;
};

/// Replaces `out` by the frame of `filed`, the first of which has the number `first`.
/// docs/state.md ("Decisions") describes the bytes.
void EncodeDecisions(std::uint64_t first, std::span<const FiledDecision> filed, std::string& out);

/// kDataLoss where `bytes` is no whole frame of decisions.
absl::StatusOr<DecisionBatch> DecodeDecisions(std::string_view bytes);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_DECISION_CODEC_H_
