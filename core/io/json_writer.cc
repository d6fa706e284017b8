#include <charconv>
#include <cmath>
#include <limits>

#include "io/writer.h"

namespace samestory::io {
namespace {

template <typename Integer>
void AppendInteger(std::string& out, Integer value) {
  char text[24];
  out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

/// The end of the value that begins at `at`: the comma or brace behind it.
std::size_t ValueEnd(std::string_view text, std::size_t at) {
  int depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = JsonStringEnd(text, at);
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (depth == 0 && (c == ',' || c == '}')) return at;
    if (c == '}' || c == ']') --depth;
    ++at;
  }
  return text.size();
}

/// Appends the members of `raw` but those of `key`, each with the white space
/// around it; true where there are any.
bool AppendOtherMembers(std::string_view raw, std::string_view key, std::string& out) {
  bool any = false;
  for (std::size_t begin = 1; begin < raw.size();) {
    const std::size_t quote = raw.find('"', begin);
    if (quote == raw.npos) break;
    const std::size_t key_end = JsonStringEnd(raw, quote);
    const std::size_t end = ValueEnd(raw, key_end);
    const std::string_view name = raw.substr(quote + 1, key_end - quote - 2);
    const bool is_key = name.find('\\') == name.npos ? name == key : UnescapedString(name) == key;
    if (!is_key) {
      if (any) out += ',';
      out += raw.substr(begin, end - begin);
      any = true;
    }
    if (end >= raw.size() || raw[end] == '}') break;
    begin = end + 1;
  }
  return any;
}

}  // namespace

JsonWriter& JsonWriter::Key(std::string_view key) {
  Separate();
  out_ += '"';
  out_ += key;
  out_ += "\":";
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::String(std::string_view text) {
  Separate();
  AppendJsonString(out_, text);
  return *this;
}

JsonWriter& JsonWriter::Int(std::int64_t value) {
  Separate();
  AppendInteger(out_, value);
  return *this;
}

JsonWriter& JsonWriter::Uint(std::uint64_t value) {
  Separate();
  AppendInteger(out_, value);
  return *this;
}

JsonWriter& JsonWriter::Number(double value, int decimals) {
  Separate();
  AppendNumber(out_, value, decimals);
  return *this;
}

JsonWriter& JsonWriter::Bool(bool value) { return Raw(value ? "true" : "false"); }

JsonWriter& JsonWriter::Null() { return Raw("null"); }

JsonWriter& JsonWriter::Raw(std::string_view json) {
  Separate();
  out_ += json;
  return *this;
}

JsonWriter& JsonWriter::Open(char bracket) {
  Separate();
  out_ += bracket;
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::Shut(char bracket) {
  out_ += bracket;
  needs_comma_ = true;
  return *this;
}

void JsonWriter::Separate() {
  if (needs_comma_) out_ += ',';
  needs_comma_ = true;
}

char* WriteShare(double value, char* out) {
  constexpr unsigned kUnits = 10'000;
  const double scaled = value * kUnits, below = std::floor(scaled);
  const double rest = scaled - below;
  unsigned units = static_cast<unsigned>(below) + (rest > 0.5);
  if (std::abs(rest - 0.5) < 1e-6) {  // only all of its digits can tell
    char text[16];
    std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, 4);
    units = text[0] == '1' ? kUnits : 0;
    for (int i = 2; i < 6 && units != kUnits; ++i) {
      units = 10 * units + static_cast<unsigned>(text[i] - '0');
    }
  }
  if (units == 0 || units == kUnits) {
    *out++ = units == 0 ? '0' : '1';
    return out;
  }
  *out++ = '0';
  *out++ = '.';
  for (unsigned place = kUnits / 10; units != 0; units %= place, place /= 10) {
    *out++ = static_cast<char>('0' + units / place);
  }
  return out;
}

void AppendNumber(std::string& out, double value, int decimals) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  if (decimals == 4 && value >= 0 && value <= 1) {
    char share[8];
    out.append(share, WriteShare(value, share));
    return;
  }
  char text[std::numeric_limits<double>::max_exponent10 + 24];
  const auto written =
      std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, decimals);
  std::string_view number(text, static_cast<std::size_t>(written.ptr - text));
  if (number.find('.') != number.npos) {
    number = number.substr(0, number.find_last_not_of('0') + 1);
    if (number.ends_with('.')) number.remove_suffix(1);
  }
  out += number == "-0" ? "0" : number;
}

void AnnotateObject(std::string_view raw, std::string_view key, std::string_view value_json,
                    std::string& out) {
  const std::size_t close = raw.rfind('}');
  std::string_view body = raw.substr(0, close);
  while (!body.empty() && IsJsonSpace(body.back())) body.remove_suffix(1);
  bool any = body != "{";
  // A letter of the key can only be escaped as \u.
  const bool may_be_there =
      raw.find('"' + std::string(key)) != raw.npos || raw.find("\\u") != raw.npos;
  if (any && may_be_there) {
    out += '{';
    any = AppendOtherMembers(raw, key, out);
  } else {
    out += raw.substr(0, close);
  }
  out += any ? ",\"" : "\"";
  out += key;
  out += "\":";
  out += value_json;
  out += '}';
}

}  // namespace samestory::io
