// Titles of any bytes, learned and cut: the parts make up the title, three words stay, and the
// memory stays bounded. Fields are separated by line feeds: title, source, URL, and again.
#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fuzz_check.h"
#include "samestory/text.h"
#include "text/source_dirt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace samestory;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<std::string_view> fields;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    fields.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  fields.resize((fields.size() + 2) / 3 * 3);
  SourceDirt dirt(64);
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i < fields.size(); i += 3) {
      dirt.Learn(fields[i], fields[i + 1], fields[i + 2]);
    }
  }
  FUZZ_CHECK(dirt.MemoryBytes() < 64 * 1024);
  for (std::size_t i = 0; i < fields.size(); i += 3) {
    const std::string_view title = fields[i];
    const TitleParts parts = dirt.Strip(title, fields[i + 1], fields[i + 2]);
    FUZZ_CHECK(parts.before.size() + parts.headline.size() + parts.after.size() == title.size());
    if (title.empty()) continue;
    FUZZ_CHECK(parts.before.data() == title.data() || parts.before.empty());
    FUZZ_CHECK(parts.headline.data() == title.data() + parts.before.size());
    FUZZ_CHECK(!parts.headline.empty());
    CanonicalText whole, headline;
    Canonicalize(title, whole);
    Canonicalize(parts.headline, headline);
    FUZZ_CHECK(headline.words().size() >= std::min<std::size_t>(3, whole.words().size()));
  }
  return 0;
}
