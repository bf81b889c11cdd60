"""An assumed equation is solved for a name of the conclusion."""

from __future__ import annotations

import pytest

from symderiv.check import Options, prove_statement
from symderiv.writers.verdicts import name_of
from tests.documents.checking import checked, verdicts


@pytest.mark.parametrize(
    ("statement", "assumed", "conditions"),
    [
        (r"x = e^a", [r"\ln x = a", "x > 0"], ()),
        (r"x = e^a", [r"\ln x = a"], ("x > 0",)),
        (r"y = e^{m - s^2}", [r"-1 = \frac{\ln y - m}{s^2}", "y > 0", "s > 0"], ()),
        (r"z = \ln(c + 1)", [r"e^z = c + 1", "c + 1 > 0"], ()),
        (r"x = \sqrt{a}", ["x^2 = a", "x > 0"], (r"a \geq 0",)),
        (r"u = \ln \frac{1}{2}", [r"e^u = \frac{1}{2}"], ()),
        (r"x = e^2", [r"\ln x = 2", "x > 0"], ()),
        (r"-(a - b)^2 = \ln \frac{1}{3}", [r"e^{-(a - b)^2} = \frac{1}{3}"], ()),
        (r"y = \sqrt{c + d}", ["y^2 = c + d", "y > 0", "c > 0", "d > 0"], ()),
        (r"\frac{p}{1 - p} = e^u", [r"\ln \frac{p}{1 - p} = u", "p > 0", "p < 1"], ()),
    ],
)
def test_what_is_right_is_proved(statement, assumed, conditions):
    (step,) = prove_statement(statement, assumed, Options(jobs=1, cache=False)).files[0].derivations[0].steps
    assert name_of(step.verdict) == "proved"
    assert step.verdict.conditions == conditions


@pytest.mark.parametrize(
    ("statement", "assumed"),
    [
        (r"x = e^{-a}", [r"\ln x = a", "x > 0"]),
        (r"y = e^{m + s^2}", [r"-1 = \frac{\ln y - m}{s^2}", "y > 0", "s > 0"]),
        (r"z = \ln(c)", [r"e^z = c + 1", "c > 0"]),
        (r"x = \sqrt{a}", ["x^2 = a"]),
        (r"u = \ln \frac{1}{3}", [r"e^u = \frac{1}{2}"]),
        (r"u = -\ln \frac{1}{2}", [r"e^u = \frac{1}{2}"]),
        (r"y = \sqrt{c + d}", ["y^2 = c + d", "c > 0", "d > 0"]),
    ],
)
def test_what_is_wrong_is_not(statement, assumed):
    (step,) = prove_statement(statement, assumed, Options(jobs=1, cache=False)).files[0].derivations[0].steps
    assert name_of(step.verdict) != "proved"


SOLVED = r"Let $0 < \epsilon < 1$, $a > 0$ and $b > 0$, and suppose that $@$. Then"


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        (r"a e^{x} = b e^{-x}", r"x = \frac12 \log \frac{b}{a}", r"x = \frac12 \log \frac{a}{b}"),
        (
            r"\epsilon e^{x} - (1 - \epsilon) e^{-x} = 0",
            r"x = \frac12 \log \frac{1 - \epsilon}{\epsilon}",
            r"x = \log \frac{1 - \epsilon}{\epsilon}",
        ),
        (r"e^{2 x} = \frac{1 - \epsilon}{\epsilon}", r"x = \frac12 \log \frac{1 - \epsilon}{\epsilon}", r"x = \log 2"),
        (
            r"x = \frac12 \log \frac{1 - \epsilon}{\epsilon}",
            r"(1 - \epsilon) e^{-x} + \epsilon e^{x} = 2 \sqrt{\epsilon (1 - \epsilon)}",
            r"(1 - \epsilon) e^{-x} + \epsilon e^{x} = \sqrt{\epsilon (1 - \epsilon)}",
        ),
        ("a = b", r"\sqrt{\frac{\epsilon}{1 - \epsilon}} = \frac{\sqrt{\epsilon}}{\sqrt{1 - \epsilon}}", "a = 2 b"),
    ],
)
def test_what_stands_in_exponentials(tmp_path, said, right, wrong):
    text = f"{SOLVED.replace('@', said)}\n\n$$ @ . $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", right), "right.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text.replace("@", wrong), "wrong.md"))[0] not in ("proved", "given")
