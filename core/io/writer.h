#ifndef SAMESTORY_IO_WRITER_H_
#define SAMESTORY_IO_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "io/json_text.h"

namespace samestory::io {

/// A buffered output file. The first error is kept: every later call returns it
/// and writes nothing. The status names the file; a full disk is
/// kResourceExhausted, a closed pipe kUnavailable (the program must ignore
/// SIGPIPE to see it). Not thread-safe.
class OutputFile {
 public:
  /// Creates or empties `path`; "-" is standard output.
  static absl::StatusOr<std::unique_ptr<OutputFile>> Open(const std::string& path);
  /// Appends to `path`, creating it where there is none.
  static absl::StatusOr<std::unique_ptr<OutputFile>> Append(const std::string& path);
  /// Writes to `fd`, which is not closed. `name` is for messages.
  OutputFile(int fd, std::string name);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  /// Closes; what was not flushed is lost.
  ~OutputFile();

  absl::Status Write(std::string_view bytes);
  /// Hands what was written to the system.
  absl::Status Flush();
  /// Flushes and closes: some file systems report errors only here.
  absl::Status Close();

  const absl::Status& status() const { return status_; }
  std::uint64_t bytes_written() const { return written_; }

 private:
  OutputFile(int fd, bool owned, std::string name);
  static absl::StatusOr<std::unique_ptr<OutputFile>> Open(const std::string& path, int flags);
  absl::Status WriteAll(std::string_view bytes);
  absl::Status Fail(int error);

  int fd_;
  bool owned_;
  std::string name_;
  std::string buffer_;
  std::uint64_t written_ = 0;
  absl::Status status_;
};

/// Appends JSON to a string: values in the order of the calls, commas put where
/// they belong. Objects and arrays may be nested. The caller balances Begin and
/// End and gives each member of an object a Key.
class JsonWriter {
 public:
  /// Appends to `out`, which must outlive the writer.
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& BeginObject() { return Open('{'); }
  JsonWriter& EndObject() { return Shut('}'); }
  JsonWriter& BeginArray() { return Open('['); }
  JsonWriter& EndArray() { return Shut(']'); }
  JsonWriter& Key(std::string_view key);      ///< needs no escapes
  JsonWriter& String(std::string_view text);  ///< invalid UTF-8 becomes U+FFFD
  JsonWriter& Int(std::int64_t value);
  JsonWriter& Uint(std::uint64_t value);
  JsonWriter& Number(double value, int decimals = 4);  ///< as AppendNumber
  JsonWriter& Bool(bool value);
  JsonWriter& Null();
  JsonWriter& Raw(std::string_view json);  ///< one JSON value as it stands

 private:
  JsonWriter& Open(char bracket);
  JsonWriter& Shut(char bracket);
  void Separate();

  std::string& out_;
  bool needs_comma_ = false;
};

/// Appends `value` rounded to `decimals` (0 to 17) places, trailing zeros left
/// out: "0.8333", "1", "0". The same on every machine and locale; "null" where it
/// is not finite.
void AppendNumber(std::string& out, double value, int decimals = 4);

/// Writes `value`, 0 to 1, to `out` as AppendNumber does with four decimals: 6 bytes at most.
/// Returns the end.
char* WriteShare(double value, char* out);

/// Appends the JSON object `raw` to `out` byte for byte, with the member `key` and
/// its value `value_json` (valid JSON) put before the closing brace. Members of
/// that key that were there are left out. `raw` is an object as InputRecord::raw
/// holds it: valid JSON without white space around it. `key` needs no escapes.
void AnnotateObject(std::string_view raw, std::string_view key, std::string_view value_json,
                    std::string& out);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_WRITER_H_
