"""The first edit of a refuted statement after which it is proved.

Edits come in the order in which people make such errors.  Numbers sort out those that are still wrong; what remains is
proved like any other statement, and replayed by the parent.  Nothing here is trusted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from random import Random

import symderiv.repairs
from symderiv.collect import collect
from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.sorts import check_sorts
from symderiv.kernel.terms import Term
from symderiv.language.encode import encode
from symderiv.language.written import LanguageError, Plus, Times
from symderiv.model.statement import Proposition, Relation, Statement
from symderiv.refuters.finite import sequent
from symderiv.refuters.random_models import models
from symderiv.repairs.edit import Edit, Edits
from symderiv.search import Question, proof_of

MOST = 1200
"""Edits that are tried with numbers."""
MOST_PROVED = 10
"""Edits of which a proof is tried."""
MODELS = 20
"""Points at which an edited statement may not fail, besides the counterexample."""
LEAST = 3
"""Points at which it must hold."""


@dataclass(frozen=True)
class Broken:
    """A refuted statement with its counterexample; `left_too` where its left side is not that of another row."""

    statement: Statement
    model: Model
    seed: int = 0
    left_too: bool = True


@dataclass(frozen=True)
class Mended:
    """What is true instead, the edit in words, and its number in the order of trial."""

    statement: Statement
    words: str
    number: int


def repaired(broken: Broken) -> int | None:
    """The number of the first edit that makes the statement provable."""
    points = _Points(broken)
    edits = enumerate(islice(_edits(broken.statement, broken.left_too), MOST))
    attempts = ((n, edit) for n, edit in edits if _says_something(broken.statement, edit))
    likely = ((n, edit) for n, edit in attempts if points.agree(broken.statement, edit))
    for number, edit in islice(likely, MOST_PROVED):
        if proof_of(Question(encode(_edited(broken.statement, edit)), (), broken.seed)) is not None:
            return number
    return None


def mended(statement: Statement, left_too: bool, number: int) -> Mended | None:
    """A statement after the edit of a number; None where there is no such edit."""
    edit = next(islice(_edits(statement, left_too), number, None), None)
    return None if edit is None else Mended(_edited(statement, edit), edit.words, number)


def _edits(statement: Statement, left_too: bool) -> Iterator[Edit]:
    """All edits, the likeliest first: of the right side, which was written last, before those of the left side.

    An inequality is most of all the wrong way round, or lacks a hypothesis; much else makes a weaker one of it.
    """
    said = statement.proposition
    first = () if said.relation is Relation.EQUAL else ("relation", "hypothesis")
    kinds = sorted(collect(symderiv.repairs, Edits), key=lambda e: (e.name not in first, e.cost))
    for kind in kinds:
        yield from _of_kind(kind, said, left_too=False)
    for kind in kinds if left_too else ():
        yield from (edit for edit in _of_kind(kind, said, left_too=True) if edit.proposition.left != said.left)


def _of_kind(kind: Edits, said: Proposition, left_too: bool) -> Iterator[Edit]:
    try:
        yield from kind.of(said, left_too)
    except LanguageError:
        return


def _says_something(statement: Statement, edit: Edit) -> bool:
    """False of `f = f` for `f = g`: a name is not mended by writing the other one."""
    said = statement.proposition
    is_compound = any(isinstance(side, Plus | Times) for side in (said.left, said.right))
    return is_compound or bool(edit.proposition.left != edit.proposition.right)


def _edited(statement: Statement, edit: Edit) -> Statement:
    assumptions = (*statement.context.assumptions, *edit.assumed)
    return replace(statement, proposition=edit.proposition, context=replace(statement.context, assumptions=assumptions))


class _Points:
    """The counterexample, and some more models of the hypotheses, at which edited statements are evaluated."""

    def __init__(self, broken: Broken) -> None:
        goal = sequent(encode(broken.statement))
        drawn = models(goal.hypotheses, (goal.conclusion,), Random(broken.seed), 2)
        self._models = (broken.model, *(model for model, _ in islice(drawn, MODELS)))
        self._evaluators: tuple[frozenset[Term], list[Evaluator]] = frozenset(), []

    def agree(self, statement: Statement, edit: Edit) -> bool:
        """True where the edited statement holds at some of the points, and fails at none that its hypotheses allow."""
        try:
            goal = sequent(encode(_edited(statement, edit)))
            check_sorts((goal.conclusion, *goal.hypotheses))
        except (LanguageError, Rejected):
            return False
        held = 0
        for evaluator in self._at(goal.hypotheses):
            try:
                if edit.assumed and any(evaluator.holds(h) is False for h in goal.hypotheses):
                    continue
                if evaluator.holds(goal.conclusion) is False:
                    return False
                held += 1
            except (Rejected, Undefined):
                continue
        return held >= LEAST or bool(edit.assumed)

    def _at(self, hypotheses: frozenset[Term]) -> Iterator[Evaluator]:
        """The values at each point.  Edited statements have most terms in common, so those of the last one are kept."""
        if self._evaluators[0] != hypotheses:
            self._evaluators = hypotheses, []
        known = self._evaluators[1]
        for number, model in enumerate(self._models):
            if number == len(known):
                known.append(Evaluator(model, hypotheses))
            yield known[number]
