#include "report.h"

#include "absl/strings/str_format.h"
#include "io/writer.h"

namespace samestory::quality {
namespace {

double Percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string SplitTable(const std::vector<SplitRow>& rows) {
  std::string out =
      "## Split: F1 of other lines, recall of main lines, pages with every line right\n\n"
      "| set | variant | method | pages | lines | F1 | main | exact | story lost | other kept |\n"
      "|---|---|---|---|---|---|---|---|---|---|\n";
  for (const SplitRow& row : rows) {
    absl::StrAppendFormat(&out, "| %s | %s | %s | %d | %d | %.3f | %.4f |", row.set, row.variant,
                          row.method, row.pages, row.lines, row.f1, row.main_recall);
    if (row.exact) {
      absl::StrAppendFormat(&out, " %.3f | %d | %d |\n", *row.exact, row.main_lost, row.other_kept);
    } else {
      out += " | | |\n";
    }
  }
  return out + "\n";
}

std::string CalibrationTable(const std::vector<Calibration>& sets) {
  std::string out =
      "## Split: probability of being story, cross-validated\n\n"
      "| set | predicted | lines | mean prediction | story |\n|---|---|---|---|---|\n";
  for (const Calibration& set : sets) {
    for (std::size_t i = 0; i < set.bins().size(); ++i) {
      const Calibration::Bin& bin = set.bins()[i];
      if (bin.lines == 0) continue;
      const auto lines = static_cast<double>(bin.lines);
      absl::StrAppendFormat(&out, "| %s | .%d | %d | %.3f | %.3f |\n", set.set(), i, bin.lines,
                            bin.predicted / lines, static_cast<double>(bin.main) / lines);
    }
    absl::StrAppendFormat(&out, "| %s | expected calibration error | | | %.4f |\n", set.set(),
                          set.Error());
  }
  return out + "\n";
}

std::string SeenTable(const std::vector<SeenRow>& rows) {
  std::string out =
      "## Split: items named as those whose headline a line is\n\n"
      "| lines | items | lines | named | precision | recall | names on story lines |\n"
      "|---|---|---|---|---|---|---|\n";
  for (const SeenRow& row : rows) {
    absl::StrAppendFormat(&out, "| %s | %d | %d | %d | %.4f | %.4f | %d |\n", row.set, row.items,
                          row.lines, row.named, Percent(row.right, row.named) / 100,
                          Percent(row.right, row.lines) / 100, row.by_mistake);
  }
  return out + "\n";
}

std::string SpeedTable(const std::vector<SplitSpeed>& rows) {
  std::string out =
      "## Split: speed on one processor\n\n"
      "| set | pages/s | lines/s | pages/s with a corpus | lines/s with a corpus | lines/s added "
      "to it |\n|---|---|---|---|---|---|\n";
  for (const SplitSpeed& row : rows) {
    absl::StrAppendFormat(&out, "| %s | %.0f | %.0f | %.0f | %.0f | %.0f |\n", row.set, row.pages,
                          row.lines, row.pages_with_corpus, row.lines_with_corpus, row.lines_added);
  }
  return out + "\n";
}

std::string MatchTable(const std::string& title, const std::vector<MatchRow>& rows) {
  std::string out = "## " + title +
                    "\n\n| set | method | pairs | joined % | dropped % |\n|---|---|---|---|---|\n";
  for (const MatchRow& row : rows) {
    absl::StrAppendFormat(&out, "| %s | %s | %d | %.2f | %.2f |\n", row.set, row.method, row.n,
                          Percent(row.joined, row.n), Percent(row.dropped, row.n));
  }
  return out + "\n";
}

std::string HandTable(const std::vector<HandScore>& scores) {
  std::string out =
      "## Hand-labelled pairs of different outlets\n\n"
      "| method | precision | recall | F1 |\n|---|---|---|---|\n";
  for (const HandScore& score : scores) {
    absl::StrAppendFormat(&out, "| %s | %.3f | %.3f | %.3f |\n", score.method, score.precision,
                          score.recall, score.f1);
  }
  return out + "\n";
}

std::string StreamSummary(const StreamReport& stream) {
  const double n = static_cast<double>(stream.records);
  return absl::StrFormat(
      "%d records, %d stories, the largest of %d items, %.2f candidates a record, %.0f records/s, "
      "%.0f bytes a record.\n\n",
      stream.records, stream.stats.stories, stream.largest_story,
      static_cast<double>(stream.stats.candidates) / n, n / stream.seconds,
      static_cast<double>(stream.stats.memory_bytes) / n);
}

std::string ExactTable(const std::vector<ExactRow>& rows) {
  std::string out =
      "## `--match jaccard` against exact Jaccard at the threshold\n\n"
      "| corpus | records | pairs | in one story | duplicates found | links right | candidates a "
      "record |\n|---|---|---|---|---|---|---|\n";
  for (const ExactRow& row : rows) {
    absl::StrAppendFormat(&out, "| %s | %d | %d | %.5f | %.5f | %.5f | %.2f |\n", row.corpus,
                          row.records, row.agreement.pairs, row.agreement.pair_recall(),
                          row.agreement.recall(), row.agreement.precision(), row.candidates);
  }
  return out + "\n";
}

void AddMatchRows(io::JsonWriter& json, const std::vector<MatchRow>& rows) {
  json.BeginArray();
  for (const MatchRow& row : rows) {
    json.BeginObject().Key("set").String(row.set).Key("method").String(row.method);
    json.Key("pairs").Uint(row.n).Key("joined").Uint(row.joined);
    json.Key("dropped").Uint(row.dropped).EndObject();
  }
  json.EndArray();
}

void AddSplitRows(io::JsonWriter& json, const std::vector<SplitRow>& rows) {
  json.BeginArray();
  for (const SplitRow& row : rows) {
    json.BeginObject().Key("set").String(row.set).Key("variant").String(row.variant);
    json.Key("method").String(row.method).Key("pages").Uint(row.pages);
    json.Key("f1").Number(row.f1, 4).Key("main_recall").Number(row.main_recall, 4);
    json.Key("lines").Uint(row.lines);
    if (row.exact) json.Key("exact").Number(*row.exact, 4);
    json.EndObject();
  }
  json.EndArray();
}

void AddCalibration(io::JsonWriter& json, const std::vector<Calibration>& sets) {
  json.BeginArray();
  for (const Calibration& set : sets) {
    json.BeginObject().Key("set").String(set.set()).Key("error").Number(set.Error(), 6);
    json.Key("bins").BeginArray();
    for (const Calibration::Bin& bin : set.bins()) {
      json.BeginObject().Key("lines").Uint(bin.lines).Key("main").Uint(bin.main);
      json.Key("predicted").Number(bin.predicted, 4).EndObject();
    }
    json.EndArray();
    json.EndObject();
  }
  json.EndArray();
}

void AddSeenRows(io::JsonWriter& json, const std::vector<SeenRow>& rows) {
  json.BeginArray();
  for (const SeenRow& row : rows) {
    json.BeginObject().Key("set").String(row.set).Key("items").Uint(row.items);
    json.Key("lines").Uint(row.lines).Key("named").Uint(row.named);
    json.Key("right").Uint(row.right).Key("by_mistake").Uint(row.by_mistake).EndObject();
  }
  json.EndArray();
}

void AddSpeedRows(io::JsonWriter& json, const std::vector<SplitSpeed>& rows) {
  json.BeginArray();
  for (const SplitSpeed& row : rows) {
    json.BeginObject().Key("set").String(row.set);
    json.Key("pages").Number(row.pages, 0).Key("lines").Number(row.lines, 0);
    json.Key("pages_with_corpus").Number(row.pages_with_corpus, 0);
    json.Key("lines_with_corpus").Number(row.lines_with_corpus, 0);
    json.Key("lines_added").Number(row.lines_added, 0).EndObject();
  }
  json.EndArray();
}

void AddExactRows(io::JsonWriter& json, const std::vector<ExactRow>& rows) {
  json.BeginArray();
  for (const ExactRow& row : rows) {
    json.BeginObject().Key("corpus").String(row.corpus).Key("records").Uint(row.records);
    json.Key("pairs").Uint(row.agreement.pairs);
    json.Key("pair_recall").Number(row.agreement.pair_recall(), 6);
    json.Key("recall").Number(row.agreement.recall(), 6);
    json.Key("precision").Number(row.agreement.precision(), 6);
    json.Key("candidates").Number(row.candidates, 3).EndObject();
  }
  json.EndArray();
}

}  // namespace

std::string Table(const Report& report) {
  std::string out;
  if (!report.split.empty()) out += SplitTable(report.split);
  if (!report.calibration.empty()) out += CalibrationTable(report.calibration);
  if (!report.seen.empty()) out += SeenTable(report.seen);
  if (!report.split_speed.empty()) out += SpeedTable(report.split_speed);
  if (report.match) {
    out += MatchTable("Match: pairs given", report.match->rows) + HandTable(report.match->hand);
  }
  if (!report.sts.empty()) out += StsTable(report.sts);
  if (report.match_reliability) out += ReliabilityTable(*report.match_reliability);
  if (report.stream) {
    out += MatchTable("Match: pairs in a stream of other news", report.stream->rows) +
           StreamSummary(*report.stream);
  }
  if (!report.exact.empty()) out += ExactTable(report.exact);
  return out;
}

std::string Json(const Report& report) {
  std::string out;
  io::JsonWriter json(out);
  json.BeginObject();
  AddSplitRows(json.Key("split"), report.split);
  AddCalibration(json.Key("calibration"), report.calibration);
  AddSeenRows(json.Key("seen"), report.seen);
  AddSpeedRows(json.Key("split_speed"), report.split_speed);
  AddMatchRows(json.Key("match"), report.match ? report.match->rows : std::vector<MatchRow>());
  json.Key("hand").BeginArray();
  for (const HandScore& s : report.match ? report.match->hand : std::vector<HandScore>()) {
    json.BeginObject().Key("method").String(s.method).Key("precision").Number(s.precision);
    json.Key("recall").Number(s.recall).Key("f1").Number(s.f1).EndObject();
  }
  json.EndArray();
  json.Key("sts").BeginArray();
  for (const StsScore& s : report.sts) {
    json.BeginObject().Key("method").String(s.method).Key("pairs").Uint(s.pairs);
    json.Key("pearson").Number(s.pearson).Key("spearman").Number(s.spearman).EndObject();
  }
  json.EndArray();
  AddMatchRows(json.Key("stream"), report.stream ? report.stream->rows : std::vector<MatchRow>());
  AddExactRows(json.Key("exact"), report.exact);
  json.EndObject();
  return out + "\n";
}

}  // namespace samestory::quality
