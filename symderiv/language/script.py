"""Derivation scripts: a chain of relations, written as data.

    mutual_information = derivation(
        "Mutual information is a difference of entropies",
        source="...",
        claim=equal(I(x, y), H(y) - H(y | x)),
        steps=[
            start(I(x, y)),
            eq(E[P(x, y)](ln(P(x, y) / (P(x) * P(y)))), by="information.mutual_information"),
            ...
        ],
    )

Every step is a call of its own, so it has a place of its own: the line and column where that call stands.
"""

from __future__ import annotations

import linecache
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from types import FrameType

from sympy import Expr

from symderiv.language.exchange import exchange
from symderiv.language.indices import Variable
from symderiv.language.written import LanguageError, operand
from symderiv.model.derivation import Citation, Derivation, Reason, Step
from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.span import Span
from symderiv.model.statement import Context, Definition, Proposition, Relation, Statement


@dataclass(frozen=True)
class Link:
    """One entry of a chain: what the expression before it is related to."""

    relation: Relation | None
    expression: Expr
    by: tuple[Reason, ...]
    label: str
    span: Span


By = str | Derivation | Proposition | Sequence[str | Derivation | Proposition]


def _caller(depth: int = 2) -> Span:
    """Where the call in the frame `depth` levels up stands."""
    frame: FrameType = sys._getframe(depth)
    position = next(islice(frame.f_code.co_positions(), frame.f_lasti // 2, None), (None, None, None, None))
    line, end_line, column, end_column = position
    path, first = frame.f_code.co_filename, line if line is not None else frame.f_lineno
    last = end_line or first
    return Span(path, first, _column(path, first, column), last, _column(path, last, end_column))


def _column(path: str, line: int, offset: int | None) -> int:
    """The column, from 1 and in characters, of a byte offset in a line of a source file."""
    text = linecache.getline(path, line).encode()[: offset or 0]
    return (len(text.decode(errors="ignore")) if text else offset or 0) + 1


def _reasons(by: By | None) -> tuple[Reason, ...]:
    if by is None:
        return ()
    given = (by,) if isinstance(by, str | Derivation | Proposition) else tuple(by)
    return tuple(_citation(reason) if isinstance(reason, Derivation) else reason for reason in given)


def _citation(derivation: Derivation) -> Citation:
    if derivation.claim is None:
        raise LanguageError(f"{derivation.title} claims nothing that could be cited")
    return Citation(derivation.name or derivation.title, derivation.claim, derivation)


def _expression(value: object, span: Span) -> Expr:
    try:
        return operand(value)
    except LanguageError as error:
        raise _misuse(span, str(error)) from error


def _misuse(span: Span, message: str, hint: str = "") -> SymderivError:
    return SymderivError(Diagnostic("script-misuse", span, message, hint))


def start(expression: object) -> Link:
    """The first expression of a chain."""
    span = _caller()
    return Link(None, _expression(expression, span), (), "", span)


def eq(expression: object, by: By | None = None, label: str = "") -> Link:
    """`= expression`."""
    span = _caller()
    return Link(Relation.EQUAL, _expression(expression, span), _reasons(by), label, span)


def le(expression: object, by: By | None = None, label: str = "") -> Link:
    """`<= expression`."""
    span = _caller()
    return Link(Relation.AT_MOST, _expression(expression, span), _reasons(by), label, span)


def ge(expression: object, by: By | None = None, label: str = "") -> Link:
    """`>= expression`."""
    span = _caller()
    return Link(Relation.AT_LEAST, _expression(expression, span), _reasons(by), label, span)


def lt(expression: object, by: By | None = None, label: str = "") -> Link:
    """`< expression`."""
    span = _caller()
    return Link(Relation.LESS, _expression(expression, span), _reasons(by), label, span)


def gt(expression: object, by: By | None = None, label: str = "") -> Link:
    """`> expression`."""
    span = _caller()
    return Link(Relation.GREATER, _expression(expression, span), _reasons(by), label, span)


def equal(left: object, right: object) -> Proposition:
    """The proposition `left = right`."""
    return Proposition(operand(left), Relation.EQUAL, operand(right))


def at_most(left: object, right: object) -> Proposition:
    """The proposition `left <= right`."""
    return Proposition(operand(left), Relation.AT_MOST, operand(right))


def at_least(left: object, right: object) -> Proposition:
    """The proposition `left >= right`."""
    return Proposition(operand(left), Relation.AT_LEAST, operand(right))


def less(left: object, right: object) -> Proposition:
    """The proposition `left < right`."""
    return Proposition(operand(left), Relation.LESS, operand(right))


def greater(left: object, right: object) -> Proposition:
    """The proposition `left > right`."""
    return Proposition(operand(left), Relation.GREATER, operand(right))


def unequal(left: object, right: object) -> Proposition:
    """The proposition `left != right`."""
    return Proposition(operand(left), Relation.UNEQUAL, operand(right))


def implies(premise: Proposition, conclusion: Proposition) -> Proposition:
    """`conclusion`, wherever `premise` holds."""
    return replace(conclusion, premises=(premise, *conclusion.premises))


def define(name: Expr, body: object) -> Definition:
    """`name` stands for `body`, for all values of the variables that index it."""
    return Definition(name, operand(body))


def derivation(
    title: str,
    *,
    source: str = "",
    assume: Sequence[Proposition] = (),
    define: Sequence[Definition] = (),
    claim: Proposition | None = None,
    steps: Sequence[Link] = (),
) -> Derivation:
    """A derivation: a chain that begins with `start`, under assumptions and definitions, and what it establishes.

    Raises:
        SymderivError: the chain has no start, or more than one.
    """
    span = _caller()
    context = Context(tuple(assume), tuple(define))
    if steps and (steps[0].relation is not None or len(steps) < 2):
        raise _misuse(steps[0].span, "a chain begins with start(...) and goes on with a relation")
    chain: list[Step] = []
    for before, link in pairwise(steps):
        if link.relation is None:
            raise _misuse(link.span, "a chain has one start", "write a second derivation")
        statement = Statement(Proposition(before.expression, link.relation, link.expression), context, link.span)
        chain.append(Step(statement, link.by, link.label))
    if claim is None and not chain:
        raise _misuse(span, "a derivation has a chain of steps, or a claim")
    claimed = None if claim is None else Statement(claim, context, span)
    return Derivation("", title, source, context, tuple(chain), claimed, span)


def swapped(of: Derivation, one: Variable, other: Variable, title: str = "") -> Derivation:
    """The same derivation with two variables exchanged; it is checked again from the start.

    The distributions keep their axes: `P(x, y)` remains the joint distribution, while `P(x)` becomes `P(y)`.
    """
    span = _caller()
    names = {one: other, other: one}

    def proposition(old: Proposition) -> Proposition:
        return Proposition(
            exchange(old.left, names), old.relation, exchange(old.right, names), tuple(map(proposition, old.premises))
        )

    context = Context(
        tuple(map(proposition, of.context.assumptions)),
        tuple(Definition(exchange(d.name, names), exchange(d.body, names)) for d in of.context.definitions),
    )

    def statement(old: Statement) -> Statement:
        return Statement(proposition(old.proposition), context, span)

    steps = tuple(Step(statement(s.statement), s.by, s.label) for s in of.steps if isinstance(s, Step))
    claim = None if of.claim is None else statement(of.claim)
    words = title or f"{of.title}, with {one.name} and {other.name} exchanged"
    return Derivation("", words, of.source, context, steps, claim, span)
