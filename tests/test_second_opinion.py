"""The second opinion agrees with the kernel's evaluator, and stops a normal form that is wrong, wherever it is used."""

from __future__ import annotations

import json
from itertools import pairwise
from random import Random

import pytest

from symderiv import check
from symderiv.check import Options, prove_statement, replay_report
from symderiv.kernel.errors import Exhausted, Rejected, Undefined
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.normal_form import Normalizer, forget
from symderiv.kernel.products import Simplifier
from symderiv.kernel.terms import (
    Add,
    Apply,
    Delta,
    Entry,
    Forall,
    Index,
    Multiply,
    Relation,
    Symbol,
    forall,
    number,
    sum_over,
)
from symderiv.language.encode import encode
from symderiv.model.statement import Context, Statement
from symderiv.model.verdict import Unknown
from symderiv.refuters.finite import sequent
from symderiv.refuters.random_models import models
from symderiv.search import conclude
from symderiv.second_opinion import Disagreement, Values, opinion
from tests.loops.programs import answer
from tests.processes import Here
from tests.refused import algebra, information

a = Symbol("a")
i = Index("i", "I")
u = Entry("u", (i,))


@pytest.fixture
def broken(monkeypatch, tmp_path):
    """A normal form that loses the mixed terms of squares, and the certificates of a folder of its own."""
    right = Normalizer.power

    def wrong(self, base, exponent):
        found = right(self, base, exponent)
        return {m: c for m, c in found.items() if len(m.factors) < 2} if exponent == 2 and len(base) == 2 else found

    forget()
    monkeypatch.setattr(Normalizer, "power", wrong)
    monkeypatch.setattr(check, "Workers", Here)
    monkeypatch.setenv("SYMDERIV_CACHE", str(tmp_path))
    yield tmp_path
    monkeypatch.undo()
    forget()


def verdict_on(text, *assumptions):
    (step,) = prove_statement(text, assumptions, Options(jobs=1, cache=False)).files[0].derivations[0].steps
    return step.verdict


def test_a_wrong_normal_form_proves_nothing(broken):
    verdict = verdict_on("(a + b)^2 = a^2 + b^2")
    assert isinstance(verdict, Unknown)
    assert "a defect of symderiv" in verdict.reason


def test_what_contradicts_a_proof_is_written_down_to_be_replayed(broken):
    verdict_on("(a + b)^2 = a^2 + b^2")
    (path,) = (broken / "defects").glob("*.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    assert [outcome.ok for outcome in replay_report(document)] == [True, True]


def test_once_the_normal_form_is_right_the_replay_rejects_the_proof(broken, monkeypatch):
    verdict_on("(a + b)^2 = a^2 + b^2")
    (path,) = (broken / "defects").glob("*.json")
    monkeypatch.undo()
    forget()
    outcomes = replay_report(json.loads(path.read_text(encoding="utf-8")))
    assert sorted(outcome.ok for outcome in outcomes) == [False, True]


def test_a_wrong_rule_of_the_kernel_proves_nothing(monkeypatch, tmp_path):
    right = Simplifier._logarithm_of
    wrong = lambda self, argument, live: {m: -c for m, c in (right(self, argument, live) or {}).items()} or None  # noqa: E731
    forget()
    monkeypatch.setattr(Simplifier, "_logarithm_of", wrong)
    monkeypatch.setattr(check, "Workers", Here)
    monkeypatch.setenv("SYMDERIV_CACHE", str(tmp_path))
    found = verdict_on(r"\ln(a b) = -\ln a - \ln b", "a > 0", "b > 0")
    forget()
    assert isinstance(found, Unknown)
    assert "a defect of symderiv" in found.reason


def test_a_claim_that_follows_from_wrong_steps_is_stopped():
    goal = encode(Statement(algebra.CASES[0][1], Context(algebra.CASES[0][2])))
    false = Sequent(sequent(goal).hypotheses, goal.conclusion)
    assert isinstance(conclude(goal, [("step", false)], ()), Disagreement)


FEWEST = {
    "a square is positive": 1,
    "a square keeps an order": 4,
    "a strict order times what may be zero": 2,
    "a strict order of sums of weak ones": 1,
    "a product keeps an order": 8,
    "a square above its tangent": 4,
    "a map increases information": 4,
    "a map keeps entropy": 4,
}
"""What is false at few points is seldom seen to be."""

PROGRAM = """input x[B]
output y[B]
for b: y[b] = (x[b] + 1)^2
backward x
for b: x.grad[b] += 2 * (x[b] + 1) * y.grad[b]
"""


def test_equations_of_gradients_are_evaluated_too(monkeypatch, tmp_path):
    assert answer(PROGRAM).is_proved
    monkeypatch.setenv("SYMDERIV_CACHE", str(tmp_path))
    monkeypatch.setattr("symderiv.second_opinion.Values.holds", lambda self, term, bound=(): isinstance(term, Forall))
    assert answer(PROGRAM).words == ["Unknown"]


@pytest.mark.parametrize("case", [*algebra.CASES, *information.CASES], ids=lambda case: case[0])
def test_both_evaluators_agree_on_wrong_statements(case):
    goal = sequent(encode(Statement(case[1], Context(case[2]))))
    seen = 0
    for model, evaluator in models(goal.hypotheses, (goal.conclusion,), Random(1), 1):
        try:
            expected = evaluator.holds(goal.conclusion)
        except (Rejected, Undefined):
            continue
        found = Values(model, goal.hypotheses).holds(goal.conclusion)
        assert found is expected or (expected is not False and found is None)
        seen += 1
    assert seen or opinion(goal, 0).instances in (0, None)


@pytest.mark.parametrize("case", [*algebra.CASES, *information.CASES], ids=lambda case: case[0])
def test_three_models_are_enough_to_contradict_most_wrong_statements(case):
    goal = sequent(encode(Statement(case[1], Context(case[2]))))
    assert sum(opinion(goal, seed).contradiction is not None for seed in range(20)) >= FEWEST.get(case[0], 10)


def test_zero_times_what_has_no_value_is_zero():
    logarithm = Apply("log", (a,))
    values = Values(Model(symbols={"a": number(0).value}), ())
    for product in (Multiply((a, logarithm)), Multiply((logarithm, a))):
        assert values.number(product) == 0
    with pytest.raises(Undefined):
        values.number(logarithm)


def test_definitions_give_values_in_any_order_of_their_variables():
    j = Index("j", "J")
    t = forall([j, i], Relation("=", Entry("t", (i, j)), Add((u, Entry("v", (j,))))))
    model = Model(
        {"I": 2, "J": 3},
        {},
        {"u": {(n,): number(n).value for n in (0, 1)}, "v": {(n,): number(10 * n).value for n in range(3)}},
    )
    assert Values(model, [t]).named("t", (1, 2)) == 21


def test_what_is_defined_by_itself_has_no_value():
    circle = Relation("=", a, Add((a, number(1))))
    with pytest.raises(Undefined):
        Values(Model(), [circle]).number(a)


def test_what_takes_too_long_is_given_up():
    names = [Index(f"i{n}", "I") for n in range(12)]
    huge = sum_over(names, Multiply(tuple(Delta(one, other) for one, other in pairwise(names))))
    with pytest.raises(Exhausted):
        Values(Model({"I": 3}), ()).number(huge)
