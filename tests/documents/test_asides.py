"""How far the words of a text carry: what is said of one case is not believed elsewhere, nor where it is denied."""

from __future__ import annotations

import pytest

from symderiv.writers.verdicts import name_of
from tests.documents.checking import checked, steps_of, verdicts


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        ("Here the indicator, where $f = 1$ if $x > 1$, is used", r"3 x^2 \geq 3 x"),
        ("We take $g(x)$, where $g(x) = 0$ if $x = 2$", "x^2 + x = 6"),
        ("where $g(x) = 0$ for $x = 2$", "2 + g(x) = 2"),
        ("where $x = 1$ when $y > 0$", "x^2 = x"),
        ("Let $a = 1$ in the first case and $a = 2$ in the second", "a^2 + a = 2"),
        ("Let $a = 1$ or $a = 2$", "a^2 + a = 2"),
        ("where either $a = 1$ or $b = 1$", "a^2 = a"),
        ("where equality holds if and only if $x = y$", "x^2 = x y"),
        ("with equality when $a = b$", "a^2 = a b"),
        ("where this is wrong unless $a = b$", "a^2 = a b"),
        ("where we cannot assume that $a = b$", "a^2 = a b"),
        ("We do not assume that $a = b$", "a^2 = a b"),
        ("Assume for contradiction that $p = q$", "p^2 = p q"),
        ("If $x > 1$, set $y = 2$, else set $y = 3$", "y^2 = 4"),
        ("Let $x$ be a number. If $x > 1$, it is large", r"3 x^2 \geq 3 x"),
        ("Let us show that $a = b$", "a^2 = a b"),
        ("We will prove, with some work, that $a = b$", "a^2 = a b"),
        ("where $a = b$ is tested", "a^2 = a b"),
        ("with $a = b$ being impossible", "a^2 = a b"),
        (r"where $a \neq b$ contradicts $a = b$", "a^2 = a b"),
        ("If $x = 1$ and the loss is $h = a - b$", "h = a - b"),
        ("We cannot write $m = a + b$", "m - a = b"),
        ("There is $p = t a$ and here is $r = t b$", "p b = r a"),
        ("Equality is $a = b$", "a^2 = a b"),
        ("Minimising over $c$ never gives $c = a + b$. With this choice of words", "c^2 = (a + b)^2"),
        ("Minimising over $c$ gives $c = a + b$. With another choice", "c^2 = (a + b)^2"),
    ],
)
def test_what_is_denied_or_under_a_condition_is_not_believed(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, f"{said}. We get\n\n$$ {formula} $$\n", "text.md")) in (["gap"], ["unknown"])


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        ("Let $a = 1$ and $b = 2$", "a + b = 3"),
        ("where $a = b$", "a^2 = a b"),
        ("Suppose that $a > 0$", "2 a > a"),
        ("where $x_i = c$ for $i = 1, \\ldots, n$", "x_i^2 = c^2"),
        ("We write $s$ with $s = 2 t$", "s^2 = 4 t^2"),
        ("where $a = 1$ for all $i$", "a^2 = a"),
        ("Write $m = a + b$", "m - a = b"),
        ("Consider $w' = w - \\eta g$", "w' - w = - \\eta g"),
        ("The gain is $g = a + b$ and the loss is $h = a - b$", "g + h = 2 a"),
        ("Precision is $p = \\frac{t}{a}$ and recall is $r = \\frac{t}{b}$", "p a = r b"),
        ("Minimising over $c$ gives $c = a + b$. With this choice", "c^2 = (a + b)^2"),
    ],
)
def test_what_is_asserted_is_believed(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, f"{said}. We get\n\n$$ {formula} $$\n", "text.md")) == ["proved"]


@pytest.mark.parametrize("words", ["For {} we get", "If {}, then", "For any {}, it follows that", "When {}, we have"])
def test_a_condition_holds_for_the_display_of_its_sentence(tmp_path, words):
    text = f"{words.format('$x > 1$')}\n\n$$ x^2 \\geq x $$\n\nand also\n\n$$ x^3 \\geq x $$\n\nWe get\n\n$$ x > 0 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved", "proved", "gap"]


