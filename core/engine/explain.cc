#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/compare.h"
#include "engine/engine_core.h"
#include "engine/learned.h"
#include "engine/one_source.h"
#include "engine/prepare.h"
#include "match/profile.h"
#include "samestory/engine.h"

namespace samestory {
namespace {

using Ngrams = std::set<std::string>;

void AddNgrams(std::string_view field, const Options& options, Ngrams& ngrams) {
  CanonicalText canonical;
  Canonicalize(field, canonical, options.max_words);
  const auto words = canonical.words();
  for (std::size_t begin = 0; begin < words.size(); ++begin) {
    const std::size_t most = std::min<std::size_t>(options.ngram_size, words.size() - begin);
    for (std::size_t n = 1; n <= most; ++n) {
      const std::size_t from = words[begin].begin, to = words[begin + n - 1].end;
      ngrams.emplace(canonical.text().substr(from, to - from));
    }
  }
}

// A record with everything that the comparison sees of it.
struct Subject {
  const Record* record = nullptr;
  Prepared prepared;
  Ngrams ngrams;
  Explanation::Side side;
};

void Describe(const Preparer& preparer, const Options& options, Subject& subject) {
  const Record& record = *subject.record;
  preparer.Prepare(record, subject.prepared);
  const Preparer::Fields fields = preparer.ChooseFields(record);
  subject.side.stripped_before = fields.title.before;
  subject.side.stripped_after = fields.title.after;
  if (options.match == Match::kJudge) {
    subject.side.canonical = Canonicalize(fields.headline);
    AddNgrams(fields.headline, options, subject.ngrams);
    return;
  }
  for (const std::string_view field : {record.title, record.summary, record.text}) {
    const std::string canonical = Canonicalize(field);
    if (canonical.empty()) continue;
    absl::StrAppend(&subject.side.canonical, subject.side.canonical.empty() ? "" : " | ",
                    canonical);
    AddNgrams(field, options, subject.ngrams);
  }
}

void ShareShingles(const Ngrams& older, const Ngrams& newer, Explanation& out) {
  std::set_intersection(older.begin(), older.end(), newer.begin(), newer.end(),
                        std::back_inserter(out.shared_shingles));
  std::set_difference(older.begin(), older.end(), newer.begin(), newer.end(),
                      std::back_inserter(out.older_only_shingles));
  std::set_difference(newer.begin(), newer.end(), older.begin(), older.end(),
                      std::back_inserter(out.newer_only_shingles));
}

void ShareKeys(const PreparedHeadline& older, const PreparedHeadline& newer,
               const Banding& banding, Explanation& out) {
  if (!older.signature.empty() && !newer.signature.empty()) {
    out.estimated_jaccard = EstimateJaccard(older.signature, newer.signature);
    for (int band = 0; band < banding.bands; ++band) {
      const auto begin = older.signature.begin() + band * banding.rows;
      if (std::equal(begin, begin + banding.rows, newer.signature.begin() + band * banding.rows)) {
        out.shared_bands.push_back(band);
      }
    }
  }
  for (const std::uint64_t key : older.rare_keys) {
    const auto& other = newer.rare_keys;
    if (std::find(other.begin(), other.end(), key) != other.end()) out.shared_rare_key = true;
  }
}

std::string JaccardReason(const Verdict& verdict, const Options& options) {
  if (verdict.relation == Relation::kExact) return "The canonical texts are equal.";
  return absl::StrFormat("Their Jaccard similarity, %.4f, is %s the threshold, %.4g.",
                         verdict.jaccard,
                         verdict.jaccard >= options.threshold ? "at or above" : "below",
                         options.threshold);
}

// An equal id or address links two records whatever they say.
void LinkByIdentity(const Prepared& older, const Prepared& newer, Explanation& out) {
  const bool same_id = older.id_key != 0 && older.id_key == newer.id_key;
  const bool same_url = older.url_key != 0 && older.url_key == newer.url_key;
  if (!same_id && !same_url) return;
  const bool same_content = older.facts.content == newer.facts.content;
  out.verdict.relation = same_content ? Relation::kExact : Relation::kUpdate;
  out.verdict.probability = 1;
  out.changes.clear();
  out.reason = absl::StrCat("Both have the same ", same_id ? "id" : "address", ", and the text ",
                            same_content ? "did not change." : "changed.");
}

// The judgement with all its reasons.
void Compare(const Comparer& comparer, const CompareSide& older, const CompareSide& newer,
             Explanation& out) {
  JudgeTrace trace;
  out.hours_apart = HoursApart(older.facts, newer.facts).value_or(-1);
  out.verdict = comparer.Compare(older, newer, &trace);
  out.terms = std::move(trace.terms);
  out.bias = trace.bias;
  out.slots = std::move(trace.slots);
  out.words = std::move(trace.words);
  out.log_odds = trace.log_odds;
  out.join_log_odds = trace.join_log_odds;
  out.changes = std::move(trace.changes);
  const Options& options = comparer.options();
  out.reason = options.match == Match::kJaccard ? JaccardReason(out.verdict, options)
                                                : std::string(trace.reason);
}

// As the engine does for items that their source tells apart.
void RelateWithinSource(const CompareSide& older, const CompareSide& newer, Explanation& out) {
  if (!IsRedundant(out.verdict.relation)) return;
  const Relation relation =
      JudgeWithinSource(out.verdict.relation, older, newer, false).relation;
  if (relation == out.verdict.relation) return;
  out.verdict.relation = relation;
  out.changes.clear();
  out.reason = "The words agree, but their source gives them as two items, and there is hardly "
               "more than a title to tell that they are one.";
}

bool ComesFirst(const Record& a, const Record& b) {
  return !a.published || !b.published || *a.published <= *b.published;
}

}  // namespace

absl::StatusOr<Explanation> Explain(const Record& a, const Record& b, const Options& options) {
  if (absl::Status status = Validate(options); !status.ok()) return status;
  const Learned learned;
  absl::StatusOr<Preparer> preparer = Preparer::Create(options, learned, nullptr);
  if (!preparer.ok()) return preparer.status();
  Subject older, newer;
  older.record = ComesFirst(a, b) ? &a : &b;
  newer.record = ComesFirst(a, b) ? &b : &a;
  Describe(*preparer, options, older);
  Describe(*preparer, options, newer);

  Explanation out;
  out.older = std::move(older.side);
  out.newer = std::move(newer.side);
  ShareShingles(older.ngrams, newer.ngrams, out);
  preparer->SignHeadline(older.prepared.headline);
  preparer->SignHeadline(newer.prepared.headline);
  ShareKeys(older.prepared.headline, newer.prepared.headline, preparer->bandings().headline, out);
  const Comparer comparer(options);
  const CompareSide left{older.prepared.facts, older.prepared.headline.block,
                         older.prepared.body};
  const CompareSide right{newer.prepared.facts, newer.prepared.headline.block,
                          newer.prepared.body};
  Compare(comparer, left, right, out);
  LinkByIdentity(older.prepared, newer.prepared, out);
  return out;
}

absl::StatusOr<Explanation> EngineCore::ExplainItems(const ItemName& a, const ItemName& b) const {
  const std::optional<ItemNumber> one = FindNamed(a), other = FindNamed(b);
  if (!one || !other) {
    return absl::NotFoundError(
        absl::StrCat("no item ", std::string(one ? b.id : a.id), " is remembered"));
  }
  const auto [first, second] = std::minmax(*one, *other);
  Explanation out;
  out.older_item = Living(first);
  out.newer_item = Living(second);
  PreparedHeadline headlines[2];
  Ngrams ngrams[2];
  CompareSide sides[2];
  for (int i = 0; i < 2; ++i) {
    const ItemNumber item = i == 0 ? first : second;
    const ItemParts parts = items_.parts(item);
    sides[i] = {items_.facts(item), parts.headline, parts.body};
    headlines[i].block.assign(parts.headline.begin(), parts.headline.end());
    preparer_->SignHeadline(headlines[i]);
    if (options_.match == Match::kJaccard) continue;
    const ProfileView profile(parts.headline);
    Explanation::Side& side = i == 0 ? out.older : out.newer;
    side.canonical = profile.text();
    AddNgrams(profile.text(), options_, ngrams[i]);
    RareWordKeys(profile, learned_.words(), options_.seed, headlines[i].rare_keys);
  }
  ShareShingles(ngrams[0], ngrams[1], out);
  ShareKeys(headlines[0], headlines[1], preparer_->bandings().headline, out);
  Compare(*comparer_, sides[0], sides[1], out);
  const bool told_apart = items_.identity(first).key() != items_.identity(second).key();
  if (told_apart && options_.match == Match::kJudge) RelateWithinSource(sides[0], sides[1], out);
  return out;
}

}  // namespace samestory
