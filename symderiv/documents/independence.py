r"""Equations that say of variables that they are independent: `p(x, y) = p(x) p(y)`, `p(x | y, z) = p(x | z)`.

All others between probabilities of one distribution are laws, such as `p(x, y) = p(x | y) p(y)`.  Where words say how
variables depend on each other, no formula does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import permutations

from symderiv.documents.displays import Display, Row
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed

_MOST = 5
"""Factors of which the order is looked for."""
_Split = tuple[frozenset[str], frozenset[str]]


_IN_WORDS = re.compile(
    r"(?<!not )(?<!not conditionally )\bindependen(?:t|ce|tly)\b|\bmarkov\b|\bdeterministic(?:ally)?\b|\binvertible\b"
    r"|\ba (?:\w+ )?function of\b|\buniform(?:ly)?\b|\bi\.?i\.?d\b|\bsufficient statistics?\b|\bd-separat\w+"
    r"|\\perp(?![a-z])|\bbijecti\w+|\bone-to-one\b",
    re.IGNORECASE,
)
"""Words for what is so of some distributions only."""


def is_said_in_words(displays: Sequence[Display], display: Display, known: Collection[str] = ()) -> bool:
    """True where the prose up to a display says how its variables depend on each other, or how they are distributed.

    The sentences that are `known` say no more than that variables are independent.
    """
    upto = (other.before for other in displays if other.number <= display.number)
    return any(_IN_WORDS.search(_without(text, known)) for text in upto)


def _without(text: str, known: Collection[str]) -> str:
    """Prose without what was understood of it: one word for a dependence in each sentence that is known."""
    for sentence in known:
        if len(_IN_WORDS.findall(sentence)) == 1:
            text = text.replace(sentence, " ")
    return text


def is_independence(row: Row) -> bool:
    """True of a probability as a product of others, or as another one, which no chain rule gives."""
    right = row.right
    factors = right.factors if isinstance(right, t.Product) else (right,)
    calls = [factor for factor in factors if isinstance(factor, t.Applied)]
    if not isinstance(row.left, t.Applied) or row.sign != "=" or len(calls) != len(factors) or len(calls) > _MOST:
        return False
    whole, parts = _split(row.left), [_split(call) for call in calls]
    same = all(call.head.text == row.left.head.text for call in calls)
    covered = [name for before, _ in parts for name in before]
    is_split = len(covered) == len(set(covered)) and set(covered) == whole[0]
    return same and is_split and not any(_is_chain(whole, order) for order in permutations(parts))


def _split(call: t.Applied) -> _Split:
    return frozenset(map(printed, call.before)), frozenset(map(printed, call.after))


def _is_chain(whole: _Split, parts: tuple[_Split, ...]) -> bool:
    """True where each factor is given all that the ones before it are of."""
    given = whole[1]
    for before, after in parts:
        if after != given:
            return False
        given |= before
    return True
