r"""Operators that reach over what follows them: functions, sums, products, extrema, limits, integrals, derivatives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from symderiv.formulas.changed_variables import changed_variable, slope
from symderiv.formulas.fences import limit
from symderiv.formulas.names import FONTS, TRANSPOSES, Cursor, read_base, read_name, starts_name
from symderiv.formulas.notation import PROBABILITIES
from symderiv.formulas.scopes import body, is_minus_one
from symderiv.formulas.source import Ambiguous, Unread
from symderiv.formulas.tree import (
    ABOVE,
    BELOW,
    Applied,
    Derivative,
    Division,
    Function,
    Integral,
    Listing,
    Name,
    Node,
    Numeral,
    Power,
    Product,
    Sides,
    Total,
    parts,
    walk,
)

if TYPE_CHECKING:
    from symderiv.formulas.grammar import Grammar

FUNCTIONS = {
    r"\ln": "ln", r"\log": "ln", r"\exp": "exp", r"\sin": "sin", r"\cos": "cos", r"\tan": "tan", r"\tanh": "tanh",
    r"\sinh": "sinh", r"\cosh": "cosh", r"\arctan": "arctan", r"\arcsin": "arcsin", r"\arccos": "arccos",
    r"\det": "det",
}  # fmt: skip
_SPELT = {word.removeprefix("\\"): name for word, name in FUNCTIONS.items()}
TOTALS = {
    r"\sum": "sum", r"\prod": "product", r"\max": "max", r"\min": "min", r"\sup": "sup", r"\inf": "inf",
    r"\cup": "union", r"\cap": "intersection", r"\lim": "limit", r"\bigcup": "union", r"\bigcap": "intersection",
    r"\argmax": "argmax", r"\argmin": "argmin",
}  # fmt: skip
_SPELT_TOTALS = {"argmax": "argmax", "argmin": "argmin", "max": "max", "min": "min", "sup": "sup", "inf": "inf"}
INTEGRALS = (r"\int", r"\iint", r"\iiint", r"\oint")
_D = ("d", r"\partial")
PRODUCT = "product"
"""The convention by which a product takes the factors that stand side by side with it, its variable in them or not."""
OPEN_PRODUCT = "a product could end before the factors that follow it or take them, and this makes a difference here"
WORDS = frozenset({*FUNCTIONS, *(TOTALS.keys() - {r"\cup", r"\cap"}), *INTEGRALS, r"\nabla", r"\underset"})
BRACKETS = "write brackets around the argument, and around the whole"


def operated(grammar: Grammar) -> Node | None:
    """What an operator makes of what follows it, where one stands next."""
    cursor = grammar.cursor
    token = cursor.token
    if token.kind == "prose":
        return None
    if cursor.at(*FUNCTIONS) or _spelt(grammar, _SPELT):
        return function(grammar)
    if (cursor.at(*TOTALS) and _is_big(cursor)) or _spelt(grammar, _SPELT_TOTALS):
        return total(grammar)
    if cursor.at(r"\underset"):
        return _underset(grammar)
    if cursor.at(*INTEGRALS):
        return integral(grammar)
    if cursor.at(r"\nabla") or at_partial(cursor):
        return _gradient(grammar)
    return None


def at_partial(cursor: Cursor) -> bool:
    r"""True before `\partial_x`, which is written before what it differentiates as `\nabla_x` is."""
    return cursor.follows(r"\partial", "_")


def _is_big(cursor: Cursor) -> bool:
    """True of an operator over a range; cup and cap stand between two sets else."""
    return not cursor.at(r"\cup", r"\cap") or cursor.peek(1).text == "_"


def _spelt(grammar: Grammar, words: dict[str, str]) -> str:
    """The word of an operator that is spelt in upright letters, where one stands next."""
    cursor = grammar.cursor
    if not cursor.at(r"\mathrm", r"\operatorname", r"\operatorname*") or cursor.peek(1).text != "{":
        return ""
    letters, distance = "", 2
    while cursor.peek(distance).kind in ("letter", "word"):
        letters += cursor.peek(distance).text
        distance += 1
    return words.get(letters, "") if cursor.peek(distance).text == "}" else ""


def _word(grammar: Grammar, commands: dict[str, str], spelt: dict[str, str]) -> tuple[int, str]:
    """An operator's word, which is passed, and where it stands."""
    token = grammar.cursor.token
    if token.text in FONTS:
        return token.start, spelt[read_base(grammar.cursor)[1]]
    return grammar.cursor.take().start, commands[token.text]


