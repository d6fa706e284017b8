#ifndef SAMESTORY_TEXT_SOURCE_NAME_H_
#define SAMESTORY_TEXT_SOURCE_NAME_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace samestory {

/// What a record says of its source, to compare the ending of a title with. Views
/// `source` and `url`, which must outlive it.
class SourceName {
 public:
  SourceName(std::string_view source, std::string_view url);

  /// One number a source: of its name, else of its host; 0 where neither is known.
  std::uint64_t key() const;

  /// Whether `ending`, canonical words without spaces, is the name; words of it that
  /// make at least half its letters; or its beginning, cut in mid-word ("The Guard").
  bool IsName(std::string_view ending) const;

  /// Whether `ending` is a label of the URL's host ("examplenews" of
  /// "www.example-news.com"), the host from there on, or seven tenths of a label.
  bool IsHost(std::string_view ending) const;

 private:
  std::string Host() const;

  std::string_view url_;
  std::string name_;                      // canonical, without spaces
  std::vector<std::size_t> word_begins_;  // in `name_`, with its size as the last
};

}  // namespace samestory

#endif  // SAMESTORY_TEXT_SOURCE_NAME_H_
