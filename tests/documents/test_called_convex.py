"""Functions that prose calls convex or concave: Jensen's inequality holds for them, in one direction."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

JENSEN = "Let $X$ be a random variable. %s Then we get\n\n$$ %s . $$\n\nThen we get\n\n$$ %s . $$\n"
BELOW, ABOVE = r"f(E[X]) \le E[f(X)]", r"E[f(X)] \le f(E[X])"


@pytest.mark.parametrize(
    "said",
    [
        "Let $f$ be a convex function.",
        "Let $f$ be convex.",
        "Suppose that $f$ is strictly convex.",
        "For any convex function $f$ we have the following.",
    ],
)
def test_jensen_holds_for_what_is_called_convex(tmp_path, said):
    right, wrong = verdicts(checked(tmp_path, JENSEN % (said, BELOW, ABOVE), "text.md"))
    assert right == "proved"
    assert wrong != "proved"


def test_of_concave_functions_it_is_turned_around(tmp_path):
    right, wrong = verdicts(checked(tmp_path, JENSEN % ("Let $f$ be concave.", ABOVE, BELOW), "text.md"))
    assert right == "proved"
    assert wrong != "proved"


def test_it_holds_at_points(tmp_path):
    middle = "f\\left(\\frac{a + b}{2}\\right)"
    said = f"Let $f$ be a convex function. Then we get\n\n$$ {middle} %s \\frac{{f(a) + f(b)}}{{2}} . $$\n"
    assert verdicts(checked(tmp_path, said % r"\le", "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, said % r"\ge", "text.md")) != ["proved"]


@pytest.mark.parametrize(
    "said",
    [
        "Let $f$ be a function.",
        "The function $f$ is not convex.",
        "Let $f$ be non-convex.",
        "Let $f$ be quasi-convex.",
        "Let $f$ be convex on $C$.",
        "Let $f$ be convex in its second argument.",
        "Let $f$ be convex or concave.",
        "Let $g$ be a convex function and $f$ another one.",
        "Some authors assume that $f$ is convex.",
        "If $f$ is convex, the claim is clear. In general, it is not.",
        "Let $f$ be convex. Now let $f$ be any function.",
        "Let $f$ be convex, and later let $f$ be concave. Let $f$ be concave.",
        "Let $f(x) = x^3$. The function $f$ is convex.",
        "Let $f$ be convex. Here $f(x) = - x^2$.",
    ],
)
def test_what_is_not_called_so_for_certain_has_no_such_inequality(tmp_path, said):
    assert verdicts(checked(tmp_path, JENSEN % (said, "1 + 1 = 2", BELOW), "text.md"))[-1] != "proved"


def test_a_line_that_is_given_for_all_points_is_enough(tmp_path):
    said = "Suppose that $f(x) \\ge f(y) + g(y) (x - y)$ for all $x$ and $y$."
    right, wrong = verdicts(checked(tmp_path, JENSEN % (said, BELOW, ABOVE), "text.md"))
    assert right == "proved"
    assert wrong != "proved"
