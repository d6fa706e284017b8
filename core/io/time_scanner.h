#ifndef SAMESTORY_IO_TIME_SCANNER_H_
#define SAMESTORY_IO_TIME_SCANNER_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace samestory::io {

/// The last second that a time may name: of the year 9999.
inline constexpr std::int64_t kLastSecond = 253'402'300'799;

/// ParseTime for what is no bare number, trimmed.
std::optional<std::int64_t> ScanTime(std::string_view text);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_TIME_SCANNER_H_
