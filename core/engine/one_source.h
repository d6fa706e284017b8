#ifndef SAMESTORY_ENGINE_ONE_SOURCE_H_
#define SAMESTORY_ENGINE_ONE_SOURCE_H_

#include <optional>
#include <string_view>

#include "engine/compare.h"
#include "samestory/match.h"
#include "samestory/text.h"

namespace samestory {

/// Whether a headline says little beside the name of its source: "Vell Radio live stream"
/// of Vell Radio. Such a title is what a source calls its items, not what one of them tells.
bool SaysLittleBesideSource(const CanonicalText& headline, std::string_view title,
                            std::string_view source);

/// Two items of one source that the source itself tells apart, by ids or addresses of their
/// own, and of which the newer would be dropped for the older by `relation`. A source
/// seldom tells one thing twice, but often gives what returns the same title: a daily
/// gallery, a live stream, a programme.
struct WithinSource {
  /// What becomes of the relation:
  ///  - kTemplate, another occasion, where the bodies tell different things; and, where
  ///    hardly more than a title is there to go by, where the two were published half a
  ///    day or more apart, or `says_little` of the headline and ten minutes or more lie
  ///    between them or no time is known;
  ///  - kUpdate, where hardly more than a title is there to go by, and
  ///      - the titles are equal, or one alone has a body, and they were published ten
  ///        minutes or more apart: a source that gives a title again later has news;
  ///      - there is a title alone, the titles are not equal, and no time is known or they
  ///        were published an hour or more apart: what one has and the other has not may be
  ///        what they are about.
  /// Else it stays.
  Relation relation;
  /// Where the titles are equal and there is at most a teaser beside them: what becomes of the
  /// relation if the source has used the title more than twice, so that it is a running title.
  /// kTemplate; with a teaser of more than a few words kUpdate.
  std::optional<Relation> running = std::nullopt;
};
WithinSource JudgeWithinSource(Relation relation, const CompareSide& older,
                               const CompareSide& newer, bool says_little);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_ONE_SOURCE_H_
