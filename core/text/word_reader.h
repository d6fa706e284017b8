#ifndef SAMESTORY_TEXT_WORD_READER_H_
#define SAMESTORY_TEXT_WORD_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "samestory/text.h"
#include "text/code_point.h"

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
  void Add(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end);

  /// Ends the word in progress, as a space would.
  void EndWord();

  /// No further word will be written.
  bool full() const { return words_.size() >= max_words_; }

  /// Nothing is in progress: what was read so far has no bearing on the next
  /// word but for `starts` and `opens`.
  bool idle() const { return !word_.open; }

  /// Whether the next word begins a sentence or quotation, and whether a quotation
  /// mark right here would be an opening one.
  bool starts() const { return starts_; }
  bool opens() const { return opens_; }

  /// Tells the reader, which is idle, of words written by another hand.
  void Resume(bool starts, bool opens) { starts_ = starts, opens_ = opens; }

 private:
  enum class Pending : std::uint8_t {
    kNone,
    kApostrophe,
    kInitialStop,
    kInitialPossessive,
    kSeparator
  };
  struct State {  // of the word in progress
    bool open = false;
    bool start = false;        // begins a sentence
    bool first_upper = false;  // its first letter is upper case
    bool ideograph = false;
    bool has_digit = false;
    bool ends_in_digit = false;  // with no mark after it
    bool has_separator = false;
    std::uint32_t uppers = 0, lowers = 0, letters = 0;
    std::uint32_t initials = 0;  // single letters so far, stops between them; 0: another word
    int marks = 0;               // after the last letter
    std::uint32_t begin = 0, source_begin = 0, source_end = 0;
  };

  void AddLetterOrDigit(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end);
  void AddMark(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end);
  void AddPunctuation(CodePoint c);
  bool Joins(CodePoint c);
  void Start(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end);
  void Append(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end);
  void SplitInitial();
  void Emit(std::size_t end);

  std::string& text_;
  std::vector<Word>& words_;
  std::size_t max_words_;
  State word_;
  Pending pending_ = Pending::kNone;
  char separator_ = 0;           // which one is pending
  bool pending_starts_ = false;  // and whether it starts a sentence, if it ends the word
  bool pending_opens_ = false;   // or a quotation mark behind it is an opening one
  bool tentative_ = false;       // the last letter counts as an initial unless another follows
  State before_initial_;         // the word without it
  std::uint32_t initial_begin_ = 0, initial_source_begin_ = 0;
  bool initial_upper_ = false, initial_lower_ = false;
  bool starts_ = true, opens_ = true;
};

}  // namespace samestory

#endif  // SAMESTORY_TEXT_WORD_READER_H_
