#ifndef SAMESTORY_EXPORT_H_
#define SAMESTORY_EXPORT_H_

/// Marks what the shared library shows. Everything else is hidden.
#define SAMESTORY_EXPORT __attribute__((visibility("default")))

#endif  // SAMESTORY_EXPORT_H_
