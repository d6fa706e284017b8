// What a crawler does with samestory, by its public headers alone: splits the pages that it
// fetched, asks the engine for each item's story, and calls every stage by itself. Exits with 1
// where a result is not as it must be.
#include <samestory/samestory.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::string_view kPage =
    "The river Alder rose above its banks near Marrow Bridge on Sunday night.\n"
    "Fire crews in Marrow Bridge brought forty families to a school on higher ground.\n"
    "The flood cut the only road from Marrow Bridge to the coast, the council said.\n"
    "Water levels on the Alder are expected to fall by Tuesday.\n"
    "Chess club wins third title in a row\n"
    "New tram line to open in spring\n"
    "Bakers warn of dearer bread\n";

void Check(bool ok, std::string_view what) {
  std::cout << (ok ? "ok      " : "FAILED  ") << what << '\n';
  if (!ok) std::exit(1);
}

samestory::ShingleSet Shingles(std::string_view title, const samestory::Options& options) {
  samestory::CanonicalText text;
  samestory::Canonicalize(title, text, options.max_words);
  samestory::ShingleSet shingles;
  samestory::Shingle(text, options.ngram_size, options.seed, shingles);
  return shingles;
}

void StagesAlone(const samestory::Options& options) {
  Check(samestory::Validate(options).ok(), "default options are valid");
  Check(samestory::Canonicalize("Floods  CUT road!") == "floods cut road", "canonical text");
  Check(samestory::SegmentText(kPage, samestory::Segmentation::kLines).size() == 7, "segments");
  Check(samestory::RepairUtf8("a\xff") == "a\xef\xbf\xbd", "invalid UTF-8 is repaired");
  Check(samestory::CanonicalUrl("HTTPS://Example.org:443/a#b") ==
            samestory::CanonicalUrl("https://example.org/a"),
        "one page, one URL");

  const auto a = Shingles("Floods cut the only road to Marrow Bridge", options);
  const auto b = Shingles("Floods cut the only road to Marrow Bridge again", options);
  const double jaccard = samestory::Jaccard(a, b);
  Check(jaccard > 0.8 && jaccard < 1 && samestory::Containment(a, b) == 1, "Jaccard, containment");

  const auto hasher = samestory::MinHasher::Create(128, options.seed);
  Check(hasher.ok(), "MinHasher");
  samestory::Signature x(128), y(128);
  hasher->Sign(a, x);
  hasher->Sign(b, y);
  const double estimate = samestory::EstimateJaccard(x, y);
  Check(estimate > jaccard - 0.2 && estimate < jaccard + 0.2, "signatures estimate Jaccard");

  const auto banding = samestory::ChooseBanding(options.threshold, options.recall);
  Check(banding.ok() && samestory::CandidateProbability(*banding, 0.7) >= 0.998, "banding");
  auto index = samestory::LshIndex::Create({32, 4}, options.seed);
  Check(index.ok() && index->Insert(7, x).ok(), "index takes a record");
  std::vector<std::uint32_t> candidates;
  index->Query(x, candidates);
  Check(candidates == std::vector<std::uint32_t>{7}, "index finds it again");
}

void Pages() {
  samestory::PageCorpus corpus(1);
  corpus.Add("tram", "New tram line to open in spring", "The line has nine stops.\n");
  const auto split = samestory::SplitPage(kPage, {}, &corpus, "flood");
  Check(split.ok() && split->lines.size() == 7, "every line of the page has a role");
  Check(samestory::LineRoleName(split->lines.front().role) == "main", "the story is main");
}

void Stream(const samestory::Options& options) {
  samestory::Record first{.id = "1",
                          .title = "Floods cut the only road to Marrow Bridge",
                          .source = "Alder Gazette",
                          .published = 1'700'000'000};
  samestory::Record copy = first;
  copy.id = "2";
  copy.source = "Coast Post";
  samestory::Record other{.id = "3",
                          .title = "Chess club wins third title in a row",
                          .source = "Coast Post",
                          .published = 1'700'000'500};

  auto engine = samestory::Engine::Create(options);
  Check(engine.ok(), "engine");
  std::size_t events = 0;
  (*engine)->SetListener([&events](const samestory::StoryEvent&) { ++events; });
  const auto d1 = (*engine)->Add(first), d2 = (*engine)->Add(copy), d3 = (*engine)->Add(other);
  Check(d1.ok() && d2.ok() && d3.ok(), "three records added");
  Check(d1->relation == samestory::Relation::kNew, "the first is new");
  Check(samestory::IsSameStory(d2->relation) && d2->story == d1->story && d2->of == "1",
        "its copy is the same story");
  Check(d3->story != d1->story, "another headline is another story");
  Check(events >= 3 && (*engine)->stats().records == 3, "events and counts");
  std::cout << samestory::StoryName(d1->story) << ": " << samestory::RelationName(d2->relation)
            << " of " << d2->of << '\n';

  const std::vector<samestory::Record> batch = {first, copy, other};
  const auto rows = samestory::Cluster(batch, options);
  Check(rows.ok() && (*rows)[0].story == (*rows)[1].story && (*rows)[0].size == 2, "batch run");
  const auto why = samestory::Explain(first, other, options);
  Check(why.ok() && !samestory::IsSameStory(why->verdict.relation) && !why->reason.empty(),
        "explanation");
}

}  // namespace

int main() {
  const samestory::Options options;
  StagesAlone(options);
  Pages();
  Stream(options);
}
