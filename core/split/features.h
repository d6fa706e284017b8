#ifndef SAMESTORY_SPLIT_FEATURES_H_
#define SAMESTORY_SPLIT_FEATURES_H_

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "split/evidence.h"
#include "split/page.h"

namespace samestory {

/// A cut before unit t makes units [0, t) the story and the rest the block. What is known of a
/// cut, by name and number. A unit is "closed" where it ends in a
/// full stop, "open" where it does not.
enum CutFeature : std::size_t {
  kCut,             ///< 1: the price of cutting at all
  kOneUnit,         ///< the block has one unit
  kLogUnits,        ///< ln of the units in the block
  kShareOfPage,     ///< units in the block / units of the page
  kPageUnits,       ///< ln of the units of the page
  kQuestions,       ///< units of the block that end in a question mark
  kExclamations,    ///< in an exclamation mark
  kOpenEnds,        ///< in no mark at all
  kOpenLength,      ///< sum over open units of ln(1 + words) - 2.5
  kLengthGap,       ///< sum of ln(1 + words) above the story's own mean
  kLengthVariance,  ///< units in the block times the variance of ln(1 + words) in it
  kSeparators,      ///< units with a separator or an arrow
  kClosedLists,     ///< closed units that list things between commas
  kOpenLists,       ///< open ones
  kSpeech,          ///< units that quote speech
  kTitleCase,       ///< title case of the block above the story's own, summed
  kFirstWord,       ///< sum of idf of the first word / largest idf
  kCommonWords,     ///< sum of each unit's share of words that say nothing of the story
  kStoryWords,      ///< log-likelihood ratio of the block's words: as in the story, as anywhere
  kStoryShare,      ///< sum of each unit's share of weight that stands in the story
  kLeadWords,       ///< sum of each unit's share of weight that stands in the page's lead
  kOpenLeadWords,   ///< kLeadWords times the share of open units
  kLeadLinks,       ///< sum of what each unit shares with the first or the second of the page
  kOwnWords,        ///< sum of shares in words that only the block has, in two units or more
  kStrangerNames,   ///< units with names of which the story has next to none
  kClosedStrangers, ///< closed units that have next to nothing of the story
  kStrangerPart,    ///< their share of the block
  kChain,           ///< sum of what each two units that follow each other in the block share
  kChainGap,        ///< the same above what the story's own units share
  kOpeningWords,    ///< over closed units: their words open texts, rather than continue them
  kTitleWordsGap,   ///< over closed units: their words are those of titles, rather than of text;
                    ///< above what the story's own closed units have
  kUnknown,         ///< how far the page's language is not known (Page::known)
  kUnknownClosed,   ///< the same times the closed units of the block
  kUnknownOpen,     ///< the same times those that end in no mark
  kStopBefore,      ///< the last unit of the story is closed
  kLengthBefore,    ///< its ln(1 + words)
  kStrangerBefore,  ///< it shares next to nothing with what stands before it
  kStrangerRun,     ///< so do the units right before it: how many from the page's third unit on,
                    ///< three at most
  kStopAtCut,       ///< the first unit of the block is closed
  kQuestionAtCut,   ///< it ends in a question mark
  kOpeningAtCut,    ///< its kOpeningWords, closed or open
  kLinkAtCut,       ///< what the two units at the cut share
  kRepeated,        ///< sum of log2(1 + pages of other stories with the unit), 3 a unit at most
  kHeadlines,       ///< units that are the title or lead of a page of another story
  kUnseen,          ///< units no other story's page has, times the share of those that one has
  kCopies,          ///< units that a copy of this story has
  kNumCutFeatures,
};

/// The names that reasons and the fitting tool print, in the order of CutFeature.
extern const std::array<std::string_view, kNumCutFeatures> kCutFeatureNames;

using CutFeatures = std::array<double, kNumCutFeatures>;

/// The cuts of a page that are scored: before each of the units [first, first + rows.size()).
struct CutTable {
  std::size_t first = 0;
  std::vector<CutFeatures> rows;
  std::vector<bool> allowed;  ///< false within a line: no cut there
};

/// So many last units can begin the block; where a much longer run of open units stands at the
/// page's end, all of the run and some before it can, up to the larger number.
inline constexpr std::size_t kUsualCuts = 32;
inline constexpr std::size_t kMaxCuts = 256;

/// Features of all cuts that are scored. Linear in the page and, for the units that can begin the
/// block, in the number of distinct words they share with the story. `evidence`: of each unit, or
/// empty.
CutTable ReadCuts(const Page& page, double max_idf, std::span<const LineEvidence> evidence = {});

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_FEATURES_H_
