#include "engine/prepare.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "base/hash.h"
#include "engine/one_source.h"
#include "engine/shingle_record.h"
#include "match/body.h"
#include "match/profile.h"
#include "text/source_dirt.h"

namespace samestory {
namespace {

// Words of a headline that are read. Where a record has no title, the beginning of its summary or
// text stands in for one.
constexpr std::size_t kHeadlineWords = 64;

// Words of a body that are read under the judge: the lead decides whether two bodies agree.
constexpr std::size_t kBodyWords = 256;

// Bodies of fewer words tell nothing ("Read more").
constexpr std::size_t kLeastBodyWords = 8;

// Bodies are candidates only when they are nearly equal: syndicated copy under another title.
constexpr double kBodyThreshold = 0.8;
constexpr double kBodyRecall = 0.95;

// More permutations than this cost more than the candidates that they spare, measured on headlines;
// low thresholds need more, and get them.
constexpr int kMostPermutations = 128;
constexpr int kMostPermutationsAtAll = 1024;

std::uint32_t ClampTime(const std::optional<std::int64_t>& time) {
  if (!time || *time <= 0 || *time > 0xffffffffLL) return 0;
  return static_cast<std::uint32_t>(*time);
}

bool HasWord(std::string_view text, CanonicalText& scratch) {
  if (text.empty()) return false;
  if (absl::ascii_isalnum(static_cast<unsigned char>(text[0]))) return true;
  Canonicalize(text, scratch, 1);
  return !scratch.empty();
}

void Sign(const MinHasher& hasher, std::span<const std::uint32_t> shingles, Signature& signature) {
  if (shingles.empty()) {
    signature.clear();
    return;
  }
  signature.resize(hasher.num_perm());
  hasher.Sign(shingles, signature);
}

}  // namespace

FieldsAgreed AllAgree(const Prepared& item) {
  return {!ProfileView(item.headline.block).text().empty(), !item.body.empty()};
}

absl::StatusOr<Bandings> ChooseBandings(const Options& options) {
  Bandings bandings;
  if (options.bands > 0) {
    bandings.headline = {options.bands, options.rows};
  } else {
    const int max_perm = options.num_perm > 0 ? options.num_perm : kMostPermutations;
    absl::StatusOr<Banding> chosen = ChooseBanding(options.threshold, options.recall, max_perm);
    if (!chosen.ok() && options.num_perm == 0) {
      chosen = ChooseBanding(options.threshold, options.recall, kMostPermutationsAtAll);
    }
    if (!chosen.ok()) return chosen.status();
    bandings.headline = *chosen;
  }
  bandings.num_perm = std::max(options.num_perm, bandings.headline.bands * bandings.headline.rows);
  absl::StatusOr<Banding> body = ChooseBanding(kBodyThreshold, kBodyRecall, 512);
  if (!body.ok()) return body.status();
  bandings.body = *body;
  return bandings;
}

Preparer::Preparer(const Options& options, const Learned& learned, const PageCorpus* corpus,
                   Bandings bandings, MinHasher hasher, MinHasher body_hasher)
    : options_(&options),
      learned_(&learned),
      corpus_(corpus),
      bandings_(bandings),
      hasher_(std::move(hasher)),
      body_hasher_(std::move(body_hasher)) {}

absl::StatusOr<Preparer> Preparer::Create(const Options& options, const Learned& learned,
                                          const PageCorpus* corpus) {
  absl::StatusOr<Bandings> bandings = ChooseBandings(options);
  if (!bandings.ok()) return bandings.status();
  absl::StatusOr<MinHasher> hasher = MinHasher::Create(bandings->num_perm, options.seed);
  if (!hasher.ok()) return hasher.status();
  absl::StatusOr<MinHasher> body_hasher =
      MinHasher::Create(bandings->body.bands * bandings->body.rows, options.seed);
  if (!body_hasher.ok()) return body_hasher.status();
  return Preparer(options, learned, corpus, *bandings, *std::move(hasher),
                  *std::move(body_hasher));
}

void Preparer::Prepare(const Record& record, Prepared& out) const {
  Read(record, out, Teaches::kNothing);
  Stamp(out);
  MakeKeys(out);
}

void Preparer::Read(const Record& record, Prepared& out, Teaches teaches) const {
  out.other.clear();
  out.body.clear();
  PrepareIdentity(record, out);
  if (options_->match == Match::kJaccard) {
    out.facts.content = ShingleRecord(record, *options_, out.headline.block);
  } else {
    ReadJudged(record, out, teaches);
  }
}

void Preparer::PrefetchStamp(const Prepared& out) const {
  if (options_->match == Match::kJaccard) return;
  samestory::PrefetchStamp(learned_->words(), learned_->recurrence(), out.headline.block);
}

void Preparer::Stamp(Prepared& out) const {
  if (options_->match == Match::kJaccard) return;
  // An item without a time is of the stream's own day.
  const std::int64_t known = out.facts.day();
  const std::int64_t day = known > 0 ? known : learned_->last_day();
  StampProfile(learned_->words(), learned_->recurrence(), day, out.headline.block);
  for (PreparedOther& other : out.other) {
    StampProfile(learned_->words(), learned_->recurrence(), day, other.headline.block);
  }
}

void Preparer::MakeKeys(Prepared& out) const {
  if (options_->match == Match::kJaccard) {
    out.headline.rare_keys.clear();
    Sign(hasher_, out.headline.block, out.headline.signature);
    return;
  }
  MakeHeadlineKeys(out.headline);
  for (PreparedOther& other : out.other) MakeHeadlineKeys(other.headline);
  Sign(body_hasher_, BodyView(out.body).shingles(), out.body_signature);
}

Prepared Preparer::Identify(const Record& record) const {
  Prepared identity;
  PrepareIdentity(record, identity);
  return identity;
}

void Preparer::PrepareIdentity(const Record& record, Prepared& out) const {
  out.id.assign(record.id);
  const std::uint64_t source = Hash64(record.source, options_->seed);
  out.facts = {};
  out.facts.source = record.source.empty() ? 0 : static_cast<std::uint32_t>(source | 1);
  out.facts.published = ClampTime(record.published);
  out.facts.seen = ClampTime(record.seen);
  out.id_key = out.url_key = 0;
  if (options_->match == Match::kJaccard) return;
  if (!record.id.empty() && !record.id_is_made) {
    out.id_key = Mix64(Hash64(record.id, options_->seed), source) | 1;
  }
  if (!record.url.empty()) {
    const std::string url = CanonicalUrl(record.url);
    // A home page is not the address of an item.
    const std::size_t path = url.find('/', url.find("://") + 3);
    if (url.find("://") != std::string::npos && path != std::string::npos &&
        path + 1 < url.size()) {
      out.url_key = Hash64(url, options_->seed) | 1;
    }
  }
}

std::size_t Preparer::HeadlineWords() const {
  return std::min(kHeadlineWords, options_->max_words);
}

Preparer::Fields Preparer::ChooseFields(const Record& record) const {
  CanonicalText canonical;
  return ChooseFields(record, canonical);
}

Preparer::Fields Preparer::ChooseFields(const Record& record, CanonicalText& canonical,
                                        TitleReading* reading, std::string* whole) const {
  thread_local CanonicalText scratch;
  Fields fields;
  if (options_->match == Match::kJaccard) {
    fields.title.headline = record.title;
    Canonicalize(record.title, canonical, HeadlineWords());
  } else {
    fields.title = learned_->dirt().Strip(record.title, record.source, record.url,
                                          HeadlineWords(), canonical, reading, whole);
  }
  if (!canonical.empty()) {
    fields.headline = fields.title.headline;
    fields.body = HasWord(record.summary, scratch) ? record.summary : record.text;
    return fields;
  }
  fields.body = record.text;
  if (HasWord(record.summary, scratch)) {
    fields.headline = record.summary;
  } else {
    const std::vector<Segment> segments =
        SegmentText(record.text.substr(0, 4096), Segmentation::kSentences, record.lang);
    if (!segments.empty()) {
      fields.headline =
          record.text.substr(segments[0].begin, segments[0].end - segments[0].begin);
    }
  }
  Canonicalize(fields.headline, canonical, HeadlineWords());
  return fields;
}

std::string Preparer::MainText(const Record& record, Prepared& out) const {
  SplitOptions split_options;
  split_options.lang = record.lang;
  split_options.title = record.title;
  split_options.markup = record.markup;
  absl::StatusOr<PageSplit> split = SplitPage(record.text, split_options, corpus_, record.id);
  if (!split.ok()) return std::string(record.text);
  std::string main;
  for (PageLine& line : split->lines) {
    const std::string_view text = record.text.substr(line.begin, line.end - line.begin);
    if (line.role == LineRole::kMain) {
      main.append(text);
      main.push_back('\n');
    } else {
      out.other.push_back({line.begin, line.end, std::move(line.seen), {}});
    }
  }
  return main;
}

void Preparer::ReadJudged(const Record& record, Prepared& out, Teaches teaches) const {
  thread_local CanonicalText canonical, other_canonical;
  Record story = record;
  std::string main;
  if (options_->split_pages && !record.text.empty()) {
    main = MainText(record, out);
    story.text = main;
  }
  thread_local std::string whole_title;
  const Fields fields = ChooseFields(
      story, canonical, teaches == Teaches::kAll ? &out.lesson.reading : nullptr, &whole_title);
  BuildProfile(canonical, fields.headline, record.lang, out.headline.block);
  const auto is = [](std::string_view a, std::string_view b) {
    return a.data() == b.data() && a.size() == b.size();
  };
  const std::uint64_t title = is(fields.headline, record.title)
                                  ? Hash64(canonical.text(), options_->seed)
                              : whole_title.empty() ? HashOf(record.title, kHeadlineWords)
                                                    : Hash64(whole_title, options_->seed);
  out.says_little = SaysLittleBesideSource(canonical, fields.headline, record.source);
  if (teaches != Teaches::kNothing) FillLesson(record, teaches, out);
  const std::uint64_t body = ReadBody(fields.body, record.lang, canonical, out);
  // Of the fields as they came: what is stripped from them changes as the engine learns.
  const std::uint64_t summary =
      is(fields.body, record.summary) ? body : HashOf(record.summary, kBodyWords);
  out.facts.content = Mix64(Mix64(title, Hash64(record.text, options_->seed)),
                            Mix64(summary, record.summary.size()));
  for (PreparedOther& other : out.other) {
    const std::string_view line = record.text.substr(other.begin, other.end - other.begin);
    Canonicalize(line, other_canonical, HeadlineWords());
    BuildProfile(other_canonical, line, record.lang, other.headline.block);
  }
}

void Preparer::MakeHeadlineKeys(PreparedHeadline& out) const {
  const ProfileView profile(out.block);
  out.signature.clear();
  RareWordKeys(profile, learned_->words(), options_->seed, out.rare_keys);
  // Equal texts meet under a key of their own, however busy their words are.
  if (!profile.text().empty()) out.rare_keys.push_back(Hash64(profile.text(), ~options_->seed));
}

void Preparer::SignHeadline(PreparedHeadline& headline) const {
  if (options_->match == Match::kJaccard) {
    Sign(hasher_, headline.block, headline.signature);
    return;
  }
  CanonicalText canonical;
  ShingleSet shingles;
  Canonicalize(ProfileView(headline.block).text(), canonical);
  Shingle(canonical, options_->ngram_size, options_->seed, shingles);
  Sign(hasher_, shingles, headline.signature);
}

std::uint64_t Preparer::ReadBody(std::string_view body, std::string_view lang,
                                 const CanonicalText& headline, Prepared& out) const {
  thread_local CanonicalText canonical;
  Canonicalize(body, canonical, std::min(kBodyWords, options_->max_words));
  const std::uint64_t hash = Hash64(canonical.text(), options_->seed);
  if (canonical.words().size() < kLeastBodyWords) return hash;
  // What only repeats the headline, or its beginning, is nothing under it.
  if (headline.text().starts_with(canonical.text())) return hash;
  BuildBody(canonical, body, lang, options_->ngram_size, options_->seed, out.body);
  return hash;
}

std::uint64_t Preparer::HashOf(std::string_view field, std::size_t words) const {
  thread_local CanonicalText canonical;
  Canonicalize(field, canonical, std::min(words, options_->max_words));
  return Hash64(canonical.text(), options_->seed);
}

void Preparer::FillLesson(const Record& record, Teaches teaches, Prepared& out) const {
  const ProfileView profile(out.headline.block);
  Lesson& lesson = out.lesson;
  if (teaches == Teaches::kAll) {
    lesson.title.assign(record.title);
    lesson.source.assign(record.source);
    lesson.url.assign(record.url);
  }
  lesson.words.assign(profile.word_hashes().begin(), profile.word_hashes().end());
  lesson.day = out.facts.day();
  // Without a day nothing recurs.
  lesson.recurrences.clear();
  if (lesson.day > 0) RecurrenceKeys(profile, lesson.recurrences);
}

}  // namespace samestory
