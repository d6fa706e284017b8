#include "io/bad_records.h"

#include "io/json_text.h"

namespace samestory::io {
namespace {

constexpr std::size_t kQuotedBytes = 60;

}  // namespace

std::string Quote(std::string_view text) {
  const bool cut = text.size() > kQuotedBytes;
  if (cut) {
    std::size_t size = kQuotedBytes;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
    text = text.substr(0, size);
  }
  std::string quoted;
  AppendJsonString(quoted, text);
  if (cut) quoted.insert(quoted.size() - 1, "...");
  return quoted;
}

std::string TooLong(std::size_t max_line_bytes) {
  return "the line is longer than " + std::to_string(max_line_bytes) + " bytes";
}

std::string PageTooLong(std::size_t max_page_bytes) {
  return "the page is longer than " + std::to_string(max_page_bytes) + " bytes";
}

}  // namespace samestory::io
