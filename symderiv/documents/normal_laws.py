r"""Laws of what is made of normal variables: `A x + b \sim \mathcal{N}(A \mu + b, A \Sigma A^\top)`.

What is affine in one normal variable, or in independent ones, is normal.  So it has the law that is written where its
mean and its covariance are those: where `t' m + 1/2 t' S t` is the same for all t.
"""

from __future__ import annotations

import re
from collections.abc import Set

from sympy import Expr, Integer

from symderiv.documents.displays import DRAWN_FROM, names_of
from symderiv.documents.line import Line
from symderiv.documents.made_vectors import made_vectors
from symderiv.documents.names import names_in
from symderiv.documents.section import Section
from symderiv.formulas import tree as t
from symderiv.formulas.functions import replaced
from symderiv.formulas.shapes import is_transpose
from symderiv.language import densities as d
from symderiv.language import written as w
from symderiv.language.matrices import NUMBER, Matrix, Transposed, shape_of
from symderiv.model.statement import Proposition, Relation

_LETTERS = ("t", "s", "u", "v", "k", "l")
"""Names for what all values of which are meant, the first that is free."""

_RENEWED = re.compile(
    r"\b(?:(?:now|next)\s+let|let\s+(?:\$[^$]*\$\s+)?now|another|instead|anew)\b|\$\s+(?:is|are|be)\s+(?:now|then)\b",
    re.IGNORECASE,
)
"""Words of a section by which a name may be another variable."""


class NormalLaws:
    r"""What the relations `\sim` of a section claim of normal variables."""

    def __init__(self, section: Section) -> None:
        self.section = section
        lasting = list(section.lasting())
        drawn = [row for row in lasting if row.sign == DRAWN_FROM and isinstance(row.left, t.Name)]
        others = {name.stem for row in drawn if _law(row.right) is None for name in _names(row.left)}
        self.normal = {name.stem for row in drawn if _law(row.right) is not None for name in _names(row.left)} - others
        stated = [tree for row in lasting if (tree := section.trees.get(id(row))) is not None]
        # What has an index is one of many.
        lefts = {name for name in _lefts(stated) if all(section.terms.index(p) is None for p in name.lower)}
        self.made = made_vectors(stated, {name.text for name in lefts}, self.normal)
        spreads = [law[1] for row in drawn if (law := _law(row.right)) is not None]
        parameters = {name.text for row in drawn for part in _law(row.right) or () for name in _names(part)}
        are_variances = any(_is_of_squares(spread) or section.shapes.is_proper(spread) for spread in spreads)
        self.is_clear = are_variances and parameters.isdisjoint(name.text for name in lefts)
        r"""Whether the section shows that `\mathcal{N}(m, s)` has the variance s, and says no more of parameters."""
        prose = (text for display in section.displays for text in (display.before, display.after))
        self._is_plain = not any(_RENEWED.search(text) for text in prose)

    def claimed(self, line: Line) -> Proposition | None:
        """What a relation says of the mean and the covariance; None where these do not make it true."""
        law = _law(line.row.right)
        if line.row.sign != DRAWN_FROM or line.row.left is None or law is None or line.row.problem is not None:
            return None
        is_for_all = self._is_plain and line.display.number not in self.section.conditioned.numbers
        moments = _law(line.row.left) or (self._moments(line.row.left) if is_for_all else None)
        if moments is None:
            return None
        mean, spread = (self._equation(line, pair) for pair in zip(moments, law, strict=True))
        return None if mean is None or spread is None else _together(mean, spread)

    def _moments(self, left: t.Node) -> tuple[t.Node, t.Node] | None:
        """The mean and the covariance of what is normal for certain."""
        body = replaced(left, dict(self.made))
        random = self.section.usage.random | self.section.drawn | self.section.terms.vectors | self.normal
        present = {name for name in _names(body) if not {name.text, name.stem}.isdisjoint(random)}
        if not present or not {name.stem for name in present} <= self.normal or _degree(body, present) != 1:
            return None
        if not self._are_jointly_normal(present) or not all(map(self._has_moments, present)):
            return None
        return _call("E", body), _call("Var", body)

    def _has_moments(self, name: t.Name) -> bool:
        """True where the law of a name was read, as that of a number or of a vector."""
        laws, known = self.section.laws, self.section.random_facts.known
        return name.text in laws.of_variables or name.stem in laws.of_families or name.text in known

    def _are_jointly_normal(self, names: Set[t.Name]) -> bool:
        """True of one variable, and of independent ones."""
        stems, said, terms = {name.stem for name in names}, self.section.random_facts.said, self.section.terms
        if len({name.text for name in names}) == 1 and all(not name.lower for name in names):
            return True
        if len(stems) == 1 and stems <= self.section.independent:
            return True
        are_vectors = stems <= self.section.random_facts.known & self.section.shapes.matrices
        apart = are_vectors or len({terms.sources(name.text) for name in names}) == len(names)
        return (apart and stems <= set(said.independent)) or any(stems <= set(mutual) for mutual in said.mutual)

    def _equation(self, line: Line, sides: tuple[t.Node, t.Node]) -> Proposition | None:
        start, end = line.row.place
        tree = t.Sides(start, end, sides, ("=",))
        return self.section.reread(line, tree).proposition


