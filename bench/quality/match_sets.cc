#include "match_sets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include "io/reader.h"
#include "match_mine.h"
#include "support/random.h"
#include "samestory/text.h"
#include "split_files.h"
#include "text/source_dirt.h"

namespace samestory::quality {
namespace {

using simdjson::dom::object;

constexpr std::size_t kBodyBytes = 400;
constexpr double kWindowHours = 72;

std::optional<double> Hours(std::string_view time) {
  const std::optional<std::int64_t> seconds = io::ParseTime(time);
  if (!seconds) return std::nullopt;
  return static_cast<double>(*seconds) / 3600;
}

std::string Body(std::string_view text) {
  if (text == "NULL") return {};
  std::size_t end = std::min(text.size(), kBodyBytes);
  while (end < text.size() && (text[end] & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

std::vector<std::string> Strings(const object& from, std::string_view key) {
  std::vector<std::string> values;
  simdjson::dom::array array;
  if (from[key].get(array) != simdjson::SUCCESS) return values;
  for (std::string_view value : array) values.emplace_back(value);
  return values;
}

std::vector<object> Objects(const object& from, std::string_view key) {
  std::vector<object> values;
  simdjson::dom::array array;
  if (from[key].get(array) != simdjson::SUCCESS) return values;
  for (object value : array) values.push_back(value);
  return values;
}

double Number(const object& from, std::string_view key) {
  double value = 0;
  if (from[key].get(value) != simdjson::SUCCESS) return 0;
  return value;
}

// Reads the files one after another into a MatchData.
class Loader {
 public:
  Loader(std::string folder, MatchData& data) : folder_(std::move(folder)), data_(data) {}

  absl::Status Load() {
    using Step = absl::Status (Loader::*)();
    for (const Step step :
         {&Loader::LoadNewsApi, &Loader::LoadRss, &Loader::LoadBbc, &Loader::LoadReuters}) {
      if (absl::Status status = (this->*step)(); !status.ok()) return status;
    }
    FinishStream();
    for (const Step step : {&Loader::LoadTitleVersions, &Loader::LoadSameDescription,
                            &Loader::LoadBbcVersions, &Loader::LoadTemplates,
                            &Loader::LoadReutersPairs, &Loader::LoadHandPairs, &Loader::LoadSts}) {
      if (absl::Status status = (this->*step)(); !status.ok()) return status;
    }
    MineLookAlikes();
    return absl::OkStatus();
  }

 private:
  absl::Status Read(const char* file, const std::function<void(const object&)>& each) const {
    return ReadObjects(folder_ + file, each);
  }

  // ---- the stream ----

  void AddItem(StreamItem item) {
    if (!item.title.empty()) data_.stream.push_back(std::move(item));
  }

  absl::Status LoadNewsApi() {
    return Read("headlines_newsapi.ndjson", [this](const object& o) {
      const StreamItem item{std::string(StringField(o, "title")),
                            Body(StringField(o, "description")),
                            std::string(StringField(o, "source")),
                            std::string(StringField(o, "url_id")),
                            "",
                            Hours(StringField(o, "date")),
                            StreamItem::Origin::kNewsApi};
      raw_titles_.emplace(item.title, data_.stream.size());
      hosts_.emplace(item.title, StringField(o, "host"));
      AddItem(item);
    });
  }

  absl::Status LoadRss() {
    return Read("rss_items.ndjson", [this](const object& o) {
      std::optional<double> hours = Hours(StringField(o, "pubdate"));
      if (!hours) hours = Hours(StringField(o, "snapshot"));
      std::string_view source = StringField(o, "feed_title");
      if (source.empty()) source = StringField(o, "feed");
      AddItem({std::string(StringField(o, "title")), Body(StringField(o, "description")),
               std::string(source), std::string(StringField(o, "link")), "", hours,
               StreamItem::Origin::kRss});
    });
  }

  absl::Status LoadBbc() {
    return Read("headlines_bbchome.ndjson", [this](const object& o) {
      AddItem({std::string(StringField(o, "title")), Body(StringField(o, "description")), "BBC",
               std::string(StringField(o, "url_id")), "", Hours(StringField(o, "date")),
               StreamItem::Origin::kBbc});
    });
  }

  absl::Status LoadReuters() {
    return Read("reuters_articles.ndjson", [this](const object& o) {
      std::string id(StringField(o, "id")), lead = Body(StringField(o, "body"));
      leads_[id] = lead;
      AddItem({std::string(StringField(o, "title")), std::move(lead), "reuters", std::move(id), "",
               Hours(StringField(o, "date")), StreamItem::Origin::kReuters});
    });
  }

  // Source dirt is learned from all titles, then taken off; then the order of time.
  void FinishStream() {
    for (const StreamItem& item : data_.stream) dirt_.Learn(item.title, item.source, "");
    for (StreamItem& item : data_.stream) {
      item.title = Strip(item.title, item.source);
      item.key = Canonicalize(item.title);
    }
    for (const StreamItem& item : data_.stream) {
      if (item.hours) times_[item.key].push_back(*item.hours);
    }
    by_title_.reserve(raw_titles_.size());
    for (const auto& [title, index] : raw_titles_) {
      by_title_.emplace(title, data_.stream[index]);
    }
    std::stable_sort(data_.stream.begin(), data_.stream.end(),
                     [](const StreamItem& a, const StreamItem& b) {
                       return a.hours.value_or(-1e9) < b.hours.value_or(-1e9);
                     });
  }

  std::string Strip(std::string_view title, std::string_view source) const {
    return std::string(dirt_.Strip(title, source, "").headline);
  }

  // ---- the pairs ----

  void AddPair(std::string set, bool same, PairItem a, PairItem b, std::string group,
               std::optional<double> hours_apart = std::nullopt) {
    if (a.hours && b.hours && *a.hours > *b.hours) std::swap(a, b);
    if (!hours_apart && a.hours && b.hours) hours_apart = *b.hours - *a.hours;
    data_.pairs.push_back(
        {std::move(set), same, std::move(a), std::move(b), hours_apart, std::move(group), false});
  }

  PairItem Titled(const std::string& raw, const std::string& stripped) const {
    const auto it = by_title_.find(raw);
    if (it == by_title_.end()) return {stripped, "", "", std::nullopt};
    return {stripped, it->second.body, it->second.source, it->second.hours};
  }

  absl::Status LoadTitleVersions() {
    return Read("newsapi_title_versions.ndjson", [this](const object& o) {
      const auto raw = Strings(o, "titles"), stripped = Strings(o, "titles_stripped");
      if (stripped.size() < 2) return;
      const auto host = hosts_.find(raw[0]);
      AddPair("titlever", true, Titled(raw[0], Strip(stripped[0], "")),
              Titled(raw[1], Strip(stripped[1], "")),
              host == hosts_.end() ? std::string(StringField(o, "id")) : host->second);
    });
  }

  absl::Status LoadSameDescription() {
    return Read("newsapi_same_description.ndjson", [this](const object& o) {
      bool cross_host = false;
      if (o["cross_host"].get(cross_host) != simdjson::SUCCESS || !cross_host) return;
      std::vector<object> items;
      std::set<std::string> keys;
      for (const object& item : Objects(o, "items")) {
        if (keys.insert(Canonicalize(StringField(item, "title"))).second) items.push_back(item);
      }
      items.resize(std::min<std::size_t>(items.size(), 3));
      for (std::size_t i = 0; i < items.size(); ++i) {
        for (std::size_t j = i + 1; j < items.size(); ++j) {
          if (StringField(items[i], "host") == StringField(items[j], "host")) continue;
          AddPair("samedesc", true, Bare(items[i]), Bare(items[j]),
                  std::string(StringField(o, "id")));
        }
      }
    });
  }

  // Title and time alone.
  PairItem Bare(const object& item) const {
    return {Strip(StringField(item, "title"), ""), "", std::string(StringField(item, "source")),
            Hours(StringField(item, "date"))};
  }

  absl::Status LoadBbcVersions() {
    return Read("bbc_title_versions.ndjson", [this](const object& o) {
      if (Number(o, "min_jaccard") < .3) return;
      const auto titles = Strings(o, "titles_stripped"), seen = Strings(o, "first_seen");
      if (titles.size() < 2 || seen.size() < 2) return;
      AddPair("bbcver", true, {Strip(titles[0], ""), "", "BBC", Hours(seen[0])},
              {Strip(titles[1], ""), "", "BBC", Hours(seen[1])}, std::string(StringField(o, "id")));
    });
  }

  absl::Status LoadTemplates() {
    bench::Random random(11);
    return Read("newsapi_templates.ndjson", [this, &random](const object& o) {
      std::vector<PairItem> items;
      for (const object& item : Objects(o, "items")) {
        items.push_back({Strip(StringField(item, "title"), StringField(item, "source")),
                         Body(StringField(item, "description")),
                         std::string(StringField(item, "source")),
                         Hours(StringField(item, "date"))});
      }
      std::vector<std::pair<std::size_t, std::size_t>> chosen;
      for (std::size_t i = 0; i < items.size(); ++i) {
        for (std::size_t j = i + 1; j < items.size(); ++j) {
          if (items[i].hours && items[j].hours &&
              std::abs(*items[i].hours - *items[j].hours) >= 40) {
            chosen.emplace_back(i, j);
          }
        }
      }
      random.Shuffle(chosen);
      if (chosen.size() > 50) chosen.resize(50);
      for (const auto& [i, j] : chosen) {
        AddPair("template", false, items[i], items[j], std::string(StringField(o, "id")));
        auto& apart = data_.pairs.back().hours_apart;
        if (*apart > kWindowHours) apart = random.Uniform(6, kWindowHours);
      }
    });
  }

  absl::Status LoadReutersPairs() {
    bench::Random random(12);
    return Read("reuters_neardup_pairs.ndjson", [this, &random](const object& o) {
      const std::string_view label = StringField(o, "weak_label");
      if (label == "unclear") return;
      const bool same = label == "reissue";
      const auto item = [&](std::string_view side, std::string_view title, std::string_view date) {
        return PairItem{std::string(StringField(o, title)),
                        leads_[std::string(StringField(o, side))], "reuters",
                        Hours(StringField(o, date))};
      };
      AddPair(same ? "reissue" : "reutempl", same, item("a", "a_title", "a_date"),
              item("b", "b_title", "b_date"), std::string(StringField(o, "group")));
      if (!same) data_.pairs.back().hours_apart = random.Uniform(0, kWindowHours);
    });
  }

  // Both titles' times in the stream that are nearest to each other.
  std::optional<std::array<double, 2>> NearestTimes(const std::string& a,
                                                    const std::string& b) const {
    const auto in_a = times_.find(a), in_b = times_.find(b);
    if (in_a == times_.end() || in_b == times_.end()) return std::nullopt;
    std::optional<std::array<double, 2>> best;
    for (double x : in_a->second) {
      for (double y : in_b->second) {
        if (!best || std::abs(x - y) < std::abs((*best)[0] - (*best)[1])) best = {{x, y}};
      }
    }
    return best && std::abs((*best)[0] - (*best)[1]) <= 100 ? best : std::nullopt;
  }

  absl::Status LoadHandPairs() {
    return Read("hand_crosspub_pairs.ndjson", [this](const object& o) {
      PairItem a{Strip(StringField(o, "a"), ""), "", std::string(StringField(o, "a_source")), {}};
      PairItem b{Strip(StringField(o, "b"), ""), "", std::string(StringField(o, "b_source")), {}};
      const std::string label(StringField(o, "label"));
      std::optional<double> apart;
      if (const auto times = NearestTimes(Canonicalize(a.title), Canonicalize(b.title))) {
        a.hours = (*times)[0];
        b.hours = (*times)[1];
      } else {
        apart = 24 * Number(o, "days_apart");
      }
      AddPair("hand_" + label, label == "same", std::move(a), std::move(b),
              std::string(StringField(o, "id")), apart);
      bool differ = false;
      data_.pairs.back().numbers_differ =
          o["numbers_differ"].get(differ) == simdjson::SUCCESS && differ;
    });
  }

  absl::Status LoadSts() {
    return Read("sts_headlines.ndjson", [this](const object& o) {
      const double score = Number(o, "score");
      AddPair(score >= 4   ? "sts_hi"
              : score <= 1 ? "sts_lo"
                           : "sts_mid",
              score >= 4, {std::string(StringField(o, "a")), "", "", {}},
              {std::string(StringField(o, "b")), "", "", {}}, std::string(StringField(o, "group")));
      data_.pairs.back().score = score;
    });
  }

  void MineLookAlikes() {
    using Origin = StreamItem::Origin;
    const LookAlikeMiner miner(data_.stream);
    miner.MineWindows(Origin::kNewsApi, 8000, "na_xwin", data_.pairs);
    miner.MineFar(Origin::kNewsApi, 3000, "na_far", data_.pairs);
    miner.MineFar(Origin::kRss, 1500, "rss_far", data_.pairs);
    miner.MineDay(Origin::kNewsApi, 2500, "na_day", data_.pairs);
    miner.MineDay(Origin::kRss, 1000, "rss_day", data_.pairs);
    miner.MineEqual(Origin::kNewsApi, "na_equal", "na_running", data_.pairs);
  }

  std::string folder_;
  MatchData& data_;
  SourceDirt dirt_;
  std::unordered_map<std::string, std::size_t> raw_titles_;  // first place in the stream
  std::unordered_map<std::string, StreamItem> by_title_;     // by the title as it came
  std::unordered_map<std::string, std::string> hosts_;
  std::unordered_map<std::string, std::string> leads_;
  std::unordered_map<std::string, std::vector<double>> times_;  // by canonical title
};

}  // namespace

absl::StatusOr<MatchData> LoadMatchData(const std::string& data_dir, const std::string& split) {
  MatchData data;
  if (absl::Status status = Loader(data_dir + "/" + split + "/", data).Load(); !status.ok()) {
    return status;
  }
  return data;
}

}  // namespace samestory::quality
