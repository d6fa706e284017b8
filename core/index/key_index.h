#ifndef SAMESTORY_INDEX_KEY_INDEX_H_
#define SAMESTORY_INDEX_KEY_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/status.h"

namespace samestory {

/// A multimap from 64-bit keys to record numbers: the table under both the LSH
/// bands and the rare-word keys. 64-byte buckets of ten entries (16-bit tag,
/// 32-bit record), load .65, grown in steps so that no single insert pauses long.
/// Entries below the horizon are empty slots to whoever meets them.
class KeyIndex {
 public:
  KeyIndex();
  KeyIndex(KeyIndex&&) noexcept;
  KeyIndex& operator=(KeyIndex&&) noexcept;
  ~KeyIndex();

  /// kResourceExhausted where memory runs out; nothing is then changed.
  absl::Status Insert(std::uint64_t key, std::uint32_t record);

  /// Appends at most `cap` live records under `key`: the oldest few and the newest.
  void Find(std::uint64_t key, std::size_t cap, std::vector<std::uint32_t>& records) const;

  /// Hints that Find or Insert of `key` follows soon.
  void Prefetch(std::uint64_t key) const;

  void Expire(std::uint32_t horizon);
  std::size_t MemoryBytes() const;

 private:
  // The owner of core/index decides the representation.
};

}  // namespace samestory

#endif  // SAMESTORY_INDEX_KEY_INDEX_H_
