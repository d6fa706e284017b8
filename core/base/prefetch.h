#ifndef SAMESTORY_BASE_PREFETCH_H_
#define SAMESTORY_BASE_PREFETCH_H_

namespace samestory {

/// Keeps the hints before it: GCC takes a function that does nothing but prefetch for one without
/// effect, and drops the calls of it.
inline void KeepPrefetches() { asm volatile(""); }

/// Hints that what is at `address` is read soon.
inline void PrefetchToRead(const void* address) {
  __builtin_prefetch(address);
  KeepPrefetches();
}

/// Hints that what is at `address` is written soon.
inline void PrefetchToWrite(const void* address) {
  __builtin_prefetch(address, /*for writing*/ 1);
  KeepPrefetches();
}

}  // namespace samestory

#endif  // SAMESTORY_BASE_PREFETCH_H_
