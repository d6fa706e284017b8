#ifndef SAMESTORY_ENGINE_DECISION_ORDER_H_
#define SAMESTORY_ENGINE_DECISION_ORDER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/text_table.h"
#include "engine/chunked_vector.h"
#include "samestory/record.h"

namespace samestory {

/// The order in which a batch run decides: by time, those without one last; of one time by
/// id, numbers by value and before all others; then by a hash of the fields. So it does not
/// depend on the order of the input. A made-up id tells where a record stood, so it counts
/// for nothing.
class DecisionOrder {
 public:
  /// `pages`, when given, must outlive the order.
  explicit DecisionOrder(std::uint64_t seed, internal::PageStock* pages = nullptr)
      : seed_(seed), marks_(pages) {}

  /// What a record is ordered by, beside its id.
  struct Mark {
    std::int64_t published;
    std::uint64_t id_rank : 63;  // ascends with the id, as far as 63 bits can tell
    std::uint64_t id_is_made : 1;
    std::uint64_t fields;  // hash of the rest
  };
  /// Calls may run side by side.
  Mark MarkOf(const Record& record) const;

  void Add(const Record& record) { Add(record.id, MarkOf(record)); }
  void Add(std::string_view id, const Mark& mark);

  std::size_t size() const { return ids_.size(); }
  std::string_view id(std::size_t record) const { return ids_[record]; }

  /// Numbers of the records in the order of their decision; frees what only sorting needs.
  /// Empty where that is the order in which they came. Call it once, after all were added.
  std::vector<std::uint32_t> Sort();

  std::size_t MemoryBytes() const { return ids_.MemoryBytes() + marks_.MemoryBytes(); }

 private:
  bool Precedes(std::size_t a, std::size_t b) const;

  std::uint64_t seed_;
  TextTable ids_;
  ChunkedVector<Mark> marks_;
  bool sorted_ = true;
};

/// True where the id `a` comes before `b`.
bool IdPrecedes(std::string_view a, std::string_view b);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_DECISION_ORDER_H_
