r"""Sums over some of the values of their indices: over pairs, up to another index, without one."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from tests.documents.checking import checked, steps_of, verdicts

LET = "Let $a_1, \\ldots, a_n$ be numbers.\n\n"


def verdict(folder, formula: str) -> str:
    return verdicts(checked(folder, f"{LET}We have\n\n$$\n{formula}\n$$\n", "text.md"))[-1]


@pytest.mark.parametrize(
    "formula",
    [
        r"\left( \sum_{i=1}^n a_i \right)^2 = \sum_{i=1}^n a_i^2 + \sum_{i \neq j} a_i a_j",
        r"\left( \sum_{i=1}^n a_i \right)^2 = \sum_{i=1}^n a_i^2 + 2 \sum_{i < j} a_i a_j",
        r"\left( \sum_{i=1}^n a_i \right)^2 = \sum_{i=1}^n a_i^2 + 2 \sum_{1 \leq i < j \leq n} a_i a_j",
        r"\left( \sum_{i=1}^n a_i \right)^2 = \sum_{i=1}^n a_i^2 + 2 \sum_{i=1}^n \sum_{j=i+1}^n a_i a_j",
        r"\left( \sum_{i=1}^n a_i \right)^2 = \sum_i a_i^2 + \sum_{i=1}^n \sum_{\substack{j=1 \\ j \neq i}}^n a_i a_j",
        r"\sum_{i=1}^n \sum_{j=i}^n b_{ij} = \sum_{j=1}^n \sum_{i=1}^j b_{ij}",
        r"\sum_{i=1}^n \sum_{j=1}^n b_{ij} = \sum_{i=1}^n b_{ii} + \sum_{i<j} (b_{ij} + b_{ji})",
        r"\sum_{i=1}^n \sum_{j=i+1}^n (a_i - a_j)^2 = n \sum_{i=1}^n a_i^2 - \left( \sum_{i=1}^n a_i \right)^2",
        r"\sum_{i=1}^n a_i \sum_{j < i} b_j + \sum_{i=1}^n a_i \sum_{j \geq i} b_j = \sum_{i=1}^n \sum_{j=1}^n a_i b_j",
        r"\sum_{i < j} (a_i - a_j)^2 \geq 0",
    ],
)
def test_what_holds_is_proved(tmp_path, formula):
    assert verdict(tmp_path, formula) == "proved"


@pytest.mark.parametrize(
    "formula",
    [
        r"\left( \sum_{i=1}^n a_i \right)^2 = \sum_{i=1}^n a_i^2 + \sum_{i < j} a_i a_j",
        r"\left( \sum_{i=1}^n a_i \right)^2 = \sum_{i=1}^n a_i^2 + 2 \sum_{i \neq j} a_i a_j",
        r"\left( \sum_{i=1}^n a_i \right)^2 = \sum_{i=1}^n a_i^2 + 2 \sum_{i \leq j} a_i a_j",
        r"\sum_{i=1}^n \sum_{j=i}^n b_{ij} = \sum_{j=1}^n \sum_{i=1}^j b_{ji}",
        r"\sum_{i=1}^n \sum_{j=i+1}^n b_{ij} = \sum_{j=1}^n \sum_{i=1}^j b_{ij}",
        r"\sum_{i < j} (a_i - a_j) = 0",
        r"\sum_{i < j} a_i = \sum_{i < j} a_j",
    ],
)
def test_what_does_not_hold_is_told(tmp_path, formula):
    assert verdict(tmp_path, formula) in ("refuted", "gap")


SIGNS = {"<": lambda i, j: i < j, r"\leq": lambda i, j: i <= j, r"\neq": lambda i, j: i != j, ">": lambda i, j: i > j}
BODIES = {
    "a_i b_j": lambda a, b, i, j: a[i] * b[j],
    "a_j b_i": lambda a, b, i, j: a[j] * b[i],
    "a_i a_j": lambda a, b, i, j: a[i] * a[j],
    "a_i b_i a_j": lambda a, b, i, j: a[i] * b[i] * a[j],
    "a_j b_j a_i": lambda a, b, i, j: a[j] * b[j] * a[i],
}


def drawn(random: Random) -> tuple[str, list[tuple[int, str, str]]]:
    """A random sum of sums over ordered pairs, as LaTeX and as what it is made of."""
    terms = [(random.choice((1, 1, 2, -1)), random.choice([*SIGNS]), random.choice([*BODIES])) for _ in range(2)]
    texts = [rf"{factor} \cdot \sum_{{i {sign} j}} {body}" for factor, sign, body in terms]
    return " + ".join(f"({text})" for text in texts), terms


def value(terms: list[tuple[int, str, str]], a: list[Fraction], b: list[Fraction]) -> Fraction:
    pairs = [(i, j) for i in range(len(a)) for j in range(len(a))]
    return sum(
        (f * sum(BODIES[body](a, b, i, j) for i, j in pairs if SIGNS[sign](i, j)) for f, sign, body in terms),
        Fraction(0),
    )


def test_random_statements_are_proved_only_where_they_hold(tmp_path):
    random = Random(5)
    sums = [drawn(random) for _ in range(150)]
    pairs = [(one, other) for number, one in enumerate(sums) for other in sums[:number]]

    def holds(one, other) -> bool:
        points = [[[Fraction(random.randint(-9, 9)) for _ in range(n)] for _ in "ab"] for n in (1, 2, 3, 4) * 3]
        return all(value(one[1], *point) == value(other[1], *point) for point in points)

    true = [pair for pair in pairs if holds(*pair)][:8]
    false = random.sample([pair for pair in pairs if not holds(*pair)], 8)
    chosen = [*true, *false]
    formulas = [f"{one[0]} - \\sum_{{i=1}}^n c_i = {other[0]} - \\sum_{{i=1}}^n c_i" for one, other in chosen]
    text = LET + "\n\n".join(f"## Part {n}\n\nWe have\n\n$$\n{formula}\n$$" for n, formula in enumerate(formulas))
    words = verdicts(checked(tmp_path, text, "text.md"))
    assert len(true) == 8
    assert words[:8] == ["proved"] * 8
    assert set(words[8:]) <= {"refuted", "gap"}


def test_variances_of_sums_and_gradients_of_pairwise_losses(tmp_path):
    report = checked(
        tmp_path,
        r"""
