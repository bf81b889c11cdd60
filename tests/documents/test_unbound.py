r"""An index that no sum binds, on one side of a definition."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

TEXT = (
    "Let $x_1, \\ldots, x_n$ be numbers.\n\n$$\nm = \\frac{1}{n} \\sum_{i=1}^n x_i\n$$\n\nWe define%s\n\n$$\n%s\n$$\n"
)


@pytest.mark.parametrize(
    "definition",
    [
        r"q = \prod_{j=1}^n p_i x_j",
        r"s^2 = \frac{1}{n} \sum_{j=1}^n (x_i - m)^2 + \sum_{j=1}^n x_j",
        r"L(a) = \sum_{j=1}^n (x_j - a x_i)^2",
    ],
)
def test_it_is_told(tmp_path, definition):
    step = steps_of(checked(tmp_path, TEXT % ("", definition), "text.md"))[-1]
    assert verdicts(checked(tmp_path, TEXT % ("", definition), "text.md"))[-1] == "gap"
    assert "$i$ stands unbound" in step.verdict.reason
    assert "'" not in step.right


@pytest.mark.parametrize(
    ("words", "definition"),
    [
        ("", r"q = \prod_{i=1}^n p_i x_i"),
        ("", r"q_i = \sum_{j=1}^n p_i x_j"),
        ("", r"q = \sum_{j=1}^n x_j - \sum_{j=1}^n x_j p_i + p_i \sum_{j=1}^n x_j"),
        (" for every $i$", r"q = \sum_{j=1}^n x_i x_j"),
        ("", r"q = \sum_{j=1}^n x_i x_j, \quad i = 1, \ldots, n"),
        ("", r"v = \sum_{j=1}^n x_j^2 \, \mathrm{Var}(Y_i)"),
    ],
)
def test_nothing_is_told_of_others(tmp_path, words, definition):
    assert "gap" not in verdicts(checked(tmp_path, TEXT % (words, definition), "text.md"))
