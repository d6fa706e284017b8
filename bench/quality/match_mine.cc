#include "match_mine.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "support/random.h"
#include "samestory/text.h"
#include "text/word_stats.h"

namespace samestory::quality {
namespace {

constexpr double kWindowHours = 72;
constexpr double kOneSourceHours = 30;
constexpr double kFarHours = 20 * 24;
constexpr std::size_t kMinWords = 4;
constexpr std::size_t kMaxPosting = 4000;  // commoner words find too much to be worth following

std::set<std::uint32_t> WordSet(std::string_view text) {
  CanonicalText canonical;
  Canonicalize(text, canonical);
  std::set<std::uint32_t> words;
  for (std::size_t i = 0; i < canonical.words().size(); ++i)
    words.insert(WordHash(canonical.word(i)));
  return words;
}

double PlainJaccard(const std::set<std::uint32_t>& a, const std::set<std::uint32_t>& b) {
  std::size_t shared = 0;
  for (std::uint32_t word : a) shared += b.contains(word);
  return static_cast<double>(shared) /
         std::max<double>(1, static_cast<double>(a.size() + b.size() - shared));
}

LabelledPair NotSame(const std::string& set, const StreamItem& a, const StreamItem& b) {
  LabelledPair pair{set,
                    false,
                    {a.title, a.body, a.source, a.hours},
                    {b.title, b.body, b.source, b.hours},
                    {},
                    std::min(a.key, b.key),
                    false};
  if (*a.hours > *b.hours) std::swap(pair.older, pair.newer);
  pair.hours_apart = std::abs(*a.hours - *b.hours);
  return pair;
}

}  // namespace

// The items of one origin in the order of time, with an inverted index.
struct LookAlikeMiner::Indexed {
  std::vector<const StreamItem*> items;
  std::vector<std::set<std::uint32_t>> words;
  std::vector<double> hours, weight;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> postings;
  std::unordered_map<std::uint32_t, double> idf;
  mutable std::vector<double> shared;  // scratch of Best: weight shared with each item, else 0
  mutable std::vector<std::uint32_t> touched;

  std::size_t FirstAt(double time) const {
    return static_cast<std::size_t>(std::lower_bound(hours.begin(), hours.end(), time) -
                                    hours.begin());
  }

  // The best match of item i among [from, to) that `allowed` lets pass, or i.
  template <class Allowed>
  std::size_t Best(std::size_t i, std::size_t from, std::size_t to, Allowed allowed) const {
    touched.clear();
    for (std::uint32_t word : words[i]) {
      const auto& posting = postings.at(word);
      if (posting.size() > kMaxPosting) continue;
      const double weight_of_word = idf.at(word);
      for (auto at = std::lower_bound(posting.begin(), posting.end(), from);
           at != posting.end() && *at < to; ++at) {
        if (shared[*at] == 0) touched.push_back(*at);
        shared[*at] += weight_of_word;
      }
    }
    std::size_t best = i;
    double most = 0;
    for (const std::uint32_t j : touched) {
      const double sum = std::exchange(shared[j], 0);
      const double likeness = sum / (weight[i] + weight[j] - sum);
      if (j == i || likeness < most || (likeness == most && j > best) || !allowed(j)) continue;
      most = likeness;
      best = j;
    }
    return best;
  }

