#include "split_files.h"

#include <zlib.h>

#include <filesystem>

namespace samestory::quality {

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");  // reads plain files as they are
  if (file == nullptr) return absl::NotFoundError("cannot open " + path);
  std::string bytes;
  std::string chunk(1 << 20, '\0');
  int got;
  while ((got = gzread(file, chunk.data(), static_cast<unsigned>(chunk.size()))) > 0) {
    bytes.append(chunk, 0, static_cast<std::size_t>(got));
  }
  gzclose(file);
  if (got < 0) return absl::DataLossError("cannot unpack " + path);
  return bytes;
}

absl::Status ReadObjects(const std::string& path,
                         const std::function<void(simdjson::dom::object)>& each) {
  auto bytes = ReadFile(std::filesystem::exists(path) ? path : path + ".gz");
  if (!bytes.ok()) return bytes.status();
  simdjson::dom::parser parser;
  std::string_view rest = *bytes;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.empty()) continue;
    simdjson::dom::object object;
    if (parser.parse(line.data(), line.size()).get(object) != simdjson::SUCCESS) {
      return absl::DataLossError("a line that is no JSON object in " + path);
    }
    each(object);
  }
  return absl::OkStatus();
}

std::string_view StringField(const simdjson::dom::object& object, std::string_view key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? value : std::string_view();
}

}  // namespace samestory::quality
