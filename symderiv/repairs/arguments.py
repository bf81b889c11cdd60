"""Arguments that are swapped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sympy import Expr, latex

from symderiv.language.probability import CrossEntropy
from symderiv.language.written import LanguageError, Times
from symderiv.model.statement import Proposition
from symderiv.repairs.edit import QUANTITIES, Edit, Edits, everywhere, instead, places, put, sides


def edits(proposition: Proposition, left_too: bool) -> Iterator[Edit]:
    """Divergences the other way round, products in another order, which matters for matrices, and quantities."""
    yield from everywhere(proposition, left_too, _change)
    for side, rebuild in sides(proposition, left_too):
        present = [(path, part) for path, part in places(side) if isinstance(part, QUANTITIES)]
        for (path, one), (other_path, other) in combinations(present, 2):
            if one != other:
                words = f"with ${latex(one)}$ and ${latex(other)}$ exchanged"
                yield Edit(rebuild(put(put(side, path, other), other_path, one)), words)


def _change(part: Expr) -> Iterator[tuple[Expr, str]]:
    try:
        if isinstance(part, CrossEntropy):
            other = type(part)(part.args[1], part.args[0])
            yield other, instead(other, part)
    except LanguageError:
        return
    if isinstance(part, Times):
        for number in range(len(part.args) - 1):
            one, two = part.args[number : number + 2]
            swapped = Times(*part.args[:number], two, one, *part.args[number + 2 :])
            yield swapped, instead(swapped, part)


EDITS = Edits("arguments", cost=9, of=edits)
