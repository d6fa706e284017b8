#include <unistd.h>

#include <csignal>
#include <exception>
#include <iostream>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_status.h"

namespace {

constexpr char kDescription[] =
    "Tells which news items are the same story, says why, and cuts a page's main story loose\n"
    "from the headlines that trail it.\n";
constexpr char kFooter[] =
    "\nExit status: 0 done; 1 a run-time failure; 2 wrong usage; 3 done, but bad records were\n"
    "skipped. 'samestory COMMAND --help' teaches each command.";

int Main(int argc, char** argv) {
  CLI::App program(kDescription, "samestory");
  program.footer(kFooter);
  program.require_subcommand(1);
  program.set_version_flag("--version", "samestory " SAMESTORY_VERSION);
  program.get_formatter()->column_width(34);
  samestory::cli::Run run;
  samestory::cli::AddClean(program, run);
  samestory::cli::AddCluster(program, run);
  samestory::cli::AddSplit(program, run);
  samestory::cli::AddExplain(program, run);
  samestory::cli::AddBounds(program, run);
  samestory::cli::AddQuery(program, run);
  samestory::cli::AddState(program, run);
  samestory::cli::AddDiff(program, run);
  samestory::cli::AddBench(program, run);
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return program.exit(success);  // --help, --version
  } catch (const CLI::ParseError& error) {
    program.exit(error);
    return samestory::cli::kWrongUsage;
  }
  return run();
}

}  // namespace

int main(int argc, char** argv) {
  // A reader that goes away is an error of the next write, which is reported.
  std::signal(SIGPIPE, SIG_IGN);
  // So is a file that has reached the size the system allows.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return Main(argc, argv);
  } catch (const std::bad_alloc&) {
    std::cerr << "samestory: error: out of memory\n";
  } catch (const std::exception& error) {
    std::cerr << "samestory: error: " << error.what() << "\n";
  }
  return samestory::cli::kFailed;
}
