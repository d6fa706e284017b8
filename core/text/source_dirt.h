#ifndef SAMESTORY_TEXT_SOURCE_DIRT_H_
#define SAMESTORY_TEXT_SOURCE_DIRT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace samestory {

/// What stands around the headline proper in a title.
struct TitleParts {
  std::string_view before;    ///< "UPDATE 1-"; empty where nothing was stripped
  std::string_view headline;  ///< never empty unless the title is
  std::string_view after;     ///< " - Reuters"
};

/// Source prefixes and suffixes of titles: known from a record's own source and
/// host, and learned from the stream (an ending or opening behind a separator that
/// many different titles of one source share, or many sources' titles do). Bounded
/// and deterministic in the sequence of Learn calls. Const calls may run side by
/// side.
class SourceDirt {
 public:
  explicit SourceDirt(std::size_t max_entries = 200'000);

  /// Counts the ending and opening of a title.
  void Learn(std::string_view title, std::string_view source, std::string_view url);

  /// Cuts `title`. The parts are views into it and, concatenated, are all of it.
  TitleParts Strip(std::string_view title, std::string_view source, std::string_view url) const;

  std::size_t MemoryBytes() const;

 private:
  // The owner of core/text decides the representation.
};

}  // namespace samestory

#endif  // SAMESTORY_TEXT_SOURCE_DIRT_H_
