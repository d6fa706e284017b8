// The batch run under Match::kJaccard, over 200,000 made-up headlines of ten words.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/shingle_record.h"
#include "samestory/engine.h"
#include "support/attacks.h"
#include "support/random.h"

namespace samestory {
namespace {

constexpr std::size_t kRecords = 200'000;

// Every third is an earlier one with a word replaced.
std::vector<std::string> MakeTexts() {
  bench::Random random(7);
  const auto word = [&random] { return bench::AttackWord(random.Below(20'000)); };
  std::vector<std::vector<std::string>> headlines;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < kRecords; ++i) {
    std::vector<std::string> words;
    if (i % 3 == 2) {
      words = headlines[random.Below(headlines.size())];
      words[random.Below(words.size())] = word();
    } else {
      while (words.size() < 10) words.push_back(word());
    }
    std::string& text = texts.emplace_back();
    for (const std::string& w : words) text += w + " ";
    headlines.push_back(std::move(words));
  }
  return texts;
}

const std::vector<Record>& Records() {
  static const std::vector<std::string> texts = MakeTexts();
  static const std::vector<Record> records = [] {
    std::vector<Record> made;
    for (const std::string& text : texts) made.push_back({.title = text});
    return made;
  }();
  return records;
}

std::unique_ptr<Clusterer> MakeClusterer() {
  Options options;
  options.match = Match::kJaccard;
  return Clusterer::Create(options).value();
}

void CountRecords(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRecords));
}

void BM_ShingleRecord(benchmark::State& state) {
  const Options options;
  const std::vector<Record>& records = Records();
  ShingleSet set;
  for (auto _ : state) {
    for (const Record& record : records) {
      benchmark::DoNotOptimize(ShingleRecord(record, options, set));
    }
  }
  CountRecords(state);
}
BENCHMARK(BM_ShingleRecord)->Unit(benchmark::kMillisecond);

void BM_BatchAdd(benchmark::State& state) {
  const std::vector<Record>& records = Records();
  for (auto _ : state) {
    const auto clusterer = MakeClusterer();
    benchmark::DoNotOptimize(clusterer->Add(records).ok());
  }
  CountRecords(state);
}
BENCHMARK(BM_BatchAdd)->Unit(benchmark::kMillisecond);

void BM_BatchFinish(benchmark::State& state) {
  const std::vector<Record>& records = Records();
  EngineStats stats;
  for (auto _ : state) {
    state.PauseTiming();
    const auto clusterer = MakeClusterer();
    if (!clusterer->Add(records).ok()) return state.SkipWithError("no memory");
    state.ResumeTiming();
    benchmark::DoNotOptimize(clusterer->Finish().ok());
    stats = clusterer->stats();
  }
  const auto n = static_cast<double>(kRecords);
  state.counters["compared/record"] = static_cast<double>(stats.candidates) / n;
  state.counters["bytes/record"] = static_cast<double>(stats.memory_bytes) / n;
  CountRecords(state);
}
BENCHMARK(BM_BatchFinish)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace samestory
