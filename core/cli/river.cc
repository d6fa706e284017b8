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

River::River(const RiverFlags& flags, Format format, io::OutputFile& out)
    : flags_(flags), format_(format), out_(out) {
  if (flags.feed) feed_.emplace(*flags.feed, flags.head);
}

absl::Status River::Begin() {
  if (!feed_ || std::exchange(begun_, true)) return absl::OkStatus();
  text_.clear();
  feed_->Head(text_);
  return out_.Write(text_);
}

absl::Status River::Write(const io::InputRecord& input, const Record& record,
                          const Decision& decision, const Choice& choice) {
  if (choice.drop && (feed_ || flags_.only_new)) return absl::OkStatus();
  if (!feed_) {
    return out_.Write(format_ == Format::kText ? DecisionText(record, decision, choice.drop)
                                               : DecisionJson(input, record, decision, choice));
  }
  if (absl::Status status = Begin(); !status.ok()) return status;
  const std::string story = StoryName(decision.story), of = IdText(decision.of),
                    replaces = IdText(choice.replaces);
  text_.clear();
  feed_->Item(input, {story, RelationName(decision.relation), of, replaces}, text_);
  return out_.Write(text_);
}

absl::Status River::End() {
  if (!feed_) return absl::OkStatus();
  if (absl::Status status = Begin(); !status.ok()) return status;
  text_.clear();
  feed_->Foot(text_);
  return out_.Write(text_);
}

}  // namespace samestory::cli
