#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_split.h"
#include "cli/cleaner.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/flag_values.h"
#include "cli/heap.h"

namespace samestory::cli {
namespace {

constexpr char kStateGroup[] = "Durable state";

int ExitStatusOf(const absl::Status& status) {
  return absl::IsInvalidArgument(status) || absl::IsFailedPrecondition(status) ? kWrongUsage
                                                                               : kFailed;
}

constexpr char kFeedGroup[] = "Feed out";
constexpr char kFollowGroup[] = "Following";
constexpr char kMetricsGroup[] = "Metrics";

// Seconds between two metrics files where no line of metrics is asked for.
constexpr std::int64_t kMetricsFileEvery = 15;

/// Reports now and then, also while the run waits for input.
using Reports = std::unique_ptr<Ticker>;

Reports ReportWhileRunning(const CleanFlags& flags, StopSignals& stop, Cleaner& cleaner) {
  if (flags.stats_every == 0 && flags.metrics_file.empty()) return nullptr;
  const bool line = flags.stats_every > 0;
  return std::make_unique<Ticker>(
      std::chrono::seconds(line ? flags.stats_every : kMetricsFileEvery), [&stop, &cleaner, line] {
        const std::lock_guard<std::mutex> held(stop.busy());
        cleaner.Report(line);
      });
}

int RunClean(const CleanFlags& flags) {
  StopSignals stop;
  Console console(flags.common.quiet, flags.common.strict);
  const auto fail = [&](const absl::Status& status) {
    console.Error(std::string(status.message()));
    return ExitStatusOf(status);
  };
  std::unique_ptr<EventLog> events;
  if (!flags.events.empty()) {
    absl::StatusOr<std::unique_ptr<EventLog>> opened = EventLog::Open(flags.events);
    if (!opened.ok()) return fail(opened.status());
    events = *std::move(opened);
  }
  absl::StatusOr<std::unique_ptr<Decisions>> decisions =
      OpenDecisions(flags, console, events.get());
  if (!decisions.ok()) return fail(decisions.status());
  // Not before: a state is loaded faster where its blocks are used again.
  if (!flags.state.empty()) GiveBackLargeBlocks();
  std::unique_ptr<Follower> follower;
  if (flags.follow.follow) {
    const std::string memory = flags.state.empty() ? "" : flags.state + "/followed";
    absl::StatusOr<std::unique_ptr<Follower>> opened =
        Follower::Open(flags.common, flags.follow, memory, console);
    if (!opened.ok()) return fail(opened.status());
    follower = *std::move(opened);
  }
  Cleaner cleaner(flags, console, stop, **decisions, events.get(), follower.get());
  if (absl::Status status = cleaner.Prepare(); !status.ok()) return fail(status);
  stop.Watch([&] { return cleaner.Finish(); });
  const Reports reports = ReportWhileRunning(flags, stop, cleaner);
  return cleaner.Run();
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

void AddStateFlags(CLI::App& app, std::shared_ptr<CleanFlags> flags) {
  CLI::Option* state = app.add_option("--state", flags->state,
                                      "keep everything in this directory: a run that is cut "
                                      "short goes on where it was")
                           ->type_name("DIR")->group(kStateGroup);
  app.add_option_function<std::string>(
         "--sync",
         [flags](const std::string& name) {
           static const std::map<std::string, store::Sync> kSyncs = {
               {"full", store::Sync::kFull},
               {"normal", store::Sync::kNormal},
               {"off", store::Sync::kOff}};
           const auto found = kSyncs.find(name);
           if (found == kSyncs.end()) {
             throw CLI::ValidationError("--sync", "'" + name + "' is not one of full|normal|off");
           }
           flags->state_options.sync = found->second;
         },
         "what a commit waits for: full survives a power cut, normal may lose the last "
         "decisions in one")
      ->type_name("full|normal|off")->default_str("normal")->needs(state)->group(kStateGroup);
  CLI::Option* replay =
      app.add_flag_callback(
             "--replay", [flags] { flags->state_options.replay = store::Replay::kAlways; },
             "give the answers of the last run again, though it came to its end")
          ->needs(state)->group(kStateGroup);
  app.add_flag_callback("--no-replay",
                        [flags] { flags->state_options.replay = store::Replay::kNever; },
                        "do not give answers again, though the last run was cut short")
      ->needs(state)->excludes(replay)->group(kStateGroup);
  AddNumber(app, "--snapshot-every", flags->state_options.snapshot_records,
            "least records between snapshots; a state is opened by redoing those after the last")
      ->default_str(std::to_string(flags->state_options.snapshot_records))
      ->needs(state)
      ->group(kStateGroup);
  AddNumber(app, "--max-replay", flags->state_options.max_replay,
            "decisions kept to be given again")
      ->default_str(std::to_string(flags->state_options.max_replay))
      ->needs(state)
      ->group(kStateGroup);
}

void AddPreferenceFlags(CLI::App& app, std::shared_ptr<CleanFlags> flags) {
  app.add_option_function<std::string>(
         "--prefer",
         [flags](const std::string& text) {
           const std::vector<std::string> exempt = std::move(flags->preference.exempt);
           absl::StatusOr<PreferenceOptions> parsed = ParsePreference(text);
           if (!parsed.ok()) {
             throw CLI::ValidationError("--prefer", std::string(parsed.status().message()));
           }
           flags->preference = *std::move(parsed);
           flags->preference.exempt = exempt;
         },
         "which of several copies is kept; a better one that comes later is kept too and names "
         "the one that it replaces. A comma within a name is written \\,")
      ->type_name("first|longest|newest|source=NAME,...")->default_str("first");
  app.add_option("--exempt", flags->preference.exempt,
                 "a source whose items are never dropped; may be given again")
      ->type_name("SOURCE")->allow_extra_args(false);
}

void AddFeedFlags(CLI::App& app, std::shared_ptr<CleanFlags> flags) {
  app.add_option_function<std::string>(
         "--to",
         [flags](const std::string& name) {
           static const std::map<std::string, std::optional<io::FeedFormat>> kFormats = {
               {"ndjson", std::nullopt},
               {"rss", io::FeedFormat::kRss},
               {"atom", io::FeedFormat::kAtom},
               {"jsonfeed", io::FeedFormat::kJsonFeed}};
           const auto found = kFormats.find(name);
           if (found == kFormats.end()) {
             throw CLI::ValidationError("--to",
                                        "'" + name + "' is not one of ndjson|rss|atom|jsonfeed");
           }
           flags->river.feed = found->second;
         },
         "write records with their decisions, or the kept ones as a feed")
      ->type_name("ndjson|rss|atom|jsonfeed")->default_str("ndjson")->group(kFeedGroup);
  app.add_option("--feed-title", flags->river.head.title, "title of the feed")
      ->capture_default_str()->type_name("TITLE")->group(kFeedGroup);
  app.add_option("--feed-url", flags->river.head.url, "address of the site that shows the feed")
      ->type_name("URL")->group(kFeedGroup);
}

void AddFollowFlags(CLI::App& app, std::shared_ptr<CleanFlags> flags) {
  CLI::Option* follow =
      app.add_flag("--follow", flags->follow.follow,
                   "go on with files that grow, named pipes, and directories into which files are "
                   "dropped, until SIGTERM or SIGINT")
          ->group(kFollowGroup);
  AddDelay(app, "--max-delay", flags->follow.max_delay_seconds, 3600,
           "how long a record may wait for others before it is decided, such as 200ms")
      ->default_str("1s")->needs(follow)->group(kFollowGroup);
  app.add_option_function<std::string>(
         "--clock",
         [flags](const std::string& name) {
           if (name != "event" && name != "wall") {
             throw CLI::ValidationError("--clock", "'" + name + "' is not one of event|wall");
           }
           flags->wall_clock = name == "wall";
         },
         "a record is first seen when the stream's own times say, or now; default: now with "
         "--follow, else by the stream")
      ->type_name("event|wall")->group(kFollowGroup);
  AddDuration(app, "--stats-every", flags->stats_every,
              "a line of metrics on standard error this often, such as 60s")
      ->group(kMetricsGroup);
  app.add_option("--metrics-file", flags->metrics_file,
                 "keep metrics in this file in the text format of Prometheus")
      ->type_name("FILE")->group(kMetricsGroup);
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
              "relates to, and the story.\n\n"
              "With --state, a decision is committed before it is written. A run that was cut\n"
              "short may be given its input again from the start: records that it decided get\n"
              "the answers that they got, in any later run an item offered again is 'exact'.");
  AddInputFlags(*app, flags->common);
  AddDuration(*app, "--window", flags->common.options.window_seconds,
              "remember items this long, such as 72h or 7d; default: for the whole run");
  app->add_option_function<std::string>(
         "--drop", [flags](const std::string& list) { SetDrops(list, *flags); },
         "relations whose items are dropped")
      ->type_name("RELATIONS")->default_str("exact,copy,truncated");
  app->add_flag("--only-new", flags->river.only_new, "write only the records that are kept");
  app->add_option("--events", flags->events, "write what happens to stories to this file; with --state it goes on with each run")
      ->type_name("FILE");
  AddPreferenceFlags(*app, flags);
  AddStateFlags(*app, flags);
  AddFeedFlags(*app, flags);
  AddFollowFlags(*app, flags);
  AddEngineFlags(*app, flags->common);
  AddOutputFlags(*app, flags->common);
  app->callback([app, flags, &run] {
    flags->state_options.given = GivenOptions(*app);
    run = [flags] { return RunClean(*flags); };
  });
}

}  // namespace samestory::cli
