#ifndef SAMESTORY_TESTS_UNIT_TEXT_NEWS_DATA_H_
#define SAMESTORY_TESTS_UNIT_TEXT_NEWS_DATA_H_

#include <zlib.h>

#include <string>
#include <string_view>
#include <vector>

namespace samestory {

/// The lines of a gzipped file of the news data, at most `limit`; empty where it is absent.
inline std::vector<std::string> NewsLines(const std::string& name, std::size_t limit) {
  std::vector<std::string> lines;
  const std::string path = std::string(SAMESTORY_DATA_DIR) + "/dev/" + name;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return lines;
  std::string line;
  char buffer[1 << 14];
  while (lines.size() < limit && gzgets(file, buffer, sizeof(buffer)) != nullptr) {
    line += buffer;
    if (!line.ends_with('\n')) continue;
    line.pop_back();
    lines.push_back(std::move(line));
    line.clear();
  }
  gzclose(file);
  return lines;
}

/// The string field `name` of a JSON object on one line, its escapes as they stand but
/// for quotation marks; empty where there is none.
inline std::string Field(std::string_view json, std::string_view name) {
  const std::string key = "\"" + std::string(name) + "\": \"";
  const std::size_t found = json.find(key);
  std::string value;
  if (found == std::string_view::npos) return value;
  for (std::size_t i = found + key.size(); i < json.size() && json[i] != '"'; ++i) {
    if (json[i] == '\\' && i + 1 < json.size() && json[i + 1] == '"') ++i;
    value.push_back(json[i]);
  }
  return value;
}

}  // namespace samestory

#endif  // SAMESTORY_TESTS_UNIT_TEXT_NEWS_DATA_H_
