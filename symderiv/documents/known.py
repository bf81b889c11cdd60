"""What a section states: its relations, each with the places in which it is known, and what its words say."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sympy import Expr, Integer

from symderiv.documents.called_signs import called_signs
from symderiv.documents.displays import Row, is_condition, names_of
from symderiv.documents.function_domains import is_of_some_arguments
from symderiv.documents.kinds import Called, called_orthogonal, dependences
from symderiv.documents.line import Line
from symderiv.documents.names import definable, names_in
from symderiv.documents.propositions import chained, generalised
from symderiv.documents.role import IN_PROSE
from symderiv.documents.roles import is_supposed
from symderiv.documents.rows import BOUNDS
from symderiv.documents.store import Known, Store
from symderiv.formulas import tree as t
from symderiv.formulas.declarations import Declared
from symderiv.formulas.formula import positive_integers
from symderiv.formulas.functions import with_definitions
from symderiv.formulas.source import Unread
from symderiv.language import quantities as q
from symderiv.language import written as w
from symderiv.language.dependences import function_name, plain_name
from symderiv.language.indices import Kronecker
from symderiv.language.matrices import NUMBER, Constant, Determinant, Matrix, Transposed, shape_of
from symderiv.language.random_variables import Moment, free_variables
from symderiv.language.written import LanguageError
from symderiv.model.statement import Proposition, Relation

if TYPE_CHECKING:
    from symderiv.documents.section import Section

_ONE = t.Numeral(0, 0, Fraction(1))


def store_of(section: Section, declared: Sequence[Declared], rows: Sequence[Row]) -> Store:
    """What a section states, whose relations are read; `rows` are those of its prose and comments as well."""
    stated = _Stated(section)
    known = [*stated.known(), *stated.directed(declared), *stated.of_distributions(), *stated.of_kinds()]
    unread = stated.differentiated() | stated.told_of_unread(rows)
    return Store(known, section.terms.sizes, unread, section.particular, section.single, stated.told())


class _Stated:
    def __init__(self, section: Section) -> None:
        self.section, self.terms, self.reach = section, section.terms, section.reach
        self.displays, self.lines, self.trees = section.displays, section.lines, section.trees

    def known(self) -> list[Known]:
        starts = sorted(line.row.place[0] for line in self.lines)
        known = [
            Known(
                -1,
                general,
                True,
                model=self._is_model(line),
                since=bisect(starts, line.row.place[0]),
                within=self._before_its_end(line, self.reach.in_its_theorem(line.display)),
                onwards=line.row.onwards,
            )
            for line in self.section.stated
            if (p := self._meant(-1, line)) is not None and not self._hides_chance(p)
            if not isinstance(p.left, Kronecker)
            for general in (self._generalised(p, line),)
        ]
        chain: Proposition | None = None
        for place, line in enumerate(self.lines):
            if place in self.section.posed:
                chain = line.proposition
            elif line.proposition is not None and line.problem is None and not self._hides_chance(line.proposition):
                given = line.role.kind == "given"
                labels = line.display.labels
                free = given and not line.display.conditions_beside(line.row)
                meant = (self._meant(place, line) if given else None) or line.proposition
                proposition = self._generalised(meant, line) if free else meant
                claimed = line.role.kind == "claim" and not self._is_told_only(line)
                given = given or (line.role.kind == "claim" and not claimed)
                where = self._within(place, line)
                model = given and self._is_model(line)
                valued = isinstance(proposition.left, Moment) and not is_supposed(line.display, line.role)
                chain = chained(chain, line)
                goes_on = chain is not None and line.row.kind == "continued"
                if not (where and is_condition(line.row)):
                    known.append(
                        Known(
                            place, proposition, given, claimed, model, labels, where, valued=valued, continues=goes_on
                        )
                    )
                if chain is not None and goes_on and (names_in(chain.left) | names_in(chain.right)):
                    known.append(Known(place, chain, False, claimed, labels=labels, within=where, totals=True))
        return known

    def _generalised(self, stated: Proposition, line: Line) -> Proposition:
        """What a line says for all values of its names, where no words pick one of them."""
        return (
            stated
            if is_of_some_arguments(self.section.source.text, line.row)
            else generalised(stated, self.section.summed)
        )

    def _meant(self, place: int, line: Line) -> Proposition | None:
        r"""What a line says; `p = \sigma(z)` with what the text says that `\sigma(z)` is, which has values."""
        tree = self.trees.get(id(line.row))
        if line.proposition is None or not isinstance(tree, t.Sides) or len(tree.sides) != 2 or line.row.sign != "=":
            return line.proposition
        left, right = tree.sides
        whole = with_definitions(right, self.terms.functions, place) if isinstance(left, t.Name) else right
        if whole == right:
            return line.proposition
        self.terms.place = place
        read = self.section.read_as(line.display, line.row, line.role, replace(tree, sides=(left, whole)))
        return read.proposition or line.proposition

    def _hides_chance(self, stated: Proposition) -> bool:
        """True of `Z = 2 X` where only Z is known to be random: X is as well, and nothing else says so."""
        outcomes = frozenset(self.terms.outcomes)
        left, right = (outcomes & free_variables(side) for side in (stated.left, stated.right))
        return stated.relation is Relation.EQUAL and definable(stated.left) is not None and bool(left) and not right

    def _within(self, place: int, line: Line) -> frozenset[int] | None:
        """Where a relation holds: its problem, or the displays for which something is said that it may rest on."""
        where = self._before_its_end(line, self.reach.within(line.display, line.row))
        for problem in (problem for problem in self.section.posed.values() if place in problem):
            where = frozenset(problem) if where is None else where & frozenset(problem)
        spans = [(fact.first, fact.last) for fact in self.section.event_facts]
        spans += [(said.first, said.last) for said in self.section.random_facts.said.here]
        shown = [frozenset(range(first, last + 1)) for first, last in spans if last is not None]
        shown += [
            numbers
            for _, numbers in (*self.section.called_symmetric, *self.section.called_regular)
            if numbers is not None
        ]
        if self.section.compares_letters(line.display):
            shown.append(frozenset((line.display.number,)))
        for numbers in (found for found in shown if line.display.number in found):
            # What is given beside a supposition for several displays may stand without it.
            if len(numbers) == 1 or line.role.kind != "given":
                own = frozenset(n for n, other in enumerate(self.lines) if other.display.number in numbers)
                where = own if where is None else where & own
        return where

    def _before_its_end(self, line: Line, where: frozenset[int] | None) -> frozenset[int] | None:
        """Of the places in which a relation holds those before prose says that a function is something else."""
        end = self.section.otherwise.end(line.row)
        if end is None:
            return where
        before = frozenset(place for place, other in enumerate(self.lines) if other.row.place[0] < end)
        return before if where is None else where & before

    def _is_told_only(self, line: Line) -> bool:
        """True of a claim that says what a name is, where nothing else says it: no proof of it is to be checked."""
        left = line.row.left.base if isinstance(line.row.left, t.Power) else line.row.left
        if not isinstance(left, t.Name) or line.row.sign != "=":
            return False
        rows = [row for d in self.displays for row in (*d.rows, *d.inline, *d.local) if row is not line.row]
        said = [row for row in rows if self.section.roles.get(id(row), IN_PROSE).kind == "given"]
        plain = [row.left for row in rows if not isinstance(row.left, t.Applied)]
        elsewhere = names_of(*plain, *(side for row in said for side in (row.left, row.right)))
        return left.text not in elsewhere

    def _is_model(self, line: Line) -> bool:
        r"""True of an equation with a name in it that a relation beside it says to be random: `e \sim ...`."""
        right = line.row.right
        drawn = {
            node.stem
            for row in (*line.display.rows, *line.display.inline)
            if row.sign == r"\sim" and row.left is not None
            for node in t.walk(row.left)
            if isinstance(node, t.Name)
        }
        return right is not None and any(isinstance(n, t.Name) and n.stem in drawn for n in t.walk(right))

    def directed(self, declared: Sequence[Declared]) -> list[Known]:
        """What comments for the checker state, each known where it is in force."""
        found: list[Known] = []
        for directive in self.section.directives:
            places = enumerate(self.lines)
            where = frozenset(place for place, line in places if directive in line.display.directives)
            lines = [self.section.line(-1, self.displays[0], row) for row in directive.rows]
            stated = [line.proposition for line in lines if line.proposition is not None]
            if directive.declared is not None:
                stated += positive_integers([directive.declared])
            found += [Known(-1, proposition, True, within=where) for proposition in stated]
        return found

    def of_distributions(self) -> list[Known]:
        """That what is drawn from sums to one, and that the derivatives of the sum are zero."""
        found: dict[Proposition, None] = {}
        draws = [n for tree in self.trees.values() for n in t.walk(tree) if isinstance(n, t.Draw)]
        by = {n.over[0] for tree in self.trees.values() for n in t.walk(tree) if isinstance(n, t.Derivative) and n.over}
        for average in (t.Average(draw.start, draw.end, (draw,), _ONE) for draw in draws):
            with suppress(Unread, LanguageError):
                total = self.terms.expression(average)
                if isinstance(total, q.Opaque):
                    continue
                found[Proposition(total, Relation.EQUAL, Integer(1))] = None
                for name in (n for n in by if isinstance(n, t.Name)):
                    derivative = self.terms.expression(
                        t.Derivative(name.start, name.end, r"\nabla", (name,), None, average)
                    )
                    if isinstance(derivative, q.Differentiated):
                        found[Proposition(derivative, Relation.EQUAL, Integer(0))] = None
        return [Known(-1, proposition, True) for proposition in found]

    def of_kinds(self) -> Iterator[Known]:
        """What prose says of the kinds of names: signs of numbers, inverses of matrices, symmetry in some displays."""
        yield from self._of_signs()
        yield from self._of_listed()
        for matrix, within in self._square(self.section.called_regular):
            yield Known(-1, Proposition(Determinant(matrix), Relation.UNEQUAL, Integer(0)), True, within=within)
        for matrix, within in self._square(self.section.called_symmetric):
            if within is not None and isinstance(matrix, Matrix) and not matrix.symmetric:
                yield Known(-1, Proposition(Transposed(matrix), Relation.EQUAL, matrix), True, within=within)
        for matrix, within in self._square(called_orthogonal(self.displays)):
            turned, unit = Transposed(matrix), Constant("identity", "I", *shape_of(matrix))
            for product in (w.Times(turned, matrix), w.Times(matrix, turned)):
                yield Known(-1, Proposition(product, Relation.EQUAL, unit), True, within=within)

    def _of_signs(self) -> Iterator[Known]:
        """What prose says of the signs of numbers."""
        for row, where in called_signs(self.displays, list(self.trees.values())):
            told = self.section.in_words(row)
            if (said := told.proposition) is not None and shape_of(said.left) == NUMBER:
                yield Known(-1, self._generalised(said, told), True, within=self._places(where))

    def _of_listed(self) -> Iterator[Known]:
        """That the probabilities of listed values are not negative, and sum to one."""
        for law, where in self.section.listed_laws:
            for left, sign, right in law.facts():
                row = Row(-1, (0, 0), "first", sign, left, right, "where")
                if (said := self.section.in_words(row).proposition) is not None:
                    yield Known(-1, said, True, within=self._places(where))

    def _square(self, called: Iterable[Called]) -> Iterator[tuple[Expr, frozenset[int] | None]]:
        """The square matrices of which prose says something, each with the places of the lines for which it does."""
        names = {n.text: n for tree in self.trees.values() for n in t.walk(tree) if isinstance(n, t.Name)}
        for name, where in dict.fromkeys(called):
            if name in names.keys() & self.section.shapes.matrices:
                matrix = self.terms.expression(names[name])
                if len(set(shape_of(matrix))) == 1 and shape_of(matrix) != NUMBER:
                    yield matrix, self._places(where)

    def _places(self, displays: frozenset[int] | None) -> frozenset[int] | None:
        """The places of the lines of some displays; None for all."""
        lines = enumerate(self.lines)
        return None if displays is None else frozenset(n for n, line in lines if line.display.number in displays)

    def differentiated(self) -> frozenset[str]:
        """The names that the section differentiates."""
        nodes = [node for tree in self.trees.values() for node in t.walk(tree) if isinstance(node, t.Derivative)]
        return self._plain(node.body for node in nodes if not _shows_dependence(node))

    def told_of_unread(self, rows: Sequence[Row]) -> frozenset[str]:
        """The names with equations whose other side was not read, or that are said under a condition."""
        unread = {id(line.row) for line in (*self.lines, *self.section.stated) if line.problem is not None}
        limited = [row.left for display in self.displays for row in display.limited if row.sign not in BOUNDS]
        return self._plain([*(row.left for row in rows if id(row) in unread), *limited])

    def _plain(self, nodes: Iterable[t.Node | None]) -> frozenset[str]:
        found: set[str] = set()
        for node in nodes:
            if isinstance(node, t.Name | t.Applied):
                with suppress(Unread):
                    expression = self.terms.expression(node)
                    found.add(plain_name(expression) or function_name(expression))
        return frozenset(found - {""})

    def told(self) -> list[Proposition]:
        """What prose says, under whatever condition, and what it says to depend on what."""
        prose = [(display, row) for display in self.displays for row in (*display.inline, *display.local)]
        read = (self.section.line(-1, display, row) for display, row in prose if row.problem is None)
        told = [line.proposition for line in read if line.proposition is not None]
        return [*told, *(Proposition(w.Scalar(y), Relation.EQUAL, w.Scalar(x)) for y, x in dependences(self.displays))]


def _shows_dependence(derivative: t.Derivative) -> bool:
    """True of the derivative of a call in which the variable stands, which says nothing of what the function hides."""
    by = {name.text for name in derivative.over if isinstance(name, t.Name)}
    names = (node for node in t.walk(derivative.body) if isinstance(node, t.Name))
    return isinstance(derivative.body, t.Applied) and any(n.text in by or by & set(n.marks) for n in names)
