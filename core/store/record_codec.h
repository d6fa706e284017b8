#ifndef SAMESTORY_STORE_RECORD_CODEC_H_
#define SAMESTORY_STORE_RECORD_CODEC_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "samestory/record.h"

namespace samestory::store {

/// Replaces `out` by the frame of `records`, the first of which has the number
/// `first`. docs/state.md ("Records") describes the bytes.
void EncodeRecords(std::uint64_t first, std::span<const Record> records, std::string& out);

/// Records read from a frame. Not copied: the records view into it.
struct RecordBatch {
  RecordBatch() = default;
  RecordBatch(RecordBatch&&) = default;
  RecordBatch& operator=(RecordBatch&&) = default;

  std::uint64_t first = 0;
  std::vector<Record> records;  ///< views into the frame's bytes and `markup`
  std::vector<std::vector<LineMarkup>> markup;
};

/// Reads the frame `bytes`, which must outlive the batch. kDataLoss where it is no
/// whole frame of records.
absl::StatusOr<RecordBatch> DecodeRecords(std::string_view bytes);

/// What a record is known by in the journal, keyed hashes both.
struct RecordKeys {
  std::uint64_t content = 0;  ///< of all that it says, whenever it was seen
  std::uint64_t item = 0;     ///< of its source and id

  friend bool operator==(const RecordKeys&, const RecordKeys&) = default;
};

/// `scratch` is overwritten.
RecordKeys KeysOf(const Record& record, std::uint64_t seed, std::string& scratch);

/// RecordKeys::item of the item `id` of `source`.
std::uint64_t ItemKey(std::string_view source, std::string_view id, std::uint64_t seed);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_RECORD_CODEC_H_
