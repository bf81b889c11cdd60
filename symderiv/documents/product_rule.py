r"""The product rule for probabilities that are mere numbers: `p(x, m_i \mid y) = p(x \mid m_i, y) p(m_i \mid y)`.

In the language of probability it holds by itself.  Elsewhere a letter for probabilities before brackets stands for some
number, and what is known of these numbers is the rule for those that a relation speaks of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from symderiv.formulas import tree as t
from symderiv.formulas.notation import PROBABILITIES
from symderiv.formulas.printing import printed

Names = frozenset[str]


Place = tuple[Names, Names]
"""The names before and behind the bar."""


def product_rules(calls: Iterable[t.Applied]) -> Iterator[tuple[t.Node, t.Node]]:
    """What are equal by the rule, among some calls: a joint probability and products that are it."""
    known: dict[str, dict[Place, t.Applied]] = defaultdict(dict)
    for call in calls:
        place = place_of(call)
        if place is not None:
            known[call.head.text].setdefault(place, call)
    for found in known.values():
        joint: dict[Place, list[t.Node]] = {place: [call] for place, call in found.items()}
        for (part, given), conditional in found.items():
            for (rest, after), marginal in found.items():
                if given == rest | after and part.isdisjoint(rest | after):
                    both = t.Product(conditional.start, marginal.end, (conditional, marginal))
                    joint.setdefault((part | rest, after), []).append(both)
        for first, *others in joint.values():
            yield from ((first, other) for other in others)


def place_of(call: t.Applied) -> Place | None:
    """What stands before and behind the bar; None of what is no probability."""
    if call.head.base not in PROBABILITIES or call.bar not in ("", "|") or not set(call.separators) <= {","}:
        return None
    before, after = (frozenset(map(printed, side)) for side in (call.before, call.after))
    is_sound = len(before) == len(call.before) and len(after) == len(call.after) and before.isdisjoint(after)
    return (before, after) if before and is_sound else None
