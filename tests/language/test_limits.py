"""Limits of random functions, beside their values near to the place in many digits."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random

import pytest
from mpmath.ctx_mp import MPContext

from symderiv.kernel import terms as k
from symderiv.kernel.normal_form import Normalizer
from symderiv.language.limits import limits

MP = MPContext()
MP.dps = 400
"""Digits enough for the differences of powers of 10^40."""
VALUE = k.Entry("value in x", (k.Index("x", "x"),))
A, B = k.Symbol("a"), k.Symbol("b")
PLACES = ((None, (1,)), (None, (-1,)), (k.ZERO, (1, -1)), (A, (1, -1)), (k.ONE, (1,)), (k.ZERO, (1,)), (k.ZERO, (-1,)))
"""Where the value goes, and from which sides."""
NEAR = (20, 40)
"""Powers of ten at which a function is evaluated."""
FUNCTIONS = ("exp", "log", "abs", "sin", "cos")


def drawn(random: Random, depth: int) -> k.Term:
    """A function of the value, two names and numbers."""
    if depth == 0 or random.random() < 0.15:
        return random.choice((VALUE, VALUE, VALUE, A, B, k.number(random.randint(-2, 3))))
    inner = lambda: drawn(random, depth - 1)  # noqa: E731
    match random.randint(0, 8):
        case 0 | 1:
            return k.Add((inner(), inner()))
        case 2 | 3:
            return k.Multiply((inner(), inner()))
        case 4:
            return k.Multiply((inner(), k.Power(inner(), Fraction(-1))))
        case 5:
            return k.Power(inner(), random.choice((Fraction(2), Fraction(1, 2), Fraction(-2), Fraction(3))))
        case 6:
            return k.Apply("max", (inner(), inner()))
        case _:
            return k.Apply(random.choice(FUNCTIONS), (inner(),))


def number(term: k.Term, at: Mapping[k.Term, object]):
    """The value of a term.

    Raises:
        ValueError: it has none.
    """
    if term in at:
        return at[term]
    parts = [number(child, at) for child in term.children]
    match term:
        case k.Number(value):
            return MP.mpf(value.numerator) / value.denominator
        case k.Add():
            return MP.fsum(parts)
        case k.Multiply():
            return MP.fprod(parts)
        case k.Power(_, exponent) if (parts[0] > 0) or (parts[0] and exponent.denominator == 1):
            return MP.power(parts[0], MP.mpf(exponent.numerator) / exponent.denominator)
        case k.Power(_, exponent) if exponent > 0 and not parts[0]:
            return parts[0]
        case k.Apply("max"):
            return max(parts)
        case k.Apply("log") if parts[0] > 0:
            return MP.log(parts[0])
        case k.Apply("abs"):
            return abs(parts[0])
        case k.Apply("exp" | "sin" | "cos" as function) if abs(parts[0]) < MP.mpf(10) ** 300:
            return getattr(MP, function)(parts[0]) if function != "exp" or parts[0] < MP.mpf(10) ** 60 else MP.inf
    raise ValueError(term)


def holds(need: k.Term, at: Mapping[k.Term, object]) -> bool:
    """Whether a condition is true, for certain."""
    match need:
        case k.Relation(kind, left, right):
            gap = number(right, at) - number(left, at)
            if kind in ("=", "<="):
                return gap == 0 if kind == "=" else gap >= 0
            return gap > MP.mpf(10) ** -5 if kind == "<" else abs(gap) > MP.mpf(10) ** -5
    raise ValueError(need)


def disagreement(random: Random) -> tuple[int, str]:
    """How many limits of one function were compared with its values, and one that is not what these go to."""
    body = drawn(random, random.randint(2, 4))
    goal, sides = random.choice(PLACES)
    compared = 0
    for needs, result in limits(body, VALUE, goal, sides):
        for _ in range(4):
            at = {name: MP.mpf(random.choice((-1, 1)) * random.randint(3, 29)) / 11 for name in (A, B)}
            try:
                if not all(holds(need, at) for need in needs):
                    continue
                limit = number(result, at)
            except ValueError:
                continue
            for side in sides:
                gaps = []
                for digits in NEAR:
                    step = MP.mpf(10) ** (digits if goal is None else -digits)
                    place = side * step if goal is None else number(goal, at) + side * step
                    gaps.append(abs(number(body, {**at, VALUE: place}) - limit) / (1 + abs(limit)))
                # The slowest go like a power of a logarithm.
                compared += 1
                if not gaps[1] < 0.5 or not gaps[1] <= max(gaps[0], MP.mpf(10) ** -15):
                    return compared, f"{body} at {goal}, {side}: {result} under {needs}, at {at}: {gaps}"
    return compared, ""


@pytest.mark.parametrize("seed", range(4))
def test_functions_go_to_their_limits(seed):
    random = Random(seed)
    found = [disagreement(random) for _ in range(60)]
    assert [words for _, words in found if words] == []
    assert sum(compared for compared, _ in found) > 20


def add(*terms):
    return k.Add(terms)


def times(*factors):
    return k.Multiply(factors)


def power(base, exponent):
    return k.Power(base, Fraction(exponent))


def call(function, *arguments):
    return k.Apply(function, arguments)


LOG, HALF, RATE = call("log", VALUE), k.Number(Fraction(1, 2)), call("exp", A)
LESS = call("min", k.MINUS_ONE, A)
SIZE = k.Size(r"\{1,\ldots,x\}")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (power(VALUE, -1), [((), k.ZERO)]),
        (call("abs", add(VALUE, k.negate(VALUE))), [((), k.ZERO)]),
        # What is positive, or not 0, is no condition.
        (times(power(times(RATE, VALUE), "1/2"), power(VALUE, "-1/2")), [((), power(RATE, "1/2"))]),
        (times(VALUE, power(add(times(RATE, VALUE), k.ONE), -1)), [((), power(RATE, -1))]),
        (add(power(RATE, -1), power(VALUE, -1)), [((), power(RATE, -1))]),
        # The sign of a logarithm of a number is known.
        (times(call("abs", times(VALUE, call("log", HALF))), power(VALUE, -1)), [((), k.negate(call("log", HALF)))]),
        (times(call("abs", times(VALUE, LESS)), power(VALUE, -1)), [((), k.negate(LESS))]),
        # What grows has no limit, whatever was decided.
        (call("exp", times(call("abs", A), VALUE)), []),
        (call("abs", times(A, VALUE)), []),
        (times(LOG, LOG), []),
        (call("exp", times(VALUE, LOG)), []),
        (times(call("exp", times(VALUE, LOG)), call("exp", times(k.number(-2), VALUE))), []),
        (call("exp", call("power", VALUE, A)), [((k.positive(k.negate(A)),), k.ONE)]),
        # Of what is of the order of something nothing more is known.
        (times(VALUE, call("sin", VALUE)), []),
        (call("abs", call("sin", VALUE)), []),
        (times(call("sin", VALUE), power(VALUE, -1)), [((), k.ZERO)]),
        (times(call("cos", VALUE), times(call("sin", VALUE), power(VALUE, -1))), [((), k.ZERO)]),
        # A series about a number that is not 1.
        (
            times(VALUE, add(power(add(k.number(2), power(VALUE, -1)), -1), k.Number(Fraction(-1, 2)))),
            [((), k.Number(Fraction(-1, 4)))],
        ),
        (call("min", VALUE, power(VALUE, -1)), [((), k.ZERO)]),
        (call("max", k.negate(VALUE), power(VALUE, -1)), [((), k.ZERO)]),
        # A range that depends on the variable is no constant.
        (SIZE, []),
        (times(k.Size("y"), power(VALUE, -1)), [((), k.ZERO)]),
    ],
)
def test_limits_where_a_value_grows_beyond_all_bounds(body, expected):
    plain = Normalizer().canonical
    found = [(needs, plain(result)) for needs, result in limits(body, VALUE, None, (1,))]
    assert [result for _, result in found] == [plain(result) for _, result in expected]
    gaps = [[plain(k.subtract(need.right, need.left)) for need in needs] for needs, _ in found]
    assert gaps == [[plain(k.subtract(need.right, need.left)) for need in needs] for needs, _ in expected]
