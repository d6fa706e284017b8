// Snapshots, and what ends with one: forgetting, compacting, closing.
#include <utility>
#include <vector>

#include "base/huge_memory.h"
#include "store/sections.h"
#include "store/state.h"

namespace samestory::store {
namespace {

// A log of fewer records than this is redone sooner than a snapshot is written.
constexpr std::uint64_t kShortLog = 1000;
constexpr std::uint64_t kShortShare = 20;

// A piece on its way to the disk. Large ones go back to the system when they are written, so that
// memory is as it was after a snapshot.
using Piece = std::vector<char, internal::HugeAllocator<char>>;

}  // namespace

// Nothing of it counts yet.
absl::StatusOr<SnapshotFacts> State::WriteSnapshot() {
  SectionSink sink(loaded_.manifest, [this](std::string_view section, std::uint64_t number,
                                            std::string_view bytes) {
    return queue_->Add(bytes.size(), [this, name = std::string(section), number,
                                      copy = Piece(bytes.begin(), bytes.end())] {
      return file_->WriteSection(name, number, {copy.data(), copy.size()});
    });
  });
  absl::Status status = loaded_.engine->Save(sink);
  if (!status.ok()) return status;
  SnapshotFacts facts = {std::move(sink.manifest()), loaded_.records, loaded_.counter->events};
  status = queue_->Add(0, [this, facts] { return file_->EndSections(facts.manifest); });
  if (!status.ok()) return status;
  return facts;
}

// From here on the snapshot is the one that the next one follows.
void State::CountFrom(const SnapshotFacts& facts) {
  loaded_.manifest = facts.manifest;
  loaded_.snapshot_events = facts.events;
  loaded_.log_records = loaded_.log_bytes = 0;
}

absl::Status State::SaveSnapshot() {
  if (absl::Status status = Usable(); !status.ok()) return status;
  if (loaded_.log_records == 0) return absl::OkStatus();
  const absl::StatusOr<SnapshotFacts> facts = WriteSnapshot();
  if (!facts.ok()) return facts.status();
  CountFrom(*facts);
  return queue_->Add(0, [this, facts = *facts] { return file_->CountSnapshot(facts); });
}

// Also under a made-up id, which the engine does not find items by.
bool State::Lives(std::string_view source, std::string_view id) const {
  const std::uint32_t key = Sources::Key(source, options_.engine.seed);
  bool lives = false;
  loaded_.engine->ForEachItem([&](const LivingItem& item) {
    lives |= item.id == id && item.source_key == key;
  });
  return lives;
}

absl::Status State::Forget(std::string_view source, std::string_view id,
                           const std::function<absl::Status()>& before_commit) {
  if (absl::Status status = Usable(); !status.ok()) return status;
  if (absl::Status status = queue_->WaitForAll(); !status.ok()) return status;
  const std::uint64_t key = ItemKey(source, id, options_.engine.seed);
  if (absl::Status forgotten = loaded_.engine->Forget(source, id); !forgotten.ok()) {
    // What the engine remembers no more may still stand in the files.
    if (!absl::IsNotFound(forgotten) || Lives(source, id)) return forgotten;
    const absl::StatusOr<bool> mentioned = file_->Mentions(key, id);
    if (!mentioned.ok()) return mentioned.status();
    if (!*mentioned) return forgotten;
  }
  if (absl::Status status = before_commit(); !status.ok()) return Break(status);
  const absl::StatusOr<SnapshotFacts> facts = WriteSnapshot();
  if (!facts.ok()) return Break(facts.status());
  absl::Status status = queue_->Do([&] {
    return file_->CountSnapshotWithout(*facts, key, id);
  });
  if (!status.ok()) return Break(status);
  CountFrom(*facts);
  return Compact();
}

absl::Status State::Compact() {
  if (absl::Status status = SaveSnapshot(); !status.ok()) return status;
  const SnapshotFacts facts = {loaded_.manifest, loaded_.records, loaded_.snapshot_events};
  absl::Status status = queue_->Do([&] { return file_->Compact(facts); });
  return status.ok() ? queue_->Do([this] { return file_->Checkpoint(); }) : status;
}

absl::StatusOr<std::string> State::Note(std::string_view name) const {
  if (absl::Status status = queue_->WaitForAll(); !status.ok()) return status;
  return file_->Note(name);
}

absl::Status State::SetNote(std::string_view name, std::string_view bytes) {
  if (absl::Status status = Usable(); !status.ok()) return status;
  return queue_->Do([&] { return file_->SetNote(name, bytes); });
}

absl::Status State::Close(const std::map<std::string, std::string>& notes) {
  if (absl::Status status = Usable(); !status.ok()) return status;
  const bool long_log =
      loaded_.log_records > kShortLog && loaded_.log_records * kShortShare > loaded_.records;
  if (long_log) {
    if (absl::Status status = SaveSnapshot(); !status.ok()) return status;
  }
  // Whoever is killed before the mark is replayed, so that nothing slow may follow it. This goes while
  // the snapshot is being written.
  loaded_.engine.reset();
  absl::Status status = queue_->Do([this] { return file_->Checkpoint(); });
  if (!status.ok()) return status;
  status = queue_->Do([&] { return file_->EndRun(notes); });
  if (!status.ok()) return status;
  queue_.reset();
  file_.reset();
  return absl::OkStatus();
}

}  // namespace samestory::store
