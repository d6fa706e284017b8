#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "match/judge.h"
#include "match/profile.h"
#include "match/recurrence.h"
#include "samestory/match.h"
#include "samestory/text.h"
#include "text/word_stats.h"

namespace samestory {
namespace {

constexpr std::int64_t kToday = 20'000;

// A shuffled stream of made-up headlines of twelve words; every fourth is a variant of the one
// before it.
std::vector<std::string> Headlines(std::size_t count) {
  const char* parts[] = {"minister", "flood",   "harbour",  "police",  "storm",
                         "bank",     "village", "election", "players", "court",
                         "bridge",   "report",  "market",   "doctors", "airport",
                         "school",   "strike",  "wildfire", "budget",  "museum"};
  std::mt19937_64 random(7);
  std::vector<std::string> titles;
  for (std::size_t i = 0; i < count; ++i) {
    std::string title;
    for (int word = 0; word < 12; ++word) {
      if (word > 0) title += ' ';
      title += parts[random() % std::size(parts)];
      if (word % 3 == 1) title += static_cast<char>('a' + random() % 26);
    }
    if (i % 5 == 0) title += " " + std::to_string(random() % 100);
    titles.push_back(i % 4 == 3 ? titles.back() + " again" : title);
  }
  return titles;
}

// Profiles of the stream, each stamped by what came before it.
struct Stream {
  explicit Stream(std::size_t count) : titles(Headlines(count)) {
    std::vector<std::uint64_t> keys;
    CanonicalText text;
    for (std::size_t i = 0; i < titles.size(); ++i) {
      Canonicalize(titles[i], text);
      std::vector<std::uint32_t> block;
      BuildProfile(text, titles[i], "en", block);
      const std::int64_t day = kToday + static_cast<std::int64_t>(i * 30 / count);
      StampProfile(words, recurrence, day, block);
      words.Learn(ProfileView(block).word_hashes());
      RecurrenceKeys(ProfileView(block), keys);
      recurrence.Learn(keys, day);
      blocks.push_back(std::move(block));
    }
  }
  std::vector<std::string> titles;
  std::vector<std::vector<std::uint32_t>> blocks;
  WordStats words;
  Recurrence recurrence;
};

const Stream& TheStream() {
  static const Stream stream(10'000);
  return stream;
}

void BM_IntersectionSize(benchmark::State& state) {
  std::mt19937_64 random(1);
  std::vector<std::vector<std::uint32_t>> sets;
  const auto size = static_cast<std::size_t>(state.range(0));
  for (int i = 0; i < 256; ++i) {
    std::set<std::uint32_t> values;
    while (values.size() < size) values.insert(static_cast<std::uint32_t>(random() % (size * 3)));
    sets.emplace_back(values.begin(), values.end());
  }
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(IntersectionSize(sets[i % 256], sets[(i * 7 + 1) % 256]));
    ++i;
  }
}
BENCHMARK(BM_IntersectionSize)->Arg(23)->Arg(80)->Arg(600);

void BM_StandardIntersection(benchmark::State& state) {
  std::mt19937_64 random(1);
  std::vector<std::vector<std::uint32_t>> sets;
  const auto size = static_cast<std::size_t>(state.range(0));
  for (int i = 0; i < 256; ++i) {
    std::set<std::uint32_t> values;
    while (values.size() < size) values.insert(static_cast<std::uint32_t>(random() % (size * 3)));
    sets.emplace_back(values.begin(), values.end());
  }
  std::vector<std::uint32_t> shared;
  std::size_t i = 0;
  for (auto _ : state) {
    shared.clear();
    const auto &a = sets[i % 256], &b = sets[(i * 7 + 1) % 256];
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(shared));
    benchmark::DoNotOptimize(shared.size());
    ++i;
  }
}
BENCHMARK(BM_StandardIntersection)->Arg(23);

void BM_BuildProfile(benchmark::State& state) {
  const Stream& stream = TheStream();
  std::vector<CanonicalText> texts(1000);
  for (std::size_t i = 0; i < texts.size(); ++i) Canonicalize(stream.titles[i], texts[i]);
  std::vector<std::uint32_t> block;
  std::size_t i = 0, bytes = 0;
  for (auto _ : state) {
    const std::size_t at = i++ % texts.size();
    BuildProfile(texts[at], stream.titles[at], "en", block);
    bytes += block.size() * 4;
  }
  state.counters["bytes"] = static_cast<double>(bytes) / static_cast<double>(i);
}
BENCHMARK(BM_BuildProfile);

void BM_StampProfile(benchmark::State& state) {
  const Stream& stream = TheStream();
  auto blocks = stream.blocks;
  std::size_t i = 0;
  for (auto _ : state) {
    StampProfile(stream.words, stream.recurrence, kToday + 31, blocks[i++ % blocks.size()]);
  }
}
BENCHMARK(BM_StampProfile);

void BM_RareWordKeys(benchmark::State& state) {
  const Stream& stream = TheStream();
  std::vector<std::uint64_t> keys;
  std::size_t i = 0;
  for (auto _ : state) {
    RareWordKeys(ProfileView(stream.blocks[i++ % stream.blocks.size()]), stream.words, 1, keys);
    benchmark::DoNotOptimize(keys.data());
  }
}
BENCHMARK(BM_RareWordKeys);

void BM_LearnRecurrence(benchmark::State& state) {
  const Stream& stream = TheStream();
  Recurrence recurrence;
  std::vector<std::uint64_t> keys;
  std::size_t i = 0;
  for (auto _ : state) {
    RecurrenceKeys(ProfileView(stream.blocks[i % stream.blocks.size()]), keys);
    recurrence.Learn(keys, kToday + static_cast<std::int64_t>(i++ / stream.blocks.size()));
  }
}
BENCHMARK(BM_LearnRecurrence);

void Judge(benchmark::State& state, std::size_t distance) {
  const Stream& stream = TheStream();
  const Options options;
  PairContext context;
  context.hours_apart = 5;
  std::size_t i = 0, joined = 0;
  for (auto _ : state) {
    const std::size_t at = 4 * (i++ % (stream.blocks.size() / 4 - 2)) + 2;
    const ProfileView older(stream.blocks[at]), newer(stream.blocks[at + distance]);
    joined += IsSameStory(JudgePair(older, newer, context, options).relation);
  }
  state.counters["joined"] = static_cast<double>(joined) / static_cast<double>(i);
}
void BM_JudgeVariant(benchmark::State& state) { Judge(state, 1); }
BENCHMARK(BM_JudgeVariant);
void BM_JudgeOther(benchmark::State& state) { Judge(state, 4); }
BENCHMARK(BM_JudgeOther);

}  // namespace
}  // namespace samestory
