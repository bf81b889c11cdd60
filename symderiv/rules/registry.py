"""All rules, by id, and the words for them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import symderiv.rules
from symderiv.collect import collect
from symderiv.rules.rule import Rule


@cache
def rules() -> dict[str, Rule]:
    """Every rule of the package, by its id."""
    return {rule.name: rule for rule in collect(symderiv.rules, Rule)}


def in_words(names: Iterable[str]) -> str:
    """Rules as a reader would name them, in the given order."""
    known = rules()
    return "; ".join(dict.fromkeys(known[name].words if name in known else name for name in names))
