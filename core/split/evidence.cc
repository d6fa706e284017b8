#include "split/evidence.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "base/hash.h"
#include "base/math.h"
#include "split/frame.h"
#include "text/sort_unique.h"

namespace samestory {
namespace {

constexpr std::uint32_t kTitle = 0xffffffff;
constexpr std::uint32_t kFurniture = 0x80000000;  // a line that the frame took: no lead, no story

// Pages agree in a line from this estimated Jaccard of its shingles.
constexpr double kSameLine = 0.5;

// The first signed units tell which other pages are copies of this story.
constexpr std::size_t kCoreUnits = 4;

// The last signed units tell whether a copy ends as this page does.
constexpr std::size_t kEndingUnits = 2;

// Learned counts stand for twice the remembered pages and so many texts at most.
constexpr std::size_t kKeptTexts = 1'024;

// Title, and the first two units: a page's headline or lead.
bool IsHeadline(std::uint32_t position) { return position == kTitle || position < 2; }

double EstimateFromSketch(const std::array<std::uint8_t, kLinePermutations>& sketch,
                          const LineSignature& signature) {
  int equal = 0;
  for (std::size_t i = 0; i < sketch.size(); ++i) {
    equal += sketch[i] == static_cast<std::uint8_t>(signature.values[i]);
  }
  // Two different values share a byte once in 256.
  return (static_cast<double>(equal) / kLinePermutations - 1.0 / 256) / (255.0 / 256);
}

}  // namespace

const StatsWordModel::Habits& StatsWordModel::HabitsOf(std::uint32_t word) {
  constexpr std::size_t kSlots = 4'096;
  thread_local std::vector<Habits> slots;
  if (slots.empty()) {
    slots.resize(kSlots);
    slots[0].word = 1;  // of another slot: word 0 is not known yet
  }
  Habits& habits = slots[word % kSlots];
  if (habits.word != word) {
    const Background& shipped = ShippedBackground();
    habits = {.word = word,
              .opening = static_cast<float>(shipped.Opening(word)),
              .title = static_cast<float>(shipped.Title(word))};
  }
  return habits;
}

double StatsWordModel::Idf(std::uint32_t word) const {
  if (own_ == 0) return stats_.Idf(word);
  const double texts = std::max(0.0, stats_.Counts(word).texts - own_);
  return std::max(0.0, StableLog((stats_.Texts() - own_ + 1) / (texts + 0.5)));
}

double StatsWordModel::MaxIdf() const { return StableLog((stats_.Texts() - own_ + 1) / 0.5); }

PageCorpus::Impl::Impl(std::uint64_t seed, std::size_t max_lines)
    : max_lines_(max_lines),
      signer_(seed),
      index_(*LshIndex::Create(kLineBanding, seed)),
      seed_(seed) {}

void PageCorpus::Impl::Remember(const LineSignature& signature, std::uint32_t position) {
  if (!signature.present) return;
  if (!index_.Insert(NextLine(), signature.values).ok()) return;  // no memory: not remembered
  Line line;
  for (std::size_t i = 0; i < line.sketch.size(); ++i) {
    line.sketch[i] = static_cast<std::uint8_t>(signature.values[i]);
  }
  line.page = static_cast<std::uint32_t>(first_page_ + pages_.size() - 1);
  line.position = position;
  lines_.push_back(line);
}

// Numbers the units of the story; furniture is remembered for being repeated.
void PageCorpus::Impl::RememberUnits(const Page& page, std::string_view text) {
  const PageFrame frame = ReadPageFrame(page, text, {}, {}, false, ShippedFrame(false));
  std::uint32_t& of_story = pages_.back().units;
  for (std::size_t u = 0; u < page.units.size(); ++u) {
    Remember(page.signatures[u], frame.kept[u] ? of_story++ : kFurniture);
  }
}

void PageCorpus::Impl::RememberTitle(std::string_view title) {
  if (title.empty()) return;
  thread_local CanonicalText canonical;
  Canonicalize(title, canonical);
  Remember(signer_.Sign(canonical), kTitle);
}

void PageCorpus::Impl::ForgetOldestPage() {
  const std::uint32_t keep = pages_.size() > 1 ? pages_[1].first_line : NextLine();
  const auto of_id = pages_of_id_.find(Hash64(pages_[0].id, seed_));
  if (--of_id->second == 0) pages_of_id_.erase(of_id);
  lines_.erase(lines_.begin(), lines_.begin() + (keep - first_line_));
  first_line_ = keep;
  pages_.pop_front();
  ++first_page_;
}

void PageCorpus::Impl::ForgetBefore(std::uint64_t added) {
  while (!pages_.empty() && added_before_ + first_page_ < added) ForgetOldestPage();
  index_.Expire(first_line_);
  while (stats_.LearnedTexts() > 2 * pages_.size() + kKeptTexts) stats_.Fade();
}

// Line numbers run out after 2^32.
void PageCorpus::Impl::BeginAnewIfFull(std::size_t lines) {
  if (std::numeric_limits<std::uint32_t>::max() - NextLine() > lines) return;
  added_before_ = num_added();
  index_ = *LshIndex::Create(kLineBanding, seed_);
  pages_.clear();
  pages_of_id_.clear();
  lines_.clear();
  first_page_ = first_line_ = 0;
}

void PageCorpus::Impl::Add(std::string_view id, std::string_view title, std::string_view text,
                           std::string_view lang) {
  Page page;
  if (!text.empty()) page = PageReader(StatsWordModel(stats_), &signer_).Read(text, lang);
  BeginAnewIfFull(page.units.size() + 1);
  pages_.push_back({.id = std::string(id), .first_line = NextLine(), .units = 0});
  ++pages_of_id_[Hash64(id, seed_)];
  RememberTitle(title);
  if (!page.units.empty()) RememberUnits(page, text);
  if (!text.empty()) stats_.Learn(page.word_hashes);
  while (std::max(lines_.size(), pages_.size()) > max_lines_ && pages_.size() > 1) {
    ForgetOldestPage();
  }
  index_.Expire(first_line_);
}

StatsWordModel PageCorpus::Impl::WordsFor(std::string_view page_id) const {
  if (page_id.empty()) return StatsWordModel(stats_);
  const auto of_id = pages_of_id_.find(Hash64(page_id, seed_));
  return StatsWordModel(stats_, of_id == pages_of_id_.end() ? 0 : of_id->second);
}

std::vector<PageCorpus::Impl::Hit> PageCorpus::Impl::Look(const LineSignature& signature,
                                                          std::string_view page_id) const {
  std::vector<Hit> hits;
  if (!signature.present) return hits;
  thread_local std::vector<std::uint32_t> candidates;
  candidates.clear();
  index_.Query(signature.values, candidates);
  for (const std::uint32_t number : candidates) {
    if (number - first_line_ >= lines_.size()) continue;  // forgotten
    const Line& line = lines_[number - first_line_];
    if (EstimateFromSketch(line.sketch, signature) < kSameLine) continue;
    if (!page_id.empty() && PageOf(line.page).id == page_id) continue;
    hits.push_back({line.page, line.position});
  }
  return hits;
}

// A copy of the story holds most of its first lines in its own first half.
std::vector<std::uint32_t> PageCorpus::Impl::CopiesOfStory(const Hits& hits,
                                                           const Page& page) const {
  std::vector<std::uint32_t> pages;  // one entry for each core unit that the page holds
  std::size_t core = 0;
  for (std::size_t u = 0; u < page.units.size() && core < kCoreUnits; ++u) {
    if (!page.signatures[u].present) continue;
    ++core;
    std::vector<std::uint32_t> holders;
    for (const Hit& hit : hits[u]) {
      const std::uint32_t half =
          std::max(static_cast<std::uint32_t>(kCoreUnits) + 2, PageOf(hit.page).units / 2);
      if (hit.position < half) holders.push_back(hit.page);
    }
    SortUnique(holders);
    pages.insert(pages.end(), holders.begin(), holders.end());
  }
  std::sort(pages.begin(), pages.end());
  const std::size_t needed = core <= 2 ? 1 : 2;
  std::vector<std::uint32_t> copies;
  for (std::size_t i = 0; i < pages.size();) {
    std::size_t next = i;
    while (next < pages.size() && pages[next] == pages[i]) ++next;
    if (next - i >= needed) copies.push_back(pages[i]);
    i = next;
  }
  return copies;
}

std::vector<std::uint32_t> PageCorpus::Impl::OtherEndings(
    const Hits& hits, const Page& page, const std::vector<std::uint32_t>& copies) const {
  std::vector<std::uint32_t> same_ending;
  std::size_t ending = 0;
  for (std::size_t u = page.units.size(); u-- > 0 && ending < kEndingUnits;) {
    if (!page.signatures[u].present) continue;
    ++ending;
    for (const Hit& hit : hits[u]) same_ending.push_back(hit.page);
  }
  SortUnique(same_ending);
  std::vector<std::uint32_t> others;
  std::set_difference(copies.begin(), copies.end(), same_ending.begin(), same_ending.end(),
                      std::back_inserter(others));
  return others;
}

PageCorpus::Impl::Hits PageCorpus::Impl::LookUp(const Page& page, std::string_view page_id) const {
  Hits hits;
  hits.reserve(page.signatures.size());
  for (const LineSignature& signature : page.signatures) hits.push_back(Look(signature, page_id));
  return hits;
}

std::vector<LineEvidence> PageCorpus::Impl::Judge(const Hits& hits, const Page& page) const {
  const std::vector<std::uint32_t> copies = CopiesOfStory(hits, page);
  const std::vector<std::uint32_t> telling = OtherEndings(hits, page, copies);
  std::vector<LineEvidence> evidence(page.units.size());
  for (std::size_t u = 2; u < hits.size(); ++u) {
    std::vector<std::uint32_t> repeated, headlines, copied;
    std::pair<std::uint32_t, std::uint32_t> best{kTitle, 0};  // position from the title, page
    for (const Hit& hit : hits[u]) {
      if (std::binary_search(copies.begin(), copies.end(), hit.page)) {
        if (std::binary_search(telling.begin(), telling.end(), hit.page)) {
          copied.push_back(hit.page);
        }
      } else if (IsHeadline(hit.position)) {
        headlines.push_back(hit.page);
        best = std::min(best, {hit.position + 1, hit.page});  // the title is 0
      } else {
        repeated.push_back(hit.page);
      }
    }
    SortUnique(repeated);
    SortUnique(headlines);
    SortUnique(copied);
    LineEvidence& line = evidence[u];
    line.repeated = static_cast<std::uint32_t>(
        std::count_if(repeated.begin(), repeated.end(), [&](std::uint32_t number) {
          return !std::binary_search(headlines.begin(), headlines.end(), number);
        }));
    line.headlines = static_cast<std::uint32_t>(headlines.size());
    line.copies = static_cast<std::uint32_t>(copied.size());
    if (!headlines.empty()) line.seen = PageOf(best.second).id;
  }
  return evidence;
}

std::size_t PageCorpus::Impl::MemoryBytes() const {
  std::size_t bytes = index_.MemoryBytes() + stats_.MemoryBytes() + lines_.size() * sizeof(Line) +
                      pages_of_id_.capacity() * (sizeof(std::uint64_t) * 2 + 1);
  for (const KnownPage& page : pages_) bytes += sizeof(KnownPage) + page.id.capacity();
  return bytes;
}

PageCorpus::PageCorpus(std::uint64_t seed, std::size_t max_lines)
    : impl_(std::make_unique<Impl>(seed, max_lines)) {}
PageCorpus::PageCorpus(PageCorpus&&) noexcept = default;
PageCorpus& PageCorpus::operator=(PageCorpus&&) noexcept = default;
PageCorpus::~PageCorpus() = default;

void PageCorpus::Add(std::string_view id, std::string_view title, std::string_view text,
                     std::string_view lang) {
  impl_->Add(id, title, text, lang);
}

std::size_t PageCorpus::num_pages() const { return impl_->num_pages(); }

std::uint64_t PageCorpus::num_added() const { return impl_->num_added(); }

void PageCorpus::ForgetBefore(std::uint64_t added) { impl_->ForgetBefore(added); }

std::size_t PageCorpus::MemoryBytes() const { return impl_->MemoryBytes(); }

}  // namespace samestory
