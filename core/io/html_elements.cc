#include "io/html_elements.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

namespace samestory::io {
namespace {

using Rules = std::array<ElementRule, GUMBO_TAG_LAST + 1>;

constexpr ElementRule kPlainBlock = {ElementRule::kBlock};

constexpr Rules MakeRules() {
  Rules rules{};
  for (const GumboTag tag :
       {GUMBO_TAG_HTML,    GUMBO_TAG_BODY,     GUMBO_TAG_ARTICLE,  GUMBO_TAG_SECTION,
        GUMBO_TAG_HGROUP,  GUMBO_TAG_HEADER,   GUMBO_TAG_ADDRESS,  GUMBO_TAG_HR,
        GUMBO_TAG_OL,      GUMBO_TAG_UL,       GUMBO_TAG_DL,       GUMBO_TAG_FIGURE,
        GUMBO_TAG_MAIN,    GUMBO_TAG_DIV,      GUMBO_TAG_TABLE,    GUMBO_TAG_TBODY,
        GUMBO_TAG_THEAD,   GUMBO_TAG_TFOOT,    GUMBO_TAG_TR,       GUMBO_TAG_FORM,
        GUMBO_TAG_DETAILS, GUMBO_TAG_FIELDSET, GUMBO_TAG_DIR,      GUMBO_TAG_CENTER,
        GUMBO_TAG_MARQUEE, GUMBO_TAG_MULTICOL, GUMBO_TAG_FRAMESET, GUMBO_TAG_NOFRAMES}) {
    rules[tag] = kPlainBlock;
  }
  for (const GumboTag tag : {GUMBO_TAG_P, GUMBO_TAG_PRE, GUMBO_TAG_LISTING, GUMBO_TAG_XMP,
                             GUMBO_TAG_PLAINTEXT}) {
    rules[tag] = {ElementRule::kBlock, LineTag::kParagraph};
  }
  const GumboTag headings[] = {GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3,
                               GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6};
  for (std::uint8_t level = 1; level <= 6; ++level) {
    rules[headings[level - 1]] = {ElementRule::kBlock, LineTag::kHeading, level};
  }
  for (const GumboTag tag : {GUMBO_TAG_LI, GUMBO_TAG_DT, GUMBO_TAG_DD}) {
    rules[tag] = {ElementRule::kBlock, LineTag::kListItem};
  }
  for (const GumboTag tag : {GUMBO_TAG_TD, GUMBO_TAG_TH}) {
    rules[tag] = {ElementRule::kBlock, LineTag::kCell};
  }
  for (const GumboTag tag : {GUMBO_TAG_FIGCAPTION, GUMBO_TAG_CAPTION, GUMBO_TAG_LEGEND,
                             GUMBO_TAG_SUMMARY}) {
    rules[tag] = {ElementRule::kBlock, LineTag::kCaption};
  }
  rules[GUMBO_TAG_BLOCKQUOTE] = {ElementRule::kBlock, LineTag::kQuote};
  for (const GumboTag tag : {GUMBO_TAG_NAV, GUMBO_TAG_ASIDE, GUMBO_TAG_FOOTER, GUMBO_TAG_MENU}) {
    rules[tag] = {ElementRule::kBlock, LineTag::kUnknown, 0, true};
  }
  rules[GUMBO_TAG_BR] = {ElementRule::kBreak};
  for (const GumboTag tag :
       {GUMBO_TAG_HEAD,     GUMBO_TAG_TITLE,    GUMBO_TAG_STYLE,    GUMBO_TAG_SCRIPT,
        GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_IFRAME,   GUMBO_TAG_EMBED,
        GUMBO_TAG_OBJECT,   GUMBO_TAG_VIDEO,    GUMBO_TAG_AUDIO,    GUMBO_TAG_CANVAS,
        GUMBO_TAG_SVG,      GUMBO_TAG_SELECT,   GUMBO_TAG_DATALIST, GUMBO_TAG_TEXTAREA,
        GUMBO_TAG_PROGRESS, GUMBO_TAG_METER,    GUMBO_TAG_APPLET,   GUMBO_TAG_NOEMBED,
        GUMBO_TAG_RP}) {
    rules[tag] = {ElementRule::kNone};
  }
  return rules;
}

constexpr Rules kRules = MakeRules();

// Blocks that are younger than gumbo's list of elements.
constexpr std::string_view kYoungBlocks[] = {"dialog", "search"};

constexpr std::string_view kNavigationRoles[] = {
    "alert",  "alertdialog", "banner", "complementary", "contentinfo", "dialog",  "menu",
    "menubar", "navigation", "search", "tablist",       "toolbar"};

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return lower;
}

bool Contains(const auto& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

const ElementRule& RuleOf(const GumboElement& element) {
  static constexpr ElementRule kNavigationBlock = {ElementRule::kBlock, LineTag::kUnknown, 0, true};
  if (element.tag != GUMBO_TAG_UNKNOWN) return kRules[element.tag];
  GumboStringPiece name = element.original_tag;
  gumbo_tag_from_original_text(&name);
  if (name.data == nullptr) return kRules[GUMBO_TAG_UNKNOWN];
  const std::string lower = LowerCase({name.data, name.length});
  return Contains(kYoungBlocks, lower) ? kNavigationBlock : kRules[GUMBO_TAG_UNKNOWN];
}

bool IsBlockName(std::string_view name) {
  const GumboTag tag = gumbo_tagn_enum(name.data(), static_cast<unsigned>(name.size()));
  return kRules[tag].display == ElementRule::kBlock || kRules[tag].display == ElementRule::kBreak ||
         Contains(kYoungBlocks, LowerCase(name));
}

bool IsNavigationRole(std::string_view role) {
  return Contains(kNavigationRoles, LowerCase(role));
}

}  // namespace samestory::io
