#ifndef SAMESTORY_LSH_H_
#define SAMESTORY_LSH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "samestory/export.h"

namespace samestory {

/// A signature is cut into `bands` bands of `rows` rows each; two signatures
/// that agree in all rows of any band are a candidate pair (Leskovec, Rajaraman,
/// Ullman, "Mining of Massive Datasets", section 3.4).
struct Banding {
  int bands = 0;
  int rows = 0;
};

/// Probability that a pair of the given Jaccard becomes a candidate:
/// 1 - (1 - J^rows)^bands, the S-curve.
SAMESTORY_EXPORT double CandidateProbability(Banding banding, double jaccard);

/// The cheapest banding (least bands plus expected false candidates, by a stated
/// model) with CandidateProbability(threshold) >= recall and
/// bands * rows <= max_perm. kInvalidArgument where there is none.
SAMESTORY_EXPORT absl::StatusOr<Banding> ChooseBanding(double threshold, double recall,
                                                       int max_perm = 512);

/// Finds the records whose signatures share a band with a given one. Records are
/// numbered by the caller in order of arrival. Not thread-safe for writes;
/// queries may run side by side.
///
/// Memory: about 9 bytes a record and band (64-byte buckets of ten entries of a
/// 16-bit tag and a 32-bit record, load .65). Cost: one cache line a band.
class SAMESTORY_EXPORT LshIndex {
 public:
  /// kInvalidArgument where bands or rows is below 1 or bands * rows > 1024.
  static absl::StatusOr<LshIndex> Create(Banding banding, std::uint64_t seed);
  LshIndex(LshIndex&&) noexcept;
  LshIndex& operator=(LshIndex&&) noexcept;
  ~LshIndex();

  /// Remembers `record` under the bands of `signature` (at least bands * rows
  /// values). kResourceExhausted where memory runs out; the index is then as
  /// before.
  absl::Status Insert(std::uint32_t record, std::span<const std::uint32_t> signature);

  /// Appends to `candidates` every live record that shares a band with
  /// `signature`, each once, in descending number of shared bands, then in
  /// ascending record number. At most `max_per_band` entries are read a band
  /// (the first and the newest). A record may be named that shares no band
  /// (a tag collision, 2^-16 an entry): verify.
  void Query(std::span<const std::uint32_t> signature, std::vector<std::uint32_t>& candidates,
             std::size_t max_per_band = 32) const;

  /// Records below `horizon` are expired: they are no longer found, and their
  /// entries are reused. Never moves back. O(1).
  void Expire(std::uint32_t horizon);

  /// Bytes that the index holds.
  std::size_t MemoryBytes() const;

  Banding banding() const;

 private:
  class Impl;
  explicit LshIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace samestory

#endif  // SAMESTORY_LSH_H_
