#include "match/lexicon.h"

#include <unicode/dtfmtsym.h>
#include <unicode/localpointer.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>
#include <unicode/rbnf.h>
#include <unicode/ucurr.h>
#include <unicode/uenum.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>

#include "samestory/text.h"
#include "text/word_stats.h"

namespace samestory {
namespace {

constexpr std::size_t kTableSize = 8192;  // load below .25 with the largest language

// Abbreviations of magnitudes that the press of many languages uses and CLDR does
// not list ("38bn"): those of newspapers' style guides and of the European Union's
// Interinstitutional Style Guide.
constexpr struct {
  std::string_view word;
  double factor;
} kPressMagnitudes[] = {{"mn", 1e6}, {"mln", 1e6}, {"bn", 1e9}, {"bln", 1e9}, {"tn", 1e12}};

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

std::size_t CountDigits(std::string_view word) {
  const auto end =
      std::find_if(word.begin(), word.end(), [](char c) { return c < '0' || c > '9'; });
  return static_cast<std::size_t>(end - word.begin());
}

std::size_t CountLetters(std::string_view word) {
  return static_cast<std::size_t>(
      std::count_if(word.begin(), word.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

class LexiconBuilder {
 public:
  explicit LexiconBuilder(const std::string& language) {
    lexicon_.table_.resize(kTableSize);
    AddLocale(icu::Locale(language.c_str()));
    AddLocale(icu::Locale(language.c_str(), "IN"));
    for (const auto& [word, factor] : kPressMagnitudes) Add(word, SlotType::kNone, factor);
  }

  std::unique_ptr<Lexicon> Build() { return std::make_unique<Lexicon>(std::move(lexicon_)); }

 private:
  static constexpr double kFactors[] = {1e2, 1e3, 1e5, 1e6, 1e7, 1e9, 1e12};

  void AddLocale(const icu::Locale& locale) {
    AddDates(locale);
    AddNumberWords(locale);
    AddCompactMagnitudes(locale);
    AddOrdinalEndings(locale);
    AddUnits(locale);
    AddCurrencies(locale);
  }

  // The first meaning of a word stays.
  void Add(std::string_view word, SlotType type, double value, std::uint8_t unit = 0) {
    if (lexicon_.names_.size() * 4 >= kTableSize) return;
    const std::uint32_t hash = WordHash(word);
    if (lexicon_.Find(word, hash) != nullptr) return;
    std::size_t at = hash % kTableSize;
    while (lexicon_.table_[at] != 0) at = (at + 1) % kTableSize;
    const bool is_date = type == SlotType::kMonth || type == SlotType::kWeekday;
    lexicon_.names_.push_back(
        {std::string(word), type, value, is_date && CountLetters(word) < 4, unit});
    lexicon_.table_[at] = static_cast<std::uint16_t>(lexicon_.names_.size());
  }

  // The canonical words of `text` in words_.
  void Split(const icu::UnicodeString& text) { Canonicalize(ToUtf8(text), words_); }

  // `first` is the value of the first name.
  void AddNames(const icu::UnicodeString* names, std::int32_t count, SlotType type, int first) {
    for (std::int32_t i = 0; i < count; ++i) {
      Split(names[i]);
      if (words_.words().size() == 1 && !(words_.words()[0].flags & kWordHasDigit)) {
        Add(words_.word(0), type, first + i);
      }
    }
  }

  void AddDates(const icu::Locale& locale) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(locale, status);
    if (U_FAILURE(status)) return;
    using Symbols = icu::DateFormatSymbols;
    for (auto width : {Symbols::WIDE, Symbols::ABBREVIATED}) {
      for (auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
        std::int32_t count = 0;
        const icu::UnicodeString* names = symbols.getMonths(count, context, width);
        AddNames(names, count, SlotType::kMonth, 1);
        names = symbols.getWeekdays(count, context, width);
        AddNames(names, count, SlotType::kWeekday, 0);
      }
    }
    std::int32_t count = 0;
    const icu::UnicodeString* names = symbols.getAmPmStrings(count);
    AddNames(names, count, SlotType::kTime, 0);
  }

  void AddNumberWords(const icu::Locale& locale) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::RuleBasedNumberFormat rules(icu::URBNF_SPELLOUT, locale, status);
    if (U_FAILURE(status)) return;
    for (int number = 0; number < 100; ++number) {
      icu::UnicodeString spelled;
      Split(rules.format(number, spelled));
      if (words_.words().size() == 1) Add(words_.word(0), SlotType::kNumber, number);
    }
    AddOrdinalWords(rules);
    for (double factor : kFactors) {
      icu::UnicodeString spelled;
      Split(rules.format(static_cast<std::int64_t>(2 * factor), spelled));
      if (words_.words().size() != 2) continue;
      const std::string_view count = words_.word(0);
      const Lexicon::Name* name = lexicon_.Find(count, WordHash(count));
      if (name == nullptr || name->type != SlotType::kNumber || name->value == 0) continue;
      Add(words_.word(1), SlotType::kNone, 2 * factor / name->value);
    }
  }

  // "third", "dritte": every rule set of ordinals that the language has.
  void AddOrdinalWords(const icu::RuleBasedNumberFormat& rules) {
    constexpr int kMostOrdinal = 31;
    for (std::int32_t i = 0; i < rules.getNumberOfRuleSetNames(); ++i) {
      const icu::UnicodeString name = rules.getRuleSetName(i);
      if (name.indexOf(icu::UnicodeString("ordinal")) < 0) continue;
      for (int number = 1; number <= kMostOrdinal; ++number) {
        UErrorCode status = U_ZERO_ERROR;
        icu::UnicodeString spelled;
        icu::FieldPosition position;
        rules.format(std::int32_t{number}, name, spelled, position, status);
        if (U_FAILURE(status)) break;
        Split(spelled);
        if (words_.words().size() == 1 && CountDigits(words_.word(0)) == 0) {
          Add(words_.word(0), SlotType::kOrdinal, number);
        }
      }
    }
  }

  // The words behind the number in "1 km", "2 kilometres"; the percent sign's name too.
  void AddUnits(const icu::Locale& locale) {
    FindCounts(locale);
    using icu::MeasureUnit;
    using Unit = MeasureUnit (*)();
    static constexpr Unit kUnits[] = {
        MeasureUnit::getMillimeter, MeasureUnit::getCentimeter, MeasureUnit::getMeter,
        MeasureUnit::getKilometer, MeasureUnit::getInch, MeasureUnit::getFoot,
        MeasureUnit::getYard, MeasureUnit::getMile, MeasureUnit::getGram,
        MeasureUnit::getKilogram, MeasureUnit::getTon, MeasureUnit::getMetricTon,
        MeasureUnit::getPound, MeasureUnit::getOunce, MeasureUnit::getLiter,
        MeasureUnit::getGallon, MeasureUnit::getBarrel, MeasureUnit::getHectare,
        MeasureUnit::getAcre, MeasureUnit::getSquareKilometer, MeasureUnit::getSquareMile,
        MeasureUnit::getKilometerPerHour, MeasureUnit::getMilePerHour, MeasureUnit::getSecond,
        MeasureUnit::getMinute, MeasureUnit::getHour, MeasureUnit::getDay, MeasureUnit::getWeek,
        MeasureUnit::getMonth, MeasureUnit::getYear, MeasureUnit::getWatt,
        MeasureUnit::getKilowatt, MeasureUnit::getMegawatt, MeasureUnit::getGigawatt,
        MeasureUnit::getMegabyte, MeasureUnit::getGigabyte, MeasureUnit::getTerabyte};
    std::uint8_t number = 0;
    for (const Unit unit : kUnits) AddUnit(locale, unit(), SlotType::kNone, ++number);
    AddUnit(locale, MeasureUnit::getPercent(), SlotType::kPercent, 0);
  }

  // Numbers that ask for different forms of a noun: formatting one takes long.
  void FindCounts(const icu::Locale& locale) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::PluralRules> rules(icu::PluralRules::forLocale(locale, status));
    counts_.clear();
    std::set<icu::UnicodeString> forms;
    for (const int count : {1, 2, 5}) {
      if (U_FAILURE(status) || forms.insert(rules->select(count)).second) counts_.push_back(count);
    }
  }

  void AddUnit(const icu::Locale& locale, const icu::MeasureUnit& unit, SlotType type,
               std::uint8_t number) {
    const auto formatter = icu::number::NumberFormatter::withLocale(locale).unit(unit);
    for (const UNumberUnitWidth width : {UNUM_UNIT_WIDTH_SHORT, UNUM_UNIT_WIDTH_FULL_NAME}) {
      for (const int count : counts_) {
        UErrorCode status = U_ZERO_ERROR;
        Split(formatter.unitWidth(width).formatInt(count, status).toString(status));
        if (U_FAILURE(status) || words_.words().size() != 2) continue;
        if (CountDigits(words_.word(0)) > 0) Add(words_.word(1), type, 0, number);
      }
    }
  }

  // ISO codes, and the last word of each currency's name ("dollars").
  void AddCurrencies(const icu::Locale& locale) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::LocalUEnumerationPointer codes(
        ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &status));
    if (U_FAILURE(status)) return;
    std::int32_t length = 0;
    for (const char16_t* code = nullptr;
         (code = uenum_unext(codes.getAlias(), &length, &status)) != nullptr;) {
      Split(icu::UnicodeString(code, length));
      if (words_.words().size() == 1) Add(words_.word(0), SlotType::kMoney, 0);
      UErrorCode unnamed = U_ZERO_ERROR;
      std::int32_t name_length = 0;
      const char16_t* name =
          ucurr_getPluralName(code, locale.getName(), nullptr, "other", &name_length, &unnamed);
      if (U_FAILURE(unnamed)) continue;
      Split(icu::UnicodeString(name, name_length));
      if (!words_.empty()) {
        Add(words_.word(words_.words().size() - 1), SlotType::kMoney, 0);
      }
    }
  }

