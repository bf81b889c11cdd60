r"""Letters that prose calls moments: `where $\mu$ and $\sigma$ are the mean and standard deviation of $X$`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from symderiv.documents.asides import SENTENCE_END, without_links
from symderiv.documents.displays import Display, Row
from symderiv.documents.named_moments import equation
from symderiv.documents.sample_means import names_in
from symderiv.documents.suppositions import is_plainly_said
from symderiv.formulas import tree as t

_LETTER = r"\$\s*\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?(?:\^\{?2\}?)?\s*\$"
_MOMENT = r"(?:mean|expected value|expectation|variance|standard deviation)"
_CALLED = re.compile(
    rf"(?P<one>{_LETTER})(?:\s*,?\s+and\s+(?P<other>{_LETTER}))?\s+(?:is|are|be|being|denotes?)\s+the\s+"
    rf"(?P<first>{_MOMENT})(?:\s+and\s+(?:the\s+)?(?P<second>{_MOMENT}))?\s+of\s+"
    r"\$\s*(?P<variable>[A-Za-z](?:_(?:\w|\{\w+\}))?)\s*\$(?=\s*(?:[.,;:)]|\Z|respectively\b))",
    re.IGNORECASE,
)


def called_moments(displays: Sequence[Display], trees: Iterable[t.Node]) -> Iterator[Row]:
    """What such sentences say, as equations for letters that stand in formulas; none for one with two meanings."""
    names = names_in(trees)
    found = dict.fromkeys(said for display in displays for said in _said(display))
    meant = [letter for letter, _, _ in found]
    for letter, moment, variable in found:
        if meant.count(letter) == 1 and (row := _row(letter, moment, variable, names)) is not None:
            yield row
            if moment == "standard deviation" and isinstance(row.left, t.Power):
                start, end = row.place
                yield replace(row, sign=">=", left=row.left.base, right=t.Numeral(start, end, Fraction(0)))


def _said(display: Display) -> Iterator[tuple[str, str, str]]:
    """Letters with the words for the moments that they are, and the variables that these are moments of."""
    for text in (display.before, display.after):
        for sentence in SENTENCE_END.split(without_links(text)):
            for match in _CALLED.finditer(sentence):
                pairs = [(match["one"], match["first"]), (match["other"], match["second"])]
                said = [(letter, moment) for letter, moment in pairs if letter and moment]
                alike = (match["other"] is None) == (match["second"] is None)
                if alike and is_plainly_said(sentence[: match.start()], sentence[match.end() :]):
                    yield from ((letter.strip("$ "), moment.lower(), match["variable"]) for letter, moment in said)


def _row(letter: str, moment: str, variable: str, names: Mapping[str, t.Name]) -> Row | None:
    """The equation that a name, or its square, is a moment."""
    plain, is_square = re.sub(r"\^\{?2\}?\Z", "", letter), "^" in letter
    name = names.get(plain) or names.get(re.sub(r"_(\w)\Z", r"_{\1}", plain))
    if name is None or is_square != (moment == "variance" and is_square):
        return None
    named = names.get(variable, t.Name(name.start, name.end, variable, variable, (), variable))
    of = replace(named, start=name.start, end=name.end)
    two = t.Numeral(name.start, name.end, Fraction(2))
    square = t.Power(name.start, name.end, name, two)
    if moment == "standard deviation":
        return equation(name, square, "Var", (of,))
    return equation(name, square if is_square else name, "Var" if moment == "variance" else "E", (of,))
