#include "text/title_cuts.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/hash.h"
#include "text/markup.h"
#include "text/utf8.h"
#include "text/white_space.h"

namespace samestory {
namespace {

constexpr std::size_t kMaxEndingWords = 8;
constexpr std::size_t kMaxOpeningWords = 4;

enum class Mark : std::uint8_t { kOther, kSpace, kDash, kColon, kBar, kOpenBracket };

Mark MarkOf(std::uint32_t c) {
  switch (c) {
    case U'-':
    case U'\u2010':
    case U'\u2011':
    case U'\u2012':
    case U'\u2013':
    case U'\u2014':
    case U'\u2015':
    case U'~':
    case U'\u00B7':
    case U'\u2022':
    case U'\u00AB':
    case U'\u00BB':
    case U'\u203A':
      return Mark::kDash;
    case U':':
    case U'\uFF1A':
      return Mark::kColon;
    case U'|':
    case U'\uFF5C':
    case U'\u00A6':
      return Mark::kBar;
    case U'(':
    case U'[':
    case U'\uFF08':
    case U'\u3010':
      return Mark::kOpenBracket;
    default:
      return Mark::kOther;
  }
}

// What stands between two words, one code point or reference at a time.
struct GapItem {
  Mark mark;
  std::size_t begin, end;
};

const std::vector<GapItem>& ReadGap(std::string_view title, std::size_t begin, std::size_t end) {
  thread_local std::vector<GapItem> scratch;
  std::vector<GapItem>& items = scratch;
  items.clear();
  while (begin < end) {
    std::size_t length = LeadingSpace(title.substr(begin, end - begin));
    Mark mark = Mark::kSpace;
    if (length == 0) {
      const Decoded step = DecodeUtf8(title.substr(0, end), begin);
      std::uint32_t c = step.code_point;
      length = step.length;
      if (c == U'&') {
        const Reference reference = ParseReference(title.substr(0, end), begin);
        if (reference.length > 0) {
          c = reference.code_points[0];
          length = reference.length;
        }
      }
      mark = c == 0xA0 ? Mark::kSpace : MarkOf(c);
    }
    items.push_back({mark, begin, begin + length});
    begin += length;
  }
  return items;
}

// A separator among the items of a gap: items [first, last], spaces around it included.
struct Separator {
  std::size_t first, last;
  Mark mark;
};

// The first separator of the gap, or the last. Dashes in a row are one.
std::optional<Separator> FindSeparator(const std::vector<GapItem>& items, bool last_one,
                                       bool opening) {
  std::optional<Separator> found;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Mark mark = items[i].mark;
    if (mark != Mark::kDash && mark != Mark::kColon && mark != Mark::kBar) continue;
    std::size_t first = i, last = i;
    while (last + 1 < items.size() && items[last + 1].mark == mark) ++last;
    i = last;
    while (first > 0 && items[first - 1].mark == Mark::kSpace) --first;
    while (last + 1 < items.size() && items[last + 1].mark == Mark::kSpace) ++last;
    const bool space_before = items[first].mark == Mark::kSpace;
    const bool space_after = items[last].mark == Mark::kSpace;
    const bool stands = mark == Mark::kBar || (space_before && space_after) ||
                        (mark == Mark::kColon && opening && space_after);
    if (!stands) continue;
    found = Separator{first, last, mark};
    if (!last_one) break;
  }
  return found;
}

bool IsDigits(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

// Without a branch, in bytes and by minima, which is what compilers turn into vectors: a byte that
// is a mark differs from it by nothing.
bool TitleCuts::MayCut(std::string_view title) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(title.data());
  std::uint8_t all = 0, least = 255;
  for (std::size_t i = 0; i < title.size(); ++i) {
    const std::uint8_t c = bytes[i];
    const auto from = [c](char mark) {
      return static_cast<std::uint8_t>(c ^ static_cast<std::uint8_t>(mark));
    };
    all |= c;
    const std::uint8_t dash = std::min(from('-'), from('~')), bar = std::min(from('|'), from(':'));
    const std::uint8_t bracket = std::min(from('('), from('['));
    least = std::min(std::min(least, from('&')), std::min(std::min(dash, bar), bracket));
  }
  return all >= 0x80 || least == 0;
}

void TitleCuts::Read(std::string_view title) {
  title_ = title;
  Canonicalize(title, words_, kMaxWords);
  if (num_words() == kMaxWords) Canonicalize({}, words_);
}

// Whether the gap before `word` is more than one space; two words of one character have none.
bool TitleCuts::MayHoldSeparator(std::size_t word) const {
  const std::size_t begin = words_.words()[word - 1].source_end;
  const std::size_t end = words_.words()[word].source_begin;
  return begin < end && (end - begin > 1 || title_[begin] != ' ');
}

std::optional<TitleCut> TitleCuts::Ending(std::size_t end) const {
  const auto words = words_.words();
  // A remark in brackets ends right behind its last word.
  const std::size_t tail = end < words.size() ? words[end].source_begin : title_.size();
  const bool bracketed = end > 0 && end == words.size() &&
                         title_.substr(words[end - 1].source_end, tail - words[end - 1].source_end)
                                 .find_first_of(")]") == 0;
  const std::size_t least = end > kMaxEndingWords ? end - kMaxEndingWords : 1;
  for (std::size_t i = end; i-- > least;) {
    if (!MayHoldSeparator(i)) continue;
    const auto& items = ReadGap(title_, words[i - 1].source_end, words[i].source_begin);
    if (bracketed && !items.empty() && items.back().mark == Mark::kOpenBracket) {
      const std::size_t before = items.size() > 1 && items[items.size() - 2].mark == Mark::kSpace
                                     ? items.size() - 2
                                     : items.size() - 1;
      return TitleCut{i, items[before].begin, items.back().end};
    }
    if (const auto separator = FindSeparator(items, true, false)) {
      return TitleCut{i, items[separator->first].begin, items[separator->last].end};
    }
  }
  return std::nullopt;
}

std::optional<TitleCut> TitleCuts::Opening(std::size_t begin) const {
  const auto words = words_.words();
  for (std::size_t i = begin + 1; i < words.size() && i <= begin + kMaxOpeningWords; ++i) {
    if (!MayHoldSeparator(i)) continue;
    const auto& items = ReadGap(title_, words[i - 1].source_end, words[i].source_begin);
    if (const auto separator = FindSeparator(items, false, true)) {
      return TitleCut{i, items[separator->first].begin, items[separator->last].end};
    }
    const bool number = i >= begin + 2 && IsDigits(words_.word(i - 1)) && items.size() == 1 &&
                        items[0].mark == Mark::kDash && (words[i].flags & kWordCapitalised) != 0;
    if (number && std::all_of(words.begin() + static_cast<std::ptrdiff_t>(begin),
                              words.begin() + static_cast<std::ptrdiff_t>(i) - 1,
                              [](const Word& w) { return (w.flags & kWordAllCaps) != 0; })) {
      return TitleCut{i, items[0].begin, items[0].end, true};
    }
  }
  return std::nullopt;
}

std::uint64_t TitleCuts::PhraseHash(std::size_t begin, std::size_t end) const {
  std::uint64_t hash = 0;
  for (std::size_t i = begin; i < end; ++i) hash = Mix64(hash, Hash64(words_.word(i), 0));
  return hash;
}

bool TitleCuts::HasNumber(std::size_t begin, std::size_t end) const {
  return std::any_of(
      words_.words().begin() + static_cast<std::ptrdiff_t>(begin),
      words_.words().begin() + static_cast<std::ptrdiff_t>(end),
      [this](const Word& w) { return IsDigits(words_.text().substr(w.begin, w.end - w.begin)); });
}

std::string TitleCuts::Compact(std::size_t begin, std::size_t end) const {
  std::string compact;
  for (std::size_t i = begin; i < end; ++i) compact.append(words_.word(i));
  return compact;
}

}  // namespace samestory
