#include "split/frame_lines.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "base/math.h"

namespace samestory {
namespace {

constexpr double kIdeographWords = 0.6;
constexpr double kProseWords = 8;
constexpr double kScrapWords = 5;
constexpr double kCoreWordsALine = 60;  // more words of one line count no more
constexpr double kCorePrice = 6;        // words a line must have to belong to the core by itself

std::size_t CountCommas(std::string_view line) {
  std::size_t commas = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(line[i]);
    if (c == ',') ++commas;
    if (c < 0x80) continue;
    const std::string_view rest = line.substr(i);
    commas += rest.starts_with("\xE3\x80\x81") || rest.starts_with("\xEF\xBC\x8C") ||
              rest.starts_with("\xD8\x8C");
  }
  return commas;
}

void AddEnd(LineEnd end, FrameLine& line) {
  line.stop = end == LineEnd::kStop;
  line.continued = end == LineEnd::kContinued;
  line.mark =
      end == LineEnd::kQuestion || end == LineEnd::kExclamation || end == LineEnd::kEllipsis;
}

void AddForm(const Page& page, FrameLine& line) {
  double words = 0, ideographs = 0;
  for (std::size_t u = line.first_unit; u < line.end_unit; ++u) {
    words += page.units[u].words;
    ideographs += page.units[u].ideographs;
  }
  line.words = words - ideographs * (1 - kIdeographWords);
  AddEnd(page.units[line.end_unit - 1].marks.end, line);
  line.prose = line.stop && line.words >= kProseWords;
  line.scrap = !line.stop && line.words < kScrapWords;
}

void AddTerm(const PageTerm& term, double count, FrameLine& line) {
  line.title += count * term.title;
  line.title_most = std::max(line.title_most, term.title);
  line.title_least = std::min(line.title_least, term.title);
  line.opening += count * term.opening;
  line.known_titles += term.title != 0 ? count : 0;
  line.idf += count * term.idf;
  line.weight += count * term.weight;
}

void FinishTerms(const PageTerm& first, double words, FrameLine& line) {
  for (double* of : {&line.title, &line.opening, &line.known_titles, &line.idf, &line.weight}) {
    *of /= words;
  }
  line.first_title = first.title;
  line.first_opening = first.opening;
  line.first_idf = first.idf;
}

// Gives a key of the line's words. The order of units does not tell here: a sum over the distinct
// terms.
std::uint64_t AddWords(const Page& page, std::string_view text, FrameLine& line) {
  std::uint64_t key = 0;
  double words = 0, numbers = 0, common = 0;
  for (std::size_t u = line.first_unit; u < line.end_unit; ++u) {
    const PageUnit& unit = page.units[u];
    words += unit.words;
    numbers += unit.numbers;
    line.title_case += unit.title_case;
    line.separator = line.separator || unit.marks.separator;
    line.speech = line.speech || unit.marks.speech;
    for (const Occurrence& at : page.OccurrencesOf(unit)) {
      const PageTerm& term = page.terms[at.term];
      if (term.weight <= 0) common += at.count;
      AddTerm(term, at.count, line);
      key += (at.term + 1) * 0x9E3779B97F4A7C15u * (2 * at.count + 1);
    }
  }
  line.first_word = page.units[line.first_unit].first_term;
  if (words > 0) FinishTerms(page.terms[line.first_word], words, line);
  line.title_case /= static_cast<double>(line.end_unit - line.first_unit);
  line.log_words = StableLog(1 + line.words);
  line.common = common / std::max(1.0, words);
  line.numbers = numbers / std::max(1.0, words);
  const std::size_t begin = page.segments[page.units[line.first_unit].first_segment].begin;
  const std::size_t end = page.segments[page.units[line.end_unit - 1].end_segment - 1].end;
  line.commas =
      static_cast<double>(CountCommas(text.substr(begin, end - begin))) / std::max(1.0, line.words);
  return key;
}

void FindCore(FrameLines& frame) {
  double sum = 0, best = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < frame.lines.size(); ++i) {
    const FrameLine& line = frame.lines[i];
    sum += (line.stop ? std::min(line.words, kCoreWordsALine) : 0) - kCorePrice;
    if (sum <= 0) {
      sum = 0;
      begin = i + 1;
    } else if (sum > best) {
      best = sum;
      frame.core_begin = begin;
      frame.core_end = i + 1;
    }
  }
  for (std::size_t i = frame.core_begin; i < frame.core_end; ++i) frame.lines[i].in_core = true;
}

