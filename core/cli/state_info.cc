#include <cstdio>
#include <ctime>

#include "absl/strings/str_format.h"
#include "cli/console.h"
#include "cli/exit_status.h"
#include "cli/state.h"
#include "io/writer.h"
#include "store/read_state.h"

namespace samestory::cli {
namespace {

using store::StateInfo;

// What may be shown of the facts: not the seed.
bool IsSecret(std::string_view name) { return name == "option.seed"; }

std::string UtcTime(std::uint64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts;
  if (gmtime_r(&time, &parts) == nullptr) return "unknown";
  return absl::StrFormat("%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900, parts.tm_mon + 1,
                         parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::uint64_t Records(const StateInfo& info) {
  return info.meta.Number(store::fact::kRecords).value_or(0) + info.log_records;
}

std::string Text(const StateInfo& info) {
  const store::Meta& meta = info.meta;
  std::string out = absl::StrFormat(
      "schema       %d\nmade         %s\nlast run     %s\nrecords      %d, %d of them since the "
      "last snapshot\nsnapshot     %s\nevents       %s before the snapshot\nto replay    %d "
      "decisions\nfile         %d bytes, %d of them free; %d more in the write-ahead log\n",
      info.schema, UtcTime(meta.Number(store::fact::kCreated).value_or(0)),
      meta.Text(store::fact::kRun) == store::kClean ? "came to its end"
                                                    : "is under way or was cut short",
      Records(info), info.log_records, meta.Text(store::fact::kSnapshot),
      meta.Text(store::fact::kEvents), info.journal_records, info.file_bytes, info.free_bytes,
      info.log_file_bytes);
  for (const StateInfo::Table& table : info.tables) {
    absl::StrAppendFormat(&out, "  %-10s %d rows, %d bytes\n", table.name, table.rows, table.bytes);
  }
  out += "options\n";
  for (const auto& [name, value] : meta.values()) {
    if (!name.starts_with("option.")) continue;
    absl::StrAppendFormat(&out, "  %-16s %s\n", name.substr(7), IsSecret(name) ? "secret" : value);
  }
  return out;
}

std::string Json(const StateInfo& info) {
  std::string out;
  io::JsonWriter json(out);
  json.BeginObject().Key("schema").Uint(info.schema);
  json.Key("records").Uint(Records(info)).Key("log_records").Uint(info.log_records);
  json.Key("journal_records").Uint(info.journal_records);
  json.Key("file_bytes").Uint(info.file_bytes).Key("free_bytes").Uint(info.free_bytes);
  json.Key("wal_bytes").Uint(info.log_file_bytes);
  json.Key("tables").BeginObject();
  for (const StateInfo::Table& table : info.tables) {
    json.Key(table.name).BeginObject().Key("rows").Uint(table.rows);
    json.Key("bytes").Uint(table.bytes).EndObject();
  }
  json.EndObject().Key("facts").BeginObject();
  for (const auto& [name, value] : info.meta.values()) {
    if (!IsSecret(name)) json.Key(name).String(value);
  }
  json.EndObject().EndObject();
  out += '\n';
  return out;
}

const char* KindName(LearnedNote::Kind kind) {
  switch (kind) {
    case LearnedNote::Kind::kEnding:
      return "ending";
    case LearnedNote::Kind::kOpening:
      return "opening";
    case LearnedNote::Kind::kBoilerplate:
      return "boilerplate";
    case LearnedNote::Kind::kRunningTitle:
      return "running title";
  }
  return "";
}

std::string Learned(const std::vector<LearnedNote>& notes, Format format) {
  std::string out;
  for (const LearnedNote& note : notes) {
    if (format == Format::kText) {
      absl::StrAppendFormat(&out, "%-13s %6d  %s%s\n", KindName(note.kind), note.seen, note.text,
                            note.source.empty() ? "" : "  (" + note.source + ")");
      continue;
    }
    io::JsonWriter json(out);
    json.BeginObject().Key("kind").String(KindName(note.kind)).Key("text").String(note.text);
    json.Key("source").String(note.source).Key("seen").Uint(note.seen).EndObject();
    out += '\n';
  }
  return out;
}

// What is to be printed.
absl::StatusOr<std::string> Report(const StateFlags& flags) {
  if (flags.learned) {
    const absl::StatusOr<store::ReadState> state =
        store::ReadState::Open(flags.state, flags.common.options);
    if (!state.ok()) return state.status();
    return Learned(state->engine().Learned(), flags.common.format);
  }
  const absl::StatusOr<StateInfo> info = store::ReadInfo(flags.state);
  if (!info.ok()) return info.status();
  return flags.common.format == Format::kText ? Text(*info) : Json(*info);
}

}  // namespace

int RunStateInfo(const StateFlags& flags) {
  Console console(flags.common.quiet, false);
  const absl::StatusOr<std::string> out = Report(flags);
  if (!out.ok()) {
    console.Error(std::string(out.status().message()));
    return kFailed;
  }
  if (std::fwrite(out->data(), 1, out->size(), stdout) != out->size() || std::fflush(stdout) != 0) {
    console.Error("cannot write to standard output");
    return kFailed;
  }
  return kDone;
}

}  // namespace samestory::cli
