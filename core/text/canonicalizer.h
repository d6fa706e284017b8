#ifndef SAMESTORY_TEXT_CANONICALIZER_H_
#define SAMESTORY_TEXT_CANONICALIZER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "samestory/text.h"
#include "text/ascii_reader.h"
#include "text/code_point.h"
#include "text/markup.h"
#include "text/word_reader.h"

namespace samestory {

/// Reads one text: markup, then normalisation in the smallest independent runs,
/// then words.
class Canonicalizer {
 public:
  /// Whether ASCII takes the vector path. The other value is its oracle.
  enum class Path { kVector, kScalar };

  static void Run(std::string_view utf8, std::size_t max_words, Path path, CanonicalText& out);

  /// Replaces `hashes` by those of the words.
  static void Hash(std::string_view utf8, std::size_t max_words, std::uint64_t seed,
                   WordHashes& hashes);

 private:
  struct Item {
    std::uint32_t code_point;
    CodePoint info;
    std::uint32_t begin, end;  // bytes of the source
  };

  // Whether an item is its own folding.
  static bool IsFixed(const Item& i) { return i.info.simple && i.info.mapped == i.code_point; }

  Canonicalizer(std::string_view utf8, std::size_t max_words, CanonicalText& out);

  // ASCII, and neither markup nor a reference begins with it.
  bool IsPlainAscii(std::size_t pos) const { return samestory::IsPlainAscii(source_[pos]); }

  void ReadAll(Path path);
  void HashWritten();
  std::size_t ReadItem(std::size_t pos);
  void Push(std::uint32_t code_point, std::size_t begin, std::size_t end);
  void PushBreak(std::size_t begin, std::size_t end);
  void FlushRun() {
    if (!holding_) return;
    holding_ = false;
    if (rest_.empty() && first_.info.simple) {
      reader_.Add(first_.info, first_.begin, first_.end);
    } else {
      FlushLongRun();
    }
  }
  void FlushLongRun();

  // Where words are hashed instead of written: those that took thought are hashed too, between.
  struct Hashing {
    ShortHasher hash;
    CanonicalText* written;
    WordHashes* hashes;
    std::size_t max_words;
  };

  std::string_view source_;
  const Hashing* hashing_ = nullptr;
  const CodePointTable& code_points_;
  MarkupReader markup_;
  WordReader reader_;
  AsciiReader ascii_;
  Item first_{};             // of the run that begins at the last normalisation boundary
  bool holding_ = false;     // there is one
  std::vector<Item>& rest_;  // and what follows it
};

}  // namespace samestory

#endif  // SAMESTORY_TEXT_CANONICALIZER_H_
