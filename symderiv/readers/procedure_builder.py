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

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.procedure import Procedure, Text, text_at
from symderiv.readers.procedure_equations import checked, equation_of, length_of
from symderiv.readers.procedure_text import Script


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
    lengths = {name: length_of(name, value, script.place_of(value)) for name, value in given.items()}
    found = checked([equation_of(one, script.place_of(one)) for one in equations], lengths, script.call)
    return Procedure(title, _text(text, script), found, lengths, script.call, source)


def _text(text: str | Path | Callable[..., object], script: Script) -> Text:
    if isinstance(text, str):
        return script.text_of(text)
    if isinstance(text, Path):
        path = Path(script.path).parent / text
        try:
            return text_at(path.read_text(encoding="utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            message = f"{path} cannot be read: {getattr(error, 'strerror', None) or error}"
            raise SymderivError(Diagnostic("unreadable-file", script.call, message)) from None
    lines, first = inspect.getsourcelines(text)
    return script.dedented("".join(lines), first, inspect.getsourcefile(text) or script.path)
