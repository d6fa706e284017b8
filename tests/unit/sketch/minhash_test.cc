#include "samestory/minhash.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <algorithm>
#include <random>
#include <vector>

namespace samestory {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

using Shingles = std::vector<std::uint32_t>;

Signature Sign(const MinHasher& hasher, const Shingles& shingles) {
  Signature signature(static_cast<std::size_t>(hasher.num_perm()));
  hasher.Sign(shingles, signature);
  return signature;
}

Signature SignScalar(const MinHasher& hasher, const Shingles& shingles) {
  Signature signature(static_cast<std::size_t>(hasher.num_perm()));
  hasher.SignScalar(shingles, signature);
  return signature;
}

Shingles RandomShingles(std::size_t count, std::mt19937& random) {
  Shingles shingles(count);
  for (std::uint32_t& shingle : shingles) shingle = static_cast<std::uint32_t>(random());
  return shingles;
}

TEST(MinHasherTest, RefusesNumPermOutOfRange) {
  for (const int num_perm : {0, -1, 1025}) {
    EXPECT_EQ(MinHasher::Create(num_perm, 1).status().code(), absl::StatusCode::kInvalidArgument);
  }
  for (const int num_perm : {1, 1024}) {
    const absl::StatusOr<MinHasher> hasher = MinHasher::Create(num_perm, 1);
    ASSERT_TRUE(hasher.ok());
    EXPECT_EQ(hasher->num_perm(), num_perm);
  }
}

// The vectors of docs/signatures.md, computed by a program of its own.
TEST(MinHasherTest, GivesTheSpecifiedSignatures) {
  const auto sign = [](std::uint64_t seed, const Shingles& shingles) {
    const MinHasher hasher = *MinHasher::Create(6, seed);
    EXPECT_EQ(Sign(hasher, shingles), SignScalar(hasher, shingles));
    return Sign(hasher, shingles);
  };
  EXPECT_THAT(sign(0, {}), Each(0xffffffff));
  EXPECT_THAT(sign(0, {0}),
              ElementsAre(0x73c835b1, 0x6318b88f, 0x1a8e94e3, 0xfda3efcd, 0x244415d7, 0x4d5736f6));
  EXPECT_THAT(sign(0, {1, 2, 3}),
              ElementsAre(0x095f45ee, 0x92fd73ce, 0x1d1a7331, 0x26e165f7, 0x0a7e1559, 0x0b2538af));
  EXPECT_THAT(sign(1, {1, 2, 3}),
              ElementsAre(0x2f8fcf0d, 0xe07ec087, 0x6dfdad4f, 0x209fd584, 0x2d421dc6, 0x7d5ad98d));
  EXPECT_THAT(sign(0x5a3e570719c0de01, {0xdeadbeef, 0x00c0ffee, 0x12345678, 0xffffffff}),
              ElementsAre(0x08c191b7, 0x4139071e, 0x29d961b1, 0x353c4ff7, 0x1536b3d0, 0x128e2cd9));
}

TEST(MinHasherTest, OrderAndRepetitionDoNotMatter) {
  const MinHasher hasher = *MinHasher::Create(48, 3);
  std::mt19937 random(1);
  Shingles shingles = RandomShingles(30, random);
  const Signature signature = Sign(hasher, shingles);
  std::shuffle(shingles.begin(), shingles.end(), random);
  shingles.push_back(shingles[7]);
  EXPECT_EQ(Sign(hasher, shingles), signature);
}

TEST(MinHasherTest, ShorterSignaturesAreTheBeginningOfLongerOnes) {
  std::mt19937 random(2);
  const Shingles shingles = RandomShingles(20, random);
  const Signature longest = Sign(*MinHasher::Create(1024, 5), shingles);
  for (const int num_perm : {1, 15, 16, 17, 63, 64, 128, 1000}) {
    EXPECT_EQ(Sign(*MinHasher::Create(num_perm, 5), shingles),
              Signature(longest.begin(), longest.begin() + num_perm));
  }
}

TEST(MinHasherTest, SignatureOfAUnionIsTheLesserInEveryPlace) {
  const MinHasher hasher = *MinHasher::Create(100, 5);
  std::mt19937 random(3);
  const Shingles a = RandomShingles(13, random), b = RandomShingles(40, random);
  Shingles both = a;
  both.insert(both.end(), b.begin(), b.end());
  const Signature of_a = Sign(hasher, a), of_b = Sign(hasher, b);
  Signature expected;
  for (std::size_t i = 0; i < of_a.size(); ++i) expected.push_back(std::min(of_a[i], of_b[i]));
  EXPECT_EQ(Sign(hasher, both), expected);
}

TEST(EstimateJaccardTest, IsTheShareOfEqualPlaces) {
  EXPECT_EQ(EstimateJaccard(Shingles{1, 2, 3, 4}, Shingles{1, 0, 3, 0}), 0.5);
  EXPECT_EQ(EstimateJaccard(Shingles{5}, Shingles{5}), 1);
  EXPECT_EQ(EstimateJaccard(Shingles{5}, Shingles{6}), 0);
}

// Runs every test with each instruction set that was compiled and that this machine has, and
// afterwards puts back what was there.
class EveryTarget : public ::testing::Test {
 protected:
  template <typename Body>
  void ForEachTarget(Body body) {
    const std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();
    ASSERT_FALSE(targets.empty());
    for (const std::int64_t target : targets) {
      Use(target);
      SCOPED_TRACE(hwy::TargetName(target));
      ASSERT_EQ(MinHasher::Target(), hwy::TargetName(target));
      body();
    }
  }
  void TearDown() override { Use(0); }

 private:
  static void Use(std::int64_t target) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
};

TEST_F(EveryTarget, SignsAsTheScalarCodeDoes) {
  ForEachTarget([] {
    std::mt19937 random(4);
    for (int num_perm = 1; num_perm <= 1024; num_perm += num_perm < 150 ? 1 : 37) {
      const MinHasher hasher = *MinHasher::Create(num_perm, random());
      for (const std::size_t count : {0, 1, 2, 7, 20, 133}) {
        Shingles shingles = RandomShingles(count, random);
        if (count > 5) shingles[3] = 0, shingles[4] = 0xffffffff;
        // Values behind the signature must stay as they are.
        Signature signature(static_cast<std::size_t>(num_perm) + 40, 0x5aa5);
        hasher.Sign(shingles, signature);
        Signature expected(signature.size(), 0x5aa5);
        hasher.SignScalar(shingles, expected);
        ASSERT_EQ(signature, expected) << num_perm << " " << count;
      }
    }
  });
}

TEST_F(EveryTarget, CountsEqualPlacesAsTheScalarCodeDoes) {
  ForEachTarget([] {
    std::mt19937 random(5);
    for (std::size_t size = 1; size < 200; ++size) {
      Shingles a(size), b(size);
      double equal = 0;
      for (std::size_t i = 0; i < size; ++i) {
        a[i] = random() % 3;
        b[i] = random() % 3;
        equal += a[i] == b[i];
      }
      ASSERT_EQ(EstimateJaccard(a, b), equal / static_cast<double>(size)) << size;
    }
  });
}

}  // namespace
}  // namespace samestory
