#include <algorithm>

#include "samestory/text.h"
#include "text/code_point.h"
#include "text/sentence_breaker.h"
#include "text/utf8.h"
#include "text/white_space.h"

namespace samestory {
namespace {

// Bytes of the line end at `pos`, or 0.
std::size_t LineEndAt(std::string_view s, std::size_t pos) {
  switch (s[pos]) {
    case '\n':
      return 1;
    case '\r':
      return s.substr(pos, 2) == "\r\n" ? 2 : 1;
    case '\xE2':
      return s.substr(pos, 3) == "\u2028" || s.substr(pos, 3) == "\u2029" ? 3 : 0;
    default:
      return 0;
  }
}

// Whether a sentence may end in `line` before its last character.
bool MayBreak(std::string_view line) {
  for (std::size_t i = 0; i + 1 < line.size();) {
    const auto c = static_cast<unsigned char>(line[i]);
    if (c < 0x80) {
      if (c == '.' || c == '?' || c == '!' || c == ';') return true;  // ; asks in Greek
      ++i;
      continue;
    }
    const Decoded step = DecodeUtf8(line, i);
    // NEL is white space to us and a paragraph's end to UAX #29.
    if (CodePoints().Get(step.code_point).terminal || step.code_point == 0x85) return true;
    i += step.length;
  }
  return false;
}

class Segmenter {
 public:
  Segmenter(std::string_view text, SentenceBreaker* breaker, std::vector<Segment>& out)
      : text_(text), breaker_(breaker), out_(out) {}

  void AddLine(std::size_t begin, std::size_t end, std::size_t number) {
    const std::string_view line = TrimSpace(text_.substr(begin, end - begin));
    if (line.empty()) return;
    begin = static_cast<std::size_t>(line.data() - text_.data());
    if (breaker_ == nullptr || !MayBreak(line)) {
      out_.push_back({begin, begin + line.size(), number});
      return;
    }
    breaker_->Break(line, ends_);
    std::size_t from = 0;
    for (const std::size_t to : ends_) {
      const std::string_view sentence = TrimSpace(line.substr(from, to - from));
      from = to;
      if (sentence.empty()) continue;
      const auto at = static_cast<std::size_t>(sentence.data() - text_.data());
      out_.push_back({at, at + sentence.size(), number});
    }
  }

 private:
  std::string_view text_;
  SentenceBreaker* breaker_;
  std::vector<Segment>& out_;
  std::vector<std::size_t> ends_;
};

}  // namespace

std::vector<Segment> SegmentText(std::string_view utf8, Segmentation segmentation,
                                 std::string_view lang) {
  std::vector<Segment> out;
  SentenceBreaker* breaker =
      segmentation == Segmentation::kSentences ? &SentenceBreaker::ForLanguage(lang) : nullptr;
  Segmenter segmenter(utf8, breaker, out);
  std::size_t begin = 0, number = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    const std::size_t line_end = LineEndAt(utf8, i);
    if (line_end == 0) {
      ++i;
      continue;
    }
    segmenter.AddLine(begin, i, number++);
    i += line_end;
    begin = i;
  }
  segmenter.AddLine(begin, utf8.size(), number);
  return out;
}

}  // namespace samestory