  void AddCompactMagnitudes(const icu::Locale& locale) {
    using icu::number::Notation;
    for (const auto& notation : {Notation::compactShort(), Notation::compactLong()}) {
      const auto formatter = icu::number::NumberFormatter::withLocale(locale).notation(notation);
      for (double factor : kFactors) {
        UErrorCode status = U_ZERO_ERROR;
        Split(formatter.formatDouble(2 * factor, status).toString(status));
        if (U_SUCCESS(status)) AddMagnitude(2 * factor);
      }
    }
  }

  // words_ hold digits, then a word: "2m" or "200 thousand".
  void AddMagnitude(double value) {
    if (words_.empty() || words_.words().size() > 2) return;
    const std::string_view first = words_.word(0);
    const std::size_t digits = CountDigits(first);
    if (digits == 0 || digits > 6 || (words_.words().size() == 2) == (digits < first.size()))
      return;
    int shown = 0;
    std::from_chars(first.data(), first.data() + digits, shown);
    if (shown == 0) return;
    const std::string_view word =
        words_.words().size() == 2 ? words_.word(1) : first.substr(digits);
    Add(word, SlotType::kNone, value / shown);
  }

  void AddOrdinalEndings(const icu::Locale& locale) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::RuleBasedNumberFormat rules(icu::URBNF_ORDINAL, locale, status);
    if (U_FAILURE(status)) return;
    for (int number = 1; number <= 31; ++number) {
      icu::UnicodeString formatted;
      Split(rules.format(number, formatted));
      if (words_.words().size() != 1) continue;
      const std::string_view ending = words_.word(0).substr(CountDigits(words_.word(0)));
      if (!ending.empty() && ending.size() < words_.word(0).size() &&
          !lexicon_.IsOrdinalEnding(ending)) {
        lexicon_.ordinal_endings_.emplace_back(ending);
      }
    }
  }

  Lexicon lexicon_;
  CanonicalText words_;
  std::vector<int> counts_;
};

