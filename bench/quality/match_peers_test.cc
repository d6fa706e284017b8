// What stands between our judge and other systems: the pairs that are written for them, and the
// rows that come back.
#include "match_peers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "match_export.h"
#include "match_sets.h"
#include "split_files.h"
#include "split_peers.h"

namespace samestory::quality {
namespace {

using testing::ElementsAre;
using testing::Pair;
using Values = std::vector<std::pair<double, double>>;

TEST(Pearson, IsOfTheValues) {
  EXPECT_NEAR(Pearson({{1, 2}, {2, 4}, {3, 6}}), 1, 1e-12);
  EXPECT_NEAR(Pearson({{1, 6}, {2, 4}, {3, 2}}), -1, 1e-12);
  EXPECT_NEAR(Pearson({{1, 1}, {2, 4}, {3, 9}, {4, 16}}), .98437, 1e-5);
  EXPECT_EQ(Pearson({{1, 5}, {2, 5}}), 0);
  EXPECT_EQ(Pearson({}), 0);
}

TEST(Spearman, IsOfTheRanksAndSharesThemAmongEquals) {
  EXPECT_NEAR(Spearman({{1, 1}, {2, 4}, {3, 9}, {4, 16}}), 1, 1e-12);
  // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3.
  EXPECT_NEAR(Spearman({{1, 1}, {7, 2}, {7, 3}, {9, 4}}), .94868, 1e-5);
}

class PeersFile : public testing::Test {
 protected:
  ~PeersFile() override { std::filesystem::remove_all(dir_); }
  std::string Write(const std::string& rows) {
    const std::string path = dir_ + "/rows.ndjson";
    std::ofstream(path) << rows;
    return path;
  }
  static std::string Fresh() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    const std::string dir = testing::TempDir() + "match_peers_" + test->name();
    std::filesystem::remove_all(dir);
    std::filesystem::create_directories(dir);
    return dir;
  }
  const std::string dir_ = Fresh();
};

constexpr char kRows[] =
    R"({"system":"A","set":"template 1h","joined":3,"dropped":2,"pairs":10,"version":"1"}
{"system":"A","set":"hand","precision":0.5,"recall":1,"f1":0.667,"pairs":94}
{"system":"A","set":"sts","pearson":0.7,"spearman":0.6,"pairs":100}
{"system":"B","set":"tails","variant":"all","f1_other":0.5,"recall_main":1.0,"pages":2,"lines":9}
)";

TEST_F(PeersFile, EachReaderTakesItsRows) {
  const std::string path = Write(kRows);
  const auto match = LoadMatchPeers(path);
  ASSERT_TRUE(match.ok()) << match.status();
  ASSERT_EQ(match->rows.size(), 1u);
  EXPECT_EQ(match->rows[0].set, "template 1h");
  EXPECT_EQ(match->rows[0].method, "A");
  EXPECT_EQ(match->rows[0].n, 10u);
  EXPECT_EQ(match->rows[0].joined, 3u);
  EXPECT_EQ(match->rows[0].dropped, 2u);
  ASSERT_EQ(match->hand.size(), 1u);
  EXPECT_EQ(match->hand[0].recall, 1);
  ASSERT_EQ(match->sts.size(), 1u);
  EXPECT_EQ(match->sts[0].spearman, .6);
  const auto split = LoadPeerRows(path);
  ASSERT_TRUE(split.ok()) << split.status();
  ASSERT_EQ(split->size(), 1u);
  EXPECT_EQ((*split)[0].method, "B");
}

TEST_F(PeersFile, RowThatLacksAFieldIsRefused) {
  for (const char* row : {R"({"system":"A","set":"template","joined":3,"pairs":10})",
                          R"({"set":"template","joined":3,"dropped":3,"pairs":10})",
                          R"({"system":"A","set":"hand","f1":1,"recall":1})",
                          R"({"system":"A","set":"sts","pearson":1})"}) {
    EXPECT_FALSE(LoadMatchPeers(Write(row)).ok()) << row;
  }
  EXPECT_FALSE(LoadMatchPeers(dir_ + "/absent").ok());
}

TEST(BesidePeers, RowsOfOneSetStandTogether) {
  const std::vector<MatchRow> rows =
      BesidePeers({{"reissue", "judge", 5, 4, 3}, {"template", "judge 1h", 9, 2, 1}},
                  {{"template 1h", "A", 9, 8, 8}, {"reissue", "A", 5, 5, 5}});
  std::vector<std::pair<std::string, std::string>> names;
  for (const MatchRow& row : rows) names.emplace_back(row.set, row.method);
  EXPECT_THAT(names, ElementsAre(Pair("reissue", "judge"), Pair("reissue", "A"),
                                 Pair("template", "judge 1h"), Pair("template 1h", "judge"),
                                 Pair("template 1h", "A")));
  EXPECT_EQ(rows[3].joined, 2u);
}

TEST_F(PeersFile, ExportWritesEverySetAndTheTwoDerivedOnes) {
  MatchData data;
  const auto add = [&](const char* set, bool same, const char* older, const char* newer) {
    data.pairs.push_back({set, same, {older, "", "S", 10}, {newer, "", "S", 60}, 50, "g"});
  };
  add("titlever", true, "Storm leaves 12 dead on the coast", "Storm leaves 17 dead on the coast");
  add("titlever", true, "Mayor opens a bridge", "Mayor opens \"longest\" bridge");
  add("template", false, "Lottery numbers for 3 May", "Lottery numbers for 5 May");
  add("sts_hi", true, "A cat sits", "A cat is sitting");
  data.pairs.back().score = 4.5;
  const std::vector<PairSample> samples = ReplayStream(data, {});
  const auto counts = ExportPairs(samples, dir_ + "/new/folder");
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_THAT(*counts, ElementsAre(Pair("sts_hi", 1), Pair("template", 1), Pair("template 1h", 1),
                                   Pair("titlever", 2), Pair("titlever numbers", 1)));
  std::string older, newer;
  double hours = 0, score = 0;
  ASSERT_TRUE(ReadObjects(dir_ + "/new/folder/template_1h.ndjson", [&](simdjson::dom::object o) {
                older = std::string(std::string_view(o["older"]["title"]));
                newer = std::string(std::string_view(o["newer"]["title"]));
                hours = double(o["hours_apart"]);
                EXPECT_FALSE(bool(o["same"]));
              }).ok());
  EXPECT_EQ(older, "Lottery numbers for 3 May");
  EXPECT_EQ(newer, "Lottery numbers for 5 May");
  EXPECT_EQ(hours, 1);
  ASSERT_TRUE(ReadObjects(dir_ + "/new/folder/sts_hi.ndjson", [&](simdjson::dom::object o) {
                score = double(o["score"]);
              }).ok());
  EXPECT_EQ(score, 4.5);
  EXPECT_EQ(CorrelateSts(samples, {}).size(), 2u);
}

TEST_F(PeersFile, ExportNamesTheFolderThatCannotBeMade) {
  Write("");
  const auto counts = ExportPairs({}, dir_ + "/rows.ndjson/sub");
  ASSERT_FALSE(counts.ok());
  EXPECT_THAT(std::string(counts.status().message()), testing::HasSubstr("rows.ndjson"));
}

}  // namespace
}  // namespace samestory::quality
