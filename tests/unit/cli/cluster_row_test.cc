#include "cli/cluster_row.h"

#include <gtest/gtest.h>

#include <limits>

#include "cli/other.h"
#include "io/writer.h"

namespace samestory::cli {
namespace {

// Member by member.
std::string Expected(std::string_view id, const NamedRow& named) {
  std::string out;
  io::JsonWriter json(out);
  json.BeginObject();
  if (!id.empty()) json.Key("id").Raw(id);
  json.Key("story").String(StoryName(named.row.story));
  json.Key("relation").String(RelationName(named.row.relation));
  AddIdToken(json.Key("of"), named.of);
  json.Key("similarity").Number(named.row.similarity).Key("size").Uint(named.row.size);
  json.EndObject();
  return out;
}

TEST(ClusterRow, IsWhatTheWriterWrites) {
  const std::string long_id = '"' + std::string(1000, 'x') + '"';
  for (const std::string_view id : {std::string_view(), std::string_view("17"), std::string_view(long_id)}) {
    for (const std::string_view of : {std::string_view(), std::string_view("\"a\""), std::string_view(long_id)}) {
      for (const double similarity : {0.0, 1.0, 0.5, 2.0 / 3, 0.99996}) {
        NamedRow named;
        named.of = of;
        named.row.similarity = similarity;
        named.row.story = similarity == 0 ? 1 : std::numeric_limits<StoryId>::max();
        named.row.size = similarity == 0 ? 1 : std::numeric_limits<std::size_t>::max();
        named.row.relation = similarity == 0 ? Relation::kNew : Relation::kTruncated;
        std::string out = "before";
        AppendRow(id, named, {}, out);
        EXPECT_EQ(out, "before" + Expected(id, named));
      }
    }
  }
}

TEST(ClusterRow, HasWhatElseIsKnown) {
  NamedRow named;
  const std::string text = "One headline\nAnother headline";
  named.row.other.emplace_back();
  named.row.other[0].begin = 13;
  named.row.other[0].end = text.size();
  std::string out;
  AppendRow("1", named, text, out);
  EXPECT_NE(out.find("\"other\":[{\"text\":\"Another headline\""), std::string::npos);
}

}  // namespace
}  // namespace samestory::cli
