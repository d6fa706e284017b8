// Operations on a KeyIndex, read from the input, beside the obvious index: whatever the order of
// inserts, queries, expiry and reserving, nothing is found that was not inserted, nothing that is
// expired, and the newest records of a key always.

#include "index/key_index.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "base/hash.h"
#include "unit/index/key_oracle.h"

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

// Reads single bytes; 0 behind the end.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  bool empty() const { return at_ >= size_; }
  std::uint8_t Next() { return empty() ? 0 : data_[at_++]; }

 private:
  const std::uint8_t* data_;
  std::size_t size_, at_ = 0;
};

constexpr std::size_t kNewest = 8;  // of 16 a key, at least these are the newest

void CheckFound(const std::vector<std::uint32_t>& found,
                const std::vector<std::uint32_t>& expected) {
  Check(std::is_sorted(found.begin(), found.end()));
  Check(std::includes(expected.begin(), expected.end(), found.begin(), found.end()));
  const auto newest = static_cast<std::ptrdiff_t>(std::min(expected.size(), kNewest));
  Check(found.size() >= static_cast<std::size_t>(newest));
  Check(std::equal(expected.end() - newest, expected.end(), found.end() - newest));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const int key_bits = 16 + input.Next() % 41;
  samestory::KeyIndex index({.max_per_key = 16, .key_bits = key_bits});
  samestory::KeyOracle oracle(key_bits);
  const unsigned keys = 1u + input.Next();
  std::uint32_t record = 0;
  std::vector<std::uint32_t> found;
  while (!input.empty()) {
    const std::uint8_t operation = input.Next();
    const std::uint64_t key = samestory::Mix64(input.Next() % keys, 1);
    switch (operation % 8) {
      case 0:
        found.clear();
        index.Find(key, 1000, found);
        CheckFound(found, oracle.Find(key));
        break;
      case 1: {
        const std::uint32_t horizon = record - std::min<std::uint32_t>(record, input.Next());
        index.Expire(horizon);
        oracle.Expire(horizon);
        break;
      }
      case 2:
        Check(index.Reserve(operation * std::size_t{16}).ok());
        break;
      case 3:  // many keys at once, to make it grow
        for (unsigned i = 0; i < 64; ++i, ++record) {
          const std::uint64_t other = samestory::Mix64(record, 2);
          Check(index.Insert(other, record).ok());
          oracle.Insert(other, record);
        }
        break;
      default:
        found.clear();
        Check(index.FindInsert(key, record, 1000, found).ok());
        CheckFound(found, oracle.Find(key));
        oracle.Insert(key, record);
        record += operation % 2;
    }
  }
  return 0;
}
