"""One trial: a claim that is true or false by construction, what symderiv says of it, and whether it may say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.adversary import contexts, densities, derivatives, events, families, integrals, limits, ordered, programs
from tests.adversary.asking import Answer, ask, ask_of_document, ask_of_program
from tests.adversary.languages import LANGUAGES
from tests.adversary.models import is_true, positive_witness, witness
from tests.adversary.planted import plant
from tests.adversary.shrinking import shrunk
from tests.adversary.texts import TRUE, Text
from tests.adversary.tree import Claim

TEXTS: dict[str, Callable[[Random, bool], Text | None]] = {
    "contexts": contexts.text,
    "densities": densities.text,
    "derivatives": derivatives.text,
    "events": events.text,
    "families": families.text,
    "integrals": integrals.text,
    "limits": limits.text,
    "ordered": ordered.text,
}
"""Languages whose statements come with the prose around them: whether the last of it is to be true is the argument."""

SURFACES = {
    "matrices": ("document",),
    "sums": ("statement", "document"),
    "products": ("statement", "document"),
    "algebra": ("statement", "statement", "document", "script"),
    "logarithms": ("statement", "statement", "document", "script"),
    "powers": ("statement", "statement", "document", "script"),
    "probability": ("statement", "statement", "script"),
    "information": ("statement", "statement", "script"),
    "expectation": ("statement", "statement", "script"),
    "inequalities": ("statement", "statement", "script"),
    "loops": ("program",),
    **dict.fromkeys(TEXTS, ("document",)),
}
"""Where the statements of a language are put."""

ATTEMPTS = 5


@dataclass(frozen=True)
class Trial:
    """What happened.  `kind` is the kind of error, or `true`; `defect` says what symderiv did wrong."""

    language: str
    number: int
    seed: int
    surface: str
    kind: str
    answer: Answer
    defect: str = ""
    small: str = ""


Task = tuple[str, int, int, bool]
"""Language, number, seed, and whether an error is planted."""


def claimed(task: Task) -> tuple[str, Claim, Random] | None:
    """The statement of a task, with its kind; None where none came out that is certainly true, or certainly false."""
    language, number, seed, wrong = task
    random = Random(f"{seed}:{language}:{number}:{wrong}")
    for _ in range(ATTEMPTS):
        claim = LANGUAGES[language](random)
        if not is_true(claim, random):
            continue
        if not wrong:
            return TRUE, claim, random
        planted = plant(claim, random)
        if planted is not None and witness(planted[1], random) is not None:
            return *planted, random
    return None


def tried(task: Task) -> Trial | None:
    """One trial; to be called in a worker."""
    if task[0] == "loops":
        return tried_program(task)
    if task[0] in TEXTS:
        return tried_text(task)
    found = claimed(task)
    if found is None:
        return None
    kind, claim, random = found
    language, number, seed, _ = task
    surface = random.choice(SURFACES[language])
    style = f"{seed}:{number}"
    answer = ask(claim, surface, style)
    defect = defect_of(kind, claim, answer, random)
    if kind != TRUE and answer.word == "proved" and not defect:
        answer = replace(answer, word="conditional")
    trial = Trial(language, number, seed, surface, kind, answer, defect)
    if not defect:
        return trial

    def fails(smaller: Claim) -> bool:
        right_kind = is_true(smaller, Random(1)) if kind == TRUE else witness(smaller, Random(1)) is not None
        return right_kind and defect_of(kind, smaller, ask(smaller, surface, style), Random(1)) == defect

    return replace(trial, small=ask(shrunk(claim, fails), surface, style).text)


def tried_program(task: Task) -> Trial | None:
    """The same for a loop program."""
    language, number, seed, wrong = task
    random = Random(f"{seed}:{language}:{number}:{wrong}")
    for _ in range(ATTEMPTS):
        kind, program = TRUE, programs.program(random)
        if not programs.is_right(program, random):
            continue
        if wrong:
            planted = programs.plant(program, random)
            if planted is None or programs.is_right(planted[1], random) is not False:
                continue
            kind, program = planted
        answer = ask_of_program(program.text())
        bad = {"refuted", "diagnosed"} if kind == TRUE else {"proved"}
        defect = f"a program that is {'right is refuted' if kind == TRUE else 'wrong is proved'}"
        return Trial(language, number, seed, "program", kind, answer, defect if answer.word in bad else "")
    return None


def tried_text(task: Task) -> Trial | None:
    """The same for a document."""
    language, number, seed, wrong = task
    random = Random(f"{seed}:{language}:{number}:{wrong}")
    found = next(filter(None, (TEXTS[language](random, not wrong) for _ in range(ATTEMPTS * 4))), None)
    if found is None:
        return None
    answer = ask_of_document(found.text)
    bad = "refuted" if found.kind == TRUE else "proved"
    defect = f"a {'true' if found.kind == TRUE else 'false'} statement is {bad}" if answer.word == bad else ""
    if bad == "proved" and answer.conditions and found.conditional:
        answer, defect = replace(answer, word="conditional"), ""
    return Trial(language, number, seed, "document", found.kind, answer, defect)


def defect_of(kind: str, claim: Claim, answer: Answer, random: Random) -> str:
    """What is wrong with an answer: a false claim is proved, or a true one refuted.

    A proof under conditions is wrong where the claim is false at positive numbers, which satisfy them.
    """
    if kind == TRUE:
        return "a true statement is refuted" if answer.word == "refuted" else ""
    if answer.word != "proved" or (answer.conditions and positive_witness(claim, random) is None):
        return ""
    return "a false statement is proved"
