#include "io/feed_writer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>

#include "base/hash.h"
#include "io/time.h"
#include "io/writer.h"
#include "samestory/text.h"

namespace samestory::io {
namespace {

constexpr char kXml[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// What XML 1.0 has no way to write.
bool IsForbidden(unsigned char c) { return c < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

/// Appends `text` as the content of an element or attribute.
void AppendXml(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view rest = text.substr(i, 3);
    if (rest == "\xef\xbf\xbe" || rest == "\xef\xbf\xbf") {  // U+FFFE and U+FFFF
      i += 2;
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\r') {
      out += "&#13;";
    } else if (!IsForbidden(static_cast<unsigned char>(c))) {
      out += c;
    }
  }
}

void AppendElement(std::string& out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  out.append("<").append(name).append(">");
  AppendXml(out, RepairUtf8(text));
  // Attributes behind the name do not belong to the end tag.
  out.append("</").append(name.substr(0, name.find(' '))).append(">\n");
}

std::string EscapedHtml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string TagOf(const LineMarkup& line) {
  switch (line.tag) {
    case LineTag::kHeading:
      return "h" + std::to_string(std::clamp<int>(line.heading_level, 1, 6));
    case LineTag::kListItem:
      return "li";
    case LineTag::kQuote:
      return "blockquote";
    default:
      return "p";
  }
}

/// The lines of a record's text as HTML, an element each.
std::string ContentHtml(const Record& record) {
  std::string html;
  std::string_view rest = record.text;
  for (std::size_t number = 0; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    const std::string tag =
        number < record.markup.size() ? TagOf(record.markup[number]) : std::string("p");
    if (!line.empty()) html += "<" + tag + ">" + EscapedHtml(line) + "</" + tag + ">\n";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return html;
}

/// RFC 822 with a year of four digits, as RSS asks for.
std::string Rfc822(std::int64_t seconds) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  using std::chrono::days, std::chrono::sys_days;
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const sys_days day = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date(day);
  const auto second = static_cast<int>((time - day).count());
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d GMT",
                kDays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                second / 3600, second / 60 % 60, second % 60);
  return text;
}

/// A name-based UUID (RFC 9562, version 8) of `name`.
std::string Urn(std::string_view name) {
  const std::uint64_t high = Hash64(name, 1), low = Hash64(name, 2);
  char text[64];
  std::snprintf(text, sizeof text, "urn:uuid:%08x-%04x-8%03x-%04x-%012llx",
                static_cast<unsigned>(high >> 32), static_cast<unsigned>(high >> 16 & 0xffff),
                static_cast<unsigned>(high & 0xfff),
                static_cast<unsigned>(low >> 48 & 0x3fff) | 0x8000U,
                static_cast<unsigned long long>(low & 0xffffffffffffULL));
  return text;
}

/// The site that an address belongs to: its scheme and host; empty where it has none.
std::string_view Site(std::string_view url) {
  const std::size_t host = url.find("://");
  if (host == url.npos) return {};
  return url.substr(0, url.find_first_of("/?#", host + 3));
}

void AppendNote(std::string& out, const FeedNote& note) {
  AppendElement(out, "samestory:story", note.story);
  AppendElement(out, "samestory:relation", note.relation);
  AppendElement(out, "samestory:of", note.of);
  AppendElement(out, "samestory:replaces", note.replaces);
}

}  // namespace

FeedWriter::FeedWriter(FeedFormat format, FeedHead head)
    : format_(format), head_(std::move(head)), urn_(Urn(head_.url + '\n' + head_.title)) {}

void FeedWriter::Head(std::string& out) const {
  switch (format_) {
    case FeedFormat::kRss:
      out += kXml;
      out +=
          "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
          "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:samestory=\"";
      out.append(kFeedNamespace).append("\">\n<channel>\n");
      AppendElement(out, "title", head_.title);
      AppendElement(out, "link", head_.url.empty() ? urn_ : head_.url);
      AppendElement(out, "description", head_.title);
      AppendElement(out, "generator", "samestory");
      return;
    case FeedFormat::kAtom:
      out += kXml;
      out += "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:samestory=\"";
      out.append(kFeedNamespace).append("\">\n");
      AppendElement(out, "id", urn_);
      AppendElement(out, "title", head_.title);
      if (!head_.url.empty()) {
        out += "<link rel=\"alternate\" href=\"";
        AppendXml(out, RepairUtf8(head_.url));
        out += "\"/>\n";
      }
      out += "<author>\n";
      AppendElement(out, "name", head_.title);
      out += "</author>\n";
      AppendElement(out, "generator", "samestory");
      return;
    case FeedFormat::kJsonFeed: {
      JsonWriter json(out);
      json.BeginObject().Key("version").String("https://jsonfeed.org/version/1.1");
      json.Key("title").String(head_.title);
      if (!head_.url.empty()) json.Key("home_page_url").String(head_.url);
      json.Key("items").BeginArray();
      return;
    }
  }
}

void FeedWriter::Item(const InputRecord& input, const FeedNote& note, std::string& out) {
  if (input.record.published) updated_ = std::max(updated_, *input.record.published);
  switch (format_) {
    case FeedFormat::kRss:
      RssItem(input, note, out);
      break;
    case FeedFormat::kAtom:
      AtomEntry(input, note, out);
      break;
    case FeedFormat::kJsonFeed:
      JsonItem(input, note, out);
      break;
  }
  any_ = true;
}

void FeedWriter::Foot(std::string& out) const {
  switch (format_) {
    case FeedFormat::kRss:
      if (updated_ > 0) AppendElement(out, "lastBuildDate", Rfc822(updated_));
      out += "</channel>\n</rss>\n";
      return;
    case FeedFormat::kAtom:
      // Known only now. RFC 4287 gives the order of a feed's elements no meaning.
      AppendElement(out, "updated", FormatTime(updated_));
      out += "</feed>\n";
      return;
    case FeedFormat::kJsonFeed:
      out += "\n]}\n";
      return;
  }
}

void FeedWriter::RssItem(const InputRecord& input, const FeedNote& note, std::string& out) const {
  const Record& record = input.record;
  out += "<item>\n";
  AppendElement(out, "title", record.title);
  AppendElement(out, "link", record.url);
  // An item has one of the two at least.
  if (!record.summary.empty() || record.title.empty()) {
    out += "<description>";
    AppendXml(out, RepairUtf8(record.summary));
    out += "</description>\n";
  }
  AppendElement(out, "content:encoded", ContentHtml(record));
  if (!input.id_is_made) AppendElement(out, "guid isPermaLink=\"false\"", record.id);
  if (record.published) AppendElement(out, "pubDate", Rfc822(*record.published));
  if (!record.source.empty()) {
    const std::string_view site = Site(record.url);
    out += "<source url=\"";
    AppendXml(out, RepairUtf8(site.empty() ? std::string_view(urn_) : site));
    out += "\">";
    AppendXml(out, RepairUtf8(record.source));
    out += "</source>\n";
  }
  AppendElement(out, "dc:language", record.lang);
  AppendNote(out, note);
  out += "</item>\n";
}

std::string FeedWriter::ItemUrn(const Record& record) const {
  std::string name(record.source);
  for (const std::string_view part : {record.id, record.url, record.title}) {
    name.append("\n").append(part);
  }
  return Urn(name);
}

void FeedWriter::AtomEntry(const InputRecord& input, const FeedNote& note, std::string& out) const {
  const Record& record = input.record;
  out += "<entry";
  if (!record.lang.empty()) {
    out += " xml:lang=\"";
    AppendXml(out, RepairUtf8(record.lang));
    out += '"';
  }
  out += ">\n";
  // Atom asks for an IRI that no other entry has; ids of records need not be either.
  const std::string urn = ItemUrn(record);
  AppendElement(out, "id", urn);
  if (!input.id_is_made) AppendElement(out, "samestory:id", record.id);
  out += "<title type=\"html\">";
  AppendXml(out, RepairUtf8(record.title));
  out += "</title>\n";
  const std::string time = FormatTime(record.published ? *record.published : updated_);
  if (record.published) AppendElement(out, "published", time);
  AppendElement(out, "updated", time);
  // An entry without content must have a link.
  if (!record.url.empty() || record.text.empty()) {
    out += "<link rel=\"alternate\" href=\"";
    AppendXml(out, RepairUtf8(record.url.empty() ? std::string_view(urn) : record.url));
    out += "\"/>\n";
  }
  AppendElement(out, "summary type=\"html\"", record.summary);
  AppendElement(out, "content type=\"html\"", ContentHtml(record));
  if (!record.source.empty()) {
    out += "<source>\n";
    AppendElement(out, "id", Urn(record.source));
    AppendElement(out, "title", record.source);
    AppendElement(out, "updated", time);
    out += "</source>\n";
  }
  AppendNote(out, note);
  out += "</entry>\n";
}

void FeedWriter::JsonItem(const InputRecord& input, const FeedNote& note, std::string& out) {
  const Record& record = input.record;
  out += any_ ? ",\n" : "\n";
  JsonWriter json(out);
  const auto member = [&json](const char* name, std::string_view value) {
    if (!value.empty()) json.Key(name).String(value);
  };
  json.BeginObject().Key("id").String(input.id_is_made ? ItemUrn(record) : std::string(record.id));
  member("url", record.url);
  member("title", record.title);
  member("summary", record.summary);
  json.Key("content_text").String(record.text);
  if (record.published) json.Key("date_published").String(FormatTime(*record.published));
  member("language", record.lang);
  json.Key("_samestory").BeginObject();
  member("source", record.source);
  member("story", note.story);
  member("relation", note.relation);
  member("of", note.of);
  member("replaces", note.replaces);
  json.EndObject().EndObject();
}

}  // namespace samestory::io
