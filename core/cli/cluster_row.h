#ifndef SAMESTORY_CLI_CLUSTER_ROW_H_
#define SAMESTORY_CLI_CLUSTER_ROW_H_

#include <string>
#include <string_view>

#include "samestory/engine.h"

namespace samestory::cli {

/// A row, and the id of the item that it names as JSON; empty: none.
struct NamedRow {
  ClusterRow row;
  std::string_view of;
};

/// Appends the row as a JSON object: with the member "id" first where `id`, as JSON, is not
/// empty. `text` is that of the record.
void AppendRow(std::string_view id, const NamedRow& named, std::string_view text,
               std::string& out);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_CLUSTER_ROW_H_
