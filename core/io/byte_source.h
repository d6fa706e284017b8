#ifndef SAMESTORY_IO_BYTE_SOURCE_H_
#define SAMESTORY_IO_BYTE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace samestory::io {

/// A stream of bytes. Not thread-safe.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Writes 1 to `size` (not 0) bytes to `out` and returns their number; 0 at the
  /// end. After an error every further call gives an error, but for kUnavailable:
  /// nothing is there now, and more may come.
  virtual absl::StatusOr<std::size_t> Read(char* out, std::size_t size) = 0;

  /// False where Read would wait for another process. Of compressed data it may be
  /// true though the next bytes of the file decode to nothing yet.
  virtual bool Ready() const = 0;

  /// Bytes of the file consumed, and its size where it is known.
  virtual std::uint64_t BytesRead() const = 0;
  virtual std::optional<std::uint64_t> BytesTotal() const = 0;
};

/// A source whose first bytes can be looked at before they are read.
class PeekedSource final : public ByteSource {
 public:
  explicit PeekedSource(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}

  /// The next bytes, at least `size` of them unless the source ends before. Valid
  /// until the next call.
  absl::StatusOr<std::string_view> Peek(std::size_t size);

  absl::StatusOr<std::size_t> Read(char* out, std::size_t size) override;
  bool Ready() const override { return begin_ < peeked_.size() || source_->Ready(); }
  std::uint64_t BytesRead() const override { return source_->BytesRead(); }
  std::optional<std::uint64_t> BytesTotal() const override { return source_->BytesTotal(); }

 private:
  std::unique_ptr<ByteSource> source_;
  std::vector<char> peeked_;
  std::size_t begin_ = 0;  ///< of what is left of peeked_
};

/// The bytes of `path` ("-": standard input) as they stand. Status as OpenReader.
absl::StatusOr<std::unique_ptr<ByteSource>> OpenFile(const std::string& path);

/// Decodes gzip (RFC 1952), member after member. Zero bytes behind the last one
/// are padding. kDataLoss with `path` where the data is corrupt or ends early.
std::unique_ptr<ByteSource> DecodeGzip(std::unique_ptr<ByteSource> source, std::string path);

/// Decodes Zstandard (RFC 8878), frame after frame, windows up to 128 MiB.
/// Errors as DecodeGzip.
std::unique_ptr<ByteSource> DecodeZstd(std::unique_ptr<ByteSource> source, std::string path);

/// OpenFile, decoded where the first bytes are those of gzip or Zstandard.
absl::StatusOr<std::unique_ptr<PeekedSource>> OpenDecoded(const std::string& path);

/// All that is left of `source`. kInvalidArgument with `path` above `max_bytes`.
absl::StatusOr<std::string> ReadAll(ByteSource& source, std::size_t max_bytes,
                                    std::string_view path);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_BYTE_SOURCE_H_
