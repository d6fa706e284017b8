#include "text/source_name.h"

#include <algorithm>

#include "base/hash.h"
#include "samestory/text.h"
#include "text/url.h"

namespace samestory {
namespace {

// A name cut short is still told by this many bytes.
constexpr std::size_t kLeastCutName = 4;
constexpr std::size_t kLeastHostName = 3;

std::string WithoutPunctuation(std::string_view host) {
  std::string letters;
  std::copy_if(host.begin(), host.end(), std::back_inserter(letters),
               [](char c) { return c != '.' && c != '-'; });
  return letters;
}

}  // namespace

SourceName::SourceName(std::string_view source, std::string_view url) {
  thread_local CanonicalText words;
  Canonicalize(source, words, 32);
  for (std::size_t i = 0; i < words.words().size(); ++i) {
    word_begins_.push_back(name_.size());
    name_.append(words.word(i));
  }
  word_begins_.push_back(name_.size());
  host_ = SplitHost(url).host;
  host_.resize(std::min(host_.find(':'), host_.size()));
  if (!name_.empty()) {
    key_ = Hash64(name_, 1);
  } else if (!host_.empty()) {
    key_ = Hash64(host_, 2);
  }
}

bool SourceName::IsNamedBy(std::string_view ending) const {
  return !ending.empty() && (IsPartOfName(ending) || IsHost(ending));
}

// The whole name; words of it that make at least half; or its beginning up to mid-word.
bool SourceName::IsPartOfName(std::string_view ending) const {
  if (name_.empty() || ending.size() > name_.size()) return false;
  if (ending == name_) return true;
  const auto begins_word = [this](std::size_t at) {
    return std::find(word_begins_.begin(), word_begins_.end(), at) != word_begins_.end();
  };
  if (name_.starts_with(ending) && !begins_word(ending.size())) {
    return ending.size() >= kLeastCutName;
  }
  if (2 * ending.size() < name_.size()) return false;
  for (std::size_t at = name_.find(ending); at != std::string::npos;
       at = name_.find(ending, at + 1)) {
    if (begins_word(at) && begins_word(at + ending.size())) return true;
  }
  return false;
}

// "Example Daily" and "Example-Daily.com" of "news.example-daily.com"; also "Exampledai", cut.
bool SourceName::IsHost(std::string_view ending) const {
  std::string_view rest = host_;
  while (rest.find('.') != std::string_view::npos) {
    const std::string label = WithoutPunctuation(rest.substr(0, rest.find('.')));
    if (label.size() >= kLeastHostName) {
      if (ending == label || ending == WithoutPunctuation(rest)) return true;
      if (label.starts_with(ending) && 10 * ending.size() >= 7 * label.size()) return true;
    }
    rest.remove_prefix(rest.find('.') + 1);
  }
  return false;
}

}  // namespace samestory
