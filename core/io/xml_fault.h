#ifndef SAMESTORY_IO_XML_FAULT_H_
#define SAMESTORY_IO_XML_FAULT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace samestory::io {

/// Why a text is not well-formed XML, and the byte where that shows.
struct XmlFault {
  std::size_t offset;
  std::string reason;
};

/// The first of those faults that a lenient parser passes over, because nothing is lost by them:
/// control characters, an XML declaration that is not at the start, an ampersand that begins no
/// reference, and a reference to an entity that is not declared (where the text declares entities of
/// its own, their names are not looked at). Looks at the text once. (Extensible Markup Language 1.0,
/// fifth edition, 2.2, 2.8, 4.1.)
std::optional<XmlFault> FindXmlFault(std::string_view utf8);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_XML_FAULT_H_
