#ifndef SAMESTORY_ENGINE_RECORD_TABLE_H_
#define SAMESTORY_ENGINE_RECORD_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "samestory/record.h"

namespace samestory {

/// Records kept whole, in little more than their bytes. They lie in memory of their own, which
/// goes back to the system with the table.
class RecordTable {
 public:
  RecordTable() = default;
  ~RecordTable() { Clear(); }
  RecordTable(const RecordTable&) = delete;
  RecordTable& operator=(const RecordTable&) = delete;

  /// False where memory runs out; nothing is then added.
  bool Add(const Record& record);

  /// Views into the table, valid until Clear.
  Record operator[](std::size_t i) const;

  void Clear();

  std::size_t size() const { return size_; }
  std::size_t MemoryBytes() const;

 private:
  struct Block {
    char* bytes;
    std::size_t capacity, used;
    std::size_t first;                  // record
    std::vector<std::uint32_t> begins;  // of its records
  };
  bool Append(std::string_view packed);
  const char* At(std::size_t i) const;

  std::vector<Block> blocks_;
  std::size_t size_ = 0;
  std::string scratch_;  // which fields there are, their sizes, times, then their bytes
  absl::flat_hash_map<std::size_t, std::vector<LineMarkup>> markup_;  // of pages that have any
  std::size_t markup_bytes_ = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_RECORD_TABLE_H_
