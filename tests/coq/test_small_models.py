"""Models of hypotheses: small ones are found, and none of what is contradictory."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.coq.errors import Unproved
from symderiv.coq.small_models import model_of
from symderiv.kernel import terms as k

X, Y = k.Index("x", "X"), k.Index("y", "Y")
P = k.Entry("P", (X,))
A = k.Symbol("a")
POSITIVE, TOTAL = k.forall([X], k.positive(P)), k.Relation("=", k.sum_over([X], P), k.ONE)


def test_a_distribution_has_one_element_of_weight_1() -> None:
    model, _ = model_of([POSITIVE, TOTAL])
    assert model.sizes == {"X": 1}
    assert model.tensors == {"P": {(0,): Fraction(1)}}


def test_sizes_fit_what_is_said_of_them() -> None:
    model, _ = model_of([k.Relation("=", k.Size("X"), k.Add((k.Size("Y"), k.ONE)))])
    assert model.sizes == {"X": 2, "Y": 1}


def test_zeros_are_found_where_they_are_needed() -> None:
    centred = k.Relation("=", k.sum_over([X], k.Multiply((P, k.Entry("t", (X,))))), k.ZERO)
    model, _ = model_of([POSITIVE, TOTAL, centred])
    assert model.tensors["t"] == {(0,): Fraction(0)}


@pytest.mark.parametrize(("kind", "constant"), [("=", 0), ("!=", 1)])
def test_functions_without_interpretation_are_constant(kind: str, constant: int) -> None:
    assert model_of([k.forall([A], k.Relation(kind, k.Apply("f", (A,)), k.ZERO))])[1] == constant


@pytest.mark.parametrize(
    "hypotheses",
    [
        [k.positive(A), k.positive(k.negate(A))],
        [k.Relation("=", A, k.ONE), k.Relation("=", A, k.number(2))],
        [k.Relation("<", k.Size("X"), k.ONE)],
        [TOTAL, k.forall([X], k.Relation("=", P, k.ZERO))],
        [k.forall([A], k.Relation("<", k.Apply("f", (A,)), A))],
    ],
)
def test_what_is_contradictory_has_no_model(hypotheses: list[k.Term]) -> None:
    with pytest.raises(Unproved):
        model_of(hypotheses)
