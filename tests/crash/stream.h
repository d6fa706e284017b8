#ifndef SAMESTORY_TESTS_CRASH_STREAM_H_
#define SAMESTORY_TESTS_CRASH_STREAM_H_

#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "support/headlines.h"

namespace samestory::crash {

/// A river of `n` records of made-up words, NDJSON: originals, variants of them, items that
/// are offered again as they were, items whose text changed under their id, and times that
/// go on by about a minute, so that a window of hours lets items expire.
inline std::string MadeStream(std::size_t n, std::uint32_t seed) {
  std::mt19937 random(seed);
  const test::Headlines headlines = test::MadeHeadlines(n, seed);
  std::vector<std::string> lines;
  std::string stream;
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0 && random() % 8 == 0) {
      const std::size_t back = 1 + random() % std::min<std::size_t>(i, 400);
      stream += lines[i - back];
      lines.push_back(lines[i - back]);
      continue;
    }
    const Record& record = headlines.records()[i];
    // Now and then the id of another item.
    const std::size_t id = i > 50 && random() % 20 == 0 ? i - random() % 50 : i;
    std::string line =
        "{\"id\":\"a" + std::to_string(id) + "\",\"source\":\"Paper " +
        std::to_string(random() % 7) + "\",\"title\":\"" + std::string(record.title) +
        "\",\"published\":" + std::to_string(1'700'000'000 + static_cast<std::int64_t>(i) * 60) +
        "}\n";
    stream += line;
    lines.push_back(std::move(line));
  }
  return stream;
}

}  // namespace samestory::crash

#endif  // SAMESTORY_TESTS_CRASH_STREAM_H_
