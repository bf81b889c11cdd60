"""Whether a name is new to a text, or known from what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from symderiv.documents.displays import Display, Row, names_of
from symderiv.documents.leading_words import last_words, words_lead
from symderiv.documents.role import DEFINED, EVERYWHERE, TOLD, VALUED
from symderiv.documents.split_off import names_a_quantity
from symderiv.formulas import tree as t
from symderiv.formulas.functions import CALLED_BY_NAME, replaced
from symderiv.formulas.grammar import RELATIONS
from symderiv.formulas.notation import PROBABILITIES, QUANTITIES
from symderiv.formulas.printing import printed
from symderiv.formulas.usage import moment_of

_CONSTANTS = frozenset({"I", "0", "1", "e", r"\pi"})
"""Letters for what needs no definition: an identity matrix, zeros and ones, numbers."""
_SHIFTED = re.compile(r"_\{([a-z])[+-]\d\}\Z")
_DEFINES_WHAT = re.compile(r"\b(?:where|defin\w+|let|denot\w+|(?:is|are) given by)\b", re.IGNORECASE)
"""Words before a display that says what something is."""


def known_by(left: t.Node) -> Iterator[str]:
    """What an equation says of its left side: that it is known, and a function everywhere."""
    yield printed(left)
    if isinstance(left, t.Name):
        yield VALUED + left.text
    if isinstance(left, t.Applied) and is_at_names(left):
        yield from (EVERYWHERE + text for text in (left.head.text, printed(left)))


def said_of_functions(display: Display) -> set[tuple[int, str]]:
    """The functions of which the prose around a display says what they are, and their values that it says before it."""
    found: set[tuple[int, str]] = set()
    for row in (*display.inline, *display.conditions):
        if row.sign == "=" and isinstance(row.left, t.Name):
            found.add((display.section, VALUED + row.left.text))
        if row.sign == "=" and isinstance(row.left, t.Applied) and is_at_names(row.left):
            found.add((display.section, EVERYWHERE + row.left.head.text))
            if row.place[0] < display.piece.start:
                found.add((display.section, TOLD + printed(row.left)))
    limited = (row.left for row in display.limited if row.sign == "=")
    found |= {(display.section, EVERYWHERE + left.head.text) for left in limited if isinstance(left, t.Applied)}
    return found


def explains_a_name(row: Row, display: Display, names: set[tuple[int, str]]) -> bool:
    r"""True of an equation that says what a new name is, though it does not stand alone: `S = \sum_i e_i^2 = ...`.

    All other names on its right were there before: there is nothing to infer it from.
    """
    if row.sign != "=" or row.left is None or row.right is None:
        return False
    if not _can_be_new(row.left):
        return False
    known = {name for section, name in names if section == display.section}
    ranges = [node for node in t.walk(row.left) if isinstance(node, t.Total | t.Integral)]
    bound = {name.text for node in ranges for name in node.over}
    bound |= names_of(*(node.condition for node in ranges if isinstance(node, t.Total)))
    bound |= names_of(*(end for node in ranges for end in (node.lower, node.upper)))
    left, right = names_of(row.left) - bound, names_of(row.right)
    if any(isinstance(node, t.Name) and node.base in _CONSTANTS for node in t.walk(row.left)):
        return False
    if not right and not isinstance(row.left, t.Name):
        return False  # `w + w = 4 + 4` says what w is, if anything
    return len(left) == 1 and left.isdisjoint(known | right) and right <= known | bound


def defined_in_words(displays: Sequence[Display]) -> set[tuple[int, str]]:
    """What prose says by an equation, and what words before a display define, each marked as that."""
    said = [(display, row) for display in displays for row in (*display.inline, *display.conditions, *display.local)]
    said += [(d, d.rows[0]) for d in displays if d.rows and _DEFINES_WHAT.search(last_words(d))]
    return {(d.section, DEFINED + printed(row.left)) for d, row in said if row.sign == "=" and row.left is not None}


def is_of_what_is_unknown(row: Row, display: Display, names: set[tuple[int, str]], lefts: set[tuple[int, str]]) -> bool:
    r"""True of `k(x, y) = \mathrm{Cov}(f(x), f(y)) = e^{-|x - y|}` at its end, where nothing was said of f before.

    What a moment of functions is can be inferred from what these are; of unknown ones it says something.
    """
    left = row.left
    if row.sign != "=" or not isinstance(left, t.Applied) or not moment_of(left) or row.right is None:
        return False
    heads = {part.head.text for part in left.before if isinstance(part, t.Applied)}
    known = {name for section, name in names if section == display.section}
    known |= {name.removeprefix(EVERYWHERE) for section, name in lefts if section == display.section}
    return bool(heads) and heads.isdisjoint(known | names_of(row.right)) and len(left.before) > 1


def _can_be_new(left: t.Node) -> bool:
    """False of a limit, an integral, an array, a mean and a probability: what these are is known."""
    is_limit = isinstance(left, t.Total) and left.kind == "limit"
    is_worked_out = is_limit or isinstance(left, t.Integral | t.Array)
    return not is_worked_out and not (isinstance(left, t.Applied) and names_a_quantity(left))


def is_listed(row: Row, display: Display, lefts: set[tuple[int, str]]) -> bool:
    """True of a name that is explained in a list of such."""
    left = row.left
    is_new = (display.section, printed(left)) not in lefts if left is not None else False
    listed = isinstance(left, t.Name | t.Applied) and row.sign == "=" and is_new and not is_property(row)
    return listed and not is_known_slope(left, display, lefts)


def names_a_function(row: Row, display: Display, names: set[tuple[int, str]]) -> bool:
    """True of `y = f(x) = x^2` at its end, where f was not there before: there is nothing to infer it from."""
    sides = (side for side in (row.left, row.right) if isinstance(side, t.Applied))
    heads = [side.head for side in sides if len(side.head.base) == 1 and side.head.stem.startswith(side.head.base)]
    return any((display.section, head.text) not in names and head.text not in QUANTITIES for head in heads)


def names_said(row: Row) -> frozenset[str]:
    r"""The names in a row; `\frac{\partial L}{\partial x}` does not say what L is."""
    sides = [side for side in (row.left, row.right) if side is not None]
    bodies = {id(node.body) for side in sides for node in t.walk(side) if isinstance(node, t.Derivative)}
    nodes = (node for side in sides for node in t.walk(side) if id(node) not in bodies)
    return frozenset(node.text for node in nodes if isinstance(node, t.Name))


def is_fresh(row: Row, display: Display, names: set[tuple[int, str]], lefts: set[tuple[int, str]]) -> bool:
    """True of a left side that is a name or call that was not there before.

    `f(2)` and `L(x_1)` were there where `f(x)` and `L(x)` were said to be something.
    """
    left = row.left
    if isinstance(left, t.Applied):
        if is_known_slope(left, display, lefts):
            return False
        is_density = bool(left.bar) or left.head.base in PROBABILITIES
        at_values = not is_density and all(
            isinstance(p, t.Name) and (display.section, VALUED + p.text) in lefts for p in left.before
        )
        call = _at_letters(left) if is_at_names(left) and not at_values else left.head.text
        return (display.section, EVERYWHERE + call) not in lefts
    if isinstance(left, t.Derivative):
        known = {name.split("_")[0] for section, name in names if section == display.section}
        return isinstance(left.body, t.Name) and left.body.stem not in known
    if isinstance(left, t.Array):
        cells = [cell for row_of in left.rows for cell in row_of]
        return all(isinstance(c, t.Name) and (display.section, c.text) not in names for c in cells)
    # `x_{t+1}` is nothing new where `x_t` is known.
    plain = _SHIFTED.sub(r"_\1", left.text) if isinstance(left, t.Name) else ""
    return isinstance(left, t.Name) and not {(display.section, left.text), (display.section, plain)} & names


def is_a_member(row: Row, display: Display, names: set[tuple[int, str]]) -> bool:
    """True of `x_2 = a^2 x_0` behind words that lead to it, where `x_{t+1}` or `x_t` is known for all t."""
    left = row.left
    if not isinstance(left, t.Name) or not left.lower or not left.lower[0].isdigit() or row.sign not in RELATIONS:
        return False
    stem = re.compile(rf"{re.escape(left.stem)}_(?:[a-z]|\{{[a-z](?:[+-]\d+)?\}})")
    known = any(section == display.section and stem.fullmatch(name) for section, name in names)
    return known and row.kind == "first" and words_lead(last_words(display))


def is_known_slope(left: t.Node | None, display: Display, lefts: set[tuple[int, str]]) -> bool:
    """True of `f'(x)` where it was said what f is."""
    head = left.head.text if isinstance(left, t.Applied) else ""
    return head.endswith("'") and (display.section, EVERYWHERE + head.rstrip("'")) in lefts


def is_at_names(node: t.Applied) -> bool:
    """True of a function at names, which says what it is everywhere."""
    return all(isinstance(argument, t.Name) for argument in (*node.before, *node.after))


def _at_letters(call: t.Applied) -> str:
    """`L(x)` for `L(x_1)`; nothing where an argument is a mere letter, or its name says which function is meant."""
    arguments = [argument for argument in call.before if isinstance(argument, t.Name)]
    if call.head.base in CALLED_BY_NAME or call.bar or any(argument.text == argument.base for argument in arguments):
        return ""
    letters = {name.text: t.Name(name.start, name.end, name.base, name.base, (), name.base) for name in arguments}
    return printed(replaced(call, dict(letters)))


def as_stated(row: Row) -> tuple[str, ...]:
    """What a relation says, however it is spaced and whatever follows its sentence."""
    return row.sign, *(re.sub(r"(?:\\[;,:!]|[\s.,;])+$|\s", "", text) for text in row.texts)


def is_new_power(left: t.Node | None, display: Display, names: set[tuple[int, str]]) -> bool:
    """True of the `s^2` of a name that was not there before."""
    is_power = isinstance(left, t.Power) and isinstance(left.base, t.Name) and isinstance(left.exponent, t.Numeral)
    return is_power and not any((display.section, name) in names for name in names_of(left))


def is_property(row: Row) -> bool:
    """True of `E[a X] = a E[X]`: a moment or entropy of more than a name, by others."""
    left = row.left
    if not isinstance(left, t.Applied) or row.right is None or not names_a_quantity(left):
        return False
    others = (node for node in t.walk(row.right) if isinstance(node, t.Applied))
    return not is_at_names(left) and any(map(names_a_quantity, others))


def all_known(row: Row, display: Display, names: set[tuple[int, str]]) -> bool:
    """True of a relation in which every name is one of the names, each with its section."""
    return all((display.section, name) in names for name in names_said(row))
