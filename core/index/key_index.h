#ifndef SAMESTORY_INDEX_KEY_INDEX_H_
#define SAMESTORY_INDEX_KEY_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "base/snapshot_stream.h"

namespace samestory {

struct KeyIndexOptions {
  /// Live records kept under one key at most, 16 to 1024: the eight oldest and the
  /// newest. Bounds the memory and the time that a hot key can cost.
  std::size_t max_per_key = 32;

  /// Upper bits of a key that are compared, 16 to 56. A record may be found under
  /// another key with probability entries / 2^key_bits.
  int key_bits = 40;

  /// Bytes that the index may hold. 0: no bound but the machine's.
  std::size_t max_bytes = 0;
};

struct KeyIndexStats {
  std::size_t entries = 0;   ///< stored (key, record) pairs, those expired but not yet reused too
  std::size_t hot_keys = 0;  ///< keys that had more than eight live records at a time
  std::size_t spilled = 0;   ///< other keys with a record that found no slot in its two buckets
  std::size_t buckets = 0;
};

/// A multimap from keys to record numbers: the table under both the LSH bands and
/// the rare-word keys. docs/index.md describes it.
///
/// Keys must be hashes, uniform over 64 bits and keyed by a secret seed where the
/// input is hostile. Their upper KeyIndexOptions::key_bits are all that counts.
///
/// Not thread-safe for writes; const calls may run side by side.
class KeyIndex {
 public:
  explicit KeyIndex(const KeyIndexOptions& options = {});
  KeyIndex(KeyIndex&&) noexcept;
  KeyIndex& operator=(KeyIndex&&) noexcept;
  ~KeyIndex();

  /// Sizes the table for `entries` pairs in all, so that there is no growth before
  /// they are in. Of an empty index: at load .65, 10 bytes a pair. Later: to the
  /// next doubling that has room, at once. kResourceExhausted where memory runs
  /// out; what is found is then as before.
  absl::Status Reserve(std::size_t entries);

  /// Makes room, growing by a step where it is time: the next `count` calls of
  /// Insert or FindInsert succeed. kResourceExhausted where memory runs out;
  /// what is found is then as before.
  absl::Status EnsureRoom(std::size_t count);

  /// Remembers `record` under `key`; a pair that is there already stays once.
  /// `record` must be below 0xffffffff (kInvalidArgument). Beyond max_per_key the
  /// newest but the last ones give way. kResourceExhausted where memory runs out;
  /// nothing is then changed. Expired records are not stored.
  absl::Status Insert(std::uint64_t key, std::uint32_t record);

  /// The same for all keys of a record. Where memory runs out some may be stored.
  absl::Status InsertAll(std::span<const std::uint64_t> keys, std::uint32_t record);

  /// Inserts the record hidden: where HideFrom was told of it, Find does not see it until told
  /// otherwise. Takes the keys out under which it is in. Left are those with so many records
  /// that it might push out one that is to be found: InsertAll them when it is hidden no more.
  /// `record` must be at HideFrom's or above; errors as for InsertAll.
  absl::Status InsertHidden(std::vector<std::uint64_t>& keys, std::uint32_t record);

  /// Whether the record is there under the key, hidden or not.
  bool Holds(std::uint64_t key, std::uint32_t record) const;

  /// Records from this number on are not found; at first all are.
  void HideFrom(std::uint32_t record);

  /// Appends the live records under `key` in order of insertion, as far as slots
  /// were not reused: at most `cap` of them, the oldest cap / 4 and the newest.
  void Find(std::uint64_t key, std::size_t cap, std::vector<std::uint32_t>& records) const;

  /// Find, then Insert, at the price of one.
  absl::Status FindInsert(std::uint64_t key, std::uint32_t record, std::size_t cap,
                          std::vector<std::uint32_t>& records);

  /// Hints that Find or Insert of `key` follows soon; some time later PrefetchSpilled fetches
  /// what a busy key has elsewhere.
  void Prefetch(std::uint64_t key) const;
  void PrefetchSpilled(std::uint64_t key) const;

  /// Records below `horizon` are expired: no longer found, their entries free for
  /// reuse. Never moves back. O(1).
  void Expire(std::uint32_t horizon);

  /// Writes the index as it stands, expired entries too: the one that Load makes of it
  /// finds and forgets what this one would.
  void Save(SnapshotWriter& out) const;

  /// Of an empty index made with the same options; the key_bits are those of what was saved. kResourceExhausted where memory runs
  /// out; what is wrong with the bytes `in` tells.
  absl::Status Load(SnapshotReader& in);

  /// Bytes allocated by the index.
  std::size_t MemoryBytes() const;

  KeyIndexStats stats() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace samestory

#endif  // SAMESTORY_INDEX_KEY_INDEX_H_
