#ifndef SAMESTORY_EXPORT_H_
#define SAMESTORY_EXPORT_H_

/// Marks what the shared library shows. Everything else is hidden.
#define SAMESTORY_EXPORT __attribute__((visibility("default")))

/// Marks a class within a shown one that is not itself to be shown.
#define SAMESTORY_HIDDEN __attribute__((visibility("hidden")))

#endif  // SAMESTORY_EXPORT_H_
