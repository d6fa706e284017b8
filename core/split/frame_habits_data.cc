#include "base/embed.h"
#include "split/frame_habits.h"

SAMESTORY_EMBED(ShippedFrameHabitsBytes, SAMESTORY_FRAME_HABITS_FILE)
