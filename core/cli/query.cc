#include <unistd.h>

#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/decision_line.h"
#include "cli/exit_status.h"
#include "cli/flags.h"
#include "cli/inputs.h"
#include "io/writer.h"
#include "store/read_state.h"

namespace samestory::cli {
namespace {

// Few, so that answers to a pipe come at once.
constexpr std::size_t kBatch = 64;

struct QueryFlags {
  CommonFlags common;
  std::string state;
  std::vector<std::string> given;
};

class Asker {
 public:
  Asker(const QueryFlags& flags, const store::ReadState& state) : flags_(flags), state_(state) {}

  absl::Status Take(const Batch& batch) {
    for (std::size_t i = 0; i < batch.views.size(); ++i) {
      const absl::StatusOr<Decision> decision = state_.Query(batch.views[i]);
      if (!decision.ok()) return decision.status();
      const bool drop = IsRedundant(decision->relation);
      ++records_;
      dropped_ += drop;
      absl::Status status = out_.Write(
          flags_.common.format == Format::kText
              ? DecisionText(batch.views[i], *decision, drop)
              : DecisionJson(batch.records[i], batch.views[i], *decision, {drop, {}, {}}));
      if (!status.ok()) return status;
    }
    return batch.more_at_once ? absl::OkStatus() : out_.Flush();
  }

  absl::Status Flush() { return out_.Flush(); }

  std::uint64_t records() const { return records_; }
  std::uint64_t dropped() const { return dropped_; }

 private:
  const QueryFlags& flags_;
  const store::ReadState& state_;
  io::OutputFile out_{STDOUT_FILENO, "standard output"};
  std::uint64_t records_ = 0, dropped_ = 0;
};

int RunQuery(const QueryFlags& flags) {
  Console console(flags.common.quiet, flags.common.strict);
  const absl::StatusOr<store::ReadState> state =
      store::ReadState::Open(flags.state, flags.common.options, flags.given);
  if (!state.ok()) {
    console.Error(std::string(state.status().message()));
    return absl::IsFailedPrecondition(state.status()) ? kWrongUsage : kFailed;
  }
  Asker asker(flags, *state);
  absl::Status status =
      ReadBatches(flags.common, kBatch, console, [&](Batch& batch) { return asker.Take(batch); });
  if (absl::Status flushed = asker.Flush(); status.ok()) status = flushed;
  if (!status.ok()) {
    console.Error(std::string(status.message()));
    return kFailed;
  }
  console.Summary(asker.records(), state->engine().stats(), asker.dropped());
  return console.ExitStatus();
}

}  // namespace

void AddQuery(CLI::App& program, Run& run) {
  auto flags = std::make_shared<QueryFlags>();
  CLI::App* app = program.add_subcommand(
      "query", "the decision for records by a durable state, without adding them");
  app->footer(
      "\nExample: samestory query --state river.state < items.ndjson\n"
      "Answers as clean would for each record if it came next, and changes nothing. A\n"
      "record that would begin a story has the story null. Works beside a running\n"
      "clean; the answers are those of the moment when query began.");
  app->add_option("--state", flags->state, "the state's directory")->type_name("DIR")->required();
  AddInputFlags(*app, flags->common);
  AddEngineFlags(*app, flags->common);
  AddOutputFlags(*app, flags->common);
  app->callback([app, flags, &run] {
    flags->given = GivenOptions(*app);
    run = [flags] { return RunQuery(*flags); };
  });
}

}  // namespace samestory::cli