// The share of each line's weight in terms that other closed lines of the core have.
void ReadCohesion(const Page& page, FrameLines& frame) {
  std::vector<std::uint32_t> units(page.terms.size(), 0);
  for (const FrameLine& line : frame.lines) {
    if (!line.in_core || !line.stop) continue;
    for (std::size_t u = line.first_unit; u < line.end_unit; ++u) {
      for (const Occurrence& at : page.OccurrencesOf(page.units[u])) ++units[at.term];
    }
  }
  for (const std::uint32_t term : page.title_terms) units[term] += 2;
  for (FrameLine& line : frame.lines) {
    const std::uint32_t own = line.in_core && line.stop;
    double shared = 0, weight = 0;
    for (std::size_t u = line.first_unit; u < line.end_unit; ++u) {
      for (const Occurrence& at : page.OccurrencesOf(page.units[u])) {
        weight += page.terms[at.term].weight;
        if (units[at.term] > own) shared += page.terms[at.term].weight;
      }
    }
    line.core = shared / (weight + 2);
  }
}

void FindSentences(FrameLines& frame) {
  std::size_t run = 0;
  for (std::size_t i = 0; i < frame.lines.size(); ++i) {
    run = frame.lines[i].stop ? run + 1 : 0;
    if (run < kSentenceRun) continue;
    const std::size_t begin = run == kSentenceRun ? i + 1 - run : i;
    for (std::size_t l = begin; l <= i; ++l) frame.lines[l].sentences = true;
  }
}

void ReadTotals(FrameLines& frame) {
  double words = 0;
  for (const FrameLine& line : frame.lines) {
    words += line.words;
    frame.prose_lines += line.prose;
    frame.prose_words += line.prose ? line.words : 0;
    frame.scraps += line.scrap;
    frame.sentences += line.sentences;
  }
  const double lines = std::max(1.0, static_cast<double>(frame.lines.size()));
  frame.prose_words /= std::max(1.0, words);
  frame.prose_lines /= lines;
  frame.scraps /= lines;
  frame.sentences /= lines;
}

}  // namespace

FrameLines ReadFrameForm(const Page& page, std::string_view text,
                         std::span<const LineMarkup> markup) {
  FrameLines frame;
  frame.lines.reserve(page.units.size());
  std::size_t number = 0, counted = 0;  // '\n' in text before `counted`
  std::size_t words = 0;
  for (std::size_t u = 0; u < page.units.size();) {
    FrameLine line;
    line.first_unit = u++;
    while (u < page.units.size() && !page.units[u].starts_line) ++u;
    line.end_unit = u;
    for (std::size_t of = line.first_unit; of < u; ++of) words += page.units[of].words;
    line.end_word = words;
    AddForm(page, line);
    if (!markup.empty()) {
      const std::size_t begin = page.segments[page.units[line.first_unit].first_segment].begin;
      number += static_cast<std::size_t>(
          std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                     text.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
      counted = begin;
      line.markup = markup[number];
      line.links = line.markup.link_share;
    }
    frame.lines.push_back(line);
  }
  FindSentences(frame);
  ReadTotals(frame);
  return frame;
}

void ReadFrameWords(const Page& page, std::string_view text, FrameLines& frame) {
  std::vector<std::uint64_t> keys;
  absl::flat_hash_map<std::uint64_t, std::uint32_t> times;
  double words = 0, common = 0;
  for (FrameLine& line : frame.lines) {
    keys.push_back(AddWords(page, text, line));
    ++times[keys.back()];
    words += line.words;
    common += line.common * line.words;
  }
  frame.known_words = common / std::max(1.0, words);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    frame.lines[i].copies = std::min(3.0, StableLog(times[keys[i]]));
  }
  FindCore(frame);
  ReadCohesion(page, frame);
}

void ReadFrameHabits(std::span<const std::uint32_t> words, const FrameHabits& habits,
                     FrameLines& frame) {
  std::size_t begin = 0;
  for (FrameLine& line : frame.lines) {
    const auto own = words.subspan(begin, line.end_word - begin);
    begin = line.end_word;
    line.habit_sum = 0;
    line.habit_most = line.habit_least = line.habit_first = own.empty() ? 0 : habits.Of(own[0]);
    for (const std::uint32_t word : own) {
      const double habit = habits.Of(word);
      line.habit_sum += habit;
      line.habit_most = std::max(line.habit_most, habit);
      line.habit_least = std::min(line.habit_least, habit);
    }
    line.habit = line.habit_sum / static_cast<double>(std::max<std::size_t>(1, own.size()));
  }
}

FrameLines ReadFrameLines(const Page& page, std::string_view text,
                          std::span<const LineMarkup> markup, const FrameHabits& habits) {
  FrameLines frame = ReadFrameForm(page, text, markup);
  ReadFrameWords(page, text, frame);
  ReadFrameHabits(page.word_hashes, habits, frame);
  return frame;
}

}  // namespace samestory
