#include "corpus/generator.h"

#include <algorithm>
#include <utility>

#include "io/reader.h"

namespace samestory::bench {
namespace {

constexpr std::size_t kPast = 100'000;

using Words = std::vector<std::string>;

Words Split(const std::string& text) {
  Words words;
  std::size_t begin = 0;
  while ((begin = text.find_first_not_of(" \t\r\n", begin)) != std::string::npos) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

std::string Join(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string MadeName(Random& random) {
  static constexpr const char* kSyllables[] = {"bar",  "den", "fol", "gri", "hol",  "jas",  "kel",
                                               "lun",  "mor", "nev", "ost", "pra",  "quil", "ros",
                                               "sten", "tov", "ulm", "var", "wick", "zel"};
  std::string name;
  for (std::size_t i = 2 + random.Below(2); i > 0; --i) {
    name += kSyllables[random.Below(std::size(kSyllables))];
  }
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

char ChangeCase(char c, bool upper) {
  if (upper && c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 'A');
  if (!upper && c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c;
}

std::size_t PiecesOf(CorpusKind kind) {
  switch (kind) {
    case CorpusKind::kHeadlines:
      return 3;
    case CorpusKind::kSnippets:
      return 4;
    case CorpusKind::kArticles:
      return 30;
  }
  return 3;
}

}  // namespace

CorpusGenerator::CorpusGenerator(std::vector<std::string> base, CorpusKind kind, std::uint64_t seed,
                                 double variants)
    : base_(std::move(base)), kind_(kind), random_(seed), variants_(variants) {
  random_.Shuffle(base_);
}

CorpusText CorpusGenerator::Next() {
  ++given_;
  if (!past_.empty() && random_.Uniform(0, 1) < variants_) {
    const Past& past = past_[random_.Below(past_.size())];
    return {Variant(past.text), past.number};
  }
  std::string text = Original();
  if (past_.size() < kPast) {
    past_.push_back({text, given_});
  } else {
    past_[random_.Below(kPast)] = {text, given_};
  }
  return {std::move(text), 0};
}

std::string CorpusGenerator::Original() {
  if (used_ < base_.size()) return base_[used_++];
  return Splice(PiecesOf(kind_));
}

std::string CorpusGenerator::Splice(std::size_t pieces) {
  Words words;
  for (std::size_t piece = 0; piece < pieces; ++piece) {
    const Words source = Split(base_[random_.Below(base_.size())]);
    const std::size_t length = std::min<std::size_t>(source.size(), kind_ == CorpusKind::kHeadlines
                                                                        ? 3 + random_.Below(3)
                                                                        : 8 + random_.Below(6));
    const std::size_t begin = random_.Below(source.size() - length + 1);
    words.insert(words.end(), source.begin() + static_cast<std::ptrdiff_t>(begin),
                 source.begin() + static_cast<std::ptrdiff_t>(begin + length));
  }
  words.insert(words.begin() + static_cast<std::ptrdiff_t>(random_.Below(words.size() + 1)),
               MadeName(random_));
  words.insert(words.begin() + static_cast<std::ptrdiff_t>(random_.Below(words.size() + 1)),
               std::to_string(random_.Below(100'000)));
  return Join(words);
}

std::string CorpusGenerator::Variant(const std::string& text) {
  Words words = Split(text);
  switch (random_.Below(7)) {
    case 0:
      return text + " - " + MadeName(random_) + " News";
    case 1:
      for (std::size_t i = 1 + random_.Below(2); i > 0; --i) {
        words[random_.Below(words.size())] = MadeName(random_);
      }
      return Join(words);
    case 2:
      if (words.size() > 2) {
        words.erase(words.begin() + static_cast<std::ptrdiff_t>(random_.Below(words.size())));
      }
      return Join(words);
    case 3:
      words.resize(std::max<std::size_t>(1, words.size() * (7 + random_.Below(3)) / 10));
      return Join(words) + "...";
    case 4: {
      std::string other = text;
      const bool upper = random_.Below(2) == 0;
      for (char& c : other) c = ChangeCase(c, upper);
      return other;
    }
    case 5:
      return "UPDATE " + std::to_string(1 + random_.Below(5)) + "-" + text + "!";
    default:
      return text;
  }
}

absl::StatusOr<std::vector<std::string>> LoadBase(const std::string& data_dir, CorpusKind kind) {
  std::vector<std::string> base, pending;
  for (const char* name : {"headlines_newsapi", "headlines_misc", "headlines_bbchome"}) {
    auto reader = io::OpenReader(data_dir + "/dev/" + name + ".ndjson.gz", {}, {});
    if (!reader.ok()) return reader.status();
    io::InputRecord input;
    while (true) {
      const absl::StatusOr<bool> got = (*reader)->Next(input);
      if (!got.ok()) return got.status();
      if (!*got) break;
      const Record& record = input.record;
      if (Split(std::string(record.title)).size() < 4) continue;
      if (kind == CorpusKind::kHeadlines) {
        base.emplace_back(record.title);
      } else if (record.summary.size() > 60) {
        pending.push_back(std::string(record.title) + ". " + std::string(record.summary));
      }
    }
  }
  if (kind == CorpusKind::kHeadlines) return base;
  const std::size_t together = kind == CorpusKind::kArticles ? 8 : 1;
  for (std::size_t first = 0; first + together <= pending.size(); first += together) {
    std::string text;
    for (std::size_t i = 0; i < together; ++i) text += (i ? " " : "") + pending[first + i];
    base.push_back(std::move(text));
  }
  return base;
}

}  // namespace samestory::bench
