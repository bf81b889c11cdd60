"""Solutions with names of their own, where a derivative is set to zero that the text does not write out."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.model.verdict import Gap
from tests.documents.checking import checked, steps_of, verdicts

OBJECTIVE = r"$g(\alpha) = \alpha - \frac{c}{2} \alpha^2$"
SETS = "Setting the derivative equal to zero gives"


def written(given: str, words: str, solution: str) -> str:
    return f"The objective is {given}. {words}\n\n$$ {solution} . $$\n"


@pytest.mark.parametrize("words", [SETS, r"Setting $g'(\alpha) = 0$ gives", "The derivative vanishes at"])
@pytest.mark.parametrize("name", [r"\alpha^*", r"\hat{\alpha}", r"\alpha_{\text{opt}}", r"\alpha"])
def test_a_solution_is_checked(tmp_path: Path, words: str, name: str) -> None:
    right = checked(tmp_path, written(OBJECTIVE, words, rf"{name} = \frac{{1}}{{c}}"), "text.md")
    assert verdicts(right) == ["proved"]
    wrong = checked(tmp_path, written(OBJECTIVE, words, rf"{name} = \frac{{2}}{{c}}"), "text.md")
    assert verdicts(wrong)[0] in ("gap", "refuted")


def test_one_of_several_solutions_is_no_mistake(tmp_path: Path) -> None:
    (step,) = steps_of(checked(tmp_path, written("$f(x) = x^3 - 3 x$", SETS, "x^* = 1"), "text.md"))
    assert step.verdict.reason == "a derivative is zero there, and whether it is elsewhere is open"
    assert verdicts(checked(tmp_path, written("$f(x) = x^3 - 3 x$", SETS, "x^* = 2"), "text.md")) == ["gap"]


def test_what_is_said_of_another_function_is_given(tmp_path: Path) -> None:
    text = written("$f(x) = x^2$ and $h(z) = z^3 - z$", SETS, "x^* = 3")
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given"]
    text = written(r"a log-likelihood in the mean $\mu$", SETS, r"\hat{\mu} = \frac{1}{n} \sum_{i=1}^n x_i")
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given"]


@pytest.mark.parametrize(("sign", "verdict"), [("+", "proved"), ("-", "gap")])
def test_the_solution_of_ridge_regression(tmp_path: Path, sign: str, verdict: str) -> None:
    text = written(
        r"$L(w) = \|y - X w\|^2 + \lambda \|w\|^2$",
        "Setting the gradient to zero gives",
        rf"\hat{{w}} = (X^\top X {sign} \lambda I)^{{-1}} X^\top y",
    )
    assert verdicts(checked(tmp_path, text, "text.md")) == [verdict]


@pytest.mark.parametrize(("sign", "verdict"), [("-", "proved"), ("+", "gap")])
def test_names_may_be_explained_behind_it(tmp_path: Path, sign: str, verdict: str) -> None:
    loss = r"$L(a, b) = \sum_{i=1}^n (y_i - a - b x_i)^2$"
    words = "Setting the derivative with respect to $a$ to zero gives"
    text = written(loss, words, rf"\hat{{a}} = \bar{{y}} {sign} b \bar{{x}}").replace(" . $$", " $$")
    text += "\nwith $\\bar{x} = \\frac{1}{n} \\sum_{i=1}^n x_i$ and $\\bar{y} = \\frac{1}{n} \\sum_{i=1}^n y_i$.\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == [verdict]


LIKELIHOOD = r"$\ell(p) = k \ln p + (n - k) \ln (1 - p)$"
NOT_THERE = "the derivative of the function is not zero there"


@pytest.mark.parametrize(
    "words",
    [
        "Maximising it over $p$ yields",
        "The maximum likelihood estimate is",
        "It is maximised at",
        "The maximum is attained at",
    ],
)
def test_where_a_function_is_largest_its_derivative_is_zero(tmp_path: Path, words: str) -> None:
    right = checked(tmp_path, written(LIKELIHOOD, words, r"\hat{p} = \frac{k}{n}"), "text.md")
    assert verdicts(right) == ["given"]
    (wrong,) = steps_of(checked(tmp_path, written(LIKELIHOOD, words, r"\hat{p} = \frac{k}{n + 1}"), "text.md"))
    assert isinstance(wrong.verdict, Gap)
    assert wrong.verdict.reason == NOT_THERE


@pytest.mark.parametrize(
    ("given", "words", "solution"),
    [
        ("$f(x) = x^2 + x$ on $[0, 1]$", "It is minimised at", "x^* = 0"),
        ("$f(x) = |x - a|$", "It is minimised at", "x^* = a"),
        ("$f(x) = x^2 + y^2$ subject to $x + y = 1$", "It is minimised at", r"x^* = \frac12"),
        ("$f(x) = x^2$", r"With a penalty $\lambda x$ added, it is minimised at", r"x^* = - \frac{\lambda}{2}"),
        ("$f(x) = x^2$", "The best guess is", "x^* = 3"),
        ("$f(x) = x^2 - 2 m x$", "It is minimised at", r"x^* = \bar{x}"),
    ],
)
def test_elsewhere_nothing_is_said_of_it(tmp_path: Path, given: str, words: str, solution: str) -> None:
    assert verdicts(checked(tmp_path, written(given, words, solution), "text.md")) == ["given"]


def test_that_it_is_zero_proves_no_extremum(tmp_path: Path) -> None:
    text = written("$f(x) = - (x - 1)^2$", "It is minimised at", "x^* = 1")
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given"]


@pytest.mark.parametrize(("value", "verdict"), [("5", "proved"), ("6", "gap")])
def test_the_value_of_a_function_at_a_place_that_is_known_is_checked(tmp_path: Path, value: str, verdict: str) -> None:
    text = written("$f(x) = - x^2 + 4 x + 1$", "It is maximised at", "x^* = 2")
    report = checked(tmp_path, f"{text}\nThe maximum is\n\n$$ f(x^*) = {value} . $$\n", "text.md")
    assert verdicts(report) == ["given", verdict]


def test_densities_are_told_from_others_by_their_arguments(tmp_path: Path) -> None:
    text = "Let $f(x) = x^2$ and $y = 2 t$. Then\n$$ f(y) = 4 t^2. $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, f"We look at densities. {text}", "text.md")) != ["proved"]
