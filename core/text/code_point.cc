#include "text/code_point.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <memory>
#include <string_view>

#include "text/normalizer.h"

namespace samestory {
namespace {

// Marks that people type for the apostrophe. U+02BC is a letter and U+00B4 a space with an accent
// to Unicode; in running text both stand for it. The last two shorten words in Hebrew.
constexpr std::u32string_view kApostrophes = U"'`\u00B4\u2018\u2019\u201B\u02BC\uFF07\u05F3\u05F4";
// After these the next word is the first of a sentence or a quotation.
constexpr std::u32string_view kStarters =
    U".?!:\u2026\u203C\u2047\u2048\u2049\u3002\uFF0E\uFF1F\uFF01\uFF1A\u0964\u0965\u061F\u06D4"
    U"\u00BF\u00A1\u037E\u0589\u1362\u104B\u17D4\u00AB\u2039\u201C\u201E\u201A\u300C\u300E";

// A separator as canonical text writes it between two digits, or 0.
char32_t SeparatorOf(char32_t c) {
  switch (c) {
    case U',':
    case U'\u066C':
      return U',';
    case U':':
    case U'\u2236':
      return U':';
    case U'-':
    case U'\u2010':
    case U'\u2011':
    case U'\u2012':
    case U'\u2013':
    case U'\u2212':
      return U'-';
    case U'/':
    case U'\u2044':
    case U'\u2215':
      return U'/';
    default:
      return 0;
  }
}

bool WritesWithoutSpaces(UChar32 c) {
  for (UScriptCode script : {USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_THAI,
                             USCRIPT_LAO, USCRIPT_KHMER, USCRIPT_MYANMAR}) {
    if (uscript_hasScript(c, script)) return true;
  }
  return false;
}

Kind KindOf(UChar32 c) {
  if (u_isUWhiteSpace(c)) return Kind::kSpace;
  switch (u_charType(c)) {
    case U_DECIMAL_DIGIT_NUMBER:
      return Kind::kDigit;
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
      return Kind::kMark;
    case U_ENCLOSING_MARK:  // a keycap around a digit, a circle around a letter
      return Kind::kIgnored;
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_LETTER_NUMBER:
    case U_OTHER_NUMBER:
      return WritesWithoutSpaces(c) ? Kind::kIdeograph : Kind::kLetter;
    default:
      return Kind::kOther;
  }
}

bool Opens(UChar32 c) {
  switch (u_charType(c)) {
    case U_START_PUNCTUATION:
    case U_DASH_PUNCTUATION:
      return true;
    default:
      return u_isUWhiteSpace(c);
  }
}

bool Contains(std::u32string_view set, char32_t c) {
  return set.find(c) != std::u32string_view::npos;
}

CodePoint Describe(UChar32 c) {
  CodePoint info{};
  const FoldedCodePoint folded = FoldCodePoint(c);
  info.boundary = folded.boundary_before;
  info.simple = folded.length == 1;
  info.upper = u_isUUppercase(c) || u_istitle(c);
  info.lower = u_isULowercase(c);
  info.opens = Opens(c);
  info.terminal = u_hasBinaryProperty(c, UCHAR_S_TERM);
  const auto point = static_cast<char32_t>(c);
  const char32_t mapped = folded.length == 1 ? folded.code_point : point;
  info.starts = Contains(kStarters, point) || Contains(kStarters, mapped);
  Kind kind = folded.length == 0 ? Kind::kIgnored : Kind::kOther;
  if (Contains(kApostrophes, point) || Contains(kApostrophes, mapped)) {
    kind = Kind::kApostrophe;
    info.simple = 1;
    info.mapped = U'\'';
  } else if (folded.length == 1) {
    info.mapped = mapped;
    kind = KindOf(static_cast<UChar32>(mapped));
    if (mapped == U'.' || mapped == U'\u066B') {
      kind = Kind::kStop;
      info.mapped = U'.';
    } else if (const char32_t separator = SeparatorOf(mapped); separator != 0) {
      kind = Kind::kSeparator;
      info.mapped = separator;
    }
  }
  info.kind_bits = static_cast<std::uint32_t>(kind);
  return info;
}

}  // namespace

const CodePointTable::Block* CodePointTable::Fill(std::uint32_t index) const {
  auto block = std::make_unique<Block>();
  for (std::uint32_t i = 0; i < 256; ++i) {
    (*block)[i] = Describe(static_cast<UChar32>(index << 8 | i));
  }
  const Block* expected = nullptr;
  if (blocks_[index].compare_exchange_strong(expected, block.get(), std::memory_order_acq_rel)) {
    return block.release();
  }
  return expected;  // another thread filled it meanwhile
}

const CodePointTable& CodePoints() {
  static const CodePointTable table;
  return table;
}

}  // namespace samestory
