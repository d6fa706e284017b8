#ifndef SAMESTORY_ENGINE_CANDIDATES_H_
#define SAMESTORY_ENGINE_CANDIDATES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "engine/prepare.h"
#include "index/key_index.h"
#include "samestory/lsh.h"

namespace samestory {

/// Every index that names earlier items which may be the same story: bands of the
/// headline and of the body, pairs of rare words, ids and URLs.
class Candidates {
 public:
  static absl::StatusOr<Candidates> Create(const Options& options, const Bandings& bandings);

  /// The living item with the same id or canonical URL, if any.
  std::optional<ItemNumber> FindSame(const Prepared& item) const;

  /// Replaces `items` by those that may be the same story, most shared bands first,
  /// each once, at most Options::max_candidates.
  void Find(const Prepared& item, std::vector<ItemNumber>& items) const;

  /// The same for a headline alone.
  void FindHeadline(const PreparedHeadline& headline, std::vector<ItemNumber>& items) const;

  /// kResourceExhausted where memory runs out.
  absl::Status Insert(ItemNumber number, const Prepared& item);

  /// Forgets the items below `horizon`; `id_key` and `url_key` are those of the item
  /// just below it.
  void Expire(ItemNumber horizon, std::uint64_t id_key, std::uint64_t url_key);

  std::size_t MemoryBytes() const;

 private:
  Candidates(LshIndex headlines, LshIndex bodies, std::size_t max_candidates)
      : headlines_(std::move(headlines)),
        bodies_(std::move(bodies)),
        max_candidates_(max_candidates) {}

  LshIndex headlines_, bodies_;
  KeyIndex rare_words_;
  absl::flat_hash_map<std::uint64_t, ItemNumber> ids_, urls_;
  std::size_t max_candidates_;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_CANDIDATES_H_
