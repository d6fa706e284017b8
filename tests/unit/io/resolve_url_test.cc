#include "io/resolve_url.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace samestory::io {
namespace {

TEST(ResolveUrlTest, PassesTheExamplesOfRfc3986) {
  const std::pair<const char*, const char*> examples[] = {
      // Section 5.4.1, normal examples.
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"g;x", "http://a/b/c/g;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      // Section 5.4.2, abnormal examples.
      {"../../../g", "http://a/g"},
      {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {".g", "http://a/b/c/.g"},
      {"g..", "http://a/b/c/g.."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/./x", "http://a/b/c/g?y/./x"},
      {"g#s/../x", "http://a/b/c/g#s/../x"},
  };
  for (const auto& [reference, expected] : examples) {
    EXPECT_EQ(ResolveUrl("http://a/b/c/d;p?q", reference), expected) << reference;
  }
}

TEST(ResolveUrlTest, CopesWithOddBases) {
  EXPECT_EQ(ResolveUrl("", "a/b"), "a/b");
  EXPECT_EQ(ResolveUrl("relative/base", "a/b"), "a/b");
  EXPECT_EQ(ResolveUrl("mailto:x@example.org", "a"), "a");
  EXPECT_EQ(ResolveUrl("https://example.org", "a"), "https://example.org/a");
  EXPECT_EQ(ResolveUrl("https://example.org?x", "a"), "https://example.org/a");
  EXPECT_EQ(ResolveUrl("https://example.org", "?a"), "https://example.org?a");
  EXPECT_EQ(ResolveUrl("https://example.org/x", "https://other.example/y"),
            "https://other.example/y");
}

}  // namespace
}  // namespace samestory::io
