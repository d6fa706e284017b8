// Two texts, the older and the newer one, with a line feed between them; lines after those are
// learned first. Every pair gets a verdict within its ranges, the same one again, and a trace that
// adds up to it.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fuzz_check.h"
#include "match/judge.h"
#include "match/profile.h"
#include "match/recurrence.h"
#include "samestory/text.h"
#include "text/word_stats.h"

namespace {

using namespace samestory;

constexpr std::int64_t kDay = 20'000;

std::vector<std::uint32_t> Profile(std::string_view title) {
  CanonicalText text;
  Canonicalize(title, text);
  std::vector<std::uint32_t> block;
  BuildProfile(text, title, "en", block);
  FUZZ_CHECK(ProfileView::IsValid(block));
  return block;
}

std::string_view TakeLine(std::string_view& rest) {
  const std::string_view line = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  return line;
}

void CheckVerdict(const Verdict& verdict) {
  for (const double share : {verdict.probability, verdict.jaccard, verdict.containment_newer,
                             verdict.containment_older}) {
    FUZZ_CHECK(share >= 0 && share <= 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<std::uint32_t> older = Profile(TakeLine(rest)), newer = Profile(TakeLine(rest));
  static WordStats words;
  Recurrence recurrence(256);
  std::vector<std::uint64_t> keys;
  for (std::int64_t day = kDay - 9; !rest.empty(); ++day) {
    const std::vector<std::uint32_t> block = Profile(TakeLine(rest));
    RecurrenceKeys(ProfileView(block), keys);
    recurrence.Learn(keys, day);
  }
  StampProfile(words, recurrence, kDay, older);
  StampProfile(words, recurrence, kDay, newer);
  RareWordKeys(ProfileView(newer), words, 1, keys);
  FUZZ_CHECK(keys.size() <= 15);

  const Options options;
  for (const double hours : {0.0, 30.0, 1000.0}) {
    PairContext context;
    context.hours_apart = hours;
    context.same_source = hours > 1;
    if (size % 2 == 1) {
      const double likeness = static_cast<double>(size % 11) / 10;
      context.body = BodyLikeness{likeness, likeness, {.older_only = size % 3, .newer_only = size % 5}, {}};
    }
    JudgeTrace trace;
    const Verdict verdict =
        JudgePair(ProfileView(older), ProfileView(newer), context, options, &trace);
    CheckVerdict(verdict);
    const Verdict again = JudgePair(ProfileView(older), ProfileView(newer), context, options);
    // A pair that is given up early has no probability.
    FUZZ_CHECK(again.relation == verdict.relation &&
               (again.probability == verdict.probability || again.probability == 0));
    FUZZ_CHECK(!trace.reason.empty());
    if (trace.terms.empty()) continue;
    double z = trace.bias;
    for (const VerdictTerm& term : trace.terms) z += term.value * term.weight;
    bool calibrated = false;
    for (const PairTable table : {kNoConflict, kConflict, kEqual}) {
      const double probability = CalibratedProbability(kShippedTables, table, z);
      calibrated = calibrated || std::abs(probability - verdict.probability) < 1e-9;
    }
    FUZZ_CHECK(calibrated);
  }
  return 0;
}
