#include "index/key_index.h"

#include <map>

namespace samestory {

class KeyIndex::Impl {
 public:
  std::multimap<std::uint64_t, std::uint32_t> map;
  std::uint32_t horizon = 0;
};
KeyIndex::KeyIndex(const KeyIndexOptions&) : impl_(new Impl) {}
KeyIndex::KeyIndex(KeyIndex&&) noexcept = default;
KeyIndex& KeyIndex::operator=(KeyIndex&&) noexcept = default;
KeyIndex::~KeyIndex() = default;
absl::Status KeyIndex::Reserve(std::size_t) { return absl::OkStatus(); }
absl::Status KeyIndex::EnsureRoom(std::size_t) { return absl::OkStatus(); }
absl::Status KeyIndex::Insert(std::uint64_t key, std::uint32_t record) {
  auto [b, e] = impl_->map.equal_range(key);
  int n = 0;
  for (; b != e; ++b) {
    if (b->second == record) return absl::OkStatus();
    ++n;
  }
  if (n >= 64) {
    auto it = impl_->map.lower_bound(key);
    std::advance(it, 8);
    impl_->map.erase(it);
  }
  impl_->map.emplace(key, record);
  return absl::OkStatus();
}
void KeyIndex::Find(std::uint64_t key, std::size_t cap, std::vector<std::uint32_t>& r) const {
  auto [b, e] = impl_->map.equal_range(key);
  for (; b != e && cap; ++b)
    if (b->second >= impl_->horizon) r.push_back(b->second), --cap;
}
absl::Status KeyIndex::FindInsert(std::uint64_t key, std::uint32_t record, std::size_t cap,
                                  std::vector<std::uint32_t>& records) {
  Find(key, cap, records);
  return Insert(key, record);
}
void KeyIndex::Prefetch(std::uint64_t) const {}
void KeyIndex::Expire(std::uint32_t h) { impl_->horizon = std::max(h, impl_->horizon); }
std::size_t KeyIndex::MemoryBytes() const { return 64 * impl_->map.size(); }
KeyIndexStats KeyIndex::stats() const { return {}; }

}  // namespace samestory
