#include "store/note.h"

#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "store/frame.h"

namespace samestory::store {
namespace {

constexpr std::size_t kPieceBytes = 1u << 20;

// Of a piece at its place, so that pieces that changed places do not pass.
std::int64_t Sum(std::string_view name, std::int64_t part, std::int64_t parts,
                 std::string_view bytes) {
  const std::string place = absl::StrCat(std::string(name), "/", part, "/", parts);
  return static_cast<std::int64_t>(Checksum(place, bytes));
}

}  // namespace

absl::Status WriteNote(std::string_view name, std::string_view bytes, Database& database) {
  absl::StatusOr<Statement> erase = database.Prepare("DELETE FROM note WHERE name = ?");
  if (!erase.ok()) return erase.status();
  if (absl::Status status = erase->BindText(1, name).Run(); !status.ok()) return status;
  absl::StatusOr<Statement> insert =
      database.Prepare("INSERT INTO note(name, part, parts, bytes, sum) VALUES (?, ?, ?, ?, ?)");
  if (!insert.ok()) return insert.status();
  const auto parts = static_cast<std::int64_t>((bytes.size() + kPieceBytes - 1) / kPieceBytes);
  for (std::int64_t part = 0; part < parts; ++part) {
    const std::string_view piece =
        bytes.substr(static_cast<std::size_t>(part) * kPieceBytes, kPieceBytes);
    insert->BindText(1, name).Bind(2, part).Bind(3, parts).BindBlob(4, piece);
    absl::Status status = insert->Bind(5, Sum(name, part, parts, piece)).Run();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadNote(std::string_view name, Database& database) {
  absl::StatusOr<Statement> rows =
      database.Prepare("SELECT part, parts, bytes, sum FROM note WHERE name = ? ORDER BY part");
  if (!rows.ok()) return rows.status();
  rows->BindText(1, name);
  std::string bytes;
  std::int64_t next = 0, parts = 0;
  bool whole = true;
  while (true) {
    const absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) break;
    const std::string_view piece = rows->Blob(2);
    parts = rows->Int(1);
    whole = whole && rows->Int(0) == next && rows->Int(3) == Sum(name, next, parts, piece);
    ++next;
    bytes += piece;
  }
  if (whole && next == parts) return bytes;
  return absl::DataLossError(
      absl::StrCat(database.path(), ": table note, '", std::string(name), "': is damaged"));
}

absl::Status CheckNotes(Database& database) {
  absl::StatusOr<Statement> rows = database.Prepare("SELECT DISTINCT name FROM note");
  if (!rows.ok()) return rows.status();
  std::vector<std::string> names;
  while (true) {
    const absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) break;
    names.emplace_back(rows->Text(0));
  }
  for (const std::string& name : names) {
    if (absl::Status status = ReadNote(name, database).status(); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace samestory::store
