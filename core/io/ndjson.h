#ifndef SAMESTORY_IO_NDJSON_H_
#define SAMESTORY_IO_NDJSON_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "io/byte_source.h"
#include "io/json_index.h"
#include "io/line_reader.h"
#include "io/reader.h"

namespace samestory::io {

/// Reads one record from one line of NDJSON. Of a key that stands twice in an
/// object the first is read.
class NdjsonParser {
 public:
  explicit NdjsonParser(const FieldNames& names);

  /// Fills `out` from `line`, which stands in `piece` and is not blank. Returns
  /// why it cannot, in one line; empty where it can. Without escapes and dirt
  /// nothing is copied: the views of `out` point into `piece`, which `out` then
  /// shares. A repair is made in the line itself where it keeps its length, else
  /// in a copy.
  std::string Parse(const Line& line, const std::shared_ptr<char[]>& piece, InputRecord& out);

 private:
  enum Field : std::uint8_t {
    kId,
    kTitle,
    kSummary,
    kText,
    kUrl,
    kSource,
    kPublished,
    kLang,
    kDescription,
    kFields
  };
  using Tokens = std::array<std::string_view, kFields>;
  class Strings;

  std::string ReadObject(char* text, std::size_t size, InputRecord& out);
  void Keep(std::string_view key, std::string_view value, Tokens& tokens) const;
  std::string SetTexts(const Tokens& tokens, Strings& strings, Record& record) const;
  std::string SetPublished(std::string_view token, Strings& strings, Record& record) const;
  std::string SetId(std::string_view token, Strings& strings, InputRecord& out) const;
  std::string TypeError(Field field, std::string_view token, const char* wanted) const;

  std::array<std::string, kFields> names_;
  std::uint64_t name_sizes_ = 0;  ///< a bit for each size that a name has
  JsonIndex index_;
  Tokens tokens_;  ///< of the object that is read
};

/// The records of an NDJSON source.
std::unique_ptr<RecordReader> ReadNdjson(std::unique_ptr<ByteSource> source, std::string path,
                                         const ReaderOptions& options, BadRecordHandler on_bad);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_NDJSON_H_
