"""Runs one command on one core within limits of time and memory, and says what it took.

The command is started by a process of its own, `python measure.py SPEC`: the system counts what a
process held before it became another to the other, so the starter must be small.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import time

POLL_SECONDS = 0.01

# One thread, whatever library a peer computes with.
ONE_THREAD = {
    name: "1"
    for name in (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "RAYON_NUM_THREADS",
        "POLARS_MAX_THREADS",
        "NUMEXPR_NUM_THREADS",
    )
}


def run(command, log, core=None, seconds=120, memory=None, stdout=None, env=None):
    """Returns {"status": exit status, "failed": reason or None, "wall", "cpu" in seconds, "peak" in
    bytes}. `log` receives standard error, and `memory` bounds the bytes of the process itself."""
    spec = {"command": command, "log": log, "core": core, "seconds": seconds, "memory": memory,
            "stdout": stdout or os.devnull, "env": env or {}}
    done = subprocess.run([sys.executable, __file__, json.dumps(spec)], capture_output=True,
                          text=True, check=True)
    return json.loads(done.stdout)


def peak_bytes(pid):
    """Most memory that a living process has held; 0 where the system does not say."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("VmHWM"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return 0


def last_line(path):
    """The last line that a program wrote to standard error: mostly why it failed."""
    with open(path, errors="replace", encoding="utf-8") as file:
        lines = [line.strip() for line in file if line.strip()]
    return lines[-1][:200] if lines else "nothing was said"


def kill(process):
    # The command leads a session of its own, so that its children go with it.
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def wait(process, seconds, memory):
    """Waits until the process has ended or must be ended: (status, usage, peak, why it was ended)."""
    start, peak, reason = time.monotonic(), 0, None
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status), usage, peak, reason
        peak = max(peak, peak_bytes(process.pid))
        if reason is None and time.monotonic() - start > seconds:
            reason = f"stopped after {seconds:.0f} s"
            kill(process)
        if reason is None and memory and peak > memory:
            reason = f"stopped at {peak / 2**30:.1f} GiB of memory"
            kill(process)
        time.sleep(POLL_SECONDS)


def run_here(spec):
    core = spec["core"]
    if core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
    with open(spec["log"], "wb") as err, open(spec["stdout"], "wb") as out:
        start = time.monotonic()
        process = subprocess.Popen(
            spec["command"], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
            env={**os.environ, **ONE_THREAD, **spec["env"]}, start_new_session=True,
        )
        status, usage, peak, failed = wait(process, spec["seconds"], spec["memory"])
        wall = time.monotonic() - start
        process.returncode = status
    # The system's own figure misses nothing at the end, but never is below what this process holds.
    if usage.ru_maxrss > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss:
        peak = max(peak, usage.ru_maxrss * 1024)
    if failed is None and status != 0:
        failed = f"status {status}: {last_line(spec['log'])}"
    return {"status": status, "failed": failed, "wall": wall,
            "cpu": usage.ru_utime + usage.ru_stime, "peak": peak}


if __name__ == "__main__":
    print(json.dumps(run_here(json.loads(sys.argv[1]))))
