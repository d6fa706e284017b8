#include "engine/identities.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/snapshot_maps.h"

namespace samestory {
namespace {

std::uint32_t Half(std::uint64_t content) { return static_cast<std::uint32_t>(content >> 32); }

// Under which one of several contents of a key is found.
std::uint64_t VersionKey(std::uint64_t key, std::uint32_t half_content) {
  return Mix64(key, half_content);
}

template <typename Map>
void EraseIf(Map& map, std::uint64_t key, ItemNumber item) {
  const auto found = map.find(key);
  if (found == map.end()) return;
  if constexpr (requires { found->second.item; }) {
    if (found->second.item == item) map.erase(found);
  } else {
    if (found->second == item) map.erase(found);
  }
}

}  // namespace

std::optional<ItemNumber> Identities::Find(const Identity& identity) const {
  for (const auto& [map, key] :
       {std::pair(&ids_, identity.id_key), std::pair(&urls_, identity.url_key)}) {
    if (key == 0) continue;
    if (const auto found = map->find(key); found != map->end()) return found->second.item;
  }
  return std::nullopt;
}

std::optional<ItemNumber> Identities::FindVersion(const Identity& identity) const {
  if (identity.key() == 0 || versions_.empty()) return std::nullopt;
  const auto found = versions_.find(VersionKey(identity.key(), Half(identity.content)));
  if (found == versions_.end()) return std::nullopt;
  return found->second;
}

bool Identities::HasLeft(const Identity& identity) const {
  return identity.key() != 0 && !left_until_.empty() &&
         left_until_.contains(Mix64(identity.key(), identity.content));
}

// What the key stood for before stays known as a version of it, if it is the key of the item.
void Identities::Put(KnownMap& map, std::uint64_t key, bool is_own, Known known) {
  if (key == 0) return;
  const auto [entry, added] = map.try_emplace(key, known);
  if (added) return;
  if (!is_own) {
    entry->second = known;
    return;
  }
  const Known before = std::exchange(entry->second, known);
  if (before.content != known.content) {
    versions_.try_emplace(VersionKey(key, before.content), before.item);
    versions_[VersionKey(key, known.content)] = known.item;
  } else if (const auto version = versions_.find(VersionKey(key, known.content));
             version != versions_.end()) {
    version->second = known.item;
  }
}

void Identities::Add(ItemNumber item, const Identity& identity) {
  const Known known{item, Half(identity.content)};
  Put(ids_, identity.id_key, true, known);
  Put(urls_, identity.url_key, identity.id_key == 0, known);
}

void Identities::Forget(ItemNumber item, const Identity& identity) {
  EraseIf(ids_, identity.id_key, item);
  EraseIf(urls_, identity.url_key, item);
  for (const std::uint64_t key : {identity.id_key, identity.url_key}) {
    if (key != 0) EraseIf(versions_, VersionKey(key, Half(identity.content)), item);
  }
}

void Identities::Leave(ItemNumber item, const Identity& identity, std::uint64_t records,
                       std::uint64_t living) {
  Forget(item, identity);
  if (identity.key() == 0) return;
  const std::uint64_t until = records + std::max(living, kLeastKept);
  left_.push_back({identity.key(), Mix64(identity.key(), identity.content), until});
  left_until_[left_.back().version] = until;
}

void Identities::ForgetLongLeft(std::uint64_t records) {
  while (!left_.empty() && left_.front().until <= records) {
    const auto found = left_until_.find(left_.front().version);
    // An item may have come back and left once more.
    if (found != left_until_.end() && found->second == left_.front().until) {
      left_until_.erase(found);
    }
    left_.pop_front();
  }
}

bool Identities::ForgetLeft(const Identity& identity) {
  bool any = false;
  for (Left& left : left_) {
    if (left.key == 0 || (left.key != identity.id_key && left.key != identity.url_key)) continue;
    left_until_.erase(left.version);
    left = {.until = left.until};
    any = true;
  }
  return any;
}

void Identities::SaveLiving(SnapshotWriter& out) const {
  const auto put = [&](const Known& known) { out.U32(known.item); };
  SaveMap(ids_, out, put);
  SaveMap(urls_, out, put);
}

void Identities::LoadLiving(SnapshotReader& in, const IdentityOf& identity_of) {
  const auto load = [&](KnownMap& map, std::uint64_t Identity::*key_of) {
    LoadMap(map, in, [&](Known& known) { known.item = in.U32(); });
    for (auto& [key, known] : map) {
      const std::optional<Identity> identity = identity_of(known.item);
      if (!in.Check(identity && (*identity).*key_of == key, "a key of no living item")) return;
      known.content = Half(identity->content);
    }
  };
  load(ids_, &Identity::id_key);
  load(urls_, &Identity::url_key);
}

void Identities::SaveLeft(SnapshotWriter& out) const {
  SaveMap(versions_, out, [&](ItemNumber item) { out.U32(item); });
  out.U64(left_.size());
  for (const Left& left : left_) {
    out.U64(left.key);
    out.U64(left.version);
    out.U64(left.until);
  }
}

void Identities::LoadLeft(SnapshotReader& in, const IdentityOf& identity_of) {
  LoadMap(versions_, in, [&](ItemNumber& item) { item = in.U32(); });
  for (const auto& [version, item] : versions_) {
    const Identity identity = identity_of(item).value_or(Identity());
    const std::uint32_t content = Half(identity.content);
    const bool is_own =
        (identity.id_key != 0 && version == VersionKey(identity.id_key, content)) ||
        (identity.url_key != 0 && version == VersionKey(identity.url_key, content));
    if (!in.Check(is_own, "a version of no living item")) return;
  }
  for (std::uint64_t count = in.U64(); count > 0 && in.ok(); --count) {
    Left& left = left_.emplace_back();
    left.key = in.U64();
    left.version = in.U64();
    left.until = in.U64();
    if (left.key != 0) left_until_[left.version] = left.until;
  }
}

std::size_t Identities::MemoryBytes() const {
  return (ids_.capacity() + urls_.capacity()) * (sizeof(KnownMap::value_type) + 1) +
         (versions_.capacity() + left_until_.capacity()) * (2 * sizeof(std::uint64_t) + 1) +
         left_.size() * sizeof(Left);
}

}  // namespace samestory
