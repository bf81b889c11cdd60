r"""Discrete variables of which a text lists the values and probabilities, in the place of their moments and entropies.

Where X is 1 with probability p and else 0, `H(X)` is `-p \ln p - (1 - p) \ln (1 - p)` and `E[X^2]` is p.  A relation is
then one between numbers, if nothing of such variables is left in it: what several of them do together is said by no
list for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction

from symderiv.formulas import tree as t
from symderiv.formulas.events import is_chance
from symderiv.formulas.functions import replaced
from symderiv.formulas.notation import QUANTITIES
from symderiv.formulas.printing import printed
from symderiv.formulas.usage import moment_of

Values = tuple[t.Node, ...]


@dataclass(frozen=True)
class ListedLaw:
    r"""The values that some variables take together, each with its probability.

    Where they have indices, `over` binds them: `x_i` with probability `p_i`.  Of `count` values that are equally likely
    it is not said which they are, nor where `values` of a chance are empty.
    """

    names: tuple[str, ...]
    chances: tuple[tuple[Values, t.Node], ...]
    over: t.Total | None = None
    count: t.Node | None = None
    is_of_family: bool = False
    """True where it has a name by which its moments are known."""

    def total(self, term: Callable[[Values, t.Node], t.Node]) -> t.Node:
        """The sum of a term over all values."""
        terms = tuple(term(values, chance) for values, chance in self.chances)
        start, end = terms[0].start, terms[0].end
        if self.count is not None:
            return t.Product(start, end, (self.count, terms[0]))
        if self.over is not None:
            return replace(self.over, body=terms[0])
        return t.Addition(start, end, terms)

    @property
    def has_values(self) -> bool:
        """True where it is said which values there are."""
        return all(values for values, _ in self.chances)

    def facts(self) -> Iterator[tuple[t.Node, str, t.Node]]:
        """That the probabilities are not negative and sum to one."""
        zero, one = (t.Numeral(0, 0, Fraction(value)) for value in (0, 1))
        if self.count is None:
            yield from ((zero, "<=", chance) for _, chance in self.chances)
            yield self.total(lambda _, chance: chance), "=", one


class NotListed(Exception):
    """A part of a relation says more of variables than the lists of their values do."""


def put_in(tree: t.Sides, laws: Mapping[str, ListedLaw], varying: Set[str]) -> t.Sides | None:
    """A relation with what is listed in the place of the variables; None where there are none, or some are left.

    `varying` are the names that may be random too: what they are together with a listed variable is said by no list.

    What is said of probabilities alone is said of events, which may stand beside others elsewhere.
    """
    own = {*laws, *map(str.lower, laws)}
    if not laws or own.isdisjoint(node.text for node in t.walk(tree) if isinstance(node, t.Name)):
        return None
    putting = _Putting(laws, varying)
    try:
        found = putting.of(tree)
    except NotListed:
        return None
    return found if isinstance(found, t.Sides) and putting.is_of_all_values else None


def leaves_out(tree: t.Sides, laws: Mapping[str, ListedLaw]) -> bool:
    """True of a relation with a moment of a listed variable, read without what is listed of it."""
    calls = (node for node in t.walk(tree) if isinstance(node, t.Applied) and moment_of(node))
    names = {name.text for call in calls for name in _names(call.before)}
    return any(name in laws and not laws[name].is_of_family for name in names)


class _Putting:
    """A relation under the laws of some names."""

    def __init__(self, laws: Mapping[str, ListedLaw], varying: Set[str]) -> None:
        self._laws, self._varying = laws, varying
        self.is_of_all_values = False
        """True of what has a mean or an entropy in it."""

    def of(self, node: t.Node) -> t.Node:
        """A part with all that is listed put in.

        Raises:
            NotListed: something of the variables is left.
        """
        if isinstance(node, t.Name) and node.text in self._laws:
            raise NotListed
        if isinstance(node, t.Total) and (summed := self._summed(node)) is not None:
            return _placed(summed, node)
        if isinstance(node, t.Applied) and (own := self._known(node)):
            return _placed(self._quantity(node, own), node)
        return t.mapped(node, self.of)

    def _summed(self, node: t.Total) -> t.Node | None:
        r"""A sum over all values of a variable, `\sum_x P(x) \ln P(x)`; None of any other."""
        if node.kind != "sum" or len(node.over) != 1 or any((node.lower, node.upper, node.within, node.condition)):
            return None
        name = node.over[0].text
        calls = [part for part in t.walk(node.body) if isinstance(part, t.Applied) and _is_at(part, name)]
        heads = {call.head.text for call in calls if call.head.text in self._laws}
        # A letter for probabilities that is no name of a law is the distribution of the variable with the capital.
        heads |= {name.upper() for call in calls if call.head.text not in self._laws and is_chance(call)}
        laws = [self._laws.get(head) for head in heads]
        known = [law for law in laws if law is not None and len(law.names) == 1 and law.over is None]
        if not known or len(known) != len(laws) or any(not _are_alike(known[0], law) for law in known):
            return None
        self.is_of_all_values = True
        chances = [dict(enumerate(chance for _, chance in law.chances)) for law in known]
        own = {law.names[0]: chance for law, chance in zip(known, chances, strict=True)}

        def put(part: t.Node, number: int) -> t.Node:
            if isinstance(part, t.Applied) and _is_at(part, name):
                law = own.get(part.head.text) or (own.get(name.upper()) if is_chance(part) else None)
                if law is not None:
                    return law[number]
            if isinstance(part, t.Name) and part.text == name:
                values = known[0].chances[number][0]
                if not values:
                    raise NotListed
                return values[0]
            return t.mapped(part, lambda inner: put(inner, number))

        terms = tuple(self.of(put(node.body, number)) for number in range(len(known[0].chances)))
        if known[0].count is not None:
            return t.Product(0, 0, (known[0].count, terms[0]))
        return t.Addition(0, 0, terms)

    def _known(self, node: t.Applied) -> set[str]:
        """The names in a call of which the values are listed."""
        found = (part for side in (*node.before, *node.after) for part in t.walk(side))
        return {part.text for part in found if isinstance(part, t.Name)} & self._laws.keys()

    def _quantity(self, node: t.Applied, own: set[str]) -> t.Node:
        if node.bar == "" and is_chance(node) and len(node.before) == 1:
            return self._chance(node.before[0])
        self.is_of_all_values = True
        if moment := moment_of(node):
            return self._moment(moment, node, own)
        parts = (*node.before, *node.after)
        laws = [self._laws[part.text] for part in parts if isinstance(part, t.Name) and part.text in self._laws]
        kind = QUANTITIES.get(node.head.text, "")
        if len(laws) != len(parts) or any(len(law.names) > 1 for law in laws):
            raise NotListed
        if kind == "H" and len(laws) == 1:
            return laws[0].total(lambda _, p: t.Negation(0, 0, t.Product(0, 0, (p, _ln(p)))))
        if kind in ("KL", "H") and len(laws) == 2 and (kind == "KL" or node.bar == ""):
            return _between(kind, *laws)
        raise NotListed

    def _chance(self, event: t.Node) -> t.Node:
        """The probability that a variable has one of its values."""
        match event:
            case t.Sides(sides=(t.Name(text=name), value), signs=("=",)) if name in self._laws:
                law = self._laws[name]
                found = [chance for values, chance in law.chances if [printed(v) for v in values] == [printed(value)]]
                if law.names == (name,) and law.count is None and len(found) == 1:
                    return found[0]
        raise NotListed

    def _moment(self, moment: str, node: t.Applied, own: set[str]) -> t.Node:
        """A mean over the values; a variance or covariance by means."""
        laws = {self._laws[name].names: self._laws[name] for name in own}
        law = next(iter(laws.values()))
        if node.bar or len(laws) > 1 or not law.has_values or law.is_of_family or not set(node.head.lower) <= own:
            raise NotListed
        if moment == "E" and len(node.before) == 1:
            return self._mean(law, node.before[0])
        factors = node.before * 2 if moment == "Var" else node.before
        if len(factors) != 2:
            raise NotListed
        centred = tuple(t.Addition(0, 0, (part, t.Negation(0, 0, self._mean(law, part)))) for part in factors)
        return self._mean(law, t.Product(0, 0, centred))

    def _mean(self, law: ListedLaw, body: t.Node) -> t.Node:
        bound = {name.text for name in law.over.over} if law.over is not None else set()
        if not _binds(body, bound) or any(self._may_vary(name, law) for name in _names_beside_heads(body)):
            raise NotListed

        def term(values: Values, chance: t.Node) -> t.Node:
            put = replaced(body, dict(zip(law.names, values, strict=True)))
            return t.Product(0, 0, (put, chance))

        return law.total(term)

    def _may_vary(self, name: t.Name, law: ListedLaw) -> bool:
        """True of a name besides those of a law that may be random, as capitals are."""
        own = {*law.names, *(part.text for values, chance in law.chances for part in _names((*values, chance)))}
        is_capital = len(name.base) == 1 and name.base.isupper()
        return name.text not in own and (is_capital or not self._varying.isdisjoint((name.text, name.stem)))


def _names(nodes: Iterable[t.Node]) -> Iterator[t.Name]:
    return (part for node in nodes for part in t.walk(node) if isinstance(part, t.Name))


def _names_beside_heads(body: t.Node) -> list[t.Name]:
    """The names in a part that are not those of functions."""
    heads = {id(part.head) for part in t.walk(body) if isinstance(part, t.Applied)}
    return [name for name in _names((body,)) if id(name) not in heads]


def _binds(body: t.Node, names: set[str]) -> bool:
    """True where names stand in a part only below sums that bind them."""
    if isinstance(body, t.Total):
        names = names - {name.text for name in body.over}
    if isinstance(body, t.Name):
        return names.isdisjoint((body.text, *body.lower))
    return all(_binds(part, names) for part in t.parts(body))


def _is_at(call: t.Applied, name: str) -> bool:
    """True of `P(x)` for x."""
    arguments = [part.text for part in call.before if isinstance(part, t.Name)]
    return not call.bar and len(call.before) == 1 and arguments == [name]


def _are_alike(law: ListedLaw, other: ListedLaw) -> bool:
    """True of two laws over the same values, which are named unless it is one law."""
    if law is other:
        return True
    same = [[printed(v) for v in values] for values, _ in law.chances]
    named = law.has_values and same == [[printed(v) for v in values] for values, _ in other.chances]
    return named and law.over is None and other.over is None and law.count is None and other.count is None


def _between(kind: str, law: ListedLaw, other: ListedLaw) -> t.Node:
    """The divergence of two laws over the same values, or the cross entropy."""
    if not _are_alike(law, other) or law.over is not None or law.count is not None:
        raise NotListed
    terms: list[t.Node] = []
    for (_, p), (_, q) in zip(law.chances, other.chances, strict=True):
        inside = t.Division(0, 0, p, q) if kind == "KL" else q
        term = t.Product(0, 0, (p, _ln(inside)))
        terms.append(term if kind == "KL" else t.Negation(0, 0, term))
    return t.Addition(0, 0, tuple(terms))


def _ln(body: t.Node) -> t.Function:
    return t.Function(0, 0, "ln", body, bracketed=True)


def _placed(node: t.Node, at: t.Node) -> t.Node:
    """A part as it would stand at the place of another one."""
    return replace(t.mapped(node, lambda part: _placed(part, at)), start=at.start, end=at.end)


def in_force(laws: Sequence[tuple[ListedLaw, frozenset[int] | None]], display: int) -> dict[str, ListedLaw]:
    """The laws of names for a display: what is said last holds."""
    found: dict[str, ListedLaw] = {}
    for law, where in laws:
        if where is None or display in where:
            for name in law.names:
                found[name] = law
    return {name: law for name, law in found.items() if all(found[other] is law for other in law.names)}
