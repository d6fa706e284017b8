// The split: lines a second alone and against a corpus, and the stages within. The pages are
// invented: sentences of made-up words, drawn by rank as in real text.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "samestory/split.h"
#include "split/evidence.h"
#include "split/features.h"
#include "split/marks.h"
#include "split/page.h"
#include "text/background.h"

namespace samestory {
namespace {

// A vocabulary of common English words first and made-up ones behind, chosen by rank with
// probability ~ 1 / rank.
std::string Word(std::mt19937& random) {
  static const char* const kCommon[] = {"the",  "of", "and", "to",   "in",  "a",
                                        "said", "on", "for", "that", "was", "is",
                                        "with", "by", "at",  "from", "will"};
  const double share = std::generate_canonical<double, 53>(random);
  const auto rank = static_cast<std::size_t>(std::exp(share * std::log(40'000.0)));
  if (rank <= std::size(kCommon)) return kCommon[rank - 1];
  std::string word;
  for (std::size_t left = rank; left > 0; left /= 14) {
    word += "bdfglmnprstvkh"[left % 14];
    word += "aeiou"[left % 5];
  }
  if (random() % 6 == 0) word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

std::string Line(std::mt19937& random, std::size_t words, bool stop) {
  std::string line;
  for (std::size_t i = 0; i < words; ++i) line += (i ? " " : "") + Word(random);
  return line + (stop ? ".\n" : "\n");
}

std::vector<std::string> Pages(std::size_t count, std::size_t story_lines) {
  std::mt19937 random(1);
  std::vector<std::string> pages;
  for (std::size_t p = 0; p < count; ++p) {
    std::string page;
    for (std::size_t i = 0; i < story_lines; ++i) page += Line(random, 12 + random() % 18, true);
    for (std::size_t i = 0; i < 5; ++i) page += Line(random, 7 + random() % 6, false);
    pages.push_back(page);
  }
  return pages;
}

void CountLines(benchmark::State& state, std::size_t lines_a_page) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(lines_a_page));
}

void BM_SplitPage(benchmark::State& state) {
  const auto story = static_cast<std::size_t>(state.range(0));
  const auto pages = Pages(200, story);
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(SplitPage(pages[next++ % pages.size()]));
  CountLines(state, story + 5);
}
BENCHMARK(BM_SplitPage)->Arg(9)->Arg(30)->Arg(120);

void BM_SplitPageWithCorpus(benchmark::State& state) {
  const auto story = static_cast<std::size_t>(state.range(0));
  const auto pages = Pages(2'000, story);
  PageCorpus corpus(1);
  for (std::size_t i = 0; i < pages.size(); ++i) corpus.Add(std::to_string(i), "", pages[i]);
  std::size_t next = 0;
  for (auto _ : state) {
    const std::size_t i = next++ % pages.size();
    benchmark::DoNotOptimize(SplitPage(pages[i], {}, &corpus, std::to_string(i)));
  }
  CountLines(state, story + 5);
  state.counters["bytes_a_line"] =
      static_cast<double>(corpus.MemoryBytes()) / static_cast<double>(pages.size() * (story + 5));
}
BENCHMARK(BM_SplitPageWithCorpus)->Arg(9)->Arg(30);

void BM_CorpusAdd(benchmark::State& state) {
  const auto pages = Pages(2'000, 20);
  PageCorpus corpus(1, 100'000);
  std::size_t next = 0;
  for (auto _ : state) corpus.Add("page", "", pages[next++ % pages.size()]);
  CountLines(state, 25);
}
BENCHMARK(BM_CorpusAdd);

void BM_ReadPage(benchmark::State& state) {
  const auto pages = Pages(200, 20);
  const WordStats stats;
  const StatsWordModel words(stats);
  PageReader reader(words);
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(reader.Read(pages[next++ % pages.size()], "en"));
  CountLines(state, 25);
}
BENCHMARK(BM_ReadPage);

void BM_ReadCuts(benchmark::State& state) {
  const auto pages = Pages(200, 20);
  const WordStats stats;
  const StatsWordModel words(stats);
  PageReader reader(words);
  std::vector<Page> read;
  for (const std::string& page : pages) read.push_back(reader.Read(page, "en"));
  std::size_t next = 0;
  for (auto _ : state) {
    const Page& page = read[next++ % read.size()];
    benchmark::DoNotOptimize(ReadCuts(page, words.MaxIdf()));
  }
  CountLines(state, 25);
}
BENCHMARK(BM_ReadCuts);

void BM_ReadMarks(benchmark::State& state) {
  std::mt19937 random(2);
  const std::string line = Line(random, 20, true);
  for (auto _ : state) benchmark::DoNotOptimize(ReadMarks(line));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(line.size()));
}
BENCHMARK(BM_ReadMarks);

void BM_BackgroundLookup(benchmark::State& state) {
  std::mt19937 random(3);
  std::vector<std::uint32_t> hashes;
  for (int i = 0; i < 4096; ++i) hashes.push_back(WordHash(Word(random)));
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(ShippedBackground().DocumentFrequency(hashes[next++ % 4096]));
  }
}
BENCHMARK(BM_BackgroundLookup);

}  // namespace
}  // namespace samestory
