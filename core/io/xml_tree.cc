#include "io/xml_tree.h"

#include <algorithm>
#include <vector>

#include "io/resolve_url.h"
#include "text/white_space.h"

namespace samestory::io {
namespace {

struct Binding {
  std::string_view name;
  Vocabulary vocabulary;
};

constexpr Binding kNamespaces[] = {
    {"http://purl.org/rss/1.0/modules/content", Vocabulary::kContent},
    {"http://purl.org/rss/1.0", Vocabulary::kFeed},
    {"http://my.netscape.com/rdf/simple/0.9", Vocabulary::kFeed},
    {"http://channel.netscape.com/rdf/simple/0.9", Vocabulary::kFeed},
    {"http://backend.userland.com/rss2", Vocabulary::kFeed},
    {"http://blogs.law.harvard.edu/tech/rss", Vocabulary::kFeed},
    {"http://www.w3.org/2005/Atom", Vocabulary::kAtom},
    {"http://purl.org/atom/ns#", Vocabulary::kAtom},
    {"http://purl.org/dc/elements/1.1", Vocabulary::kDublinCore},
    {"http://purl.org/dc/elements/1.0", Vocabulary::kDublinCore},
    {"http://purl.org/dc/terms", Vocabulary::kDublinCore},
    {"http://search.yahoo.com/mrss", Vocabulary::kMedia},
    {"http://www.itunes.com/dtds/podcast-1.0.dtd", Vocabulary::kItunes},
    {"urn:samestory:feed", Vocabulary::kSamestory},
};

constexpr Binding kCustomaryPrefixes[] = {
    {"rss", Vocabulary::kFeed},      {"atom", Vocabulary::kAtom},
    {"a10", Vocabulary::kAtom},      {"content", Vocabulary::kContent},
    {"dc", Vocabulary::kDublinCore}, {"dcterms", Vocabulary::kDublinCore},
    {"media", Vocabulary::kMedia},   {"itunes", Vocabulary::kItunes},
};

std::string_view Prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == name.npos ? std::string_view() : name.substr(0, colon);
}

std::string_view Uri(pugi::xml_node node, std::string_view prefix) {
  const std::string name = "xmlns:" + std::string(prefix);
  for (; node; node = node.parent()) {
    if (const pugi::xml_attribute found = node.attribute(name.c_str())) {
      return TrimSpace(found.value());
    }
  }
  return {};
}

void AppendEscaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
}

bool IsText(pugi::xml_node node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

void AppendTag(std::string& out, const char* open, pugi::xml_node element) {
  out += open;
  out += LocalName(element);
  out += '>';
}

/// The content of `root` as HTML, whatever its depth.
void AppendMarkup(std::string& out, pugi::xml_node root) {
  pugi::xml_node node = root.first_child();
  while (node) {
    if (IsText(node)) AppendEscaped(out, node.value());
    if (node.type() == pugi::node_element) AppendTag(out, "<", node);
    if (const pugi::xml_node child = node.first_child()) {
      node = child;
      continue;
    }
    for (;;) {
      if (node.type() == pugi::node_element) AppendTag(out, "</", node);
      if (const pugi::xml_node next = node.next_sibling()) {
        node = next;
        break;
      }
      node = node.parent();
      if (node == root) return;
    }
  }
}

}  // namespace

std::string_view LocalName(pugi::xml_node node) {
  std::string_view name = node.name();
  name.remove_prefix(name.find(':') + 1);
  return name;
}

bool EqualNames(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

Vocabulary VocabularyOf(pugi::xml_node node) {
  const std::string_view prefix = Prefix(node.name());
  if (prefix.empty()) return Vocabulary::kFeed;
  std::string_view uri = Uri(node, prefix);
  if (uri.empty()) {
    for (const auto& [name, vocabulary] : kCustomaryPrefixes) {
      if (EqualNames(prefix, name)) return vocabulary;
    }
    return Vocabulary::kOther;
  }
  if (uri.ends_with('/')) uri.remove_suffix(1);
  if (uri.starts_with("https:")) uri.remove_prefix(5);
  if (uri.starts_with("http:")) uri.remove_prefix(5);
  for (const auto& [name, vocabulary] : kNamespaces) {
    if (EqualNames(uri, name.starts_with("http:") ? name.substr(5) : name)) return vocabulary;
  }
  return Vocabulary::kOther;
}

std::string_view Attribute(pugi::xml_node node, const char* name) {
  return TrimSpace(node.attribute(name).value());
}

std::string InnerText(pugi::xml_node node) {
  std::string text;
  bool has_elements = false;
  for (const pugi::xml_node child : node.children()) {
    if (IsText(child)) text += child.value();
    has_elements |= child.type() == pugi::node_element;
  }
  if (has_elements) {
    text.clear();
    AppendMarkup(text, node);
  }
  return std::string(TrimSpace(text));
}

std::string BaseUrl(pugi::xml_node node, std::string_view outermost) {
  std::vector<std::string_view> bases;
  for (; node; node = node.parent()) {
    if (const std::string_view base = Attribute(node, "xml:base"); !base.empty()) {
      bases.push_back(base);
    }
  }
  std::string url(outermost);
  for (auto base = bases.rbegin(); base != bases.rend(); ++base) url = ResolveUrl(url, *base);
  return url;
}

std::string_view Language(pugi::xml_node node) {
  for (; node; node = node.parent()) {
    if (const std::string_view lang = Attribute(node, "xml:lang"); !lang.empty()) return lang;
  }
  return {};
}

}  // namespace samestory::io
