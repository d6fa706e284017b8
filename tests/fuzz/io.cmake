samestory_fuzz_target(feed DEPS samestory_io)
samestory_fuzz_target(html DEPS samestory_io)
samestory_fuzz_target(ndjson DEPS samestory_io)
samestory_fuzz_target(time DEPS samestory_io)
