// The items as sections of a snapshot: one of entries, and one for each chunk of blocks. A chunk that
// is full never changes but when an item in it is forgotten, which changes its section's name.
#include "absl/strings/str_cat.h"
#include "engine/item_store.h"

namespace samestory {
namespace {

constexpr std::string_view kEntries = "items";

std::string ChunkName(std::uint32_t number, std::uint32_t erasures) {
  return absl::StrCat("items/", number, "-", erasures);
}

}  // namespace

absl::Status ItemStore::Save(SnapshotSink& sink) const {
  SnapshotWriter out(sink, kEntries);
  out.U32(first_);
  out.U64(size());
  for (std::size_t i = expired_; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    out.U64(entry.facts.content);
    out.U32(entry.facts.source);
    out.U32(entry.facts.seen);
    out.U32(entry.facts.published);
    out.U32(entry.offset);
    out.U32(entry.chunk);
  }
  out.U32(first_chunk_);
  out.U64(chunks_.size());
  for (const Chunk& chunk : chunks_) {
    out.U64(chunk.words.size());
    out.U32(chunk.last);
    out.U32(chunk.erasures);
  }
  if (absl::Status status = out.Finish(); !status.ok()) return status;
  for (std::size_t i = 0; i < chunks_.size(); ++i) {
    const Chunk& chunk = chunks_[i];
    const bool full = i + 1 < chunks_.size();
    const std::string name =
        full ? ChunkName(first_chunk_ + static_cast<std::uint32_t>(i), chunk.erasures)
             : "items/newest";
    if (full && SnapshotWriter::Has(sink, name, chunk.words.size() * sizeof(std::uint32_t) + 8)) {
      continue;
    }
    SnapshotWriter block_out(sink, name);
    block_out.Words(chunk.words);
    if (absl::Status status = block_out.Finish(); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status ItemStore::Load(SnapshotSource& source) {
  SnapshotReader in(source, kEntries);
  first_ = in.U32();
  for (std::uint64_t left = in.U64(); left > 0 && in.ok(); --left) {
    Entry& entry = entries_.emplace_back();
    entry.facts.content = in.U64();
    entry.facts.source = in.U32();
    entry.facts.seen = in.U32();
    entry.facts.published = in.U32();
    entry.offset = in.U32();
    entry.chunk = in.U32();
  }
  first_chunk_ = in.U32();
  const std::uint64_t chunks = in.U64();
  for (std::uint64_t i = 0; i < chunks && in.ok(); ++i) {
    const std::uint64_t words = in.U64();
    Chunk& chunk = chunks_.emplace_back();
    chunk.last = in.U32();
    chunk.erasures = in.U32();
    const std::string name =
        i + 1 < chunks ? ChunkName(first_chunk_ + static_cast<std::uint32_t>(i), chunk.erasures)
                       : "items/newest";
    SnapshotReader block_in(source, name);
    std::vector<std::uint32_t> read = block_in.Words();
    if (absl::Status status = block_in.Finish(); !status.ok()) return status;
    in.Check(read.size() == words, "a chunk of another length");
    ReserveNewest(read.size());
    chunk.words.insert(chunk.words.end(), read.begin(), read.end());
  }
  for (const Entry& entry : entries_) {
    if (!in.Check(IsSound(entry), "an item out of bounds")) break;
  }
  return in.Finish();
}

}  // namespace samestory
