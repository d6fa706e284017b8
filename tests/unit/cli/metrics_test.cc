#include "cli/metrics.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <thread>

namespace samestory::cli {
namespace {

RunCounts Counts() {
  RunCounts counts;
  counts.kept[static_cast<int>(Relation::kNew)] = 700;
  counts.kept[static_cast<int>(Relation::kUpdate)] = 200;
  counts.dropped[static_cast<int>(Relation::kExact)] = 300;
  counts.batches = 4;
  counts.bad = 3;
  counts.decide_seconds = 0.25;
  counts.last_published = 1'000'000;
  return counts;
}

RunGauges Gauges() {
  RunGauges gauges;
  gauges.engine.stories = 650;
  gauges.resident_bytes = 64u << 20;
  gauges.state_bytes = 12u << 20;
  gauges.now = 1'000'040;
  return gauges;
}

TEST(Metrics, ALineSaysHowTheRunStands) {
  EXPECT_EQ(MetricsLine(Counts(), Gauges(), 620, 2),
            "records 1200 (310/s), kept 900 (new 700, update 200), dropped 300 (exact 300), bad 3, "
            "stories 650, memory 64 MiB, state 12.0 MiB, lag 40 s");
  EXPECT_EQ(MetricsLine({}, {}, 0, 0),
            "records 0 (0/s), kept 0, dropped 0, bad 0, stories 0, memory 0 MiB");
}

// The text format by its grammar: each family has HELP and TYPE before its values.
TEST(Metrics, TheTextFormatIsWellFormed) {
  static const std::regex comment(R"(# (HELP|TYPE) (samestory_[a-z_]+) (.+))");
  static const std::regex sample(
      R"re((samestory_[a-z_]+)(\{[a-z]+="[a-z]+"(,[a-z]+="[a-z]+")*\})? (-?[0-9]+(\.[0-9]+)?))re");
  std::map<std::string, std::set<std::string>> told;
  std::map<std::string, double> values;
  std::istringstream text(PrometheusText(Counts(), Gauges()));
  for (std::string line; std::getline(text, line);) {
    std::smatch parts;
    if (std::regex_match(line, parts, comment)) {
      EXPECT_TRUE(told[parts[2]].insert(parts[1]).second) << line;
      if (parts[1] == "TYPE") {
        const bool is_total = std::string(parts[2]).ends_with("_total");
        EXPECT_EQ(parts[3], is_total ? "counter" : "gauge") << line;
      }
      continue;
    }
    ASSERT_TRUE(std::regex_match(line, parts, sample)) << line;
    EXPECT_EQ(told[parts[1]].size(), 2u) << line;
    EXPECT_TRUE(
        values.emplace(std::string(parts[1]) + std::string(parts[2]), std::stod(parts[4])).second)
        << line;
  }
  EXPECT_EQ(values["samestory_decisions_total{action=\"keep\",relation=\"new\"}"], 700);
  EXPECT_EQ(values["samestory_decisions_total{action=\"drop\",relation=\"exact\"}"], 300);
  EXPECT_EQ(values["samestory_bad_records_total"], 3);
  EXPECT_EQ(values["samestory_decide_seconds_total"], 0.25);
  EXPECT_EQ(values["samestory_lag_seconds"], 40);
  EXPECT_EQ(values["samestory_state_bytes"], 12u << 20);
}

TEST(Metrics, AFileIsReplacedAsAWhole) {
  const std::string path =
      std::filesystem::temp_directory_path() / ("samestory_metrics_" + std::to_string(getpid()));
  ASSERT_TRUE(ReplaceFile(path, "old\n").ok());
  std::ifstream old(path);  // opened before
  ASSERT_TRUE(ReplaceFile(path, "new\n").ok());
  std::string line;
  std::getline(old, line);
  EXPECT_EQ(line, "old");
  std::ifstream fresh(path);
  std::getline(fresh, line);
  EXPECT_EQ(line, "new");
  EXPECT_FALSE(std::filesystem::exists(path + ".new"));
  std::filesystem::remove(path);
  EXPECT_FALSE(ReplaceFile("/no/such/folder/metrics", "").ok());
}

TEST(Metrics, TheProcessKnowsItsMemory) { EXPECT_GT(ResidentBytes(), 1u << 20); }

TEST(Ticker, TicksUntilItIsDestroyed) {
  std::atomic<int> ticks = 0;
  {
    const Ticker ticker(std::chrono::milliseconds(1), [&ticks] { ++ticks; });
    while (ticks < 3) std::this_thread::yield();
  }
  const int at_end = ticks;
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(ticks, at_end);
}

}  // namespace
}  // namespace samestory::cli
