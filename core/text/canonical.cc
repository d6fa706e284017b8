#include <algorithm>
#include <limits>
#include <span>
#include <string>

#include "text/canonicalizer.h"
#include "text/normalizer.h"
#include "text/utf8.h"

namespace samestory {
namespace {

// Code points of one run that are normalised; what follows without a boundary is dropped.
constexpr std::size_t kMaxRun = 64;

}  // namespace

Canonicalizer::Canonicalizer(std::string_view utf8, std::size_t max_words, CanonicalText& out)
    : source_(utf8),
      markup_(utf8),
      reader_(out.text_, out.words_, max_words),
      ascii_(utf8, max_words, out.text_, out.words_, reader_),
      rest_([]() -> auto& {
        thread_local std::vector<Item> run;
        return run;
      }()) {
  rest_.clear();
}

void Canonicalizer::Run(std::string_view utf8, std::size_t max_words, Path path,
                        CanonicalText& out) {
  out.text_.clear();
  out.words_.clear();
  utf8 = utf8.substr(0, std::numeric_limits<std::uint32_t>::max());
  Canonicalizer self(utf8, max_words, out);
  for (std::size_t pos = 0; pos < utf8.size() && !self.reader_.full();) {
    if (path == Path::kVector && self.AtPlainAscii(pos)) pos = self.ascii_.Read(pos);
    if (pos < utf8.size()) pos = self.ReadItem(pos);
  }
  self.FlushRun();
  self.reader_.EndWord();
}

// Whether the vector path may go on at `pos`.
bool Canonicalizer::AtPlainAscii(std::size_t pos) {
  const char c = source_[pos];
  if ((static_cast<unsigned char>(c) & 0x80) != 0 || c == '&' || c == '<') return false;
  FlushRun();  // ASCII changes nothing before it
  return reader_.idle();
}

// Reads one code point, reference or piece of markup; returns where the next begins.
std::size_t Canonicalizer::ReadItem(std::size_t pos) {
  const char c = source_[pos];
  if (c == '<' || (c == '&' && source_.substr(pos, 4) == "&lt;")) {
    const Markup markup = markup_.Read(pos, c == '&');
    if (markup.length > 0) {
      if (markup.breaks_word) PushBreak(pos, pos + markup.length);
      return pos + markup.length;
    }
  }
  if (c == '&') {
    const Reference reference = ParseReference(source_, pos);
    if (reference.length > 0) {
      const std::size_t end = pos + reference.length;
      for (const std::uint32_t code_point : reference.code_points) {
        if (code_point != 0) Push(code_point, pos, end);
      }
      return end;
    }
  }
  const Decoded step = DecodeUtf8(source_, pos);
  Push(step.code_point, pos, pos + step.length);
  return pos + step.length;
}

void Canonicalizer::Push(std::uint32_t code_point, std::size_t begin, std::size_t end) {
  const Item item{code_point, CodePoints().Get(code_point), static_cast<std::uint32_t>(begin),
                  static_cast<std::uint32_t>(end)};
  if (item.info.kind() == Kind::kIgnored) return;
  if (item.info.boundary || !holding_) {
    FlushRun();
    first_ = item;
    holding_ = true;
  } else if (rest_.size() + 1 < kMaxRun) {
    rest_.push_back(item);
  }
}

void Canonicalizer::PushBreak(std::size_t begin, std::size_t end) { Push(U' ', begin, end); }

// A run of several code points, or one that folds to several.
void Canonicalizer::FlushLongRun() {
  if (rest_.size() == 1 && IsFixed(first_) && IsFixed(rest_[0]) &&
      !Composes(first_.code_point, rest_[0].code_point)) {
    const std::uint32_t end = rest_[0].end;
    reader_.Add(first_.info, first_.begin, end);
    reader_.Add(rest_[0].info, first_.begin, end);
    rest_.clear();
    return;
  }
  thread_local std::vector<std::uint32_t> points, folded;
  points.assign(1, first_.code_point);
  for (const Item& item : rest_) points.push_back(item.code_point);
  const std::uint32_t end = rest_.empty() ? first_.end : rest_.back().end;
  rest_.clear();
  FoldRun(points, folded);
  for (const std::uint32_t c : folded) {
    CodePoint info = CodePoints().Get(c);
    info.upper = first_.info.upper;
    info.lower = first_.info.lower;
    reader_.Add(info, first_.begin, end);
  }
}

void Canonicalize(std::string_view utf8, CanonicalText& out, std::size_t max_words) {
  Canonicalizer::Run(utf8, max_words, Canonicalizer::Path::kVector, out);
}

std::string Canonicalize(std::string_view utf8) {
  thread_local CanonicalText out;
  Canonicalize(utf8, out, std::numeric_limits<std::size_t>::max());
  return std::string(out.text());
}

}  // namespace samestory
