#include "io/json_walker.h"

#include <simdjson.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace samestory::io {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

struct Walked {
  std::vector<std::pair<std::string, std::string>> members;
  std::string error;  ///< empty: the text is valid
};

Walked Walk(std::string text) {
  Walked walked;
  const std::size_t size = text.size();
  text.resize(size + 64);
  JsonIndex index;
  if (index.Build(std::string_view(text).substr(0, size)) != JsonIndex::Error::kNone) {
    walked.error = "index";
    return walked;
  }
  JsonWalker walker(text.data(), size, index);
  std::string_view key;
  std::string_view value;
  while (walker.Next(key, value)) walked.members.emplace_back(key, value);
  if (walker.error() != nullptr) {
    walked.error = walker.error();
    EXPECT_LE(walker.error_offset(), size);
  }
  EXPECT_FALSE(walker.Next(key, value)) << "stays at its end";
  return walked;
}

TEST(JsonWalkerTest, GivesMembersInOrder) {
  const Walked walked =
      Walk(" { \"a\" : \"x y\" , \"b\":[1,{\"c\":2}],\"\":{} ,\"d\":-1.5e3,\"e\" : null } ");
  EXPECT_EQ(walked.error, "");
  EXPECT_THAT(walked.members, ElementsAre(Pair("a", "\"x y\""), Pair("b", "["), Pair("", "{"),
                                          Pair("d", "-1.5e3"), Pair("e", "null")));
  EXPECT_THAT(Walk("{}").members, IsEmpty());
  EXPECT_EQ(Walk("{}").error, "");
}

TEST(JsonWalkerTest, SaysWhatIsWrong) {
  EXPECT_EQ(Walk(R"({"a":1)").error, "the object is not closed");
  EXPECT_EQ(Walk(R"({"a")").error, "the object is not closed");
  EXPECT_EQ(Walk(R"({)").error, "the object is not closed");
  EXPECT_EQ(Walk(R"({"a":{"b":1})").error, "the object is not closed");
  EXPECT_EQ(Walk(R"({"a":1} x)").error, "text follows the object");
  EXPECT_EQ(Walk(R"({"a":1}{})").error, "text follows the object");
  EXPECT_EQ(Walk(R"({"a":1,})").error, "a member or } is missing");
  EXPECT_EQ(Walk(R"({"a" 1})").error, "a colon is missing");
  EXPECT_EQ(Walk(R"({"a":1 "b":2})").error, "a comma or closing bracket is missing");
  EXPECT_EQ(Walk(R"({"a":[1,]})").error, "a value is missing or not valid");
  EXPECT_EQ(Walk(R"({"a":tru})").error, "a value is missing or not valid");
  EXPECT_EQ(Walk(R"({"a":"x"y})").error, "a comma or closing bracket is missing");
  EXPECT_EQ(Walk(R"({"a":"\x"})").error, "an escape is not valid");
  EXPECT_EQ(Walk(R"({a:1})").error, "a member or } is missing");
}

TEST(JsonWalkerTest, BoundsNesting) {
  const auto nested = [](int depth) {
    return "{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  EXPECT_EQ(Walk(nested(JsonWalker::kMaxDepth - 1)).error, "");
  EXPECT_EQ(Walk(nested(JsonWalker::kMaxDepth)).error, "nested too deeply");
  EXPECT_EQ(Walk(nested(1'000'000)).error, "nested too deeply");
}

/// A random JSON value.
std::string RandomJson(std::mt19937_64& random, int depth) {
  static const char* const kScalars[] = {"1",           "-2.5e3", "true",     "false",
                                         "null",        "\"\"",   "\"é\"",    "\"a\\nb\"",
                                         "\"\\u0041\"", "0",      "\"{[,:\"", "12345"};
  static const char* const kBlanks[] = {"", "", "", " ", "\t", " \r"};
  const auto blank = [&] { return kBlanks[random() % std::size(kBlanks)]; };
  const std::size_t kind = depth == 0 ? 0 : depth > 4 ? 2 : random() % 4;
  if (kind >= 2) return blank() + std::string(kScalars[random() % std::size(kScalars)]) + blank();
  std::string json = kind == 0 ? "{" : "[";
  json += blank();
  for (std::size_t i = 0, n = random() % 5; i < n; ++i) {
    if (i > 0) json += ",";
    if (kind == 0) json += std::string(blank()) + "\"k" + std::to_string(i) + "\"" + blank() + ":";
    json += RandomJson(random, depth + 1);
  }
  return json + (kind == 0 ? "}" : "]") + blank();
}

TEST(JsonWalkerTest, AcceptsWhatSimdjsonsParserAccepts) {
  std::mt19937_64 random(3);
  simdjson::dom::parser parser;
  static const std::string kBytes = "{}[]:,\"\\ \tu0a-.1eE+tn";
  int valid = 0;
  for (int round = 0; round < 30'000; ++round) {
    std::string json = RandomJson(random, 0);
    for (std::size_t n = random() % 3; n > 0 && !json.empty(); --n) {
      const std::size_t at = random() % json.size();
      switch (random() % 3) {
        case 0:
          json[at] = kBytes[random() % kBytes.size()];
          break;
        case 1:
          json.erase(at, 1 + random() % 3);
          break;
        default:
          json.insert(at, 1, kBytes[random() % kBytes.size()]);
      }
    }
    simdjson::dom::element element;
    const auto error = parser.parse(json).get(element);
    if (error == simdjson::NUMBER_ERROR) continue;  // its range
    const bool expected = error == simdjson::SUCCESS && element.is_object();
    const Walked walked = Walk(json);
    ASSERT_EQ(walked.error.empty(), expected) << json << "\n" << walked.error << "\n" << error;
    valid += expected;
    if (!expected) continue;
    const simdjson::dom::object members = element.get_object();
    ASSERT_EQ(walked.members.size(), members.size()) << json;
    std::size_t i = 0;
    for (const auto member : members) {
      if (member.value.is_string() && walked.members[i].second.find('\\') == std::string::npos) {
        ASSERT_EQ(walked.members[i].second,
                  "\"" + std::string(member.value.get_string().value()) + "\"");
      }
      ++i;
    }
  }
  EXPECT_GT(valid, 5'000);
}

}  // namespace
}  // namespace samestory::io
