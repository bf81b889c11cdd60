"""Counterexamples are small: with one element less in any of its index sets none is found, however often one tries."""

from __future__ import annotations

from random import Random

import pytest

from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.replay import replay_refutation
from symderiv.language.encode import encode
from symderiv.model.statement import Context, Statement
from symderiv.refuters.random_models import models
from symderiv.search import CounterexampleFound, Question, search
from tests.refused import algebra, information

CASES = [*algebra.CASES, *information.CASES]
TRIES = 60


def refutes(goal, model, evaluator):
    try:
        return evaluator.holds(goal.conclusion) is False and bool(replay_refutation(goal, model))
    except (Rejected, Undefined):
        return False


@pytest.mark.parametrize(("statement", "assumptions"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_no_index_set_is_larger_than_needed(statement, assumptions):
    answer = search(Question(encode(Statement(statement, Context(assumptions)))))
    assert isinstance(answer, CounterexampleFound)
    goal = answer.goal
    for domain, size in answer.model.sizes.items():
        if size > 1:
            smaller = {**answer.model.sizes, domain: size - 1}
            drawn = models(goal.hypotheses, (goal.conclusion,), Random(1), TRIES, lambda _, s=smaller: [s], TRIES)
            assert not any(refutes(goal, *found) for found in drawn), smaller
