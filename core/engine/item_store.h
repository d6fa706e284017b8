#ifndef SAMESTORY_ENGINE_ITEM_STORE_H_
#define SAMESTORY_ENGINE_ITEM_STORE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "base/huge_memory.h"
#include "base/prefetch.h"
#include "base/snapshot_stream.h"
#include "engine/identities.h"
#include "samestory/match.h"
#include "story/story_book.h"

namespace samestory {

/// What was decided about an item when it arrived, and when that was.
struct ItemFacts {
  std::uint64_t content = 0;    ///< hash of all its text
  std::uint32_t source = 0;     ///< hash of its source; 0: unknown
  std::uint32_t seen = 0;       ///< Unix seconds by the stream's clock; 0: unknown
  std::uint32_t published = 0;  ///< Unix seconds; 0: unknown

  /// Days since 1970; 0: unknown.
  std::uint32_t day() const { return (published != 0 ? published : seen) / (24 * 3600); }
};

/// The parts of an item that vary in length.
struct ItemParts {
  std::string_view id;
  std::uint64_t id_key = 0;                 ///< of (source, id); 0: the id tells nothing
  std::uint64_t url_key = 0;                ///< of the canonical URL; 0: none
  std::span<const std::uint32_t> headline;  ///< a profile block, or a shingle set
  std::span<const std::uint32_t> body;      ///< BodyView; may be empty
};

/// Everything that is remembered of the living items, numbered in order of arrival.
/// Blocks of 32-bit words in chunks that are freed as a whole when their last item
/// has expired. Spans and views are valid until the item expires.
class ItemStore {
 public:
  /// Remembers the next item.
  void Append(const ItemFacts& facts, const ItemParts& parts);

  /// Makes room for the entries of exactly so many items.
  void Reserve(std::size_t items) { entries_.reserve(items); }

  /// Replace what was appended of a living item: its facts, and its headline by one of the
  /// same length.
  void SetFacts(ItemNumber item, const ItemFacts& facts) {
    entries_[item - first_ + expired_].facts = facts;
  }
  void SetHeadline(ItemNumber item, std::span<const std::uint32_t> headline);

  /// Whether the item was appended and is neither expired nor forgotten.
  bool Lives(ItemNumber item) const {
    return item - first_ < size() && EntryOf(item).offset != kForgotten;
  }

  const ItemFacts& facts(ItemNumber item) const { return EntryOf(item).facts; }
  ItemParts parts(ItemNumber item) const;
  Identity identity(ItemNumber item) const;

  /// Hints that parts(item) follows soon: first its entry, later its block.
  void PrefetchEntry(ItemNumber item) const {
    if (item - first_ < size()) PrefetchToRead(&EntryOf(item));
  }
  void PrefetchBlock(ItemNumber item) const;

  /// Forgets the oldest item.
  void ExpireOldest();

  /// Erases the parts of a living item.
  void Forget(ItemNumber item);

  /// Writes the store to sections "items..." of a snapshot; chunks that are full are
  /// written once. In item_store_snapshot.cc.
  absl::Status Save(SnapshotSink& sink) const;

  /// Of an empty store: what Save wrote.
  absl::Status Load(SnapshotSource& source);

  ItemNumber first() const { return first_; }
  std::size_t size() const { return entries_.size() - expired_; }
  std::size_t MemoryBytes() const;

 private:
  static constexpr std::uint32_t kForgotten = 0xffffffff;

  struct Entry {
    ItemFacts facts;
    std::uint32_t offset = 0;  // of the block within its chunk, or kForgotten
    std::uint32_t chunk = 0;   // running number of the chunk
  };
  // On huge pages: items are read at random.
  using Words = std::vector<std::uint32_t, internal::HugeAllocator<std::uint32_t>>;
  struct Chunk {
    Words words;                 // reserved once, never moved
    ItemNumber last = 0;         // newest item that has its block here
    std::uint32_t erasures = 0;  // items forgotten in it
  };

  // The first `expired_` entries are dead until enough of them are to be erased together.
  const Entry& EntryOf(ItemNumber item) const { return entries_[item - first_ + expired_]; }
  std::uint32_t* Allocate(std::size_t words, Entry& entry);
  void ReserveNewest(std::size_t words);
  bool IsSound(const Entry& entry) const;

  ItemNumber first_ = 0;
  std::vector<Entry> entries_;
  std::size_t expired_ = 0;
  std::deque<Chunk> chunks_;
  std::uint32_t first_chunk_ = 0;
  std::size_t chunk_bytes_ = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_ITEM_STORE_H_
