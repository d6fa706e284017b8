#!/bin/sh
# Measures samestory beside its peers: bench/peers/run.sh --help. Needs Python 3.10 or later and a
# build of samestory with its benchmarks (any of build/*, or --build DIR).
exec "${PYTHON:-python3}" "$(dirname "$0")/run.py" "$@"
