#ifndef SAMESTORY_SPLIT_FRAME_LINES_H_
#define SAMESTORY_SPLIT_FRAME_LINES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "samestory/split.h"
#include "split/frame_habits.h"
#include "split/page.h"

namespace samestory {

/// One input line of a page as the frame sees it: all of its units together.
struct FrameLine {
  std::size_t first_unit = 0, end_unit = 0;
  std::size_t end_word = 0;  ///< running words of the page up to its end
  double words = 0;          ///< running words; a letter of a script without spaces counts 0.6
  double log_words = 0;      ///< ln(1 + words)
  double common = 0;         ///< share of its words that stand in more than every fifth text
  double numbers = 0;        ///< share of its words with a digit
  double title_case = 0;     ///< as PageUnit's, the mean of its units
  double commas = 0;         ///< commas of any script, a word
  double core = 0;           ///< share of its weight in words of the page's core
  double copies = 0;         ///< ln(1 + other lines of the page with the same words), 3 at most
  double habit = 0;          ///< FrameHabits of its words: the mean
  double habit_sum = 0;      ///< their sum
  double habit_most = 0, habit_least = 0, habit_first = 0;
  double title = 0;  ///< PageTerm::title of its words: the mean
  double title_most = 0, title_least = 0;
  double opening = 0;          ///< PageTerm::opening of its words: the mean
  double known_titles = 0;     ///< share of its words whose title is known
  double idf = 0, weight = 0;  ///< of its words: the means
  double first_title = 0, first_opening = 0, first_idf = 0;  ///< of its first word
  double links = 0;        ///< share of its characters in links, where there is markup
  bool stop = false;       ///< ends in a full stop
  bool mark = false;       ///< ends in another mark of ending
  bool continued = false;  ///< ends in a colon, semicolon or comma
  bool separator = false, speech = false;
  bool prose = false;  ///< ends in a full stop and has eight words or more
  bool scrap = false;  ///< has fewer than five words and no full stop
  bool in_core = false;
  bool sentences = false;        ///< in a run of kSentenceRun or more lines that end in full stops
  std::uint32_t first_word = 0;  ///< term of its first word
  LineMarkup markup;
};

/// The lines of a page and what is known of all of them together. The core is the stretch of lines
/// that holds the most running text for its lines: the maximum subsequence of the words of closed
/// lines less a price a line (after Pasternack and Roth, "Extracting article text from the web with
/// maximum subsequence segmentation", WWW 2009).
struct FrameLines {
  std::vector<FrameLine> lines;
  std::size_t core_begin = 0, core_end = 0;
  double known_words = 0;  ///< share of all running words that are common ones
  double prose_lines = 0;  ///< share of lines
  double prose_words = 0;  ///< share of running words
  double scraps = 0;       ///< share of lines
  double sentences = 0;    ///< share of lines in long runs of sentences
};

/// So many lines in a row that end in full stops are running text, whatever stands around them.
inline constexpr std::size_t kSentenceRun = 10;

/// Lengths and ends of lines, their markup, and the shares that follow from them: all that the gate
/// reads. `markup` has one entry for each '\n'-separated line of `text`, or none. Linear.
FrameLines ReadFrameForm(const Page& page, std::string_view text,
                         std::span<const LineMarkup> markup);

/// Adds the rest: words, the core, what lines have in common. Linear.
void ReadFrameWords(const Page& page, std::string_view text, FrameLines& frame);

/// Sets what `habits` say of the lines. `words`: Page::word_hashes. Linear.
void ReadFrameHabits(std::span<const std::uint32_t> words, const FrameHabits& habits,
                     FrameLines& frame);

/// All three.
FrameLines ReadFrameLines(const Page& page, std::string_view text,
                          std::span<const LineMarkup> markup,
                          const FrameHabits& habits = ShippedFrameHabits());

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_FRAME_LINES_H_
