#ifndef SAMESTORY_ENGINE_RECENT_CONTENTS_H_
#define SAMESTORY_ENGINE_RECENT_CONTENTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/prefetch.h"
#include "engine/chunked_vector.h"

namespace samestory {

/// Finds most records whose content came before, by a table with a place for each of many hashes,
/// in which the last record stays: at most 16 MiB, and two reads a record.
class RecentContents {
 public:
  /// `contents` are hashes of the records, 0 for those without content; it must outlive this.
  explicit RecentContents(const ChunkedVector<std::uint64_t>& contents)
      : contents_(&contents), records_(kFewest, kNone) {}

  /// A record before with this content, if it is found. Remembers the next one of `contents`,
  /// which will have it.
  std::optional<std::size_t> Exchange(std::uint64_t content) {
    if (2 * contents_->size() > records_.size() && records_.size() < kMost) Grow();
    std::uint32_t& place = records_[PlaceOf(content)];
    const std::uint32_t before = place;
    place = static_cast<std::uint32_t>(contents_->size());
    if (content == 0 || before == kNone || (*contents_)[before] != content) return std::nullopt;
    return before;
  }

  /// Hint, in this order, that Exchange of the content follows soon.
  void PrefetchPlace(std::uint64_t content) const { PrefetchToWrite(&records_[PlaceOf(content)]); }
  void PrefetchContent(std::uint64_t content) const {
    const std::uint32_t record = records_[PlaceOf(content)];
    if (record < contents_->size()) PrefetchToRead(&(*contents_)[record]);
  }

  std::size_t MemoryBytes() const { return records_.capacity() * sizeof(std::uint32_t); }

  /// Gives everything back.
  void Free() { std::vector<std::uint32_t>().swap(records_); }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;
  static constexpr std::size_t kFewest = std::size_t{1} << 12, kMost = std::size_t{1} << 22;

  void Grow() {
    records_.assign(4 * records_.size(), kNone);
    for (std::size_t record = 0; record < contents_->size(); ++record) {
      records_[PlaceOf((*contents_)[record])] = static_cast<std::uint32_t>(record);
    }
  }

  std::size_t PlaceOf(std::uint64_t content) const { return content & (records_.size() - 1); }

  const ChunkedVector<std::uint64_t>* contents_;
  std::vector<std::uint32_t> records_;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_RECENT_CONTENTS_H_
