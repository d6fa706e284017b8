#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "base/text_table.h"
#include "cli/cluster_row.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_status.h"
#include "cli/flags.h"
#include "cli/inputs.h"
#include "cli/side_by_side.h"
#include "engine/parallel.h"
#include "io/temp_memory.h"
#include "io/writer.h"
#include "samestory/engine.h"

namespace samestory::cli {
namespace {

// Records read together, and rows made into text side by side.
constexpr std::size_t kReadBatch = 1024;
constexpr std::size_t kRowsAPart = 2048;

// Rows asked for before they are made into text.
constexpr std::size_t kRowsAhead = 32;

struct ClusterFlags {
  CommonFlags common;
  bool annotate = false;
  std::string temp_dir;  // empty: everything in memory
};

// The batch run, and what of each record must be at hand to print its row.
struct ClusterRun {
  std::unique_ptr<Clusterer> clusterer;
  TextTable kept;  // by format: the input objects, headlines, or nothing
};

absl::Status Read(const ClusterFlags& flags, Console& console, ClusterRun& run) {
  const auto prepare = [&](const Batch& batch, PreparedRecords& prepared) {
    run.clusterer->Prepare(batch.views, prepared);
  };
  const auto take = [&](const Batch& batch, PreparedRecords& prepared) {
    for (std::size_t i = 0; i < batch.records.size(); ++i) {
      if (flags.common.format == Format::kText) run.kept.Append(HeadlineOf(batch.views[i]));
      if (flags.annotate) run.kept.Append(batch.records[i].raw);
    }
    return run.clusterer->Add(batch.views, prepared);
  };
  // A bad record that ends the run ends it at its place, so nothing is read ahead of it.
  const int threads = flags.common.strict ? 1 : flags.common.options.threads;
  BatchReader reader(flags.common, kReadBatch, console);
  return ReadSideBySide(reader, threads, {prepare, take});
}

// Appends the line of the i-th record.
void AppendLine(const ClusterFlags& flags, const ClusterRun& run, std::size_t i,
                const NamedRow& named, std::string& out) {
  const Record record = run.clusterer->record(i);
  if (flags.annotate) {
    thread_local std::string object;
    object.clear();
    AppendRow({}, named, record.text, object);
    io::AnnotateObject(run.kept[i], "samestory", object, out);
  } else {
    AppendRow(record.id, named, record.text, out);
  }
  out += '\n';
}

// Appends the lines from `begin` to before `end`. Their stories and the items they name lie all
// over the memory: asked for some at a time, they are fetched side by side.
void AppendRows(const ClusterFlags& flags, const ClusterRun& run, std::size_t begin,
                std::size_t end, std::string& out) {
  std::array<NamedRow, kRowsAhead> rows;
  for (; begin < end; begin += kRowsAhead) {
    const std::size_t n = std::min(kRowsAhead, end - begin);
    for (std::size_t i = 0; i < n; ++i) rows[i].row = run.clusterer->row(begin + i);
    for (std::size_t i = 0; i < n; ++i) {
      const std::optional<std::size_t>& of = rows[i].row.of;
      rows[i].of = of ? run.clusterer->record(*of).id : std::string_view();
      __builtin_prefetch(rows[i].of.data());
    }
    for (std::size_t i = 0; i < n; ++i) AppendLine(flags, run, begin + i, rows[i], out);
  }
}

// While some rows are made into text the ones before are written.
absl::Status WriteRows(const ClusterFlags& flags, const ClusterRun& run, io::OutputFile& out) {
  WorkerPool workers(flags.common.options.threads);
  std::vector<std::string> parts(2 * static_cast<std::size_t>(workers.size())), made(parts.size());
  const std::size_t step = parts.size() * kRowsAPart, total = run.clusterer->size();
  absl::Status status;
  for (std::size_t first = 0; status.ok() && first < total + step; first += step) {
    for (std::string& part : parts) part.clear();
    const auto make = [&](int, std::size_t i, std::size_t) {
      const std::size_t begin = std::min(total, first + i * kRowsAPart);
      AppendRows(flags, run, begin, std::min(total, begin + kRowsAPart), parts[i]);
    };
    const auto write = [&] {
      for (std::size_t i = 0; status.ok() && i < made.size(); ++i) status = out.Write(made[i]);
    };
    workers.Share(parts.size(), 1, make, write);
    made.swap(parts);
  }
  return status.ok() ? out.Flush() : status;
}

// Stories in order of their first record, those of two or more items with their members.
absl::Status WriteStories(const ClusterRun& run, io::OutputFile& out) {
  absl::flat_hash_map<StoryId, std::vector<std::size_t>> members;
  std::vector<StoryId> order;
  for (std::size_t i = 0; i < run.clusterer->size(); ++i) {
    const StoryId story = run.clusterer->row(i).story;
    std::vector<std::size_t>& list = members[story];
    if (list.empty()) order.push_back(story);
    list.push_back(i);
  }
  for (const StoryId story : order) {
    const std::vector<std::size_t>& list = members[story];
    std::string text = absl::StrFormat("%s (%d)\n", StoryName(story), list.size());
    for (const std::size_t i : list) {
      const ClusterRow row = run.clusterer->row(i);
      absl::StrAppendFormat(&text, "  %-9s %5.2f  %s\n", std::string(RelationName(row.relation)),
                            row.similarity, std::string(run.kept[i]));
    }
    if (absl::Status status = out.Write(text); !status.ok()) return status;
  }
  return out.Flush();
}

absl::Status ClusterAll(const ClusterFlags& flags, Console& console, ClusterRun& run) {
  if (absl::Status status = Read(flags, console, run); !status.ok()) return status;
  const std::size_t total = run.clusterer->size();
  absl::Status status =
      run.clusterer->Finish([&](std::size_t done) { console.Progress("clustering", done, total); });
  if (!status.ok()) return status;
  io::OutputFile out(STDOUT_FILENO, "standard output");
  return flags.common.format == Format::kText ? WriteStories(run, out) : WriteRows(flags, run, out);
}

int RunCluster(const ClusterFlags& flags) {
  Console console(flags.common.quiet, flags.common.strict);
  std::unique_ptr<BulkMemory> bulk;
  if (!flags.temp_dir.empty()) {
    auto memory = io::TempMemory::Create(flags.temp_dir);
    if (!memory.ok()) {
      console.Error(std::string(memory.status().message()));
      return kFailed;
    }
    bulk = *std::move(memory);
  }
  auto clusterer = Clusterer::Create(flags.common.options, std::move(bulk));
  if (!clusterer.ok()) {
    console.Error(std::string(clusterer.status().message()));
    return kWrongUsage;
  }
  ClusterRun run{*std::move(clusterer), {}};
  if (absl::Status status = ClusterAll(flags, console, run); !status.ok()) {
    console.Error(std::string(status.message()));
    return kFailed;
  }
  const EngineStats stats = run.clusterer->stats();
  std::uint64_t redundant = 0;
  for (const Relation r : {Relation::kExact, Relation::kCopy, Relation::kTruncated}) {
    redundant += stats.by_relation[static_cast<int>(r)];
  }
  console.Summary(run.clusterer->size(), stats, redundant);
  return console.ExitStatus();
}

}  // namespace

void AddCluster(CLI::App& program, Run& run) {
  auto flags = std::make_shared<ClusterFlags>();
  // A batch run has the machine to itself; a stage of a pipeline has not.
  flags->common.options.threads = DefaultThreads();
  CLI::App* app =
      program.add_subcommand("cluster", "the batch run over whole files: a story for every record");
  app->footer(
      "\nExample: samestory cluster headlines.ndjson\n"
      "Writes a line for every record, in input order: its story, how it relates to the\n"
      "item it was compared with, and the size of the story. The same records give the\n"
      "same stories, whatever their order.");
  AddInputFlags(*app, flags->common);
  AddEngineFlags(*app, flags->common);
  AddOutputFlags(*app, flags->common);
  app->add_flag("--annotate", flags->annotate, "write the whole record with its story");
  app->add_option("--temp-dir", flags->temp_dir,
                  "with --match jaccard: keep the work in a file in this directory, two thirds\n"
                  "of what would be in memory; --max-memory then bounds the rest")
      ->type_name("DIR");
  app->add_flag("--exact", flags->common.options.exact,
                "with --match jaccard: miss no pair, whatever a flood of look-alikes costs");
  app->callback([flags, &run] { run = [flags] { return RunCluster(*flags); }; });
}

}  // namespace samestory::cli
