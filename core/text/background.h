#ifndef SAMESTORY_TEXT_BACKGROUND_H_
#define SAMESTORY_TEXT_BACKGROUND_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace samestory {

/// How often words occur in news at large: for each word (by WordHash) the number of texts that
/// hold it, the number of times it stands there, and where in a text it prefers to stand. A table
/// of hashes and counts, no text. docs/split.md says where the shipped table comes from and
/// specifies the format. Const calls may run side by side.
class Background {
 public:
  /// The table of no words.
  Background() = default;

  /// Reads a table. kDataLoss where magic, version, lengths or checksum are wrong.
  static absl::StatusOr<Background> Parse(std::string_view bytes);

  double texts = 0;          ///< texts counted; a text is a page of some 300 words
  double running_words = 0;  ///< words in them, repetitions included

  /// Texts that hold the word; 0 where it is not in the table. Exact up to 16, within 1/16 above.
  /// Cost: two cache lines, the same ones for all that is asked of a word.
  double DocumentFrequency(std::uint32_t word_hash) const;

  /// Hints that each of `words` is asked for soon: two fetches that wait for memory together, where
  /// asking waits for each.
  void Prefetch(std::span<const std::uint32_t> words) const;

  /// Times the word stands in all texts; 0 where it is not in the table. As exact.
  double TermCount(std::uint32_t word_hash) const;

  /// ln of how much likelier the word is in the first sentence of a news text than in those that
  /// follow ("however", "he" and "also" are below 0); 0 where too little is known. Within +-4, in
  /// steps of 1/32.
  double Opening(std::uint32_t word_hash) const;

  /// The same for titles against the text below them (the words of full sentences, "the", "was"
  /// and "that", are below 0).
  double Title(std::uint32_t word_hash) const;

  std::size_t words() const { return entries_.size(); }
  std::size_t MemoryBytes() const;

 private:
  // All of a word beside each other: one look-up is followed by others of the same word.
  struct Entry {
    std::uint16_t suffix;        // lower 16 bits of the hash, ascending by bucket
    std::uint8_t documents;      // a CountCode
    std::uint8_t occurrences;    // a CountCode
    std::int8_t opening, title;  // 32 times Opening() and Title()
  };
  const Entry* Find(std::uint32_t word_hash) const;  // null where it is absent

  std::vector<std::uint32_t> starts_;  // first entry of each value of the upper 16 bits
  std::vector<Entry> entries_;
};

/// The table that the library carries. Lives as long as the process; safe from any thread.
const Background& ShippedBackground();

/// The bytes of the shipped table.
std::string_view ShippedBackgroundBytes();

/// One word of a table to be made.
struct BackgroundWord {
  std::uint32_t hash = 0;
  std::uint64_t documents = 0;
  std::uint64_t occurrences = 0;
  double opening = 0;  ///< as Background::Opening; of two with one hash the first counts
  double title = 0;    ///< as Background::Title; of two with one hash the first counts
};

/// The bytes that Background::Parse reads. Words need no order; of two with one hash the counts
/// are added. kInvalidArgument where more than 255 words share the upper 16 bits of their hash.
absl::StatusOr<std::string> EncodeBackground(std::vector<BackgroundWord> words, std::uint64_t texts,
                                             std::uint64_t running_words);

/// A count as one byte: a float of 5 bits exponent and 3 bits mantissa. Exact up to 16, rounded
/// to the nearest above, at most 16,106,127,360.
std::uint8_t CountCode(std::uint64_t count);
std::uint64_t CountOfCode(std::uint8_t code);

}  // namespace samestory

#endif  // SAMESTORY_TEXT_BACKGROUND_H_
