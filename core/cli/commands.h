#ifndef SAMESTORY_CLI_COMMANDS_H_
#define SAMESTORY_CLI_COMMANDS_H_

#include <functional>

#include <CLI/CLI.hpp>

namespace samestory::cli {

/// Each adds its command to the program. `run` receives what to do once the command
/// line is known to be right; it returns the exit status.
using Run = std::function<int()>;
void AddClean(CLI::App& program, Run& run);
void AddCluster(CLI::App& program, Run& run);
void AddQuery(CLI::App& program, Run& run);
void AddSplit(CLI::App& program, Run& run);
void AddState(CLI::App& program, Run& run);
void AddDiff(CLI::App& program, Run& run);
void AddExplain(CLI::App& program, Run& run);
void AddBounds(CLI::App& program, Run& run);
void AddBench(CLI::App& program, Run& run);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_COMMANDS_H_
