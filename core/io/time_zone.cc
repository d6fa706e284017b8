#include <cstddef>

#include "io/time.h"

namespace samestory::io {
namespace {

struct Zone {
  std::string_view name;
  int minutes;  ///< east of UTC
};

constexpr int kHour = 60;

constexpr Zone kZones[] = {
    // RFC 822, section 5.1.
    {"z", 0},
    {"ut", 0},
    {"gmt", 0},
    {"utc", 0},
    {"est", -5 * kHour},
    {"edt", -4 * kHour},
    {"cst", -6 * kHour},
    {"cdt", -5 * kHour},
    {"mst", -7 * kHour},
    {"mdt", -6 * kHour},
    {"pst", -8 * kHour},
    {"pdt", -7 * kHour},
    // The Americas.
    {"nst", -3 * kHour - 30},
    {"ndt", -2 * kHour - 30},
    {"ast", -4 * kHour},
    {"adt", -3 * kHour},
    {"akst", -9 * kHour},
    {"akdt", -8 * kHour},
    {"hst", -10 * kHour},
    {"brt", -3 * kHour},
    {"art", -3 * kHour},
    {"clt", -4 * kHour},
    {"cot", -5 * kHour},
    {"pet", -5 * kHour},
    // Europe and Africa.
    {"wet", 0},
    {"west", kHour},
    {"bst", kHour},
    {"cet", kHour},
    {"cest", 2 * kHour},
    {"met", kHour},
    {"mest", 2 * kHour},
    {"mez", kHour},
    {"mesz", 2 * kHour},
    {"eet", 2 * kHour},
    {"eest", 3 * kHour},
    {"msk", 3 * kHour},
    {"msd", 4 * kHour},
    {"trt", 3 * kHour},
    {"wat", kHour},
    {"cat", 2 * kHour},
    {"sast", 2 * kHour},
    {"eat", 3 * kHour},
    // Asia and Oceania.
    {"idt", 3 * kHour},
    {"irst", 3 * kHour + 30},
    {"gst", 4 * kHour},
    {"pkt", 5 * kHour},
    {"ist", 5 * kHour + 30},
    {"npt", 5 * kHour + 45},
    {"ict", 7 * kHour},
    {"wib", 7 * kHour},
    {"sgt", 8 * kHour},
    {"hkt", 8 * kHour},
    {"myt", 8 * kHour},
    {"pht", 8 * kHour},
    {"awst", 8 * kHour},
    {"jst", 9 * kHour},
    {"kst", 9 * kHour},
    {"acst", 9 * kHour + 30},
    {"acdt", 10 * kHour + 30},
    {"aest", 10 * kHour},
    {"aedt", 11 * kHour},
    {"nzst", 12 * kHour},
    {"nzdt", 13 * kHour},
};

constexpr bool EqualFolded(std::string_view any_case, std::string_view lower) {
  if (any_case.size() != lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = any_case[i];
    if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != lower[i]) return false;
  }
  return true;
}

}  // namespace

std::optional<int> ZoneOffset(std::string_view name) {
  for (const Zone& zone : kZones) {
    if (EqualFolded(name, zone.name)) return zone.minutes * 60;
  }
  return std::nullopt;
}

}  // namespace samestory::io
