// The indexes as sections of a snapshot.
#include <optional>

#include "engine/candidates.h"

#include <span>

namespace samestory {
namespace {

constexpr std::string_view kIdentities = "identities", kLeft = "identities/left", kPending = "pending",
                           kHeadlines = "index/headlines", kBodies = "index/bodies",
                           kRareWords = "index/rare-words";

void PutQuads(const std::vector<std::uint64_t>& quads, SnapshotWriter& out) {
  out.U64(quads.size());
  for (const std::uint64_t quad : quads) out.U64(quad);
}

void GetQuads(SnapshotReader& in, std::vector<std::uint64_t>& quads) {
  quads.clear();
  for (std::uint64_t left = in.U64(); left > 0 && in.ok(); --left) quads.push_back(in.U64());
}

}  // namespace

absl::Status Candidates::Save(SnapshotSink& sink) const {
  SnapshotWriter identities(sink, kIdentities);
  identities_.SaveLiving(identities);
  if (absl::Status status = identities.Finish(); !status.ok()) return status;
  SnapshotWriter left(sink, kLeft);
  identities_.SaveLeft(left);
  if (absl::Status status = left.Finish(); !status.ok()) return status;

  SnapshotWriter pending(sink, kPending);
  pending.U32(horizon_);
  pending.U64(num_pending_);
  for (std::size_t i = 0; i < num_pending_; ++i) {
    pending.U32(pending_[i].number);
    pending.Words(pending_[i].headline.signature);
    pending.Words(pending_[i].body);
    PutQuads(pending_[i].headline.rare_keys, pending);
  }
  if (absl::Status status = pending.Finish(); !status.ok()) return status;

  SnapshotWriter rare_words(sink, kRareWords);
  rare_words_.Save(rare_words);
  if (absl::Status status = rare_words.Finish(); !status.ok()) return status;
  if (absl::Status status = headlines_.Save(sink, kHeadlines); !status.ok()) return status;
  return bodies_.Save(sink, kBodies);
}

absl::Status Candidates::Load(SnapshotSource& source, const ItemStore& items) {
  const ItemNumber next = items.first() + static_cast<ItemNumber>(items.size());
  const auto identity_of = [&](ItemNumber item) -> std::optional<Identity> {
    if (!items.Lives(item)) return std::nullopt;
    return items.identity(item);
  };
  SnapshotReader identities(source, kIdentities);
  identities_.LoadLiving(identities, identity_of);
  if (absl::Status status = identities.Finish(); !status.ok()) return status;
  SnapshotReader left(source, kLeft);
  identities_.LoadLeft(left, identity_of);
  if (absl::Status status = left.Finish(); !status.ok()) return status;

  SnapshotReader pending(source, kPending);
  horizon_ = pending.U32();
  for (std::uint64_t left = pending.U64(); left > 0 && pending.ok(); --left) {
    PendingItem& item = NextPending();
    item.number = pending.U32();
    item.headline.signature = pending.Words();
    item.body = pending.Words();
    GetQuads(pending, item.headline.rare_keys);
    const auto signs = [](const Signature& signature, const Banding& banding) {
      return signature.empty() ||
             signature.size() >= static_cast<std::size_t>(banding.bands) * banding.rows;
    };
    if (!pending.Check(item.number < next && signs(item.headline.signature, headlines_.banding()) &&
                           signs(item.body, bodies_.banding()),
                       "a pending item out of bounds")) {
      break;
    }
    NotePending(item);
  }
  if (absl::Status status = pending.Finish(); !status.ok()) return status;

  SnapshotReader rare_words(source, kRareWords);
  if (absl::Status status = rare_words_.Load(rare_words); !status.ok()) return status;
  if (absl::Status status = rare_words.Finish(); !status.ok()) return status;
  if (absl::Status status = headlines_.Load(source, kHeadlines); !status.ok()) return status;
  if (absl::Status status = bodies_.Load(source, kBodies); !status.ok()) return status;
  if (num_pending_ > 0) HideFrom(pending_[0].number);
  const auto holds = [](const LshIndex& index, ItemNumber item, const Signature& signature) {
    return !signature.empty() && index.Holds(item, signature);
  };
  for (PendingItem& item : std::span(pending_).first(num_pending_)) {
    item.headline_in = holds(headlines_, item.number, item.headline.signature);
    item.body_in = holds(bodies_, item.number, item.body);
    item.keys_out = item.headline.rare_keys;
    std::erase_if(item.keys_out,
                  [&](std::uint64_t key) { return rare_words_.Holds(key, item.number); });
  }
  return absl::OkStatus();
}

}  // namespace samestory
