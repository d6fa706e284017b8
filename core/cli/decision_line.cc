#include "cli/decision_line.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/inputs.h"
#include "cli/other.h"
#include "io/writer.h"

namespace samestory::cli {

std::string DecisionJson(const io::InputRecord& input, const Record& record,
                         const Decision& decision, const Choice& choice) {
  std::string value, line;
  io::JsonWriter json(value);
  json.BeginObject().Key("action").String(choice.drop ? "drop" : "keep");
  json.Key("relation").String(RelationName(decision.relation));
  AddIdToken(json.Key("of"), decision.of);
  json.Key("similarity").Number(decision.similarity).Key("story");
  // A query begins no story.
  if (decision.story == 0) {
    json.Null();
  } else {
    json.String(StoryName(decision.story));
  }
  AddAgreed(json, decision.agreed);
  if (!choice.replaces.empty()) json.Key("replaces").Raw(choice.replaces);
  if (!choice.replaced_by.empty()) json.Key("replaced_by").Raw(choice.replaced_by);
  AddOther(json, decision.other, record.text);
  json.EndObject();
  io::AnnotateObject(input.raw, "samestory", value, line);
  line += '\n';
  return line;
}

std::string DecisionText(const Record& record, const Decision& decision, bool drop) {
  std::string line = absl::StrFormat(
      "%-4s %-9s %-6s %s", drop ? "drop" : "keep", std::string(RelationName(decision.relation)),
      decision.story == 0 ? "-" : StoryName(decision.story), HeadlineOf(record));
  if (!decision.of.empty()) absl::StrAppend(&line, "  <- ", decision.of);
  line += '\n';
  for (const OtherHeadline& other : decision.other) {
    absl::StrAppend(&line, "       other headline: ",
                    std::string(record.text.substr(other.begin, other.end - other.begin)),
                    other.story ? absl::StrCat("  = ", StoryName(*other.story)) : "", "\n");
  }
  return line;
}

std::optional<Relation> ParseRelation(std::string_view name) {
  for (const Relation relation : kRelations) {
    if (RelationName(relation) == name) return relation;
  }
  return std::nullopt;
}

}  // namespace samestory::cli
