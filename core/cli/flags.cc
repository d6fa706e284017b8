#include "cli/flags.h"

#include <algorithm>
#include <map>
#include <thread>

#include "cli/flag_values.h"

namespace samestory::cli {
namespace {

constexpr char kEngineGroup[] = "What counts as one story";
constexpr char kInputGroup[] = "Input";
constexpr char kOutputGroup[] = "Output";
constexpr char kResourceGroup[] = "Speed and memory";

const std::map<std::string, Match> kMatches = {{"judge", Match::kJudge},
                                               {"jaccard", Match::kJaccard}};
const std::map<std::string, Group> kGroups = {{"story", Group::kStory},
                                               {"strict", Group::kStrict}};
const std::map<std::string, Format> kFormats = {{"ndjson", Format::kNdjson},
                                                {"text", Format::kText}};
const std::map<std::string, io::InputFormat> kInputs = {{"auto", io::InputFormat::kAuto},
                                                        {"ndjson", io::InputFormat::kNdjson},
                                                        {"lines", io::InputFormat::kLines},
                                                        {"page", io::InputFormat::kPage},
                                                        {"feed", io::InputFormat::kFeed},
                                                        {"html", io::InputFormat::kHtml}};

}  // namespace

void AddDecisionFlags(CLI::App& app, CommonFlags& flags) {
  Options& o = flags.options;
  app.add_option("--threshold", o.threshold, "least Jaccard of two texts that are linked")
      ->capture_default_str()->group(kEngineGroup);
  AddChoice(app, "--match", o.match, kMatches,
            "judge by all that is known of a pair, or by Jaccard alone")
      ->group(kEngineGroup);
  AddChoice(app, "--group", o.group, kGroups,
            "a story holds updates and other wordings too, or duplicates alone")
      ->group(kEngineGroup);
  app.add_option("--max-wrong-joins", o.max_wrong_joins,
                 "share of new items that may be joined to a wrong story")
      ->capture_default_str()->group(kEngineGroup);
  app.add_option("--max-wrong-drops", o.max_wrong_drops,
                 "chance of being wrong up to which a copy is dropped")
      ->capture_default_str()->group(kEngineGroup);
  AddDuration(app, "--max-lateness", o.max_lateness_seconds,
              "a time that lies further back than this when its record comes is not believed; "
              "0: any is")
      ->default_str("0")
      ->group(kEngineGroup);
  app.add_option("--max-merges-per-source", o.max_merges_per_source,
                 "merges of stories that one source may bring about in a day; 0: any number")
      ->capture_default_str()->group(kEngineGroup);
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
  AddNumber(app, "--seed", o.seed, "key of every hash; keep it secret from hostile sources")
      ->group(kEngineGroup);
}

void AddEngineFlags(CLI::App& app, CommonFlags& flags) {
  Options& o = flags.options;
  AddDecisionFlags(app, flags);
  app.add_option("--threads", o.threads, "threads; the result does not depend on it")
      ->capture_default_str()->group(kResourceGroup);
  AddSize(app, "--max-memory", o.max_memory_bytes, 0, SIZE_MAX,
          "bound on the engine's memory, such as 4GiB; 0: none")
      ->default_str("0")
      ->group(kResourceGroup);
}

std::vector<std::string> GivenOptions(const CLI::App& app) {
  static constexpr const char* kNames[][2] = {
      {"--threshold", "threshold"},
      {"--match", "match"},
      {"--group", "group"},
      {"--max-wrong-joins", "max_wrong_joins"},
      {"--max-wrong-drops", "max_wrong_drops"},
      {"--ngram-size", "ngram_size"},
      {"--num-perm", "num_perm"},
      {"--bands", "bands"},
      {"--rows", "rows"},
      {"--recall", "recall"},
      {"--seed", "seed"},
      {"--window", "window_seconds"},
      {"--max-lateness", "max_lateness_seconds"},
      {"--max-merges-per-source", "max_merges_per_source"},
  };
  std::vector<std::string> given;
  for (const auto& [flag, name] : kNames) {
    const CLI::Option* option = app.get_option_no_throw(flag);
    if (option != nullptr && option->count() > 0) given.push_back(name);
  }
  return given;
}

void AddFieldFlags(CLI::App& app, CommonFlags& flags) {
  io::FieldNames& fields = flags.reader.fields;
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
}

void AddInputFlags(CLI::App& app, CommonFlags& flags) {
  app.add_option("FILE", flags.files,
                 "NDJSON, .txt, HTML or feeds, plain, .gz or .zst; - or none: standard input")
      ->type_name("");
  AddChoice(app, "--input", flags.reader.format, kInputs, "format of the input")
      ->group(kInputGroup);
  AddFieldFlags(app, flags);
  AddSize(app, "--max-line", flags.reader.max_line_bytes, 1, io::kMostInputBytes,
          "longest line, such as 64MiB; a longer one is a bad record")
      ->default_str("256MiB")
      ->group(kInputGroup);
  AddSize(app, "--max-page-bytes", flags.reader.max_page_bytes, 1, io::kMostInputBytes,
          "longest page of a file of its own, such as 4MiB; a longer one is a bad record")
      ->default_str("256MiB")
      ->group(kInputGroup);
  AddSize(app, "--max-feed-bytes", flags.reader.max_feed_bytes, 1, io::kMostInputBytes,
          "longest feed, such as 16MiB; a longer one is an error")
      ->default_str("64MiB")
      ->group(kInputGroup);
  AddSize(app, "--max-item-bytes", flags.reader.max_item_bytes, 0, SIZE_MAX,
          "most text of one record or item of a feed, such as 1MiB; one with more is a "
          "bad record; 0: any")
      ->default_str("0")
      ->group(kInputGroup);
  app.add_flag("--html", flags.reader.html,
               "the text of records and .txt files are HTML, whatever they begin with")
      ->group(kInputGroup);
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

}  // namespace samestory::cli
