"""Which names prose and formulas make random, constant, events or matrices, and which they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symderiv.documents.kinds import (
    averaged_over_by_none,
    called_constant,
    called_drawn,
    called_events,
    called_random,
    called_symmetric,
    calls_e_something,
    is_unnormalised,
    made_of,
    random_by_use,
    wording_of,
)
from symderiv.documents.markdown_files import read_markdown
from symderiv.documents.names_in_use import sides_of
from symderiv.documents.reading import displays_of
from symderiv.formulas.notation import Wording
from symderiv.formulas.source import Source


def read(*formulas, words=""):
    """The text, the displays and the trees of some formulas."""
    text = "\n\n".join([words, *(f"$$ {formula} $$" for formula in formulas)])
    displays = displays_of(read_markdown(Source("a.md", text)))
    return text, displays, [sides_of(row) for display in displays for row in display.rows]


def said(words):
    return read("1 = 1", words=words)[1]


@pytest.mark.parametrize(
    ("words", "formula", "expected"),
    [
        ("Here is a sum.", "x = 1", Wording(False, False)),
        ("Here is a probability.", "x = 1", Wording(False, True)),
        ("A Gaussian.", "x = 1", Wording(True, False)),
        ("It is drawn.", r"x \sim p", Wording(True, False)),
        ("It is continuous.", "x = 1", Wording(True, False)),
    ],
)
def test_what_words_say_of_distributions(words, formula, expected):
    text, displays, _ = read(formula, words=words)
    assert wording_of(text, displays) == expected


def test_what_names_are_called():
    assert called_constant(said("Let $a, b \\in \\mathbb{R}$ be constants.")) == {"a", "b"}
    assert not called_constant(said("There is no constant $a$ for it. Let $a + b$ be a constant."))
    assert called_random(said("For a random variable $x$ we see more.")) == {"x"}
    assert called_random(said("A random vector $X$ is more.")) == {"X"}
    assert called_random(said("Let $Z$ be a random number, and $X$, $Y$ be two random vectors.")) == {"Z", "X", "Y"}
    assert called_symmetric(said("Here $A + B$ is symmetric.")) == []
    assert called_events(said("Let $A$ and $B$ be events.")) == {"A", "B"}
    assert not called_events(said("Here $A$ is no event. Let $A \\cup B$ be an event."))
    assert not called_events(said("We speak of an event $A$ only if it is one."))
    assert calls_e_something(said("The error is $e$."))
    assert not calls_e_something(said("This is the number $e$."))
    assert is_unnormalised(said("It is not normalised."))
    assert not is_unnormalised(said("It is normalised."))


@pytest.mark.parametrize(
    ("words", "formula", "expected"),
    [
        ("", r"x, z \sim p", {"x", "z"}),
        ("", r"x_i \sim p", {"x_i", "x"}),
        ("", r"\mathbb{E}[g_i] = 1", {"g_i", "g"}),
        ("", r"\mathbb{E}[g] = 1", set()),
        ("", r"f(g_i) = 1", set()),
        (r"Take $x \overset{d}{=} y$.", "1 = 1", set()),
        (r"Take $x \sim p$.", "1 = 1", {"x"}),
        (r"Here $x$ and $y$ are drawn.", "1 = 1", {"x", "y"}),
        (r"Here $x$ and $y$ follow the same, and $z$ follows a law.", "1 = 1", {"x", "y", "z"}),
        ("", r"(x, 1) \sim p", {"x"}),
        (r"Here $x$ depends on $t$.", r"\mathbb{E}[x y] = 1", set()),
        (r"Here $x$ depends on $y$.", r"\mathbb{E}[x y] = 1", {"x"}),
        (r"Here $y$ is drawn, and $x$ depends on $y$.", "1 = 1", {"x", "y"}),
    ],
)
def test_what_a_text_says_to_be_drawn(words, formula, expected):
    text, displays, trees = read(formula, words=words)
    assert called_drawn(text, displays, trees) - {""} == expected


@pytest.mark.parametrize(
    ("formulas", "drawn", "expected"),
    [
        ((r"\mathbb{E}[x] = 1",), {"x"}, {"x"}),
        ((r"\mathbb{E}[x] = 1",), {"y"}, set()),
        (("m = x + 1", r"\mathbb{E}[m] = 1"), {"x"}, {"x", "m"}),
        (("m < x + 1", r"\mathbb{E}[m] = 1"), {"x"}, set()),
        (("m = x + 1", "1 = 1"), {"x"}, set()),
        (("m = x + 1", "w = m", r"\mathbb{E}[w] = 1"), {"x"}, {"x", "m", "w"}),
        (("m = x + 1", "w = z", r"\mathbb{E}[m] + \mathbb{E}[w] = 1"), {"x"}, {"x", "m"}),
        (("m = x + 1", r"\mathbb{E}[m] = \sum_m m"), {"x"}, {"x"}),
        (("m = x + 1", r"\mathbb{E}[x] = 1"), {"x"}, {"x"}),
        (("s^2 = x + 1", r"\mathbb{E}[s^2] = 1"), {"x"}, {"x", "s"}),
        (("s^n = x + 1", r"\mathbb{E}[s^n] = 1"), {"x"}, set()),
        ((r"\mathbb{E}[x] = \int x p(x) \, dx",), {"x"}, set()),
        ((r"\mathbb{E}[x] = p(x)",), {"x"}, set()),
        ((r"\mathbb{E}[x] = f(x)",), {"x"}, {"x"}),
    ],
)
def test_what_is_random_by_the_means_that_are_taken(formulas, drawn, expected):
    assert random_by_use(read(*formulas)[2], drawn) == expected


def test_what_names_are_made_of():
    *_, trees = read("m = x + y", "f(t) = t + m", r"s = \sum_i x_i", "m = w", "m < z")
    found = made_of(trees)
    assert {name: found[name].names & {"x", "y", "t", "m", "w", "z", "i"} for name in ("m", "f", "s")} == {
        "m": {"x", "y", "w"},
        "f": {"m"},
        "s": set(),
    }


def test_what_stands_below_means_is_told_apart():
    *_, trees = read(r"m = \mathbb{E}[x]", r"v = y \mathbb{E}[x]", r"k = \mathbb{E}[x | y]")
    found = made_of(trees)
    assert {name: (found[name].names & {"x", "y"}, found[name].unaveraged & {"x", "y"}) for name in "mvk"} == {
        "m": ({"x"}, set()),
        "v": ({"x", "y"}, {"y"}),
        "k": ({"x", "y"}, {"x", "y"}),
    }


CHAINS = [
    (r"\mathbb{E}[a X] &= a \mathbb{E}[X]", [{"a"}]),
    (r"\mathbb{E}[a X] &= \mathbb{E}[X a] \\ &= a \mathbb{E}[X]", [{"a"}, {"a"}]),
    (r"\mathbb{E}[a X] &= 1 \\ &= a + 2", [{"a"}, {"a"}]),
    (r"\mathbb{E}[a X] &= 1 \\ w &= a + 2", [set(), {"a"}]),
    (r"\mathbb{E}[a X] &= 1", [set()]),
    (r"x &\sim p(a)", [{"a"}]),
]


@pytest.mark.parametrize(("formula", "names"), CHAINS, ids=[formula for formula, _ in CHAINS])
def test_what_no_expectation_averages_over(formula, names):
    _, displays, _ = read(rf"\begin{{aligned}} {formula} \end{{aligned}}")
    rows = [row for display in displays for row in display.rows]
    found = averaged_over_by_none(displays, {id(row): sides_of(row) for row in rows}, set())
    assert [found[id(row)] & {"a"} for row in rows] == names


def test_a_display_that_goes_on_is_a_chain_of_its_own():
    _, displays, _ = read(r"\mathbb{E}[a X] = a \mathbb{E}[X]")
    displays[0].rows[0] = row = replace(displays[0].rows[0], kind="continued")
    assert "a" in averaged_over_by_none(displays, {id(row): sides_of(row)}, set())[id(row)]
