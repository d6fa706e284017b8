#include "engine/shingle_record.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/hash.h"
#include "text/word_hashes.h"

namespace samestory {
namespace {

void Unite(ShingleSet& set, const ShingleSet& more) {
  const auto middle = static_cast<std::ptrdiff_t>(set.size());
  set.insert(set.end(), more.begin(), more.end());
  std::inplace_merge(set.begin(), set.begin() + middle, set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
}

// Calls `shingle(field, target)` for every field; it fills `target` and returns a hash of the
// field's words, or nothing where there are none.
template <typename Shingler>
std::uint64_t ShingleFields(const Record& record, ShingleSet& set, Shingler shingle) {
  thread_local ShingleSet more;
  set.clear();
  std::uint64_t content = 0;
  for (const std::string_view field : {record.title, record.summary, record.text}) {
    if (field.empty()) continue;
    ShingleSet& target = set.empty() ? set : more;
    const std::optional<std::uint64_t> hash = shingle(field, target);
    if (!hash) continue;
    content = Mix64(content, *hash);
    if (&target == &more) Unite(set, more);
  }
  return content;
}

}  // namespace

std::uint64_t ShingleRecord(const Record& record, const Options& options, ShingleSet& set) {
  thread_local CanonicalText scratch;
  CanonicalText& canonical = scratch;
  return ShingleFields(record, set, [&](std::string_view field, ShingleSet& target) {
    Canonicalize(field, canonical, options.max_words);
    std::optional<std::uint64_t> hash;
    if (canonical.empty()) return hash;
    Shingle(canonical, options.ngram_size, options.seed, target);
    hash = Hash64(canonical.text(), options.seed);
    return hash;
  });
}

std::uint64_t ShingleRecordOnly(const Record& record, const Options& options, ShingleSet& set) {
  thread_local WordHashes scratch;
  WordHashes& words = scratch;
  return ShingleFields(record, set, [&](std::string_view field, ShingleSet& target) {
    HashWords(field, options.max_words, options.seed, words);
    std::optional<std::uint64_t> hash;
    if (words.empty()) return hash;
    ShingleWords(words, options.ngram_size, target);
    hash = Hash64({reinterpret_cast<const char*>(words.data()), words.size() * sizeof(words[0])},
                  options.seed);
    return hash;
  });
}

}  // namespace samestory
