#ifndef SAMESTORY_TEXT_CODE_POINT_H_
#define SAMESTORY_TEXT_CODE_POINT_H_

#include <array>
#include <atomic>
#include <cstdint>

namespace samestory {

/// What a code point is to the reader of words.
enum class Kind : std::uint8_t {
  kOther,       ///< punctuation, symbols, controls: ends a word
  kSpace,       ///< white space: ends a word
  kLetter,      ///< part of a word
  kDigit,       ///< decimal digit of any script: part of a word
  kMark,        ///< combining mark: stays with what it follows
  kIdeograph,   ///< letter of a script without spaces: a word of its own
  kApostrophe,  ///< vanishes within a word
  kStop,        ///< '.': joins initials, separates within numbers
  kSeparator,   ///< , : - / and their like: stays between two digits
  kIgnored,     ///< vanishes as though it were not there
};

/// What the reader of words must know of one code point.
struct CodePoint {
  std::uint32_t mapped : 21;    ///< what stands in canonical text, where `simple`
  std::uint32_t simple : 1;     ///< NFKC case folding gives exactly one code point
  std::uint32_t boundary : 1;   ///< normalises independently of what stands before it
  std::uint32_t upper : 1;      ///< upper or title case
  std::uint32_t lower : 1;      ///< lower case
  std::uint32_t starts : 1;     ///< the word after it starts a sentence or a quotation
  std::uint32_t opens : 1;      ///< a quotation mark right after it is an opening one
  std::uint32_t terminal : 1;   ///< may end a sentence (Sentence_Terminal)
  std::uint32_t kind_bits : 4;  ///< Kind of the mapped code point

  Kind kind() const { return static_cast<Kind>(kind_bits); }
};
static_assert(sizeof(CodePoint) == 4);

/// The properties of all code points, read from ICU. Blocks of 256 are filled
/// when first needed, by any thread, and stay for the life of the process: 1 KB
/// for ASCII text, some 10 to 60 KB for a language.
class CodePointTable {
 public:
  /// `c` is below U+110000.
  CodePoint Get(std::uint32_t c) const {
    const Block* block = blocks_[c >> 8].load(std::memory_order_acquire);
    if (block == nullptr) [[unlikely]]
      block = Fill(c >> 8);
    return (*block)[c & 0xFF];
  }

 private:
  using Block = std::array<CodePoint, 256>;
  const Block* Fill(std::uint32_t index) const;

  mutable std::array<std::atomic<const Block*>, 0x1100> blocks_{};
};

/// The process's table.
const CodePointTable& CodePoints();

}  // namespace samestory

#endif  // SAMESTORY_TEXT_CODE_POINT_H_
