"""An edit of a statement, and the places in expressions where one can be made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sympy import Basic, Expr, latex

from symderiv.language import probability as p
from symderiv.language import random_variables as r
from symderiv.language import written as w
from symderiv.language.indices import Entry, Reduction, Variable
from symderiv.language.matrices import Matrix
from symderiv.language.quantities import Component, Opaque
from symderiv.model.statement import Proposition

Path = tuple[int, ...]
"""The numbers of the parts on the way from a side to a place in it."""

QUANTITIES = (
    p.Probability, p.Entropy, p.MutualInformation, p.PointEntropy, p.CrossEntropy,
    r.RandomVariable, Entry, Component, Matrix, Opaque, w.Scalar,
)  # fmt: skip
"""What is edited as a whole: a name with its arguments."""


@dataclass(frozen=True)
class Edit:
    """The statement after an edit, what was done in words, and what is assumed in addition."""

    proposition: Proposition
    words: str
    assumed: tuple[Proposition, ...] = ()


@dataclass(frozen=True)
class Edits:
    """One kind of error that people make; lower costs are tried first.

    `of` gives the edits that would undo it; `left_too` says whether the left side may be edited as well, which it may
    not where it is the right side of the row before.
    """

    name: str
    cost: int
    of: Callable[[Proposition, bool], Iterator[Edit]]


def places(expression: Expr) -> Iterator[tuple[Path, Expr]]:
    """Every part of an expression with its path, outermost first; of a quantity no parts."""
    yield (), expression
    if isinstance(expression, QUANTITIES):
        return
    for number, part in enumerate(expression.args):
        is_weight = isinstance(expression, p.Expectation) and number == 0
        if isinstance(part, Expr) and not isinstance(part, Variable) and not is_weight:
            for path, inner in places(part):
                yield (number, *path), inner


def put(expression: Expr, path: Path, part: Expr) -> Expr:
    """The expression with another part at a place."""
    if not path:
        return part
    parts: list[Basic] = list(expression.args)
    parts[path[0]] = put(parts[path[0]], path[1:], part)
    found = w.rebuilt(type(expression), tuple(parts))
    if not isinstance(found, Expr):
        raise w.LanguageError("this is no expression")
    return found


def sides(proposition: Proposition, left_too: bool) -> Iterator[tuple[Expr, Callable[[Expr], Proposition]]]:
    """Each side that may be edited, with what makes the statement of an edited one: the right side first."""
    yield proposition.right, lambda side: replace(proposition, right=side)
    if left_too:
        yield proposition.left, lambda side: replace(proposition, left=side)


def everywhere(
    proposition: Proposition, left_too: bool, change: Callable[[Expr], Iterator[tuple[Expr, str]]]
) -> Iterator[Edit]:
    """The edits of single parts: `change` gives what may stand for a part, and the edit in words."""
    for side, rebuild in sides(proposition, left_too):
        for path, part in places(side):
            for other, words in change(part):
                yield Edit(rebuild(put(side, path, other)), words)


def instead(new: Expr, old: Expr) -> str:
    """An exchange in words."""
    return (
        f"with ${signed(new)}$ for ${signed(old)}$"
        if is_signed(new, old)
        else f"with ${latex(new)}$ for ${latex(old)}$"
    )


def is_signed(new: Expr, old: Expr) -> bool:
    """True of an exchange that changes nothing but a sign."""
    return bool(w.Negative(new) == old or w.Negative(old) == new)


def signed(term: Expr) -> str:
    """A term with its sign."""
    text = str(latex(term))
    return text if text.startswith("-") else f"+ {text}"


def quantities(proposition: Proposition) -> list[Expr]:
    """The quantities of a statement, each once, in the order in which they stand there."""
    found = [part for side in (proposition.left, proposition.right) for _, part in places(side)]
    return list(dict.fromkeys(part for part in found if isinstance(part, QUANTITIES)))


def terms(proposition: Proposition) -> list[Expr]:
    """What is added anywhere in a statement, without signs, each once."""
    found: dict[Expr, None] = {}
    for side in (proposition.left, proposition.right):
        for _, part in places(side):
            for term in part.args if isinstance(part, w.Plus) else (part,) if part in (side,) else ():
                found[unsigned(term)] = None
    return [*found, *(q for q in quantities(proposition) if q not in found and not isinstance(q, Matrix))]


def addends(proposition: Proposition, left_too: bool) -> Iterator[tuple[Expr, Callable[[Expr], Proposition]]]:
    """Sides, terms of sums, and what stands under a sum, an expectation or a function, with what exchanges each."""
    for side, rebuild in sides(proposition, left_too):
        for path, part in places(side):
            is_inside = bool(path) and isinstance(_at(side, path[:-1]), w.Plus | w.Binder | Reduction | w.Function)
            if not path or is_inside:
                yield part, lambda new, path=path, side=side, rebuild=rebuild: rebuild(put(side, path, new))  # type: ignore[misc]


def _at(expression: Expr, path: Path) -> Expr:
    for number in path:
        expression = expression.args[number]
    return expression


def unsigned(term: Expr) -> Expr:
    """A term without its sign."""
    return term.args[0] if isinstance(term, w.Negative) else term
