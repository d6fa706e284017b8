#include "io/html_arena.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>

namespace samestory::io {
namespace {

// Before each block stands its size; blocks are aligned for any type.
constexpr std::size_t kHeader = alignof(std::max_align_t);
constexpr std::size_t kFirstChunk = 256 << 10;
constexpr std::size_t kLargestChunk = 4 << 20;

// The standard keeps three formatting elements of a kind open; a page that leaves more than this
// open was made to.
constexpr std::size_t kMaxFormatting = 128;
// A lost quote can make attributes of a paragraph, not of a whole page.
constexpr std::size_t kWideTag = 64, kMaxWideTags = 64, kMaxAttributes = 512;
constexpr std::size_t kLeastWatched = kWideTag * sizeof(void*);

std::size_t RoundedUp(std::size_t size) { return (size + kHeader - 1) & ~(kHeader - 1); }

}  // namespace

const GumboNode* HtmlArena::Parse(const char* html, std::size_t size) {
  // Nothing here has a destructor: Leave jumps over gumbo's frames, which are C, to this one.
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &Allocate;
  options.deallocator = &Deallocate;
  options.userdata = this;
  options.max_errors = 0;
  if (setjmp(leave_) != 0) return nullptr;
  return gumbo_parse_with_options(&options, html, size)->document;
}

void HtmlArena::Leave(HtmlLimit limit) {
  limit_ = limit;
  std::longjmp(leave_, 1);
}

void* HtmlArena::Allocate(void* arena, std::size_t size) {
  return static_cast<HtmlArena*>(arena)->Take(size);
}

void HtmlArena::Deallocate(void* arena, void* block) {
  if (block != nullptr) static_cast<HtmlArena*>(arena)->LookAt(block);
}

void* HtmlArena::Take(std::size_t size) {
  const std::size_t needed = RoundedUp(size) + kHeader;
  if (needed < size || needed > max_bytes_) Leave(HtmlLimit::kMemory);
  if (needed > left_ && !AddChunk(needed)) Leave(HtmlLimit::kMemory);
  std::memcpy(next_, &size, sizeof(size));
  char* const block = next_ + kHeader;
  // What LookAt reads of an array's unused places must not be what stood there before.
  if (size >= kLeastWatched) std::memset(block, 0, size);
  next_ += needed;
  left_ -= needed;
  return block;
}

bool HtmlArena::AddChunk(std::size_t least) {
  std::size_t size = chunks_.empty() ? kFirstChunk : std::min(2 * chunks_.back().size, kLargestChunk);
  size = std::max(size, least);
  if (bytes_ + size > max_bytes_) size = least;
  if (bytes_ + size > max_bytes_) return false;
  char* const memory = new (std::nothrow) char[size];
  if (memory == nullptr) return false;
  chunks_.push_back({std::unique_ptr<char[]>(memory), size});
  bytes_ += size;
  next_ = memory;
  left_ = size;
  return true;
}

std::size_t HtmlArena::SizeOfBlock(const void* block) const {
  std::size_t size;
  std::memcpy(&size, static_cast<const char*>(block) - kHeader, sizeof(size));
  return size;
}

/// True for the address of a block of `size` bytes. (Any other eight bytes that pass for one would
/// have to spell an address of this process.)
bool HtmlArena::IsBlock(const void* pointer, std::size_t size) const {
  const auto address = reinterpret_cast<std::uintptr_t>(pointer);
  if (address % kHeader != 0) return false;
  for (const Chunk& chunk : chunks_) {
    const auto begin = reinterpret_cast<std::uintptr_t>(chunk.memory.get());
    if (address < begin + kHeader || address + size > begin + chunk.size) continue;
    return SizeOfBlock(pointer) == size;
  }
  return false;
}

void HtmlArena::LookAt(const void* block) {
  const std::size_t size = SizeOfBlock(block);
  if (size < kLeastWatched || size % sizeof(void*) != 0) return;
  const auto* const pointers = static_cast<const void* const*>(block);
  const std::size_t count = size / sizeof(void*);
  if (IsBlock(pointers[0], sizeof(GumboAttribute)) && IsBlock(pointers[1], sizeof(GumboAttribute))) {
    ++wide_tags_;
    if (count >= kMaxAttributes || wide_tags_ > kMaxWideTags) Leave(HtmlLimit::kAttributes);
    return;
  }
  CheckNodes(pointers, count);
}

/// The array is that of an element's children, of the open elements (the first is <html>), or of the
/// formatting elements; there a marker, one address again and again, stands for each cell or object
/// that is open around them.
void HtmlArena::CheckNodes(const void* const* pointers, std::size_t count) {
  std::size_t first = 0;
  const auto is_node = [&](std::size_t i) { return IsBlock(pointers[i], sizeof(GumboNode)); };
  const auto node = [&](std::size_t i) { return static_cast<const GumboNode*>(pointers[i]); };
  if (!is_node(0)) {
    while (first < count && pointers[first] == pointers[0]) ++first;
    if (first == count || !is_node(first)) return;
  }
  // Where the last place was never used the array comes back because the parse is over.
  if (!is_node(count - 1)) return;
  const std::size_t others[] = {1, count / 2, count - 1};
  const bool siblings = std::all_of(std::begin(others), std::end(others), [&](std::size_t i) {
    return is_node(i) && node(i)->parent == node(first)->parent;
  });
  if (siblings) return;
  const bool is_stack =
      node(first)->type == GUMBO_NODE_ELEMENT && node(first)->v.element.tag == GUMBO_TAG_HTML;
  if (is_stack && count >= max_depth_) Leave(HtmlLimit::kDepth);
  if (!is_stack && count >= kMaxFormatting) Leave(HtmlLimit::kFormatting);
}

}  // namespace samestory::io
