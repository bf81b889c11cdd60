'''Procedures of Python and the equations that they have to satisfy, for derivation scripts.

    recurrent = procedure(
        "A recurrent network",
        """
        H = [CELL(Phi, X[0], ZERO)]
        for t in range(1, T + 1):
            H.append(CELL(Phi, X[t], H[t - 1]))
        """,
        equations=["H[0] = CELL(Phi, X[0], ZERO)", "H[t] = CELL(Phi, X[t], H[t - 1]) for 1 <= t <= T"],
        given={"X": "T + 1"},
    )

What is given are lists, with their numbers of elements.  Other names in an equation are sizes where they stand in its
range or in an index, and what the procedure is given otherwise.  The procedure is read, and never executed.
'''

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from symderiv.loops.rewriting import variables
from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.procedure import Equation, Procedure, Text
from symderiv.model.program import Affine, SizeOf, Variable, combine, of_atom
from symderiv.model.span import Span
from symderiv.readers.procedure_text import Script
from symderiv.readers.python_integers import integer


def procedure(
    title: str,
    text: str | Path | Callable[..., object],
    equations: Sequence[str],
    given: Mapping[str, str],
    source: str = "",
) -> Procedure:
    """A procedure that has to build what some equations define.

    `text` is the procedure, the file in which it stands, or a function; `given` are the lengths of lists that it is
    given.  `source` says where it comes from.

    Raises:
        SymderivError: a file cannot be read, or an equation or a length is none.
    """
    frame = sys._getframe(1)
    script = Script(frame.f_code.co_filename, frame.f_lineno)
    if not equations:
        raise _misuse(script.call, "a procedure is checked against equations, and there are none")
    found = tuple(_equation(one, script.place_of(one)) for one in equations)
    lengths = {name: _length(name, value, script.place_of(value)) for name, value in given.items()}
    for equation in found:
        if equation.name in lengths:
            raise _misuse(equation.span, f"{equation.name} is given, and cannot be built")
    return Procedure(title, _text(text, script), found, lengths, script.call, source)


def _misuse(span: Span, message: str, hint: str = "") -> SymderivError:
    return SymderivError(Diagnostic("procedure-equation", span, message, hint))


def _text(text: str | Path | Callable[..., object], script: Script) -> Text:
    if isinstance(text, str):
        return script.text_of(text)
    if isinstance(text, Path):
        path = Path(script.path).parent / text
        try:
            return Text(path.read_text(encoding="utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            message = f"{path} cannot be read: {getattr(error, 'strerror', None) or error}"
            raise SymderivError(Diagnostic("unreadable-file", script.call, message)) from None
    lines, first = inspect.getsourcelines(text)
    return script.dedented("".join(lines), first, inspect.getsourcefile(text) or script.path)


def _equation(text: str, span: Span) -> Equation:
    """`H[t] = VALUE for 1 <= t <= T`, or with an index that is fixed `H[0] = VALUE`."""
    head, _, condition = text.partition(" for ")
    match _statement(head, span):
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=place)], value=value):
            left, _, right = (part.strip() for part in head.partition("="))
        case _:
            raise _misuse(span, "an equation is NAME[INDEX] = VALUE", "H[t] = f(H[t-1]) for 1 <= t <= T")
    variable, first, last = _range(condition, span) if condition else ("", Affine(), Affine())
    index = integer(place, _sizes(place, variable))
    if index is None:
        raise _misuse(span, f"{ast.unparse(place)} is no integer")
    if not variable:
        return Equation(name, "", index, index, index, ast.unparse(value), span, left, right)
    offset = combine(index, of_atom(Variable(variable)), -1)
    if variables(offset):
        raise _misuse(span, f"the index is not {variable}, up to a constant")
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
    raise _misuse(span, f"{condition.strip()} is no range", "for 1 <= t <= T")


def _length(name: str, text: str, span: Span) -> Affine:
    match _statement(text, span):
        case ast.Expr(value=value):
            found = integer(value, _sizes(value, ""))
            if found is not None:
                return found
    raise _misuse(span, f"the length of {name} is no integer made of sizes: {text}")


def _statement(text: str, span: Span) -> ast.stmt | None:
    """The one statement in a text; None where there is none, or more than one."""
    try:
        body = ast.parse(text.strip()).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _misuse(span, f"{text.strip()!r} is not Python: {error}") from None
    return body[0] if len(body) == 1 else None


def _sizes(node: ast.expr, variable: str) -> dict[str, Affine]:
    """What the names in an integer stand for: the variable for itself, all others for sizes."""
    names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    return {name: of_atom(Variable(name) if name == variable else SizeOf(name)) for name in names}
