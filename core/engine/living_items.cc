// Walks over everything that the engine remembers.
#include "engine/engine_core.h"

namespace samestory {

LivingItem EngineCore::Living(ItemNumber item) const {
  const ItemFacts& facts = items_.facts(item);
  return {items_.parts(item).id, facts.source, facts.seen, facts.published,
          StoryId{stories_.StoryOf(item)} + 1};
}

void EngineCore::ForEachItem(const std::function<void(const LivingItem&)>& visit) const {
  for (ItemNumber item = items_.first(); item != stories_.next(); ++item) {
    if (items_.Lives(item)) visit(Living(item));
  }
}

// The latest, if there are several.
std::optional<ItemNumber> EngineCore::FindNamed(const ItemName& name) const {
  Record record;
  record.source = name.source.value_or("");
  const std::uint32_t source = preparer_->Identify(record).facts.source;
  std::optional<ItemNumber> found;
  for (ItemNumber item = items_.first(); item != stories_.next(); ++item) {
    if (!items_.Lives(item) || items_.parts(item).id != name.id) continue;
    if (!name.source || items_.facts(item).source == source) found = item;
  }
  return found;
}

void Engine::ForEachItem(const std::function<void(const LivingItem&)>& visit) const {
  core_->ForEachItem(visit);
}

}  // namespace samestory
