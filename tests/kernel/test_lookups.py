"""Where two indices that are looked up are equal, one stands for the other in all other factors."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.terms import Apply, Delta, Entry, Gather, Index, Multiply, Power, sum_over

I, J = Index("i", "I"), Index("j", "I")
ONE, OTHER = Gather("g", "N", (I,)), Gather("g", "N", (J,))
EQUAL = Delta(ONE, OTHER)


def entry(place):
    return Entry("u", (place,))


@pytest.mark.parametrize(
    "made", [entry, lambda place: Power(entry(place), Fraction(-1)), lambda place: Apply("exp", (entry(place),))]
)
def test_either_may_stand(made):
    normal = Normalizer().polynomial
    assert normal(Multiply((EQUAL, made(ONE)))) == normal(Multiply((EQUAL, made(OTHER))))
    assert normal(made(ONE)) != normal(made(OTHER))


def test_the_one_that_is_not_summed_is_kept():
    normal = Normalizer().polynomial
    weight = Entry("w", (J,))
    summed = sum_over([J], Multiply((EQUAL, entry(OTHER), weight)))
    assert normal(summed) == normal(Multiply((entry(ONE), sum_over([J], Multiply((EQUAL, weight))))))


def test_other_lookups_stay():
    normal = Normalizer().polynomial
    third = entry(Gather("h", "N", (I,)))
    assert normal(Multiply((EQUAL, third))) != normal(Multiply((EQUAL, entry(ONE))))
