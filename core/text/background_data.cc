#include "base/embed.h"
#include "text/background.h"

SAMESTORY_EMBED(ShippedBackgroundBytes, SAMESTORY_BACKGROUND_FILE)
