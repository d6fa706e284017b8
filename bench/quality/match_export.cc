#include "match_export.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "absl/status/status.h"
#include "io/writer.h"
#include "match/comparison.h"

namespace samestory::quality {
namespace {

void AddItem(io::JsonWriter& json, const PairItem& item) {
  json.BeginObject().Key("title").String(item.title).Key("body").String(item.body);
  json.Key("source").String(item.source).EndObject();
}

std::string Line(const LabelledPair& pair, const std::string& set, std::optional<double> hours) {
  std::string line;
  io::JsonWriter json(line);
  json.BeginObject().Key("set").String(set).Key("group").String(pair.group);
  json.Key("same").Bool(pair.same);
  if (pair.score) json.Key("score").Number(*pair.score, 6);
  if (hours) json.Key("hours_apart").Number(*hours, 4);
  AddItem(json.Key("older"), pair.older);
  AddItem(json.Key("newer"), pair.newer);
  json.EndObject();
  return line + "\n";
}

absl::Status WriteFile(const std::filesystem::path& path, const std::string& bytes) {
  auto file = io::OutputFile::Open(path.string());
  if (!file.ok()) return file.status();
  if (absl::Status status = (*file)->Write(bytes); !status.ok()) return status;
  return (*file)->Close();
}

}  // namespace

absl::StatusOr<std::map<std::string, std::size_t>> ExportPairs(
    const std::vector<PairSample>& samples, const std::string& dir) {
  std::map<std::string, std::string> files;
  std::map<std::string, std::size_t> counts;
  const auto add = [&](const LabelledPair& pair, const std::string& set,
                       std::optional<double> hours) {
    files[set] += Line(pair, set, hours);
    ++counts[set];
  };
  for (const PairSample& sample : samples) {
    const LabelledPair& pair = *sample.pair;
    add(pair, pair.set, pair.hours_apart);
    if (pair.set == "template") add(pair, "template 1h", 1);
    if (pair.set == "titlever" && !sample.is_equal() && sample.has_conflict()) {
      add(pair, "titlever numbers", pair.hours_apart);
    }
  }
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  if (error) return absl::UnavailableError(dir + ": " + error.message());
  for (const auto& [set, lines] : files) {
    std::string name = set + ".ndjson";
    std::replace(name.begin(), name.end(), ' ', '_');
    if (absl::Status status = WriteFile(std::filesystem::path(dir) / name, lines); !status.ok()) {
      return status;
    }
  }
  return counts;
}

}  // namespace samestory::quality
