#include "cli/flags.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <thread>

namespace samestory::cli {
namespace {

constexpr char kEngineGroup[] = "What counts as one story";
constexpr char kInputGroup[] = "Input";
constexpr char kOutputGroup[] = "Output";
constexpr char kResourceGroup[] = "Speed and memory";

const std::map<std::string, Match> kMatches = {{"judge", Match::kJudge},
                                               {"jaccard", Match::kJaccard}};
const std::map<std::string, Format> kFormats = {{"ndjson", Format::kNdjson},
                                                {"text", Format::kText}};
const std::map<std::string, io::InputFormat> kInputs = {{"auto", io::InputFormat::kAuto},
                                                        {"ndjson", io::InputFormat::kNdjson},
                                                        {"lines", io::InputFormat::kLines},
                                                        {"page", io::InputFormat::kPage},
                                                        {"feed", io::InputFormat::kFeed}};

// CLI11's own transformer lists the numbers of the enumerators too; names are enough.
template <typename T>
CLI::Option* AddChoice(CLI::App& app, const std::string& name, T& value,
                       const std::map<std::string, T>& choices, const std::string& text) {
  std::string names, chosen;
  for (const auto& [key, choice] : choices) {
    names += (names.empty() ? "" : "|") + key;
    if (choice == value) chosen = key;
  }
  return app
      .add_option_function<std::string>(
          name,
          [&value, &choices, name, names](const std::string& key) {
            const auto found = choices.find(key);
            if (found == choices.end()) {
              throw CLI::ValidationError(name, "'" + key + "' is not one of " + names);
            }
            value = found->second;
          },
          text)
      ->type_name(names)
      ->default_str(chosen);
}

}  // namespace

void AddEngineFlags(CLI::App& app, CommonFlags& flags) {
  Options& o = flags.options;
  app.add_option("--threshold", o.threshold, "least Jaccard of two texts that are linked")
      ->capture_default_str()->group(kEngineGroup);
  AddChoice(app, "--match", o.match, kMatches,
            "judge by all that is known of a pair, or by Jaccard alone")
      ->group(kEngineGroup);
  app.add_option("--ngram-size", o.ngram_size, "shingles are all word n-grams up to this size")
      ->capture_default_str()->group(kEngineGroup);
  app.add_option("--num-perm", o.num_perm, "MinHash permutations; 0: bands times rows")
      ->capture_default_str()->group(kEngineGroup);
  app.add_option("--bands", o.bands, "LSH bands; 0: chosen from the threshold")
      ->capture_default_str()->group(kEngineGroup);
  app.add_option("--rows", o.rows, "rows a band; 0: chosen from the threshold")
      ->capture_default_str()->group(kEngineGroup);
  app.add_option("--recall", o.recall, "least chance to find a pair at the threshold")
      ->capture_default_str()->group(kEngineGroup);
  app.add_option("--seed", o.seed, "key of every hash; keep it secret from hostile sources")
      ->group(kEngineGroup);
  app.add_option("--threads", o.threads, "threads; the result does not depend on it")
      ->capture_default_str()->group(kResourceGroup);
  app.add_option("--max-memory", o.max_memory_bytes,
                 "bound on the engine's memory, such as 4GiB; 0: none")
      ->transform(CLI::AsSizeValue(false))->group(kResourceGroup);
}

void AddInputFlags(CLI::App& app, CommonFlags& flags) {
  io::FieldNames& fields = flags.reader.fields;
  app.add_option("FILE", flags.files,
                 "NDJSON, .txt or feeds, plain, .gz or .zst; - or none: standard input")
      ->type_name("");
  AddChoice(app, "--input", flags.reader.format, kInputs, "format of the input")
      ->group(kInputGroup);
  const auto key = [&](const char* name, std::string& value) {
    app.add_option(std::string("--") + name + "-key", value,
                   std::string("field that holds the ") + name)
        ->capture_default_str()->group(kInputGroup)->type_name("NAME");
  };
  key("id", fields.id);
  key("title", fields.title);
  key("summary", fields.summary);
  key("text", fields.text);
  key("url", fields.url);
  key("source", fields.source);
  key("published", fields.published);
  key("lang", fields.lang);
  app.add_option("--max-line", flags.reader.max_line_bytes,
                 "longest line, such as 64MiB; a longer one is a bad record")
      ->transform(CLI::AsSizeValue(false))->default_str("256MiB")->group(kInputGroup);
  app.add_flag("--strict", flags.strict, "stop at the first bad record, exit status 1")
      ->group(kInputGroup);
}

void AddOutputFlags(CLI::App& app, CommonFlags& flags) {
  AddChoice(app, "--format", flags.format, kFormats, "results for programs, or to be read")
      ->group(kOutputGroup);
  app.add_flag("--quiet", flags.quiet, "no progress and no summary on standard error")
      ->group(kOutputGroup);
}

int DefaultThreads() {
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, 256u));
}

std::int64_t ParseDuration(const std::string& text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  const std::string unit(rest, end);
  static const std::map<std::string, std::int64_t> kUnits = {
      {"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}, {"d", 24 * 3600}, {"w", 7 * 24 * 3600}};
  const auto found = kUnits.find(unit);
  if (error != std::errc() || value < 0 || found == kUnits.end() ||
      value > INT64_MAX / found->second) {
    throw CLI::ValidationError("'" + text + "' is no duration such as 72h, 30m or 7d");
  }
  return value * found->second;
}

}  // namespace samestory::cli
