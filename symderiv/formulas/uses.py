"""Where distributions are used, and what can be told from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from symderiv.formulas.declarations import arguments
from symderiv.formulas.notation import PROBABILITIES, Notation
from symderiv.formulas.source import Ambiguous, Source
from symderiv.formulas.tree import Angles, Applied, Average, Function, Integral, Name, Node, Product, Sides, Total, walk

Place = tuple[Source, Node]
"""A part of a formula, with the source that it stands in."""


@dataclass(frozen=True)
class Used:
    """One application of a distribution: the names before and after the bar, and where it stands."""

    source: Source
    node: Node
    before: tuple[str, ...]
    after: tuple[str, ...]


def used(source: Source, node: Node) -> Used:
    """An application of a name to names."""
    before, after = arguments(node) or ((), ())
    return Used(source, node, tuple(n.text for n in before), tuple(n.text for n in after))


def distribution_names(
    notation: Notation, places: Sequence[Place], declared: set[str], *, integrals: bool = False
) -> set[str]:
    """The names that stand for distributions, by declaration or because nothing else could stand there.

    Where `integrals` tell as much as sums, what stands below one is one too.
    """
    found = set(declared)
    for _, node in places:
        found.update(_evident(notation, node))
    for _, node in places:
        if isinstance(node, Sides) and isinstance(node.sides[0], Applied) and arguments(node.sides[0]):
            factors = [head.text for side in node.sides[1:] for head in _factors(side, applied=True)]
            if factors and set(factors) <= found:
                found.add(node.sides[0].head.text)
    variables = _variables(places, found)
    if integrals:
        variables |= {n.text for _, node in places if isinstance(node, Integral) for n in node.over}
    for _, node in places:
        if isinstance(node, Applied) and node.head.base in PROBABILITIES and (names := arguments(node)):
            found.update({node.head.text} if all(n.text in variables for part in names for n in part) else ())
    notation.quantities = {name for _, node in places for name in _defined_by_logarithms(node, found)} - declared
    found -= notation.quantities
    return {name for name in found if name in declared or not notation.declared(name)}


def _defined_by_logarithms(node: Node, distributions: set[str]) -> Iterator[str]:
    """The name of what is said to be something with a logarithm of a distribution in it, so that it is none itself."""
    if not isinstance(node, Sides) or node.signs[0] != "=" or not isinstance(node.sides[0], Applied):
        return
    head = node.sides[0].head
    logarithms = [part for part in walk(node.sides[1]) if isinstance(part, Function) and part.word == "ln"]
    calls = [part for inner in logarithms for part in walk(inner.body) if isinstance(part, Applied)]
    if any(call.head.text in distributions - {head.text} for call in calls):
        yield head.text


def _evident(notation: Notation, node: Node) -> Iterator[str]:
    """The names that this part alone shows to be distributions."""
    if isinstance(node, Average):
        yield from (head.text for draw in node.draws for head in _factors(draw.weight))
    if isinstance(node, Angles) and node.weight is not None:
        yield from (head.text for head in _factors(node.weight, applied=True))
    if not isinstance(node, Applied):
        return
    quantity, names = notation.quantity(node.head), arguments(node)
    if quantity in ("H", "KL"):
        parts = (part for part in (*node.before, *node.after) if quantity == "KL" or not _is_of_random(part))
        yield from (head.text for part in parts for head in _factors(part, applied=True))
    elif not quantity and names and (node.bar or (len(names[0]) > 1 and node.head.base in PROBABILITIES)):
        yield node.head.text


def _is_of_random(node: Node) -> bool:
    """True of the `f(X)` in `H(f(X))`: a function of a random variable, of which it is the entropy."""
    if not isinstance(node, Applied) or node.head.base in PROBABILITIES:
        return False
    return bool(node.before) and all(isinstance(n, Name) and n.base.isupper() for n in (*node.before, *node.after))


def _factors(node: Node, *, applied: bool = False) -> Iterator[Name]:
    """The names of the distributions in a product of them."""
    for factor in node.factors if isinstance(node, Product) else (node,):
        if isinstance(factor, Applied) and arguments(factor):
            yield factor.head
        elif isinstance(factor, Name) and not applied:
            yield factor


def _variables(places: Sequence[Place], heads: set[str]) -> set[str]:
    """The names to which distributions are applied, those that are drawn, and those that sums run over."""
    found = {n.text for _, node in places if isinstance(node, Average) for draw in node.draws for n in draw.names}
    found |= {n.text for _, node in places if isinstance(node, Total) for n in node.over}
    for _, node in places:
        if isinstance(node, Applied) and node.head.text in heads:
            found.update(n.text for part in arguments(node) or () for n in part)
    return found


def uses_of(places: Sequence[Place], heads: set[str]) -> dict[str, list[Used]]:
    r"""Every application of every distribution; a name alone after `\sim` is applied to what is drawn."""
    uses: dict[str, list[Used]] = {}
    for source, node in places:
        if isinstance(node, Applied) and node.head.text in heads and arguments(node):
            uses.setdefault(node.head.text, []).append(used(source, node))
        for draw in node.draws if isinstance(node, Average) else ():
            if isinstance(draw.weight, Name) and draw.weight.text in heads:
                names = tuple(n.text for n in draw.names)
                uses.setdefault(draw.weight.text, []).append(Used(source, draw, names, ()))
    return uses


def axes_of(name: str, uses: Sequence[Used]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a distribution is a distribution of: its largest use; a conditional where it is used in no other way.

    Raises:
        Ambiguous: its largest use does not cover the others.
    """
    seen = {n for use in uses for n in (*use.before, *use.after)}

    def axis(text: str) -> str:
        return text.rstrip("'") if text.rstrip("'") in seen else text

    def reach(use: Used) -> frozenset[str]:
        return frozenset(map(axis, (*use.before, *use.after)))

    for use in uses:
        if len(reach(use)) < len(use.before) + len(use.after):
            raise _unclear(name, use)
    first = uses[0]
    forms = {(frozenset(map(axis, use.before)), frozenset(map(axis, use.after))) for use in uses}
    if len(forms) == 1 and first.after:
        return tuple(map(axis, first.before)), tuple(map(axis, first.after))
    whole = max(uses, key=lambda use: (len(reach(use)), not use.after))
    for use in uses:
        if not reach(use) <= reach(whole):
            raise _unclear(name, use)
    return tuple(map(axis, (*whole.after, *whole.before))), ()


def _unclear(name: str, use: Used) -> Ambiguous:
    place = use.source.span(use.node.start, use.node.end)
    hint = f"say which they are: let {name}(x,y) be a distribution"
    return Ambiguous(place, f"{name} is used as a distribution of different variables", hint)
