// Canonical text of any bytes: words in order and in range, both paths equal, and canonical text is
// its own canonical text.
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz_check.h"
#include "samestory/text.h"
#include "text/canonicalizer.h"
#include "text/utf8.h"

namespace samestory {
namespace {

void CheckWords(std::string_view source, const CanonicalText& text) {
  std::uint32_t expected = 0, source_begin = 0, source_end = 0;
  for (const Word& word : text.words()) {
    FUZZ_CHECK(word.begin == expected);
    FUZZ_CHECK(word.end > word.begin && word.end - word.begin <= kMaxWordBytes);
    FUZZ_CHECK(word.end == text.text().size() || text.text()[word.end] == ' ');
    FUZZ_CHECK(word.source_begin < word.source_end && word.source_end <= source.size());
    FUZZ_CHECK(word.source_begin >= source_begin && word.source_end >= source_end);
    expected = word.end + 1;
    source_begin = word.source_begin;
    source_end = word.source_end;
  }
  FUZZ_CHECK(text.empty() ? text.text().empty() : expected == text.text().size() + 1);
  std::size_t repaired = 0;
  RepairUtf8(text.text(), &repaired);
  FUZZ_CHECK(repaired == 0);
}

void CheckPathsAgree(std::string_view source, std::size_t max_words) {
  CanonicalText vector, scalar;
  Canonicalizer::Run(source, max_words, Canonicalizer::Path::kVector, vector);
  Canonicalizer::Run(source, max_words, Canonicalizer::Path::kScalar, scalar);
  FUZZ_CHECK(vector.text() == scalar.text());
  FUZZ_CHECK(vector.words().size() == scalar.words().size());
  FUZZ_CHECK(vector.words().size() <= max_words);
  for (std::size_t i = 0; i < vector.words().size(); ++i) {
    const Word &a = vector.words()[i], &b = scalar.words()[i];
    FUZZ_CHECK(a.begin == b.begin && a.end == b.end && a.flags == b.flags);
    FUZZ_CHECK(a.source_begin == b.source_begin && a.source_end == b.source_end);
  }
}

}  // namespace
}  // namespace samestory

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace samestory;
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  CanonicalText text, again;
  Canonicalize(source, text, 1 << 20);
  CheckWords(source, text);
  CheckPathsAgree(source, 1 << 20);
  CheckPathsAgree(source, size % 7);
  Canonicalize(text.text(), again, 1 << 20);
  FUZZ_CHECK(again.text() == text.text());
  FUZZ_CHECK(Canonicalize(source) == text.text());
  return 0;
}
