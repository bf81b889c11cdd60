"""Equations that are to be solved are given; what rests on them is checked, both ways where an arrow says so."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts


def _rows(*rows):
    return "\\begin{align}\n" + " \\\\\n".join(rows) + "\n\\end{align}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$2 x + 3 = 7 \\iff 2 x = 4 \\iff x = 2$$\n", ["given", "proved", "proved"]),
        ("$$2 x + 3 = 7 \\iff 2 x = 4 \\iff x = 3$$\n", ["given", "proved", "refuted"]),
        ("$$2 x + 3 = 7 \\Rightarrow 2 x = 5$$\n", ["given", "refuted"]),
        (_rows("2 x + 3 &= 7", "2 x &= 4", "x &= 2"), ["given", "proved", "proved"]),
        (_rows("3 (x + 2) - x &= 10", "3 x + 6 - x &= 10", "2 x &= 4"), ["given", "proved", "proved"]),
        (_rows("2 x + 3 &= 7", "2 x &= 5"), ["given", "refuted"]),
        ("$$2 x + 3 = 7$$\n\nHence\n\n$$2 x = 4$$\n\nso that\n\n$$x = 3$$\n", ["given", "proved", "refuted"]),
        ("Solve\n\n$$x^2 - 5 x + 6 = 0.$$\n\nFactoring,\n\n$$(x - 2) (x - 3) = 0.$$\n", ["given", "proved"]),
        ("$$\\frac{1}{x} + \\frac{1}{2} = 1$$\n\n$$2 + x = 2 x$$\n\n$$x = 2$$\n", ["given", "proved", "proved"]),
        ("$$0.1 x - 3 < 5$$\n\n$$0.1 x < 8$$\n\n$$x < 80$$\n", ["given", "proved", "proved"]),
        ("$$0.1 x - 3 < 5$$\n\n$$x < 79$$\n", ["given", "refuted"]),
        ("$$x > 0 \\Rightarrow x^2 > 0$$\n", ["given", "proved"]),
        ("$$E[X] = 0 \\Rightarrow Var(X) = E[X^2]$$\n", ["given", "proved"]),
        ("$$28 = 63 \\iff 28 + 1 = 63 + 1$$\n", ["given", "proved"]),
    ],
)
def test_an_equation_is_given_and_what_comes_of_it_is_checked(tmp_path, text, expected):
    assert verdicts(checked(tmp_path, text, "text.md")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$(a + b)^2 = a^2 + b^2$$\n", ["refuted"]),
        ("$$2 x + 3 = 2 x + 4$$\n", ["refuted"]),
        ("$$(x + 1)^2 - x^2 - 2 x = 2$$\n", ["refuted"]),
        ("$$x^2 - 2 x + 1 > 0$$\n", ["refuted"]),
        ("Thus\n\n$$x^2 + x = 6.$$\n", ["refuted"]),
        ("Let $y = 1 - x$. Then\n\n$$x + y = 2.$$\n", ["gap"]),
        (_rows("(a + b)^2 &= a^2 + b^2", "(a - b)^2 &= a^2 - 2 a b + b^2"), ["refuted", "proved"]),
    ],
)
def test_what_is_claimed_of_all_numbers_is_no_equation_to_be_solved(tmp_path, text, expected):
    assert verdicts(checked(tmp_path, text, "text.md")) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("$$x = 2 \\iff x^2 = 4$$\n", "not the other way round"),
        ("$$x - 1 = 0 \\iff x (x - 1) = 0$$\n", "not the other way round"),
        ("$$\\frac{7}{7} = \\frac{x}{1} \\iff \\frac{7}{7} = 1$$\n", "not the other way round"),
        ("$$x = 2 \\iff 2 x = 4 \\iff x^2 = 4$$\n", "not the other way round"),
    ],
)
def test_an_equivalence_must_hold_in_both_directions(tmp_path, text, reason):
    last = steps_of(checked(tmp_path, text, "text.md"))[-1].verdict
    assert type(last).__name__ == "Refuted"
    assert reason in last.reason
    assert last.counterexample.values["x"] in ("-2", "0")


def test_a_factor_that_may_be_zero_must_be_excluded(tmp_path):
    assert verdicts(checked(tmp_path, "$$b x = b \\iff x = 1$$\n", "text.md")) == ["given", "refuted"]
    positive = "Let $a > 0$ be a number. The equation is\n\n$$a x = a \\iff x = 1$$\n"
    assert verdicts(checked(tmp_path, positive, "more.md")) == ["given", "proved"]


def test_a_system_has_several_equations(tmp_path):
    system = "We solve\n\n" + _rows("x + y &= 3", "x - y &= 1") + "\nAdding both sides gives\n\n$$2 x = 4$$\n\nso\n\n"
    assert verdicts(checked(tmp_path, system + "$$y = 1$$\n", "text.md")) == ["given", "given", "proved", "proved"]
    assert verdicts(checked(tmp_path, system + "$$y = 2$$\n", "text.md")) == ["given", "given", "proved", "refuted"]


def test_what_is_solved_in_one_problem_is_not_believed_in_the_next(tmp_path):
    first = "Solve:\n\n$$2 x + 3 = 7$$\n\n$$x = 2$$\n\n"
    solved = checked(tmp_path, first + "Solve:\n\n$$3 x = 9$$\n\n$$x = 3$$\n", "text.md")
    assert verdicts(solved) == ["given", "proved", "given", "proved"]
    wrong = checked(tmp_path, first + "Solve:\n\n$$3 x = 9$$\n\n$$x = 2$$\n", "text.md")
    assert verdicts(wrong) == ["given", "proved", "given", "refuted"]


def test_a_mistake_is_told_once_where_it_was_made(tmp_path):
    rows = _rows("2 x + 4 &= 10", "2 x &= 14", "x &= 7", "3 x &= 21", "x &= 3")
    report = checked(tmp_path, rows, "text.md")
    assert verdicts(report) == ["given", "refuted", "unknown", "unknown", "proved"]
    assert "the relation before it, which is wrong" in steps_of(report)[2].verdict.reason


def test_an_equation_under_a_condition_is_supposed_in_its_sentence_alone(tmp_path):
    text = "If $a = 1$, then\n\n$$2 x = 4$$\n\nIn general, we have\n\n$$a x + 2 x = a x + 4$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"
