// Writes a corpus of any size as NDJSON, {"id": 1, "title": ...}, of snippets "summary" and of
// articles "text": the same for the same seed. Holds the real texts and some 100,000 made ones,
// however many it writes.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "corpus/generator.h"
#include "io/writer.h"
#include "samestory/lsh.h"
#include "support/attacks.h"

namespace samestory::bench {
namespace {

struct Flags {
  std::string data = SAMESTORY_DATA_DIR, kind = "headlines", known;
  std::size_t n = 1'000'000;
  std::uint64_t seed = 1, attacked_seed = Options().seed;
  double variants = 0.3;
};

const std::map<std::string, CorpusKind> kReal = {{"headlines", CorpusKind::kHeadlines},
                                                 {"snippets", CorpusKind::kSnippets},
                                                 {"articles", CorpusKind::kArticles}};
using Source = std::function<CorpusText()>;

absl::StatusOr<Source> OpenSource(const Flags& flags) {
  if (const auto real = kReal.find(flags.kind); real != kReal.end()) {
    auto base = LoadBase(flags.data, real->second);
    if (!base.ok()) return base.status();
    auto generator = std::make_shared<CorpusGenerator>(*std::move(base), real->second, flags.seed,
                                                       flags.variants);
    return Source([generator] { return generator->Next(); });
  }
  if (flags.kind == "identical") return Source([] { return CorpusText{NumberedHeadline(0), 0}; });
  if (flags.kind == "numbers") {
    return Source([i = std::uint64_t{0}]() mutable {
      return CorpusText{NumberedHeadline(i++), 0};
    });
  }
  const Options options;
  const auto banding = ChooseBanding(options.threshold, options.recall);
  if (!banding.ok()) return banding.status();
  auto attack = std::make_shared<BandAttack>(banding->rows, flags.attacked_seed);
  return Source([attack] { return CorpusText{attack->Next(), 0}; });
}

absl::Status Write(const Flags& flags) {
  auto source = OpenSource(flags);
  if (!source.ok()) return source.status();
  io::OutputFile out(1, "standard output");
  std::unique_ptr<io::OutputFile> known;
  if (!flags.known.empty()) {
    auto opened = io::OutputFile::Open(flags.known);
    if (!opened.ok()) return opened.status();
    known = *std::move(opened);
  }
  const char* const field = flags.kind == "snippets"   ? "summary"
                            : flags.kind == "articles" ? "text"
                                                       : "title";
  std::string line;
  absl::Status status;
  for (std::size_t i = 1; status.ok() && i <= flags.n; ++i) {
    const CorpusText text = (*source)();
    line.clear();
    io::JsonWriter json(line);
    json.BeginObject().Key("id").Uint(i).Key(field).String(text.text);
    json.EndObject();
    status = out.Write(line += '\n');
    if (known == nullptr || text.copy_of == 0 || !status.ok()) continue;
    line.clear();
    io::JsonWriter(line).BeginObject().Key("id").Uint(i).Key("of").Uint(text.copy_of).EndObject();
    status = known->Write(line += '\n');
  }
  if (known != nullptr && status.ok()) status = known->Close();
  return status.ok() ? out.Close() : status;
}

}  // namespace
}  // namespace samestory::bench

int main(int argc, char** argv) {
  samestory::bench::Flags flags;
  CLI::App app(
      "Makes a corpus of headlines, snippets or articles from real news text, or of headlines "
      "that\n"
      "are hard on an index: identical, equal but for a number, or made to share a band.");
  app.add_option("-n", flags.n, "records")->capture_default_str();
  app.add_option("--kind", flags.kind)
      ->check(CLI::IsMember({"headlines", "snippets", "articles", "identical", "numbers", "band"}))
      ->capture_default_str();
  app.add_option("--seed", flags.seed)->capture_default_str();
  app.add_option("--variants", flags.variants, "share of variants of earlier records")
      ->capture_default_str();
  app.add_option("--known", flags.known,
                 "write {\"id\": 7, \"of\": 3} for every variant to this file");
  app.add_option("--attacked-seed", flags.attacked_seed,
                 "band: the engine's seed as the attacker believes it to be; default: its default");
  app.add_option("--data", flags.data, "folder of the news data");
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = samestory::bench::Write(flags);
  if (status.ok()) return 0;
  std::fprintf(stderr, "make_corpus: %s\n", std::string(status.message()).c_str());
  return 1;
}
