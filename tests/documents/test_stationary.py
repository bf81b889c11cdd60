"""Solutions with names of their own, where a derivative is set to zero that the text does not write out."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.model.verdict import Gap, Proved
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
        (r"$f(x) = x^2 + 1$ over $x \ge 2$", "The minimum is attained at", "x^* = 2"),
        (r"$f(x) = x^2 + 1$ with $x \in \{1, 2\}$", "The minimum is attained at", "x^* = 1"),
        ("$f(x) = x^2$", "The maximum over integers is", "x^* = 5"),
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


LOSSES = r"""Let $f(w) = (w - 3)^2$ be the training loss. Let $g(w) = (w - 4)^2$ be the test loss.

Setting @ gives
$$ \hat{w} = {}. $$
"""


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("the derivative of $f$ to zero", 3),
        ("the derivative of $g$ with respect to $w$ to zero", 4),
        ("$f'(w) = 0$", 3),
        (r"$\nabla_{w} f(w) = 0$", 3),
        (r"$\frac{\mathrm{d} f}{\mathrm{d} w} = 0$", 3),
        ("the gradient of the training loss to zero", 3),
        ("the derivative to zero", 4),
    ],
)
def test_the_function_is_the_one_that_the_words_name(tmp_path: Path, words: str, value: int) -> None:
    text = LOSSES.replace("@", words)
    assert verdicts(checked(tmp_path, text.replace("{}", str(value)), "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text.replace("{}", str(7 - value)), "text.md")) == ["gap"]


@pytest.mark.parametrize(
    "words",
    [
        "the derivative of $R$ to zero",
        "the derivative of $f + g$ to zero",
        "the derivative of $g(w) + w$ to zero",
        "the gradient of the loss to zero",
        "the second derivative of $g$ to zero",
        "$g''(w) = 0$",
    ],
)
def test_what_other_words_set_to_zero_is_not_known(tmp_path: Path, words: str) -> None:
    for value in ("3", "4"):
        text = LOSSES.replace("@", words).replace("{}", value)
        assert verdicts(checked(tmp_path, text, "text.md")) == ["given"]


@pytest.mark.parametrize("words", ["Differentiating $L$ and setting it", "We take the derivative and set the result"])
def test_what_was_differentiated_is_set_to_zero_and_not_the_function(tmp_path: Path, words: str) -> None:
    text = written("$L(w) = w^2 - 4$", f"{words} equal to zero, which gives", r"\hat{w} = @")
    assert verdicts(checked(tmp_path, text.replace("@", "0"), "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text.replace("@", "2"), "text.md")) == ["gap"]


def test_derivatives_of_several_functions_are_told_apart(tmp_path: Path) -> None:
    text = (
        "We have\n$$ f'(w) = 2 (w - 3), $$\n$$ g'(w) = 2 (w - 4). $$\nSetting $f'(w)$ to zero gives\n$$ w^* = @. $$\n"
    )
    assert verdicts(checked(tmp_path, text.replace("@", "3"), "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text.replace("@", "4"), "text.md"))[-1] in ("gap", "refuted")


ANOTHER = """The first loss is
$$ f(w) = (w - 3)^2. $$
Setting the derivative to zero gives
$$ w^* = 3. $$
@ Setting the derivative to zero gives
$$ w^* = {}. $$
"""


@pytest.mark.parametrize("words", ["Let $g(w) = (w - 4)^2$ be the second loss.", "Now let $g(w) = (w - 4)^2$."])
def test_the_last_function_may_stand_in_prose_and_its_solution_have_the_same_name(tmp_path: Path, words: str) -> None:
    text = ANOTHER.replace("@", words)
    assert verdicts(checked(tmp_path, text.replace("{}", "4"), "text.md")) == ["given", "proved", "proved"]
    assert verdicts(checked(tmp_path, text.replace("{}", "3"), "text.md"))[-1] == "gap"


def test_a_function_that_prose_replaces_is_not_known(tmp_path: Path) -> None:
    text = "Let $f(w) = (w - 3)^2$. Instead of $f$ we use $f(w) = (w - 4)^2$. " + f"{SETS}\n\n$$ w^* = @ $$\n"
    for value in ("3", "4"):
        assert verdicts(checked(tmp_path, text.replace("@", value), "text.md")) == ["given"]


def test_it_speaks_of_the_derivative_before_it(tmp_path: Path) -> None:
    text = "The slope is\n$$ f'(w) = 2 (w - 3), $$\nwhere $g(w) = (w - 4)^2$. Setting it to zero gives\n$$ w^* = @ $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "3"), "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text.replace("@", "4"), "text.md"))[-1] == "gap"


@pytest.mark.parametrize(("count", "verdict"), [("n", "proved"), ("n - 1", "gap")])
def test_a_variance_may_be_what_is_solved_for(tmp_path: Path, count: str, verdict: str) -> None:
    text = written(
        r"$\ell(\mu, \sigma^2) = -\frac{n}{2} \log \sigma^2 - \frac{1}{2 \sigma^2} \sum_{i=1}^n (x_i - \mu)^2$",
        r"Setting the derivative with respect to $\sigma^2$ to zero gives",
        rf"\hat{{\sigma}}^2 = \frac{{1}}{{{count}}} \sum_{{i=1}}^n (x_i - \mu)^2",
    )
    assert verdicts(checked(tmp_path, text, "text.md")) == [verdict]


@pytest.mark.parametrize(
    ("sets", "verdict"),
    [
        (r"$\frac{\partial f}{\partial x} = 0$", "proved"),
        (r"$\nabla_x f(x, y) = 0$", "proved"),
        (r"$\partial f / \partial x = 0$", "proved"),
        ("the derivative with respect to $x$ to zero", "proved"),
        (r"$\frac{\partial f}{\partial y} = 0$", "gap"),
        (r"the derivative with respect to $\theta$ to zero", "given"),
    ],
)
def test_a_derivative_is_by_the_name_that_is_written(tmp_path: Path, sets: str, verdict: str) -> None:
    text = written("$f(x, y) = x^2 - 2 x + y x$", f"Setting {sets} gives", r"x^* = 1 - \frac{y}{2}")
    assert verdicts(checked(tmp_path, text, "text.md")) == [verdict]


def test_it_may_be_by_what_is_no_argument(tmp_path: Path) -> None:
    text = written("$f(w) = b^2 w - 2 b$", "Setting the derivative with respect to $b$ to zero gives", "b^* = @")
    assert verdicts(checked(tmp_path, text.replace("@", r"\frac{1}{w}"), "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text.replace("@", "0"), "text.md")) == ["gap"]


def test_what_is_denied_is_no_solution(tmp_path: Path) -> None:
    text = written("$f(x) = (x - 3)^2$", "Without setting the derivative to zero one would not get", "x^* = 3")
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given"]


def test_an_estimate_lies_where_its_name_does(tmp_path):
    text = (
        "Let $a > 0$, $b > 0$ and $0 < y < 1$, and let $g(y) = a \\log y + b \\log(1 - y)$. "
        "Setting the derivative to zero gives\n\n$$ y^* = @ $$\n"
    )
    (step,) = steps_of(checked(tmp_path, text.replace("@", r"\frac{a}{a + b}"), "right.md"))
    assert isinstance(step.verdict, Proved)
    assert step.verdict.conditions == ()
    assert verdicts(checked(tmp_path, text.replace("@", r"\frac{b}{a + b}"), "wrong.md"))[0] in ("gap", "refuted")


NORMAL_LIKELIHOOD = r"""The log-likelihood is

$$ \ell(\mu, \sigma^2) = -\frac{n}{2} \log \sigma^2 - \frac{1}{2 \sigma^2} \sum_{i=1}^n (x_i - \mu)^2 . $$

Then

$$ \frac{\partial \ell}{\partial \mu} = \frac{1}{\sigma^2} \sum_{i=1}^n (x_i - \mu) = 0
   \implies \hat\mu = \frac1n \sum_{i=1}^n x_i . $$

Similarly,

$$ \frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{2 \sigma^2} + \frac{1}{2 \sigma^4} \sum_{i=1}^n (x_i - \mu)^2
   = 0 \implies \hat\sigma^2 = \frac{1}{@} \sum_{i=1}^n (x_i - \hat\mu)^2 . $$
"""


@pytest.mark.parametrize(("by", "last"), [("n", ("proved",)), ("n - 1", ("gap", "refuted"))])
def test_all_slopes_are_zero_at_once(tmp_path, by, last):
    found = verdicts(checked(tmp_path, NORMAL_LIKELIHOOD.replace("@", by), "text.md"))
    assert found[:-1] == ["given", "proved", "given", "proved", "proved", "given"]
    assert found[-1] in last
