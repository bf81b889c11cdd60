"""The names that a declaration may give: letters as LaTeX writes them, never the brackets of a name derived by symderiv."""

from __future__ import annotations

import re

from sympy.core.symbol import Str

from symderiv.language.errors import LanguageError

_NAME = re.compile(r"[A-Za-z\u0370-\u03ff\\](?:[A-Za-z0-9\u0370-\u03ff\\{}_^', +*-])*")


def checked_name(name: object) -> Str:
    """The name as SymPy keeps it.  Raises: LanguageError where it could be confused with something else."""
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.strip():
        raise LanguageError(
            f"{name!r} is not a name", r"a name starts with a letter or a LaTeX command, as in 'x', 'Q_\Phi' or 'h_t'"
        )
    return Str(name)


def split_names(names: str) -> list[str]:
    """The names of a declaration such as `"x y z"` or `"x, y, z"`."""
    found = [name for name in re.split(r"[,\s]+", names.strip()) if name]
    if not found:
        raise LanguageError("no names given", 'write the names with spaces between them: "x y z"')
    if len(set(found)) != len(found):
        raise LanguageError(f"a name occurs twice in {names!r}")
    return found
