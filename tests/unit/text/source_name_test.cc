#include "text/source_name.h"

#include <gtest/gtest.h>

namespace samestory {
namespace {

TEST(SourceName, ByName) {
  const SourceName name("The Harbour Gazette", "https://other.example/");
  EXPECT_TRUE(name.IsName("theharbourgazette"));
  EXPECT_TRUE(name.IsName("harbourgazette"));
  EXPECT_TRUE(name.IsName("theharbourgaz"));  // cut in mid-word
  EXPECT_FALSE(name.IsName("gazette"));       // less than half
  EXPECT_FALSE(name.IsName("the"));
  EXPECT_FALSE(name.IsName("harbour"));
  EXPECT_FALSE(name.IsName("theharbourgazettes"));
  EXPECT_FALSE(name.IsName("other"));
  EXPECT_FALSE(name.IsName(""));
  EXPECT_FALSE(SourceName("", "").IsName(""));
}

TEST(SourceName, AFirstWordIsNoCutName) {
  EXPECT_FALSE(SourceName("Norland Business News", "").IsName("norland"));
  EXPECT_TRUE(SourceName("Norland Business News", "").IsName("norlandbus"));
  EXPECT_TRUE(SourceName("Norland TV", "").IsName("norland"));  // most of the name
}

TEST(SourceName, ByHost) {
  const SourceName name("", "https://news.harbour-gazette.co.uk/a/b");
  EXPECT_TRUE(name.IsHost("harbourgazette"));
  EXPECT_TRUE(name.IsHost("harbourgazettecouk"));
  EXPECT_TRUE(name.IsHost("harbourgaz"));
  for (std::string_view ending : {"harbour", "co", "uk", "", "newsletter"}) {
    EXPECT_FALSE(name.IsHost(ending)) << ending;
  }
  EXPECT_FALSE(SourceName("Gazette", "").IsHost("gazette"));
}

TEST(SourceName, KeyTellsSourcesApart) {
  EXPECT_EQ(SourceName("", "").key(), 0u);
  EXPECT_EQ(SourceName("The  GAZETTE", "").key(), SourceName("the gazette", "http://x.y").key());
  EXPECT_NE(SourceName("Gazette", "").key(), SourceName("Herald", "").key());
  EXPECT_EQ(SourceName("", "http://www.x.example/1").key(),
            SourceName("", "https://x.example/2").key());
}

}  // namespace
}  // namespace samestory
