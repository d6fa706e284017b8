#include "cli/flag_values.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace samestory::cli {
namespace {

// What --delay TEXT gives; absent: refused.
std::optional<double> Delay(const std::string& text) {
  CLI::App app;
  double seconds = -1;
  AddDelay(app, "--delay", seconds, 3600, "");
  try {
    app.parse(std::vector<std::string>{text, "--delay"});
  } catch (const CLI::ParseError&) {
    return std::nullopt;
  }
  return seconds;
}

TEST(FlagValues, ADelayHasAFractionOrAUnit) {
  EXPECT_DOUBLE_EQ(Delay("1").value(), 1);
  EXPECT_DOUBLE_EQ(Delay("0.1").value(), 0.1);
  EXPECT_DOUBLE_EQ(Delay("1.5s").value(), 1.5);
  EXPECT_DOUBLE_EQ(Delay("200ms").value(), 0.2);
  EXPECT_DOUBLE_EQ(Delay("2M").value(), 120);
  EXPECT_DOUBLE_EQ(Delay("0").value(), 0);
  EXPECT_DOUBLE_EQ(Delay("1h").value(), 3600);
}

TEST(FlagValues, ADelayThatIsNoneIsRefused) {
  for (const char* text : {"", "s", "fast", "1x", "-1", "nan", "inf", "3601", "2h", "1 s"}) {
    EXPECT_FALSE(Delay(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace samestory::cli
