// Text: canonical words, shingles, segments, source dirt. Times are for one headline (or text) of
// the kind named; bytes_per_second counts the bytes read.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "samestory/text.h"
#include "text/canonicalizer.h"
#include "text/source_dirt.h"
#include "text/word_stats.h"

namespace samestory {
namespace {

constexpr std::size_t kTexts = 4096;

// Texts of `words` words drawn from `pool`, every tenth word from `rare` instead.
std::vector<std::string> Texts(const std::vector<std::string_view>& pool,
                               const std::vector<std::string_view>& rare, int words) {
  std::mt19937 random(7);
  std::vector<std::string> texts(kTexts);
  for (std::string& text : texts) {
    for (int i = 0; i < words; ++i) {
      const auto& from = random() % 10 == 0 ? rare : pool;
      text.append(i > 0 ? " " : "").append(from[random() % from.size()]);
    }
  }
  return texts;
}

const std::vector<std::string_view> kEnglish = {
    "council", "votes",  "to",      "close",    "Harbour", "bridge", "after", "storm",
    "damage",  "in",     "Norland", "minister", "says",    "the",    "ferry", "strike",
    "will",    "end",    "as",      "talks",    "resume",  "over",   "pay",   "and",
    "longer",  "shifts", "for",     "crews",    "Tuesday", "of"};
const std::vector<std::string_view> kPunctuated = {"Mayor's",    "U.S.", "3.5%",     "1,200",
                                                   "well-known", "2-1",  "“quoted”", "AT&amp;T",
                                                   "COVID-19",   "10:30"};
const std::vector<std::string_view> kFrench = {"le",       "conseil", "régional", "décide", "après",
                                               "l’orage",  "à",       "Norlande", "où",     "grève",
                                               "ministre", "pont",    "fermé",    "du",     "côté"};
const std::vector<std::string_view> kHindi = {"नगर", "परिषद", "ने",    "पुल",   "बंद",
                                              "करने", "का",    "फैसला", "किया", "तूफान",
                                              "के",   "बाद",   "मंत्री", "हड़ताल"};
const std::vector<std::string_view> kChinese = {"市议会", "决定", "暴风雨", "之后", "关闭",
                                                "大桥",   "部长", "表示",   "罢工", "结束"};

void RunCanonicalize(benchmark::State& state, const std::vector<std::string>& texts,
                     Canonicalizer::Path path) {
  CanonicalText out;
  std::size_t i = 0, bytes = 0;
  for (auto _ : state) {
    const std::string& text = texts[i++ % kTexts];
    Canonicalizer::Run(text, 4096, path, out);
    benchmark::DoNotOptimize(out.words().data());
    bytes += text.size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void BM_CanonicalizePlain(benchmark::State& state) {
  RunCanonicalize(state, Texts(kEnglish, kEnglish, static_cast<int>(state.range(0))),
                  Canonicalizer::Path::kVector);
}
BENCHMARK(BM_CanonicalizePlain)->Arg(10)->Arg(40)->Arg(400);

void BM_CanonicalizePlainScalar(benchmark::State& state) {
  RunCanonicalize(state, Texts(kEnglish, kEnglish, static_cast<int>(state.range(0))),
                  Canonicalizer::Path::kScalar);
}
BENCHMARK(BM_CanonicalizePlainScalar)->Arg(10)->Arg(400);

void BM_CanonicalizePunctuated(benchmark::State& state) {
  RunCanonicalize(state, Texts(kEnglish, kPunctuated, static_cast<int>(state.range(0))),
                  Canonicalizer::Path::kVector);
}
BENCHMARK(BM_CanonicalizePunctuated)->Arg(10)->Arg(40);

void BM_CanonicalizeFrench(benchmark::State& state) {
  RunCanonicalize(state, Texts(kFrench, kFrench, 10), Canonicalizer::Path::kVector);
}
BENCHMARK(BM_CanonicalizeFrench);

void BM_CanonicalizeHindi(benchmark::State& state) {
  RunCanonicalize(state, Texts(kHindi, kHindi, 10), Canonicalizer::Path::kVector);
}
BENCHMARK(BM_CanonicalizeHindi);

void BM_CanonicalizeChinese(benchmark::State& state) {
  RunCanonicalize(state, Texts(kChinese, kChinese, 10), Canonicalizer::Path::kVector);
}
BENCHMARK(BM_CanonicalizeChinese);

void BM_Shingle(benchmark::State& state) {
  const auto texts = Texts(kEnglish, kPunctuated, static_cast<int>(state.range(0)));
  std::vector<CanonicalText> canonical(kTexts);
  for (std::size_t i = 0; i < kTexts; ++i) Canonicalize(texts[i], canonical[i]);
  ShingleSet out;
  std::size_t i = 0;
  for (auto _ : state) {
    Shingle(canonical[i++ % kTexts], 2, 1, out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(BM_Shingle)->Arg(10)->Arg(20)->Arg(40)->Arg(400);

void BM_SegmentHeadline(benchmark::State& state) {
  const auto texts = Texts(kEnglish, kEnglish, 10);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(SegmentText(texts[i++ % kTexts], Segmentation::kSentences));
  }
}
BENCHMARK(BM_SegmentHeadline);

void BM_SegmentParagraph(benchmark::State& state) {
  auto texts = Texts(kEnglish, kPunctuated, 20);
  std::size_t i = 0, bytes = 0;
  for (std::string& text : texts) text += ". Then it rained. Dr. Lund of the U.S. Navy left.";
  for (auto _ : state) {
    const std::string& text = texts[i++ % kTexts];
    benchmark::DoNotOptimize(SegmentText(text, Segmentation::kSentences));
    bytes += text.size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(BM_SegmentParagraph);

void BM_SourceDirt(benchmark::State& state) {
  auto texts = Texts(kEnglish, kPunctuated, 10);
  for (std::size_t i = 0; i < kTexts; ++i) texts[i] += i % 2 == 0 ? " - Coast Desk" : "";
  SourceDirt dirt;
  for (const std::string& text : texts) dirt.Learn(text, "Gazette", "https://gazette.example/1");
  std::size_t i = 0;
  for (auto _ : state) {
    const std::string& text = texts[i++ % kTexts];
    if (state.range(0) == 0) {
      benchmark::DoNotOptimize(dirt.Strip(text, "Gazette", "https://gazette.example/1"));
    } else {
      dirt.Learn(text, "Gazette", "https://gazette.example/1");
    }
  }
  state.SetLabel(state.range(0) == 0 ? "Strip" : "Learn");
}
BENCHMARK(BM_SourceDirt)->Arg(0)->Arg(1);

void BM_WordStats(benchmark::State& state) {
  WordStats stats;
  std::vector<std::uint32_t> words;
  for (std::string_view word : kEnglish) words.push_back(WordHash(Canonicalize(word)));
  words.resize(10);
  for (auto _ : state) {
    if (state.range(0) == 0) {
      double sum = 0;
      for (std::uint32_t word : words) sum += stats.Idf(word);
      benchmark::DoNotOptimize(sum);
    } else {
      stats.Learn(words);
    }
  }
  state.SetLabel(state.range(0) == 0 ? "Idf of 10 words" : "Learn 10 words");
}
BENCHMARK(BM_WordStats)->Arg(0)->Arg(1);

void BM_CanonicalUrl(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        CanonicalUrl("https://www.gazette.example/news/2021/bridge-closed/?utm_source=x&id=5#top"));
  }
}
BENCHMARK(BM_CanonicalUrl);

}  // namespace
}  // namespace samestory
