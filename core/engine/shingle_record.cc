#include "engine/shingle_record.h"

#include <algorithm>

#include "base/hash.h"

namespace samestory {
namespace {

void Unite(ShingleSet& set, const ShingleSet& more) {
  const auto middle = static_cast<std::ptrdiff_t>(set.size());
  set.insert(set.end(), more.begin(), more.end());
  std::inplace_merge(set.begin(), set.begin() + middle, set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
}

}  // namespace

std::uint64_t ShingleRecord(const Record& record, const Options& options, ShingleSet& set) {
  thread_local CanonicalText canonical;
  thread_local ShingleSet more;
  set.clear();
  std::uint64_t content = 0;
  for (const std::string_view field : {record.title, record.summary, record.text}) {
    if (field.empty()) continue;
    Canonicalize(field, canonical, options.max_words);
    if (canonical.empty()) continue;
    content = Mix64(content, Hash64(canonical.text(), options.seed));
    ShingleSet& target = set.empty() ? set : more;
    Shingle(canonical, options.ngram_size, options.seed, target);
    if (&target == &more) Unite(set, more);
  }
  return content;
}

}  // namespace samestory
