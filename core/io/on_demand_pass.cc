#include "io/on_demand_pass.h"

#include <simdjson.h>

#include <algorithm>

namespace samestory::io {

struct OnDemandPass::Impl {
  Impl(std::string_view text, std::size_t longest)
      : lines(text), batch(std::max(simdjson::dom::DEFAULT_BATCH_SIZE, longest + 64)) {}

  simdjson::padded_string lines;
  std::size_t batch;
  simdjson::ondemand::parser parser;
};

OnDemandPass::OnDemandPass(std::string_view lines, std::size_t longest)
    : impl_(new Impl(lines, longest)) {}

OnDemandPass::~OnDemandPass() = default;

std::uint64_t OnDemandPass::Run() {
  simdjson::ondemand::document_stream stream;
  std::uint64_t bytes = 0;
  if (impl_->parser.iterate_many(impl_->lines, impl_->batch).get(stream) != simdjson::SUCCESS) {
    return 0;
  }
  for (auto document : stream) {
    simdjson::ondemand::object object;
    if (document.get_object().get(object) != simdjson::SUCCESS) continue;
    for (auto field : object) {
      std::string_view key, text;
      if (field.unescaped_key().get(key) != simdjson::SUCCESS) break;
      if (key != "title" && key != "summary" && key != "text" && key != "id") continue;
      if (field.value().get_string().get(text) == simdjson::SUCCESS) bytes += text.size();
    }
  }
  return bytes;
}

}  // namespace samestory::io
