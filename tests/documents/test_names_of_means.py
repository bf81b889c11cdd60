r"""Names for means: `\mu = E[X]` is a constant below other means, wherever a text says what it is."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

BESIDE = "Let $X$ be a random variable. Then\n\n$$ %s \\quad \\text{where} \\quad \\mu = \\mathrm{E}(X) . $$\n"
BELOW = "Let $X$ be a random variable. Then\n\n$$ %s $$\n\nwhere $\\mu = \\mathrm{E}(X)$.\n"
BEFORE = "Let $X$ be a random variable. Let\n\n$$ \\mu = \\mathrm{E}(X) . $$\n\nThen\n\n$$ %s . $$\n"


@pytest.mark.parametrize("text", [BESIDE, BELOW, BEFORE], ids=["beside", "below", "before"])
@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\mathrm{Var}(X) = \mathrm{E}\left[ (X - \mu)^2 \right]", "proved"),
        (r"\mathrm{E}(\mu X) = \mu^2", "proved"),
        (r"\mathrm{Var}(X) = \mathrm{E}\left[ (X + \mu)^2 \right]", "gap"),
        (r"\mathrm{Var}(X) = \mathrm{E}\left[ X^2 - \mu \right]", "gap"),
        (r"\mathrm{E}(\mu X) = \mu", "gap"),
    ],
)
def test_a_mean_is_a_constant(tmp_path, text, formula, verdict):
    found = verdicts(checked(tmp_path, text % formula, "text.md"))
    assert [one for one in found if one != "given"] == [verdict]


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        (r"$k = \mathrm{E}(X \mid Y)$", r"\mathrm{E}(k X) = k \mathrm{E}(X)"),
        (r"$k = Y + \mathrm{E}(X)$", r"\mathrm{E}(k X) = k \mathrm{E}(X)"),
        (r"$k = \mathrm{E}(X) Y$", r"\mathrm{Var}(k X) = k^2 \mathrm{Var}(X)"),
    ],
)
def test_what_is_made_of_more_than_means_is_none(tmp_path, said, formula):
    text = f"Let $X$ and $Y$ be random variables and let {said}. Then\n\n$$ {formula} . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) in (["gap"], ["unknown"])


@pytest.mark.parametrize(
    "said",
    [
        r"Let $X$ and $Y$ be random variables. The best guess is $Y = \mathrm{E}[X]$. We have",
        r"If $Y = \mathrm{E}[X]$, then the loss vanishes. In general we have",
        r"Let $X$ and $Y$ be drawn. When $Y = \mathrm{E}[X]$, the loss vanishes. In general we have",
    ],
)
def test_what_is_random_is_no_constant_where_it_happens_to_be_a_mean(tmp_path, said):
    row = r"\mathrm{E}[(X - Y)^2] = \mathrm{E}[X^2] - 2 \mathrm{E}[X] \mathrm{E}[Y] + \mathrm{E}[Y^2]"
    assert verdicts(checked(tmp_path, f"{said}\n\n$$ {row} $$\n", "text.md"))[-1] == "gap"