Let $X_1, \ldots, X_n$ be random variables.

$$
\begin{split}
\mathrm{Var}\left( \sum_{i=1}^n X_i \right)
&= \sum_{i=1}^n \mathrm{Var}(X_i) + \sum_{i \neq j} \mathrm{Cov}(X_i, X_j) \\
&= \sum_{i=1}^n \mathrm{Var}(X_i) + 2 \sum_{i<j} \mathrm{Cov}(X_i, X_j) \\
&= \sum_{i=1}^n \mathrm{Var}(X_i) + \sum_{i<j} \mathrm{Cov}(X_i, X_j)
\end{split}
$$

## A pairwise loss

Let

$$ L = \sum_{i=1}^n \sum_{j > i} w_{ij} (z_i - z_j)^2 $$

Then

$$ \frac{\partial L}{\partial z_k} = 2 \sum_{j > k} w_{kj} (z_k - z_j) - 2 \sum_{i < k} w_{ik} (z_i - z_k) $$
""",
        "text.md",
    )
    assert verdicts(report) == ["proved", "proved", "gap", "given", "proved"]
    assert "true with the factor $2$" in steps_of(report)[2].verdict.reason


def test_a_free_index_is_a_number_beside_what_has_it_in_a_subscript(tmp_path):
    text = r"""
Let

$$ a_i = i^2 $$

so that

$$ \sum_{i=1}^n a_i = \sum_{i=1}^n i^2 $$

## Returns

The return is

$$ G_t = \sum_{k=t}^T \gamma^{k-t} r_k $$

and so

$$ \sum_{t=1}^T G_t = \sum_{t=1}^T \sum_{k=t}^T \gamma^{k-t} r_k = \sum_{k=1}^T \sum_{t=1}^k \gamma^{k-t} r_k $$
"""
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "proved", "given", "proved", "proved"]


def test_an_index_that_means_something_beside_a_sum_is_not_summed(tmp_path):
    text = r"""
Let

$$ A_j = \sum_{i \neq j} x_{ij} = \sum_{i \neq j} x_{ji} $$

## In words

