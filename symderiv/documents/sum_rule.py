r"""The sum rule for densities that are mere numbers: `p(y) = \int p(y, \mu) \, d\mu`; all values are meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from symderiv.documents.displays import Display
from symderiv.documents.product_rule import Place, place_of
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed

_RESTRICTS = re.compile(
    r"\bintegra\w+\b[^.$]{0,60}\b(?:over|on|from|within|restricted|only|runs?)\b(?!\s+(?:all|the whole|\$\\?\w+\$))"
    r"|\b(?:truncat\w+|unnormali[sz]ed|regions?|domains?)\b",
    re.IGNORECASE,
)
"""What a text says of integrals that are not over all values."""


def are_over_all_values(displays: Iterable[Display], trees: Iterable[t.Node]) -> bool:
    """True of the integrals of a section whose prose says nothing else of them."""
    has_integrals = any(isinstance(node, t.Integral) for tree in trees for node in t.walk(tree))
    prose = (text for display in displays for text in (display.before, display.after))
    return not has_integrals or not any(_RESTRICTS.search(text) for text in prose)


def sum_rules(trees: Iterable[t.Node]) -> Iterator[tuple[t.Node, t.Node]]:
    """Integrals of joint densities without limits, each with the density that is left."""
    for node in (node for tree in trees for node in t.walk(tree)):
        if isinstance(node, t.Integral) and node.lower is None and node.upper is None:
            factors = node.body.factors if isinstance(node.body, t.Product) else (node.body,)
            left = _without({name.text for name in node.over}, factors)
            if left is not None:
                yield node, left


def _without(integrated: set[str], factors: tuple[t.Node, ...]) -> t.Applied | None:
    """The density of what is not integrated, where the factors are a joint density."""
    calls = [factor for factor in factors if isinstance(factor, t.Applied)]
    places = [place for call in calls if (place := place_of(call)) is not None]
    if len(places) != len(factors) or len({call.head.text for call in calls}) != 1:
        return None
    joint = _joint(places)
    if joint is None or not integrated < joint[0]:
        return None
    arguments = {printed(part): part for call in calls for part in (*call.before, *call.after)}
    before, after = (tuple(part for name, part in arguments.items() if name in side) for side in joint)
    kept = tuple(part for part in before if printed(part) not in integrated)
    separators = (",",) * (len(kept) - 1) + (",",) * max(len(after) - 1, 0)
    return replace(calls[0], before=kept, bar="|" if after else "", after=after, separators=separators)


def _joint(places: list[Place]) -> Place | None:
    """What one density is of, or the product of two of which one is given what the other is of."""
    if len(places) == 1:
        return places[0]
    if len(places) != 2:
        return None
    for (part, given), (rest, after) in (places, places[::-1]):
        if given == rest | after and part.isdisjoint(given):
            return part | rest, after
    return None
