r"""The names of the gamma function and its like: `\Gamma(a)`, `\psi(a)`, `\mathrm{B}(a, b)`, in texts about them.

A text that defines the letter otherwise means another function by it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from symderiv.formulas import tree as t
from symderiv.language import matrices as m
from symderiv.language.special_functions import Special

if TYPE_CHECKING:
    from symderiv.formulas.general import Terms

_WORDS = {
    (r"\Gamma", 1): "gamma",
    (r"\psi", 1): "digamma",
    (r"\mathrm{B}", 2): "beta",
    (r"\operatorname{B}", 2): "beta",
    ("B", 2): "beta",
}
_SPEAKS_OF_BETA = re.compile(
    r"\\mathrm\{Bet|\\operatorname\{Bet|\b[Bb]eta (?:function|distribution|density|prior|posterior)"
)
"""What a text has to speak of for a plain letter B to be the beta function."""
_SPEAKS = re.compile(
    r"\\Gamma(?![A-Za-z])|[Dd]igamma|\\mathrm\{(?:Gam|Bet|Dir)|\b[Gg]amma (?:function|distribution)|[Bb]eta"
)


def special(terms: Terms, node: t.Applied) -> Special | None:
    """The function that a call is of; None where the name stands for something else."""
    word = _WORDS.get((node.head.text, len(node.before)))
    if word is None or node.bar or any(separator != "," for separator in node.separators):
        return None
    speaks = _SPEAKS_OF_BETA if node.head.text == "B" else _SPEAKS
    if not speaks.search(terms.source.text) or _is_defined_otherwise(terms, node):
        return None
    arguments = [terms.expression(argument) for argument in node.before]
    if any(m.shape_of(argument) != m.NUMBER for argument in arguments):
        return None
    terms.interpreted = False
    return Special(word, *arguments)


def _is_defined_otherwise(terms: Terms, node: t.Applied) -> bool:
    """True where the text gives the function a value that the known one has not by definition."""
    found = terms.functions.at(node, terms.place)
    if found is None:
        return False
    parts = list(t.walk(found[0].body))
    known = any(isinstance(part, t.Integral | t.Factorial | t.Derivative) for part in parts)
    return not known and not any(isinstance(part, t.Applied) and part.head.text == r"\Gamma" for part in parts)
