"""Every rule with a statement is proved by the kernel, holds at random points, and needs each of its conditions."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest

from symderiv.kernel.axioms import AXIOMS
from symderiv.kernel.replay import replay_proof
from symderiv.kernel.terms import Relation as KernelRelation
from symderiv.language.encode import encode
from symderiv.model.statement import Context, Proposition, Relation, Statement
from symderiv.refuters.finite import sequent
from symderiv.refuters.random_models import models
from symderiv.rules.registry import in_words, rules
from symderiv.search import ProofFound, Question, search

STATED = [rule for rule in rules().values() if isinstance(rule.statement, Proposition)]
NAMES = [rule.name for rule in STATED]


def ask(proposition, given):
    return search(Question(encode(Statement(proposition, Context(tuple(given))))))


@pytest.mark.parametrize("rule", STATED, ids=NAMES)
def test_a_rule_is_proved_under_its_conditions_alone(rule):
    answer = ask(rule.statement, rule.given)
    assert isinstance(answer, ProofFound), answer
    assert answer.conditions == ()
    replay_proof(answer.goal, answer.proof)


@pytest.mark.parametrize("rule", [r for r in STATED if r.given], ids=[r.name for r in STATED if r.given])
def test_no_condition_of_a_rule_is_idle(rule):
    for condition in rule.given:
        fewer = tuple(c for c in rule.given if c != condition)
        answer = ask(rule.statement, fewer)
        assert not isinstance(answer, ProofFound) or answer.conditions


@pytest.mark.parametrize("rule", STATED, ids=NAMES)
def test_a_rule_agrees_with_random_instances(rule):
    answer = ask(rule.statement, rule.given)
    needs_functions = rule.name == "convexity.jensen"
    assert answer.instances is None if needs_functions else answer.instances > 0


def test_the_axioms_are_the_expected_ones():
    assert set(AXIOMS) == {"logarithm.tangent", "real.indicator"}


PLAIN = {"hypothesis", "condition", "definition", "citation"}
"""The ids without a topic."""


def test_ids_are_permanent_and_words_are_found():
    assert all(name == rule.name for name, rule in rules().items())
    assert {name for name in rules() if not re.fullmatch(r"[a-z]+\.[a-z]+([-_][a-z]+)*", name)} == PLAIN
    assert in_words(["logarithm.quotient", "logarithm.quotient", "no.such"]) == "log of a quotient; no.such"


@pytest.mark.parametrize("rule", STATED, ids=NAMES)
def test_an_inequality_is_attained_somewhere(rule):
    """Else it could be stated with another number in it, and nobody would notice."""
    if rule.statement.relation in (Relation.AT_MOST, Relation.AT_LEAST) and rule.name != "convexity.jensen":
        goal = sequent(encode(Statement(rule.statement, Context(tuple(rule.given)))))
        equation = KernelRelation("=", *goal.conclusion.children)
        drawn = models(goal.hypotheses, (goal.conclusion,), Random(0), 40)
        assert any(evaluator.holds(equation) is not False for _, evaluator in drawn), rule.name


def test_a_rule_turned_round_is_not_proved():
    for rule in STATED:
        if rule.statement.relation.value == "<=" and rule.name != "real.indicator":  # there both sides are 1
            turned = replace(rule.statement, left=rule.statement.right, right=rule.statement.left)
            assert not isinstance(ask(turned, rule.given), ProofFound), rule.name
