#include "text/ascii_reader.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace samestory {
namespace {

// The lowest `count` bits; `count` is below 64.
constexpr std::uint64_t LowBits(std::size_t count) { return (std::uint64_t{1} << count) - 1; }

// What may be written past the end of a word, for copying in whole vectors.
constexpr std::size_t kSlack = 64;

}  // namespace

std::size_t AsciiReader::Read(std::size_t pos) {
  if (pos < strip_begin_ || pos >= strip_end_) {
    strip_.Scan(source_.substr(pos));
    strip_begin_ = pos;
    strip_end_ = pos + strip_.size();
  }
  const AsciiStrip::Classes& classes = strip_.classes();
  const std::size_t end = strip_.size();
  const std::size_t written = text_.size();
  // Every byte read gives at most itself and a space.
  text_.resize(written + 1 + (end - (pos - strip_begin_)) + kSlack);
  char* out = text_.data() + written;

  std::size_t at = pos - strip_begin_;
  const std::size_t entered = at;
  // What stands at the first byte depends on what the reader saw before it.
  const bool quote_first = (AsciiStrip::Fetch(classes.quote, at) & 1) != 0;
  bool starts = reader_.starts() || (quote_first && reader_.opens());
  const std::uint64_t not_first = quote_first ? ~std::uint64_t{1} : ~std::uint64_t{0};
  std::uint64_t considered = not_first;
  while (at < end && words_.size() < max_words_) {
    const std::uint64_t ahead = AsciiStrip::Fetch(classes.word, at);
    const std::uint64_t special = AsciiStrip::Fetch(classes.special, at);
    const auto stop = static_cast<std::size_t>(std::countr_zero(ahead | special));
    const std::size_t gap = std::min({stop, std::size_t{63}, end - at});
    starts |= (AsciiStrip::Fetch(strip_.starts(), at) & considered & LowBits(gap)) != 0;
    considered = ~std::uint64_t{0};
    at += gap;
    if ((ahead >> gap & 1) == 0) {
      if (at == end || (special >> gap & 1) != 0) break;
      continue;
    }
    const auto length =
        static_cast<std::size_t>(std::countr_one(AsciiStrip::Fetch(classes.word, at)));
    if (IsHard(at, length)) break;
    out = Emit(at, length, starts, out);
    starts = false;
    at += length;
  }
  text_.resize(static_cast<std::size_t>(out - text_.data()));
  const bool opens =
      at == entered ? reader_.opens() : (AsciiStrip::Fetch(classes.opener, at - 1) & 1) != 0;
  reader_.Resume(starts, opens);
  return strip_begin_ + at;
}

// Whether the word's end is not for this class to find.
bool AsciiReader::IsHard(std::size_t begin, std::size_t length) const {
  const std::size_t end = begin + length;
  if (length == 64) return true;
  // The byte behind the word, and the one behind that, must be in the strip or in no text.
  if (end + 1 >= strip_.size() && strip_end_ < source_.size()) return true;
  if ((AsciiStrip::Fetch(strip_.hard(), end) & 1) != 0) return true;
  const bool initial = length == 1 && end < strip_.size() && strip_.lower()[end] == '.' &&
                       (AsciiStrip::Fetch(strip_.classes().digit, begin) & 1) == 0;
  return initial;
}

char* AsciiReader::Emit(std::size_t begin, std::size_t length, bool starts, char* out) {
  const AsciiStrip::Classes& classes = strip_.classes();
  const std::uint64_t mask = LowBits(length);
  const std::uint64_t upper = AsciiStrip::Fetch(classes.upper, begin) & mask;
  const std::uint64_t digit = AsciiStrip::Fetch(classes.digit, begin) & mask;
  const std::uint64_t letters = mask & ~digit;
  const std::uint64_t first_letter = letters & (~letters + 1);
  std::uint8_t flags = 0;
  if ((upper & first_letter) != 0) flags |= kWordCapitalised;
  if (upper == letters && (letters & (letters - 1)) != 0) flags |= kWordAllCaps;
  if (digit != 0) flags |= kWordHasDigit;
  if (starts) flags |= kWordStart;
  if (!words_.empty()) *out++ = ' ';
  const char* from = strip_.lower() + begin;
  std::memcpy(out, from, 16);
  if (length > 16) std::memcpy(out + 16, from + 16, 48);
  const auto text_begin = static_cast<std::uint32_t>(out - text_.data());
  const auto source_begin = static_cast<std::uint32_t>(strip_begin_ + begin);
  const auto size = static_cast<std::uint32_t>(length);
  words_.push_back({text_begin, text_begin + size, source_begin, source_begin + size, flags});
  return out + length;
}

}  // namespace samestory
