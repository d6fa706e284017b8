#ifndef SAMESTORY_ENGINE_NOTES_H_
#define SAMESTORY_ENGINE_NOTES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/snapshot_stream.h"
#include "samestory/engine.h"

namespace samestory {

/// Bodies that stand under many unrelated headlines (a feed's standing blurb) and so
/// tell nothing. Learned from decisions; bounded.
class Boilerplate {
 public:
  /// Two items with this body have headlines that share nothing. `text`: the body, of
  /// which the beginning is kept once it is boilerplate.
  void NoteUnrelated(std::uint64_t body, std::string_view text);
  bool Contains(std::uint64_t body) const;

  /// Appends what is boilerplate.
  void List(std::vector<LearnedNote>& notes) const;

  void Save(SnapshotWriter& out) const;
  void Load(SnapshotReader& in);
  std::size_t MemoryBytes() const;

 private:
  struct Body {
    std::uint32_t unrelated = 0;  // pairs
    std::string text;
  };
  absl::flat_hash_map<std::uint64_t, Body> bodies_;
};

/// Titles that came back on many days, with what stands in their slots changed or not: a daily
/// briefing, a live page. What the judge makes of them comes from Recurrence; these are the
/// words, for people to look at. Bounded.
class RunningTitles {
 public:
  /// A title of this skeleton came, which had been seen on `days` days before.
  void Note(std::uint64_t skeleton, std::uint32_t days, std::string_view title);

  void List(std::vector<LearnedNote>& notes) const;

  void Save(SnapshotWriter& out) const;
  void Load(SnapshotReader& in);
  std::size_t MemoryBytes() const;

 private:
  struct Title {
    std::uint32_t days = 0;
    std::string text;  // the latest
  };
  absl::flat_hash_map<std::uint64_t, Title> titles_;
};

/// Key of a body (BodyView) for Boilerplate; 0 for none.
std::uint64_t BodyKey(std::span<const std::uint32_t> body);

/// The first bytes of a text, in whole characters.
std::string Beginning(std::string_view text);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_NOTES_H_
