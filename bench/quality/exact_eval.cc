#include "exact_eval.h"

#include <utility>

#include "corpus/generator.h"
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
  for (std::size_t i = 0; i < n; ++i) texts.push_back(generator.Next());
  for (std::size_t i = 0; i < n; ++i) {
    Record& record = records.emplace_back();
    record.title = texts[i];
    // In input order, which is that of the exact comparison.
    record.published = static_cast<std::int64_t>(1'700'000'000 + i);
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
  row.agreement = bench::CompareWithExact(records, *rows, options);
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
