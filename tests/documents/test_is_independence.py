"""Which equations between probabilities say of variables that they are independent, and which words say such things."""

from __future__ import annotations

import pytest

from symderiv.documents.displays import Display, Row
from symderiv.documents.independence import is_independence, is_said_in_words
from symderiv.formulas.grammar import read_relations
from symderiv.formulas.source import Source


def row(formula):
    tree = read_relations(Source("", formula))
    return Row(0, (0, 0), "first", tree.signs[0], tree.sides[0], tree.sides[1])


@pytest.mark.parametrize(
    "formula",
    [
        "p(x,y) = p(x) p(y)",
        "p(x,y,z) = p(x,y) p(z)",
        "p(x,y|z) = p(x|z) p(y|z)",
        "p(x|y) = p(x)",
        "p(x|y,z) = p(x|z)",
        "p(x,y,z) = p(x|y) p(y|z) p(z)",
        "p(x|y,z) = p(x|y)",
        "p(x,y|z) = p(x) p(y|x,z)",
        "p(a,b,c,d,e) = p(a) p(b) p(c) p(d) p(e)",
    ],
)
def test_what_no_chain_rule_gives_is_independence(formula):
    assert is_independence(row(formula))


@pytest.mark.parametrize(
    "formula",
    [
        "p(x,y) = p(x|y) p(y)",
        "p(x,y) = p(y) p(x|y)",
        "p(x,y) = p(x,y)",
        "p(x,y|z) = p(x|z) p(y|x,z)",
        "p(x,y,z) = p(z|x,y) p(y|x) p(x)",
        "p(x,y) = p(x) q(y)",
        "p(x,y) = q(x) q(y)",
        "p(x,y) = p(x) p(x)",
        "p(x,y) = p(x) p(y) p(y)",
        "p(x,y) = p(x) p(z)",
        "p(x,y) = p(x)",
        "p(x) = p(x) p(y)",
        "p(x,y) = 2 p(x) p(y)",
        r"p(x,y) \leq p(x) p(y)",
        "x = p(x) p(y)",
        "p(x,y) = x",
        "p(x,y) = x p(y)",
        "p(a,b,c,d,e,f) = p(a) p(b) p(c) p(d) p(e) p(f)",
    ],
)
def test_what_one_gives_and_what_is_no_such_product_is_not(formula):
    assert not is_independence(row(formula))


UNIFORM = "Let $X$ and $Y$ be independent and uniform."
SENTENCE = "Let $X$ and $Y$ be independent."


@pytest.mark.parametrize(
    ("texts", "known", "expected"),
    [
        ((SENTENCE, "", ""), (), True),
        (("", SENTENCE, ""), (), True),
        (("", "", SENTENCE), (), False),
        (("", SENTENCE, ""), (SENTENCE,), False),
        (("", f"{SENTENCE} Let $Z$ be uniform.", ""), (SENTENCE,), True),
        (("", UNIFORM, ""), (UNIFORM,), True),
        (("", SENTENCE, ""), ("Let $X$ and $Z$ be independent.",), True),
        (("", "They are not independent.", ""), (), False),
    ],
)
def test_what_words_say_holds_from_there_on(texts, known, expected):
    displays = [Display(n, None, (), before=text) for n, text in enumerate(texts)]
    assert is_said_in_words(displays, displays[1], known) is expected
