// Walks over everything that the engine remembers.
#include "engine/engine_core.h"

namespace samestory {

void EngineCore::ForEachItem(const std::function<void(const LivingItem&)>& visit) const {
  for (ItemNumber item = items_.first(); item != stories_.next(); ++item) {
    if (!items_.Lives(item)) continue;
    const ItemFacts& facts = items_.facts(item);
    visit({items_.parts(item).id, facts.source, facts.seen, facts.published,
           StoryId{stories_.StoryOf(item)} + 1});
  }
}

void Engine::ForEachItem(const std::function<void(const LivingItem&)>& visit) const {
  core_->ForEachItem(visit);
}

}  // namespace samestory
