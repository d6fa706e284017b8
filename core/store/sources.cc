#include "store/sources.h"

#include "absl/strings/str_cat.h"
#include "base/hash.h"

namespace samestory::store {
namespace {

constexpr std::size_t kMostNames = 1'000'000;

}  // namespace

absl::Status WriteSources(std::span<const SourceName> sources, Database& database) {
  if (sources.empty()) return absl::OkStatus();
  absl::StatusOr<Statement> insert =
      database.Prepare("INSERT OR REPLACE INTO source(key, name) VALUES (?, ?)");
  if (!insert.ok()) return insert.status();
  for (const SourceName& source : sources) {
    absl::Status status = insert->Bind(1, source.key).BindText(2, source.name).Run();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

std::uint32_t Sources::Key(std::string_view source, std::uint64_t seed) {
  return source.empty() ? 0 : static_cast<std::uint32_t>(Hash64(source, seed) | 1);
}

absl::StatusOr<Sources> Sources::Read(Database& database, std::uint64_t seed) {
  absl::StatusOr<Statement> rows = database.Prepare("SELECT key, name FROM source");
  if (!rows.ok()) return rows.status();
  Sources sources;
  while (true) {
    const absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) return sources;
    const std::string_view name = rows->Text(1);
    if (Key(name, seed) != rows->Int(0)) {
      return absl::DataLossError(absl::StrCat(database.path(), ": table source, row ", rows->Int(0),
                                              ": is not the name of its key"));
    }
    sources.names_.emplace(static_cast<std::uint32_t>(rows->Int(0)), name);
  }
}

std::vector<SourceName> Sources::Add(std::span<const Record> records, std::uint64_t seed) {
  std::vector<SourceName> added;
  for (const Record& record : records) {
    const std::uint32_t key = Key(record.source, seed);
    if (key == 0 || names_.contains(key) || names_.size() >= kMostNames) continue;
    added.push_back({key, std::string(record.source)});
    names_.emplace(key, record.source);
  }
  return added;
}

std::string_view Sources::Name(std::uint32_t key) const {
  const auto found = names_.find(key);
  return found == names_.end() ? std::string_view() : found->second;
}

}  // namespace samestory::store
