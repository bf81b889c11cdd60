"""The smallest change of one part of one backward loop after which all gradients are right, by numbers.

Each part of a loop is taken out, and everything that could stand there is tried at once: the part with another sign,
index, tensor, power or function, without a factor or term, or with one more.  What is found is ordered by how much is
changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import chain, combinations

import numpy as np

from symderiv.gradients.batches import Trials, hole
from symderiv.gradients.comparison import Comparison
from symderiv.gradients.edits import SIGN, Edit
from symderiv.gradients.pool import Pool, other_comparisons, other_entries, size_of
from symderiv.loops.derivative import product
from symderiv.loops.grids import Array
from symderiv.loops.rewriting import map_parts
from symderiv.model.program import (
    FUNCTIONS,
    MINUS_ONE,
    ONE,
    ZERO,
    Constant,
    Expression,
    For,
    Function,
    IndexComparison,
    Place,
    Power,
    Product,
    Program,
    Read,
    Reduction,
    Size,
    Sum,
    operands,
)
from symderiv.model.program import Comparison as Compared

CELLS = 300_000
"""Numbers that are computed at once."""
MOST = 20_000_000
"""Numbers that are computed for one program."""
PAIRED = 40
"""Factors of which all products of two are tried."""
DEEPER = 0.01
"""How much less a change is expected for each part around it."""

Make = Callable[[Expression], Expression]


@dataclass(frozen=True)
class Part:
    """A part of the value of a statement, the indices around it, and the value with something else in its place."""

    what: Expression
    scope: tuple[str, ...]
    rebuilt: Make
    around: type | None = None
    depth: int = 0


@dataclass(frozen=True)
class Choice:
    """Something that could stand in the place of a part: how it is called, how much is changed, and its values.

    These are made from those of the part and of `source`.
    """

    label: str
    cost: float
    value: Expression
    source: Expression
    numbers: Callable[[Array, Array], Array]


@dataclass(frozen=True)
class Change:
    """An edit of one statement after which all gradients that it reaches are right on one run."""

    cost: float
    number: int
    edit: Edit


def parts_of(value: Expression, scope: tuple[str, ...]) -> Iterator[Part]:
    """An expression and everything in it."""
    yield Part(value, scope, lambda new: new)
    for number, part in enumerate(operands(value)):
        inner = (*scope, *value.indices) if isinstance(value, Reduction) else scope
        if len(set(inner)) < len(inner):
            return
        for found in parts_of(part, inner):
            rebuilt = partial(_rebuilt, value, number, found.rebuilt)
            yield replace(found, rebuilt=rebuilt, around=found.around or type(value), depth=found.depth + 1)


def _rebuilt(value: Expression, number: int, inner: Make, new: Expression) -> Expression:
    """The value with its part of a number changed."""
    parts = iter(enumerate(operands(value)))

    def changed(part: Expression) -> Expression:
        position, _ = next(parts)
        return inner(new) if position == number else part

    return map_parts(value, changed)


class Holes:
    """The changes of some statements of a program."""

    def __init__(self, program: Program, runs: Sequence[Comparison], right: frozenset[str]) -> None:
        self.program, self.runs, self.right = program, runs, right
        self.pool = Pool(program)
        self.spent = 0
        self._factors: dict[tuple[str, ...], list[Expression]] = {}

    def changes(self, found: Sequence[Place], is_wide: bool) -> list[Change]:
        """What mends the program, the smallest changes first; `is_wide` ones put in products and sums."""
        result: list[Change] = []
        for place in found:
            result += self._of(place, is_wide)
        return sorted(result, key=lambda change: change.cost)

    def _of(self, place: Place, is_wide: bool) -> Iterator[Change]:
        s = place.statement
        trials = [Trials(run, place, self.right) for run in self.runs]
        if not all(trial.can_mend() for trial in trials):
            return
        scope = (*place.indices, *(loop.index for loop in place.loops))
        for part in parts_of(s.value, scope):
            if self.spent > MOST:
                return
            for beside, choices in self._tries(trials[0], place, part, is_wide):
                for choice in self._succeeding(trials, beside, choices):
                    yield self._change(place, beside, choice)

    def _tries(
        self, trial: Trials, place: Place, part: Part, is_wide: bool
    ) -> Iterator[tuple[Part, Iterator[Choice]]]:
        """What can stand in place of a part; where its values depend on what is tried, also what can stand beside it."""
        sources = self._sums_and_products(trial, place, part) if is_wide else iter(self._factors_in(part.scope))
        if trial.known(part.what):
            alone = iter(()) if is_wide else self._alone(place, part)
            yield part, chain(alone, (one for source in sources for one in _combined(part, source)))
            return
        found = list(sources)
        if part.around is not Product:
            factor = replace(part, what=ONE, rebuilt=lambda new: part.rebuilt(product((new, part.what))))
            sign = _other("a sign in it" if part.depth else SIGN, 1.02 if part.depth else 1.0, MINUS_ONE)
            missing = (_other("a factor is missing", 1.0 + 0.2 * size_of(source), source) for source in found)
            yield factor, chain((sign,), missing)
        if part.around is not Sum:
            term = replace(part, what=ZERO, rebuilt=lambda new: part.rebuilt(Sum((part.what, new))))
            yield term, (one for source in found for one in _combined(term, source) if one.label == "a term is missing")
        alone = iter(()) if is_wide else self._alone(place, part)
        replaced = (_replaced(part, source) for source in found)
        yield part, (choice for choice in chain(alone, replaced) if choice.source == choice.value)

    def _succeeding(self, trials: Sequence[Trials], part: Part, choices: Iterator[Choice]) -> Iterator[Choice]:
        """The choices that mend the program, each value once."""
        value = part.rebuilt(hole(part.scope))
        seen: set[bytes] = set()
        pending: list[tuple[Choice, list[Array]]] = []
        for choice in choices:
            numbers = _numbers(trials, part, choice)
            if numbers is None:
                continue
            mark = b"".join((array.astype(np.float32) + 0).tobytes() for array in numbers)
            if mark in seen:
                continue
            seen.add(mark)
            pending.append((choice, numbers))
            if len(pending) * numbers[0].size >= CELLS:
                yield from self._tried(trials, part, value, pending)
                pending.clear()
        if pending:
            yield from self._tried(trials, part, value, pending)

    def _tried(
        self, trials: Sequence[Trials], part: Part, value: Expression, pending: list[tuple[Choice, list[Array]]]
    ) -> Iterator[Choice]:
        for n, trial in enumerate(trials):
            if pending:
                tried = np.stack([numbers[n] for _, numbers in pending])
                self.spent += tried.size * (1 + len(trial.nodes))
                good = trial.succeed(value, part.scope, tried)
                pending = [one for one, is_good in zip(pending, good, strict=True) if is_good]
        return (choice for choice, _ in pending)

    def _change(self, place: Place, part: Part, choice: Choice) -> Change:
        s = place.statement
        value = tidied(part.rebuilt(choice.value))
        cost = choice.cost + DEEPER * part.depth
        if not s.target.tensor.endswith(".grad"):
            cost += 0.01
        if value == ZERO:
            return Change(cost, s.number, Edit("it is one too many", ()))
        return Change(cost, s.number, Edit(choice.label, (For(place.indices, (replace(s, value=value),)),)))

    def _factors_in(self, scope: tuple[str, ...]) -> list[Expression]:
        if scope not in self._factors:
            self._factors[scope] = self.pool.factors(scope)
        return self._factors[scope]

    def _sums_and_products(self, trial: Trials, place: Place, part: Part) -> Iterator[Expression]:
        known = [factor for factor in self._factors_in(part.scope) if factor != ONE and trial.known(factor)]
        yield from map(product, combinations(known[:PAIRED], 2))
        if not place.loops:
            yield from self.pool.sums(part.scope)

    def _alone(self, place: Place, part: Part) -> Iterator[Choice]:
        """The part changed in itself, left out, or another value of the whole."""
        is_whole = part.around is None
        what = part.what
        sign = (SIGN, 1.0) if is_whole else ("a sign in it", 1.02)
        yield Choice(*sign, product((MINUS_ONE, what)), what, lambda own, _: -own)
        if part.around is Product or (is_whole and not isinstance(what, Constant)):
            yield _other("a factor is one too many", 1.1, ONE)
        if part.around is Sum:
            yield _other("a term is one too many", 1.1, ZERO)
        if is_whole:
            yield _other("it is one too many", 1.3, ZERO)
            whole = self.pool.whole(place, frozenset(part.scope))
            yield from (_other("another value is to be added", 1.3, value) for value in whole)
        else:
            yield from (_other(*other) for other in self._others(part, bool(place.loops)))
        yield Choice("a part of it", 1.4, Sum((ONE, product((MINUS_ONE, what)))), what, lambda own, _: 1 - own)
        yield from (_other(*other) for other in self._functions(part))

    def _others(self, part: Part, is_sequential: bool) -> Iterator[tuple[str, float, Expression]]:
        match part.what:
            case Constant(number):
                for changed in (number / 2, number * 2, number - 1, number + 1):
                    yield "a number in it", 1.1, Constant(changed)
            case Size(name):
                yield from (("a size in it", 1.1, Size(other)) for other in self.program.sizes if other != name)
            case Read():
                for label, entry in other_entries(self.pool, part.what, part.scope, is_sequential):
                    yield label, 1.05, entry
            case IndexComparison():
                yield from (("a guard in it", 1.1, other) for other in other_comparisons(part.what))
            case Compared(kind, left, right):
                yield "a comparison is the wrong way round", 1.0, Compared(kind, right, left)
            case Reduction(indices, body) if len(indices) > 1:
                for n in range(len(indices)):
                    yield "a sum in it", 1.2, Reduction((*indices[:n], *indices[n + 1 :]), body)

    def _functions(self, part: Part) -> Iterator[tuple[str, float, Expression]]:
        """Other powers and functions."""
        base, exponent = part.what, Fraction(1)
        if isinstance(part.what, Power):
            base, exponent = part.what.base, part.what.exponent
        if not isinstance(base, Constant | IndexComparison | Compared):
            others = (exponent - 1, exponent + 1, -exponent, exponent / 2, exponent * 2)
            yield from (("a power in it", 1.15, Power(base, other)) for other in others if other)
        match part.what:
            case Function(name, arguments):
                alike = (other for other, count in FUNCTIONS.items() if count == len(arguments) and other != name)
                yield from (("a function in it", 1.2, Function(other, arguments)) for other in alike)
                yield from (("a function is one too many", 1.2, argument) for argument in arguments)
            case Read() | Sum():
                one = (name for name, count in FUNCTIONS.items() if count == 1)
                yield from (("a function is missing", 1.3, Function(name, (part.what,))) for name in one)


def _other(label: str, cost: float, value: Expression) -> Choice:
    return Choice(label, cost, value, value, lambda _, numbers: numbers)


def _combined(part: Part, factor: Expression) -> Iterator[Choice]:
    """A part with a factor or a term more, or another part in its place."""
    size = 0.2 * size_of(factor)
    if part.around is not Product:
        value = product((factor, part.what))
        yield Choice("a factor is missing", 1.0 + size, value, factor, lambda own, numbers: own * numbers)
    if part.around is not Sum:
        more, less = (Sum((part.what, term)) for term in (factor, product((MINUS_ONE, factor))))
        yield Choice("a term is missing", 1.1 + size, more, factor, lambda own, numbers: own + numbers)
        yield Choice("a term is missing", 1.1 + size, less, factor, lambda own, numbers: own - numbers)
    yield _replaced(part, factor)


def _replaced(part: Part, other: Expression) -> Choice:
    cost = 1.1 + 0.2 * size_of(other) + 0.1 * size_of(part.what)
    return _other("a part of it", cost if part.around is not None else cost + 0.3, other)


def _numbers(trials: Sequence[Trials], part: Part, choice: Choice) -> list[Array] | None:
    """The values of a choice on each run; None where it has none."""
    found = []
    if not trials[0].known(choice.source):
        return None
    for trial in trials:
        own, source = trial.values(part.what, part.scope), trial.values(choice.source, part.scope)
        if own is None or source is None:
            return None
        with np.errstate(all="ignore"):
            found.append(choice.numbers(own, source))
        if not np.all(np.isfinite(found[-1])):
            return None
    return found


def tidied(value: Expression) -> Expression:
    """The value without terms that are 0, products of products and sums of sums."""
    changed = map_parts(value, tidied)
    match changed:
        case Product(factors):
            return ZERO if ZERO in factors else product(factors)
        case Sum(terms):
            flat: list[Expression] = []
            for term in terms:
                flat += term.terms if isinstance(term, Sum) else [term]
            kept = tuple(term for term in flat if term != ZERO)
            return kept[0] if len(kept) == 1 else Sum(kept) if kept else ZERO
        case Power(base, exponent, _) if exponent == 1 or base == ONE:
            return base
    return changed


def other_targets(pool: Pool, place: Place) -> Iterator[Edit]:
    """A statement that adds to other cells, or to another tensor of the same shape."""
    s = place.statement
    scope = (*place.indices, *(loop.index for loop in place.loops))
    for label, entry in other_entries(pool, s.target, scope, bool(place.loops)):
        if entry != s.target and entry.tensor == s.target.tensor:
            yield Edit(label, (For(place.indices, (replace(s, target=entry),)),))
