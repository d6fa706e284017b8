#include "cli/event_replay.h"

#include <cerrno>
#include <fstream>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/event_line.h"
#include "store/file_error.h"

namespace samestory::cli {
namespace {

// Applies an event; false where it tells of a story that is not there.
bool Apply(const StoryEvent& event, ReplayedStories& replayed) {
  const auto found = replayed.stories.find(event.story);
  if (event.kind == StoryEvent::Kind::kStory) {
    if (found != replayed.stories.end()) return false;
    replayed.stories[event.story].emplace_back(event.id);
    return true;
  }
  if (found == replayed.stories.end()) return false;
  if (event.kind == StoryEvent::Kind::kMember) {
    found->second.emplace_back(event.id);
    return true;
  }
  std::vector<std::string> members = std::move(found->second);
  replayed.stories.erase(found);
  if (event.kind == StoryEvent::Kind::kExpire) return true;
  const auto into = replayed.stories.find(event.into);
  if (into == replayed.stories.end()) return false;
  into->second.insert(into->second.end(), members.begin(), members.end());
  return true;
}

}  // namespace

absl::StatusOr<ReplayedStories> ReplayEvents(const std::string& path, std::uint64_t until) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return store::FileError(errno, path + ": the event log cannot be read");
  ReplayedStories replayed;
  std::string line;
  while (replayed.events < until && std::getline(in, line)) {
    if (in.eof()) {
      replayed.torn = true;
      break;
    }
    const std::uint64_t number = replayed.events + 1;
    const std::optional<ReadEvent> event = ParseEventLine(line);
    if (!event) return absl::DataLossError(absl::StrCat(path, ":", number, ": is no event"));
    if (event->number != number) {
      return absl::DataLossError(
          absl::StrCat(path, ":", number, ": is event ", event->number, ", not ", number));
    }
    if (!Apply(event->event, replayed)) {
      return absl::DataLossError(
          absl::StrCat(path, ":", number, ": tells of a story that is not there, or is already"));
    }
    replayed.events = number;
  }
  if (in.bad()) return absl::DataLossError(path + ": the event log cannot be read to its end");
  return replayed;
}

}  // namespace samestory::cli
