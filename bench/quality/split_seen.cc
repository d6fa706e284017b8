#include "split_seen.h"

#include <map>
#include <set>
#include <utility>

#include "samestory/split.h"
#include "samestory/text.h"
#include "split/line_signer.h"
#include "split_files.h"
#include "split_pages.h"

namespace samestory::quality {
namespace {

constexpr std::size_t kTail = 5;

struct Item {
  std::string id, first, last;  // its headline when first and when last seen
};

bool IsLongEnough(std::string_view headline) {
  CanonicalText text;
  Canonicalize(headline, text);
  return text.words().size() >= kMinSignedWords && headline.find('\n') == std::string_view::npos;
}

absl::StatusOr<std::vector<Item>> LoadItems(const std::string& data_dir) {
  std::vector<Item> items;
  const auto status = ReadObjects(
      data_dir + "/dev/newsapi_title_versions.ndjson", [&](simdjson::dom::object object) {
        simdjson::dom::array titles;
        if (object["titles_stripped"].get(titles) != simdjson::SUCCESS) return;
        std::vector<std::string> versions;
        for (const auto title : titles) {
          std::string_view text;
          if (title.get(text) == simdjson::SUCCESS) versions.emplace_back(text);
        }
        if (versions.size() < 2 || !IsLongEnough(versions.front())) return;
        if (!IsLongEnough(versions.back())) return;
        items.push_back(
            {std::string(StringField(object, "id")), versions.front(), versions.back()});
      });
  if (!status.ok()) return status;
  return items;
}

SeenRow Measure(const std::vector<LabelledPage>& stories, const std::vector<Item>& items,
                bool last_version) {
  PageCorpus corpus(1);
  std::map<std::string, std::set<std::string>> ids_of_headline;
  for (const Item& item : items) {
    corpus.Add(item.id, item.first, "");
    ids_of_headline[item.first].insert(item.id);
    ids_of_headline[item.last].insert(item.id);
  }
  SeenRow row;
  row.set = last_version ? "last version of the headline" : "headline as remembered";
  row.items = items.size();
  std::size_t next = 0;
  for (const LabelledPage& page : stories) {
    std::string text = StoryAlone(page).Text();
    const std::size_t story_bytes = text.size();
    std::vector<std::string> tail;
    for (std::size_t i = 0; i < kTail; ++i, ++next) {
      const Item& item = items[next % items.size()];
      tail.push_back(last_version ? item.last : item.first);
      text += tail.back() + "\n";
    }
    const auto split = SplitPage(text, {}, &corpus);
    if (!split.ok()) continue;
    std::set<std::size_t> counted;  // a headline of several sentences is one
    for (const PageLine& line : split->lines) {
      if (line.begin < story_bytes) {
        row.by_mistake += !line.seen.empty();
        continue;
      }
      std::size_t of = 0, end = story_bytes + tail[0].size() + 1;
      while (line.begin >= end) end += tail[++of].size() + 1;
      if (!counted.insert(of).second) continue;
      ++row.lines;
      row.named += !line.seen.empty();
      row.right += ids_of_headline[tail[of]].contains(line.seen);
    }
  }
  return row;
}

}  // namespace

absl::StatusOr<std::vector<SeenRow>> MeasureSeen(const std::string& data_dir) {
  const auto items = LoadItems(data_dir);
  if (!items.ok()) return items.status();
  const auto stories = LoadSyntheticTails(data_dir);
  if (!stories.ok()) return stories.status();
  if (items->empty()) return absl::NotFoundError("newsapi_title_versions holds no headlines");
  return std::vector<SeenRow>{Measure(*stories, *items, false), Measure(*stories, *items, true)};
}

}  // namespace samestory::quality
