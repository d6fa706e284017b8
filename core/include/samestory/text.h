#ifndef SAMESTORY_TEXT_H_
#define SAMESTORY_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "samestory/export.h"

/// Text becomes comparable here: canonical words, segments, shingles.
namespace samestory {

/// What is known of a word beside its letters. A bit set.
enum WordFlag : std::uint8_t {
  kWordCapitalised = 1,  ///< first letter is upper or title case in the original
  kWordAllCaps = 2,      ///< two or more letters in upper case, none in lower case
  kWordHasDigit = 4,     ///< holds a decimal digit (any script)
  kWordIdeograph = 8,    ///< one character of a script without spaces
  kWordStart = 16,       ///< first word of the text, or after . ? ! : or an opening quote; the
                         ///< stop of an initial or "U.S." does not count
};

/// One word of canonical text and where it came from. Places in the original never
/// decrease from word to word; two words share one where a single character becomes
/// several words.
struct Word {
  std::uint32_t begin, end;                ///< bytes in CanonicalText::text()
  std::uint32_t source_begin, source_end;  ///< bytes in the original text
  std::uint8_t flags;                      ///< WordFlag bits
};

/// Canonical text: the words of a text in NFKC, case-folded, in order, one
/// space between two words and nothing else. A buffer to be used again: filling
/// it a second time allocates nothing unless the text is longer than any before.
class CanonicalText {
 public:
  std::string_view text() const { return text_; }
  std::span<const Word> words() const { return words_; }
  std::string_view word(std::size_t i) const {
    return std::string_view(text_).substr(words_[i].begin, words_[i].end - words_[i].begin);
  }
  bool empty() const { return words_.empty(); }

  /// Drops all words but the first `size`, if there are more.
  void Truncate(std::size_t size) {
    if (size >= words_.size()) return;
    words_.resize(size);
    text_.resize(size == 0 ? 0 : words_.back().end);
  }

 private:
  friend class Canonicalizer;
  std::string text_;
  std::vector<Word> words_;
};

/// Fills `out` with the canonical text of `utf8`.
///
/// Rules: Unicode NFKC with case folding (ICU nfkc_cf, which also drops
/// default-ignorable characters such as zero-width space and soft hyphen);
/// invalid UTF-8 counts as U+FFFD, which is punctuation; HTML character
/// references are resolved (the whole table of the standard; doubly escaped ones
/// too) and tags of known HTML elements are dropped ("<b>" within a word, others as
/// a space); apostrophes within a word vanish ("don't" is "dont", "Biden's" is
/// "bidens"); single letters joined by stops are one word ("U.S." is "us", "U.K.'s"
/// is "uks"); a separator between digits, one of . , : - / and their like, stays
/// within the number ("3.5", "10:30", "2-1", "2022-06-01"; a dash of any kind is
/// "-"), digit-group separators vanish ("1,200.50" and "1.200,50" are "1200.50",
/// "12,34,567" is "1234567"; "1.200" alone stays); every other punctuation or symbol
/// ends a word ("COVID-19" is "covid 19").
/// In scripts written without spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer,
/// Myanmar) every letter, with the marks that follow it, is a word. Combining
/// marks stay with their letter in every script, 30 of them at most; enclosing marks
/// (keycaps) are dropped. A word of more than 256 bytes is cut into several.
/// Canonical text is its own canonical text.
///
/// At most `max_words` words are read, and of `utf8` no more than 2^32 - 1 bytes.
/// Thread-safe. Cost: linear; ASCII text takes a vector path which gives the same
/// bytes, about 1.5 ns a byte, other text 4 to 8 ns a byte.
SAMESTORY_EXPORT void Canonicalize(std::string_view utf8, CanonicalText& out,
                                   std::size_t max_words = 4096);

/// The canonical text alone, for callers who want no words.
SAMESTORY_EXPORT std::string Canonicalize(std::string_view utf8);

/// Sorted, distinct 32-bit hashes of word n-grams.
using ShingleSet = std::vector<std::uint32_t>;

/// Replaces `out` by the shingles of `text`: a hash of every word n-gram with
/// 1 <= n <= ngram_size, keyed by `seed`, sorted, each once. Equal texts give
/// equal sets on every machine; docs/formats.md defines the numbers. A non-empty
/// text gives a non-empty set. Two different shingles share a hash with probability
/// 2^-32. Cost: about 100 ns for a headline of 10 words; O(n log n) at worst.
SAMESTORY_EXPORT void Shingle(const CanonicalText& text, int ngram_size, std::uint64_t seed,
                              ShingleSet& out);

/// A stretch of the original text: a headline, or one sentence.
struct Segment {
  std::size_t begin, end;  ///< bytes in the original; never empty, trimmed of white space
  std::size_t line;        ///< number of the input line it stands in, from 0
};

/// How a text is cut into segments.
enum class Segmentation {
  kLines,      ///< every non-blank line is one segment
  kSentences,  ///< lines, and within a line its sentences
};

/// Cuts `utf8` into segments in order. Line ends are LF, CR LF, CR, U+2028 and
/// U+2029. Sentences come from ICU's break iterator (UAX #29) for `lang`, a BCP 47
/// tag (only its language counts; what is none is read as English), joined
/// again where the break follows an abbreviation (ICU's suppression data, as
/// whole words; a capitalised word of up to 4 letters without a vowel, "Dr."), a
/// single capital letter, or a one- or two-digit ordinal in languages that write it
/// with a stop, or stands before a lower-case word or what holds no word at all.
/// Every byte that is not white space is in exactly one segment. Thread-safe.
/// Cost: about 150 ns a line without a full stop inside, else 7 ns a byte.
SAMESTORY_EXPORT std::vector<Segment> SegmentText(std::string_view utf8, Segmentation segmentation,
                                                  std::string_view lang = "en");

/// Copies `bytes` with each maximal invalid UTF-8 subsequence replaced by
/// U+FFFD (the WHATWG decoder's rule). `repaired`, when given, receives the
/// number of replacements.
SAMESTORY_EXPORT std::string RepairUtf8(std::string_view bytes, std::size_t* repaired = nullptr);

/// The URL by which a page is known: scheme and host in lower case, http and
/// https folded, "www." "m." and "amp." prefixes of the host, user names, default
/// ports, fragment, tracking parameters (the table in core/text/url.cc), AMP path
/// forms and a trailing slash dropped, addresses in AMP caches replaced by the
/// page's own, escapes in one form, remaining parameters sorted. Returns the trimmed
/// input where it is no absolute http(s) URL. Idempotent.
SAMESTORY_EXPORT std::string CanonicalUrl(std::string_view url);

}  // namespace samestory

#endif  // SAMESTORY_TEXT_H_
