"""Breaks the trusted code in every way that `operators.py` knows, one at a time, and says what no test notices.

    python -m tests.mutation [--jobs N] [--part NAME ...] [--output FILE]

Survivors that `expected.py` explains are listed with the reason; others make the exit status 1.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.mutation.expected import reason_for
from tests.mutation.operators import Mutant, mutants
from tests.mutation.running import Attempt, survivors, warm

ROOT = Path(__file__).parents[2]
LANGUAGE = (
    "tests/language", "tests/test_rules.py", "tests/documents/test_traps_of_context.py", "tests/test_index_values.py",
    "tests/formulas/test_formula.py", "tests/refused", "tests/adversary/test_adversary.py",
)  # fmt: skip
PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "kernel": (("symderiv/kernel/*.py",), ("tests/kernel",)),
    "encoding": (
        ("symderiv/language/encode*.py", "symderiv/language/dependence.py", "symderiv/language/determinants.py"),
        LANGUAGE,
    ),
    "rules": (("symderiv/rules/*.py",), ("tests/test_rules.py",)),
}
"""The modules that are mutated, and the tests that run on each mutant, the likeliest to notice first."""


def main() -> int:
    """Runs every mutant and prints the survivors."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--part", action="append", choices=sorted(PARTS))
    parser.add_argument("--file", action="append", help="only modules whose path ends so")
    options = parser.parse_args()
    warm()
    found: list[tuple[str, Mutant]] = []
    attempts: list[Attempt] = []
    for part in options.part or PARTS:
        patterns, tests = PARTS[part]
        for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            if options.file and not name.endswith(tuple(options.file)):
                continue
            for mutant in mutants(path.read_text(encoding="utf-8")):
                found.append((name, mutant))
                attempts.append(Attempt(name.removesuffix(".py").replace("/", "."), mutant.text, tests))
    alive = explained = 0
    for number, survives in survivors(attempts, options.jobs):
        if survives:
            name, mutant = found[number]
            reason = reason_for(name, mutant)
            alive, explained = alive + 1, explained + (reason is not None)
            print(f"{number}: {name}:{mutant.line}: {mutant.kind}" + (f" ({reason})" if reason else ""), flush=True)
    print(f"{len(found) - alive} of {len(found)} mutants killed, {explained} survivors explained")
    return 1 if alive > explained else 0


if __name__ == "__main__":
    sys.exit(main())
