#ifndef SAMESTORY_SPLIT_PAGE_H_
#define SAMESTORY_SPLIT_PAGE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "samestory/text.h"
#include "split/line_signer.h"
#include "split/marks.h"

namespace samestory {

/// What a word is worth as evidence: from the counts of many texts.
class WordModel {
 public:
  virtual ~WordModel() = default;
  virtual double Idf(std::uint32_t word) const = 0;        ///< by WordHash
  virtual double Frequency(std::uint32_t word) const = 0;  ///< share of running words, above 0
  virtual double Opening(std::uint32_t word) const = 0;    ///< as Background::Opening
  virtual double Title(std::uint32_t word) const = 0;      ///< as Background::Title
  virtual double MaxIdf() const = 0;

  /// Hints that each of `words` is asked for soon.
  virtual void Prefetch(std::span<const std::uint32_t> words) const = 0;
};

/// One distinct word of a page. Words that differ in a final s are one (a plural, a genitive).
struct PageTerm {
  double weight = 0;  ///< idf above that of common words; 0: says nothing about the story
  double idf = 0;
  double opening = 0;         ///< above 0: rather in the first sentence of a text than later
  double title = 0;           ///< above 0: rather in a title than in the text below it
  double frequency = 1;       ///< share of running words in texts at large
  std::int32_t capitals = 0;  ///< times it is capitalised less times it is not, first words apart
};

/// A stretch of a page that the model reads as one: a short line, or a sentence of a long one.
struct PageUnit {
  std::size_t first_segment = 0, end_segment = 0;
  bool starts_line = true;
  LineMarks marks;
  std::uint32_t words = 0;       ///< running words
  std::uint32_t ideographs = 0;  ///< of them, single letters of a script without spaces
  std::uint32_t numbers = 0;     ///< of them, with a digit
  std::uint32_t capitals = 0;    ///< distinct capitalised words behind the first
  double title_case = 0;         ///< share of its longer words that are capitalised, smoothed
  std::uint32_t first_term = 0;  ///< term of the first word, where words > 0
  std::size_t terms_begin = 0, terms_end = 0;  ///< its distinct terms in Page::occurrences
};

/// A distinct term of a unit and how often it stands there.
struct Occurrence {
  std::uint32_t term = 0;
  std::uint32_t count = 0;
};

/// The units of a page in order, their terms, and the segments that they are made of.
struct Page {
  std::vector<Segment> segments;
  std::vector<PageUnit> units;
  std::vector<Occurrence> occurrences;
  std::vector<PageTerm> terms;
  std::vector<std::uint32_t> title_terms;  ///< of the page's own title, where it is known
  std::vector<std::uint32_t> word_hashes;  ///< WordHash of every running word of the units
  std::vector<LineSignature> signatures;   ///< one a unit, where a signer was given
  double known = 1;  ///< how far the habits of its words are known, 0..1: the language is
  double names = 1;  ///< how far capitals mark names, 0..1: not where any noun has one

  std::span<const Occurrence> OccurrencesOf(const PageUnit& unit) const {
    return std::span(occurrences).subspan(unit.terms_begin, unit.terms_end - unit.terms_begin);
  }
};

/// Leaves out the units of which `kept` is false, and their signatures; terms and word hashes of
/// the whole page stay.
void KeepUnits(const std::vector<bool>& kept, Page& page);

/// Reads pages; its buffers are used again from page to page.
class PageReader {
 public:
  /// `signer` may be null: then no unit is signed. Both outlive the calls of Read.
  explicit PageReader(const WordModel& words, const LineSigner* signer = nullptr)
      : words_(words), signer_(signer) {}

  /// The page of `text`. Offsets of segments are bytes of `text`. Linear.
  Page Read(std::string_view text, std::string_view lang, std::string_view title = {});

 private:
  void AddUnit(std::string_view text, std::size_t first_segment, std::size_t end_segment,
               bool starts_line, Page& page);
  std::uint32_t TermOf(std::string_view word, std::uint32_t hash, Page& page);
  std::uint32_t AddTerm(std::uint32_t hash, Page& page);
  static void ReadLanguage(Page& page);

  const WordModel& words_;
  const LineSigner* signer_;
  CanonicalText canonical_;
  absl::flat_hash_map<std::uint32_t, std::uint32_t> term_of_hash_;
  std::vector<std::uint32_t> unit_terms_;
};

/// The word without a final s, where what is left has at least four letters.
std::string_view WithoutFinalS(std::string_view word);

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_PAGE_H_
