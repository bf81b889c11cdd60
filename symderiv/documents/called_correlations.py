r"""Correlations that prose speaks of: `$X$ and $Y$ with correlation $\rho$`.

The covariance is the correlation times both standard deviations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from symderiv.documents.displays import Display, Row
from symderiv.documents.named_moments import moment_call
from symderiv.documents.said_of_random import MomentsOf
from symderiv.documents.sample_means import names_in
from symderiv.documents.sentences import stated_of_names
from symderiv.formulas import tree as t

_NAME = r"\$\s*[A-Za-z](?:_(?:\w|\{\w+\}))?\s*\$"
_PAIR = rf"(?P<names>{_NAME}\s+and\s+{_NAME})"
_VALUE = r"\$\s*(?P<value>\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?)\s*\$"
_WORD = r"correlation(?:\s+coefficient)?"
_CORRELATED = (
    re.compile(
        rf"{_PAIR}(?:(?!{_NAME}\s*(?:,|and\b))[^.;])*?\b(?:with|and|have|having)\s+(?:an?\s+|the\s+)?{_WORD}\s+(?:of\s+)?{_VALUE}"
        r"(?!\s*(?:between|of)\b)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_WORD}\s+(?:between|of)\s+{_PAIR}\s+(?:is|be|equals|,?\s*denoted\s+by)\s+{_VALUE}", re.IGNORECASE),
    re.compile(rf"{_VALUE}\s+(?:is|be|denotes?|being)\s+the\s+{_WORD}\s+(?:between|of)\s+{_PAIR}", re.IGNORECASE),
)
_DENIES = re.compile(
    r"\b(?:not|no|never|neither|nor|without|whether|unless|ranks?|spearman|kendall|partial|sample|empirical|given)\b",
    re.IGNORECASE,
)
"""Words of sentences from which nothing is taken, and of other correlations."""
_SQUARE = re.compile(r"\s*(?P<root>\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?)\s*\^\s*\{?2\}?\s*")


def called_correlations(
    displays: Sequence[Display], trees: Iterable[t.Node], moments: Iterable[MomentsOf], named: Iterable[Row]
) -> Iterator[Row]:
    r"""That `Cov(X, Y) = \rho \sigma_X \sigma_Y`, where the section says so throughout, and once.

    `moments` are what prose says of variances, `named` the equations for letters such as `\sigma_X`.
    """
    names = names_in(trees)
    spreads = {stated.name: match["root"] for stated in moments if (match := _SQUARE.fullmatch(stated.variance))}
    spreads = dict(map(_named_spread, named)) | spreads
    found = [s for s in stated_of_names(displays, _CORRELATED, _DENIES) if s.displays is None and len(s.names) == 2]
    for pair in dict.fromkeys(stated.names for stated in found):
        values = {stated.match["value"] for stated in found if set(stated.names) == set(pair)}
        value = names.get(next(iter(values))) if len(values) == 1 else None
        if value is None:
            continue
        at = (value.start, value.end)
        variables = tuple(t.Name(*at, name, name, (), name) for name in pair)
        left = moment_call(value, "Cov", variables)
        deviations = tuple(_deviation(value, name, spreads, names) for name in variables)
        yield Row(-1, at, "first", "=", left, t.Product(*at, (value, *deviations)), "where")


def _named_spread(row: Row) -> tuple[str, str]:
    r"""The variable and the letter of `\sigma_X^2 = Var(X)`; nothing for other equations."""
    match row.left, row.right:
        case t.Power(base=t.Name(text=letter)), t.Applied(before=(t.Name(text=variable),)):
            return variable, letter
        case _:
            return "", ""


def _deviation(at: t.Name, variable: t.Name, spreads: Mapping[str, str], names: Mapping[str, t.Name]) -> t.Node:
    r"""`\sigma` where the text says that the variance is its square, or else the root of the variance."""
    called = names.get(spreads.get(variable.text, ""))
    if called is not None:
        return called
    return t.Root(at.start, at.end, moment_call(at, "Var", (variable,)))
