"""What a statement says of dependence: functions by their values, and names that are differentiated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sympy import Basic, Expr

from symderiv.language import indices as i
from symderiv.language import matrices as m
from symderiv.language import quantities as q
from symderiv.language import written as w
from symderiv.model.statement import Proposition, Relation, Statement

DERIVATIVES = (q.Differentiated, m.Gradient)


@dataclass(frozen=True)
class Dependences:
    """What derivatives in one statement have to know besides definitions.

    `functions` are those that are known at all arguments, by their names; `varying` the names that are not taken for
    constants; `independent` the names by which is differentiated; `defined` those with a body; `both` those by which
    total derivatives are taken beside partial ones.
    """

    functions: Mapping[str, Proposition] = field(default_factory=dict)
    varying: frozenset[str] = frozenset()
    independent: frozenset[str] = frozenset()
    defined: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()

    @classmethod
    def of(cls, statement: Statement) -> Dependences:
        """What the relations around a derivative say; nothing where nothing is differentiated."""
        proposition, context = statement.proposition, statement.context
        propositions = (proposition, *context.assumptions)
        sides = [side for p in propositions for side in (p.left, p.right)] + [d.body for d in context.definitions]
        derivatives = [part for side in sides for part in _derivatives_in(side)]
        if not derivatives:
            return cls()
        bodies = (plain_name(part.args[0]) for part in derivatives)
        defined = frozenset(plain_name(definition.name) for definition in context.definitions)
        # A name whose definition is not made yet has no body, and is no constant.
        varying = context.varying | {name for name in (*bodies, *defined) if name}
        by = frozenset(
            (name, partial_sign(str(part.args[2].name))) for part in derivatives if (name := plain_name(part.args[1]))
        )
        names = frozenset(name for name, _ in by)
        both = frozenset(name for name in names if len({sign for other, sign in by if other == name}) > 1)
        return cls(_functions(context.assumptions), varying, names, defined, both)


def partial_sign(sign: str) -> str:
    """The sign of a derivative; that of a partial one for a gradient."""
    return r"\partial " if sign == r"\nabla" else sign


def has_derivatives(expression: Basic) -> bool:
    """True of an expression in which something is differentiated."""
    return bool(_derivatives_in(expression))


@lru_cache(maxsize=1 << 10)
def _derivatives_in(expression: Basic) -> tuple[Basic, ...]:
    """What is differentiated in an expression.  The steps of a derivation have most of their assumptions in common."""
    return tuple(part for part in _parts_of([expression]) if isinstance(part, DERIVATIVES))


def _parts_of(expressions: Iterable[Basic]) -> Iterator[Basic]:
    """Some expressions and all that stands in them.  SymPy's traversal takes several times as long."""
    pending = list(expressions)
    while pending:
        part = pending.pop()
        yield part
        pending.extend(part.args)


def plain_name(expression: Basic) -> str:
    """The name of a number, a matrix or a tensor; empty for anything else."""
    match expression:
        case w.Scalar() | m.Matrix():
            return expression.name
        case i.Entry():
            return str(expression.args[0].name)
        case q.Opaque() if not expression.args[1]:
            return expression.template
        case _:
            return ""


def _functions(assumptions: tuple[Proposition, ...]) -> dict[str, Proposition]:
    """The functions whose values at all arguments are assumed, once each and not by way of themselves."""
    stated: dict[str, list[Proposition]] = {}
    for known in assumptions:
        left = known.left
        general = isinstance(left, q.Opaque) and known.parameters and tuple(left.args[1]) == known.parameters
        if general and known.relation is Relation.EQUAL and not known.premises:
            stated.setdefault(function_name(left), []).append(known)
    once = {name: found[0] for name, found in stated.items() if len(found) == 1}
    uses = {name: calls_in(known.right) for name, known in once.items()}
    return {name: known for name, known in once.items() if not _reaches(name, name, uses)}


def function_name(call: Expr) -> str:
    """The name under which a quantity is known to the kernel."""
    tag = call.tag if isinstance(call, q.Opaque) else ""
    template = call.template if isinstance(call, q.Opaque) else ""
    return f"{template}|{tag}" if tag else template


def calls_in(expression: Expr) -> frozenset[str]:
    """The functions that are called in an expression."""
    found = (part for part in _parts_of([expression]) if isinstance(part, q.Opaque))
    return frozenset(map(function_name, found))


def _reaches(start: str, goal: str, uses: Mapping[str, frozenset[str]]) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for name in uses.get(waiting.pop(), frozenset()) - seen:
            if name == goal:
                return True
            seen.add(name)
            waiting.append(name)
    return False
