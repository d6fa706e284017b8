#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "samestory/text.h"
#include "text/word_reader.h"

namespace samestory {
namespace {

std::string Flags(const Word& word) {
  std::string flags;
  if (word.flags & kWordCapitalised) flags += 'C';
  if (word.flags & kWordAllCaps) flags += 'A';
  if (word.flags & kWordHasDigit) flags += 'D';
  if (word.flags & kWordIdeograph) flags += 'I';
  if (word.flags & kWordStart) flags += 'S';
  return flags;
}

// "word/FLAGS word/FLAGS"
std::string Flagged(std::string_view source) {
  CanonicalText text;
  Canonicalize(source, text);
  std::string out;
  for (std::size_t i = 0; i < text.words().size(); ++i) {
    if (i > 0) out += ' ';
    out.append(text.word(i)).append("/").append(Flags(text.words()[i]));
  }
  return out;
}

std::vector<std::string> Sources(std::string_view source) {
  CanonicalText text;
  Canonicalize(source, text);
  std::vector<std::string> out;
  for (const Word& word : text.words()) {
    out.emplace_back(source.substr(word.source_begin, word.source_end - word.source_begin));
  }
  return out;
}

struct Case {
  std::string_view source, canonical;
};

class CanonicalRules : public testing::TestWithParam<Case> {};

TEST_P(CanonicalRules, GivesText) {
  EXPECT_EQ(Canonicalize(GetParam().source), GetParam().canonical);
}

TEST_P(CanonicalRules, CanonicalTextIsItsOwn) {
  EXPECT_EQ(Canonicalize(GetParam().canonical), GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Space, CanonicalRules,
    testing::Values(Case{"", ""}, Case{" \t\r\n ", ""}, Case{"?!...", ""},
                    Case{"  Two\n\twords  ", "two words"}, Case{"One—two…three", "one two three"},
                    Case{"a\u00A0b\u3000c\u2028d", "a b c d"}, Case{"zero\u200Bwidth", "zerowidth"},
                    Case{"soft\u00ADhyphen", "softhyphen"}, Case{"\u200Fright\u200E", "right"},
                    Case{"bell\x07in", "bell in"}));

INSTANTIATE_TEST_SUITE_P(
    Apostrophes, CanonicalRules,
    testing::Values(Case{"don't", "dont"}, Case{"Mayor’s", "mayors"},
                    Case{"dogs' bowl", "dogs bowl"}, Case{"'quoted' ‘words’", "quoted words"},
                    Case{"rock 'n' roll", "rock n roll"}, Case{"don´t can`t", "dont cant"},
                    Case{"o’clock l’été", "oclock lété"}, Case{"the 80's, '90s", "the 80s 90s"},
                    Case{"twice''over", "twice over"}, Case{"צה״ל", "צהל"}, Case{"x&#39;s", "xs"}));

INSTANTIATE_TEST_SUITE_P(
    Initials, CanonicalRules,
    testing::Values(Case{"U.S. Navy", "us navy"}, Case{"U.S.A", "usa"}, Case{"U.K.'s", "uks"},
                    Case{"U.K.’s plan", "uks plan"}, Case{"J.K. Reed", "jk reed"},
                    Case{"J. K. Reed", "j k reed"}, Case{"e.g. this", "eg this"},
                    Case{"5 p.m. today", "5 pm today"}, Case{"X.com", "x com"},
                    Case{"A.B.Cole", "ab cole"}, Case{"Ph.D.", "ph d"},
                    Case{"end.Next", "end next"}, Case{"É.U. д.в.", "éu дв"},
                    Case{"U.S.-led", "us led"}, Case{"A.5", "a 5"}, Case{"Plan B.", "plan b"}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, CanonicalRules,
    testing::Values(
        Case{"1,200.50", "1200.50"}, Case{"1.200,50", "1200.50"}, Case{"1.200.300", "1200300"},
        Case{"1,200,300", "1200300"}, Case{"12,34,567", "1234567"}, Case{"1'200", "1200"},
        Case{"1.200", "1.200"}, Case{"3.5%", "3.5"}, Case{"3,5", "3,5"}, Case{"1,2,3", "1,2,3"},
        Case{"10:30", "10:30"}, Case{"2-1", "2-1"}, Case{"2–1", "2-1"}, Case{"24/7", "24/7"},
        Case{"2022-06-01", "2022-06-01"}, Case{"COVID-19", "covid 19"}, Case{"$5bn", "5bn"},
        Case{"€1,000m", "1000m"}, Case{"No.1", "no 1"}, Case{"in 2020.", "in 2020"},
        Case{"1990s-2000s", "1990s 2000s"}, Case{"v2.0", "v2.0"}, Case{"10.0.0.1", "10.0.0.1"},
        Case{"½", "1/2"}, Case{"２０２２", "2022"}, Case{"१२,३४५", "१२३४५"}, Case{"٣٫٥", "٣.٥"},
        Case{"5.-3", "5 3"}, Case{"1,200-1,300", "1200-1300"}));

INSTANTIATE_TEST_SUITE_P(
    Scripts, CanonicalRules,
    testing::Values(Case{"Straße", "strasse"}, Case{"ﬁne Ａpple™ Ⅳ", "fine appletm iv"},
                    Case{"cafe\u0301", "café"}, Case{"ΣΊΣΥΦΟΣ", "σίσυφοσ"},
                    Case{"Isparta ıspanak", "isparta ıspanak"}, Case{"İzmir", "i̇zmir"},
                    Case{"क्‍या दिल्ली।", "क्या दिल्ली"}, Case{"क़लम", "क़लम"},
                    Case{"中国经济", "中 国 经 济"}, Case{"ｶﾞｽ代", "ガ ス 代"},
                    Case{"コーヒー", "コ ー ヒ ー"}, Case{"東京2020年", "東 京 2020 年"},
                    Case{"วันที่", "วั น ที่"}, Case{"น้ำ", "น้ํ า"}, Case{"ភ្នំ", "ភ្ នំ"},
                    Case{"한국어 뉴스", "한국어 뉴스"}, Case{"سلام، دنیا", "سلام دنیا"},
                    Case{"می\u200Cروم", "میروم"}, Case{"👍 1️⃣ ok❤️", "1 ok"},
                    Case{"\u0301orphan", "orphan"}, Case{"caf\xC3 \xFFok", "caf ok"}));

INSTANTIATE_TEST_SUITE_P(
    Markup, CanonicalRules,
    testing::Values(Case{"AT&T and R&D", "at t and r d"}, Case{"Fish &amp; chips", "fish chips"},
                    Case{"it&#8217;s &#x2019;n", "its n"},
                    Case{"a&nbsp;b &eacute;t&Eacute;", "a b été"},
                    Case{"it&amp;#8217;s &amp;amp; so", "its so"}, Case{"e&#769;t", "ét"},
                    Case{"&unknown; &", "unknown"}, Case{"<p>One</p><p>two</p>", "one two"},
                    Case{"<b>W</b>hat H<sub>2</sub>O", "what h2o"},
                    Case{"a < b <GLD> c > d", "a b gld c d"},
                    Case{"&lt;i&gt;word&lt;/i&gt;", "word"}, Case{"x <!-- no --> y", "x y"},
                    Case{"<![CDATA[Title]]>", "title"}, Case{"<script>var x;</script>End", "end"},
                    Case{"<a href=\"q>r\" title='s'>link</a>", "link"},
                    Case{"cut <a href=\"x", "cut a href x"}));

TEST(CanonicalText, FlagsTellTheOriginal) {
  EXPECT_EQ(Flagged("Mayor of NYC wins: “Great day”"), "mayor/CS of/ nyc/CA wins/ great/CS day/");
  EXPECT_EQ(Flagged("Why? Yes. No! iPhone A 3D"), "why/CS yes/CS no/CS iphone/S a/C 3d/CD");
  EXPECT_EQ(Flagged("In 2020. Then 10:30 (\"quoted\") it's"),
            "in/CS 2020/D then/CS 10:30/D quoted/S its/");
  EXPECT_EQ(Flagged("हिन्दी नया। 新聞"), "हिन्दी/S नया/ 新/IS 聞/I");
  EXPECT_EQ(Flagged("Éire ÉÉ ǅ"), "éire/CS éé/CA dž/C");
}

TEST(CanonicalText, AStopAfterAnInitialStartsNoSentence) {
  EXPECT_EQ(Flagged("U.S. Senate and J. Reed"), "us/CAS senate/C and/ j/C reed/C");
  EXPECT_EQ(Flagged("It rose. Shares fell"), "it/CS rose/ shares/CS fell/");
}

TEST(CanonicalText, WordsKeepTheirPlaceInTheSource) {
  EXPECT_THAT(Sources("It&#8217;s U.S.-led, <b>W</b>hat"),
              testing::ElementsAre("It&#8217;s", "U.S", "led", "W</b>hat"));
  EXPECT_THAT(Sources("中文 1,200 e\u0301t"),
              testing::ElementsAre("中", "文", "1,200", "e\u0301t"));
}

TEST(CanonicalText, StopsAtMaxWords) {
  CanonicalText text;
  Canonicalize("one two three four", text, 2);
  EXPECT_EQ(text.text(), "one two");
  Canonicalize("U.S.Steel today", text, 1);
  EXPECT_EQ(text.text(), "us");
  Canonicalize("中文字", text, 2);
  EXPECT_EQ(text.text(), "中 文");
  Canonicalize("one", text, 0);
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(text.text(), "");
}

TEST(CanonicalText, CutsLongWordsAndLongRunsOfMarks) {
  EXPECT_EQ(Canonicalize(std::string(600, 'x')),
            std::string(256, 'x') + " " + std::string(256, 'x') + " " + std::string(88, 'x'));
  std::string zalgo = "a";
  for (int i = 0; i < 200; ++i) zalgo += "\u0316";
  const std::string canonical = Canonicalize(zalgo + " b");
  EXPECT_EQ(canonical.size(), 1 + 2 * static_cast<std::size_t>(kMaxMarks) + 2);
  EXPECT_EQ(Canonicalize(canonical), canonical);
}

TEST(CanonicalText, ABufferUsedAgainAllocatesNothing) {
  CanonicalText text;
  Canonicalize("The longest of all the headlines of this test, with U.S. stops", text);
  const void* bytes = text.text().data();
  const void* words = text.words().data();
  Canonicalize("A short one: café", text);
  EXPECT_EQ(text.text(), "a short one café");
  EXPECT_EQ(text.text().data(), bytes);
  EXPECT_EQ(text.words().data(), words);
}

}  // namespace
}  // namespace samestory
