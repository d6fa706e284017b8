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
#include "text/title_cuts.h"

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

  /// Cuts `title`. The parts are views into it and, concatenated, are all of it.
  TitleParts Strip(std::string_view title, std::string_view source, std::string_view url) const;

  /// The same, and fills `headline` with the canonical text of what is left, at most
  /// `max_words` words of it; cheaper than to ask for that apart.
  TitleParts Strip(std::string_view title, std::string_view source, std::string_view url,
                   std::size_t max_words, CanonicalText& headline) const;

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
  enum class Side : std::uint8_t { kEnding = 1, kOpening = 2 };
  struct Place {  // of a phrase in a title
    std::size_t begin, end;
    Side side;
    bool wire;
  };
  struct PhraseFacts {  // all of a phrase that the rules ask for beside its counts
    std::uint64_t phrase = 0;
    std::uint64_t source = 0;  // 0: unknown, or whatever the source
    Side side = Side::kEnding;
    bool wire = false, number = false, single = false;
  };
  struct Note {  // a phrase with many titles, which may be learned
    PhraseFacts facts;
    std::string text, source;
  };

  TitleParts Cut(TitleCuts& cuts, std::string_view title, std::string_view source,
                 std::string_view url) const;
  static PhraseFacts FactsOf(const TitleCuts& cuts, const Place& place, std::uint64_t source);
  static std::uint64_t KeyOf(const PhraseFacts& facts);
  void CountPhrase(const TitleCuts& cuts, const Place& place, std::uint64_t source,
                   std::string_view source_name, std::uint64_t title);
  void NotePhrase(const TitleCuts& cuts, const Place& place, const PhraseFacts& facts,
                  std::string_view source_name);
  void CountWithin(const TitleCuts& cuts, std::size_t begin, std::size_t end);
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
