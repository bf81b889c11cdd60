"""Random true and false statements in every language, put to symderiv.

    python -m tests.adversary [--count N] [--seed S] [--jobs J] [--language L ...] [--number K] [--output FILE]

Prints every false statement that was proved and every true one that was refuted, made small, and the table of all
answers.  The exit status is 1 where there are any.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from symderiv.runner import Finished, Workers
from tests.adversary.tables import document
from tests.adversary.trials import SURFACES, Task, Trial, tried

SECONDS, MEMORY = 30.0, 2 << 30
"""The limits for one statement."""

COUNTS = {
    **dict.fromkeys(SURFACES, 1400),
    **dict.fromkeys(("derivatives", "events", "integrals", "loops", "probability", "sums"), 700),
    **dict.fromkeys(("densities", "families"), 250),
}
"""True and false statements of each language: fewer of those that take long."""


def trials(tasks: list[Task], jobs: int) -> tuple[list[Trial], list[str]]:
    """What happened, and what went wrong on the way."""
    found: list[Trial] = []
    problems: list[str] = []
    with Workers(jobs, SECONDS, MEMORY) as workers:
        for task, outcome in zip(tasks, workers.map(tried, tasks), strict=True):
            match outcome:
                case Finished(Trial() as trial):
                    found.append(trial)
                    if trial.defect:
                        print(f"{trial.defect}: {trial}", flush=True)
                case Finished(_):
                    pass
                case _:
                    problems.append(f"{task}: {outcome}")
    return found, problems


def main() -> int:
    """Runs the trials and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, help="true and false statements of each language")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--language", action="append", choices=sorted(SURFACES))
    parser.add_argument("--number", type=int, help="one statement only")
    parser.add_argument("--list", metavar="WORD", help="print the statements with this answer")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    languages = options.language or list(SURFACES)
    counts = {name: options.count or COUNTS[name] for name in languages}
    numbers = range(max(counts.values())) if options.number is None else [options.number]
    tasks = [
        (name, n, options.seed, wrong)
        for n in numbers
        for name in languages
        if n < counts[name] or options.number is not None
        for wrong in (False, True)
    ]
    found, problems = trials(tasks, options.jobs)
    for trial in found:
        if options.list is not None and options.list in (trial.answer.word, f"{trial.kind} {trial.answer.word}"):
            answer = trial.answer
            print(
                f"{trial.language} {trial.number} {trial.kind} [{trial.surface}]: {answer.text} -> {answer.shown[:90]}"
            )
    print(*problems, sep="\n")
    text = document(found, options.seed, len(problems))
    print(text)
    if options.output is not None:
        options.output.write_text(text, encoding="utf-8")
    return 1 if any(trial.defect for trial in found) else 0


if __name__ == "__main__":
    sys.exit(main())
