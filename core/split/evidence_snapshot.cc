// A page corpus as sections of a snapshot.
#include <string>

#include "base/hash.h"
#include "base/snapshot_stream.h"
#include "split/evidence.h"

namespace samestory {

absl::Status PageCorpus::Impl::Save(SnapshotSink& sink, std::string_view section) const {
  SnapshotWriter out(sink, section);
  out.U32(first_page_);
  out.U32(first_line_);
  out.U64(added_before_);
  out.U64(pages_.size());
  for (const KnownPage& page : pages_) {
    out.String(page.id);
    out.U32(page.first_line);
    out.U32(page.units);
  }
  out.U64(lines_.size());
  for (const Line& line : lines_) {
    out.Raw(line.sketch.data(), line.sketch.size());
    out.U32(line.page);
    out.U32(line.position);
  }
  stats_.Save(out);
  if (absl::Status status = out.Finish(); !status.ok()) return status;
  return index_.Save(sink, std::string(section) + "/index");
}

absl::Status PageCorpus::Impl::Load(SnapshotSource& source, std::string_view section) {
  SnapshotReader in(source, section);
  first_page_ = in.U32();
  first_line_ = in.U32();
  added_before_ = in.U64();
  pages_.clear();
  pages_of_id_.clear();
  lines_.clear();
  for (std::uint64_t left = in.U64(); left > 0 && in.ok(); --left) {
    KnownPage& page = pages_.emplace_back();
    page.id = in.String();
    page.first_line = in.U32();
    page.units = in.U32();
    ++pages_of_id_[Hash64(page.id, seed_)];
  }
  for (std::uint64_t left = in.U64(); left > 0 && in.ok(); --left) {
    Line& line = lines_.emplace_back();
    in.Raw(line.sketch.data(), line.sketch.size());
    line.page = in.U32();
    line.position = in.U32();
    in.Check(line.page - first_page_ < pages_.size(), "a line of no page");
  }
  std::uint32_t from = first_line_;
  for (const KnownPage& page : pages_) {
    in.Check(page.first_line >= from && page.first_line - first_line_ <= lines_.size(),
             "pages out of order");
    from = page.first_line;
  }
  stats_.Load(in);
  if (absl::Status status = in.Finish(); !status.ok()) return status;
  index_ = *LshIndex::Create(kLineBanding, seed_);
  return index_.Load(source, std::string(section) + "/index");
}

absl::Status PageCorpus::Save(SnapshotSink& sink, std::string_view section) const {
  return impl_->Save(sink, section);
}

absl::Status PageCorpus::Load(SnapshotSource& source, std::string_view section) {
  return impl_->Load(source, section);
}

}  // namespace samestory
