// Whole pages: navigation, furniture and a story. All pages are invented.
#include "split/frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "samestory/split.h"
#include "split/frame_features.h"
#include "split/frame_view.h"
#include "split/frame_weights.h"
#include "text/word_stats.h"

namespace samestory {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::Ne;
using testing::SizeIs;

std::vector<LineRole> RolesOf(const std::vector<std::string>& lines,
                              const SplitOptions& options = {}) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  const auto split = SplitPage(text, options);
  EXPECT_TRUE(split.ok()) << split.status();
  std::vector<LineRole> roles(lines.size(), LineRole::kMain);
  std::size_t line = 0, line_end = lines.empty() ? 0 : lines[0].size();
  for (const PageLine& part : split->lines) {
    while (part.begin > line_end) line_end += lines[++line].size() + 1;
    if (part.role == LineRole::kOther) roles[line] = part.role;
  }
  return roles;
}

const std::vector<std::string> kMenu = {"Home",     "News",   "Sport",    "Weather", "Culture",
                                        "Business", "Travel", "Podcasts", "Sign in", "Subscribe"};
const std::vector<std::string> kStory = {
    "The harbour of Skelby will be closed to large ships from March, the port authority said.",
    "Divers found cracks in the northern wall of the harbour in the autumn, and more in December.",
    "Repairing the wall will cost eleven million pounds and take a year and a half.",
    "\"We would rather close for a year than lose a ship,\" said the harbour master, Ida Kroll.",
    "Fishing boats can go on using the southern wall of the harbour while the work goes on.",
    "The town council fears for some two hundred jobs that depend on the large ships.",
    "A firm that loads grain at Skelby has already said that it will move to another port.",
    "The port authority expects that the first large ships will be back in the summer after."};
const std::vector<std::string> kFoot = {"Share",   "Print",      "Most read",    "About us",
                                        "Contact", "Privacy",    "Terms of use", "Cookies",
                                        "Jobs",    "Newsletter", "Accessibility"};

std::vector<std::string> Joined(std::initializer_list<std::vector<std::string>> parts) {
  std::vector<std::string> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

TEST(Frame, TakesNavigationFromAroundAStory) {
  const auto roles = RolesOf(Joined({kMenu, kStory, kFoot}));
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const bool story = i >= kMenu.size() && i < kMenu.size() + kStory.size();
    EXPECT_EQ(roles[i], story ? LineRole::kMain : LineRole::kOther) << i;
  }
}

TEST(Frame, LeavesACleanStoryWhole) { EXPECT_THAT(RolesOf(kStory), Each(LineRole::kMain)); }

TEST(Frame, LeavesACleanStoryWithCrossheadsWhole) {
  auto story = kStory;
  story.insert(story.begin() + 3, "Cracks in the wall");
  story.insert(story.begin() + 7, "Jobs at risk");
  EXPECT_THAT(RolesOf(story), Each(LineRole::kMain));
}

TEST(Frame, LeavesPagesOfAFewLinesAlone) {
  const std::vector<std::string> few(kMenu.begin(), kMenu.begin() + 3);
  EXPECT_EQ(RolesOf(few)[0], LineRole::kMain);
}

TEST(Frame, StanceMovesTheLine) {
  const auto lines = Joined({kMenu, kStory, {"Read the full report", "Map of the harbour"}, kFoot});
  const auto others = [&](SplitStance stance) {
    SplitOptions options;
    options.stance = stance;
    const auto roles = RolesOf(lines, options);
    return std::count(roles.begin(), roles.end(), LineRole::kOther);
  };
  EXPECT_LE(others(SplitStance::kSafe), others(SplitStance::kBalanced));
  EXPECT_LE(others(SplitStance::kBalanced), others(SplitStance::kEager));
}

struct FramedPage {
  const char* lang;
  std::vector<std::string> menu, story, foot;
};