const Lexicon::Name* Lexicon::Find(std::string_view word, std::uint32_t hash) const {
  for (std::size_t at = hash % kTableSize; table_[at] != 0; at = (at + 1) % kTableSize) {
    const Name& name = names_[table_[at] - 1u];
    if (name.word == word) return &name;
  }
  return nullptr;
}

bool Lexicon::IsOrdinalEnding(std::string_view ending) const {
  return std::find(ordinal_endings_.begin(), ordinal_endings_.end(), ending) !=
         ordinal_endings_.end();
}

std::optional<double> Lexicon::Magnitude(std::string_view ending) const {
  const Name* name = Find(ending, WordHash(ending));
  if (name == nullptr || name->type != SlotType::kNone || name->value == 0) return std::nullopt;
  return name->value;
}

namespace {

// The first subtag of `lang` in lower case; empty where it cannot be a language.
std::string LanguageOf(std::string_view lang) {
  std::string language(lang.substr(0, lang.find_first_of("-_")));
  for (char& c : language) c = static_cast<char>(c | 32);
  const bool is_plausible =
      language.size() >= 2 && language.size() <= 3 &&
      std::all_of(language.begin(), language.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return is_plausible ? language : std::string();
}

bool IsKnownToIcu(const std::string& language) {
  std::int32_t count = 0;
  const icu::Locale* known = icu::Locale::getAvailableLocales(count);
  return std::any_of(known, known + count,
                     [&](const icu::Locale& locale) { return language == locale.getLanguage(); });
}

}  // namespace

const Lexicon& Lexicon::For(std::string_view lang) {
  // Never destroyed: profiles may be built while the program ends.
  static const Lexicon& english = *LexiconBuilder("en").Build().release();
  if (lang.empty() || lang == "en") return english;
  static std::shared_mutex mutex;
  static auto& lexicons = *new std::map<std::string, const Lexicon*, std::less<>>;
  const std::string language = LanguageOf(lang);
  if (language.empty() || language == "en") return english;
  {
    const std::shared_lock lock(mutex);
    if (const auto it = lexicons.find(language); it != lexicons.end()) return *it->second;
  }
  std::unique_ptr<const Lexicon> made;
  if (IsKnownToIcu(language)) made = LexiconBuilder(language).Build();
  const std::unique_lock lock(mutex);
  const auto [it, is_new] = lexicons.emplace(language, made ? made.get() : &english);
  if (is_new) made.release();
  return *it->second;
}

}  // namespace samestory
