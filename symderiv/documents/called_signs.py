"""What prose says of the signs of numbers: `Let $a$ and $b$ be positive numbers`, `for a non-negative constant $c$`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from symderiv.documents.kinds import LIST
from symderiv.documents.reading import Display, Row
from symderiv.documents.sample_means import names_in
from symderiv.documents.sentences import stated_of_names
from symderiv.formulas import tree as t

_SIGN = (
    r"(?:strictly\s+)?(?P<sign>(?<![\w-])(?:non-?negative|non-?zero|positive|negative|greater\s+than\s+(?:zero|\$0\$)))"
)
_NOUN = (
    r"(?:numbers?|scalars?|constants?|reals?|integers?|values?|parameters?|variables?|coefficients?|weights?|quantit(?:y|ies)"
    r"|hyper-?parameters?|rates?|scales?|factors?|temperatures?|step\s*-?sizes?|bandwidths?|variances?|precisions?)"
)
_KIND = (
    r"(?:(?:real|finite|fixed|given|known|random|bounded|continuous|learning|scaling|regulari[sz]ation|step)[\s-]+)*"
)
_NO_NUMBER = r"(?<!\bmatrix )(?<!\bmatrices )(?<!\boperator )(?<!\bkernel )(?<!\bfunction )(?<!\bvector )"
_OF_MANY = r"(?<!\bof )(?<!\bmaps )(?<!\bevery )(?<!\beach )"
"""What does not stand before names of numbers, and before numbers of which more is said: `sums of positive numbers`."""
_SIGNS = (
    re.compile(
        rf"{_NO_NUMBER}{LIST}\s+(?:is|are|be|being|denotes?)\s+"
        r"(?:(?:an?|the|two|three|some|any|all|both|each|arbitrary|real|finite|given|fixed|known|independent)[\s,]+)*"
        rf"{_SIGN}(?:(?=\s*(?:[.,;:)]|\Z)|\s+(?:and|so|then|with|because|since)\b)|\s+{_KIND}{_NOUN}\b)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_OF_MANY}(?:\b(?:some|any|all|an?)\s+)?{_SIGN}\s+{_KIND}{_NOUN}\s+{LIST}"
        r"(?!\s*(?:is|are|be)\s+(?:not|no)\b)",
        re.IGNORECASE,
    ),
)
_DENIES = re.compile(
    r"\b(?:not|no|or|never|neither|nor|unless|whether|either|otherwise|if|when|whenever|cannot|may|might|could|would"
    r"|almost|probabl\w+|mostly|usually|often|sometimes|at\s+least\s+one|one\s+of)\b|\?",
    re.IGNORECASE,
)
"""Words of sentences from which nothing is taken."""
_RELATIONS = {"positive": ">", "negative": "<", "nonnegative": ">=", "nonzero": "!="}


def called_signs(displays: Sequence[Display], trees: Iterable[t.Node]) -> Iterator[tuple[Row, frozenset[int] | None]]:
    """What such sentences say of names in formulas, with the numbers of the displays for which they do; None for all.

    Nothing is said of a name that is given two signs, or a value.
    """
    names = names_in(trees)
    found = {
        (name, _relation(stated.match["sign"]), stated.displays)
        for stated in stated_of_names(displays, _SIGNS, _DENIES)
        for name in stated.names
    }
    valued = {
        row.left.text
        for display in displays
        for row in (*display.inline, *display.conditions, *display.limited)
        if row.sign == "=" and isinstance(row.left, t.Name)
    }
    signs = {name: {sign for other, sign, _ in found if other == name} for name, _, _ in found}
    for name, sign, where in sorted(found, key=str):
        if len(signs[name]) == 1 and name in names and name not in valued:
            at = names[name]
            zero = t.Numeral(at.start, at.end, Fraction(0))
            yield Row(-1, (at.start, at.end), "first", sign, at, zero, "where"), where


def _relation(word: str) -> str:
    plain = re.sub(r"[\s-]", "", word.lower())
    return _RELATIONS.get(plain, ">")
