// Bytes taken for a blob of the state's log or journal: refused, or read and written back as they
// were. A right checksum is put behind the bytes too, so that what it covers is reached.
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz_check.h"
#include "store/decision_codec.h"
#include "store/frame.h"
#include "store/record_codec.h"

namespace {

using namespace samestory::store;

void Read(std::string_view blob) {
  if (const auto batch = DecodeRecords(blob); batch.ok()) {
    std::string scratch, again;
    for (const samestory::Record& record : batch->records) KeysOf(record, 1, scratch);
    EncodeRecords(batch->first, batch->records, again);
    const auto second = DecodeRecords(again);
    FUZZ_CHECK(second.ok() && second->records.size() == batch->records.size());
    std::string third;
    EncodeRecords(second->first, second->records, third);
    FUZZ_CHECK(third == again);
  }
  if (const auto batch = DecodeDecisions(blob); batch.ok()) {
    std::string again;
    EncodeDecisions(batch->first, batch->filed, again);
    const auto second = DecodeDecisions(again);
    FUZZ_CHECK(second.ok() && second->filed == batch->filed);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string blob(reinterpret_cast<const char*>(data), size);
  Read(blob);
  EndFrame(blob);
  Read(blob);
  return 0;
}
