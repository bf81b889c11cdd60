"""The subscript of a name in its pieces: `t+1` and `i` of `x_{t+1,i}`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from symderiv.formulas import tree as t

_SUBSCRIPT = re.compile(r"_(?:\{([^{}]*)\}|(\w))\Z")


def pieces_of(name: t.Name) -> list[str]:
    """What stands in the subscript between commas; nothing where there is none."""
    subscript = _SUBSCRIPT.search(name.text)
    return [] if subscript is None else (subscript[1] or subscript[2]).split(",")


def without_pieces(name: t.Name) -> str:
    """The text of the name without its subscript."""
    return _SUBSCRIPT.sub("", name.text)


def with_pieces(name: t.Name, pieces: Sequence[str]) -> t.Name:
    """The name with other pieces in its subscript."""
    text = ",".join(pieces)
    written = f"_{text}" if len(text) == 1 else f"_{{{text}}}"
    lower = tuple(pieces) if all(piece.isalnum() for piece in pieces) else ()
    return replace(name, text=without_pieces(name) + written, lower=lower)
