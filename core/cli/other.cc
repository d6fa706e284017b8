#include "cli/other.h"

namespace samestory::cli {
namespace {

void AddTime(io::JsonWriter& json, std::int64_t seconds) {
  if (seconds == 0) {
    json.Null();
  } else {
    json.Int(seconds);
  }
}

}  // namespace


void AddIdToken(io::JsonWriter& json, std::string_view token) {
  json.Raw(token.empty() ? std::string_view("null") : token);
}

void AddLivingItem(io::JsonWriter& json, const LivingItem& item, std::string_view source,
                   std::uint64_t story_base) {
  json.Key("id").Raw(item.id).Key("source").String(source);
  AddTime(json.Key("published"), item.published);
  AddTime(json.Key("seen"), item.seen);
  json.Key("story").String(StoryName(item.story + story_base));
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
