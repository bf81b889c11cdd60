r"""Matrices that are written out: `\begin{bmatrix} a & b \\ c & d \end{bmatrix}`, and what is calculated with them.

An equation between two of them with numbers as entries becomes one between numbers, `\sum_{ij} u_i a_{ij} v_j` on
either side with names u and v of which nothing is known: it holds where all entries agree.  Products, sums,
transposes, and inverses and determinants up to three rows are worked out; entries may be matrices themselves as long as
only sums and products of them are taken, and the entries that result are numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from symderiv.formulas import tree as t
from symderiv.formulas.shapes import DIAGONALS, is_inverse, is_transpose

Grid = tuple[tuple[t.Node, ...], ...]
Grids = Mapping[str, Grid]
"""What names are said to be."""
LARGEST = 3
"""The most rows of a matrix whose inverse or determinant is worked out."""


def spelled_out(sides: t.Sides, is_matrix: Callable[[t.Node], bool], known: Grids) -> t.Sides | None:
    """A relation of numbers that says the same as one in which matrices are written out; None of any other."""
    if not any(isinstance(node, t.Array) for node in t.walk(sides)) and not _speaks_of(sides, known):
        return None
    spelling = _Spelling(is_matrix, known)
    found = [spelling.value(side) for side in sides.sides]
    if None in found or not spelling.used:
        return None
    grids = [side for side in found if isinstance(side, tuple)]
    if not grids:
        return t.Sides(sides.start, sides.end, tuple(s for s in found if isinstance(s, t.Node)), sides.signs)
    shapes = {(len(grid), len(grid[0])) for grid in grids}
    if len(grids) != len(found) or len(shapes) != 1 or set(sides.signs) != {"="}:
        return None
    if not all(spelling.is_number(cell) for grid in grids for row in grid for cell in row):
        return None
    return t.Sides(sides.start, sides.end, tuple(map(_mixed, grids)), sides.signs)


def with_diagonals(node: t.Node) -> t.Node:
    r"""The tree with a matrix for `\mathrm{diag}(a, b)`, where its entries are listed one by one."""
    changed = t.mapped(node, with_diagonals)
    match changed:
        case t.Applied(head=head, before=(_, _, *_) as entries, bar="") if head.text in DIAGONALS:
            if len(entries) > LARGEST or any(isinstance(entry, t.Ellipsis) for entry in entries):
                return changed
            zero = t.Numeral(node.end, node.end, Fraction(0))
            rows = tuple(
                tuple(entry if n == m else zero for m, entry in enumerate(entries)) for n in range(len(entries))
            )
            return t.Array(changed.start, changed.end, "pmatrix", rows)
        case _:
            return changed


def grid_of(node: t.Node | None) -> Grid | None:
    """The entries of a matrix with as many in each row; None of a determinant, or with dots or words among them."""
    return _cells(node) if isinstance(node, t.Array) and node.kind != "vmatrix" else None


def _cells(node: t.Array) -> Grid | None:
    if not (node.kind.endswith("matrix") or node.kind == "array"):
        return None
    cells = [cell for row in node.rows for cell in row]
    plain = not any(isinstance(part, t.Prose | t.Ellipsis) for cell in cells for part in t.walk(cell))
    return node.rows if plain and len({len(row) for row in node.rows}) == 1 and node.rows[0] else None


def _speaks_of(sides: t.Sides, known: Grids) -> bool:
    return any(isinstance(node, t.Name) and node.text in known for node in t.walk(sides))


class _Spelling:
    """Works out what is written with matrices that are written out; `used` says that there was one."""

    def __init__(self, is_matrix: Callable[[t.Node], bool], known: Grids) -> None:
        self._is_matrix, self._known = is_matrix, known
        self.used = False

    def is_number(self, node: t.Node) -> bool:
        """True of what is no matrix, as products of rows and columns are not."""
        match node:
            case t.Negation(body=body) | t.Division(above=body):
                return self.is_number(body)
            case t.Addition(terms=parts):
                return all(map(self.is_number, parts))
            case t.Product(factors=factors):
                chain = tuple(factor for factor in _flat(factors) if not self.is_number(factor))
                return not chain or not self._is_matrix(t.Product(node.start, node.end, chain))
            case _:
                return not self._is_matrix(node)

    def value(self, node: t.Node) -> t.Node | Grid | None:
        """A number as it is written, or the entries of a matrix; None where a matrix in it has no entries."""
        match node:
            case t.Array():
                self.used = True
                found = _cells(node)
                if found is None or node.kind != "vmatrix":
                    return found
                return _determinant(found, node) if self._is_square_of_numbers(found) else None
            case t.Name(text=text) if text in self._known:
                self.used = True
                return self._known[text]
            case t.Negation(body=body):
                return self._each(self.value(body), lambda cell: t.Negation(node.start, node.end, cell))
            case t.Addition(terms=parts):
                return self._sum(node, [self.value(part) for part in parts])
            case t.Product(factors=factors):
                return self._product(node, [self.value(factor) for factor in factors])
            case t.Division(above=above, below=below):
                divisor = self.value(below)
                if divisor is None or isinstance(divisor, tuple):
                    return None
                return self._each(self.value(above), lambda cell: t.Division(node.start, node.end, cell, divisor))
            case t.Power(base=base):
                return self._power(node, self.value(base))
            case t.Bars(kind="|", body=body) | t.Function(word="det", body=body):
                inner = self.value(body)
                return self._determinant_of(node, inner) if isinstance(inner, tuple) else self._plain(node)
            case _:
                return self._plain(node)

    def _plain(self, node: t.Node) -> t.Node | None:
        """What has no matrix that is written out in it."""
        names = (part.text for part in t.walk(node) if isinstance(part, t.Name))
        if any(isinstance(part, t.Array) for part in t.walk(node)) or any(name in self._known for name in names):
            return None
        return node

    def _determinant_of(self, node: t.Bars | t.Function, grid: Grid) -> t.Node | None:
        """A determinant; bars around what is one number are those of an absolute value."""
        if isinstance(node, t.Bars) and len(grid) == len(grid[0]) == 1:
            return replace(node, body=grid[0][0])
        return _determinant(grid, node) if self._is_square_of_numbers(grid) else None

    def _is_square_of_numbers(self, grid: Grid) -> bool:
        return len(grid) == len(grid[0]) <= LARGEST and all(self.is_number(c) for row in grid for c in row)

    def _each(self, whole: t.Node | Grid | None, change: Callable[[t.Node], t.Node]) -> t.Node | Grid | None:
        if whole is None:
            return None
        return tuple(tuple(map(change, row)) for row in whole) if isinstance(whole, tuple) else change(whole)

    def _sum(self, node: t.Addition, parts: Sequence[t.Node | Grid | None]) -> t.Node | Grid | None:
        grids = [part for part in parts if isinstance(part, tuple)]
        plain = [part for part in parts if isinstance(part, t.Node)]
        if len(plain) == len(parts):
            return t.Addition(node.start, node.end, tuple(plain))
        if len(grids) != len(parts) or len({(len(grid), len(grid[0])) for grid in grids}) != 1:
            return None
        return tuple(
            tuple(t.Addition(node.start, node.end, cells) for cells in zip(*rows, strict=True))
            for rows in zip(*grids, strict=True)
        )

    def _product(self, node: t.Product, parts: Sequence[t.Node | Grid | None]) -> t.Node | Grid | None:
        plain = [part for part in parts if isinstance(part, t.Node)]
        if len(plain) == len(parts):
            return t.Product(node.start, node.end, tuple(plain))
        grids = [part for part in parts if isinstance(part, tuple)]
        if len(grids) + len(plain) != len(parts) or not all(map(self.is_number, plain)):
            return None
        found = grids[0]
        for grid in grids[1:]:
            if len(found[0]) != len(grid):
                return None
            found = tuple(tuple(_dot(row, column, node) for column in zip(*grid, strict=True)) for row in found)
        if len(found) == len(found[0]) == 1:
            return t.Product(node.start, node.end, (*plain, found[0][0])) if plain else found[0][0]
        return self._each(found, lambda cell: t.Product(node.start, node.end, (*plain, cell)) if plain else cell)

    def _power(self, node: t.Power, base: t.Node | Grid | None) -> t.Node | Grid | None:
        if not isinstance(base, tuple):
            return None if base is None else t.Power(node.start, node.end, base, node.exponent)
        if is_transpose(node):
            turned = tuple(zip(*base, strict=True))
            return self._each(turned, lambda cell: cell if self.is_number(cell) else _transposed(cell, node))
        if is_inverse(node) and self._is_square_of_numbers(base):
            return _inverse(base, node)
        match node.exponent:
            case t.Numeral(value=value) if value == 2 and len(base) == len(base[0]):
                return tuple(tuple(_dot(row, column, node) for column in zip(*base, strict=True)) for row in base)
            case _:
                return None


def _flat(factors: Sequence[t.Node]) -> Iterator[t.Node]:
    for factor in factors:
        yield from _flat(factor.factors) if isinstance(factor, t.Product) else (factor,)


def _transposed(cell: t.Node, node: t.Power) -> t.Node:
    if isinstance(cell, t.Power) and is_transpose(cell):
        return cell.base
    return t.Power(node.start, node.end, cell, node.exponent)


def _dot(row: Sequence[t.Node], column: Sequence[t.Node], at: t.Node) -> t.Node:
    parts = tuple(t.Product(at.start, at.end, pair) for pair in zip(row, column, strict=True))
    return parts[0] if len(parts) == 1 else t.Addition(at.start, at.end, parts)


def _without(grid: Grid, row: int, column: int) -> Grid:
    rows = (cells for number, cells in enumerate(grid) if number != row)
    return tuple(tuple(cell for number, cell in enumerate(cells) if number != column) for cells in rows)


def _determinant(grid: Grid, at: t.Node) -> t.Node:
    """By the entries of the first row."""
    if len(grid) == 1:
        return grid[0][0]
    parts = []
    for column, cell in enumerate(grid[0]):
        part: t.Node = t.Product(at.start, at.end, (cell, _determinant(_without(grid, 0, column), at)))
        parts.append(t.Negation(at.start, at.end, part) if column % 2 else part)
    return t.Addition(at.start, at.end, tuple(parts))


def _inverse(grid: Grid, at: t.Node) -> Grid:
    """The adjugate, divided by the determinant."""
    whole = _determinant(grid, at)
    one = t.Numeral(at.start, at.end, Fraction(1))

    def entry(row: int, column: int) -> t.Node:
        minor = _determinant(_without(grid, column, row), at) if len(grid) > 1 else one
        signed = t.Negation(at.start, at.end, minor) if (row + column) % 2 else minor
        return t.Division(at.start, at.end, signed, whole)

    places = range(len(grid))
    return tuple(tuple(entry(row, column) for column in places) for row in places)


def _mixed(grid: Grid) -> t.Node:
    """The sum of all entries, each times a name for its row and one for its column."""
    first = grid[0][0]
    parts = []
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            names = (*_factor("row", row, len(grid), first), *_factor("column", column, len(cells), first))
            parts.append(t.Product(cell.start, cell.end, (*names, cell)) if names else cell)
    return parts[0] if len(parts) == 1 else t.Addition(first.start, first.end, tuple(parts))


def _factor(word: str, number: int, count: int, at: t.Node) -> tuple[t.Name, ...]:
    if count == 1:
        return ()
    base = rf"\mathrm{{{word}}}"
    return (t.Name(at.start, at.end, f"{base}_{number + 1}", base, (), base, (str(number + 1),)),)
