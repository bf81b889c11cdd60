r"""What a name depends on by the way it is written: `a_{b_i}` and the range `\{1,\ldots,i\}` depend on i.

Where i is bound around such a name, the name would be taken for something that does not change with i.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORDS = re.compile(r"\\(?:mathrm|text|operatorname|mathsf|mathtt)\s*\{[^{}]*\}")
_PLACES = re.compile(r"\{\d+\}")
_PARTS = re.compile(r"(?:\\[A-Za-z]+|[A-Za-z])'*")
_FONTS = re.compile(
    r"\\(?:mathbf|boldsymbol|bm|mathcal|mathrm|mathsf|mathit|bar|overline|vec)\s*\{?(?P<inner>[^{}\s]+)\}?"
)
_BASE = re.compile(
    r"\\(?:hat|widehat|tilde|widetilde|check|breve|dot|ddot|underline)\s*\{?[^{}\s]+\}?|(?:\\[A-Za-z]+|[A-Za-z]+?)"
)
_TAGGED = re.compile(r"(?P<name>.*\\right(?:[)\]]|\\\}))\|.*", re.DOTALL)
_FUNCTION = re.compile(r"[A-Za-z]\\left(?=\()")
_COMPOSED = (r"\left", r"\frac", r"\int", r"\sum", r"\{", r"\partial")
_OBJECTIVES = frozenset({"L", "J", "E", r"\ell", "F"})
_SCRIPT = re.compile(r"\\(?:mathcal|mathscr)\s*\{?[A-Z]\}?")


@lru_cache(maxsize=1 << 12)
def parts_of(name: str) -> frozenset[str]:
    """The letters and commands in a name that is written in LaTeX; any other name is one part."""
    if not set(name) & set("\\_^{"):
        return frozenset((name,))
    return frozenset(_PARTS.findall(_PLACES.sub(" ", _WORDS.sub(" ", name))))


def hidden(name: str, bound: Iterable[str]) -> str | None:
    """A bound variable that stands in a name as a part of it; the letter of a function is none: the density p(y, p)."""
    name = _FUNCTION.sub(r"\\left", name) if "\\left(" in name else name
    return next((variable for variable in bound if variable != name and variable in parts_of(name)), None)


@lru_cache(maxsize=1 << 12)
def base_and_rest(name: str) -> tuple[str, str]:
    r"""The letter of a name, without its font and bar, and what follows it: its subscript, or its arguments.

    Other accents belong to the letter.  What is no letter with marks is all rest.  A tag by which functions are told
    apart that are written alike is left out.
    """
    tagged = _TAGGED.fullmatch(name)
    name = tagged["name"] if tagged else name
    if name.isalnum():
        return name, ""
    if name.startswith(_COMPOSED):
        return "", name
    found = _FONTS.match(name)
    if found:
        return found["inner"], name[found.end() :]
    plain = _BASE.match(name)
    return (plain[0], name[plain.end() :]) if plain else ("", name)


def occurs_in(by: str, text: str) -> bool:
    """True where a name stands in a text."""
    parts = parts_of(text) if set(text) & set("\\_^{") else frozenset(_PARTS.findall(text))
    return by in parts or (by not in parts_of(by) and by in text)


def is_objective(name: str) -> bool:
    r"""True of the letters by which texts call functions without naming their arguments: `L`, `J`, `\mathcal{F}`."""
    return base_and_rest(name)[0] in _OBJECTIVES or _SCRIPT.match(name) is not None
