"""A virtual environment for each peer, with pinned versions: peers that want different versions of
the same library do not meet."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv

HERE = os.path.dirname(os.path.abspath(__file__))


def requirements(peer):
    return os.path.join(HERE, "requirements", f"{peer}.txt")


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def prepare(peer, folder):
    """The peer's Python, made on the first call. RuntimeError, with a reason, where it fails."""
    home = os.path.join(folder, peer)
    python = os.path.join(home, "bin", "python")
    stamp = os.path.join(home, "installed")
    wanted = digest(requirements(peer))
    if os.path.exists(stamp):
        with open(stamp, encoding="ascii") as file:
            if file.read() == wanted:
                return python
    shutil.rmtree(home, ignore_errors=True)
    print(f"installing {peer}", file=sys.stderr)
    venv.create(home, with_pip=True)
    done = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
         "-r", requirements(peer)],
        capture_output=True, text=True, check=False,
    )
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise RuntimeError("not installed: " + (lines[-1][:200] if lines else "pip said nothing"))
    with open(stamp, "w", encoding="ascii") as file:
        file.write(wanted)
    return python
