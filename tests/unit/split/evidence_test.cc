#include "split/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "samestory/split.h"

namespace samestory {
namespace {

constexpr std::uint64_t kSeed = 42;

const std::string kFerry =
    "The ferry to Larkholm Island will stop running in October, its owner said on Monday.\n"
    "Larkholm Lines blamed falling passenger numbers and dear diesel for the decision.\n"
    "The ferry carries some 40,000 islanders and visitors to the island every year.\n"
    "Islanders fear that the school on Larkholm will close if families cannot get across.\n"
    "The council will look for another owner before the last ferry leaves the harbour.\n";
const std::string kOrchid = "Botanists found a rare orchid growing on the roof of a city car park.";
const std::string kBread =
    "Bakers in three counties warned of dearer bread after a poor wheat harvest.";

std::vector<LineEvidence> Look(const PageCorpus& corpus, const std::string& text,
                               std::string_view id = "") {
  const auto& memory = PageEvidence::Of(corpus);
  const StatsWordModel words = memory.WordsFor(id);
  const Page page = PageReader(words, &memory.signer()).Read(text, "en");
  return memory.Find(page, id);
}

TEST(PageCorpus, FindsALineThatIsTheTitleOfAnotherPage) {
  PageCorpus corpus(kSeed);
  corpus.Add("orchid-1", kOrchid, "It flowers once in ten years.\nNobody planted it there.");
  const auto evidence = Look(corpus, kFerry + kOrchid + "\n" + kBread);
  EXPECT_EQ(evidence[5].headlines, 1u);
  EXPECT_EQ(evidence[5].seen, "orchid-1");
  EXPECT_EQ(evidence[6].headlines, 0u);
  EXPECT_EQ(evidence[6].seen, "");
}

TEST(PageCorpus, FindsALeadThatWasReworded) {
  PageCorpus corpus(kSeed);
  corpus.Add("orchid-1", "",
             "Botanists found a rare orchid growing on the roof of a car park in the city.\n"
             "It flowers once in ten years.");
  EXPECT_EQ(Look(corpus, kFerry + kOrchid)[5].seen, "orchid-1");
}

TEST(PageCorpus, CountsPagesThatRepeatALine) {
  PageCorpus corpus(kSeed);
  for (int i = 0; i < 5; ++i) {
    const std::string n = std::to_string(i);
    corpus.Add("p" + n, "",
               "Story number " + n + " tells of the matter with code zx" + n + " in town.\n" +
                   "Its second line names person q" + n + " and the place r" + n + " as well.\n" +
                   "A third line follows here about thing s" + n + " and thing t" + n + ".\n" +
                   kBread);
  }
  const auto evidence = Look(corpus, kFerry + kBread);
  EXPECT_EQ(evidence[5].repeated, 5u);
  EXPECT_EQ(evidence[5].headlines, 0u);
}

TEST(PageCorpus, APageIsNoEvidenceAgainstItself) {
  PageCorpus corpus(kSeed);
  const std::string page = kFerry + kBread;
  corpus.Add("self", "", page);
  for (const LineEvidence& line : Look(corpus, page, "self")) {
    EXPECT_EQ(line.repeated + line.headlines + line.copies, 0u);
  }
}

TEST(PageCorpus, ACopyOfTheStoryWithAnotherTailSpeaksForItsLines) {
  PageCorpus corpus(kSeed);
  corpus.Add("elsewhere", "",
             kFerry + "Two quite different closing words about the weather today.");
  const auto evidence = Look(corpus, kFerry + kOrchid + "\n" + kBread);
  for (std::size_t u = 2; u < 5; ++u) {
    EXPECT_EQ(evidence[u].copies, 1u) << u;
    EXPECT_EQ(evidence[u].repeated, 0u) << u;
  }
  EXPECT_EQ(evidence[5].copies, 0u);
}

TEST(PageCorpus, TheSamePageFetchedTwiceSaysNothing) {
  PageCorpus corpus(kSeed);
  const std::string page = kFerry + kOrchid + "\n" + kBread;
  corpus.Add("first fetch", "", page);
  for (const LineEvidence& line : Look(corpus, page, "second fetch")) {
    EXPECT_EQ(line.repeated + line.headlines + line.copies, 0u);
  }
}

TEST(PageCorpus, ForgetsTheOldestPagesBeyondItsBound) {
  PageCorpus corpus(kSeed, 20);
  corpus.Add("orchid", kOrchid, "It flowers once in ten years, they say.");
  for (int i = 0; i < 40; ++i) {
    const std::string n = std::to_string(i);
    corpus.Add("p" + n, "", "Story " + n + " is about code zx" + n + " and about yw" + n + ".");
  }
  EXPECT_LE(corpus.num_pages(), 21u);
  EXPECT_EQ(Look(corpus, kFerry + kOrchid)[5].seen, "");
  EXPECT_GT(corpus.MemoryBytes(), 0u);
}

TEST(PageCorpus, RemembersATitleWithoutTextAsAHeadline) {
  PageCorpus corpus(kSeed);
  const double before = PageEvidence::Of(corpus).WordsFor("").Idf(WordHash("orchid"));
  corpus.Add("orchid", kOrchid, "");
  EXPECT_EQ(Look(corpus, kFerry + kOrchid)[5].seen, "orchid");
  EXPECT_EQ(PageEvidence::Of(corpus).WordsFor("").Idf(WordHash("orchid")), before);
}

TEST(PageCorpus, ForgetsPagesByTheirNumber) {
  PageCorpus corpus(kSeed);
  corpus.Add("orchid", kOrchid, "It flowers once in ten years, they say.");
  const std::uint64_t second = corpus.num_added();
  EXPECT_EQ(second, 1u);
  corpus.Add("bread", kBread, "");
  corpus.ForgetBefore(second);
  EXPECT_EQ(corpus.num_pages(), 1u);
  EXPECT_EQ(corpus.num_added(), 2u);
  EXPECT_EQ(Look(corpus, kFerry + kOrchid)[5].seen, "");
  EXPECT_EQ(Look(corpus, kFerry + kBread)[5].seen, "bread");
  corpus.ForgetBefore(0);
  EXPECT_EQ(corpus.num_pages(), 1u);
  corpus.ForgetBefore(100);
  EXPECT_EQ(corpus.num_pages(), 0u);
  EXPECT_EQ(Look(corpus, kFerry + kBread)[5].seen, "");
  corpus.Add("bread again", kBread, "");
  EXPECT_EQ(corpus.num_added(), 3u);
  EXPECT_EQ(Look(corpus, kFerry + kBread)[5].seen, "bread again");
}

TEST(PageCorpus, AWindowOfPagesNeedsMemoryForItAlone) {
  PageCorpus corpus(kSeed);
  const auto add = [&](int from, int to) {
    for (int i = from; i < to; ++i) {
      const std::string n = std::to_string(i);
      corpus.Add("p" + n, "",
                 "Story " + n + " of zx" + n + " and yw" + n + " is number " + n + ".\n" +
                     "Its second line tells of q" + n + " and of r" + n + " here.");
      if (corpus.num_added() > 500) corpus.ForgetBefore(corpus.num_added() - 500);
    }
  };
  add(0, 5'000);
  const std::size_t bytes = corpus.MemoryBytes();
  add(5'000, 20'000);
  EXPECT_EQ(corpus.num_pages(), 500u);
  EXPECT_LT(corpus.MemoryBytes(), bytes + bytes / 4);
}

TEST(PageCorpus, ForgetsWhatForgottenPagesTaught) {
  PageCorpus corpus(kSeed);
  const auto idf = [&] { return PageEvidence::Of(corpus).WordsFor("").Idf(WordHash("zorblax")); };
  const double before = idf();
  for (int i = 0; i < 3'000; ++i) corpus.Add("old", "", "The zorblax came to town.");
  EXPECT_LT(idf(), before);
  for (int i = 0; i < 9'000; ++i) {
    corpus.Add("new", "", "Nothing of the kind.");
    corpus.ForgetBefore(corpus.num_added() - 100);
  }
  EXPECT_GT(idf(), before - 0.01);
}

TEST(PageCorpus, TurnsADoubtfulTailIntoOther) {
  const std::string page = kFerry + kOrchid + "\n" + kBread + "\n";
  PageCorpus corpus(kSeed);
  corpus.Add("orchid", kOrchid, "It flowers once in ten years, they say.");
  corpus.Add("bread", kBread, "The harvest was the poorest since records began.");
  const auto alone = SplitPage(page);
  const auto together = SplitPage(page, {}, &corpus, "self");
  ASSERT_TRUE(alone.ok() && together.ok());
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(together->lines[i].role, LineRole::kMain) << i;
  for (std::size_t i = 5; i < 7; ++i) {
    EXPECT_EQ(together->lines[i].role, LineRole::kOther) << i;
    EXPECT_LT(together->lines[i].score, alone->lines[i].score);
  }
  EXPECT_EQ(together->lines[5].seen, "orchid");
  EXPECT_EQ(together->lines[6].seen, "bread");
}

TEST(PageCorpus, LearnsWordsOfTheStreamButNotFromThePageItself) {
  PageCorpus corpus(kSeed);
  const std::uint32_t word = WordHash("zorblax");
  const auto idf = [&](std::string_view id) {
    return PageEvidence::Of(corpus).WordsFor(id).Idf(word);
  };
  const double before = idf("");
  corpus.Add("a", "", "The zorblax came to town.");
  EXPECT_LT(idf(""), before);
  EXPECT_LT(idf("b"), before);
  EXPECT_DOUBLE_EQ(idf("a"), before);
}

// A page with all of its text, the menu of its site around the story.
std::string WholePage(const std::string& story) {
  return "Read all our news from the islands\nHome\nNews\nSport\nWeather\nCulture\nTravel\n" +
         story + "Share\nPrint\nContact\nCookies\nJobs\nAbout us\n" +
         "All rights reserved by the island paper\n";
}

TEST(PageCorpus, TakesTheLeadOfAWholePageFromBelowItsMenu) {
  PageCorpus corpus(kSeed);
  corpus.Add("ferry", "", WholePage(kFerry));
  const std::string lead = kFerry.substr(0, kFerry.find('\n'));
  const auto evidence =
      Look(corpus, kOrchid + "\nIt flowers.\n" + lead + "\nRead all our news from the islands\n");
  EXPECT_EQ(evidence[2].seen, "ferry");
  EXPECT_EQ(evidence[3].seen, "");
  EXPECT_EQ(evidence[3].headlines, 0u);
  EXPECT_EQ(evidence[3].repeated, 1u);
}

TEST(PageCorpus, KnowsTheSameStoryOnAWholePageForACopy) {
  PageCorpus corpus(kSeed);
  corpus.Add("ferry", "", WholePage(kFerry));
  const auto split = SplitPage(kFerry + kOrchid + "\n", {}, &corpus, "other");
  ASSERT_TRUE(split.ok());
  for (const PageLine& line : split->lines) EXPECT_EQ(line.seen, "");
}

TEST(LineSigner, LeavesShortLinesOut) {
  const LineSigner signer(kSeed);
  CanonicalText text;
  Canonicalize("Read more news here", text);
  EXPECT_FALSE(signer.Sign(text).present);
  Canonicalize("Read much more news here", text);
  EXPECT_TRUE(signer.Sign(text).present);
}

}  // namespace
}  // namespace samestory
