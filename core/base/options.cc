#include "samestory/options.h"

#include "absl/strings/str_cat.h"

namespace samestory {
namespace {

absl::Status OutOfRange(const char* name, const auto& value, const char* range) {
  return absl::InvalidArgumentError(absl::StrCat(name, " is ", value, "; it must be ", range));
}

absl::Status ValidateBanding(const Options& o) {
  if ((o.bands == 0) != (o.rows == 0)) {
    return absl::InvalidArgumentError(
        absl::StrCat("bands is ", o.bands, " and rows is ", o.rows, "; give both or neither"));
  }
  if (o.bands < 0 || o.rows < 0 || std::int64_t{o.bands} * o.rows > 1024) {
    return absl::InvalidArgumentError(absl::StrCat(
        "bands is ", o.bands, " and rows is ", o.rows, "; bands * rows must be 1 to 1024"));
  }
  if (o.num_perm < 0 || o.num_perm > 1024) return OutOfRange("num_perm", o.num_perm, "0 to 1024");
  if (o.num_perm > 0 && o.num_perm < o.bands * o.rows) {
    return absl::InvalidArgumentError(absl::StrCat("num_perm is ", o.num_perm,
                                                   "; it must be at least bands * rows, ",
                                                   o.bands * o.rows));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Validate(const Options& o) {
  if (!(o.threshold > 0 && o.threshold <= 1)) {
    return OutOfRange("threshold", o.threshold, "above 0 and at most 1");
  }
  if (o.ngram_size < 1 || o.ngram_size > 8) return OutOfRange("ngram_size", o.ngram_size, "1 to 8");
  if (absl::Status status = ValidateBanding(o); !status.ok()) return status;
  if (!(o.recall > 0 && o.recall < 1)) return OutOfRange("recall", o.recall, "between 0 and 1");
  if (o.max_lateness_seconds < 0) {
    return OutOfRange("max_lateness_seconds", o.max_lateness_seconds, "0 or more");
  }
  if (o.window_seconds < 0) return OutOfRange("window_seconds", o.window_seconds, "0 or more");
  if (o.max_words < 1 || o.max_words > (1u << 20)) {
    return OutOfRange("max_words", o.max_words, "1 to 1048576");
  }
  if (o.max_candidates < 1) return OutOfRange("max_candidates", o.max_candidates, "1 or more");
  if (!(o.max_wrong_joins >= 0.0005 && o.max_wrong_joins <= 0.05)) {
    return OutOfRange("max_wrong_joins", o.max_wrong_joins, "0.0005 to 0.05");
  }
  if (!(o.max_wrong_drops > 0 && o.max_wrong_drops <= 0.5)) {
    return OutOfRange("max_wrong_drops", o.max_wrong_drops, "above 0 and at most 0.5");
  }
  if (o.threads < 1 || o.threads > 256) return OutOfRange("threads", o.threads, "1 to 256");
  return absl::OkStatus();
}

}  // namespace samestory
