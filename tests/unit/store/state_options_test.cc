#include "store/state_options.h"

#include <gtest/gtest.h>

#include "base/option_list.h"
#include "scratch.h"
#include "store/schema.h"

namespace samestory::store {
namespace {

// Whatever option the engine lists, a state gives its value back.
TEST(StateOptions, EveryListedOptionIsAdopted) {
  const Scratch scratch;
  auto database = Database::Open(scratch / "db", Database::Mode::kReadWrite);
  ASSERT_TRUE(database.ok()) << database.status();
  ASSERT_TRUE(CreateSchema(**database).ok());
  for (const NamedOption& option : ListOptions({})) {
    bool adopted = false;
    for (const char* value :
         {"3", "0.25", "true", "false", "judge", "jaccard", "story", "strict"}) {
      if (value == option.value) continue;
      Meta meta;
      ASSERT_TRUE(meta.Set(**database, "option." + option.name, value).ok());
      Options options;
      if (!AdoptOptions(meta, {}, options).ok()) continue;
      for (const NamedOption& after : ListOptions(options)) {
        adopted |= after.name == option.name && after.value == value;
      }
      // Named by the user with the default, it is a conflict.
      Options given;
      EXPECT_TRUE(absl::IsFailedPrecondition(AdoptOptions(meta, {option.name}, given)));
    }
    EXPECT_TRUE(adopted) << option.name << " is not set in core/store/state_options.cc";
  }
}

}  // namespace
}  // namespace samestory::store
