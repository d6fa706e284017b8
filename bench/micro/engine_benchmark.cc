// Stories and decisions: the books alone, and Engine::Add one record at a time.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "samestory/engine.h"
#include "story/story_book.h"
#include "support/random.h"

namespace samestory {
namespace {

// Headlines of made-up words; every third is an earlier one with a word replaced.
std::vector<std::string> MakeHeadlines(std::size_t n) {
  bench::Random random(7);
  const auto word = [&random] {
    std::string w;
    for (std::size_t i = 4 + random.Below(5); i > 0; --i) {
      w += static_cast<char>('a' + random.Below(26));
    }
    return w;
  };
  std::vector<std::string> dictionary;
  for (int i = 0; i < 20'000; ++i) dictionary.push_back(word());
  std::vector<std::vector<std::string>> headlines;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<std::string> words;
    if (i % 3 == 2) {
      words = headlines[random.Below(headlines.size())];
      words[random.Below(words.size())] = dictionary[random.Below(dictionary.size())];
    } else {
      while (words.size() < 10) words.push_back(dictionary[random.Below(dictionary.size())]);
    }
    std::string text;
    for (const std::string& w : words) text += w + " ";
    texts.push_back(std::move(text));
    headlines.push_back(std::move(words));
  }
  return texts;
}

void AddOneByOne(benchmark::State& state, Match match) {
  const std::vector<std::string> texts = MakeHeadlines(200'000);
  Options options;
  options.match = match;
  auto engine = Engine::Create(options);
  std::size_t next = 0;
  for (auto _ : state) {
    Record record;
    record.title = texts[next % texts.size()];
    record.published = static_cast<std::int64_t>(1'700'000'000 + next * 10);
    benchmark::DoNotOptimize((*engine)->Add(record));
    ++next;
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["bytes/record"] =
      static_cast<double>((*engine)->stats().memory_bytes) / static_cast<double>(next);
}
BENCHMARK_CAPTURE(AddOneByOne, judge, Match::kJudge)->Iterations(150'000);
BENCHMARK_CAPTURE(AddOneByOne, jaccard, Match::kJaccard)->Iterations(150'000);

// How long single decisions take with a million items in the window: as `clean` meets them.
void DecisionLatency(benchmark::State& state, Match match) {
  constexpr std::size_t kInWindow = 1'000'000, kTimed = 100'000;
  const std::vector<std::string> texts = MakeHeadlines(kInWindow + kTimed);
  Options options;
  options.match = match;
  options.window_seconds = 72 * 3600;
  const auto record_of = [&](std::size_t i) {
    Record record;
    record.title = texts[i];
    record.published = static_cast<std::int64_t>(1'700'000'000 + i / 4);
    return record;
  };
  std::vector<double> nanoseconds;
  for (auto _ : state) {
    auto engine = Engine::Create(options);
    for (std::size_t i = 0; i < kInWindow; ++i)
      benchmark::DoNotOptimize((*engine)->Add(record_of(i)));
    nanoseconds.clear();
    for (std::size_t i = kInWindow; i < texts.size(); ++i) {
      const auto start = std::chrono::steady_clock::now();
      benchmark::DoNotOptimize((*engine)->Add(record_of(i)));
      const std::chrono::duration<double, std::nano> took =
          std::chrono::steady_clock::now() - start;
      nanoseconds.push_back(took.count());
    }
  }
  std::sort(nanoseconds.begin(), nanoseconds.end());
  state.counters["median_ns"] = nanoseconds[kTimed / 2];
  state.counters["p999_ns"] = nanoseconds[kTimed - kTimed / 1000];
}
BENCHMARK_CAPTURE(DecisionLatency, judge, Match::kJudge)->Iterations(1)->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(DecisionLatency, jaccard, Match::kJaccard)
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

void KeepBooks(benchmark::State& state) {
  bench::Random random(9);
  StoryBook book;
  for (auto _ : state) {
    const bool joins = book.next() > book.first() && random.Below(3) == 0;
    if (joins) {
      book.Join(book.StoryOf(book.first() +
                             static_cast<ItemNumber>(random.Below(book.next() - book.first()))));
    } else {
      book.Begin();
    }
    if (book.next() - book.first() > 100'000) book.ExpireOldest();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(KeepBooks);

}  // namespace
}  // namespace samestory
