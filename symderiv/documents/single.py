r"""Statements given on their own, with what is assumed, read as a text of several displays is.

`a = b \Rightarrow c = d` states the second relation under the first, and `\Leftrightarrow` each under the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from sympy import preorder_traversal

from symderiv.documents.displays import Display, Row
from symderiv.documents.document import Document, Piece
from symderiv.documents.names import definable, names_in
from symderiv.documents.page import MOST
from symderiv.documents.reading import displays_of
from symderiv.documents.role import Role
from symderiv.documents.section import Section
from symderiv.formulas.formula import read_statements
from symderiv.formulas.grammar import RELATIONS
from symderiv.formulas.names import is_constant
from symderiv.formulas.operators import OPEN_PRODUCT, PRODUCT
from symderiv.formulas.source import Ambiguous, Place, Source, Unread
from symderiv.language.matrices import Gradient
from symderiv.language.quantities import Differentiated
from symderiv.language.written import Raised, Scalar, Times
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.statement import Statement


def read_single(text: str, assumptions: Sequence[str] = ()) -> tuple[tuple[Statement, ...], bool]:
    """The relations of a text in the language of distributions, else as a text that says little of its names.

    The second result is true where everything in them has a meaning.

    Raises:
        Unread: at the first part that cannot be read faithfully.
    """
    statements, complete = _read(text, assumptions)
    declares = any(assumption.lstrip().startswith("let ") for assumption in assumptions)
    inverted = sorted(frozenset().union(*(_inverted_capitals(s) for s in statements))) if not declares else []
    if inverted:
        message = f"{inverted[0]} could be a number or a matrix"
        raise Ambiguous(Source("<statement>", text).span(0, len(text)), message, f"let {inverted[0]} be a scalar")
    return statements, complete


Read = tuple[tuple[Statement, ...], bool]
"""Statements, and whether everything in them has a meaning."""


def read_in_all_readings(text: str, assumptions: Sequence[str] = ()) -> tuple[list[Read], Diagnostic | None]:
    """The relations of a text under every choice of the conventions on which its reading depends.

    The second result says what has several readings, where something has.

    Raises:
        Unread: the text cannot be read faithfully.
    """
    try:
        return _with_open_products(read_single(text, assumptions), text, assumptions)
    except Ambiguous as problem:
        found = _with_conventions(text, assumptions, {}, problem)
        if len({len(statements) for statements, _ in found}) > 1:
            raise
        return found, problem.diagnostic


def _with_open_products(found: Read, text: str, assumptions: Sequence[str]) -> tuple[list[Read], Diagnostic | None]:
    r"""A reading, and that in which products take what stands beside them, where it differs: `\prod_i x_i c`."""
    if r"\prod" in text:
        with suppress(Unread):
            other, span = read_general(text, assumptions, {PRODUCT: True}), found[0][0].span
            if span is not None and other != read_general(text, assumptions):
                return [found, other], Diagnostic("ambiguous", span, OPEN_PRODUCT)
    return [found], None


def _with_conventions(
    text: str, assumptions: Sequence[str], conventions: Mapping[str, bool], problem: Ambiguous
) -> list[Read]:
    if not problem.convention or len(conventions) == MOST:
        raise problem
    found: list[Read] = []
    for reaches in (False, True):
        chosen = {**conventions, problem.convention: reaches}
        try:
            found.append(read_general(text, assumptions, chosen))
        except Ambiguous as further:
            found += _with_conventions(text, assumptions, chosen, further)
    return found


def _read(text: str, assumptions: Sequence[str]) -> tuple[tuple[Statement, ...], bool]:
    try:
        statements = read_statements(text, assumptions)
    except Unread as problem:
        try:
            return read_general(text, assumptions)
        except Unread as other:
            raise max(other, problem, key=_how_far) from None
    return statements, not any(map(_has_constants, statements))


def _inverted_capitals(statement: Statement) -> frozenset[str]:
    """The capitals in products to the power -1, beside other capitals: numbers, or matrices, which do not commute."""
    sides = (statement.proposition.left, statement.proposition.right)
    names = {name for side in sides for name in names_in(side) if len(name) == 1 and name.isupper()}
    inverted = {
        name
        for side in sides
        for part in preorder_traversal(side)
        if isinstance(part, Raised) and part.args[1] == -1 and isinstance(part.args[0], Scalar | Times)
        for name in names_in(part.args[0]) & names
    }
    return frozenset(inverted) if len(names) > 1 else frozenset()


def _how_far(problem: Unread) -> tuple[int, int]:
    """Where the reading of a statement stopped."""
    span = problem.diagnostic.span
    return span.line, span.column


def _has_constants(statement: Statement) -> bool:
    """True where a name stands in a statement that is not said to be other than the constant of that name."""
    proposition, context = statement.proposition, statement.context
    said = {definable(d.name) for d in context.definitions}.union(
        *(names_in(side) for p in context.assumptions for side in (p.left, p.right))
    )
    return any(is_constant(name) for name in (names_in(proposition.left) | names_in(proposition.right)) - said)


def read_general(
    text: str, assumptions: Sequence[str] = (), conventions: Mapping[str, bool] | None = None
) -> tuple[tuple[Statement, ...], bool]:
    """The relations of a text under the assumptions, and whether everything in them has a meaning.

    Raises:
        Unread: at the first part that cannot be read faithfully.
    """
    source, pieces = _joined(text, assumptions)
    source = replace(source, conventions=conventions or {})
    document = Document(source, pieces)
    wrong: list[Unread] = []
    displays = displays_of(document, wrong)
    if wrong:
        raise wrong[0]
    for display in displays:
        _complain(source, display)
    stated = displays[-1]
    roles = {id(row): Role("given") for display in displays for row in display.rows}
    roles |= {id(row): Role("inference") for row in stated.rows}
    section = Section(source, displays, roles)
    forced = sorted(section.shapes.forced_to_numbers())
    if forced:
        start, end = stated.piece.start, stated.piece.end
        raise Unread(source.span(start, end), f"{forced[0]} would have to be a number for the shapes to fit")
    found: list[Statement] = []
    complete = True
    for place, line in enumerate(section.lines):
        if line.problem is not None:
            raise line.problem
        if line.display is not stated or line.proposition is None:
            continue
        statements = _statements(section, place)
        complete = complete and all(line.is_complete(statement.context) for statement in statements)
        found += statements
    return tuple(found), complete


def _joined(text: str, assumptions: Sequence[str]) -> tuple[Source, tuple[Piece, ...]]:
    """All texts as one, declarations first and the statement last; places count from the beginning of each."""
    whole, pieces, places = "", list[Piece](), list[Place]()
    declared = [part for part in assumptions if part.lstrip().startswith("let ")]
    for part in (*declared, *(other for other in assumptions if other not in declared), text):
        places.append(Place(len(whole), 1, 1))
        start, end = len(whole) + _keyword(part), len(whole) + len(part)
        pieces.append(Piece("comment", start, end) if part in declared else Piece("display", start, end, "equation"))
        whole += f"{part}\n"
    return Source("<statement>", whole, tuple(places)), tuple(pieces)


def _keyword(assumption: str) -> int:
    """The length of `assume` or `define` before a relation."""
    for word in ("assume ", "define "):
        if assumption.lstrip().startswith(word):
            return assumption.index(word) + len(word)
    return 0


def _complain(source: Source, display: Display) -> None:
    if display.problem is not None:
        raise display.problem
    for row in display.rows:
        if row.problem is not None:
            raise row.problem
        if row.sign not in RELATIONS.values():
            raise Unread(source.span(*row.place), f"{row.sign} is no relation between numbers")
    if not display.rows:
        start, end = display.piece.start, display.piece.end
        raise Unread(source.span(start, end), "a relation is expected, such as a = b")


def _statements(section: Section, place: int) -> list[Statement]:
    """A relation in its context; of two that are said to be equivalent, each under the other."""
    line = section.lines[place]
    if line.proposition is None:
        return []
    span = section.source.span(*line.row.place)
    before = section.lines[place - 1] if place else None
    arrow = line.row.lead in ("implies", "equivalent") and before is not None and before.display is line.display
    if _is_premise(section, place):
        return []
    premise = before.proposition if arrow and before is not None else None
    own = Statement(line.proposition, section.store.context(place, line.proposition, (), premise), span)
    _refuse_dependence(own, section, place)
    if premise is None or line.row.lead != "equivalent":
        return [own]
    back = section.store.context(place - 1, premise, (), line.proposition)
    return [own, Statement(premise, back, span)]


def _refuse_dependence(statement: Statement, section: Section, place: int) -> None:
    """Stops where something is differentiated and an assumption is an equation for a name in it.

    Whether the name stands for a function, or for a number that is equal at one point, the equation does not say.
    """
    sides = (statement.proposition.left, statement.proposition.right)
    parts = [part for side in sides for part in preorder_traversal(side)]
    if not any(isinstance(part, Differentiated | Gradient) for part in parts):
        return
    names = {name for side in sides for name in names_in(side)}
    for assumed in statement.context.assumptions:
        name = definable(assumed.left)
        if name in names and assumed.right not in (0, assumed.left):
            span = section.source.span(*section.lines[place].row.place)
            raise Unread(span, f"{name} could be a function here, or equal to it at one place", f"define {name} = ...")


def _is_premise(section: Section, place: int) -> bool:
    """True of a relation from which the next one is said to follow."""
    following: Row | None = section.lines[place + 1].row if place + 1 < len(section.lines) else None
    same = following is not None and section.lines[place + 1].display is section.lines[place].display
    return same and following is not None and following.lead in ("implies", "equivalent")
