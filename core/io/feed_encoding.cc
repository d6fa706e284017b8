#include "io/feed_encoding.h"

#include <simdjson.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "samestory/text.h"
#include "text/utf8.h"

namespace samestory::io {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kDeclarationBytes = 512;
constexpr std::string_view kUtf8 = "UTF-8";
constexpr std::string_view kWindows1252 = "windows-1252";

struct Signature {
  std::string_view bytes;
  std::string_view encoding;
  bool is_mark;  ///< a byte order mark, no part of the text
};

// UTF-32 first: its little-endian mark begins with that of UTF-16.
constexpr Signature kSignatures[] = {
    {"\xff\xfe\0\0"sv, "UTF-32LE", true}, {"\0\0\xfe\xff"sv, "UTF-32BE", true},
    {"\xef\xbb\xbf"sv, "UTF-8", true},    {"\xff\xfe"sv, "UTF-16LE", true},
    {"\xfe\xff"sv, "UTF-16BE", true},     {"<\0"sv, "UTF-16LE", false},
    {"\0<"sv, "UTF-16BE", false},
};

bool HasValidSequence(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const Decoded decoded = DecodeUtf8(bytes, i);
    if (decoded.valid && decoded.length > 1) return true;
    i += decoded.length;
  }
  return false;
}

/// What the WHATWG Encoding standard reads under the names of smaller encodings.
struct Superset {
  std::string_view name, superset;
};
constexpr Superset kSupersets[] = {
    {"ISO-8859-1", "windows-1252"}, {"US-ASCII", "windows-1252"}, {"ISO-8859-9", "windows-1254"},
    {"GB2312", "gb18030"},          {"GBK", "gb18030"},           {"EUC-KR", "windows-949"},
    {"Shift_JIS", "windows-31j"},   {"TIS-620", "windows-874"},   {"ISO-8859-11", "windows-874"},
};

/// The encoding that a declaration means; empty: UTF-8.
std::string MeantEncoding(std::string_view declared) {
  const std::string name(declared);
  UErrorCode error = U_ZERO_ERROR;
  const char* standard = ucnv_getStandardName(name.c_str(), "MIME", &error);
  const std::string meant = U_SUCCESS(error) && standard != nullptr ? standard : name;
  // The declaration could be read byte by byte, so the encoding has no wider units.
  if (meant.starts_with("UTF-") || name.starts_with("UCS-") || name.empty()) return {};
  for (const auto& [smaller, superset] : kSupersets) {
    if (ucnv_compareNames(meant.c_str(), std::string(smaller).c_str()) == 0) {
      return std::string(superset);
    }
  }
  return meant;
}

/// Puts U+FFFD for what cannot be converted and counts it. (ICU's own callback writes U+001A for
/// single bytes.)
void U_CALLCONV Substitute(const void* context, UConverterToUnicodeArgs* args, const char*,
                           std::int32_t, UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  ++*static_cast<std::size_t*>(const_cast<void*>(context));
  *error = U_ZERO_ERROR;
  const UChar replacement = kReplacementCharacter;
  ucnv_cbToUWriteUChars(args, &replacement, 1, 0, error);
}

absl::StatusOr<std::string> Convert(std::string_view bytes, std::string_view encoding,
                                    std::size_t& repaired) {
  if (bytes.size() > std::numeric_limits<std::int32_t>::max()) {
    return absl::InvalidArgumentError("too long to be converted from " + std::string(encoding));
  }
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(
      ucnv_open(std::string(encoding).c_str(), &error), &ucnv_close);
  if (U_FAILURE(error)) {
    return absl::InvalidArgumentError("the encoding " + RepairUtf8(encoding) + " is not known");
  }
  UConverterToUCallback old_action;
  const void* old_context;
  ucnv_setToUCallBack(converter.get(), &Substitute, &repaired, &old_action, &old_context, &error);
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()),
                                converter.get(), error);
  if (U_FAILURE(error)) {
    return absl::InvalidArgumentError("cannot be converted from " + std::string(encoding));
  }
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

/// True for the encodings with more than one byte a character, whose text may be valid UTF-8 (in
/// ISO-2022 all is ASCII). Of the others only ASCII is: letters beyond it do not stand in the
/// order that UTF-8 asks for. False for what ICU does not know.
bool MayBeUtf8ByChance(const std::string& encoding) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(
      ucnv_open(encoding.c_str(), &error), &ucnv_close);
  return U_SUCCESS(error) && ucnv_getMaxCharSize(converter.get()) > 1;
}

absl::StatusOr<std::string> DecodeUtf8Text(std::string_view text, bool is_certain,
                                           std::size_t& repaired) {
  if (simdjson::validate_utf8(text.data(), text.size())) return std::string(text);
  if (!is_certain && !HasValidSequence(text)) return Convert(text, kWindows1252, repaired);
  std::size_t replaced = 0;
  std::string utf8 = RepairUtf8(text, &replaced);
  repaired += replaced;
  return utf8;
}

absl::StatusOr<std::string> Decode(std::string_view text, std::string_view declared,
                                   std::size_t& repaired) {
  for (const Signature& signature : kSignatures) {
    if (!text.starts_with(signature.bytes)) continue;
    if (signature.is_mark) text.remove_prefix(signature.bytes.size());
    if (signature.encoding == kUtf8) return DecodeUtf8Text(text, true, repaired);
    return Convert(text, signature.encoding, repaired);
  }
  const std::string encoding = MeantEncoding(declared);
  if (encoding.empty()) return DecodeUtf8Text(text, false, repaired);
  if (simdjson::validate_utf8(text.data(), text.size()) && !MayBeUtf8ByChance(encoding)) {
    return std::string(text);
  }
  return Convert(text, encoding, repaired);
}

}  // namespace

std::string_view DeclaredEncoding(std::string_view text) {
  text = text.substr(0, kDeclarationBytes);
  const std::size_t begin = text.find("<?xml");
  const std::size_t end = text.find("?>");
  if (begin == text.npos || end == text.npos || end < begin) return {};
  text = text.substr(begin, end - begin);
  const std::size_t name = text.find("encoding");
  if (name == text.npos) return {};
  const std::size_t open = text.find_first_of("\"'", name);
  if (open == text.npos) return {};
  const std::size_t close = text.find(text[open], open + 1);
  if (close == text.npos) return {};
  return text.substr(open + 1, close - open - 1);
}

absl::StatusOr<std::string> DecodeMarkup(std::string_view bytes, std::size_t& repaired) {
  return DecodeAs(bytes, DeclaredEncoding(bytes), repaired);
}

absl::StatusOr<std::string> DecodeAs(std::string_view bytes, std::string_view declared,
                                     std::size_t& repaired) {
  absl::StatusOr<std::string> text = Decode(bytes, declared, repaired);
  if (text.ok()) std::replace(text->begin(), text->end(), '\0', ' ');
  return text;
}

}  // namespace samestory::io