def function(grammar: Grammar, by: set[str] | None = None) -> Node:
    r"""`\ln` or another function.  Without brackets the argument is one factor, which only a function may follow.

    Beside a gradient `by` some names it does not reach to factors in which these do not stand: `\nabla_x \ln p(x) c`.
    """
    cursor = grammar.cursor
    start, word = _word(grammar, FUNCTIONS, _SPELT)
    base = exponent = None
    if cursor.at("_") and word == "ln":
        cursor.take()
        base = grammar.argument()
    if cursor.at("^"):
        position = cursor.position
        cursor.take()
        exponent = grammar.argument()
        if is_minus_one(exponent):
            cursor.position = position
            grammar.ambiguous(f"this could be the inverse function of {word} or its reciprocal", BRACKETS)
    bracketed = cursor.at("(", "[", r"\{")
    apart = bracketed and (cursor.token.stretched or cursor.at("[", r"\{"))
    begins = cursor.position
    inner = grammar.atom() if bracketed else grammar.factor()
    if isinstance(inner, Listing) and inner.opening == r"\{" and len(inner.items) == 1:
        inner = inner.items[0]
    # Nobody leaves out the brackets around a sum and writes some, or a fraction, before it.
    is_whole = bracketed or isinstance(inner, Division | Name | Numeral)
    apart = apart or (is_whole and cursor.at(*TOTALS, *INTEGRALS) and _is_big(cursor))
    times_a_sum = is_whole and cursor.at(r"\cdot", r"\times") and cursor.peek(1).text in (*TOTALS, *INTEGRALS)
    follows = not apart and grammar.starts_factor() and not cursor.at(*FUNCTIONS)
    joined = not bracketed and not times_a_sum and cursor.at("/", r"\cdot", r"\times", "*")
    # `\tanh(x)^2` is a square of the hyperbolic tangent; of logarithms some write that of the argument so.
    outer = cursor.at("^") and bracketed and word != "ln" and exponent is None and by is None
    goes_on = (cursor.at("^") and not outer) or follows or joined
    if by is not None and follows and not cursor.at("^") and _are_constant(grammar, by):
        goes_on = False
    if goes_on and grammar.reaches("argument", f"this could belong to the argument of {word} or not", BRACKETS):
        cursor.position = begins
        inner, bracketed = grammar.term(), False
    found = Function(start, cursor.end, word, inner, bracketed, base)
    if outer:
        cursor.take()
        exponent = grammar.argument()
    return found if exponent is None else Power(start, cursor.end, found, exponent)


def total(grammar: Grammar) -> Node:
    r"""`\sum_{i=1}^n`, `\prod`, `\max_x`, `\lim_{x \to a}` and the rest of its term.

    A product takes the factors up to the last one in which its variable stands.
    """
    cursor = grammar.cursor
    start, kind = _word(grammar, TOTALS, _SPELT_TOTALS)
    below = upper = None
    while cursor.at("_", "^"):
        if cursor.take().text == "^":
            upper = limit(grammar)
        else:
            below = _below(grammar)
    if below is None:
        if kind not in ("max", "min", "sup", "inf", "argmax", "argmin"):
            cursor.fail("the variable of the sum, as in \\sum_x,")
        inner = grammar.factor()
        if isinstance(inner, Power) and isinstance(inner.base, Listing):  # `\max(0, x)^2`
            return Power(start, inner.end, Total(start, inner.base.end, (), inner.base, kind), inner.exponent)
        return Total(start, cursor.end, (), inner, kind)
    return _over(grammar, start, kind, below, upper)


def _below(grammar: Grammar) -> Node:
    r"""What stands below an operator; `\substack` holds its rows."""
    cursor = grammar.cursor
    if not cursor.follows("{", r"\substack", "{"):
        return limit(grammar)
    start = cursor.take().start
    cursor.take()
    cursor.take()
    items = [grammar.clause()]
    while cursor.token.kind == "break" or cursor.at(","):
        cursor.take()
        items.append(grammar.clause())
    cursor.expect("}")
    cursor.expect("}")
    return Listing(start, cursor.end, "", tuple(items))


