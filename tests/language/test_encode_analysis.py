"""Sums and integrals as numbers: a sum that is taken from 0 on has the value that it had, and what is said is true."""

from __future__ import annotations

import mpmath
import pytest
from sympy import Integer, Rational

from symderiv import equal, scalars, tensor
from symderiv.documents.single import read_single
from symderiv.kernel import terms as k
from symderiv.language.closed_forms import NATURAL, UNIT, closed_forms
from symderiv.language.definite_integrals import is_weighted
from symderiv.language.densities import Density
from symderiv.language.encode import Encoder, encode
from symderiv.language.index_values import value_tensor, weights
from symderiv.language.indices import Before, Variable, measured
from symderiv.language.quantities import IndexValue, IntegralOver, Limit, Opaque, RangedSum, RestrictedSum
from symderiv.language.special_functions import Special
from symderiv.language.written import Exp, LanguageError, Negative, Plus, Quotient, Raised, Times
from symderiv.model.statement import Statement
from symderiv.search import ProofFound, Question, search
from tests.language.test_closed_forms import VALUES, Analysis

a, b, s = scalars("a b s")
x = Variable("x", r"\mathcal{X}")
u = tensor("u", x)
X = IndexValue(x)
NORMAL = Density("normal", "N({0};{1},{2})", X, a, s)
GAMMA = Density("gamma", "G({0};{1},{2})", X, a, b)
BETA = Density("beta", "B({0};{1},{2})", X, a, b)
HALF_LINE = r"\int_{0}^{\infty}"
LINE = r"\int_{-\infty}^{\infty}"


def encoded(text, given=()):
    (statement,), _ = read_single(text, given)
    return encode(statement)


def rules(found):
    return [fact.rule for fact in found.facts]


def total_of(expression):
    return encode(Statement(equal(expression, 0))).conclusion.left


def indices_of(term):
    return [name for name in term.free if isinstance(name, k.Index)]


def factorial(n):
    return mpmath.factorial(n)


SHIFTED = {
    r"\sum_{x=1}^\infty x (x-1) q^x": lambda n, a, q: sum(x * (x - 1) * q**x for x in range(1, 150)),
    r"\sum_{x=1}^\infty (x-1) q^x": lambda n, a, q: sum((x - 1) * q**x for x in range(1, 150)),
    r"\sum_{x=2}^\infty \frac{a^{x-2}}{(x-2)!}": lambda n, a, q: mpmath.exp(a),
    r"\sum_{x=-1}^\infty \frac{a^x}{(x+1)!}": lambda n, a, q: mpmath.exp(a) / a,
    r"\sum_{x=0}^n x (x-1) (x-2) \binom{n}{x}": lambda n, a, q: sum(
        x * (x - 1) * (x - 2) * mpmath.binomial(n, x) for x in range(n + 1)
    ),
    r"\sum_{x=1}^{n-1} \frac{a^x}{x!}": lambda n, a, q: sum(a**x / factorial(x) for x in range(1, n)),
    r"\sum_{x=-1}^n \frac{a^x}{(x+1)!}": lambda n, a, q: sum(a**x / factorial(x + 1) for x in range(-1, n + 1)),
    r"\sum_{x=-1}^{n-1} \frac{a^x}{(x+1)!}": lambda n, a, q: sum(a**x / factorial(x + 1) for x in range(-1, n)),
}


