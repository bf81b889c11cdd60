"""Counterexamples are small: with one element less in any of its index sets none is found, however often one tries."""

from __future__ import annotations

from random import Random

import pytest

from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.replay import replay_refutation
from symderiv.kernel.terms import key
from symderiv.language.encode import encode
from symderiv.model.statement import Context, Statement
from symderiv.refuters.random_models import drawn_models, signature_of
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
            stated = sorted(goal.hypotheses, key=key)
            drawn = drawn_models(stated, signature_of((goal.conclusion, *stated)), Random(1), [smaller], TRIES)
            assert not any(refutes(goal, *found) for found in drawn), smaller
