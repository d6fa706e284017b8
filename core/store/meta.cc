#include "store/meta.h"

#include <charconv>

#include "absl/strings/str_cat.h"
#include "store/frame.h"

namespace samestory::store {

absl::StatusOr<Meta> Meta::Read(Database& database) {
  absl::StatusOr<Statement> rows = database.Prepare("SELECT name, value, sum FROM meta");
  if (!rows.ok()) return rows.status();
  Meta meta;
  while (true) {
    const absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) return meta;
    const std::string name(rows->Text(0)), value(rows->Text(1));
    if (static_cast<std::uint64_t>(rows->Int(2)) != Checksum(name, value)) {
      return absl::DataLossError(
          absl::StrCat(database.path(), ": table meta, '", name, "': has a wrong checksum"));
    }
    meta.values_[name] = value;
  }
}

void Meta::Restore(std::string_view name, std::string_view value, std::uint64_t sum) {
  if (sum == Checksum(name, value)) values_[std::string(name)] = value;
}

std::string Meta::Text(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string() : found->second;
}

absl::StatusOr<std::uint64_t> Meta::Number(std::string_view name) const {
  const std::string text = Text(name);
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc() || rest != end) {
    return absl::DataLossError(
        absl::StrCat("the state is damaged: its '", std::string(name), "' is '", text, "'"));
  }
  return value;
}

absl::Status Meta::Set(Database& database, std::string_view name, std::string_view value) {
  absl::StatusOr<Statement> insert =
      database.Prepare("INSERT OR REPLACE INTO meta(name, value, sum) VALUES (?, ?, ?)");
  if (!insert.ok()) return insert.status();
  insert->BindText(1, name).BindText(2, value);
  insert->Bind(3, static_cast<std::int64_t>(Checksum(name, value)));
  absl::Status status = insert->Run();
  if (status.ok()) values_[std::string(name)] = value;
  return status;
}

absl::Status Meta::Set(Database& database, std::string_view name, std::uint64_t value) {
  return Set(database, name, absl::StrCat(value));
}

}  // namespace samestory::store
