r"""Letters for moments of random variables where a text does not say so: `\mu_X`, `\sigma_X^2`, `\sigma_{XY}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from symderiv.documents.mentions import spoken_of
from symderiv.documents.reading import Display, Row
from symderiv.documents.sample_means import names_in
from symderiv.formulas import tree as t
from symderiv.formulas.usage import moment_of

_MEAN, _DEVIATION = r"\mu", r"\sigma"
_OF_A_MOMENT = re.compile(r"\b(?:means?|expect\w+|variances?|deviations?|covariances?|moments?)\b", re.IGNORECASE)


def named_moments(displays: Sequence[Display], trees: Iterable[t.Node], random: frozenset[str]) -> Iterator[Row]:
    """The equations between such letters and the moments; none for a letter that the text makes a moment itself."""
    said = {text for display in displays for row in display.rows for text in _made_a_moment(row)}
    said |= spoken_of(displays, _OF_A_MOMENT, without=True)  # `let $\mu_X$ be the median`
    for name in names_in(trees).values():
        variables = [piece for piece in name.lower if piece in random]
        if name.text in said or name.stem != name.base or len(variables) != len(name.lower):
            continue
        if name.base == _MEAN and len(variables) == 1:
            yield equation(name, name, "E", _plain(name, variables))
        if name.base == _DEVIATION and len(variables) == 1:
            two = t.Numeral(name.start, name.end, Fraction(2))
            yield equation(name, t.Power(name.start, name.end, name, two), "Var", _plain(name, variables))
        if name.base == _DEVIATION and len(variables) == 2:
            yield equation(name, name, "Cov", _plain(name, variables))


def _made_a_moment(row: Row) -> Iterator[str]:
    left = row.left.base if isinstance(row.left, t.Power) else row.left
    parts = [] if row.right is None else list(t.walk(row.right))
    if row.sign == "=" and isinstance(left, t.Name) and any(isinstance(p, t.Applied) and moment_of(p) for p in parts):
        yield left.text


def _plain(at: t.Name, variables: Sequence[str]) -> tuple[t.Name, ...]:
    return tuple(t.Name(at.start, at.end, variable, variable, (), variable) for variable in variables)


def equation(at: t.Name, left: t.Node, moment: str, names: tuple[t.Name, ...]) -> Row:
    """The equation of a left side with a moment of some variables, at the place of a name."""
    return Row(-1, (at.start, at.end), "first", "=", left, moment_call(at, moment, names), "where")


def moment_call(at: t.Node, moment: str, names: tuple[t.Name, ...]) -> t.Applied:
    """A moment of some variables, at the place of something else."""
    head = t.Name(at.start, at.end, moment, moment, (), moment)
    return t.Applied(at.start, at.end, head, "[", names, "", (), (",",) * (len(names) - 1))
