#include "cli/state.h"

#include <memory>

#include "cli/commands.h"
#include "io/json_text.h"

namespace samestory::cli {
namespace {

CLI::App* AddStateCommand(CLI::App& parent, const char* name, const char* text,
                          const std::shared_ptr<StateFlags>& flags, Run& run,
                          int (*work)(const StateFlags&)) {
  CLI::App* app = parent.add_subcommand(name, text);
  app->add_option("--state", flags->state, "the state's directory")->type_name("DIR")->required();
  app->callback([flags, work, &run] { run = [flags, work] { return work(*flags); }; });
  return app;
}

void AddEvents(CLI::App& app, StateFlags& flags, const char* text) {
  app.add_option("--events", flags.events, text)->type_name("FILE");
}

}  // namespace

std::vector<std::string> IdTokens(const std::string& id) {
  std::vector<std::string> tokens(1);
  io::AppendJsonString(tokens[0], id);
  const std::size_t digits = id.starts_with('-') ? 1 : 0;
  if (id.size() > digits && id.find_first_not_of("0123456789", digits) == std::string::npos) {
    tokens.push_back(id);
  }
  return tokens;
}

void AddState(CLI::App& program, Run& run) {
  auto flags = std::make_shared<StateFlags>();
  CLI::App* app = program.add_subcommand("state", "look after a durable state");
  app->require_subcommand(1);
  app->footer("\nExample: samestory state verify --state river.state --events river.events");

  CLI::App* info = AddStateCommand(*app, "info", "what a state holds, and its options", flags, run,
                                   RunStateInfo);
  info->add_flag("--learned", flags->learned,
                 "list what was learned: endings and openings of a source's titles, boilerplate, "
                 "running titles");
  info->footer("\nExample: samestory state info --state river.state");
  AddOutputFlags(*info, flags->common);

  CLI::App* verify = AddStateCommand(
      *app, "verify", "read all of a state and say what is broken; exit status 1 where anything is",
      flags, run, RunStateVerify);
  AddEvents(*verify, *flags, "check that replaying this event log gives the state's stories");
  verify->add_flag("--repair", flags->repair,
                   "where anything is broken, build a new file from all that is whole");
  verify->footer("\nExample: samestory state verify --state river.state --events river.events");

  CLI::App* exported = AddStateCommand(
      *app, "export", "the items that are remembered, with their stories, as NDJSON", flags, run,
      RunStateExport);
  exported->footer("\nExample: samestory state export --state river.state > items.ndjson");

  CLI::App* compact =
      AddStateCommand(*app, "compact", "save a snapshot and make the file as small as it can be",
                      flags, run, RunStateCompact);
  AddEvents(*compact, *flags, "the state's event log, to be brought up to date first");
  compact->footer(
      "\nExample: samestory state compact --state river.state\n"
      "Needs as much free room as the state takes.");

  CLI::App* forget =
      AddStateCommand(*app, "forget", "erase items: their text, ids and decisions leave the files",
                      flags, run, RunStateForget);
  forget->add_option("ID", flags->ids, "ids of the items, as in the records")
      ->required()
      ->type_name("");
  forget->add_option("--source", flags->source, "the source of the items, as in the records; not needed where one alone has the id");
  AddEvents(*forget, *flags, "the state's event log, which goes on with what ends");
  forget->footer(
      "\nExample: samestory state forget --state river.state --source Herald a-17\n"
      "An event log and the cleaned output are files of yours and keep the id.");
}

}  // namespace samestory::cli
