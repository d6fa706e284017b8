#ifndef SAMESTORY_BASE_MATH_H_
#define SAMESTORY_BASE_MATH_H_

namespace samestory {

/// Natural logarithm and exponential with the same bits on every machine. The C
/// library's may differ in the last place from one version, or one processor, to
/// the next; whatever decides an outcome uses these. Error below 2 units in the
/// last place; about 5 ns.

/// ln(x). -infinity for 0, NaN below, infinity for infinity.
double StableLog(double x);

/// e^x. 0 far below, infinity far above.
double StableExp(double x);

/// 1 / (1 + e^-x).
double StableLogistic(double x);

}  // namespace samestory

#endif  // SAMESTORY_BASE_MATH_H_
