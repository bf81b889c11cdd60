"""Calls: densities, expectations, derivatives, and functions without interpretation."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sympy import Expr, preorder_traversal

from symderiv.formulas import averages, values
from symderiv.formulas import tree as t
from symderiv.formulas.functions import estimated, replaced
from symderiv.formulas.notation import QUANTITIES
from symderiv.formulas.printing import arguments_text, printed
from symderiv.formulas.shapes import TRACES
from symderiv.formulas.source import Ambiguous
from symderiv.formulas.special import special
from symderiv.formulas.usage import MOMENTS
from symderiv.language import densities as d
from symderiv.language import matrices as m
from symderiv.language import quantities as q
from symderiv.language import written as w

if TYPE_CHECKING:
    from symderiv.formulas.general import Terms

_ORDERS = (1, 2, 3, 4)
"""The orders of derivatives that are read."""
_DEEPEST = 6
"""How many definitions of functions are put into each other."""
_FAMILY_FONTS = (r"\mathrm{", r"\mathcal{", r"\text{", r"\operatorname{")


def applied(terms: Terms, node: t.Applied) -> Expr:
    """A call, or what is known of its head."""
    head = node.head
    kind = MOMENTS.get(head.text, "")
    if kind and not node.bar:
        return averages.moment(terms, node, kind)
    known = density(terms, node)
    if known is not None:
        return known
    if head.text in TRACES and len(node.before) == 1 and not node.bar:
        return m.Trace(terms.expression(node.before[0]))
    function = special(terms, node)
    if function is not None:
        return function
    between = divergence(terms, node)
    if between is not None:
        return terms.expression(between)
    if terms.usage.is_call(head, node) is None:
        message = f"this could be {head.text} of something, or {head.text} times it"
        raise Ambiguous(terms.source.span(node.start, node.end), message, f"let {head.text} be a function")
    return call(terms, node)


def divergence(terms: Terms, node: t.Applied) -> t.Integral | None:
    r"""`KL(p \| q)` as an integral, where the text says which densities p and q are."""
    sides = (*node.before, *node.after)
    if QUANTITIES.get(node.head.text) != "KL" or len(sides) != 2 or not all(isinstance(s, t.Name) for s in sides):
        return None
    one, other = (side for side in sides if isinstance(side, t.Name))
    arguments = [{argument for head, argument in terms.laws if head == name.text} for name in (one, other)]
    shared = sorted(arguments[0] & arguments[1])
    if not shared or not all(terms.laws[name.text, shared[0]].family in d.SUPPORTS for name in (one, other)):
        return None
    place = (node.start, node.end)
    variable = t.Name(*place, shared[0], shared[0], (), shared[0])
    over, under = (t.Applied(*place, name, "(", (variable,), "", (), ()) for name in (one, other))
    logarithm = t.Function(*place, "ln", t.Division(*place, over, under), True, None)
    return t.Integral(*place, (variable,), t.Product(*place, (over, logarithm)), None, None)


def density(terms: Terms, node: t.Applied) -> Expr | None:
    r"""`\mathrm{Gam}(x; a, b)`: the density of a known family; None of anything else."""
    family = d.NAMES.get(node.head.base) if node.head.text.startswith(_FAMILY_FONTS) else None
    arguments = (*node.before, *node.after)
    if family is None or len(arguments) != d.FAMILIES[family][1]:
        return None
    if not (node.bar == "|" and len(node.before) == 1) and node.separators[:1] != (";",):
        return None
    found = [terms.expression(argument) for argument in arguments]
    texts = [f"{{{number}}}" for number in range(len(found))]
    template = rf"{node.head.text}\left({arguments_text(node, texts)}\right)"
    return d.Density(family, template, *found)


def derivative(terms: Terms, node: t.Derivative) -> Expr:
    """The derivative by a name; what a text defines is put in for its functions."""
    order = 1 if node.order is None else values.constant(node.order)
    if _is_elsewhere(terms, node):
        return terms.opaque_matrix(node) if terms.shapes.is_matrix(node) else terms.opaque(node)
    if len(node.over) == 1 and isinstance(node.over[0], t.Power) and order in _ORDERS:
        by_power = _by_power(terms, node, node.over[0], int(order))
        if by_power is not None:
            return terms.expression(by_power)
    names = [name for name in node.over if isinstance(name, t.Name)]
    if len(names) == len(node.over) == order:
        order = 1  # `\frac{\partial^2 f}{\partial x \partial y}`: once by each of them
        names.sort(key=lambda name: name.text)  # in whatever order they are written
    plain = len(names) == len(node.over) > 0 and not (node.sign == r"\nabla" and (len(names) > 1 or order != 1))
    if not plain or order not in _ORDERS or (order != 1 and len(names) > 1):
        return terms.opaque_matrix(node) if terms.shapes.is_matrix(node) else terms.opaque(node)
    body, by, at = differentiated(terms, node.body, names[0])
    fixed = held_fixed(terms, node) if at is None and len(names) == 1 else []
    aliases = {name.text: replace(name, text=f"{name.text}{{}}", stem=f"{name.stem}{{}}") for name in fixed}
    body = replaced(body, dict(aliases))
    with terms.deeper():
        result = terms.expression(body)
    # What a matrix without interpretation depends on is not known.
    kept = [p for p in preorder_traversal(result) if isinstance(p, m.Matrix) and str(p.name) in terms.kept_matrices]
    if m.shape_of(result) != m.NUMBER or kept:
        return terms.opaque_matrix(node) if terms.shapes.is_matrix(node) else terms.opaque(node)
    sign = {r"\partial": r"\partial ", r"\nabla": r"\nabla"}.get(node.sign, r"\mathrm{d}")
    for name in (by, *names[1:], *[by] * (int(order) - 1)):
        variable = terms.expression(name)
        if isinstance(variable, m.Matrix) and len(names) == 1 and order == 1:
            result = m.Gradient(result, variable, sign)
        elif isinstance(variable, w.Scalar | q.Component):
            result = q.Differentiated(result, variable, sign)
        else:
            return terms.opaque(node)
    parts = list(preorder_traversal(result.args[0]))
    explicit = terms.expression(by) in parts and not any(isinstance(part, q.Opaque) for part in parts)
    terms.interpreted = terms.interpreted and explicit
    for name in fixed:
        result = q.AtValue(result, terms.expression(aliases[name.text]), terms.expression(name), apart=False)
    if at is None:
        return result
    value = argument(terms, at)
    if value is None or not isinstance(result, q.Differentiated):
        return terms.opaque(node)
    return q.AtValue(result, terms.expression(by), value, apart=True)


def held_fixed(terms: Terms, node: t.Derivative) -> list[t.Name]:
    r"""The arguments that a partial derivative does not change, though the text says that they depend on the variable.

    In `\frac{\partial f}{\partial x}` of f(x, y) that is y, whatever y is; of a name without arguments it is none.
    """
    by, body = node.over[0], node.body
    if node.sign != r"\partial" or not isinstance(by, t.Name):
        return []
    call = terms.functions.of(body, by) if isinstance(body, t.Name) else body
    if not isinstance(call, t.Applied) or terms.functions.at(call, terms.place) is None:
        return []
    names = [part for part in (*call.before, *call.after) if isinstance(part, t.Name)]
    is_plain = len(names) == len((*call.before, *call.after)) and by.text in {name.text for name in names}
    return [name for name in names if name.text != by.text and by.text in terms.made_of(name.text)] if is_plain else []


def _is_elsewhere(terms: Terms, node: t.Derivative) -> bool:
    r"""True of the `(y, x)` behind `\frac{\partial f}{\partial x}` where f is known, or spoken of first, at (x, y)."""
    if not node.places or not isinstance(node.body, t.Name):
        return False
    texts = tuple(map(printed, node.places))
    calls = (terms.functions.of(node.body, name) for name in node.over if isinstance(name, t.Name))
    defined = next((call for call in calls if call is not None), None)
    known = tuple(map(printed, (*defined.before, *defined.after))) if defined is not None else texts
    return terms.functions.places.setdefault(node.body.text, known) != texts


def _by_power(terms: Terms, node: t.Derivative, by: t.Power, order: int) -> t.Node | None:
    r"""The derivative by `\sigma^2` as that by \sigma, divided by the slope of the power; None by what is no power."""
    body = node.body
    body = (terms.functions.of(body, by) or body) if isinstance(body, t.Name) else body
    exponent = values.constant(by.exponent)
    if isinstance(body, t.Applied) and (found := terms.functions.at(body, terms.place)) is not None:
        pairs = zip(found[0].parameters, (*body.before, *body.after), strict=True)
        given = next((a for parameter, a in pairs if printed(parameter) == printed(by)), by)
        by, body = (
            (given if isinstance(given, t.Power) and values.constant(given.exponent) == exponent else by),
            found[1],
        )
    if not isinstance(by.base, t.Name) or by.base.text in terms.shapes.matrices or exponent is None:
        return None
    written = {part.text for part in t.walk(body) if isinstance(part, t.Name)}
    made_of = terms.made_of(body.text) if isinstance(body, t.Name) else written
    if by.base.text not in made_of:
        return None  # what it depends on is not written
    factor = t.Numeral(by.start, by.end, exponent)
    lower = t.Power(by.start, by.end, by.base, t.Numeral(by.start, by.end, exponent - 1))
    slope = t.Product(by.start, by.end, (factor, by.base if exponent == 2 else lower))
    for _ in range(order):
        inner = t.Derivative(node.start, node.end, node.sign, (by.base,), None, body)
        body = t.Division(node.start, node.end, inner, slope)
    return body


def differentiated(terms: Terms, body: t.Node, by: t.Name) -> tuple[t.Node, t.Name, t.Node | None]:
    r"""What is differentiated, by what, and at which value of that: `\frac{d}{dx} f(a)` is the slope of f at a.

    Where the argument is a vector, and nothing else in the function is called so, it stands in the variable's place.
    """
    if isinstance(body, t.Name):
        body = terms.functions.of(body, by) or body
    found = terms.functions.at(body, terms.place) if isinstance(body, t.Applied) else None
    if not isinstance(body, t.Applied) or found is None:
        return body, by, None
    definition, inner = found
    arguments = (*body.before, *body.after)
    values = dict(zip(map(printed, definition.parameters), arguments, strict=True))
    plain = estimated(by.text)
    used = {name.text for name in t.walk(definition.body) if isinstance(name, t.Name)}
    if plain in values and printed(values[plain]) == plain and by.text not in values and by.text not in used:
        # `\frac{d}{d \hat p} f(p)`: the slope at the estimate.
        return replaced(definition.body, {**values, plain: by}), by, None
    at = values.get(printed(by))
    if at is None or printed(by) in {name.text for name in t.walk(at) if isinstance(name, t.Name)}:
        return inner, by, None
    if isinstance(at, t.Name) and m.shape_of(terms.expression(by)) != m.NUMBER and at.text not in used:
        return inner, at, None
    return replaced(definition.body, {**values, printed(by): by}), by, at


def call(terms: Terms, node: t.Applied) -> Expr:
    """A function without interpretation; its arguments that are numbers may be replaced by equal ones."""
    if 0 < terms.expanding < _DEEPEST:
        defined = terms.functions.at(node, terms.place)
        if defined is not None:
            with terms.deeper():
                result = terms.expression(defined[1])
            return result
        captured = terms.functions.captured(node, terms.place)
        value = None if captured is None else argument(terms, node.before[0])
        if captured is not None and value is not None:
            with terms.deeper():
                body, by = terms.expression(captured.body), terms.expression(captured.parameters[0])
            return q.AtValue(body, by, value, apart=False)
    slope = _slope(terms, node)
    if slope is not None:
        return slope
    terms.interpreted = False
    known = stated_density(terms, node)
    if known is not None:
        return known
    parts = (*node.before, *node.after)
    found = [argument(terms, part) for part in parts]
    if all(argument is None for argument in found):
        return terms.opaque(node)
    name, arguments = head(terms, node.head)
    texts: list[str] = []
    for part, number in zip(parts, found, strict=True):
        text, used = terms.text_with_places(part, len(arguments)) if number is None else ("", [number])
        texts.append(text or f"{{{len(arguments)}}}")
        arguments += used
    closing = {"(": ")", "[": "]"}.get(node.opening, r"\}")
    tag = ",".join(values.stem(part) for part in parts) if terms.functions.is_called_by_name(node.head) else ""
    template = rf"{name}\left{node.opening}{arguments_text(node, texts)}\right{closing}"
    return q.Opaque(template, *arguments, tag=tag)


def _slope(terms: Terms, node: t.Applied) -> Expr | None:
    """`f'(a)` as the derivative of `f(x)` at a, where the text says what `f(x)` is; None where that is not known."""
    name = node.head.text.rstrip("'")
    order = len(node.head.text) - len(name)
    if order not in _ORDERS or node.bar or len(node.before) != 1 or node.after:
        return None
    plain = replace(node, head=replace(node.head, text=name, stem=node.head.stem.rstrip("'")))
    found = terms.functions.at(plain, terms.place)
    by = found[0].parameters[0] if found is not None else None
    value = argument(terms, node.before[0])
    if not isinstance(by, t.Name) or value is None:
        return None
    times = t.Numeral(node.start, node.end, Fraction(order)) if order > 1 else None
    slope = derivative(terms, t.Derivative(node.start, node.end, "d", (by,), times, replace(plain, before=(by,))))
    if printed(by) == printed(node.before[0]):
        return slope
    is_known = isinstance(slope, q.Differentiated)
    return q.AtValue(slope, terms.expression(by), value, apart=False) if is_known else None


def stated_density(terms: Terms, node: t.Applied) -> Expr | None:
    r"""`p(x)` where the text says which family P is, and defines p(x) by nothing else."""
    law = terms.laws.get((node.head.text, printed(node.before[0]))) if len(node.before) == 1 and not node.bar else None
    if law is None or law.family not in d.FAMILIES or terms.functions.at(node, terms.place) is not None:
        return None
    value = terms.number(node.before[0])
    return replace(law, template=rf"{node.head.text}\left({{0}}\right)").density(value)


def head(terms: Terms, name: t.Name) -> tuple[str, list[Expr]]:
    """The name of a function; the indices in it have places, and what is averaged over."""
    pieces = [(piece, terms.index(piece)) for piece in name.lower]
    indices = [variable for _, variable in pieces if variable is not None]
    if indices and not terms.averaged.keys() & set(name.marks):
        return terms.numbered(name, pieces), [q.IndexValue(variable) for variable in indices]
    terms.refuse_hidden(name)
    random = [terms.name(t.Name(name.start, name.end, m, m, (), m)) for m in name.marks if m in terms.averaged]
    places = ",".join(f"{{{number}}}" for number in range(len(random)))
    return (f"{name.stem}_{{{places}}}" if random else name.text), random


def argument(terms: Terms, node: t.Node) -> Expr | None:
    """An argument that is a number; None of a matrix, a list or a clause, which is kept by its text."""
    if isinstance(node, t.Sides | t.Listing | t.Ellipsis | t.Operation | t.Prose | t.Array):
        return None
    found = terms.expression(node)
    return found if m.shape_of(found) == m.NUMBER else None
