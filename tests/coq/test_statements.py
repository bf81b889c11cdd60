"""How terms are read in Coq, and that nothing of a user's text gets there but letters and digits."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from symderiv.coq.errors import Untranslated
from symderiv.coq.lemmas import quantified
from symderiv.coq.names import Names
from symderiv.coq.statements import Statements
from symderiv.kernel import terms as k

X, Y = k.Index("x", "X"), k.Index("y", "Y")
P = k.Entry("P", (X, Y))


def text(term: k.Term) -> str:
    return Statements(Names([term])).real(term)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (k.number(3), "(IZR 3)"),
        (k.number(-3), "(IZR (-3))"),
        (k.number(Fraction(-1, 2)), "(IZR (-1) / IZR 2)"),
        (k.Size("X"), "(INR size0_X)"),
        (k.Add(()), "(IZR 0)"),
        (k.Multiply((k.Symbol("a"), k.Symbol("b"), k.Symbol("c"))), "((symbol0_a * symbol1_b) * symbol2_c)"),
        (k.Power(k.Symbol("a"), Fraction(-1)), "(/ symbol0_a)"),
        (k.Power(k.Symbol("a"), Fraction(-2)), "(/ (symbol0_a ^ 2))"),
        (k.Power(k.Symbol("a"), Fraction(1, 2)), "(rpow symbol0_a (IZR 1 / IZR 2))"),
        (k.Apply("log", (k.Symbol("a"),)), "(ln symbol0_a)"),
        (k.Apply("ln", (k.Symbol("a"),)), "(function0_ln symbol1_a)"),
        (k.Delta(X, k.Index("z", "X")), "(delta index1_x index2_z)"),
        (P, "(tensor4_P index1_x index3_y)"),
        (k.Entry("P", (k.Gather("s", "X", (Y,)),)), "(tensor4_P (map2_s index3_y))"),
    ],
)
def test_a_term_has_one_reading(term: k.Term, expected: str) -> None:
    assert re.sub(r"\d+_", "_", text(term)) == re.sub(r"\d+_", "_", expected)


def test_a_sum_ranges_over_the_numbers_below_the_size() -> None:
    term = k.sum_over([X], k.sum_over([Y], P))
    assert text(term) == "(sumn size0_X (fun k0 : nat => (sumn size1_Y (fun k1 : nat => (tensor2_P k0 k1)))))"


def test_a_statement_quantifies_over_sizes_that_are_positive_and_indices_in_their_range() -> None:
    hypothesis = k.forall([X], k.Implies(k.nonzero(k.Entry("q", (X,))), k.positive(k.Entry("q", (X,)))))
    names = Names([k.Entry("q", (X,)), hypothesis])
    statement, intros = quantified(names, {"h0": hypothesis}, "True")
    size, q, x = names("size", "X"), names("tensor", "q"), names("index", "x")
    assert statement.split("\n  ") == [
        f"forall ({size} : nat) ({q} : nat -> R) ({x} : nat),",
        f"(0 < {size})%nat ->",
        f"({x} < {size})%nat ->",
        f"(forall k0 : nat, (k0 < {size})%nat -> ((({q} k0) <> (IZR 0)) -> ((IZR 0) < ({q} k0)))) ->",
        "True",
    ]
    assert intros == f"{size} {q} {x} p_{size} r_{x} h0"


@pytest.mark.parametrize("name", ["P*) Admitted. (*", 'a" ).\nAxiom f : False.', "∀ε", "forall", "%0", "x'", "a b"])
@pytest.mark.parametrize("make", [k.Symbol, lambda n: k.Entry(n, (X,)), k.Size, lambda n: k.Index(n, "X")])
def test_names_in_coq_are_identifiers(name: str, make) -> None:
    try:
        names = Names([make(name)])
    except Untranslated:
        assert name.startswith("%")
        return
    for kind in ("symbol", "tensor", "size", "index"):
        assert all(re.fullmatch(r"[a-z]+\d+(_[A-Za-z0-9]+)?", own) for _, own, _ in names.all(kind))


def test_two_names_that_keep_the_same_letters_stay_apart() -> None:
    names = Names([k.Symbol("a'"), k.Symbol("a*"), k.Entry("a", (X,))])
    assert len({names("symbol", "a'"), names("symbol", "a*"), names("tensor", "a")}) == 3


@pytest.mark.parametrize(
    "terms",
    [
        [k.Entry("P", (X,)), k.Entry("P", (X, X))],
        [k.Entry("P", (X,)), k.Entry("P", (k.Index("x", "Y"),))],
        [k.Power(k.Symbol("a"), Fraction(10**9))],
    ],
)
def test_what_has_no_single_reading_is_refused(terms: list[k.Term]) -> None:
    with pytest.raises(Untranslated):
        Names(terms)
