#ifndef SAMESTORY_IO_JSON_TEXT_H_
#define SAMESTORY_IO_JSON_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// The spelling of JSON's strings and numbers (RFC 8259).
namespace samestory::io {

constexpr bool IsJsonSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::string_view TrimJsonSpace(std::string_view text);

/// The end of the string whose opening quote stands at `at`: one past its closing
/// quote, or text.size() where there is none.
std::size_t JsonStringEnd(std::string_view text, std::size_t at);

/// Checks every escape in `body` (what stands between the quotes of a string) and
/// rewrites a \u escape of a surrogate without its partner as the escape of
/// U+FFFD, which has the same length, counting in `repaired`. False where an escape is none.
bool RepairEscapes(char* body, std::size_t size, std::size_t& repaired);

/// Writes `body`, whose escapes are valid, unescaped to `out`; returns the end.
/// Never writes more bytes than `body` has.
char* Unescape(std::string_view body, char* out);

/// `body` unescaped.
std::string UnescapedString(std::string_view body);

/// True for a number by the grammar of JSON; `is_integer` for one without
/// fraction and exponent.
bool IsJsonNumber(std::string_view token, bool& is_integer);

/// Appends `text` as a JSON string. Invalid UTF-8 is written as U+FFFD.
void AppendJsonString(std::string& out, std::string_view text);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_JSON_TEXT_H_
