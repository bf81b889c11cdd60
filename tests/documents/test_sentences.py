"""What a sentence says of a name holds for that name, and as far as the text means it to."""

from __future__ import annotations

from itertools import cycle

import pytest

from symderiv.documents.displays import Display
from symderiv.documents.kinds import called_symmetric
from symderiv.documents.sentences import placed_sentences
from tests.documents.checking import checked, verdicts

NOT_SAID = [
    "It is false that $X$ @.",
    "Some authors assume that $X$ @.",
    "A common mistake is to think that $X$ @.",
    "A sufficient condition is that $X$ @.",
    "In the next section $X$ @.",
    "We doubt that $X$ @.",
    "Sometimes $X$ @.",
    "Provided $X$ @, all is easier.",
    "The case where $X$ @ is easy.",
    "The sum of $X$ and $Y$ @.",
    "At least one of $X$, $Y$ @.",
    "The first part of the whole $X$ @.",
    "The error for $X$ @.",
    "What is left behind $X$ @.",
    "For $t = 0$ the given $X$ @.",
    "Given the data, $X$ @.",
    "On the event $E$, $X$ @.",
    "Once $t$ is given, $X$ @.",
    "Here $X$ @, but not always.",
    "Here $X$ @; now $X$ is arbitrary.",
    "Here $X$ or $Y$ @.",
    "Here $X$ @ for $t = 0$.",
    "Here $X$ @ with high probability.",
    "Here $X$ @ with probability zero.",
    "Here $X$ @ on the set of samples.",
    "Some authors look at a model, where $X$ @.",
    "Here $X$ @ up to a small error.",
    "Here $X$ @ in the limit.",
    "Here $X$ @ or $Y$ does.",
    '"$X$ @", they say.',
    '"Here $X$ @. And so on", they say.',
    'They say "This is known. Here $X$ @" and so on.',
    "\n\n> Here $X$ @.\n\n",
    "Is it true that $X$ @? Who knows.",
    "Assume that $X$ @. We now drop this assumption.",
    "Assume that $X$ @. We no longer assume this of $X$.",
    "Let $X$ be such that it @. Now let $X$ be arbitrary.",
    "If $X$ @, then much is easier.",
]
SAID = [
    "Here $X$ @.",
    "We assume that $X$ @.",
    "We study a linear model, where $X$ @.",
    "Since $X$ @, it follows that we get this.",
    "The variable $X$ @ and $t = 0$.",
    "Let $t > 0$ be fixed, and assume $X$ @.",
]
IS = {
    "is symmetric": ("$X$ and $Y$ be $n \\times n$ matrices", "$$ (X Y)^T = Y^T X $$"),
    "has mean zero": ("$X$ and $Y$ be random variables", r"$$ \mathbb{E}[X^2] = \mathrm{Var}(X) $$"),
    "is invertible": (
        "$X$ be an $n \\times n$ matrix and $x, y \\in \\mathbb{R}^n$",
        r"$$ X x = X y \quad \Rightarrow \quad x = y $$",
    ),
}


def last(tmp_path, text):
    return verdicts(checked(tmp_path, text, "text.md"))[-1]


@pytest.mark.parametrize(("words", "word"), list(zip(NOT_SAID, cycle(IS), strict=False)))
def test_what_is_not_said_of_a_name_is_not_taken(tmp_path, words, word):
    let, step = IS[word]
    # What is said loosely is no hypothesis; a step that would follow from it may be left open.
    assert last(tmp_path, f"Let {let}. {words.replace('@', word)} Then\n\n{step}\n") in ("gap", "unknown")


@pytest.mark.parametrize(("words", "word"), list(zip(SAID, cycle(IS), strict=False)))
def test_what_is_said_of_it_is(tmp_path, words, word):
    let, step = IS[word]
    assert last(tmp_path, f"Let {let}. {words.replace('@', word)} Then\n\n{step}\n") == "proved"


SPANS = [
    ("LET Then STEP Now BE Then TRIVIAL", "gap", ""),
    ("LET Then STEP Now BE Then STEP", "gap", "proved"),
    ("LET Now BE Then STEP In the general case STEP", "proved", "gap"),
    ("LET First BE Then TRIVIAL Next we get STEP", "gap", ""),
    ("LET First BE Then TRIVIAL and also STEP", "proved", ""),
    ("LET Then STEP and now we BE Then TRIVIAL", "gap", ""),
    ("**Example.** LET Here IS. TRIVIAL For our own STEP", "gap", ""),
    ("**Example.** LET Here IS. TRIVIAL Hence we get STEP", "proved", ""),
    ("LET We BE Then TRIVIAL Let $X$ be an arbitrary one. STEP", "gap", ""),
    ("LET We BE Then TRIVIAL In general $n > 1$, and we get STEP", "proved", ""),
    ("LET We BE Then STEP If $X$ is not one that WORD, then STEP", "proved", "gap"),
    ("LET Then STEP This ends it. Note that IS.", "proved", ""),
    ("LET If IS, then TRIVIAL and STEP", "proved", ""),
    ("LET If IS, then STEP For all $X$ STEP", "proved", "gap"),
]
"""Texts with what becomes of the first step and of the last one."""
OTHERS = ("has mean zero", "is symmetric")


