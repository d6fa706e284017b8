#include "cli/run_reader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/inputs.h"
#include "io/json_text.h"

namespace samestory::cli {
namespace {

// Records looked ahead where the runs do not go in step: one may hold the kept records alone.
constexpr std::size_t kMostAhead = 4096;

/// The value of the member `key` of a JSON object, valid as it was read; empty: none.
std::string_view Member(std::string_view object, std::string_view key) {
  int depth = 0;
  std::size_t begin = 0;  // of the value looked for
  for (std::size_t i = 0; i < object.size();) {
    const char c = object[i];
    if (c == '"') {
      const std::size_t end = io::JsonStringEnd(object, i);
      std::size_t next = end;
      while (next < object.size() && io::IsJsonSpace(object[next])) ++next;
      const bool is_key = next < object.size() && object[next] == ':';
      if (begin == 0 && depth == 1 && is_key && object.substr(i + 1, end - i - 2) == key) {
        begin = next + 1;
      }
      i = end;
      continue;
    }
    const bool closes = c == '}' || c == ']';
    if (begin > 0 && depth == 1 && (c == ',' || closes)) {
      return io::TrimJsonSpace(object.substr(begin, i - begin));
    }
    depth += (c == '{' || c == '[') - closes;
    ++i;
  }
  return {};
}

std::string Text(std::string_view token) {
  if (token.size() < 2 || token.front() != '"') return {};
  return io::UnescapedString(token.substr(1, token.size() - 2));
}

/// Fills what was decided; false where `record` holds no decision.
bool ReadDecision(RunRecord& record) {
  record.decision = std::string(Member(record.input.raw, "samestory"));
  const std::string action = Text(Member(record.decision, "action"));
  record.drop = action == "drop";
  record.relation = Text(Member(record.decision, "relation"));
  record.story = Text(Member(record.decision, "story"));
  const std::string_view of = Member(record.decision, "of");
  if (of != "null") record.of = std::string(of);
  return (record.drop || action == "keep") && !record.relation.empty() && !record.story.empty();
}

}  // namespace

std::string RunRecord::Text() const {
  std::string text = absl::StrCat(drop ? "drop " : "keep ", relation, " ", story);
  if (!of.empty()) absl::StrAppend(&text, " <- ", of);
  return text;
}

absl::StatusOr<std::unique_ptr<RunReader>> RunReader::Open(const std::string& path,
                                                           const io::ReaderOptions& options,
                                                           io::BadRecordHandler on_bad) {
  io::ReaderOptions ndjson = options;
  ndjson.format = io::InputFormat::kNdjson;
  std::unique_ptr<RunReader> run(new RunReader(path, on_bad));
  auto reader = io::OpenReader(path, ndjson, std::move(on_bad));
  if (!reader.ok()) return reader.status();
  run->reader_ = *std::move(reader);
  return run;
}

absl::StatusOr<const RunRecord*> RunReader::Peek(std::size_t ahead) {
  while (ahead_.size() <= ahead && !ended_) {
    auto record = std::make_shared<RunRecord>();
    const absl::StatusOr<bool> more = reader_->Next(record->input);
    if (!more.ok()) return more.status();
    ended_ = !*more;
    if (ended_) break;
    record->id = IdToken(record->input);
    record->view = record->input.record;
    record->view.id = record->id;
    record->view.id_is_made = record->input.id_is_made;
    if (ReadDecision(*record)) {
      ahead_.push_back(std::move(record));
    } else if (on_bad_) {
      on_bad_({path_, record->input.line, "the record holds no decision"});
    }
  }
  return ahead < ahead_.size() ? ahead_[ahead].get() : nullptr;
}

std::shared_ptr<const RunRecord> RunReader::Take() {
  std::shared_ptr<const RunRecord> record = std::move(ahead_.front());
  ahead_.pop_front();
  return record;
}

absl::StatusOr<Step> NextStep(RunReader& a, RunReader& b) {
  const absl::StatusOr<const RunRecord*> first = a.Peek(0), second = b.Peek(0);
  if (!first.ok()) return first.status();
  if (!second.ok()) return second.status();
  if (*first == nullptr) return Step::kOnlyB;
  if (*second == nullptr) return Step::kOnlyA;
  if ((*first)->SameItem(**second)) return Step::kBoth;
  for (std::size_t ahead = 1; ahead < kMostAhead; ++ahead) {
    const absl::StatusOr<const RunRecord*> in_b = b.Peek(ahead), in_a = a.Peek(ahead);
    if (!in_b.ok()) return in_b.status();
    if (!in_a.ok()) return in_a.status();
    if (*in_b != nullptr && (*first)->SameItem(**in_b)) return Step::kOnlyB;
    if (*in_a != nullptr && (*second)->SameItem(**in_a)) return Step::kOnlyA;
    if (*in_a == nullptr && *in_b == nullptr) break;
  }
  return Step::kOnlyA;
}

}  // namespace samestory::cli
