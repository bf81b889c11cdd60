r"""Whether `x^T` is the transpose of x or a power of it, where T counts something: steps, rounds, places.

Matrices and vectors are transposed; what is called a number, is compared with one, or has other powers is raised. Of
the rest, what is multiplied by something is transposed: `w^T x_t`.  T is put in braces where it is a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from symderiv.documents.displays import Display, Row
from symderiv.documents.kinds import called_constant, called_matrices, called_plain_vectors, called_vectors
from symderiv.formulas import tree as t
from symderiv.formulas.shapes import is_capital, is_inverse, is_transpose

_T = "T"
_COUNTED = re.compile(
    r"\$T\$[^.$]{0,30}\b(?:number|steps?|rounds?|iterations?|horizon|length|episodes?|time|times|epochs?|trials?|updates?)\b"
    r"|\b(?:number|steps?|rounds?|iterations?|horizon|length|episodes?|time|times|epochs?|trials?|updates?)\b[^.$]{0,30}\$T\$"
)
"""`the horizon $T$`, `after $T$ steps`."""
_IN_A_SPACE = re.compile(r"\$(?P<names>[^$]{1,60}?)\\in\s*\\(?:mathbb|mathds)\s*\{?\s*[RC]\s*\}?\s*\^")
_OF_A_NUMBER = r"(?:factor|rate|number|scalar|probability|constant|coefficient)s?"
_NUMBER = re.compile(
    rf"\b{_OF_A_NUMBER}\s+\$(?P<behind>\\?[A-Za-z]+)(?![A-Za-z_^])"
    rf"|\$(?P<ahead>\\?[A-Za-z]+)\$\s+(?:is|be|denotes?)\s+(?:[\w-]+\s+){{0,4}}?{_OF_A_NUMBER}\b"
)
_BOLD = (r"\mathbf{", r"\boldsymbol{", r"\bm{", r"\vec{")
_ORDERS = frozenset({"<", ">", "<=", ">=", "!="})


@dataclass(frozen=True)
class _Kinds:
    """The names of a section that are surely matrices, and those that are surely numbers."""

    matrices: Set[str]
    numbers: Set[str]

    def is_raised(self, base: t.Node, *, multiplied: bool) -> bool:
        """True of what the exponent T makes a power, where it may stand beside other factors."""
        names = [node for node in t.walk(base) if isinstance(node, t.Name)]
        if any(name.text in self.matrices or name.text.startswith(_BOLD) for name in names):
            return False
        if names and all(name.text in self.numbers for name in names):
            return True
        if any(is_capital(name) for name in names):
            return False
        terms = base.terms if isinstance(base, t.Addition) else (base,)
        return not multiplied or any(isinstance(term, t.Numeral) for term in terms)


def tell_powers(displays: Sequence[Display]) -> None:
    """Tells powers from transposes in a section in which T counts something."""
    rows = [row for display in displays for row in (*display.rows, *display.inline, *display.limited, *display.local)]
    nodes = [node for row in rows for side in (row.left, row.right) if side is not None for node in t.walk(side)]
    prose = [text for display in displays for text in (display.before, display.after)]
    if not any(map(_is_raised_to_t, nodes)) or not (any(map(_counts, nodes)) or any(map(_COUNTED.search, prose))):
        return
    matrices = called_matrices(displays) | called_plain_vectors(displays) | called_vectors(displays)
    matrices |= {name.strip() for text in prose for m in _IN_A_SPACE.finditer(text) for name in m["names"].split(",")}
    matrices |= {name for node in nodes for name in _transposed_otherwise(node)}
    numbers = called_constant(displays) | {name for node in nodes for name in _raised(node)}
    numbers |= {found for text in prose for match in _NUMBER.finditer(text) for found in match.groups() if found}
    numbers |= {name for row in rows for name in _compared(row)}
    kinds = _Kinds(matrices, numbers - matrices)
    for display in displays:
        display.retell(lambda side: _with_powers(side, kinds))


def _is_raised_to_t(node: t.Node) -> bool:
    return isinstance(node, t.Power) and isinstance(node.exponent, t.Name) and node.exponent.text == _T


def _counts(node: t.Node) -> bool:
    r"""True of a range that ends at T: `\sum_{t=1}^T`, `1, \ldots, T`."""
    match node:
        case t.Total(lower=lower, upper=upper):
            ends: Iterable[t.Node | None] = (lower, upper)
        case t.Listing(items=(*_, t.Ellipsis(), last)):
            ends = (last,)
        case _:
            return False
    return any(isinstance(part, t.Name) and part.text == _T for end in ends if end is not None for part in t.walk(end))


def _transposed_otherwise(node: t.Node) -> Iterator[str]:
    """The names that are transposed by another sign."""
    if isinstance(node, t.Power) and is_transpose(node) and not _is_raised_to_t(node):
        yield from (part.text for part in t.walk(node.base) if isinstance(part, t.Name))


def _raised(node: t.Node) -> Iterator[str]:
    r"""The name of a power: `\gamma^t`, `\gamma^2`; what is inverted may be a matrix."""
    is_power = isinstance(node, t.Power) and not is_transpose(node) and not is_inverse(node)
    if isinstance(node, t.Power) and isinstance(node.base, t.Name) and is_power:
        yield node.base.text


def _compared(row: Row) -> Iterator[str]:
    r"""The names in an order: `0 < \gamma < 1`."""
    if row.sign in _ORDERS or row.sign in (r"\leq", r"\geq", r"\le", r"\ge"):
        yield from (side.text for side in (row.left, row.right) if isinstance(side, t.Name))


def _with_powers(node: t.Node, kinds: _Kinds, *, multiplied: bool = False) -> t.Node:
    if isinstance(node, t.Name) and node.text == _T:
        return replace(node, text=f"{{{_T}}}", stem=f"{{{_T}}}")
    if isinstance(node, t.Power) and _is_raised_to_t(node) and not kinds.is_raised(node.base, multiplied=multiplied):
        return replace(node, base=_with_powers(node.base, kinds))
    factors = [part for part in node.factors if not isinstance(part, t.Numeral)] if isinstance(node, t.Product) else []
    return t.mapped(node, lambda part: _with_powers(part, kinds, multiplied=len(factors) > 1))
