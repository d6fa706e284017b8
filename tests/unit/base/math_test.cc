#include "base/math.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace samestory {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Distance in units in the last place of the greater.
double UlpsApart(double a, double b) {
  if (a == b) return 0;
  const double larger = std::max(std::abs(a), std::abs(b));
  const double ulp = std::nextafter(larger, kInfinity) - larger;
  return std::abs(a - b) / ulp;
}

TEST(StableLog, IsNearTheCLibrarys) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200'000; ++i) {
    const double x = std::bit_cast<double>(random() >> 1);  // any positive number
    if (!std::isfinite(x) || x == 0) continue;
    ASSERT_LE(UlpsApart(StableLog(x), std::log(x)), 2) << x;
    const double near_one = 0.5 + static_cast<double>(random() >> 11) * 0x1p-53 * 1.5;
    ASSERT_LE(UlpsApart(StableLog(near_one), std::log(near_one)), 2) << near_one;
  }
}

TEST(StableLog, Limits) {
  EXPECT_EQ(StableLog(1), 0);
  EXPECT_EQ(StableLog(0), -kInfinity);
  EXPECT_EQ(StableLog(kInfinity), kInfinity);
  EXPECT_TRUE(std::isnan(StableLog(-1)));
  EXPECT_TRUE(std::isnan(StableLog(std::nan(""))));
}

TEST(StableExp, IsNearTheCLibrarys) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 200'000; ++i) {
    const double x = (static_cast<double>(random() >> 11) * 0x1p-53 - 0.5) * 1400;
    ASSERT_LE(UlpsApart(StableExp(x), std::exp(x)), 2) << x;
    ASSERT_LE(UlpsApart(StableExp(x / 700), std::exp(x / 700)), 2) << x / 700;
  }
}

TEST(StableExp, Limits) {
  EXPECT_EQ(StableExp(0), 1);
  EXPECT_EQ(StableExp(-kInfinity), 0);
  EXPECT_EQ(StableExp(kInfinity), kInfinity);
  EXPECT_EQ(StableExp(1000), kInfinity);
  EXPECT_EQ(StableExp(-1000), 0);
  EXPECT_TRUE(std::isnan(StableExp(std::nan(""))));
}

TEST(StableMath, KnownBits) {
  // The same on every machine.
  EXPECT_EQ(std::bit_cast<std::uint64_t>(StableLog(10)), 0x40026bb1bbb55516);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(StableLog(0.3)), 0xbff34378fcbda721);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(StableExp(1.7)), 0x4015e552770df8a6);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(StableExp(-0.3)), 0x3fe7b4c869c37c05);
}

TEST(StableLogistic, IsSymmetric) {
  EXPECT_EQ(StableLogistic(0), 0.5);
  EXPECT_NEAR(StableLogistic(2) + StableLogistic(-2), 1, 1e-15);
  EXPECT_EQ(StableLogistic(-1000), 0);
  EXPECT_EQ(StableLogistic(1000), 1);
}

}  // namespace
}  // namespace samestory
