#include "io/made_record.h"

#include <cstddef>
#include <cstring>
#include <utility>

#include "io/json_text.h"
#include "io/time.h"

namespace samestory::io {
namespace {

struct NamedField {
  const char* name;
  std::string_view Record::*field;
};

constexpr NamedField kFields[] = {{"id", &Record::id},           {"title", &Record::title},
                                  {"summary", &Record::summary}, {"text", &Record::text},
                                  {"url", &Record::url},         {"source", &Record::source},
                                  {"lang", &Record::lang}};

void AppendMember(std::string& object, const char* name, std::string_view value) {
  object += object.empty() ? "{\"" : ",\"";
  object += name;
  object += "\":";
  AppendJsonString(object, value);
}

std::string ObjectOf(const Record& record) {
  std::string object;
  for (const auto& [name, field] : kFields) {
    if (!(record.*field).empty()) AppendMember(object, name, record.*field);
  }
  if (record.published) AppendMember(object, "published", FormatTime(*record.published));
  object += '}';
  return object;
}

}  // namespace

void MakeRecord(const Record& fields, std::uint64_t number, InputRecord& out) {
  Record record = fields;
  const std::string made = '#' + std::to_string(number);
  out.id_is_made = record.id.empty();
  out.id_is_integer = false;
  if (out.id_is_made) record.id = made;
  const std::string object = ObjectOf(record);

  std::size_t size = object.size();
  for (const auto& [name, field] : kFields) size += (record.*field).size();
  out.bytes.reset();
  out.scratch.resize(size);
  char* at = out.scratch.data();
  const auto keep = [&at](std::string_view text) {
    if (!text.empty()) std::memcpy(at, text.data(), text.size());
    return std::string_view(std::exchange(at, at + text.size()), text.size());
  };
  out.raw = keep(object);
  for (const auto& [name, field] : kFields) record.*field = keep(record.*field);
  out.record = record;
}

}  // namespace samestory::io
