"""The values of indices: between which ends they lie, and which models have them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.kernel import terms as k
from symderiv.language.index_values import bounds_of_values, respects_values, value_tensor, values_of_elements

VALUE = k.Symbol("v")


def within(lower, value, upper):
    return (lower is None or lower < value) and (upper is None or value < upper)


def holds(known, value, size):
    """Whether a bound holds, at a value and with a number of elements."""

    def number(term):
        match term:
            case k.Number(v):
                return v
            case k.Symbol("v"):
                return Fraction(value)
            case k.Size():
                return size
            case k.Add(terms):
                return sum(map(number, terms))
            case k.Multiply(factors):
                product = Fraction(1)
                for factor in factors:
                    product *= number(factor)
                return product
        raise AssertionError(term)

    left, kind, right = known
    return number(left) <= number(right) if kind == "<=" else number(left) < number(right)


@pytest.mark.parametrize(
    ("domain", "first", "size"),
    [(r"\{1,\ldots,n\}", 1, 4), (r"\{0,\ldots,n-1\}", 0, 4), (r"\{-2,\ldots,n\}", -2, 4), (r"\{2,\ldots,5\}", 2, 4)],
)
def test_a_value_in_a_range_is_one_of_its_numbers(domain, first, size):
    bounds = list(bounds_of_values(domain, VALUE))
    assert len(bounds) == 2
    inside = [value for value in range(-9, 10) if all(holds(known, value, size) for known in bounds)]
    assert inside == [*range(first, first + size)]


def test_an_infinite_range_has_no_last_number():
    assert list(bounds_of_values(r"\{0,\ldots,\infty\}", VALUE)) == [(k.ZERO, "<=", VALUE)]


@pytest.mark.parametrize(
    ("domain", "lower", "upper", "count"),
    [
        (r"\int_{0}^{1}", 0, 1, 3),
        (r"\int_{1}^{3}", 1, 3, 4),
        (r"\int_{-2}^{-1}", -2, -1, 3),
        (r"\int_{0}^{\infty}", 0, None, 1),
        (r"\int_{2}^{\infty}", 2, None, 2),
        (r"\int_{-\infty}^{3}", None, 3, 2),
    ],
)
def test_a_value_between_limits_lies_between_them(domain, lower, upper, count):
    bounds = list(bounds_of_values(domain, VALUE))
    assert len(bounds) == count
    for value in (Fraction(n, 4) for n in range(-20, 21)):
        assert all(holds(known, value, 0) for known in bounds) == within(lower, value, upper)


@pytest.mark.parametrize(
    "domain",
    [
        r"\int_{1}^{1}",
        r"\int_{1}^{0}",
        r"\int_{a}^{b}",
        r"\int_{0}^{b}",
        r"\int_{a}^{1}",
        r"\int_{\infty}^{0}",
        r"\int_{1}^{-\infty}",
        r"\int_{-\infty}^{\infty}",
        "X",
    ],
)
def test_nothing_is_known_between_limits_that_may_be_in_the_other_order(domain):
    assert not list(bounds_of_values(domain, VALUE))


def test_the_values_of_the_elements_of_a_range():
    assert values_of_elements(value_tensor(r"\{2,\ldots,n\}"), 3) == (2, 3, 4)
    assert values_of_elements(value_tensor(r"\{2,\ldots,4\}"), 3) == (2, 3, 4)
    assert values_of_elements(value_tensor(r"\{2,\ldots,4\}"), 2) is None
    assert values_of_elements(value_tensor("X"), 3) is None
    assert values_of_elements(r"\{2,\ldots,n\}", 3) is None


def test_a_model_respects_the_values_of_ranges():
    def table(*values):
        return {(place,): Fraction(value) for place, value in enumerate(values)}

    fixed, free = value_tensor(r"\{1,\ldots,n\}"), value_tensor("X")
    assert respects_values({fixed: table(1, 2, 3), free: table(5, 5)})
    assert not respects_values({fixed: table(1, 2, 4)})
    assert not respects_values({value_tensor(r"\{1,\ldots,2\}"): table(1, 2, 3)})
