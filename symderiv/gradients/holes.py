"""The smallest change of one part of one backward loop after which all gradients are right, by numbers.

Each part of a loop is taken out, and everything that could stand there is tried at once: the part with another sign,
index, tensor, power or function, without a factor or term, or with one more.  What is found is ordered by how much is
changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial
from itertools import islice
from math import prod

import numpy as np

from symderiv.gradients.batches import Trials, hole, readers_of
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
    reads,
)
from symderiv.model.program import Comparison as Compared

CELLS = 300_000
"""Numbers that are computed at once."""
MOST = 6_000_000
"""Numbers that are computed for one program."""
PAIRED = 40
"""Factors of which all products of two are tried."""
DEEPER = 0.01
"""How much less a change is expected for each part around it."""

STOCK = 60_000
"""Numbers of everything that can stand in one place."""
KEPT = 20
"""Changes of one statement that are looked at further."""

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
    """Something that could stand in the place of a part: how it is called, and how much is changed."""

    label: str
    cost: float
    value: Callable[[], Expression]


@dataclass
class Stock:
    """Expressions at some indices, with their values on each run, and what they read."""

    found: list[Expression]
    sizes: list[float]
    numbers: list[Array]
    reads: list[frozenset[str]]

    def apart_from(self, tensors: frozenset[str]) -> Stock:
        """The expressions that read none of some tensors."""
        kept = [n for n, names in enumerate(self.reads) if names.isdisjoint(tensors)]
        if len(kept) == len(self.reads):
            return self
        found, sizes = ([self.found[n] for n in kept], [self.sizes[n] for n in kept])
        return Stock(found, sizes, [array[kept] for array in self.numbers], [self.reads[n] for n in kept])

    @cached_property
    def products(self) -> Stock:
        """Products of two of the first ones."""
        count = min(len(self.found), PAIRED)
        one, other = np.triu_indices(count, 1)
        places = [*zip(one.tolist(), other.tolist(), strict=True)]
        pairs: list[Expression] = [Product((self.found[n], self.found[m])) for n, m in places]
        sizes = [0.3 + self.sizes[n] + self.sizes[m] for n, m in places]
        with np.errstate(all="ignore"):
            numbers = [array[one] * array[other] for array in self.numbers]
        return Stock(pairs, sizes, numbers, [self.reads[n] | self.reads[m] for n, m in places])


Batched = tuple[list[Choice], list[Array]]
"""Choices, and their values on each run, one after the other."""
Single = tuple[str, float, Expression]


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
        self.program = program
        self.trials = [Trials(run, right) for run in runs]
        self.pool = Pool(program)
        self.spent = 0
        self._stocks: dict[tuple[str, ...], Stock] = {}
        self._sums: dict[tuple[str, ...], Stock] = {}

    def changes(self, found: Sequence[Place], is_wide: bool) -> list[Change]:
        """What mends the program, the smallest changes first; `is_wide` ones put in products and sums."""
        self.spent = 0
        result: list[Change] = []
        for place in found:
            result += islice(sorted(self._of(place, is_wide), key=lambda change: change.cost), KEPT)
        return sorted(result, key=lambda change: change.cost)

    def _of(self, place: Place, is_wide: bool) -> Iterator[Change]:
        s = place.statement
        reached = self.trials[0].reached(s.target.tensor)
        if not all(trial.can_mend(reached) for trial in self.trials):
            return
        later = frozenset() if place.loops else readers_of(self.program, s.target.tensor)
        unknown = later | (reached - self.trials[0].right)
        scope = (*place.indices, *(loop.index for loop in place.loops))
        for part in parts_of(s.value, scope):
            if self.spent > MOST:
                return
            for beside, batch in self._tries(place, part, unknown, is_wide):
                for choice in self._succeeding(place, reached, beside, batch):
                    yield self._change(place, beside, choice)

    def of_recurrences(self, found: Sequence[Place]) -> Iterator[tuple[int, Edit]]:
        """Statements of sequential loops with an entry more, or another one, that is computed from them in turn."""
        for place in found if any(place.loops for place in found) else ():
            s = place.statement
            unknown = self.trials[0].reached(s.target.tensor) - self.trials[0].right
            scope = (*place.indices, *(loop.index for loop in place.loops))
            entries = [entry for entry in self.pool.entries(scope) if entry.tensor in unknown]
            for part in parts_of(s.value, scope) if place.loops else ():
                for entry in entries:
                    changed = [product((entry, part.what))] if part.around is None else []
                    for value in [*changed, entry] if isinstance(part.what, Read) else changed:
                        node = For(place.indices, (replace(s, value=tidied(part.rebuilt(value))),))
                        yield s.number, Edit("a factor is missing" if value in changed else "a tensor in it", (node,))

    def _stock(self, scope: tuple[str, ...], unknown: frozenset[str], is_wide: bool) -> Stock:
        """What can be put in at some indices."""
        if scope not in self._stocks:
            self._stocks[scope] = self._valued(self.pool.factors(scope), scope)
        plain = self._stocks[scope].apart_from(unknown)
        if not is_wide:
            return plain
        if scope not in self._sums:
            self._sums[scope] = self._valued(self.pool.sums(scope), scope)
        sums, pairs = self._sums[scope].apart_from(unknown), plain.products
        numbers = [np.concatenate(both) for both in zip(sums.numbers, pairs.numbers, strict=True)]
        return Stock(sums.found + pairs.found, sums.sizes + pairs.sizes, numbers, sums.reads + pairs.reads)

    def _valued(self, found: Iterable[Expression], scope: tuple[str, ...]) -> Stock:
        """Expressions with their values, without those that have none or are equal to others."""
        kept: list[Expression] = []
        columns: list[list[Array]] = []
        names: list[frozenset[str]] = []
        seen: set[bytes] = set()
        room = STOCK // max(prod(self._extents(n, scope)) for n in range(len(self.trials)))
        for expression in found:
            if len(kept) >= room:
                break
            numbers = [trial.values(expression, scope) for trial in self.trials]
            known = [array for array in numbers if array is not None and np.all(np.isfinite(array))]
            mark = b"".join(map(_mark, known))
            if len(known) == len(numbers) and mark not in seen:
                seen.add(mark)
                kept.append(expression)
                columns.append(known)
                names.append(frozenset(entry.tensor for entry in reads(expression)))
        stacked = [
            np.array([column[n] for column in columns]).reshape(len(kept), *self._extents(n, scope))
            for n in range(len(self.trials))
        ]
        return Stock(kept, [*map(size_of, kept)], stacked, names)

    def _extents(self, number: int, scope: tuple[str, ...]) -> tuple[int, ...]:
        sizes = self.trials[number].run.data.sizes
        return tuple(sizes[self.program.domains[name]] for name in scope)

    def _tries(
        self, place: Place, part: Part, unknown: frozenset[str], is_wide: bool
    ) -> Iterator[tuple[Part, Batched]]:
        """What can stand in place of a part; where its values depend on what is tried, what can stand beside it."""
        stock = self._stock(part.scope, unknown, is_wide)
        alone = [] if is_wide else [*self._alone(place, part)]
        if all(entry.tensor not in unknown for entry in reads(part.what)):
            own = [trial.values(part.what, part.scope) for trial in self.trials]
            known = [array for array in own if array is not None]
            if len(known) == len(own):
                yield part, _joined([self._batch(alone, part, unknown), *_combined(part, known, stock)])
            return
        if part.around is not Product:
            factor = replace(part, what=ONE, rebuilt=lambda new: part.rebuilt(product((new, part.what))))
            sign = [(alone[0][0], alone[0][1], MINUS_ONE)] if alone else []
            yield factor, _joined([self._batch(sign, factor, unknown), _listed("a factor is missing", 1.0, stock)])
        if part.around is not Sum:
            term = replace(part, what=ZERO, rebuilt=lambda new: part.rebuilt(Sum((part.what, new))))
            yield term, _joined(_added(term, stock, [np.zeros_like(array) for array in stock.numbers]))
        yield part, _joined([self._batch(alone, part, unknown), _listed("a part of it", _of_another(part), stock)])

    def _batch(self, found: Sequence[Single], part: Part, unknown: frozenset[str]) -> Batched:
        """Single expressions with their values."""
        known = [one for one in found if all(entry.tensor not in unknown for entry in reads(one[2]))]
        choices: list[Choice] = []
        columns: list[list[Array]] = []
        for label, cost, value in known:
            numbers = [trial.values(value, part.scope) for trial in self.trials]
            arrays = [array for array in numbers if array is not None]
            if len(arrays) == len(numbers):
                choices.append(Choice(label, cost, partial(_itself, value)))
                columns.append(arrays)
        return choices, [np.array([column[n] for column in columns]) for n in range(len(self.trials))]

    def _succeeding(self, place: Place, reached: frozenset[str], part: Part, batch: Batched) -> Iterator[Choice]:
        """The choices that mend the program, each value once."""
        choices, numbers = batch
        if not choices:
            return
        kept = _distinct(numbers)
        value = part.rebuilt(hole(part.scope))
        for trial, tried in zip(self.trials, numbers, strict=True):
            room = max(1, CELLS // max(1, tried[0].size))
            good: list[int] = []
            for start in range(0, len(kept), room):
                some = kept[start : start + room]
                self.spent += tried[some].size
                found = trial.succeed(place, reached, value, part.scope, tried[some])
                good += [n for n, is_good in zip(some, found, strict=True) if is_good]
            kept = good
            if not kept:
                return
        yield from (choices[n] for n in kept)

    def _change(self, place: Place, part: Part, choice: Choice) -> Change:
        s = place.statement
        value = in_order_of(s.value, tidied(part.rebuilt(choice.value())))
        cost = choice.cost + DEEPER * part.depth + (0.001 if s.target.tensor.endswith(".grad") else 0.01)
        if value == ZERO:
            return Change(cost, s.number, Edit("it is one too many", ()))
        return Change(cost, s.number, Edit(choice.label, (For(place.indices, (replace(s, value=value),)),)))

    def _alone(self, place: Place, part: Part) -> Iterator[Single]:
        """The part changed in itself, left out, or another value of the whole."""
        is_whole = part.around is None
        what = part.what
        yield SIGN if is_whole else "a sign in it", 1.0 if is_whole else 1.02, product((MINUS_ONE, what))
        if part.around is Product or (is_whole and not isinstance(what, Constant)):
            yield "a factor is one too many", 1.1, ONE
        if part.around is Sum:
            yield "a term is one too many", 1.1, ZERO
        if is_whole:
            yield "it is one too many", 1.3, ZERO
            whole = self.pool.whole(place, frozenset(part.scope))
            yield from (("another value is to be added", 1.3, value) for value in whole)
        else:
            yield from self._others(part, bool(place.loops))
        yield "a part of it", 1.4, Sum((ONE, product((MINUS_ONE, what))))
        yield from self._functions(part)

    def _others(self, part: Part, is_sequential: bool) -> Iterator[Single]:
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

    def _functions(self, part: Part) -> Iterator[Single]:
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


def _itself(value: Expression) -> Expression:
    return value


def _combined(part: Part, own: Sequence[Array], stock: Stock) -> Iterator[Batched]:
    """A part with a factor or a term more, or another part in its place."""
    if part.around is not Product:
        choices = [
            Choice("a factor is missing", 1.0 + 0.2 * size, partial(_times, source, part.what))
            for source, size in zip(stock.found, stock.sizes, strict=True)
        ]
        with np.errstate(all="ignore"):
            yield choices, [array * one for array, one in zip(stock.numbers, own, strict=True)]
    if part.around is not Sum:
        yield from _added(part, stock, own)
    yield _listed("a part of it", _of_another(part), stock)


def _times(one: Expression, other: Expression) -> Expression:
    return product((one, other))


def _added(part: Part, stock: Stock, own: Sequence[Array]) -> Iterator[Batched]:
    for sign in (1, -1):
        choices = [
            Choice("a term is missing", 1.1 + 0.2 * size, partial(_plus, part.what, sign, source))
            for source, size in zip(stock.found, stock.sizes, strict=True)
        ]
        yield choices, [one + sign * array for array, one in zip(stock.numbers, own, strict=True)]


def _plus(one: Expression, sign: int, other: Expression) -> Expression:
    return Sum((one, other if sign > 0 else product((MINUS_ONE, other))))


def _listed(label: str, cost: float, stock: Stock) -> Batched:
    sized = zip(stock.found, stock.sizes, strict=True)
    choices = [Choice(label, cost + 0.2 * size, partial(_itself, source)) for source, size in sized]
    return choices, list(stock.numbers)


def _of_another(part: Part) -> float:
    """How much it costs that a part is another one."""
    return 1.1 + 0.1 * size_of(part.what) + (0.3 if part.around is None else 0)


def _joined(batches: Iterable[Batched]) -> Batched:
    """Several batches as one."""
    some = [batch for batch in batches if batch[0]]
    if not some:
        return [], []
    choices = [choice for batch in some for choice in batch[0]]
    return choices, [np.concatenate(arrays) for arrays in zip(*(batch[1] for batch in some), strict=True)]


def _mark(array: Array) -> bytes:
    """What equal values have in common: their first digits, and the same 0."""
    with np.errstate(over="ignore"):
        return (array.astype(np.float32) + 0).tobytes()


def _distinct(numbers: Sequence[Array]) -> list[int]:
    """The positions of values that are finite and differ, of equal ones the first."""
    rows = np.concatenate([array.reshape(len(array), -1) for array in numbers], axis=1)
    finite = np.all(np.isfinite(rows), axis=1)
    seen: set[bytes] = set()
    kept = []
    for n in np.flatnonzero(finite):
        mark = _mark(rows[n])
        if mark not in seen:
            seen.add(mark)
            kept.append(int(n))
    return kept


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


def in_order_of(written: Expression, value: Expression) -> Expression:
    """The value with its factors in the order in which they were written, numbers first, and what is new last."""
    places: dict[Expression, int] = {}
    for place, part in enumerate(parts_of(written, ())):
        places.setdefault(part.what, place)

    def ordered(expression: Expression) -> Expression:
        changed = map_parts(expression, ordered)
        if not isinstance(changed, Product):
            return changed
        return Product(
            tuple(sorted(changed.factors, key=lambda f: (not isinstance(f, Constant), places.get(f, len(places)))))
        )

    return ordered(value)


def other_targets(pool: Pool, place: Place) -> Iterator[Edit]:
    """A statement that adds to other cells, or to another tensor of the same shape."""
    s = place.statement
    scope = (*place.indices, *(loop.index for loop in place.loops))
    for label, entry in other_entries(pool, s.target, scope, bool(place.loops)):
        if entry != s.target and entry.tensor == s.target.tensor:
            yield Edit(label, (For(place.indices, (replace(s, target=entry),)),))
