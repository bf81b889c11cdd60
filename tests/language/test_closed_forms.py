"""Sums and integrals whose values are known have these values: compared with numerical summation and integration."""

from __future__ import annotations

import re

import mpmath
import pytest

from symderiv.documents.single import read_single
from symderiv.kernel import terms as k
from symderiv.language.encode import encode
from symderiv.language.index_values import is_value_tensor, is_weights, weighted
from symderiv.search import ProofFound, Question, search

VALUES = {"a": 1.7, "b": 2.3, "c": 0.6, "q": 0.35, "n": 5, "m": -0.4, r"\pi": float(mpmath.pi)}
OTHERS = (VALUES | {"a": 2.6, "b": 1.3, "c": -0.7}, VALUES | {"a": -1.7, "b": -2.3, "c": -1.6, "q": 1.4})
"""Values at which ends are in the other order, and not much of what equations need holds."""
POSITIVE = ("a > 0", "b > 0", "c > 0", "q > 0", "q < 1", r"\pi > 0")
RANGE = re.compile(r"\\\{(-?\d+),\\ldots,(\d+|n(?:-\d+)?|\\infty)\\\}")
LIMITS = re.compile(r"\\int_\{(.+?)\}\^\{(.+?)\}")


class Analysis:
    """The value of a term in which infinite sums and integrals are what they are written as."""

    def __init__(self, values=VALUES):
        self.values = values

    def value(self, term, bound=()):
        match term:
            case k.Number(v):
                return mpmath.mpf(v.numerator) / v.denominator
            case k.Symbol(name):
                return mpmath.mpf(self.values[name])
            case k.Size(domain):
                return len(self.elements(domain))
            case k.Entry(name, (k.Bound(position),)) if is_value_tensor(name):
                return bound[-1 - position]
            case k.Entry(name, _) if is_weights(name):
                lower, upper = self.ends(weighted(name))
                return mpmath.sign(upper - lower)
            case k.Add(terms):
                return mpmath.fsum(self.value(t, bound) for t in terms)
            case k.Multiply(factors):
                return mpmath.fprod(self.value(f, bound) for f in factors)
            case k.Power(base, exponent):
                return mpmath.power(self.value(base, bound), mpmath.mpf(exponent.numerator) / exponent.denominator)
            case k.Apply(function, (argument,)):
                known = {"exp": mpmath.exp, "log": mpmath.log, "gamma": mpmath.gamma, "digamma": mpmath.digamma}
                return known[function](self.value(argument, bound))
            case k.Reduce("sum", domain, body):
                return self.total(domain, lambda x: self.value(body, (*bound, x)))
        raise AssertionError(term)

    def elements(self, domain):
        """The numbers in a range; the first of infinitely many."""
        first, last = RANGE.fullmatch(domain).groups()
        return range(int(first), 150 if last == r"\infty" else eval(last, {"n": self.values["n"]}) + 1)  # noqa: S307

    def ends(self, domain):
        """The ends of an integral as numbers."""
        infinite = {r"\infty": mpmath.inf, r"-\infty": -mpmath.inf}
        lower, upper = LIMITS.fullmatch(domain).groups()
        return [infinite[e] if e in infinite else mpmath.mpf(self.values.get(e, e)) for e in (lower, upper)]

    def points(self, domain):
        """Some values that an index has."""
        if RANGE.fullmatch(domain):
            return self.elements(domain)
        lower, upper = (min(max(end, -9), 9) for end in sorted(self.ends(domain)))
        return [lower + (upper - lower) * part for part in (0.03, 0.4, 0.97)]

    def total(self, domain, summand):
        if RANGE.fullmatch(domain):
            return mpmath.fsum(summand(mpmath.mpf(x)) for x in self.elements(domain))
        lower, upper = sorted(self.ends(domain))
        within = [point for point in (-2, 0, 1, 8) if lower < point < upper and mpmath.inf in (-lower, upper)]
        return mpmath.quad(summand, [lower, *within, upper])

    def holds(self, proposition, bound=()):
        match proposition:
            case k.Forall(domain, body):
                return all(self.holds(body, (*bound, point)) for point in self.points(domain))
            case k.Implies(premise, conclusion):
                return not self.holds(premise, bound) or self.holds(conclusion, bound)
            case k.Relation("=", left, right):
                return mpmath.almosteq(self.value(left, bound), self.value(right, bound), 1e-6)
            case k.Relation("<", left, right):
                return self.value(left, bound) < self.value(right, bound)
            case k.Relation("<=", left, right):
                return self.value(left, bound) <= self.value(right, bound)
            case k.Relation("!=", left, right):
                return self.value(left, bound) != self.value(right, bound)
        raise AssertionError(proposition)


