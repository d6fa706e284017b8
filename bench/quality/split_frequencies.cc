#include "split_frequencies.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"

namespace samestory::quality {
namespace {

// The part of MessagePack that the lists are made of.
class MessagePackReader {
 public:
  explicit MessagePackReader(std::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }

  std::size_t ArraySize() { return Size(0x90, 0x0f, 0, 0xdc, 0xdd); }

  std::string_view String() {
    if (!rest_.empty() && (Peek() & 0xe0) != 0xa0 && Peek() != 0xd9 && Peek() != 0xda &&
        Peek() != 0xdb) {
      return Fail(), std::string_view();
    }
    const std::size_t size = Size(0xa0, 0x1f, 0xd9, 0xda, 0xdb);
    return Take(size);
  }

  // A map of strings to strings or small integers, skipped.
  void SkipHeader() {
    const std::size_t entries =
        rest_.empty() || (Peek() & 0xf0) != 0x80 ? (Fail(), 0) : Byte() & 0x0f;
    for (std::size_t i = 0; i < entries && ok_; ++i) {
      String();
      if (!rest_.empty() && Peek() < 0x80) {
        Byte();
      } else {
        String();
      }
    }
  }

 private:
  std::uint8_t Peek() const { return static_cast<std::uint8_t>(rest_.front()); }
  void Fail() { ok_ = false, rest_ = {}; }

  std::string_view Take(std::size_t size) {
    if (size > rest_.size()) return Fail(), std::string_view();
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::uint8_t Byte() {
    const std::string_view one = Take(1);
    return one.empty() ? 0 : static_cast<std::uint8_t>(one[0]);
  }

  std::size_t BigEndian(int bytes) {
    std::size_t value = 0;
    for (int i = 0; i < bytes; ++i) value = value << 8 | Byte();
    return value;
  }

  // A length: in the tag itself (`fixed` under `mask`), or in 1, 2 or 4 bytes behind their tags.
  std::size_t Size(int fixed, int mask, int tag8, int tag16, int tag32) {
    const int tag = Byte();
    if ((tag & ~mask & 0xff) == fixed) return static_cast<std::size_t>(tag & mask);
    if (tag8 != 0 && tag == tag8) return BigEndian(1);
    if (tag == tag16) return BigEndian(2);
    if (tag == tag32) return BigEndian(4);
    Fail();
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace

absl::StatusOr<FrequencyLists> ReadFrequencyLists(std::string_view bytes) {
  MessagePackReader reader(bytes);
  const std::size_t arrays = reader.ArraySize();
  reader.SkipHeader();
  FrequencyLists lists;
  for (std::size_t i = 1; i < arrays && reader.ok(); ++i) {
    std::vector<std::string>& words = lists.emplace_back();
    const std::size_t size = reader.ArraySize();
    for (std::size_t w = 0; w < size && reader.ok(); ++w) words.emplace_back(reader.String());
  }
  if (!reader.ok() || lists.empty()) return absl::DataLossError("no frequency lists");
  return lists;
}

}  // namespace samestory::quality
