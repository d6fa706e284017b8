#ifndef SAMESTORY_TEXT_TITLE_CUTS_H_
#define SAMESTORY_TEXT_TITLE_CUTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "samestory/text.h"

namespace samestory {

/// A place where a title may be cut.
struct TitleCut {
  std::size_t word;   ///< the first word behind it
  std::size_t left;   ///< bytes of the title up to the separator and the space before it
  std::size_t right;  ///< and up to what follows the separator and the space after it
  bool wire = false;  ///< an agency's number: "UPDATE 1-"
};

/// A title as words, and where separators stand between them. Views `title`, which
/// must outlive it; to be filled again.
class TitleCuts {
 public:
  /// Longer texts are no titles: they have no words here, and no cuts.
  static constexpr std::size_t kMaxWords = 256;

  /// Whether `title` may have a cut at all. A glance at its bytes.
  static bool MayCut(std::string_view title);

  void Read(std::string_view title);

  /// Swaps the words, which are then unknown here, with `words`.
  void TakeWords(CanonicalText& words) { std::swap(words_, words); }

  const CanonicalText& words() const { return words_; }
  std::size_t num_words() const { return words_.words().size(); }

  /// The last separator before word `end` that may stand before an ending: a dash,
  /// colon or dot with white space on both sides, a bar, or the bracket of a last
  /// remark in brackets. Endings are of at most 8 words.
  std::optional<TitleCut> Ending(std::size_t end) const;

  /// The first separator behind word `begin` that may stand behind an opening: as
  /// above, but a colon needs white space behind it alone, and the dash of an
  /// agency's number none at all. Openings are of at most 4 words.
  std::optional<TitleCut> Opening(std::size_t begin) const;

  /// Hash of words [begin, end): from 0, extended by one word after the other.
  std::uint64_t PhraseHash(std::size_t begin, std::size_t end) const;

  /// Whether one of the words [begin, end) is a number.
  bool HasNumber(std::size_t begin, std::size_t end) const;

  /// The letters and digits of words [begin, end) without spaces.
  std::string Compact(std::size_t begin, std::size_t end) const;

 private:
  bool MayHoldSeparator(std::size_t word) const;

  std::string_view title_;
  CanonicalText words_;
};

}  // namespace samestory

#endif  // SAMESTORY_TEXT_TITLE_CUTS_H_
