#include "engine/record_table.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/huge_memory.h"

namespace samestory {
namespace {

std::string_view Record::*const kFields[] = {&Record::id,  &Record::title,  &Record::summary,
                                             &Record::text, &Record::url, &Record::source,
                                             &Record::lang};
constexpr std::size_t kNumFields = std::size(kFields);

// Bits behind those of the fields.
constexpr unsigned kPublished = 1u << kNumFields, kSeen = 2u << kNumFields,
                   kMadeId = 4u << kNumFields, kMarkup = 8u << kNumFields;

// A first block for runs of few records; a record that is larger than a block has one of its own.
constexpr std::size_t kFirstBlock = std::size_t{1} << 16;
constexpr std::size_t kBlock = internal::kHugePage;

template <typename T>
void Put(T value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

template <typename T>
T Take(const char*& from) {
  T value;
  std::memcpy(&value, from, sizeof(value));
  from += sizeof(value);
  return value;
}

// Seven bits a byte, the lowest first; the last byte is below 128.
void PutSize(std::size_t size, std::string& out) {
  for (; size >= 128; size >>= 7) out.push_back(static_cast<char>(size | 128));
  out.push_back(static_cast<char>(size));
}

std::size_t TakeSize(const char*& from) {
  std::size_t size = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(*from++);
    size |= std::size_t{byte & 127u} << shift;
    if (byte < 128) return size;
  }
}

}  // namespace

bool RecordTable::Add(const Record& record) {
  unsigned present = (record.published ? kPublished : 0) | (record.seen ? kSeen : 0) |
                     (record.id_is_made ? kMadeId : 0) | (record.markup.empty() ? 0 : kMarkup);
  for (std::size_t i = 0; i < kNumFields; ++i) {
    if (!(record.*kFields[i]).empty()) present |= 1u << i;
  }
  scratch_.clear();
  Put(static_cast<std::uint16_t>(present), scratch_);
  for (const auto field : kFields) {
    if (!(record.*field).empty()) PutSize((record.*field).size(), scratch_);
  }
  if (record.published) Put(*record.published, scratch_);
  if (record.seen) Put(*record.seen, scratch_);
  for (const auto field : kFields) scratch_.append(record.*field);
  if (!Append(scratch_)) return false;
  if (!record.markup.empty()) {
    markup_[size_ - 1].assign(record.markup.begin(), record.markup.end());
    markup_bytes_ += record.markup.size_bytes();
  }
  return true;
}

bool RecordTable::Append(std::string_view packed) {
  if (blocks_.empty() || blocks_.back().capacity - blocks_.back().used < packed.size()) {
    const std::size_t least = blocks_.empty() ? kFirstBlock : kBlock;
    const std::size_t bytes =
        packed.size() <= least ? least : (packed.size() + kBlock - 1) / kBlock * kBlock;
    void* const memory = bytes < kBlock ? std::malloc(bytes) : internal::AllocateHuge(bytes);
    if (memory == nullptr) return false;
    blocks_.push_back({static_cast<char*>(memory), bytes, 0, size_, {}});
  }
  Block& block = blocks_.back();
  block.begins.push_back(static_cast<std::uint32_t>(block.used));
  std::memcpy(block.bytes + block.used, packed.data(), packed.size());
  block.used += packed.size();
  ++size_;
  return true;
}

const char* RecordTable::At(std::size_t i) const {
  const auto after = std::upper_bound(blocks_.begin(), blocks_.end(), i,
                                      [](std::size_t n, const Block& b) { return n < b.first; });
  const Block& block = *(after - 1);
  return block.bytes + block.begins[i - block.first];
}

void RecordTable::Clear() {
  for (const Block& block : blocks_) {
    if (block.capacity < kBlock) {
      std::free(block.bytes);
    } else {
      internal::FreeHuge(block.bytes, block.capacity);
    }
  }
  blocks_.clear();
  blocks_.shrink_to_fit();
  markup_ = {};
  size_ = markup_bytes_ = 0;
}

std::size_t RecordTable::MemoryBytes() const {
  std::size_t bytes = markup_bytes_;
  for (const Block& block : blocks_) {
    bytes += block.capacity + block.begins.capacity() * sizeof(block.begins[0]);
  }
  return bytes;
}

Record RecordTable::operator[](std::size_t i) const {
  const char* from = At(i);
  const unsigned present = Take<std::uint16_t>(from);
  std::size_t sizes[kNumFields] = {};
  for (std::size_t k = 0; k < kNumFields; ++k) {
    if (present & 1u << k) sizes[k] = TakeSize(from);
  }
  Record record;
  if (present & kPublished) record.published = Take<std::int64_t>(from);
  if (present & kSeen) record.seen = Take<std::int64_t>(from);
  record.id_is_made = (present & kMadeId) != 0;
  for (std::size_t k = 0; k < kNumFields; ++k) {
    record.*kFields[k] = {from, sizes[k]};
    from += sizes[k];
  }
  if (present & kMarkup) record.markup = markup_.find(i)->second;
  return record;
}

}  // namespace samestory
