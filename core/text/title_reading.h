#ifndef SAMESTORY_TEXT_TITLE_READING_H_
#define SAMESTORY_TEXT_TITLE_READING_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "text/source_name.h"
#include "text/title_cuts.h"

namespace samestory {

/// Words that may be a source's dirt, and all that is known of them from one title.
struct PhraseFacts {
  enum class Side : std::uint8_t { kEnding = 1, kOpening = 2 };

  std::uint64_t phrase = 0;
  std::uint64_t source = 0;  ///< 0: unknown, or whatever the source
  Side side = Side::kEnding;
  bool wire = false, number = false, single = false;
};

/// Titles are cut at most so often on either side, and so many words are always left.
inline constexpr int kMaxTitleCuts = 2;
inline constexpr std::size_t kLeastHeadlineWords = 3;

/// Past the words by which an opening is known: an agency's number is left out.
inline std::size_t OpeningEnd(const TitleCut& cut) { return cut.wire ? cut.word - 1 : cut.word; }

/// What a title teaches of source dirt, as far as it is known from the title alone: it can be
/// made beside other work, long before it is learned. A buffer to be used again.
struct TitleReading {
  struct Phrase {
    PhraseFacts facts;
    std::size_t begin, end;  ///< words
    std::uint64_t title;     ///< hash of the title's words without it
  };
  std::vector<Phrase> phrases;       ///< its endings, from the last, then its openings
  std::vector<std::uint64_t> words;  ///< hash of each word
  std::size_t begin = 0, end = 0;    ///< words within all endings and openings

  /// As TitleCuts::PhraseHash.
  std::uint64_t PhraseHash(std::size_t first, std::size_t last) const;
};

/// The name of a record's source, made when it is first asked for.
class LazySourceName {
 public:
  LazySourceName(std::string_view source, std::string_view url) : source_(source), url_(url) {}
  const SourceName& operator*() {
    if (!name_) name_.emplace(source_, url_);
    return *name_;
  }
  const SourceName* operator->() { return &**this; }

 private:
  std::string_view source_, url_;
  std::optional<SourceName> name_;
};

/// Replaces `reading` by that of a title that `cuts` has read, of this source.
void ReadTitle(const TitleCuts& cuts, LazySourceName& source, TitleReading& reading);

/// The same of a title without a place to be cut, whose words are `words`.
void ReadWholeTitle(const CanonicalText& words, TitleReading& reading);

}  // namespace samestory

#endif  // SAMESTORY_TEXT_TITLE_READING_H_
