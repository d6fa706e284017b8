#include "match_eval.h"

#include <cstdio>
#include <functional>
#include <map>
#include <optional>

#include "match/comparison.h"
#include "match/judge.h"

namespace samestory::quality {
namespace {

using Method = std::function<Relation(const PairSample&)>;

PairContext ContextOf(const PairSample& sample) {
  PairContext context;
  context.hours_apart = sample.pair->hours_apart;
  context.body = sample.body;
  context.same_source = sample.same_source();
  return context;
}

Relation Judge(const PairSample& sample, const PairContext& context, const Options& options) {
  return JudgePair(sample.older(), sample.newer(), context, options).relation;
}

std::vector<std::pair<std::string, Method>> Methods(const Options& options) {
  std::vector<std::pair<std::string, Method>> methods;
  methods.emplace_back("judge", [&options](const PairSample& sample) {
    return Judge(sample, ContextOf(sample), options);
  });
  methods.emplace_back("judge titles", [&options](const PairSample& sample) {
    PairContext context = ContextOf(sample);
    context.body.reset();
    return Judge(sample, context, options);
  });
  methods.emplace_back("judge 1h", [&options](const PairSample& sample) {
    PairContext context = ContextOf(sample);
    context.hours_apart = 1;
    return Judge(sample, context, options);
  });
  for (const double threshold : {.5, .6, .7, .8}) {
    char name[16];
    std::snprintf(name, sizeof(name), "jaccard .%d", static_cast<int>(threshold * 10 + .5));
    methods.emplace_back(name, [threshold](const PairSample& sample) {
      return OverlapOf(sample.older(), sample.newer(), Options().ngram_size).jaccard() >= threshold
                 ? Relation::kCopy
                 : Relation::kNew;
    });
  }
  return methods;
}

class Counter {
 public:
  void Count(const std::string& set, const std::string& method, Relation relation) {
    MatchRow& row = rows_[{set, method}];
    row.set = set;
    row.method = method;
    ++row.n;
    row.joined += IsSameStory(relation);
    row.dropped += IsRedundant(relation);
  }
  std::vector<MatchRow> Rows() const {
    std::vector<MatchRow> rows;
    for (const auto& [key, row] : rows_) rows.push_back(row);
    return rows;
  }
  HandScore Hand(const std::string& method) const {
    const auto joined = [&](const char* set) {
      const auto it = rows_.find({set, method});
      return it == rows_.end() ? 0.0 : static_cast<double>(it->second.joined);
    };
    const auto it = rows_.find({"hand_same", method});
    const double same = it == rows_.end() ? 0.0 : static_cast<double>(it->second.n);
    const double right = joined("hand_same");
    const double all = right + joined("hand_different") + joined("hand_related");
    HandScore score{method};
    if (all > 0) score.precision = right / all;
    if (same > 0) score.recall = right / same;
    if (right > 0) {
      score.f1 = 2 * score.precision * score.recall / (score.precision + score.recall);
    }
    return score;
  }

 private:
  std::map<std::pair<std::string, std::string>, MatchRow> rows_;
};

}  // namespace

MatchReport EvaluateMatch(const std::vector<PairSample>& samples, const Options& options) {
  const auto methods = Methods(options);
  Counter counter;
  for (const PairSample& sample : samples) {
    const bool equal = sample.is_equal();
    const bool numbers = !equal && sample.has_conflict();
    for (const auto& [name, method] : methods) {
      const Relation relation = method(sample);
      counter.Count(sample.pair->set, name, relation);
      if (!equal) counter.Count(sample.pair->set + " unequal", name, relation);
      if (numbers) counter.Count(sample.pair->set + " numbers", name, relation);
    }
  }
  MatchReport report{counter.Rows(), {}};
  for (const auto& [name, method] : methods) report.hand.push_back(counter.Hand(name));
  return report;
}

}  // namespace samestory::quality
