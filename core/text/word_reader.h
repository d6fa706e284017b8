#ifndef SAMESTORY_TEXT_WORD_READER_H_
#define SAMESTORY_TEXT_WORD_READER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "samestory/text.h"
#include "text/code_point.h"
#include "text/utf8.h"

namespace samestory {

/// A longer word is cut into words of at most this many bytes.
inline constexpr std::size_t kMaxWordBytes = 256;
/// Marks beyond this many after one letter are dropped (Unicode's Stream-Safe limit).
inline constexpr int kMaxMarks = 30;

/// Builds canonical words from normalised code points, one at a time. This is the
/// definition of a word; every fast path must agree with it.
class WordReader {
 public:
  /// Appends to `text` and `words` until there are `max_words`.
  WordReader(std::string& text, std::vector<Word>& words, std::size_t max_words)
      : text_(text), words_(words), max_words_(max_words) {}

  /// The next code point, in its canonical form (`c.mapped`, `c.kind()`), and
  /// the bytes of the source that it comes from.
  void Add(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end) {
    if (c.kind() == Kind::kLetter && word_.form == Form::kPlain && pending_ == Pending::kNone) {
      Append(c, source_begin, source_end);
    } else {
      AddAny(c, source_begin, source_end);
    }
  }

  /// Ends the word in progress, as a space would.
  void EndWord();

  /// No further word will be written.
  bool full() const { return words_.size() >= max_words_; }

  /// Nothing is in progress: what was read so far has no bearing on the next
  /// word but for `starts` and `opens`.
  bool idle() const { return word_.form == Form::kNone; }

  /// Whether the next word begins a sentence or quotation, and whether a quotation
  /// mark right here would be an opening one.
  bool starts() const { return starts_; }
  bool opens() const { return opens_; }

  /// What it wrote was taken away; `max_words` more may come.
  void Restart(std::size_t max_words) { max_words_ = max_words; }

  /// Tells the reader, which is idle, of words written by another hand.
  void Resume(bool starts, bool opens) { starts_ = starts, opens_ = opens; }

 private:
  enum class Form : std::uint8_t {
    kNone,       // no word in progress
    kPlain,      // letters, digits and their marks
    kInitials,   // single letters, stops between them
    kIdeograph,  // one letter of a script without spaces
  };
  enum class Pending : std::uint8_t {  // what stands behind the word and may yet belong to it
    kNone,
    kApostrophe,
    kInitialStop,
    kInitialPossessive,  // a stop and an apostrophe
    kSeparator,
  };
  struct State {  // the word in progress
    Form form = Form::kNone;
    bool start = false;        // begins a sentence
    bool first_upper = false;  // its first letter is upper case
    bool has_digit = false;
    bool ends_in_digit = false;  // with no mark after it
    bool has_separator = false;
    std::uint32_t letters = 0, uppers = 0, lowers = 0;
    int marks = 0;  // after the last letter
    std::uint32_t length = 0, source_begin = 0, source_end = 0;
  };

  void Append(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end);
  void AddAny(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end);
  void AddLetterOrDigit(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end);
  void AddMark(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end);
  void AddPunctuation(CodePoint c);
  bool Holds(CodePoint c);
  bool Joins(CodePoint c, std::uint32_t source_begin);
  void Start(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end);
  void SplitInitial();
  void Emit();

  std::string& text_;
  std::vector<Word>& words_;
  std::size_t max_words_;
  State word_;
  std::array<char, kMaxWordBytes> bytes_;
  Pending pending_ = Pending::kNone;
  char separator_ = 0;           // which one is pending
  bool pending_starts_ = false;  // what is pending, if it ends the word, starts a sentence
  bool pending_opens_ = false;   // or a quotation mark behind it is an opening one
  bool tentative_ = false;       // the last letter is an initial unless another follows
  State before_initial_;         // the word without it
  State initial_;                // and it alone
  bool starts_ = true, opens_ = true;
};

// Adds a letter, digit or mark to the open word. Past its greatest length a mark is dropped, and
// anything else begins another word.
inline void WordReader::Append(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end) {
  if (word_.length + 4 > kMaxWordBytes) [[unlikely]] {
    char encoded[4];
    if (word_.length + EncodeUtf8(c.mapped, encoded) > kMaxWordBytes) {
      if (c.kind() == Kind::kMark) return;
      EndWord();
      if (!full()) Start(c, source_begin, source_end);
      return;
    }
  }
  word_.length += static_cast<std::uint32_t>(EncodeUtf8(c.mapped, bytes_.data() + word_.length));
  word_.source_end = source_end;
  if (c.kind() == Kind::kMark) {
    ++word_.marks;
    word_.ends_in_digit = false;
    return;
  }
  word_.marks = 0;
  word_.ends_in_digit = c.kind() == Kind::kDigit;
  if (c.kind() == Kind::kDigit) {
    word_.has_digit = true;
    return;
  }
  if (word_.letters == 0) word_.first_upper = c.upper;
  ++word_.letters;
  word_.uppers += c.upper;
  word_.lowers += c.lower;
}

}  // namespace samestory

#endif  // SAMESTORY_TEXT_WORD_READER_H_