@pytest.mark.parametrize("text", SHIFTED)
def test_a_sum_that_is_taken_from_nought_on_has_the_same_value(text):
    found = encoded(f"{text} = 0")
    for n in (1, 2, 5):
        analysis = Analysis(VALUES | {"n": n})
        expected = SHIFTED[text](n, VALUES["a"], VALUES["q"])
        assert mpmath.almosteq(analysis.value(found.conclusion.left), expected, 1e-9)
        assert all(analysis.holds(fact.proposition) for fact in found.facts)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        (r"\sum_{x=1}^\infty (x-1) q^x", NATURAL),
        (r"\sum_{x=1}^{n-1} \frac{a^x}{x!}", r"\{0,\ldots,n-2\}"),
        (r"\sum_{x=0}^n x (x-1) (x-2) \binom{n}{x}", r"\{0,\ldots,n-1\}"),
        (r"\sum_{x=1}^n q^x", r"\{1,\ldots,n\}"),
        (r"\sum_{x=1}^{2n} \frac{a^x}{x!}", r"\{1,\ldots,2 \cdot n\}"),
        (r"\sum_{x=-1}^n \frac{a^x}{(x+1)!}", r"\{-1,\ldots,n\}"),
        (r"\sum_{x=-1}^{n-1} \frac{a^x}{(x+1)!}", r"\{0,\ldots,n\}"),
        (r"\sum_{x=1}^\infty q^x y_x", r"\{1,\ldots,\infty\}"),  # what has places for x has no others
        (r"\sum_{x=0}^\infty \frac{x}{x} q^x", NATURAL),  # its first term is not 0, but undefined
    ],
)
def test_the_range_of_a_sum(text, domain):
    total = encoded(f"{text} = 0").conclusion.left
    assert total.domain == domain
    assert not indices_of(total)


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{x=-1}^n \frac{a^x}{(x+1)!} = \sum_{y=0}^n \frac{a^{y-1}}{y!}",
        r"\sum_{x=0}^n \frac{x}{x!} > 0",  # not for n = 0
        r"\sum_{x=0}^n x \binom{n}{x} a^x > 0",
        r"0 \neq \sum_{x=0}^n x \binom{n}{x}",
        r"\frac{\sum_{x=0}^n \frac{x}{x!}}{\sum_{x=0}^n \frac{x}{x!}} = 1",  # 0 / 0 for n = 0
        r"e^{\ln \sum_{x=0}^n \frac{x}{x!}} = \sum_{x=0}^n \frac{x}{x!}",
        r"(\sum_{x=0}^n \frac{x}{x!})^{-1} \sum_{x=0}^n \frac{x}{x!} = 1",
        r"(\sum_{x=0}^n \frac{x}{x!})^a (\sum_{x=0}^n \frac{x}{x!})^{-a} = 1",
        r"\sum_{x=0}^\infty \frac{x}{x} q^x = \sum_{x=1}^\infty q^x",
    ],
)
def test_no_element_of_a_range_is_lost_or_made_up(text):
    answer = search(Question(encoded(text, ("a > 0", "q > 0", "q < 1")), lenient=True))
    assert not isinstance(answer, ProofFound) or answer.conditions


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{x=2}^\infty \frac{a^{x-2}}{(x-2)!} = \sum_{z=0}^\infty \frac{a^z}{z!}",
        r"\sum_{x=2}^\infty (2 x - 3) \frac{a^{x-2}}{(x-2)!} = \sum_{z=0}^\infty (2 z + 1) \frac{a^z}{z!}",
    ],
)
def test_two_sums_that_differ_by_a_shift_are_written_alike(text):
    conclusion = encoded(text).conclusion
    assert conclusion.left == conclusion.right


FIRST_IS_NOUGHT = r"\sum_{x=0}^n x \binom{n}{x}"


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        (rf"{FIRST_IS_NOUGHT} = 0", True),
        (rf"({FIRST_IS_NOUGHT})^2 = 0", True),
        (rf"\frac{{{FIRST_IS_NOUGHT}}}{{n}} = 0", True),
        (rf"e^{{{FIRST_IS_NOUGHT}}} = 0", True),
        (rf"{FIRST_IS_NOUGHT} \leq 0", False),
        (rf"({FIRST_IS_NOUGHT})^{{-1}} = 0", False),
        (rf"({FIRST_IS_NOUGHT})^{{1/2}} = 0", False),
        (rf"({FIRST_IS_NOUGHT})^a = 0", False),
        (rf"\frac{{1}}{{{FIRST_IS_NOUGHT}}} = 0", False),
        (rf"\ln({FIRST_IS_NOUGHT}) = 0", False),
    ],
)
def test_the_first_term_of_a_range_is_left_out_where_the_rest_may_be_empty(text, left_out):
    parts = k.subterms(encoded(text).conclusion)
    (domain,) = {part.domain for part in parts if isinstance(part, k.Reduce)}
    assert domain == (r"\{0,\ldots,n-1\}" if left_out else r"\{0,\ldots,n\}")


