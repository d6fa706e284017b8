#include "exact_eval.h"

#include <utility>

#include "corpus/generator.h"
#include "engine/shingle_record.h"
#include "samestory/engine.h"

namespace samestory::quality {
namespace {

absl::StatusOr<ExactRow> EvaluateKind(const std::string& data_dir, bench::CorpusKind kind,
                                      const std::string& name, std::size_t n) {
  auto base = bench::LoadBase(data_dir, kind);
  if (!base.ok()) return base.status();
  bench::CorpusGenerator generator(*std::move(base), kind, 1);
  std::vector<std::string> texts;
  std::vector<Record> records;
  for (std::size_t i = 0; i < n; ++i) texts.push_back(generator.Next().text);
  for (std::size_t i = 0; i < n; ++i) {
    Record& record = records.emplace_back();
    record.title = texts[i];
  }
  Options options;
  options.match = Match::kJaccard;
  EngineStats stats;
  auto rows = Cluster(records, options, {}, &stats);
  if (!rows.ok()) return rows.status();
  ExactRow row;
  row.corpus = name;
  row.records = n;
  row.candidates = static_cast<double>(stats.candidates) / static_cast<double>(n);
  cli::ShingleSets sets;
  ShingleSet set;
  for (const Record& record : records) {
    ShingleRecord(record, options, set);
    sets.Add(set);
  }
  row.agreement = cli::CompareWithExact(sets, *rows, cli::EvenSample(n, n), options.threshold);
  return row;
}

}  // namespace

absl::StatusOr<std::vector<ExactRow>> EvaluateExact(const std::string& data_dir,
                                                    std::size_t records) {
  std::vector<ExactRow> rows;
  for (const auto& [kind, name] :
       {std::pair{bench::CorpusKind::kHeadlines, "headlines"},
        std::pair{bench::CorpusKind::kSnippets, "snippets"}}) {
    auto row = EvaluateKind(data_dir, kind, name, records);
    if (!row.ok()) return row.status();
    rows.push_back(*std::move(row));
  }
  return rows;
}

}  // namespace samestory::quality
