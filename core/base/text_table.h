#ifndef SAMESTORY_BASE_TEXT_TABLE_H_
#define SAMESTORY_BASE_TEXT_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace samestory {

/// Many strings one after another, with an `End` beside each, of whose values each string has fewer
/// bytes. Appending moves no string that was appended in an earlier chunk of 256; views are valid
/// until the table goes.
template <typename End>
class BasicTextTable {
  static_assert(std::is_unsigned_v<End>);

 public:
  void Append(std::string_view text) {
    if (size_ % kChunk == 0) Begin();
    Chunk& chunk = *chunks_.back();
    chunk.bytes.append(text);
    chunk.ends[size_++ % kChunk] = static_cast<End>(chunk.bytes.size());
  }

  std::string_view operator[](std::size_t i) const {
    const Chunk& chunk = *chunks_[i / kChunk];
    const std::size_t place = i % kChunk;
    const std::size_t begin = place == 0 ? 0 : chunk.EndOf(place - 1);
    return std::string_view(chunk.bytes).substr(begin, chunk.EndOf(place) - begin);
  }

  std::size_t size() const { return size_; }
  std::size_t MemoryBytes() const {
    const std::size_t open = chunks_.empty() ? 0 : chunks_.back()->bytes.capacity();
    return chunks_.size() * sizeof(Chunk) + closed_bytes_ + open;
  }

 private:
  static constexpr std::size_t kChunk = 256;
  struct Chunk {
    std::string bytes;
    End ends[kChunk];  // their lowest bits

    std::size_t EndOf(std::size_t place) const {
      if (bytes.size() <= std::numeric_limits<End>::max()) return ends[place];
      std::size_t end = 0;
      for (std::size_t k = 0; k <= place; ++k) end += static_cast<End>(ends[k] - end);
      return end;
    }
  };

  void Begin() {
    if (!chunks_.empty()) {
      chunks_.back()->bytes.shrink_to_fit();
      closed_bytes_ += chunks_.back()->bytes.capacity();
    }
    chunks_.push_back(std::make_unique<Chunk>());
  }

  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::size_t size_ = 0;
  std::size_t closed_bytes_ = 0;  // of all chunks but the last
};

using TextTable = BasicTextTable<std::uint32_t>;

}  // namespace samestory

#endif  // SAMESTORY_BASE_TEXT_TABLE_H_
