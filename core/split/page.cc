#include "split/page.h"

#include <algorithm>

#include "text/word_stats.h"

namespace samestory {
namespace {

// A line up to this length is one unit even where it has several sentences.
constexpr std::size_t kWholeLineBytes = 240;

// Words in more than every fifth text (idf 1.609) weigh nothing.
constexpr double kCommonIdf = 1.6094379124341003;

// Shorter words (articles, prepositions) tell little of title case.
constexpr std::uint32_t kLongWordBytes = 4;

// Of a page in a language whose texts were counted .94 of the running words and more have a habit;
// of others, whose words stand in those texts as names and by chance, rarely .75.
constexpr double kUnknownShare = 0.75, kKnownShare = 0.9;

// Of the running words of closed units, first words apart, so many are capitalised where names are,
// and so many where all nouns are.
constexpr double kCapitalNames = 0.2, kCapitalNouns = 0.3;
constexpr double kFewWords = 20;  // that a share is told from

// Of usual text; buffers are made this large at once.
constexpr std::size_t kBytesAWord = 6, kBytesATerm = 10;

// 0 up to `from`, 1 from `to` on; `from` may be the larger one.
double Ramp(double value, double from, double to) {
  return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

}  // namespace

std::string_view WithoutFinalS(std::string_view word) {
  if (word.size() > 4 && word.ends_with('s') && !word.ends_with("ss")) word.remove_suffix(1);
  return word;
}

void KeepUnits(const std::vector<bool>& kept, Page& page) {
  std::size_t next = 0;
  for (std::size_t u = 0; u < page.units.size(); ++u) {
    if (!kept[u]) continue;
    if (!page.signatures.empty()) page.signatures[next] = page.signatures[u];
    page.units[next++] = page.units[u];
  }
  page.units.resize(next);
  if (!page.signatures.empty()) page.signatures.resize(next);
}

Page PageReader::Read(std::string_view text, std::string_view lang, std::string_view title) {
  Page page;
  term_of_hash_.clear();
  term_of_hash_.reserve(text.size() / kBytesATerm);
  page.terms.reserve(text.size() / kBytesATerm);
  page.occurrences.reserve(text.size() / kBytesAWord);
  page.word_hashes.reserve(text.size() / kBytesAWord);
  page.segments = SegmentText(text, Segmentation::kSentences, lang.empty() ? "en" : lang);
  for (std::size_t i = 0; i < page.segments.size();) {
    std::size_t line_end = i + 1;
    while (line_end < page.segments.size() &&
           page.segments[line_end].line == page.segments[i].line) {
      ++line_end;
    }
    if (page.segments[line_end - 1].end - page.segments[i].begin <= kWholeLineBytes) {
      AddUnit(text, i, line_end, true, page);
    } else {
      for (std::size_t s = i; s < line_end; ++s) AddUnit(text, s, s + 1, s == i, page);
    }
    i = line_end;
  }
  ReadLanguage(page);
  if (!title.empty()) {
    Canonicalize(title, canonical_);
    for (std::size_t i = 0; i < canonical_.words().size(); ++i) {
      const std::string_view word = canonical_.word(i);
      page.title_terms.push_back(TermOf(word, WordHash(word), page));
    }
  }
  return page;
}

void PageReader::ReadLanguage(Page& page) {
  double words = 0, with_habits = 0, closed_words = 0, capitals = 0;
  for (const PageUnit& unit : page.units) {
    words += unit.words;
    for (const Occurrence& at : page.OccurrencesOf(unit)) {
      const PageTerm& term = page.terms[at.term];
      if (term.opening != 0 || term.title != 0) with_habits += at.count;
    }
    if (unit.marks.end != LineEnd::kStop || unit.words == 0) continue;
    closed_words += unit.words - 1;
    capitals += unit.capitals;
  }
  if (words > 0) page.known = Ramp(with_habits / words, kUnknownShare, kKnownShare);
  page.names = Ramp(capitals / std::max(kFewWords, closed_words), kCapitalNouns, kCapitalNames);
}

std::uint32_t PageReader::AddTerm(std::uint32_t hash, Page& page) {
  PageTerm term;
  term.idf = words_.Idf(hash);
  term.frequency = words_.Frequency(hash);
  term.opening = words_.Opening(hash);
  term.title = words_.Title(hash);
  page.terms.push_back(term);
  return static_cast<std::uint32_t>(page.terms.size() - 1);
}

std::uint32_t PageReader::TermOf(std::string_view word, std::uint32_t hash, Page& page) {
  if (const auto known = term_of_hash_.find(hash); known != term_of_hash_.end()) {
    return known->second;
  }
  const std::string_view stem = WithoutFinalS(word);
  const std::uint32_t stem_hash = stem.size() == word.size() ? hash : WordHash(stem);
  const auto [entry, inserted] = term_of_hash_.try_emplace(stem_hash);
  if (inserted) entry->second = AddTerm(stem_hash, page);
  const std::uint32_t number = entry->second;
  PageTerm& term = page.terms[number];
  if (stem_hash != hash) {
    // The commoner of the two forms says how common the word is.
    term.idf = std::min(term.idf, words_.Idf(hash));
    term.frequency = std::max(term.frequency, words_.Frequency(hash));
    term_of_hash_.emplace(hash, number);
  }
  term.weight = std::max(0.0, term.idf - kCommonIdf);
  return number;
}

void PageReader::AddUnit(std::string_view text, std::size_t first_segment, std::size_t end_segment,
                         bool starts_line, Page& page) {
  PageUnit unit;
  unit.first_segment = first_segment;
  unit.end_segment = end_segment;
  unit.starts_line = starts_line;
  const std::size_t begin = page.segments[first_segment].begin;
  const std::string_view line = text.substr(begin, page.segments[end_segment - 1].end - begin);
  unit.marks = ReadMarks(line);
  Canonicalize(line, canonical_);
  unit_terms_.clear();
  const std::size_t first_word = page.word_hashes.size();
  for (std::size_t i = 0; i < canonical_.words().size(); ++i) {
    page.word_hashes.push_back(WordHash(canonical_.word(i)));
  }
  const auto hashes = std::span(page.word_hashes).subspan(first_word);
  words_.Prefetch(hashes);
  double longer = 0, capitalised = 0;
  for (std::size_t i = 0; i < canonical_.words().size(); ++i) {
    const Word& word = canonical_.words()[i];
    unit_terms_.push_back(TermOf(canonical_.word(i), hashes[i], page));
    unit.ideographs += (word.flags & kWordIdeograph) != 0;
    unit.numbers += (word.flags & kWordHasDigit) != 0;
    if (i == 0) continue;
    const bool capital = (word.flags & kWordCapitalised) != 0;
    unit.capitals += capital;
    page.terms[unit_terms_.back()].capitals += capital ? 1 : -1;
    if (word.end - word.begin >= kLongWordBytes && (word.flags & kWordHasDigit) == 0) {
      longer += 1;
      capitalised += capital;
    }
  }
  unit.words = static_cast<std::uint32_t>(unit_terms_.size());
  unit.title_case = (capitalised + 0.3) / (longer + 1);
  if (unit.words > 0) unit.first_term = unit_terms_[0];
  std::sort(unit_terms_.begin(), unit_terms_.end());
  unit.terms_begin = page.occurrences.size();
  for (std::size_t i = 0; i < unit_terms_.size(); ++i) {
    if (i > 0 && unit_terms_[i] == unit_terms_[i - 1]) {
      ++page.occurrences.back().count;
    } else {
      page.occurrences.push_back({unit_terms_[i], 1});
    }
  }
  unit.terms_end = page.occurrences.size();
  if (signer_ != nullptr) page.signatures.push_back(signer_->Sign(canonical_));
  page.units.push_back(unit);
}

}  // namespace samestory