NOTHING = [
    r"\sum_{x=0}^\infty a",
    r"\sum_{x=0}^\infty \sum_{y=1}^n q_y^x",
    r"\sum_{x=0}^\infty q^x e^{-x^2}",
    r"\sum_{x=0}^\infty \frac{q^x}{1-x}",
    r"\sum_{x=0}^\infty q^x \ln x",
    r"\sum_{x=0}^\infty q^x x^a",
    r"\sum_{x=0}^\infty x^{-1} q^x",
    r"\sum_{x=0}^\infty q^x f(x)",
    r"\sum_{x=0}^\infty e^{-x f(x)}",
    r"\sum_{x=0}^\infty \frac{a^x}{(x+2)!}",
    r"\sum_{x=0}^\infty \frac{a^x}{\Gamma(x + b)}",
    r"\sum_{x=0}^\infty \frac{a^x}{x! x!}",
    r"\sum_{x=0}^\infty \frac{a^x}{x x!}",
    r"\sum_{x=0}^\infty \frac{x^{1/2} a^x}{x!}",
    r"\sum_{x=0}^\infty \frac{x^a}{x!}",
    r"\sum_{x=0}^\infty \frac{\ln x}{x!}",
    r"\sum_{x=0}^\infty \frac{e^{-x^2}}{x!}",
    r"\sum_{x=0}^n \binom{n}{x} e^{-x^2}",
    r"\sum_{x=0}^n \binom{n}{x} (1-x)^a",
    r"\sum_{x=0}^n \binom{n}{x} \ln x",
    r"\sum_{x=0}^n \binom{n}{x} x^a",
    r"\sum_{x=0}^n \frac{a^x}{x!}",
    r"\sum_{x=0}^n \frac{f(x,n)}{x!}",
    r"\int_0^\infty e^{-a x^2 - b x} dx",
    r"\int_0^\infty (1-x)^a e^{-b x} dx",
    r"\int_0^\infty \frac{e^{-b x}}{\Gamma(x)} dx",
    r"\int_0^\infty x^{-a} dx",
    r"\int_0^\infty (\ln x)^2 e^{-b x} dx",
    r"\int_0^\infty (\ln(x + 1)) e^{-b x} dx",
    r"\int_0^1 x^a e^{-b x^2} dx",
    r"\int_0^1 x^a e^{b x} dx",
    r"\int_0^1 \frac{x^a}{\Gamma(x)} dx",
    r"\int_0^1 (\ln x)^2 dx",
    r"\int_{-\infty}^\infty (1-x)^{-1} e^{-a x^2} dx",
    r"\int_{-\infty}^\infty \frac{e^{-a x^2}}{\Gamma(x)} dx",
    r"\int_{-\infty}^\infty e^{-a x^2} \ln x dx",
    r"\int_{-\infty}^\infty e^{-a x} dx",
    r"\int_{-\infty}^\infty e^{-a x^4} dx",
    r"\int_{-\infty}^\infty e^{-a f(x)^2} dx",
    r"\int_{-\infty}^\infty x^{-1} e^{-a x^2} dx",
    r"\int_{-\infty}^\infty x^3 e^{-a x^2} dx",
    r"\int_{-\infty}^\infty x^a e^{-a x^2} dx",
    r"\int_a^b e^{-c x^2} dx",
    r"\int_a^b \frac{1}{1-x} dx",
    r"\int_a^b \frac{1}{\Gamma(x)} dx",
    r"\int_a^b x \ln x dx",
    r"\int_a^b x^m \ln x dx",
    r"\int_a^b e^{c x} \ln x dx",
    r"\int_a^b x^4 e^{c x} dx",
    r"\int_a^b x^m e^{c x} dx",
    r"\int_a^b x^{-1} e^{c x} dx",
    r"\int_a^b (\ln x)^2 dx",
    r"\int_a^b f(x) dx",
    r"\lim_{x \to \infty} \frac{e^{-a x}}{\Gamma(x)}",
    r"\lim_{x \to \infty} x^2",
    r"\lim_{x \to \infty} e^{-a x} f(x)",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_said_of_what_has_another_form(text):
    found = rules(encoded(f"{text} = 0"))
    assert not [rule for rule in found if rule.startswith(("series.", "integral.", "limit.")) and "range" not in rule]


def test_nothing_is_said_of_what_is_no_sum():
    place = k.Index("n", NATURAL)
    growth = k.Apply("exp", (k.Multiply((k.Entry(value_tensor(NATURAL), (place,)), k.Symbol("c"))),))
    assert list(closed_forms(k.sum_over([place], growth), ()))
    for other in (k.Symbol("a"), k.reduce_over("max", [place], growth)):
        assert not list(closed_forms(other, ()))


@pytest.mark.parametrize("text", [r"\int_0^1 x^a (1-x)^{b-1} \ln x \, dx", r"\int_0^\infty x^a e^{-b x} \ln x \, dx"])
def test_the_integral_of_a_logarithm_is_told_with_it(text):
    (fact,) = [f for f in encoded(f"{text} = 0").facts if f.rule in ("integral.beta", "integral.gamma")]
    assert any(isinstance(part, k.Apply) and part.function == "digamma" for part in k.subterms(fact.proposition))


@pytest.mark.parametrize(
    ("lower", "upper", "weighted"),
    [
        ("a", "b", True),
        ("0", "1", True),
        (r"\infty", "0", True),
        ("0", r"-\infty", True),
        (r"\infty", r"-\infty", True),
        (r"\infty", r"\infty", True),
        (r"-\infty", r"-\infty", True),
        ("0", r"\infty", False),
        (r"-\infty", "0", False),
        (r"-\infty", r"\infty", False),
        ("", "", False),
        (r"\mathbb{R}", "", False),
        ("", "1", False),
    ],
)
def test_an_integral_has_weights_where_it_may_be_turned_round(lower, upper, weighted):
    assert is_weighted(lower, upper) == weighted


def test_a_root_is_integrated_where_it_is_one():
    found = [fact for fact in encoded(r"\int_a^b \sqrt{x} dx = 0").facts if fact.rule == "integral.power"]
    assert all(isinstance(fact.proposition, k.Implies) for fact in found)
    assert found


@pytest.mark.parametrize(
    ("text", "given", "proved"),
    [
        (r"\int_a^b e^x \, dx > 0", "a < b", True),
        (r"\int_a^b e^x \, dx > 0", r"a \leq b", False),
        (r"\int_a^b e^x \, dx \geq 0", r"a \leq b", True),
        (r"\int_a^b (x - a) \, dx \geq 0", "a < b", True),
        (r"\int_a^b (b - x)^2 \, dx \geq 0", "b < a", False),
        (r"\int_1^1 e^x \, dx > 0", "a > 0", False),
    ],
)
def test_the_sign_of_an_integral_goes_by_the_order_of_its_ends(text, given, proved):
    assert isinstance(search(Question(encoded(text, (given,)))), ProofFound) == proved


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (r"\Gamma(\frac{1}{2})", True),
        (r"\Gamma(\frac{5}{2})", True),
        (r"\Gamma(\frac{1}{3})", False),
        (r"\Gamma(2)", False),
        (r"\Gamma(a)", False),
        (r"\int_0^\infty x^{-1/2} e^{-b x} dx", True),
        (r"\int_0^\infty x^{1/3} e^{-b x} dx", False),
    ],
)
def test_the_gamma_function_at_halves_is_told_where_it_stands(text, told):
    assert ("gamma.half" in rules(encoded(f"{text} = 0"))) == told


