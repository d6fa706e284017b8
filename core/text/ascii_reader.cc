#include "text/ascii_reader.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace samestory {
namespace {

constexpr std::uint64_t BitsBelow(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

// What may be written past the end of a word, for copying in whole vectors.
constexpr std::size_t kSlack = 64;
constexpr std::size_t kMaxWindowWords = 32;

}  // namespace

AsciiReader::Window AsciiReader::Load(std::size_t begin) const {
  const AsciiStrip::Classes& classes = strip_.classes();
  const auto fetch = [begin](const AsciiStrip::Bits& bits) {
    return AsciiStrip::Fetch(bits, begin);
  };
  return {begin,
          fetch(classes.word),
          fetch(classes.upper),
          fetch(classes.digit),
          fetch(classes.special),
          fetch(strip_.hard()),
          fetch(strip_.starts())};
}

std::size_t AsciiReader::Read(std::size_t pos) {
  if (pos < strip_begin_ || pos >= strip_end_) {
    strip_.Scan(source_.substr(pos));
    strip_begin_ = pos;
    strip_end_ = pos + strip_.size();
    // A word's end is known where two bytes from it, or the end of the text, were seen.
    certain_ = strip_end_ == source_.size() ? strip_.size() + 1 : strip_.size() - 1;
  }
  const std::size_t size = strip_.size();
  const std::size_t entered = pos - strip_begin_;
  // Behind a reference ("&#39s") a word may begin where none does to the eye.
  if (entered > 0 && (AsciiStrip::Fetch(strip_.classes().word, entered - 1) & 1) != 0) return pos;
  // Every byte read gives at most itself and a space.
  if (hashes_ == nullptr) {
    const std::size_t written = text_.size();
    text_.resize(written + 1 + (size - entered) + kSlack);
    out_ = text_.data() + written;
  }

  Window window = Load(entered);
  // Whether the first byte is an opening quotation mark depends on what the reader saw before it.
  const bool quote_first = (AsciiStrip::Fetch(strip_.classes().quote, entered) & 1) != 0;
  bool starts = reader_.starts() || (quote_first && reader_.opens());
  if (quote_first) window.starts &= ~std::uint64_t{1};
  std::size_t at = entered;
  while (true) {
    const Progress progress =
        hashes_ == nullptr ? WriteWords(window, starts) : HashWindow(window);
    at = std::min(window.begin + progress.read, size);
    if (progress.stopped || at == size || num_words() >= max_words_) break;
    window = Load(at);
  }
  if (hashes_ == nullptr) text_.resize(static_cast<std::size_t>(out_ - text_.data()));
  // What is not ASCII may combine with the character before it, which the caller must then see.
  if (at > entered && IsSpecial(at)) --at;
  const bool opens = at == entered ? reader_.opens()
                                   : (AsciiStrip::Fetch(strip_.classes().opener, at - 1) & 1) != 0;
  reader_.Resume(starts, opens);
  return strip_begin_ + at;
}

// Whether byte `at` of the strip, or the one behind it, is special.
bool AsciiReader::IsSpecial(std::size_t at) const {
  if (at < strip_.size()) return (AsciiStrip::Fetch(strip_.classes().special, at) & 1) != 0;
  return strip_end_ < source_.size() && !IsPlainAscii(source_[strip_end_]);
}

// The words that the window holds whole, up to the first that is hard.
AsciiReader::Stretch AsciiReader::Plain(const Window& window) const {
  const std::uint64_t before = window.word << 1;  // a window never begins within a word
  const std::uint64_t begins = window.word & ~before, ends = ~window.word & before;
  std::uint64_t hard_ends = ends & window.hard;
  if (window.begin + 64 > certain_) hard_ends |= ends & ~BitsBelow(certain_ - window.begin);
  Progress progress{64, false};
  if ((hard_ends | window.special) != 0) {
    progress.read = static_cast<std::size_t>(std::countr_zero(window.special));
    if (hard_ends != 0) {
      const std::uint64_t begun = begins & BitsBelow(std::countr_zero(hard_ends));
      progress.read = std::min<std::size_t>(progress.read, 63 - std::countl_zero(begun));
    }
    progress.stopped = true;
  } else if (window.word >> 63 != 0) {
    progress.read = static_cast<std::size_t>(63 - std::countl_zero(begins));
    progress.stopped = progress.read == 0;  // 64 letters and more
  }
  return {begins & BitsBelow(progress.read), ends, progress};
}

AsciiReader::Progress AsciiReader::HashWindow(const Window& window) {
  auto [begins, ends, progress] = Plain(window);
  std::array<std::uint64_t, kMaxWindowWords> batch;
  std::size_t count = 0;
  const std::size_t room = max_words_ - hashes_->size();
  const char* const lower = strip_.lower() + window.begin;
  std::size_t end = 0;
  for (; begins != 0 && count < room; begins &= begins - 1, ends &= ends - 1) {
    const auto begin = static_cast<std::size_t>(std::countr_zero(begins));
    end = static_cast<std::size_t>(std::countr_zero(ends));
    batch[count++] = (*hash_)({lower + begin, end - begin});
  }
  hashes_->insert(hashes_->end(), batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(count));
  if (begins != 0) return {end, true};  // there was no room for all
  return progress;
}

// `starts`: whether the next word starts a sentence.
AsciiReader::Progress AsciiReader::WriteWords(const Window& window, bool& starts) {
  auto [begins, ends, progress] = Plain(window);
  // Adding the bits that start a sentence to the gaps they stand in carries into the word behind.
  const std::uint64_t begins_sentence = window.starts + ~window.word;
  std::array<Word, kMaxWindowWords> batch;
  std::size_t count = 0;
  const std::size_t room = max_words_ - words_.size();
  bool first = words_.empty();
  std::size_t end = 0;
  for (; begins != 0 && count < room; begins &= begins - 1, ends &= ends - 1) {
    const auto begin = static_cast<std::size_t>(std::countr_zero(begins));
    end = static_cast<std::size_t>(std::countr_zero(ends));
    const std::size_t length = end - begin;  // below 64
    const std::uint64_t all = (std::uint64_t{1} << length) - 1;
    const std::uint64_t upper = window.upper >> begin & all;
    const std::uint64_t digit = window.digit >> begin & all;
    const std::uint64_t letters = all & ~digit;
    const std::uint64_t first_letter = letters & (~letters + 1);
    unsigned flags = (upper & first_letter) != 0 ? kWordCapitalised : 0;
    if (upper == letters && letters != first_letter) flags |= kWordAllCaps;
    if (digit != 0) flags |= kWordHasDigit;
    if (starts || (begins_sentence >> begin & 1) != 0) flags |= kWordStart;
    starts = false;
    *out_ = ' ';
    out_ += first ? 0 : 1;
    first = false;
    const auto text_begin = static_cast<std::uint32_t>(out_ - text_.data());
    const auto source_begin = static_cast<std::uint32_t>(strip_begin_ + window.begin + begin);
    const auto bytes = static_cast<std::uint32_t>(length);
    batch[count++] = {text_begin, text_begin + bytes, source_begin, source_begin + bytes,
                      static_cast<std::uint8_t>(flags)};
    out_ = Copy(window.begin + begin, length, out_);
  }
  words_.insert(words_.end(), batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(count));
  if (begins != 0) return {end, true};  // there was no room for all
  starts |= (window.starts & BitsBelow(progress.read) & ~BitsBelow(end)) != 0;
  return progress;
}

// Copies a word of the strip in lower case, and up to 63 bytes behind it.
char* AsciiReader::Copy(std::size_t begin, std::size_t length, char* out) const {
  const char* from = strip_.lower() + begin;
  std::memcpy(out, from, 16);
  if (length > 16) std::memcpy(out + 16, from + 16, 48);
  return out + length;
}

}  // namespace samestory