SUMS = {
    r"\sum_{x=0}^\infty \frac{a^x}{x!}": "series.exponential",
    r"\sum_{x=0}^\infty \frac{(a b)^x e^{c x}}{x!}": "series.exponential",
    r"\sum_{x=0}^\infty x^2 \frac{a^x}{x!}": "series.exponential",
    r"\sum_{x=0}^\infty q^x": "series.geometric",
    r"\sum_{x=1}^\infty x (1-q)^{x-1} q": "series.geometric",
    r"\sum_{x=0}^\infty x^2 q^x": "series.geometric",
    r"\sum_{x=0}^n q^x": "series.geometric",
    r"\sum_{x=1}^n (a b)^x": "series.geometric",
    r"\sum_{x=2}^{n} q^{n-x}": "series.geometric",
    r"\sum_{x=0}^n \binom{n}{x} q^x (1-q)^{n-x}": "series.binomial",
    r"\sum_{x=0}^n x \binom{n}{x} a^x b^{n-x}": "series.binomial",
    r"\int_0^\infty x^{a-1} e^{-b x} dx": "integral.gamma",
    r"\int_0^\infty x^2 e^{-b x} dx": "integral.gamma",
    r"\int_0^\infty x^a e^{-b x + c x - 2 x} \ln x \, dx": "integral.gamma",
    r"\int_0^1 x^{a-1} (1-x)^{b-1} dx": "integral.beta",
    r"\int_0^1 x (1-x) dx": "integral.beta",
    r"\int_0^1 x^{a} (1-x)^{b-1} \ln x \, dx": "integral.beta",
    r"\int_{-\infty}^\infty e^{-a x^2} dx": "integral.normal",
    r"\int_a^b x^3 dx": "integral.power",
    r"\int_b^a 1 dx": "integral.power",
    r"\int_a^b x^{-1} dx": "integral.power",
    r"\int_a^b x^{-3/2} dx": "integral.power",
    r"\int_a^b x^{c} dx": "integral.power",
    r"\int_0^2 x^2 dx": "integral.power",
    r"\int_a^b \ln x dx": "integral.logarithm",
    r"\int_0^b \ln x dx": "integral.logarithm",
    r"\int_0^b x^{c-1} dx": "integral.power",
    r"\int_0^b x^{-1/2} dx": "integral.power",
    r"\int_0^b e^{-a x} dx": "integral.exponential",
    r"\int_a^b x e^{c x} dx": "integral.exponential",
    r"\int_b^a x^2 e^{-c x + m x} dx": "integral.exponential",
    r"\int_0^b x^3 e^{c x} dx": "integral.exponential",
    r"\int_{-\infty}^\infty x e^{-\frac{(x - m)^2}{2 b^2}} dx": "integral.normal",
    r"\int_{-\infty}^\infty x^2 e^{-a x^2 + m x + c} dx": "integral.normal",
}


@pytest.mark.parametrize(("text", "rule"), SUMS.items())
def test_what_is_said_of_a_sum_is_true(text, rule):
    (statement,), _ = read_single(f"{text} = 0", POSITIVE)
    facts = [fact for fact in encode(statement).facts if fact.rule == rule]
    assert facts
    assert all(Analysis().holds(fact.proposition) for fact in facts)


MORE = (
    r"\int_1^3 \frac{1}{x} dx",
    r"\int_3^1 x e^{c x} dx",
    r"\int_1^1 e^{c x} dx",
    r"\int_{-2}^{-1} x^{-2} dx",
    r"\int_0^\infty x^{-1/2} e^{-b x} dx",
    r"\sum_{x=2}^\infty x (x-1) \frac{a^x}{x!}",
    r"\sum_{x=0}^\infty x^3 \frac{a^x}{x!}",
    r"\sum_{x=0}^\infty x^4 \frac{a^x}{x!}",
    r"\sum_{x=0}^\infty x^5 \frac{a^x}{x!}",
    r"\sum_{x=0}^\infty x^3 q^x",
    r"\sum_{x=1}^n x \binom{n}{x} q^x (1-q)^{n-x}",
    r"\sum_{x=1}^\infty x^2 q^x",
    r"\sum_{x=0}^{n-1} \binom{n-1}{x} a^x",
)


