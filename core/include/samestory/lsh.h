#ifndef SAMESTORY_LSH_H_
#define SAMESTORY_LSH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "samestory/export.h"
#include "samestory/snapshot.h"

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

/// The cheapest banding with CandidateProbability(threshold) >= recall and
/// bands * rows <= max_perm (1024 at most). kInvalidArgument where there is none,
/// or where threshold is not in (0, 1] or recall not in (0, 1).
///
/// Cost model: a cache line a band, the signing of bands * rows permutations, and
/// the verification of the false candidates that a record meets among 250,000
/// live headlines, from the measured density of the Jaccard between unrelated
/// headlines (docs/index.md). For .7 and .998 it gives 23 bands of 4 rows.
SAMESTORY_EXPORT absl::StatusOr<Banding> ChooseBanding(double threshold, double recall,
                                                       int max_perm = 512);

/// The candidates of several signatures, one list after the other. A buffer to be
/// used again.
struct CandidateLists {
  std::vector<std::uint32_t> records;  ///< all lists
  std::vector<std::size_t> ends;       ///< where list i ends in `records`

  std::span<const std::uint32_t> list(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return std::span(records).subspan(begin, ends[i] - begin);
  }
};

/// Finds the records whose signatures share a band with a given one. Records are
/// numbered by the caller in order of arrival, below 0xffffffff. Not thread-safe
/// for writes; queries may run side by side.
///
/// Memory: about 10 bytes a record and band (64-byte buckets of ten entries of a
/// 19-bit tag and a 32-bit record, load .65). Cost: one cache line a band. See
/// docs/index.md.
class SAMESTORY_EXPORT LshIndex {
 public:
  /// kInvalidArgument where bands or rows is below 1 or bands * rows > 1024.
  /// `max_bytes` bounds MemoryBytes(); 0: no bound. Of a band's key `key_bits` are compared, 16 to
  /// 56: a small index is faster with fewer, and names more that shares no band.
  static absl::StatusOr<LshIndex> Create(Banding banding, std::uint64_t seed,
                                         std::size_t max_bytes = 0, int key_bits = 40);
  LshIndex(LshIndex&&) noexcept;
  LshIndex& operator=(LshIndex&&) noexcept;
  ~LshIndex();

  /// Sizes the index for `records` records in all: no growth before they are in,
  /// and no memory beyond what they need. kResourceExhausted where memory runs
  /// out; nothing is then changed.
  absl::Status Reserve(std::size_t records);

  /// Remembers `record` under the bands of `signature` (at least bands * rows
  /// values). kResourceExhausted where memory runs out; the index is then as
  /// before.
  absl::Status Insert(std::uint32_t record, std::span<const std::uint32_t> signature);

  /// Records numbered `record` or above are in the index from now on but named by no
  /// query, until this is called with a higher number; at first all are named. So what is
  /// to be found together can be inserted piece by piece.
  void HideFrom(std::uint32_t record);

  /// As Insert, of a record that is hidden. False where a band has so many records that
  /// others would make room for this one: it is then not in under that band, and must be
  /// inserted once more when it is hidden no longer.
  absl::StatusOr<bool> InsertHidden(std::uint32_t record,
                                    std::span<const std::uint32_t> signature);

  /// Whether a live record is in under every band of its signature, hidden or not.
  bool Holds(std::uint32_t record, std::span<const std::uint32_t> signature) const;

  /// Appends to `candidates` every live record that shares a band with
  /// `signature`, each once, in descending number of shared bands, then in
  /// ascending record number. At most `max_per_band` entries are read a band
  /// (the first and the newest; 32 are kept). A record may be named that shares
  /// no band (a collision, entries / 2^key_bits a band): verify. Allocates only where
  /// `candidates` must grow.
  void Query(std::span<const std::uint32_t> signature, std::vector<std::uint32_t>& candidates,
             std::size_t max_per_band = 32) const;

  /// Query, then Insert, at the price of one. On an error `candidates` is as
  /// before, too.
  absl::Status QueryInsert(std::uint32_t record, std::span<const std::uint32_t> signature,
                           std::vector<std::uint32_t>& candidates, std::size_t max_per_band = 32);

  /// The batch forms do the same for one signature after the other, with the cache
  /// lines of the next ones fetched ahead. Signature i is
  /// signatures[i * stride, i * stride + bands * rows); it belongs to records[i].
  /// `lists` is replaced. On an error the records before the failing one are in,
  /// and `lists` holds theirs.
  absl::Status InsertBatch(std::span<const std::uint32_t> records,
                           std::span<const std::uint32_t> signatures, std::size_t stride);
  void QueryBatch(std::size_t count, std::span<const std::uint32_t> signatures,
                  std::size_t stride, CandidateLists& lists,
                  std::size_t max_per_band = 32) const;
  absl::Status QueryInsertBatch(std::span<const std::uint32_t> records,
                                std::span<const std::uint32_t> signatures, std::size_t stride,
                                CandidateLists& lists, std::size_t max_per_band = 32);

  /// Hints that a call with `signature` follows soon.
  void Prefetch(std::span<const std::uint32_t> signature) const;

  /// Appends the numbers of the bands, from 0, in which two signatures agree.
  void SharedBands(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                   std::vector<int>& bands) const;

  /// Records below `horizon` are expired: they are no longer found, and their
  /// entries are reused. Never moves back. O(1).
  void Expire(std::uint32_t horizon);

  /// Writes the index as it stands to the section `section` of a snapshot. The first
  /// error of `sink`, if any.
  absl::Status Save(SnapshotSink& sink, std::string_view section) const;

  /// Replaces what an empty index holds by what one of the same banding and seed saved.
  /// kDataLoss for damaged bytes, kResourceExhausted where memory runs out.
  absl::Status Load(SnapshotSource& source, std::string_view section);

  /// Bytes that the index holds.
  std::size_t MemoryBytes() const;

  Banding banding() const;

 private:
  class SAMESTORY_HIDDEN Impl;
  explicit LshIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace samestory

#endif  // SAMESTORY_LSH_H_
