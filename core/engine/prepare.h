#ifndef SAMESTORY_ENGINE_PREPARE_H_
#define SAMESTORY_ENGINE_PREPARE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/identities.h"
#include "engine/item_store.h"
#include "engine/learned.h"
#include "samestory/lsh.h"
#include "samestory/match.h"
#include "samestory/minhash.h"
#include "samestory/options.h"
#include "samestory/record.h"
#include "samestory/split.h"
#include "samestory/text.h"

namespace samestory {

/// A headline made ready to be looked up and compared.
struct PreparedHeadline {
  std::vector<std::uint32_t> block;        ///< profile (judge) or shingle set (jaccard)
  Signature signature;                     ///< jaccard only; empty where there is no word
  std::vector<std::uint64_t> rare_keys;    ///< judge only: of rare words, and of the whole text
};

/// A headline found behind the main story of the record's text.
struct PreparedOther {
  std::size_t begin = 0, end = 0;  ///< bytes in Record::text
  std::string seen;                ///< what the page corpus says of the line
  PreparedHeadline headline;
};

/// All that is computed from one record alone. A buffer to be used again.
struct Prepared {
  std::string id;
  std::uint64_t id_key = 0, url_key = 0;
  ItemFacts facts;
  PreparedHeadline headline;
  std::vector<std::uint32_t> body;  ///< BodyView; judge only
  Signature body_signature;         ///< empty where the body is too short to tell anything
  bool says_little = false;         ///< SaysLittleBesideSource; judge only
  bool is_alone = false;            ///< of a batch run: no other has its id or address
  std::vector<PreparedOther> other;
  Lesson lesson;                    ///< judge only

  Identity identity() const { return {id_key, url_key, facts.content}; }
};

/// The fields of an item that agree with the same item.
FieldsAgreed AllAgree(const Prepared& item);

/// The bandings that an engine uses, fixed by its options.
struct Bandings {
  Banding headline, body;
  int num_perm = 0;  ///< of a headline's signature
};

/// kInvalidArgument where no banding keeps the promised recall.
absl::StatusOr<Bandings> ChooseBandings(const Options& options);

/// What a record is to teach: nothing, what its headline does, or all.
enum class Teaches { kNothing, kHeadline, kAll };

/// Turns records into prepared ones: canonical text, profile, shingles, signatures,
/// keys. Const calls may run side by side while nothing is learned.
class Preparer {
 public:
  /// `options`, `learned` and `corpus` must outlive the preparer; `corpus` may be
  /// null.
  static absl::StatusOr<Preparer> Create(const Options& options, const Learned& learned,
                                         const PageCorpus* corpus);

  /// Replaces `out`; its lesson only as far as the record `teaches`.
  void Prepare(const Record& record, Prepared& out) const;

  /// The three steps of Prepare. The first reads the record, and needs of what is learned no
  /// more than titles and pages; the second stamps, by all the rest; the third makes the keys
  /// of what was stamped.
  void Read(const Record& record, Prepared& out, Teaches teaches) const;
  void PrefetchStamp(const Prepared& out) const;  ///< fetches what Stamp needs of its headline
  void Stamp(Prepared& out) const;
  void MakeKeys(Prepared& out) const;

  /// The keys of a record's identity alone.
  Prepared Identify(const Record& record) const;

  /// Signs a prepared headline, which the judge has no need of.
  void SignHeadline(PreparedHeadline& headline) const;

  /// The title without its source dirt, the headline that is compared, and the body
  /// that is compared, as views into the record.
  struct Fields {
    TitleParts title;
    std::string_view headline, body;
  };
  Fields ChooseFields(const Record& record) const;

  /// The same, and fills `canonical` with the canonical text of the headline; `reading` and `whole`
  /// as SourceDirt::Strip.
  Fields ChooseFields(const Record& record, CanonicalText& canonical,
                      TitleReading* reading = nullptr, std::string* whole = nullptr) const;

  const Bandings& bandings() const { return bandings_; }

 private:
  Preparer(const Options& options, const Learned& learned, const PageCorpus* corpus,
           Bandings bandings, MinHasher hasher, MinHasher body_hasher);

  void PrepareIdentity(const Record& record, Prepared& out) const;
  void ReadJudged(const Record& record, Prepared& out, Teaches teaches) const;
  void MakeHeadlineKeys(PreparedHeadline& out) const;
  /// Returns a hash of the body's canonical text.
  std::uint64_t ReadBody(std::string_view body, std::string_view lang,
                         const CanonicalText& headline, Prepared& out) const;
  std::size_t HeadlineWords() const;
  std::uint64_t HashOf(std::string_view field, std::size_t words) const;
  std::string MainText(const Record& record, Prepared& out) const;
  void FillLesson(const Record& record, Teaches teaches, Prepared& out) const;

  const Options* options_;
  const Learned* learned_;
  const PageCorpus* corpus_;
  Bandings bandings_;
  MinHasher hasher_, body_hasher_;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_PREPARE_H_
