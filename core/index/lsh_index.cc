#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "index/band_keys.h"
#include "index/hit_list.h"
#include "index/key_table.h"
#include "index/table_status.h"
#include "samestory/lsh.h"

namespace samestory {

using internal::BandKeyArray;
using internal::BandKeys;
using internal::HitList;
using internal::KeyTable;

namespace {

// Records whose cache lines are fetched ahead in a batch: enough to hide the latency of memory
// behind the work on the others, few enough for the line fill buffers.
constexpr std::size_t kAhead = 3;

}  // namespace

class LshIndex::Impl {
 public:
  Impl(Banding banding, std::uint64_t seed, std::size_t max_bytes, int key_bits)
      : banding(banding),
        keys(banding, seed),
        table(KeyIndexOptions{.key_bits = key_bits, .max_bytes = max_bytes}) {}

  void Prefetch(const BandKeyArray& of) const {
    for (std::size_t band = 0; band < keys.bands(); ++band) table.Prefetch(of[band]);
  }

  absl::Status Insert(std::uint32_t record, const BandKeyArray& of) {
    if (absl::Status status = PrepareInsert(record); !status.ok()) return status;
    for (std::size_t band = 0; band < keys.bands(); ++band) table.Insert(of[band], record);
    return absl::OkStatus();
  }

  absl::StatusOr<bool> InsertHidden(std::uint32_t record, const BandKeyArray& of) {
    if (absl::Status status = PrepareInsert(record); !status.ok()) return status;
    bool all = true;
    for (std::size_t band = 0; band < keys.bands(); ++band) {
      all &= table.InsertHidden(of[band], record);
    }
    return all;
  }

  void Query(const BandKeyArray& of, std::size_t cap, std::vector<std::uint32_t>& out) const {
    HitList hits(out);
    for (std::size_t band = 0; band < keys.bands(); ++band) {
      table.Find(of[band], cap, out);
      hits.EndBand();
    }
    hits.Rank();
  }

  absl::Status QueryInsert(std::uint32_t record, const BandKeyArray& of, std::size_t cap,
                           std::vector<std::uint32_t>& out) {
    if (absl::Status status = PrepareInsert(record); !status.ok()) return status;
    HitList hits(out);
    for (std::size_t band = 0; band < keys.bands(); ++band) {
      table.FindInsert(of[band], record, cap, out);
      hits.EndBand();
    }
    hits.Rank();
    return absl::OkStatus();
  }

  // Calls `work(i, keys)` for each signature in order, with the lines of the next kAhead fetched,
  // until it returns false.
  template <typename Work>
  void Pipeline(std::size_t count, std::span<const std::uint32_t> signatures, std::size_t stride,
                Work work) const {
    assert(count == 0 || signatures.size() >= (count - 1) * stride + keys.signature_size());
    BandKeyArray ahead[kAhead + 1];
    const auto fetch = [&](std::size_t i) {
      keys.Compute(signatures.subspan(i * stride, keys.signature_size()), ahead[i % (kAhead + 1)]);
      Prefetch(ahead[i % (kAhead + 1)]);
    };
    for (std::size_t i = 0; i < count && i < kAhead; ++i) fetch(i);
    for (std::size_t i = 0; i < count; ++i) {
      if (i + kAhead < count) fetch(i + kAhead);
      if (!work(i, ahead[i % (kAhead + 1)])) return;
    }
  }

  Banding banding;
  BandKeys keys;
  KeyTable table;

