#ifndef SAMESTORY_ENGINE_SNAPSHOT_PARTS_H_
#define SAMESTORY_ENGINE_SNAPSHOT_PARTS_H_

#include <string_view>

#include "absl/status/status.h"
#include "base/snapshot_stream.h"

namespace samestory {

/// Writes `part`, which saves itself to a SnapshotWriter, as a section of its own.
template <typename Part>
absl::Status SavePart(const Part& part, SnapshotSink& sink, std::string_view section) {
  SnapshotWriter out(sink, section);
  part.Save(out);
  return out.Finish();
}

template <typename Part>
absl::Status LoadPart(SnapshotSource& source, std::string_view section, Part& part) {
  SnapshotReader in(source, section);
  part.Load(in);
  return in.Finish();
}

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_SNAPSHOT_PARTS_H_
