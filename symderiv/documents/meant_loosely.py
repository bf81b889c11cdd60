"""What a text may say of its names by single words: that they are independent, symmetric, of length one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import suppress
from typing import TYPE_CHECKING

from sympy import Expr, Integer

from symderiv.documents.asides import DENIES
from symderiv.documents.displays import Display
from symderiv.documents.line import Line
from symderiv.documents.names import names_in
from symderiv.documents.random_facts import RandomFacts
from symderiv.documents.said_of_random import said_loosely
from symderiv.documents.sentences import placed_sentences, renewed_at
from symderiv.formulas import tree as t
from symderiv.formulas.source import Unread
from symderiv.language import written as w
from symderiv.language.encode import latex_of_proposition
from symderiv.language.matrices import NUMBER, Constant, Transposed, shape_of
from symderiv.model.derivation import Mention
from symderiv.model.statement import Proposition, Relation

if TYPE_CHECKING:
    from symderiv.documents.section import Section

FORMULA = re.compile(r"\$[^$]*\$|\\\(.*?\\\)", re.DOTALL)
CONDITIONAL = re.compile(
    r"\b(?:if|provided|unless|whether|when(?:ever)?|with high probability|drop\w*)\b", re.IGNORECASE
)
"""Words of a sentence about some cases."""
ELSEWHERE = re.compile(
    r"\b(?:at|cases?|examples?|instances?|points?|say|e\.g\.|mistak\w+|wrongly|authors?|books?|claim\w*|believe\w*|conjectur\w+"
    r"|tempt\w+|naive\w*|before|want|goal|aim|contrast|unlike|rather than|instead of|nobody|may|might"
    r"|could|would|sometimes|suffic\w+|sections?|chapters?|rare(?:ly)?|special|trivial|exclud\w+|except|counterexamples?"
    r"|imagin\w+|pretend|according|students?|contradict\w+|absurd|later|shall|previous|earlier|eas(?:y|ier|ily)|moment"
    r"|sanity|exercise|without|had we|otherwise|find out|too strong|left out|we are done|of no interest|once believed"
    r"|suppos\w+|assum\w+|setting|for a second|(?<!that )there (?:is|are|exists?))\b",
    re.IGNORECASE,
)
"""Words of sentences about what is so elsewhere, or is said by others, or is yet to be shown."""
BACK = re.compile(
    r"\b(?:back to|something else|mere(?:ly)? (?:an? )?example|general case|in general|otherwise|absurd|impossible"
    r"|(?:all )?other cases)\b",
    re.IGNORECASE,
)
"""Words behind which nothing holds that was supposed before."""
_INDEPENDENT = re.compile(r"\b(?:independen\w+|uncorrelated|i\.?\s?i\.?\s?d\b)", re.IGNORECASE)
_CENTRED = re.compile(r"\b(?:zero[\s-]mean|mean[\s-](?:zero|0|\$0\$)|cent(?:er|re)d|zero expectation)\b", re.IGNORECASE)
_SYMMETRIC = re.compile(
    r"\b(?:symmetr(?:ic|y)|covariance|(?:semi-?)?definite|hessian|gram|kernel|precision)\b", re.IGNORECASE
)
_ORTHOGONAL = re.compile(r"\b(?:orthogonal|orthonormal|rotations?|unitary)\b", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:unit|normali[sz]ed|orthonormal|norm (?:one|1|\$1\$))\b", re.IGNORECASE)
"""Words that may say something of the names around them."""


def of_kinds(section: Section, line: Line, goal: Proposition) -> Iterator[Mention]:
    """What words may say of the names of a relation: that they are independent, symmetric, of length one."""
    upto = [display for display in section.displays if display.number <= line.display.number]
    sentences = _plain_sentences(upto, names_in(goal.left) | names_in(goal.right))
    if any(map(_INDEPENDENT.search, sentences)) or any(map(_CENTRED.search, sentences)):
        told = [words for words in sentences if _INDEPENDENT.search(words)]
        centred = [words for words in sentences if _CENTRED.search(words)]
        said = said_loosely([FORMULA.findall(words) for words in told], [FORMULA.findall(words) for words in centred])
        facts = RandomFacts(said, section.terms, section.trees.values()).about((goal.left, goal.right), line.display)
        if facts:
            yield Mention(tuple(facts), "what the text may mean by words such as independent")
    yield from _of_matrices(section, sentences, goal)


def _plain_sentences(displays: Sequence[Display], names: Set[str]) -> list[str]:
    """The sentences up to the last of some displays that deny nothing, are under no condition, and speak of here.

    What was said of names before they were introduced anew says nothing of these.
    """
    placed = [(place, words) for place, words in placed_sentences(displays) if place < len(displays)]
    found: list[str] = []
    for number, (_, words) in enumerate(placed):
        if any(BACK.search(other) for _, other in placed[number + 1 :]):
            continue
        plain = FORMULA.sub(" ", words)
        is_apart = any(pattern.search(plain) for pattern in (DENIES, ELSEWHERE, CONDITIONAL)) or "?" in words
        if not is_apart and renewed_at(placed, number, sorted(names)) is None:
            found.append(words)
    return found


def _of_matrices(section: Section, sentences: Iterable[str], goal: Proposition) -> Iterator[Mention]:
    names = names_in(goal.left) | names_in(goal.right)
    trees = (node for tree in section.trees.values() for node in t.walk(tree))
    found = {n.text: n for n in trees if isinstance(n, t.Name) and n.text in names & section.shapes.matrices}
    said = " ".join(sentences)
    for name in found.values():
        with suppress(Unread, w.LanguageError):
            matrix = section.terms.expression(name)
            for stated in _said_of(matrix, said):
                yield Mention((stated,), f"${latex_of_proposition(stated)}$, which the text may mean")


def _said_of(matrix: Expr, said: str) -> Iterator[Proposition]:
    """What words that stand anywhere in a text may say of a matrix or a vector."""
    rows, columns = shape_of(matrix)
    turned = Transposed(matrix)
    if rows == columns and (rows, columns) != NUMBER:
        if _SYMMETRIC.search(said):
            yield Proposition(turned, Relation.EQUAL, matrix)
        if _ORTHOGONAL.search(said):
            unit = Constant("identity", "I", rows, columns)
            yield Proposition(w.Times(turned, matrix), Relation.EQUAL, unit)
            yield Proposition(w.Times(matrix, turned), Relation.EQUAL, unit)
    elif rows and not columns and _UNIT.search(said):
        yield Proposition(w.Times(turned, matrix), Relation.EQUAL, Integer(1))
