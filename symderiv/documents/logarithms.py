r"""The base of `\log` where a text says that it is 2 or 10, and not Euler's number.

What is written of entropies holds in bits as well as in nats: in a section with an entropy, whose unit is that of the
logarithms, nothing changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from symderiv.documents.asides import DENIES, SENTENCE_END
from symderiv.documents.displays import Display
from symderiv.formulas import tree as t
from symderiv.formulas.notation import QUANTITIES
from symderiv.formulas.source import Source

_BASES = {"2": 2, "two": 2, "$2$": 2, "10": 10, "ten": 10, "$10$": 10}
_SAID = re.compile(
    r"(?:\blogarithms?\b|\$\s*\\log(?![a-z])[^$]*\$)[^.$]{0,40}\b(?:to|with|in|of|is|are)?\s*(?:the\s+)?base[\s-]+"
    r"(?P<base>2|two|\$2\$|10|ten|\$10\$)(?!\.?\d)|\bbase[\s-]+(?P<ahead>2|two|10|ten)\s+logarithms?\b"
    r"|\bbinary logarithms?\b",
    re.IGNORECASE,
)
_UNITS = frozenset({"H", "I", "KL"})


def tell_logarithms(source: Source, displays: Sequence[Display]) -> None:
    """Gives the logarithms of a section the base that its prose says."""
    base = _base(displays)
    rows = [row for display in displays for row in (*display.rows, *display.inline)]
    nodes = (node for row in rows for side in (row.left, row.right) if side is not None for node in t.walk(side))
    if base is None or any(isinstance(n, t.Applied) and QUANTITIES.get(n.head.text) in _UNITS for n in nodes):
        return
    for display in displays:
        display.retell(lambda side: _with_base(source, side, base))


def _base(displays: Sequence[Display]) -> int | None:
    """The base that some prose gives to logarithms without one."""
    for text in (text for display in displays for text in (display.before, display.after)):
        for match in _SAID.finditer(text):
            sentence = SENTENCE_END.split(text[: match.start()])[-1]
            if not DENIES.search(sentence):
                return _BASES.get((match["base"] or match["ahead"] or "2").lower(), 2)
    return None


def _with_base(source: Source, node: t.Node, base: int) -> t.Node:
    changed = t.mapped(node, lambda part: _with_base(source, part, base))
    is_plain = isinstance(changed, t.Function) and changed.word == "ln" and changed.base is None
    if is_plain and isinstance(changed, t.Function) and source.text.startswith(r"\log", node.start):
        return replace(changed, base=t.Numeral(node.start, node.start, Fraction(base)))
    return changed
