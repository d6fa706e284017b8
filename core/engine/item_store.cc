#include "engine/item_store.h"

#include <algorithm>
#include <cstring>

#include "base/prefetch.h"

namespace samestory {
namespace {

// Of a chunk: half a huge page for the first ones, so that a small store stays small, then one.
constexpr std::size_t kChunkWords = internal::kHugePage / sizeof(std::uint32_t);
constexpr std::uint32_t kSmallChunks = 8;

// A block: the header, the two keys where either is set, the id's bytes, headline, body.
struct Header {
  std::uint32_t id_bytes : 31;
  std::uint32_t has_keys : 1;
  std::uint32_t headline_words;
  std::uint32_t body_words;
};
static_assert(sizeof(Header) == 3 * sizeof(std::uint32_t));
constexpr std::size_t kHeaderWords = sizeof(Header) / sizeof(std::uint32_t);
constexpr std::size_t kKeyWords = 4;

Header ReadHeader(const std::uint32_t* block) {
  Header header;
  std::memcpy(&header, block, sizeof(header));
  return header;
}

std::size_t IdWords(std::size_t bytes) { return (bytes + 3) / 4; }

std::size_t BlockWords(const Header& header) {
  return kHeaderWords + (header.has_keys ? kKeyWords : 0) + IdWords(header.id_bytes) +
         std::size_t{header.headline_words} + header.body_words;
}

}  // namespace

// Memory for the newest chunk, whose first block has `words` words.
void ItemStore::ReserveNewest(std::size_t words) {
  const std::uint32_t number = first_chunk_ + static_cast<std::uint32_t>(chunks_.size() - 1);
  Words& memory = chunks_.back().words;
  memory.reserve(std::max(words, number < kSmallChunks ? kChunkWords / 2 : kChunkWords));
  chunk_bytes_ += memory.capacity() * sizeof(std::uint32_t);
}

std::uint32_t* ItemStore::Allocate(std::size_t words, Entry& entry) {
  if (chunks_.empty() || chunks_.back().words.capacity() - chunks_.back().words.size() < words) {
    chunks_.emplace_back();
    ReserveNewest(words);
  }
  Chunk& chunk = chunks_.back();
  entry.chunk = first_chunk_ + static_cast<std::uint32_t>(chunks_.size() - 1);
  entry.offset = static_cast<std::uint32_t>(chunk.words.size());
  chunk.words.resize(chunk.words.size() + words);
  chunk.last = first_ + static_cast<ItemNumber>(size());
  return chunk.words.data() + entry.offset;
}

void ItemStore::Append(const ItemFacts& facts, const ItemParts& parts) {
  const bool has_keys = parts.id_key != 0 || parts.url_key != 0;
  const std::size_t id_words = IdWords(parts.id.size());
  Entry entry{facts};
  std::uint32_t* block = Allocate(kHeaderWords + (has_keys ? kKeyWords : 0) + id_words +
                                      parts.headline.size() + parts.body.size(),
                                  entry);
  const Header header{static_cast<std::uint32_t>(parts.id.size()), has_keys,
                      static_cast<std::uint32_t>(parts.headline.size()),
                      static_cast<std::uint32_t>(parts.body.size())};
  std::memcpy(block, &header, sizeof(header));
  block += kHeaderWords;
  if (has_keys) {
    std::memcpy(block, &parts.id_key, sizeof(parts.id_key));
    std::memcpy(block + 2, &parts.url_key, sizeof(parts.url_key));
    block += kKeyWords;
  }
  if (!parts.id.empty()) std::memcpy(block, parts.id.data(), parts.id.size());
  block = std::copy(parts.headline.begin(), parts.headline.end(), block + id_words);
  std::copy(parts.body.begin(), parts.body.end(), block);
  entries_.push_back(entry);
}

ItemParts ItemStore::parts(ItemNumber item) const {
  const Entry& entry = EntryOf(item);
  const std::uint32_t* block = chunks_[entry.chunk - first_chunk_].words.data() + entry.offset;
  const Header header = ReadHeader(block);
  block += kHeaderWords;
  ItemParts parts;
  if (header.has_keys) {
    std::memcpy(&parts.id_key, block, sizeof(parts.id_key));
    std::memcpy(&parts.url_key, block + 2, sizeof(parts.url_key));
    block += kKeyWords;
  }
  parts.id = {reinterpret_cast<const char*>(block), header.id_bytes};
  block += IdWords(header.id_bytes);
  parts.headline = {block, header.headline_words};
  parts.body = {block + header.headline_words, header.body_words};
  return parts;
}

void ItemStore::SetHeadline(ItemNumber item, std::span<const std::uint32_t> headline) {
  const Entry& entry = EntryOf(item);
  Words& words = chunks_[entry.chunk - first_chunk_].words;
  const std::ptrdiff_t at = parts(item).headline.data() - words.data();
  std::copy(headline.begin(), headline.end(), words.begin() + at);
}

Identity ItemStore::identity(ItemNumber item) const {
  const ItemParts keys = parts(item);
  return {keys.id_key, keys.url_key, facts(item).content};
}

void ItemStore::PrefetchBlock(ItemNumber item) const {
  constexpr std::size_t kLineWords = 64 / sizeof(std::uint32_t);
  if (!Lives(item)) return;
  const Entry& entry = EntryOf(item);
  const std::uint32_t* block = chunks_[entry.chunk - first_chunk_].words.data() + entry.offset;
  // A headline's block is some four cache lines.
  for (std::size_t line = 0; line < 4; ++line) PrefetchToRead(block + line * kLineWords);
}

void ItemStore::Forget(ItemNumber item) {
  Entry& entry = entries_[item - first_ + expired_];
  Chunk& chunk = chunks_[entry.chunk - first_chunk_];
  std::uint32_t* block = chunk.words.data() + entry.offset;
  std::memset(block, 0, BlockWords(ReadHeader(block)) * sizeof(std::uint32_t));
  entry.facts = {.seen = entry.facts.seen};
  entry.offset = kForgotten;
  ++chunk.erasures;
}

void ItemStore::ExpireOldest() {
  const ItemNumber item = first_++;
  if (++expired_ > entries_.size() / 2) {
    entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(expired_));
    expired_ = 0;
  }
  while (!chunks_.empty() && chunks_.front().last <= item && chunks_.size() > 1) {
    chunk_bytes_ -= chunks_.front().words.capacity() * sizeof(std::uint32_t);
    chunks_.pop_front();
    ++first_chunk_;
  }
}

// Whether the entry's block lies within its chunk.
bool ItemStore::IsSound(const Entry& entry) const {
  if (entry.offset == kForgotten) return true;
  const std::size_t at = entry.chunk - first_chunk_;
  if (at >= chunks_.size()) return false;
  const Words& words = chunks_[at].words;
  if (entry.offset > words.size() || words.size() - entry.offset < kHeaderWords) return false;
  return BlockWords(ReadHeader(words.data() + entry.offset)) <= words.size() - entry.offset;
}

std::size_t ItemStore::MemoryBytes() const {
  return entries_.capacity() * sizeof(Entry) + chunk_bytes_;
}

}  // namespace samestory
