// Reading and writing records: from bytes in memory, so that the disk is not measured.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/feed.h"
#include "io/ndjson.h"
#include "io/reader.h"
#include "io/time.h"
#include "io/writer.h"

namespace samestory::io {
namespace {

constexpr int kRecords = 20'000;

class Bytes final : public ByteSource {
 public:
  explicit Bytes(std::string_view bytes) : left_(bytes) {}
  absl::StatusOr<std::size_t> Read(char* out, std::size_t size) override {
    const std::size_t count = std::min(size, left_.size());
    std::memcpy(out, left_.data(), count);
    left_.remove_prefix(count);
    return count;
  }
  bool Ready() const override { return true; }
  std::uint64_t BytesRead() const override { return 0; }
  std::optional<std::uint64_t> BytesTotal() const override { return left_.size(); }

 private:
  std::string_view left_;
};

/// Words that look like a headline of `size` bytes; different for different seeds.
std::string Headline(std::size_t size, unsigned seed) {
  static const char* const kWords[] = {"bridge", "closed",  "after", "storm", "minister", "says",
                                       "rescue", "workers", "find",  "three", "alive",    "in"};
  std::string text;
  while (text.size() < size) {
    seed = seed * 1664525u + 1013904223u;
    text += kWords[(seed >> 16) % std::size(kWords)];
    text += ' ';
  }
  text.resize(size);
  return text;
}

std::string Ndjson(std::size_t title_bytes, std::size_t summary_bytes, bool escapes) {
  std::string lines;
  for (unsigned i = 0; i < kRecords; ++i) {
    lines += "{\"id\":\"item-" + std::to_string(i) + "\",\"title\":\"" + Headline(title_bytes, i);
    if (escapes) lines += "\\u2019s \\\"own\\\"";
    lines += "\"";
    if (summary_bytes > 0) {
      lines += ",\"summary\":\"" + Headline(summary_bytes, i + 1) +
               "\",\"url\":\"https://news.example.org/2021/07/12/item-" + std::to_string(i) +
               ".html\",\"source\":\"The Outlet\",\"published\":\"2021-07-12T06:04:05Z\"";
    }
    lines += "}\n";
  }
  return lines;
}

void Report(benchmark::State& state, std::size_t bytes, std::size_t records) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
  state.counters["records/s"] = benchmark::Counter(
      static_cast<double>(state.iterations() * records), benchmark::Counter::kIsRate);
}

void BM_ReadNdjson(benchmark::State& state) {
  const std::string lines = Ndjson(static_cast<std::size_t>(state.range(0)),
                                   static_cast<std::size_t>(state.range(1)), state.range(2) != 0);
  std::vector<InputRecord> batch;
  for (auto _ : state) {
    const auto reader = ReadNdjson(std::make_unique<Bytes>(lines), "bench", {}, {});
    std::size_t records = 0;
    while (const std::size_t count = reader->NextBatch(batch, 1024).value()) records += count;
    if (records != kRecords) state.SkipWithError("records are missing");
  }
  Report(state, lines.size(), kRecords);
}
BENCHMARK(BM_ReadNdjson)
    ->ArgNames({"title", "summary", "escapes"})
    ->Args({70, 0, 0})
    ->Args({70, 0, 1})
    ->Args({70, 250, 0})
    ->Args({70, 4000, 0});

void BM_AnnotateObject(benchmark::State& state) {
  const std::string raw = "{\"id\":\"item-1\",\"title\":\"" + Headline(70, 1) +
                          "\",\"summary\":\"" + Headline(250, 2) +
                          (state.range(0) != 0 ? " samestory\"}" : "\"}");
  std::string out;
  for (auto _ : state) {
    out.clear();
    AnnotateObject(raw, "samestory", "{\"action\":\"keep\",\"relation\":\"new\"}", out);
    benchmark::DoNotOptimize(out.data());
  }
  Report(state, raw.size(), 1);
}
BENCHMARK(BM_AnnotateObject)->ArgName("key_in_text")->Arg(0)->Arg(1);

void BM_AppendJsonString(benchmark::State& state) {
  const std::string text = Headline(static_cast<std::size_t>(state.range(0)), 1);
  std::string out;
  for (auto _ : state) {
    out.clear();
    AppendJsonString(out, text);
    benchmark::DoNotOptimize(out.data());
  }
  Report(state, text.size(), 1);
}
BENCHMARK(BM_AppendJsonString)->Arg(70)->Arg(4000);

// A row of `cluster` as it is written, to nowhere.
void BM_WriteRow(benchmark::State& state) {
  auto out = OutputFile::Open("/dev/null").value();
  std::string line;
  std::uint64_t id = 1;
  for (auto _ : state) {
    line.clear();
    JsonWriter json(line);
    json.BeginObject().Key("id").Uint(id++).Key("story").String("s123456");
    json.Key("relation").String("copy").Key("of").Uint(1234).Key("similarity").Number(0.8333);
    json.Key("size").Uint(3).EndObject();
    line += '\n';
    benchmark::DoNotOptimize(out->Write(line).ok());
  }
  Report(state, line.size(), 1);
}
BENCHMARK(BM_WriteRow);

void BM_ParseTime(benchmark::State& state) {
  const std::string_view text =
      state.range(0) == 0 ? "2021-07-12T06:04:05Z" : "Mon, 12 Jul 2021 02:04:05 EDT";
  for (auto _ : state) benchmark::DoNotOptimize(ParseTime(text));
}
BENCHMARK(BM_ParseTime)->ArgName("rfc822")->Arg(0)->Arg(1);

void BM_ParseXmlFeed(benchmark::State& state) {
  constexpr unsigned kItems = 100;
  std::string feed = "<rss version='2.0'><channel><title>The Outlet</title>";
  for (unsigned i = 0; i < kItems; ++i) {
    feed += "<item><title>" + Headline(70, i) + "</title><link>https://news.example.org/" +
            std::to_string(i) + "</link><description>&lt;p&gt;" + Headline(250, i + 1) +
            "&lt;/p&gt;</description><guid>" + std::to_string(i) +
            "</guid><pubDate>Mon, 12 Jul 2021 06:04:05 GMT</pubDate></item>\n";
  }
  feed += "</channel></rss>";
  for (auto _ : state) {
    const auto parsed = ParseXmlFeed(feed);
    if (parsed->items.size() != kItems) state.SkipWithError("items are missing");
  }
  Report(state, feed.size(), kItems);
}
BENCHMARK(BM_ParseXmlFeed);

}  // namespace
}  // namespace samestory::io
