#include "split/features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>

#include "text/word_stats.h"

namespace samestory {
namespace {

// A model with words of all kinds, from the hash alone.
class HashModel : public WordModel {
 public:
  double Idf(std::uint32_t word) const override { return word % 11; }
  double Frequency(std::uint32_t word) const override { return 1e-5 * (1 + word % 100); }
  double Opening(std::uint32_t word) const override { return (word % 9) / 4.0 - 1; }
  double Title(std::uint32_t word) const override { return (word % 7) / 3.0 - 1; }
  double MaxIdf() const override { return 12; }
  void Prefetch(std::span<const std::uint32_t>) const override {}
};

std::string RandomPage(std::mt19937& random, std::size_t lines) {
  static const char* const kEnds[] = {".", "", "?", "!", "...", ":", ".\"", " |"};
  std::string text;
  for (std::size_t i = 0; i < lines; ++i) {
    const std::size_t words = 1 + random() % 12;
    for (std::size_t w = 0; w < words; ++w) {
      std::string word = "word" + std::to_string(random() % 60) + (random() % 5 ? "" : "s");
      if (random() % 4 == 0) word[0] = 'W';
      text += (w ? " " : "") + (random() % 15 ? word : "\"" + word + "\"");
      text += random() % 4 ? "" : ",";
    }
    text += kEnds[random() % 8];
    text += '\n';
  }
  return text;
}

// The definitions of features.h, one cut at a time.
class Oracle {
 public:
  Oracle(const Page& page, const std::vector<LineEvidence>& evidence)
      : page_(page), evidence_(evidence) {}

  CutFeatures Cut(std::size_t t) const {
    const std::size_t n = page_.units.size();
    CutFeatures f{};
    f[kCut] = 1;
    double loose = 0, seen = 0, mean = 0;
    const double part = std::min(1.0, 12.0 / static_cast<double>(n - t));
    for (std::size_t u = t; u < n; ++u) {
      const PageUnit& unit = page_.units[u];
      const LineEnd end = unit.marks.end;
      f[kQuestions] += end == LineEnd::kQuestion;
      f[kExclamations] += end == LineEnd::kExclamation;
      f[kOpenEnds] += end == LineEnd::kOpen;
      if (end != LineEnd::kStop) f[kOpenLength] += std::log(1.0 + unit.words) - 2.5;
      f[kSeparators] += unit.marks.separator;
      const bool list = unit.marks.commas >= 3 && unit.marks.commas * 5 >= unit.words;
      f[kClosedLists] += list && end == LineEnd::kStop;
      f[kOpenLists] += list && end != LineEnd::kStop;
      f[kLengthGap] += part * (std::log(1.0 + unit.words) - StoryLength(t));
      f[kCommonWords] += Common(unit);
      f[kStoryShare] += Share(u, [&](std::uint32_t term) { return First(term) < t; });
      const auto in_story = [&](std::uint32_t term) { return First(term) < t; };
      f[kClosedStrangers] += end == LineEnd::kStop && Share(u, in_story) < 0.08;
      f[kStrangerNames] += page_.names * HasStrangerNames(u, t);
      f[kUnknownClosed] += (1 - page_.known) * (end == LineEnd::kStop);
      f[kUnknownOpen] += (1 - page_.known) * (end == LineEnd::kOpen);
      f[kLeadLinks] += std::max(u > 0 ? Link(0, u) : 0, u > 1 ? Link(1, u) : 0);
      if (u > t) f[kChain] += Link(u - 1, u);
      f[kSpeech] += unit.marks.speech;
      const double first_word = unit.words ? page_.terms[unit.first_term].idf / 12 : 1;
      f[kFirstWord] += page_.known * first_word + (1 - page_.known) * 0.3;
      f[kTitleCase] += part * (unit.title_case - StoryTitleCase(t));
      f[kLeadWords] += Share(u, [&](std::uint32_t term) { return First(term) < 3; });
      f[kOwnWords] +=
          Share(u, [&](std::uint32_t term) { return First(term) >= t && Holders(term, t, n) > 1; });
      if (end == LineEnd::kStop) {
        f[kOpeningWords] += Opening(u);
        f[kTitleWordsGap] += part * (Title(u) - StoryTitleWords(t));
      }
      loose += end == LineEnd::kOpen || end == LineEnd::kContinued || end == LineEnd::kEllipsis;
      mean += std::log(1.0 + unit.words) / static_cast<double>(n - t);
      if (!evidence_.empty()) {
        f[kRepeated] += std::min(3.0, std::log2(1.0 + evidence_[u].repeated));
        f[kHeadlines] += evidence_[u].headlines > 0;
        f[kCopies] += evidence_[u].copies > 0;
        seen += evidence_[u].repeated + evidence_[u].headlines > 0;
      }
    }
    const auto size = static_cast<double>(n - t);
    for (std::size_t u = t; u < n; ++u) {
      f[kLengthVariance] += std::pow(std::log(1.0 + page_.units[u].words) - mean, 2);
    }
    f[kUnknown] = 1 - page_.known;
    f[kStoryWords] = StoryWords(t);
    f[kOpenLeadWords] = loose / size * f[kLeadWords];
    f[kUnseen] = (size - seen) * seen / size;
    f[kStopBefore] = page_.units[t - 1].marks.end == LineEnd::kStop;
    f[kStopAtCut] = page_.units[t].marks.end == LineEnd::kStop;
    f[kOpeningAtCut] = Opening(t);
    f[kOneUnit] = t + 1 == n;
    f[kLogUnits] = std::log(size);
    f[kShareOfPage] = size / static_cast<double>(n);
    f[kPageUnits] = std::log(static_cast<double>(n));
    f[kChainGap] = part * (f[kChain] - (size - 1) * StoryLinks(t));
    f[kLengthBefore] = std::log(1.0 + page_.units[t - 1].words);
    f[kStrangerPart] = f[kClosedStrangers] / size;
    f[kStrangerBefore] = t > 1 && IsStranger(t - 1);
    std::size_t strangers = 0;
    while (strangers + 2 < t && IsStranger(t - 1 - strangers)) ++strangers;
    f[kStrangerRun] = std::clamp(static_cast<double>(strangers) - 1, 0.0, 3.0);
    f[kQuestionAtCut] = page_.units[t].marks.end == LineEnd::kQuestion;
    f[kLinkAtCut] = Link(t - 1, t);
    return f;
  }

