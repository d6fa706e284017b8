#ifndef SAMESTORY_TEXT_ASCII_READER_H_
#define SAMESTORY_TEXT_ASCII_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "samestory/text.h"
#include "text/ascii_scan.h"
#include "text/word_hashes.h"
#include "text/word_reader.h"

namespace samestory {

/// Reads runs of plain ASCII words, many bytes at a time, and leaves to WordReader
/// whatever needs thought: what is not ASCII, markup, apostrophes and separators
/// within words, initials, very long words. Writes exactly what WordReader would.
class AsciiReader {
 public:
  /// Words go to `text` and `words`, those of `reader`.
  AsciiReader(std::string_view source, std::size_t max_words, std::string& text,
              std::vector<Word>& words, WordReader& reader)
      : source_(source), max_words_(max_words), text_(text), words_(words), reader_(reader) {}

  /// Words are not written but hashed, and go to `hashes` alone.
  void HashInto(const ShortHasher& hash, WordHashes& hashes) {
    hash_ = &hash;
    hashes_ = &hashes;
  }

  /// Reads from `pos`, where the reader is idle; returns where it must go on.
  std::size_t Read(std::size_t pos);

 private:
  // The 64 bytes from `begin` of the strip, as sets of bits.
  struct Window {
    std::size_t begin;
    std::uint64_t word, upper, digit, special, hard, starts;
  };
  Window Load(std::size_t begin) const;
  struct Progress {
    std::size_t read;  // bytes of the window
    bool stopped;      // what follows them is for WordReader
  };
  struct Stretch {
    std::uint64_t begins, ends;  // a bit where each of its words begins, and behind it
    Progress progress;
  };
  bool IsSpecial(std::size_t at) const;
  Stretch Plain(const Window& window) const;
  Progress WriteWords(const Window& window, bool& starts);
  Progress HashWindow(const Window& window);
  char* Copy(std::size_t begin, std::size_t length, char* out) const;
  std::size_t num_words() const { return hashes_ != nullptr ? hashes_->size() : words_.size(); }

  std::string_view source_;
  std::size_t max_words_;
  std::string& text_;
  std::vector<Word>& words_;
  WordReader& reader_;
  const ShortHasher* hash_ = nullptr;
  WordHashes* hashes_ = nullptr;  // null: words are written
  char* out_ = nullptr;  // where the next word is written, in `text_`
  AsciiStrip strip_;
  std::size_t strip_begin_ = 0, strip_end_ = 0;  // in the source
  std::size_t certain_ = 0;  // words of the strip that end before this do end there
};

}  // namespace samestory

#endif  // SAMESTORY_TEXT_ASCII_READER_H_
