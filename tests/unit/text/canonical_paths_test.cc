// The fast ways through Canonicalize against the slow ones.
#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "news_data.h"
#include "random_text.h"
#include "samestory/text.h"
#include "text/canonicalizer.h"
#include "text/word_hashes.h"

namespace samestory {
namespace {

constexpr std::size_t kAllWords = std::numeric_limits<std::size_t>::max();

testing::AssertionResult PathsAgree(std::string_view source, std::size_t max_words = kAllWords) {
  CanonicalText vector, scalar;
  Canonicalizer::Run(source, max_words, Canonicalizer::Path::kVector, vector);
  Canonicalizer::Run(source, max_words, Canonicalizer::Path::kScalar, scalar);
  if (vector.text() != scalar.text()) {
    return testing::AssertionFailure()
           << "of \"" << source << "\":\nvector " << vector.text() << "\nscalar " << scalar.text();
  }
  for (std::size_t i = 0; i < scalar.words().size(); ++i) {
    const Word &a = vector.words()[i], &b = scalar.words()[i];
    if (a.begin != b.begin || a.end != b.end || a.source_begin != b.source_begin ||
        a.source_end != b.source_end || a.flags != b.flags) {
      return testing::AssertionFailure() << "of \"" << source << "\": word " << i << ", flags "
                                         << int{a.flags} << " and " << int{b.flags};
    }
  }
  WordHashes hashes, expected;
  HashWords(source, max_words, 7, hashes);
  HashWords(scalar, 7, expected);
  if (hashes != expected) {
    return testing::AssertionFailure() << "hashes of words of \"" << source << "\"";
  }
  return testing::AssertionSuccess();
}

TEST(VectorPath, AgreesOnRandomAscii) {
  RandomText random(1);
  std::string printable;
  for (char c = 1; c < 127; ++c) printable.push_back(c);
  for (int i = 0; i < 20'000; ++i) {
    ASSERT_TRUE(PathsAgree(random.Ascii(printable, 200)));
    ASSERT_TRUE(PathsAgree(random.Ascii("aB3.,:-/'\" ?", 90)));
    ASSERT_TRUE(PathsAgree(random.Ascii("Ab1.' &#;<>/", 90), random.Below(8)));
  }
}

TEST(VectorPath, AgreesWhereAsciiMeetsOtherText) {
  RandomText random(2);
  for (int i = 0; i < 10'000; ++i) {
    std::string text;
    for (int part = 0; part < 6; ++part) {
      text += random.Ascii("abC 1.,'", 40) + random.Unicode(2);
    }
    ASSERT_TRUE(PathsAgree(text));
  }
}

TEST(VectorPath, AgreesAtTheEdgesOfItsStrips) {
  // Every feature at every distance from the end of the 64-byte windows and the 1024-byte strip.
  for (const std::string feature : {"U.S.", "1,200", "don't", "e.g", "word", "X.com", "'q'", "é"}) {
    for (std::size_t before = 0; before < 70; ++before) {
      ASSERT_TRUE(PathsAgree(std::string(before, ' ') + feature + " tail"));
      ASSERT_TRUE(PathsAgree(std::string(960 + before, 'a') + " " + feature + " tail"));
      ASSERT_TRUE(PathsAgree("Lead: " + std::string(955 + before, '.') + feature));
    }
  }
}

// What may combine with the last character of a strip belongs to one run with it.
TEST(VectorPath, AgreesWhereARunSpansTwoStrips) {
  for (const std::string_view behind :
       {"\u1161B.", "\u0301a", "&#x301;a", "&#4449;b", "<b>c", "\u0338"}) {
    for (const char last : {'\'', '=', 'a', ' ', '.', '>'}) {
      for (std::size_t before = 1'020; before < 1'027; ++before) {
        ASSERT_TRUE(PathsAgree(std::string(before, ' ') + last + std::string(behind)));
      }
    }
  }
}

TEST(VectorPath, AgreesOnLongText) {
  RandomText random(3);
  std::string text;
  while (text.size() < 100'000) {
    text += random.Ascii("abcdEF1 ", 30) + random.Ascii(".,:' ", 3) + random.Unicode(1);
  }
  ASSERT_TRUE(PathsAgree(text));
  ASSERT_TRUE(PathsAgree(text, 3'000));
}

TEST(VectorPath, AgreesOnRealHeadlines) {
  std::size_t titles = 0;
  for (const char* file : {"headlines_newsapi.ndjson.gz", "headlines_nonlatin.ndjson.gz"}) {
    for (const std::string& line : NewsLines(file, 20'000)) {
      ASSERT_TRUE(PathsAgree(Field(line, "title")));
      ASSERT_TRUE(PathsAgree(Field(line, "description")));
      ++titles;
    }
  }
  if (titles == 0) GTEST_SKIP() << "no news data in " SAMESTORY_DATA_DIR;
}

// NFKC case folding of a whole text at once.
std::string FoldWhole(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
  const icu::UnicodeString folded =
      normalizer->normalize(icu::UnicodeString::fromUTF8(text), error);
  EXPECT_TRUE(U_SUCCESS(error));
  std::string out;
  folded.toUTF8String(out);
  return out;
}

// What NFKC case folding may change that Canonicalize reads before it: apostrophes that fold to a
// space and an accent, marks that it drops (an enclosing mark, dropped after folding, may have kept
// two others from composing), and markup.
bool ReadsBeforeFolding(std::string_view text) {
  for (std::string_view special : {"\u00B4", "&", "<", "\uFF06", "\uFF1C", "\uFE60", "\uFE64"}) {
    if (text.find(special) != std::string_view::npos) return true;
  }
  for (std::size_t i = 0; i < text.size();) {
    const Decoded step = DecodeUtf8(text, i);
    if (CodePoints().Get(step.code_point).kind() == Kind::kIgnored) return true;
    i += step.length;
  }
  return false;
}

TEST(Normalization, InRunsIsThatOfTheWholeText) {
  RandomText random(4);
  int compared = 0;
  for (int i = 0; i < 60'000; ++i) {
    const std::string text = random.Unicode(24);
    if (ReadsBeforeFolding(text)) continue;
    ++compared;
    ASSERT_EQ(Canonicalize(text), Canonicalize(FoldWhole(text))) << text;
  }
  EXPECT_GT(compared, 1'000);
}

TEST(Normalization, ThreadsShareTheTableOfCodePoints) {
  RandomText random(6);
  std::vector<std::string> texts(2'000), expected;
  for (std::string& text : texts) text = random.Unicode(30);
  std::vector<std::vector<std::string>> results(4);
  std::vector<std::thread> threads;
  for (auto& result : results) {
    threads.emplace_back([&result, &texts] {
      for (const std::string& text : texts) result.push_back(Canonicalize(text));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& text : texts) expected.push_back(Canonicalize(text));
  for (const auto& result : results) EXPECT_EQ(result, expected);
}

TEST(Normalization, CanonicalTextIsItsOwn) {
  RandomText random(5);
  for (int i = 0; i < 40'000; ++i) {
    const std::string text = Canonicalize(random.Unicode(40));
    ASSERT_EQ(Canonicalize(text), text);
  }
}

}  // namespace
}  // namespace samestory