For every $j$ we get

$$ z + \sum_{i \neq j} x_{ij} = z + \sum_{i \neq j} x_{ji} $$

## In a relation

Let $1 \leq j \leq n$. We get

$$ z + \sum_{i \neq j} x_{ij} = z + \sum_{i \neq j} x_{ji} $$

## Over all pairs

We get

$$ z + \sum_{i \neq j} x_{ij} = z + \sum_{i \neq j} x_{ji} $$
"""
    words = verdicts(checked(tmp_path, text, "text.md"))
    assert words[0] == "given"
    assert {*words[1:3]} <= {"gap", "refuted"}
    assert words[3] != "proved"
    assert words[4] == "proved"


@pytest.mark.parametrize(
    "formula",
    [
        r"A_i = \sum_{i \neq j} x_{ij} = \sum_{i \neq j} x_{ji}",
        r"A_i = \sum_{i<j} x_{ij} = \sum_{i<j} x_{ji}",
        r"\sum_{i=1}^n \sum_{i<j} x_{ij} = n \sum_{i<j} x_{ij}",
    ],
)
def test_what_stands_first_is_not_summed_where_it_means_something_around(tmp_path, formula):
    assert verdict(tmp_path, formula) in ("refuted", "gap")


def test_the_echo_says_what_is_summed(tmp_path):
    text = LET + "Let\n\n$$\nA_i = \\sum_{i<j} x_{ij}, \\quad B = \\sum_{i<j} x_{ij}\n$$\n"
    rights = [step.right for step in steps_of(checked(tmp_path, text, "text.md"))]
    assert r"\sum_{j : i < j}" in rights[0]


@pytest.mark.parametrize(
    "formula",
    [
        r"\sum_k a_k = \sum_{k=1}^m a_k",
        r"\sum_k a_k = \sum_{j=1}^m a_j",
        r"\sum_{k > i} a_k a_i = \sum_{i=1}^m \sum_{k=1}^{i-1} a_i a_k",
    ],
)
def test_what_is_listed_has_the_range_of_its_list_whatever_else_is_summed(tmp_path, formula):
    assert verdict(tmp_path, formula) not in ("proved", "refuted")
    assert verdict(tmp_path, formula.replace("^m", "^n")) == "proved"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\sum_{i=1}^{k} a_k b_i = a_k \sum_{i=1}^n b_i - a_k \sum_{i=k+1}^{n} b_i", ("k+1", "k")),
        (r"\sum_{i=k}^n a_i \sum_{j=1}^i b_j = \sum_{i=k}^n a_i (b_i + \sum_{j=1}^{i-1} b_j)", ("i-1", "i")),
        (r"\sum_{i : i < j} a_i + a_j = \sum_{i=1}^j a_i", ("< j", r"\leq j")),
        (r"\sum_{i, k : i > k} a_i = \sum_{i=1}^n \sum_{k<i} a_i", (r"\sum_{k<i} a_i", r"\sum_{k<i} a_k")),
    ],
)
def test_sums_go_up_to_indices_of_what_is_listed(tmp_path, right, wrong):
    assert verdict(tmp_path, right) == "proved"
    assert verdict(tmp_path, right.replace(*wrong)) == "gap"


@pytest.mark.parametrize(
    "formula",
    [
        r"\sum_{i=1}^{k} a_i = a_k k",  # it is a number as well
        r"\sum_{i=2}^{k} a_i = \sum_{i=1}^{k} a_i - a_1",
    ],
)
def test_what_ends_a_sum_in_another_way_is_no_index(tmp_path, formula):
    assert verdict(tmp_path, formula) not in ("proved", "refuted")


@pytest.mark.parametrize(
    ("which", "word"),
    [
        ("for all $i$", "proved"),
        (r"for all $i = 1, \ldots, n$", "proved"),
        (r"for all $i \ne j$", "gap"),
        (r"for every $i \leq k$", "gap"),
        ("for each $i < k$", "gap"),
    ],
)
def test_what_is_said_of_some_indices_is_not_said_of_all(tmp_path, which, word):
    text = f"Let $a_i = b_i$ {which}. Then\n\n$$ \\sum_{{i=1}}^n a_i = \\sum_{{i=1}}^n b_i $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == [word]