@pytest.mark.parametrize("text", [*SUMS, *MORE])
def test_whatever_is_said_of_a_sum_is_true_of_other_numbers(text):
    """Where an equation does not hold, something that it needs does not; that is said of ranges, too."""
    (statement,), _ = read_single(f"{text} = 0")
    facts = encode(statement).facts
    assert all(Analysis(values).holds(fact.proposition) for fact in facts for values in OTHERS)


PROVED = {
    r"\sum_{x=0}^\infty \frac{a^x}{x!} = e^a",
    r"\sum_{x=0}^\infty x (x-1) \frac{a^x e^{-a}}{x!} = \sum_{x=2}^\infty x (x-1) \frac{a^x e^{-a}}{x!}",
    r"\sum_{x=2}^\infty \frac{a^{x-2}}{(x-2)!} = \sum_{z=0}^\infty \frac{a^z}{z!}",
    r"\sum_{x=0}^\infty x \frac{a^x e^{-a}}{x!} = a",
    r"\sum_{x=1}^\infty x (1-q)^{x-1} q = \frac{1}{q}",
    r"\sum_{x=0}^{n-1} q^x = \frac{1 - q^n}{1 - q}",
    r"\sum_{x=1}^n q^{n-x} = \frac{1 - q^n}{1 - q}",
    r"\sum_{x=0}^n x \binom{n}{x} q^x (1-q)^{n-x} = n q",
    r"\int_0^\infty x b e^{-b x} dx = \frac{1}{b}",
    r"\int_0^\infty x^2 b e^{-b x} dx = \frac{2}{b^2}",
    r"\int_0^\infty \frac{b^a}{\Gamma(a)} x^{a-1} e^{-b x} \ln x \, dx = \psi(a) - \ln b",
    r"\int_0^1 x^{a-1} (1-x)^{b-1} dx = \frac{\Gamma(a) \Gamma(b)}{\Gamma(a+b)}",
    r"\int_0^1 x \frac{\Gamma(a+b)}{\Gamma(a) \Gamma(b)} x^{a-1} (1-x)^{b-1} dx = \frac{a}{a+b}",
    r"\int_{-\infty}^\infty \frac{1}{\sqrt{2 \pi} b} e^{-\frac{(x - m)^2}{2 b^2}} x \, dx = m",
    r"\int_{-\infty}^\infty \frac{1}{\sqrt{2 \pi} b} e^{-\frac{(x - m)^2}{2 b^2}} x^2 \, dx = m^2 + b^2",
    r"\int_{-\infty}^\infty \frac{1}{\sqrt{2 \pi} b} e^{-\frac{(x - m)^2}{2 b^2} + c x} dx = e^{m c + b^2 c^2 / 2}",
    r"\int_a^b x^2 \, dx = \frac{b^3 - a^3}{3}",
    r"\int_a^b 1 \, dx = - \int_b^a 1 \, dx",
    r"\int_a^b x^c \, dx = \frac{b^{c+1} - a^{c+1}}{c+1}",
    r"\int_a^b \frac{1}{x} \, dx = \ln b - \ln a",
    r"\int_a^b \ln x \, dx = b \ln b - b - a \ln a + a",
    r"\int_0^b a e^{-a x} dx = 1 - e^{-a b}",
    r"\int_0^b \ln x \, dx = b \ln b - b",
    r"\int_0^b x^{c-1} \, dx = \frac{1}{c} b^c",
    r"\int_0^b \sqrt{x} \, dx = \frac{2}{3} b^{3/2}",
    r"\int_0^b x e^{-a x} dx = \frac{1 - e^{-a b}}{a^2} - \frac{b}{a} e^{-a b}",
    r"\int_0^b x^2 e^{c x} dx = \left(\frac{b^2}{c} - \frac{2b}{c^2} + \frac{2}{c^3}\right) e^{cb} - \frac{2}{c^3}",
    r"\int_0^1 a \, dx = a",
    r"\int_0^2 x \, dx = 2",
    r"\int_0^2 x^2 + b \, dx > 0",
}
WRONG = {
    r"\int_a^b x^2 \, dx = \frac{b^3 - a^3}{2}",
    r"\int_a^b x^2 \, dx \geq 0",
    r"\int_b^a e^x \, dx > 0",
    r"\int_a^b 1 \, dx \geq 0",
    r"\int_1^0 x^2 \, dx \geq 0",
    r"\int_\infty^0 e^{-x} \, dx \geq 0",
    r"\int_a^b 1 \, dx = \int_b^a 1 \, dx",
    r"\int_{-1}^1 \frac{1}{x^2} \, dx = -2",
    r"\int_{-1}^1 \frac{1}{x} \, dx = 0",
    r"\int_0^b e^{-a x} dx = \frac{1}{a}",
    r"\int_0^b x^{-1} dx = \ln b",
    r"\int_0^b x^{-2} dx = - b^{-1}",
    r"\int_0^b x^{-c-1} dx = - \frac{1}{c} b^{-c}",
    r"\int_0^1 x \, dx = \int_0^1 1 \, dx \cdot \int_0^1 x^2 \, dx",
    r"\sum_{x=0}^\infty \frac{a^x}{x!} = e^{2a}",
    r"\sum_{x=1}^\infty \frac{a^x}{x!} = e^a",
    r"\sum_{x=0}^\infty (x+1) \frac{a^x}{x!} = \sum_{x=1}^\infty (x+1) \frac{a^x}{x!}",
    r"\sum_{x=2}^\infty \frac{a^{x-2}}{(x-2)!} = \sum_{z=1}^\infty \frac{a^z}{z!}",
    r"\sum_{x=0}^\infty x \frac{a^x e^{-a}}{x!} = a^2",
    r"\sum_{x=0}^\infty x (1-q)^{x-1} q = \frac{1}{q^2}",
    r"\sum_{x=0}^n q^x = \frac{1 - q^n}{1 - q}",
    r"\sum_{x=1}^n q^x = \frac{1 - q^n}{1 - q}",
    r"\sum_{x=0}^n \binom{n}{x} q^x (1-q)^{n-x} = n",
    r"\sum_{x=1}^n \binom{n}{x} q^x (1-q)^{n-x} = 1",
    r"\int_0^\infty x b e^{-b x} dx = b",
    r"\int_0^\infty b e^{b x} dx = -1",
    r"\int_0^\infty x^{a-1} e^{-b x} dx = \Gamma(a) b^a",
    r"\int_0^1 x^{a-1} (1-x)^{b-1} dx = \frac{\Gamma(a) \Gamma(b)}{\Gamma(a b)}",
    r"\int_0^\infty x^{a-1} (1-x)^{b-1} dx = \frac{\Gamma(a) \Gamma(b)}{\Gamma(a+b)}",
    r"\int_{-\infty}^\infty e^{-a x^2} dx = \sqrt{2 \pi / a}",
    r"\int_0^\infty e^{-a x^2} dx = \sqrt{\pi / a}",
}


