#include "io/html_file.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "io/bad_records.h"
#include "io/feed_encoding.h"
#include "io/html_page.h"
#include "io/made_record.h"
#include "io/text_file.h"
#include "samestory/text.h"

namespace samestory::io {
namespace {

// The HTML standard asks for the name within 1024 bytes; pages are laxer.
constexpr std::size_t kEncodingBytes = 4096;

/// Where `word`, in lower case, begins in `text`; npos where it does not.
std::size_t FindIgnoringCase(std::string_view text, std::string_view word, std::size_t from = 0) {
  const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())),
                                 text.end(), word.begin(), word.end(), [](char a, char b) {
                                   return absl::ascii_tolower(static_cast<unsigned char>(a)) == b;
                                 });
  return found == text.end() ? text.npos : static_cast<std::size_t>(found - text.begin());
}

/// The value behind `charset` in a <meta>: charset=x, charset="x", content="...; charset=x".
std::string_view CharsetIn(std::string_view tag) {
  constexpr std::string_view kCharset = "charset";
  constexpr std::string_view kBlanks = " \t\r\n\f";
  std::size_t at = FindIgnoringCase(tag, kCharset);
  if (at == tag.npos) return {};
  at = tag.find_first_not_of(kBlanks, at + kCharset.size());
  if (at == tag.npos || tag[at] != '=') return {};
  at = tag.find_first_not_of(" \t\r\n\f\"'", at + 1);
  if (at == tag.npos) return {};
  return tag.substr(at, tag.find_first_of(" \t\r\n\f\"';/>", at) - at);
}

absl::StatusOr<std::string> DecodeHtml(std::string_view bytes, std::size_t& repaired) {
  std::string_view name = MetaEncoding(bytes);
  if (name.empty()) name = DeclaredEncoding(bytes);
  std::size_t count = 0;
  absl::StatusOr<std::string> text = DecodeAs(bytes, name, count);
  if (!text.ok()) {
    count = 0;
    text = DecodeAs(bytes, {}, count);
  }
  repaired += count;
  return text;
}

class HtmlReader final : public RecordReader {
 public:
  HtmlReader(std::unique_ptr<ByteSource> source, std::string path, const ReaderOptions& options,
             BadRecordHandler on_bad)
      : source_(std::move(source)),
        bad_(std::move(path), std::move(on_bad)),
        max_bytes_(options.max_page_bytes) {}

  absl::StatusOr<bool> Next(InputRecord& out) override {
    if (std::exchange(done_, true)) return false;
    const absl::StatusOr<std::string> bytes = ReadAll(*source_, max_bytes_, bad_.file());
    if (absl::IsInvalidArgument(bytes.status())) return Skip(PageTooLong(max_bytes_));
    if (!bytes.ok()) return bytes.status();
    out.repaired = 0;
    const absl::StatusOr<std::string> text = DecodeHtml(*bytes, out.repaired);
    if (!text.ok()) return Skip(std::string(text.status().message()));
    absl::StatusOr<HtmlPage> page = ReadHtmlPage(*text);
    if (!page.ok()) return Skip(std::string(page.status().message()));
    Fill(*std::move(page), out);
    return true;
  }

  bool Ready() override { return done_ || source_->Ready(); }
  std::uint64_t BytesRead() const override { return source_->BytesRead(); }
  std::optional<std::uint64_t> BytesTotal() const override { return source_->BytesTotal(); }

 private:
  bool Skip(std::string reason) const {
    bad_.Report(1, std::move(reason));
    return false;
  }

  void Fill(HtmlPage page, InputRecord& out) const {
    const std::string id = RepairUtf8(PageId(bad_.file()));
    Record fields;
    fields.id = id;
    fields.title = page.title;
    fields.text = page.lines.text;
    fields.url = page.url;
    fields.source = page.source;
    fields.lang = page.lang;
    fields.published = page.published;
    MakeRecord(fields, 1, out);
    out.markup = std::move(page.lines.markup);
    out.record.markup = out.markup;
    out.line = 1;
  }

  std::unique_ptr<ByteSource> source_;
  BadRecords bad_;
  std::size_t max_bytes_;
  bool done_ = false;
};

}  // namespace

std::string_view MetaEncoding(std::string_view html) {
  html = html.substr(0, kEncodingBytes);
  for (std::size_t at = FindIgnoringCase(html, "<meta"); at != html.npos;
       at = FindIgnoringCase(html, "<meta", at + 1)) {
    const std::string_view name = CharsetIn(html.substr(at, html.find('>', at) - at));
    if (!name.empty()) return name;
  }
  return {};
}

std::unique_ptr<RecordReader> ReadHtmlFile(std::unique_ptr<ByteSource> source, std::string path,
                                           const ReaderOptions& options, BadRecordHandler on_bad) {
  return std::make_unique<HtmlReader>(std::move(source), std::move(path), options,
                                      std::move(on_bad));
}

}  // namespace samestory::io
