#include "text/source_dirt.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "text/source_name.h"

namespace samestory {
namespace {

constexpr int kEndingTitles = 8;
constexpr int kEndingTitlesOfUnknown = 16;
constexpr int kEndingSources = 3;
constexpr double kEndingShareWithin = 0.5;

constexpr int kWireTitles = 8;
constexpr std::uint32_t kLabelTitles = 32;
// Sources that must use a label, and how often at most it may stand within headlines for that.
struct LabelRule {
  int sources;
  double share_within;
};
constexpr LabelRule kLabelRules[] = {{16, 2.0}, {6, 0.4}};

constexpr int kWatchedTitles = 4;  // a phrase's different titles before it is watched
constexpr std::size_t kMaxPhraseWords = 4;

std::uint64_t BitOf(std::uint64_t hash) { return std::uint64_t{1} << (hash >> 58); }

// What a phrase is counted by, whatever the source.
std::uint64_t KeyOf(const PhraseFacts& facts) {
  return Mix64(facts.phrase, static_cast<std::uint64_t>(facts.side));
}

// Of words [begin, end) of a title.
PhraseFacts FactsOf(const TitleCuts& cuts, std::size_t begin, std::size_t end,
                    PhraseFacts::Side side, std::uint64_t source) {
  return {.phrase = cuts.PhraseHash(begin, end),
          .source = source,
          .side = side,
          .number = cuts.HasNumber(begin, end),
          .single = end == begin + 1};
}

TitleParts Whole(std::string_view title) {
  return {title.substr(0, 0), title, title.substr(title.size())};
}

TitleCuts& Scratch() {
  thread_local TitleCuts cuts;
  return cuts;
}

}  // namespace

SourceDirt::SourceDirt(std::size_t max_entries)
    : max_entries_(std::max<std::size_t>(max_entries, 64)) {}

void SourceDirt::Learn(std::string_view title, std::string_view source, std::string_view url) {
  thread_local TitleReading reading;
  if (!TitleCuts::MayCut(title) && watched_.empty()) return;
  Read(title, source, url, reading);
  Learn(reading, title, source);
}

void SourceDirt::Read(std::string_view title, std::string_view source, std::string_view url,
                      TitleReading& reading) {
  TitleCuts& cuts = Scratch();
  cuts.Read(title);
  if (TitleCuts::MayCut(title)) {
    LazySourceName name(source, url);
    ReadTitle(cuts, name, reading);
  } else {
    ReadWholeTitle(cuts.words(), reading);
  }
}

void SourceDirt::Learn(const TitleReading& reading, std::string_view title,
                       std::string_view source) {
  for (const TitleReading::Phrase& phrase : reading.phrases) {
    CountPhrase(reading, phrase, title, source);
  }
  CountWithin(reading);
  if (!reading.phrases.empty()) Bound();
}

// Counts a phrase as an ending or opening of its title.
void SourceDirt::CountPhrase(const TitleReading& reading, const TitleReading::Phrase& phrase,
                             std::string_view title, std::string_view source) {
  const PhraseFacts& facts = phrase.facts;
  const std::uint64_t key = KeyOf(facts);
  Phrase& all = phrases_[key];
  Count& own = by_source_[Mix64(key, facts.source)];
  for (Count* count : {&all.count, &own}) {
    count->titles_seen |= BitOf(phrase.title);
    ++count->titles;
  }
  const std::uint64_t source_bit = BitOf(Mix64(facts.source, 0));
  all.sources |= source_bit;
  const bool ending = facts.side == Side::kEnding;
  if (ending && facts.source != 0 && std::popcount(own.titles_seen) >= kEndingTitles) {
    all.learned_sources |= source_bit;
  }
  if (phrase.end - phrase.begin <= kMaxPhraseWords &&
      std::popcount(all.count.titles_seen) >= kWatchedTitles) {
    ++watched_[facts.phrase].titles;
    const std::uint64_t first = reading.PhraseHash(phrase.begin, phrase.begin + 1);
    watched_firsts_[first >> 56] |= BitOf(first << 8);
  }
  const Count& told = ending ? own : all.count;
  if (std::popcount(told.titles_seen) >= kEndingTitles) NotePhrase(phrase, title, source);
}

// Keeps the words of a phrase that may be learned, for Learned.
void SourceDirt::NotePhrase(const TitleReading::Phrase& phrase, std::string_view title,
                            std::string_view source) {
  PhraseFacts noted = phrase.facts;
  const bool ending = noted.side == Side::kEnding;
  if (!ending) noted.source = 0;
  const auto [entry, added] = notes_.try_emplace(Mix64(KeyOf(noted), noted.source));
  if (!added) return;
  TitleCuts& cuts = Scratch();
  cuts.Read(title);
  Note& note = entry->second;
  note.facts = noted;
  for (std::size_t i = phrase.begin; i < phrase.end; ++i) {
    if (i > phrase.begin) note.text += ' ';
    note.text += cuts.words().word(i);
  }
  if (ending) note.source = source;
}

std::vector<LearnedPhrase> SourceDirt::Learned() const {
  std::vector<LearnedPhrase> learned;
  for (const auto& [key, note] : notes_) {
    if (!IsLearned(note.facts)) continue;
    const bool opening = note.facts.side == Side::kOpening;
    const auto own = by_source_.find(key);
    const auto all = phrases_.find(KeyOf(note.facts));
    const std::uint32_t titles = opening                    ? all->second.count.titles
                                 : own == by_source_.end() ? 0
                                                           : own->second.titles;
    learned.push_back({opening, note.text, note.source, titles});
  }
  std::sort(learned.begin(), learned.end(), [](const LearnedPhrase& a, const LearnedPhrase& b) {
    return std::tie(a.opening, a.text, a.source) < std::tie(b.opening, b.text, b.source);
  });
  return learned;
}

// Counts every watched phrase within the title once a place.
void SourceDirt::CountWithin(const TitleReading& reading) {
  if (watched_.empty()) return;
  for (std::size_t i = reading.begin; i < reading.end; ++i) {
    std::uint64_t phrase = reading.PhraseHash(i, i + 1);
    if ((watched_firsts_[phrase >> 56] & BitOf(phrase << 8)) == 0) continue;
    const std::size_t longest = std::min(reading.end, i + kMaxPhraseWords);
    for (std::size_t j = i + 1;; ++j) {
      if (const auto found = watched_.find(phrase); found != watched_.end()) {
        ++found->second.within;
      }
      if (j >= longest) break;
      phrase = Mix64(phrase, reading.words[j]);
    }
  }
}

double SourceDirt::ShareWithin(std::uint64_t phrase) const {
  const auto found = watched_.find(phrase);
  if (found == watched_.end()) return 0;  // longer than what is watched
  return static_cast<double>(found->second.within) / std::max(found->second.titles, 1u);
}

bool SourceDirt::IsLearned(const PhraseFacts& facts) const {
  return facts.side == Side::kEnding ? IsLearnedEnding(facts) : IsLearnedOpening(facts);
}

bool SourceDirt::IsLearnedEnding(const PhraseFacts& facts) const {
  const std::uint64_t key = KeyOf(facts);
  const auto all = phrases_.find(key);
  if (all == phrases_.end() || facts.number || ShareWithin(facts.phrase) > kEndingShareWithin) {
    return false;
  }
  if (std::popcount(all->second.learned_sources) >= kEndingSources) return true;
  const auto own = by_source_.find(Mix64(key, facts.source));
  return own != by_source_.end() && std::popcount(own->second.titles_seen) >=
                                        (facts.source == 0 ? kEndingTitlesOfUnknown : kEndingTitles);
}

bool SourceDirt::IsLearnedOpening(const PhraseFacts& facts) const {
  const auto all = phrases_.find(KeyOf(facts));
  if (all == phrases_.end()) return false;
  const Count& count = all->second.count;
  if (facts.wire) return std::popcount(count.titles_seen) >= kWireTitles;
  if (!facts.single || facts.number) return false;
  if (count.titles < kLabelTitles) return false;
  const int sources = std::popcount(all->second.sources);
  const double within = ShareWithin(facts.phrase);
  return std::any_of(std::begin(kLabelRules), std::end(kLabelRules), [&](const LabelRule& rule) {
    return sources >= rule.sources && within <= rule.share_within;
  });
}

TitleParts SourceDirt::Strip(std::string_view title, std::string_view source,
                             std::string_view url) const {
  if (!TitleCuts::MayCut(title)) return Whole(title);
  TitleCuts& cuts = Scratch();
  cuts.Read(title);
  LazySourceName name(source, url);
  return Cut(cuts, title, name).parts;
}

TitleParts SourceDirt::Strip(std::string_view title, std::string_view source, std::string_view url,
                             std::size_t max_words, CanonicalText& headline,
                             TitleReading* reading, std::string* whole) const {
  if (whole != nullptr) whole->clear();
  if (TitleCuts::MayCut(title)) {
    TitleCuts& cuts = Scratch();
    cuts.Read(title);
    LazySourceName name(source, url);
    if (reading != nullptr) ReadTitle(cuts, name, *reading);
    const Headline left = Cut(cuts, title, name);
    if (whole != nullptr && left.parts.headline.size() < title.size() &&
        cuts.num_words() <= max_words) {
      whole->assign(cuts.words().text());
    }
    if (left.begin == 0 && left.end > 0) {
      cuts.TakeWords(headline);
      headline.Truncate(std::min(left.end, max_words));
    } else {
      Canonicalize(left.parts.headline, headline, max_words);
    }
    return left.parts;
  }
  Canonicalize(title, headline, max_words);
  const TitleParts parts = Whole(title);
  if (reading == nullptr) return parts;
  if (headline.words().size() < std::min(max_words, TitleCuts::kMaxWords)) {
    ReadWholeTitle(headline, *reading);
  } else {
    Read(title, source, url, *reading);
  }
  return parts;
}

// Cuts a title that was read.
SourceDirt::Headline SourceDirt::Cut(TitleCuts& cuts, std::string_view title,
                                     LazySourceName& name) const {
  std::size_t begin = 0, end = cuts.num_words();
  if (end <= kLeastHeadlineWords) return {Whole(title), begin, end};
  std::size_t left = 0, right = title.size();
  for (int i = 0; i < kMaxTitleCuts; ++i) {
    const auto cut = cuts.Ending(end);
    if (!cut || cut->word < kLeastHeadlineWords) break;
    const std::string ending = cuts.Compact(cut->word, end);
    if (!name->IsName(ending) &&
        !IsLearned(FactsOf(cuts, cut->word, end, Side::kEnding, name->key())) &&
        !name->IsHost(ending)) {
      break;
    }
    end = cut->word;
    right = cut->left;
  }
  for (int i = 0; i < kMaxTitleCuts; ++i) {
    const auto cut = cuts.Opening(begin);
    if (!cut || cut->word + kLeastHeadlineWords > end) break;
    PhraseFacts opening = FactsOf(cuts, begin, OpeningEnd(*cut), Side::kOpening, 0);
    opening.wire = cut->wire;
    if (!IsLearned(opening)) break;
    begin = cut->word;
    left = cut->right;
  }
  return {{title.substr(0, left), title.substr(left, right - left), title.substr(right)},
          begin,
          end};
}

// Forgets what few titles had, rarest first, until an eighth of the room is free.
void SourceDirt::Bound() {
  const auto shrink = [](auto& map, std::size_t limit, auto titles) {
    if (map.size() <= limit) return;
    for (std::uint32_t least = 2; map.size() > limit - limit / 8; least *= 2) {
      absl::erase_if(map, [&](const auto& entry) { return titles(entry.second) < least; });
    }
  };
  shrink(by_source_, max_entries_, [](const Count& c) { return c.titles; });
  shrink(phrases_, max_entries_, [](const Phrase& p) { return p.count.titles; });
  shrink(watched_, max_entries_ / 16, [](const Watched& w) { return w.titles; });
  if (notes_.size() > max_entries_ / 16) {
    absl::erase_if(notes_, [&](const auto& entry) { return !IsLearned(entry.second.facts); });
    // Where all are learned, they are found again by the next title that has them.
    if (notes_.size() > max_entries_ / 16) notes_.clear();
  }
}

std::size_t SourceDirt::MemoryBytes() const {
  const auto bytes = [](const auto& map) { return map.capacity() * (sizeof(*map.begin()) + 1); };
  constexpr std::size_t kWords = 48;  // of a note, more or less
  return bytes(by_source_) + bytes(phrases_) + bytes(watched_) + sizeof(watched_firsts_) +
         bytes(notes_) + notes_.size() * kWords;
}

}  // namespace samestory
