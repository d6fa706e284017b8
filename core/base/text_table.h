#ifndef SAMESTORY_BASE_TEXT_TABLE_H_
#define SAMESTORY_BASE_TEXT_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace samestory {

/// Many strings one after another, with 8 bytes beside each. Appending moves no string
/// that was appended in an earlier chunk of 256; views are valid until the table goes.
class TextTable {
 public:
  void Append(std::string_view text) {
    if (size_ % kChunk == 0) Begin();
    Chunk& chunk = *chunks_.back();
    chunk.bytes.append(text);
    chunk.ends[size_++ % kChunk] = chunk.bytes.size();
  }

  std::string_view operator[](std::size_t i) const {
    const Chunk& chunk = *chunks_[i / kChunk];
    const std::size_t begin = i % kChunk == 0 ? 0 : chunk.ends[i % kChunk - 1];
    return std::string_view(chunk.bytes).substr(begin, chunk.ends[i % kChunk] - begin);
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
    std::uint64_t ends[kChunk];
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

}  // namespace samestory

#endif  // SAMESTORY_BASE_TEXT_TABLE_H_
