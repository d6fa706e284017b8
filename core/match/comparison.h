#ifndef SAMESTORY_MATCH_COMPARISON_H_
#define SAMESTORY_MATCH_COMPARISON_H_

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "match/profile_words.h"
#include "samestory/match.h"

namespace samestory {

/// Two stamped profiles word by word: which words of one stand in the other, as
/// they are, as another spelling of one number, or in another form. A set of words
/// is a bit mask over positions; only the first of equal words of a text is in it.
/// Weights are in steps of ProfileView::kWeightUnit.
class Comparison {
 public:
  using Mask = WordMask;

  /// Matches words as they are and by value. What else may match is left to MatchForms. The
  /// texts must outlive the comparison.
  Comparison(const ProfileWords& older, const ProfileWords& newer);

  /// The most that MatchForms can add to matched_weight(), and take from what each side has
  /// left, by the words that may have another form in the other text: their letters are looked
  /// at. Zeros: there is none.
  struct Gain {
    int matched = 0, older = 0, newer = 0;
  };
  Gain GainOfKin();

  /// Matches forms of words. Once.
  void MatchForms();

  /// One of the two texts.
  struct Side {
    const ProfileWords& text;
    Mask shared = 0;      ///< stands in the other text as it is
    Mask equivalent = 0;  ///< matched by value or as another form
    int left = 0;         ///< weight of what is not matched

    Mask unmatched() const { return text.all & ~shared & ~equivalent; }
    Mask unmatched_slots() const { return unmatched() & text.slots; }
    int Weight(Mask words) const { return text.Weight(words); }
    std::string_view Word(std::size_t i) const { return text.Word(i); }
  };

  const Side& older() const { return older_; }
  const Side& newer() const { return newer_; }

  int shared_weight() const { return shared_weight_; }  ///< of words as they are
  int matched_weight() const { return shared_weight_ + equivalent_weight_; }

  /// Neighbours that are neighbours in both texts.
  struct Pairs {
    int count = 0;
    int old = 0;           ///< seen on kOldDays days or more before the older text
    double novelty = 0;    ///< sum of 1 / (1 + days seen): a pair never seen counts 1
    int stale_weight = 0;  ///< of shared words that stand in old shared pairs alone
  };
  static constexpr unsigned kOldDays = 3;
  const Pairs& pairs() const { return pairs_; }

  /// Each side has a slot that the other lacks.
  bool has_conflict() const {
    return older_.unmatched_slots() != 0 && newer_.unmatched_slots() != 0;
  }
  /// Distinct n-grams of words, 1 <= n <= ngram_size, that both texts have.
  std::size_t SharedShingles(std::size_t ngram_size) const;
  /// Equal in length, and all but one word stand at their places.
  bool OneWordDiffers() const;
  /// Every word of the newer text stands in the older one, in order; its last word
  /// may be cut short.
  bool NewerIsCut() const;
  /// Between two matched words of the older text stand two words or more that weigh something and
  /// that the newer one lacks: another item of a list, or what an event was about.
  bool LacksMiddle() const;
  /// Some stretch between two matched words differs on both sides.
  bool HasSubstitution() const;
  /// Unmatched slots of both sides; side by side those of one type, rather beside the
  /// same word than in order ("3 dead, 8 hurt" and "9 hurt, 5 dead").
  std::vector<SlotPair> SlotPairs() const;
  /// Every word of the older text, then those of the newer one that it lacks.
  std::vector<WordMatch> Words() const;

 private:
  /// Of a word: the open words of the other text that may be a form of it, or begin one.
  using Kin = std::array<Mask, ProfileView::kMaxWords>;
  void MatchValues();
  void FindKin();
  void FindKinOf(std::size_t i);
  void MatchInitials(Side& side, const Kin& kin, Mask words, Side& other);
  void MatchVariants();
  void CountPairs();
  /// Word i of the older text and j of the newer one follow, or are followed by, one word.
  bool StandAlike(std::size_t i, std::size_t j) const;
  void Match(Side& side, std::size_t i, Side& other, Mask words, int weight);

  Side older_, newer_;
  Mask mated_ = 0;  ///< older words that have mates, repetitions too
  std::array<Mask, ProfileView::kMaxWords> equal_;  ///< of an older word: its mates
  int shared_weight_ = 0, equivalent_weight_ = 0;
  Pairs pairs_;
  Mask open_older_ = 0, open_newer_ = 0;  ///< words that MatchForms may match
  Mask kin_older_ = 0, kin_newer_ = 0;    ///< of them, those that have kin
  Mask begin_alike_ = 0;                  ///< open older words that begin as an open newer one
  bool kin_known_ = false;
  bool has_initials_ = false;  ///< some kin is an acronym, or two words in one
  Kin kin_of_older_;           ///< of kin_older_
};

/// How many shingles two texts have, and how many of them both: the exact Jaccard of their
/// shingle sets, counted by words.
struct ShingleOverlap {
  std::size_t older = 0, newer = 0, shared = 0;

  double jaccard() const { return Share(older + newer - shared); }
  double containment_older() const { return Share(older); }
  double containment_newer() const { return Share(newer); }

 private:
  double Share(std::size_t of) const {
    return shared == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(of);
  }
};
ShingleOverlap OverlapOf(const Comparison& pair, int ngram_size);
ShingleOverlap OverlapOf(const ProfileView& older, const ProfileView& newer, int ngram_size);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_COMPARISON_H_