def _underset(grammar: Grammar) -> Node:
    r"""`\underset{x}{\mathrm{argmax}}`."""
    cursor = grammar.cursor
    start = cursor.take().start
    below = limit(grammar)
    cursor.expect("{")
    if not (cursor.at(*TOTALS) or _spelt(grammar, _SPELT_TOTALS)):
        cursor.fail("an operator such as max")
    kind = _word(grammar, TOTALS, _SPELT_TOTALS)[1]
    cursor.expect("}")
    return _over(grammar, start, kind, below, None)


def _over(grammar: Grammar, start: int, kind: str, below: Node, upper: Node | None) -> Total:
    cursor = grammar.cursor
    items = list(below.items) if isinstance(below, Listing) else [below]
    # What stands behind a bar or colon is no variable, but what is asked of them.
    signs = below.separators if isinstance(below, Listing) else ()
    asked = next((place + 1 for place, sign in enumerate(signs) if sign in (":", "|")), len(items))
    names: list[Name] = []
    lower: Node | None = None
    within: Node | None = None
    conditions: list[Node] = []
    arrow = _ARROWS[r"\to"]
    for place, item in enumerate(items):
        match item:
            case _ if place >= asked:
                conditions.append(item)
            case Name() if not conditions and lower is None:
                names.append(item)
            case Sides(sides=(Name() as name, value), signs=("=",)) if lower is None and upper is not None:
                names.append(name)
                lower = value
            case Sides(sides=(Name() as name, value), signs=(r"\in",)) if within is None:
                names.append(name)
                within = value
            case Sides(sides=(Name() as name, value), signs=(sign,)) if upper is None and sign in _ARROWS:
                names.append(name)
                arrow, upper = _reached(_ARROWS[sign], value)
            case Sides(sides=(Name() as name, _)) if not names:
                names.append(name)
                conditions.append(item)
            case Numeral():
                raise Unread(cursor.source.span(item.start, item.end), "a number where a variable is expected")
            case _:
                conditions.append(item)
    condition = conditions[0] if len(conditions) == 1 else None
    if len(conditions) > 1:
        condition = Listing(conditions[0].start, conditions[-1].end, "", tuple(conditions))
    is_open = False
    if kind == "product" and not cursor.at("-"):
        inner, is_open = _factors_with(grammar, {name.text for name in names})
    else:
        inner = grammar.signed()
    ends = [part for end in (lower, upper) if end is not None and kind != "limit" for part in walk(end)]
    inside = {part.text for part in ends if isinstance(part, Name)} & {name.text for name in names}
    if inside:
        span = cursor.source.span(start, cursor.end)
        raise Ambiguous(
            span, f"{min(inside)} is the variable, and stands in the end of its range", "call one otherwise"
        )
    return Total(start, cursor.end, tuple(names), inner, kind, lower, upper, within, condition, arrow, is_open)


_ARROWS = {
    r"\to": r"\to", r"\rightarrow": r"\to", r"\downarrow": ABOVE, r"\searrow": ABOVE, r"\uparrow": BELOW,
    r"\nearrow": BELOW,
}  # fmt: skip
"""What stands between the variable of a limit and where it goes, in one form each."""
_FROM_ABOVE = "^+"
_MOST_DERIVATIONS = 20


def _reached(arrow: str, place: Node) -> tuple[str, Node]:
    """The arrow and the place of a limit; `a^+` is a place that is reached from above."""
    if isinstance(place, Name) and place.text.endswith(_FROM_ABOVE):
        text, stem = place.text.removesuffix(_FROM_ABOVE), place.stem.removesuffix(_FROM_ABOVE)
        return ABOVE, replace(place, text=text, stem=stem)
    return arrow, place


