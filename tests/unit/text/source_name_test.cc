#include "text/source_name.h"

#include <gtest/gtest.h>

namespace samestory {
namespace {

TEST(SourceName, IsNamedByItsName) {
  const SourceName name("The Harbour Gazette", "");
  EXPECT_TRUE(name.IsNamedBy("theharbourgazette"));
  EXPECT_TRUE(name.IsNamedBy("harbourgazette"));
  EXPECT_TRUE(name.IsNamedBy("theharbourgaz"));  // cut in mid-word
  EXPECT_FALSE(name.IsNamedBy("gazette"));       // less than half
  EXPECT_FALSE(name.IsNamedBy("the"));
  EXPECT_FALSE(name.IsNamedBy("harbour"));
  EXPECT_FALSE(name.IsNamedBy("theharbourgazettes"));
  EXPECT_FALSE(name.IsNamedBy(""));
}

TEST(SourceName, AFirstWordIsNoCutName) {
  const SourceName name("Norland Today", "");
  EXPECT_FALSE(name.IsNamedBy("norl") && name.IsNamedBy("today"));
  EXPECT_TRUE(name.IsNamedBy("norlandtod"));
  EXPECT_TRUE(SourceName("Norland TV", "").IsNamedBy("norland"));  // most of the name
  EXPECT_FALSE(SourceName("Norland Business News", "").IsNamedBy("norland"));
}

TEST(SourceName, IsNamedByItsHost) {
  const SourceName name("", "https://news.harbour-gazette.co.uk/a/b");
  EXPECT_TRUE(name.IsNamedBy("harbourgazette"));
  EXPECT_TRUE(name.IsNamedBy("harbourgazettecouk"));
  EXPECT_TRUE(name.IsNamedBy("harbourgaz"));
  EXPECT_FALSE(name.IsNamedBy("harbour"));
  EXPECT_FALSE(name.IsNamedBy("co"));
  EXPECT_FALSE(name.IsNamedBy("uk"));
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
