#include "engine/record_table.h"

#include <cstring>

namespace samestory {
namespace {

std::string_view Record::*const kFields[] = {&Record::id,  &Record::title,  &Record::summary,
                                             &Record::text, &Record::url, &Record::source,
                                             &Record::lang};
constexpr std::size_t kNumFields = std::size(kFields);

// Bits behind those of the fields.
constexpr unsigned kPublished = 1u << kNumFields, kSeen = 2u << kNumFields,
                   kMadeId = 4u << kNumFields, kMarkup = 8u << kNumFields;

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

void RecordTable::Add(const Record& record) {
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
  if (!record.markup.empty()) {
    markup_[size()].assign(record.markup.begin(), record.markup.end());
    markup_bytes_ += record.markup.size_bytes();
  }
  packed_.Append(scratch_);
}

Record RecordTable::operator[](std::size_t i) const {
  const char* from = packed_[i].data();
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
