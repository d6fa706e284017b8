#include "cli/cluster_row.h"

#include <charconv>
#include <cstring>
#include <limits>

#include "cli/other.h"
#include "io/writer.h"

namespace samestory::cli {
namespace {

// Bytes of a row beside the ids, at most.
constexpr std::size_t kRowBytes = 192;

// Writes pieces one after another where there is room for them.
class Pieces {
 public:
  explicit Pieces(char* at) : at_(at) {}

  template <std::size_t n>
  Pieces& operator<<(const char (&literal)[n]) {
    std::memcpy(at_, literal, n - 1);
    at_ += n - 1;
    return *this;
  }
  Pieces& operator<<(std::string_view text) {
    if (!text.empty()) std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
    return *this;
  }
  Pieces& operator<<(std::uint64_t value) {
    at_ = std::to_chars(at_, at_ + std::numeric_limits<std::uint64_t>::digits10 + 1, value).ptr;
    return *this;
  }
  Pieces& operator<<(double value) {
    at_ = io::WriteShare(value, at_);
    return *this;
  }
  char* end() const { return at_; }

 private:
  char* at_;
};

// What nearly every row is, in one go.
void AppendPlainRow(std::string_view id, const NamedRow& named, std::string& out) {
  const std::size_t before = out.size();
  out.resize(before + kRowBytes + id.size() + named.of.size());
  Pieces pieces(out.data() + before);
  if (id.empty()) {
    pieces << "{";
  } else {
    pieces << "{\"id\":" << id << ",";
  }
  pieces << "\"story\":\"s" << std::uint64_t{named.row.story} << "\",\"relation\":\""
         << RelationName(named.row.relation) << "\",\"of\":";
  if (named.of.empty()) {
    pieces << "null";
  } else {
    pieces << named.of;
  }
  pieces << ",\"similarity\":" << named.row.similarity
         << ",\"size\":" << std::uint64_t{named.row.size} << "}";
  out.resize(static_cast<std::size_t>(pieces.end() - out.data()));
}

}  // namespace

void AppendRow(std::string_view id, const NamedRow& named, std::string_view text,
               std::string& out) {
  const ClusterRow& row = named.row;
  if (row.other.empty() && FieldsAgreedName(row.agreed).empty()) {
    AppendPlainRow(id, named, out);
    return;
  }
  io::JsonWriter json(out);
  json.BeginObject();
  if (!id.empty()) json.Key("id").Raw(id);
  json.Key("story").String(StoryName(row.story));
  json.Key("relation").String(RelationName(row.relation));
  AddIdToken(json.Key("of"), named.of);
  json.Key("similarity").Number(row.similarity).Key("size").Uint(row.size);
  AddAgreed(json, row.agreed);
  AddOther(json, row.other, text);
  json.EndObject();
}

}  // namespace samestory::cli
