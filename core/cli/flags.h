#ifndef SAMESTORY_CLI_FLAGS_H_
#define SAMESTORY_CLI_FLAGS_H_

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "io/reader.h"
#include "samestory/options.h"

namespace samestory::cli {

/// How results are printed.
enum class Format { kNdjson, kText };

/// What every command takes.
struct CommonFlags {
  Options options;
  io::ReaderOptions reader;
  std::vector<std::string> files;  ///< "-" is standard input
  Format format = Format::kNdjson;
  bool strict = false;
  bool quiet = false;
};

/// --threshold, --match and the other options that shape decisions.
void AddDecisionFlags(CLI::App& app, CommonFlags& flags);

/// Those, --threads and --max-memory.
void AddEngineFlags(CLI::App& app, CommonFlags& flags);

/// Names in Options of those that decide and that the command line gave.
std::vector<std::string> GivenOptions(const CLI::App& app);

/// --id-key and its like.
void AddFieldFlags(CLI::App& app, CommonFlags& flags);

/// Files, --id-key and its like, --input, --max-line, --strict.
void AddInputFlags(CLI::App& app, CommonFlags& flags);

/// --format, --quiet.
void AddOutputFlags(CLI::App& app, CommonFlags& flags);

/// As many threads as the machine has cores, 256 at most.
int DefaultThreads();

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_FLAGS_H_
