#ifndef SAMESTORY_TEXT_WORD_HASHES_H_
#define SAMESTORY_TEXT_WORD_HASHES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "samestory/text.h"

namespace samestory {

/// The hashes of words that shingles are made of (docs/formats.md, "Shingles"), in order.
using WordHashes = std::vector<std::uint64_t>;

/// Replaces `out` by the hashes of the words that Canonicalize(utf8, text, max_words) finds,
/// without writing the words. What cannot be hashed where it stands is read as there.
void HashWords(std::string_view utf8, std::size_t max_words, std::uint64_t seed, WordHashes& out);

/// The same of words that were written.
void HashWords(const CanonicalText& text, std::uint64_t seed, WordHashes& out);

/// Replaces `out` by the shingles of the words, as Shingle does.
void ShingleWords(std::span<const std::uint64_t> words, int ngram_size, ShingleSet& out);

}  // namespace samestory

#endif  // SAMESTORY_TEXT_WORD_HASHES_H_
