#ifndef SAMESTORY_CLI_HEAP_H_
#define SAMESTORY_CLI_HEAP_H_

namespace samestory::cli {

/// What is asked of the C library's heap so that a run of months does not grow by what it has
/// freed. Nothing where the library has no such switches.

/// From here on blocks of a megabyte and above go back to the system when they are freed, and
/// so does as much at the end of the heap. Else what passes from one thread to another is kept
/// by whichever took it.
void GiveBackLargeBlocks();

/// Gives whole free pages back now, which those of all sizes and threads amount to in time.
/// Linear in the heap: some milliseconds for 100 MiB.
void GiveBackFreePages();

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_HEAP_H_
