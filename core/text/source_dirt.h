#ifndef SAMESTORY_TEXT_SOURCE_DIRT_H_
#define SAMESTORY_TEXT_SOURCE_DIRT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/snapshot_stream.h"
#include "text/title_reading.h"

namespace samestory {

/// What stands around the headline proper in a title.
struct TitleParts {
  std::string_view before;    ///< "UPDATE 1-"; empty where nothing was stripped
  std::string_view headline;  ///< never empty unless the title is
  std::string_view after;     ///< " - Northmoor Wire"
};

/// An ending or opening that was learned, for people to look at.
struct LearnedPhrase {
  bool opening = false;
  std::string text;          ///< canonical words
  std::string source;        ///< whose titles end so; empty: whatever the source
  std::uint32_t titles = 0;  ///< that had it
};

/// Source prefixes and suffixes of titles: known from a record's own source and
/// host, and learned from the stream. Bounded and deterministic in the sequence of
/// Learn calls. Const calls may run side by side.
///
/// An ending behind a separator (see TitleCuts) is stripped where
///  - it is the source's name, or a part of it of at least half its letters, or the
///    name of its host, or the source's name cut in mid-word ("- The Guard");
///  - at least 8 different titles of this source end so (16 where the source is not
///    known), or titles of 3 sources each do, its words stand within headlines at most
///    half as often, and none is a number (a date tells one item from another).
/// An opening before a separator is stripped where
///  - it is an agency's number ("UPDATE 1-") and 8 different titles begin with its
///    words, whatever the number;
///  - it is a common label: one word, not a number, before 32 titles, of 16 sources or
///    more if it stands within headlines at most twice as often, of 6 if at most 0.4
///    times ("Explained:", "Opinion |").
/// Topics ("Ukraine war:", "Mumbai:") are content, and the last rule is there to keep
/// them: their words are in other headlines too. At least 3 words are always left.
class SourceDirt {
 public:
  explicit SourceDirt(std::size_t max_entries = 200'000);

  /// Counts the ending and opening of a title. Cost: 0.2 to 0.5 us.
  void Learn(std::string_view title, std::string_view source, std::string_view url);

  /// The same of a title that was read before. Cost: 0.05 us where it has none.
  void Learn(const TitleReading& reading, std::string_view title, std::string_view source);

  /// What Learn is to be given of a title.
  static void Read(std::string_view title, std::string_view source, std::string_view url,
                   TitleReading& reading);

  /// Cuts `title`. The parts are views into it and, concatenated, are all of it.
  TitleParts Strip(std::string_view title, std::string_view source, std::string_view url) const;

  /// The same, and fills `headline` with the canonical text of what is left, at most
  /// `max_words` words of it, and `reading` as Read does; cheaper than to ask for these apart.
  /// `whole` becomes the canonical text of all of the title where something was stripped and that
  /// has at most `max_words` words, else it is emptied. Both may be null.
  TitleParts Strip(std::string_view title, std::string_view source, std::string_view url,
                   std::size_t max_words, CanonicalText& headline, TitleReading* reading = nullptr,
                   std::string* whole = nullptr) const;

  /// What Strip takes off by what was learned, in order of texts and sources.
  std::vector<LearnedPhrase> Learned() const;

  /// Writes and reads what was learned. Load: into one made with the same bound.
  void Save(SnapshotWriter& out) const;
  void Load(SnapshotReader& in);

  std::size_t MemoryBytes() const;

 private:
  /// How often, and in how many different titles (a set of 64 bits, one bit a title:
  /// the number of bits is at most the number of titles).
  struct Count {
    std::uint64_t titles_seen = 0;
    std::uint32_t titles = 0;
  };
  struct Phrase {  // an ending or opening, whatever the source
    Count count;
    std::uint64_t sources = 0;          // a set as above
    std::uint64_t learned_sources = 0;  // those of which it is a learned ending
  };
  struct Watched {  // a phrase that 4 titles had; counted within headlines from then on
    std::uint32_t within = 0, titles = 0;
  };
  using Side = PhraseFacts::Side;
  struct Note {  // a phrase with many titles, which may be learned
    PhraseFacts facts;
    std::string text, source;
  };

  struct Headline {  // what is left of a title
    TitleParts parts;
    std::size_t begin, end;  // words of the title
  };
  Headline Cut(TitleCuts& cuts, std::string_view title, LazySourceName& name) const;
  void CountPhrase(const TitleReading& reading, const TitleReading::Phrase& phrase,
                   std::string_view title, std::string_view source);
  void NotePhrase(const TitleReading::Phrase& phrase, std::string_view title,
                  std::string_view source);
  void CountWithin(const TitleReading& reading);
  bool IsLearned(const PhraseFacts& facts) const;
  bool IsLearnedEnding(const PhraseFacts& facts) const;
  bool IsLearnedOpening(const PhraseFacts& facts) const;
  double ShareWithin(std::uint64_t phrase) const;
  void Bound();

  std::size_t max_entries_;
  absl::flat_hash_map<std::uint64_t, Count> by_source_;  // of (source, side, phrase)
  absl::flat_hash_map<std::uint64_t, Phrase> phrases_;   // of (side, phrase)
  absl::flat_hash_map<std::uint64_t, Watched> watched_;  // of phrase
  std::array<std::uint64_t, 256> watched_firsts_{};      // of what watched phrases begin with
  absl::flat_hash_map<std::uint64_t, Note> notes_;       // of (source, side, phrase)
};

}  // namespace samestory

#endif  // SAMESTORY_TEXT_SOURCE_DIRT_H_
