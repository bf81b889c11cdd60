"""The equations that define what a procedure has to build, in the notation of Python."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from symderiv.loops.rewriting import variables
from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.procedure import Equation
from symderiv.model.program import Affine, SizeOf, Variable, combine, of_atom
from symderiv.model.span import Span
from symderiv.readers.python_integers import bare_names, integer


def misuse(span: Span, message: str, hint: str = "") -> SymderivError:
    """The error that says what is wrong with an equation."""
    return SymderivError(Diagnostic("procedure-equation", span, message, hint))


def checked(equations: Sequence[Equation], lengths: Mapping[str, Affine], place: Span) -> tuple[Equation, ...]:
    """The equations of one procedure, which define lists that are not given, element by element.

    Raises:
        SymderivError: they do not.
    """
    if not equations:
        raise misuse(place, "a procedure is checked against equations, and there are none")
    defined = {equation.name for equation in equations}
    for equation in equations:
        if equation.name in lengths:
            raise misuse(equation.span, f"{equation.name} is given, and cannot be built")
        bare = defined & bare_names(equation.value)
        if bare:
            raise misuse(equation.span, f"{', '.join(sorted(bare))} stands without an index")
    return tuple(equations)


def equation_of(text: str, span: Span) -> Equation:
    """`H[t] = VALUE for 1 <= t <= T`, or with an index that is fixed `H[0] = VALUE`.

    Raises:
        SymderivError: the text is no such equation.
    """
    head, _, condition = text.partition(" for ")
    match _statement(head, span):
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=place)], value=value):
            left, _, right = (part.strip() for part in head.partition("="))
        case _:
            raise misuse(span, "an equation is NAME[INDEX] = VALUE", "H[t] = f(H[t-1]) for 1 <= t <= T")
    variable, first, last = _range(condition, span) if condition else ("", Affine(), Affine())
    index = integer(place, _sizes(place, variable))
    if index is None:
        raise misuse(span, f"{ast.unparse(place)} is no integer")
    if not variable:
        return Equation(name, "", index, index, index, ast.unparse(value), span, left, right)
    offset = combine(index, of_atom(Variable(variable)), -1)
    if variables(offset):
        raise misuse(span, f"the index is not {variable}, up to a constant")
    first, last = combine(first, offset), combine(last, offset)
    return Equation(name, variable, offset, first, last, ast.unparse(value), span, left, right)


def _range(condition: str, span: Span) -> tuple[str, Affine, Affine]:
    """`0 <= t < T`: the variable, the first and the last value."""
    match _statement(condition, span):
        case ast.Expr(
            value=ast.Compare(
                left=low, ops=[ast.Lt() | ast.LtE() as above, ast.Lt() | ast.LtE() as below], comparators=[middle, high]
            )
        ) if isinstance(middle, ast.Name):
            first, last = (integer(bound, _sizes(bound, middle.id)) for bound in (low, high))
            if first is not None and last is not None and not variables(first) and not variables(last):
                one = Affine((), 1)
                first = combine(first, one) if isinstance(above, ast.Lt) else first
                return middle.id, first, combine(last, one, -1) if isinstance(below, ast.Lt) else last
    raise misuse(span, f"{condition.strip()} is no range", "for 1 <= t <= T")


def length_of(name: str, text: str, span: Span) -> Affine:
    """The length of a list.

    Raises:
        SymderivError: the text is no integer made of sizes.
    """
    match _statement(text, span):
        case ast.Expr(value=value):
            found = integer(value, _sizes(value, ""))
            if found is not None:
                return found
    raise misuse(span, f"the length of {name} is no integer made of sizes: {text}")


def _statement(text: str, span: Span) -> ast.stmt | None:
    """The one statement in a text; None where there is none, or more than one."""
    try:
        body = ast.parse(text.strip()).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise misuse(span, f"{text.strip()!r} is not Python: {error}") from None
    return body[0] if len(body) == 1 else None


def _sizes(node: ast.expr, variable: str) -> dict[str, Affine]:
    """What the names in an integer stand for: the variable for itself, all others for sizes."""
    names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    return {name: of_atom(Variable(name) if name == variable else SizeOf(name)) for name in names}
