// The batch run of EngineCore over all records at once.
#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/hash.h"
#include "engine/engine_core.h"
#include "match/profile.h"

namespace samestory {
namespace {

// Records that are read at once, of them those that a thread takes at a time, and the places that
// they and those before them stand in.
constexpr std::size_t kWholeStep = 256, kWholePart = 16, kWholePlaces = 2 * kWholeStep;

// Keys of an item under the judge, if its headline has enough words.
constexpr std::size_t kKeysOfItem = 17;

}  // namespace

// Of every record `read(place, i)`, side by side, and then, in order, `keep(place, i)`, by one
// thread while the others read on. A record has its place until it is kept.
template <typename Read, typename Keep>
void EngineCore::ReadInSteps(std::size_t n, const Read& read, const Keep& keep) {
  for (std::size_t first = 0; first < n + kWholeStep; first += kWholeStep) {
    const std::size_t begin = std::min(n, first), end = std::min(n, first + kWholeStep);
    workers_.Share(
        end - begin, kWholePart,
        [&](int, std::size_t from, std::size_t to) {
          for (std::size_t i = begin + from; i < begin + to; ++i) read(i % kWholePlaces, i);
        },
        [&] {
          const std::size_t before = first - std::min(first, kWholeStep);
          for (std::size_t i = before; i < begin; ++i) keep(i % kWholePlaces, i);
        });
  }
}

absl::Status EngineCore::ReadWhole(std::size_t n, const RecordAt& record) {
  learning_ = false;
  whole_.emplace();
  whole_->says_little.reserve(n);
  items_.Reserve(n);
  LearnTitles(n, record);
  absl::flat_hash_map<std::uint64_t, std::uint8_t> headlines;
  std::size_t bodies = 0;
  const bool judged = options_.match == Match::kJudge;
  const Teaches teaches = judged ? Teaches::kHeadline : Teaches::kNothing;
  work_.resize(kWholePlaces);
  ReadInSteps(
      n,
      [&](std::size_t place, std::size_t i) {
        preparer_->Read(record(i), work_[place].item, teaches);
      },
      [&](std::size_t place, std::size_t i) {
        Prepared& item = work_[place].item;
        if (judged) {
          const std::uint64_t text = ProfileView(item.headline.block).text_hash();
          std::uint8_t& taught = headlines[Mix64(text, item.facts.day())];
          if (taught < kTaughtByOne) {
            ++taught;
          } else {
            item.lesson.words.clear();
          }
          learned_.LearnHeadline(item.lesson);
        }
        bodies += !item.body.empty();
        whole_->says_little.push_back(item.says_little);
        if (!item.other.empty()) {
          whole_->other[static_cast<ItemNumber>(i)] = std::move(item.other);
        }
        items_.Append(item.facts, {{}, item.id_key, item.url_key, item.headline.block, item.body});
      });
  if (!judged || n == 0) return candidates_->Reserve(n, 0);
  CountKeys();
  return candidates_->Reserve(whole_->keys->num_shared(), bodies);
}

// Stamps all items where they are, and finds out which keys lead from one to another.
void EngineCore::CountKeys() {
  const std::size_t n = items_.size();
  whole_->keys.emplace(n * kKeysOfItem);
  workers_.ForEach(n, kWholeStep, [&](int, std::size_t begin, std::size_t end) {
    Prepared item, next;  // of which the next is on its way
    const auto fetch = [&](std::size_t i) {
      Fetch(static_cast<ItemNumber>(i), next);
      next.body.clear();
      preparer_->PrefetchStamp(next);
    };
    fetch(begin);
    for (std::size_t i = begin; i < end; ++i) {
      std::swap(item, next);
      if (i + 1 < end) fetch(i + 1);
      preparer_->Stamp(item);
      items_.SetHeadline(static_cast<ItemNumber>(i), item.headline.block);
      preparer_->MakeKeys(item);
      for (const std::uint64_t key : {item.id_key, item.url_key}) {
        if (key != 0) item.headline.rare_keys.push_back(key);
      }
      whole_->keys->Add(item.headline.rare_keys);
    }
  });
}

// Titles and pages first: what is stripped from them decides what the rest is learned from.
void EngineCore::LearnTitles(std::size_t n, const RecordAt& record) {
  if (options_.match == Match::kJaccard) return;
  std::vector<TitleReading> readings(std::min(n, kWholePlaces));
  ReadInSteps(
      n,
      [&](std::size_t place, std::size_t i) {
        const Record next = record(i);
        SourceDirt::Read(next.title, next.source, next.url, readings[place]);
      },
      [&](std::size_t place, std::size_t i) {
        const Record next = record(i);
        learned_.LearnTitle(readings[place], next.title, next.source);
        has_pages_ = has_pages_ || !next.text.empty();
      });
  if (!has_pages_ || !options_.split_pages) return;
  for (std::size_t i = 0; i < n; ++i) {
    const Record next = record(i);
    corpus_.Add(next.id, next.title, next.text, next.lang);
  }
}

// An item as ReadWhole kept it.
void EngineCore::Fetch(ItemNumber number, Prepared& item) const {
  const ItemParts parts = items_.parts(number);
  item.facts = items_.facts(number);
  item.id_key = parts.id_key;
  item.url_key = parts.url_key;
  item.headline.block.assign(parts.headline.begin(), parts.headline.end());
  item.body.assign(parts.body.begin(), parts.body.end());
  item.says_little = whole_->says_little[number];
  item.other.clear();
  if (const auto found = whole_->other.find(number); found != whole_->other.end()) {
    item.other = found->second;
  }
}

// Makes an item of a batch run ready to be looked up; needs nothing that a decision changes.
void EngineCore::PrepareWhole(ItemNumber number, Prepared& item) const {
  Fetch(number, item);
  if (!item.other.empty()) preparer_->Stamp(item);
  preparer_->MakeKeys(item);
  if (!whole_->keys) return;
  whole_->keys->KeepShared(item.headline.rare_keys);
  item.is_alone = (item.id_key == 0 || !whole_->keys->IsShared(item.id_key)) &&
                  (item.url_key == 0 || !whole_->keys->IsShared(item.url_key));
}

absl::Status EngineCore::DecideWhole(const std::function<void(const NumberedDecision&)>& take) {
  const auto decided = [&](std::size_t i, const NumberedDecision& decision) {
    for (std::size_t k = 0; k < work_[i].lookup.same_body.size(); ++k) {
      pending_bodies_.push_back({BodyKey(work_[i].item.body), {}});
    }
    take(decision);
  };
  // An epoch is decided while the items of the next are made ready.
  std::vector<Work> next(kEpoch);
  work_.resize(kEpoch);
  const std::size_t n = items_.size();
  std::size_t in_work = 0;
  for (std::size_t first = 0; first < n || in_work > 0; first += kEpoch) {
    const std::size_t in_next = std::min(kEpoch, n - std::min(n, first));
    absl::Status status;
    workers_.Share(
        in_next, kLeastPart,
        [&](int, std::size_t begin, std::size_t end) {
          for (std::size_t i = begin; i < end; ++i) {
            PrepareWhole(static_cast<ItemNumber>(first + i), next[i].item);
          }
        },
        [&] { status = Decide(in_work, decided); });
    if (!status.ok()) return status;
    work_.swap(next);
    in_work = in_next;
    workers_.ForEach(in_work, kLeastPart,
                     [&](int, std::size_t begin, std::size_t end) { LookUp(begin, end); });
  }
  return absl::OkStatus();
}

}  // namespace samestory
