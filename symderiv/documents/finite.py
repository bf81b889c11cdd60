"""Sections that speak of distributions over discrete variables: their relations in the language of probability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from sympy import Expr, Integer, preorder_traversal

from symderiv.documents.displays import Row
from symderiv.documents.independence import is_independence
from symderiv.documents.role import SPLIT_OFF, Role
from symderiv.documents.said_independent import SaidIndependent, as_equation
from symderiv.documents.split_off import split_off
from symderiv.formulas import tree as t
from symderiv.formulas.declarations import Declared, Related
from symderiv.formulas.formula import define
from symderiv.formulas.grammar import RELATIONS
from symderiv.formulas.inference import notation_of
from symderiv.formulas.notation import PI, Notation, Wording
from symderiv.formulas.printing import printed
from symderiv.formulas.resolve import Resolver
from symderiv.formulas.source import Source, Unread
from symderiv.language.indices import Variable
from symderiv.language.random_variables import RandomVariable
from symderiv.model.statement import Context, Definition, Proposition, Relation


@dataclass(frozen=True)
class Standing:
    """Which rows hold where, by their identities.

    `local` ones do not hold throughout, words make hypotheses of `supposed` ones, `prose` stands around displays.
    """

    local: Set[int]
    supposed: Set[int]
    prose: Set[int]


_QUANTITIES = ("H", "I", "KL")


class FiniteSection:
    """The relations of a section that are about distributions, under one notation.

    `problem` says why the section has none.
    """

    def __init__(
        self,
        source: Source,
        rows: Sequence[Row],
        roles: Mapping[int, Role],
        declared: Sequence[Declared],
        standing: Standing,
        wording: Wording,
        partial: Set[str] = frozenset(),
    ) -> None:
        """`partial` are the names of sets of some values: a sum over these is none over all values of a variable."""
        self._standing, self._partial = standing, partial
        matrices = [name for d in declared if d.kind == "matrix" for name in d.names]
        self.matrices = {name.text for name in matrices if isinstance(name, t.Name)}
        declared = [d for d in declared if d.kind != "matrix"]
        self.source = source
        self.problem: Unread | None = None
        self.notation: Notation | None = None
        self.context = Context()
        self._since: list[tuple[int, Proposition]] = []
        self._values: list[tuple[int, Proposition]] = []
        self.recalled: set[int] = set()
        read = [row for row in rows if row.problem is None and row.sign in RELATIONS.values()]
        related = {id(row): Related(source, _sides(row), defines=False) for row in read}
        if any(map(_is_function, read)) and not wording.named:
            return
        try:
            self.notation = notation_of(declared, related.values(), wording)
            if not self.notation.distributions and not self.notation.random:
                self.notation = None
                return
            given = [row for row in read if roles[id(row)].kind == "given" and id(row) not in standing.local]
            for row in given:
                if roles[id(row)].reason == SPLIT_OFF and (turned := split_off(row)) is not None:
                    related[id(row)] = Related(source, _sides(turned), defines=False)
            self._take_context(given, related, declared)
        except Unread as problem:
            self.problem = problem
            self.notation = None

    def _take_context(self, given: Sequence[Row], related: Mapping[int, Related], declared: Sequence[Declared]) -> None:
        """Definitions and hypotheses; what the language itself says of distributions is recalled, not assumed."""
        if self.notation is None:
            return
        named = {n.head.text if isinstance(n, t.Applied) else n.text for d in declared for n in d.names}
        definitions: list[Definition] = []
        pi = self.notation.constants.get(PI)
        assumptions = [] if pi is None else [Proposition(pi, Relation.GREATER, Integer(0))]
        uses: dict[str, set[str]] = {}
        waiting: list[Row] = []
        for row in given:
            try:
                if self._is_said_later(row) or not define(self.notation, related[id(row)], named, uses, definitions):
                    waiting.append(row)
            except Unread:
                waiting.append(row)
        for row in waiting:
            if self._is_known(row):
                self.recalled.add(id(row))
                continue
            try:
                stated = self.proposition(_of_marginals(row))
            except Unread:
                continue
            if self._is_measured(row) and row.sign == "=":
                self._values.append((row.place[0], stated))
            elif self._is_said_later(row):
                self._since.append((row.place[0], stated))
            else:
                assumptions.append(stated)
        self.context = Context(tuple(dict.fromkeys(assumptions)), tuple(definitions))

    def context_at(self, row: Row, said: Sequence[SaidIndependent] = ()) -> Context:
        """What holds at a row: of what is supposed in the course of a text, that which stands before it.

        `said` is what prose says of independence that holds there.
        """
        supposed = [stated for place, stated in self._since if place < row.place[0]]
        supposed += [equation for one in said if (equation := self.equation(one)) is not None]
        supposed += self._values_at(row)
        return replace(self.context, assumptions=tuple(dict.fromkeys((*self.context.assumptions, *supposed))))

    def _values_at(self, row: Row) -> list[Proposition]:
        """What quantities are at a row, by what is said of each last before it or else first behind it."""
        found: dict[Expr, Proposition] = {}
        for place, stated in sorted(self._values, key=lambda value: (value[0] < row.place[0], value[0])):
            if place < row.place[0] or stated.left not in found:
                found[stated.left] = stated
        return list(found.values())

    def equation(self, said: SaidIndependent) -> Proposition | None:
        """What prose says of independence, as an equation between probabilities of the section; None without one."""
        return None if self.notation is None else as_equation(said, self.notation)

    def _is_said_later(self, row: Row) -> bool:
        """True of what holds from where it stands: suppositions in prose, and those that say what a distribution is."""
        head = row.left.head.text if isinstance(row.left, t.Applied) and row.sign == "=" else ""
        of_distribution = self.notation is not None and head in self.notation.distributions
        return row.onwards or row.supposed or (of_distribution and id(row) in self._standing.supposed)

    def _is_known(self, row: Row) -> bool:
        r"""True of an equation for a marginal, a conditional or a quantity of information theory.

        What relates a distribution to others is none: `p_\theta(x, z) = p_\theta(x | z) p(z)` is assumed.
        """
        left = row.left
        if self.notation is None or not isinstance(left, t.Applied):
            return False
        if left.head.text not in self.notation.distributions:
            return self.notation.quantity(left.head) in _QUANTITIES and not self._is_measured(row)
        if id(row) in self._standing.supposed | self._standing.prose and is_independence(row):
            return False
        calls = [node for node in t.walk(row.right) if isinstance(node, t.Applied)] if row.right is not None else []
        return {call.head.text for call in calls} & self.notation.distributions.keys() <= {left.head.text}

    def _is_measured(self, row: Row) -> bool:
        r"""True of an entropy beside a number or a name of one: `H(X) = 2 \ln 2`, `H(X) \leq \ln n`."""
        left, right = row.left, row.right
        if self.notation is None or not isinstance(left, t.Applied) or right is None:
            return False
        names = {part.text for part in t.walk(right) if isinstance(part, t.Name)}
        has_calls = any(isinstance(part, t.Applied | t.Average | t.Total | t.Integral) for part in t.walk(right))
        is_number = not has_calls and names.isdisjoint((*self.notation.variables, *self.notation.distributions))
        return is_number and self.notation.quantity(left.head) in _QUANTITIES

    def is_about_distributions(self, row: Row) -> bool:
        """True of a relation in the language of probability with a variable in it, or what is defined by such."""
        try:
            stated = self.proposition(row)
        except Unread:
            return False
        parts = [part for side in (stated.left, stated.right) for part in preorder_traversal(side)]
        defined = {definition.name for definition in self.context.definitions}
        return any(isinstance(part, Variable | RandomVariable) or part in defined for part in parts)

    def proposition(self, row: Row) -> Proposition:
        """A relation in the language of probability.

        Raises:
            Unread: it says something else.
        """
        if self.notation is None or row.left is None or row.right is None:
            raise Unread(self.source.span(*row.place), "no distribution is known here")
        if any(isinstance(n, t.Name) and n.text in self.matrices for n in t.walk(_sides(row))):
            raise Unread(self.source.span(*row.place), "a matrix is no number")
        totals = (n for n in t.walk(_sides(row)) if isinstance(n, t.Total))
        if any(isinstance(n.within, t.Name) and n.within.text in self._partial for n in totals):
            raise Unread(self.source.span(*row.place), "a sum over some values is none over all")
        if any(isinstance(n, t.Name) and n.base == r"\infty" for n in t.walk(_sides(row))):
            raise Unread(self.source.span(*row.place), "infinity is no number")
        resolver = Resolver(self.source, self.notation)
        left, right = resolver.expression(row.left), resolver.expression(row.right)
        return Proposition(left, Relation(row.sign), right)


def _of_marginals(row: Row) -> Row:
    r"""What an equation says of marginals, where it would define a distribution by itself.

    `p_\theta(x, z) = p_\theta(x | z) p(z)` says that `p_\theta(z) = p(z)`; of independence the product comes first.
    """
    if is_independence(row):
        return replace(row, left=row.right, right=row.left)
    match row:
        case Row(
            left=t.Applied(bar="") as joint, sign="=", right=t.Product(factors=(t.Applied(), t.Applied()) as factors)
        ):
            own = [call for call in factors if isinstance(call, t.Applied) and call.head.text == joint.head.text]
            others = [call for call in factors if isinstance(call, t.Applied) and call not in own]
            if len(own) == len(others) == 1 and own[0].bar and not others[0].bar:
                given, whole = _texts(own[0].after), _texts(joint.before)
                is_same = given == _texts(others[0].before) and _texts(own[0].before) | given == whole
                return replace(row, left=replace(others[0], head=joint.head), right=others[0]) if is_same else row
    return row


def _texts(names: Sequence[t.Node]) -> set[str]:
    return {printed(name) for name in names}


def _is_function(row: Row) -> bool:
    """True of an equation for a function of numbers, `p(x, y) = x + y`: its arguments stand alone on the right."""
    match row:
        case Row(left=t.Applied(before=before, after=after), sign="=", right=right) if right is not None:
            names = {part.text for part in (*before, *after) if isinstance(part, t.Name)}
            parts = right.terms if isinstance(right, t.Addition) else (right,)
            return any(
                isinstance(part, t.Name) and part.text in names
                for whole in parts
                for part in (whole, *(whole.factors if isinstance(whole, t.Product) else ()), *_base(whole))
            )
        case _:
            return False


def _base(node: t.Node) -> tuple[t.Node, ...]:
    return (node.base,) if isinstance(node, t.Power) else ()


def _sides(row: Row) -> t.Sides:
    sides = tuple(side for side in (row.left, row.right) if side is not None)
    return t.Sides(row.place[0], row.place[1], sides, (row.sign,))
