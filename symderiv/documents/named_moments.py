r"""Letters for moments of random variables where a text does not say so: `\mu_X`, `\sigma_X^2`, `\sigma_{XY}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from symderiv.documents.displays import Display, Row
from symderiv.documents.mentions import spoken_of
from symderiv.documents.sample_means import names_in
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed
from symderiv.formulas.usage import moment_of

_OF_A_MOMENT = re.compile(r"\b(?:means?|expect\w+|variances?|deviations?|covariances?|moments?)\b", re.IGNORECASE)


def named_moments(displays: Sequence[Display], trees: Iterable[t.Node], random: frozenset[str]) -> Iterator[Row]:
    """The equations between such letters and the moments; none for a letter that the text makes a moment itself."""
    names = names_in(trees)
    usual = {name.text: row for name in names.values() if (row := _usual(name, random)) is not None}
    said = {
        text for d in displays for row in d.rows for text in _made_a_moment(row) if not _is_so(row, usual.get(text))
    }
    said |= spoken_of(displays, _OF_A_MOMENT, without=True)  # `let $\mu_X$ be the median`
    yield from (row for text, row in usual.items() if text not in said)


def _usual(name: t.Name, random: frozenset[str]) -> Row | None:
    """The moment that a letter with the names of variables stands for; None of any other name."""
    variables = [piece for piece in name.lower if piece in random]
    if name.stem != name.base or len(variables) != len(name.lower):
        return None
    match name.base, len(variables):
        case "\\mu", 1:
            return equation(name, name, "E", _plain(name, variables))
        case "\\sigma", 1:
            two = t.Numeral(name.start, name.end, Fraction(2))
            return equation(name, t.Power(name.start, name.end, name, two), "Var", _plain(name, variables))
        case "\\sigma", 2:
            return equation(name, name, "Cov", _plain(name, variables))
        case _:
            return None


def _is_so(row: Row, usual: Row | None) -> bool:
    r"""True of an equation that says no more than what the letter stands for: `\sigma_X^2 = \mathrm{Var}(X)`."""
    if usual is None or usual.right is None or row.left is None or usual.left is None:
        return False
    call = usual.right
    if not isinstance(row.right, t.Applied) or not isinstance(call, t.Applied) or row.right.bar:
        return False
    same = moment_of(row.right) == call.head.text and list(map(printed, row.right.before)) == list(
        map(printed, call.before)
    )
    return same and printed(row.left) == printed(usual.left)


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
