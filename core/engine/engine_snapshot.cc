// The whole engine as sections of a snapshot.
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/option_list.h"
#include "base/snapshot_maps.h"
#include "engine/engine_core.h"
#include "engine/snapshot_parts.h"
#include "match/body.h"
#include "match/profile.h"

namespace samestory {
namespace {

// Rises with the layout of anything within, the profiles of headlines too.
constexpr std::uint32_t kVersion = 3;

void SaveOptions(const Options& options, SnapshotWriter& out) {
  const std::vector<NamedOption> list = ListOptions(options);
  out.U32(static_cast<std::uint32_t>(list.size()));
  for (const NamedOption& option : list) {
    out.String(option.name);
    out.String(option.value);
  }
}

std::vector<NamedOption> LoadOptions(SnapshotReader& in) {
  std::vector<NamedOption> list;
  for (std::uint32_t left = in.U32(); left > 0 && in.ok(); --left) {
    NamedOption& option = list.emplace_back();
    option.name = in.String();
    option.value = in.String();
  }
  return list;
}

}  // namespace

absl::Status EngineCore::Save(SnapshotSink& sink) const {
  SnapshotWriter out(sink, "engine");
  out.U32(kVersion);
  SaveOptions(options_, out);
  clock_.Save(out);
  out.U32(merge_day_);
  SaveMap(merges_today_, out, [&](std::uint32_t merges) { out.U32(merges); });
  out.U64(stats_.records);
  for (const std::uint64_t count : stats_.by_relation) out.U64(count);
  out.U64(in_epoch_);
  out.U64(pending_bodies_.size());
  for (const UnrelatedBody& body : pending_bodies_) {
    out.U64(body.key);
    out.String(body.text);
  }
  out.U64(pending_pages_.size());
  for (const PageLesson& page : pending_pages_) {
    out.String(page.id);
    out.String(page.title);
    out.String(page.text);
    out.String(page.lang);
    out.U32(page.item);
  }
  out.U64(page_items_.size());
  for (const ItemNumber item : page_items_) out.U32(item);
  out.U8(has_pages_);
  if (absl::Status status = out.Finish(); !status.ok()) return status;
  if (absl::Status status = SavePart(stories_, sink, "stories"); !status.ok()) return status;
  if (absl::Status status = SavePart(boilerplate_, sink, "boilerplate"); !status.ok()) {
    return status;
  }
  if (absl::Status status = SavePart(running_titles_, sink, "running-titles"); !status.ok()) {
    return status;
  }
  if (absl::Status status = items_.Save(sink); !status.ok()) return status;
  if (absl::Status status = candidates_->Save(sink); !status.ok()) return status;
  if (absl::Status status = learned_.Save(sink); !status.ok()) return status;
  return corpus_.Save(sink, "pages");
}

absl::StatusOr<std::unique_ptr<EngineCore>> EngineCore::Load(const Options& options,
                                                             SnapshotSource& source) {
  absl::StatusOr<std::unique_ptr<EngineCore>> core = Create(options);
  if (!core.ok()) return core.status();
  if (absl::Status status = (*core)->LoadParts(source); !status.ok()) return status;
  return core;
}

absl::Status EngineCore::LoadParts(SnapshotSource& source) {
  SnapshotReader in(source, "engine");
  const std::uint32_t version = in.U32();
  in.Check(version == kVersion, "of an engine that is not known");
  const std::vector<NamedOption> stored = LoadOptions(in);
  if (!in.ok()) return in.Finish();
  if (absl::Status status = CheckOptions(options_, stored); !status.ok()) return status;
  clock_.Load(in);
  merge_day_ = in.U32();
  LoadMap(merges_today_, in, [&](std::uint32_t& merges) { merges = in.U32(); });
  stats_.records = in.U64();
  for (std::uint64_t& count : stats_.by_relation) count = in.U64();
  in_epoch_ = in.U64();
  in.Check(in_epoch_ < kEpoch, "an epoch out of bounds");
  for (std::uint64_t left = in.U64(); left > 0 && in.ok(); --left) {
    UnrelatedBody& body = pending_bodies_.emplace_back();
    body.key = in.U64();
    body.text = in.String();
  }
  for (std::uint64_t left = in.U64(); left > 0 && in.ok(); --left) {
    PageLesson& page = pending_pages_.emplace_back();
    page.id = in.String();
    page.title = in.String();
    page.text = in.String();
    page.lang = in.String();
    page.item = in.U32();
  }
  for (std::uint64_t left = in.U64(); left > 0 && in.ok(); --left) page_items_.push_back(in.U32());
  has_pages_ = in.U8() != 0;
  if (absl::Status status = in.Finish(); !status.ok()) return status;
  if (absl::Status status = LoadPart(source, "stories", stories_); !status.ok()) return status;
  if (absl::Status status = LoadPart(source, "boilerplate", boilerplate_); !status.ok()) {
    return status;
  }
  if (absl::Status status = LoadPart(source, "running-titles", running_titles_); !status.ok()) {
    return status;
  }
  if (absl::Status status = items_.Load(source); !status.ok()) return status;
  if (absl::Status status = CheckItems(); !status.ok()) return status;
  if (absl::Status status = candidates_->Load(source, items_); !status.ok()) {
    return status;
  }
  if (absl::Status status = learned_.Load(source); !status.ok()) return status;
  return corpus_.Load(source, "pages");
}

// Whether the items are those of the stories, and can be read in place.
absl::Status EngineCore::CheckItems() const {
  const absl::Status wrong = absl::DataLossError("the snapshot's items are not those of its stories");
  if (items_.first() != stories_.first() || items_.first() + items_.size() != stories_.next()) {
    return wrong;
  }
  for (ItemNumber item = items_.first(); item != stories_.next(); ++item) {
    if (items_.Lives(item) != stories_.Lives(item)) return wrong;
    if (!items_.Lives(item) || options_.match == Match::kJaccard) continue;
    const ItemParts parts = items_.parts(item);
    if (!ProfileView::IsValid(parts.headline) ||
        !ProfileView(parts.headline).Has(ProfileView::kStamped) ||
        !(parts.body.empty() || BodyView::IsValid(parts.body))) {
      return absl::DataLossError(absl::StrCat("item ", item, " of the snapshot cannot be read"));
    }
  }
  return absl::OkStatus();
}

}  // namespace samestory
