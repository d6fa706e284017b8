#include "io/ndjson.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include "io/bad_records.h"
#include "io/html_page.h"
#include "io/json_text.h"
#include "io/json_walker.h"
#include "io/time.h"
#include "samestory/text.h"

namespace samestory::io {
namespace {

constexpr std::size_t kMadeIdBytes = 24;  // "#" and a 64-bit number

const char* IndexError(JsonIndex::Error error) {
  switch (error) {
    case JsonIndex::Error::kOpenString:
      return "invalid JSON: a string is not closed";
    case JsonIndex::Error::kControlCharacter:
      return "invalid JSON: a control character stands in a string";
    case JsonIndex::Error::kInvalidUtf8:
      return "invalid UTF-8";
    case JsonIndex::Error::kNoMemory:
      return "no memory for a line of this length";
    default:
      return "the line is blank";
  }
}

const char* TypeName(std::string_view token) {
  switch (token.front()) {
    case '"':
      return "a string";
    case '{':
      return "an object";
    case '[':
      return "an array";
    case 't':
    case 'f':
      return "true or false";
    default:
      return "a number";
  }
}

/// One bit for the size of a name: most keys that are not asked for have another.
std::uint64_t SizeBit(std::string_view name) {
  return std::uint64_t{1} << std::min<std::size_t>(name.size(), 63);
}

bool IsAbsent(std::string_view token) { return token.empty() || token == "null"; }
bool IsNumber(std::string_view token) {
  return token.front() == '-' || (token.front() >= '0' && token.front() <= '9');
}

}  // namespace

/// The text of string tokens, unescaped into the record's own memory where need be.
class NdjsonParser::Strings {
 public:
  Strings(const Tokens& tokens, bool has_escapes, std::vector<char>& memory)
      : has_escapes_(has_escapes) {
    std::size_t needed = kMadeIdBytes;
    if (has_escapes) {
      for (const std::string_view token : tokens) needed += token.size();
    }
    if (memory.size() < needed) memory.resize(needed);
    next_ = memory.data();
  }

  std::string_view Text(std::string_view token) {
    const std::string_view body = token.substr(1, token.size() - 2);
    if (!has_escapes_ || std::memchr(body.data(), '\\', body.size()) == nullptr) return body;
    return Taken(Unescape(body, next_));
  }

  std::string_view MadeId(std::uint64_t line) {
    *next_ = '#';
    return Taken(std::to_chars(next_ + 1, next_ + kMadeIdBytes, line).ptr);
  }

 private:
  std::string_view Taken(char* end) {
    const std::string_view text(next_, static_cast<std::size_t>(end - next_));
    next_ = end;
    return text;
  }

