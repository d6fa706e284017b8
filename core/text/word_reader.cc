#include "text/word_reader.h"

#include <algorithm>

#include "text/number.h"

namespace samestory {

void WordReader::AddAny(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end) {
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
  if (tentative_ && pending_ == Pending::kNone) SplitInitial();
  if (Joins(c, source_begin)) {
    Append(c, source_begin, source_end);
    return;
  }
  EndWord();
  if (!full()) Start(c, source_begin, source_end);
}

// Whether `c`, a letter or a digit, continues the word over what is pending; writes the separator
// where one is.
bool WordReader::Joins(CodePoint c, std::uint32_t source_begin) {
  if (word_.form == Form::kNone || word_.form == Form::kIdeograph) return false;
  const bool letter = c.kind() == Kind::kLetter;
  switch (pending_) {
    case Pending::kNone:
      word_.form = Form::kPlain;
      return true;
    case Pending::kApostrophe:
      if (!c.boundary) return false;  // would compose with the letter before the apostrophe
      word_.form = Form::kPlain;
      break;
    case Pending::kInitialPossessive:
      if (!letter || !c.boundary) return false;
      word_.form = Form::kPlain;
      break;
    case Pending::kInitialStop:
      if (!letter || !c.boundary) return false;
      before_initial_ = word_;
      initial_ = State{};
      initial_.form = Form::kInitials;
      initial_.first_upper = c.upper;
      initial_.letters = 1;
      initial_.uppers = c.upper;
      initial_.lowers = c.lower;
      initial_.source_begin = source_begin;
      tentative_ = true;
      break;
    case Pending::kSeparator:
      // Room for the separator and the digit, or neither belongs to this word.
      if (c.kind() != Kind::kDigit || word_.length + 5 > kMaxWordBytes) return false;
      bytes_[word_.length++] = separator_;
      word_.has_separator = true;
      break;
  }
  pending_ = Pending::kNone;
  return true;
}

void WordReader::Start(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end) {
  word_ = State{};
  word_.form = c.kind() == Kind::kIdeograph ? Form::kIdeograph
               : c.kind() == Kind::kLetter  ? Form::kInitials
                                            : Form::kPlain;
  word_.start = starts_;
  word_.source_begin = source_begin;
  starts_ = false;
  pending_ = Pending::kNone;
  tentative_ = false;
  Append(c, source_begin, source_end);
}

void WordReader::AddMark(CodePoint c, std::uint32_t source_begin, std::uint32_t source_end) {
  if (word_.form != Form::kNone && pending_ == Pending::kNone) {
    if (word_.marks < kMaxMarks) Append(c, source_begin, source_end);
    return;
  }
  EndWord();  // a mark on punctuation: belongs to no letter
}

void WordReader::AddPunctuation(CodePoint c) {
  if (Holds(c)) return;
  EndWord();
  const bool quote = c.kind() == Kind::kApostrophe || c.mapped == U'"';
  if (c.starts || (quote && opens_)) starts_ = true;
  opens_ = c.opens;
}

// Whether `c` may yet belong to the word and is held until the next code point tells.
bool WordReader::Holds(CodePoint c) {
  if (word_.form == Form::kNone || word_.form == Form::kIdeograph) return false;
  const bool initials = word_.form == Form::kInitials;
  if (pending_ == Pending::kInitialStop) {
    if (c.kind() != Kind::kApostrophe || word_.letters < 2) return false;
    pending_ = Pending::kInitialPossessive;
    return true;
  }
  if (pending_ != Pending::kNone) return false;
  if (c.kind() == Kind::kApostrophe) {
    pending_ = Pending::kApostrophe;
  } else if (c.kind() == Kind::kStop && initials) {
    pending_ = Pending::kInitialStop;
  } else if ((c.kind() == Kind::kStop || c.kind() == Kind::kSeparator) && word_.ends_in_digit) {
    pending_ = Pending::kSeparator;
    separator_ = static_cast<char>(c.mapped);
  } else {
    return false;
  }
  tentative_ = false;
  pending_starts_ = c.starts && pending_ != Pending::kInitialStop;  // "J. Reed", "U.S. Navy"
  pending_opens_ = c.opens;
  return true;
}

// The letter taken for an initial begins a longer word: "X.com" is "x com".
void WordReader::SplitInitial() {
  const State whole = word_;
  word_ = before_initial_;
  tentative_ = false;
  Emit();
  word_ = State{};
  if (full()) return;
  std::copy(bytes_.begin() + before_initial_.length, bytes_.begin() + whole.length, bytes_.begin());
  word_ = initial_;
  word_.length = whole.length - before_initial_.length;
  word_.marks = whole.marks;
  word_.source_end = whole.source_end;
}

void WordReader::EndWord() {
  if (word_.form == Form::kNone) return;
  Emit();
  word_.form = Form::kNone;
  tentative_ = false;
  if (pending_ != Pending::kNone) {
    starts_ |= pending_starts_;
    opens_ = pending_opens_;
  }
  pending_ = Pending::kNone;
}

// Writes the word in progress.
void WordReader::Emit() {
  std::size_t length = word_.length;
  if (word_.has_separator) length = FoldDigitGroups({bytes_.data(), length});
  const auto flags = static_cast<std::uint8_t>(
      (word_.first_upper ? kWordCapitalised : 0) |
      (word_.uppers >= 2 && word_.lowers == 0 ? kWordAllCaps : 0) |
      (word_.has_digit ? kWordHasDigit : 0) |
      (word_.form == Form::kIdeograph ? kWordIdeograph : 0) | (word_.start ? kWordStart : 0));
  if (!words_.empty()) text_.push_back(' ');
  const auto begin = static_cast<std::uint32_t>(text_.size());
  text_.append(bytes_.data(), length);
  words_.push_back({begin, static_cast<std::uint32_t>(text_.size()), word_.source_begin,
                    word_.source_end, flags});
}

}  // namespace samestory
