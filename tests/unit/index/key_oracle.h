#ifndef SAMESTORY_TESTS_UNIT_INDEX_KEY_ORACLE_H_
#define SAMESTORY_TESTS_UNIT_INDEX_KEY_ORACLE_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

namespace samestory {

/// The obvious KeyIndex: every record of every key, none ever dropped but by expiry.
class KeyOracle {
 public:
  explicit KeyOracle(int key_bits = 40) : shift_(64 - key_bits) {}

  void Insert(std::uint64_t key, std::uint32_t record) {
    if (record < horizon_) return;
    std::vector<std::uint32_t>& records = map_[key >> shift_];
    if (std::find(records.begin(), records.end(), record) == records.end()) {
      records.push_back(record);
    }
  }

  std::vector<std::uint32_t> Find(std::uint64_t key) const {
    std::vector<std::uint32_t> live;
    if (const auto found = map_.find(key >> shift_); found != map_.end()) {
      for (const std::uint32_t record : found->second) {
        if (record >= horizon_) live.push_back(record);
      }
    }
    std::sort(live.begin(), live.end());
    return live;
  }

  void Expire(std::uint32_t horizon) { horizon_ = std::max(horizon_, horizon); }

 private:
  std::map<std::uint64_t, std::vector<std::uint32_t>> map_;
  int shift_;
  std::uint32_t horizon_ = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_TESTS_UNIT_INDEX_KEY_ORACLE_H_
