#include "store/sections.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "store/bytes.h"
#include "store/frame.h"

namespace samestory::store {
namespace {

// What one transaction writes at most: bounds the write-ahead log.
constexpr std::size_t kTransactionBytes = 4u << 20;

std::string EncodeManifest(const Manifest& manifest) {
  std::string out;
  BeginFrame(FrameKind::kManifest,
             {manifest.number, static_cast<std::uint32_t>(manifest.sections.size())}, out);
  ByteWriter writer(out);
  for (const auto& [name, entry] : manifest.sections) {
    writer.Bytes(name);
    writer.Varint(entry.snapshot);
    writer.Varint(entry.size);
    writer.U64(entry.sum);
  }
  EndFrame(out);
  return out;
}

absl::StatusOr<Manifest> DecodeManifest(std::string_view bytes) {
  const absl::StatusOr<Frame> frame = OpenFrame(FrameKind::kManifest, bytes);
  if (!frame.ok()) return frame.status();
  Manifest manifest;
  manifest.number = frame->head.first;
  ByteReader reader(frame->payload);
  for (std::uint32_t i = 0; i < frame->head.count && reader.ok(); ++i) {
    const std::string name(reader.Bytes());
    Manifest::Entry& entry = manifest.sections[name];
    entry.snapshot = reader.Varint();
    entry.size = reader.Varint();
    entry.sum = reader.U64();
  }
  if (!reader.AtEnd() || manifest.sections.size() != frame->head.count) {
    return absl::DataLossError("is no list of sections");
  }
  return manifest;
}

absl::Status DataLoss(const Database& database, std::string_view what, std::string_view why) {
  return absl::DataLossError(
      absl::StrCat(database.path(), ": ", std::string(what), " ", std::string(why)));
}

}  // namespace

std::uint64_t Manifest::bytes() const {
  std::uint64_t sum = 0;
  for (const auto& [name, entry] : sections) sum += entry.size;
  return sum;
}

absl::StatusOr<Manifest> ReadManifest(Database& database, std::uint64_t number) {
  if (number == 0) return Manifest();
  absl::StatusOr<Statement> select =
      database.Prepare("SELECT bytes FROM manifest WHERE snapshot = ?");
  if (!select.ok()) return select.status();
  const absl::StatusOr<bool> row = select->Bind(1, static_cast<std::int64_t>(number)).Step();
  if (!row.ok()) return row.status();
  const std::string what = absl::StrCat("table manifest, snapshot ", number, ":");
  if (!*row) return DataLoss(database, what, "is missing");
  absl::StatusOr<Manifest> manifest = DecodeManifest(select->Blob(0));
  if (!manifest.ok()) return DataLoss(database, what, std::string(manifest.status().message()));
  if (manifest->number != number) return DataLoss(database, what, "is that of another one");
  return manifest;
}

absl::Status WriteManifest(Database& database, const Manifest& manifest) {
  absl::StatusOr<Statement> insert =
      database.Prepare("INSERT OR REPLACE INTO manifest(snapshot, bytes) VALUES (?, ?)");
  if (!insert.ok()) return insert.status();
  const std::string bytes = EncodeManifest(manifest);
  return insert->Bind(1, static_cast<std::int64_t>(manifest.number)).BindBlob(2, bytes).Run();
}

SectionSink::SectionSink(const Manifest& previous, Write write)
    : previous_(previous), write_(std::move(write)) {
  manifest_.number = previous.number + 1;
}

bool SectionSink::Has(std::string_view section) {
  const auto found = previous_.sections.find(section);
  if (found == previous_.sections.end()) return false;
  manifest_.sections.insert(*found);
  return true;
}

absl::Status SectionSink::Put(std::string_view section, std::string_view bytes) {
  manifest_.sections[std::string(section)] = {manifest_.number, bytes.size(),
                                              Checksum(section, bytes)};
  return write_(section, manifest_.number, bytes);
}

absl::Status SectionWriter::Begin() {
  if (transaction_) return absl::OkStatus();
  absl::StatusOr<Transaction> transaction = Transaction::Begin(database_, "IMMEDIATE");
  if (!transaction.ok()) return transaction.status();
  transaction_.emplace(*std::move(transaction));
  return absl::OkStatus();
}

absl::Status SectionWriter::Commit() {
  pending_bytes_ = 0;
  absl::Status status = transaction_->Commit();
  transaction_.reset();
  return status;
}

absl::Status SectionWriter::Put(std::string_view section, std::uint64_t snapshot,
                                std::string_view bytes) {
  if (absl::Status status = Begin(); !status.ok()) return status;
  absl::StatusOr<Statement> insert =
      database_.Prepare("INSERT OR REPLACE INTO section(name, snapshot, bytes) VALUES (?, ?, ?)");
  if (!insert.ok()) return insert.status();
  insert->BindText(1, section).Bind(2, static_cast<std::int64_t>(snapshot));
  if (absl::Status status = insert->BindBlob(3, bytes).Run(); !status.ok()) return status;
  pending_bytes_ += bytes.size();
  return pending_bytes_ < kTransactionBytes ? absl::OkStatus() : Commit();
}

absl::Status SectionWriter::End(const Manifest& manifest) {
  if (absl::Status status = Begin(); !status.ok()) return status;
  if (absl::Status status = WriteManifest(database_, manifest); !status.ok()) return status;
  return Commit();
}

absl::StatusOr<std::string> SectionReader::Get(std::string_view section) {
  const auto found = manifest_.sections.find(section);
  const std::string what =
      absl::StrCat("section '", std::string(section), "' of snapshot ", manifest_.number);
  if (found == manifest_.sections.end()) return absl::NotFoundError("there is no " + what);
  absl::StatusOr<Statement> select =
      database_.Prepare("SELECT bytes FROM section WHERE name = ? AND snapshot = ?");
  if (!select.ok()) return select.status();
  select->BindText(1, section).Bind(2, static_cast<std::int64_t>(found->second.snapshot));
  const absl::StatusOr<bool> row = select->Step();
  if (!row.ok()) return row.status();
  if (!*row) return DataLoss(database_, what, "is missing");
  const std::string_view bytes = select->Blob(0);
  if (bytes.size() != found->second.size || Checksum(section, bytes) != found->second.sum) {
    return DataLoss(database_, what, "has a wrong checksum");
  }
  return std::string(bytes);
}

absl::Status DeleteOtherSections(Database& database, const Manifest& kept) {
  absl::StatusOr<Statement> rows = database.Prepare("SELECT name, snapshot FROM section");
  if (!rows.ok()) return rows.status();
  std::vector<std::pair<std::string, std::int64_t>> dead;
  while (true) {
    const absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) break;
    const auto found = kept.sections.find(rows->Text(0));
    if (found == kept.sections.end() ||
        found->second.snapshot != static_cast<std::uint64_t>(rows->Int(1))) {
      dead.emplace_back(rows->Text(0), rows->Int(1));
    }
  }
  absl::StatusOr<Statement> erase =
      database.Prepare("DELETE FROM section WHERE name = ? AND snapshot = ?");
  if (!erase.ok()) return erase.status();
  for (const auto& [name, snapshot] : dead) {
    if (absl::Status s = erase->BindText(1, name).Bind(2, snapshot).Run(); !s.ok()) return s;
  }
  return database.Run(absl::StrCat("DELETE FROM manifest WHERE snapshot <> ", kept.number));
}

}  // namespace samestory::store
