#ifndef SAMESTORY_IO_HTML_ARENA_H_
#define SAMESTORY_IO_HTML_ARENA_H_

#include <gumbo.h>

#include <csetjmp>
#include <cstddef>
#include <memory>
#include <vector>

namespace samestory::io {

/// Why a parse was given up.
enum class HtmlLimit : int { kNone, kMemory, kDepth, kFormatting, kAttributes };

/// The memory of one parse, and the guard of its time. Gumbo keeps its stacks in
/// arrays of pointers which it doubles: the full array comes back here when it has
/// been copied, and tells how many elements are open. That costs a constant for each
/// pointer, and knows no more of gumbo than its public structures.
class HtmlArena {
 public:
  HtmlArena(std::size_t max_bytes, std::size_t max_depth)
      : max_bytes_(max_bytes), max_depth_(max_depth) {}
  HtmlArena(const HtmlArena&) = delete;
  HtmlArena& operator=(const HtmlArena&) = delete;

  /// Parses; the document, or null and limit() set. What was parsed lives as long as
  /// the arena.
  const GumboNode* Parse(const char* html, std::size_t size);

  HtmlLimit limit() const { return limit_; }
  std::size_t bytes() const { return bytes_; }

 private:
  struct Chunk {
    std::unique_ptr<char[]> memory;
    std::size_t size;
  };

  static void* Allocate(void* arena, std::size_t size);
  static void Deallocate(void* arena, void* block);
  void* Take(std::size_t size);
  void LookAt(const void* block);
  void CheckNodes(const void* const* pointers, std::size_t count);
  bool AddChunk(std::size_t size);
  std::size_t SizeOfBlock(const void* block) const;
  bool IsBlock(const void* pointer, std::size_t size) const;
  [[noreturn]] void Leave(HtmlLimit limit);

  std::size_t max_bytes_, max_depth_;
  std::size_t bytes_ = 0;  ///< of all chunks
  std::vector<Chunk> chunks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t wide_tags_ = 0;
  HtmlLimit limit_ = HtmlLimit::kNone;
  std::jmp_buf leave_;
};

}  // namespace samestory::io

#endif  // SAMESTORY_IO_HTML_ARENA_H_
