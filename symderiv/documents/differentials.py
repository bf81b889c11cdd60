r"""Equations between differentials: `du = 2 x dx` says that `\frac{du}{dx} = 2 x`.

Texts write them where they change a variable.  Which of the two names is a function of the other is what the section
says of them: an equation that gives one by the other, or a derivative.  Where it says nothing, such an equation is not
read: it is none between numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from symderiv.documents.displays import Display, Row, names_of
from symderiv.formulas import tree as t
from symderiv.formulas.source import Source, Unread

_DIFFERENTIAL = re.compile(r"\\(?:mathrm|text|mathbf|operatorname)\{d\}(?P<name>[A-Za-z]|\\[A-Za-z]+)")
_A_NAME = re.compile(r"\$d\$|\$d\s*(?:[=<>,]|\\(?:in|geq?|leq?|times|to)\b)")
"""What a text says of a number or function that it calls d."""


def tell_differentials(source: Source, displays: Sequence[Display]) -> None:
    """Makes derivatives of the equations between differentials in a section that has them nowhere else."""
    rows = [row for display in displays for row in (*display.rows, *display.inline, *display.local)]
    if any(_uses_one(row) for row in rows):
        return
    texts = {text for display in displays for text in (display.before, display.after)}
    is_a_name = any(map(_A_NAME.search, texts)) or any(map(_has_a_name, rows))
    told = _Differentials(source, _dependences(rows), not is_a_name)
    told = replace(told, changing=frozenset(name for row in rows for name in told.names(row)))
    for display in displays:
        linked = {id(row) for pair in pairwise(display.rows) if pair[1].kind == "continued" for row in pair}
        display.rows = [row if id(row) in linked else told.row(row) for row in display.rows]
        display.inline[:] = map(told.row, display.inline)


def is_differential(node: t.Node | None) -> bool:
    r"""True of `\mathrm{d}x`."""
    return isinstance(node, t.Name) and _DIFFERENTIAL.fullmatch(node.text) is not None


def _uses_one(row: Row) -> bool:
    r"""True where one side alone has a `\mathrm{d}r`: what it is put into is a number, as a volume is."""
    sides = [any(map(is_differential, t.walk(side))) for side in (row.left, row.right) if side is not None]
    return any(sides) and not all(sides)


def _has_a_name(row: Row) -> bool:
    """True of a row in which d is a name, as it stands before no other name."""
    nodes = [node for side in (row.left, row.right) if side is not None for node in t.walk(side)]
    pairs = [pair for node in nodes if isinstance(node, t.Product) for pair in pairwise(node.factors)]
    before = sum(_is_d(first) and isinstance(second, t.Name) and not _is_d(second) for first, second in pairs)
    return sum(map(_is_d, nodes)) != before


def _is_d(node: t.Node) -> bool:
    return isinstance(node, t.Name) and node.text == "d"


def _dependences(rows: Sequence[Row]) -> frozenset[tuple[str, str]]:
    """Pairs of names of which the first one is a function of the second one; of two that are so, what is said first."""
    found: dict[tuple[str, str], None] = {}
    for first, second in (pair for row in rows for pair in _dependent(row)):
        if (second, first) not in found:
            found[first, second] = None
    return frozenset(found)


def _dependent(row: Row) -> Iterator[tuple[str, str]]:
    """Pairs of names of which a row says that the first one is a function of the second one."""
    if row.sign == "=" and isinstance(row.left, t.Name):
        yield from ((row.left.text, name) for name in names_of(row.right) - {row.left.text})
    for side in (row.left, row.right):
        for node in t.walk(side) if side is not None else ():
            if isinstance(node, t.Derivative) and isinstance(node.body, t.Name) and len(node.over) == 1:
                yield from ((node.body.text, over.text) for over in node.over if isinstance(over, t.Name))


@dataclass(frozen=True)
class _Differentials:
    """The names of a section that depend on others, and whether a plain `d` stands for differentials there."""

    source: Source
    depend: frozenset[tuple[str, str]]
    plain: bool
    changing: frozenset[str] = frozenset()
    """The names of which there are differentials."""

    def names(self, row: Row) -> Iterator[str]:
        """The names of the differentials in the terms of a row."""
        for side in (row.left, row.right):
            for term in side.terms if isinstance(side, t.Addition) else (side,):
                found = self._differential(term)
                if found is not None:
                    yield found[1].text

    def row(self, row: Row) -> Row:
        """A row with the derivative that it is about, or with the problem that there is none."""
        if row.sign != "=" or row.problem is not None:
            return row
        left, right = self._differential(row.left), self._differential(row.right)
        if left is not None and right is not None:
            for (factor, of), (other, over) in ((left, right), (right, left)):
                if (of.text, over.text) in self.depend and not self._changes_otherwise(of, over):
                    slope = t.Derivative(*row.place, "d", (over,), None, of)
                    return replace(row, left=_times(factor, slope), right=other)
        if all(self._consists_of_differentials(side) for side in (row.left, row.right)):
            message = "an equation between differentials, of which nothing says what is a function of what"
            return replace(row, problem=Unread(self.source.span(*row.place), message, "say it as a derivative"))
        return row

    def _changes_otherwise(self, of: t.Name, over: t.Name) -> bool:
        """True of `dz = y dx` where `z = x y` and the section speaks of dy: y is no constant there."""
        others = {second for first, second in self.depend if first == of.text} - {over.text}
        return not others.isdisjoint(self.changing)

    def _consists_of_differentials(self, side: t.Node | None) -> bool:
        terms = side.terms if isinstance(side, t.Addition) else (side,)
        return all(self._differential(term) is not None for term in terms)

    def _differential(self, node: t.Node | None) -> tuple[t.Node, t.Name] | None:
        r"""The factor and the name of `2 x dx` and `\frac{dx}{2 x}`; None of what is no differential."""
        match node:
            case t.Name():
                marked = _DIFFERENTIAL.fullmatch(node.text)
                if marked is None:
                    return None
                name = marked["name"]
                return _one(node), t.Name(node.end - len(name), node.end, name, name, (), name)
            case t.Negation():
                inner = self._differential(node.body)
                return inner and (replace(node, body=inner[0]), inner[1])
            case t.Division():
                inner = self._differential(node.above)
                return inner and (replace(node, above=inner[0]), inner[1])
            case t.Product(factors=(*before, t.Name(text="d"), t.Name() as name)) if self.plain:
                return _product(node, before), name
            case t.Product(factors=(*before, last)):
                inner = self._differential(last)
                return inner and (_product(node, before if _is_one(inner[0]) else [*before, inner[0]]), inner[1])
        return None


def _product(node: t.Product, factors: Sequence[t.Node]) -> t.Node:
    if len(factors) > 1:
        return replace(node, factors=tuple(factors))
    return factors[0] if factors else _one(node)


def _times(factor: t.Node, other: t.Node) -> t.Node:
    if _is_one(factor):
        return other
    return t.Product(factor.start, other.end, (factor, other))


def _is_one(node: t.Node) -> bool:
    return isinstance(node, t.Numeral) and node.value == 1


def _one(node: t.Node) -> t.Numeral:
    return t.Numeral(node.start, node.end, Fraction(1))
