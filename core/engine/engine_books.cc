// What the engine keeps of items: times, the window, stories and their events, what is forgotten.
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/engine_core.h"

namespace samestory {
namespace {

constexpr std::uint32_t kSecondsPerDay = 24 * 3600;

}  // namespace

// What is first seen is seen now, by the stream's clock. A claim that lies too far back is none; one
// from the future is the record's own affair: it makes it far from all others, but teaches nothing.
void EngineCore::Stamp(Prepared& item) {
  ItemFacts& facts = item.facts;
  if (facts.seen != 0) clock_.Set(facts.seen);
  if (facts.published != 0) {
    if (facts.seen == 0) clock_.Note(facts.source, facts.published);
    if (clock_.IsTooLate(facts.published)) facts.published = 0;
    if (clock_.IsAhead(facts.published)) item.lesson.day = clock_.now() / kSecondsPerDay;
  }
  if (facts.seen == 0) facts.seen = clock_.now();
  ExpireOld(clock_.now());
}

void EngineCore::ExpireOld(std::uint32_t now) {
  if (options_.window_seconds == 0) return;
  Identities& identities = candidates_->identities();
  const std::size_t living = items_.size();
  while (items_.size() > 0 &&
         items_.facts(items_.first()).seen + options_.window_seconds < std::int64_t{now}) {
    const ItemNumber item = items_.first();
    if (items_.Lives(item)) {
      identities.Leave(item, items_.identity(item), stats_.records, living);
    }
    const StoryNumber story = stories_.StoryOf(item);
    candidates_->Expire(item + 1);
    items_.ExpireOldest();
    if (stories_.ExpireOldest()) Emit(StoryEvent::Kind::kExpire, story, 0, {}, Relation::kNew);
  }
  identities.ForgetLongLeft(stats_.records);
}

// Counts a merge by a source, unless it has had its share of the day.
bool EngineCore::MayMerge(std::uint32_t source) {
  if (options_.max_merges_per_source == 0) return true;
  const std::uint32_t day = clock_.now() / kSecondsPerDay;
  if (day != merge_day_) merges_today_.clear();
  merge_day_ = day;
  std::uint32_t& merges = merges_today_[source];
  merges += merges < options_.max_merges_per_source + 1;
  return merges <= options_.max_merges_per_source;
}

absl::Status EngineCore::Remember(const Prepared& item, const Outcome& outcome,
                                    NumberedDecision& decision) {
  const ItemNumber number = stories_.next();
  if (number == 0xffffffffU) {
    return absl::ResourceExhaustedError("2^32 - 1 items were added: the engine numbers no more");
  }
  candidates_->Add(number, item);
  if (whole_) {
    items_.SetFacts(number, item.facts);
  } else {
    items_.Append(item.facts, {item.id, item.id_key, item.url_key, item.headline.block, item.body});
  }
  decision.item = number;
  if (!outcome.story) {
    stories_.Begin();
    decision.story = number;
    Emit(StoryEvent::Kind::kStory, number, 0, item.id, outcome.relation);
    return absl::OkStatus();
  }
  for (const StoryMerge& merge : outcome.merges) {
    if (!MayMerge(item.facts.source)) break;
    stories_.Merge(merge.from, merge.into);
    Emit(StoryEvent::Kind::kMerge, merge.from, merge.into, {}, Relation::kNew);
  }
  const StoryNumber story = stories_.StoryOf(*outcome.of);
  stories_.Join(story);
  decision.story = story;
  Emit(StoryEvent::Kind::kMember, story, 0, item.id, outcome.relation);
  return absl::OkStatus();
}

bool EngineCore::IsAging(ItemNumber item) const {
  return options_.window_seconds > 0 && stories_.next() != 0xffffffffU &&
         items_.facts(item).seen + options_.window_seconds / 2 < std::int64_t{clock_.now()};
}

// The item is the youngest again, in the story that it was in.
ItemNumber EngineCore::Renew(const Prepared& item, ItemNumber old) {
  const ItemNumber number = stories_.next();
  candidates_->Add(number, item);
  items_.Append(item.facts, {item.id, item.id_key, item.url_key, item.headline.block, item.body});
  stories_.Join(stories_.StoryOf(old));
  candidates_->identities().Forget(old, items_.identity(old));
  items_.Forget(old);
  stories_.Forget(old);
  return number;
}

absl::Status EngineCore::Forget(std::string_view source, std::string_view id) {
  Record record;
  record.source = source;
  record.id = id;
  const Identity identity = preparer_->Identify(record).identity();
  Identities& identities = candidates_->identities();
  const bool had_left = identities.ForgetLeft(identity);
  const std::optional<ItemNumber> item = identities.Find(identity);
  if (!item || !items_.Lives(*item)) {
    if (had_left) return absl::OkStatus();
    return absl::NotFoundError(absl::StrCat(
        "no item \"", std::string(id), "\" of the source \"", std::string(source), "\" is remembered"));
  }
  const StoryNumber story = stories_.StoryOf(*item);
  identities.Forget(*item, items_.identity(*item));
  items_.Forget(*item);
  if (stories_.Forget(*item)) Emit(StoryEvent::Kind::kExpire, story, 0, {}, Relation::kNew);
  // What waits for the end of the epoch holds its words.
  std::erase_if(pending_pages_, [&](const PageLesson& page) { return page.item == *item; });
  return EndEpoch();
}

void EngineCore::Emit(StoryEvent::Kind kind, StoryNumber story, StoryNumber into,
                        std::string_view id, Relation relation) const {
  if (!listener_) return;
  const bool merged = kind == StoryEvent::Kind::kMerge;
  listener_({kind, StoryId{story} + 1, merged ? StoryId{into} + 1 : 0, id, relation});
}

}  // namespace samestory
