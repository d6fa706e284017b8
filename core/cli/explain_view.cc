#include "cli/explain_view.h"

#include <ctime>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/other.h"
#include "io/json_text.h"
#include "io/writer.h"

namespace samestory::cli {
namespace {

std::string Quoted(std::string_view text) {
  std::string out;
  io::AppendJsonString(out, text);
  return out;
}

std::string QuotedList(const std::vector<std::string>& items) {
  return absl::StrJoin(items, ", ", [](std::string* out, const std::string& item) {
    io::AppendJsonString(*out, item);
  });
}

void AppendSide(std::string& out, const char* name, const Explanation::Side& side) {
  absl::StrAppendFormat(&out, "%-9s %s\n", name, Quoted(side.canonical));
  if (!side.stripped_before.empty() || !side.stripped_after.empty()) {
    absl::StrAppendFormat(&out, "  stripped %s %s\n", Quoted(side.stripped_before),
                          Quoted(side.stripped_after));
  }
}

std::string TimeText(std::int64_t seconds) {
  if (seconds == 0) return "unknown";
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  char text[32];
  ::gmtime_r(&time, &parts);
  return {text, std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

void AppendItems(std::string& out, const Explanation& e, const StateNames* names) {
  for (const auto& [name, item] :
       {std::pair("older", &e.older_item), std::pair("newer", &e.newer_item)}) {
    if (!*item) continue;
    absl::StrAppendFormat(&out, "%s item: %s of %s, published %s, first seen %s, story %s\n", name,
                          std::string((*item)->id), Quoted(names->source((*item)->source_key)),
                          TimeText((*item)->published), TimeText((*item)->seen),
                          StoryName((*item)->story + names->story_base));
  }
  if (e.older_item && e.older.canonical.empty() && e.newer.canonical.empty()) {
    out += "The state keeps hashes of these items and no words.\n";
  }
}

void AppendSlots(std::string& out, const Explanation& e) {
  if (e.slots.empty()) return;
  out += "\nslots that differ\n";
  for (const SlotPair& slot : e.slots) {
    absl::StrAppendFormat(&out, "  %-9s %s -> %s\n", std::string(SlotTypeName(slot.type)),
                          slot.older.empty() ? "(none)" : slot.older,
                          slot.newer.empty() ? "(none)" : slot.newer);
  }
}

std::string_view WhereName(WordMatch::Where where) {
  switch (where) {
    case WordMatch::Where::kBoth:
      return "both";
    case WordMatch::Where::kOtherForm:
      return "other form";
    case WordMatch::Where::kOlder:
      return "older";
    case WordMatch::Where::kNewer:
      return "newer";
  }
  return "both";
}

void AppendWords(std::string& out, const Explanation& e) {
  if (e.words.empty()) return;
  out += "\nwords                   weight   stands in\n";
  for (const WordMatch& word : e.words) {
    absl::StrAppendFormat(&out, "  %-20s %7.2f   %s\n", word.word, word.weight,
                          std::string(WhereName(word.where)));
  }
}

void AppendTerms(std::string& out, const Explanation& e) {
  if (e.terms.empty()) return;
  out += "\nthe judge's table            value   weight   log-odds\n";
  absl::StrAppendFormat(&out, "  %-23s %8s %8s %10.3f\n", "(bias)", "", "", e.bias);
  double sum = e.bias;
  for (const VerdictTerm& term : e.terms) {
    const double part = term.value * term.weight;
    sum += part;
    absl::StrAppendFormat(&out, "  %-23s %8.3f %8.3f %10.3f\n", std::string(term.name), term.value,
                          term.weight, part + 0.0);  // a zero has no sign
  }
  absl::StrAppendFormat(&out, "  %-23s %8s %8s %10.3f\n", "sum", "", "", sum);
  absl::StrAppendFormat(&out, "  %-23s %8s %8s %10.3f\n", "one story from", "", "",
                        e.join_log_odds);
}

}  // namespace

std::string ExplanationText(const Explanation& e, const StateNames* names) {
  std::string out;
  AppendItems(out, e, names);
  AppendSide(out, "older", e.older);
  AppendSide(out, "newer", e.newer);
  absl::StrAppendFormat(&out, "\nshared shingles (%d): %s\n", e.shared_shingles.size(),
                        QuotedList(e.shared_shingles));
  absl::StrAppendFormat(&out, "only in older (%d): %s\n", e.older_only_shingles.size(),
                        QuotedList(e.older_only_shingles));
  absl::StrAppendFormat(&out, "only in newer (%d): %s\n", e.newer_only_shingles.size(),
                        QuotedList(e.newer_only_shingles));
  absl::StrAppendFormat(&out, "\nexact Jaccard      %.4f\nestimated Jaccard  %.4f\n",
                        e.verdict.jaccard, e.estimated_jaccard);
  absl::StrAppendFormat(&out, "containment        %.4f of newer in older, %.4f of older in newer\n",
                        e.verdict.containment_newer, e.verdict.containment_older);
  absl::StrAppendFormat(&out, "keys that collide  bands [%s]%s\n",
                        absl::StrJoin(e.shared_bands, ", "),
                        e.shared_rare_key ? ", a pair of rare words" : "");
  out += e.hours_apart < 0 ? "time between       unknown\n"
                           : absl::StrFormat("time between       %.1f hours\n", e.hours_apart);
  AppendWords(out, e);
  AppendSlots(out, e);
  AppendTerms(out, e);
  absl::StrAppendFormat(&out, "\nverdict: %s (%s, probability %.3f)\n%s\n",
                        std::string(RelationName(e.verdict.relation)),
                        IsSameStory(e.verdict.relation) ? "one story" : "two stories",
                        e.verdict.probability, e.reason);
  for (const std::string& change : e.changes)
    absl::StrAppendFormat(&out, "It would be %s.\n", change);
  if (e.shared_bands.empty() && !e.shared_rare_key && e.verdict.relation != Relation::kExact) {
    out += "No key collides, so a stream would not have compared these two at all.\n";
  }
  return out;
}

namespace {

void AddSide(io::JsonWriter& json, const Explanation::Side& side,
             const std::optional<LivingItem>& item, const StateNames* names) {
  json.BeginObject();
  if (item) {
    AddLivingItem(json, *item, names->source(item->source_key), names->story_base);
  }
  json.Key("canonical").String(side.canonical);
  json.Key("stripped_before").String(side.stripped_before);
  json.Key("stripped_after").String(side.stripped_after).EndObject();
}

void AddList(io::JsonWriter& json, const std::vector<std::string>& items) {
  json.BeginArray();
  for (const std::string& item : items) json.String(item);
  json.EndArray();
}

void AddReasons(io::JsonWriter& json, const Explanation& e) {
  json.Key("slots").BeginArray();
  for (const SlotPair& slot : e.slots) {
    json.BeginObject().Key("type").String(SlotTypeName(slot.type));
    json.Key("older").String(slot.older).Key("newer").String(slot.newer).EndObject();
  }
  json.EndArray().Key("bias").Number(e.bias).Key("terms").BeginArray();
  for (const VerdictTerm& term : e.terms) {
    json.BeginObject().Key("name").String(term.name);
    json.Key("value").Number(term.value).Key("weight").Number(term.weight).EndObject();
  }
  json.EndArray().Key("log_odds").Number(e.log_odds);
  json.Key("join_log_odds").Number(e.join_log_odds).Key("words").BeginArray();
  for (const WordMatch& word : e.words) {
    json.BeginObject().Key("word").String(word.word).Key("weight").Number(word.weight);
    json.Key("where").String(WhereName(word.where)).EndObject();
  }
  json.EndArray().Key("reason").String(e.reason);
  AddList(json.Key("changes"), e.changes);
}

}  // namespace

std::string ExplanationJson(const Explanation& e, const StateNames* names) {
  std::string out;
  io::JsonWriter json(out);
  json.BeginObject().Key("relation").String(RelationName(e.verdict.relation));
  json.Key("same_story").Bool(IsSameStory(e.verdict.relation));
  json.Key("probability").Number(e.verdict.probability);
  json.Key("jaccard").Number(e.verdict.jaccard);
  json.Key("containment_newer").Number(e.verdict.containment_newer);
  json.Key("containment_older").Number(e.verdict.containment_older);
  json.Key("agreed").BeginArray();
  if (e.verdict.agreed.headline) json.String("headline");
  if (e.verdict.agreed.body) json.String("body");
  json.EndArray();
  json.Key("estimated_jaccard").Number(e.estimated_jaccard);
  json.Key("bands").BeginArray();
  for (const int band : e.shared_bands) json.Int(band);
  json.EndArray().Key("rare_key").Bool(e.shared_rare_key);
  AddSide(json.Key("older"), e.older, e.older_item, names);
  AddSide(json.Key("newer"), e.newer, e.newer_item, names);
  AddList(json.Key("shared"), e.shared_shingles);
  AddList(json.Key("older_only"), e.older_only_shingles);
  AddList(json.Key("newer_only"), e.newer_only_shingles);
  AddReasons(json, e);
  json.EndObject();
  out += '\n';
  return out;
}

}  // namespace samestory::cli
