r"""Correlations and standard deviations where a text does not say what they are: `\mathrm{Corr}(X, Y)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from symderiv.documents.displays import Display, Row
from symderiv.documents.named_moments import moment_call
from symderiv.documents.sample_means import names_in
from symderiv.formulas import tree as t
from symderiv.formulas.functions import calls_in
from symderiv.formulas.printing import printed
from symderiv.formulas.scopes import upright

_CORRELATION = frozenset(form for word in ("Corr", "corr") for form in upright(word))
_DEVIATION = frozenset(form for word in ("Std", "std", "SD") for form in upright(word))


_FORMULA = re.compile(r"(?<![$\\])\$(?!\$)([^$]+)\$(?!\$)")
_OTHERS = re.compile(
    r"\b(?:ranks?|spearman\S*|kendall\S*|partial|distance|sample|empirical|auto\w+|cross\w*)\b", re.IGNORECASE
)
"""Words of texts whose correlations may be others than that of two random variables."""


def correlations(
    text: str, displays: Sequence[Display], trees: Sequence[t.Node], random: frozenset[str]
) -> Iterator[Row]:
    """The equations for such calls of random variables.

    There are none where the prose of the section speaks of such a call, or of other correlations, or where the whole
    `text` has an equation for one: it may say that they are something else.
    """
    prose = [words for display in displays for words in (display.before, display.after)]
    if any(_OTHERS.search(words) for words in prose):
        return
    formulas = [formula for words in prose for formula in _FORMULA.findall(words)]
    names = names_in(trees)
    for call in {printed(call): call for call in calls_in(trees)}.values():
        count = 2 if call.head.text in _CORRELATION else 1 if call.head.text in _DEVIATION else 0
        arguments = [part for part in call.before if isinstance(part, t.Name) and part.text in random]
        if not count or call.bar or not len(arguments) == len(call.before) == count:
            continue
        if _is_said(call.head.text, text, formulas):
            continue
        deviations = tuple(_deviation(call, name, names) for name in arguments)
        right: t.Node = deviations[0]
        if count == 2:
            above = moment_call(call, "Cov", tuple(arguments))
            right = t.Division(call.start, call.end, above, t.Product(call.start, call.end, deviations))
        yield Row(-1, (call.start, call.end), "first", "=", call, right, "where")


def _is_said(head: str, text: str, formulas: Sequence[str]) -> bool:
    """True of a head that stands in a formula in prose, or of whose call a text has an equation."""
    word = re.sub(r"\\\w+|\W", "", head)
    equation = re.compile(rf"{word}\}}?[^=$\n]{{0,60}}=")
    return any(word in formula for formula in formulas) or equation.search(text) is not None


def _deviation(at: t.Applied, variable: t.Name, names: Mapping[str, t.Name]) -> t.Node:
    r"""`\sigma_X` where it stands in the text, or else the root of the variance."""
    letters = (
        name for name in names.values() if name.stem == name.base == r"\sigma" and name.lower == (variable.text,)
    )
    return next(letters, t.Root(at.start, at.end, moment_call(at, "Var", (variable,))))
