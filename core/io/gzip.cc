#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "io/byte_source.h"

namespace samestory::io {
namespace {

constexpr std::size_t kInputBytes = 128 << 10;
constexpr int kGzipWindow = 15 + 16;  // largest window, gzip header and trailer expected

class GzipSource final : public ByteSource {
 public:
  GzipSource(std::unique_ptr<ByteSource> source, std::string path)
      : source_(std::move(source)), path_(std::move(path)), input_(kInputBytes) {
    if (inflateInit2(&stream_, kGzipWindow) != Z_OK) {
      status_ = absl::ResourceExhaustedError(path_ + ": no memory to decode gzip");
    }
  }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;
  ~GzipSource() override { inflateEnd(&stream_); }

  absl::StatusOr<std::size_t> Read(char* out, std::size_t size) override {
    size = std::min<std::size_t>(size, std::numeric_limits<uInt>::max());
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(size);
    while (status_.ok() && !ended_ && stream_.avail_out == size) Step();
    const std::size_t written = size - stream_.avail_out;
    if (written > 0) return written;
    if (!status_.ok()) return status_;
    return 0;
  }

  bool Ready() const override { return stream_.avail_in > 0 || ended_ || source_->Ready(); }
  std::uint64_t BytesRead() const override { return source_->BytesRead(); }
  std::optional<std::uint64_t> BytesTotal() const override { return source_->BytesTotal(); }

 private:
  void Step() {
    // inflate may hold back output after it took all input, so it is asked again first.
    if (stream_.avail_in == 0 && !flushing_ && !Refill()) return;
    if (!in_member_ && !BeginMember()) return;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    flushing_ = result == Z_OK && stream_.avail_out == 0;
    if (result == Z_STREAM_END) {
      in_member_ = false;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      Fail(stream_.msg != nullptr ? stream_.msg : "corrupt data");
    }
  }

  /// False at the end of the file, or where it cannot be read.
  bool Refill() {
    const absl::StatusOr<std::size_t> got = source_->Read(input_.data(), input_.size());
    if (!got.ok()) {
      status_ = got.status();
      return false;
    }
    if (*got == 0) {
      ended_ = true;
      if (in_member_) Fail("the data ends early");
      return false;
    }
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(*got);
    return true;
  }

  /// At the first byte behind a member: true where another member begins.
  bool BeginMember() {
    while (members_ > 0 && stream_.avail_in > 0 && *stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
    }
    if (stream_.avail_in == 0) return false;
    if (members_ > 0 && *stream_.next_in != 0x1f) {
      Fail("other data follows");
      return false;
    }
    inflateReset(&stream_);
    in_member_ = true;
    ++members_;
    return true;
  }

  void Fail(const char* why) {
    status_ = absl::DataLossError(path_ + ": gzip: " + why + "; the records before it were good");
  }

  std::unique_ptr<ByteSource> source_;
  std::string path_;
  std::vector<char> input_;
  z_stream stream_{};
  absl::Status status_;
  bool in_member_ = false;
  bool flushing_ = false;
  bool ended_ = false;
  std::uint64_t members_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> DecodeGzip(std::unique_ptr<ByteSource> source, std::string path) {
  return std::make_unique<GzipSource>(std::move(source), std::move(path));
}

}  // namespace samestory::io
