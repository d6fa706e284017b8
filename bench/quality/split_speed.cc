#include "split_speed.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include "samestory/split.h"
#include "split_pages.h"

namespace samestory::quality {
namespace {

constexpr std::uint64_t kSeed = 1;
constexpr int kRounds = 3;

// Processor time, as other programs share the machine.
template <typename Work>
double Seconds(Work work) {
  const std::clock_t begin = std::clock();
  work();
  return std::max(1e-6, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
}

SplitSpeed Measure(const std::string& set, const std::vector<LabelledPage>& pages) {
  std::vector<std::string> texts;
  double lines = 0;
  for (const LabelledPage& page : pages) {
    texts.push_back(page.Text());
    lines += static_cast<double>(page.lines.size());
  }
  const auto split_all = [&](const PageCorpus* corpus) {
    return Seconds([&] {
      for (int round = 0; round < kRounds; ++round) {
        for (std::size_t p = 0; p < pages.size(); ++p) {
          (void)SplitPage(texts[p], {}, corpus, pages[p].id);
        }
      }
    });
  };
  if (!texts.empty()) (void)SplitPage(texts[0]);  // tables are made
  SplitSpeed speed{.set = set};
  const double alone = split_all(nullptr);
  PageCorpus corpus(kSeed);
  const double added = Seconds([&] {
    for (std::size_t p = 0; p < pages.size(); ++p) {
      corpus.Add(pages[p].id, pages[p].title, texts[p]);
    }
  });
  const double together = split_all(&corpus);
  const double all_pages = static_cast<double>(pages.size()) * kRounds, all_lines = lines * kRounds;
  speed.pages = all_pages / alone;
  speed.lines = all_lines / alone;
  speed.pages_with_corpus = all_pages / together;
  speed.lines_with_corpus = all_lines / together;
  speed.lines_added = lines / added;
  return speed;
}

}  // namespace

absl::StatusOr<std::vector<SplitSpeed>> MeasureSplitSpeed(const std::string& data_dir) {
  using Load = absl::StatusOr<std::vector<LabelledPage>> (*)(const std::string&);
  std::vector<SplitSpeed> speeds;
  for (const auto& [set, load] :
       {std::pair<const char*, Load>("synthetic_tails", LoadSyntheticTails),
        std::pair<const char*, Load>("pages_tails", LoadPageTails),
        std::pair<const char*, Load>("pages_lines", LoadPageLines)}) {
    const auto pages = load(data_dir);
    if (!pages.ok()) return pages.status();
    speeds.push_back(Measure(set, *pages));
  }
  return speeds;
}

}  // namespace samestory::quality
