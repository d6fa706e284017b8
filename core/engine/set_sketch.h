#ifndef SAMESTORY_ENGINE_SET_SKETCH_H_
#define SAMESTORY_ENGINE_SET_SKETCH_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "base/huge_memory.h"
#include "base/prefetch.h"

namespace samestory {

/// A short bit map beside each set, one bit a shingle, that tells of most pairs that they
/// cannot be alike without looking at the sets: a bit that only one of two maps has stands
/// for at least one shingle that only that set has.
class SetSketches {
 public:
  /// For `count` sets of `mean_size` shingles on average.
  SetSketches(std::size_t count, double mean_size);

  /// Sketches of different sets may be set side by side.
  void Set(std::size_t i, std::span<const std::uint32_t> set);

  /// False where memory ran out: nothing can then be set.
  bool ok() const { return data_.data() != nullptr; }

  std::size_t words() const { return words_; }  ///< 64-bit words of a map
  std::uint64_t map(std::size_t i, std::size_t word) const {
    std::uint64_t bits;
    std::memcpy(&bits, At(i) + 1 + 2 * word, sizeof(bits));
    return bits;
  }
  std::uint32_t size(std::size_t i) const { return *At(i); }
  void Prefetch(std::size_t i) const { PrefetchToRead(At(i)); }

 private:
  std::uint32_t* At(std::size_t i) const { return data_.data() + i * (2 * words_ + 1); }

  std::size_t words_;
  // Of each set its size, then its map: they are read together, at random.
  internal::HugeArray<std::uint32_t> data_;
};

/// The sketches of some sets side by side, to be compared with each other. A buffer to be
/// used again.
class SketchTable {
 public:
  /// Which pairs may reach `threshold`.
  explicit SketchTable(double threshold);

  /// Holds the sketches of the sets named by the lower halves of `entries`, in order.
  void Load(const SetSketches& sketches, std::span<const std::uint64_t> entries);

  /// Appends to `passing` those places from `begin` to before `end` whose set may have the
  /// threshold's Jaccard to that of the place `place`; no other could. Vectors, and a
  /// scalar form that does the same.
  void Find(std::size_t place, std::size_t begin, std::size_t end,
            std::vector<std::uint32_t>& passing) const;
  void FindScalar(std::size_t place, std::size_t begin, std::size_t end,
                  std::vector<std::uint32_t>& passing) const;

  /// Finds for every place from `begin` to before `end` those from `begin` to before it:
  /// writes them all to `passing`, which is made large enough, and to `ends` where those of
  /// each place end in it. For tens of places: takes room for all pairs.
  void FindWithin(std::size_t begin, std::size_t end, std::vector<std::uint32_t>& passing,
                  std::vector<std::uint32_t>& ends) const;

 private:
  std::int64_t share_;  // t / (1 + t) of two sizes is what the sets must share; fixed point
  std::size_t words_ = 1, stride_ = 0;
  std::vector<std::uint64_t> maps_;  // first words of all maps, then their second words, ...
  std::vector<std::int64_t> sizes_, needs_;  // needs: the share of the size
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_SET_SKETCH_H_
