"""A whole run over the library of derivations, against the time that importing SymPy takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


def elapsed(*command: str) -> float:
    """Wall time of a process, the least of three, with the bytecode that an installed program has."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run(command, check=False, capture_output=True, env=environment)
        times.append(time.perf_counter() - started)
    return min(times)


def rows() -> Iterator[tuple[str, str]]:
    """The ratio for 100 steps, on one process and without the cache."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        run = ("-m", "symderiv", "check", "derivations", "--no-cache", "--jobs", "1", "--format", "json")
        whole = elapsed(sys.executable, *run, "--output", str(report))
        steps = sum(json.loads(report.read_text())["summary"].values())
    ratio = whole / elapsed(sys.executable, "-c", "import sympy")
    yield f"checking 100 of the {steps} steps in derivations/, over importing SymPy", f"{ratio * 100 / steps:.2f}"