@pytest.mark.parametrize(
    ("text", "inner", "positive"),
    [
        (r"\sum_{x=0}^n \frac{1}{(n-x)!}", "(n-x)!", True),
        (r"\sum_{x=0}^{n-1} \binom{n-1}{x} a^x", "(n-1-x)!", True),
        (r"\sum_{x=0}^n \frac{1}{(n-x-1)!}", "(n-x-1)!", False),
        (r"\sum_{x=0}^n \frac{1}{(n-x-2)!}", "(n-x-2)!", False),
        (r"\sum_{x=0}^n \frac{1}{(x+n)!}", "(x+n)!", False),
    ],
)
def test_what_is_left_of_a_range_is_positive(text, inner, positive):
    """At the end of the range n - x is 0, so that (n - x)! has a positive argument and (n - x - 1)! has none."""
    facts = [fact for fact in encoded(f"{text} = 0").facts if fact.rule == "index.range"]
    stated = [fact for fact in facts if k.Symbol("n") in fact.proposition.free]
    assert bool(stated) == positive, inner
    assert all(Analysis().holds(fact.proposition) for fact in facts)


def test_the_rules_by_which_the_values_of_indices_are_bounded():
    assert set(rules(encoded(r"\sum_{x=1}^n x = 0"))) == {"index.range"}
    assert "integral.range" in rules(encoded(r"\int_1^2 x \, dx = 0"))
    assert "index.range" not in rules(encoded(r"\int_1^2 x \, dx = 0"))


