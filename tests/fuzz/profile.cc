// Bytes taken for a stored profile: refused, or read, stamped and judged without harm.
#include "match/profile.h"

#include <cstdint>
#include <cstring>
#include <vector>

#include "fuzz_check.h"
#include "match/judge.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace samestory;
  std::vector<std::uint32_t> block(size / 4);
  if (!block.empty()) std::memcpy(block.data(), data, block.size() * 4);
  if (!ProfileView::IsValid(block)) return 0;
  static WordStats words;
  static Recurrence recurrence(64);
  std::vector<std::uint64_t> keys;
  RareWordKeys(ProfileView(block), words, 1, keys);
  RecurrenceKeys(ProfileView(block), keys);
  FUZZ_CHECK(keys.size() <= ProfileView::kMaxWords);
  StampProfile(words, recurrence, 20'000, block);
  const Options options;
  JudgeTrace trace;
  const Verdict verdict =
      JudgePair(ProfileView(block), ProfileView(block), PairContext{}, options, &trace);
  FUZZ_CHECK(verdict.probability >= 0 && verdict.probability <= 1);
  return 0;
}