def answer_to(text, conditions=POSITIVE):
    (statement,), _ = read_single(text, conditions)
    return search(Question(encode(statement), lenient=True))


@pytest.mark.parametrize("text", sorted(PROVED))
def test_what_follows_is_proved(text):
    answer = answer_to(text)
    assert isinstance(answer, ProofFound), answer


@pytest.mark.parametrize("text", sorted(WRONG))
def test_what_is_wrong_is_not(text):
    assert not isinstance(answer_to(text), ProofFound)


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{x=0}^\infty q^x = \frac{1}{1 - q}",  # diverges for q > 1
        r"\int_0^\infty e^{a x} dx = -\frac{1}{a}",
        r"\int_0^1 x^{-2} (1-x)^2 dx = \frac{\Gamma(-1) \Gamma(3)}{\Gamma(2)}",
        r"\int_{-\infty}^\infty e^{a x^2} dx = \sqrt{- \pi / a}",
    ],
)
def test_nothing_is_said_where_it_diverges(text):
    assert not isinstance(answer_to(text, ("a > 0", "q > 1")), ProofFound)


def test_what_it_needs_to_converge_is_a_condition():
    answer = answer_to(r"\int_0^\infty e^{-b x} dx = \frac{1}{b}", ())
    assert isinstance(answer, ProofFound)
    assert answer.conditions == (k.positive(k.Symbol("b")),)
