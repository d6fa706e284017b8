#ifndef SAMESTORY_IO_ON_DEMAND_PASS_H_
#define SAMESTORY_IO_ON_DEMAND_PASS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace samestory::io {

/// One pass of simdjson's on-demand interface over NDJSON, as fast as it goes: what
/// the reading of records is measured against.
class OnDemandPass {
 public:
  /// Copies `lines`, of which the longest has `longest` bytes with its end.
  OnDemandPass(std::string_view lines, std::size_t longest);
  ~OnDemandPass();

  /// Unescapes the texts and ids of all objects; returns how many bytes they have.
  std::uint64_t Run();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace samestory::io

#endif  // SAMESTORY_IO_ON_DEMAND_PASS_H_
