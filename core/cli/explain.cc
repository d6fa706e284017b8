#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_status.h"
#include "cli/explain_view.h"
#include "cli/flags.h"
#include "cli/state.h"
#include "io/reader.h"
#include "samestory/engine.h"
#include "store/read_state.h"

namespace samestory::cli {
namespace {

struct ExplainFlags {
  CommonFlags common;
  std::string a, b;
  std::string a_time, b_time, a_source, b_source, a_summary, b_summary, lang;
  std::string state;               // directory; empty: the texts themselves
  std::vector<std::string> given;  // engine options on the command line
};

int Print(const Explanation& explanation, const StateNames* names, const ExplainFlags& flags,
          Console& console) {
  const std::string out = flags.common.format == Format::kText
                              ? ExplanationText(explanation, names)
                              : ExplanationJson(explanation, names);
  if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0) {
    console.Error("cannot write to standard output");
    return kFailed;
  }
  return kDone;
}

int RunExplain(const ExplainFlags& flags) {
  Console console(flags.common.quiet, false);
  const auto record = [&](const std::string& text, const std::string& summary,
                          const std::string& time, const std::string& source) {
    Record out;
    out.title = text;
    out.summary = summary;
    out.published = io::ParseTime(time);
    out.source = source;
    out.lang = flags.lang;
    return out;
  };
  const absl::StatusOr<Explanation> explanation =
      Explain(record(flags.a, flags.a_summary, flags.a_time, flags.a_source),
              record(flags.b, flags.b_summary, flags.b_time, flags.b_source),
              flags.common.options);
  if (!explanation.ok()) {
    console.Error(std::string(explanation.status().message()));
    return kWrongUsage;
  }
  return Print(*explanation, nullptr, flags, console);
}

// The item of a state that was named on the command line.
absl::StatusOr<Explanation> ExplainIds(const Engine& engine, const ExplainFlags& flags) {
  absl::StatusOr<Explanation> last = absl::NotFoundError("");
  const auto source = [](const std::string& name) {
    return name.empty() ? std::nullopt : std::optional<std::string_view>(name);
  };
  for (const std::string& a : IdTokens(flags.a)) {
    for (const std::string& b : IdTokens(flags.b)) {
      last = engine.ExplainItems({a, source(flags.a_source)}, {b, source(flags.b_source)});
      if (!absl::IsNotFound(last.status())) return last;
    }
  }
  return last;
}

int RunExplainIds(const ExplainFlags& flags) {
  Console console(flags.common.quiet, false);
  const absl::StatusOr<store::ReadState> state =
      store::ReadState::Open(flags.state, flags.common.options, flags.given);
  if (!state.ok()) {
    console.Error(std::string(state.status().message()));
    return absl::IsFailedPrecondition(state.status()) ? kWrongUsage : kFailed;
  }
  const absl::StatusOr<Explanation> explanation = ExplainIds(state->engine(), flags);
  if (!explanation.ok()) {
    console.Error(flags.state + ": " + std::string(explanation.status().message()));
    return kFailed;
  }
  const StateNames names{[&](std::uint32_t key) { return std::string(state->sources().Name(key)); },
                         state->loaded().counter->story_base};
  return Print(*explanation, &names, flags, console);
}

void AddTime(CLI::App& app, const std::string& name, std::string& value, const std::string& text) {
  app.add_option(name, value, text)->check([](const std::string& time) {
    return io::ParseTime(time) ? std::string() : "'" + time + "' is no time, such as 2026-03-01T08:00Z";
  });
}

}  // namespace

void AddExplain(CLI::App& program, Run& run) {
  auto flags = std::make_shared<ExplainFlags>();
  flags->common.format = Format::kText;
  CLI::App* app =
      program.add_subcommand("explain", "why two texts are or are not the same story");
  app->footer(
      "\nExample: samestory explain \"Ferry sinks, 3 dead\" \"Ferry sinks: 5 dead\"\n"
      "         samestory explain --state river.state a-17 a-42\n"
      "Shows what was compared, what the two share, and what decided. Of a state A and B\n"
      "are ids of items that it remembers; --a-source and --b-source tell items of one id\n"
      "apart.");
  app->add_option("A", flags->a,
                  "a headline; the older one where no times are given. With --state an id")
      ->required()
      ->type_name("");
  app->add_option("B", flags->b, "another headline, or id")->required()->type_name("");
  AddTime(*app, "--a-published", flags->a_time, "when A was published");
  AddTime(*app, "--b-published", flags->b_time, "when B was published");
  app->add_option("--a-source", flags->a_source, "the outlet of A");
  app->add_option("--b-source", flags->b_source, "the outlet of B");
  app->add_option("--a-summary", flags->a_summary, "the summary of A");
  app->add_option("--b-summary", flags->b_summary, "the summary of B");
  app->add_option("--lang", flags->lang, "language of both, such as en");
  CLI::Option* state =
      app->add_option("--state", flags->state, "explain two items of this state, by their ids")
          ->type_name("DIR");
  for (const char* text :
       {"--a-published", "--b-published", "--a-summary", "--b-summary", "--lang"}) {
    app->get_option(text)->excludes(state);
  }
  AddDecisionFlags(*app, flags->common);
  AddOutputFlags(*app, flags->common);
  app->callback([app, flags, &run] {
    flags->given = GivenOptions(*app);
    run = [flags] { return flags->state.empty() ? RunExplain(*flags) : RunExplainIds(*flags); };
  });
}

}  // namespace samestory::cli
