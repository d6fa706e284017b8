#ifndef SAMESTORY_IO_BAD_RECORDS_H_
#define SAMESTORY_IO_BAD_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "io/reader.h"

namespace samestory::io {

/// `text` in quotes as a reason shows it: 60 bytes at most, cut at a character
/// and then followed by "...", control characters and invalid bytes escaped.
std::string Quote(std::string_view text);

/// Why a line of more than `max_line_bytes` is bad.
std::string TooLong(std::size_t max_line_bytes);

/// Why a page of more than `max_page_bytes` is bad.
std::string PageTooLong(std::size_t max_page_bytes);

/// Reports the bad records of one file.
class BadRecords {
 public:
  BadRecords(std::string file, BadRecordHandler handler)
      : file_(std::move(file)), handler_(std::move(handler)) {}

  void Report(std::uint64_t line, std::string reason) const {
    if (handler_) handler_({file_, line, std::move(reason)});
  }

  /// Tells of a fault that cost nothing.
  void Warn(std::uint64_t line, std::string reason) const {
    if (handler_) handler_({file_, line, std::move(reason), false});
  }

  const std::string& file() const { return file_; }

 private:
  std::string file_;
  BadRecordHandler handler_;
};

}  // namespace samestory::io

#endif  // SAMESTORY_IO_BAD_RECORDS_H_
