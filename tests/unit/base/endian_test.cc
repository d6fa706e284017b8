#include "base/endian.h"

#include <gtest/gtest.h>

#include <array>

namespace samestory {
namespace {

TEST(Endian, LowestByteFirst) {
  std::array<unsigned char, 9> bytes{0, 1, 2, 3, 4, 5, 6, 7, 8};
  EXPECT_EQ(LoadLittle64(bytes.data() + 1), 0x0807060504030201u);
  EXPECT_EQ(LoadLittle32(bytes.data() + 1), 0x04030201u);
  StoreLittle64(0x1122334455667788u, bytes.data() + 1);
  EXPECT_EQ(bytes[1], 0x88);
  EXPECT_EQ(bytes[8], 0x11);
  StoreLittle32(0xaabbccddu, bytes.data());
  EXPECT_EQ(bytes[0], 0xdd);
  EXPECT_EQ(bytes[3], 0xaa);
}

}  // namespace
}  // namespace samestory
