#include "text/ascii_scan.h"

#include <algorithm>
#include <cstring>

#include "base/endian.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "text/ascii_scan.cc"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace samestory {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

template <class M>
struct BlockMasks {
  M word, upper, digit, special, apostrophe, separator, starter, opener, quote;
};

// Classifies one vector of bytes and writes it in lower case.
template <class D, class V = hn::Vec<D>, class M = hn::Mask<D>>
BlockMasks<M> Classify(D d, V v, std::uint8_t* HWY_RESTRICT lower) {
  const auto is = [&](char c) { return hn::Eq(v, hn::Set(d, static_cast<std::uint8_t>(c))); };
  // low <= x <= high: the difference, modulo 256, is its own minimum with the width.
  const auto in = [&](V x, char low, char high) {
    const V above = hn::Sub(x, hn::Set(d, static_cast<std::uint8_t>(low)));
    return hn::Eq(hn::Min(above, hn::Set(d, static_cast<std::uint8_t>(high - low))), above);
  };
  BlockMasks<M> m;
  m.upper = in(v, 'A', 'Z');
  m.digit = in(v, '0', '9');
  const V folded = hn::Or(v, hn::IfThenElseZero(m.upper, hn::Set(d, std::uint8_t{0x20})));
  hn::StoreU(folded, d, lower);
  m.word = hn::Or(m.digit, in(folded, 'a', 'z'));
  m.apostrophe = hn::Or(is('\''), is('`'));
  m.quote = hn::Or(m.apostrophe, is('"'));
  const M colon = is(':');
  m.separator = hn::Or(in(v, ',', '/'), colon);  // , - . /
  m.starter = hn::Or(hn::Or(is('.'), is('?')), hn::Or(is('!'), colon));
  const M space = hn::Or(is(' '), in(v, '\t', '\r'));
  m.opener = hn::Or(hn::Or(space, is('-')), hn::Or(is('('), hn::Or(is('['), is('{'))));
  m.special =
      hn::Or(hn::Or(is('&'), is('<')), hn::Eq(hn::Max(v, hn::Set(d, std::uint8_t{0x80})), v));
  return m;
}

// Stores the mask of the lanes from `at` on in a set of 64 bits, lowest first.
template <class D, class M>
void StoreBits(D d, M mask, std::size_t at, std::uint8_t* HWY_RESTRICT bits) {
#if HWY_TARGET == HWY_SCALAR  // one lane, and one bit of a byte
  if (at % 8 == 0) bits[at / 8] = 0;
  std::uint8_t bit[8];
  hn::StoreMaskBits(d, mask, bit);
  bits[at / 8] |= static_cast<std::uint8_t>((bit[0] & 1) << (at % 8));
#else
  hn::StoreMaskBits(d, mask, bits + at / 8);
#endif
}

// Classifies 64 bytes as block `block`.
void ClassifyBlock(const std::uint8_t* HWY_RESTRICT in, std::size_t block,
                   std::uint8_t* HWY_RESTRICT lower, AsciiStrip::Classes& out) {
  const HWY_CAPPED(std::uint8_t, 64) d;
  alignas(64) std::uint8_t bits[9][64];  // StoreMaskBits may write past what it fills
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t i = 0; i < 64; i += lanes) {
    const auto m = Classify(d, hn::LoadU(d, in + i), lower + i);
    std::size_t set = 0;
    for (const auto& mask : {m.word, m.upper, m.digit, m.special, m.apostrophe, m.separator,
                             m.starter, m.opener, m.quote}) {
      StoreBits(d, mask, i, bits[set++]);
    }
  }
  std::size_t set = 0;
  for (AsciiStrip::Bits* to : {&out.word, &out.upper, &out.digit, &out.special, &out.apostrophe,
                               &out.separator, &out.starter, &out.opener, &out.quote}) {
    (*to)[block] = LoadLittle64(bits[set++]);
  }
}

void ClassifyStrip(const std::uint8_t* in, std::size_t size, std::uint8_t* lower,
                   AsciiStrip::Classes& out) {
  std::size_t block = 0;
  for (; (block + 1) * 64 <= size; ++block) {
    ClassifyBlock(in + block * 64, block, lower + block * 64, out);
  }
  if (block * 64 < size) {
    alignas(64) std::uint8_t tail[64] = {};
    std::memcpy(tail, in + block * 64, size - block * 64);
    ClassifyBlock(tail, block, lower + block * 64, out);
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace samestory
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace samestory {

HWY_EXPORT(ClassifyStrip);

void AsciiStrip::Scan(std::string_view text) {
  size_ = std::min(text.size(), kBytes);
  const std::size_t blocks = (size_ + 63) / 64;
  HWY_DYNAMIC_DISPATCH(ClassifyStrip)
  (reinterpret_cast<const std::uint8_t*>(text.data()), size_, lower_.data(), classes_);
  for (Bits* bits : {&classes_.word, &classes_.upper, &classes_.digit, &classes_.special,
                     &classes_.apostrophe, &classes_.separator, &classes_.starter, &classes_.opener,
                     &classes_.quote, &hard_, &starts_}) {
    (*bits)[blocks] = 0;
  }
  std::uint64_t digit_before = 0, opener_before = 0;        // the last byte of the block before
  std::uint64_t word_before = 0, single_letter_before = 0;  // likewise
  for (std::size_t i = 0; i < blocks; ++i) {
    const auto next = [i](const Bits& bits) { return bits[i] >> 1 | bits[i + 1] << 63; };
    const std::uint64_t next_special = next(classes_.special);
    const std::uint64_t word = classes_.word[i], digit = classes_.digit[i];
    const std::uint64_t opener = classes_.opener[i], separator = classes_.separator[i];
    const std::uint64_t single_letter = word & ~digit & ~(word << 1 | word_before);
    hard_[i] = classes_.special[i] |
               (classes_.apostrophe[i] & (next(classes_.word) | next_special)) |
               (separator & (digit << 1 | digit_before) & (next(classes_.digit) | next_special)) |
               (separator & classes_.starter[i] & (single_letter << 1 | single_letter_before));
    starts_[i] = classes_.starter[i] | (classes_.quote[i] & (opener << 1 | opener_before));
    digit_before = digit >> 63;
    opener_before = opener >> 63;
    word_before = word >> 63;
    single_letter_before = single_letter >> 63;
  }
}

}  // namespace samestory
#endif  // HWY_ONCE