const std::vector<FramedPage>& Pages() {
  static const auto* const pages = new std::vector<FramedPage>{
      {"de",
       {"Startseite", "Politik", "Wirtschaft", "Sport", "Kultur", "Reise", "Wetter", "Anmelden"},
       {"Die Stadt Wendheim will ihr altes Hallenbad im kommenden Jahr abreißen lassen.",
        "Das teilte der Bürgermeister am Mittwoch nach einer Sitzung des Stadtrats mit.",
        "Gutachter hatten im Sommer schwere Schäden am Dach und an den Leitungen gefunden.",
        "Eine Sanierung wäre nach Angaben der Stadt doppelt so teuer wie ein Neubau.",
        "Die Schwimmvereine der Stadt sollen vorerst in das Bad der Nachbarstadt ausweichen.",
        "Mit dem Bau eines neuen Bades will Wendheim im Herbst des nächsten Jahres beginnen."},
       {"Teilen", "Drucken", "Impressum", "Datenschutz", "Kontakt", "Newsletter", "Karriere"}},
      {"fr",
       {"Accueil", "Politique", "Économie", "Sports", "Culture", "Voyages", "Météo", "Connexion"},
       {"La mairie de Montferrel va fermer le vieux pont de pierre pendant deux ans.",
        "Des ingénieurs ont trouvé au printemps des fissures dans trois des cinq arches.",
        "Les travaux doivent commencer en janvier et coûteront près de six millions d'euros.",
        "Les voitures devront passer par le pont de la route nationale, à quatre kilomètres.",
        "Les commerçants du centre craignent de perdre une grande partie de leurs clients.",
        "La mairie leur a promis une aide et des navettes gratuites pendant les travaux."},
       {"Partager", "Imprimer", "Mentions légales", "Contact", "Cookies", "Abonnement", "Emploi"}},
      {"es",
       {"Portada", "Política", "Economía", "Deportes", "Cultura", "Viajes", "Tiempo", "Entrar"},
       {"El puerto de Almedra cerrará en marzo para los barcos grandes, anunció la autoridad.",
        "Los buzos encontraron en otoño grietas en el muro norte y otras más en diciembre.",
        "La reparación del muro costará once millones de euros y durará un año y medio.",
        "Los pescadores podrán seguir usando el muro sur del puerto durante las obras.",
        "El ayuntamiento teme por unos doscientos empleos que dependen de los barcos grandes.",
        "La autoridad espera que los primeros barcos vuelvan en el verano del año siguiente."},
       {"Compartir", "Imprimir", "Aviso legal", "Contacto", "Cookies", "Boletín", "Empleo"}},
      {"ru",
       {"Главная", "Политика", "Экономика", "Спорт", "Культура", "Погода", "Войти", "Поиск"},
       {"В городе Каменске весной закроют на ремонт старый мост через реку Белую.",
        "Инженеры нашли в опорах моста трещины ещё осенью, рассказали в мэрии.",
        "Ремонт продлится полтора года и обойдётся бюджету в девятьсот миллионов рублей.",
        "На время работ машины пустят по новому мосту, который стоит выше по течению.",
        "Жители левого берега боятся, что дорога до работы станет вдвое длиннее.",
        "Мэрия обещает пустить через реку два бесплатных автобуса и речной трамвай."},
       {"Поделиться", "Печать", "О нас", "Контакты", "Реклама", "Вакансии", "Подписка"}},
      {"hi",
       {"होम", "राजनीति", "खेल", "मनोरंजन", "मौसम", "वीडियो", "लॉग इन", "खोजें"},
       {"रामपुर शहर का पुराना पुल मरम्मत के लिए अगले साल मार्च से बंद रहेगा।",
        "इंजीनियरों को पिछले साल पुल के खंभों में बड़ी दरारें मिली थीं।",
        "मरम्मत का काम डेढ़ साल तक चलेगा और इस पर नब्बे करोड़ रुपये खर्च होंगे।",
        "इस दौरान गाड़ियों को नदी के नए पुल से होकर जाना पड़ेगा, अधिकारी ने कहा।",
        "दूसरे किनारे के लोगों को डर है कि काम पर जाने में दोगुना समय लगेगा।",
        "नगर निगम ने कहा कि वह लोगों के लिए दो मुफ़्त बसें चलाएगा।"},
       {"साझा करें", "प्रिंट", "हमारे बारे में", "संपर्क", "विज्ञापन", "नौकरी", "सदस्यता"}},
      {"zh",
       {"首页", "政治", "财经", "体育", "文化", "天气", "登录", "搜索"},
       {"青河市政府宣布，跨越白水河的老桥将从明年三月起关闭维修。",
        "工程师去年秋天在桥墩上发现了裂缝，到十二月又发现了更多裂缝。",
        "维修工程预计需要一年半的时间，费用大约为九亿元。",
        "施工期间，车辆将改走上游的新桥，路程要多出四公里。",
        "住在河对岸的居民担心，他们上班的时间会增加一倍。",
        "市政府表示，将为居民开通两条免费的公共汽车线路。"},
       {"分享", "打印", "关于我们", "联系我们", "广告", "招聘", "订阅"}},
  };
  return *pages;
}

