#include "text/title_cuts.h"

#include <gtest/gtest.h>

#include <string>

namespace samestory {
namespace {

// "headline<before the separator>|what follows it", or "" where there is no cut.
std::string Ending(std::string_view title) {
  TitleCuts cuts;
  cuts.Read(title);
  const auto cut = cuts.Ending(cuts.num_words());
  if (!cut) return "";
  return std::string(title.substr(0, cut->left)) + "|" + std::string(title.substr(cut->right));
}

std::string Opening(std::string_view title) {
  TitleCuts cuts;
  cuts.Read(title);
  const auto cut = cuts.Opening(0);
  if (!cut) return "";
  return std::string(title.substr(0, cut->left)) + "|" + std::string(title.substr(cut->right)) +
         (cut->wire ? "*" : "");
}

TEST(TitleCuts, Endings) {
  EXPECT_EQ(Ending("Dam breaks - Gazette"), "Dam breaks|Gazette");
  EXPECT_EQ(Ending("Dam breaks | The Gazette"), "Dam breaks|The Gazette");
  EXPECT_EQ(Ending("Dam breaks| Gazette"), "Dam breaks|Gazette");
  EXPECT_EQ(Ending("Dam - breaks – Gazette"), "Dam - breaks|Gazette");
  EXPECT_EQ(Ending("Dam breaks -- Gazette"), "Dam breaks|Gazette");
  EXPECT_EQ(Ending("Dam breaks &mdash; Gazette"), "Dam breaks|Gazette");
  EXPECT_EQ(Ending("Dam breaks &#124; Gazette"), "Dam breaks|Gazette");
  EXPECT_EQ(Ending("Dam breaks! (Wire)"), "Dam breaks!|Wire)");
  EXPECT_EQ(Ending("Dam breaks : Gazette"), "Dam breaks|Gazette");
}

TEST(TitleCuts, WhatIsNoEnding) {
  EXPECT_EQ(Ending("Well-known dam breaks"), "");
  EXPECT_EQ(Ending("Dam breaks: report"), "");
  EXPECT_EQ(Ending("Dam (old) breaks"), "");
  EXPECT_EQ(Ending("Lead 2-1"), "");
  EXPECT_EQ(Ending("- Gazette"), "");
  EXPECT_EQ(Ending("Dam - a b c d e f g h i"), "");  // too long
  EXPECT_EQ(Ending(""), "");
}

TEST(TitleCuts, Openings) {
  EXPECT_EQ(Opening("LIVE: dam breaks"), "LIVE|dam breaks");
  EXPECT_EQ(Opening("Watch | “Dam breaks”"), "Watch|“Dam breaks”");
  EXPECT_EQ(Opening("Exclusive - Dam breaks"), "Exclusive|Dam breaks");
  EXPECT_EQ(Opening("UPDATE 1-Dam breaks"), "UPDATE 1|Dam breaks*");
  EXPECT_EQ(Opening("WRAPUP UPDATE 12-Dam breaks"), "WRAPUP UPDATE 12|Dam breaks*");
}

TEST(TitleCuts, WhatIsNoOpening) {
  EXPECT_EQ(Opening("Dam breaks"), "");
  EXPECT_EQ(Opening("At 10:30 dam breaks"), "");
  EXPECT_EQ(Opening("COVID-19 Cases rise"), "");
  EXPECT_EQ(Opening("Update 1-Dam breaks"), "");
  EXPECT_EQ(Opening("UPDATE 1-dam breaks"), "");
  EXPECT_EQ(Opening("a b c d e: f"), "");
}

}  // namespace
}  // namespace samestory