  bool has_escapes_;
  char* next_;
};

NdjsonParser::NdjsonParser(const FieldNames& names)
    : names_{names.id,     names.title,     names.summary, names.text, names.url,
             names.source, names.published, names.lang,    {}} {
  if (names.summary == FieldNames{}.summary) names_[kDescription] = "description";
  for (const std::string& name : names_) {
    if (!name.empty()) name_sizes_ |= SizeBit(name);
  }
}

std::string NdjsonParser::Parse(const Line& line, const std::shared_ptr<char[]>& piece,
                                InputRecord& out) {
  out.record = Record{};
  out.line = line.number;
  out.repaired = 0;
  JsonIndex::Error error = index_.Build(line.text());
  if (error == JsonIndex::Error::kNone) {
    if (out.bytes != piece) out.bytes = piece;
    return ReadObject(line.begin, line.size, out);
  }
  // Whatever is wrong may be a consequence of invalid UTF-8, so that is repaired first.
  const std::string repaired = RepairUtf8(line.text(), &out.repaired);
  if (out.repaired == 0) return IndexError(error);
  out.bytes = std::make_shared<char[]>(repaired.size() + PiecePool::kPadding);
  std::memcpy(out.bytes.get(), repaired.data(), repaired.size());
  error = index_.Build({out.bytes.get(), repaired.size()});
  if (error != JsonIndex::Error::kNone) return IndexError(error);
  return ReadObject(out.bytes.get(), repaired.size(), out);
}

std::string NdjsonParser::ReadObject(char* text, std::size_t size, InputRecord& out) {
  out.raw = TrimJsonSpace({text, size});
  if (out.raw.front() == '[') return "the line is a JSON array, not an object";
  if (out.raw.front() != '{') {
    return "the line is no JSON object: it begins with " + Quote(out.raw);
  }
  JsonWalker walker(text, size, index_);
  Tokens& tokens = tokens_;
  for (std::string_view& token : tokens) token = {};
  std::string_view key;
  std::string_view value;
  while (walker.Next(key, value)) {
    if (walker.has_escapes() && key.find('\\') != key.npos) {
      const std::string plain = UnescapedString(key);
      Keep(plain, value, tokens);
    } else {
      Keep(key, value, tokens);
    }
  }
  if (walker.error() != nullptr) {
    return "invalid JSON at byte " + std::to_string(walker.error_offset() + 1) + ": " +
           walker.error();
  }
  out.repaired += walker.repaired();

  Strings strings(tokens, walker.has_escapes(), out.scratch);
  std::string reason = SetTexts(tokens, strings, out.record);
  if (reason.empty()) reason = SetPublished(tokens[kPublished], strings, out.record);
  if (reason.empty()) reason = SetId(tokens[kId], strings, out);
  return reason;
}

void NdjsonParser::Keep(std::string_view key, std::string_view value, Tokens& tokens) const {
  if ((name_sizes_ & SizeBit(key)) == 0) return;
  for (std::size_t i = 0; i < kFields; ++i) {
    if (key == names_[i] && tokens[i].empty() && !key.empty()) tokens[i] = value;
  }
}

std::string NdjsonParser::SetTexts(const Tokens& tokens, Strings& strings, Record& record) const {
  const bool has_summary = !IsAbsent(tokens[kSummary]) && tokens[kSummary] != "\"\"";
  const std::pair<Field, std::string_view*> targets[] = {
      {kTitle, &record.title},   {has_summary ? kSummary : kDescription, &record.summary},
      {kText, &record.text},     {kUrl, &record.url},
      {kSource, &record.source}, {kLang, &record.lang}};
  for (const auto& [field, target] : targets) {
    const std::string_view token = tokens[field];
    if (IsAbsent(token)) continue;
    if (token.front() != '"') return TypeError(field, token, "a string");
    *target = strings.Text(token);
  }
  return {};
}

std::string NdjsonParser::SetPublished(std::string_view token, Strings& strings,
                                       Record& record) const {
  if (IsAbsent(token)) return {};
  if (token.front() == '"') {
    record.published = ParseTime(strings.Text(token));
  } else if (IsNumber(token)) {
    record.published = ParseUnixTime(token);
  } else {
    return TypeError(kPublished, token, "a time");
  }
  return {};
}

std::string NdjsonParser::SetId(std::string_view token, Strings& strings, InputRecord& out) const {
  out.id_is_integer = false;
  if (!IsAbsent(token)) {
    if (token.front() == '"') {
      out.record.id = strings.Text(token);
    } else if (!IsNumber(token)) {
      return TypeError(kId, token, "a string or an integer");
    } else if (!IsJsonNumber(token, out.id_is_integer) || !out.id_is_integer) {
      return "\"" + names_[kId] + "\" is not an integer: " + Quote(token);
    } else {
      out.record.id = token;
    }
  }
  out.id_is_made = out.record.id.empty();
  if (out.id_is_made) out.record.id = strings.MadeId(out.line);
  return {};
}

std::string NdjsonParser::TypeError(Field field, std::string_view token, const char* wanted) const {
  return "\"" + names_[field] + "\" is " + TypeName(token) + ", not " + wanted;
}

namespace {

class NdjsonReader final : public RecordReader {
 public:
  NdjsonReader(std::unique_ptr<ByteSource> source, std::string path, const ReaderOptions& options,
               BadRecordHandler on_bad)
      : source_(std::move(source)),
        lines_(*source_, options.max_line_bytes),
        parser_(options.fields),
        bad_(std::move(path), std::move(on_bad)),
        max_line_bytes_(options.max_line_bytes),
        html_(options.html) {}

  absl::StatusOr<bool> Next(InputRecord& out) override {
    Line line;
    while (lines_.Next(line)) {
      if (line.too_long) {
        bad_.Report(line.number, TooLong(max_line_bytes_));
        continue;
      }
      if (TrimJsonSpace(line.text()).empty()) continue;
      std::string reason = parser_.Parse(line, lines_.piece(), out);
      if (reason.empty()) reason = ReadHtmlText(html_, out);
      if (reason.empty()) return true;
      bad_.Report(line.number, std::move(reason));
    }
    if (!lines_.status().ok()) return lines_.status();
    return false;
  }

  bool Ready() override { return lines_.Ready(); }
  std::uint64_t BytesRead() const override { return source_->BytesRead(); }
  std::optional<std::uint64_t> BytesTotal() const override { return source_->BytesTotal(); }

 private:
  std::unique_ptr<ByteSource> source_;
  LineReader lines_;
  NdjsonParser parser_;
  BadRecords bad_;
  std::size_t max_line_bytes_;
  bool html_;
};

}  // namespace

std::unique_ptr<RecordReader> ReadNdjson(std::unique_ptr<ByteSource> source, std::string path,
                                         const ReaderOptions& options, BadRecordHandler on_bad) {
  return std::make_unique<NdjsonReader>(std::move(source), std::move(path), options,
                                        std::move(on_bad));
}

}  // namespace samestory::io
