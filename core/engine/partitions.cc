#include "engine/partitions.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace samestory {
namespace {

constexpr unsigned kDigitBits = 12;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;

// One pass of an LSD radix sort (Knuth, TAOCP vol. 3, 5.2.5).
void SortByDigit(const std::vector<std::uint64_t>& from, unsigned shift,
                 std::vector<std::uint64_t>& to) {
  std::array<std::uint32_t, kDigits + 1> ends{};
  const auto digit = [shift](std::uint64_t entry) { return (entry >> shift) & (kDigits - 1); };
  for (const std::uint64_t entry : from) ++ends[digit(entry) + 1];
  for (std::size_t i = 1; i <= kDigits; ++i) ends[i] += ends[i - 1];
  to.resize(from.size());
  for (const std::uint64_t entry : from) to[ends[digit(entry)]++] = entry;
}

}  // namespace

std::uint64_t* BlockPool::Get() {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) {
    std::uint64_t* memory = nullptr;
    if (bulk_ != nullptr) {
      memory = static_cast<std::uint64_t*>(bulk_->Allocate(internal::kHugePage));
    } else {
      internal::PageStock::Page page = stock_->Take();
      if (page == nullptr) return nullptr;
      memory = reinterpret_cast<std::uint64_t*>(page.get());
      pages_.push_back(std::move(page));
    }
    if (memory == nullptr) return nullptr;
    // In this order they are a heap.
    for (std::size_t i = 0; i < kPageBlocks; ++i) free_.push_back(memory + i * kBlock);
  }
  std::pop_heap(free_.begin(), free_.end(), std::greater<>());
  std::uint64_t* const block = free_.back();
  free_.pop_back();
  return block;
}

void BlockPool::GiveBack(std::uint64_t* block) {
  const std::lock_guard lock(mutex_);
  free_.push_back(block);
  std::push_heap(free_.begin(), free_.end(), std::greater<>());
}

void BlockPool::Trim() {
  const std::lock_guard lock(mutex_);
  std::sort(free_.begin(), free_.end());  // which is a heap too
  std::erase_if(pages_, [this](const internal::PageStock::Page& page) {
    auto* const first = reinterpret_cast<std::uint64_t*>(page.get());
    const auto begin = std::lower_bound(free_.begin(), free_.end(), first);
    const auto end = std::lower_bound(begin, free_.end(), first + kPageBlocks * kBlock);
    if (end - begin != static_cast<std::ptrdiff_t>(kPageBlocks)) return false;
    free_.erase(begin, end);
    return true;
  });
}

void Partitions::Take(std::size_t partition, std::vector<std::uint64_t>& entries) {
  entries.clear();
  for (std::size_t at = partition; at < lists_.size(); at += partitions_) {
    lists_[at].Take(*pool_, [&entries](std::span<const std::uint64_t> words) {
      entries.insert(entries.end(), words.begin(), words.end());
    });
  }
}

void SortByUpperHalf(std::vector<std::uint64_t>& entries, unsigned known_bits,
                     std::vector<std::uint64_t>& scratch) {
  constexpr std::size_t kFew = 512;
  if (entries.size() < kFew) {
    std::stable_sort(entries.begin(), entries.end(),
                     [](std::uint64_t a, std::uint64_t b) { return a >> 32 < b >> 32; });
    return;
  }
  for (unsigned shift = 32; shift < 64 - known_bits; shift += kDigitBits) {
    SortByDigit(entries, shift, scratch);
    entries.swap(scratch);
  }
}

}  // namespace samestory