def _law(node: t.Node | None) -> tuple[t.Node, t.Node] | None:
    """The mean and the covariance of a normal law."""
    match node:
        case t.Applied(head=head, before=(mean, spread), bar="") if d.NAMES.get(head.base) == "normal":
            return mean, spread
        case _:
            return None


def _names(node: t.Node | None) -> set[t.Name]:
    """The names in a formula, but for the signs of transposes."""
    if node is None:
        return set()
    signs = {id(part.exponent) for part in t.walk(node) if isinstance(part, t.Power) and is_transpose(part)}
    return {part for part in t.walk(node) if isinstance(part, t.Name) and id(part) not in signs}


def _lefts(trees: list[t.Node]) -> set[t.Name]:
    sides = (tree.sides[0] for tree in trees if isinstance(tree, t.Sides))
    return {side for side in sides if isinstance(side, t.Name)}


def _is_of_squares(spread: t.Node) -> bool:
    return any(isinstance(part, t.Power) and not is_transpose(part) for part in t.walk(spread))


def _call(name: str, body: t.Node) -> t.Node:
    head = t.Name(body.start, body.end, name, name, (), name)
    return t.Applied(body.start, body.end, head, "[", (body,), "", (), ())


def _degree(node: t.Node, random: Set[t.Name]) -> int | None:
    """The degree of a polynomial in random variables, 0 or 1; None where it is another, or not seen to be one."""
    texts = {name.text for name in random}
    if names_of(node).isdisjoint(texts):
        return 0
    match node:
        case t.Name():
            return 1
        case t.Negation(body=body) | t.Total(kind="sum", body=body, condition=None):
            return _degree(body, random)
        case t.Addition(terms=parts):
            degrees = [_degree(part, random) for part in parts]
            return None if None in degrees else 1
        case t.Product(factors=factors):
            degrees = [_degree(factor, random) for factor in factors]
            return 1 if None not in degrees and degrees.count(1) == 1 else None
        case t.Division(above=above, below=below):
            return _degree(above, random) if _degree(below, random) == 0 else None
        case t.Power(base=base) if is_transpose(node):
            return _degree(base, random)
        case _:
            return None


def _together(mean: Proposition, spread: Proposition) -> Proposition | None:
    """Both equations in one, for all values of a number or a vector."""
    names = frozenset[str]().union(*(names_in(side) for p in (mean, spread) for side in (p.left, p.right)))
    letter = next((letter for letter in _LETTERS if letter not in names), None)
    rows, columns = shape_of(mean.left)
    fits = shape_of(mean.right) == (rows, columns) and not columns
    if letter is None or not fits or {shape_of(side) for side in (spread.left, spread.right)} != {(rows, rows)}:
        return None
    sides = (_exponent(letter, rows, *pair) for pair in ((mean.left, spread.left), (mean.right, spread.right)))
    left, right = sides
    return Proposition(left, Relation.EQUAL, right)


def _exponent(letter: str, rows: str, mean: Expr, spread: Expr) -> Expr:
    """The logarithm of the moment generating function of a normal law."""
    if (rows, "") == NUMBER:
        number = w.Scalar(letter)
        return w.Plus(w.Times(number, mean), w.Quotient(w.Times(w.Raised(number, Integer(2)), spread), Integer(2)))
    vector = Matrix(letter, rows, "")
    form = w.Times(Transposed(vector), spread, vector)
    return w.Plus(w.Times(Transposed(vector), mean), w.Quotient(form, Integer(2)))