 private:
  bool IsStranger(std::size_t u) const {
    return Weight(u) > 0 && Share(u, [&](std::uint32_t term) { return First(term) < u; }) < 0.08;
  }
  bool In(std::uint32_t term, std::size_t u) const {
    for (const Occurrence& at : page_.OccurrencesOf(page_.units[u])) {
      if (at.term == term) return true;
    }
    return false;
  }
  std::size_t First(std::uint32_t term) const {
    std::size_t u = 0;
    while (!In(term, u)) ++u;
    return u;
  }
  int Holders(std::uint32_t term, std::size_t from, std::size_t to) const {
    int holders = 0;
    for (std::size_t u = from; u < to; ++u) holders += In(term, u);
    return holders;
  }
  double Weight(std::size_t u) const {
    double weight = 0;
    for (const Occurrence& at : page_.OccurrencesOf(page_.units[u])) {
      weight += page_.terms[at.term].weight;
    }
    return weight;
  }
  double Link(std::size_t a, std::size_t b) const {
    double shared = 0;
    for (const Occurrence& at : page_.OccurrencesOf(page_.units[b])) {
      if (In(at.term, a)) shared += page_.terms[at.term].weight;
    }
    const double both = Weight(a) * Weight(b);
    return both > 0 ? shared / std::sqrt(both) : 0;
  }
  double Common(const PageUnit& unit) const {
    double common = 1;
    for (const Occurrence& at : page_.OccurrencesOf(unit)) {
      if (page_.terms[at.term].weight <= 0) common += at.count;
    }
    return common / (unit.words + 3);
  }
  bool HasStrangerNames(std::size_t u, std::size_t t) const {
    double names = 0, known = 0;
    for (const Occurrence& at : page_.OccurrencesOf(page_.units[u])) {
      const PageTerm& term = page_.terms[at.term];
      if (term.capitals <= 0) continue;
      names += term.weight;
      if (First(at.term) < t) known += term.weight;
    }
    return names > 0 && known < 0.05 * names;
  }
  double StoryLength(std::size_t t) const {
    double sum = 3 * 4;
    for (std::size_t u = 0; u < t; ++u) sum += std::log(1.0 + page_.units[u].words);
    return sum / (static_cast<double>(t) + 4);
  }
  double StoryLinks(std::size_t t) const {
    double sum = 0.1 * 4;
    for (std::size_t u = 1; u < t; ++u) sum += Link(u - 1, u);
    return sum / (static_cast<double>(t) + 4);
  }
  double Opening(std::size_t u) const {
    double opening = 0;
    for (const Occurrence& at : page_.OccurrencesOf(page_.units[u])) {
      opening += page_.terms[at.term].opening;
    }
    return page_.known * std::clamp(opening, -3.0, 3.0);
  }
  double Title(std::size_t u) const {
    double title = 0;
    for (const Occurrence& at : page_.OccurrencesOf(page_.units[u])) {
      title += page_.terms[at.term].title;
    }
    return page_.known * std::clamp(title, -3.0, 3.0);
  }
  double StoryTitleWords(std::size_t t) const {
    double sum = -0.5 * 4, units = 4;
    for (std::size_t u = 0; u < t; ++u) {
      if (page_.units[u].marks.end != LineEnd::kStop) continue;
      sum += Title(u);
      units += 1;
    }
    return sum / units;
  }
  template <typename Which>
  double Share(std::size_t u, Which which) const {
    double share = 0;
    for (const Occurrence& at : page_.OccurrencesOf(page_.units[u])) {
      if (which(at.term)) share += page_.terms[at.term].weight;
    }
    return share > 0 ? share / Weight(u) : 0;
  }
  double StoryTitleCase(std::size_t t) const {
    double sum = 1.2;
    for (std::size_t u = 0; u < t; ++u) sum += page_.units[u].title_case;
    return sum / (static_cast<double>(t) + 4);
  }
  double StoryWords(std::size_t t) const {
    std::map<std::uint32_t, double> story;
    double words = 0, sum = 0;
    for (std::size_t u = 0; u < t; ++u) {
      for (const Occurrence& at : page_.OccurrencesOf(page_.units[u])) story[at.term] += at.count;
      words += page_.units[u].words;
    }
    for (std::size_t u = t; u < page_.units.size(); ++u) {
      for (const Occurrence& at : page_.OccurrencesOf(page_.units[u])) {
        if (page_.terms[at.term].weight <= 0) continue;
        const double share = story[at.term] / std::max(1.0, words);
        sum +=
            std::min(at.count, 2u) * std::log(0.5 + 0.5 * share / page_.terms[at.term].frequency);
      }
    }
    return sum / 10;
  }

