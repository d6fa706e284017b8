// The core of a crawler: for every page fetched, keep the main story, set the headlines of other
// stories aside, and learn whether the story has been seen before. Uses the public headers alone.
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "samestory/samestory.h"

namespace {

struct Page {
  std::string_view url, source, title, text;
  std::int64_t fetched;
};

constexpr std::int64_t kNoon = 1'772'625'600;  // 4 March 2026, 12:00 UTC

const std::vector<Page> kFetched = {
    {"https://alder-gazette.example/bridge", "Alder Gazette",
     "Port Alder closes harbour bridge after divers find cracks",
     "The oldest bridge in Port Alder was closed to all traffic on Wednesday.\n"
     "Divers had found deep cracks in two of the pillars of the bridge.\n"
     "Drivers will have to use the tunnel at Westmere until the pillars are mended.\n"
     "The city council will meet on Friday to decide what becomes of the bridge.\n"
     "Orchard growers expect the smallest apple harvest in a decade\n"
     "Kestrel Rovers sign goalkeeper on loan from Northmoor\n"
     "Why are so many swifts nesting in the old railway depot?\n",
     kNoon},
    {"https://kestrel-daily.example/city/bridge", "Kestrel Daily",
     "Port Alder closes harbour bridge after divers find cracks | Kestrel Daily", "", kNoon + 1800},
    {"https://northmoor-wire.example/a/5507", "Northmoor Wire",
     "Three dead after avalanche hits Karsten ski resort", "", kNoon + 3600},
    {"https://northmoor-wire.example/a/5511", "Northmoor Wire",
     "Five dead after avalanche hits Karsten ski resort", "", kNoon + 7200},
};

samestory::Record ToRecord(const Page& page) {
  return {.id = page.url,
          .title = page.title,
          .text = page.text,
          .url = page.url,
          .source = page.source,
          .lang = "en",
          .published = page.fetched};
}

// Prints the lines of the page with what each is. The bytes of a line are named, not copied.
absl::Status PrintSplit(const Page& page) {
  const auto split = samestory::SplitPage(page.text, {.lang = "en", .title = page.title});
  if (!split.ok()) return split.status();
  for (const samestory::PageLine& line : split->lines) {
    std::cout << "  " << samestory::LineRoleName(line.role) << "\t"
              << page.text.substr(line.begin, line.end - line.begin) << '\n';
  }
  return absl::OkStatus();
}

absl::Status Crawl(const samestory::Options& options) {
  auto engine = samestory::Engine::Create(options);
  if (!engine.ok()) return engine.status();
  for (const Page& page : kFetched) {
    const auto decision = (*engine)->Add(ToRecord(page));
    if (!decision.ok()) return decision.status();
    std::cout << samestory::StoryName(decision->story) << ' '
              << samestory::RelationName(decision->relation) << ' '
              << (samestory::IsRedundant(decision->relation) ? "drop" : "keep") << ": "
              << page.title << '\n';
    if (page.text.empty()) continue;
    if (absl::Status status = PrintSplit(page); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status PrintWhy(const Page& a, const Page& b, const samestory::Options& options) {
  const auto why = samestory::Explain(ToRecord(a), ToRecord(b), options);
  if (!why.ok()) return why.status();
  std::cout << '"' << why->older.canonical << "\"\n\"" << why->newer.canonical << "\"\n"
            << samestory::RelationName(why->verdict.relation) << ", Jaccard "
            << why->verdict.jaccard << ": " << why->reason << '\n';
  return absl::OkStatus();
}

}  // namespace

int main() {
  samestory::Options options;
  options.window_seconds = 72 * 3600;
  for (const absl::Status& status : {Crawl(options), PrintWhy(kFetched[2], kFetched[3], options)}) {
    if (!status.ok()) {
      std::cerr << status.ToString() << '\n';
      return 1;
    }
  }
}
