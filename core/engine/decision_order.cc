#include "engine/decision_order.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/hash.h"

namespace samestory {
namespace {

constexpr std::size_t kMostDigits = 18;  // of a number below 2^62
constexpr std::uint64_t kNoNumber = std::uint64_t{1} << 62;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Decimal digits without a leading zero, so that equal numbers are equal ids.
bool IsNumber(std::string_view id) {
  return !id.empty() && (id[0] != '0' || id.size() == 1) && std::all_of(id.begin(), id.end(), IsDigit);
}

// The same for ids that only their full text tells apart.
std::uint64_t RankOf(std::string_view id) {
  if (id.size() <= kMostDigits && IsNumber(id)) {
    std::uint64_t value = 0;
    for (const char c : id) value = 10 * value + static_cast<std::uint64_t>(c - '0');
    return value;
  }
  if (IsNumber(id)) return kNoNumber - 1;
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < 7; ++i) {
    bytes = bytes << 8 | (i < id.size() ? static_cast<unsigned char>(id[i]) : 0);
  }
  return id.empty() ? 0 : kNoNumber + bytes;
}

}  // namespace

bool IdPrecedes(std::string_view a, std::string_view b) {
  const bool a_is_number = IsNumber(a), b_is_number = IsNumber(b);
  if (a.empty() || b.empty()) return a.size() < b.size();
  if (a_is_number != b_is_number) return a_is_number;
  if (a_is_number && a.size() != b.size()) return a.size() < b.size();
  return a < b;
}

DecisionOrder::Mark DecisionOrder::MarkOf(const Record& record) const {
  std::uint64_t fields = 0;
  for (const std::string_view field :
       {record.title, record.summary, record.text, record.source, record.url}) {
    fields = Mix64(fields, field.empty() ? 0 : Hash64(field, seed_));
  }
  return {record.published.value_or(std::numeric_limits<std::int64_t>::max()),
          record.id_is_made ? 0 : RankOf(record.id), record.id_is_made, fields};
}

void DecisionOrder::Add(std::string_view id, const Mark& mark) {
  ids_.Append(id);
  marks_.push_back(mark);
  const std::size_t last = size() - 1;
  sorted_ = sorted_ && (last == 0 || !Precedes(last, last - 1));
}

bool DecisionOrder::Precedes(std::size_t a, std::size_t b) const {
  const Mark &x = marks_[a], &y = marks_[b];
  if (x.published != y.published) return x.published < y.published;
  if (x.id_rank != y.id_rank) return x.id_rank < y.id_rank;
  const std::string_view id_a = x.id_is_made ? std::string_view() : ids_[a];
  const std::string_view id_b = y.id_is_made ? std::string_view() : ids_[b];
  if (id_a != id_b) return IdPrecedes(id_a, id_b);
  return x.fields < y.fields;
}

std::vector<std::uint32_t> DecisionOrder::Sort() {
  std::vector<std::uint32_t> order;
  if (!sorted_) {
    order.resize(size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
                     [this](std::uint32_t a, std::uint32_t b) { return Precedes(a, b); });
  }
  marks_.Free();
  return order;
}

}  // namespace samestory