  const Page& page_;
  const std::vector<LineEvidence>& evidence_;
};

TEST(ReadCuts, AgreesWithTheDefinitionsOnRandomPages) {
  std::mt19937 random(11);
  const HashModel model;
  PageReader reader(model);
  for (int round = 0; round < 60; ++round) {
    const std::size_t lines = round % 3 ? 2 + random() % 14 : 30 + random() % 30;
    Page page = reader.Read(RandomPage(random, lines), "en");
    page.known = static_cast<double>(random() % 5) / 4;
    page.names = static_cast<double>(random() % 5) / 4;
    std::vector<LineEvidence> evidence(round % 2 ? page.units.size() : 0);
    for (LineEvidence& line : evidence) {
      line.repeated = random() % 3 ? 0 : random() % 12;
      line.headlines = random() % 4 == 0;
      line.copies = random() % 4 == 0;
    }
    const std::size_t n = page.units.size();
    const CutTable table = ReadCuts(page, model.MaxIdf(), evidence);
    ASSERT_EQ(table.first + table.rows.size(), n);
    ASSERT_GE(table.rows.size(), std::min(n - 1, kUsualCuts));
    const Oracle oracle(page, evidence);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      const CutFeatures expected = oracle.Cut(table.first + i);
      for (std::size_t f = 0; f < kNumCutFeatures; ++f) {
        ASSERT_NEAR(table.rows[i][f], expected[f], 1e-9)
            << kCutFeatureNames[f] << " before unit " << table.first + i << " of " << n;
      }
    }
  }
}

TEST(ReadCuts, CanCutBeforeALongRunOfOpenUnits) {
  const HashModel model;
  PageReader reader(model);
  const auto cuts = [&](std::size_t closed, std::size_t open) {
    std::string text;
    for (std::size_t i = 0; i < closed; ++i) text += "word" + std::to_string(i) + " stands.\n";
    for (std::size_t i = 0; i < open; ++i) text += "word" + std::to_string(i) + " hangs\n";
    return ReadCuts(reader.Read(text, "en"), 12).rows.size();
  };
  EXPECT_EQ(cuts(100, 10), kUsualCuts);
  EXPECT_GT(cuts(100, 60), 60u);
  EXPECT_EQ(cuts(100, 1000), kMaxCuts);
  EXPECT_EQ(cuts(3, 60), 62u);
}

TEST(ReadCuts, HasNoCutInAPageOfOneUnitOrNone) {
  const HashModel model;
  PageReader reader(model);
  EXPECT_TRUE(ReadCuts(reader.Read("", "en"), 12).rows.empty());
  EXPECT_TRUE(ReadCuts(reader.Read("One line alone.", "en"), 12).rows.empty());
}

TEST(ReadCuts, TakesThePagesTitleForPartOfItsLead) {
  const HashModel model;
  PageReader reader(model);
  const std::string text = "a b c.\nd e f.\ng h i.\nj k l.\nword1 word2 word3";
  const Page without = reader.Read(text, "en");
  const Page with = reader.Read(text, "en", "word1 word2 word3");
  EXPECT_LT(ReadCuts(without, 12).rows.back()[kLeadWords],
            ReadCuts(with, 12).rows.back()[kLeadWords]);
}

TEST(CutFeatureNames, AreDistinct) {
  const std::set<std::string_view> names(kCutFeatureNames.begin(), kCutFeatureNames.end());
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kNumCutFeatures));
  EXPECT_FALSE(names.contains(""));
}

}  // namespace
}  // namespace samestory
