#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <span>
#include <thread>
#include <vector>

#include "samestory/lsh.h"
#include "samestory/minhash.h"

namespace samestory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::uint32_t> Query(const LshIndex& index, std::span<const std::uint32_t> signature,
                                 std::size_t cap = 32) {
  std::vector<std::uint32_t> candidates;
  index.Query(signature, candidates, cap);
  return candidates;
}

// The obvious LSH index: compares every band of every live record.
class BruteForce {
 public:
  explicit BruteForce(Banding banding) : banding_(banding) {}

  void Insert(std::uint32_t record, std::span<const std::uint32_t> signature) {
    records_[record].assign(signature.begin(), signature.end());
  }
  void Expire(std::uint32_t horizon) {
    records_.erase(records_.begin(), records_.lower_bound(horizon));
  }
  std::vector<std::uint32_t> Query(std::span<const std::uint32_t> signature) const {
    std::vector<std::pair<int, std::uint32_t>> ranked;  // minus shared bands, record
    for (const auto& [record, other] : records_) {
      int shared = 0;
      for (int band = 0; band < banding_.bands; ++band) {
        const auto rows = static_cast<std::size_t>(banding_.rows);
        const auto at = static_cast<std::ptrdiff_t>(rows) * band;
        shared += std::equal(signature.begin() + at, signature.begin() + at + banding_.rows,
                             other.begin() + at);
      }
      if (shared > 0) ranked.emplace_back(-shared, record);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::uint32_t> result;
    for (const auto& [shared, record] : ranked) result.push_back(record);
    return result;
  }

 private:
  Banding banding_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> records_;
};

// Signatures of small numbers, so that bands agree now and then.
std::vector<std::uint32_t> RandomSignature(Banding banding, std::uint32_t values,
                                           std::mt19937& random) {
  std::vector<std::uint32_t> signature(static_cast<std::size_t>(banding.bands * banding.rows));
  for (std::uint32_t& value : signature) value = random() % values;
  return signature;
}

TEST(LshIndexTest, RefusesImpossibleBandings) {
  for (const Banding banding : {Banding{0, 4}, {4, 0}, {-1, -1}, {257, 4}, {1, 1025}}) {
    EXPECT_EQ(LshIndex::Create(banding, 1).status().code(), absl::StatusCode::kInvalidArgument);
  }
  for (const Banding banding : {Banding{1, 1}, {1024, 1}, {1, 1024}, {256, 4}}) {
    const absl::StatusOr<LshIndex> index = LshIndex::Create(banding, 1);
    ASSERT_TRUE(index.ok());
    EXPECT_EQ(index->banding().bands, banding.bands);
    EXPECT_EQ(index->banding().rows, banding.rows);
  }
}

TEST(LshIndexTest, RanksBySharedBands) {
  LshIndex index = *LshIndex::Create({3, 2}, 9);
  ASSERT_TRUE(index.Insert(0, std::vector<std::uint32_t>{1, 2, 3, 4, 5, 6}).ok());
  ASSERT_TRUE(index.Insert(1, std::vector<std::uint32_t>{1, 2, 0, 0, 5, 6}).ok());
  ASSERT_TRUE(index.Insert(2, std::vector<std::uint32_t>{1, 0, 3, 0, 5, 0}).ok());
  ASSERT_TRUE(index.Insert(3, std::vector<std::uint32_t>{9, 9, 9, 9, 5, 6, 77}).ok());
  EXPECT_THAT(Query(index, std::vector<std::uint32_t>{1, 2, 3, 4, 5, 6}), ElementsAre(0, 1, 3));
  EXPECT_THAT(Query(index, std::vector<std::uint32_t>{1, 2, 0, 0, 5, 6}), ElementsAre(1, 0, 3));
  EXPECT_THAT(Query(index, std::vector<std::uint32_t>{3, 4, 5, 6, 1, 2}), IsEmpty());
}

TEST(LshIndexTest, EveryRowOfABandCounts) {
  for (int rows = 1; rows <= 9; ++rows) {
    LshIndex index = *LshIndex::Create({2, rows}, 3);
    std::vector<std::uint32_t> signature(static_cast<std::size_t>(2 * rows));
    std::iota(signature.begin(), signature.end(), 100u);
    ASSERT_TRUE(index.Insert(7, signature).ok());
    EXPECT_THAT(Query(index, signature), ElementsAre(7));
    for (int row = 0; row < rows; ++row) {
      std::vector<std::uint32_t> other = signature;
      other[static_cast<std::size_t>(row)] ^= 0x80000000u;
      EXPECT_THAT(Query(index, other), ElementsAre(7)) << "the second band still agrees";
      other[static_cast<std::size_t>(rows + row)] ^= 1;
      EXPECT_THAT(Query(index, other), IsEmpty()) << rows << " " << row;
    }
  }
}

TEST(LshIndexTest, EqualRowsInTwoBandsAreNotOneBand) {
  LshIndex index = *LshIndex::Create({8, 2}, 3);
  std::vector<std::uint32_t> signature(16, 5);
  ASSERT_TRUE(index.Insert(1, signature).ok());
  std::fill(signature.begin() + 2, signature.end(), 6);
  EXPECT_THAT(Query(index, signature), ElementsAre(1));
  std::rotate(signature.begin(), signature.begin() + 2, signature.end());
  EXPECT_THAT(Query(index, signature), ElementsAre(1));
  std::fill(signature.begin(), signature.end(), 6);
  EXPECT_THAT(Query(index, signature), IsEmpty());
}

struct Case {
  const char* name;
  Banding banding;
  std::uint32_t values, records, window;
};
class LshIndexDifferentialTest : public ::testing::TestWithParam<Case> {};

TEST_P(LshIndexDifferentialTest, AgreesWithBruteForce) {
  const Case& c = GetParam();
  LshIndex index = *LshIndex::Create(c.banding, 21), one_call = *LshIndex::Create(c.banding, 22);
  BruteForce brute(c.banding);
  std::mt19937 random(4);
  std::vector<std::uint32_t> found;
  for (std::uint32_t record = 0; record < c.records; ++record) {
    if (c.window > 0 && record > c.window) {
      index.Expire(record - c.window);
      one_call.Expire(record - c.window);
      brute.Expire(record - c.window);
    }
    const std::vector<std::uint32_t> signature = RandomSignature(c.banding, c.values, random);
    const std::vector<std::uint32_t> expected = brute.Query(signature);
    ASSERT_EQ(Query(index, signature, 1000), expected) << record;
    found.clear();
    ASSERT_TRUE(one_call.QueryInsert(record, signature, found, 1000).ok());
    ASSERT_EQ(found, expected) << record;
    ASSERT_TRUE(index.Insert(record, signature).ok());
    brute.Insert(record, signature);
  }
}

// Numbers of values are such that no band has more than 24 records alive, which all are found.
INSTANTIATE_TEST_SUITE_P(Cases, LshIndexDifferentialTest,
                         ::testing::Values(Case{"Narrow", {16, 1}, 300, 1'000, 0},
                                           Case{"Usual", {16, 4}, 6, 3'000, 0},
                                           Case{"Window", {20, 3}, 8, 4'000, 800},
                                           Case{"OneBand", {1, 2}, 40, 4'000, 0},
                                           Case{"ManyBands", {256, 2}, 20, 600, 0}),
                         [](const auto& info) { return info.param.name; });

TEST(LshIndexTest, BatchesGiveWhatSingleCallsGive) {
  const Banding banding{12, 3};
  const std::size_t size = 36, stride = 40;
  std::mt19937 random(8);
  LshIndex single = *LshIndex::Create(banding, 1), batch = *LshIndex::Create(banding, 1),
           insert_only = *LshIndex::Create(banding, 1);
  CandidateLists lists, again;
  std::uint32_t next = 0;
  for (const std::size_t count : {1, 2, 3, 4, 5, 64, 0, 300}) {
    std::vector<std::uint32_t> records(count), signatures(count * stride, 0xabcdef);
    std::iota(records.begin(), records.end(), next);
    next += static_cast<std::uint32_t>(count);
    for (std::size_t i = 0; i < count; ++i) {
      std::ranges::copy(RandomSignature(banding, 8, random),
                        signatures.begin() + static_cast<std::ptrdiff_t>(i * stride));
    }
    ASSERT_TRUE(batch.QueryInsertBatch(records, signatures, stride, lists).ok());
    ASSERT_TRUE(insert_only.InsertBatch(records, signatures, stride).ok());
    ASSERT_EQ(lists.ends.size(), count);
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<std::uint32_t> found;
      const auto signature = std::span(signatures).subspan(i * stride, size);
      ASSERT_TRUE(single.QueryInsert(records[i], signature, found).ok());
      ASSERT_EQ(std::vector<std::uint32_t>(lists.list(i).begin(), lists.list(i).end()), found);
    }
    batch.QueryBatch(count, signatures, stride, lists);
    insert_only.QueryBatch(count, signatures, stride, again);
    ASSERT_EQ(lists.records, again.records);
    ASSERT_EQ(lists.ends, again.ends);
    for (std::size_t i = 0; i < count; ++i) {
      const auto signature = std::span(signatures).subspan(i * stride, size);
      ASSERT_EQ(std::vector<std::uint32_t>(lists.list(i).begin(), lists.list(i).end()),
                Query(single, signature));
    }
  }
}

TEST(LshIndexTest, FloodOfEqualSignaturesIsBounded) {
  const Banding banding{16, 4};
  std::vector<std::uint32_t> signature(64, 12345), candidates;
  LshIndex index = *LshIndex::Create(banding, 5);
  for (std::uint32_t record = 0; record < 20'000; ++record) {
    candidates.clear();
    ASSERT_TRUE(index.QueryInsert(record, signature, candidates).ok());
    ASSERT_EQ(candidates.size(), std::min(record, 32u));
  }
  EXPECT_THAT(candidates, ::testing::IsSupersetOf({0u, 19'980u, 19'998u}));
  EXPECT_LT(index.MemoryBytes(), 100u << 10);
}

TEST(LshIndexTest, FailedInsertLeavesTheIndexAsItWas) {
  const Banding banding{16, 4};
  LshIndex index = *LshIndex::Create(banding, 5, /*max_bytes=*/300'000);
  std::mt19937 random(6);
  std::vector<std::vector<std::uint32_t>> signatures;
  std::vector<std::uint32_t> candidates = {99};
  absl::Status status;
  for (std::uint32_t record = 0;; ++record) {
    std::vector<std::uint32_t> signature = RandomSignature(banding, 0xffffffffu, random);
    candidates.resize(1);
    status = index.QueryInsert(record, signature, candidates);
    signatures.push_back(std::move(signature));
    if (!status.ok()) break;
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(candidates, ElementsAre(99));
  ASSERT_GT(signatures.size(), 500u);
  for (std::uint32_t record = 0; record + 1 < signatures.size(); ++record) {
    ASSERT_THAT(Query(index, signatures[record]), ElementsAre(record));
  }
  EXPECT_THAT(Query(index, signatures.back()), IsEmpty());

  std::vector<std::uint32_t> flat, numbers = {7000, 7001};
  for (int i = 0; i < 2; ++i) flat.insert(flat.end(), 64, static_cast<std::uint32_t>(i));
  CandidateLists lists;
  EXPECT_EQ(index.QueryInsertBatch(numbers, flat, 64, lists).code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(lists.ends, IsEmpty());
}

TEST(LshIndexTest, RefusesTheOneNumberThatCannotBeStored) {
  LshIndex index = *LshIndex::Create({2, 1}, 5);
  const std::vector<std::uint32_t> signature = {1, 2};
  EXPECT_EQ(index.Insert(0xffffffff, signature).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(index.Insert(0xfffffffe, signature).ok());
  EXPECT_THAT(Query(index, signature), ElementsAre(0xfffffffe));
}

TEST(LshIndexTest, ReserveSavesTheGrowth) {
  LshIndex index = *LshIndex::Create({16, 4}, 5);
  ASSERT_TRUE(index.Reserve(20'000).ok());
  const std::size_t bytes = index.MemoryBytes();
  std::mt19937 random(6);
  for (std::uint32_t record = 0; record < 20'000; ++record) {
    ASSERT_TRUE(index.Insert(record, RandomSignature({16, 4}, 0xffffffffu, random)).ok());
  }
  EXPECT_LT(static_cast<double>(index.MemoryBytes()), 1.1 * static_cast<double>(bytes));
  EXPECT_EQ(index.Reserve(~std::size_t{0}).code(), absl::StatusCode::kResourceExhausted);
}

TEST(LshIndexTest, QueriesRunSideBySide) {
  const Banding banding{16, 2};
  LshIndex index = *LshIndex::Create(banding, 5);
  std::mt19937 random(6);
  std::vector<std::vector<std::uint32_t>> signatures;
  for (std::uint32_t record = 0; record < 2'000; ++record) {
    signatures.push_back(RandomSignature(banding, 12, random));  // some keys are hot
    ASSERT_TRUE(index.Insert(record, signatures.back()).ok());
  }
  const auto query_all = [&] {
    std::vector<std::uint32_t> all;
    for (const auto& signature : signatures) index.Query(signature, all);
    return all;
  };
  const std::vector<std::uint32_t> expected = query_all();
  std::vector<std::uint32_t> found[2];
  std::thread one([&] { found[0] = query_all(); }), two([&] { found[1] = query_all(); });
  one.join();
  two.join();
  EXPECT_EQ(found[0], expected);
  EXPECT_EQ(found[1], expected);
}

TEST(LshIndexTest, SharedBandsAreThoseThatAgree) {
  const LshIndex index = *LshIndex::Create({3, 2}, 9);
  std::vector<int> bands;
  index.SharedBands(std::vector<std::uint32_t>{1, 2, 3, 4, 5, 6},
                    std::vector<std::uint32_t>{1, 2, 3, 0, 5, 6}, bands);
  EXPECT_THAT(bands, ElementsAre(0, 2));
}

// The whole of sketch and index against the promise of CandidateProbability: planted pairs of sets
// whose exact Jaccard is known.
class RecallTest : public ::testing::TestWithParam<std::tuple<Banding, double>> {};

TEST_P(RecallTest, IsThatOfTheSCurve) {
  const auto [banding, jaccard] = GetParam();
  constexpr int kPairs = 4'000, kUnion = 60;
  const int shared = static_cast<int>(std::lround(jaccard * kUnion));
  const double exact = static_cast<double>(shared) / kUnion;
  int found = 0;
  std::mt19937_64 random(77);
  for (int seed = 0; seed < 8; ++seed) {
    const MinHasher hasher =
        *MinHasher::Create(banding.bands * banding.rows, static_cast<std::uint64_t>(seed));
    LshIndex index = *LshIndex::Create(banding, static_cast<std::uint64_t>(seed));
    Signature signature(static_cast<std::size_t>(hasher.num_perm()));
    for (std::uint32_t pair = 0; pair < kPairs / 8; ++pair) {
      std::vector<std::uint32_t> a, b;
      for (int i = 0; i < kUnion; ++i) {
        const auto shingle = static_cast<std::uint32_t>(random());
        if (i < shared || i % 2 == 0) a.push_back(shingle);
        if (i < shared || i % 2 == 1) b.push_back(shingle);
      }
      hasher.Sign(a, signature);
      ASSERT_TRUE(index.Insert(pair, signature).ok());
      hasher.Sign(b, signature);
      const std::vector<std::uint32_t> candidates = Query(index, signature);
      found += std::find(candidates.begin(), candidates.end(), pair) != candidates.end();
    }
  }
  const double expected = CandidateProbability(banding, exact);
  const double error = std::sqrt(expected * (1 - expected) / kPairs);
  EXPECT_NEAR(static_cast<double>(found) / kPairs, expected, 4 * error + 1.0 / kPairs);
}

INSTANTIATE_TEST_SUITE_P(Bandings, RecallTest,
                         ::testing::Combine(::testing::Values(Banding{16, 4}, Banding{23, 4},
                                                              Banding{15, 3}, Banding{5, 8}),
                                            ::testing::Values(0.3, 0.5, 0.65, 0.7, 0.75, 0.9)));

TEST(LshIndexTest, HiddenRecordsChangeNoAnswerAndAreThereAfterwards) {
  constexpr Banding kBanding{8, 2};
  constexpr std::uint32_t kRecords = 3000, kTogether = 50;
  std::mt19937_64 random(21);
  std::vector<std::vector<std::uint32_t>> signatures;
  for (std::uint32_t i = 0; i < kRecords; ++i) {
    auto& signature = signatures.emplace_back(16);
    for (auto& value : signature) value = static_cast<std::uint32_t>(random() % 6);  // hot keys
    for (std::size_t k = 8; k < 16; ++k) signature[k] = static_cast<std::uint32_t>(random() % 400);
  }
  auto plain = LshIndex::Create(kBanding, 5), hiding = LshIndex::Create(kBanding, 5);
  ASSERT_TRUE(plain.ok() && hiding.ok());
  // While a table grows, which of the oldest records of a hot key stay depends on its pace.
  ASSERT_TRUE(plain->Reserve(kRecords).ok() && hiding->Reserve(kRecords).ok());
  std::size_t waited = 0;
  for (std::uint32_t first = 0; first < kRecords; first += kTogether) {
    hiding->HideFrom(first);
    std::vector<std::uint32_t> waiting;
    for (std::uint32_t i = first; i < first + kTogether; ++i) {
      ASSERT_EQ(Query(*hiding, signatures[i]), Query(*plain, signatures[i])) << i;
      const auto all = hiding->InsertHidden(i, signatures[i]);
      ASSERT_TRUE(all.ok());
      ASSERT_EQ(hiding->Holds(i, signatures[i]), *all);
      if (!*all) waiting.push_back(i);
    }
    waited += waiting.size();
    for (const std::uint32_t i : waiting) ASSERT_TRUE(hiding->Insert(i, signatures[i]).ok());
    for (std::uint32_t i = first; i < first + kTogether; ++i) {
      ASSERT_TRUE(plain->Insert(i, signatures[i]).ok());
    }
    hiding->HideFrom(first + kTogether);
    ASSERT_EQ(Query(*hiding, signatures[first]), Query(*plain, signatures[first]));
  }
  EXPECT_GT(waited, kRecords / 100);
}

}  // namespace
}  // namespace samestory
