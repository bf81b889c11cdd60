r"""What a text calls the mean of names with an index: `where $\bar{x}$ is the sample mean`, beside `x_1` to `x_n`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.reading import Display, Row, names_of
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
    rows = [row for display in displays for row in (*display.rows, *display.inline) if row.sign in ("=", ":=")]
    defined = {text for row in rows for text in names_of(row.left) if isinstance(row.left, t.Name)}
    names = {node.text: node for tree in trees for node in t.walk(tree) if isinstance(node, t.Name)}
    for stem in dict.fromkeys(_called(displays)):
        mean = next((n for n in names.values() if n.stem in (rf"\bar{{{stem}}}", rf"\overline{{{stem}}}")), None)
        members = [n for n in names.values() if n.stem == stem and len(n.lower) == 1]
        indices = {(n.lower[0], usage.range_of(n.lower[0])) for n in members if usage.range_of(n.lower[0])}
        if mean is None or mean.lower or mean.text in defined or len(indices) != 1:
            continue
        ((index, ends),) = indices
        member = next(n for n in members if n.lower[0] == index)
        if ends is not None and ends[0] == "1" and ends[1] in names:
            yield _mean(mean, member, index, names[ends[1]])


def _called(displays: Sequence[Display]) -> Iterator[str]:
    for text in (text for display in displays for text in (display.before, display.after)):
        for sentence in (s for s in SENTENCE_END.split(text) if not _DENIES.search(s)):
            for match in _CALLED.finditer(_LINK.sub("", sentence)):
                behind = match["behind"] or ""
                stems = [found["stem"] for found in _BARRED.finditer(match.group().removesuffix(behind))]
                of = _OF.match(behind)
                if of is not None and (of["stem"] is None or stems == [of["stem"]]):
                    yield from stems


def _mean(mean: t.Name, member: t.Name, index: str, last: t.Name) -> Row:
    """The equation for a mean, at the place where its name stands."""
    start, end = mean.start, mean.end
    one = t.Numeral(start, end, Fraction(1))
    over = t.Name(start, end, index, index, (), index)
    total = t.Total(start, end, (over,), member, "sum", one, last)
    right = t.Product(start, end, (t.Division(start, end, one, last), total))
    return Row(-1, (start, end), "first", "=", mean, right, "where")
