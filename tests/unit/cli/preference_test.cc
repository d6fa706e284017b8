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
  EXPECT_EQ(Options(R"(source=News\, Weather,,b\\, c\d\)").sources,
            (std::vector<std::string>{"News, Weather", R"(b\)", R"( c\d\)"}));
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

// The same stream through one object, and through one that is saved and loaded at each batch.
TEST(Preference, GoesOnWhereItWasSaved) {
  PreferenceOptions options = Options("source=a,b");
  options.window_seconds = 100;
  Preference whole(options);
  std::string bytes;
  for (int i = 0; i < 60; ++i) {
    const std::string first = "x" + std::to_string(i), second = "y" + std::to_string(i);
    const std::string old = "x" + std::to_string(std::max(0, i - 7 - i % 3));
    const StoryId old_story = static_cast<StoryId>(std::max(0, i - 7 - i % 3)) + 1;
    const std::vector<Record> records = {Item(first, "c", 1000 + 10 * i),
                                         Item(second, i % 2 ? "a" : "b", 1000 + 10 * i)};
    const std::vector<Decision> decisions = {New(static_cast<StoryId>(i) + 1),
                                             Copy(old_story, old)};
    Preference again(options);
    if (i > 0) {
      ASSERT_TRUE(again.Load(bytes).value());
    }
    const auto expected = Choose(whole, records, decisions);
    const auto chosen = Choose(again, records, decisions);
    for (int r = 0; r < 2; ++r) {
      ASSERT_EQ(chosen[r].drop, expected[r].drop) << i;
      ASSERT_EQ(chosen[r].replaces, expected[r].replaces) << i;
      ASSERT_EQ(chosen[r].replaced_by, expected[r].replaced_by) << i;
    }
    bytes = again.Save();
    ASSERT_EQ(bytes, whole.Save()) << i;
    ASSERT_EQ(again.size(), whole.size());
  }
  EXPECT_LT(whole.size(), 40u);  // the window bounds it
}

TEST(Preference, WhatWasSavedUnderAnotherRuleIsNotTakenUp) {
  Preference longest(Options("longest"));
  Choose(longest, {Item("1", "b", 1)}, {New(1)});
  Preference newest(Options("newest"));
  EXPECT_FALSE(newest.Load(longest.Save()).value());
  EXPECT_EQ(newest.size(), 0u);
}

TEST(Preference, AForgottenItemIsInNoByteOfIt) {
  Preference preference(Options("longest"));
  Choose(preference, {Item("secret-17", "b", 1), Item("other", "b", 1)}, {New(1), New(2)});
  Choose(preference, {Item("copy", "b", 1)}, {Copy(1, "secret-17")});
  const std::string bytes = preference.Save();
  ASSERT_NE(bytes.find("secret-17"), std::string::npos);
  const std::string rest = Preference::WithoutItem(bytes, "secret-17").value();
  EXPECT_EQ(rest.find("secret-17"), std::string::npos);
  Preference loaded(Options("longest"));
  EXPECT_TRUE(loaded.Load(rest).value());
  EXPECT_EQ(loaded.size(), 1u);
}

TEST(Preference, DamagedBytesAreRefused) {
  Preference preference(Options("longest"));
  Choose(preference, {Item("1", "b", 1), Item("2", "b", 1)}, {New(1), New(2)});
  const std::string bytes = preference.Save();
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 4);
    EXPECT_FALSE(Preference(Options("longest")).Load(flipped).ok()) << at;
    EXPECT_FALSE(Preference(Options("longest")).Load(bytes.substr(0, at)).ok()) << at;
  }
}

}  // namespace
}  // namespace samestory::cli
