#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_status.h"
#include "cli/flags.h"
#include "cli/inputs.h"
#include "cli/other.h"
#include "io/writer.h"
#include "samestory/engine.h"

namespace samestory::cli {
namespace {

// Records decided at once where the input has as many ready; results are written behind each batch.
constexpr std::size_t kBatch = 1024;

constexpr Relation kRelations[] = {Relation::kNew,      Relation::kExact,  Relation::kCopy,
                                   Relation::kTruncated, Relation::kContains, Relation::kUpdate,
                                   Relation::kReworded, Relation::kTemplate};

struct CleanFlags {
  CommonFlags common;
  bool only_new = false;
  std::string events;
  bool drop[std::size(kRelations)] = {};
};

std::optional<Relation> ParseRelation(std::string_view name) {
  for (const Relation relation : kRelations) {
    if (RelationName(relation) == name) return relation;
  }
  return std::nullopt;
}

// The run: batches in, decisions out, events beside them.
class Cleaner {
 public:
  /// `events` may be null.
  Cleaner(const CleanFlags& flags, Console& console, Engine& engine,
          std::unique_ptr<io::OutputFile> events)
      : flags_(flags), console_(console), engine_(engine), events_(std::move(events)) {
    if (events_ != nullptr) {
      engine_.SetListener([this](const StoryEvent& event) { WriteEvent(event); });
    }
  }

  absl::Status Run() {
    absl::Status status = ReadBatches(flags_.common, kBatch, console_,
                                      [this](Batch& batch) { return Take(batch); });
    // What was decided before an error is good and is written.
    if (absl::Status flushed = Flush(); status.ok()) status = flushed;
    return status;
  }

  std::uint64_t records() const { return records_; }
  std::uint64_t dropped() const { return dropped_; }

 private:
  absl::Status Take(Batch& batch) {
    const absl::Status decided = engine_.AddBatch(batch.views, decisions_);
    for (std::size_t i = 0; i < decisions_.size(); ++i) {
      if (absl::Status status = Write(batch, i); !status.ok()) return status;
    }
    if (!decided.ok()) return decided;
    return batch.more_at_once ? absl::OkStatus() : Flush();
  }

  absl::Status Flush() {
    // Events first: a decision that can be read has its events on record.
    if (absl::Status status = event_status_; !status.ok()) return status;
    if (events_ != nullptr) {
      if (absl::Status status = events_->Flush(); !status.ok()) return status;
    }
    return out_.Flush();
  }

  absl::Status Write(const Batch& batch, std::size_t i) {
    const Decision& decision = decisions_[i];
    const bool drop = flags_.drop[static_cast<int>(decision.relation)];
    ++records_;
    dropped_ += drop;
    if (drop && flags_.only_new) return absl::OkStatus();
    return out_.Write(flags_.common.format == Format::kText
                          ? Text(batch.views[i], decision, drop)
                          : Json(batch, i, decision, drop));
  }

  static std::string Json(const Batch& batch, std::size_t i, const Decision& decision, bool drop) {
    std::string value, line;
    io::JsonWriter json(value);
    json.BeginObject().Key("action").String(drop ? "drop" : "keep");
    json.Key("relation").String(RelationName(decision.relation));
    AddIdToken(json.Key("of"), decision.of);
    json.Key("similarity").Number(decision.similarity);
    json.Key("story").String(StoryName(decision.story));
    AddOther(json, decision.other, batch.views[i].text);
    json.EndObject();
    io::AnnotateObject(batch.records[i].raw, "samestory", value, line);
    line += '\n';
    return line;
  }

  static std::string Text(const Record& record, const Decision& decision, bool drop) {
    std::string line = absl::StrFormat("%-4s %-9s %-6s %s", drop ? "drop" : "keep",
                                       std::string(RelationName(decision.relation)),
                                       StoryName(decision.story), HeadlineOf(record));
    if (!decision.of.empty()) absl::StrAppend(&line, "  <- ", decision.of);
    line += '\n';
    for (const OtherHeadline& other : decision.other) {
      absl::StrAppend(&line, "       other headline: ",
                      std::string(record.text.substr(other.begin, other.end - other.begin)),
                      other.story ? absl::StrCat("  = ", StoryName(*other.story)) : "", "\n");
    }
    return line;
  }

