#ifndef SAMESTORY_ENGINE_RECORD_TABLE_H_
#define SAMESTORY_ENGINE_RECORD_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/text_table.h"
#include "samestory/record.h"

namespace samestory {

/// Records kept whole, in little more than their bytes.
class RecordTable {
 public:
  void Add(const Record& record);

  /// Views into the table, valid while it lives and nothing is added.
  Record operator[](std::size_t i) const;

  std::size_t size() const { return packed_.size(); }
  std::size_t MemoryBytes() const { return packed_.MemoryBytes() + markup_bytes_; }

 private:
  TextTable packed_;  // which fields there are, their sizes, times, then their bytes
  std::string scratch_;
  absl::flat_hash_map<std::size_t, std::vector<LineMarkup>> markup_;  // of pages that have any
  std::size_t markup_bytes_ = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_RECORD_TABLE_H_
