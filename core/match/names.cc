#include "samestory/match.h"

namespace samestory {

std::string_view RelationName(Relation relation) {
  switch (relation) {
    case Relation::kNew:
      return "new";
    case Relation::kExact:
      return "exact";
    case Relation::kCopy:
      return "copy";
    case Relation::kTruncated:
      return "truncated";
    case Relation::kContains:
      return "contains";
    case Relation::kUpdate:
      return "update";
    case Relation::kReworded:
      return "reworded";
    case Relation::kTemplate:
      return "template";
  }
  return "new";
}

std::string_view FieldsAgreedName(FieldsAgreed agreed) {
  if (agreed.headline) return agreed.body ? "both" : "headline";
  return agreed.body ? "body" : "";
}

std::string_view SlotTypeName(SlotType type) {
  switch (type) {
    case SlotType::kNone:
      return "none";
    case SlotType::kNumber:
      return "number";
    case SlotType::kPercent:
      return "percent";
    case SlotType::kMoney:
      return "money";
    case SlotType::kOrdinal:
      return "ordinal";
    case SlotType::kTime:
      return "time";
    case SlotType::kDate:
      return "date";
    case SlotType::kYear:
      return "year";
    case SlotType::kMonth:
      return "month";
    case SlotType::kWeekday:
      return "weekday";
    case SlotType::kScore:
      return "score";
    case SlotType::kVersion:
      return "version";
    case SlotType::kName:
      return "name";
  }
  return "none";
}

}  // namespace samestory
