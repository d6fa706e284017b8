#include "split_background.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/hash.h"
#include "base/math.h"
#include "samestory/text.h"
#include "split_files.h"
#include "split_frequencies.h"
#include "split_pages.h"
#include "text/background.h"
#include "text/word_stats.h"

namespace samestory::quality {
namespace {

// Headlines and snippets are counted in heaps of about this many words, so that a "text" is of one
// size whatever it was made from.
constexpr std::size_t kTextWords = 300;

// Of a list, words rarer than this are left out: they would be most of the table.
constexpr double kLeastFrequency = 1e-5;

// A word that occurs comes again in the same text: texts that hold a word are fewer than chance
// would have it. The share found in news (median over words of middling frequency).
constexpr double kSpread = 0.7;

// A title is set against its description where that is long enough to be text, in bytes.
constexpr std::size_t kLeastText = 60;

// A line of an article is known again by so many first words.
constexpr std::size_t kFingerprintWords = 12;
constexpr std::size_t kFingerprintLeast = 8;

// Words of one kind of text against those of another that comes with it.
class Contrast {
 public:
  void AddFirst(std::string_view text) { Add(text, first_, first_words_); }
  void AddSecond(std::string_view text) { Add(text, second_, second_words_); }

  // The first sentence of `text` against the later ones; nothing where it has but one.
  void AddSentences(std::string_view text) {
    const auto segments = SegmentText(text, Segmentation::kSentences);
    if (segments.size() < 2) return;
    AddFirst(text.substr(segments[0].begin, segments[0].end - segments[0].begin));
    for (std::size_t i = 1; i < segments.size(); ++i) {
      AddSecond(text.substr(segments[i].begin, segments[i].end - segments[i].begin));
    }
  }

  // ln of the ratio of the word's shares, drawn to 0 where it was seen seldom.
  double LogRatio(std::uint32_t hash) const {
    const auto first = first_.find(hash), second = second_.find(hash);
    const double in_first = first == first_.end() ? 0 : first->second;
    const double in_second = second == second_.end() ? 0 : second->second;
    if (in_first + in_second == 0) return 0;
    const double expected = (in_first + in_second) * first_words_ / (first_words_ + second_words_);
    return StableLog((in_first + kPrior) / (expected + kPrior));
  }

 private:
  // Occurrences that a word is given for nothing, on both sides of the ratio.
  static constexpr double kPrior = 8;

  using Counts = std::unordered_map<std::uint32_t, std::uint32_t>;

  void Add(std::string_view text, Counts& counts, double& words) {
    Canonicalize(text, canonical_);
    for (std::size_t i = 0; i < canonical_.words().size(); ++i) {
      ++counts[WordHash(canonical_.word(i))];
    }
    words += static_cast<double>(canonical_.words().size());
  }

  CanonicalText canonical_;
  Counts first_, second_;
  double first_words_ = 0, second_words_ = 0;
};

class Counter {
 public:
  // Adds words to the text that is being counted.
  void Add(std::string_view text) {
    Canonicalize(text, canonical_, std::size_t{1} << 20);
    for (std::size_t i = 0; i < canonical_.words().size(); ++i) {
      const std::uint32_t hash = WordHash(canonical_.word(i));
      ++counts_[hash].occurrences;
      in_text_.insert(hash);
    }
    words_in_text_ += canonical_.words().size();
  }

  void EndText() {
    if (words_in_text_ == 0) return;
    for (const std::uint32_t hash : in_text_) ++counts_[hash].documents;
    in_text_.clear();
    running_words_ += words_in_text_;
    words_in_text_ = 0;
    ++texts_;
  }

  void AddSnippet(std::string_view text) {
    Add(text);
    if (words_in_text_ >= kTextWords) EndText();
  }

  // Counts of `word` are at least those that its share of all running words in a language gives.
  void Raise(std::uint32_t hash, double frequency) {
    const double mean_words = static_cast<double>(running_words_) / static_cast<double>(texts_);
    const double documents =
        static_cast<double>(texts_) * -std::expm1(-kSpread * frequency * mean_words);
    const double occurrences = static_cast<double>(running_words_) * frequency;
    BackgroundWord& word = counts_[hash];
    word.documents = std::max(word.documents, static_cast<std::uint64_t>(std::lround(documents)));
    word.occurrences =
        std::max(word.occurrences, static_cast<std::uint64_t>(std::lround(occurrences)));
  }

  Contrast in_articles, in_snippets, in_titles;

  std::uint64_t texts() const { return texts_; }
  std::uint64_t running_words() const { return running_words_; }
  std::size_t distinct() const { return counts_.size(); }

  std::vector<BackgroundWord> Words() const {
    std::vector<BackgroundWord> words;
    for (const auto& [hash, word] : counts_) {
      words.push_back({hash, word.documents, word.occurrences,
                       in_articles.LogRatio(hash) + in_snippets.LogRatio(hash),
                       in_titles.LogRatio(hash)});
    }
    return words;
  }

 private:
  CanonicalText canonical_;
  std::unordered_map<std::uint32_t, BackgroundWord> counts_;
  std::unordered_set<std::uint32_t> in_text_;
  std::size_t words_in_text_ = 0;
  std::uint64_t texts_ = 0, running_words_ = 0;
};

// The lines of the labelled pages, to be known again in articles.
class Fingerprints {
 public:
  void Add(std::string_view line) {
    if (const auto print = Of(line)) prints_.insert(print);
  }

