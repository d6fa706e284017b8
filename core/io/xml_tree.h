#ifndef SAMESTORY_IO_XML_TREE_H_
#define SAMESTORY_IO_XML_TREE_H_

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace samestory::io {

/// The XML vocabularies that feeds are written in.
enum class Vocabulary : std::uint8_t {
  kFeed,        ///< of the feed itself: no prefix, or one bound to RSS
  kAtom,        ///< a prefix bound to Atom
  kContent,     ///< RSS 1.0's content module
  kDublinCore,  ///< Dublin Core, elements and terms
  kMedia,       ///< Media RSS
  kItunes,
  kSamestory,   ///< of the feeds that FeedWriter writes
  kOther,
};

/// The vocabulary of an element by its prefix: what the nearest xmlns attribute
/// binds it to, else what the prefix means by custom.
Vocabulary VocabularyOf(pugi::xml_node node);

/// The name without prefix.
std::string_view LocalName(pugi::xml_node node);

/// True where two names are equal but for the case of ASCII letters.
bool EqualNames(std::string_view a, std::string_view b);

/// The value of attribute `name`, trimmed; empty where there is none.
std::string_view Attribute(pugi::xml_node node, const char* name);

/// All text within an element, trimmed. Where it has elements inside, they are
/// written as tags without prefix and attributes and the text is escaped, so that
/// the result is HTML as it is in a field where all of it was escaped.
std::string InnerText(pugi::xml_node node);

/// The base URL of an element by its own and its ancestors' xml:base, resolved
/// against each other and at last against `outermost`.
std::string BaseUrl(pugi::xml_node node, std::string_view outermost);

/// xml:lang of the element or its nearest ancestor that has one.
std::string_view Language(pugi::xml_node node);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_XML_TREE_H_
