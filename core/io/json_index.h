#ifndef SAMESTORY_IO_JSON_INDEX_H_
#define SAMESTORY_IO_JSON_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace simdjson::internal {
class dom_parser_implementation;
}

namespace samestory::io {

/// Where the tokens of a JSON text begin: the first stage of simdjson (Langdale
/// and Lemire, "Parsing gigabytes of JSON per second", 2019), which also checks
/// UTF-8, that strings end, and that they hold no control characters. What the
/// tokens mean is read by JsonWalker: it needs the text of a value as it stands,
/// and checks the grammar of what it skips, neither of which simdjson's second
/// stages do.
class JsonIndex {
 public:
  enum class Error : std::uint8_t {
    kNone,
    kEmpty,
    kOpenString,
    kControlCharacter,
    kInvalidUtf8,
    kNoMemory,
  };

  JsonIndex();
  ~JsonIndex();
  JsonIndex(JsonIndex&&) noexcept;
  JsonIndex& operator=(JsonIndex&&) noexcept;

  /// Indexes `text`, below 2^32 - 64 bytes, behind which 64 more are readable.
  /// Takes 4 bytes of memory a byte of the longest text, touched as tokens are
  /// found; after a text of more than 16 MiB they are given back at the next call.
  Error Build(std::string_view text);

  /// Tokens of the last text, white space apart: each of { } [ ] : , and the first
  /// byte of each string (its quote) and of each other scalar.
  std::size_t size() const;
  /// Offset of token `i`; of the end of the text for i == size().
  std::uint32_t operator[](std::size_t i) const { return starts_[i]; }

 private:
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage_;
  const std::uint32_t* starts_ = nullptr;
};

}  // namespace samestory::io

#endif  // SAMESTORY_IO_JSON_INDEX_H_