  void WriteEvent(const StoryEvent& event) {
    static constexpr const char* kNames[] = {"story", "member", "merge", "expire"};
    std::string line;
    io::JsonWriter json(line);
    json.BeginObject().Key("event").String(kNames[static_cast<int>(event.kind)]);
    json.Key("story").String(StoryName(event.story));
    if (event.into != 0) json.Key("into").String(StoryName(event.into));
    if (!event.id.empty()) {
      json.Key("id").Raw(event.id).Key("relation").String(RelationName(event.relation));
    }
    json.EndObject();
    line += '\n';
    if (event_status_.ok()) event_status_ = events_->Write(line);
  }

  const CleanFlags& flags_;
  Console& console_;
  Engine& engine_;
  io::OutputFile out_{STDOUT_FILENO, "standard output"};
  std::unique_ptr<io::OutputFile> events_;
  absl::Status event_status_;
  std::vector<Decision> decisions_;
  std::uint64_t records_ = 0, dropped_ = 0;
};

int RunClean(const CleanFlags& flags) {
  Console console(flags.common.quiet, flags.common.strict);
  absl::StatusOr<std::unique_ptr<Engine>> engine = Engine::Create(flags.common.options);
  if (!engine.ok()) {
    console.Error(std::string(engine.status().message()));
    return kWrongUsage;
  }
  std::unique_ptr<io::OutputFile> events;
  if (!flags.events.empty()) {
    absl::StatusOr<std::unique_ptr<io::OutputFile>> opened = io::OutputFile::Append(flags.events);
    if (!opened.ok()) {
      console.Error(std::string(opened.status().message()));
      return kFailed;
    }
    events = *std::move(opened);
  }
  Cleaner cleaner(flags, console, **engine, std::move(events));
  if (absl::Status status = cleaner.Run(); !status.ok()) {
    console.Error(std::string(status.message()));
    return kFailed;
  }
  console.Summary(cleaner.records(), (*engine)->stats(), cleaner.dropped());
  return console.bad() > 0 ? kSkippedBad : kDone;
}

void SetDrops(const std::string& list, CleanFlags& flags) {
  std::fill(std::begin(flags.drop), std::end(flags.drop), false);
  for (const absl::string_view name : absl::StrSplit(list, ',', absl::SkipEmpty())) {
    const std::optional<Relation> relation = ParseRelation({name.data(), name.size()});
    if (!relation) {
      throw CLI::ValidationError("--drop", "'" + std::string(name) + "' is not a relation");
    }
    flags.drop[static_cast<int>(*relation)] = true;
  }
}

}  // namespace

void AddClean(CLI::App& program, Run& run) {
  auto flags = std::make_shared<CleanFlags>();
  for (const Relation relation : kRelations) {
    flags->drop[static_cast<int>(relation)] = IsRedundant(relation);
  }
  CLI::App* app = program.add_subcommand(
      "clean", "the feed-cleaning stage: records as they come, each with its decision");
  app->footer("\nExample: samestory clean --window 72h < river.ndjson > cleaned.ndjson\n"
              "Writes every record with one more field, samestory: keep or drop, the relation\n"
              "(new, exact, copy, truncated, contains, update, reworded, template), the item it\n"
              "relates to, and the story.");
  AddInputFlags(*app, flags->common);
  app->add_option_function<std::string>(
         "--window",
         [flags](const std::string& text) {
           flags->common.options.window_seconds = ParseDuration(text);
         },
         "remember items this long, such as 72h or 7d; default: for the whole run")
      ->type_name("DURATION");
  app->add_option_function<std::string>(
         "--drop", [flags](const std::string& list) { SetDrops(list, *flags); },
         "relations whose items are dropped")
      ->type_name("RELATIONS")->default_str("exact,copy,truncated");
  app->add_flag("--only-new", flags->only_new, "write only the records that are kept");
  app->add_option("--events", flags->events, "append what happens to stories to this file")
      ->type_name("FILE");
  AddEngineFlags(*app, flags->common);
  AddOutputFlags(*app, flags->common);
  app->callback([flags, &run] { run = [flags] { return RunClean(*flags); }; });
}

}  // namespace samestory::cli
