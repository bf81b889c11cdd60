"""Two bounds that meet, equations behind `setting`, and what is said for one index at a time."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

BOTH = "We have shown\n\n$$ H \\leq \\log 2 $$\n\nand\n\n$$ %s . $$\n\nTherefore\n\n$$ H = \\log 2 . $$\n"
SET = "Setting\n\n$$ %s = 0 $$\n\ngives\n\n$$ x = %s . $$\n"
STEP = (
    "The update is\n\n$$ x_t = a x_{t-1} + t%s $$\n\nFor $t = 1$ we get\n\n"
    "$$ x_1 = a x_0 + %s . $$\n\nFor $t = 2$ we get\n"
)


def found(tmp_path, text):
    return verdicts(checked(tmp_path, text, "text.md"))


def test_two_bounds_that_meet_give_an_equation(tmp_path):
    assert found(tmp_path, BOTH % r"H \geq \log 2") == ["given", "given", "proved"]
    assert found(tmp_path, BOTH % r"2 H - 2 \log 2 \geq 0") == ["given", "given", "proved"]


@pytest.mark.parametrize("other", [r"H \geq \log 1", r"G \geq \log 2", r"H + 1 \geq \log 2", r"H \leq \log 3"])
def test_others_do_not(tmp_path, other):
    assert found(tmp_path, BOTH % other)[-1] in ("gap", "refuted")


def test_a_bound_that_prose_claims_is_told(tmp_path):
    text = "We have $H \\leq \\log 2$. We also showed that\n\n$$ H \\geq \\log 2 . $$\n\nHence\n\n$$ H = \\log 2 . $$\n"
    last = steps_of(checked(tmp_path, text, "text.md"))[-1]
    assert "only mentions" in last.verdict.reason


def test_what_is_set_to_zero_is_given(tmp_path):
    assert found(tmp_path, SET % ("2 x - 6", "3")) == ["given", "proved"]
    assert found(tmp_path, SET % ("2 x - 6", "4"))[1] in ("gap", "refuted")
    assert found(tmp_path, SET % ("|x - 3|", "3"))[0] == "given"
    assert found(tmp_path, SET % ("|x - 3|", "4"))[1] in ("gap", "refuted")


def test_a_recurrence_is_used_for_one_index_after_the_other(tmp_path):
    assert found(tmp_path, STEP % (".", "1")) == ["given", "proved"]
    assert found(tmp_path, STEP % (".", "2"))[1] in ("gap", "refuted")
    assert "proved" not in found(tmp_path, STEP.replace("The update is", "For $t = 3$ the update is") % (".", "1"))


def test_what_is_said_of_one_of_several_models_is_mentioned(tmp_path):
    text = "For the first model $y = 2 x$. For the second model $y = x$. We get\n\n$$ 1 + (y - x)^2 = %s . $$\n"
    assert found(tmp_path, text % "1") == ["unknown"]
    assert found(tmp_path, text % "2 - x")[0] in ("gap", "refuted")


def test_strict_bounds_do_not_meet(tmp_path):
    assert "proved" not in found(tmp_path, "Let $x < y$ and $y < x$. Then\n\n$$ x = y $$\n")
