#include "text/utf8.h"

#include "samestory/text.h"

namespace samestory {

std::string RepairUtf8(std::string_view bytes, std::size_t* repaired) {
  std::string out;
  out.reserve(bytes.size());
  std::size_t replacements = 0;
  std::size_t copied = 0;  // bytes before this are in `out`
  for (std::size_t pos = 0; pos < bytes.size();) {
    const Decoded step = DecodeUtf8(bytes, pos);
    if (!step.valid) {
      out.append(bytes.substr(copied, pos - copied)).append("\xEF\xBF\xBD");
      copied = pos + step.length;
      ++replacements;
    }
    pos += step.length;
  }
  out.append(bytes.substr(copied));
  if (repaired != nullptr) *repaired = replacements;
  return out;
}

}  // namespace samestory
