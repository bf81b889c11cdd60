"""The answers by language and by kind of error, as a page of the documentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.adversary.trials import TRUE, Trial

FALSE_WORDS = ("refuted", "gap", "diagnosed", "conditional", "plausible", "unknown", "unread", "given", "proved")
TRUE_WORDS = ("proved", "plausible", "gap", "unknown", "unread", "given", "refuted")
INTRODUCTION = r"""# The adversary

`make adversary` puts random statements to symderiv whose truth is known: true ones by sound rewriting, false ones by
one error in a true one, of the kinds that people make. An error counts only where values were found at which the
hypotheses hold and the statement does not, by an evaluator that shares no code with the program. Statements go in as
LaTeX, as a document, or in the words of a derivation script. No false one may be proved, and no true one refuted.

What is said of a false statement besides `refuted` and `gap`:

- `diagnosed`: a loop program that may not be executed in its order, or not at all;
- `conditional`: proved under a condition, which is printed, that excludes the values at which it is false, as
  `\sqrt{a^2} = a` where `a > 0`;
- `unread`: refused, since it says two things, or what is not in the language.
"""


def document(trials: Sequence[Trial], seed: int, stopped: int) -> str:
    """The whole page."""
    false = [trial for trial in trials if trial.kind != TRUE]
    true = [trial for trial in trials if trial.kind == TRUE]
    words = Counter(t.answer.word for t in false)
    caught = words["refuted"] + words["gap"] + words["diagnosed"]
    proved = sum(t.answer.word == "proved" for t in true)
    lines = [
        INTRODUCTION,
        f"Seed {seed}: {len(false):,} false statements, {len(true):,} true ones; {stopped} ran into a limit.",
        f"False ones proved: {sum(bool(t.defect) for t in false)}.",
        f"True ones refuted: {sum(bool(t.defect) for t in true)}.",
        "",
        f"Of the false ones {share(caught, len(false))} were refuted, diagnosed or told as gaps,",
        f"{share(words['gap'], len(false))} as gaps; {share(words['conditional'], len(false))} got a condition.",
        f"Of the true ones {share(proved, len(true))} were proved.",
        "",
        "## False statements by language",
        "",
        *table("language", FALSE_WORDS, [(t.language, t.answer.word) for t in false]),
        "",
        "## False statements by kind of error",
        "",
        *table("error", FALSE_WORDS, [(t.kind, t.answer.word) for t in false]),
        "",
        "## True statements by language",
        "",
        *table("language", TRUE_WORDS, [(t.language, t.answer.word) for t in true]),
    ]
    return "\n".join(lines) + "\n"


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def table(title: str, words: Sequence[str], pairs: Iterable[tuple[str, str]]) -> list[str]:
    """One row for each name, with the number of each answer."""
    counts = Counter(pairs)
    names = list(dict.fromkeys(name for name, _ in counts))
    rows = [f"| {title} | {' | '.join(words)} | all |", f"|---{'|---:' * (len(words) + 1)}|"]
    for name in (*sorted(names), None):
        found = [sum(n for (a, w), n in counts.items() if w == word and name in (a, None)) for word in words]
        rows.append(f"| {name or 'all'} | {' | '.join(map(str, found))} | {sum(found)} |")
    return rows
