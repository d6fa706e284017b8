#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "io/bad_records.h"
#include "io/double_encoding.h"
#include "io/feed.h"
#include "io/resolve_url.h"
#include "io/time.h"
#include "io/xml_fault.h"
#include "io/xml_tree.h"
#include "samestory/text.h"

namespace samestory::io {
namespace {

/// What an item is made of.
enum Part { kId, kTitle, kSummary, kContent, kPublished, kUpdated, kSource, kLang, kParts };

struct PartElement {
  Vocabulary vocabulary;
  std::string_view name;
  Part part;
  int rank;  ///< of several elements for one part, the first one of the lowest rank is read
};

// RSS 0.9x to 2.0, Atom 0.3 and 1.0, and the modules that stand in for their elements.
constexpr PartElement kPartElements[] = {
    {Vocabulary::kSamestory, "id", kId, -1},
    {Vocabulary::kFeed, "guid", kId, 0},
    {Vocabulary::kFeed, "id", kId, 1},
    {Vocabulary::kDublinCore, "identifier", kId, 2},
    {Vocabulary::kFeed, "title", kTitle, 0},
    {Vocabulary::kDublinCore, "title", kTitle, 1},
    {Vocabulary::kMedia, "title", kTitle, 2},
    {Vocabulary::kFeed, "description", kSummary, 0},
    {Vocabulary::kFeed, "summary", kSummary, 1},
    {Vocabulary::kDublinCore, "description", kSummary, 2},
    {Vocabulary::kMedia, "description", kSummary, 3},
    {Vocabulary::kItunes, "summary", kSummary, 4},
    {Vocabulary::kContent, "encoded", kContent, 0},
    {Vocabulary::kFeed, "content", kContent, 1},
    {Vocabulary::kFeed, "pubDate", kPublished, 0},
    {Vocabulary::kFeed, "published", kPublished, 1},
    {Vocabulary::kFeed, "issued", kPublished, 2},
    {Vocabulary::kDublinCore, "date", kPublished, 3},
    {Vocabulary::kDublinCore, "issued", kPublished, 4},
    {Vocabulary::kDublinCore, "created", kPublished, 5},
    {Vocabulary::kFeed, "date", kPublished, 6},
    {Vocabulary::kFeed, "created", kPublished, 7},
    {Vocabulary::kFeed, "updated", kUpdated, 0},
    {Vocabulary::kFeed, "modified", kUpdated, 1},
    {Vocabulary::kDublinCore, "modified", kUpdated, 2},
    {Vocabulary::kFeed, "source", kSource, 0},
    {Vocabulary::kFeed, "language", kLang, 0},
    {Vocabulary::kDublinCore, "language", kLang, 1},
};
constexpr int kAtomRank = 10;    // an Atom element in an RSS item comes behind RSS's own,
constexpr int kEmptyRank = 100;  // and an empty element behind all others

/// The elements of one item or feed that are read: of each part the best.
class Parts {
 public:
  explicit Parts(pugi::xml_node parent) {
    ranks_.fill(2 * kEmptyRank);
    AddChildren(parent);
  }

  pugi::xml_node node(Part part) const { return nodes_[part]; }
  std::string Text(Part part) const { return UndoDoubleEncoding(InnerText(nodes_[part])); }

 private:
  void AddChildren(pugi::xml_node parent) {
    for (const pugi::xml_node child : parent.children()) {
      if (child.type() != pugi::node_element) continue;
      const Vocabulary vocabulary = VocabularyOf(child);
      if (vocabulary == Vocabulary::kMedia && EqualNames(LocalName(child), "group")) {
        for (const pugi::xml_node media : child.children()) Add(media, VocabularyOf(media));
      } else {
        Add(child, vocabulary);
      }
    }
  }

  void Add(pugi::xml_node node, Vocabulary vocabulary) {
    const bool is_atom = vocabulary == Vocabulary::kAtom;
    if (is_atom) vocabulary = Vocabulary::kFeed;
    const std::string_view name = LocalName(node);
    for (const PartElement& element : kPartElements) {
      if (element.vocabulary != vocabulary || !EqualNames(name, element.name)) continue;
      const int rank =
          element.rank + (is_atom ? kAtomRank : 0) + (node.first_child() ? 0 : kEmptyRank);
      if (rank < ranks_[element.part]) {
        ranks_[element.part] = rank;
        nodes_[element.part] = node;
      }
      return;
    }
  }

