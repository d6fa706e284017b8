#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "unit/io/io_testing.h"

// Every real feed file is read: what is well-formed gives all its items, what is not is told with
// its place, nothing crashes.
namespace samestory::io {
namespace {

struct IndexEntry {
  std::string file, root;
  std::uint64_t items = 0;
  bool well_formed = false;
};

/// The value of a member in one line of INDEX.ndjson, as it stands.
std::string Member(const std::string& line, const std::string& key) {
  const std::size_t at = line.find("\"" + key + "\": ");
  if (at == line.npos) return {};
  const std::size_t begin = at + key.size() + 4;
  const bool is_string = line[begin] == '"';
  const std::size_t end = is_string ? line.find('"', begin + 1) : line.find_first_of(",}", begin);
  return line.substr(begin + is_string, end - begin - is_string);
}

TEST(RealFeedsTest, WellFormedFeedsGiveAllTheirItems) {
  const std::filesystem::path folder = std::filesystem::path(SAMESTORY_DATA_DIR) / "feeds";
  if (!std::filesystem::exists(folder / "INDEX.ndjson")) GTEST_SKIP() << "no " << folder;
  std::ifstream index(folder / "INDEX.ndjson");
  int feeds = 0;
  for (std::string line; std::getline(index, line);) {
    const std::string file = Member(line, "file");
    const ReadResult result = ReadFile((folder / file).string());
    ++feeds;
    if (Member(line, "well_formed") != "true") {
      EXPECT_TRUE(!result.status.ok() || result.bad.size() + result.warnings.size() > 0) << file;
      continue;
    }
    EXPECT_TRUE(result.warnings.empty()) << file << ": " << result.warnings[0].reason;
    EXPECT_TRUE(result.status.ok()) << result.status;
    EXPECT_TRUE(result.bad.empty()) << file << ": " << result.bad[0].reason;
    EXPECT_EQ(result.records.size(), std::stoul("0" + Member(line, "items"))) << file;
    for (const ReadRecord& record : result.records) {
      EXPECT_FALSE(record.id.empty()) << file;
      EXPECT_FALSE(record.title.empty() && record.summary.empty() && record.text.empty() &&
                   record.url.empty())
          << file << ": an item without content at line " << record.line;
    }
  }
  EXPECT_GT(feeds, 100);
}

}  // namespace
}  // namespace samestory::io
