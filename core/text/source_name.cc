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

SourceName::SourceName(std::string_view source, std::string_view url) : url_(url) {
  thread_local CanonicalText words;
  Canonicalize(source, words, 32);
  for (std::size_t i = 0; i < words.words().size(); ++i) {
    word_begins_.push_back(name_.size());
    name_.append(words.word(i));
  }
  word_begins_.push_back(name_.size());
}

// Without "www." and port.
std::string SourceName::Host() const {
  std::string host = SplitHost(url_).host;
  host.resize(std::min(host.find(':'), host.size()));
  return host;
}

std::uint64_t SourceName::key() const {
  if (!name_.empty()) return Hash64(name_, 1);
  const std::string host = Host();
  return host.empty() ? 0 : Hash64(host, 2);
}

bool SourceName::IsName(std::string_view ending) const {
  if (ending.empty()) return false;
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

bool SourceName::IsHost(std::string_view ending) const {
  if (ending.size() < kLeastHostName) return false;
  const std::string host = Host();
  std::string_view rest = host;
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
