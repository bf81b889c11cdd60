"""What is taken from lists of random variables in prose, and for which displays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symderiv.documents.markdown_files import read_markdown
from symderiv.documents.reading import displays_of
from symderiv.documents.said_of_random import (
    MomentsOf,
    SaidHere,
    SaidOfRandom,
    is_late,
    leads_to_independent,
    lists_of_independent,
    said_of_random,
    speaks_of_dependent,
)
from symderiv.formulas.source import Source

ONE, AND, LATER = "$$ 1 = 1 $$", "And", "$$ 2 = 2 $$"
PAIR = SaidOfRandom(uncorrelated=(("X", "Y"),))
FAMILY = SaidOfRandom(families=("X",), mutual=(("X",),))
OF_X = SaidOfRandom(moments=(MomentsOf("X", "m", ""),))


def displays(*parts):
    return displays_of(read_markdown(Source("a.md", "\n\n".join(parts))))


SAID = [
    (("Let $X$ and $Y$ be independent. Then", ONE), SaidOfRandom(independent=("X", "Y"))),
    (("Let $X$ and $Y$ be uncorrelated. Then", ONE), PAIR),
    (("Let $X$, $Y$, $Z$ be uncorrelated. Then", ONE), SaidOfRandom(uncorrelated=(("X", "Y"), ("X", "Z"), ("Y", "Z")))),
    (("Let $X$, $Y$ be independent. Let $U$ and $V$ be independent. Then", ONE), SaidOfRandom()),
    (("Let $X_1, \\ldots, X_n$ be independent. Then", ONE), SaidOfRandom(families=("X",), mutual=(("X",),))),
    (("Let $X_i$ and $Y_i$ be uncorrelated. Then", ONE), SaidOfRandom(families=("X", "Y"), crossed=(("X", "Y"),))),
    (
        ("Let $X_i$ and $Y_i$ be independent. Then", ONE),
        SaidOfRandom(families=("X", "Y"), crossed=(("X", "Y"),), apart=(("X", "Y"),), mutual=(("X", "Y"),)),
    ),
    (
        ("Let $X_i$ be independent. Let $X_i$ and $Y$ be uncorrelated. Then", ONE),
        SaidOfRandom(families=("X",), mutual=(("X",),)),
    ),
    (("Let $X_1, \\ldots, X_9$ be independent. Then", ONE), SaidOfRandom(families=("X",), mutual=(("X",),))),
    (("Let $X_1, X_9$ be independent. Then", ONE), SaidOfRandom(independent=("X_1", "X_9"))),
    (("Let $X_1, \\ldots, Y$ be independent. Then", ONE), SaidOfRandom(independent=("X_1", "Y"))),
    (("Let $X + 1$ and $Y$ be independent. Then", ONE), SaidOfRandom()),
    (("Let $X$ be independent. Then", ONE), SaidOfRandom()),
    (
        ("Then", "$$ X = Y $$", "Let $X$ and $Y$ be independent. Then", ONE, AND, LATER),
        SaidOfRandom(here=(SaidHere(1, None, PAIR),)),
    ),
    (
        ("Then", "$$ X = Y $$", "Here $X$ and $Y$ are independent. Then", ONE, AND, LATER),
        SaidOfRandom(here=(SaidHere(1, 1, PAIR),)),
    ),
    (
        (
            "Then",
            "$$ X = Y $$",
            "Let $X$ and $Y$ be independent. Then",
            ONE,
            "These were not sorted. In general",
            LATER,
        ),
        SaidOfRandom(),
    ),
    (("Then", "$$ X = Y $$", AND, LATER, "Here it ends. Let $X$ and $Y$ be independent."), SaidOfRandom()),
    (("Then", "$$ X = 1 $$", "Let $X$ and $Y$ be independent. Then", ONE), SaidOfRandom(independent=("X", "Y"))),
    (("If $X$ and $Y$ are independent, then", ONE, AND, LATER), SaidOfRandom(here=(SaidHere(0, 0, PAIR),))),
    (("Then", ONE, "If $X$ and $Y$ are independent, then", LATER), SaidOfRandom(independent=("X", "Y"))),
    (
        ("If $X$ and $Y$ are independent, then", ONE, "In general we get", LATER),
        SaidOfRandom(here=(SaidHere(0, 0, PAIR),)),
    ),
    (
        ("Then", "$$ E[X_i] = 1 $$", "Let $X_i$ be independent. Then", ONE),
        SaidOfRandom(here=(SaidHere(1, None, SaidOfRandom(families=("X",), mutual=(("X",),))),)),
    ),
    (
        ("Then", "$$ f(X_i) = 1 $$", "Let $X_i$ be independent. Then", ONE),
        SaidOfRandom(families=("X",), mutual=(("X",),)),
    ),
    (
        ("Then", "$$ E[Z] = X_i $$", "Let $X_i$ be independent. Then", ONE),
        SaidOfRandom(here=(SaidHere(1, None, SaidOfRandom(families=("X",), mutual=(("X",),))),)),
    ),
    (
        ("Then", "$$ E[Z] = 1 $$", "Let $X_i$ be independent. Then", ONE),
        SaidOfRandom(families=("X",), mutual=(("X",),)),
    ),
    (
        ("Let $X$ be random with mean $m$ and standard deviation $s$. Then", ONE),
        SaidOfRandom(moments=(MomentsOf("X", "m", "{s}^2"),)),
    ),
    (("Let $X$ have mean $m$ and variance $v$. Then", ONE), SaidOfRandom(moments=(MomentsOf("X", "m", "v"),))),
    (("Let $X$ have zero mean and unit variance. Then", ONE), SaidOfRandom(moments=(MomentsOf("X", "0", "1"),))),
    (
        ("Let $Y$ have mean $m$. Let $X$ have mean $m$. Then", ONE),
        SaidOfRandom(moments=(MomentsOf("X", "m", ""), MomentsOf("Y", "m", ""))),
    ),
    (("Let $X$ have mean $m$. Let $X$ have mean $n$. Then", ONE), SaidOfRandom()),
    (
        ("Then", "$$ X = 1 $$", "Let $X$ have mean $m$. Then", ONE, AND, LATER),
        SaidOfRandom(here=(SaidHere(1, 2, OF_X),)),
    ),
    (("Here $X$ has mean $m$. Then", "$$ X = 1 $$", "Let $X$ have mean $n$. Then", ONE), SaidOfRandom()),
    (("Let $X$ and $Y$ be independent. Then", ONE, AND, LATER), SaidOfRandom(independent=("X", "Y"))),
    (("Consider independent variables $X$ and $Y$. Then", ONE), SaidOfRandom(independent=("X", "Y"))),
    (("Then", "$$ E[X] = 1 $$", "Let $X$ and $Y$ be independent. Then", ONE), SaidOfRandom(independent=("X", "Y"))),
    (("Let $X_i$ be independent. Let $U$ and $V$ be independent. Then", ONE), replace(FAMILY, independent=("U", "V"))),
    (("Let $X_i$ be independent. Let $X_1$ and $Y$ be independent. Then", ONE), replace(FAMILY, independent=("Y",))),
    (
        ("Let $X_i$ and $Y_i$ be independent. Let $U$ and $V$ be independent. Then", ONE),
        SaidOfRandom(("U", "V"), (), ("X", "Y"), (("X", "Y"),), (("X", "Y"),), (("X", "Y"),)),
    ),
    (("Now if $X$ and $Y$ are independent, then", ONE, AND, LATER), SaidOfRandom(here=(SaidHere(0, 0, PAIR),))),
    (("Here is the set where $X$ and $Y$ are independent. Then", ONE), SaidOfRandom()),
    (("Let $\\ldots$ be independent. Then", ONE), SaidOfRandom()),
    (("For each $t$ let $X_i$ be independent. Then", ONE), FAMILY),
    (("For each $t$ let $X$ and $Y$ be independent. Then", ONE), SaidOfRandom()),
]


@pytest.mark.parametrize(("parts", "expected"), SAID, ids=[" ".join(parts) for parts, _ in SAID])
def test_what_lists_say(parts, expected):
    assert said_of_random(displays(*parts)) == expected


def test_lists_of_variables_that_are_independent():
    found = displays("Let $X$, $Y$ be independent, $U$, $V$ be uncorrelated. Let $Z_i$ and $W_i$ be independent.", ONE)
    assert [names for names, *_ in lists_of_independent(found)] == [("X", "Y")]
    assert not list(lists_of_independent(displays("Let $X$ be independent.", ONE)))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The data, where each is i.i.d.:", True),
        ("**Theorem** We take data i.i.d.", True),
        ("**Some say:** We take data i.i.d.", True),
        ("We take points where each is i.i.d.:", True),
        ("Assume that data is pairwise i.i.d.", False),
        ("We take data.", False),
        ("We take data that is not i.i.d.", False),
        ("Some say that points are i.i.d.", False),
    ],
)
def test_what_leads_to_what_is_independent(words, expected):
    (display,) = displays(words, ONE)
    assert leads_to_independent(display) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("They are correlated.", True), ("We drop this assumption.", True), ("They are numbers.", False)],
)
def test_what_speaks_of_dependence(sentence, expected):
    assert speaks_of_dependent(sentence) is expected


def test_a_relation_of_which_one_side_was_not_read_may_be_of_moments():
    (display,) = displays("Then", "$$ 1 = E[X_i] $$")
    display.rows[0] = replace(display.rows[0], left=None)
    assert is_late([display], ["X_i"])