@pytest.mark.parametrize(
    ("span", "word"), [*zip(SPANS, cycle(IS), strict=False), *zip(SPANS, cycle(OTHERS), strict=False)]
)
def test_what_is_supposed_holds_from_there_until_it_is_given_up(tmp_path, span, word):
    let, step = IS[word]
    text, first, last = span
    for name, said in (
        ("LET", f"Let {let}."),
        ("BE", f"assume that $X$ {word}."),
        ("IS", f"$X$ {word}"),
        ("WORD", word),
        ("STEP", f"\n\n{step}\n\n"),
        ("TRIVIAL", "\n\n$$ 1 + 1 = 2 $$\n\n"),
    ):
        text = text.replace(name, said)
    found = [verdict for verdict in verdicts(checked(tmp_path, text, "text.md")) if verdict != "given"]
    if text.count("1 + 1") and "proved" in found[:1] and len(found) > 1:
        found = found[1:]  # that one and one are two is said and proved
    # Whether a condition of an implication is meant for all of it is left open.
    meant = {"gap": ("gap", "unknown"), "proved": ("proved", "unknown") if " If " in text else ("proved",)}
    assert found[0] in meant[first]
    assert not last or found[-1] in meant[last]


@pytest.mark.parametrize(
    "words", ["The noise for $X$ and $Y$ is independent.", "The errors with $X$ and $Y$ are i.i.d."]
)
def test_what_belongs_to_two_variables_says_nothing_of_them(tmp_path, words):
    step = r"$$ \mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y] $$"
    assert last(tmp_path, f"Let $X$ and $Y$ be random variables. {words} Then\n\n{step}\n") in ("gap", "unknown")
    right = "For $X$ and $Y$ independent it follows that"
    assert last(tmp_path, f"Let $X$ and $Y$ be random variables. {right}\n\n{step}\n") == "proved"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Consider a quadratic form $x^T A x$, where the matrix $A$ is symmetric.", "proved"),
        ("The Hessian $A$ is symmetric.", "proved"),
        ("Because the covariance matrix $A$ is symmetric, we may write more.", "proved"),
        ("Without loss of generality we may assume that $A$ is real and symmetric.", "proved"),
        (r"Let $A \in \mathbb{R}^{n \times n}$ be symmetric by definition.", "proved"),
        ("In the linear model, the weighting matrix $A$ is symmetric.", "unknown"),
        ("In the linear model, the design matrix $A$ is symmetric.", "proved"),
        (
            "Since $B$ is a [covariance and thus symmetric](/P/x), $A$ is also symmetric and can be expressed by it.",
            "proved",
        ),
        ("The second equality below uses that $A$ is symmetric.", "proved"),
        ("Nobody uses that $A$ is symmetric.", "gap"),
        ("The last step of what follows holds because $A$ is symmetric.", "proved"),
        ("The claim that $A$ is symmetric is made elsewhere.", "gap"),
        ("It may be that $A$ is symmetric.", "gap"),
        ("The symmetric matrices $A$ form a space.", "unknown"),
        ("For symmetric matrices $A$ we get more.", "proved"),
        ("Then\n\n$$ (A B)^T = B^T A $$\n\nFor a symmetric matrix $A$ we get more.", "gap"),
        ("The easiest case is that of a symmetric matrix $A$.", "gap"),
        ("The gradient of a form with a symmetric matrix $A$ is known.", "proved"),
        ("Unlike a symmetric matrix $A$, ours has no such form.", "gap"),
        ("Some books have a symmetric matrix $A$ here.", "gap"),
    ],
)
def test_a_symmetric_matrix_is_called_so_in_many_ways(tmp_path, words, expected):
    text = f"Let $A$ and $B$ be matrices of the same size. {words} Then\n\n$$ (A B)^T = B^T A $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[0] == expected


def shown(*before):
    return [Display(number, None, (), before=text) for number, text in enumerate(before)]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (("We get", "because $A$ is so."), [(0, "because $A$ is so.")]),
        (("where $A$ is so.",), [(0, "where $A$ is so.")]),
        (("We get", "This ends.\n\nwhere $A$ is so."), [(1, "where $A$ is so.")]),
        (("We get", "and $A$ is so."), [(1, "and $A$ is so.")]),
    ],
)
def test_a_sentence_that_goes_on_behind_a_display_belongs_to_it(before, expected):
    assert [(place, words) for place, words in placed_sentences(shown(*before)) if "$A$" in words] == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (("First assume that $A$ is symmetric. Then", "and so", "Now"), [("A", {0, 1})]),
        (("First assume that $A$ is symmetric. Then", "Now", "and so"), [("A", {0})]),
        (("If $A$ is symmetric, then", "and", "Now"), [("A", {0, 1})]),
        (("First assume that $A$ is symmetric. Then", "Hence", "Now"), [("A", {0, 1})]),
        (("Here $A$ is symmetric, and", "Now"), [("A", None)]),
        (("# Here $A$ is symmetric.\nWe get", "Now"), []),
        (('We recall "$A$ is symmetric. And so on".', "Now"), []),
        (('We read of a thing that is called "a symmetric matrix $A$. It is one". Then', "Now"), []),
        (('It says "so. A symmetric matrix $A$ is here" again. Then', "Now"), []),
        (("Now", "**Example.** Here $A$ is symmetric. Then", "Next"), [("A", {1})]),
        (("**Example.** It is one.\n\nThat was it.\n\nMore.\n\nHere $A$ is symmetric. Then", "Next"), [("A", None)]),
    ],
)
def test_what_is_said_for_a_while_is_said_for_some_displays(before, expected):
    assert called_symmetric(shown(*before)) == expected
