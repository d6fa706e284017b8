#include "engine/postings.h"

namespace samestory {

void Postings::Take(std::size_t partition, std::vector<std::uint64_t>& entries) {
  entries.clear();
  const std::uint64_t leading = std::uint64_t{partition} << 32 >> bits_ << 32;
  for (std::size_t at = partition; at < lists_.size(); at += size()) {
    std::uint32_t rank = 0;
    bool escaped = false;  // the next word is the rank of the last entry
    lists_[at].words.Take(*pool_, [&](std::span<const std::uint32_t> words) {
      for (const std::uint32_t word : words) {
        if (escaped) {
          rank = word;
          entries.back() |= rank;
          escaped = false;
          continue;
        }
        const std::uint64_t shingle = leading | std::uint64_t{word} >> bits_ << 32;
        const std::uint64_t above = word & escape_;
        escaped = above == escape_;
        if (!escaped) rank += static_cast<std::uint32_t>(above);
        entries.push_back(escaped ? shingle : shingle | rank);
      }
    });
    lists_[at].last = 0;
  }
}

}  // namespace samestory
