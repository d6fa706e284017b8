#include "engine/one_source.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "samestory/engine.h"

namespace samestory {
namespace {

constexpr std::int64_t kMonday = 1'772'409'600, kHour = 3600;

bool SaysLittle(std::string_view title, std::string_view source) {
  CanonicalText canonical;
  Canonicalize(title, canonical);
  return SaysLittleBesideSource(canonical, title, source);
}

TEST(OneSource, ATitleOfTheSourcesNameSaysLittle) {
  EXPECT_TRUE(SaysLittle("Vell Radio live stream", "Vell Radio"));
  EXPECT_TRUE(SaysLittle("Vell Radio", "Vell Radio"));
  EXPECT_TRUE(SaysLittle("LIVE: Vell RADIO news", "Vell Radio"));
  EXPECT_FALSE(SaysLittle("Vell Radio tower falls in storm", "Vell Radio"));
  EXPECT_FALSE(SaysLittle("Granary roof falls", "Vell Radio"));
  EXPECT_FALSE(SaysLittle("Granary burns", "Vell Radio"));  // short, but it tells
  EXPECT_FALSE(SaysLittle("Vell Radio live stream", ""));
}

class OneSourceTest : public ::testing::Test {
 protected:
  OneSourceTest() : engine_(*Engine::Create(Options())) {}

  // A new item of a source; no hour: without a time.
  Relation Add(std::string_view title, std::optional<int> hour, std::string_view body = "",
               std::string_view source = "Vell Radio") {
    const std::string id = "i" + std::to_string(++number_);
    Record record;
    record.id = id;
    record.title = title;
    record.summary = body;
    record.source = source;
    if (hour) record.published = kMonday + *hour * kHour;
    return engine_->Add(record)->relation;
  }

  std::unique_ptr<Engine> engine_;
  int number_ = 0;
};

std::string Words(int count) {
  std::string words;
  for (int i = 0; i < count; ++i) words += "word" + std::to_string(i) + " ";
  return words;
}

constexpr std::string_view kGallery = "Pictures of the day from all around the valley";
constexpr std::string_view kBlurb =
    "The best pictures that our readers have sent to us, chosen by the desk";

TEST_F(OneSourceTest, AnEqualTitleHalfADayLaterIsAnotherOccasion) {
  Add(kGallery, 0, kBlurb);
  EXPECT_EQ(Add(kGallery, 23, kBlurb), Relation::kTemplate);
}

TEST_F(OneSourceTest, AnEqualTitleAtOnceIsTheSameUntilItIsSeenToReturn) {
  Add(kGallery, 0);
  EXPECT_EQ(Add(kGallery, 0), Relation::kExact);
  EXPECT_EQ(Add(kGallery, 0), Relation::kTemplate);
  EXPECT_EQ(Add(kGallery, 0), Relation::kTemplate);
}

TEST_F(OneSourceTest, AnEqualTitleLaterTheSameDayIsKeptInItsStory) {
  Add(kGallery, 0, kBlurb);
  EXPECT_EQ(Add(kGallery, 1, kBlurb), Relation::kUpdate);
}

TEST_F(OneSourceTest, ATeaserThatComesAThirdTimeStandsUnderASeries) {
  const std::string teaser = Words(28);
  Add(kGallery, 0, teaser);
  EXPECT_EQ(Add(kGallery, 1, teaser), Relation::kExact);
  EXPECT_EQ(Add(kGallery, 2, teaser), Relation::kUpdate);
}

TEST_F(OneSourceTest, ALongBodyThatIsEqualIsTheSameItem) {
  const std::string body = Words(80);
  Add("Granary roof falls in at Dunmore after storm", 0, body);
  for (int hour = 6; hour < 30; hour += 6) {
    EXPECT_EQ(Add("Granary roof falls in at Dunmore after storm", hour, body), Relation::kExact);
  }
}

TEST_F(OneSourceTest, OtherBodiesUnderOneTitleAreOtherOccasions) {
  Add("Evening briefing of what happened today", 0,
      "Schools of the valley will open again in spring, the council said on Monday");
  EXPECT_FALSE(IsRedundant(Add("Evening briefing of what happened today", 2,
                               "A drug gives hope to growers whose orchards have the blight")));
}

TEST_F(OneSourceTest, AnotherSourceMayTellTheSame) {
  Add("Granary roof falls in at Dunmore after storm", 0);
  EXPECT_EQ(Add("Granary roof falls in at Dunmore after storm", 3, "", "Northmoor Wire"),
            Relation::kExact);
}

TEST_F(OneSourceTest, ATitleThatSaysLittleBesideTheSourceIsAnotherStreamAfterAWhile) {
  Add("Vell Radio live stream", 0);
  EXPECT_EQ(Add("Vell Radio live stream", 0), Relation::kExact);
  EXPECT_EQ(Add("Vell Radio live stream", 1), Relation::kTemplate);
}

TEST_F(OneSourceTest, WithoutATimeOnlyEqualTitlesThatTellSomethingAreDropped) {
  Add("Vell Radio live stream", std::nullopt);
  EXPECT_FALSE(IsRedundant(Add("Vell Radio live stream", std::nullopt)));
  Add("Choir of Dunmore sings at the granary after the storm", std::nullopt);
  EXPECT_EQ(Add("Choir of Dunmore sings at the granary after the storm", std::nullopt),
            Relation::kExact);
  Add("Tales for children: The Ark / The Whale / Daniel in the den / Told by Ansel Brock",
      std::nullopt);
  EXPECT_FALSE(
      IsRedundant(Add("Tales for children: The Ark / Daniel in the den / Told by Ansel Brock",
                      std::nullopt)));
}

TEST_F(OneSourceTest, ATeaserUnderOneOfTwoEqualTitlesIsNewsAfterAWhile) {
  Add("Evening briefing of what happened today", 0, "A drug of hope");
  EXPECT_EQ(Add("Evening briefing of what happened today", 1,
                "Schools of the valley will open again in spring, the council said on Monday"),
            Relation::kUpdate);
  Add("Granary roof falls in at Dunmore after storm", 0);
  EXPECT_TRUE(IsRedundant(Add("Granary roof falls in at Dunmore after storm", 0,
                              "Two barns were damaged as well, the fire brigade said on Monday")));
}

TEST_F(OneSourceTest, AShorterTitleIsDroppedAtOnceAndKeptHoursLater) {
  constexpr std::string_view kWhole = "Granary roof falls in at Dunmore after storm in the valley";
  constexpr std::string_view kCut = "Granary roof falls in at Dunmore after storm";
  Add(kWhole, 0);
  EXPECT_TRUE(IsRedundant(Add(kCut, 0)));
  Add("Choir of Karsten sings at the castle with guests from Vell", 0);
  EXPECT_EQ(Add("Choir of Karsten sings at the castle with guests", 3), Relation::kUpdate);
}

TEST(OneSource, RecordsThatNothingTellsApartAreTheSame) {
  const auto engine = *Engine::Create(Options());
  Record record;
  record.id = "#1";
  record.id_is_made = true;
  record.title = "Granary roof falls in at Dunmore after storm";
  record.source = "Vell Radio";
  record.published = kMonday;
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(engine->Add(record)->relation, i == 0 ? Relation::kNew : Relation::kExact);
  }
}

}  // namespace
}  // namespace samestory
