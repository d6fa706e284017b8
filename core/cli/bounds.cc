#include <cmath>
#include <cstdio>
#include <memory>
#include <string>

#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_status.h"
#include "cli/flags.h"
#include "engine/prepare.h"
#include "io/writer.h"
#include "samestory/lsh.h"

namespace samestory::cli {
namespace {

constexpr int kSteps = 20;      // rows of the table and columns of the plot
constexpr int kPlotHeight = 10;
constexpr int kAreaSteps = 1000;

// Mean of the S-curve over [from, to]; `found` false: of what it misses.
double MeanProbability(Banding banding, double from, double to, bool found) {
  double sum = 0;
  for (int i = 0; i < kAreaSteps; ++i) {
    const double p = CandidateProbability(banding, from + (to - from) * (i + 0.5) / kAreaSteps);
    sum += found ? p : 1 - p;
  }
  return sum / kAreaSteps;
}

std::string Table(Banding banding, double threshold) {
  std::string out = "  Jaccard   candidate   standard error of the estimate\n";
  for (int i = 1; i <= kSteps; ++i) {
    const double j = static_cast<double>(i) / kSteps;
    const int k = banding.bands * banding.rows;
    absl::StrAppendFormat(&out, "  %7.2f   %9.6f   %.3f%s\n", j, CandidateProbability(banding, j),
                          std::sqrt(j * (1 - j) / k),
                          std::abs(j - threshold) < 1e-9 ? "   <- threshold" : "");
  }
  return out;
}

std::string Plot(Banding banding, double threshold) {
  std::string out;
  const int mark = static_cast<int>(std::lround(threshold * 2 * kSteps));
  for (int row = kPlotHeight; row >= 1; --row) {
    const double level = static_cast<double>(row) / kPlotHeight;
    absl::StrAppendFormat(&out, "  %3.1f |", level);
    for (int column = 1; column <= 2 * kSteps; ++column) {
      const double p = CandidateProbability(banding, column / (2.0 * kSteps));
      out += p >= level - 0.5 / kPlotHeight ? '*' : column == mark ? ':' : ' ';
    }
    out += '\n';
  }
  out += "      +" + std::string(2 * kSteps, '-') + "\n       0" +
         std::string(2 * kSteps - 4, ' ') + "1.0   Jaccard\n";
  return out;
}

std::string Text(const Options& options, const Bandings& bandings) {
  const Banding banding = bandings.headline;
  const double t = options.threshold;
  std::string out = absl::StrFormat(
      "threshold %.4g: %d bands of %d rows, %d permutations\n"
      "A pair exactly at the threshold becomes a candidate with probability %.6f.\n"
      "Over all similarities above it, %.6f of pairs are missed; over all below it, %.4f\n"
      "become candidates and are then rejected by exact comparison.\n"
      "Each record has %d entries in the table, about %d bytes.\n\n",
      t, banding.bands, banding.rows, bandings.num_perm, CandidateProbability(banding, t),
      MeanProbability(banding, t, 1, false), MeanProbability(banding, 0, t, true), banding.bands,
      static_cast<int>(std::lround(banding.bands * 6.4 / 0.65)));
  return out + Table(banding, t) + "\n" + Plot(banding, t);
}

std::string Json(const Options& options, const Bandings& bandings) {
  const Banding banding = bandings.headline;
  std::string out;
  io::JsonWriter json(out);
  json.BeginObject().Key("threshold").Number(options.threshold, 6);
  json.Key("bands").Int(banding.bands).Key("rows").Int(banding.rows);
  json.Key("num_perm").Int(bandings.num_perm);
  json.Key("recall").Number(CandidateProbability(banding, options.threshold), 6);
  json.Key("curve").BeginArray();
  for (int i = 1; i <= kSteps; ++i) {
    const double j = static_cast<double>(i) / kSteps;
    json.BeginObject().Key("jaccard").Number(j, 2);
    json.Key("candidate").Number(CandidateProbability(banding, j), 6).EndObject();
  }
  json.EndArray().EndObject();
  out += '\n';
  return out;
}

int RunBounds(const CommonFlags& flags) {
  Console console(flags.quiet, false);
  absl::Status status = Validate(flags.options);
  absl::StatusOr<Bandings> bandings = absl::UnknownError("");
  if (status.ok()) {
    bandings = ChooseBandings(flags.options);
    status = bandings.status();
  }
  if (!status.ok()) {
    console.Error(std::string(status.message()));
    return kWrongUsage;
  }
  const std::string out = flags.format == Format::kText ? Text(flags.options, *bandings)
                                                        : Json(flags.options, *bandings);
  if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0) {
    console.Error("cannot write to standard output");
    return kFailed;
  }
  return kDone;
}

}  // namespace

void AddBounds(CLI::App& program, Run& run) {
  auto flags = std::make_shared<CommonFlags>();
  flags->format = Format::kText;
  CLI::App* app = program.add_subcommand(
      "bounds", "what the parameters promise: the S-curve, recall and candidate rate");
  app->footer("\nExample: samestory bounds --threshold 0.7\n"
              "Prints the banding that is used for the threshold, the chance that a pair of each\n"
              "similarity is found, and a plot of it.");
  AddDecisionFlags(*app, *flags);
  AddOutputFlags(*app, *flags);
  app->callback([flags, &run] { run = [flags] { return RunBounds(*flags); }; });
}

}  // namespace samestory::cli
