#include "split_topics.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <unordered_map>
#include <utility>

#include "base/math.h"

namespace samestory::quality {
namespace {

constexpr int kIterations = 12;
constexpr std::size_t kSpare = 8;  // directions iterated beyond those kept, for speed of convergence

// Texts as rows of (column, value), one after the other.
struct SparseMatrix {
  std::vector<std::size_t> row_begin = {0};
  std::vector<std::uint32_t> column;
  std::vector<float> value;
  std::size_t columns = 0;

  std::size_t rows() const { return row_begin.size() - 1; }
};

// Row-major, `width` values a row.
struct Dense {
  std::size_t width = 0;
  std::vector<double> values;

  double* Row(std::size_t row) { return &values[row * width]; }
  const double* Row(std::size_t row) const { return &values[row * width]; }
};

struct Vocabulary {
  std::vector<std::uint32_t> hashes;
  std::unordered_map<std::uint32_t, std::uint32_t> column_of;
  std::vector<double> idf;
};

Vocabulary ChooseWords(const std::vector<std::vector<std::uint32_t>>& texts,
                       std::size_t least_texts, std::size_t most_words) {
  std::unordered_map<std::uint32_t, std::size_t> frequency;
  std::vector<std::uint32_t> distinct;
  for (const auto& text : texts) {
    distinct = text;
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    for (const std::uint32_t word : distinct) ++frequency[word];
  }
  std::vector<std::pair<std::size_t, std::uint32_t>> ranked;
  for (const auto& [word, count] : frequency) {
    if (count >= least_texts && count <= texts.size() / 10) ranked.push_back({count, word});
  }
  std::sort(ranked.begin(), ranked.end(), std::greater<>());
  ranked.resize(std::min(ranked.size(), most_words));
  Vocabulary words;
  for (const auto& [count, word] : ranked) {
    words.column_of[word] = static_cast<std::uint32_t>(words.hashes.size());
    words.hashes.push_back(word);
    words.idf.push_back(
        StableLog(static_cast<double>(texts.size()) / static_cast<double>(count)));
  }
  return words;
}

// Rows of length 1.
SparseMatrix Weigh(const std::vector<std::vector<std::uint32_t>>& texts, const Vocabulary& words) {
  SparseMatrix matrix;
  matrix.columns = words.hashes.size();
  std::vector<std::uint32_t> columns;
  for (const auto& text : texts) {
    columns.clear();
    for (const std::uint32_t word : text) {
      if (const auto at = words.column_of.find(word); at != words.column_of.end()) {
        columns.push_back(at->second);
      }
    }
    if (columns.size() < 3) continue;
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    double squares = 0;
    for (const std::uint32_t column : columns) squares += words.idf[column] * words.idf[column];
    for (const std::uint32_t column : columns) {
      matrix.column.push_back(column);
      matrix.value.push_back(static_cast<float>(words.idf[column] / std::sqrt(squares)));
    }
    matrix.row_begin.push_back(matrix.column.size());
  }
  return matrix;
}

// transpose(matrix) * matrix * in.
Dense MultiplyTwice(const SparseMatrix& matrix, const Dense& in) {
  Dense out{in.width, std::vector<double>(in.values.size(), 0)};
  std::vector<double> row(in.width);
  for (std::size_t r = 0; r < matrix.rows(); ++r) {
    std::fill(row.begin(), row.end(), 0);
    for (std::size_t i = matrix.row_begin[r]; i < matrix.row_begin[r + 1]; ++i) {
      const double* const from = in.Row(matrix.column[i]);
      const double value = matrix.value[i];
      for (std::size_t d = 0; d < in.width; ++d) row[d] += value * from[d];
    }
    for (std::size_t i = matrix.row_begin[r]; i < matrix.row_begin[r + 1]; ++i) {
      double* const to = out.Row(matrix.column[i]);
      const double value = matrix.value[i];
      for (std::size_t d = 0; d < in.width; ++d) to[d] += value * row[d];
    }
  }
  return out;
}

// Makes the columns orthogonal and of length 1 (modified Gram-Schmidt); their lengths before, after
// what earlier columns explain was taken off.
std::vector<double> Orthonormalise(Dense& matrix) {
  const std::size_t rows = matrix.values.size() / matrix.width;
  std::vector<double> lengths(matrix.width);
  for (std::size_t c = 0; c < matrix.width; ++c) {
    for (std::size_t earlier = 0; earlier < c; ++earlier) {
      double dot = 0;
      for (std::size_t r = 0; r < rows; ++r) dot += matrix.Row(r)[c] * matrix.Row(r)[earlier];
      for (std::size_t r = 0; r < rows; ++r) matrix.Row(r)[c] -= dot * matrix.Row(r)[earlier];
    }
    double squares = 0;
    for (std::size_t r = 0; r < rows; ++r) squares += matrix.Row(r)[c] * matrix.Row(r)[c];
    lengths[c] = std::sqrt(squares);
    for (std::size_t r = 0; r < rows; ++r) matrix.Row(r)[c] /= lengths[c];
  }
  return lengths;
}

}  // namespace

std::vector<TopicWord> FitTopics(const std::vector<std::vector<std::uint32_t>>& texts,
                                 std::size_t dimensions, std::size_t least_texts,
                                 std::size_t most_words) {
  const Vocabulary words = ChooseWords(texts, least_texts, most_words);
  const SparseMatrix matrix = Weigh(texts, words);
  Dense basis{dimensions + 1 + kSpare, {}};
  std::mt19937_64 random(1);
  basis.values.resize(words.hashes.size() * basis.width);
  for (double& value : basis.values) value = static_cast<double>(random() >> 11) * 0x1p-53 - 0.5;
  std::vector<double> lengths = Orthonormalise(basis);
  for (int i = 0; i < kIterations; ++i) {
    basis = MultiplyTwice(matrix, basis);
    lengths = Orthonormalise(basis);
  }
  std::vector<TopicWord> placed;
  for (std::size_t w = 0; w < words.hashes.size(); ++w) {
    TopicWord word{words.hashes[w], {}};
    for (std::size_t d = 1; d <= dimensions; ++d) {
      // The lengths are squares of singular values.
      word.place.push_back(basis.Row(w)[d] * std::sqrt(std::sqrt(lengths[d])));
    }
    placed.push_back(std::move(word));
  }
  return placed;
}

}  // namespace samestory::quality
