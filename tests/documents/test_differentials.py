r"""Equations between differentials, as texts write them where they change a variable."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

FALSE = ("gap", "refuted")


def verdict(tmp_path, text):
    return verdicts(checked(tmp_path, text, "text.md"))[-1]


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        ("Let $u = x^2 + 1$, so that", r"du = 2x \, dx", r"du = 3x \, dx"),
        ("Let $u = x^2 + 1$, so that", r"x \, dx = \frac{du}{2}", r"x \, dx = 2 du"),
        ("We substitute $u = x^2$. Then", r"\mathrm{d}u = 2x \, \mathrm{d}x", r"\mathrm{d}u = x \, \mathrm{d}x"),
        (r"With the substitution $x = \exp(t)$,", r"dx = x dt", r"dx = t dt"),
        (r"Let $z = (x - m)/s$, i.e. $x = m + s z$. Hence", r"dx = s \, dz", r"dx = m \, dz"),
        (r"Setting $u = c x$ we find", r"du = c dx", r"du = c^2 dx"),
    ],
)
def test_they_are_statements_about_a_derivative(tmp_path, said, right, wrong):
    assert verdict(tmp_path, f"{said}\n\n$$ {right} $$\n") == "proved"
    assert verdict(tmp_path, f"{said}\n\n$$ {wrong} $$\n") in FALSE


def test_they_are_echoed_as_such(tmp_path):
    (step,) = steps_of(checked(tmp_path, "Let $u = x^2$, so that\n\n$$ du = 2x dx $$\n", "text.md"))
    assert str(step.left) == r"\frac{\mathrm{d}}{\mathrm{d}x} u"


@pytest.mark.parametrize(
    "formula", [r"dX = \mu dt + \sigma dW", r"\mathrm{d}S = \mu S \, \mathrm{d}t", r"df = f_x dx + f_y dy"]
)
def test_without_a_dependence_they_are_not_read(tmp_path, formula):
    assert verdict(tmp_path, f"We have\n\n$$ {formula} $$\n") == "unread"


@pytest.mark.parametrize(
    ("said", "formula", "expected"),
    [
        ("Let $a = d c$. Then", "a b = d c b", "proved"),
        ("Let $d > 0$ be a constant and $u = x d$. Then", "d u = x d^2", "proved"),
        ("Let $u = x d$, where $d$ is the dimension. Then", "d u = x d d", "proved"),
        ("Let $u = x^2$, where $d$ is the dimension. Then", "d u = 2 x d x", "gap"),
    ],
)
def test_another_d_is_a_name(tmp_path, said, formula, expected):
    assert verdict(tmp_path, f"{said}\n\n$$ {formula} $$\n") == expected


def test_what_is_substituted_for_a_known_name_does_not_last(tmp_path):
    text = "Let $f(x) = x^2$. We substitute $x = 2$ into it. Further,\n\n$$ f(x) = 4 $$\n"
    assert verdict(tmp_path, text) != "proved"


def test_what_changes_as_well_is_no_constant(tmp_path):
    text = "Let $z = x y$. Then\n\n$$ dz = y \\, dx %s $$\n"
    assert verdict(tmp_path, text % "") == "proved"
    assert verdict(tmp_path, text % "+ x \\, dy") == "unread"
    assert verdicts(checked(tmp_path, text % "+ x \\, dy" + "\n\nbut\n\n$$ dz = y dx $$\n", "text.md"))[-1] != "proved"
