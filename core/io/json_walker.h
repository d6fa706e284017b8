#ifndef SAMESTORY_IO_JSON_WALKER_H_
#define SAMESTORY_IO_JSON_WALKER_H_

#include <cstddef>
#include <string_view>

#include "io/json_index.h"

namespace samestory::io {

/// Reads the members of one JSON object in order, checking the grammar of all of
/// it: an object whose last member was read without an error is valid JSON.
/// Lone surrogate escapes are repaired in place on the way (RepairEscapes).
class JsonWalker {
 public:
  /// Deepest nesting of arrays and objects within the object.
  static constexpr int kMaxDepth = 512;

  /// `text` (writable) is what `index` was built of.
  JsonWalker(char* text, std::size_t size, const JsonIndex& index);

  /// True and the next member: its key without quotes, escapes as they stand, and
  /// its value: a scalar as it stands, a string with its quotes; of an array or
  /// object the opening bracket alone. False behind the last one, or where error()
  /// says what is wrong.
  bool Next(std::string_view& key, std::string_view& value);

  /// What is wrong with the text, a static string; null: nothing so far.
  const char* error() const { return error_; }
  /// Where it is wrong, in bytes from the beginning.
  std::size_t error_offset() const { return index_[token_ < end_ ? token_ : end_]; }

  /// False where the text holds no backslash.
  bool has_escapes() const { return has_escapes_; }
  /// Surrogates rewritten so far.
  std::size_t repaired() const { return repaired_; }

 private:
  bool Begin();
  bool Key(std::string_view& key);
  bool Value(std::string_view& value, int depth);
  bool Object(int depth);
  bool Array(int depth);
  bool Scalar(std::string_view& token);
  std::string_view Token() const;
  char Peek() const { return token_ < end_ ? text_[index_[token_]] : '\0'; }
  bool Fail(const char* error);

  char* text_;
  const JsonIndex& index_;
  std::size_t token_ = 0;  ///< the next one
  std::size_t end_;
  std::size_t repaired_ = 0;
  const char* error_ = nullptr;
  bool has_escapes_;
  bool begun_ = false;
  bool done_ = false;
};

}  // namespace samestory::io

#endif  // SAMESTORY_IO_JSON_WALKER_H_
