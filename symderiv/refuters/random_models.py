"""Random finite models of a context: index sets of few elements, rational values, distributions with zeros in them.

Models are proposals; whether the hypotheses hold in one is for the evaluator to say.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import prod
from random import Random
from typing import Any

from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.facts import definitions_of
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.terms import (
    REAL,
    Apply,
    Bound,
    Entry,
    Forall,
    Gather,
    Index,
    Number,
    Reduce,
    Relation,
    Size,
    Symbol,
    Term,
    key,
)
from symderiv.language.families import agreeing, are_known
from symderiv.language.heads import without_weights
from symderiv.language.index_values import is_region, is_value_tensor, is_weights, values_of_elements, weights
from symderiv.refuters.determinant_values import Determinants, can_have_values, determinants_in, with_determinants
from symderiv.refuters.infinite import have_no_models
from symderiv.refuters.linear import LinearEquations
from symderiv.refuters.numbers import solved
from symderiv.refuters.spaces import COUPLINGS, space_of

CONSTANTS = {r"\pi": Fraction(355, 113)}
"""Values for names that most often stand for constants; whoever means a probability by pi finds others as well."""
OFTEN = 0.7

INTERPRETED = frozenset({"exp", "log", "abs", "max", "min", "power", "gamma", "digamma", "sin", "cos", "step"})


Names = tuple[tuple[tuple[str, Any], ...], ...]
"""The names of a signature by their kinds, with what is known of each, as data that can be compared."""


@dataclass
class Signature:
    """The names in a set of terms that a model must give values to."""

    domains: dict[str, None] = field(default_factory=dict)
    symbols: dict[str, None] = field(default_factory=dict)
    tensors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    indices: dict[str, str] = field(default_factory=dict)
    gathers: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    functions: dict[str, None] = field(default_factory=dict)
    _visited: set[tuple[Term, tuple[str, ...]]] = field(default_factory=set)

    def visit(self, term: Term, binders: tuple[str, ...] = ()) -> None:
        """Adds the names in a term; `binders` are the domains of the binders around it."""
        if (term, binders) in self._visited:
            return
        self._visited.add((term, binders))
        match term:
            case Index(name, domain):
                self.indices[name] = domain
                self.domains[domain] = None
            case Size(domain):
                self.domains[domain] = None
            case Symbol(name):
                self.symbols[name] = None
            case Entry(tensor, indices):
                self.tensors[tensor] = tuple(_domain(i, binders) for i in indices)
            case Gather(name, domain, indices):
                self.gathers[name] = (tuple(_domain(i, binders) for i in indices), domain)
                self.domains[domain] = None
            case Apply(function, _) if function not in INTERPRETED:
                self.functions[function] = None
            case Reduce(_, domain, body) | Forall(domain, body):
                if domain != REAL:
                    self.domains[domain] = None
                self.visit(body, (*binders, domain))
                return
            case _:
                pass
        for child in term.children:
            self.visit(child, binders)

    @property
    def can_be_drawn(self) -> bool:
        """True where every name can be given a value: functions without interpretation cannot."""
        return not self.functions and can_have_values(self.symbols, self.tensors) and are_known(self.tensors)

    @property
    def names(self) -> Names:
        """All that models of it depend on."""
        own = (self.domains, self.symbols, self.tensors, self.indices, self.gathers)
        return tuple(tuple(part.items()) for part in own)


def signature_of(terms: Iterable[Term]) -> Signature:
    """The names in some terms."""
    found = Signature()
    for term in terms:
        found.visit(term)
    return found


def signature_with(names: Names) -> Signature:
    """The signature that has some names, in their order."""
    domains, symbols, tensors, indices, gathers = map(dict, names)
    return Signature(domains, symbols, tensors, indices, gathers)


def _domain(index: Term, binders: tuple[str, ...]) -> str:
    if isinstance(index, Index | Gather):
        return index.domain
    return binders[-1 - index.position] if isinstance(index, Bound) else REAL


@dataclass(frozen=True)
class Normalised:
    """A tensor whose sums over its first `summed` axes are 1."""

    tensor: str
    summed: int


def _normalised(hypotheses: Iterable[Term]) -> dict[str, Normalised]:
    """The tensors that the hypotheses say to be distributions, and not what they are, as of marginals."""
    stated = tuple(hypotheses)
    defined = definitions_of(stated)
    found: dict[str, Normalised] = {}
    for hypothesis in stated:
        body = hypothesis
        while isinstance(body, Forall):
            body = body.body
        if isinstance(body, Relation) and body.kind == "=" and isinstance(body.left, Reduce):
            inner, summed = body.left, 0
            current: Term = inner
            while isinstance(current, Reduce) and current.kind == "sum":
                current, summed = current.body, summed + 1
            current = without_weights(current)
            if isinstance(current, Entry) and current.tensor not in defined:
                found[current.tensor] = Normalised(current.tensor, summed)
    return found


PROPOSALS = 60
"""The least number of models that are proposed in all."""
ARRANGED = 2
"""Models that are proposed for each way in which random variables go together."""


def elements(sizes: Iterable[int]) -> Iterable[tuple[int, ...]]:
    """All combinations of elements of index sets of the given sizes."""
    return product(*(range(size) for size in sizes))


def size_choices(domains: Iterable[str], largest: int = 3) -> Iterator[dict[str, int]]:
    """Sizes for the index sets, the smallest first."""
    names = sorted(domains)
    choices = sorted(product(range(1, largest + 1), repeat=min(len(names), 6)), key=lambda c: (sum(c), c))
    for choice in choices:
        sizes = dict(zip(names, choice, strict=False))
        yield {name: sizes.get(name, 2) for name in names}


def random_model(
    signature: Signature, hypotheses: Iterable[Term], sizes: dict[str, int], random: Random, *, even: bool = False
) -> Model:
    """A model of the given sizes; distributions are normalised, other values are small rationals of either sign.

    In an `even` one weights are equal and values 1 or -1, so that a mean can be 0 and a variance 1.
    """
    defined, distributions, above = _said(tuple(hypotheses))
    spread = _sign if even else random.choice(SPREADS)

    def value(name: str) -> Fraction:
        if name in CONSTANTS and random.random() < OFTEN:
            return CONSTANTS[name]
        drawn = spread(random)
        return (abs(drawn) or Fraction(1)) if name in above else drawn

    tensors = {name: _widths(sizes[axes[0]], random) for name, axes in signature.tensors.items() if is_weights(name)}
    for name, axes in signature.tensors.items():
        if name in defined or name in tensors:
            continue
        shape = [sizes[axis] for axis in axes]
        values = _values(name, shape[0], random) if is_value_tensor(name) else None
        if values is not None:
            tensors[name] = {(place,): value for place, value in enumerate(values)}
        elif name in distributions:
            summed = distributions[name].summed
            widths = [tensors.get(weights(axis), {}) for axis in axes[:summed]]
            tensors[name] = _distribution(shape, summed, random, widths, even=even)
        else:
            tensors[name] = {place: value(name) for place in elements(shape)}
    return Model(
        sizes=sizes,
        symbols={name: value(name) for name in signature.symbols if name not in defined},
        tensors=agreeing(tensors),
        indices={name: random.randrange(sizes[domain]) for name, domain in signature.indices.items()},
        gathers={
            name: {place: random.randrange(sizes[domain]) for place in elements([sizes[a] for a in axes])}
            for name, (axes, domain) in signature.gathers.items()
        },
    )


@lru_cache(maxsize=1 << 6)
def _said(stated: tuple[Term, ...]) -> tuple[Container[str], Mapping[str, Normalised], frozenset[str]]:
    """The names that are defined, the distributions, and what is positive; many models are proposed for the same."""
    return definitions_of(stated), _normalised(stated), positive_names(stated)


def _values(name: str, size: int, random: Random) -> tuple[Fraction, ...] | None:
    """The values of an index set where it says them, and often the whole numbers where it does not."""
    known = values_of_elements(name, size)
    if known is not None or is_region(name) or random.random() > OFTEN:
        return known
    return tuple(Fraction(place) for place in range(size))


def _positive(random: Random) -> Fraction:
    return Fraction(random.randint(1, 4), random.choice((1, 1, 1, 2, 3)))


def _signed(random: Random) -> Fraction:
    return Fraction(random.randint(-3, 3), random.choice((1, 1, 2)))


def _unit(random: Random) -> Fraction:
    return Fraction(random.randint(1, 3), 4)


def _wide(random: Random) -> Fraction:
    return Fraction(random.randint(-40, 40), random.choice((1, 2, 9)))


EVEN = 2
"""The largest index sets of even models."""


def _sign(random: Random) -> Fraction:
    return Fraction(random.choice((-1, 1)))


SPREADS = (_positive, _positive, _signed, _signed, _signed, _unit, _wide)
"""Where the values of one model are drawn from: half of the time they have either sign."""


def positive_names(hypotheses: Iterable[Term]) -> frozenset[str]:
    """The numbers and tensors that the hypotheses say to be positive."""
    found: set[str] = set()
    for hypothesis in hypotheses:
        body = hypothesis
        while isinstance(body, Forall):
            body = body.body
        match body:
            case Relation("<", Number(bound), Symbol(name) | Entry(name, _)) if bound == 0:
                found.add(name)
            case _:
                pass
    return frozenset(found)


Table = dict[tuple[int, ...], Fraction]


def _widths(size: int, random: Random) -> Table:
    """The widths of intervals on which densities are constant, so that integrals are sums."""
    width = random.choice((Fraction(1), Fraction(1), Fraction(1, 2)))
    return {(place,): width for place in range(size)}


def _distribution(shape: list[int], summed: int, random: Random, widths: Sequence[Table], *, even: bool) -> Table:
    """Weights that sum to 1 over the first axes for every choice of the others, some of them 0.

    With the widths of intervals for axes of densities; an axis without any has none.
    """
    table: Table = {}
    zeros = random.choice((0, 0, 1))
    for given in elements(shape[summed:]):
        outcomes = list(elements(shape[:summed]))
        drawn = [1 if even else random.randint(1 - zeros, 4) for _ in outcomes]
        if not any(drawn):
            drawn[random.randrange(len(drawn))] = 1
        for outcome, weight in zip(outcomes, drawn, strict=True):
            size = prod(
                (width[place,] for width, place in zip(widths, outcome, strict=True) if width), start=Fraction(1)
            )
            table[(*outcome, *given)] = Fraction(weight, sum(drawn)) / size
    return table


def telling_sizes(domains: Iterable[str]) -> list[dict[str, int]]:
    """Sizes at which most false statements can be seen to be false: unequal where the index sets are few, then 2, 1."""
    names = sorted(domains)
    unequal = [
        {name: sizes[place] if len(names) <= 3 else 2 for place, name in enumerate(names)}
        for sizes in ((3, 2, 4), (2, 3, 2))
    ]
    return [*unequal, dict.fromkeys(names, 2), dict.fromkeys(names, 1)]


def models(
    hypotheses: Iterable[Term], terms: Iterable[Term], random: Random, tries: int
) -> Iterator[tuple[Model, Evaluator]]:
    """Models in which all hypotheses hold, smaller ones first; `tries` proposals for every choice of sizes.

    At least `PROPOSALS` models are proposed in all.
    """
    stated = sorted(hypotheses, key=key)
    signature = signature_of((*terms, *stated))
    if signature.can_be_drawn:
        choices = list(size_choices(signature.domains))
        yield from drawn_models(stated, signature, random, choices, max(tries, PROPOSALS // len(choices)))


def drawn_models(
    stated: Sequence[Term], signature: Signature, random: Random, choices: Sequence[dict[str, int]], tries: int
) -> Iterator[tuple[Model, Evaluator]]:
    """Models in which all that is stated holds; `tries` proposals for each choice of sizes."""
    if have_no_models(stated):
        return
    determinants = determinants_in(signature.symbols, signature.tensors)
    equations = LinearEquations(stated)
    doubtful, found = list(stated), False
    # Even models come last, where no other was found: they satisfy more equations, and tell less apart.
    small = [sizes for sizes in choices if max(sizes.values(), default=1) <= EVEN]
    for even, sizes in (*((False, sizes) for sizes in choices), *((True, sizes) for sizes in small)):
        for _ in range(0 if even and found else tries):
            drawn = random_model(signature, stated, sizes, random, even=even)
            model = _with_equations(drawn, stated, determinants, equations)
            if model is None:
                continue
            evaluator = Evaluator(model, stated)
            if satisfies(evaluator, doubtful):
                found = True
                yield model, evaluator
    gathers = [(name, axes) for name, (axes, _) in signature.gathers.items()]
    space = space_of(signature.tensors, gathers, list(_normalised(stated)), stated)
    if space is None:
        return
    for sizes in space.sizes(signature.domains):
        for coupling in COUPLINGS * ARRANGED:
            drawn = random_model(signature, stated, sizes, random)
            model = space.arranged(drawn, stated, coupling, random)
            if model is None:
                continue
            model = solved(model, stated)
            evaluator = Evaluator(model, stated)
            if satisfies(evaluator, doubtful):
                yield model, evaluator


def _with_equations(
    model: Model, stated: Sequence[Term], determinants: Determinants, equations: LinearEquations
) -> Model | None:
    """The model with other values for some names, so that more of the equations hold."""
    model = equations.solved(solved(model, stated, determinants))
    found = with_determinants(model, stated, determinants)
    return solved(found, stated, determinants) if determinants and found is not None else found


def with_own_determinants(model: Model, goal: Sequent) -> Model | None:
    """The model with the determinants that its matrices have; None where one has no value, or could not be computed."""
    wanted, stated = _determinants_of(goal)
    return None if wanted is None else with_determinants(model, stated, wanted)


@lru_cache(maxsize=1 << 6)
def _determinants_of(goal: Sequent) -> tuple[Determinants | None, Sequence[Term]]:
    """The determinants in a goal, None where one can have no value, and what is stated in its order."""
    stated = sorted(goal.hypotheses, key=key)
    signature = signature_of((goal.conclusion, *stated))
    can_be_had = can_have_values(signature.symbols, signature.tensors)
    return (determinants_in(signature.symbols, signature.tensors) if can_be_had else None), stated


def satisfies(evaluator: Evaluator, hypotheses: list[Term]) -> bool:
    """Whether all hypotheses hold.  One that does not comes first the next time: it seldom holds in the next model."""
    for place, hypothesis in enumerate(hypotheses):
        if not _is_so(evaluator, hypothesis):
            hypotheses.insert(0, hypotheses.pop(place))
            return False
    return True


def _is_so(evaluator: Evaluator, hypothesis: Term) -> bool:
    try:
        return evaluator.defines(hypothesis) or _holds(evaluator, hypothesis, ())
    except (Rejected, Undefined):
        return False


def _holds(evaluator: Evaluator, proposition: Term, bound: tuple[int, ...]) -> bool:
    """Whether a proposition is true, without a look at other elements where it is not for one."""
    match proposition:
        case Forall(domain, body) if domain != REAL:
            return all(_holds(evaluator, body, (*bound, element)) for element in range(evaluator.size(domain)))
        case _:
            return evaluator.holds(proposition, bound) is True
