#ifndef SAMESTORY_SPLIT_COHESION_H_
#define SAMESTORY_SPLIT_COHESION_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "split/page.h"

namespace samestory {

/// What the words of one unit say, wherever the page is cut.
struct UnitWords {
  double weight = 0;   ///< of its distinct terms
  double lead = 0;     ///< share of weight that stands in the page's first three units or its title
  double common = 0;   ///< share of running words that weigh nothing, smoothed
  double opening = 0;  ///< sum over its distinct terms, within -3 and 3; 0 in unknown languages
  double title = 0;    ///< likewise
};

/// Where the terms of a page stand and what its units share. Reading a page is linear in it.
class Cohesion {
 public:
  explicit Cohesion(const Page& page);

  const UnitWords& words(std::size_t unit) const { return words_[unit]; }
  /// The first unit with the term.
  std::uint32_t FirstUnit(std::uint32_t term) const { return first_[term]; }
  /// How many units have it.
  std::uint32_t Units(std::uint32_t term) const { return units_[term]; }
  bool InTitle(std::uint32_t term) const { return in_title_[term]; }

  /// Weight of the terms that two units share over the root of the product of their weights, 0..1.
  double Link(std::size_t a, std::size_t b) const;

 private:
  void ReadUnit(const PageUnit& unit);

  const Page& page_;
  std::vector<std::uint32_t> first_, units_;
  std::vector<bool> in_title_;
  std::vector<UnitWords> words_;
};

/// The words of a block that grows to the front, a unit at a time, against those of the story that
/// is left before it.
class StoryLikelihood {
 public:
  explicit StoryLikelihood(const Page& page);

  void MoveToBlock(const PageUnit& unit);

  /// Sum over the block's words of ln(1/2 + 1/2 p(word | story) / p(word | anywhere)), in tens.
  double Ratio() const;

 private:
  const Page& page_;
  std::vector<std::uint32_t> story_, block_;
  std::vector<std::uint32_t> block_terms_;
  double story_words_ = 0;
  std::uint32_t block_count_ = 0;
};

/// How much of each unit of such a block still stands in the story. All calls together are linear
/// in the occurrences of the block's terms.
class StoryShares {
 public:
  StoryShares(const Page& page, const Cohesion& cohesion);

  void MoveToBlock(std::size_t unit);

  /// Sum over the block's units of the share of weight that stands in the story or the title.
  double Shares() const { return shares_; }
  /// Units that name names, next to none of which the story has.
  double StrangerNames() const { return stranger_names_; }
  /// Units with a full stop that have next to nothing of the story.
  double ClosedStrangers() const { return closed_strangers_; }
  /// Whether a unit has next to nothing of what stands before it or in the title.
  bool IsStranger(std::size_t unit) const;

 private:
  struct Loss {  // what unit `of` loses where the story ends before the term's first unit
    std::uint32_t of, next;
    double share, names;
  };
  // Counts what depends on the shares of a unit in the block, or takes it out again (sign -1).
  void Count(std::size_t unit, double sign);

  const Page& page_;
  const Cohesion& cohesion_;
  std::vector<double> share_;                   // of each unit of the block, in the story
  std::vector<double> names_, names_in_story_;  // weight of its names
  std::vector<std::uint32_t> first_loss_;       // by the unit the story then ends before
  std::vector<Loss> losses_;
  double shares_ = 0, stranger_names_ = 0, closed_strangers_ = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_COHESION_H_
