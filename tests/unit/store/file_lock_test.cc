#include "store/file_lock.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "scratch.h"

namespace samestory::store {
namespace {

TEST(FileLock, OneHolderAtATime) {
  const Scratch scratch;
  {
    const absl::StatusOr<FileLock> first = FileLock::Take(scratch / "lock");
    ASSERT_TRUE(first.ok()) << first.status();
    const absl::StatusOr<FileLock> second = FileLock::Take(scratch / "lock");
    EXPECT_TRUE(absl::IsUnavailable(second.status()));
    EXPECT_NE(std::string(second.status().message()).find("process " + std::to_string(::getpid())),
              std::string::npos);
  }
  EXPECT_TRUE(FileLock::Take(scratch / "lock").ok());
}

TEST(FileLock, PlaceThatIsNone) {
  const Scratch scratch;
  const absl::StatusOr<FileLock> lock = FileLock::Take(scratch / "nowhere/lock");
  EXPECT_FALSE(lock.ok());
  EXPECT_NE(std::string(lock.status().message()).find("nowhere/lock"), std::string::npos);
}

}  // namespace
}  // namespace samestory::store
