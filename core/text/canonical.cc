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
      code_points_(CodePoints()),
      markup_(utf8),
      reader_(out.text_, out.words_, max_words),
      ascii_(utf8, max_words, out.text_, out.words_, reader_),
      rest_([]() -> auto& {
        thread_local std::vector<Item> rest;
        return rest;
      }()) {
  rest_.clear();
}

void Canonicalizer::Run(std::string_view utf8, std::size_t max_words, Path path,
                        CanonicalText& out) {
  out.text_.clear();
  out.words_.clear();
  Canonicalizer self(utf8.substr(0, std::numeric_limits<std::uint32_t>::max()), max_words, out);
  self.ReadAll(path);
}

void Canonicalizer::Hash(std::string_view utf8, std::size_t max_words, std::uint64_t seed,
                         WordHashes& hashes) {
  thread_local CanonicalText written;
  written.text_.clear();
  written.words_.clear();
  hashes.clear();
  Canonicalizer self(utf8.substr(0, std::numeric_limits<std::uint32_t>::max()), max_words, written);
  const Hashing hashing{ShortHasher(seed), &written, &hashes, max_words};
  self.hashing_ = &hashing;
  self.ascii_.HashInto(hashing.hash, hashes);
  self.ReadAll(Path::kVector);
  self.HashWritten();
}

// Hashes the words that the reader, which is idle, wrote.
void Canonicalizer::HashWritten() {
  CanonicalText& written = *hashing_->written;
  if (written.words_.empty()) return;
  written.text_.append(ShortHasher::kReads, '\0');
  for (const Word& word : written.words_) {
    hashing_->hashes->push_back(
        hashing_->hash({written.text_.data() + word.begin, word.end - word.begin}));
  }
  written.text_.clear();
  written.words_.clear();
}

void Canonicalizer::ReadAll(Path path) {
  std::size_t pos = 0;
  while (pos < source_.size() && !reader_.full()) {
    if (!IsPlainAscii(pos)) {
      pos = ReadItem(pos);
      continue;
    }
    FlushRun();  // ASCII changes nothing before it
    if (path == Path::kVector && reader_.idle()) {
      if (hashing_ != nullptr) HashWritten();
      pos = ascii_.Read(pos);
      if (hashing_ != nullptr) reader_.Restart(hashing_->max_words - hashing_->hashes->size());
      if (pos == source_.size() || !IsPlainAscii(pos)) continue;
    }
    const std::size_t end = pos + 1;
    if (end == source_.size() || IsPlainAscii(end)) {
      reader_.Add(code_points_.Get(static_cast<unsigned char>(source_[pos])),
                  static_cast<std::uint32_t>(pos), static_cast<std::uint32_t>(end));
    } else {
      Push(static_cast<unsigned char>(source_[pos]), pos, end);
    }
    pos = end;
  }
  FlushRun();
  reader_.EndWord();
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
  const Item item{code_point, code_points_.Get(code_point), static_cast<std::uint32_t>(begin),
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
      StayApart(first_.code_point, rest_[0].code_point)) {
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
  bool first = true;
  for (const std::uint32_t c : folded) {
    CodePoint info = code_points_.Get(c);
    // One letter of the source, however many it folds to, has one case.
    info.upper = first && first_.info.upper;
    info.lower = first && first_.info.lower;
    first = false;
    reader_.Add(info, first_.begin, end);
  }
}

void Canonicalize(std::string_view utf8, CanonicalText& out, std::size_t max_words) {
  Canonicalizer::Run(utf8, max_words, Canonicalizer::Path::kVector, out);
}

void HashWords(std::string_view utf8, std::size_t max_words, std::uint64_t seed, WordHashes& out) {
  Canonicalizer::Hash(utf8, max_words, seed, out);
}

std::string Canonicalize(std::string_view utf8) {
  thread_local CanonicalText out;
  Canonicalize(utf8, out, std::numeric_limits<std::size_t>::max());
  return std::string(out.text());
}

}  // namespace samestory
