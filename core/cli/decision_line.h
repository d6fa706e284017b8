#ifndef SAMESTORY_CLI_DECISION_LINE_H_
#define SAMESTORY_CLI_DECISION_LINE_H_

#include <optional>
#include <string>
#include <string_view>

#include "cli/preference.h"
#include "io/reader.h"
#include "samestory/engine.h"

namespace samestory::cli {

/// The record as it came, with one more member: `samestory`, the decision. `record` is
/// the view that was decided.
std::string DecisionJson(const io::InputRecord& input, const Record& record,
                         const Decision& decision, const Choice& choice);

/// The decision and the headline in a line to be read, other headlines in lines below.
std::string DecisionText(const Record& record, const Decision& decision, bool drop);

/// The relation of that name.
std::optional<Relation> ParseRelation(std::string_view name);

/// Every relation, in the order of its number.
inline constexpr Relation kRelations[] = {
    Relation::kNew,      Relation::kExact,  Relation::kCopy,     Relation::kTruncated,
    Relation::kContains, Relation::kUpdate, Relation::kReworded, Relation::kTemplate};

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_DECISION_LINE_H_
