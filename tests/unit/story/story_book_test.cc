#include "story/story_book.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/snapshot.h"

namespace samestory {
namespace {

using ::testing::ElementsAre;

std::vector<ItemNumber> Members(const StoryBook& book, StoryNumber story) {
  std::vector<ItemNumber> members;
  book.ForEachMember(story, [&](ItemNumber item) {
    members.push_back(item);
    return true;
  });
  return members;
}

TEST(StoryBook, AStoryIsNamedAfterTheItemThatBeganIt) {
  StoryBook book;
  EXPECT_EQ(book.Begin(), 0u);
  EXPECT_EQ(book.Begin(), 1u);
  EXPECT_EQ(book.Join(0), 2u);
  EXPECT_EQ(book.StoryOf(2), 0u);
  EXPECT_EQ(book.StoryOf(1), 1u);
  EXPECT_EQ(book.Size(0), 2u);
  EXPECT_EQ(book.Size(1), 1u);
  EXPECT_EQ(book.num_stories(), 2u);
  EXPECT_THAT(Members(book, 0), ElementsAre(0, 2));
  EXPECT_THAT(Members(book, 1), ElementsAre(1));
}

TEST(StoryBook, MergeKeepsOrderOfArrivalAndResolves) {
  StoryBook book;
  book.Begin();  // 0
  book.Begin();  // 1
  book.Join(0);  // 2
  book.Join(1);  // 3
  book.Begin();  // 4
  book.Merge(1, 0);
  EXPECT_THAT(Members(book, 0), ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(book.StoryOf(3), 0u);
  EXPECT_EQ(book.Resolve(1), 0u);
  EXPECT_EQ(book.num_stories(), 2u);
  book.Merge(4, 0);
  EXPECT_THAT(Members(book, 0), ElementsAre(0, 1, 2, 3, 4));
  EXPECT_EQ(book.num_stories(), 1u);
}

TEST(StoryBook, TheOldestLivingMemberIsTheAnchor) {
  StoryBook book;
  book.Begin();  // 0
  book.Begin();  // 1
  book.Join(0);  // 2
  EXPECT_FALSE(book.ExpireOldest());  // 0: its story lives on in 2
  EXPECT_EQ(book.Anchor(0), 2u);
  EXPECT_EQ(book.StoryOf(2), 0u);
  EXPECT_TRUE(book.ExpireOldest());  // 1
  EXPECT_EQ(book.Join(0), 3u);
  EXPECT_FALSE(book.ExpireOldest());  // 2
  EXPECT_TRUE(book.ExpireOldest());   // 3
  EXPECT_EQ(book.num_stories(), 0u);
  EXPECT_EQ(book.Begin(), 4u);  // numbers are never given twice
}

// The slow and obvious bookkeeper.
struct Oracle {
  std::map<StoryNumber, std::set<ItemNumber>> stories;
  StoryNumber StoryOf(ItemNumber item) const {
    for (const auto& [story, members] : stories) {
      if (members.contains(item)) return story;
    }
    return 0xffffffffU;
  }
};

StoryBook SavedAndLoaded(const StoryBook& book) {
  test::MemorySnapshot snapshot;
  SnapshotWriter out(snapshot, "stories");
  book.Save(out);
  EXPECT_TRUE(out.Finish().ok());
  StoryBook loaded;
  SnapshotReader in(snapshot, "stories");
  loaded.Load(in);
  EXPECT_TRUE(in.Finish().ok());
  return loaded;
}

TEST(StoryBook, AgreesWithTheOracleOnRandomHistories) {
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    std::mt19937 random(seed);
    StoryBook book;
    Oracle oracle;
    for (int step = 0; step < 400; ++step) {
      std::vector<StoryNumber> alive;
      for (const auto& [story, members] : oracle.stories) alive.push_back(story);
      const int action = random() % 12;
      if (alive.empty() || action < 4) {
        const ItemNumber item = book.Begin();
        oracle.stories[item] = {item};
      } else if (action < 7) {
        const StoryNumber story = alive[random() % alive.size()];
        oracle.stories[story].insert(book.Join(story));
      } else if (action == 7 && alive.size() > 1) {
        const StoryNumber from = alive[1 + random() % (alive.size() - 1)], into = alive[0];
        book.Merge(from, into);
        oracle.stories[into].merge(oracle.stories[from]);
        oracle.stories.erase(from);
      } else if (action == 8 && alive.size() > 1) {
        const auto& [story, members] = *std::next(oracle.stories.begin());
        const ItemNumber item = *std::next(members.begin(), random() % members.size());
        EXPECT_TRUE(book.Lives(item));
        const bool ends = members.size() == 1;
        EXPECT_EQ(book.Forget(item), ends);
        EXPECT_FALSE(book.Lives(item));
        if (ends) {
          oracle.stories.erase(story);
        } else {
          oracle.stories[story].erase(item);
        }
      } else if (action == 9) {
        book = SavedAndLoaded(book);
      } else if (action > 9 && book.first() < book.next()) {
        const ItemNumber oldest = book.first();
        if (!book.Lives(oldest)) {
          EXPECT_FALSE(book.ExpireOldest());
          continue;
        }
        const StoryNumber story = oracle.StoryOf(oldest);
        oracle.stories[story].erase(oldest);
        const bool ends = oracle.stories[story].empty();
        if (ends) oracle.stories.erase(story);
        EXPECT_EQ(book.ExpireOldest(), ends);
      }
      ASSERT_EQ(book.num_stories(), oracle.stories.size());
    }
    for (const auto& [story, members] : oracle.stories) {
      EXPECT_EQ(book.Anchor(story), *members.begin());
      EXPECT_EQ(book.Size(story), members.size());
      EXPECT_THAT(Members(book, story), ::testing::ElementsAreArray(members));
      for (const ItemNumber item : members) EXPECT_EQ(book.StoryOf(item), story);
    }
  }
}

TEST(StoryBook, ALongStreamWithAWindowHoldsBoundedMemory) {
  StoryBook book;
  book.Begin();
  std::size_t most = 0;
  for (int i = 0; i < 200'000; ++i) {
    book.Join(0);
    if (i > 1000) book.ExpireOldest();
    if (i == 20'000) most = book.MemoryBytes();
  }
  EXPECT_LE(book.MemoryBytes(), 2 * most);
  EXPECT_EQ(book.Size(0), 1001u + 1);
}

}  // namespace
}  // namespace samestory
