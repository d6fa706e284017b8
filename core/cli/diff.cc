// `samestory diff`: what two runs over one stream decided differently, and why.
#include <unistd.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_status.h"
#include "cli/flags.h"
#include "cli/inputs.h"
#include "cli/run_reader.h"
#include "io/writer.h"
#include "samestory/engine.h"

namespace samestory::cli {
namespace {

struct DiffFlags {
  CommonFlags common;
  std::string a, b;
  std::size_t remember = 200'000;
};

// As diff ends.
enum DiffStatus : int { kEqual = 0, kDifferent = 1, kTrouble = 2 };

/// The texts of the latest records, to explain pairs with.
class Texts {
 public:
  explicit Texts(std::size_t most) : most_(most) {}

  void Add(const std::string& id, std::shared_ptr<const RunRecord> record) {
    by_id_[id] = std::move(record);
    order_.push_back(id);
    if (order_.size() <= most_) return;
    // An id that came again is known for as long as its first coming.
    by_id_.erase(order_.front());
    order_.pop_front();
  }

  const RunRecord* Find(const std::string& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second.get();
  }

 private:
  std::size_t most_;
  std::unordered_map<std::string, std::shared_ptr<const RunRecord>> by_id_;
  std::deque<std::string> order_;
};

/// The stories of one run as records name them, each with its anchor: the first record
/// that it was named for, and the other run's story of that record.
class Stories {
 public:
  struct Anchor {
    std::string id, other_story;
  };

  explicit Stories(std::size_t most) : most_(most) {}

  /// The anchor of `story`, which becomes the record `id` where it has none yet; null then.
  const Anchor* Enter(const std::string& story, const std::string& id,
                      const std::string& other_story) {
    const auto [found, is_new] = anchors_.try_emplace(story, Anchor{id, other_story});
    if (!is_new) return &found->second;
    order_.push_back(story);
    if (order_.size() > most_) {
      anchors_.erase(order_.front());
      order_.pop_front();
    }
    return nullptr;
  }

 private:
  std::size_t most_;
  std::unordered_map<std::string, Anchor> anchors_;
  std::deque<std::string> order_;
};

/// How the two runs differ in one record.
struct Difference {
  std::vector<const char*> changes;
  std::string with;  ///< id of the record to explain against; empty: none
};

class Differ {
 public:
  Differ(const DiffFlags& flags, Console& console)
      : flags_(flags),
        console_(console),
        texts_(flags.remember),
        a_stories_(flags.remember),
        b_stories_(flags.remember) {}

  int Run();

 private:
  absl::Status Pair(RunReader& a, RunReader& b);
  absl::Status Compare(std::shared_ptr<const RunRecord> a, const RunRecord& b);
  Difference Judge(const RunRecord& a, const RunRecord& b);
  void Count(const Difference& difference);
  std::string Explained(const RunRecord& record, const std::string& with) const;
  absl::Status Print(const RunRecord& a, const RunRecord& b, const Difference& difference);
  absl::Status Alone(const RunRecord& record, const char* change);
  absl::Status Summary();
  int Fail(const absl::Status& status);

