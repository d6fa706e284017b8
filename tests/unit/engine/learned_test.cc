// What the engine learns from the stream, and shows.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "samestory/engine.h"
#include "support/headlines.h"

namespace samestory {
namespace {

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kMonday = 1'700'438'400;

std::string Headline(std::uint32_t n) {
  std::string title;
  for (std::uint32_t word = 0; word < 7; ++word) {
    title += (word > 0 ? " " : "") + test::MadeWord((n * 7 + word) * 2654435761u >> 8 & 4095);
  }
  return title;
}

const LearnedNote* Find(const std::vector<LearnedNote>& notes, LearnedNote::Kind kind) {
  const auto found = std::find_if(notes.begin(), notes.end(),
                                  [&](const LearnedNote& note) { return note.kind == kind; });
  return found == notes.end() ? nullptr : &*found;
}

TEST(Learned, NamesEndingsBoilerplateAndRunningTitles) {
  auto engine = *Engine::Create({});
  const std::string blurb = "Get the latest from our desk of reporters, every day and in one place";
  for (std::uint32_t i = 0; i < 300; ++i) {
    const std::string id = std::to_string(i), title = Headline(i) + " - Coast Desk";
    Record record{.id = id, .title = title, .source = "Gazette"};
    record.published = kMonday + i * kDay / 20;
    if (i % 3 == 0) record.summary = blurb;
    ASSERT_TRUE(engine->Add(record).ok());
    if (i % 20 != 0) continue;
    Record daily{.id = "b", .title = "What we know so far this evening", .source = id};
    daily.published = record.published;
    ASSERT_TRUE(engine->Add(daily).ok());
  }
  for (std::uint32_t i = 0; i < 64; ++i) {  // an epoch, so that all takes effect
    const std::string id = "c" + std::to_string(i), title = Headline(900 + i);
    ASSERT_TRUE(engine->Add(Record{.id = id, .title = title, .published = kMonday + 33 * kDay}).ok());
  }
  const std::vector<LearnedNote> notes = engine->Learned();
  const LearnedNote* ending = Find(notes, LearnedNote::Kind::kEnding);
  ASSERT_NE(ending, nullptr);
  EXPECT_EQ(ending->text, "coast desk");
  EXPECT_EQ(ending->source, "Gazette");
  EXPECT_EQ(ending->seen, 300u);
  const LearnedNote* boilerplate = Find(notes, LearnedNote::Kind::kBoilerplate);
  ASSERT_NE(boilerplate, nullptr);
  EXPECT_EQ(boilerplate->text, blurb);
  const LearnedNote* running = Find(notes, LearnedNote::Kind::kRunningTitle);
  ASSERT_NE(running, nullptr);
  EXPECT_EQ(running->text, "What we know so far this evening");
  EXPECT_GE(running->seen, 3u);
}

std::string Page(std::uint32_t story, std::string_view tail) {
  std::string text;
  for (std::uint32_t line = 0; line < 6; ++line) {
    text += "The " + Headline(1000 + story) + " was seen again by " + Headline(2000 + story * 8 + line) +
            " on Monday.\n";
  }
  return text + std::string(tail) + "\n";
}

// A line that ends in a stop and says nothing of itself is known for another story's headline while
// that story is in the window, and not when it has left it.
TEST(Learned, HeadlinesOfTheWindowAreEvidenceForPages) {
  Options options;
  options.window_seconds = 3 * kDay;
  auto engine = *Engine::Create(options);
  const auto add = [&](const std::string& id, const std::string& title, const std::string& text,
                       std::int64_t published) {
    Record record{.id = id, .title = title, .text = text};
    record.published = published;
    auto decision = engine->Add(record);
    EXPECT_TRUE(decision.ok());
    return *std::move(decision);
  };
  add("first", Headline(1), Page(1, ""), kMonday);
  add("teased", "Kiln workers of Ostermark find a bell from the fourth century", "", kMonday + 60);
  for (std::uint32_t i = 0; i < 70; ++i) {
    add("f" + std::to_string(i), Headline(50 + i), "", kMonday + 120 + i);
  }
  const std::string tail = "Kiln workers of Ostermark find a bell from the fourth century.";
  const Decision within = add("page", Headline(2), Page(2, tail), kMonday + 600);
  ASSERT_EQ(within.other.size(), 1u);
  EXPECT_EQ(within.other[0].of, "teased");
  EXPECT_TRUE(within.other[0].story.has_value());
}

}  // namespace
}  // namespace samestory
