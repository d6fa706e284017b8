#include "cli/other.h"

#include "absl/strings/str_cat.h"
#include "io/json_text.h"

namespace samestory::cli {

void AppendOther(std::string& out, std::span<const OtherHeadline> other, std::string_view text) {
  if (other.empty()) return;
  out += ", \"other\": [";
  const char* separator = "";
  for (const OtherHeadline& headline : other) {
    absl::StrAppend(&out, separator, "{\"text\": ");
    io::AppendJsonString(out, text.substr(headline.begin, headline.end - headline.begin));
    out += ", \"story\": ";
    out += headline.story ? absl::StrCat("\"", StoryName(*headline.story), "\"") : "null";
    absl::StrAppend(&out, ", \"of\": ", headline.of.empty() ? "null" : headline.of, "}");
    separator = ", ";
  }
  out += "]";
}

}  // namespace samestory::cli
