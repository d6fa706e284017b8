#include "cli/river.h"

#include <string_view>
#include <utility>

#include "io/json_text.h"

namespace samestory::cli {
namespace {

/// The text of an id token: that of a string, a number as it stands.
std::string IdText(std::string_view token) {
  if (token.size() < 2 || token.front() != '"') return std::string(token);
  return io::UnescapedString(token.substr(1, token.size() - 2));
}

}  // namespace

River::River(const RiverFlags& flags, Format format) : flags_(flags), format_(format) {
  if (flags.feed) feed_.emplace(*flags.feed, flags.head);
}

void River::Begin(std::string& out) {
  if (feed_ && !std::exchange(begun_, true)) feed_->Head(out);
}

void River::Write(const io::InputRecord& input, const Record& record, const Decision& decision,
                  const Choice& choice, std::string& out) {
  if (choice.drop && (feed_ || flags_.only_new)) return;
  if (!feed_) {
    out += format_ == Format::kText ? DecisionText(record, decision, choice.drop)
                                    : DecisionJson(input, record, decision, choice);
    return;
  }
  Begin(out);
  const std::string story = StoryName(decision.story), of = IdText(decision.of),
                    replaces = IdText(choice.replaces);
  feed_->Item(input, {story, RelationName(decision.relation), of, replaces}, out);
}

void River::End(std::string& out) {
  if (!feed_) return;
  Begin(out);
  feed_->Foot(out);
}

}  // namespace samestory::cli
