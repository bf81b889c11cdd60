r"""Means, variances and covariances given something: `E[X \mid Y]`, `E[G_t \mid S_t = s]`.

Each is one under a distribution that is named after its condition, of which nothing else is known, and which depends on
what happens: what is true of all means is true of it, and no variance or mean around it takes it for a constant.  What
stands in the condition is the same for all that is averaged over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr

from symderiv.formulas import tree as t
from symderiv.formulas.averages import MOMENT_TYPES, hides_randomness
from symderiv.formulas.printing import printed
from symderiv.formulas.usage import moment_of
from symderiv.language import indices as i
from symderiv.language import matrices as m
from symderiv.language import random_variables as r
from symderiv.language.probability import Distribution

if TYPE_CHECKING:
    from symderiv.formulas.general import Terms


def is_conditional(node: t.Node) -> bool:
    """True of a moment with a condition."""
    return isinstance(node, t.Applied) and node.bar == "|" and bool(moment_of(node)) and not node.head.lower


def conditional(terms: Terms, node: t.Applied) -> Expr | None:
    """A moment under its condition; None where nothing in it is random, or what it is of is no number."""
    name = moment_of(node)
    if not is_conditional(node) or len(node.before) != (2 if name == "Cov" else 1):
        return None
    fixed = _condition(node)
    parts = [part for body in node.before for part in t.walk(body)]
    # A mean given something else is as random as that.
    others = (part for part in parts if is_conditional(part) and not _condition(part) <= fixed)
    if any(True for _ in others) or any(hides_randomness(terms, body) for body in node.before):
        return None
    names = {part.text for part in parts if isinstance(part, t.Name)}
    random = terms.inside_only | terms.usage.random
    text = ", ".join(map(printed, node.after))
    outcome = i.Variable(rf"\omega_{{\mid {text}}}", rf"\Omega_{{\mid {text}}}")
    space = Distribution(rf"\Pr_{{\mid {text}}}", (outcome,), terms.outcomes, None)
    outside = {known: (terms.sources(known), terms.space) for known in names & fixed & terms.inside_only}
    with terms.averaging({**outside, **dict.fromkeys((names & random) - fixed, ((outcome,), space))}):
        bodies = [terms.expression(body) for body in node.before]
    terms.interpreted = False
    if any(m.shape_of(body) != m.NUMBER or outcome not in r.free_variables(body) for body in bodies):
        return None
    return MOMENT_TYPES[name].build(space, (outcome,), terms.outcomes, bodies)


def _condition(node: t.Node) -> set[str]:
    """The names in the condition of a moment."""
    after = node.after if isinstance(node, t.Applied) else ()
    return {part.text for condition in after for part in t.walk(condition) if isinstance(part, t.Name)}
