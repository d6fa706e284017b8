#include "io/xml_fault.h"

#include <algorithm>

#include "io/bad_records.h"
#include "io/json_text.h"

namespace samestory::io {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool IsNameByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == ':' || c == '-' || c == '.';
}

bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

// Looks for faults in markup; what sections hold in which no markup stands is passed over.
class FaultScanner {
 public:
  explicit FaultScanner(std::string_view text) : text_(text) {}

  std::optional<XmlFault> Scan() {
    if (text_.starts_with(kByteOrderMark)) start_ = kByteOrderMark.size();
    for (at_ = text_.find_first_of("<&", start_); at_ < text_.size();
         at_ = text_.find_first_of("<&", at_)) {
      std::optional<XmlFault> fault = text_[at_] == '<' ? ReadMarkup() : ReadReference();
      if (fault) return fault;
    }
    return std::nullopt;
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }

  void SkipBehind(std::string_view end) {
    const std::size_t found = text_.find(end, at_);
    at_ = found == text_.npos ? text_.size() : found + end.size();
  }

  std::optional<XmlFault> ReadMarkup() {
    if (rest().starts_with("<![CDATA[")) {
      SkipBehind("]]>");
    } else if (rest().starts_with("<!--")) {
      SkipBehind("-->");
    } else if (rest().starts_with("<?")) {
      const bool declares = rest().starts_with("<?xml") && rest().size() > 5 && IsJsonSpace(rest()[5]);
      if (declares && at_ != start_) return XmlFault{at_, "the XML declaration is not at its start"};
      SkipBehind("?>");
    } else {
      if (rest().starts_with("<!ENTITY")) declares_entities_ = true;
      ++at_;
    }
    return std::nullopt;
  }

  std::optional<XmlFault> ReadReference() {
    std::size_t end = at_ + 1;
    if (end < text_.size() && text_[end] == '#') ++end;
    const std::size_t name = end;
    while (end < text_.size() && IsNameByte(text_[end])) ++end;
    if (end == name || end == text_.size() || text_[end] != ';') {
      return XmlFault{at_, "an ampersand begins no reference"};
    }
    const std::string_view entity = text_.substr(at_ + 1, end - at_ - 1);
    constexpr std::string_view kKnown[] = {"amp", "lt", "gt", "quot", "apos"};
    const bool known = entity[0] == '#' || declares_entities_ ||
                       std::ranges::find(kKnown, entity) != std::ranges::end(kKnown);
    if (!known) return XmlFault{at_, "the entity " + Quote(entity) + " is not declared"};
    at_ = end + 1;
    return std::nullopt;
  }

  std::string_view text_;
  std::size_t start_ = 0, at_ = 0;
  bool declares_entities_ = false;
};

}  // namespace

std::optional<XmlFault> FindXmlFault(std::string_view utf8) {
  std::optional<XmlFault> fault = FaultScanner(utf8).Scan();
  const std::string_view before = utf8.substr(0, fault ? fault->offset : utf8.size());
  const auto control = std::ranges::find_if(before, IsControl);
  if (control == before.end()) return fault;
  return XmlFault{static_cast<std::size_t>(control - before.begin()), "a control character"};
}

}  // namespace samestory::io
