#include "split_peers.h"

#include <utility>

#include "absl/status/status.h"
#include "split_files.h"

namespace samestory::quality {

absl::StatusOr<std::vector<SplitRow>> LoadPeerRows(const std::string& path) {
  std::vector<SplitRow> rows;
  bool complete = true;
  const absl::Status status = ReadObjects(path, [&](simdjson::dom::object object) {
    for (const char* of_match : {"joined", "f1", "pearson"}) {
      if (object[of_match].error() == simdjson::SUCCESS) return;
    }
    SplitRow row;
    row.set = StringField(object, "set");
    row.variant = StringField(object, "variant");
    row.method = StringField(object, "system");
    complete = complete && !row.set.empty() && !row.method.empty() &&
               object["f1_other"].get(row.f1) == simdjson::SUCCESS &&
               object["recall_main"].get(row.main_recall) == simdjson::SUCCESS &&
               object["pages"].get(row.pages) == simdjson::SUCCESS &&
               object["lines"].get(row.lines) == simdjson::SUCCESS;
    rows.push_back(std::move(row));
  });
  if (!status.ok()) return status;
  if (!complete) return absl::DataLossError(path + ": a row lacks a field");
  return rows;
}

}  // namespace samestory::quality
