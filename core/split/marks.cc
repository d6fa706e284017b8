#include "split/marks.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "absl/strings/ascii.h"

namespace samestory {
namespace {

UChar32 LastCodePoint(std::string_view text, std::size_t& size) {
  auto at = static_cast<std::int32_t>(text.size());
  UChar32 point;
  U8_PREV_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), 0, at, point);
  size = text.size() - static_cast<std::size_t>(at);
  return point;
}

// Closing quotes and brackets, and white space.
bool IsClosing(UChar32 point) {
  if (point < 0x80)
    return point == '"' || point == '\'' || point == ')' || point == ']' || point == ' ';
  return u_hasBinaryProperty(point, UCHAR_QUOTATION_MARK) || u_isUWhiteSpace(point) ||
         (U_MASK(u_charType(point)) & (U_GC_PE_MASK | U_GC_PF_MASK | U_GC_PI_MASK)) != 0;
}

// Marks without a Unicode property of their own meaning.
bool IsQuestion(UChar32 point) {
  switch (point) {
    case '?':
    case 0x37E:
    case 0x55E:
    case 0x61F:
    case 0x1367:
    case 0x2047:
    case 0x2048:
    case 0x2049:
    case 0xFF1F:
      return true;
    default:
      return false;
  }
}

bool IsExclamation(UChar32 point) {
  return point == '!' || point == 0x55C || point == 0x203C || point == 0xFE57 || point == 0xFF01;
}

bool IsContinued(UChar32 point) {
  if (point < 0x80) return point == ':' || point == ';' || point == ',';
  return u_hasBinaryProperty(point, UCHAR_TERMINAL_PUNCTUATION);
}

LineEnd ReadEnd(std::string_view line) {
  std::size_t size = 0;
  UChar32 point = 0;
  while (!line.empty()) {
    point = LastCodePoint(line, size);
    if (!IsClosing(point)) break;
    line.remove_suffix(size);
  }
  if (line.empty()) return LineEnd::kOpen;
  if (point < 0x80 && (u_isalnum(point) != 0)) return LineEnd::kOpen;
  if (point == '.' && line.ends_with("...")) return LineEnd::kEllipsis;
  if (point == 0x2026) return LineEnd::kEllipsis;
  if (IsQuestion(point)) return LineEnd::kQuestion;
  if (IsExclamation(point)) return LineEnd::kExclamation;
  if (point == '.' || u_hasBinaryProperty(point, UCHAR_S_TERM)) return LineEnd::kStop;
  return IsContinued(point) ? LineEnd::kContinued : LineEnd::kOpen;
}

bool IsArrow(UChar32 point) { return point >= 0x2190 && point <= 0x21FF; }

// Stands between two parts where white space is on both sides.
bool IsBar(UChar32 point) {
  switch (point) {
    case '|':
    case '-':
    case '>':
    case 0xB7:
    case 0xBB:
    case 0x2013:
    case 0x2014:
    case 0x2022:
    case 0x203A:
      return true;
    default:
      return false;
  }
}

// Parts the members of a list, without white space behind it.
bool IsListComma(UChar32 point) {
  return point == 0x3001 || point == 0x60C || point == 0x61B || point == 0xFF1B;
}

bool IsDoubleQuote(UChar32 point) {
  return point == '"' || point == 0xAB || point == 0xBB || (point >= 0x201C && point <= 0x201F) ||
         (point >= 0x300C && point <= 0x300F) || (point >= 0x301D && point <= 0x301F) ||
         point == 0xFF02;
}

// What is quoted is speech from some five words on; less is a name or a word held at arm's length.
constexpr std::int32_t kSpeechBytes = 30;

// ASCII letters and digits are no marks: most of a line can be passed over.
std::int32_t EndOfWord(const std::uint8_t* bytes, std::int32_t at, std::int32_t size) {
  while (at < size && absl::ascii_isalnum(bytes[at])) ++at;
  return at;
}

}  // namespace

LineMarks ReadMarks(std::string_view line) {
  LineMarks marks;
  marks.end = ReadEnd(line);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(line.data());
  const auto size = static_cast<std::int32_t>(line.size());
  std::int32_t open_quote = -1;
  UChar32 before = ' ', bar = 0;  // bar: the mark before, where white space preceded it
  for (std::int32_t at = 0; at < size;) {
    if (const std::int32_t end = EndOfWord(bytes, at, size); end > at) {
      marks.cased = marks.cased || std::any_of(bytes + at, bytes + end, absl::ascii_isalpha);
      bar = 0;
      at = end;
      before = bytes[end - 1];
      // Nor is the space behind a word.
      if (at < size && bytes[at] == ' ') before = bytes[at++];
      continue;
    }
    UChar32 point;
    U8_NEXT_OR_FFFD(bytes, at, size, point);
    const bool space = point == ' ' || point == '\t' || point == 0xA0;
    if (space && (bar != 0 || before == ':')) marks.separator = true;
    bar = (before == ' ' || before == '\t' || before == 0xA0) && IsBar(point) ? point : 0;
    if (IsDoubleQuote(point)) {
      const bool opens = open_quote < 0;
      if (!opens && at - open_quote > kSpeechBytes) marks.speech = true;
      open_quote = opens ? at : -1;
    }
    if (IsArrow(point)) marks.separator = true;
    marks.commas += (space && (before == ',' || before == ';')) || IsListComma(point);
    marks.cased = marks.cased || (point >= 0x80 && u_hasBinaryProperty(point, UCHAR_CASED) != 0);
    before = point;
  }
  if (open_quote >= 0) marks.speech = true;
  return marks;
}

}  // namespace samestory
