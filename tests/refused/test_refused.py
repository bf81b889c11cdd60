"""Nothing in this folder may ever be proved, and each is refuted by values that the kernel evaluates.

A case is a name, the statement, and its assumptions.  The folder only grows.
"""

from __future__ import annotations

import pytest

from symderiv.kernel.replay import replay_refutation
from symderiv.language.encode import encode
from symderiv.model.statement import Context, Statement
from symderiv.search import CounterexampleFound, Question, search
from tests.refused import algebra, information

CASES = [*algebra.CASES, *information.CASES]


@pytest.mark.parametrize(("statement", "assumptions"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_wrong_statement_is_refuted(statement, assumptions):
    answer = search(Question(encode(Statement(statement, Context(assumptions)))))
    assert isinstance(answer, CounterexampleFound), answer
    replay_refutation(answer.goal, answer.model)


def test_there_are_many_and_each_is_named_once():
    names = [case[0] for case in CASES]
    assert len(names) == len(set(names)) >= 120
