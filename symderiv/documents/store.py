"""What a text has said before a place: definitions and equations, and which of them bear on a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from sympy import Expr, Integer, preorder_traversal

from symderiv.documents.alternatives import stand_apart
from symderiv.documents.dependence import (
    derivatives_in,
    functions_used,
    is_by_way,
    names_beside_derivatives,
    tied_names,
)
from symderiv.documents.names import alphabets_in, definable, names_in
from symderiv.language import quantities as q
from symderiv.language import written as w
from symderiv.language.densities import Density
from symderiv.language.random_variables import Moment, free_variables
from symderiv.model.statement import Context, Definition, Proposition, Relation

PI = r"\pi"
MOST = 8
"""How many equations of a text are taken into account, besides definitions."""


@dataclass(frozen=True)
class Known:
    """A relation of the text: where it stands in the order of reading, its labels, and whether it was given."""

    place: int
    proposition: Proposition
    given: bool
    claimed: bool = False
    model: bool = False
    """True of `y = X b + e`, where e is said to be random: what is measured is no function of the parameters."""
    labels: tuple[str, ...] = ()
    within: frozenset[int] | None = None
    """The places in which it is known; None where it is known in all of them."""
    since: int | None = None
    """Where it stands, for what is known at place -1 because prose says it."""

    onwards: bool = False
    """True of what holds only for what follows."""
    valued: bool = False
    """True of the value of a mean or a variance that a text comes to, and does not suppose: unknown before."""
    continues: bool = False
    """True of one step of a chain; what the left side of the chain came to by it is known besides."""
    totals: bool = False
    """True of what the left side of a chain came to."""

    @property
    def stands(self) -> int:
        """Where it stands in the order of reading."""
        return self.place if self.since is None else self.since


@dataclass
class Store:
    """The relations of one section, and the sizes of its index sets."""

    known: list[Known] = field(default_factory=list)
    sizes: Mapping[str, Expr] = field(default_factory=dict)
    differentiated: frozenset[str] = frozenset()
    """The names that the section differentiates somewhere, or of which it says something that is not read."""
    particular: frozenset[str] = frozenset()
    """The indices of which the text says that they stand for one value each."""
    single: frozenset[str] = frozenset()
    """The indices of what is equal to something without them, where no sum runs over them."""
    told: Sequence[Proposition] = ()
    """What prose says under whatever condition: it tells what depends on what."""

    def context(
        self,
        place: int,
        goal: Proposition,
        cites: Iterable[str],
        previous: Proposition | None,
        local: Sequence[Proposition] = (),
        *,
        fixed: bool = False,
    ) -> Context:
        """What bears on a statement at a place: definitions of its names, what it cites, and the row before it.

        What holds here alone, `local`, stands in place of what the section says to the contrary.  Where data are
        `fixed`, no model says what they are.
        """
        if local:
            lasting = [k for k in self.known if not any(stand_apart(p, k.proposition) for p in local)]
            here = [Known(-1, p, True, within=frozenset({place})) for p in local]
            inner = replace(self, known=[*here, *lasting]).context(place, goal, cites, previous, fixed=fixed)
            stated = {(d.name, d.body) for d in inner.definitions}
            more = [p for p in local if p not in inner.assumptions and (p.left, p.right) not in stated]
            return replace(inner, assumptions=(*inner.assumptions, *more))
        assumed = self._assumed(place, goal, set(cites), previous)
        functions = names_beside_derivatives(goal)
        usable = self._usable(place, goal)
        assumed = tuple(p for p in assumed if p == previous or definable(p.left) not in functions)
        models = [] if fixed or is_by_way(goal) else self._models(place, (goal, *assumed))
        assumed += tuple(p for p in models if p not in assumed)
        # `\partial z / \partial \mu` is by way of the model of z; a loss with a parameter in it takes data as given.
        definitions = self._definitions(place, (goal, *assumed), assumed, models=is_by_way(goal))
        sizes = self._sizes((goal, *assumed), definitions)
        assumed += tuple(p for p in self._given_of_bodies(place, goal, definitions) if p not in assumed)
        general = [k.proposition for k in usable if k.given or k.place < place]
        called = [p for p in functions_used(goal, definitions, general) if p not in assumed]
        about = [goal, *([] if previous is None else [previous]), *assumed, *called]
        bounds = [p for p in self._bounds(place, about, definitions) if p not in assumed]
        counted = [s for s in sizes if isinstance(s, Proposition)]
        facts = (*assumed, *called, *bounds, *counted)
        # A model says of what data are drawn, not that they vary with its parameters.
        drawn = {k.proposition.left for k in self.known if fixed and k.model}
        told = [
            *(p for p in self.told if p.left not in drawn),
            *(k.proposition for k in self.known if (k.given or k.place < place) and not k.model),
        ]
        varying = tied_names(goal, definitions, told) | self.differentiated
        return Context(
            (*facts, *constants((goal, *assumed), definitions)),
            (*definitions, *(s for s in sizes if isinstance(s, Definition))),
            varying if derivatives_in((goal.left, goal.right)) else frozenset(),
            self.particular,
            self.single,
        )

    def was_given(self, place: int, goal: Proposition) -> bool:
        """True of what was given before a place, and holds there."""
        said = (k for k in self.known if k.given and k.place < place and (k.within is None or place in k.within))
        return any(replace(k.proposition, parameters=()) == goal and not k.claimed and not k.model for k in said)

    def latest(self, place: int, left: Expr) -> Proposition | None:
        """The last equation before a place with this left side."""
        found = self._said_of(place, left)
        return found[-1] if found and found[-1].relation is Relation.EQUAL else None

    def said_of(self, place: int, left: Expr) -> list[Proposition]:
        """The equations before a place with this left side."""
        return [stated for stated in self._said_of(place, left) if stated.relation is Relation.EQUAL][-MOST:]

    def given_of(self, place: int, goal: Proposition, left: Expr) -> list[Proposition]:
        """The equations that are given for this left side at a place: not those that others have taken the place of."""
        usable = (k.proposition for k in self._usable(place, goal) if k.given and not k.claimed and k.stands <= place)
        return [p for p in usable if p.left == left and p.relation is Relation.EQUAL]

    def _said_of(self, place: int, left: Expr) -> list[Proposition]:
        before = (k for k in self.known if k.place < place and not k.claimed and k.proposition.left == left)
        return [k.proposition for k in before if k.within is None or place in k.within]

    def definitions_only(self, place: int, goal: Proposition) -> Context:
        """The definitions of the names in a statement, the equations given of these alone, and their bounds."""
        definitions = self._definitions(place, (goal,), ())
        sizes = self._sizes((goal,), definitions)
        stated = [s for s in sizes if isinstance(s, Proposition)]
        bounds = (*self._bounds(place, [goal], definitions), *self._equations(place, goal))
        facts = (*bounds, *stated, *constants((goal,), definitions))
        defined = (*definitions, *(s for s in sizes if isinstance(s, Definition)))
        return Context(facts, defined, particular=self.particular, single=self.single)

    def _equations(self, place: int, goal: Proposition) -> list[Proposition]:
        """The equations that are given of the names in a statement alone, and define none: `s^2 = ...`, `A B = I`.

        Few values make a derivative zero: what follows from that is not looked for among them.
        """
        names = names_in(goal.left) | names_in(goal.right)
        stated = (k.proposition for k in self._usable(place, goal) if k.given and not k.claimed)
        equal = [p for p in stated if p.relation is Relation.EQUAL and not derivatives_in((p.left, p.right))]
        equal = [p for p in equal if definable(p.left) is None and not isinstance(p.left, q.Opaque)]
        return [p for p in equal if names_in(p.left) | names_in(p.right) <= names][:MOST]

    def _given_of_bodies(self, place: int, goal: Proposition, definitions: Sequence[Definition]) -> list[Proposition]:
        r"""The equations that are given of what definitions are made of, and define none: of `\sum_k y_k = 1`."""
        within = frozenset[str]().union(*(names_in(definition.body) for definition in definitions))
        stated = (k.proposition for k in self._usable(place, goal) if k.given and not k.claimed and not k.model)
        return [
            p
            for p in stated
            if p.relation is Relation.EQUAL and definable(p.left) is None and _bears(p, within)
            if not isinstance(p.left, q.Opaque) and not derivatives_in((p.left, p.right))
        ][:MOST]

    def _bounds(self, place: int, about: Sequence[Proposition], definitions: Sequence[Definition]) -> list[Proposition]:
        """The inequalities that are given of the names in a statement, the first one, and in what it rests on."""
        sides = (side for p in about for side in (p.left, p.right))
        names = frozenset[str]().union(*map(names_in, (*sides, *(d.body for d in definitions))))
        stated = (k.proposition for k in self._usable(place, about[0]) if k.given)
        unequal = [p for p in stated if p.relation is not Relation.EQUAL]
        own = names_in(about[0].left) | names_in(about[0].right)
        # `x a > 0` says something of x where `a > 0`.
        tied = (_names_of(p) - _parameters_of(p) for p in unequal)
        names = names.union(*(others for others in tied if not own.isdisjoint(others)))
        near = [p for p in unequal if _names_of(p) - _parameters_of(p) <= names]
        return sorted(near, key=lambda p: own.isdisjoint(_names_of(p)))[:MOST]

    def _usable(self, place: int, goal: Proposition, cites: Set[str] = frozenset()) -> list[Known]:
        """What was said before, and what is given anywhere; not what is to be shown, and no claim that is not cited."""
        found = [
            k
            for k in self.known
            if (not k.claimed or cites & set(k.labels)) and (k.place < place or (k.given and k.place != place))
            if not (k.valued and k.place > place)
            if (k.within is None or place in k.within) and not (k.onwards and k.stands > place)
        ]
        # What a chain came to may be said again in one relation.
        found = [k for k in found if k.proposition != goal or (k.totals and goal.relation is not Relation.EQUAL)]
        found = [k for k in found if k.proposition.left != k.proposition.right]
        given = [k for k in found if k.given and k.within is None]
        return [k for k in found if not any(_is_closer(other, k, place) for other in given)]

    def _assumed(
        self, place: int, goal: Proposition, cites: set[str], previous: Proposition | None
    ) -> tuple[Proposition, ...]:
        names = names_in(goal.left) | names_in(goal.right)
        near = names if previous is None else names | _names_of(previous)
        cited: dict[Expr | Proposition, Proposition] = {}
        found: dict[Proposition, bool] = {}
        usable = self._usable(place, goal, cites)
        same = (k.proposition for k in reversed(usable) if k.proposition.left == goal.left and k.place < place)
        latest = next((p for p in same if p.relation is Relation.EQUAL), None)
        # What is given of the parts of that may have been put in.
        within = names if latest is None else names | names_in(latest.right)
        for known in usable:
            stated = known.proposition
            if cites & set(known.labels):
                # Of a chain that is cited, what its left side came to is meant.
                if not known.continues:
                    cited[stated if known.given else stated.left] = stated
            elif stated.relation is not Relation.EQUAL:
                if _names_of(stated) - _parameters_of(stated) <= near:
                    found[stated] = not known.given and not known.totals
            elif stated.left == goal.left and known.place < place:
                continue
            elif not known.given and definable(stated.left) in names and _names_of(stated) < names:
                found[stated] = True
            elif known.given and definable(stated.left) in names and _is_of_an_index(stated):
                found[replace(stated, parameters=())] = False
            elif (known.place < place and _names_of(stated) == names) or (
                definable(stated.left) is None
                and _bears(stated, within if known.given else names)
                and (known.given or known.place < place)
            ):
                found[stated] = known.continues
        if latest is not None:
            found[latest] = False
        meant = tuple(cited.values())[-MOST:]
        # Single steps of chains, and inequalities that were derived, are left out first, what makes a case last.
        cases = {k.proposition for k in self.known if k.given and k.within is not None and place in k.within}
        ranked = sorted(found, key=lambda stated: (found[stated], stated not in cases), reverse=True)
        others = tuple(stated for stated in ranked if stated not in meant)
        others = others[-max(MOST - len(meant), MOST // 2) :]
        row_before = () if previous is None else (previous,)
        return tuple(dict.fromkeys((*row_before, *others, *meant)))

    def _models(self, place: int, about: Sequence[Proposition]) -> list[Proposition]:
        """The model equations for names that occur."""
        names = frozenset[str]().union(*(names_in(side) for p in about for side in (p.left, p.right)))
        models = [k.proposition for k in self._usable(place, about[0]) if k.model]
        return [p for p in models if (names_in(p.left) | names_in(p.right)) & names]

    def _definitions(
        self, place: int, about: Sequence[Proposition], assumed: Sequence[Proposition], *, models: bool = True
    ) -> tuple[Definition, ...]:
        """The definitions of the names in some propositions, and of the names in these."""
        goal = about[0]
        equal = (p for p in assumed if p.relation is Relation.EQUAL)
        stated = {name for p in equal if (name := definable(p.left)) is not None}
        candidates: dict[str, Definition] = {}
        for known in self._usable(place, goal):
            proposition = known.proposition
            name = definable(proposition.left)
            if name is None or name in stated or proposition.relation is not Relation.EQUAL or name in candidates:
                continue
            if known.model and not models:
                continue
            loose = free_variables(proposition.right) - free_variables(proposition.left)
            if all(str(variable.name) in self.single for variable in loose) and (known.given or known.place < place):
                definition = Definition(proposition.left, proposition.right)
                # Of `z = x - m` and `x = m + z` the first one defines, and the other follows.
                if not _is_circular(name, definition, candidates):
                    candidates[name] = definition
        chosen: dict[str, Definition] = {}
        waiting = [name for p in about for side in (p.left, p.right) for name in sorted(names_in(side))]
        while waiting:
            name = waiting.pop(0)
            if name in chosen or name not in candidates:
                continue
            chosen[name] = candidates[name]
            waiting.extend(sorted(names_in(candidates[name].body)))
        return tuple(chosen.values())

    def _sizes(
        self, about: Iterable[Proposition], definitions: Sequence[Definition]
    ) -> tuple[Definition | Proposition, ...]:
        """The sizes of the index sets that occur."""
        sides = [side for p in about for side in (p.left, p.right)] + [d.body for d in definitions]
        found: list[Definition | Proposition] = []
        defined = {definable(d.name) for d in definitions}
        names = frozenset[str]().union(*map(names_in, sides))
        counted = {a for a, size in self.sizes.items() if isinstance(size, w.Scalar) and size.name in names}
        for alphabet in sorted(counted.union(*map(alphabets_in, sides))):
            size = self.sizes.get(alphabet)
            if size is None:
                continue
            if isinstance(size, w.Scalar) and size.name not in defined:
                defined.add(size.name)
                found.append(Definition(size, q.Cardinality(alphabet)))
            else:
                found.append(Proposition(q.Cardinality(alphabet), Relation.EQUAL, size))
        return tuple(found)


def _is_circular(name: str, definition: Definition, candidates: Mapping[str, Definition]) -> bool:
    """True where a name is defined by way of itself."""
    seen: set[str] = set()
    waiting = list(names_in(definition.body))
    while waiting:
        inner = waiting.pop()
        if inner == name:
            return True
        if inner not in seen and inner in candidates:
            seen.add(inner)
            waiting.extend(names_in(candidates[inner].body))
    return False


def without_values(context: Context, names: Set[str]) -> Context:
    """A context without the equations that say what some names are."""
    if not names:
        return context
    kept = [
        p
        for p in context.assumptions
        if p.relation is not Relation.EQUAL or names.isdisjoint((definable(p.left), definable(p.right)))
    ]
    definitions = [d for d in context.definitions if definable(d.name) not in names]
    return replace(context, assumptions=tuple(kept), definitions=tuple(definitions))


def without_bounds(context: Context, names: Set[str]) -> Context:
    """A context without the inequalities that some names are in."""
    kept = (p for p in context.assumptions if p.relation is Relation.EQUAL or names.isdisjoint(_names_of(p)))
    return replace(context, assumptions=tuple(kept)) if names else context


def constants(about: Sequence[Proposition], definitions: Sequence[Definition]) -> tuple[Proposition, ...]:
    """What is known of the constants in some propositions, and in the densities that these name."""
    sides = (*(side for p in about for side in (p.left, p.right)), *(d.body for d in definitions))
    is_there = any(PI in names_in(side) or side.has(Density) for side in sides)
    if not is_there or any(definable(d.name) == PI for d in definitions):
        return ()
    return (Proposition(w.Scalar(PI), Relation.GREATER, Integer(0)),)


def _is_closer(one: Known, other: Known, place: int) -> bool:
    """True where one given fact stands in place of another: a name is set anew, or a new case begins.

    The last one before a place counts; where there is none, the first one after it; of two beside it, neither.
    """
    if not other.given or one.model or other.model or not stand_apart(one.proposition, other.proposition):
        return False
    before = one.stands <= place, other.stands <= place
    if before[0] != before[1]:
        return before[0]
    return one.stands >= other.stands if before[0] else one.stands <= other.stands


def _is_of_an_index(stated: Proposition) -> bool:
    """True of `x_{t+1} = x_t - g_t` where the left side is a name of its own: it defines nothing for all t."""
    return bool(free_variables(stated.right) - free_variables(stated.left))


def _names_of(stated: Proposition) -> frozenset[str]:
    return names_in(stated.left) | names_in(stated.right)


def _parameters_of(stated: Proposition) -> frozenset[str]:
    return frozenset[str]().union(*map(names_in, stated.parameters))


def _bears(stated: Proposition, names: frozenset[str]) -> bool:
    """True of an equation about some quantity that occurs among the names."""
    left = stated.left
    if isinstance(left, q.Opaque):
        return left.template in names
    own = names_in(left) or names_in(stated.right)
    own -= _parameters_of(stated)
    own -= {str(part) for part in preorder_traversal(left) if isinstance(part, Moment)}
    return bool(own) and own <= names
