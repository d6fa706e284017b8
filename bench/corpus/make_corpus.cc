// Writes a corpus of any size as NDJSON: {"id": 1, "title": ...}, the same for the same seed.
#include <cstdio>
#include <map>
#include <string>

#include <CLI/CLI.hpp>

#include "corpus/generator.h"
#include "io/writer.h"

int main(int argc, char** argv) {
  using samestory::bench::CorpusKind;
  CLI::App app("Makes a corpus of headlines, snippets or articles from real news text.");
  std::string data = SAMESTORY_DATA_DIR, kind = "headlines";
  std::size_t n = 1'000'000;
  std::uint64_t seed = 1;
  double variants = 0.3;
  app.add_option("-n", n, "records")->capture_default_str();
  app.add_option("--kind", kind, "headlines, snippets or articles")
      ->check(CLI::IsMember({"headlines", "snippets", "articles"}))->capture_default_str();
  app.add_option("--seed", seed)->capture_default_str();
  app.add_option("--variants", variants, "share of variants")->capture_default_str();
  app.add_option("--data", data, "folder of the news data");
  CLI11_PARSE(app, argc, argv);
  const std::map<std::string, CorpusKind> kinds = {{"headlines", CorpusKind::kHeadlines},
                                                   {"snippets", CorpusKind::kSnippets},
                                                   {"articles", CorpusKind::kArticles}};
  auto base = samestory::bench::LoadBase(data, kinds.at(kind));
  if (!base.ok()) {
    std::fprintf(stderr, "make_corpus: %s\n", std::string(base.status().message()).c_str());
    return 1;
  }
  samestory::bench::CorpusGenerator generator(*std::move(base), kinds.at(kind), seed, variants);
  samestory::io::OutputFile out(1, "standard output");
  std::string line;
  for (std::size_t i = 1; i <= n; ++i) {
    line.clear();
    samestory::io::JsonWriter(line).BeginObject().Key("id").Uint(i).Key(
        kind == "headlines" ? "title" : "text").String(generator.Next()).EndObject();
    line += '\n';
    if (!out.Write(line).ok()) break;
  }
  if (const absl::Status status = out.Close(); !status.ok()) {
    std::fprintf(stderr, "make_corpus: %s\n", std::string(status.message()).c_str());
    return 1;
  }
  return 0;
}
