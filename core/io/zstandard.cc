#include <zstd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "io/byte_source.h"

namespace samestory::io {
namespace {

// ZSTD_d_windowLogMax's default, 27: what a frame may ask for without the user's word.
constexpr int kMaxWindowLog = 27;

class ZstdSource final : public ByteSource {
 public:
  ZstdSource(std::unique_ptr<ByteSource> source, std::string path)
      : source_(std::move(source)),
        path_(std::move(path)),
        stream_(ZSTD_createDStream(), &ZSTD_freeDStream),
        buffer_(ZSTD_DStreamInSize()) {
    if (stream_ == nullptr ||
        ZSTD_isError(ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, kMaxWindowLog))) {
      status_ = absl::ResourceExhaustedError(path_ + ": no memory to decode Zstandard");
    }
  }

  absl::StatusOr<std::size_t> Read(char* out, std::size_t size) override {
    ZSTD_outBuffer output{out, size, 0};
    while (status_.ok() && !ended_ && output.pos == 0) Step(output);
    if (output.pos > 0) return output.pos;
    if (!status_.ok()) return status_;
    return 0;
  }

  bool Ready() const override { return input_.pos < input_.size || ended_ || source_->Ready(); }
  std::uint64_t BytesRead() const override { return source_->BytesRead(); }
  std::optional<std::uint64_t> BytesTotal() const override { return source_->BytesTotal(); }

 private:
  void Step(ZSTD_outBuffer& output) {
    // The decoder may hold back output after it took all input, so it is asked again first.
    if (input_.pos == input_.size && !flushing_ && !Refill()) return;
    const std::size_t left = ZSTD_decompressStream(stream_.get(), &output, &input_);
    if (ZSTD_isError(left)) {
      Fail(ZSTD_getErrorName(left));
      return;
    }
    in_frame_ = left != 0;
    flushing_ = in_frame_ && output.pos == output.size;
  }

  bool Refill() {
    const absl::StatusOr<std::size_t> got = source_->Read(buffer_.data(), buffer_.size());
    if (!got.ok()) {
      status_ = got.status();
      return false;
    }
    if (*got == 0) {
      ended_ = true;
      if (in_frame_) Fail("the data ends early");
      return false;
    }
    input_ = {buffer_.data(), *got, 0};
    return true;
  }

  void Fail(const char* why) {
    status_ =
        absl::DataLossError(path_ + ": Zstandard: " + why + "; the records before it were good");
  }

  std::unique_ptr<ByteSource> source_;
  std::string path_;
  std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)> stream_;
  std::vector<char> buffer_;
  ZSTD_inBuffer input_{nullptr, 0, 0};
  absl::Status status_;
  bool in_frame_ = false;
  bool flushing_ = false;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> DecodeZstd(std::unique_ptr<ByteSource> source, std::string path) {
  return std::make_unique<ZstdSource>(std::move(source), std::move(path));
}

}  // namespace samestory::io