class FrameLanguages : public testing::TestWithParam<std::size_t> {};

// What the frame keeps, before the tail is cut.
TEST_P(FrameLanguages, MostOfTheFrameGoesAndTheStoryStays) {
  const FramedPage& framed = Pages()[GetParam()];
  std::string text;
  for (const std::string& line : Joined({framed.menu, framed.story, framed.foot})) {
    text += line + "\n";
  }
  const WordStats stats;
  const StatsWordModel words(stats);
  const Page page = PageReader(words).Read(text, framed.lang);
  const PageFrame frame = ReadPageFrame(page, text, {}, {}, false, ShippedFrame(false));
  std::size_t lost = 0, left = 0;
  for (std::size_t u = 0; u < page.units.size(); ++u) {
    const std::size_t line = page.segments[page.units[u].first_segment].line;
    const bool story =
        line >= framed.menu.size() && line < framed.menu.size() + framed.story.size();
    lost += story && !frame.kept[u];
    left += !story && frame.kept[u];
  }
  EXPECT_LE(lost, 1u);  // a lead right below a menu can go with it
  EXPECT_LE(left, 1u);
}

// Three sentences a line.
std::vector<std::string> InParagraphs(const std::vector<std::string>& sentences) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (i % 3 == 0) lines.emplace_back();
    lines.back() += (i % 3 == 0 ? "" : " ") + sentences[i];
  }
  return lines;
}

TEST_P(FrameLanguages, ACleanStoryStaysWhole) {
  const FramedPage& page = Pages()[GetParam()];
  SplitOptions options;
  options.lang = page.lang;
  EXPECT_THAT(RolesOf(page.story, options), Each(LineRole::kMain));
  EXPECT_THAT(RolesOf(InParagraphs(page.story), options), Each(LineRole::kMain));
  EXPECT_THAT(RolesOf(Joined({page.story, page.story}), options), Each(LineRole::kMain));
}

