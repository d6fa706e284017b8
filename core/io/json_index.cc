#include "io/json_index.h"

#include <simdjson.h>

#include <algorithm>

namespace samestory::io {
namespace {

constexpr std::size_t kLeastCapacity = 64 << 10;
constexpr std::size_t kMostKept = 16 << 20;

}  // namespace

JsonIndex::JsonIndex() = default;
JsonIndex::~JsonIndex() = default;
JsonIndex::JsonIndex(JsonIndex&&) noexcept = default;
JsonIndex& JsonIndex::operator=(JsonIndex&&) noexcept = default;

JsonIndex::Error JsonIndex::Build(std::string_view text) {
  const bool oversized = stage_ != nullptr && stage_->capacity() > kMostKept;
  if (oversized && text.size() <= kMostKept) stage_.reset();
  if (stage_ == nullptr || stage_->capacity() < text.size()) {
    stage_.reset();
    const std::size_t capacity = std::max(kLeastCapacity, text.size() + text.size() / 4);
    const auto& implementation = simdjson::get_active_implementation();
    if (implementation->create_dom_parser_implementation(
            std::min(capacity, simdjson::SIMDJSON_MAXSIZE_BYTES), 1, stage_) != simdjson::SUCCESS) {
      stage_.reset();
      return Error::kNoMemory;
    }
  }
  const simdjson::error_code error =
      stage_->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                     simdjson::stage1_mode::regular);
  starts_ = stage_->structural_indexes.get();
  switch (error) {
    case simdjson::SUCCESS:
      return Error::kNone;
    case simdjson::EMPTY:
      return Error::kEmpty;
    case simdjson::UNCLOSED_STRING:
      return Error::kOpenString;
    case simdjson::UNESCAPED_CHARS:
      return Error::kControlCharacter;
    case simdjson::UTF8_ERROR:
      return Error::kInvalidUtf8;
    default:
      return Error::kNoMemory;
  }
}

std::size_t JsonIndex::size() const { return stage_->n_structural_indexes; }

}  // namespace samestory::io
