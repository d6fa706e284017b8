#include "cli/other.h"

namespace samestory::cli {

void AddIdToken(io::JsonWriter& json, std::string_view token) {
  json.Raw(token.empty() ? std::string_view("null") : token);
}

void AddAgreed(io::JsonWriter& json, FieldsAgreed agreed) {
  const std::string_view name = FieldsAgreedName(agreed);
  if (!name.empty()) json.Key("agreed").String(name);
}

void AddOther(io::JsonWriter& json, std::span<const OtherHeadline> other, std::string_view text) {
  if (other.empty()) return;
  json.Key("other").BeginArray();
  for (const OtherHeadline& headline : other) {
    json.BeginObject().Key("text").String(
        text.substr(headline.begin, headline.end - headline.begin));
    json.Key("story");
    if (headline.story) {
      json.String(StoryName(*headline.story));
    } else {
      json.Null();
    }
    AddIdToken(json.Key("of"), headline.of);
    json.EndObject();
  }
  json.EndArray();
}

}  // namespace samestory::cli
