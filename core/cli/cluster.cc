#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
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

struct ClusterFlags {
  CommonFlags common;
  bool annotate = false;
};

void AddRow(io::JsonWriter& json, const AllRecords& all, const ClusterRow& row,
            const Record& record) {
  json.Key("story").String(StoryName(row.story));
  json.Key("relation").String(RelationName(row.relation));
  AddIdToken(json.Key("of"), row.of ? all.views[*row.of].id : std::string_view());
  json.Key("similarity").Number(row.similarity).Key("size").Uint(row.size);
  AddOther(json, row.other, record.text);
}

absl::Status WriteRows(const ClusterFlags& flags, const AllRecords& all,
                       const std::vector<ClusterRow>& rows, io::OutputFile& out) {
  std::string object, line;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Record& record = all.views[i];
    object.clear();
    io::JsonWriter json(object);
    json.BeginObject();
    if (!flags.annotate) json.Key("id").Raw(record.id);
    AddRow(json, all, rows[i], record);
    json.EndObject();
    line.clear();
    if (flags.annotate) {
      io::AnnotateObject(all.inputs[i]->raw, "samestory", object, line);
    } else {
      line.swap(object);
    }
    line += '\n';
    if (absl::Status status = out.Write(line); !status.ok()) return status;
  }
  return out.Flush();
}

// Stories in order of their first record, those of two or more items with their members.
absl::Status WriteStories(const AllRecords& all, const std::vector<ClusterRow>& rows,
                          io::OutputFile& out) {
  absl::flat_hash_map<StoryId, std::vector<std::size_t>> members;
  std::vector<StoryId> order;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<std::size_t>& list = members[rows[i].story];
    if (list.empty()) order.push_back(rows[i].story);
    list.push_back(i);
  }
  for (const StoryId story : order) {
    const std::vector<std::size_t>& list = members[story];
    std::string text = absl::StrFormat("%s (%d)\n", StoryName(story), list.size());
    for (const std::size_t i : list) {
      absl::StrAppendFormat(&text, "  %-9s %5.2f  %s\n",
                            std::string(RelationName(rows[i].relation)), rows[i].similarity,
                            HeadlineOf(all.views[i]));
    }
    if (absl::Status status = out.Write(text); !status.ok()) return status;
  }
  return out.Flush();
}

absl::Status ClusterAll(const ClusterFlags& flags, const AllRecords& all, Console& console,
                        EngineStats& stats) {
  const auto progress = [&](std::size_t done) {
    console.Progress("clustering", done, all.views.size());
  };
  auto rows = Cluster(all.views, flags.common.options, progress, &stats);
  if (!rows.ok()) return rows.status();
  io::OutputFile out(STDOUT_FILENO, "standard output");
  return flags.common.format == Format::kText ? WriteStories(all, *rows, out)
                                              : WriteRows(flags, all, *rows, out);
}

int RunCluster(const ClusterFlags& flags) {
  Console console(flags.common.quiet, flags.common.strict);
  if (absl::Status status = Validate(flags.common.options); !status.ok()) {
    console.Error(std::string(status.message()));
    return kWrongUsage;
  }
  EngineStats stats;
  const absl::StatusOr<AllRecords> all = ReadAll(flags.common, console);
  absl::Status status = all.status();
  if (status.ok()) status = ClusterAll(flags, *all, console, stats);
  if (!status.ok()) {
    console.Error(std::string(status.message()));
    return kFailed;
  }
  std::uint64_t redundant = 0;
  for (const Relation r : {Relation::kExact, Relation::kCopy, Relation::kTruncated}) {
    redundant += stats.by_relation[static_cast<int>(r)];
  }
  console.Summary(all->views.size(), stats, redundant);
  return console.bad() > 0 ? kSkippedBad : kDone;
}

}  // namespace

void AddCluster(CLI::App& program, Run& run) {
  auto flags = std::make_shared<ClusterFlags>();
  // A batch run has the machine to itself; a stage of a pipeline has not.
  flags->common.options.threads = DefaultThreads();
  CLI::App* app =
      program.add_subcommand("cluster", "the batch run over whole files: a story for every record");
  app->footer("\nExample: samestory cluster headlines.ndjson\n"
              "Writes a line for every record, in input order: its story, how it relates to the\n"
              "item it was compared with, and the size of the story. The same records give the\n"
              "same stories, whatever their order.");
  AddInputFlags(*app, flags->common);
  AddEngineFlags(*app, flags->common);
  AddOutputFlags(*app, flags->common);
  app->add_flag("--annotate", flags->annotate, "write the whole record with its story");
  app->callback([flags, &run] { run = [flags] { return RunCluster(*flags); }; });
}

}  // namespace samestory::cli