 private:
  // After it the inserts of one record cannot fail.
  absl::Status PrepareInsert(std::uint32_t record) {
    if (absl::Status status = internal::CheckRecord(record); !status.ok()) return status;
    return internal::GuardMemory([&] { return table.EnsureRoom(keys.bands()); });
  }
};

LshIndex::LshIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LshIndex::LshIndex(LshIndex&&) noexcept = default;
LshIndex& LshIndex::operator=(LshIndex&&) noexcept = default;
LshIndex::~LshIndex() = default;

absl::StatusOr<LshIndex> LshIndex::Create(Banding banding, std::uint64_t seed,
                                          std::size_t max_bytes, int key_bits) {
  if (banding.bands < 1 || banding.rows < 1 ||
      std::int64_t{banding.bands} * banding.rows > std::int64_t{internal::kMaxBands}) {
    return absl::InvalidArgumentError(absl::StrCat("bands is ", banding.bands, " and rows is ",
                                                   banding.rows,
                                                   "; bands * rows must be 1 to 1024"));
  }
  return LshIndex(std::make_unique<Impl>(banding, seed, max_bytes, key_bits));
}

absl::Status LshIndex::Reserve(std::size_t records) {
  const std::size_t most = std::numeric_limits<std::size_t>::max() / impl_->keys.bands();
  return internal::GuardMemory(
      [&] { return impl_->table.Reserve(std::min(records, most) * impl_->keys.bands()); });
}

absl::Status LshIndex::Insert(std::uint32_t record, std::span<const std::uint32_t> signature) {
  BandKeyArray keys;
  impl_->keys.Compute(signature, keys);
  impl_->Prefetch(keys);
  return impl_->Insert(record, keys);
}

absl::StatusOr<bool> LshIndex::InsertHidden(std::uint32_t record,
                                            std::span<const std::uint32_t> signature) {
  BandKeyArray keys;
  impl_->keys.Compute(signature, keys);
  return impl_->InsertHidden(record, keys);
}

bool LshIndex::Holds(std::uint32_t record, std::span<const std::uint32_t> signature) const {
  BandKeyArray keys;
  impl_->keys.Compute(signature, keys);
  bool all = true;
  for (std::size_t band = 0; band < impl_->keys.bands(); ++band) {
    all = all && impl_->table.Holds(keys[band], record);
  }
  return all;
}

void LshIndex::HideFrom(std::uint32_t record) { impl_->table.HideFrom(record); }

void LshIndex::Query(std::span<const std::uint32_t> signature,
                     std::vector<std::uint32_t>& candidates, std::size_t max_per_band) const {
  BandKeyArray keys;
  impl_->keys.Compute(signature, keys);
  impl_->Prefetch(keys);
  impl_->Query(keys, max_per_band, candidates);
}

absl::Status LshIndex::QueryInsert(std::uint32_t record, std::span<const std::uint32_t> signature,
                                   std::vector<std::uint32_t>& candidates,
                                   std::size_t max_per_band) {
  BandKeyArray keys;
  impl_->keys.Compute(signature, keys);
  impl_->Prefetch(keys);
  return impl_->QueryInsert(record, keys, max_per_band, candidates);
}

absl::Status LshIndex::InsertBatch(std::span<const std::uint32_t> records,
                                   std::span<const std::uint32_t> signatures, std::size_t stride) {
  absl::Status status;
  impl_->Pipeline(records.size(), signatures, stride, [&](std::size_t i, const BandKeyArray& keys) {
    status = impl_->Insert(records[i], keys);
    return status.ok();
  });
  return status;
}

void LshIndex::QueryBatch(std::size_t count, std::span<const std::uint32_t> signatures,
                          std::size_t stride, CandidateLists& lists,
                          std::size_t max_per_band) const {
  lists.records.clear();
  lists.ends.clear();
  impl_->Pipeline(count, signatures, stride, [&](std::size_t, const BandKeyArray& keys) {
    impl_->Query(keys, max_per_band, lists.records);
    lists.ends.push_back(lists.records.size());
    return true;
  });
}

absl::Status LshIndex::QueryInsertBatch(std::span<const std::uint32_t> records,
                                        std::span<const std::uint32_t> signatures,
                                        std::size_t stride, CandidateLists& lists,
                                        std::size_t max_per_band) {
  lists.records.clear();
  lists.ends.clear();
  absl::Status status;
  impl_->Pipeline(records.size(), signatures, stride, [&](std::size_t i, const BandKeyArray& keys) {
    status = impl_->QueryInsert(records[i], keys, max_per_band, lists.records);
    if (status.ok()) lists.ends.push_back(lists.records.size());
    return status.ok();
  });
  return status;
}

void LshIndex::Prefetch(std::span<const std::uint32_t> signature) const {
  BandKeyArray keys;
  impl_->keys.Compute(signature, keys);
  impl_->Prefetch(keys);
}

void LshIndex::SharedBands(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                           std::vector<int>& bands) const {
  const std::size_t rows = impl_->keys.rows();
  for (std::size_t band = 0; band < impl_->keys.bands(); ++band) {
    const auto rows_of = [&](std::span<const std::uint32_t> s) {
      return s.subspan(band * rows, rows);
    };
    if (std::ranges::equal(rows_of(a), rows_of(b))) bands.push_back(static_cast<int>(band));
  }
}

void LshIndex::Expire(std::uint32_t horizon) { impl_->table.Expire(horizon); }
absl::Status LshIndex::Save(SnapshotSink& sink, std::string_view section) const {
  SnapshotWriter out(sink, section);
  impl_->table.Save(out);
  return out.Finish();
}

absl::Status LshIndex::Load(SnapshotSource& source, std::string_view section) {
  SnapshotReader in(source, section);
  if (absl::Status status = impl_->table.Load(in); !status.ok()) return status;
  return in.Finish();
}

std::size_t LshIndex::MemoryBytes() const { return impl_->table.MemoryBytes(); }
Banding LshIndex::banding() const { return impl_->banding; }

}  // namespace samestory