// Frame and cut together.
TEST_P(FrameLanguages, AtMostTwoLinesOfAWholePageAreWrong) {
  const FramedPage& page = Pages()[GetParam()];
  SplitOptions options;
  options.lang = page.lang;
  for (const auto& story : {page.story, InParagraphs(page.story)}) {
    const auto roles = RolesOf(Joined({page.menu, story, page.foot}), options);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < roles.size(); ++i) {
      const bool main = i >= page.menu.size() && i < page.menu.size() + story.size();
      wrong += (roles[i] == LineRole::kMain) != main;
    }
    EXPECT_LE(wrong, 2u) << story.size() << " lines of story";
    // No cut within the story: at most its lead goes, with the menu above it.
    for (std::size_t i = page.menu.size() + 1; i < page.menu.size() + story.size(); ++i) {
      EXPECT_EQ(roles[i], LineRole::kMain) << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, FrameLanguages, testing::Range<std::size_t>(0, 6),
                         [](const testing::TestParamInfo<std::size_t>& info) {
                           return std::string(Pages()[info.param].lang);
                         });

std::vector<LineMarkup> Markup(std::size_t lines, LineMarkup of_all = {}) {
  return std::vector<LineMarkup>(lines, of_all);
}

TEST(FrameMarkup, OfAnotherNumberOfLinesIsRefused) {
  SplitOptions options;
  for (const auto& [text, lines, ok] :
       {std::tuple("a\nb", 2u, true), std::tuple("a\nb\n", 2u, true),
        std::tuple("a\nb\n", 3u, true), std::tuple("a\nb", 3u, false),
        std::tuple("a\nb\n", 4u, false), std::tuple("a\n\nb", 2u, false), std::tuple("", 1u, true),
        std::tuple("", 2u, false)}) {
    const auto markup = Markup(lines);
    options.markup = markup;
    EXPECT_EQ(SplitPage(text, options).ok(), ok) << text << " " << lines;
  }
}

TEST(FrameMarkup, StandsWithItsLineAcrossEmptyOnes) {
  const WordStats stats;
  const StatsWordModel words(stats);
  const std::string text = "\none\n\n \ntwo\r\nthree\rfour\n";
  const Page page = PageReader(words).Read(text, "en");
  auto markup = Markup(7);
  for (std::size_t i = 0; i < markup.size(); ++i)
    markup[i].heading_level = static_cast<std::uint8_t>(i);
  const FrameLines lines = ReadFrameLines(page, text, markup);
  ASSERT_THAT(lines.lines, SizeIs(4));
  EXPECT_EQ(lines.lines[0].markup.heading_level, 1);
  EXPECT_EQ(lines.lines[1].markup.heading_level, 4);
  // A lone carriage return ends a line of the text, not one of the markup's.
  EXPECT_EQ(lines.lines[2].markup.heading_level, 5);
  EXPECT_EQ(lines.lines[3].markup.heading_level, 5);
}

TEST(FrameMarkup, LinksAndNavigationSpeakAgainstALine) {
  const auto lines = Joined({kMenu, kStory, kFoot});
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  auto markup = Markup(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool story = i >= kMenu.size() && i < kMenu.size() + kStory.size();
    markup[i].tag = story ? LineTag::kParagraph : LineTag::kListItem;
    markup[i].link_share = story ? 0 : 1;
  }
  SplitOptions options;
  options.markup = markup;
  const std::size_t line = kMenu.size() + 4;
  const double plain = SplitPage(text, options)->lines[line].score;
  markup[line].navigation = true;
  const double in_navigation = SplitPage(text, options)->lines[line].score;
  EXPECT_LT(in_navigation, plain);
  EXPECT_THAT(RolesOf(lines, options)[0], LineRole::kOther);
}

TEST(FrameReasons, AddUpToTheLogOdds) {
  const auto lines = Joined({kMenu, kStory, kFoot});
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  const WordStats stats;
  const StatsWordModel words(stats);
  const Page page = PageReader(words).Read(text, "en");
  const auto [chance, odds, reasons] =
      ReadFrame(ReadFrameLines(page, text, {}), false, ShippedFrame(false), true);
  ASSERT_EQ(odds.size(), reasons.size());
  for (std::size_t i = 0; i < odds.size(); ++i) {
    double sum = 0;
    for (const LineReason::Term& term : reasons[i].frame) sum += term.value * term.weight;
    EXPECT_NEAR(sum, odds[i], 1e-9) << i;
  }
}

// What the trees add to each line of a page of menus and a story in between, `lines` in all.
std::vector<double> TreesOf(std::size_t lines) {
  std::string text;
  for (std::size_t i = 0; i < lines; ++i) {
    const bool story = i > lines / 3 && i < lines / 2;
    text += (story ? kStory[i % kStory.size()] : kMenu[i % kMenu.size()]) + "\n";
  }
  const WordStats stats;
  const StatsWordModel words(stats);
  const Page page = PageReader(words).Read(text, "en");
  std::vector<double> added;
  for (const LineReason& reason :
       ReadFrame(ReadFrameLines(page, text, {}), false, ShippedFrame(false), true).reasons) {
    for (const LineReason::Term& term : reason.frame) {
      if (term.name == "trees") added.push_back(term.value);
    }
  }
  return added;
}

TEST(Frame, TreesCountOnLongPagesAlone) {
  EXPECT_THAT(TreesOf(20), AllOf(SizeIs(20), Each(0)));
  EXPECT_THAT(TreesOf(21), Contains(Ne(0)));
  EXPECT_THAT(TreesOf(200), AllOf(SizeIs(200), Each(Ne(0))));
}

TEST(FrameWeights, AreThoseOfTheFeatures) {
  const auto& names = FrameFeatureNames();
  ASSERT_EQ(std::size(kFrameWeights), names.size());
  for (std::size_t f = 0; f < names.size(); ++f) EXPECT_EQ(kFrameWeights[f].name, names[f]);
  EXPECT_EQ(std::set<std::string_view>(names.begin(), names.end()).size(), names.size());
}

TEST(FrameLines, SentencesAreTheLongRunsOfLinesThatEndInStops) {
  std::mt19937 random(8);
  const WordStats stats;
  const StatsWordModel words(stats);
  for (int round = 0; round < 50; ++round) {
    std::string text;
    std::vector<bool> stops;
    for (std::size_t left = 1 + random() % 60; left > 0; --left) {
      stops.push_back(random() % 12 != 0);
      text += stops.back() ? "The ferry left.\n" : "The ferry\n";
    }
    const FrameLines lines = ReadFrameLines(PageReader(words).Read(text, "en"), text, {});
    ASSERT_EQ(lines.lines.size(), stops.size());
    double sentences = 0;
    for (std::size_t i = 0; i < stops.size(); ++i) {
      std::size_t begin = i, end = i;
      while (begin > 0 && stops[begin - 1]) --begin;
      while (end < stops.size() && stops[end]) ++end;
      const bool expected = stops[i] && end - begin >= kSentenceRun;
      EXPECT_EQ(lines.lines[i].sentences, expected) << i;
      sentences += expected;
    }
    EXPECT_DOUBLE_EQ(lines.sentences, sentences / static_cast<double>(stops.size()));
  }
}

TEST(Frame, TakesNothingFromAnArticleThatIsMostlyLongRunsOfSentences) {
  const auto article = Joined({kStory, kStory, {"Cracks", "Jobs"}, kStory, kStory});
  EXPECT_THAT(RolesOf(Joined({kMenu, article, kFoot})),
              testing::Contains(LineRole::kMain).Times(testing::Ge(article.size())));
  const WordStats stats;
  const StatsWordModel words(stats);
  std::string text;
  for (const std::string& line : article) text += line + "\n";
  const FrameLines lines = ReadFrameLines(PageReader(words).Read(text, "en"), text, {});
  EXPECT_EQ(FrameChance(lines, ShippedFrame(false)), 0);
}

TEST(RunningSums, AreTheSumsOfStretches) {
  std::mt19937 random(4);
  std::vector<float> values(30);
  for (float& value : values) value = static_cast<float>(random() % 8);
  const RunningSums sums(values);
  for (std::ptrdiff_t begin = -3; begin < 34; ++begin) {
    for (std::ptrdiff_t end = begin; end < 34; ++end) {
      double expected = 0;
      for (std::ptrdiff_t i = begin; i < end; ++i) {
        if (i >= 0 && i < 30) expected += static_cast<double>(values[static_cast<std::size_t>(i)]);
      }
      EXPECT_EQ(sums.Sum(begin, end), expected);
    }
  }
}

TEST(LargestSum, IsTheBestOfAllStretches) {
  std::mt19937 random(6);
  for (int round = 0; round < 200; ++round) {
    std::vector<float> values(1 + random() % 12);
    for (float& value : values) value = static_cast<float>(random() % 11) - 5;
    double best = 0;
    for (std::size_t begin = 0; begin < values.size(); ++begin) {
      double sum = 0;
      for (std::size_t end = begin; end < values.size(); ++end) {
        best = std::max(best, sum += static_cast<double>(values[end]));
      }
    }
    const Stretch found = LargestSum(values);
    double sum = 0;
    for (std::size_t i = found.begin; i < found.end; ++i) sum += static_cast<double>(values[i]);
    EXPECT_EQ(sum, best);
  }
}

TEST(KeepUnits, KeepsUnitsAndSignaturesTogether) {
  const WordStats stats;
  const StatsWordModel words(stats);
  const LineSigner signer(7);
  Page page =
      PageReader(words, &signer)
          .Read("One two three four five six\nAlpha beta gamma delta epsilon\nThree\n", "en");
  const LineSignature last = page.signatures[1];
  KeepUnits({false, true, false}, page);
  ASSERT_THAT(page.units, SizeIs(1));
  ASSERT_THAT(page.signatures, SizeIs(1));
  EXPECT_EQ(page.units[0].first_segment, 1u);
  EXPECT_EQ(page.signatures[0].values, last.values);
}

}  // namespace
}  // namespace samestory
