"""Functions at arguments whose names mean something in their definitions: nothing is captured."""

from __future__ import annotations

import pytest

from symderiv.documents.displays import Row
from symderiv.documents.function_domains import called_in
from tests.documents.checking import checked, verdicts

TIMES_N = r"Let $g(x) = \sum_{i=1}^n x$. Then we get "
MEAN = r"Let $g(x) = \int_0^1 x t \, dt$. Then we get "


@pytest.mark.parametrize(
    ("words", "right", "wrong"),
    [
        (TIMES_N, r"\sum_{i=1}^n g(w_i) = n \sum_{i=1}^n w_i", r"\sum_{i=1}^n g(w_i) = n^2 \sum_{i=1}^n w_i"),
        (
            r"Let $g(x) = \sum_{i=1}^n x w_i$. Then we get ",
            r"\sum_{i=1}^n g(w_i) = \left( \sum_{i=1}^n w_i \right)^2",
            r"\sum_{i=1}^n g(w_i) = n \sum_{i=1}^n w_i^2",
        ),
        (MEAN, r"2 g(a) = a", r"3 g(t) = 1"),
        (r"Let $g(x) = \frac{d}{dx} (a x^2)$. Then we get ", r"1 + g(b) = 2 a b + 1", r"1 + g(a) = 3 a^2 + 1"),
        (
            r"Let $g(x, y) = x^2 y^3$. Then we get ",
            r"\frac{\partial^3 g}{\partial x^2 \partial y} = 6 y^2",
            r"\frac{\partial^3 g}{\partial x^2 \partial y} = \frac{\partial^3 g}{\partial x \partial y^2}",
        ),
        (
            r"Let $g(x, y) = x^2 y^3$. Then we get ",
            r"\frac{\partial g}{\partial x}(x, y) = 2 x y^3",
            r"\frac{\partial g}{\partial x}(y, x) = 2 x y^3",
        ),
        (
            r"For a function $g$ of two numbers we get ",
            r"1 + \frac{\partial g}{\partial x}(x, y) = \frac{\partial g}{\partial x} + 1",
            r"1 + \frac{\partial g}{\partial x}(x, y) = \frac{\partial g}{\partial x}(y, x) + 1",
        ),
        (
            r"Let $g(x) = \mathbb{E}[x Y]$. Then we get ",
            r"1 + g(Y) = Y \mathbb{E}[Y] + 1",
            r"1 + g(Y) = \mathbb{E}[Y^2] + 1",
        ),
        (
            r"Let $g(x) = \mathbb{E}_y[x y]$. Then we get ",
            r"1 + g(a) = \mathbb{E}_y[a y] + 1",
            r"1 + g(y) = \mathbb{E}_y[y^2] + 1",
        ),
        (r"Let $g(x) = P(Y \le x)$. Then we get ", r"1 + g(a) = P(Y \le a) + 1", r"1 + g(Y) = P(Y \le Y) + 1"),
        (r"Let $g(x) = \mathrm{Var}(x + Y)$. Then we get ", "g(a) + 1 = g(b) + 1", r"1 + g(Y) = \mathrm{Var}(2 Y) + 1"),
        (r"Let $g(x) = \frac{d}{dt} (x t)$. Then we get ", "1 + g(t) = t + 1", "1 + g(t) = 2 t + 1"),
        (r"Let $g(x) = x^2$. Then we get ", r"\frac{dg}{dx}(x) = 2 x", r"\frac{dg}{dx}(a) = 2 x a"),
    ],
)  # fmt: skip
def test_nothing_is_captured(tmp_path, words, right, wrong):
    right_one = verdicts(checked(tmp_path, f"{words}\n\n$$ {right} $$\n", "right.md"))
    wrong_one = verdicts(checked(tmp_path, f"{words}\n\n$$ {wrong} $$\n", "wrong.md"))
    assert right_one[-1] in ("proved", "unknown", "plausible")
    assert wrong_one[-1] not in ("proved", "given")


def test_mixed_derivatives_of_what_is_not_known_differ(tmp_path):
    formula = r"\frac{\partial^3 h}{\partial x^2 \partial y} = \frac{\partial^3 h}{\partial x \partial y^2}"
    text = f"Let $g(x, y) = x^2 + h(x, y)$. Hence we get\n\n$$ {formula} + 0 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\int_a^b \mathrm{d}x = b - a", r"\int_a^b \mathrm{d}x = a - b"),
        (r"\int_0^1 dx \, x^2 = \frac{1}{3}", r"\int_0^1 dx \, x^2 = \frac{1}{2}"),
        (r"c \int_a^b \, dx = c (b - a)", r"c \int_a^b \, dx = c b - a"),
    ],
)
def test_an_integral_of_one_and_a_differential_in_front(tmp_path, right, wrong):
    words = "Let $a < b$ and $c > 0$. Then\n\n"
    assert verdicts(checked(tmp_path, f"{words}$$ {right} $$\n", "right.md")) == ["proved"]
    assert verdicts(checked(tmp_path, f"{words}$$ {wrong} $$\n", "wrong.md"))[0] in ("gap", "refuted")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Let $f(x) > 0$.", "proved"),
        ("Let $f(x) > 0$ for all $x$.", "proved"),
        ("Let $x$ be such that $f(x) > 0$.", "unknown"),
        ("There is an $x$ with $f(x) > 0$.", "unknown"),
        ("Let $f(x) > 0$ at some point $x$.", "unknown"),
        ("Suppose $f(x) > 0$ for some $x$.", "unknown"),
        ("Fix $x \\in S$ with $f(x) > 0$.", "unknown"),
    ],
)
def test_what_is_said_of_one_thing_is_not_said_of_all_that_is_summed(tmp_path, said, expected):
    assert verdicts(checked(tmp_path, f"{said} Then\n\n$$ \\sum_x f(x) > 0 $$\n", "text.md")) == [expected]


