// Reads every #include under core/ and fails on one that points upward or sideways: the table of
// the folders and what each may depend on, held by a test.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

// What each layer may include beside itself; what those may include comes with them.
const std::map<std::string, std::vector<std::string>> kDependsOn = {
    {"base", {}},
    {"text", {"base"}},
    {"sketch", {"base"}},
    {"index", {"base", "sketch"}},
    {"match", {"text", "sketch"}},
    {"story", {"match", "index"}},
    {"split", {"text", "index", "match"}},
    {"engine", {"story", "split"}},
    {"store", {"engine"}},
    {"io", {"engine"}},
    {"capi", {"engine", "store"}},
    {"cli", {"io", "store", "engine"}},
};

// The layer that each public header belongs to.
const std::map<std::string, std::string> kPublicHeaders = {
    {"export.h", "base"},    {"options.h", "base"},     {"record.h", "base"}, {"text.h", "text"},
    {"minhash.h", "sketch"}, {"lsh.h", "index"},        {"match.h", "match"}, {"split.h", "split"},
    {"engine.h", "engine"},  {"samestory.h", "engine"}, {"line_markup.h", "base"},
    {"snapshot.h", "base"},  {"bulk_memory.h", "base"},
};

// Parsers, compression, the database and the command line have one home each.
const std::map<std::string, std::string> kHomes = {
    {"simdjson", "io"}, {"pugixml", "io"}, {"zstd", "io"},
    {"zlib", "io"},     {"CLI/", "cli"},   {"sqlite3", "store"},
    {"gumbo", "io"},
};

struct Source {
  std::string path;  // from core/: "text/url.cc", "include/samestory/text.h"
  std::string content;
};

void AddReachable(const std::string& layer, std::set<std::string>& reachable) {
  if (!reachable.insert(layer).second) return;
  for (const std::string& below : kDependsOn.at(layer)) AddReachable(below, reachable);
}

bool MayInclude(const std::string& layer, const std::string& other) {
  std::set<std::string> reachable;
  AddReachable(layer, reachable);
  return reachable.contains(other);
}

// The layer of a path from core/ or of an included path; empty: none of ours.
std::string LayerOf(std::string path) {
  if (path.starts_with("include/")) path = path.substr(8);
  const std::size_t slash = path.find('/');
  if (slash == std::string::npos) return "";
  const std::string folder = path.substr(0, slash);
  if (folder == "samestory") {
    const auto header = kPublicHeaders.find(path.substr(slash + 1));
    return header == kPublicHeaders.end() ? "unknown public header" : header->second;
  }
  return kDependsOn.contains(folder) ? folder : "";
}

// Why `source` must not include `included`; empty: it may.
std::string Objection(const Source& source, const std::string& included) {
  const std::string layer = LayerOf(source.path), other = LayerOf(included);
  if (!kDependsOn.contains(layer)) return "the file is in no layer of the table";
  if (!other.empty() && !MayInclude(layer, other)) return layer + " may not include " + other;
  for (const auto& [library, home] : kHomes) {
    if (included.starts_with(library) && layer != home) return library + " belongs to " + home;
  }
  if (source.path.starts_with("include/") && included.ends_with(".h") &&
      !included.starts_with("samestory/") && !included.starts_with("absl/status/")) {
    return "a public header shows a library's or a layer's own header";
  }
  return "";
}

std::vector<std::string> Violations(const Source& source) {
  static const std::regex include(R"(^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">])",
                                  std::regex::multiline);
  std::vector<std::string> found;
  for (std::sregex_iterator it(source.content.begin(), source.content.end(), include), end;
       it != end; ++it) {
    const std::string included = (*it)[1];
    const std::string objection = Objection(source, included);
    if (!objection.empty()) found.push_back(source.path + ": " + included + ": " + objection);
  }
  return found;
}

std::vector<Source> CoreSources() {
  const fs::path core = fs::path(SAMESTORY_SOURCE_DIR) / "core";
  std::vector<Source> sources;
  for (const auto& entry : fs::recursive_directory_iterator(core)) {
    const std::string extension = entry.path().extension();
    if (extension != ".h" && extension != ".cc" && extension != ".inc") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    sources.push_back({fs::relative(entry.path(), core).generic_string(),
                       {std::istreambuf_iterator<char>(in), {}}});
  }
  return sources;
}

TEST(Layers, IncludesPointDown) {
  const std::vector<Source> sources = CoreSources();
  ASSERT_GT(sources.size(), 20u);
  for (const Source& source : sources) {
    for (const std::string& violation : Violations(source)) ADD_FAILURE() << violation;
  }
}

TEST(Layers, EveryPublicHeaderIsInTheTable) {
  for (const Source& source : CoreSources()) {
    if (source.path.starts_with("include/")) {
      EXPECT_TRUE(kDependsOn.contains(LayerOf(source.path))) << source.path;
    }
  }
}

TEST(Layers, PlantedViolationsAreFound) {
  const std::vector<Source> planted = {
      {"base/a.h", "#include \"text/url.h\"\n"},                    // upward
      {"text/a.cc", "int x;\n  #  include \"sketch/kernel.h\"\n"},  // sideways
      {"sketch/a.cc", "#include \"samestory/engine.h\"\n"},         // upward, a public header
      {"split/a.cc", "#include \"story/story_book.h\"\n"},          // sideways
      {"engine/a.cc", "#include <simdjson.h>\n"},                   // a parser below io
      {"io/a.cc", "#include <CLI/CLI.hpp>\n"},
      {"include/samestory/text.h", "#include \"samestory/match.h\"\n"},
      {"include/samestory/text.h", "#include \"text/url.h\"\n"},
      {"include/samestory/text.h", "#include <unicode/ustring.h>\n"},  // shown to users
      {"include/samestory/text.h", "#include \"samestory/nowhere.h\"\n"},
      {"nowhere/a.cc", "#include <vector>\n"},
  };
  for (const Source& source : planted) {
    EXPECT_EQ(Violations(source).size(), 1u) << source.path << ": " << source.content;
  }
}

TEST(Layers, WhatTheTableAllowsPasses) {
  const std::vector<Source> allowed = {
      {"engine/a.cc", "#include \"engine/a.h\"\n#include \"base/hash.h\"\n#include <vector>\n"},
      {"io/a.cc", "#include <simdjson.h>\n#include \"samestory/record.h\"\n"},
      {"match/a.cc", "// #include \"engine/x.h\"\n#include \"absl/container/flat_hash_map.h\"\n"},
      {"include/samestory/lsh.h", "#include \"absl/status/statusor.h\"\n#include <span>\n"},
  };
  for (const Source& source : allowed) {
    EXPECT_TRUE(Violations(source).empty()) << Violations(source).front();
  }
}

}  // namespace