@pytest.mark.parametrize(("formula", "verdict"), [("a^2 = 4", "proved"), ("a^2 = 1", "gap"), ("1 = 2", "gap")])
def test_a_condition_stands_in_place_of_what_holds_elsewhere(tmp_path, formula, verdict):
    text = f"Let $a = 1$. If $a = 2$, then\n\n$$ {formula} $$\n\nWe get\n\n$$ a^3 = 1 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == [verdict, "proved"]


def test_a_condition_on_a_matrix_is_put_in_for_it(tmp_path):
    text = "Let $X$ be a matrix. If $V = I_n$, then\n\n$$ X^\\mathrm{T} V^{-1} X = X^\\mathrm{T} X $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved"]


def test_what_is_said_under_a_condition_does_not_outlive_it(tmp_path):
    text = "If $a = 1$, then\n\n$$ g(x) = x + a - 1 $$\n\nIn general we get\n\n$$ 1 + g(x) = 1 + x $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("gap", "unknown")


def test_what_was_supposed_holds_to_the_end_of_its_sentence(tmp_path):
    text = "Note that\n\n$$ x = 1 \\Rightarrow x^2 = 1 $$\n\nsuch that\n\n$$ x^3 = 1 $$\n\nWe get\n\n$$ x^4 = 1 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-2:] == ["proved", "gap"]


def test_what_is_stated_elsewhere_is_no_mere_supposition(tmp_path):
    text = "Assume that\n\n$$ x = 1. $$\n\nNote that\n\n$$ x = 1 \\Rightarrow y = x $$\n\nWe get\n\n$$ y^2 = 1 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


def test_a_condition_of_one_of_several_results_does_not_hold_in_the_proof(tmp_path):
    text = (
        "\\begin{theorem} Then, it holds that \\[ x^2 = x \\] i.e. if $x = 1$, and"
        " \\[ x^3 = x^2 x \\] if $x > 1$, where no more is said. \\end{theorem}\n"
        "\\begin{proof} We get \\[ x^4 = x. \\] \\end{proof}\n"
    )
    assert verdicts(checked(tmp_path, text))[-1] == "gap"


@pytest.mark.parametrize("words", ["Now suppose that", "Assume", "Assuming"])
def test_what_is_supposed_does_not_hold_before(tmp_path, words):
    text = f"We get\n\n$$ a^2 = a b $$\n\n{words} $a = b$, we have\n\n$$ a^3 = a b^2 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) in (["gap", "proved"], ["refuted", "proved"])


def test_a_condition_may_stand_behind_its_display(tmp_path):
    text = "We get\n\n$$ x^2 \\geq x $$\n\nfor $x > 1$. We also get\n\n$$ x^3 \\geq x $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved", "gap"]


def test_conditions_of_one_display_do_not_hold_in_the_next(tmp_path):
    text = "For $x > 1$ we get\n\n$$ x^2 \\geq x $$\n\nFor $x < 1$ and $x > 0$ we get\n\n$$ x^2 {} x $$\n"
    assert verdicts(checked(tmp_path, text.format(r"\geq"), "text.md")) == ["proved", "refuted"]
    assert verdicts(checked(tmp_path, text.format(r"\leq"), "text.md")) == ["proved", "proved"]


def test_a_condition_of_a_theorem_holds_in_its_proof(tmp_path):
    text = (
        "\\begin{theorem} For any $x > 1$, it holds that \\[ x^2 > x. \\] \\end{theorem}\n"
        "\\begin{proof} We get \\[ x^3 > x. \\] \\end{proof}\n"
    )
    assert verdicts(checked(tmp_path, text))[-1] == "proved"


@pytest.mark.parametrize("last", ["a = 2", "a = 3"])
def test_a_name_that_is_set_anew_has_its_last_value(tmp_path, last):
    text = f"Suppose first that $a = 1$. We get\n\n$$ b + a = b + 1 $$\n\nNow suppose that ${last}$. We get\n\n"
    report = checked(tmp_path, f"{text}$$ c + a = c + 2 $$\n", "text.md")
    assert verdicts(report) == ["proved", "proved" if last == "a = 2" else "gap"]


