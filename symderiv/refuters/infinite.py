r"""Equations that no finite model satisfies but by accident: what integrals and infinite series of formulas are.

In a finite model, the integral of `\lambda e^{-\lambda x}` is a sum of a few exponentials.  That has no rational value
unless all that is chosen for x is 0, and is equal to nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from symderiv.kernel.facts import as_definition, definitions_of
from symderiv.kernel.terms import REAL, Apply, Entry, Forall, Reduce, Relation, Term, subterms
from symderiv.language.index_values import is_infinite, is_value_tensor, is_weights

TRANSCENDENTAL = frozenset({"exp", "log", "power", "sin", "cos", "digamma"})


def have_no_models(stated: Sequence[Term]) -> bool:
    """True where an equation is about an integral or a series of a formula, and does not define a name by it."""
    equations = [proposition for proposition in stated if _is_about_a_formula(proposition)]
    if not equations:
        return False
    defined = definitions_of(stated)
    if defined.is_circular:
        return True
    definitions = map(as_definition, equations)
    return any(definition is None or defined[definition.head] != definition for definition in definitions)


@lru_cache(maxsize=1 << 12)
def _is_about_a_formula(proposition: Term) -> bool:
    while isinstance(proposition, Forall) and proposition.domain != REAL:
        proposition = proposition.body
    is_equation = isinstance(proposition, Relation) and proposition.kind == "="
    return is_equation and any(map(_is_transcendental, _sums_in(proposition)))


def _sums_in(proposition: Term) -> Iterator[Term]:
    """The bodies of the integrals and infinite series."""
    for part in subterms(proposition):
        if isinstance(part, Reduce) and part.kind == "sum" and is_infinite(part.domain):
            yield part.body


def _is_transcendental(body: Term) -> bool:
    """True of a function such as exp of the values in a set, times numbers; a density can be chosen, and is none."""
    parts = list(subterms(body))
    names = (part.tensor for part in parts if isinstance(part, Entry))
    if not all(is_value_tensor(name) or is_weights(name) for name in names):
        return False
    inner = (subterms(part) for part in parts if isinstance(part, Apply) and part.function in TRANSCENDENTAL)
    return any(isinstance(part, Entry) and is_value_tensor(part.tensor) for terms in inner for part in terms)
