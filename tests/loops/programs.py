"""Loop programs under test: verdicts on a text, and the wrong variants that a file lists.

A line `# wrong N: LOOP` in a file of `tests/programs` gives another text for its N-th backward statement, none if it is
left out; `# swapped N M` exchanges two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from symderiv.claims import judged_claim
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.report import StepReport
from symderiv.model.verdict import Proved, Refuted
from symderiv.programs import examined, is_executable, judged_program
from symderiv.readers.loops import program_of
from symderiv.runner import Finished

FOLDER = Path(__file__).parents[1] / "programs"
ASSIGNS = re.compile(r"[-+]=|max=|[^=<>!]=[^=]")
WRONG = re.compile(r"# wrong (\d+):\s*(.*)")
SWAPPED = re.compile(r"# swapped (\d+) (\d+)")


@dataclass(frozen=True)
class Answer:
    """What is said of a program."""

    steps: tuple[StepReport, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def codes(self) -> list[str]:
        return [diagnostic.code for diagnostic in self.diagnostics]

    @property
    def words(self) -> list[str]:
        return [type(step.verdict).__name__ for step in self.steps]

    @property
    def is_proved(self) -> bool:
        return not self.diagnostics and set(self.words) == {"Proved"}

    @property
    def is_refused(self) -> bool:
        """Refuted, or not executable; and nothing undecided."""
        return bool(self.diagnostics) or ("Refuted" in self.words and set(self.words) <= {"Refuted", "Proved"})

    @property
    def message(self) -> str:
        """Everything that is said of what is wrong."""
        reasons = [step.verdict.reason for step in self.steps if isinstance(step.verdict, Refuted)]
        return "\n".join([*reasons, *(diagnostic.message for diagnostic in self.diagnostics)])

    @property
    def conditions(self) -> set[str]:
        return {c for step in self.steps if isinstance(step.verdict, Proved) for c in step.verdict.conditions}


def answer(text: str, seed: int = 0) -> Answer:
    """The verdicts on a program, as `symderiv check` gives them."""
    program, diagnostics = program_of(text, "test.loops")
    if diagnostics or program is None:
        return Answer((), tuple(diagnostics))
    outcome = Finished(examined((program, seed)))
    claims = program.claims if is_executable(outcome) else ()
    judged = judged_program(program, outcome, 0.0, [Finished(judged_claim((program, claim))) for claim in claims])
    return Answer(judged.report.steps, judged.diagnostics)


def variants(text: str) -> Iterator[tuple[str, str]]:
    """The wrong variants that a text lists: how they are called, and their texts."""
    head, _, tail = text.partition("\nbackward")
    body = [line for line in tail.split("\n") if line.strip() and not line.startswith("#")]
    places = [n for n, line in enumerate(body) if ASSIGNS.search(line) and not line.strip().startswith("loop")]
    for line in tail.split("\n"):
        changed = list(body)
        if found := WRONG.match(line):
            place = places[int(found[1]) - 1]
            indent = body[place][: len(body[place]) - len(body[place].lstrip())]
            changed[place : place + 1] = [indent + found[2]] if found[2] else []
        elif found := SWAPPED.match(line):
            one, other = (places[int(number) - 1] for number in found.groups())
            changed[one], changed[other] = changed[other], changed[one]
        else:
            continue
        yield line, f"{head}\nbackward" + "\n".join(changed)