def _factors_with(grammar: Grammar, names: set[str]) -> tuple[Node, bool]:
    r"""The factors up to the last one in which one of the names stands, and whether the next one could be meant too.

    In `\prod_i x_i c` it could, and it is where the source says so; what is an operator or a probability stands alone.
    """
    cursor = grammar.cursor
    start = cursor.token.start
    factors = [grammar.factor()]
    reached, beside = (cursor.position, 1), [False]
    while True:
        beside.append(not cursor.at(r"\cdot", r"\times", "*"))
        if not beside[-1]:
            cursor.take()
        elif not grammar.starts_factor() or cursor.token.kind == "number":
            break
        factors.append(grammar.factor())
        is_open = beside[-1] and reached[1] == len(factors) - 1 and not _stands_alone(factors[-1])
        if _mentions(factors[-1], names) or (is_open and cursor.source.conventions.get(PRODUCT, False)):
            reached = (cursor.position, len(factors))
    if cursor.at("/"):
        grammar.ambiguous("the slash could divide the product or its factors", r"write \frac{..}{..} or brackets")
    cursor.position = reached[0]
    kept, rest = tuple(factors[: reached[1]]), factors[reached[1] :]
    is_open = bool(rest) and beside[len(kept)] and not _stands_alone(rest[0])
    return (kept[0] if len(kept) == 1 else Product(start, cursor.end, kept)), is_open


def _stands_alone(factor: Node) -> bool:
    r"""True of a factor behind a product that is beside it: `\prod_i p(x_i | a) p(a)`, `\prod_i x_i \sum_j y_j`."""
    is_probability = isinstance(factor, Applied) and (factor.head.base in PROBABILITIES or bool(factor.bar))
    return is_probability or isinstance(factor, Total | Integral)


def _mentions(node: Node, names: set[str]) -> bool:
    """True where one of the names stands free in a node, alone or in a subscript."""
    if isinstance(node, Name) and (node.text in names or names & set(node.marks)):
        return True
    if isinstance(node, Total | Integral):
        names = names - {name.text for name in node.over}
    return any(_mentions(part, names) for part in parts(node))


def at_differential(grammar: Grammar) -> bool:
    r"""True before `dx` or `\mathrm{d}x`, which closes an integral."""
    cursor = grammar.cursor
    if cursor.follows(r"\mathrm", "{", "d", "}"):
        return True
    after = cursor.peek(1)
    return cursor.at("d") and starts_name(after) and after.start == cursor.token.end


def differential(grammar: Grammar) -> None:
    r"""Passes the `d` or `\partial` of a differential."""
    cursor = grammar.cursor
    if cursor.follows(r"\mathrm", "{", "d", "}"):
        cursor.position += 4
    else:
        cursor.take()


def integral(grammar: Grammar) -> Integral:
    r"""`\int_a^b f \, \mathrm{d}x`: all up to the differentials; `\int dx` of 1, or of what follows with x in it."""
    cursor = grammar.cursor
    word = cursor.take()
    lower = upper = None
    while cursor.at("_", "^"):
        if cursor.take().text == "_":
            lower = limit(grammar)
        else:
            upper = limit(grammar)
    inner = None
    if not at_differential(grammar):
        grammar.integrals += 1
        inner = grammar.expression()
        grammar.integrals -= 1
    names: list[Name] = []
    slopes: list[Node] = []
    while at_differential(grammar) and not (names and grammar.integrals):
        differential(grammar)
        names.append(_changed(grammar, slopes) if cursor.at("(", "[", r"\left") else read_name(cursor))
    if not names:
        cursor.fail(r"a differential, such as \mathrm{d}x,")
    if slopes:
        factors = (*([inner] if inner is not None else ()), *slopes)
        inner = factors[0] if len(factors) == 1 else Product(factors[0].start, factors[-1].end, factors)
    if inner is None:
        inner = _after_differentials(grammar, {name.text for name in names}) or Numeral(word.end, word.end, Fraction(1))
    return Integral(word.start, cursor.end, tuple(names), inner, lower, upper)


def _changed(grammar: Grammar, slopes: list[Node]) -> Name:
    r"""The variable of `\mathrm{d}(c u + b)`, of which the derivative by u is a factor of the integrand."""
    cursor = grammar.cursor
    position = cursor.position
    inner = grammar.atom()
    name = changed_variable(inner, cursor.source.text)
    if name is None or slope(inner, name.text) is None:
        cursor.position = position
        cursor.fail("a differential of a variable, or of what is of first degree in one,")
    slopes.append(Derivative(inner.start, inner.end, "d", (name,), None, inner))
    return name


