r"""Sets of data: `let $\mathcal{X} = \{x_1, \ldots, x_n\}$`, `the training set $\mathcal{X}$`.

A sum over `x \in \mathcal{X}` is then none over all values that x can have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.reading import Display

_OF_DATA = re.compile(
    r"\b(?:data|dataset|training|test|validation|(?:mini-?)?batch(?:es)?|samples?(?! space)|subset|observations?"
    r"|examples|points|documents|corpus)\b",
    re.IGNORECASE,
)
"""Words for sets of some values, not of all."""
_SET = re.compile(r"\\mathcal\s*\{?\s*([A-Z])\s*\}?")
_LISTED = re.compile(r"\\mathcal\s*\{?\s*([A-Z])\s*\}?\s*(?::?=|\\subset(?:eq)?(?![a-z]))")


def data_sets(displays: Iterable[Display]) -> frozenset[str]:
    """The calligraphic names of sets of which prose speaks as data, or as a part of others, and of listed ones."""
    found: set[str] = set()
    for display in displays:
        for sentence in (s for text in (display.before, display.after) for s in SENTENCE_END.split(text)):
            pattern = _SET if _OF_DATA.search(sentence) else _LISTED
            found.update(rf"\mathcal{{{letter}}}" for letter in pattern.findall(sentence))
    return frozenset(found)
