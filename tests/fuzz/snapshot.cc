// A saved engine with some of its bytes changed and the checksums put right again: refused, or an
// engine that decides, queries, forgets and saves. The input is a list of changes: a section, a
// place in it (16 bits) and a byte. It is read as a section itself, too.
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/endian.h"
#include "base/hash.h"
#include "base/snapshot_stream.h"
#include "fuzz_check.h"
#include "samestory/engine.h"

namespace {

using namespace samestory;

constexpr std::size_t kHeader = 16, kChecksum = 8;

class Sections final : public SnapshotSink, public SnapshotSource {
 public:
  bool Has(std::string_view) override { return false; }
  absl::Status Put(std::string_view name, std::string_view bytes) override {
    sections[std::string(name)] = bytes;
    return absl::OkStatus();
  }
  absl::StatusOr<std::string> Get(std::string_view name) override {
    const auto found = sections.find(name);
    if (found == sections.end()) return absl::NotFoundError(std::string(name));
    return found->second;
  }
  std::map<std::string, std::string, std::less<>> sections;
};

Options TestOptions() {
  Options options;
  options.window_seconds = 5 * 3600;
  return options;
}

const std::vector<std::string>& Texts() {
  static const std::vector<std::string> kTexts = {
      "Granary roof falls in at Dunmore, 3 hurt", "Granary roof falls in at Dunmore, 5 hurt",
      "Chess club of Vell wins the league",       "Council of Vell meets on the harbour bridge",
      "Harbour bridge closed for repairs",        "Harbour bridge of Vell closed for repairs"};
  return kTexts;
}

Record RecordOf(int number) {
  static const std::string kIds[] = {"a", "b", "c", "d", "e", "f", "g"};
  static const std::string kBody =
      "The keeper said on Monday that the light had been missed by every fishing boat of Varn, "
      "and that it would be lit again in spring.\nOrchard growers expect a small harvest\n";
  Record record;
  record.id = kIds[number % 7];
  record.title = Texts()[static_cast<std::size_t>(number) % Texts().size()];
  record.source = number % 2 == 0 ? "Gazette" : "Wire";
  record.published = 1'772'409'600 + number * 1200;
  if (number % 3 == 0) record.summary = kBody;
  if (number % 5 == 0) record.text = kBody;
  return record;
}

const Sections& Saved() {
  static const Sections saved = [] {
    Sections sections;
    const auto engine = Engine::Create(TestOptions());
    for (int i = 0; i < 90; ++i) (*engine)->Add(RecordOf(i)).value();
    FUZZ_CHECK((*engine)->Save(sections).ok());
    return sections;
  }();
  return saved;
}

void Seal(std::string& piece) {
  const std::size_t end = piece.size() - kChecksum;
  StoreLittle64(Hash64(std::string_view(piece).substr(0, end), 0), piece.data() + end);
}

void Change(std::string_view changes, Sections& sections) {
  std::vector<std::string*> pieces;
  for (auto& [name, bytes] : sections.sections) pieces.push_back(&bytes);
  for (; changes.size() >= 4; changes.remove_prefix(4)) {
    const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(changes[i]); };
    std::string& piece = *pieces[at(0) % pieces.size()];
    const std::size_t payload = piece.size() - kHeader - kChecksum;
    if (payload == 0) continue;
    piece[kHeader + (at(1) + std::size_t{at(2)} * 256) % payload] = changes[3];
    Seal(piece);
  }
}

void ReadAsSection(std::string_view bytes) {
  Sections sections;
  std::string piece(bytes);
  for (const bool sealed : {false, true}) {
    if (sealed) {
      if (piece.size() < kHeader + kChecksum) return;
      Seal(piece);
    }
    sections.sections["s"] = piece;
    SnapshotReader in(sections, "s");
    while (in.ok() && in.U8() != 0) {
      in.String();
      in.Words();
      in.F64();
    }
    in.Finish().IgnoreError();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  ReadAsSection(bytes);
  Sections changed = Saved();
  Change(bytes, changed);
  const auto engine = Engine::Load(TestOptions(), changed);
  if (!engine.ok()) return 0;
  for (int i = 80; i < 200; ++i) {
    if (!(*engine)->Add(RecordOf(i)).ok()) return 0;
    (*engine)->Query(RecordOf(i / 2)).IgnoreError();
  }
  (*engine)->Forget("Wire", "b").IgnoreError();
  (*engine)->ForEachItem([](const LivingItem& item) { FUZZ_CHECK(item.id.size() < 1000); });
  Sections again;
  (*engine)->Save(again).IgnoreError();
  return 0;
}
