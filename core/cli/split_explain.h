#ifndef SAMESTORY_CLI_SPLIT_EXPLAIN_H_
#define SAMESTORY_CLI_SPLIT_EXPLAIN_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "samestory/split.h"

namespace samestory::cli {

/// What decided the role of a line.
enum class DecidedBy : std::uint8_t {
  kStory,  ///< nothing spoke against it: main
  kFrame,  ///< it looks like navigation: other
  kCut,    ///< it stands behind the cut: other
};
std::string_view DecidedByName(DecidedBy by);

/// A change that alone would have turned a line's role.
struct RoleChange {
  enum Kind : std::uint8_t {
    kWithoutTerm,    ///< `name`: a term of the cut or of the frame
    kStance,         ///< `name`: "--safe", "--eager", "balanced"
    kWithoutPages,   ///< the other pages unseen
    kWithoutMarkup,  ///< the text alone
    kWithoutTitle,
  };
  Kind kind;
  std::string name;
  double log_odds = 0;  ///< of kWithoutTerm: what the term gave
};

/// What other pages say of the line alone.
struct SeenElsewhere {
  int repeated = 0;       ///< pages of other stories that hold the line; 7 stands for more
  bool headline = false;  ///< the title or lead of such a page
  bool copy = false;      ///< stands in a copy of this story
};

struct LineVerdict {
  DecidedBy by = DecidedBy::kStory;
  bool at_cut = false;  ///< the page is cut before this very line
  SeenElsewhere elsewhere;
  /// Log-odds that the role is away from the other one; absent where neither change turns it. By
  /// kCut: the cuts up to a line behind the cut scored so much less, or the cut before a main line so
  /// much more. By kFrame: the line looked so much more, or less, like story.
  std::optional<double> margin;
  DecidedBy margin_by = DecidedBy::kCut;
  /// The smallest first; single terms first, at most three of them.
  std::vector<RoleChange> changes;
};

/// Explains `split`, which SplitPage made of these arguments together with `reasons`: the changes are
/// tried, not guessed. Costs some more splits of the page.
std::vector<LineVerdict> ExplainSplit(std::string_view text, const SplitOptions& options,
                                      const PageCorpus* corpus, std::string_view page_id,
                                      const PageSplit& split,
                                      std::span<const LineReason> reasons);

/// "without the term headlines (+6.45)", "under --safe", "without the other pages".
std::string Describe(const RoleChange& change);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_SPLIT_EXPLAIN_H_
