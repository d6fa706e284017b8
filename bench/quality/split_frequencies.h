#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_FREQUENCIES_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_FREQUENCIES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace samestory::quality {

/// Words of one frequency in hundredths of a decade: list i holds words of frequency 10^(-i/100).
using FrequencyLists = std::vector<std::vector<std::string>>;

/// Reads the "cBpack" format of wordfreq, unpacked: a MessagePack array of a header map and of one
/// array of words for each frequency. kDataLoss for anything else.
absl::StatusOr<FrequencyLists> ReadFrequencyLists(std::string_view bytes);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_FREQUENCIES_H_
