"""What is said of a corpus of published proofs, by kind of step.

`python -m tests.corpus.measure` prints the table. The corpus is found by the environment variable SYMDERIV_CORPUS:
a folder with `statproofbook/*.md`, and with the mistakes in them that are known, as `known_errors.json`.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from symderiv.check import Options, check_paths
from symderiv.model.report import StepReport
from symderiv.writers.verdicts import NAMES, name_of

KINDS = (
    ("expectations", re.compile(r"\\mathrm\{(?:E|Var|Cov)\}|E\\left\[|Var\}\\left|\\left\\langle")),
    ("derivatives", re.compile(r"\\frac\{\\(?:mathrm\{d\}|partial)")),
    ("integrals", re.compile(r"\\int")),
    ("matrices", re.compile(r"\\mathrm\{T\}|\^\{-1\}|\\mathrm\{tr\}|\\begin\{matrix\}")),
    ("products", re.compile(r"\\prod")),
    ("sums", re.compile(r"\\sum")),
    ("exponentials and logarithms", re.compile(r"\\exp|\\ln")),
    ("probabilities of events", re.compile(r"\\mathrm\{Pr\}|\\cap|\\cup")),
)
"""The kinds of steps, the first that fits, by what stands in them; what is left is algebra."""


@dataclass
class Measured:
    """Counts of verdicts by kind of step, the mistakes that were told, and the other refutations."""

    table: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    told: set[str] = field(default_factory=set)
    known: int = 0
    others: list[str] = field(default_factory=list)

    @property
    def total(self) -> Counter[str]:
        """The counts of all kinds together."""
        return sum(self.table.values(), Counter())

    @property
    def inferences(self) -> int:
        """The relations that were read and are not given."""
        return self.total.total() - self.total["given"] - self.total["unread"]


def folder() -> Path | None:
    """The corpus, where there is one."""
    named = os.environ.get("SYMDERIV_CORPUS")
    return Path(named) if named and (Path(named) / "statproofbook").is_dir() else None


def measure(corpus: Path, jobs: int = 2, every: int = 1) -> Measured:
    """Checks every proof of the corpus, or every so many."""
    mistakes: dict[tuple[str, int], list[str]] = defaultdict(list)
    known = json.loads((corpus / "known_errors.json").read_text(encoding="utf-8"))
    for mistake in known:
        for line in mistake["lines"]:
            mistakes[Path(mistake["file"]).name, line].append(mistake["id"])
    paths = sorted((corpus / "statproofbook").glob("*.md"))[::every]
    names = {path.name for path in paths}
    measured = Measured(known=sum(Path(mistake["file"]).name in names for mistake in known))
    for file in check_paths(paths, Options(jobs=jobs, cache=False)).files:
        for derivation in file.derivations:
            for step in derivation.steps:
                _count(measured, Path(file.path).name, step, mistakes)
    return measured


def _count(measured: Measured, file: str, step: StepReport, mistakes: dict[tuple[str, int], list[str]]) -> None:
    word = name_of(step.verdict)
    measured.table[kind_of(step)][word] += 1
    if word not in ("refuted", "gap"):
        return
    lines = range(step.span.line, step.span.end_line + 1)
    hit = [name for line in lines for name in mistakes.get((file, line), ())]
    measured.told.update(hit)
    if word == "refuted" and not hit:
        measured.others.append(f"{file}:{step.span.line}")


def kind_of(step: StepReport) -> str:
    """What a step is about."""
    text = f"{step.left} {step.right}"
    found = next((kind for kind, pattern in KINDS if pattern.search(text)), "algebra")
    return found if step.relation in ("=", "!=") else f"{found}, {step.relation}" if "<" in step.relation else found


def shortcomings(measured: Measured) -> list[str]:
    """What falls short of the aim for the whole corpus."""
    read = 1 - measured.total["unread"] / measured.total.total()
    aims = {
        "read": read >= 0.9,
        "proved": measured.total["proved"] >= 0.45 * measured.inferences,
        "mistakes told": len(measured.told) >= 25,
        "other refutations": len(measured.others) <= 5,
    }
    return [f"too little: {name}" for name, reached in aims.items() if not reached]


def table(measured: Measured) -> str:
    """The counts as Markdown."""
    lines = ["# What is said of a corpus of published proofs", ""]
    lines += ["Made by `make corpus`: kinds of steps by verdict.", ""]
    lines += ["| kind of step | " + " | ".join(NAMES) + " |", "|---" * (len(NAMES) + 1) + "|"]
    for kind, counts in sorted(measured.table.items(), key=lambda item: -item[1].total()):
        lines.append(f"| {kind} | " + " | ".join(str(counts[name]) for name in NAMES) + " |")
    lines.append("| **all** | " + " | ".join(f"**{measured.total[name]}**" for name in NAMES) + " |")
    read = 1 - measured.total["unread"] / measured.total.total()
    proved = measured.total["proved"] / measured.inferences
    sentences = (
        f"Read: {read:.1%} of {measured.total.total()} relations.",
        f"Proved: {proved:.1%} of {measured.inferences} inferences.",
        f"Known mistakes told as `refuted` or `gap`: {len(measured.told)} of {measured.known}.",
        f"Other relations `refuted`: {len(measured.others)}.",
    )
    return "\n".join([*lines, "", " ".join(sentences)]) + "\n"


if __name__ == "__main__":
    found = folder()
    if found is None:
        sys.exit("SYMDERIV_CORPUS names no folder with statproofbook/")
    outcome = measure(found)
    print(table(outcome), end="")
    sys.exit(", ".join(shortcomings(outcome)) or 0)
