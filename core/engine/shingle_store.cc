#include "engine/shingle_store.h"

#include <algorithm>

namespace samestory {

std::uint32_t* ShingleStore::Allocate(std::size_t words) {
  const std::size_t bytes = words * sizeof(std::uint32_t);
  if (bulk_ != nullptr) return static_cast<std::uint32_t*>(bulk_->Allocate(bytes));
  owned_.emplace_back(words);
  memory_bytes_ += owned_.back().bytes();
  return owned_.back().data();
}

bool ShingleStore::Append(std::span<const std::uint32_t> set) {
  const bool packs = set.size() >= kLeastPacked;
  const std::size_t words = 1 + (packs ? PackedWords(set.size()) : set.size());
  if (left_ < words + kPackedRoom) {
    const std::size_t chunks = (words + kPackedRoom + kChunk - 1) >> kChunkBits;
    if (chunks_.size() + chunks > (std::uint64_t{1} << (32 - kChunkBits))) return false;
    std::uint32_t* const memory = Allocate(chunks * kChunk);
    if (memory == nullptr) return false;
    next_ = memory;
    left_ = chunks * kChunk;
    usual_words_ = std::clamp(num_words() / (size() + 1), kFewWords, kManyWords);
    for (std::size_t i = 0; i < chunks; ++i) chunks_.push_back(next_ + i * kChunk);
  }
  const std::size_t end = chunks_.size() << kChunkBits;
  starts_.push_back(static_cast<std::uint32_t>(end - left_));
  *next_ = static_cast<std::uint32_t>(set.size());
  if (packs) {
    PackSet(set, next_ + 1);
  } else {
    std::copy(set.begin(), set.end(), next_ + 1);
  }
  next_ += words;
  left_ -= words;
  num_shingles_ += set.size();
  return true;
}

std::span<const std::uint32_t> ShingleStore::ReadMarked(std::size_t i, unsigned upper,
                                                        unsigned end, const std::uint64_t* marks,
                                                        std::size_t first_mark,
                                                        ShingleSet& room) const {
  const std::uint32_t* const block = Block(starts_[i]);
  const std::size_t size = *block;
  if (room.size() < size + 1) room.resize(size + 1);
  if (size >= kLeastPacked) {
    return {room.data(),
            UnpackMarked(block + 1, size, upper, end, marks, first_mark, room.data())};
  }
  std::size_t count = 0;
  for (std::size_t place = 0; place < size; ++place) {
    const std::uint32_t shingle = block[1 + place], own = shingle >> kPackedLowBits;
    const std::size_t mark = first_mark + place;
    if (own < upper || own >= end || (marks[mark / 64] >> mark % 64 & 1) == 0) continue;
    room[count++] = shingle;
  }
  return {room.data(), count};
}

}  // namespace samestory
