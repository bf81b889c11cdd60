"""How the names in the formulas of a section are used, of what shape they are, and over which ranges they run."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence, Set

from symderiv.documents.displays import Display, Row, names_of
from symderiv.documents.kinds import called_matrices, calls_e_something, is_upper
from symderiv.formulas import tree as t
from symderiv.formulas.components import entries_of_bold, entries_of_capitals, with_plain_diagonals, with_plain_names
from symderiv.formulas.declarations import Declared
from symderiv.formulas.dot_products import with_dot_products
from symderiv.formulas.listings import listed_in_prose, listed_indices, listed_ranges
from symderiv.formulas.restrictions import free_names, plain_ranges, with_restrictions
from symderiv.formulas.shapes import Misfit, Shapes, is_bold, is_capital, is_transpose, of_norm, of_square
from symderiv.formulas.usage import OF_FUNCTIONS, Usage, usage_of, with_products

_SPOKEN_OF = re.compile(r"(?<!\$)\$([^$]*)\$(?!\$)")
_LETTER = re.compile(r"(?<![\\A-Za-z_{^])[a-z](?![A-Za-z])")
_EVERY = re.compile(r"[a-z]\s*=\s*\d[\s,]*\\[a-z]*dots|\s*[a-z]\s*(?:[<>]|\\(?:neq?|leq?|geq?)\b)\s*[a-z]\s*\Z")
"""`i = 1, \\ldots, n` and `i < j`, which say which values indices have."""
_NAME = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
_VALUE = re.compile(r"=\s*(?P<name>\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?)\s*\$")
"""A name to which something is equal: `$\\mathbb{E}[g_i^2] = s$`."""
_MEMBER = re.compile(
    r"\$\s*(?P<name>\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?)\s*\\in\s*(?:\\\{|\\mathbb\s*\{?[NRZ]\b|[\[(]\s*-?\d)"
)
"""A name that is in a set of numbers or vectors: `$y \\in \\{-1, 1\\}$`."""


def trees_of(rows: Iterable[Row], displays: Sequence[Display]) -> tuple[dict[int, t.Node], list[str]]:
    """The relations with one name for a matrix or vector and for its entries in another type, and these names."""
    written = {id(row): sides_of(row) for row in rows}
    sides = [*written.values()]
    ranges = listed_indices(sides, ranges_listed(sides, displays)) | plain_ranges(sides)
    around = {id(row): _said_beside(display) for display in displays for row in display.rows}
    trees = {key: with_restrictions(tree, ranges, around.get(key, frozenset())) for key, tree in written.items()}
    trees = with_plain_diagonals(trees)
    prose = [text for display in displays for text in (display.before, display.after)]
    plain = entries_of_bold(trees.values())
    plain |= entries_of_capitals(trees.values(), called_matrices(displays) - plain.keys(), prose)
    if plain:
        trees = {key: with_plain_names(tree, plain) for key, tree in trees.items()}
    return trees, list(dict.fromkeys(plain.values()))


def sides_of(row: Row) -> t.Sides:
    """The relation of a row as a tree."""
    sides = tuple(side for side in (row.left, row.right) if side is not None)
    return t.Sides(row.place[0], row.place[1], sides, (row.sign,))


def _said_beside(display: Display) -> frozenset[str]:
    """The names that mean something in all of a display: that are free in one of its rows, or in the prose around."""
    sides = (side for row in display.rows for side in (row.left, row.right) if side is not None)
    formulas = _SPOKEN_OF.findall(f"{display.before} {display.after}")
    letters = (letter for formula in formulas if not _EVERY.match(formula) for letter in _LETTER.findall(formula))
    return frozenset(letters).union(*map(free_names, sides))


def names_in_formulas(displays: Iterable[Display], rows: Iterable[Row]) -> frozenset[str]:
    """The names in the prose before some displays, and in what it states there, and in some relations."""
    displays = list(displays)
    prose = (formula for display in displays for formula in _SPOKEN_OF.findall(display.before))
    stated = (row for display in displays for row in (*display.inline, *display.conditions, *display.local))
    sides = (side for row in (*rows, *stated) for side in (row.left, row.right))
    return frozenset[str]().union(*map(letters_of, prose)) | names_of(*sides)


def letters_of(formula: str) -> frozenset[str]:
    r"""The letters and commands in a formula: `\hat` and `x` of `\hat{x}_1`."""
    return frozenset(_NAME.findall(formula))


def usage_in(
    trees: Collection[t.Node],
    displays: Sequence[Display],
    declared: Iterable[Declared],
    random: Iterable[str],
    symmetric: Set[str],
    matrices: Set[str],
) -> Usage:
    """How names are used in the formulas of a section, and what its prose calls them."""
    usage = usage_of(list(trees), random, declared, ranges_listed(trees, displays))
    if calls_e_something(displays):
        usage.euler = set()
    # A matrix before brackets is a factor, and so is a value; where it is applied to a name, it depends on that.
    calls = (node for tree in trees for node in t.walk(tree) if isinstance(node, t.Applied))
    applied = {call.head.text for call in calls if not isinstance(call.before[0], t.Addition | t.Product)}
    factors = (matrices | _made_of(trees, matrices)) - applied
    usage.functions -= factors
    usage.numbers |= symmetric | factors | (_values_in_prose(displays) - usage.functions)
    return usage


def _made_of(trees: Iterable[t.Node], matrices: Set[str]) -> set[str]:
    """The names that are said to be sums and products of matrices: `M = A + U V`."""
    found: set[str] = set()
    for tree in trees:
        match tree:
            case t.Sides(sides=(t.Name(text=name), t.Addition() | t.Product() as right), signs=("=",)):
                parts = list(t.walk(right))
                names = [part for part in parts if isinstance(part, t.Name)]
                plain = all(isinstance(p, t.Name | t.Addition | t.Product | t.Negation | t.Numeral) for p in parts)
                if plain and all(map(is_capital, names)) and not matrices.isdisjoint(part.text for part in names):
                    found.add(name)
    return found


def ranges_listed(trees: Iterable[t.Node], displays: Sequence[Display]) -> dict[str, set[tuple[str, str]]]:
    """The ranges of subscripts that lists with dots say, in relations and in the prose around them."""
    prose = (text for display in displays for text in (display.before, display.after))
    return listed_ranges((*trees, *listed_in_prose(prose)))


def _values_in_prose(displays: Sequence[Display]) -> set[str]:
    """The names that prose gives as values, so that they are factors before brackets; functions are equal as well."""
    prose = [text for display in displays for text in (display.before, display.after)]
    found = {match["name"] for text in prose for said in (_VALUE, _MEMBER) for match in said.finditer(text)}
    return {name for name in found if name.split("_", maxsplit=1)[0] not in OF_FUNCTIONS}


def products_of(
    trees: dict[int, t.Node], usage: Usage, called: Sequence[str], units: frozenset[str], text: str
) -> dict[int, t.Node]:
    """The relations of a section with its products told from calls, and the inner ones of vectors written with rows."""
    factors = {key: with_products(tree, usage) for key, tree in trees.items()}
    return with_dot_products(factors, Shapes(list(factors.values()), called, usage.alphabet_of, units), text)


def shapes_of(
    trees: Sequence[t.Node], usage: Usage, called: Sequence[str], units: frozenset[str], vectors: Sequence[str]
) -> tuple[Shapes, dict[int, str]]:
    """The shapes of all names, and the relations that do not fit; `called` are the names of matrices and `vectors`.

    What is called a matrix or a vector, is transposed by itself, in bold or in a norm of `X w - y` is no number:
    `x x' = x' x` does not fit, and says nothing of the shapes in other relations.
    """
    firm = {
        *filter(is_upper, called),
        *vectors,
        *(name for tree in trees for node in t.walk(tree) for name in _firm_names(node)),
    }
    refused: dict[int, str] = {}
    while True:
        shapes = Shapes(trees, called, usage.alphabet_of, units)
        shapes.components()
        firm -= {name for name in firm if shapes.is_number(name)}
        misfits = dict(refused)
        for tree in (tree for tree in trees if id(tree) not in refused):
            try:
                shapes.visit(tree)
            except Misfit as misfit:
                misfits[id(tree)] = str(misfit)
            flat = sorted(name for name in firm if shapes.is_number(name))
            if flat:
                refused[id(tree)] = f"{flat[0]} is no number"
                break
        else:
            return shapes, misfits


def _firm_names(node: t.Node) -> Iterator[str]:
    """The name that is transposed, traced or in bold type, and those in a norm that shows them to be matrices."""
    if isinstance(body := of_square(node), t.Name) and is_capital(body):
        yield body.text
    if isinstance(node, t.Power) and is_transpose(node) and isinstance(node.base, t.Name):
        yield node.base.text
    if isinstance(node, t.Name) and is_bold(node.text):
        yield node.text
    if (body := of_norm(node)) is not None:
        yield from (part.text for part in t.walk(body) if isinstance(part, t.Name))
