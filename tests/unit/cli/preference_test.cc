#include "cli/preference.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace samestory::cli {
namespace {

Record Item(std::string_view id, std::string_view source, std::int64_t published,
            std::string_view title = "A title") {
  Record record;
  record.id = id;
  record.source = source;
  record.published = published;
  record.title = title;
  return record;
}

Decision New(StoryId story) {
  Decision decision;
  decision.story = story;
  return decision;
}

Decision Copy(StoryId story, std::string of) {
  Decision decision;
  decision.relation = Relation::kCopy;
  decision.story = story;
  decision.of = std::move(of);
  return decision;
}

PreferenceOptions Options(std::string_view text) { return *ParsePreference(text); }

// What is chosen for a batch; copies are to be dropped.
std::vector<Choice> Choose(Preference& preference, const std::vector<Record>& records,
                           const std::vector<Decision>& decisions) {
  std::vector<bool> drop;
  for (const Decision& decision : decisions) drop.push_back(IsRedundant(decision.relation));
  std::vector<Choice> choices;
  preference.Choose(records, decisions, drop, choices);
  return choices;
}

TEST(ParsePreference, KnowsItsRules) {
  EXPECT_EQ(Options("first").rule, PreferenceOptions::Rule::kFirst);
  EXPECT_EQ(Options("longest").rule, PreferenceOptions::Rule::kLongest);
  EXPECT_EQ(Options("newest").rule, PreferenceOptions::Rule::kNewest);
  EXPECT_EQ(Options("source=a,b").sources, (std::vector<std::string>{"a", "b"}));
  for (const char* bad : {"", "source", "source=", "last"}) {
    EXPECT_FALSE(ParsePreference(bad).ok()) << bad;
  }
}

TEST(Preference, TheFirstIsKeptByDefault) {
  Preference preference(Options("first"));
  const auto choices =
      Choose(preference, {Item("1", "b", 1), Item("2", "a", 2)}, {New(1), Copy(1, "1")});
  EXPECT_FALSE(choices[0].drop);
  EXPECT_TRUE(choices[1].drop);
  EXPECT_EQ(preference.size(), 0u);
}

TEST(Preference, ABetterCopyInALaterBatchReplacesByName) {
  Preference preference(Options("source=a,b"));
  Choose(preference, {Item("1", "c", 1)}, {New(1)});
  auto choices = Choose(preference, {Item("2", "b", 2)}, {Copy(1, "1")});
  EXPECT_FALSE(choices[0].drop);
  EXPECT_EQ(choices[0].replaces, "1");
  // A copy of the copy is measured by what is kept now.
  choices =
      Choose(preference, {Item("3", "b", 3), Item("4", "c", 3)}, {Copy(1, "1"), Copy(1, "2")});
  EXPECT_TRUE(choices[0].drop);
  EXPECT_TRUE(choices[1].drop);
  choices = Choose(preference, {Item("5", "a", 4)}, {Copy(1, "4")});
  EXPECT_FALSE(choices[0].drop);
  EXPECT_EQ(choices[0].replaces, "2");
}

TEST(Preference, WithinABatchOnlyTheBestIsKept) {
  Preference preference(Options("newest"));
  Choose(preference, {Item("0", "z", 1)}, {New(1)});
  const auto choices = Choose(preference, {Item("1", "b", 5), Item("2", "a", 9), Item("3", "c", 7)},
                              {Copy(1, "0"), Copy(1, "1"), Copy(1, "1")});
  EXPECT_TRUE(choices[0].drop);
  EXPECT_EQ(choices[0].replaced_by, "2");
  EXPECT_EQ(choices[0].replaces, "");
  EXPECT_FALSE(choices[1].drop);
  EXPECT_EQ(choices[1].replaces, "0");  // which was kept in an earlier batch
  EXPECT_TRUE(choices[2].drop);
}

TEST(Preference, AnItemOfferedAgainReplacesNothing) {
  Preference preference(Options("newest"));
  Choose(preference, {Item("1", "a", 1)}, {New(1)});
  EXPECT_TRUE(Choose(preference, {Item("1", "a", 9)}, {Copy(1, "1")})[0].drop);
  EXPECT_FALSE(Choose(preference, {Item("2", "a", 5)}, {Copy(1, "1")})[0].drop);
  EXPECT_TRUE(Choose(preference, {Item("1", "a", 99)}, {Copy(1, "1")})[0].drop);
}

TEST(Preference, OneIdOfTwoStoriesIsNotTakenForTheOther) {
  Preference preference(Options("newest"));
  Choose(preference, {Item("1", "a", 1)}, {New(1)});
  EXPECT_TRUE(Choose(preference, {Item("2", "b", 9)}, {Copy(7, "1")})[0].drop);
}

TEST(Preference, ExemptSourcesAreNeverDropped) {
  PreferenceOptions options = Options("source=a");
  options.exempt = {"x"};
  Preference preference(options);
  const auto choices = Choose(preference, {Item("1", "x", 1), Item("2", "x", 2), Item("3", "a", 3)},
                              {New(1), Copy(1, "1"), Copy(1, "1")});
  EXPECT_FALSE(choices[0].drop);
  EXPECT_FALSE(choices[1].drop);
  EXPECT_FALSE(choices[2].drop);
}

TEST(Preference, ForgetsWithTheWindow) {
  PreferenceOptions options = Options("newest");
  options.window_seconds = 100;
  Preference preference(options);
  std::vector<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.push_back(std::to_string(i));
  for (int i = 0; i < 1000; ++i) {
    Choose(preference, {Item(ids[i], "a", 1'700'000'000 + 10 * i)}, {New(i + 1)});
  }
  EXPECT_LE(preference.size(), 12u);
  EXPECT_GE(preference.size(), 10u);
}

}  // namespace
}  // namespace samestory::cli
