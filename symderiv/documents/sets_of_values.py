r"""Sets of some values: `let $\mathcal{X} = \{x_1, \ldots, x_n\}$`, `the training set $\mathcal{X}$`.

A sum over `x \in \mathcal{X}` is then none over all values that x can have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.displays import Display

_SET = re.compile(r"\\mathcal\s*\{?\s*([A-Z])\s*\}?")
_LISTED = re.compile(r"\\mathcal\s*\{?\s*([A-Z])\s*\}?\s*(?::?=|\\subset(?:eq)?(?![a-z]))")
_OF_ALL = re.compile(
    r"\b(?:values|outcomes|alphabets?|(?:sample|state|input|output|outcome|label) spaces?|supports?|ranges?|domains?"
    r"|random variables?|distributions?|mass functions?|probabilit(?:y|ies)(?! (?:of|that|to))"
    r"|states|categories|classes|symbols|labels|letters)\b",
    re.IGNORECASE,
)
"""Words by which a set is all that a variable can be."""
_OF_SOME = re.compile(
    r"\b(?:data|datasets?|training|test|validation|(?:mini-?)?batch(?:es)?|samples?(?! space)|subsets?|observations?"
    r"|observed|examples|points|documents|corpus|some|typical|likely|good|bad|part|without|except|only|few|not)\b",
    re.IGNORECASE,
)
"""Words by which it is some of it."""


def sets_of_some(displays: Iterable[Display]) -> frozenset[str]:
    """The calligraphic names of sets that may be some values alone: listed ones, and of which prose speaks so."""
    found: set[str] = set()
    for display in displays:
        for sentence in (s for text in (display.before, display.after) for s in SENTENCE_END.split(text)):
            is_of_all = _OF_ALL.search(sentence) is not None and _OF_SOME.search(sentence) is None
            pattern = _LISTED if is_of_all else _SET
            found.update(rf"\mathcal{{{letter}}}" for letter in pattern.findall(sentence))
    return frozenset(found)
