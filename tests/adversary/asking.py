"""Statements put to symderiv where users put them: one in LaTeX, a document, a script.  Answers are words."""

from __future__ import annotations

import gc
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from unittest.mock import patch

from symderiv import check
from symderiv.answers import judged
from symderiv.language.encode import encode
from symderiv.language.written import LanguageError
from symderiv.model.diagnostic import SymderivError
from symderiv.model.statement import Context, Statement
from symderiv.model.verdict import Proved, Refuted, Verdict
from symderiv.runner import Finished
from symderiv.search import Question, search
from symderiv.writers.verdicts import name_of
from tests.adversary.latex import writer
from tests.adversary.scripts import proposition
from tests.adversary.tree import Claim
from tests.processes import ClerkHere, Here

OPTIONS = check.Options(jobs=1, cache=False)


@dataclass(frozen=True)
class Answer:
    """The word for a verdict, its conditions, what was asked, and what was shown."""

    word: str
    conditions: tuple[str, ...] = ()
    text: str = ""
    shown: str = ""


def answered(verdict: Verdict, text: str) -> Answer:
    conditions = verdict.conditions if isinstance(verdict, Proved) else ()
    shown = str(verdict.counterexample.values) if isinstance(verdict, Refuted) else getattr(verdict, "reason", "")
    return Answer(name_of(verdict), tuple(conditions), text, shown)


def as_statement(claim: Claim, random: Random) -> Answer:
    """`symderiv prove TEXT --assume ...`"""
    style = replace(writer(claim, random), exponential=False)
    text, assumptions = style.claim(claim)
    asked = " ;; ".join((text, *assumptions))
    try:
        report = check.prove_statement(text, assumptions, OPTIONS)
    except SymderivError as error:
        return Answer("unread", (), asked, f"{error.diagnostic.code}: {error.diagnostic.message}")
    return answered(report.files[0].derivations[0].steps[-1].verdict, asked)


def as_document(claim: Claim, random: Random) -> Answer:
    """`symderiv check FILE.md` of a text with one chain: L = L, and from there to R"""
    style = writer(claim, random)
    left, sign, right = style.row(claim.relation)
    assumptions = style.assumptions(claim)
    declared = "".join(f"<!-- symderiv: {a} -->\n\n" for a in assumptions if a.startswith("let"))
    supposed = "".join(f"Suppose that\n\n$$\n{a}\n$$\n\n" for a in assumptions if not a.startswith("let"))
    chain = f"\\begin{{align}}\n{left} &= {left} \\\\\n&{sign} {right}\n\\end{{align}}"
    asked = " ;; ".join((f"{left} {sign} {right}", *assumptions))
    return last_of_document(f"{declared}{supposed}It follows that\n\n{chain}\n", asked)


def last_of_document(text: str, asked: str) -> Answer:
    """What is said of the last relation of a document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.md"
        path.write_text(text, encoding="utf-8")
        (report,) = check.check_paths([path], OPTIONS).files
        gc.unfreeze()
    steps = [step for derivation in report.derivations for step in derivation.steps]
    last = max((step.span.line for step in steps), default=0)
    if last < text.rstrip().count("\n") - 2:
        return Answer("unread", (), asked, "; ".join(d.message for d in report.diagnostics))
    return answered(steps[-1].verdict, asked)


@patch.multiple(check, Workers=Here, Clerks=ClerkHere)
def ask_of_document(text: str) -> Answer:
    """What is said of the last relation of a document, which is asked for as it stands."""
    return last_of_document(text, text)


def as_script(claim: Claim, random: Random) -> Answer:
    """The words of a derivation script"""
    text = writer(claim, random).relation(claim.relation)
    try:
        assumptions = tuple(map(proposition, claim.hypotheses))
        encoded = encode(Statement(proposition(claim.relation, claim.words), Context(assumptions)))
    except LanguageError as error:
        return Answer("unread", (), text, str(error))
    verdict, _ = judged(encoded, Finished(search(Question(encoded))), {})
    return answered(verdict, text)


@patch.multiple(check, Workers=Here, Clerks=ClerkHere)
def ask_of_program(text: str) -> Answer:
    """`symderiv check FILE.loops`.  All gradients are one answer: that of the worst."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "program.loops"
        path.write_text(text, encoding="utf-8")
        (report,) = check.check_paths([path], OPTIONS).files
        gc.unfreeze()
    if report.diagnostics:
        return Answer("diagnosed", (), text, "; ".join(d.message for d in report.diagnostics))
    answers = [answered(step.verdict, text) for derivation in report.derivations for step in derivation.steps]
    worst = ("refuted", "gap", "unread", "unknown", "plausible", "given", "proved")
    return min(answers, key=lambda answer: worst.index(answer.word))


SURFACES = {"statement": as_statement, "document": as_document, "script": as_script}


@patch.multiple(check, Workers=Here, Clerks=ClerkHere)
def ask(claim: Claim, surface: str, seed: str) -> Answer:
    """What symderiv says of a claim.  The style of writing depends on the seed alone."""
    return SURFACES[surface](claim, Random(seed))
