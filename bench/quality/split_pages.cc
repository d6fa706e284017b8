#include "split_pages.h"

#include <algorithm>
#include <utility>

#include "split_files.h"

namespace samestory::quality {
namespace {

std::string OneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
    if (!space) {
      line.push_back(c);
    } else if (!line.empty() && line.back() != ' ') {
      line.push_back(' ');
    }
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

// Absent fields leave `value` as it is.
template <typename T>
void GetIfPresent(const simdjson::dom::object& object, std::string_view key, T& value) {
  if (T found; object[key].get(found) == simdjson::SUCCESS) value = found;
}

void AddLines(const simdjson::dom::object& object, LabelledPage& page) {
  simdjson::dom::array lines;
  if (object["lines"].get(lines) != simdjson::SUCCESS) return;
  for (const simdjson::dom::object line : lines) {
    std::string text = OneLine(StringField(line, "text"));
    if (text.empty()) continue;
    bool main = false, title = false;
    std::int64_t paragraph = -1;
    GetIfPresent(line, "main", main);
    GetIfPresent(line, "title", title);
    GetIfPresent(line, "para", paragraph);
    page.lines.push_back(std::move(text));
    page.other.push_back(!main);
    page.counted.push_back(!title && StringField(line, "how") != "partial");
    page.paragraph.push_back(static_cast<int>(paragraph));
    if (main) page.cut = page.lines.size();
  }
}

using Finish = void (*)(const simdjson::dom::object&, LabelledPage&);

absl::StatusOr<std::vector<LabelledPage>> Load(const std::string& path, std::string_view set,
                                               Finish finish) {
  std::vector<LabelledPage> pages;
  const absl::Status status = ReadObjects(path, [&](simdjson::dom::object object) {
    LabelledPage page;
    page.id = StringField(object, "id");
    page.set = set;
    page.source = StringField(object, "source");
    page.title = StringField(object, "title");
    page.group = StringField(object, "domain");
    if (page.group.empty()) page.group = page.id;
    AddLines(object, page);
    finish(object, page);
    pages.push_back(std::move(page));
  });
  if (!status.ok()) return status;
  return pages;
}

// The lines [0, keep_front) and [from, end) of `page`.
LabelledPage Kept(const LabelledPage& page, std::size_t keep_front, std::size_t from,
                  std::size_t end, std::string variant) {
  LabelledPage made = page;
  made.variant = std::move(variant);
  made.id += "/" + made.variant;
  const auto cut_out = [&](auto& of_lines) {
    of_lines.erase(of_lines.begin() + static_cast<std::ptrdiff_t>(end), of_lines.end());
    of_lines.erase(of_lines.begin() + static_cast<std::ptrdiff_t>(keep_front),
                   of_lines.begin() + static_cast<std::ptrdiff_t>(from));
  };
  cut_out(made.lines);
  cut_out(made.other);
  cut_out(made.counted);
  cut_out(made.paragraph);
  made.cut = std::min(made.cut, end) - (from - keep_front);
  return made;
}

}  // namespace

std::string LabelledPage::Text() const {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

absl::StatusOr<std::vector<LabelledPage>> LoadSyntheticTails(const std::string& data_dir) {
  return Load(data_dir + "/dev/synthetic_tails.ndjson", "synthetic",
              [](const simdjson::dom::object& object, LabelledPage& page) {
                page.variant = StringField(object, "variant");
              });
}

absl::StatusOr<std::vector<LabelledPage>> LoadPageTails(const std::string& data_dir) {
  return Load(data_dir + "/dev/pages_tails.ndjson", "pages",
              [](const simdjson::dom::object& object, LabelledPage& page) {
                bool newsy = false;
                GetIfPresent(object, "newsy", newsy);
                page.variant = newsy ? "newsy" : "other";
              });
}

absl::StatusOr<std::vector<LabelledPage>> LoadPageLines(const std::string& data_dir) {
  return Load(data_dir + "/dev/pages_lines.ndjson", "lines",
              [](const simdjson::dom::object& object, LabelledPage& page) {
                page.variant = StringField(object, "page_type");
              });
}

LabelledPage WithStops(const LabelledPage& page) {
  LabelledPage made = page;
  made.variant = "stops";
  made.id += "/stops";
  for (std::size_t i = made.cut; i < made.lines.size(); ++i) {
    std::string& line = made.lines[i];
    const bool ellipsis = line.ends_with("\xE2\x80\xA6");
    if (!ellipsis && std::string_view(".?!").find(line.back()) == std::string_view::npos) {
      line += '.';
    }
  }
  return made;
}

LabelledPage StoryAlone(const LabelledPage& page) {
  return Kept(page, page.cut, page.cut, page.cut, "story");
}

LabelledPage Cropped(const LabelledPage& page, std::size_t lines) {
  if (lines >= page.cut) return Kept(page, 0, 0, page.lines.size(), "cropped");
  const std::size_t front = std::max<std::size_t>(3, lines / 2);
  return Kept(page, front, page.cut - (lines - front), page.lines.size(), "cropped");
}

LabelledPage Window(const LabelledPage& page, std::size_t first, std::size_t lines) {
  const std::size_t end = std::min(page.cut, first + lines);
  return Kept(page, 0, std::min(first, end), end, "window");
}

LabelledPage OneOther(const LabelledPage& page) {
  const std::size_t end = std::min(page.cut + 1, page.lines.size());
  return Kept(page, end, end, end, "one");
}

LabelledPage Short(const LabelledPage& page, std::size_t lines) {
  const std::size_t kept = std::min(lines, page.cut);
  return Kept(page, kept, page.cut, page.lines.size(), "short");
}

LabelledPage AsUnknownLanguage(const LabelledPage& page) {
  LabelledPage made = page;
  const bool of_made = page.id.find('/') != std::string::npos;
  made.variant = std::string(kUnknownLanguage) + (of_made ? ", " + page.variant : "");
  made.id += "/" + std::string(kUnknownLanguage);
  for (std::string& line : made.lines) {
    for (char& c : line) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return made;
}

LabelledPage InParagraphs(const LabelledPage& page) {
  LabelledPage made = page;
  made.variant = "paragraphs";
  made.id += "/paragraphs";
  made.lines.clear();
  made.other.clear();
  made.counted.clear();
  made.paragraph.clear();
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const bool joins = i > 0 && !page.other[i] && !page.other[i - 1] && page.paragraph[i] >= 0 &&
                       page.paragraph[i] == page.paragraph[i - 1];
    if (joins) {
      made.lines.back() += " " + page.lines[i];
      continue;
    }
    if (i == page.cut) made.cut = made.lines.size();
    made.lines.push_back(page.lines[i]);
    made.other.push_back(page.other[i]);
    made.counted.push_back(page.counted[i]);
    made.paragraph.push_back(page.paragraph[i]);
  }
  if (page.cut == page.lines.size()) made.cut = made.lines.size();
  return made;
}

}  // namespace samestory::quality
