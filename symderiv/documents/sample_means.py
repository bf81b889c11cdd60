r"""What a text calls the mean of names with an index: `where $\bar{x}$ is the sample mean`, beside `x_1` to `x_n`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.displays import Display, Row
from symderiv.formulas import tree as t
from symderiv.formulas.usage import Usage

_BAR = r"\\(?:bar|overline)\s*\{?\s*(?:\\?[A-Za-z]+)\s*\}?"
_CALLED = re.compile(
    rf"\$\s*{_BAR}\s*\$(?:\s*(?:,|and)\s*\$\s*{_BAR}\s*\$)*\s*,?\s+(?:is|are|being|denotes?|be)\s+(?:the\s+)?"
    r"\[?(?:(?:sample|arithmetic|empirical)\s+)?(?:means?|averages?)\b(?P<behind>.*)"
    rf"|\b(?:sample|arithmetic|empirical)\s+(?:means?|averages?)(?:\]\([^()\s]*\))?\s+\$\s*{_BAR}\s*\$",
    re.IGNORECASE,
)
_BARRED = re.compile(r"\\(?:bar|overline)\s*\{?\s*(?P<stem>\\?[A-Za-z]+)\s*\}?")
_LINK = re.compile(r"\]\([^()\s]*\)")
_OF = re.compile(
    r"\s*(?:\Z|[.,;:)]|(?:and|over|respectively)\b"
    r"|(?:value\s+)?of\s+(?:all\s+|the\s+)*\$\s*(?P<stem>\\?[A-Za-z]+)(?:_[^$]*)?\$)"
)
"""What may follow the word: of what it is the mean, or nothing that says so."""
_DENIES = re.compile(r"\b(?:not|no|never|nor|neither|weighted|unless|whether)\b", re.IGNORECASE)


def sample_means(displays: Sequence[Display], trees: Iterable[t.Node], usage: Usage) -> Iterator[Row]:
    """The means that prose names, as equations; none for a name of which the text says more.

    The names that it is a mean of have one subscript, an index with one range that begins with 1.
    """
    defined = defined_names(displays)
    names = names_in(trees)
    for stem in dict.fromkeys(_called(displays)):
        mean = mean_named(stem, names)
        sample = sample_of(stem, names, usage)
        if mean is not None and mean.text not in defined and sample is not None:
            yield _mean(mean, sample)


@dataclass(frozen=True)
class Sample:
    """`x_i` for i from 1 to n: a member, its index, and the name of the last."""

    member: t.Name
    index: str
    last: t.Name

    def total(self, body: t.Node) -> t.Total:
        """The sum of what a body says of each member."""
        start, end = body.start, body.end
        over = t.Name(start, end, self.index, self.index, (), self.index)
        return t.Total(start, end, (over,), body, "sum", t.Numeral(start, end, Fraction(1)), self.last)


def defined_names(displays: Sequence[Display]) -> set[str]:
    """The names for which there are equations."""
    rows = [row for display in displays for row in (*display.rows, *display.inline) if row.sign in ("=", ":=")]
    sides = (row.left.base if isinstance(row.left, t.Power) else row.left for row in rows)
    return {side.text for side in sides if isinstance(side, t.Name)}


def names_in(trees: Iterable[t.Node]) -> dict[str, t.Name]:
    """The names in some formulas by their text."""
    return {node.text: node for tree in trees for node in t.walk(tree) if isinstance(node, t.Name)}


def mean_named(stem: str, names: Mapping[str, t.Name]) -> t.Name | None:
    r"""The name `\bar{x}` without subscript, where it stands in a formula."""
    bars = (rf"\bar{{{stem}}}", rf"\overline{{{stem}}}")
    return next((name for name in names.values() if name.stem in bars and not name.lower), None)


def sample_of(stem: str, names: Mapping[str, t.Name], usage: Usage) -> Sample | None:
    """The names with this stem and one index, which begins with 1 and has one range in the whole text."""
    members = [n for n in names.values() if n.stem == stem and len(n.lower) == 1]
    indices = {(n.lower[0], ends) for n in members if (ends := usage.range_of(n.lower[0]))}
    if len(indices) != 1:
        return None
    ((index, (first, last)),) = indices
    member = next(n for n in members if n.lower[0] == index)
    return Sample(member, index, names[last]) if first == "1" and last in names else None


def _called(displays: Sequence[Display]) -> Iterator[str]:
    for text in (text for display in displays for text in (display.before, display.after)):
        for sentence in (s for s in SENTENCE_END.split(text) if not _DENIES.search(s)):
            for match in _CALLED.finditer(_LINK.sub("", sentence)):
                behind = match["behind"] or ""
                stems = [found["stem"] for found in _BARRED.finditer(match.group().removesuffix(behind))]
                of = _OF.match(behind)
                if of is not None and (of["stem"] is None or stems == [of["stem"]]):
                    yield from stems


def _mean(mean: t.Name, sample: Sample) -> Row:
    """The equation for a mean, at the place where its name stands."""
    start, end = mean.start, mean.end
    part = t.Division(start, end, t.Numeral(start, end, Fraction(1)), sample.last)
    right = t.Product(start, end, (part, sample.total(sample.member)))
    return Row(-1, (start, end), "first", "=", mean, right, "where")