  const DiffFlags& flags_;
  Console& console_;
  Texts texts_;
  Stories a_stories_, b_stories_;
  io::OutputFile out_{STDOUT_FILENO, "standard output"};
  std::uint64_t records_ = 0, differing_ = 0;
  std::vector<std::pair<const char*, std::uint64_t>> counts_ = {
      {"join_gained", 0}, {"join_lost", 0}, {"drop_gained", 0}, {"drop_lost", 0},
      {"relation", 0},    {"only_in_a", 0}, {"only_in_b", 0}};
};

int Differ::Fail(const absl::Status& status) {
  console_.Error(std::string(status.message()));
  return kTrouble;
}

int Differ::Run() {
  const auto on_bad = [this](const io::BadRecord& bad) { console_.BadRecord(bad); };
  auto a = RunReader::Open(flags_.a, flags_.common.reader, on_bad);
  if (!a.ok()) return Fail(a.status());
  auto b = RunReader::Open(flags_.b, flags_.common.reader, on_bad);
  if (!b.ok()) return Fail(b.status());
  absl::Status status = Pair(**a, **b);
  if (status.ok()) status = Summary();
  if (status.ok()) status = out_.Flush();
  if (!status.ok()) return Fail(status);
  if (console_.bad() > 0) return kSkippedBad;
  return differing_ == 0 ? kEqual : kDifferent;
}

// The runs have the same records in the same order, but that either may lack some.
absl::Status Differ::Pair(RunReader& a, RunReader& b) {
  while (true) {
    const absl::StatusOr<const RunRecord*> first = a.Peek(0), second = b.Peek(0);
    if (!first.ok()) return first.status();
    if (!second.ok()) return second.status();
    if (*first == nullptr && *second == nullptr) return absl::OkStatus();
    const absl::StatusOr<Step> step = NextStep(a, b);
    if (!step.ok()) return step.status();
    absl::Status status;
    if (*step == Step::kBoth) {
      const std::shared_ptr<const RunRecord> taken = b.Take();
      status = Compare(a.Take(), *taken);
    } else if (*step == Step::kOnlyA) {
      status = Alone(*a.Take(), "only_in_a");
    } else {
      status = Alone(*b.Take(), "only_in_b");
    }
    if (!status.ok()) return status;
  }
}

absl::Status Differ::Compare(std::shared_ptr<const RunRecord> a, const RunRecord& b) {
  ++records_;
  const Difference difference = Judge(*a, b);
  absl::Status status;
  if (!difference.changes.empty()) {
    Count(difference);
    status = Print(*a, b, difference);
  }
  const std::string id = a->id;
  texts_.Add(id, std::move(a));
  return status;
}

Difference Differ::Judge(const RunRecord& a, const RunRecord& b) {
  Difference difference;
  const Stories::Anchor* a_anchor = a_stories_.Enter(a.story, a.id, b.story);
  const Stories::Anchor* b_anchor = b_stories_.Enter(b.story, b.id, a.story);
  // Joined in A with its anchor there; is it in B?
  if (a_anchor != nullptr && a_anchor->other_story != b.story) {
    difference.changes.push_back("join_lost");
    difference.with = a.of.empty() ? a_anchor->id : a.of;
  }
  if (b_anchor != nullptr && b_anchor->other_story != a.story) {
    difference.changes.push_back("join_gained");
    if (difference.with.empty()) difference.with = b.of.empty() ? b_anchor->id : b.of;
  }
  if (a.drop != b.drop) difference.changes.push_back(b.drop ? "drop_gained" : "drop_lost");
  if (a.relation != b.relation) difference.changes.push_back("relation");
  if (difference.with.empty()) difference.with = b.of.empty() ? a.of : b.of;
  return difference;
}

void Differ::Count(const Difference& difference) {
  ++differing_;
  for (const char* change : difference.changes) {
    for (auto& [name, count] : counts_) {
      if (std::string_view(name) == change) ++count;
    }
  }
}

/// Why the engine joins or parts the two, in one line.
std::string Differ::Explained(const RunRecord& record, const std::string& with) const {
  const RunRecord* other = with.empty() ? nullptr : texts_.Find(with);
  if (other == nullptr) return "the other record is not at hand any more";
  const absl::StatusOr<Explanation> explanation =
      Explain(other->view, record.view, flags_.common.options);
  if (!explanation.ok()) return std::string(explanation.status().message());
  std::string line = explanation->reason;
  absl::StrAppendFormat(&line, " (Jaccard %.2f", explanation->verdict.jaccard);
  if (flags_.common.options.match == Match::kJudge) {
    absl::StrAppendFormat(&line, ", probability %.3f", explanation->verdict.probability);
  }
  line += ')';
  if (!explanation->changes.empty()) {
    absl::StrAppend(&line, "; it would turn: ", explanation->changes.front());
  }
  return line;
}

absl::Status Differ::Print(const RunRecord& a, const RunRecord& b, const Difference& difference) {
  const std::string why = Explained(a, difference.with);
  std::string line;
  if (flags_.common.format == Format::kText) {
    std::string changes;
    for (const char* change : difference.changes) {
      absl::StrAppend(&changes, changes.empty() ? "" : ", ", change);
    }
    absl::StrAppend(&line, changes, ": ", HeadlineOf(a.view), "\n  A ", a.Text(), "\n  B ",
                    b.Text(), "\n");
    if (const RunRecord* other = texts_.Find(difference.with); other != nullptr) {
      absl::StrAppend(&line, "  with ", difference.with, ": ", HeadlineOf(other->view), "\n");
    }
    absl::StrAppend(&line, "  ", why, "\n");
    return out_.Write(line);
  }
  io::JsonWriter json(line);
  json.BeginObject().Key("id").Raw(a.id).Key("changes").BeginArray();
  for (const char* change : difference.changes) json.String(change);
  json.EndArray().Key("with");
  if (difference.with.empty()) {
    json.Null();
  } else {
    json.Raw(difference.with);
  }
  json.Key("a").Raw(a.decision).Key("b").Raw(b.decision).Key("why").String(why).EndObject();
  line += '\n';
  return out_.Write(line);
}

absl::Status Differ::Alone(const RunRecord& record, const char* change) {
  Difference difference;
  difference.changes.push_back(change);
  Count(difference);
  std::string line;
  if (flags_.common.format == Format::kText) {
    absl::StrAppend(&line, change, ": ", HeadlineOf(record.view), "\n  ", record.Text(), "\n");
    return out_.Write(line);
  }
  io::JsonWriter json(line);
  json.BeginObject().Key("id").Raw(record.id).Key("changes").BeginArray().String(change);
  json.EndArray().Key(change == std::string_view("only_in_a") ? "a" : "b").Raw(record.decision);
  json.EndObject();
  line += '\n';
  return out_.Write(line);
}

absl::Status Differ::Summary() {
  std::string line;
  if (flags_.common.format == Format::kText) {
    absl::StrAppend(&line, records_, " records in both runs, ", differing_, " differences");
    for (const auto& [name, count] : counts_) absl::StrAppend(&line, ", ", name, " ", count);
  } else {
    io::JsonWriter json(line);
    json.BeginObject().Key("records").Uint(records_).Key("differing").Uint(differing_);
    for (const auto& [name, count] : counts_) json.Key(name).Uint(count);
    json.EndObject();
  }
  line += '\n';
  return out_.Write(line);
}

}  // namespace

void AddDiff(CLI::App& program, Run& run) {
  auto flags = std::make_shared<DiffFlags>();
  CLI::App* app = program.add_subcommand(
      "diff", "two runs over one stream: what they decided differently, and why");
  app->footer(
      "\nExample: samestory diff --format text before.ndjson after.ndjson\n"
      "A and B are what clean wrote of the same records, of two versions or with two\n"
      "thresholds. Joins gained and lost are told against the first record of a story.\n"
      "Pairs are explained with the options that are given here.\n"
      "Exit status: 0 the runs are equal; 1 they differ; 2 wrong usage or a file that\n"
      "cannot be read; 3 bad records were skipped.");
  app->add_option("A", flags->a, "annotated records of the one run")->required()->type_name("");
  app->add_option("B", flags->b, "of the other")->required()->type_name("");
  app->add_option("--remember", flags->remember,
                  "records and stories of each run that are known at a time")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 30));
  AddDecisionFlags(*app, flags->common);
  AddFieldFlags(*app, flags->common);
  AddOutputFlags(*app, flags->common);
  app->callback([flags, &run] {
    run = [flags] {
      Console console(flags->common.quiet, false);
      return Differ(*flags, console).Run();
    };
  });
}

}  // namespace samestory::cli
