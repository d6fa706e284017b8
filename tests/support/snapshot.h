#ifndef SAMESTORY_TESTS_SUPPORT_SNAPSHOT_H_
#define SAMESTORY_TESTS_SUPPORT_SNAPSHOT_H_

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "samestory/snapshot.h"

namespace samestory::test {

/// Snapshots in memory. Between two of them sections that never change are kept.
class MemorySnapshot : public SnapshotSink, public SnapshotSource {
 public:
  /// A new snapshot begins: what it does not name is dropped by End.
  void Begin() { named_.clear(); }
  void End() {
    std::erase_if(sections_, [&](const auto& entry) { return !named_.contains(entry.first); });
  }

  bool Has(std::string_view section) override {
    const std::string name(section);
    if (!sections_.contains(name)) return false;
    named_.insert(name);
    ++kept;
    return true;
  }

  absl::Status Put(std::string_view section, std::string_view bytes) override {
    const std::string name(section);
    if (!named_.insert(name).second) return absl::InternalError(absl::StrCat(name, " put twice"));
    sections_[name] = bytes;
    return absl::OkStatus();
  }

  absl::StatusOr<std::string> Get(std::string_view section) override {
    const auto found = sections_.find(section);
    if (found == sections_.end()) return absl::NotFoundError(std::string(section));
    return found->second;
  }

  std::map<std::string, std::string, std::less<>>& sections() { return sections_; }

  int kept = 0;  ///< sections that were not written again

 private:
  std::map<std::string, std::string, std::less<>> sections_;
  std::set<std::string> named_;
};

}  // namespace samestory::test

#endif  // SAMESTORY_TESTS_SUPPORT_SNAPSHOT_H_
