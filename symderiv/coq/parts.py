"""The rules that rewrite one factor: a name unfolded, a function taken apart, or its arguments in normal form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symderiv.coq.polynomials import OPENED, Monomial, Polynomial, quoted
from symderiv.coq.quoting import exponents, factored
from symderiv.coq.roots import inverse_root_of, root_of
from symderiv.coq.script import Equation
from symderiv.coq.splits import NOT_SPLIT, exponential_of, inverse_of, logarithm_of
from symderiv.coq.steps import Step
from symderiv.kernel import terms as k

if TYPE_CHECKING:
    from symderiv.coq.reduction import Reducer

OVER_BODIES = {"max": "maxn_ext", "min": "minn_ext", "product": "prodn_ext"}
"""The lemmas by which equal bodies have equal reductions."""


def parts(reducer: Reducer, monomial: Monomial) -> Iterator[Step]:
    """A factor rewritten by what is inside it."""
    for place, factor in enumerate(monomial.factors):
        if isinstance(factor, k.Delta | k.Size):
            continue
        rest = [f for n, f in enumerate(monomial.factors) if n != place]
        yield from _apart(reducer, factor, rest, monomial.bound)
        changed = None if isinstance(factor, k.Symbol | k.Entry) else _with_normal_arguments(reducer, factor)
        if changed is not None:
            yield Step(monomial.bound, tuple(rest), changed)


def _apart(reducer: Reducer, factor: k.Term, rest: list[k.Term], bound: tuple[k.Index, ...]) -> Iterator[Step]:
    signs = reducer.signs
    match factor:
        case k.Symbol(head) | k.Entry(head, _):
            unfolded = signs.unfolded(factor) if head in reducer.unfold else None
            if unfolded is not None:
                yield Step(bound, tuple(rest), Equation(factor, unfolded[1], unfolded[0]))
        case k.Power(base, exponent) if exponent.denominator != 1:
            yield from reducer.guarded(factor, rest, bound, lambda known: root_of(signs, known, base, exponent))
        case k.Power(k.Power(base, inner), exponent) if exponent == -1 and inner.denominator != 1:
            yield from reducer.guarded(factor, rest, bound, lambda known: inverse_root_of(signs, known, base, inner))
        case k.Power(base, exponent) if exponent < 0:
            split = inverse_of(reducer.script.statements, base if exponent == -1 else k.Power(base, -exponent))
            if split.proof != NOT_SPLIT:
                yield Step(bound, tuple(rest), reducer.script.by_term(factor, split.result, split.proof))
        case k.Apply("log", (argument,)):
            yield from reducer.guarded(factor, rest, bound, lambda known: logarithm_of(signs, known, argument))
        case k.Apply("exp", (argument,)):
            yield from reducer.guarded(factor, rest, bound, lambda known: exponential_of(signs, known, argument))
        case _:
            pass


def _with_normal_arguments(reducer: Reducer, factor: k.Term) -> Equation | None:
    """The factor with its first argument that is not in normal form replaced by its normal form."""
    if isinstance(factor, k.Reduce):
        return _with_normal_body(reducer, factor)
    for place, argument in enumerate(factor.children):
        if isinstance(argument, k.Index | k.Gather):
            continue
        total, uses = reducer.normal(argument)
        changed = _argument(factor, total)
        if changed != argument:
            inner = reducer.script.by_uses(argument, changed, uses)
            hole = [k.Bound(0) if n == place else child for n, child in enumerate(factor.children)]
            context = reducer.script.statements.real(k.rebuild(factor, hole), (("v", k.REAL),))
            children = [changed if n == place else child for n, child in enumerate(factor.children)]
            proof = f"f_equal (fun v : R => {context}) {inner.proof}"
            return reducer.script.by_term(factor, k.rebuild(factor, children), proof)
    return None


def _argument(factor: k.Term, total: Polynomial) -> k.Term:
    """A normal form as the argument of a function, in the form in which the function can be taken apart."""
    match factor:
        case k.Power() | k.Apply("log", _):
            return factored(total)
        case k.Apply("exp", _):
            return exponents(total)
        case _:
            return quoted(total) if total else k.ZERO


def _with_normal_body(reducer: Reducer, factor: k.Reduce) -> Equation | None:
    index = k.Index(f"{OPENED}{k.first_unused(OPENED, (factor,))}", factor.domain)
    body = k.instantiate(factor.body, index)
    total, uses = reducer.normal(body)
    changed = quoted(total) if total else k.ZERO
    if changed == body or factor.kind not in OVER_BODIES:
        return None
    inner = reducer.script.by_uses(body, changed, uses)
    size = reducer.script.names("size", factor.domain)
    functions = " ".join(reducer.signs.function(index, side) for side in (body, changed))
    every = f"(fun {reducer.script.binders([index])} => {inner.proof})"
    proof = f"{OVER_BODIES[factor.kind]} {size} {functions} p_{size} {every}"
    return reducer.script.by_term(factor, k.reduce_over(factor.kind, [index], changed), proof)
