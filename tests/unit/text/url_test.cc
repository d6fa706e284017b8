#include "text/url.h"

#include <gtest/gtest.h>

#include <iterator>
#include <string>

#include "random_text.h"
#include "samestory/text.h"

namespace samestory {
namespace {

struct Case {
  std::string_view url, canonical;
};

class CanonicalUrls : public testing::TestWithParam<Case> {};

TEST_P(CanonicalUrls, GivesOneForm) {
  EXPECT_EQ(CanonicalUrl(GetParam().url), GetParam().canonical);
}

TEST_P(CanonicalUrls, IsItsOwnForm) {
  EXPECT_EQ(CanonicalUrl(GetParam().canonical), GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Hosts, CanonicalUrls,
    testing::Values(Case{"HTTP://WWW.Example.COM/", "https://example.com"},
                    Case{"http://example.com:80/a", "https://example.com/a"},
                    Case{"https://example.com:443/a", "https://example.com/a"},
                    Case{"https://example.com:8443/a", "https://example.com:8443/a"},
                    Case{"https://m.example.co.uk/a", "https://example.co.uk/a"},
                    Case{"https://amp.www.example.com./a", "https://example.com/a"},
                    Case{"https://m.com/a", "https://m.com/a"},
                    Case{"https://me:pw@example.com/a", "https://example.com/a"},
                    Case{" https://example.com/a\n", "https://example.com/a"}));

INSTANTIATE_TEST_SUITE_P(
    Paths, CanonicalUrls,
    testing::Values(Case{"https://example.com/A/b/", "https://example.com/A/b"},
                    Case{"https://example.com/%7Ea/%c3%a9", "https://example.com/~a/%C3%A9"},
                    Case{"https://example.com/é", "https://example.com/%C3%A9"},
                    Case{"https://example.com/100%", "https://example.com/100%25"},
                    Case{"https://example.com/a#top", "https://example.com/a"},
                    Case{"https://example.com/a//b", "https://example.com/a//b"}));

INSTANTIATE_TEST_SUITE_P(
    Queries, CanonicalUrls,
    testing::Values(
        Case{"https://example.com/?b=2&a=1", "https://example.com?a=1&b=2"},
        Case{"https://example.com/a?utm_source=x&UTM_medium=y&fbclid=z&id=7",
             "https://example.com/a?id=7"},
        Case{"https://example.com/a?id=7&amp;utm_source=x", "https://example.com/a?id=7"},
        Case{"https://example.com/a?&&", "https://example.com/a"},
        Case{"https://example.com/a?q", "https://example.com/a?q"},
        Case{"https://example.com/a?outputType=amp&x=1", "https://example.com/a?x=1"},
        Case{"https://example.com/a?output=json", "https://example.com/a?output=json"}));

INSTANTIATE_TEST_SUITE_P(
    Amp, CanonicalUrls,
    testing::Values(Case{"https://example.com/news/dam/amp/", "https://example.com/news/dam"},
                    Case{"https://example.com/amp/news/dam", "https://example.com/news/dam"},
                    Case{"https://example.com/news/dam.amp", "https://example.com/news/dam"},
                    Case{"https://example.com/dam.amp.html?amp=1", "https://example.com/dam.html"},
                    Case{"https://example.com/camp/lamp", "https://example.com/camp/lamp"},
                    Case{"https://www.google.com/amp/s/www.example.com/dam",
                         "https://example.com/dam"},
                    Case{"https://example-com.cdn.ampproject.org/c/s/example.com/dam?x=1",
                         "https://example.com/dam?x=1"},
                    Case{"https://www.google.com/amplify", "https://google.com/amplify"}));

INSTANTIATE_TEST_SUITE_P(NoUrls, CanonicalUrls,
                         testing::Values(Case{"", ""}, Case{" not a url ", "not a url"},
                                         Case{"ftp://example.com/a/", "ftp://example.com/a/"},
                                         Case{"/a/b?utm_source=x", "/a/b?utm_source=x"},
                                         Case{"http://", "http://"},
                                         Case{"mailto:a@example.com", "mailto:a@example.com"}));

TEST(CanonicalUrl, OfACacheOfACache) {
  std::string url = "https://example.com/dam";
  for (int i = 0; i < 20'000; ++i) url = "https://cdn.ampproject.org/c/s/" + url.substr(8);
  EXPECT_EQ(CanonicalUrl(url), "https://example.com/dam");
  EXPECT_EQ(CanonicalUrl("https://cdn.ampproject.org/c/amp/s/example.com"),
            "https://cdn.ampproject.org/c/amp/s/example.com");
}

TEST(CanonicalUrl, IsIdempotent) {
  RandomText random(1);
  for (int i = 0; i < 100'000; ++i) {
    std::string url = "http://" + random.Ascii("wm.aAp:8@0", 14);
    for (std::uint32_t parts = random.Below(5); parts > 0; --parts) {
      static constexpr std::string_view kParts[] = {
          "/amp", "/s/",       "cdn.ampproject.org", "www.google.com", "/c/",     "%73",
          "%2F",  ".amp.html", "?%75tm_x=1",         "&amp;",          "&ocid=1", "x.y",
          "/"};
      url += kParts[random.Below(std::size(kParts))];
    }
    url += random.Ascii("/am.p%4fE?&;=# htl\xC2\xA0", 40);
    const std::string canonical = CanonicalUrl(url);
    ASSERT_EQ(CanonicalUrl(canonical), canonical) << url;
  }
}

TEST(SplitHost, GivesTheHostAlone) {
  EXPECT_EQ(SplitHost("https://www.Example.com/a?b").host, "example.com");
  EXPECT_EQ(SplitHost("https://www.Example.com/a?b").path, "/a");
  EXPECT_EQ(SplitHost("https://www.Example.com/a?b#c").query, "?b");
  EXPECT_EQ(SplitHost("example.com").host, "");
}

}  // namespace
}  // namespace samestory