@pytest.mark.parametrize(
    "body",
    [
        Times(X, GAMMA),
        Times(GAMMA, X),
        Negative(GAMMA),
        Quotient(GAMMA, a),
        Plus(GAMMA, Times(a, GAMMA)),
        Times(X, Plus(GAMMA, Negative(GAMMA))),
    ],
    ids=str,
)
def test_an_integral_of_a_density_is_over_its_support(body):
    assert total_of(IntegralOver(x, body)).domain == HALF_LINE


@pytest.mark.parametrize(
    "body",
    [
        Plus(GAMMA, NORMAL),  # of two supports
        Plus(GAMMA, X),
        Plus(GAMMA, Opaque("f({0})", X)),
        Times(GAMMA, u[x]),  # which has no value at the numbers of another set
        Quotient(X, GAMMA),
        Exp(GAMMA),
        Raised(GAMMA, a),
        X,
    ],
    ids=str,
)
def test_no_other_integral_is(body):
    total = total_of(IntegralOver(x, body))
    assert {part.domain for part in k.subterms(total) if isinstance(part, k.Reduce)} == {x.alphabet}
    assert not indices_of(total)


def test_the_weights_of_a_support_that_is_finite_stand_there_once():
    for integral in (IntegralOver(x, BETA), IntegralOver(x, Times(X, BETA))):
        total = total_of(integral)
        assert total.domain == UNIT
        assert [part.tensor for part in k.subterms(total) if isinstance(part, k.Entry)].count(weights(UNIT)) == 1


def test_an_integral_without_limits_has_the_value_that_its_support_gives_it():
    y = Variable("y", "Y")
    normal = Density("normal", "N({0};{1},{2})", IndexValue(y), a, s)

    def told(*limits):
        return rules(encode(Statement(equal(IntegralOver(y, Times(IndexValue(y), normal), *limits), 0))))

    assert "integral.normal" in told()
    assert "integral.normal" in told(r"\mathbb{R}", "")
    assert "integral.normal" not in told("0", "1")


def test_the_names_that_come_with_sums_have_no_other_meaning():
    line, whole = Variable("x", LINE), Variable("x", r"\{1,\ldots,\infty\}")
    for integral, name in (
        (IntegralOver(x, Times(X, GAMMA)), value_tensor(HALF_LINE)),
        (IntegralOver(x, BETA), weights(UNIT)),
        (IntegralOver(x, Times(X, NORMAL)), r"\pi"),
        (IntegralOver(line, Exp(Negative(Times(a, Raised(IndexValue(line), Integer(2)))))), r"\pi"),
        (Special("gamma", Rational(1, 2)), r"\pi"),
        (RangedSum(whole, Raised(a, IndexValue(whole)), "x=1"), value_tensor(NATURAL)),
        (X, value_tensor(x.alphabet)),
    ):
        encoder = Encoder()
        encoder.declare(name, "another")
        with pytest.raises(LanguageError, match="two meanings"):
            encoder.term(integral)


def ordered(one, other):
    return RestrictedSum((one, other), Integer(1), Before(one, other), "i < j")


@pytest.mark.parametrize(
    "pair",
    [
        (Variable("i", r"\{1,\ldots,n\}"), Variable("j", r"\{1,\ldots,m\}")),
        (Variable("i", measured("X")), Variable("j", measured("X"))),
    ],
)
def test_indices_of_different_ranges_and_values_of_densities_have_no_order(pair):
    with pytest.raises(LanguageError, match="have different ranges"):
        total_of(ordered(*pair))
    assert total_of(ordered(Variable("i", "I"), Variable("j", "I"))).kind == "sum"


def test_a_limit_is_one_for_each_value_of_the_indices_in_it():
    moving = Variable("t", r"\lim t")
    body = Times(u[x], IndexValue(moving))
    limit = total_of(Limit(moving, body, Integer(2), ""))
    assert isinstance(limit, k.Entry)
    assert [index.name for index in limit.indices] == ["x"]
