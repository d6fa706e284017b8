#ifndef SAMESTORY_ENGINE_CANDIDATES_H_
#define SAMESTORY_ENGINE_CANDIDATES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/identities.h"
#include "engine/pending_keys.h"
#include "engine/prepare.h"
#include "engine/shared_keys.h"
#include "index/band_keys.h"
#include "index/key_index.h"
#include "samestory/lsh.h"

namespace samestory {

/// Every index that names earlier items which may be the same story: bands of the
/// headline (jaccard); pairs of rare words, the whole headline, and bands of the body
/// (judge); identities. What shares most of its words shares its rare ones too: beside
/// pairs of rare words, bands found the judge nothing more in measurements.
///
/// The main indexes change only at Commit, between two epochs; items of the running
/// epoch are found apart. So an epoch's look-ups in the main indexes may run side by
/// side, and find the same however the epoch came in.
class Candidates {
 public:
  static absl::StatusOr<Candidates> Create(const Options& options, const Bandings& bandings);

  /// Sizes the indexes for items that have so many headlines, or, under the judge, keys of
  /// headlines, and bodies: saves growing step by step. kResourceExhausted where memory
  /// runs out.
  absl::Status Reserve(std::size_t headlines, std::size_t bodies);

  /// Hints that Find of `item` follows soon: first the one, some time later the other.
  void Prefetch(const Prepared& item) const;
  void PrefetchSpilled(const Prepared& item) const;

  /// Who an item is, and was.
  const Identities& identities() const { return identities_; }
  Identities& identities() { return identities_; }

  /// Replaces `items` by those of earlier epochs that may be the same story, the
  /// likeliest first, each once, at most Options::max_candidates. Thread-safe.
  void Find(const Prepared& item, std::vector<ItemNumber>& items) const;

  /// Replaces `items` by those of the running epoch, in order, likewise bounded.
  void FindPending(const Prepared& item, std::vector<ItemNumber>& items) const;

  /// The same two for a headline alone, together.
  void FindHeadline(const PreparedHeadline& headline, std::vector<ItemNumber>& items) const;

  /// Takes the next item.
  void Add(ItemNumber number, const Prepared& item);

  /// Moves what was added into the main indexes. kResourceExhausted where memory
  /// runs out: what is not yet moved stays pending.
  absl::Status Commit();

  /// The indexes forget the items below `horizon` at Commit.
  void Expire(ItemNumber horizon) { horizon_ = horizon; }

  /// Writes everything to sections of a snapshot, pending items too.
  absl::Status Save(SnapshotSink& sink) const;

  /// Of an empty one with the same options: what Save wrote. `items` are those that it
  /// speaks of.
  absl::Status Load(SnapshotSource& source, const ItemStore& items);

  std::size_t MemoryBytes() const;

 private:
  struct PendingItem {
    ItemNumber number = 0;
    PreparedHeadline headline;  // without its block
    Signature body;
    // What is in its index, hidden: bands of the headline and of the body; and the rare keys
    // that are not yet.
    bool headline_in = false, body_in = false;
    std::vector<std::uint64_t> keys_out;
  };

  Candidates(LshIndex headlines, LshIndex bodies, const Bandings& bandings,
             const Options& options)
      : headlines_(std::move(headlines)),
        bodies_(std::move(bodies)),
        rare_words_({.key_bits = kJudgeKeyBits}),
        headline_bands_(bandings.headline, options.seed),
        // Another key: the two kinds share one table of pending keys.
        body_bands_(bandings.body, ~options.seed),
        max_candidates_(options.max_candidates),
        judged_(options.match == Match::kJudge) {}

  void FindIndexed(const PreparedHeadline& headline, std::vector<ItemNumber>& items) const;
  void KeysOf(const PreparedHeadline& headline, const Signature& body,
              std::vector<std::uint64_t>& keys) const;
  PendingItem& NextPending();
  void NotePending(const PendingItem& item);
  void FindPendingKeys(const std::vector<std::uint64_t>& keys,
                       std::vector<ItemNumber>& items) const;
  void HideFrom(ItemNumber number);
  void InsertHidden(PendingItem& item);
  absl::Status Insert(const PendingItem& item);

  LshIndex headlines_, bodies_;
  KeyIndex rare_words_;
  PendingKeys pending_keys_;
  std::vector<PendingItem> pending_;
  std::size_t num_pending_ = 0;  // of pending_, whose buffers are used again
  ItemNumber horizon_ = 0;
  Identities identities_;
  internal::BandKeys headline_bands_, body_bands_;
  std::size_t max_candidates_;
  bool judged_;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_CANDIDATES_H_