def test_displays_set_names_anew_as_well(tmp_path):
    text = "Assume that\n\n$$ x = 1 $$\n\nWe get\n\n$$ x^2 = 1 $$\n\nAssume now that\n\n$$ x = 2 $$\n\n"
    report = checked(tmp_path, f"{text}We get\n\n$$ x^2 = 1 $$\n", "text.md")
    assert verdicts(report) == ["given", "proved", "given", "gap"]


def test_cases_do_not_contradict_each_other(tmp_path):
    text = (
        "Suppose first that $a > 1$. We get\n\n$$ a^2 > a $$\n\nNow suppose that $a < 0$. We get\n\n$$ a > 2 a $$\n\n"
    )
    report = checked(tmp_path, f"{text}and\n\n$$ 1 = 2 $$\n", "text.md")
    assert verdicts(report)[:2] == ["proved", "proved"]
    assert verdicts(report)[2] != "proved"


@pytest.mark.parametrize(
    ("display", "formula"),
    [
        (r"u = v \Leftrightarrow v = 1", "u v = 1"),
        (r"x = 1 \Rightarrow x^2 = 1", "x^3 = 1"),
        (r"x^2 \geq x \quad \text{if } x > 1", r"3 x^2 \geq 3 x"),
        (r"x^2 \geq x, \quad x > 1", r"3 x^2 \geq 3 x"),
        (r"g(x) = 0 \quad \text{for } x = 1", "2 + g(2) = 2"),
        (r"y = 0 \quad \text{if } x = 1", "y^2 = y"),
    ],
)
def test_a_supposition_in_a_display_holds_there_alone(tmp_path, display, formula):
    report = checked(tmp_path, f"Note that\n\n$$ {display} $$\n\nWe get\n\n$$ {formula} $$\n", "text.md")
    assert name_of(steps_of(report)[-1].verdict) in ("gap", "refuted", "unknown")


def test_conditions_of_the_lines_of_a_display_do_not_mix(tmp_path):
    conditions = [(r"\geq x", "x > 1"), (r"\leq x", "0 < x < 1"), (r"\geq 2 x", "x > 2")]
    rows = " \\\\\n".join(rf"x^2 &{right}, && \text{{if }} {condition}" for right, condition in conditions)
    report = checked(tmp_path, f"We get\n\\begin{{align}}\n{rows}\n\\end{{align}}\n")
    assert "refuted" not in verdicts(report)
    wrong = checked(tmp_path, f"We get\n\\begin{{align}}\n{rows.replace('leq', 'geq')}\n\\end{{align}}\n")
    assert {step.span.line for step in steps_of(wrong) if name_of(step.verdict) in ("refuted", "gap")} == {4}


@pytest.mark.parametrize("words", ["Equality holds if and only if", "This is true iff", "It fails unless", "If"])
def test_a_display_that_is_a_condition_is_not_believed_elsewhere(tmp_path, words):
    text = f"{words}\n\n$$ a = b $$\n\nthen\n\n$$ a^2 = a b $$\n\nWe get\n\n$$ a^3 = a^2 b $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "proved", "gap"]


DENIED = [
    "It is not true that",
    "We test the hypothesis",
    "Suppose for contradiction that",
    "There is no case in which",
]


@pytest.mark.parametrize("words", DENIED)
def test_a_display_that_is_denied_is_not_believed(tmp_path, words):
    report = checked(tmp_path, f"{words}\n\n$$ a = b $$\n\nWe get\n\n$$ a^2 = a b $$\n", "text.md")
    assert verdicts(report)[-1] == "gap"


def test_a_display_that_explains_two_names_at_once_is_believed(tmp_path):
    text = (
        "where the means of $x$ and $y$, respectively, or totals, are\n\n$$ a = 2 b $$\n\nWe get\n\n$$ a^2 = 4 b^2 $$\n"
    )
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "proved"]


def test_sides_of_an_alternative_are_neither_believed_nor_refuted(tmp_path):
    text = r"A solution is $$ x = 1 \quad \text{or} \quad x = 2 $$ We get $$ x^2 = 3 x - 2 $$ and $$ x = 1 $$"
    assert verdicts(checked(tmp_path, text)) == ["given", "given", "gap", "gap"]


