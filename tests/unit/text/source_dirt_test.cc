#include "text/source_dirt.h"

#include <gtest/gtest.h>

#include "support/snapshot.h"

#include <string>
#include <vector>

#include "news_data.h"

namespace samestory {
namespace {

// Invented headlines, every one different.
std::string Headline(int i) {
  static const char* const kWho[] = {"Council", "Harbour board", "Ferry union", "Miners",
                                     "Court",   "Teachers",      "Farmers"};
  static const char* const kDoes[] = {"rejects", "weighs", "delays", "backs", "questions"};
  static const char* const kWhat[] = {"tunnel plan", "new tariff",  "bridge repair",
                                      "pay offer",   "water rules", "night curfew"};
  return std::string(kWho[i % 7]) + " " + kDoes[i % 5] + " " + kWhat[i % 6] + " of district " +
         std::to_string(i);
}

std::string Shown(const TitleParts& parts) {
  return std::string(parts.before) + "{" + std::string(parts.headline) + "}" +
         std::string(parts.after);
}

TEST(SourceDirt, StripsTheSourceOfTheRecord) {
  const SourceDirt dirt;
  EXPECT_EQ(Shown(dirt.Strip("Old dam breaks - The Gazette", "The Gazette", "")),
            "{Old dam breaks} - The Gazette");
  EXPECT_EQ(Shown(dirt.Strip("Old dam breaks | Gazette", "", "https://www.gazette.example/1")),
            "{Old dam breaks} | Gazette");
  EXPECT_EQ(Shown(dirt.Strip("Old dam breaks - The Gaz", "The Gazette", "")),
            "{Old dam breaks} - The Gaz");
  EXPECT_EQ(Shown(dirt.Strip("Old dam breaks - Gazette - Gazette", "Gazette", "")),
            "{Old dam breaks} - Gazette - Gazette");
  EXPECT_EQ(Shown(dirt.Strip("Old dam breaks - Herald", "The Gazette", "")),
            "{Old dam breaks - Herald}");
}

TEST(SourceDirt, TellsTheWordsThatAreLeft) {
  const SourceDirt dirt;
  for (const std::string_view title :
       {"Old dam breaks - The Gazette", "Old dam breaks at night: many safe", "Old dam breaks",
        "Dam - Gazette", "", " - ", "a-b c-d e-f g-h | i", "大坝决口 - Gazette"}) {
    for (const std::size_t max_words : {1, 3, 64}) {
      CanonicalText left, expected;
      const TitleParts parts = dirt.Strip(title, "The Gazette", "", max_words, left);
      EXPECT_EQ(parts.headline, dirt.Strip(title, "The Gazette", "").headline);
      Canonicalize(parts.headline, expected, max_words);
      EXPECT_EQ(left.text(), expected.text()) << title;
      ASSERT_EQ(left.words().size(), expected.words().size());
      for (std::size_t i = 0; i < left.words().size(); ++i) {
        EXPECT_EQ(left.words()[i].flags, expected.words()[i].flags);
        EXPECT_EQ(left.words()[i].source_begin, expected.words()[i].source_begin);
      }
    }
  }
}

void ExpectEqual(const TitleReading& a, const TitleReading& b) {
  EXPECT_EQ(a.words, b.words);
  EXPECT_EQ(a.begin, b.begin);
  EXPECT_EQ(a.end, b.end);
  ASSERT_EQ(a.phrases.size(), b.phrases.size());
  for (std::size_t i = 0; i < a.phrases.size(); ++i) {
    const TitleReading::Phrase &x = a.phrases[i], &y = b.phrases[i];
    EXPECT_EQ(x.facts.phrase, y.facts.phrase);
    EXPECT_EQ(x.facts.source, y.facts.source);
    EXPECT_EQ(x.facts.side, y.facts.side);
    EXPECT_EQ(x.facts.wire, y.facts.wire);
    EXPECT_EQ(x.facts.number, y.facts.number);
    EXPECT_EQ(x.facts.single, y.facts.single);
    EXPECT_EQ(x.begin, y.begin);
    EXPECT_EQ(x.end, y.end);
    EXPECT_EQ(x.title, y.title);
  }
}

TEST(SourceDirt, ReadsATitleAsItStripsIt) {
  const SourceDirt dirt;
  std::string long_title;
  for (int i = 0; i < 90; ++i) long_title += "word" + std::to_string(i) + " ";
  for (const std::string& title :
       {std::string("Old dam breaks - The Gazette"), std::string("UPDATE 1-Old dam breaks at night"),
        std::string("Live: old dam breaks at night | Wire - Gazette"), std::string("Old dam breaks"),
        std::string("Dam"), std::string(), long_title, long_title + "- Gazette"}) {
    TitleReading alone, stripped;
    std::string whole;
    CanonicalText headline, all;
    SourceDirt::Read(title, "The Gazette", "", alone);
    const TitleParts parts = dirt.Strip(title, "The Gazette", "", 64, headline, &stripped, &whole);
    ExpectEqual(stripped, alone);
    Canonicalize(title, all);
    const bool is_cut = parts.headline.size() < title.size() && all.words().size() <= 64;
    EXPECT_EQ(whole, is_cut ? all.text() : "") << title;
  }
}

TEST(SourceDirt, LearnsFromAReadingWhatItLearnsFromTheTitle) {
  SourceDirt by_title, by_reading;
  TitleReading reading;
  for (int i = 0; i < 120; ++i) {
    const std::string title = "Live: " + Headline(i) + (i % 3 == 0 ? " - Coast Desk" : "");
    const std::string source = "Source " + std::to_string(i % 8);
    by_title.Learn(title, source, "");
    SourceDirt::Read(title, source, "", reading);
    by_reading.Learn(reading, title, source);
  }
  const std::vector<LearnedPhrase> expected = by_title.Learned(), learned = by_reading.Learned();
  ASSERT_FALSE(expected.empty());
  ASSERT_EQ(learned.size(), expected.size());
  for (std::size_t i = 0; i < learned.size(); ++i) {
    EXPECT_EQ(learned[i].text, expected[i].text);
    EXPECT_EQ(learned[i].source, expected[i].source);
    EXPECT_EQ(learned[i].titles, expected[i].titles);
  }
}

TEST(SourceDirt, LeavesThreeWords) {
  const SourceDirt dirt;
  EXPECT_EQ(Shown(dirt.Strip("Dam breaks - Gazette", "Gazette", "")), "{Dam breaks - Gazette}");
  EXPECT_EQ(Shown(dirt.Strip("", "Gazette", "")), "{}");
  EXPECT_EQ(Shown(dirt.Strip("大坝决口 - Gazette", "Gazette", "")), "{大坝决口} - Gazette");
}

TEST(SourceDirt, LearnsAnEndingOfOneSource) {
  SourceDirt dirt;
  const std::string title = "Old dam breaks at night - Coast Desk";
  for (int i = 0; i < 7; ++i) dirt.Learn(Headline(i) + " - Coast Desk", "Gazette", "");
  EXPECT_EQ(dirt.Strip(title, "Gazette", "").after, "");
  for (int i = 7; i < 40; ++i) dirt.Learn(Headline(i) + " - Coast Desk", "Gazette", "");
  EXPECT_EQ(dirt.Strip(title, "Gazette", "").after, " - Coast Desk");
  EXPECT_EQ(dirt.Strip(title, "Herald", "").after, "");
}

TEST(SourceDirt, TheSameTitleAgainTeachesNothing) {
  SourceDirt dirt;
  for (int i = 0; i < 50; ++i) dirt.Learn(Headline(1) + " - Coast Desk", "Gazette", "");
  EXPECT_EQ(dirt.Strip("Old dam breaks at night - Coast Desk", "Gazette", "").after, "");
}

TEST(SourceDirt, AnEndingOfThreeSourcesIsEverybodys) {
  SourceDirt dirt;
  for (const char* source : {"Gazette", "Herald", "Post"}) {
    for (int i = 0; i < 40; ++i) dirt.Learn(Headline(i) + " (Wire)", source, "");
  }
  EXPECT_EQ(dirt.Strip("Old dam breaks at night (Wire)", "", "").after, " (Wire)");
}

TEST(SourceDirt, ATopicAtTheEndStays) {
  SourceDirt dirt;
  for (int i = 0; i < 40; ++i) {
    dirt.Learn(Headline(i) + " | Tunnel strike", "Gazette", "");
    dirt.Learn("Tunnel strike goes on as " + Headline(i), "Gazette", "");
    dirt.Learn(Headline(i) + " - 3 March 2021", "Gazette", "");
  }
  EXPECT_EQ(dirt.Strip("Old dam breaks at night | Tunnel strike", "Gazette", "").after, "");
  EXPECT_EQ(dirt.Strip("Old dam breaks at night - 3 March 2021", "Gazette", "").after, "");
}

TEST(SourceDirt, LearnsAnAgencysNumbers) {
  SourceDirt dirt;
  for (int i = 0; i < 40; ++i) {
    dirt.Learn("UPDATE " + std::to_string(1 + i % 3) + "-" + Headline(i), "Gazette", "");
  }
  EXPECT_EQ(Shown(dirt.Strip("UPDATE 9-Old dam breaks", "", "")), "UPDATE 9-{Old dam breaks}");
  EXPECT_EQ(dirt.Strip("ROUND 9-Old dam breaks", "", "").before, "");
}

TEST(SourceDirt, LearnsACommonLabelAndKeepsTopics) {
  SourceDirt dirt;
  for (int source = 0; source < 40; ++source) {
    const std::string name = "Source " + std::to_string(source);
    for (int i = 0; i < 4; ++i) {
      const std::string headline = Headline(4 * source + i);
      dirt.Learn("Explained: " + headline, name, "");
      dirt.Learn("Quake: " + headline, name, "");
      for (int more = 0; more < 3; ++more) dirt.Learn("After quake " + headline, name, "");
    }
  }
  EXPECT_EQ(dirt.Strip("EXPLAINED | Old dam breaks", "", "").before, "EXPLAINED | ");
  EXPECT_EQ(dirt.Strip("Quake: Old dam breaks", "", "").before, "");
  for (int i = 0; i < 200; ++i) dirt.Learn("Court watch: " + Headline(i), "Gazette", "");
  EXPECT_EQ(dirt.Strip("Court watch: Old dam breaks", "Gazette", "").before, "");
}

TEST(SourceDirt, ListsWhatItLearned) {
  SourceDirt dirt;
  EXPECT_TRUE(dirt.Learned().empty());
  for (int i = 0; i < 40; ++i) {
    dirt.Learn(Headline(i) + " - Coast Desk", "Gazette", "");
    dirt.Learn("UPDATE " + std::to_string(1 + i % 3) + "-" + Headline(i), "Wire", "");
    dirt.Learn(Headline(i) + " - " + std::to_string(i), "Gazette", "");
    dirt.Learn("Quake: " + Headline(i), "Gazette", "");
  }
  const auto expect_listed = [](const SourceDirt& of) {
    const std::vector<LearnedPhrase> learned = of.Learned();
    ASSERT_EQ(learned.size(), 2u);
    EXPECT_FALSE(learned[0].opening);
    EXPECT_EQ(learned[0].text, "coast desk");
    EXPECT_EQ(learned[0].source, "Gazette");
    EXPECT_EQ(learned[0].titles, 40u);
    EXPECT_TRUE(learned[1].opening);
    EXPECT_EQ(learned[1].text, "update");
    EXPECT_EQ(learned[1].source, "");
    EXPECT_EQ(learned[1].titles, 40u);
  };
  expect_listed(dirt);

  test::MemorySnapshot snapshot;
  SnapshotWriter out(snapshot, "titles");
  dirt.Save(out);
  ASSERT_TRUE(out.Finish().ok());
  SourceDirt loaded;
  SnapshotReader in(snapshot, "titles");
  loaded.Load(in);
  ASSERT_TRUE(in.Finish().ok());
  expect_listed(loaded);
  EXPECT_EQ(loaded.Strip("Old dam breaks at night - Coast Desk", "Gazette", "").after,
            " - Coast Desk");
}

TEST(SourceDirt, IsBoundedAndRepeatable) {
  SourceDirt a(1000), b(1000);
  for (SourceDirt* dirt : {&a, &b}) {
    for (int i = 0; i < 5000; ++i) {
      dirt->Learn(Headline(i) + " - Desk " + std::string(1 + i % 3, 'x') + std::to_string(i),
                  "Source " + std::to_string(i % 50), "");
      if (i % 2 == 0) dirt->Learn(Headline(i) + " - Coast Desk", "Gazette", "");
    }
  }
  EXPECT_LT(a.MemoryBytes(), 400'000u);
  EXPECT_EQ(a.MemoryBytes(), b.MemoryBytes());
  EXPECT_EQ(a.Strip("Old dam breaks at night - Coast Desk", "Gazette", "").after, " - Coast Desk");
}

TEST(SourceDirt, StripsMostSuffixesOfRealTitles) {
  const auto lines = NewsLines("headlines_newsapi.ndjson.gz", 30'000);
  if (lines.empty()) GTEST_SKIP() << "no news data in " SAMESTORY_DATA_DIR;
  SourceDirt dirt;
  for (const std::string& line : lines) dirt.Learn(Field(line, "title"), Field(line, "source"), "");
  std::size_t with_source = 0, stripped = 0;
  for (const std::string& line : lines) {
    const std::string title = Field(line, "title"), source = Field(line, "source");
    if (!title.ends_with(" - " + source)) continue;
    ++with_source;
    stripped += dirt.Strip(title, source, "").after.ends_with(source);
  }
  EXPECT_GT(with_source, 1000u);
  EXPECT_GT(static_cast<double>(stripped), 0.98 * static_cast<double>(with_source));
}

}  // namespace
}  // namespace samestory
