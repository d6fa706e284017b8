#ifndef SAMESTORY_ENGINE_IDENTITIES_H_
#define SAMESTORY_ENGINE_IDENTITIES_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "base/prefetch.h"
#include "base/snapshot_stream.h"
#include "story/story_book.h"

namespace samestory {

/// What an item is known by beside its text.
struct Identity {
  std::uint64_t id_key = 0;   ///< of (source, id); 0: the id tells nothing
  std::uint64_t url_key = 0;  ///< of the canonical URL; 0: none
  std::uint64_t content = 0;  ///< hash of all its text

  /// The key that stands for the item; 0: it has none.
  std::uint64_t key() const { return id_key != 0 ? id_key : url_key; }
};

/// Which item an offered one is again: by id, by canonical URL, and, where an item came with
/// more than one content, by key and content, so that a feed that goes back and forth
/// between two versions offers nothing new.
///
/// An item that left the window is known for some time by its key and content alone: a feed
/// offers what it holds again after a pause in which the window passed by (the stage
/// was down, or the stream's clock leapt). For how long is counted in records, as a pause has
/// none: for as many as were in the window when it left, and at least kLeastKept, so that
/// every feed comes by at least once.
///
/// All operations are O(1), amortised, but ForgetLeft, which is linear in the items that left.
class Identities {
 public:
  static constexpr std::uint64_t kLeastKept = 1 << 16;

  /// The latest living item with the same id, or else with the same URL.
  std::optional<ItemNumber> Find(const Identity& identity) const;

  /// A living item that had the same key and, but for a chance of 2^-32, the same content,
  /// and was followed or preceded by another content under this key.
  std::optional<ItemNumber> FindVersion(const Identity& identity) const;

  /// Whether an item with this key and content left the window not long ago.
  bool HasLeft(const Identity& identity) const;

  void Add(ItemNumber item, const Identity& identity);

  /// Hints that Find of `identity` follows soon.
  void Prefetch(const Identity& identity) const {
    if (identity.id_key != 0) ids_.prefetch(identity.id_key);
    if (identity.url_key != 0) urls_.prefetch(identity.url_key);
    KeepPrefetches();
  }

  /// Takes out a living item, which may have a younger namesake.
  void Forget(ItemNumber item, const Identity& identity);

  /// The item leaves the window, in which `living` items were, after `records` records.
  void Leave(ItemNumber item, const Identity& identity, std::uint64_t records,
             std::uint64_t living);

  /// Forgets those who left long enough before `records` records.
  void ForgetLongLeft(std::uint64_t records);

  /// Forgets those who left under the keys of `identity`, whatever their content. Whether there
  /// were any.
  bool ForgetLeft(const Identity& identity);

  /// Writes everything but what Load is told of living items.
  void SaveLiving(SnapshotWriter& out) const;
  void SaveLeft(SnapshotWriter& out) const;

  /// Of an empty one: what was saved. `identity_of` tells what a living item is known by, and
  /// nothing of any other number: what is known under another key would outlive its item.
  using IdentityOf = std::function<std::optional<Identity>(ItemNumber)>;
  void LoadLiving(SnapshotReader& in, const IdentityOf& identity_of);
  void LoadLeft(SnapshotReader& in, const IdentityOf& identity_of);

  std::size_t MemoryBytes() const;

 private:
  struct Known {
    ItemNumber item = 0;
    std::uint32_t content = 0;  // half of the hash
  };
  using KnownMap = absl::flat_hash_map<std::uint64_t, Known>;
  struct Left {
    std::uint64_t key = 0;      // 0: forgotten
    std::uint64_t version = 0;  // of key and content
    std::uint64_t until = 0;    // records
  };

  void Put(KnownMap& map, std::uint64_t key, bool is_own, Known known);

  KnownMap ids_, urls_;
  absl::flat_hash_map<std::uint64_t, ItemNumber> versions_;       // of keys that had more than one
  std::deque<Left> left_;                                         // in the order of leaving
  absl::flat_hash_map<std::uint64_t, std::uint64_t> left_until_;  // by version
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_IDENTITIES_H_