def _after_differentials(grammar: Grammar, names: set[str]) -> Node | None:
    """The factors behind the differentials, where one of the names stands in them."""
    position = grammar.cursor.position
    found = _factors_with(grammar, names)[0] if grammar.starts_factor() else None
    if found is not None and _mentions(found, names):
        return found
    grammar.cursor.position = position
    return None


def derivative(grammar: Grammar) -> Derivative | None:
    r"""`\frac{d f}{d x}` or `\frac{\partial}{\partial x} f`, where one begins; else nothing is passed."""
    cursor = grammar.cursor
    position = cursor.position
    start = cursor.token.start
    if not cursor.at(r"\frac", r"\dfrac", r"\tfrac") or cursor.peek(1).text != "{":
        return None
    cursor.position += 2
    sign = _at_d(grammar) or _at_d_before_more(grammar)
    if not sign:
        cursor.position = position
        return None
    differential(grammar)
    order = _order(grammar)
    inner = None if cursor.at("}") else grammar.expression()
    if not cursor.follows("}", "{"):
        cursor.position = position
        return None
    cursor.position += 2
    over, powers = _variables(grammar, sign)
    if not over or not cursor.at("}"):
        cursor.position = position
        return None
    if order is None:
        raised = (v if p is None else Power(v.start, p.end, v, p) for v, p in zip(over, powers, strict=True))
        over = list(raised)
    elif not _is_total(order, powers):
        cursor.fail("as many derivations as stand above")
    elif isinstance(order, Numeral) and order.value > _MOST_DERIVATIONS:
        cursor.fail(f"an order of at most {_MOST_DERIVATIONS}")
    elif len(over) > 1:
        # By x^2 and y is by x, by x, and by y.
        counts = (int(p.value) if isinstance(p, Numeral) else 1 for p in powers)
        over = [name for name, count in zip(over, counts, strict=True) for _ in range(count)]
    cursor.take()
    if inner is None:
        inner = body(grammar)
    places = _places(grammar, over) if isinstance(inner, Name) and cursor.at("(") else ()
    return Derivative(start, cursor.end, sign, tuple(over), order, inner, places)


def _places(grammar: Grammar, over: Sequence[Node]) -> tuple[Node, ...]:
    r"""The `(x, y)` behind a derivative; the `(x)` of `\frac{df}{dx}(x)`, which says nothing new, is passed.

    Raises:
        Ambiguous: the brackets could hold another place, as in `\frac{df}{dx}(0)`, or a factor.
    """
    cursor = grammar.cursor
    position, start = cursor.position, cursor.token.start
    places: list[Node] = []
    while (cursor.at("(") if not places else cursor.at(",")) and (
        starts_name(cursor.peek(1)) or cursor.peek(1).kind == "number"
    ):
        cursor.take()
        places.append(grammar.expression())
    variables = [part.base if isinstance(part, Power) else part for part in over]
    names = {part.text for part in variables if isinstance(part, Name)}
    plain = [place for place in places if isinstance(place, Name)]
    if cursor.at(")") and len(plain) == len(places) and names <= {place.text for place in plain}:
        cursor.take()
        return tuple(places) if len(places) > 1 else ()
    is_place = len(places) == 1 and isinstance(places[0], Numeral | Name)
    if cursor.at(")") and is_place:
        cursor.take()
        span = cursor.source.span(start, cursor.end)
        raise Ambiguous(span, "this could be the place of the derivative, or a factor", "give the derivative a name")
    cursor.position = position
    return ()


def _variables(grammar: Grammar, sign: str) -> tuple[list[Node], list[Node | None]]:
    """What is derived by, and the powers: of the variable, or orders where an order stands above."""
    cursor = grammar.cursor
    over: list[Node] = []
    powers: list[Node | None] = []
    while _at_d(grammar) == sign and not (cursor.at("d") and cursor.peek(1).text in ("}", "^")):
        differential(grammar)
        over.append(grammar.atom() if cursor.at("(") else read_name(cursor))
        powers.append(_order(grammar))
        if cursor.at("^"):
            cursor.fail("an order of derivation")
    return over, powers


