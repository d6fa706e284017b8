#include "cli/event_line.h"

#include <charconv>

#include "cli/decision_line.h"
#include "io/writer.h"

namespace samestory::cli {
namespace {

constexpr std::string_view kKinds[] = {"story", "member", "merge", "expire"};

// Takes what is expected from the front of the line.
class LineReader {
 public:
  explicit LineReader(std::string_view line) : line_(line) {}

  bool Skip(std::string_view text) {
    if (!line_.starts_with(text)) return false;
    line_.remove_prefix(text.size());
    return true;
  }

  bool Number(std::uint64_t& value) {
    const char* end = line_.data() + line_.size();
    const auto [rest, error] = std::from_chars(line_.data(), end, value);
    if (error != std::errc()) return false;
    line_.remove_prefix(static_cast<std::size_t>(rest - line_.data()));
    return true;
  }

  bool Story(StoryId& story) { return Skip("\"s") && Number(story) && Skip("\""); }

  // The letters up to the next quote.
  bool Word(std::string_view& word) {
    const std::size_t end = line_.find('"');
    if (end == std::string_view::npos) return false;
    word = line_.substr(0, end);
    line_.remove_prefix(end + 1);
    return true;
  }

  // A JSON string with its quotes, or a number.
  bool Token(std::string_view& token) {
    const std::size_t end = line_.starts_with('"') ? EndOfString() : line_.find_first_of(",}");
    if (end == std::string_view::npos || end == 0) return false;
    token = line_.substr(0, end);
    line_.remove_prefix(end);
    return true;
  }

  bool AtEnd() const { return line_.empty(); }

 private:
  std::size_t EndOfString() const {
    for (std::size_t i = 1; i < line_.size(); ++i) {
      if (line_[i] == '\\') {
        ++i;
      } else if (line_[i] == '"') {
        return i + 1;
      }
    }
    return std::string_view::npos;
  }

  std::string_view line_;
};

bool ParseKind(std::string_view name, StoryEvent::Kind& kind) {
  for (std::size_t i = 0; i < std::size(kKinds); ++i) {
    if (kKinds[i] != name) continue;
    kind = static_cast<StoryEvent::Kind>(i);
    return true;
  }
  return false;
}

bool Parse(LineReader& line, ReadEvent& read) {
  StoryEvent& event = read.event;
  std::string_view kind, relation;
  if (!line.Skip("{\"n\":") || !line.Number(read.number) || !line.Skip(",\"event\":\"") ||
      !line.Word(kind) || !ParseKind(kind, event.kind) || !line.Skip(",\"story\":") ||
      !line.Story(event.story)) {
    return false;
  }
  if (line.Skip(",\"into\":") && !line.Story(event.into)) return false;
  if (line.Skip(",\"id\":")) {
    if (!line.Token(event.id) || !line.Skip(",\"relation\":\"") || !line.Word(relation))
      return false;
    const std::optional<Relation> parsed = ParseRelation(relation);
    if (!parsed) return false;
    event.relation = *parsed;
  }
  return line.Skip("}") && line.AtEnd();
}

}  // namespace

std::string EventLine(std::uint64_t number, const StoryEvent& event) {
  std::string line;
  io::JsonWriter json(line);
  json.BeginObject().Key("n").Uint(number);
  json.Key("event").String(kKinds[static_cast<int>(event.kind)]);
  json.Key("story").String(StoryName(event.story));
  if (event.into != 0) json.Key("into").String(StoryName(event.into));
  if (!event.id.empty()) {
    json.Key("id").Raw(event.id).Key("relation").String(RelationName(event.relation));
  }
  json.EndObject();
  line += '\n';
  return line;
}

std::optional<ReadEvent> ParseEventLine(std::string_view line) {
  LineReader reader(line);
  ReadEvent read;
  if (!Parse(reader, read)) return std::nullopt;
  std::string again = EventLine(read.number, read.event);
  again.pop_back();
  if (again != line) return std::nullopt;
  return read;
}

}  // namespace samestory::cli
