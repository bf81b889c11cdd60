"""Where two indices that are looked up are equal, one stands for the other in all other factors."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq

from symderiv.kernel import polynomial as p
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import Product
from symderiv.kernel.terms import Apply, Delta, Entry, Gather, Index, Multiply, Power, nonzero, sum_over

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


@pytest.mark.parametrize(("inner", "outer"), [("g", "g"), ("g", "h"), ("h", "g")])
def test_what_is_alike_in_a_group_is_its_mean(inner, outer):
    """The factor that depends on the group alone is not summed, and the rest is what it is divided by."""
    place = Gather(outer, "N", (I,))
    weight = Multiply((Delta(Gather(inner, "N", (J,)), place), Entry("w", (J,))))
    total = sum_over([J], weight)
    mean = Multiply((sum_over([J], Multiply((weight, entry(Gather(inner, "N", (J,)))))), Power(total, Fraction(-1))))
    normal = Normalizer([nonzero(Normalizer().canonical(total))]).polynomial
    assert normal(mean) == normal(entry(place))


def test_an_index_may_stand_for_a_lookup():
    n = Index("n", "N")
    looked_up = Delta(ONE, n)
    normal = Normalizer().polynomial
    assert normal(Multiply((looked_up, entry(ONE)))) == normal(Multiply((looked_up, entry(n))))
    summed = sum_over([J], Multiply((Delta(OTHER, n), entry(OTHER))))
    assert normal(summed) == normal(Multiply((entry(n), sum_over([J], Delta(OTHER, n)))))


@pytest.mark.parametrize("start", ["m", "z"])
def test_what_is_looked_up_again_stands_for_itself(start):
    n = Index(start, "N")
    once = Gather("g", "N", (n,))
    twice = Gather("g", "N", (once,))
    normal = Normalizer().polynomial
    for one, other in ((n, once), (once, twice), (n, twice)):
        for equal in (Delta(one, other), Delta(other, one)):
            assert normal(Multiply((equal, entry(one)))) == normal(Multiply((equal, entry(other))))
            assert normal(Multiply((equal, entry(n)))) != normal(entry(n))


def test_other_lookups_stay():
    normal = Normalizer().polynomial
    third = entry(Gather("h", "N", (I,)))
    assert normal(Multiply((EQUAL, third))) != normal(Multiply((EQUAL, entry(ONE))))


def test_two_sums_over_one_group_come_to_an_end():
    """In a part of the product, where nothing is summed, `[n = g(i)]` could be solved for `n`, again and again."""
    n = Index("n", "N")
    both = Multiply((Delta(n, ONE), Delta(n, OTHER), Entry("w", (I,)), Entry("w", (J,))))
    normal = Normalizer(budget=300).polynomial
    within = sum_over([I, J], Multiply((both, entry(ONE), Apply("step", (entry(OTHER),)))))
    outside = Multiply((sum_over([I, J], both), entry(n), Apply("step", (entry(n),))))
    assert normal(within) == normal(outside)


@pytest.mark.parametrize("value", [ONE, J])
def test_no_name_of_another_factor_is_taken_where_an_index_is_replaced(value):
    """Sums among the factors get new names for their indices, which other factors must not have."""
    place, summed, other = Index("n", value.domain), Index("k", "K"), Index("$0", "K")
    rest = (*(sum_over([summed], Entry(name, (summed,))) for name in "vw"), Entry("z", (other,)))
    factors = (Delta(place, value), Entry("u", (value,)), *rest)
    bound = (place,) if value is J else ()
    settled = Normalizer().settle(Product(fmpq(1), bound, tuple((factor, 1) for factor in factors)))
    assert settled == Normalizer().polynomial(Multiply(factors[1 if bound else 0 :]))


def group(i, j):
    """Two terms of sums over pairs that are looked up alike."""
    return Delta(Gather("g", "N", (i,)), Gather("g", "N", (j,)))


@pytest.mark.parametrize("made", [entry, lambda place: Apply("step", (entry(place),))])
def test_of_two_that_are_summed_either_may_stand(made):
    """Neither name comes first: what depends on their group alone is a function of the group."""
    normal = Normalizer(budget=300).polynomial
    first, second = Entry("v", (I,)), Entry("w", (J,))
    one, other = (sum_over([I, J], Multiply((EQUAL, first, second, made(place)))) for place in (ONE, OTHER))
    assert normal(one) == normal(other)
    turned = sum_over([J, I], Multiply((EQUAL, first, second, made(ONE))))
    assert normal(one) == normal(turned)
    assert normal(one) != normal(sum_over([I, J], Multiply((first, second, made(ONE)))))
    assert normal(one) != normal(sum_over([I, J], Multiply((EQUAL, first, Entry("w", (I,)), made(ONE)))))


def test_three_that_are_looked_up_alike_are_one_group():
    h = Index("h", "I")
    normal = Normalizer(budget=600).polynomial
    weights = (Entry("u", (h,)), Entry("v", (I,)), Entry("w", (J,)))
    ways = [(group(h, I), group(I, J)), (group(h, J), group(J, I)), (group(h, I), group(h, J))]
    forms = {p.quote(normal(sum_over([h, I, J], Multiply((*way, *weights))))) for way in ways}
    assert len(forms) == 1


def test_an_index_that_is_looked_up_once_or_from_outside_is_replaced():
    n = Index("n", "N")
    normal = Normalizer().polynomial
    weight = Entry("w", (J,))
    assert normal(sum_over([n, J], Multiply((Delta(n, OTHER), entry(n), weight)))) == normal(
        sum_over([J], Multiply((entry(OTHER), weight)))
    )
    outside = sum_over([n, J], Multiply((Delta(n, ONE), Delta(n, OTHER), entry(n), weight)))
    assert normal(outside) == normal(Multiply((entry(ONE), sum_over([J], Multiply((EQUAL, weight))))))


@pytest.mark.parametrize(
    "beside",
    [
        lambda place: Entry("w", (place, OTHER)),
        lambda place: Multiply((entry(place), Entry("w", (OTHER,)))),
        lambda place: Multiply((entry(place), Delta(OTHER, Index("m", "N")))),
        lambda place: Multiply((entry(place), Delta(Gather("h", "N", (place,)), place))),
    ],
)
def test_an_index_that_equals_one_lookup_alone_is_replaced(beside):
    """Whatever is looked up beside it, it is no group: that has two that are equal to it, apart from each other."""
    n = Index("n", "N")
    normal = Normalizer(budget=600).polynomial
    summed = sum_over([n, I, J], Multiply((Delta(n, ONE), beside(n))))
    assert normal(summed) == normal(sum_over([I, J], beside(ONE)))


def test_what_is_looked_up_in_itself_comes_to_an_end():
    twice = Gather("g", "I", (Gather("g", "I", (I,)),))
    once = Gather("g", "I", (J,))
    normal = Normalizer(budget=600).polynomial
    for equal in (Delta(Gather("g", "I", (I,)), twice), Delta(once, Gather("g", "I", (once,)))):
        assert normal(sum_over([I, J], equal)) == normal(sum_over([J, I], equal))
