#include "text/sentence_breaker.h"

#include <unicode/uchar.h>
#include <unicode/ures.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <utility>

#include "text/code_point.h"
#include "text/utf8.h"
#include "text/white_space.h"

namespace samestory {
namespace {

constexpr std::size_t kMaxCached = 8;

// Languages that write ordinal numbers with a stop ("3. Oktober"), by their orthographies.
constexpr std::string_view kOrdinalStops[] = {"bs", "cs", "da", "de", "et", "fi", "fo",
                                              "hr", "hu", "is", "lb", "lv", "nb", "nn",
                                              "no", "sk", "sl", "sr", "tr"};

std::string PrimaryLanguage(std::string_view lang) {
  std::string primary;
  for (char c : lang.substr(0, lang.find_first_of("-_"))) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (c < 'a' || c > 'z') return "en";
    primary.push_back(c);
  }
  return primary.size() == 2 || primary.size() == 3 ? primary : "en";
}

// The code point that ends at `end`, which is above 0.
std::uint32_t Before(std::string_view s, std::size_t end, std::size_t* begin) {
  std::size_t i = end - 1;
  while (i > 0 && end - i < 4 && (static_cast<unsigned char>(s[i]) & 0xC0) == 0x80) --i;
  const Decoded step = DecodeUtf8(s.substr(0, end), i);
  *begin = step.valid && i + step.length == end ? i : end - 1;
  return *begin == i && step.valid ? step.code_point : kReplacementCharacter;
}

bool IsWordPoint(std::uint32_t c) {
  const Kind kind = CodePoints().Get(c).kind();
  return kind == Kind::kLetter || kind == Kind::kDigit || kind == Kind::kMark ||
         kind == Kind::kIdeograph;
}

// A single capital letter behind anything but a letter or digit.
bool EndsInSingleCapital(std::string_view word) {
  if (word.empty()) return false;
  std::size_t begin;
  const std::uint32_t last = Before(word, word.size(), &begin);
  if (!CodePoints().Get(last).upper) return false;
  return begin == 0 || !IsWordPoint(Before(word, begin, &begin));
}

// A Latin word of up to 4 letters, the first a capital, the others lower case, and no vowel among
// them ("Dr", "St", "Sgt"): short for something in any language.
bool EndsInConsonants(std::string_view word) {
  constexpr std::string_view kLower = "bcdfghjklmnpqrstvwxz";
  std::size_t begin = word.size();
  while (begin > 0 && kLower.find(word[begin - 1]) != std::string_view::npos) --begin;
  const std::size_t lower = word.size() - begin;
  if (lower < 1 || lower > 3 || begin == 0) return false;
  --begin;
  if (kLower.find(static_cast<char>(word[begin] | 0x20)) == std::string_view::npos) return false;
  return begin == 0 || !IsWordPoint(Before(word, begin, &begin));
}

// One or two digits behind anything but a letter, digit or separator.
bool EndsInOrdinal(std::string_view word) {
  std::size_t end = word.size();
  while (end > 0 && word[end - 1] >= '0' && word[end - 1] <= '9') --end;
  const std::size_t digits = word.size() - end;
  if (digits < 1 || digits > 2) return false;
  if (end == 0) return true;
  std::size_t begin;
  const std::uint32_t c = Before(word, end, &begin);
  const Kind kind = CodePoints().Get(c).kind();
  return !IsWordPoint(c) && kind != Kind::kStop && kind != Kind::kSeparator;
}

// Whether the first letter of `s` is in lower case; `any` tells whether it has a letter or digit.
bool BeginsInLowerCase(std::string_view s, bool* any) {
  *any = false;
  for (std::size_t i = 0; i < s.size();) {
    const Decoded step = DecodeUtf8(s, i);
    if (IsWordPoint(step.code_point)) {
      *any = true;
      return CodePoints().Get(step.code_point).lower;
    }
    i += step.length;
  }
  return false;
}

}  // namespace

SentenceBreaker& SentenceBreaker::ForLanguage(std::string_view lang) {
  thread_local std::vector<std::unique_ptr<SentenceBreaker>> cache;  // most recent first
  const std::string language = PrimaryLanguage(lang);
  auto found = std::find_if(cache.begin(), cache.end(),
                            [&](const auto& b) { return b->language_ == language; });
  if (found == cache.end()) {
    if (cache.size() == kMaxCached) cache.pop_back();
    cache.push_back(std::make_unique<SentenceBreaker>(language));
    found = cache.end() - 1;
  }
  std::rotate(cache.begin(), found, found + 1);
  return *cache.front();
}

