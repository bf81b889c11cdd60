r"""What `\in` says of numbers: positive ones, intervals; and that no more is taken than every reading agrees on."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts


@pytest.mark.parametrize(
    ("said", "formula", "verdict"),
    [
        (r"where $s, t \in \mathbb{R}_{>0}$", r"\sqrt{s^2 t^2} = s t", "proved"),
        (r"where $s \in \mathbb{R}_{>0}$", r"\sqrt{s^2 t^2} = s t", "refuted"),
        (r"where $s \in \mathbb{R}$", r"\sqrt{s^2} = s", "refuted"),
        (r"where $s \in \mathbb{R}^+$", r"\sqrt{s^2} = s", "proved"),
        (r"where $s \in \mathbb{R}_+$", r"2 s > s", "refuted"),
        (r"where $s \in \mathbb{R}_{\geq 0}$", r"2 s \geq s", "proved"),
        (r"where $s \in \mathbb{R}^{n}$", r"2 s_1 \geq s_1", "refuted"),
        (r"with $p \in (0, 1)$", r"p (1 - p) > 0", "proved"),
        (r"with $p \in [0, 1]$", r"p (1 - p) > 0", "refuted"),
        (r"with $p \in [0, 1]$", r"p (1 - p) \geq 0", "proved"),
        (r"with $p \in \left[0, 1\right)$", r"1 - p > 0", "proved"),
        (r"with $p \in (0, 1]$", r"1 - p > 0", "refuted"),
        (r"with $r \in (-1, +1)$", r"\sqrt{1 - r^2} \sqrt{1 - r^2} = 1 - r^2", "proved"),
        (r"with $x \in [0, \infty)$", r"2 x \geq x", "proved"),
        (r"with $x \in [a, b]$", r"(x - a) (b - x) \geq 0", "proved"),
        (r"with $x \in [0, 1]^2$", r"2 x_1 \geq x_1", "refuted"),
        (r"we plot $p \in (0, 1)$", r"2 p > p", "refuted"),
    ],
)
def test_a_set_bounds_its_members(tmp_path, said, formula, verdict):
    report = checked(tmp_path, f"{said}. It follows that\n\n$$ {formula} $$\n", "text.md")
    assert verdicts(report) == [verdict]


CASES = r"f(x) = \begin{cases} x, & x \in [0, 1] \\ 1, & x \in (1, 2) \end{cases}"


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        (rf"We define $$ {CASES} $$", "2 x = 3 x"),
        (rf"We define $$ {CASES} $$", r"3 x^2 \leq 3 x"),
        (r"Note that $$ x \in [0, 1] \Rightarrow x^2 \leq x $$", r"3 x^2 \leq 3 x"),
        (r"where $f(x) = 1$ if $x \in (0, 1)$ and $f(x) = 2$ if $x \in (1, 2)$", "2 x = 3 x"),
        (r"with $x \in (0, 1)$ at first, and with $x \in (2, 3)$ later", r"3 x^2 \leq 3 x"),
        (r"Let $$ s = \sum_{x \in [0, 1]} g(x) $$", r"3 x^2 \leq 3 x"),
    ],
)
def test_a_set_that_is_meant_for_one_place_bounds_nothing_elsewhere(tmp_path, said, formula):
    report = checked(tmp_path, f"{said}.\n\nIt follows that\n\n$$ {formula} $$\n".replace("$$ .", "$$"), "text.md")
    assert verdicts(report)[-1] in ("refuted", "gap")


def test_a_set_before_an_arrow_bounds_what_follows_from_it(tmp_path):
    arrow = r"x \in [0, 1] \Rightarrow x^2 \leq x"
    assert verdicts(checked(tmp_path, f"Note that\n\n$$ {arrow} $$\n", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, f"Note that\n\n$$ {arrow.replace('1', '2')} $$\n", "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    ("said", "formula", "expected"),
    [
        (r"Let $y \in \{-1, 1\}$. For every $m$ we have", "(y - m)^2 = 1 - 2 y m + m^2", "proved"),
        (r"Let $y \in \{ \pm 1 \}$. For every $m$ we have", "(y - m)^2 = (1 - y m)^2", "proved"),
        (r"Let $y \in \{-1, +1\}$. For every $m$ we have", "(y - m)^2 = 1 - y m + m^2", "gap"),
        (r"Let $y \in \{0, 1\}$. For every $m$ we have", "(y - m)^2 = y - 2 y m + m^2", "proved"),
        (r"Let $y \in \{0, 1\}$. For every $m$ we have", "(y - m)^2 = 1 - 2 y m + m^2", "gap"),
        (r"For $y_i \in \{-1, 1\}$ we have", r"\sum_{i=1}^n (1 - y_i m_i)^2 = \sum_{i=1}^n (y_i - m_i)^2", "proved"),
        (r"For $y_i \in \{-1, 1\}$ we have", r"\sum_{i=1}^n (1 - y_i m_i)^2 = \sum_{i=1}^n (y_i + m_i)^2", "refuted"),
        (r"Let $y \in \{-1, 3\}$. For every $m$ we have", "y^2 m = 2 y m + 3 m", "proved"),
        (r"Let $y \in \{-1, 1\}$ or $y \in \{0, 1\}$. For every $m$ we have", "y^2 m = m", "gap"),
        (r"As $\sum_{y \in \{0, 1\}} p(y) = 1$, for every $m$ and $y$ we have", "y^2 m = y m", "gap"),
        (r"If $y \in \{0, 1\}$, all is simple. For every $m$ and $y$ we have", "y^2 m = y m", "gap"),
        (r"Let $k \in \{1, 2\}$. For every $m$ we have", "k^2 m = 3 k m - 2 m", "gap"),
    ],
)
def test_one_of_two_numbers(tmp_path, said, formula, expected):
    assert verdicts(checked(tmp_path, f"{said}\n\n$$ {formula} $$\n", "text.md")) == [expected]


def test_what_is_in_a_set_of_numbers_is_a_factor_before_brackets(tmp_path):
    text = r"Let $y \in \{-1, 1\}$ and $m = y (a + b)$. Then" + "\n\n$$ (1 - m)^2 = (@ - a - b)^2 $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "y"), "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text.replace("@", "1"), "more.md")) == ["gap"]
