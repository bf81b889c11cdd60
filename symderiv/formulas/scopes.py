"""Names and what reaches over what follows them: applications and expectations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.formulas.fences import group, joins, limits
from symderiv.formulas.names import Cursor, read_base, read_name
from symderiv.formulas.source import Unread
from symderiv.formulas.tokens import WORDS
from symderiv.formulas.tree import Applied, Average, Draw, Name, Negation, Node, Numeral, Product, Sides

if TYPE_CHECKING:
    from symderiv.formulas.grammar import Grammar

BARS = ("|", r"\mid", r"\vert", r"\middle|")
DIVERGENCE_BARS = ("||", r"\|", r"\Vert", r"\parallel")


def upright(name: str) -> tuple[str, ...]:
    """A name in the fonts in which the field writes one and the same thing."""
    return (name, *(rf"\{font}{{{name}}}" for font in ("mathrm", "operatorname", "mathbb", "mathbf", "text")))


_EXPECTATION = upright("E")
_OPERATORS = frozenset(
    rf"\{font}{{{word}}}"
    for word in ("E", "tr", "Tr", "Var", "det", "rank", "diag", "sgn", "sign")
    for font in ("mathrm", "operatorname", "text", "mathbb", "mathsf")
)
"""Names of operators, which make no factor."""
_NAMED_ALONE = frozenset({"KL"})
"""Words that texts write for the quantity itself, where it was said between what: `KL = ...`."""
_CLOSING = {"(": ")", "[": "]", r"\{": r"\}"}


def bare_name(cursor: Cursor) -> Name:
    """The one letter, with its font and accents, that a superscript takes without braces."""
    start = cursor.token.start
    text, base = read_base(cursor)
    return Name(start, cursor.end, text, base)


def named(grammar: Grammar) -> Node:
    """A name, an application, or an expectation with its draws."""
    cursor = grammar.cursor
    start = cursor.position
    if cursor.follows(r"\mathrm", "{", "d", "}"):
        return _differential(cursor)
    if read_base(cursor)[0] in _EXPECTATION and cursor.at("_") and cursor.ahead(r"\sim"):
        return _average(grammar, start)
    if (found := _weighted(grammar, start)) is not None:
        return found
    cursor.position = start
    head = read_name(cursor)
    is_operator = head.stem in _OPERATORS or (head.stem.startswith(r"\operatorname") and len(head.base) > 1)
    if cursor.at("(", "[") or (is_operator and cursor.at(r"\{")):
        return applied(grammar, head)
    if is_operator and grammar.starts_factor():
        grammar.ambiguous(f"how far {head.text} reaches is not said", "write brackets around its argument")
    if head.text in WORDS and (grammar.starts_factor() or head.text not in _NAMED_ALONE):
        cursor.fail(f"a bracket after {head.text}")
    return head


def _differential(cursor: Cursor) -> Name:
    r"""`\mathrm{d}x` outside of an integral, as a name of its own."""
    start = cursor.token.start
    cursor.position += 4
    inner = read_name(cursor)
    return Name(start, cursor.end, rf"\mathrm{{d}}{inner.text}", "d", inner.marks, rf"\mathrm{{d}}{inner.text}")


def is_minus_one(node: Node) -> bool:
    """True of the exponent of an inverse."""
    return isinstance(node, Negation) and isinstance(node.body, Numeral) and node.body.value == 1


def applied(grammar: Grammar, head: Name) -> Node:
    """The arguments of a call, or the one factor in brackets of a product: the name decides later."""
    cursor = grammar.cursor
    opening = cursor.take()
    outside, grammar.bars = grammar.bars, True
    integrals, grammar.integrals = grammar.integrals, 0
    before, after = list[Node](_drawn(grammar) or [grammar.clause()]), list[Node]()
    separators, bar = [","] * (len(before) - 1), ""
    while not cursor.at(")", "]", r"\}"):
        if cursor.at(",", ";"):
            separators.append(cursor.take().text)
            (after if bar else before).append(grammar.clause())
        elif joins(cursor) and isinstance((after if bar else before)[-1], Sides):
            cursor.take()
            separators.append(",")
            (after if bar else before).append(_relation(grammar))
        elif not bar and cursor.at(*BARS, *DIVERGENCE_BARS):
            bar = _bar(cursor)
            after.append(grammar.clause())
        else:
            cursor.fail(_CLOSING[opening.text])
    cursor.expect(_CLOSING[opening.text], opening.stretched)
    grammar.bars, grammar.integrals = outside, integrals
    if opening.text == "[" and cursor.at("_") and len(before) == 1 and not bar:
        return Product(head.start, cursor.end, (head, limits(grammar, opening.start, before[0])))
    return Applied(head.start, cursor.end, head, opening.text, tuple(before), bar, tuple(after), tuple(separators))


def _relation(grammar: Grammar) -> Sides:
    """A relation between expressions: one that is joined to another by words."""
    found = grammar.clause()
    if not isinstance(found, Sides):
        grammar.cursor.fail("a relation")
    return found


def _drawn(grammar: Grammar) -> tuple[Name, ...]:
    r"""What is drawn, in `y \sim p(\cdot \mid x)`, for the point that stands in its place; nothing where none does."""
    cursor = grammar.cursor
    after = cursor.peek(1).text
    if not grammar.drawn or not cursor.at(r"\cdot") or after not in (")", ",", ";", *BARS):
        return ()
    cursor.take()
    return grammar.drawn


def _bar(cursor: Cursor) -> str:
    """One bar, or two of them however they are written."""
    if cursor.take().text in DIVERGENCE_BARS:
        return "||"
    if cursor.at(*BARS):
        cursor.take()
        return "||"
    return "|"


def _names(cursor: Cursor) -> tuple[Name, ...]:
    found = [read_name(cursor)]
    while cursor.at(","):
        cursor.take()
        found.append(read_name(cursor))
    return tuple(found)


def _average(grammar: Grammar, position: int) -> Average:
    r"""`E_{x \sim P(x), y \sim P(y|x)}` and the rest of its term."""
    cursor = grammar.cursor
    start = cursor.start_of(position)
    cursor.take()
    cursor.expect("{")
    draws = [_draw(grammar)]
    while cursor.at(","):
        cursor.take()
        draws.append(_draw(grammar))
    cursor.expect("}")
    inner = body(grammar)
    return Average(start, cursor.end, tuple(draws), inner)


def _weighted(grammar: Grammar, position: int) -> Average | None:
    r"""`E_{q(z \mid x)}[f]`: z is drawn from the distribution below; None of anything else."""
    cursor = grammar.cursor
    cursor.position = position
    start = cursor.token.start
    if read_base(cursor)[0] not in _EXPECTATION or not cursor.at("_") or not cursor.ahead("("):
        return None
    cursor.position += 2
    begins = cursor.token.start
    try:
        weight = grammar.expression()
    except Unread:
        return None
    names = tuple(part for part in weight.before if isinstance(part, Name)) if isinstance(weight, Applied) else ()
    if not isinstance(weight, Applied) or len(names) != len(weight.before) or not cursor.at("}"):
        return None
    cursor.take()
    if not cursor.at("[", "(", r"\{"):
        return None
    draw = Draw(begins, cursor.end, names, weight)
    return Average(start, cursor.end, (draw,), body(grammar))


def _draw(grammar: Grammar) -> Draw:
    cursor = grammar.cursor
    start = cursor.token.start
    if cursor.at("("):
        opening = cursor.take()
        names = _names(cursor)
        cursor.expect(")", opening.stretched)
    else:
        names = _names(cursor)
    cursor.expect(r"\sim")
    outside, grammar.drawn = grammar.drawn, names
    weight = grammar.expression()
    grammar.drawn = outside
    return Draw(start, cursor.end, names, weight)


def body(grammar: Grammar) -> Node:
    """The rest of the term: up to `+`, `-`, a relation or a closing bracket; a minus at its beginning belongs to it.

    Square brackets hold the whole body where they hold anything; what follows them has two readings.
    """
    cursor = grammar.cursor
    if cursor.at("-"):
        sign = cursor.take()
        term = grammar.term()
        return Negation(sign.start, cursor.end, term)
    if not cursor.at("["):
        return grammar.term()
    begins = cursor.position
    inner = group(grammar)
    if cursor.at("^") or grammar.continues():
        message, hint = "this could belong to the body before it or not", "write brackets around the whole body"
        if grammar.reaches("body", message, hint):
            cursor.position = begins
            return grammar.term()
    return inner
