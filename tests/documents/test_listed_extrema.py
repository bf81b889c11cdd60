r"""The largest and smallest of listed numbers: `\max(0, 1 - z)` is no name."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

TEXT = "Let $x$, $y$ and $z$ be numbers. Then we have\n\n$$ %s $$\n"


@pytest.mark.parametrize(
    "formula",
    [
        r"\max(0, x) \ge 0",
        r"\max\{0, 1 - y z\} \ge 0",
        r"\max(x, y) = \max(y, x)",
        r"\max(0, x)^2 \ge 0",
        r"\left(\max\{0, x\}\right)^2 = \max\{0, x\}^2",
        r"\sum_{i=1}^n \max(0, x_i) \ge 0",
    ],
)
def test_what_holds_for_all_numbers_is_proved(tmp_path, formula):
    assert verdicts(checked(tmp_path, TEXT % formula, "text.md")) == ["proved"]


@pytest.mark.parametrize(
    "formula",
    [
        r"\max(0, x) - \max(0, -x) = x",
        r"\max(0, x) + \max(0, -x) = |x|",
        r"\max(x, y) + \min(x, y) = x + y",
        r"\min(x, y) = -\max(-x, -y)",
        r"\max(x, y) \ge x",
    ],
)
def test_what_holds_is_not_told(tmp_path, formula):
    assert verdicts(checked(tmp_path, TEXT % formula, "text.md"))[0] in ("proved", "plausible")


@pytest.mark.parametrize(
    "formula",
    [
        r"\max(0, x) = x",
        r"\max(0, x) + \max(0, -x) = x",
        r"\max(0, 1 - x)^2 = (1 - x)^2",
        r"\max(x, y) \le x",
        r"\min(x, y) = \max(-x, -y)",
        r"\max(0, x) \le 0",
    ],
)
def test_what_does_not_hold_is_told(tmp_path, formula):
    assert verdicts(checked(tmp_path, TEXT % formula, "text.md"))[0] in ("refuted", "gap")


@pytest.mark.parametrize(
    "formula", [r"\frac{d}{dx} \max(0, x) = 0", r"\frac{d}{dx} \max(0, x) = 1", r"\max(x_1, \ldots, x_n) = x_1"]
)
def test_nothing_is_proved_of_kinks_and_of_open_lists(tmp_path, formula):
    assert verdicts(checked(tmp_path, TEXT % formula, "text.md"))[0] != "proved"


def test_a_loss_with_a_hinge_is_put_in(tmp_path):
    text = "The hinge loss is $L = \\max(0, 1 - z)$. Then\n\n$$ %s $$\n"
    assert verdicts(checked(tmp_path, text % r"L \ge 1 - z", "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text % r"L = 1 - z", "text.md"))[0] in ("refuted", "gap")
