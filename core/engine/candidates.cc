#include "engine/candidates.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/tally.h"

namespace samestory {
namespace {

// Entries read under one key: enough that a busy key hides nothing, few enough that it costs
// nothing (a cap of 4 lost recall in measurements, 16 did not).
constexpr std::size_t kHitsPerBand = 32;
constexpr std::size_t kHitsPerRareKey = 16;

// Appends the keys of all bands of `signature`.
void AppendBandKeys(const internal::BandKeys& bands, const Signature& signature,
                    std::vector<std::uint64_t>& keys) {
  thread_local internal::BandKeyArray computed;
  if (signature.empty()) return;
  bands.Compute(signature, computed);
  keys.insert(keys.end(), computed.begin(),
              computed.begin() + static_cast<std::ptrdiff_t>(bands.bands()));
}

// Appends those of `more` that `items` does not hold, up to `most` in all.
void AppendNew(const std::vector<ItemNumber>& more, std::size_t most,
               std::vector<ItemNumber>& items) {
  const std::size_t before = items.size();
  for (const ItemNumber item : more) {
    if (items.size() >= most) return;
    const auto end = items.begin() + static_cast<std::ptrdiff_t>(before);
    if (std::find(items.begin(), end, item) == end) items.push_back(item);
  }
}

}  // namespace

absl::StatusOr<Candidates> Candidates::Create(const Options& options, const Bandings& bandings) {
  absl::StatusOr<LshIndex> headlines = LshIndex::Create(bandings.headline, options.seed);
  if (!headlines.ok()) return headlines.status();
  absl::StatusOr<LshIndex> bodies = LshIndex::Create(bandings.body, options.seed, 0, kJudgeKeyBits);
  if (!bodies.ok()) return bodies.status();
  return Candidates(*std::move(headlines), *std::move(bodies), bandings, options);
}

absl::Status Candidates::Reserve(std::size_t headlines, std::size_t bodies) {
  if (absl::Status s = headlines_.Reserve(judged_ ? 0 : headlines); !s.ok()) return s;
  if (absl::Status s = bodies_.Reserve(bodies); !s.ok()) return s;
  return rare_words_.Reserve(judged_ ? headlines : 0);
}

void Candidates::Prefetch(const Prepared& item) const {
  if (!item.headline.signature.empty()) headlines_.Prefetch(item.headline.signature);
  for (const std::uint64_t key : item.headline.rare_keys) rare_words_.Prefetch(key);
}

void Candidates::PrefetchSpilled(const Prepared& item) const {
  for (const std::uint64_t key : item.headline.rare_keys) rare_words_.PrefetchSpilled(key);
}

void Candidates::FindIndexed(const PreparedHeadline& headline,
                             std::vector<ItemNumber>& items) const {
  thread_local std::vector<ItemNumber> rare;
  thread_local Tally tally;
  items.clear();
  if (!headline.signature.empty()) headlines_.Query(headline.signature, items, kHitsPerBand);
  if (items.size() > max_candidates_) items.resize(max_candidates_);
  rare.clear();
  for (const std::uint64_t key : headline.rare_keys) {
    rare_words_.Find(key, kHitsPerRareKey, rare);
  }
  for (const ItemNumber item : rare) tally.Add(item);
  tally.TakeMostNamed(max_candidates_, rare);
  AppendNew(rare, max_candidates_, items);
}

void Candidates::Find(const Prepared& item, std::vector<ItemNumber>& items) const {
  FindIndexed(item.headline, items);
  if (item.body_signature.empty()) return;
  thread_local std::vector<ItemNumber> bodies;
  bodies.clear();
  bodies_.Query(item.body_signature, bodies, kHitsPerBand);
  // The last places go to shared bodies, which are the stronger hint than rare words.
  bodies.resize(std::min(bodies.size(), max_candidates_ / 2));
  items.resize(std::min(items.size(), max_candidates_ - bodies.size()));
  AppendNew(bodies, max_candidates_, items);
}

void Candidates::KeysOf(const PreparedHeadline& headline, const Signature& body,
                        std::vector<std::uint64_t>& keys) const {
  keys.assign(headline.rare_keys.begin(), headline.rare_keys.end());
  AppendBandKeys(headline_bands_, headline.signature, keys);
  AppendBandKeys(body_bands_, body, keys);
}

void Candidates::FindPendingKeys(const std::vector<std::uint64_t>& keys,
                                 std::vector<ItemNumber>& items) const {
  items.clear();
  if (num_pending_ == 0) return;
  for (const std::uint64_t key : keys) pending_keys_.Find(key, items);
  thread_local Tally tally;
  for (const ItemNumber item : items) tally.Add(item);
  tally.TakeMostNamed(max_candidates_, items);
}

void Candidates::FindPending(const Prepared& item, std::vector<ItemNumber>& items) const {
  thread_local std::vector<std::uint64_t> keys;
  KeysOf(item.headline, item.body_signature, keys);
  FindPendingKeys(keys, items);
}

void Candidates::FindHeadline(const PreparedHeadline& headline,
                              std::vector<ItemNumber>& items) const {
  thread_local std::vector<std::uint64_t> keys;
  thread_local std::vector<ItemNumber> pending;
  KeysOf(headline, {}, keys);
  FindPendingKeys(keys, pending);
  FindIndexed(headline, items);
  items.insert(items.end(), pending.begin(), pending.end());
}

Candidates::PendingItem& Candidates::NextPending() {
  if (num_pending_ == pending_.size()) pending_.emplace_back();
  pending_[num_pending_].headline_in = pending_[num_pending_].body_in = false;
  return pending_[num_pending_++];
}

void Candidates::NotePending(const PendingItem& item) {
  thread_local std::vector<std::uint64_t> keys;
  KeysOf(item.headline, item.body, keys);
  for (const std::uint64_t key : keys) pending_keys_.Add(key, item.number);
}

void Candidates::Add(ItemNumber number, const Prepared& item) {
  PendingItem& pending = NextPending();
  pending.number = number;
  pending.headline.signature = item.headline.signature;
  pending.headline.rare_keys = item.headline.rare_keys;
  pending.body = item.body_signature;
  NotePending(pending);
  InsertHidden(pending);
  if (!item.is_alone) identities_.Add(number, item.identity());
}

void Candidates::HideFrom(ItemNumber number) {
  headlines_.HideFrom(number);
  bodies_.HideFrom(number);
  rare_words_.HideFrom(number);
}

// Its places in the indexes were just read to look it up: an insert costs less now than at the
// epoch's end, where all would come at once. Where it fails, Commit tries again.
void Candidates::InsertHidden(PendingItem& item) {
  if (num_pending_ == 1) HideFrom(item.number);
  const auto insert = [&item](LshIndex& index, const Signature& signature) {
    if (signature.empty()) return false;
    const absl::StatusOr<bool> all = index.InsertHidden(item.number, signature);
    return all.ok() && *all;
  };
  item.headline_in = insert(headlines_, item.headline.signature);
  item.body_in = insert(bodies_, item.body);
  item.keys_out = item.headline.rare_keys;
  rare_words_.InsertHidden(item.keys_out, item.number).IgnoreError();
}

absl::Status Candidates::Insert(const PendingItem& item) {
  if (!item.headline.signature.empty() && !item.headline_in) {
    if (absl::Status s = headlines_.Insert(item.number, item.headline.signature); !s.ok()) return s;
  }
  if (absl::Status s = rare_words_.InsertAll(item.keys_out, item.number); !s.ok()) return s;
  if (item.body.empty() || item.body_in) return absl::OkStatus();
  return bodies_.Insert(item.number, item.body);
}

absl::Status Candidates::Commit() {
  headlines_.Expire(horizon_);
  rare_words_.Expire(horizon_);
  bodies_.Expire(horizon_);
  for (std::size_t i = 0; i < num_pending_; ++i) {
    if (i + 1 < num_pending_) {
      const PendingItem& next = pending_[i + 1];
      if (!next.headline.signature.empty() && !next.headline_in) {
        headlines_.Prefetch(next.headline.signature);
      }
      for (const std::uint64_t key : next.keys_out) rare_words_.Prefetch(key);
    }
    // Inserting an item a second time changes nothing, so that a commit may be tried again.
    if (absl::Status status = Insert(pending_[i]); !status.ok()) return status;
  }
  num_pending_ = 0;
  pending_keys_.Clear();
  HideFrom(std::numeric_limits<ItemNumber>::max());
  return absl::OkStatus();
}

std::size_t Candidates::MemoryBytes() const {
  return headlines_.MemoryBytes() + rare_words_.MemoryBytes() + bodies_.MemoryBytes() +
         identities_.MemoryBytes();
}

}  // namespace samestory
