#include "store/sections.h"

#include <gtest/gtest.h>

#include "scratch.h"
#include "store/meta.h"
#include "store/schema.h"

namespace samestory::store {
namespace {

class Sections : public testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<std::unique_ptr<Database>> opened =
        Database::Open(scratch_ / "db", Database::Mode::kReadWrite);
    ASSERT_TRUE(opened.ok()) << opened.status();
    database_ = *std::move(opened);
    ASSERT_TRUE(CreateSchema(*database_).ok());
    const Manifest none;
    SectionSink sink(none, Writer());
    ASSERT_TRUE(sink.Put("items/0", "zero").ok());
    ASSERT_TRUE(sink.Put("items/1", std::string(20 << 20, 'x')).ok());
    ASSERT_TRUE(sink.Put("stories", "").ok());
    first_ = sink.manifest();
    ASSERT_TRUE(writer_->End(first_).ok());
  }

  SectionSink::Write Writer() {
    writer_.emplace(*database_);
    return [this](std::string_view section, std::uint64_t number, std::string_view bytes) {
      return writer_->Put(section, number, bytes);
    };
  }

  std::int64_t Rows(const std::string& table) {
    return *database_->QueryInt("SELECT count(*) FROM " + table);
  }

  Scratch scratch_;
  std::unique_ptr<Database> database_;
  std::optional<SectionWriter> writer_;
  Manifest first_;
};

TEST_F(Sections, ReadBack) {
  const absl::StatusOr<Manifest> manifest = ReadManifest(*database_, 1);
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  EXPECT_EQ(manifest->bytes(), 4u + (20u << 20));
  SectionReader reader(*database_, *manifest);
  EXPECT_EQ(*reader.Get("items/0"), "zero");
  EXPECT_EQ(reader.Get("items/1")->size(), 20u << 20);
  EXPECT_EQ(*reader.Get("stories"), "");
  EXPECT_TRUE(absl::IsNotFound(reader.Get("nothing").status()));
}

TEST_F(Sections, KeptOnesAreNotWrittenAgain) {
  SectionSink sink(first_, Writer());
  EXPECT_TRUE(sink.Has("items/1"));
  EXPECT_FALSE(sink.Has("items/2"));
  ASSERT_TRUE(sink.Put("items/2", "two").ok());
  ASSERT_TRUE(sink.Put("stories", "new").ok());
  const Manifest second = sink.manifest();
  ASSERT_TRUE(writer_->End(second).ok());
  EXPECT_EQ(second.number, 2u);
  // Until the new snapshot counts, the old one is whole.
  EXPECT_EQ(*SectionReader(*database_, first_).Get("stories"), "");
  ASSERT_TRUE(DeleteOtherSections(*database_, second).ok());
  EXPECT_EQ(Rows("section"), 3);
  EXPECT_EQ(Rows("manifest"), 1);
  SectionReader reader(*database_, second);
  EXPECT_EQ(reader.Get("items/1")->size(), 20u << 20);
  EXPECT_EQ(*reader.Get("items/2"), "two");
  EXPECT_EQ(*reader.Get("stories"), "new");
  EXPECT_TRUE(absl::IsNotFound(reader.Get("items/0").status()));
}

TEST_F(Sections, DamageIsNamed) {
  ASSERT_TRUE(database_->Run("UPDATE section SET bytes = 'Zero' WHERE name = 'items/0'").ok());
  const absl::Status changed = SectionReader(*database_, first_).Get("items/0").status();
  EXPECT_TRUE(absl::IsDataLoss(changed));
  EXPECT_NE(std::string(changed.message()).find("'items/0'"), std::string::npos);
  ASSERT_TRUE(database_->Run("UPDATE section SET name = 'items/9' WHERE name = 'stories'").ok());
  EXPECT_TRUE(absl::IsDataLoss(SectionReader(*database_, first_).Get("stories").status()));
  ASSERT_TRUE(database_->Run("UPDATE manifest SET bytes = zeroblob(40)").ok());
  EXPECT_TRUE(absl::IsDataLoss(ReadManifest(*database_, 1).status()));
  EXPECT_TRUE(absl::IsDataLoss(ReadManifest(*database_, 2).status()));
}

TEST_F(Sections, MetaFindsChangedFacts) {
  Meta meta;
  ASSERT_TRUE(meta.Set(*database_, "run", "clean").ok());
  ASSERT_TRUE(meta.Set(*database_, "n", std::uint64_t{5}).ok());
  EXPECT_EQ(*Meta::Read(*database_)->Number("n"), 5u);
  EXPECT_TRUE(absl::IsDataLoss(meta.Number("run").status()));
  EXPECT_TRUE(absl::IsDataLoss(meta.Number("absent").status()));
  ASSERT_TRUE(database_->Run("UPDATE meta SET value = '6' WHERE name = 'n'").ok());
  EXPECT_TRUE(absl::IsDataLoss(Meta::Read(*database_).status()));
}

}  // namespace
}  // namespace samestory::store
