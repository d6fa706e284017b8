#include "engine/candidates.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"

namespace samestory {
namespace {

// Entries read under one key: enough that a busy key hides nothing, few enough that it costs
// nothing (a cap of 4 lost recall in measurements, 16 did not).
constexpr std::size_t kHitsPerBand = 32;
constexpr std::size_t kHitsPerRareKey = 16;

using ItemMap = absl::flat_hash_map<std::uint64_t, ItemNumber>;

std::optional<ItemNumber> Lookup(const ItemMap& map, std::uint64_t key) {
  const auto found = key == 0 ? map.end() : map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

void Forget(ItemMap& map, std::uint64_t key, ItemNumber horizon) {
  if (key == 0) return;
  if (const auto found = map.find(key); found != map.end() && found->second < horizon) {
    map.erase(found);
  }
}

// Drops what stands in `items` twice, keeping the first.
void KeepFirsts(std::vector<ItemNumber>& items) {
  thread_local absl::flat_hash_set<ItemNumber> met;
  met.clear();
  std::erase_if(items, [](ItemNumber item) { return !met.insert(item).second; });
}

}  // namespace

absl::StatusOr<Candidates> Candidates::Create(const Options& options, const Bandings& bandings) {
  absl::StatusOr<LshIndex> headlines = LshIndex::Create(bandings.headline, options.seed);
  if (!headlines.ok()) return headlines.status();
  absl::StatusOr<LshIndex> bodies = LshIndex::Create(bandings.body, options.seed);
  if (!bodies.ok()) return bodies.status();
  return Candidates(*std::move(headlines), *std::move(bodies), options.max_candidates);
}

std::optional<ItemNumber> Candidates::FindSame(const Prepared& item) const {
  if (const auto found = Lookup(ids_, item.id_key)) return found;
  return Lookup(urls_, item.url_key);
}

void Candidates::FindHeadline(const PreparedHeadline& headline,
                              std::vector<ItemNumber>& items) const {
  items.clear();
  if (!headline.signature.empty()) headlines_.Query(headline.signature, items, kHitsPerBand);
  if (items.size() > max_candidates_) items.resize(max_candidates_);
  for (const std::uint64_t key : headline.rare_keys) {
    rare_words_.Find(key, kHitsPerRareKey, items);
  }
  KeepFirsts(items);
  if (items.size() > max_candidates_) items.resize(max_candidates_);
}

void Candidates::Find(const Prepared& item, std::vector<ItemNumber>& items) const {
  FindHeadline(item.headline, items);
  if (item.body_signature.empty()) return;
  thread_local std::vector<ItemNumber> bodies;
  bodies.clear();
  bodies_.Query(item.body_signature, bodies, kHitsPerBand);
  // The last places go to shared bodies, which are the stronger hint than rare words.
  bodies.resize(std::min(bodies.size(), max_candidates_ / 2));
  items.resize(std::min(items.size(), max_candidates_ - bodies.size()));
  items.insert(items.end(), bodies.begin(), bodies.end());
  KeepFirsts(items);
}

absl::Status Candidates::Insert(ItemNumber number, const Prepared& item) {
  if (!item.headline.signature.empty()) {
    if (absl::Status s = headlines_.Insert(number, item.headline.signature); !s.ok()) return s;
  }
  for (const std::uint64_t key : item.headline.rare_keys) {
    if (absl::Status s = rare_words_.Insert(key, number); !s.ok()) return s;
  }
  if (!item.body_signature.empty()) {
    if (absl::Status s = bodies_.Insert(number, item.body_signature); !s.ok()) return s;
  }
  if (item.id_key != 0) ids_[item.id_key] = number;
  if (item.url_key != 0) urls_[item.url_key] = number;
  return absl::OkStatus();
}

void Candidates::Expire(ItemNumber horizon, std::uint64_t id_key, std::uint64_t url_key) {
  headlines_.Expire(horizon);
  rare_words_.Expire(horizon);
  bodies_.Expire(horizon);
  Forget(ids_, id_key, horizon);
  Forget(urls_, url_key, horizon);
}

std::size_t Candidates::MemoryBytes() const {
  constexpr std::size_t kMapEntry = sizeof(ItemMap::value_type) + 1;
  return headlines_.MemoryBytes() + rare_words_.MemoryBytes() + bodies_.MemoryBytes() +
         (ids_.capacity() + urls_.capacity()) * kMapEntry;
}

}  // namespace samestory
