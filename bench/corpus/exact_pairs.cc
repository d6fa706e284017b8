// Every pair of sets at or above a Jaccard: the truth that programs are measured by.
//
// Reads a set a line, numbers below 2^32 with blanks between them, from standard input, or takes
// the engine's own shingles of the records of a file. Writes the numbers of the lines (records) of
// each pair, from 0, the earlier first.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <numeric>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/exact_truth.h"
#include "engine/shingle_record.h"
#include "io/reader.h"
#include "samestory/options.h"
#include "samestory/text.h"

namespace samestory {
namespace {

bool ParseSet(const std::string& line, ShingleSet& set) {
  set.clear();
  const char* at = line.data();
  const char* end = at + line.size();
  while (true) {
    while (at < end && (*at == ' ' || *at == '\r')) ++at;
    if (at == end) break;
    std::uint32_t value = 0;
    const auto [rest, error] = std::from_chars(at, end, value);
    if (error != std::errc()) return false;
    set.push_back(value);
    at = rest;
  }
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return true;
}

absl::StatusOr<cli::ShingleSets> ReadSets() {
  cli::ShingleSets sets;
  ShingleSet set;
  for (std::string line; std::getline(std::cin, line);) {
    if (!ParseSet(line, set)) {
      return absl::InvalidArgumentError("line " + std::to_string(sets.size() + 1) +
                                        " is no set of numbers");
    }
    sets.Add(set);
  }
  return sets;
}

absl::StatusOr<cli::ShingleSets> ShingleRecords(const std::string& path) {
  auto reader = io::OpenReader(path, {}, {});
  if (!reader.ok()) return reader.status();
  const Options options;
  cli::ShingleSets sets;
  ShingleSet set;
  io::InputRecord input;
  while (true) {
    const absl::StatusOr<bool> got = (*reader)->Next(input);
    if (!got.ok()) return got.status();
    if (!*got) return sets;
    ShingleRecord(input.record, options, set);
    sets.Add(set);
  }
}

int Run(const std::string& records, double threshold) {
  const absl::StatusOr<cli::ShingleSets> read =
      records.empty() ? ReadSets() : ShingleRecords(records);
  if (!read.ok()) {
    std::fprintf(stderr, "exact_pairs: %s\n", std::string(read.status().message()).c_str());
    return 1;
  }
  const cli::ShingleSets& sets = *read;
  std::vector<std::uint32_t> all(sets.size());
  std::iota(all.begin(), all.end(), 0u);
  const auto neighbours = cli::ExactNeighbours(sets, all, threshold);
  for (std::size_t i = 0; i < neighbours.size(); ++i) {
    for (const std::uint32_t j : neighbours[i]) {
      if (j > i) std::printf("%zu %u\n", i, j);
    }
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}

}  // namespace
}  // namespace samestory

int main(int argc, char** argv) {
  CLI::App app("Finds every pair of sets at or above a Jaccard.");
  double threshold = 0.7;
  app.add_option("--threshold", threshold)->check(CLI::Range(0.01, 1.0))->capture_default_str();
  std::string records;
  app.add_option("--records", records, "a file of records; default: sets on standard input");
  CLI11_PARSE(app, argc, argv);
  std::ios::sync_with_stdio(false);
  return samestory::Run(records, threshold);
}