  std::array<pugi::xml_node, kParts> nodes_;
  std::array<int, kParts> ranks_;
};

bool IsFeedElement(pugi::xml_node node, std::string_view name) {
  if (node.type() != pugi::node_element || !EqualNames(LocalName(node), name)) return false;
  const Vocabulary vocabulary = VocabularyOf(node);
  return vocabulary == Vocabulary::kFeed || vocabulary == Vocabulary::kAtom;
}

bool IsItem(pugi::xml_node node) {
  return IsFeedElement(node, "item") || IsFeedElement(node, "entry");
}

bool IsWebUrl(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

/// The link of an item or feed: RSS's text, Atom's alternate, or an id that is a web
/// address; resolved against `base`.
std::string Link(pugi::xml_node parent, const Parts& parts, std::string_view base) {
  std::string best;
  int best_rank = 10;
  const auto offer = [&](int rank, std::string_view url, pugi::xml_node element) {
    if (url.empty() || rank >= best_rank) return;
    best = ResolveUrl(BaseUrl(element, base), url);
    best_rank = rank;
  };
  for (const pugi::xml_node child : parent.children()) {
    if (!IsFeedElement(child, "link")) continue;
    const std::string_view rel = Attribute(child, "rel");
    const std::string_view type = Attribute(child, "type");
    if (!child.attribute("href")) {
      offer(0, InnerText(child), child);
    } else if (rel.empty() || rel == "alternate") {
      const bool is_page = type.empty() || type.find("html") != type.npos;
      offer(is_page ? 1 : 2, Attribute(child, "href"), child);
    }
  }
  const pugi::xml_node id_element = parts.node(kId);
  const std::string id = InnerText(id_element);
  if (IsWebUrl(id) && Attribute(id_element, "isPermaLink") != "false") offer(3, id, id_element);
  const std::string_view about = Attribute(parent, "rdf:about");
  if (IsWebUrl(about)) offer(4, about, parent);
  return best;
}

/// The content of an item; empty where it is no text (an image, or elsewhere).
std::string ContentHtml(pugi::xml_node content) {
  const std::string_view type = Attribute(content, "type");
  const bool is_media_type = type.find('/') != type.npos;
  const bool is_text = type.starts_with("text/") || type.find("html") != type.npos;
  if (is_media_type && !is_text) return {};
  return UndoDoubleEncoding(InnerText(content));
}

std::string SourceName(pugi::xml_node source) {
  for (const pugi::xml_node child : source.children()) {
    if (IsFeedElement(child, "title")) return UndoDoubleEncoding(InnerText(child));
  }
  return UndoDoubleEncoding(InnerText(source));
}

std::string LanguageTag(std::string tag) {
  for (char& c : tag) {
    if (c == '_') c = '-';
  }
  return tag;
}

/// What the items of a feed share.
struct Channel {
  std::string title, link, lang;

  explicit Channel(pugi::xml_node node) {
    const Parts parts(node);
    title = parts.Text(kTitle);
    link = Link(node, parts, {});
    lang = parts.Text(kLang);
  }
};

/// References to what is no character (&#xd800;) leave invalid UTF-8 behind.
void RepairFields(FeedItem& item, std::size_t& repaired) {
  for (std::string* field :
       {&item.id, &item.title, &item.summary, &item.text, &item.url, &item.source, &item.lang}) {
    std::size_t count = 0;
    std::string text = RepairUtf8(*field, &count);
    if (count > 0) *field = std::move(text);
    repaired += count;
  }
}

FeedItem ReadItem(pugi::xml_node node, const Channel& channel) {
  const Parts parts(node);
  FeedItem item;
  item.offset = static_cast<std::size_t>(node.offset_debug());
  item.title = parts.Text(kTitle);
  item.summary = parts.Text(kSummary);
  SetContent(ContentHtml(parts.node(kContent)), item);
  item.url = Link(node, parts, channel.link);
  item.id = parts.Text(kId);
  if (item.id.empty()) item.id = Attribute(node, "rdf:about");
  if (item.id.empty()) item.id = item.url;
  item.source = SourceName(parts.node(kSource));
  if (item.source.empty()) item.source = channel.title;
  item.lang = parts.Text(kLang);
  if (item.lang.empty()) item.lang = Language(node);
  if (item.lang.empty()) item.lang = channel.lang;
  item.lang = LanguageTag(std::move(item.lang));
  item.published = ParseTime(parts.Text(kPublished));
  if (!item.published) item.published = ParseTime(parts.Text(kUpdated));
  return item;
}

/// True where the end tag of `item` stands before the error that ended parsing.
bool EndsBefore(pugi::xml_node item, std::string_view text, std::size_t error_offset) {
  const auto begin = static_cast<std::size_t>(item.offset_debug());
  return text.find("</" + std::string(item.name()), begin) < error_offset;
}

/// The element of the feed: the root, or one that a page was wrapped around.
pugi::xml_node FeedElement(pugi::xml_node parent, int levels = 3) {
  for (const pugi::xml_node child : parent.children()) {
    if (child.type() != pugi::node_element) continue;
    for (const char* known : {"rss", "RDF", "feed", "channel"}) {
      if (EqualNames(LocalName(child), known)) return child;
    }
    if (levels == 1) continue;
    if (const pugi::xml_node found = FeedElement(child, levels - 1)) return found;
  }
  return {};
}

absl::Status NoFeed(pugi::xml_node root, const pugi::xml_parse_result& result) {
  if (!root) {
    return absl::InvalidArgumentError(std::string("is no feed: ") + result.description() +
                                      " at byte " + std::to_string(result.offset + 1));
  }
  const std::string_view name = LocalName(root);
  if (EqualNames(name, "html")) return absl::InvalidArgumentError("is HTML, not a feed");
  return absl::InvalidArgumentError("is no feed: its root element is " + Quote(name));
}

}  // namespace

absl::StatusOr<Feed> ParseXmlFeed(const std::string& utf8) {
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_buffer(
      utf8.data(), utf8.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  const pugi::xml_node root = FeedElement(document);
  if (!root) return NoFeed(document.document_element(), result);

  pugi::xml_node channel_node = root;
  for (const pugi::xml_node child : root.children()) {
    if (IsFeedElement(child, "channel")) channel_node = child;
  }
  const Channel channel(channel_node);
  Feed feed;
  if (!result) {
    feed.error = result.description();
    feed.error_offset = std::min(static_cast<std::size_t>(result.offset), utf8.size());
  } else if (std::optional<XmlFault> fault = FindXmlFault(utf8)) {
    feed.fault = std::move(fault->reason);
    feed.fault_offset = fault->offset;
  }
  const auto read_items = [&](pugi::xml_node parent) {
    for (const pugi::xml_node child : parent.children()) {
      if (!IsItem(child)) continue;
      if (!result && !EndsBefore(child, utf8, feed.error_offset)) continue;
      feed.items.push_back(ReadItem(child, channel));
      RepairFields(feed.items.back(), feed.repaired);
    }
  };
  read_items(root);
  if (channel_node != root) read_items(channel_node);
  return feed;
}

}  // namespace samestory::io