SentenceBreaker::SentenceBreaker(std::string language)
    : language_(std::move(language)),
      ordinal_stops_(std::find(std::begin(kOrdinalStops), std::end(kOrdinalStops), language_) !=
                     std::end(kOrdinalStops)) {
  UErrorCode error = U_ZERO_ERROR;
  // Only Greek has rules of its own (its question mark). The root's are named outright: an unknown
  // language would get those of the process's locale.
  iterator_.reset(ubrk_open(UBRK_SENTENCE, language_ == "el" ? "el" : "", nullptr, 0, &error));
  if (U_FAILURE(error)) iterator_.reset();
  LoadAbbreviations();
}

// CLDR's suppressions for sentence breaks, as ICU's break iteration data carries them.
void SentenceBreaker::LoadAbbreviations() {
  struct Close {
    void operator()(UResourceBundle* b) const { ures_close(b); }
  };
  using Bundle = std::unique_ptr<UResourceBundle, Close>;
  UErrorCode error = U_ZERO_ERROR;
  const Bundle root(ures_open(U_ICUDATA_NAME "-brkitr", language_.c_str(), &error));
  if (error == U_USING_DEFAULT_WARNING) return;  // the process's locale in place of this language
  const Bundle exceptions(ures_getByKey(root.get(), "exceptions", nullptr, &error));
  const Bundle list(ures_getByKey(exceptions.get(), "SentenceBreak", nullptr, &error));
  if (U_FAILURE(error)) return;  // no such data for this language
  const std::int32_t size = ures_getSize(list.get());
  for (std::int32_t i = 0; i < size; ++i) {
    std::array<char, 128> buffer;
    auto length = static_cast<std::int32_t>(buffer.size());
    error = U_ZERO_ERROR;
    const char* text =
        ures_getUTF8StringByIndex(list.get(), i, buffer.data(), &length, false, &error);
    if (U_FAILURE(error)) continue;
    std::string_view abbreviation(text, static_cast<std::size_t>(length));
    abbreviations_.insert(std::string(abbreviation));
    longest_abbreviation_ = std::max(longest_abbreviation_, abbreviation.size());
  }
}

void SentenceBreaker::Break(std::string_view line, std::vector<std::size_t>& ends) {
  ends.clear();
  UErrorCode error = U_ZERO_ERROR;
  if (iterator_ != nullptr) {
    UText* text =
        utext_openUTF8(text_.get(), line.data(), static_cast<std::int64_t>(line.size()), &error);
    if (text_ == nullptr) text_.reset(text);
    ubrk_setUText(iterator_.get(), text, &error);
    if (U_SUCCESS(error)) {
      for (std::int32_t b = ubrk_next(iterator_.get()); b != UBRK_DONE;
           b = ubrk_next(iterator_.get())) {
        ends.push_back(static_cast<std::size_t>(b));
      }
    }
  }
  if (ends.empty() || ends.back() != line.size()) ends.assign(1, line.size());
  std::size_t kept = 0, begin = 0;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const bool last = i + 1 == ends.size();
    if (!last &&
        Joins(line.substr(begin, ends[i] - begin), line.substr(ends[i], ends[i + 1] - ends[i]))) {
      continue;
    }
    begin = ends[i];
    ends[kept++] = ends[i];
  }
  ends.resize(kept);
}

// Whether two neighbouring sentences are one.
bool SentenceBreaker::Joins(std::string_view before, std::string_view after) const {
  bool any = false;
  if (BeginsInLowerCase(after, &any) || !any) return true;
  before = TrimSpace(before);
  if (!before.ends_with('.')) return false;
  const std::string_view word = before.substr(0, before.size() - 1);
  return EndsInSingleCapital(word) || EndsInConsonants(word) ||
         (ordinal_stops_ && EndsInOrdinal(word)) || EndsInAbbreviation(before);
}

bool SentenceBreaker::EndsInAbbreviation(std::string_view before) const {
  if (abbreviations_.empty()) return false;
  // Every whole-word ending that is short enough, longest last.
  const std::size_t limit = std::min(before.size(), longest_abbreviation_);
  for (std::size_t length = 2; length <= limit; ++length) {
    const std::size_t begin = before.size() - length;
    std::size_t previous;
    if (begin > 0 && IsWordPoint(Before(before, begin, &previous))) continue;
    if (abbreviations_.contains(std::string(before.substr(begin)))) return true;
  }
  return false;
}

}  // namespace samestory