  bool Differ(std::size_t i, std::size_t j) const {
    return items[i]->key != items[j]->key &&
           (items[i]->url.empty() || items[i]->url != items[j]->url);
  }
};

LookAlikeMiner::LookAlikeMiner(const std::vector<StreamItem>& stream) : stream_(stream) {}

LookAlikeMiner::Indexed LookAlikeMiner::Index(StreamItem::Origin origin) const {
  Indexed index;
  std::unordered_set<std::string> seen;
  for (const StreamItem& item : stream_) {
    if (item.origin != origin || !item.hours || !seen.insert(item.key + '\n' + item.url).second) {
      continue;
    }
    std::set<std::uint32_t> words = WordSet(item.title);
    if (words.size() < kMinWords) continue;
    for (std::uint32_t word : words) {
      index.postings[word].push_back(static_cast<std::uint32_t>(index.items.size()));
    }
    index.items.push_back(&item);
    index.words.push_back(std::move(words));
    index.hours.push_back(*item.hours);
  }
  const auto texts = static_cast<double>(index.items.size());
  for (const auto& [word, posting] : index.postings) {
    index.idf[word] = std::log((texts + 1) / (static_cast<double>(posting.size()) + 1));
  }
  for (const auto& words : index.words) {
    double sum = 0;
    for (std::uint32_t word : words) sum += index.idf[word];
    index.weight.push_back(sum);
  }
  index.shared.resize(index.items.size());
  return index;
}

void LookAlikeMiner::MineWindows(StreamItem::Origin origin, std::size_t count,
                                 const std::string& set, std::vector<LabelledPair>& pairs) const {
  constexpr std::size_t kWindows = 40, kMinItems = 200;
  const Indexed index = Index(origin);
  const std::size_t total = index.items.size();
  if (total < kMinItems) return;
  bench::Random random(21);
  const double low = index.hours[total / 50], high = index.hours.back() - kWindowHours;
  for (std::size_t window = 0; window < kWindows; ++window) {
    const double begin = random.Uniform(low, high);
    const std::size_t from = index.FirstAt(begin), to = index.FirstAt(begin + kWindowHours);
    if (to - from < kMinItems) continue;
    for (std::size_t n = 0; n < count / kWindows;) {
      const std::size_t i = random.Below(total);
      if (std::abs(index.hours[i] - begin) < kFarHours + kWindowHours) continue;
      ++n;
      const std::size_t j = index.Best(
          i, from, to, [&](std::size_t k) { return index.items[k]->key != index.items[i]->key; });
      if (j == i) continue;
      pairs.push_back(NotSame(set, *index.items[i], *index.items[j]));
      pairs.back().hours_apart = random.Uniform(0, kWindowHours);
    }
  }
}

void LookAlikeMiner::MineFar(StreamItem::Origin origin, std::size_t count, const std::string& set,
                             std::vector<LabelledPair>& pairs) const {
  const Indexed index = Index(origin);
  if (index.items.empty()) return;
  bench::Random random(22);
  for (std::size_t found = 0, tried = 0; found < count && tried < 4 * count; ++tried) {
    const std::size_t i = random.Below(index.items.size());
    const std::size_t j = index.Best(i, 0, index.items.size(), [&](std::size_t k) {
      return std::abs(index.hours[k] - index.hours[i]) > kFarHours && index.Differ(i, k);
    });
    if (j == i) continue;
    ++found;
    pairs.push_back(NotSame(set, *index.items[i], *index.items[j]));
    pairs.back().hours_apart = random.Uniform(0, kWindowHours);
  }
}

void LookAlikeMiner::MineDay(StreamItem::Origin origin, std::size_t count, const std::string& set,
                             std::vector<LabelledPair>& pairs) const {
  const Indexed index = Index(origin);
  if (index.items.empty()) return;
  bench::Random random(23);
  for (std::size_t found = 0, tried = 0; found < count && tried < 8 * count; ++tried) {
    const std::size_t i = random.Below(index.items.size());
    const std::set<std::uint32_t> body = WordSet(index.items[i]->body);
    if (body.size() <= 6) continue;
    const std::size_t from = index.FirstAt(index.hours[i] - 24);
    const std::size_t to = index.FirstAt(index.hours[i] + 24);
    const std::size_t j = index.Best(i, from, to, [&](std::size_t k) {
      if (index.items[k]->source != index.items[i]->source || !index.Differ(i, k)) return false;
      const std::set<std::uint32_t> other = WordSet(index.items[k]->body);
      return other.size() > 6 && PlainJaccard(body, other) < .25;
    });
    if (j == i || PlainJaccard(index.words[i], index.words[j]) >= .45) continue;
    ++found;
    pairs.push_back(NotSame(set, *index.items[i], *index.items[j]));
  }
}

void LookAlikeMiner::MineEqual(StreamItem::Origin origin, const std::string& same_set,
                               const std::string& running_set,
                               std::vector<LabelledPair>& pairs) const {
  std::map<std::string_view, const StreamItem*> last;  // of a title, in the order of time
  for (const StreamItem& item : stream_) {
    if (item.origin != origin || !item.hours || item.key.empty()) continue;
    const StreamItem*& previous = last[item.key];
    const StreamItem* other = std::exchange(previous, &item);
    if (other == nullptr || other->url == item.url) continue;
    const double hours = *item.hours - *other->hours;
    if (hours <= (other->source == item.source ? kOneSourceHours : kWindowHours)) {
      pairs.push_back(NotSame(same_set, *other, item));
      pairs.back().same = true;
    } else if (other->source == item.source && hours > kWindowHours) {
      const std::set<std::uint32_t> body = WordSet(item.body), other_body = WordSet(other->body);
      if (body.size() <= 6 || other_body.size() <= 6) continue;
      if (PlainJaccard(body, other_body) < .25) pairs.push_back(NotSame(running_set, *other, item));
    }
  }
}

}  // namespace samestory::quality
