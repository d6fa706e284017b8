#ifndef SAMESTORY_TEXT_SOURCE_NAME_H_
#define SAMESTORY_TEXT_SOURCE_NAME_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace samestory {

/// What a record says of its source, to compare the ending of a title with.
class SourceName {
 public:
  SourceName(std::string_view source, std::string_view url);

  /// One number a source: of its name, else of its host; 0 where neither is known.
  std::uint64_t key() const { return key_; }

  /// Whether `ending`, canonical words without spaces, names this source.
  bool IsNamedBy(std::string_view ending) const;

 private:
  bool IsPartOfName(std::string_view ending) const;
  bool IsHost(std::string_view ending) const;

  std::string name_;                      // canonical, without spaces
  std::vector<std::size_t> word_begins_;  // in `name_`, with its size as the last
  std::string host_;                      // without "www." and port
  std::uint64_t key_ = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_TEXT_SOURCE_NAME_H_
