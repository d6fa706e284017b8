#include "text/word_reader.h"

#include "text/number.h"
#include "text/utf8.h"

namespace samestory {

void WordReader::Add(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end) {
  switch (c.kind()) {
    case Kind::kLetter:
    case Kind::kDigit:
      AddLetterOrDigit(c, source_begin, source_end);
      opens_ = false;
      break;
    case Kind::kMark:
      AddMark(c, source_begin, source_end);
      break;
    case Kind::kIdeograph:
      EndWord();
      if (!full()) Start(c, source_begin, source_end);
      opens_ = false;
      break;
    case Kind::kIgnored:
      break;
    default:
      AddPunctuation(c);
      break;
  }
}

void WordReader::AddLetterOrDigit(CodePoint c, std::uint32_t source_begin,
                                  std::uint32_t source_end) {
  if (word_.open && tentative_ && pending_ == Pending::kNone) SplitInitial();
  if (word_.open && Joins(c)) {
    Append(c, source_begin, source_end);
    return;
  }
  EndWord();
  if (!full()) Start(c, source_begin, source_end);
}

// Whether `c`, a letter or a digit, continues the open word over what is pending; writes the
// separator where one is.
bool WordReader::Joins(CodePoint c) {
  const Pending pending = pending_;
  if (word_.ideograph) return false;
  switch (pending) {
    case Pending::kNone:
      word_.initials = 0;
      break;
    case Pending::kApostrophe:
      if (!c.boundary) return false;  // would compose with the letter before the apostrophe
      word_.initials = 0;
      break;
    case Pending::kInitialPossessive:
      if (c.kind() != Kind::kLetter || !c.boundary) return false;
      word_.initials = 0;
      break;
    case Pending::kInitialStop:
      if (c.kind() != Kind::kLetter || !c.boundary) return false;
      before_initial_ = word_;
      initial_begin_ = static_cast<std::uint32_t>(text_.size());
      tentative_ = true;
      ++word_.initials;
      break;
    case Pending::kSeparator:
      if (c.kind() != Kind::kDigit) return false;
      // Room for the separator and the digit, or both begin no word.
      if (text_.size() - word_.begin + 5 > kMaxWordBytes) return false;
      text_.push_back(separator_);
      word_.has_separator = true;
      break;
  }
  pending_ = Pending::kNone;
  return true;
}

void WordReader::Start(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end) {
  if (!words_.empty()) text_.push_back(' ');
  word_ = State{};
  word_.open = true;
  word_.start = starts_;
  word_.ideograph = c.kind() == Kind::kIdeograph;
  word_.initials = c.kind() == Kind::kLetter ? 1 : 0;
  word_.begin = static_cast<std::uint32_t>(text_.size());
  word_.source_begin = source_begin;
  starts_ = false;
  pending_ = Pending::kNone;
  tentative_ = false;
  Append(c, source_begin, source_end);
}

// Adds a letter, digit or mark to the open word.
void WordReader::Append(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end) {
  char bytes[4];
  const std::size_t length = EncodeUtf8(c.mapped, bytes);
  if (text_.size() - word_.begin + length > kMaxWordBytes) {
    if (c.kind() == Kind::kMark) return;
    EndWord();
    if (!full()) Start(c, source_begin, source_end);
    return;
  }
  if (tentative_ && initial_begin_ == text_.size()) {
    initial_source_begin_ = source_begin;
    initial_upper_ = c.upper;
    initial_lower_ = c.lower;
  }
  text_.append(bytes, length);
  word_.source_end = source_end;
  word_.ends_in_digit = c.kind() == Kind::kDigit;
  if (c.kind() == Kind::kMark) {
    ++word_.marks;
    return;
  }
  word_.marks = 0;
  if (c.kind() == Kind::kDigit) {
    word_.has_digit = true;
  } else {
    if (word_.letters == 0) word_.first_upper = c.upper;
    ++word_.letters;
    word_.uppers += c.upper;
    word_.lowers += c.lower;
  }
}

void WordReader::AddMark(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end) {
  if (word_.open && pending_ == Pending::kNone) {
    if (word_.marks < kMaxMarks) Append(c, source_begin, source_end);
    return;
  }
  EndWord();  // a mark on punctuation: belongs to no letter
}

void WordReader::AddPunctuation(CodePoint c) {
  const Kind kind = c.kind();
  if (word_.open && !word_.ideograph) {
    if (pending_ == Pending::kNone) {
      pending_starts_ = c.starts;
      pending_opens_ = c.opens;
      if (kind == Kind::kApostrophe) {
        pending_ = Pending::kApostrophe;
        tentative_ = false;
        return;
      }
      if (kind == Kind::kStop && word_.initials > 0) {
        pending_ = Pending::kInitialStop;
        pending_starts_ = false;  // "J. Smith", "U.S. Senate"
        tentative_ = false;
        return;
      }
      if ((kind == Kind::kStop || kind == Kind::kSeparator) && word_.ends_in_digit) {
        pending_ = Pending::kSeparator;
        separator_ = static_cast<char>(c.mapped);
        return;
      }
    } else if (pending_ == Pending::kInitialStop && kind == Kind::kApostrophe &&
               word_.initials > 1) {
      pending_ = Pending::kInitialPossessive;
      return;
    }
  }
  EndWord();
  const bool quote = kind == Kind::kApostrophe || c.mapped == U'"';
  if (c.starts || (quote && opens_)) starts_ = true;
  opens_ = c.opens;
}

// The letter taken for an initial begins a longer word: "X.com" is "x com".
void WordReader::SplitInitial() {
  const State whole = word_;
  const std::uint32_t begin = initial_begin_;
  word_ = before_initial_;
  tentative_ = false;
  pending_ = Pending::kNone;
  pending_starts_ = false;
  Emit(begin);
  if (full()) {
    text_.resize(begin);
    word_.open = false;
    return;
  }
  text_.insert(begin, 1, ' ');
  word_ = State{};
  word_.open = true;
  word_.first_upper = initial_upper_;
  word_.letters = 1;
  word_.uppers = initial_upper_;
  word_.lowers = initial_lower_;
  word_.marks = whole.marks;
  word_.begin = begin + 1;
  word_.source_begin = initial_source_begin_;
  word_.source_end = whole.source_end;
}

void WordReader::EndWord() {
  if (!word_.open) return;
  Emit(text_.size());
  word_.open = false;
  tentative_ = false;
  if (pending_ != Pending::kNone) {
    starts_ |= pending_starts_;
    opens_ = pending_opens_;
  }
  pending_ = Pending::kNone;
  pending_starts_ = false;
}

// Writes the open word, which reaches to `end` in the text.
void WordReader::Emit(std::size_t end) {
  if (word_.has_separator) end = FoldDigitGroups(text_, word_.begin, end);
  std::uint8_t flags = 0;
  if (word_.first_upper) flags |= kWordCapitalised;
  if (word_.uppers >= 2 && word_.lowers == 0) flags |= kWordAllCaps;
  if (word_.has_digit) flags |= kWordHasDigit;
  if (word_.ideograph) flags |= kWordIdeograph;
  if (word_.start) flags |= kWordStart;
  words_.push_back(
      {word_.begin, static_cast<std::uint32_t>(end), word_.source_begin, word_.source_end, flags});
}

}  // namespace samestory