def _is_total(order: Node, powers: list[Node | None]) -> bool:
    """True where orders of derivation, one for each variable, add up to the one above."""
    if isinstance(order, Numeral):
        counts = [1 if p is None else p.value if isinstance(p, Numeral) else 0 for p in powers]
        return sum(counts) == order.value
    (power,) = powers if len(powers) == 1 else (None,)
    return isinstance(order, Name) and isinstance(power, Name) and order.text == power.text


def _at_d(grammar: Grammar) -> str:
    cursor = grammar.cursor
    if cursor.at(r"\partial"):
        return r"\partial"
    if cursor.follows(r"\mathrm", "{", "d", "}"):
        return "d"
    after = cursor.peek(1)
    return "d" if cursor.at("d") and (after.text in ("}", "^") or starts_name(after)) else ""


def _at_d_before_more(grammar: Grammar) -> str:
    r"""`d` before a bracket or an operator, above a fraction bar: `\frac{d (u v)}{dx}`."""
    after = grammar.cursor.peek(1)
    more = after.text in ("(", "[", r"\frac", r"\sqrt") or after.text in FUNCTIONS or after.text in TOTALS
    return "d" if grammar.cursor.at("d") and more and after.kind != "prose" else ""


def _order(grammar: Grammar) -> Node | None:
    if not grammar.cursor.at("^"):
        return None
    grammar.cursor.take()
    return grammar.argument()


def _gradient(grammar: Grammar) -> Node:
    r"""`\nabla_x f`, `\nabla f(x)^T` and `\partial_x f`."""
    cursor = grammar.cursor
    start, sign = cursor.token.start, cursor.take().text
    over: tuple[Node, ...] = ()
    if cursor.at("_"):
        cursor.take()
        begins = cursor.token
        over = (limit(grammar),)
        if sign == r"\partial" and not _is_variable(over[0]):
            span = cursor.source.span(begins.start, cursor.end)
            raise Unread(span, "a variable is expected to differentiate by, and no index")
    order = _order(grammar)
    inner = _differentiated(grammar, {n.text for n in over if isinstance(n, Name)}, sign)
    transpose = None
    if isinstance(inner, Power) and isinstance(inner.exponent, Name) and inner.exponent.text in TRANSPOSES:
        transpose, inner = inner.exponent, inner.base  # `\nabla f(x)^T` is the row of the slopes of f
    if not over and isinstance(inner, Applied) and len(inner.before) == 1 and not inner.bar:
        over = tuple(part for part in inner.before if isinstance(part, Name))  # by what it is a function of
    gradient = Derivative(start, cursor.end, sign, over, order, inner)
    return gradient if transpose is None else Power(start, cursor.end, gradient, transpose)


_INDICES = frozenset("ijklmn")


def _is_variable(node: Node) -> bool:
    r"""False of the i in `\partial_i f`, which is the derivative by a variable with that index."""
    return isinstance(node, Name) and node.text not in _INDICES


def _differentiated(grammar: Grammar, names: set[str], sign: str) -> Node:
    r"""What a gradient by some names is of: a function with its argument, or one factor.

    A number before it is no end of that, as in `\nabla_w \frac{1}{n} \sum_i (y_i - w x_i)^2`: the rest of the term is.
    """
    cursor = grammar.cursor
    begins = cursor.position
    inner = function(grammar, names) if _at_function(grammar) else grammar.factor()
    if names and isinstance(inner, Numeral | Division) and grammar.continues() and not _mentions(inner, names):
        cursor.position = begins
        return grammar.term()
    goes_on = sign == r"\partial" and grammar.starts_factor() and not at_partial(cursor)
    if goes_on and not _are_constant(grammar, names):
        grammar.ambiguous("this could be differentiated or not", BRACKETS)
    return inner


def _at_function(grammar: Grammar) -> bool:
    return grammar.cursor.at(*FUNCTIONS) or bool(_spelt(grammar, _SPELT))


def _are_constant(grammar: Grammar, names: set[str]) -> bool:
    """True where the factors that follow do not mention some names."""
    cursor = grammar.cursor
    begins = cursor.position
    found = grammar.term()
    cursor.position = begins
    return bool(names) and not _mentions(found, names)