def test_what_was_not_read_refutes_nothing(tmp_path):
    text = r"We get $$ x = \pm 1 $$ We get $$ x^2 = 1 $$ and $$ y^2 = 1 $$"
    assert verdicts(checked(tmp_path, text)) == ["unread", "unknown", "refuted"]


def test_premises_that_are_asserted_hold_further_on(tmp_path):
    text = "Let\n\n$$ 2 x + 3 = 7 \\Rightarrow 2 x = 4 $$\n\nWe get\n\n$$ x^2 = 4 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


def test_what_is_chosen_holds_for_the_display_after_it_alone(tmp_path):
    text = (
        "Let $f(c) = a - 2 b c + c^2$. Minimising over $c$ gives $c = b$. With this choice\n\n$$ f(c) = a - b^2 $$\n\n"
    )
    assert verdicts(checked(tmp_path, text + "In general\n\n$$ f(c) = a - b^2 $$\n", "text.md")) == ["proved", "gap"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The value is $f(x) = |x|$ with $x > 0$", ("proved",)),
        ("The value is $f(x) = |x| + y - |y|$ with $x > 0$ and $y > 0$", ("proved",)),
        ("We minimise $f(x) = |x|$ with $x > 0$", ("proved",)),
        ("The value is $f(x) = |x|$ with $x > 0$ at first", ("given", "gap", "unknown")),
        ("The value is $f(x) = |x|$ with $x > 0$ or $x = 0$", ("given", "gap", "unknown")),
        ("The value is $f(x) = |x|$ with $x > 0$ and $f(x) = x$ with $x < 0$", ("given", "gap", "unknown")),
        ("The value is not $f(x) = |x|$ with $x > 0$. Let $f(x) = |x|$", ("gap", "unknown")),
        ("It fails at points with $x > 0$. Let $f(x) = |x|$", ("gap", "unknown")),
    ],
)
def test_what_belongs_to_a_definition_holds_with_it(tmp_path, said, told):
    text = f"{said}. Then\n\n$$ f(x) = x. $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in told


def test_what_is_minimised_is_known(tmp_path):
    text = "We minimise $L(w) = (w - a)^2 + b w^2$. Then\n\n$$ L(w) = (1 + b) w^2 - 2 a w + a%s. $$\n"
    assert verdicts(checked(tmp_path, text % "^2", "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text % "", "text.md")) == ["gap"]


@pytest.mark.parametrize("definition", ["f = |x| + y - |y|", "f(x) = |x| + y - |y|"])
def test_bounds_of_what_a_definition_is_made_of_count(tmp_path, definition):
    left = definition.split(" = ")[0]
    text = f"Let $x > 0$ and %s. Let ${definition}$. Then\n\n$$ {left} = x. $$\n"
    assert verdicts(checked(tmp_path, text % "$y > 0$", "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text % "let $y$ be a number", "text.md"))[-1] != "proved"


BESIDE = r"""Let $a$, $b$ and $c$ be numbers.

$$
\begin{array}{rlcl}
e & = a - b q & \quad \text{where} \quad & q = c a \\
& = (1 @ p) a & \quad \text{where} \quad & p = b c \\
& = r a & \quad \text{where} \quad & r = 1 - p \; .
\end{array}
$$
"""


def test_a_row_goes_on_from_the_relation_and_not_from_what_is_said_beside_it(tmp_path):
    report = checked(tmp_path, BESIDE.replace("@", "-"))
    assert verdicts(report) == ["given", "given", "proved", "given", "proved", "given"]
    assert [step.span.line for step in steps_of(report)] == [5, 5, 6, 6, 7, 7]
    assert verdicts(checked(tmp_path, BESIDE.replace("@", "+")))[2::2] == ["gap", "gap"]


def test_a_row_goes_on_from_what_is_said_in_a_row_of_its_own(tmp_path):
    text = r"""Let $a$ and $b$ be numbers. We have

\begin{align*}
e &= a - b q \\
\text{with} \quad q &= a + a \\
&= 2 a .
\end{align*}
"""
    assert verdicts(checked(tmp_path, text)) == ["given", "given", "proved"]
