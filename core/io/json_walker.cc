#include "io/json_walker.h"

#include <cstring>

#include "io/json_text.h"

namespace samestory::io {
namespace {

constexpr const char* kNoMember = "a member or } is missing";
constexpr const char* kNotClosed = "the object is not closed";
constexpr const char* kNoComma = "a comma or closing bracket is missing";

}  // namespace

JsonWalker::JsonWalker(char* text, std::size_t size, const JsonIndex& index)
    : text_(text),
      index_(index),
      end_(index.size()),
      has_escapes_(std::memchr(text, '\\', size) != nullptr) {}

bool JsonWalker::Fail(const char* error) {
  error_ = token_ < end_ ? error : kNotClosed;
  return false;
}

std::string_view JsonWalker::Token() const {
  const char* begin = text_ + index_[token_];
  const char* end = text_ + index_[token_ + 1];
  while (IsJsonSpace(end[-1])) --end;
  return {begin, static_cast<std::size_t>(end - begin)};
}

bool JsonWalker::Begin() {
  begun_ = true;
  if (Peek() != '{') return Fail("not an object");
  ++token_;
  if (Peek() != '}') return true;
  ++token_;
  done_ = true;
  return true;
}

bool JsonWalker::Next(std::string_view& key, std::string_view& value) {
  if (error_ != nullptr) return false;
  if (!begun_) {
    if (!Begin()) return false;
  } else if (!done_) {
    const char c = Peek();
    if (c != ',' && c != '}') return Fail(kNoComma);
    ++token_;
    done_ = c == '}';
  }
  if (!done_) return Key(key) && Value(value, 1);
  if (token_ != end_) Fail("text follows the object");
  return false;
}

bool JsonWalker::Key(std::string_view& key) {
  if (Peek() != '"') return Fail(kNoMember);
  if (!Scalar(key)) return false;
  key = key.substr(1, key.size() - 2);
  if (Peek() != ':') return Fail("a colon is missing");
  ++token_;
  return true;
}

bool JsonWalker::Value(std::string_view& value, int depth) {
  const char c = Peek();
  if (c != '{' && c != '[') return Scalar(value);
  if (depth >= kMaxDepth) return Fail("nested too deeply");
  value = std::string_view(text_ + index_[token_], 1);
  ++token_;
  return c == '{' ? Object(depth + 1) : Array(depth + 1);
}

bool JsonWalker::Object(int depth) {
  if (Peek() == '}') {
    ++token_;
    return true;
  }
  std::string_view key;
  std::string_view value;
  for (;;) {
    if (!Key(key) || !Value(value, depth)) return false;
    const char c = Peek();
    if (c != ',' && c != '}') return Fail(kNoComma);
    ++token_;
    if (c == '}') return true;
  }
}

bool JsonWalker::Array(int depth) {
  if (Peek() == ']') {
    ++token_;
    return true;
  }
  std::string_view value;
  for (;;) {
    if (!Value(value, depth)) return false;
    const char c = Peek();
    if (c != ',' && c != ']') return Fail(kNoComma);
    ++token_;
    if (c == ']') return true;
  }
}

bool JsonWalker::Scalar(std::string_view& token) {
  if (token_ >= end_) return Fail(kNotClosed);
  token = Token();
  if (token.front() == '"') {
    if (token.size() < 2 || token.back() != '"') return Fail("text follows a string");
    if (has_escapes_) {
      char* body = text_ + index_[token_] + 1;
      if (!RepairEscapes(body, token.size() - 2, repaired_)) return Fail("an escape is not valid");
    }
  } else {
    bool is_integer;
    if (token != "null" && token != "true" && token != "false" &&
        !IsJsonNumber(token, is_integer)) {
      return Fail("a value is missing or not valid");
    }
  }
  ++token_;
  return true;
}

}  // namespace samestory::io
