#include "text/normalizer.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/unorm2.h>

#include <string>

namespace samestory {
namespace {

const UNormalizer2* FoldingNormalizer() {
  static const UNormalizer2* const instance = [] {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2* normalizer = unorm2_getNFKCCasefoldInstance(&error);
    return U_SUCCESS(error) ? normalizer : nullptr;
  }();
  return instance;
}

const UNormalizer2* Composer() {
  static const UNormalizer2* const instance = [] {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2* normalizer = unorm2_getNFCInstance(&error);
    return U_SUCCESS(error) ? normalizer : nullptr;
  }();
  return instance;
}

// Normalises `source`; the result is empty only where the folding is.
void Fold(const std::u16string& source, std::u16string& result) {
  const UNormalizer2* normalizer = FoldingNormalizer();
  if (normalizer == nullptr) {  // ICU without its data: text stays as it is
    result = source;
    return;
  }
  // U+FDFA, the longest, becomes 18 characters.
  result.resize(source.size() * 18 + 18);
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t length =
      unorm2_normalize(normalizer, source.data(), static_cast<std::int32_t>(source.size()),
                       result.data(), static_cast<std::int32_t>(result.size()), &error);
  result.resize(U_SUCCESS(error) ? static_cast<std::size_t>(length) : 0);
}

void AppendUtf16(std::uint32_t c, std::u16string& out) {
  if (c >= 0x10000) {
    out.push_back(static_cast<char16_t>(0xD7C0 + (c >> 10)));
    out.push_back(static_cast<char16_t>(0xDC00 | (c & 0x3FF)));
  } else {
    out.push_back(static_cast<char16_t>(c));
  }
}

}  // namespace

FoldedCodePoint FoldCodePoint(std::int32_t c) {
  const UNormalizer2* normalizer = FoldingNormalizer();
  const auto point = static_cast<std::uint32_t>(c);
  if (normalizer == nullptr || (point >= 0xD800 && point < 0xE000)) return {point, 1, true};
  const bool boundary = unorm2_hasBoundaryBefore(normalizer, c);
  if (unorm2_isInert(normalizer, c)) return {point, 1, boundary};
  std::u16string source, result;
  AppendUtf16(point, source);
  Fold(source, result);
  const icu::UnicodeString folded(result.data(), static_cast<std::int32_t>(result.size()));
  const std::int32_t length = folded.countChar32();
  return {length == 0 ? 0 : static_cast<std::uint32_t>(folded.char32At(0)), length, boundary};
}

void FoldRun(std::span<const std::uint32_t> code_points, std::vector<std::uint32_t>& out) {
  thread_local std::u16string source, result;
  source.clear();
  for (std::uint32_t c : code_points) AppendUtf16(c, source);
  Fold(source, result);
  out.clear();
  for (std::size_t i = 0; i < result.size();) {
    UChar32 c;
    U16_NEXT(result.data(), i, result.size(), c);
    out.push_back(static_cast<std::uint32_t>(c));
  }
}

bool StayApart(std::uint32_t first, std::uint32_t second) {
  const UNormalizer2* composer = Composer();
  const auto a = static_cast<UChar32>(first), b = static_cast<UChar32>(second);
  return composer != nullptr &&
         u_getIntPropertyValue(a, UCHAR_TRAIL_CANONICAL_COMBINING_CLASS) == 0 &&
         unorm2_composePair(composer, a, b) < 0;
}

}  // namespace samestory
