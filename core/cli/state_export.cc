#include <unistd.h>

#include "cli/console.h"
#include "cli/exit_status.h"
#include "cli/other.h"
#include "cli/state.h"
#include "io/writer.h"
#include "store/read_state.h"

namespace samestory::cli {
namespace {

std::string Line(const LivingItem& item, const store::ReadState& state) {
  std::string line;
  io::JsonWriter json(line);
  json.BeginObject();
  AddLivingItem(json, item, state.sources().Name(item.source_key),
                state.loaded().counter->story_base);
  json.EndObject();
  line += '\n';
  return line;
}

}  // namespace

int RunStateExport(const StateFlags& flags) {
  Console console(flags.common.quiet, false);
  const auto fail = [&](const absl::Status& status) {
    console.Error(std::string(status.message()));
    return kFailed;
  };
  const absl::StatusOr<store::ReadState> state =
      store::ReadState::Open(flags.state, flags.common.options);
  if (!state.ok()) return fail(state.status());
  io::OutputFile out(STDOUT_FILENO, "standard output");
  state->engine().ForEachItem([&](const LivingItem& item) {
    if (out.status().ok()) out.Write(Line(item, *state)).IgnoreError();
  });
  if (absl::Status status = out.Flush(); !status.ok()) return fail(status);
  return kDone;
}

}  // namespace samestory::cli