  bool Knows(std::string_view text) {
    for (const Segment& segment : SegmentText(text, Segmentation::kSentences)) {
      const auto print = Of(text.substr(segment.begin, segment.end - segment.begin));
      if (print != 0 && prints_.contains(print)) return true;
    }
    return false;
  }

 private:
  std::uint64_t Of(std::string_view line) {
    Canonicalize(line, canonical_, kFingerprintWords);
    if (canonical_.words().size() < kFingerprintLeast) return 0;
    return Hash64(canonical_.text(), 0) | 1;
  }

  CanonicalText canonical_;
  std::unordered_set<std::uint64_t> prints_;
};

absl::Status CountArticles(const std::string& dev, Fingerprints& labelled, Counter& counter,
                           BackgroundReport& report) {
  const struct {
    const char *file, *field;
  } sources[] = {{"reuters_articles.ndjson", "body"},
                 {"fnc1_bodies.ndjson", "lead"},
                 {"g5_newsclusters.ndjson", "text"}};
  for (const auto& source : sources) {
    const auto status = ReadObjects(dev + source.file, [&](simdjson::dom::object object) {
      const std::string_view text = StringField(object, source.field);
      if (labelled.Knows(text)) {
        ++report.articles_left_out;
        return;
      }
      counter.Add(StringField(object, "title"));
      counter.Add(text);
      counter.EndText();
      counter.in_articles.AddSentences(text);
    });
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status CountSnippets(const std::string& dev, Counter& counter) {
  for (const char* file :
       {"headlines_newsapi.ndjson", "headlines_bbchome.ndjson", "headlines_misc.ndjson",
        "headlines_nonlatin.ndjson", "rss_items.ndjson"}) {
    const auto status = ReadObjects(dev + file, [&](simdjson::dom::object object) {
      const std::string_view title = StringField(object, "title");
      const std::string_view text = StringField(object, "description");
      counter.AddSnippet(title);
      counter.AddSnippet(text);
      counter.in_snippets.AddSentences(text);
      if (text.size() < kLeastText) return;
      counter.in_titles.AddFirst(title);
      counter.in_titles.AddSecond(text);
    });
    if (!status.ok()) return status;
    counter.EndText();
  }
  return absl::OkStatus();
}

absl::Status AddLanguage(const std::string& path, Counter& counter) {
  auto bytes = ReadFile(path);
  if (!bytes.ok()) return bytes.status();
  const auto lists = ReadFrequencyLists(*bytes);
  if (!lists.ok()) return lists.status();
  // In scripts without spaces a listed word is several of ours: each gets its share.
  std::unordered_map<std::uint32_t, double> frequencies;
  CanonicalText canonical;
  for (std::size_t i = 0; i < lists->size(); ++i) {
    const double frequency = std::pow(10.0, -static_cast<double>(i) / 100);
    for (const std::string& word : (*lists)[i]) {
      Canonicalize(word, canonical);
      for (std::size_t w = 0; w < canonical.words().size(); ++w) {
        // Numbers are listed by their shape, not as they are.
        if ((canonical.words()[w].flags & kWordHasDigit) != 0) continue;
        frequencies[WordHash(canonical.word(w))] += frequency;
      }
    }
  }
  for (const auto& [hash, frequency] : frequencies) {
    if (frequency >= kLeastFrequency) counter.Raise(hash, frequency);
  }
  return absl::OkStatus();
}

absl::Status AddLanguages(const std::string& dir, Counter& counter) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(dir, error)) {
    const std::string name = entry.path().filename();
    if (name.starts_with("small_") && name.ends_with(".msgpack.gz")) {
      paths.push_back(entry.path());
    }
  }
  if (paths.empty()) return absl::NotFoundError("no frequency lists in " + dir);
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    if (const auto status = AddLanguage(path, counter); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<BackgroundReport> FitBackground(const std::string& data_dir,
                                               const std::string& frequency_dir) {
  BackgroundReport report;
  Fingerprints labelled;
  for (const auto load : {LoadSyntheticTails, LoadPageTails}) {
    const auto pages = load(data_dir);
    if (!pages.ok()) return pages.status();
    for (const LabelledPage& page : *pages) {
      for (const std::string& line : page.lines) labelled.Add(line);
    }
  }
  Counter counter;
  const std::string dev = data_dir + "/dev/";
  auto status = CountArticles(dev, labelled, counter, report);
  if (status.ok()) status = CountSnippets(dev, counter);
  report.words_of_news = counter.distinct();
  if (status.ok() && !frequency_dir.empty()) status = AddLanguages(frequency_dir, counter);
  if (!status.ok()) return status;
  report.texts = counter.texts();
  report.running_words = counter.running_words();
  report.words_added = counter.distinct() - report.words_of_news;
  auto bytes = EncodeBackground(counter.Words(), report.texts, report.running_words);
  if (!bytes.ok()) return bytes.status();
  report.bytes = *std::move(bytes);
  return report;
}

}  // namespace samestory::quality
