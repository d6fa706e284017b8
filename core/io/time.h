#ifndef SAMESTORY_IO_TIME_H_
#define SAMESTORY_IO_TIME_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "io/reader.h"

namespace samestory::io {

/// Unix seconds of a number by the grammar of JSON: seconds below 10^11, from
/// there on milliseconds (the years 1973 and later); fractions are cut off.
/// Absent outside the years 1970 to 9999.
std::optional<std::int64_t> ParseUnixTime(std::string_view number);

/// RFC 3339 in UTC, "2021-07-12T06:04:05Z". For what ParseTime gives.
std::string FormatTime(std::int64_t unix_seconds);

/// Seconds east of UTC of a named zone in any case ("EST", "gmt", "Z"). A general
/// table of the abbreviations that RFC 822 defines and of those in common use
/// that name one offset (the tz database's, with IST read as India's).
std::optional<int> ZoneOffset(std::string_view name);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_TIME_H_
