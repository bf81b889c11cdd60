"""Where it is known which backward loop was made wrong, the repair undoes it: the report names that loop and its text,
and the program with this text in its place is proved.

With SYMDERIV_MUTANTS all wrong variants that the programs list are tried.
"""

from __future__ import annotations

import os
import re

from symderiv.model.verdict import Refuted
from tests.loops.programs import ASSIGNS, FOLDER, WRONG, answer, variants

PLANTED = [
    (path.stem, int(found[1]), found[2], text)
    for path in sorted(FOLDER.glob("*.loops"))
    for change, text in variants(path.read_text(encoding="utf-8"))
    if (found := WRONG.match(change))
]
SAMPLE = PLANTED if "SYMDERIV_MUTANTS" in os.environ else PLANTED[::24]


def statements(text):
    """The lines of a text, and which of them are backward statements."""
    lines = text.split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("backward"))
    rows = [n for n, line in enumerate(lines) if n > start and ASSIGNS.search(line)]
    return lines, [n for n in rows if not lines[n].strip().startswith(("loop", "#"))]


def suggestion(found):
    """What the report says to be right: the number of a loop, if it names one, and a text."""
    for step in found.steps:
        if isinstance(step.verdict, Refuted) and step.verdict.repair is not None:
            named = re.search(r"loop (\d+) is wrong", step.verdict.reason)
            missing = "a loop is missing" in step.verdict.reason.split("computed by")[0]
            return (int(named[1]) if named else 0), step.verdict.repair, missing
    for diagnostic in found.diagnostics:
        named = re.match(r"loop (\d+) is wrong: .*; right is: (.*)", diagnostic.hint or "")
        if named:
            return int(named[1]), named[2], False
        if "a loop is missing: " in (diagnostic.hint or ""):
            return 0, diagnostic.hint.split("a loop is missing: ")[1], True
    return 0, None, False


def is_undone(number, planted, text):
    """True where the loop that was changed is mended, or the one that was left out is put in again."""
    named, repair, is_missing = suggestion(answer(text))
    if repair is None:
        return False
    lines, rows = statements(text)
    if not planted:
        return is_missing
    if is_missing:  # a loop of its own for a term that was left out
        row = rows[number - 1]
        target, added = (ASSIGNS.split(line)[0].split(": ")[-1].split("[")[0].strip() for line in (lines[row], repair))
        return target == added
    if named != number:
        return False
    row = rows[number - 1]
    indent = lines[row][: len(lines[row]) - len(lines[row].lstrip())]
    lines[row] = indent + repair
    return answer("\n".join(lines)).is_proved


def test_most_planted_errors_are_undone():
    undone = [is_undone(*planted[1:]) for planted in SAMPLE]
    failing = [planted[:3] for planted, is_so in zip(SAMPLE, undone, strict=True) if not is_so]
    assert sum(undone) >= 0.9 * len(undone), failing
