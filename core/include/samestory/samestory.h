#ifndef SAMESTORY_SAMESTORY_H_
#define SAMESTORY_SAMESTORY_H_

/// Everything that samestory offers to a program.
#include "samestory/bulk_memory.h"
#include "samestory/engine.h"
#include "samestory/line_markup.h"
#include "samestory/lsh.h"
#include "samestory/match.h"
#include "samestory/minhash.h"
#include "samestory/options.h"
#include "samestory/record.h"
#include "samestory/snapshot.h"
#include "samestory/split.h"
#include "samestory/text.h"

#endif  // SAMESTORY_SAMESTORY_H_
