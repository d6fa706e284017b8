#include "index/key_index.h"

#include <new>

#include "absl/strings/str_cat.h"
#include "index/key_table.h"

namespace samestory {
namespace {

constexpr std::uint32_t kMaxRecord = 0xfffffffe;

absl::Status OutOfMemory() {
  return absl::ResourceExhaustedError("no memory for the index to grow");
}

// Runs an operation on the table that returns false, or throws, where memory runs out.
template <typename Operation>
absl::Status Guard(Operation operation) {
  try {
    return operation() ? absl::OkStatus() : OutOfMemory();
  } catch (const std::bad_alloc&) {
    return OutOfMemory();
  }
}

absl::Status CheckRecord(std::uint32_t record) {
  if (record <= kMaxRecord) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("record is ", record, "; it must be at most ", kMaxRecord));
}

}  // namespace

class KeyIndex::Impl : public internal::KeyTable {
 public:
  using KeyTable::KeyTable;
};

KeyIndex::KeyIndex(const KeyIndexOptions& options) : impl_(std::make_unique<Impl>(options)) {}
KeyIndex::KeyIndex(KeyIndex&&) noexcept = default;
KeyIndex& KeyIndex::operator=(KeyIndex&&) noexcept = default;
KeyIndex::~KeyIndex() = default;

absl::Status KeyIndex::Reserve(std::size_t entries) {
  return Guard([&] { return impl_->Reserve(entries); });
}

absl::Status KeyIndex::EnsureRoom(std::size_t count) {
  return Guard([&] { return impl_->EnsureRoom(count); });
}

absl::Status KeyIndex::Insert(std::uint64_t key, std::uint32_t record) {
  if (absl::Status status = CheckRecord(record); !status.ok()) return status;
  if (impl_->room() == 0) {
    if (absl::Status status = EnsureRoom(1); !status.ok()) return status;
  }
  impl_->Insert(key, record);
  return absl::OkStatus();
}

void KeyIndex::Find(std::uint64_t key, std::size_t cap,
                    std::vector<std::uint32_t>& records) const {
  impl_->Find(key, cap, records);
}

absl::Status KeyIndex::FindInsert(std::uint64_t key, std::uint32_t record, std::size_t cap,
                                  std::vector<std::uint32_t>& records) {
  if (absl::Status status = CheckRecord(record); !status.ok()) return status;
  if (impl_->room() == 0) {
    if (absl::Status status = EnsureRoom(1); !status.ok()) return status;
  }
  impl_->FindInsert(key, record, cap, records);
  return absl::OkStatus();
}

void KeyIndex::Prefetch(std::uint64_t key) const { impl_->Prefetch(key); }
void KeyIndex::Expire(std::uint32_t horizon) { impl_->Expire(horizon); }
std::size_t KeyIndex::MemoryBytes() const { return impl_->MemoryBytes(); }
KeyIndexStats KeyIndex::stats() const { return impl_->stats(); }

}  // namespace samestory
