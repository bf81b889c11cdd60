"""Sums, products and integrals over ranges, and differences of values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from sympy import Expr, Integer

from symderiv.formulas import tree as t
from symderiv.formulas import values
from symderiv.formulas.changed_variables import bounds_of, with_slopes
from symderiv.formulas.functions import replaced
from symderiv.formulas.printing import limits_of, printed
from symderiv.formulas.restrictions import Order, free_names, orders
from symderiv.formulas.shapes import constant_kind
from symderiv.language import indices as i
from symderiv.language import matrices as m
from symderiv.language import quantities as q
from symderiv.language import written as w
from symderiv.language.dependence import is_objective

if TYPE_CHECKING:
    from symderiv.formulas.general import Terms


def between(terms: Terms, node: t.Between) -> Expr:
    """`[F]_a^b`: the difference of the values of F at two places, which may be infinite."""
    if node.upper is None or not terms.integrated:
        return terms.opaque(node)
    names = {n.text for n in t.walk(node.body) if isinstance(n, t.Name)} & terms.integrated
    limits = (node.lower, node.upper)
    if len(names) != 1 or any(isinstance(n, t.Name) and n.text in names for e in limits for n in t.walk(e)):
        return terms.opaque(node)
    (variable,) = names
    found = [_at_end(terms, node.body, variable, end) for end in limits]
    known = [value for value in found if value is not None]
    return w.Plus(known[1], w.Negative(known[0])) if len(known) == len(found) else terms.opaque(node)


def _at_end(terms: Terms, body: t.Node, variable: str, end: t.Node) -> Expr | None:
    """The value at an end; the limit at an infinite one, and None at what is made of infinity."""
    if _is_infinite(end):
        return limit(terms, body, variable, end)
    return terms.number(replaced(body, {variable: end}))


def limit(terms: Terms, body: t.Node, variable: str, goal: t.Node, arrow: str = "") -> Expr | None:
    """The limit of a body where its variable goes to a goal; None where that is made of infinity or the variable."""
    side = {t.ABOVE: "+", t.BELOW: "-"}.get(arrow, "")
    match goal:
        case t.Name(text=r"\infty"):
            place, side = None, "+"
        case t.Negation(body=t.Name(text=r"\infty")):
            place, side = None, "-"
        case _ if _is_infinite(goal) or any(isinstance(n, t.Name) and n.text == variable for n in t.walk(goal)):
            return None
        case _:
            place = terms.number(goal)
    if _hides_dependence(terms, body, {variable}, is_continuous=True):
        return None
    bound = i.Variable(variable, r"\lim")
    with terms.binding([bound]):
        return q.Limit(bound, terms.number(body), place, side)


def _is_infinite(node: t.Node) -> bool:
    return any(isinstance(part, t.Name) and part.text == r"\infty" for part in t.walk(node))


def reduced(terms: Terms, node: t.Total | t.Integral) -> Expr:
    """A sum, a product or an integral; others are kept by their text."""
    names = node.over
    if isinstance(node, t.Total) and node.kind == "limit" and node.upper is not None and len(names) == 1:
        found = None if node.condition is not None else limit(terms, node.body, names[0].text, node.upper, node.arrow)
        return terms.opaque(node) if found is None else found
    kind = node.kind if isinstance(node, t.Total) else "integral"
    if (extremum := _of_listed(terms, node)) is not None:
        return extremum
    if kind not in ("sum", "product", "integral") or not names or any(n.text in terms.shapes.matrices for n in names):
        return terms.opaque(node)
    asked = orders(node) if isinstance(node, t.Total) else []
    if asked is None or (asked and kind == "product"):
        return terms.opaque(node)
    # The limits of an integral stand outside of it.
    ends = ends_of(terms, node) if isinstance(node, t.Integral) else ()
    build: Callable[[], Expr] = (
        (lambda: integral(terms, node, ends)) if isinstance(node, t.Integral) else (lambda: total(terms, node))
    )
    if isinstance(node, t.Total) and is_empty(node):
        return Integer(0 if kind == "sum" else 1)
    if _hides_dependence(terms, node.body, {name.text for name in names}, isinstance(node, t.Integral)):
        return terms.opaque(node)
    variables = [i.Variable(name.text, region(terms, node, name)) for name in names]
    with terms.binding(variables):
        return restricted(terms, node, asked) if asked and isinstance(node, t.Total) else build()


def _of_listed(terms: Terms, node: t.Total | t.Integral) -> Expr | None:
    r"""The largest or smallest of the numbers in brackets: `\max(0, 1 - z)`; None of all else."""
    items = node.body.items if isinstance(node.body, t.Listing) and not node.body.separators else ()
    if not isinstance(node, t.Total) or node.kind not in ("max", "min") or node.over or len(items) < 2:
        return None
    is_open = any(isinstance(part, t.Ellipsis) for item in items for part in t.walk(item)) or _is_infinite(node.body)
    if is_open or any(map(terms.shapes.is_matrix, items)):
        return None
    return (w.Maximum if node.kind == "max" else w.Minimum)(*map(terms.number, items))


def _hides_dependence(terms: Terms, body: t.Node, over: set[str], is_continuous: bool) -> bool:
    """True where a name is made of what is summed, integrated or let grow, by the text or by its letter."""
    calls = [part for part in t.walk(body) if isinstance(part, t.Applied)]
    heads = {id(call.head) for call in calls}
    names = [part for part in t.walk(body) if isinstance(part, t.Name) and id(part) not in heads]
    # The y of `\int_{\mathcal{Y}} f(x, y) \, dy` inside stands for nothing that changes with x, nor does its set.
    free = free_names(body) - over - _regions(body) - terms.bound.keys()
    inside = {name.text: {*name.marks} for name in names if name.text in free}
    if any(constant_kind(name) and not over.isdisjoint(name.marks) for name in names):
        return True  # `I_n` is the identity of a size, which cannot grow
    # What stands in its subscript, or as an argument, is seen.
    seen = [*inside.items(), *((call.head.text, _at(call)) for call in calls)]
    if any(not (over - marks).isdisjoint(terms.made_of(name)) for name, marks in seen):
        return True
    unsaid = {name for name in inside if name not in terms.definitions and name not in terms.usage.declared}
    return is_continuous and any(name in _DEPENDENT or is_objective(name) for name in unsaid)


def _regions(body: t.Node) -> frozenset[str]:
    """The sets that are integrated over within a formula."""
    within = (node.lower for node in t.walk(body) if isinstance(node, t.Integral) and node.upper is None)
    return frozenset(region.text for region in within if isinstance(region, t.Name))


def _at(call: t.Applied) -> set[str]:
    """The names in the arguments and the subscript of a call."""
    names = (part for argument in (*call.before, *call.after) for part in t.walk(argument) if isinstance(part, t.Name))
    return {*call.head.marks, *(name.text for name in names)}


def is_empty(node: t.Total) -> bool:
    """True of a sum or product from one numeral down to a smaller one."""
    lower, upper = node.lower, node.upper
    return isinstance(lower, t.Numeral) and isinstance(upper, t.Numeral) and upper.value < lower.value


def region(terms: Terms, node: t.Total | t.Integral, name: t.Name) -> str:
    """The index set of a bound variable."""
    if isinstance(node, t.Integral):
        terms.interpreted = False
        lower, upper, _ = bounds_of(node)
        return (
            rf"\int_{{{lower}}}^{{{upper}}} {name.text}"
            if not upper and not lower
            else rf"\int_{{{lower}}}^{{{upper}}}"
        )
    if node.lower is not None and node.upper is not None:
        ends = (printed(node.lower), printed(node.upper))
        remember_size(terms, node, ends)
        return terms.alphabet(ends)
    if node.within is not None:
        return printed(node.within)
    return terms.usage.alphabet_of(name.text) or name.text[:1].upper() + name.text[1:]


_DEPENDENT = frozenset("yfgh")
"""Letters that stand for what depends on the variable of an integral or a limit, where nothing is said of them."""
_OF_INTEGERS = (t.Name, t.Numeral, t.Addition, t.Negation, t.Product)
"""What the ends of a range are made of where they are integers if their names are."""


def _is_of_integers(node: t.Node) -> bool:
    return isinstance(node, _OF_INTEGERS) and not (isinstance(node, t.Numeral) and node.value.denominator != 1)


def remember_size(terms: Terms, node: t.Total, ends: tuple[str, str]) -> None:
    """Keeps the number of elements of a range; a range whose ends change with another index has no one number."""
    alphabet = terms.alphabet(ends)
    if alphabet in terms.sizes or node.lower is None or node.upper is None:
        return
    names = {n.text for end in (node.lower, node.upper) for n in t.walk(end) if isinstance(n, t.Name)}
    whole = all(_is_of_integers(n) for end in (node.lower, node.upper) for n in t.walk(end))
    if names & terms.bound.keys() or r"\infty" in names or not whole:
        terms.interpreted = False
        return
    upper = terms.number(node.upper)
    if isinstance(node.lower, t.Numeral):
        extra = node.lower.value - 1
        terms.sizes[alphabet] = upper if extra == 0 else w.Plus(upper, values.rational(-extra))
    else:
        terms.sizes[alphabet] = w.Plus(upper, w.Negative(terms.number(node.lower)), values.rational(Fraction(1)))


def total(terms: Terms, node: t.Total) -> Expr:
    """A sum or product over a range, a set, or an alphabet."""
    body = terms.expression(node.body)
    if node.kind == "product" and m.shape_of(body) != m.NUMBER:
        return terms.opaque(node)
    variables = [terms.bound[name.text] for name in node.over]
    if node.lower is not None and node.upper is not None:
        below = f"{variables[0].name}={printed(node.lower)}"
        kind = q.RangedSum if node.kind == "sum" else q.RangedProduct
        return kind(variables[0], body, below, printed(node.upper))
    if node.within is not None and len(variables) == 1:
        below = rf"{variables[0].name} \in {printed(node.within)}"
        return (q.RangedSum if node.kind == "sum" else q.RangedProduct)(variables[0], body, below)
    return i.SumOver(variables, body) if node.kind == "sum" else q.ProductOver(variables, body)


def restricted(terms: Terms, node: t.Total, asked: Sequence[Order]) -> Expr:
    """A sum over indices that stand in some order."""
    body = terms.expression(node.body)
    if m.shape_of(body) != m.NUMBER:
        return terms.opaque(node)
    variables = [terms.bound[name.text] for name in node.over]
    chosen: list[Expr] = []
    for one, sign, other in asked:
        left, right = terms.index(one.text), terms.index(other.text)
        if left is None or right is None:
            return terms.opaque(node)
        same = i.Kronecker(left, right)
        less = w.Plus(Integer(1), w.Negative(same)) if sign == "!=" else i.Before(left, right)
        chosen.append(w.Plus(less, same) if sign == "<=" else less)
    below, above = limits_of(node)
    return q.RestrictedSum(variables, body, chosen[0] if len(chosen) == 1 else w.Times(*chosen), below, above)


def integral(terms: Terms, node: t.Integral, ends: tuple[Expr, ...]) -> Expr:
    """An integral over one variable after the other."""
    body = terms.number(with_slopes(node.body, {name.text for name in node.over}))
    lower, upper, divisors = bounds_of(node)
    for name in reversed(node.over):
        body = q.IntegralOver(terms.bound[name.text], body, lower, upper, ends)
    signs = [w.Quotient(value, w.Absolute(value)) for value in map(terms.number, divisors)]
    return w.Times(*signs, body) if signs else body


def ends_of(terms: Terms, node: t.Integral) -> tuple[Expr, ...]:
    """The values of the limits of an integral; none where one is not written, infinite or a place of a bound index."""
    if node.lower is None or node.upper is None:
        return ()
    names = {n.text for end in (node.lower, node.upper) for n in t.walk(end) if isinstance(n, t.Name)}
    if r"\infty" in names or names & terms.bound.keys():
        return ()
    return terms.number(node.lower), terms.number(node.upper)
