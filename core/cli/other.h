#ifndef SAMESTORY_CLI_OTHER_H_
#define SAMESTORY_CLI_OTHER_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "io/writer.h"
#include "samestory/engine.h"

namespace samestory::cli {

/// Adds the member "other" for the headlines found behind a record's main story;
/// nothing where there are none. `text` is the record's text.
void AddOther(io::JsonWriter& json, std::span<const OtherHeadline> other, std::string_view text);

/// Adds the member "agreed" for the fields that agree; nothing where none does.
void AddAgreed(io::JsonWriter& json, FieldsAgreed agreed);

/// `token` as the value of the last key, or null where it is empty.
void AddIdToken(io::JsonWriter& json, std::string_view token);

/// Adds the members "id", "source", "published", "seen" and "story" of an item of a state whose
/// first story would have the number `story_base`; times that are unknown are null.
void AddLivingItem(io::JsonWriter& json, const LivingItem& item, std::string_view source,
                   std::uint64_t story_base);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_OTHER_H_
