"""What is known of the moments of random variables, because prose says it of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from sympy import Expr, preorder_traversal

from symderiv.documents.said_of_random import SaidOfRandom
from symderiv.formulas import tree as t
from symderiv.formulas.general import Terms
from symderiv.formulas.grammar import read_expression
from symderiv.formulas.source import Source, Unread
from symderiv.formulas.tokens import closed, tokenize
from symderiv.language import random_variables as r
from symderiv.language import written as w
from symderiv.language.indices import Kronecker, Variable
from symderiv.language.matrices import NUMBER, shape_of
from symderiv.language.quantities import Component
from symderiv.language.templates import unmarked
from symderiv.model.statement import Proposition, Relation


class RandomFacts:
    """The facts, each of a variable or of an indexed family, which is known by its stem."""

    def __init__(self, said: SaidOfRandom, terms: Terms, trees: Iterable[t.Node]) -> None:
        self.said = said
        self._terms = terms
        self._names = self._representatives(trees)
        self._found: dict[Proposition, str] = {}
        for stated in said.moments:
            self._take(stated.name, "E", stated.mean)
            self._take(stated.name, "Var", stated.variance)
        for one, other in said.uncorrelated:
            sides = [self._names.get(name) for name in (one, other)]
            with suppress(Unread, w.LanguageError):
                bodies = [terms.expression(side) for side in sides if side is not None]
                if len(bodies) == 2 and all(isinstance(body, r.RandomVariable) for body in bodies):
                    product = r.Covariance.build(terms.space, _drawn(terms, bodies), (), bodies)
                    self._found[Proposition(product, Relation.EQUAL, w.operand(0))] = one
        for stem in said.families:
            for fact in self._uncorrelated(stem):
                self._found[fact] = stem
        for one, other in said.crossed:
            self._found.update(dict.fromkeys(self._crossed(one, other), one))

    def learn(self, stem: str, mean: Expr, variance: Expr, *, independent: bool) -> None:
        """What the law of each member of an indexed family says of it."""
        place = self._names.get(stem)
        if place is None or stem in {stated.name.split("_", maxsplit=1)[0] for stated in self.said.moments}:
            return
        with suppress(Unread, w.LanguageError):
            body = self._terms.expression(place)
            for moment, value in ((r.Mean, mean), (r.Variance, variance)):
                left = moment.build(self._terms.space, _drawn(self._terms, [body]), (), [body])
                self._found[Proposition(left, Relation.EQUAL, value)] = stem
        if independent:
            self._found |= dict.fromkeys(self._uncorrelated(stem), stem)

    def are_beyond(self, sides: Sequence[Expr]) -> bool:
        """True of moments of products of members of independent families, of which only the covariances are known."""
        families = {*self.said.families, *(stem for pair in self.said.crossed for stem in pair)}
        for moment in (part for side in sides for part in preorder_traversal(side) if isinstance(part, r.Moment)):
            products = (part for body in moment.args[3:] for part in preorder_traversal(body))
            for product in (part for part in products if isinstance(part, w.Times | w.Raised)):
                parts = [part for part in preorder_traversal(product) if isinstance(part, Component)]
                members = {str(part) for part in parts if _stem(part) in families}
                if len(members) > 1 or (members and isinstance(product, w.Raised)):
                    return True
        return False

    def about(self, sides: Sequence[Expr]) -> list[Proposition]:
        """The facts about the random variables in some expressions."""
        parts = [part for side in sides for part in preorder_traversal(side)]
        names = {_stem(part) for part in parts if isinstance(part, r.RandomVariable | Component)}
        return [fact for fact, name in self._found.items() if name in names]

    def _representatives(self, trees: Iterable[t.Node]) -> dict[str, t.Name]:
        """A name for each random variable; of an indexed family one whose subscript is an index."""
        random = self._terms.usage.random
        found: dict[str, t.Name] = {}
        for name in (node for tree in trees for node in t.walk(tree) if isinstance(node, t.Name)):
            if not random & {name.text, name.stem}:
                continue
            if not name.lower:
                found.setdefault(name.text, name)
            elif len(name.lower) == 1 and self._terms.index(name.lower[0]) is not None:
                found.setdefault(name.stem, name)
        return found

    def _take(self, name: str, kind: str, value: str) -> None:
        """That a moment has a value."""
        stem = name.split("_", maxsplit=1)[0]
        place = self._names.get(stem)
        if place is None or not value or (place.lower != () and "_" not in name):
            return
        with suppress(Unread, w.LanguageError):
            body = self._terms.expression(place)
            right = self._terms.expression(read_value(self._terms, value))
            if shape_of(body) != NUMBER or shape_of(right) != NUMBER:
                return
            moment = r.Mean if kind == "E" else r.Variance
            left = moment.build(self._terms.space, _drawn(self._terms, [body]), (), [body])
            self._found[Proposition(left, Relation.EQUAL, right)] = stem

    def _uncorrelated(self, stem: str) -> Iterator[Proposition]:
        """Cov(X_i, X_j) is the variance where i = j, and else 0."""
        place = self._names.get(stem)
        body = None
        with suppress(Unread, w.LanguageError):
            body = self._terms.expression(place) if place is not None else None
        if not isinstance(body, Component):
            return
        first, *rest = body.args[1]
        other = Variable(rf"{first.name}'", first.alphabet)
        template, alphabets = str(body.args[0].name), [str(a.name) for a in body.args[2]]
        twin = Component(template, (other, *rest), alphabets)
        drawn = _drawn(self._terms, [body])
        left = r.Covariance.build(self._terms.space, drawn, (), (body, twin))
        variance = r.Variance.build(self._terms.space, drawn, (), (body,))
        yield Proposition(left, Relation.EQUAL, w.Times(Kronecker(first, other), variance))

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


def _stem(part: Expr) -> str:
    """The name of a random variable, or of an indexed family of them."""
    return unmarked(str(part.args[0].name)).split("_", maxsplit=1)[0]
