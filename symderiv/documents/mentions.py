"""Names that prose speaks of by themselves, and the sentences in which it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.displays import Display

_FORMULA = re.compile(r"(?<![$\\])\$(?!\$)([^$]+?)\$(?!\$)")
_SAYS = re.compile(r"\\sim(?![a-z])|\\in(?![a-z])|[=<>]|\\[lg]eq?(?![a-z])")
"""What parts the names that a formula speaks of from what it says of them."""


def mentions(displays: Iterable[Display]) -> Iterator[tuple[str, str]]:
    r"""Each name that stands alone in a formula of the prose, or before `\sim` and its like, with its sentence."""
    for text in (text for display in displays for text in (display.before, display.after)):
        for sentence in SENTENCE_END.split(text):
            for formula in _FORMULA.findall(sentence):
                for name in _SAYS.split(formula, maxsplit=1)[0].split(","):
                    yield name.strip(), sentence


def spoken_of(displays: Iterable[Display], words: re.Pattern[str], *, without: bool = False) -> frozenset[str]:
    """The names that are spoken of in a sentence with some words, or in one that has none of them."""
    return frozenset(name for name, text in mentions(displays) if (words.search(text) is None) == without)
