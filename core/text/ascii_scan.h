#ifndef SAMESTORY_TEXT_ASCII_SCAN_H_
#define SAMESTORY_TEXT_ASCII_SCAN_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace samestory {

/// Whether a byte stands for itself: none of `&`, `<` and what is not ASCII.
inline bool IsPlainAscii(char c) {
  return static_cast<signed char>(c) >= 0 && c != '&' && c != '<';
}

/// What the bytes of a strip of text are, a bit a byte. Bytes past the strip have
/// no bit set.
class AsciiStrip {
 public:
  static constexpr std::size_t kBytes = 1024;
  static constexpr std::size_t kBlocks = kBytes / 64;
  /// A set of bytes; one block more than the strip has, always empty.
  using Bits = std::array<std::uint64_t, kBlocks + 1>;

  /// Scans the first kBytes of `text`, or all of it where it is shorter.
  void Scan(std::string_view text);

  std::size_t size() const { return size_; }

  /// The strip in lower case; 64 bytes may be read from every place in it. Bytes
  /// above 0x7F are as they were.
  const char* lower() const { return reinterpret_cast<const char*>(lower_.data()); }

  /// 64 bits of a set from byte `at` on, lowest first.
  static std::uint64_t Fetch(const Bits& bits, std::size_t at) {
    const std::size_t block = at / 64, shift = at % 64;
    const std::uint64_t low = bits[block] >> shift;
    return shift == 0 ? low : low | bits[block + 1] << (64 - shift);
  }

  /// Sets that the vector code fills.
  struct Classes {
    Bits word;        ///< letters and digits
    Bits upper;       ///< capital letters
    Bits digit;       ///< digits
    Bits special;     ///< not IsPlainAscii
    Bits apostrophe;  ///< ' `
    Bits separator;   ///< . , : - /
    Bits starter;     ///< . ? ! :
    Bits opener;      ///< white space ( [ { -
    Bits quote;       ///< ' ` "
  };
  const Classes& classes() const { return classes_; }

  /// Bytes that may continue the word before them, so that only WordReader can tell:
  /// what is special, apostrophes and separators within words, a stop or colon behind
  /// a single letter.
  const Bits& hard() const { return hard_; }

  /// Bytes behind which a word starts a sentence or quotation.
  const Bits& starts() const { return starts_; }

 private:
  Classes classes_;
  Bits hard_, starts_;
  std::array<std::uint8_t, kBytes + 64> lower_;
  std::size_t size_ = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_TEXT_ASCII_SCAN_H_
