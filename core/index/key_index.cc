#include "index/key_index.h"

#include "index/key_table.h"
#include "index/table_status.h"

namespace samestory {

using internal::CheckRecord;
using internal::GuardMemory;

class KeyIndex::Impl : public internal::KeyTable {
 public:
  using KeyTable::KeyTable;
};

KeyIndex::KeyIndex(const KeyIndexOptions& options) : impl_(std::make_unique<Impl>(options)) {}
KeyIndex::KeyIndex(KeyIndex&&) noexcept = default;
KeyIndex& KeyIndex::operator=(KeyIndex&&) noexcept = default;
KeyIndex::~KeyIndex() = default;

absl::Status KeyIndex::Reserve(std::size_t entries) {
  return GuardMemory([&] { return impl_->Reserve(entries); });
}

absl::Status KeyIndex::EnsureRoom(std::size_t count) {
  if (count <= impl_->room()) return absl::OkStatus();
  return GuardMemory([&] { return impl_->EnsureRoom(count); });
}

absl::Status KeyIndex::Insert(std::uint64_t key, std::uint32_t record) {
  if (absl::Status status = CheckRecord(record); !status.ok()) return status;
  if (absl::Status status = EnsureRoom(1); !status.ok()) return status;
  impl_->Insert(key, record);
  return absl::OkStatus();
}

absl::Status KeyIndex::InsertAll(std::span<const std::uint64_t> keys, std::uint32_t record) {
  if (absl::Status status = CheckRecord(record); !status.ok()) return status;
  if (absl::Status status = EnsureRoom(keys.size()); !status.ok()) return status;
  for (const std::uint64_t key : keys) impl_->Insert(key, record);
  return absl::OkStatus();
}

absl::Status KeyIndex::InsertHidden(std::vector<std::uint64_t>& keys, std::uint32_t record) {
  if (absl::Status status = CheckRecord(record); !status.ok()) return status;
  if (absl::Status status = EnsureRoom(keys.size()); !status.ok()) return status;
  std::erase_if(keys, [&](std::uint64_t key) { return impl_->InsertHidden(key, record); });
  return absl::OkStatus();
}

bool KeyIndex::Holds(std::uint64_t key, std::uint32_t record) const {
  return impl_->Holds(key, record);
}

void KeyIndex::HideFrom(std::uint32_t record) { impl_->HideFrom(record); }

void KeyIndex::Find(std::uint64_t key, std::size_t cap, std::vector<std::uint32_t>& records) const {
  impl_->Find(key, cap, records);
}

absl::Status KeyIndex::FindInsert(std::uint64_t key, std::uint32_t record, std::size_t cap,
                                  std::vector<std::uint32_t>& records) {
  if (absl::Status status = CheckRecord(record); !status.ok()) return status;
  if (absl::Status status = EnsureRoom(1); !status.ok()) return status;
  impl_->FindInsert(key, record, cap, records);
  return absl::OkStatus();
}

void KeyIndex::Prefetch(std::uint64_t key) const { impl_->Prefetch(key); }
void KeyIndex::PrefetchSpilled(std::uint64_t key) const { impl_->PrefetchSpilled(key); }
void KeyIndex::Expire(std::uint32_t horizon) { impl_->Expire(horizon); }
void KeyIndex::Save(SnapshotWriter& out) const { impl_->Save(out); }
absl::Status KeyIndex::Load(SnapshotReader& in) { return impl_->Load(in); }
std::size_t KeyIndex::MemoryBytes() const { return impl_->MemoryBytes(); }
KeyIndexStats KeyIndex::stats() const { return impl_->stats(); }

}  // namespace samestory
