#include "match/slots.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "text/word_stats.h"

namespace samestory {
namespace {

// The slots of a text: each word that has a type, as "word:type" or "word:type=value".
std::string Slots(std::string_view original, std::string_view lang = "en") {
  CanonicalText text;
  Canonicalize(original, text);
  std::vector<std::uint32_t> hashes;
  for (std::size_t i = 0; i < text.words().size(); ++i) hashes.push_back(WordHash(text.word(i)));
  std::vector<SlotOfWord> slots(hashes.size());
  FindSlots(text, original, hashes, Lexicon::For(lang), CaseTellsNames(text.words()), slots);
  std::string found;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].type == SlotType::kNone) continue;
    if (!found.empty()) found += ' ';
    found += std::string(text.word(i)) + ':' + std::string(SlotTypeName(slots[i].type));
    if (slots[i].has_value) found += '=' + std::to_string(static_cast<long>(slots[i].value));
    if (!slots[i].is_slot && slots[i].type != SlotType::kName) found += '?';
  }
  return found;
}

TEST(Slots, NumbersAndSignsBesideThem) {
  EXPECT_EQ(Slots("storm kills 12 on the coast"), "12:number=12");
  EXPECT_EQ(Slots("prices up 8% this time"), "8:percent=8");
  EXPECT_EQ(Slots("firm fined $300 over leak"), "300:money=300");
  EXPECT_EQ(Slots("firm fined 300€ over leak"), "300:money=300");
  EXPECT_EQ(Slots("₹2,500 for a ticket"), "2500:money=2500");
}

TEST(Slots, Magnitudes) {
  EXPECT_EQ(Slots("club pays £38.5m for keeper"), "38.5m:money=38500000");
  EXPECT_EQ(Slots("club pays 38.5 million for keeper"), "38.5:number=38500000");
  EXPECT_EQ(Slots("loss of 3 lakh reported"), "3:number=300000");
  EXPECT_EQ(Slots("debt grows by 2bn"), "2bn:number=2000000000");
}

TEST(Slots, DatesAndTimes) {
  EXPECT_EQ(Slots("what to watch on march 07, 2031"), "march:month=3 07:date=7 2031:year");
  EXPECT_EQ(Slots("what to watch on 7 may"), "7:date=7 may:month=5");
  EXPECT_EQ(Slots("what to watch on 3rd of may 3rd"), "3rd:ordinal=3 may:month=5 3rd:date=3");
  EXPECT_EQ(Slots("storm may reach coast"), "");
  EXPECT_EQ(Slots("show starts friday at 10:30"), "friday:weekday=6 10:30:time");
  EXPECT_EQ(Slots("show starts at 5pm or 6 pm"), "5pm:time 6:time");
  EXPECT_EQ(Slots("treffen am 3. februar", "de"), "3:date=3 februar:month=2");
  EXPECT_EQ(Slots("reunión el 3 de febrero", "es"), "3:number=3 febrero:month=2");
}

TEST(Slots, UnitsAndCurrencies) {
  EXPECT_EQ(Slots("road closed for 5 kilometres"), "5:number=5");
  EXPECT_EQ(Slots("prices up 8 percent this time"), "8:percent=8");
  EXPECT_EQ(Slots("firm fined 300 dollars over leak"), "300:money=300");
  EXPECT_EQ(Slots("firm fined usd 300 over leak"), "300:money=300");
  EXPECT_EQ(Slots("firm fined 3 million euros"), "3:money=3000000");
  EXPECT_EQ(Slots("strafe von 3 millionen euro", "de"), "3:money=3000000");
}

TEST(Slots, NumbersInWords) {
  EXPECT_EQ(Slots("two million pupils"), "two:number=2000000");
  EXPECT_EQ(Slots("thirty two boats lost"), "thirty:number=32 two:number?");
  EXPECT_EQ(Slots("third storm this week"), "third:ordinal=3");
  EXPECT_EQ(Slots("first storm this week"), "first:ordinal=1?");
  EXPECT_EQ(Slots("der dritte sturm", "de"), "dritte:ordinal=3");
  EXPECT_EQ(Slots("la troisième tempête", "fr"), "troisième:ordinal=3");
  EXPECT_EQ(Slots("चार लोग", "hi"), "चार:number=4");
}

TEST(Slots, OrdinalsScoresVersionsYears) {
  EXPECT_EQ(Slots("town marks 100th birthday"), "100th:ordinal=100");
  EXPECT_EQ(Slots("rovers win 2-1 at home"), "2-1:score");
  EXPECT_EQ(Slots("new budget for 2031-32 passed"), "2031-32:year");
  EXPECT_EQ(Slots("people 18-49 asked"), "18-49:number");
  EXPECT_EQ(Slots("patch 4.2.1 is out"), "4.2.1:version");
  EXPECT_EQ(Slots("the g20 meets"), "g20:version");
}

TEST(Slots, NumberWordsFillSlotsFromTwoOn) {
  EXPECT_EQ(Slots("four die as roof falls"), "four:number=4");
  EXPECT_EQ(Slots("no one hurt as roof falls"), "one:number=1?");
}

TEST(Slots, NamesOnlyWhereCaseTells) {
  EXPECT_EQ(Slots("Mayor of Springvale resigns over dam"), "springvale:name");
  EXPECT_EQ(Slots("Mayor Of Springvale Resigns Over Dam"), "");
  EXPECT_EQ(Slots("MAYOR OF SPRINGVALE RESIGNS OVER DAM"), "");
}

TEST(Slots, HugeNumbersHaveNoValue) {
  EXPECT_EQ(Slots("code 99999999999999999999999999999999 leaked"),
            "99999999999999999999999999999999:number");
}

TEST(Slots, NearNumbers) {
  EXPECT_TRUE(NearlyEqual(38.57e6f, "38.57m", 38.5e6f, "38.5m"));
  EXPECT_TRUE(NearlyEqual(38.5e6f, "38.5m", 38.57e6f, "38.57m"));
  EXPECT_TRUE(NearlyEqual(4, "4", 4, "four"));
  EXPECT_TRUE(NearlyEqual(6.25f, "6.25", 6.3f, "6.3"));
  EXPECT_FALSE(NearlyEqual(6.25f, "6.25", 6.4f, "6.4"));
  EXPECT_FALSE(NearlyEqual(4, "4", 5, "5"));
  EXPECT_FALSE(NearlyEqual(128, "128", 130, "130"));
  EXPECT_FALSE(NearlyEqual(4.9f, "4.9", 5, "5"));
  EXPECT_FALSE(NearlyEqual(74.09f, "74.09", 77.62f, "77.62"));
  EXPECT_FALSE(NearlyEqual(0, "0", 0.01f, "0.01"));
}

}  // namespace
}  // namespace samestory
