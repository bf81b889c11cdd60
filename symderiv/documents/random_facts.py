"""What is known of the moments of random variables, because prose says it of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations

from sympy import Expr, Integer, preorder_traversal

from symderiv.documents.degrees import is_beyond_covariances, stem_of
from symderiv.documents.displays import Display, Row
from symderiv.documents.said_of_random import SaidOfRandom
from symderiv.formulas import tree as t
from symderiv.formulas.general import Terms
from symderiv.formulas.grammar import read_expression
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Source, Unread
from symderiv.formulas.tokens import closed, tokenize
from symderiv.formulas.usage import moment_of
from symderiv.language import densities as d
from symderiv.language import random_variables as r
from symderiv.language import written as w
from symderiv.language.indices import Kronecker, Variable
from symderiv.language.matrices import NUMBER, Constant, Matrix, MatrixFamily, MeanMatrix, Transposed, shape_of
from symderiv.language.probability import Probability
from symderiv.language.quantities import Component
from symderiv.language.templates import unmarked
from symderiv.model.statement import Proposition, Relation

_LETTERS = re.compile(r"\\[A-Za-z]+|[A-Za-z0-9]")
"""The letters and commands in a formula: there is no n in `\\nu`."""
_WORDS: Mapping[type[r.Moment], str] = {r.Mean: "E", r.Variance: "Var"}


@dataclass(frozen=True)
class _Family:
    """Two members of a family, where their indices are the `same`, their means, and the variance of the first."""

    body: Expr
    twin: Expr
    same: Expr
    means: tuple[Expr, Expr]
    spread: Expr
    named: tuple[Proposition, ...]
    """What the names stand for that are given to means here."""

    @property
    def product(self) -> Expr:
        """The mean of the product of both members."""
        return w.Plus(w.Times(*self.means), w.Times(self.same, self.spread))

    @property
    def square(self) -> Expr:
        """The mean of the square of the first."""
        return w.Plus(w.Raised(self.means[0], Integer(2)), self.spread)


class RandomFacts:
    """The facts, each of a variable or of an indexed family, which is known by its stem."""

    def __init__(self, said: SaidOfRandom, terms: Terms, trees: Iterable[t.Node], given: Sequence[t.Node] = ()) -> None:
        """Of the relations of a section, `given` are those that are given throughout."""
        self.said = said
        self._terms = terms
        self._given = given
        trees = list(trees)
        self._names = self._representatives(trees)
        self._numbered = self._members(trees, str.isdigit)
        self._lettered = self._members(trees, lambda piece: piece.isalpha() and terms.index(piece) is None)
        self._found: dict[Proposition, str] = {}
        self._found |= self._valued(said)
        self._found |= self._relating(said)
        self._here = [(here, self._valued(here.said) | self._relating(here.said)) for here in said.here]

    @cached_property
    def values(self) -> frozenset[str]:
        r"""The names in what prose says moments to be, which are numbers: `with mean $\mu$ and variance $\sigma^2$`.

        A capital may be another random variable, given which the mean is meant.
        """
        found: set[str] = set()
        for text in (text for stated in self.said.moments for text in (stated.mean, stated.variance) if text):
            with suppress(Unread):
                names = [node for node in t.walk(read_value(self._terms, text)) if isinstance(node, t.Name)]
                found |= {part for name in names if not name.base.isupper() for part in (name.text, name.stem)}
        return frozenset(found)

    @cached_property
    def _drawn_apart(self) -> frozenset[str]:
        """The families with members that have outcomes of their own, so that all is known of their products."""
        members = ((stem, member) for stem, found in self._numbered.items() for member in found)
        return frozenset(stem for stem, member in members if len(member.args[1]) < len(self._terms.outcomes))

    def _relating(self, said: SaidOfRandom) -> dict[Proposition, str]:
        """What follows of pairs and families from what is said of them, with the name that each fact is about."""
        terms, found = self._terms, dict[Proposition, str]()
        for one, other in said.uncorrelated:
            sides = [self._names.get(name) for name in (one, other)]
            with suppress(Unread, w.LanguageError):
                bodies = [terms.expression(side) for side in sides if side is not None]
                if len(bodies) == 2 and all(isinstance(body, r.RandomVariable) for body in bodies):
                    product = r.Covariance.build(terms.space, _drawn(terms, bodies), (), bodies)
                    found[Proposition(product, Relation.EQUAL, w.operand(0))] = one.partition("_")[0]
        for stem in said.families:
            found |= dict.fromkeys(self._uncorrelated(stem), stem)
            found |= dict.fromkeys(self._apart(stem), stem)
        for one, other in said.crossed:
            found |= dict.fromkeys(self._crossed(one, other), one)
            if (one, other) in said.apart:
                found |= dict.fromkeys(self._multiplied(one, other), one)
        return found

    def learn(self, stem: str, mean: Expr, variance: Expr, *, independent: bool) -> None:
        """What the law of each member of an indexed family says of it."""
        place = self._names.get(stem)
        if place is None or stem in {stated.name.split("_", maxsplit=1)[0] for stated in self.said.moments}:
            return
        with suppress(Unread, w.LanguageError):
            body = self._terms.expression(place)
            # What follows from names for unknown moments follows from their values now.
            for fact in self._relating(self.said):
                self._found.pop(fact, None)
            for moment, value in ((r.Mean, mean), (r.Variance, variance)):
                left = moment.build(self._terms.space, _drawn(self._terms, [body]), (), [body])
                self._found[Proposition(left, Relation.EQUAL, value)] = stem
            self._found |= self._relating(self.said)
        if independent:
            self._found |= dict.fromkeys(self._uncorrelated(stem), stem)

    def learn_vectors(self, laws: Mapping[str, Sequence[tuple[t.Node, t.Node]]]) -> None:
        """The means and covariances of random vectors, by prose, or by the one law that each is said to have."""
        for name, stated in laws.items():
            said = [(m.mean, m.variance) for m in self.said.moments if m.name == name]
            with suppress(Unread, w.LanguageError):
                pairs = [tuple(read_value(self._terms, text) if text else None for text in pair) for pair in said]
                pairs += stated
                if len(pairs) == 1:
                    self._learn_vector(name, *pairs[0])
        apart = [*combinations([name for name in laws if name in self.said.independent], 2), *self.said.uncorrelated]
        for one, other in apart:
            if one in laws and other in laws:
                with suppress(Unread, w.LanguageError):
                    self._learn_apart(one, other)

    def _vector(self, name: str) -> Expr:
        """A random vector, as it stands below a mean."""
        terms = self._terms
        of_values = {} if name in terms.usage.random else {name: (terms.sources(name), terms.space)}
        with terms.averaging(of_values):
            return terms.expression(t.Name(0, 0, name, name, (), name))

    def _learn_apart(self, one: str, other: str) -> None:
        """E[x y'] = E[x] E[y]', and the same the other way round."""
        weight = Probability(self._terms.space, self._terms.outcomes, ())
        outcome = self._terms.outcomes[0]
        for bodies in permutations(map(self._vector, (one, other))):
            if len(self._terms.outcomes) == 1 and all(shape_of(body)[0] and not shape_of(body)[1] for body in bodies):
                mean = MeanMatrix(weight, outcome, w.Times(bodies[0], Transposed(bodies[1])))
                first, second = (MeanMatrix(weight, outcome, body) for body in bodies)
                self._found[Proposition(mean, Relation.EQUAL, w.Times(first, Transposed(second)))] = one

    def _learn_vector(self, name: str, mean: t.Node | None, covariance: t.Node | None) -> None:
        """E[x] = m, and E[x x'] = S + m m'."""
        terms = self._terms
        body = self._vector(name)
        rows, columns = shape_of(body)
        center = None if mean is None else terms.expression(mean)
        if not rows or columns or center is None or len(terms.outcomes) != 1:
            return
        weight = Probability(terms.space, terms.outcomes, ())
        if shape_of(center) == NUMBER and center == Integer(0):
            center = Constant("zeros", "0", rows, "")
        if shape_of(center) != (rows, ""):
            return
        self._found[Proposition(MeanMatrix(weight, terms.outcomes[0], body), Relation.EQUAL, center)] = name
        spread = None if covariance is None else terms.expression(covariance)
        if spread is not None and shape_of(spread) == (rows, rows):
            square = MeanMatrix(weight, terms.outcomes[0], w.Times(body, Transposed(body)))
            both = w.Plus(spread, w.Times(center, Transposed(center)))
            self._found[Proposition(square, Relation.EQUAL, both)] = name
            if isinstance(spread, Matrix):
                self._found[Proposition(Transposed(spread), Relation.EQUAL, spread)] = name

    @property
    def known(self) -> frozenset[str]:
        """The names of which something is known for the whole section."""
        return frozenset(self._found.values())

    def are_beyond(self, sides: Sequence[Expr]) -> bool:
        """True of moments of products of members of independent families, of which only the covariances are known."""
        families = {*self.said.families, *(stem for pair in self.said.crossed for stem in pair)} - self._drawn_apart
        moments = (part for side in sides for part in preorder_traversal(side) if isinstance(part, r.Moment))
        return any(is_beyond_covariances(moment, families) for moment in moments)

    def about(self, sides: Sequence[Expr], display: Display) -> list[Proposition]:
        """The facts about the random variables in some expressions that hold for a display."""
        parts = [part for side in sides for part in preorder_traversal(side)]
        names = {stem_of(part) for part in parts if isinstance(part, r.RandomVariable | Component)}
        names |= {unmarked(part.name) for part in parts if isinstance(part, MatrixFamily)}
        here = [facts for said, facts in self._here if said.holds_for(display)]
        return [fact for facts in (self._found, *here) for fact, name in facts.items() if name in names]

    def _representatives(self, trees: Iterable[t.Node]) -> dict[str, t.Name]:
        """A name for each random variable; of an indexed family one whose subscript is an index."""
        random = self._terms.usage.random
        found: dict[str, t.Name] = {}
        for name in (node for tree in trees for node in t.walk(tree) if isinstance(node, t.Name)):
            if not random & {name.text, name.stem}:
                continue
            if not name.lower or (len(name.lower) == 1 and name.lower[0].isdigit()):
                found.setdefault(name.text, name)
            elif len(name.lower) == 1 and self._terms.index(name.lower[0]) is not None:
                found.setdefault(name.stem, name)
        return found

    def _members(self, trees: Iterable[t.Node], is_called: Callable[[str], bool]) -> dict[str, list[Expr]]:
        """The members of families that are called so, as X_1 by a number; X_0 may stand for something before them."""
        names = {node.text: node for tree in trees for node in t.walk(tree) if isinstance(node, t.Name)}
        found: dict[str, list[Expr]] = {}
        related = {stem for tree in self._given for stem in _related(tree)}
        for name in (name for name in names.values() if name.stem not in related):
            if len(name.lower) == 1 and is_called(name.lower[0]) and name.lower[0] != "0":
                with suppress(Unread, w.LanguageError):
                    body = self._terms.expression(name)
                    if isinstance(body, r.RandomVariable):
                        found.setdefault(name.stem, []).append(body)
        return found

    def _valued(self, said: SaidOfRandom) -> dict[Proposition, str]:
        """The moments that have values, with the stems of the names."""
        found: dict[Proposition, str] = {}
        for stated in said.moments:
            for moment, value in ((r.Mean, stated.mean), (r.Variance, stated.variance)):
                stem = stated.name.partition("_")[0]
                found |= dict.fromkeys(self._values_of(stated.name, moment, value) if value else (), stem)
        return found

    def _values_of(self, name: str, moment: type[r.Moment], value: str) -> Iterator[Proposition]:
        """That a moment has a value; what is said of X_1 is said of no other member of its family."""
        stem, _, subscript = name.partition("_")
        bodies: list[Expr] = []
        with suppress(Unread, w.LanguageError):
            place = None if subscript.strip("{}").isdigit() else self._names.get(stem)
            if place is not None and bool(place.lower) == bool(subscript):
                bodies.append(self._terms.expression(place))
        if subscript and subscript not in _LETTERS.findall(value):
            bodies += [member for member in self._numbered.get(stem, ()) if _is_called(member, name)]
            bodies += self._lettered.get(stem, ()) if not subscript.strip("{}").isdigit() else ()
        with suppress(Unread, w.LanguageError):
            right = self._terms.expression(read_value(self._terms, value))
            for body in bodies if shape_of(right) == NUMBER else ():
                if shape_of(body) == NUMBER:
                    left = moment.build(self._terms.space, _drawn(self._terms, [body]), (), [body])
                    yield Proposition(left, Relation.EQUAL, right)

    def _apart(self, stem: str) -> Iterator[Proposition]:
        """Cov(X_1, X_2) is 0, of members that are called by numbers."""
        for pair in combinations(self._numbered.get(stem, ()), 2):
            covariance = r.Covariance.build(self._terms.space, _drawn(self._terms, pair), (), pair)
            yield Proposition(covariance, Relation.EQUAL, w.operand(0))

    def _uncorrelated(self, stem: str) -> Iterator[Proposition]:
        """E[X_i X_j] is the product of the means, and the variance besides where i = j."""
        family = self._family(stem)
        if family is None:
            return
        yield from family.named
        yield self._mean(w.Times(family.body, family.twin), family.product)
        yield self._mean(w.Raised(family.body, Integer(2)), family.square)

    def _family(self, stem: str) -> _Family | None:
        """Two members of an indexed family with their means and variances.

        What nothing is said of has a name of its own: what it stands for would be put into itself.
        """
        place = self._names.get(stem)
        body = None
        with suppress(Unread, w.LanguageError):
            body = self._terms.expression(place) if place is not None else None
        if not isinstance(body, Component):
            return None
        first, *rest = body.args[1]
        other = Variable(rf"{first.name}'", first.alphabet)
        template, alphabets = str(body.args[0].name), [str(a.name) for a in body.args[2]]
        drawn, plain = _drawn(self._terms, [body]), unmarked(template)
        mean = r.Mean.build(self._terms.space, drawn, (), (body,))
        value, spread = (
            self._said(stem, mean),
            self._said(stem, r.Variance.build(self._terms.space, drawn, (), (body,))),
        )
        means = (value, value) if value is not None else None
        unknown = [Component(rf"{r.MEAN_OF}({plain})", (index,), alphabets[:1]) for index in (first, other)]
        if spread is None:
            spread = Component(rf"{r.VARIANCE_OF}({plain})", (first,), alphabets[:1])
        return _Family(
            body,
            Component(template, (other, *rest), alphabets),
            Kronecker(first, other),
            means or (unknown[0], unknown[1]),
            spread,
            () if means else (Proposition(mean, Relation.EQUAL, unknown[0]),),
        )

    def _mean(self, body: Expr, value: Expr) -> Proposition:
        mean = r.Mean.build(self._terms.space, _drawn(self._terms, [body]), (), (body,))
        return Proposition(mean, Relation.EQUAL, value)

    def _multiplied(self, one: str, other: str) -> Iterator[Proposition]:
        """E[X_i Y_i X_j Y_j] is the product of E[X_i X_j] and E[Y_i Y_j], where all are independent of each other."""
        families = [family for family in (self._family(one), self._family(other)) if family is not None]
        if len(families) != 2 or families[0].same != families[1].same:
            return
        for family in families:
            yield from family.named
        bodies = [body for family in families for body in (family.body, family.twin)]
        yield self._mean(w.Times(*bodies), w.Times(*(family.product for family in families)))
        squares = [w.Raised(family.body, Integer(2)) for family in families]
        yield self._mean(w.Times(*squares), w.Times(*(family.square for family in families)))
        yield self._mean(w.Times(*bodies[::2]), w.Times(*(family.means[0] for family in families)))

    def _said(self, stem: str, moment: r.Moment) -> Expr | None:
        """The number that a moment is for all members of a family, where the text says it."""
        known = [fact.right for fact in self._found if fact.left == moment]
        for tree in self._given:
            match tree:
                case t.Sides(sides=(t.Applied(before=(t.Name() as name,), bar="") as call, value), signs=("=",)):
                    if name.stem == stem and moment_of(call) == _WORDS[type(moment)]:
                        with suppress(Unread, w.LanguageError):
                            known.append(self._terms.expression(value))
                case _:
                    continue
        found = list(dict.fromkeys(known))
        return found[0] if len(found) == 1 and not r.free_variables(found[0]) else None

    def _crossed(self, one: str, other: str) -> Iterator[Proposition]:
        """Cov(X_i, Y_j) is 0 for all i and j."""
        places = [self._names.get(stem) for stem in (one, other)]
        bodies: list[Expr] = []
        with suppress(Unread, w.LanguageError):
            bodies = [self._terms.expression(place) for place in places if place is not None]
        if len(bodies) != len(places) or not all(isinstance(body, Component) for body in bodies):
            return
        first, *rest = bodies[1].args[1]
        name, alphabets = str(bodies[1].args[0].name), [str(a.name) for a in bodies[1].args[2]]
        bodies[1] = Component(name, (Variable(f"{first.name}'", first.alphabet), *rest), alphabets)
        covariance = r.Covariance.build(self._terms.space, _drawn(self._terms, bodies), (), bodies)
        yield Proposition(covariance, Relation.EQUAL, w.operand(0))


def normals_of(name: str, drawn: Iterable[Row]) -> list[tuple[t.Node, t.Node]]:
    """The means and covariances in what a text says a vector is drawn from; of another law there is none."""
    found: dict[str, tuple[t.Node, t.Node]] = {}
    for row in drawn:
        match row.left, row.right:
            case t.Name(text=text), t.Applied(head=head, before=(mean, covariance), bar="") if text == name:
                if d.NAMES.get(head.base) != "normal":
                    return []
                found[printed(row.right)] = (mean, covariance)
            case t.Name(text=text), _ if text == name:
                return []
            case _:
                continue
    return list(found.values())


def read_value(terms: Terms, text: str) -> t.Node:
    """The tree of a formula that stands in prose.

    Raises:
        Unread: it is none.
    """
    source = Source(terms.source.path, text)
    return read_expression(source, closed(tokenize(source), len(text)))


def _drawn(terms: Terms, bodies: Sequence[Expr]) -> tuple[Variable, ...]:
    free = frozenset[Variable]().union(*map(r.free_variables, bodies))
    return tuple(outcome for outcome in terms.outcomes if outcome in free)


def _related(tree: t.Node) -> Iterator[str]:
    r"""The stems of which a given relation has two members that are called by numbers: what holds of them is not known.

    `X_1 \leq X_2` is said of what was sorted.
    """
    names = {node for node in t.walk(tree) if isinstance(node, t.Name) and node.lower and node.lower[0].isdigit()}
    stems = [stem for stem, _ in {(name.stem, name.text) for name in names}]
    yield from {stem for stem in stems if stems.count(stem) > 1}


def _is_called(member: Expr, name: str) -> bool:
    """True of the member with a name, and of all members where the name has no number: `X_n` of a list."""
    subscript = name.partition("_")[2].strip("{}")
    return not subscript.isdigit() or unmarked(str(member.args[0].name)).partition("_")[2].strip("{}") == subscript
