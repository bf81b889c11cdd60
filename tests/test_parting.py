"""Where the sides of a refuted equation part is said where it is definite, and only there."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from symderiv.check import Options, prove_statement
from symderiv.cli import main
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.terms import Add, Apply, Implies, Multiply, Power, Relation, Symbol, number, positive
from symderiv.model.verdict import Refuted
from symderiv.parting import parting

a, b, c, d = map(Symbol, "abcd")
AT = Model(symbols={"a": 2, "b": 3, "c": 5, "d": 2})


def said(left, right, *premises, kind="="):
    goal = Relation(kind, left, right)
    for premise in premises:
        goal = Implies(premise, goal)
    return parting(Sequent(frozenset(), goal), AT, lambda term: term.name if isinstance(term, Symbol) else "?", str)


def plus(*terms):
    return Add(terms)


def times(*factors):
    return Multiply(factors)


THERE = "there all summands agree but $c = 5$ on the left and $d = 2$ on the right"
TOLD = [
    (plus(a, b), plus(a, c), "all summands agree but $b = 3$ on the left and $c = 5$ on the right"),
    (plus(a, b), plus(c, a), "all summands agree but $b = 3$ on the left and $c = 5$ on the right"),
    (plus(a, b), plus(d, c), "all summands agree but $b = 3$ on the left and $c = 5$ on the right"),
    (plus(a, plus(b, c)), plus(c, a), "all summands agree but $b = 3$ on the left"),
    (plus(a, b), a, "all summands agree but $b = 3$ on the left"),
    (a, plus(b, a), "all summands agree but $b = 3$ on the right"),
    (times(a, b), times(a, times(c)), "all factors agree but $b = 3$ on the left and $c = 5$ on the right"),
    (
        times(a, plus(b, c)),
        times(a, plus(b, d)),
        f"all factors agree but $? = 8$ on the left and $? = 5$ on the right; {THERE}",
    ),
]


@pytest.mark.parametrize(("left", "right", "words"), TOLD)
def test_the_part_that_is_left_is_told(left, right, words):
    assert said(left, right) == words
    assert said(left, right, positive(a)) == words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (a, b),
        (plus(a, b), c),
        (plus(a, b), plus(b, c, d)),
        (plus(a, b), plus(c, b, a, d)),
        (plus(b, c), plus(a, a)),
        (Power(a, Fraction(2)), Power(b, Fraction(2))),
        (times(a, number(-1)), a),
        (plus(a, number(1)), a),
        (plus(a, Apply("f", (b,))), plus(d, Apply("g", (b,)))),
        (plus(a, b), plus(a, number(1), number(7))),
    ],
)
def test_nothing_is_said_where_it_is_not_definite(left, right):
    assert said(left, right) == ""


def test_nothing_is_said_of_inequalities():
    assert said(plus(a, c), plus(a, b), kind="<=") == ""


def where(text, *assumptions):
    (verdict,) = (
        step.verdict
        for step in prove_statement(text, assumptions, Options(jobs=1, cache=False)).files[0].derivations[0].steps
    )
    assert isinstance(verdict, Refuted)
    return verdict.counterexample.where


def test_sums_over_a_set_part_at_an_index():
    words = where(r"\sum_i x_i y_i = \sum_i x_i z_i")
    assert words.startswith("the terms at $i = 0$ are ")
    assert "; there all factors agree but $y_{i} = " in words


def test_matrices_part_at_an_entry():
    words = where("A B = B A", "let A, B be n by n matrices")
    assert words.startswith("the entries at row ")


def test_a_summand_of_a_document_is_written_as_it_is_there():
    words = where(r"a x + b y + c = c + a x - b y")
    assert words.startswith(r"all summands agree but $b \, y = ")


def test_reports_say_it(capsys):
    assert main(["prove", "--no-cache", "a + b = a + c"]) == 1
    assert "    all summands agree but $b = " in capsys.readouterr().out
    assert main(["prove", "--no-cache", "--format", "json", "a + b = a + c"]) == 1
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["derivations"][0]["steps"][0]["counterexample"]["where"].startswith("all summands agree but $b = ")
