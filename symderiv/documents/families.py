r"""Equations for all members of a family: what `p_i = a_i / s` says of the p_2 that a relation calls by its number.

Prose may say of which members it holds: `for even $i$`, `of the support vectors`.  Where it may, it says nothing for
certain of a member by its number, and values of that say nothing either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.mentions import mentions
from symderiv.documents.numbered import first_value, members_of
from symderiv.documents.reading import Row
from symderiv.documents.section import Section
from symderiv.documents.suppositions import gives_a_value
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed

_SENTENCE = 400
"""No sentence is taken for longer."""
_DISPLAY = re.compile(r"\$\$.*?(?:\$\$|\Z)|\\\[.*?(?:\\\]|\Z)|\\begin\{.*?(?:\\end\{\w+\*?\}|\Z)", re.DOTALL)
_OF_ANY = re.compile(r"\b(?:all|each|every|any|index|indices)\b|\$-?th\b", re.IGNORECASE)
"""Words by which a letter stands for any number."""


def members(section: Section, tree: t.Sides, rows: Sequence[Row]) -> Iterator[tuple[t.Sides, bool]]:
    """What some equations say of the members that a relation calls by number, and whether they are said of all."""
    # Of a letter that prose speaks of, other than as of any, it may say which is meant.
    told = {name for name, sentence in mentions(section.displays) if _OF_ANY.search(sentence) is None}
    one_value = section.particular | section.single | told
    mentioned = [row for display in section.displays for row in display.limited if row.mentioned and row.sign == "="]
    for row in rows:
        stated = section.trees.get(id(row))
        if isinstance(stated, t.Sides) and isinstance(row.left, t.Name):
            least = partial(first_value, section.source.text, row)
            for member in members_of(tree, stated, least):
                is_of_all = one_value.isdisjoint(row.left.lower) and _is_plain(section.source.text, row)
                yield member, is_of_all and not any(_says_otherwise(other, row) for other in mentioned)


def _says_otherwise(other: Row, row: Row) -> bool:
    """True of another equation for the same, behind a first one: it may be the one that holds."""
    sides = [[None if side is None else printed(side) for side in (one.left, one.right)] for one in (other, row)]
    return other.place > row.place and sides[0][0] == sides[1][0] and sides[0][1] != sides[1][1]


def _is_plain(text: str, row: Row) -> bool:
    """True where no word of the sentence before an equation could say of which members it holds."""
    before = SENTENCE_END.split(text[max(0, row.place[0] - _SENTENCE) : row.place[0]])[-1]
    return gives_a_value(_DISPLAY.sub(" ", before), "")
