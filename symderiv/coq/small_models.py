"""Small models of hypotheses: proposals, evaluated by the kernel's evaluator before Coq is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, islice
from random import Random

from symderiv.coq.errors import Unproved
from symderiv.coq.names import INTERPRETED
from symderiv.kernel import terms as k
from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.facts import Definitions, definitions_of, heads
from symderiv.kernel.models import Evaluator, Model
from symderiv.refuters.numbers import solved
from symderiv.refuters.random_models import Signature, elements, random_model, size_choices

SIZES, MENDED, TRIED, DRAWN = 2, 30, 6, 24
"""Choices of sizes; for each, numbers that are mended, and candidates for each of them; models that are drawn."""

SAMPLES = (Fraction(0), Fraction(1), Fraction(-3, 2))
"""Real numbers at which quantified hypotheses are tried."""

Place = tuple[str, tuple[int, ...]]
"""A number of a model: its name, and its place in a tensor."""


def model_of(hypotheses: Sequence[k.Term]) -> tuple[Model, int]:
    """A model of the hypotheses, and the value, 0 or 1, that all functions which are not interpreted have in it.

    What ranges over all real numbers is tried at a few; it is for Coq to decide.

    Raises:
        Unproved: none was found.
    """
    for constant in (0, 1):
        model = _found([_at_samples(_with_constant(p, constant)) for p in hypotheses])
        if model is not None:
            return model, constant
    raise Unproved("no values were found at which the hypotheses hold")


def _found(sampled: Sequence[Sequence[k.Term]]) -> Model | None:
    stated = [proposition for instances in sampled for proposition in instances]
    signature = Signature()
    for term in stated:
        signature.visit(term)
    of_sizes = [p for p in stated if not heads(p)]
    fitting = (s for s in size_choices(signature.domains) if not _failing(Model(sizes=s), of_sizes))
    for sizes in islice(fitting, SIZES):
        for model in chain(_zeros_and_ones(signature, stated, sizes), _random(signature, stated, sizes)):
            if not _failing(model, stated):
                return model
    return None


def _random(signature: Signature, stated: Sequence[k.Term], sizes: dict[str, int]) -> Iterator[Model]:
    random = Random(0)
    for _ in range(DRAWN):
        yield solved(random_model(signature, stated, sizes, random), stated)


def _zeros_and_ones(signature: Signature, stated: Sequence[k.Term], sizes: Mapping[str, int]) -> Iterator[Model]:
    """Models in which all numbers are 0 or 1: first 1, then what fails is mended, one number at a time."""
    defined, random = definitions_of(stated), Random(0)
    places: list[Place] = [(name, ()) for name in signature.symbols if name not in defined]
    for name, axes in signature.tensors.items():
        if name not in defined:
            places += [(name, place) for place in elements([sizes[axis] for axis in axes])]
    table = dict.fromkeys(places, Fraction(1))
    for _ in range(MENDED):
        model = _filled(signature, sizes, table)
        yield model
        failing = _failing(model, stated)
        reached = _reached(random.sample(failing, min(len(failing), 1)), defined)
        candidates = [place for place in places if place[0] in reached]
        if not candidates:
            return
        changed = [
            table | {place: 1 - table[place]} for place in random.sample(candidates, min(len(candidates), TRIED))
        ]
        table = min(changed, key=lambda one: (len(_failing(_filled(signature, sizes, one), stated)), random.random()))


def _filled(signature: Signature, sizes: Mapping[str, int], table: Mapping[Place, Fraction]) -> Model:
    tensors: dict[str, dict[tuple[int, ...], Fraction]] = {}
    for (name, place), value in table.items():
        if place:
            tensors.setdefault(name, {})[place] = value
    return Model(
        sizes=sizes,
        symbols={name: value for (name, place), value in table.items() if not place},
        tensors=tensors,
        indices=dict.fromkeys(signature.indices, 0),
        gathers={
            name: dict.fromkeys(elements([sizes[axis] for axis in axes]), 0)
            for name, (axes, _) in signature.gathers.items()
        },
    )


def _reached(propositions: Sequence[k.Term], defined: Definitions) -> set[str]:
    """The names that some propositions speak of, also by way of definitions."""
    found: set[str] = set()
    pending = {head for proposition in propositions for head in heads(proposition)}
    while pending:
        head = pending.pop()
        found.add(head)
        if head in defined:
            pending |= heads(defined[head].body) - found
    return found


def _failing(model: Model, stated: Sequence[k.Term]) -> list[k.Term]:
    """The propositions that are not known to hold in a model."""
    evaluator = Evaluator(model, stated)
    failing = []
    for proposition in stated:
        try:
            if not evaluator.defines(proposition) and evaluator.holds(proposition) is not True:
                failing.append(proposition)
        except (Rejected, Undefined):
            failing.append(proposition)
    return failing


def _with_constant(term: k.Term, constant: int) -> k.Term:
    """The term with a number for the values of functions that are not interpreted."""
    if isinstance(term, k.Apply) and term.function not in (*INTERPRETED, "max", "min"):
        return k.number(constant)
    return k.rebuild(term, [_with_constant(child, constant) for child in term.children]) if term.children else term


def _at_samples(proposition: k.Term) -> list[k.Term]:
    """Instances of what begins with quantifiers over the real numbers."""
    if isinstance(proposition, k.Forall) and proposition.domain == k.REAL:
        instances = [k.instantiate(proposition.body, k.number(value)) for value in SAMPLES]
        return [inner for instance in instances for inner in _at_samples(instance)]
    return [proposition]