@pytest.mark.parametrize("words", ["At $x = 1$ we have", "For $x = 1$ we have", "If $x = 1$, then"])
@pytest.mark.parametrize(
    ("behind", "expected"),
    [("and also", "proved"), ("and in general", "gap"), ("and for every $x$", "gap"), ("but otherwise", "gap")],
)
def test_a_condition_ends_where_a_sentence_speaks_of_all(tmp_path, words, behind, expected):
    text = f"{words}\n\n$$ x^2 + y = 1 + y $$\n\n{behind}\n\n$$ x^3 + y = 1 + y $$\n"
    found = verdicts(checked(tmp_path, text, "text.md"))
    assert found[0] == "proved"
    assert (found[-1] == "proved") is (expected == "proved")


@pytest.mark.parametrize("claim", [r"f(-2) + 2 = 0", r"f(y) + |y| = 2 y", r"f'(-2) + 1 = 2", r"x + |x| = 2 x"])
def test_what_a_function_is_on_an_interval_is_not_what_it_is_elsewhere(tmp_path, claim):
    text = f"Let\n\n$$ f(x) = x, \\quad x > 0 . $$\n\nHence we get\n\n$$ {claim} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


ONE = [
    "Let $a$ be such that",
    "Suppose that $a$ satisfies",
    "For some $a$ we have",
    "By the theorem there exists a point $a$ with",
    "At the minimum $a$ we have",
    "The curves meet where",
    "Let $a$ be the solution of",
    "On $(0, \\infty)$ we set",
]
ALL = [
    "For every $a$ let",
    "Let $a$ be a real number and let",
    "For a real number $a$ we set",
    "Let $g$ be such that",
    "Consider a model in $a$ with",
    "Every number $a$ satisfies",
]


@pytest.mark.parametrize(("words", "expected"), [*((w, "unknown") for w in ONE), *((w, "proved") for w in ALL)])
@pytest.mark.parametrize("between", ["\n\n$$ g(a) = a^2 . $$\n\nHence\n\n", " $g(a) = a^2$. Hence\n\n"])
def test_an_equation_at_one_argument_defines_no_function(tmp_path, words, expected, between):
    if "$$" in between or not words.startswith(("The curves", "Every")):
        assert verdicts(checked(tmp_path, f"{words}{between}$$ g(b) + 1 = b^2 + 1 $$\n", "text.md"))[-1] == expected


@pytest.mark.parametrize(
    ("condition", "claim", "expected"),
    [
        ("x > 0", r"g(x) + |x| = 2 x", "proved"),
        ("x > 0", r"g(y) - g(y) + |x| = x", "unknown"),
        ("y > 0", r"g(x) + |y| = x + y", "unknown"),
        (r"\text{if } x > 0", r"g(x) + |x| = 2 x", "unknown"),
        ("0 < x < 1", r"g(x) (1 - x) > 0", "proved"),
        ("x > 0 . $$\n\nBut\n\n$$ g(x) = - x, \\quad x < 0", r"g(x) + |x| = 2 x", "unknown"),
        ("x > 0 . $$\n\nBut\n\n$$ g(x) = - x, \\quad x > 5", r"g(x) + |x| = 2 x", "unknown"),
        ("x > 0 . $$\n\nBut\n\n$$ x = (", r"g(x) + |x| = 2 x", "proved"),
    ],
)
def test_a_domain_bounds_the_arguments_of_its_function_alone(tmp_path, condition, claim, expected):
    text = f"Let\n\n$$ g(x) = x, \\quad {condition} . $$\n\nHence we get\n\n$$ {claim} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == expected


def test_a_bound_of_a_function_and_what_follows_somewhere_make_no_domain(tmp_path):
    bound = "Let\n\n$$ g(x) \\le x, \\quad x > 0 . $$\n\nHence we get\n\n$$ g(x) - g(x) + |x| = x $$\n"
    assert verdicts(checked(tmp_path, bound, "text.md"))[-1] != "proved"
    rest = "We have\n\n$$ g(x) = |x|, \\quad x > 0 . $$\n\nHence we get\n\n$$ g(y) + 1 = y + 1 $$\n"
    assert verdicts(checked(tmp_path, f"Let\n\n$$ g(x) = x . $$\n\n{rest}", "text.md"))[-1] == "proved"


@pytest.mark.parametrize("kind", ["for positive $x$", "where $x$ is positive", "with non-negative $x$"])
def test_a_kind_of_numbers_is_a_domain(tmp_path, kind):
    text = f"Let $g(x) = x$ {kind}. Then\n\n$$ g(-2) + 2 = 0 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "unknown"


def test_a_value_of_an_argument_is_not_set_beside_a_domain(tmp_path):
    text = "Let\n\n$$ g(x) = x, \\quad x > 0 . $$\n\nFor $x = -1$ we have\n\n$$ g(x) + |x| = -2 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_a_relation_that_was_not_read_calls_no_function():
    assert called_in([Row(0, (0, 1), "first", "=", None, None)], {}) == []
