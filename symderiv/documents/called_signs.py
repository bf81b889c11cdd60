"""What prose says of the signs of numbers: `Let $a$ and $b$ be positive numbers`, `for a non-negative constant $c$`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from symderiv.documents.displays import Display, Row
from symderiv.documents.kinds import LIST
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
    re.compile(
        r"\b(?:let|with|where|for|given|numbers|scores|weights|suppose(?: that)?|assume(?: that)?)\s+"
        r"(?P<names>\$(?=[^$]*dots|[^$]*\.\.\.)[^$<>=]{1,40}?(?P<sign>[<>]|\\[gl]eq?(?:slant)?(?![a-z]))\s*0\s*\$)",
        re.IGNORECASE,
    ),
)
_DOTS = re.compile(r"\\[lc]?dots[cbmi]?|\.\.\.")
_END = re.compile(r"(?P<stem>.+)_\{?(?P<index>\w+)\}?")
_DENIES = re.compile(
    r"\b(?:not|no|or|never|neither|nor|unless|whether|either|otherwise|if|when|whenever|cannot|may|might|could|would"
    r"|almost|probabl\w+|mostly|usually|often|sometimes|at\s+least\s+one|one\s+of)\b|\?",
    re.IGNORECASE,
)
"""Words of sentences from which nothing is taken."""
_RELATIONS = {"positive": ">", "negative": "<", "nonnegative": ">=", "nonzero": "!=", "<": "<", "ge": ">=", "le": "<="}


def called_signs(displays: Sequence[Display], trees: Iterable[t.Node]) -> Iterator[tuple[Row, frozenset[int] | None]]:
    """What such sentences say of names in formulas, with the numbers of the displays for which they do; None for all.

    Nothing is said of a name that is given two signs, or a value.
    """
    trees = list(trees)
    names = names_in(trees)
    found = {
        (name, _relation(stated.match["sign"]), stated.displays)
        for stated in stated_of_names(displays, _SIGNS, _DENIES)
        for name in (*stated.names, *_between(stated.names, names, trees))
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
    plain = re.sub(r"[\s-]|\\\\|q|slant", "", word.lower())
    return _RELATIONS.get(plain, ">")


def _between(listed: Sequence[str], names: Mapping[str, t.Name], trees: Sequence[t.Node]) -> Iterator[str]:
    r"""The names that the dots of `a_1, \ldots, a_n` stand for: `a_2`, and `a_j` where sums over it have this range."""
    for first, dots, last in zip(listed, listed[1:], listed[2:], strict=False):
        ends = [_END.fullmatch(end) for end in (first, last)]
        if not _DOTS.fullmatch(dots) or ends[0] is None or ends[1] is None or ends[0]["stem"] != ends[1]["stem"]:
            continue
        low, high = ends[0]["index"], ends[1]["index"]
        for text, name in names.items():
            if name.stem == ends[0]["stem"] and len(name.lower) == 1 and low.isdigit():
                if name.lower[0].isdigit():
                    is_one = int(low) <= int(name.lower[0]) <= (int(high) if high.isdigit() else int(name.lower[0]))
                else:
                    is_one = len(name.lower[0]) == 1 and _has_range(text, name.lower[0], low, high, trees)
                if is_one:
                    yield text


def _has_range(name: str, index: str, low: str, high: str, trees: Sequence[t.Node]) -> bool:
    """True where all sums and products over the index of a name have some ends, or none."""
    for total in (node for tree in trees for node in t.walk(tree) if isinstance(node, t.Total)):
        over = {one.text for one in total.over}
        inside = {node.text for node in t.walk(total.body) if isinstance(node, t.Name)}
        has_ends = total.lower is not None or total.upper is not None
        if index in over and name in inside and has_ends and (_text(total.lower), _text(total.upper)) != (low, high):
            return False
    return True


def _text(end: t.Node | None) -> str:
    match end:
        case t.Numeral(value=value):
            return str(value)
        case t.Name(text=text):
            return text
    return ""
