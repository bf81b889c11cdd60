r"""Lists of numbers that prose calls a distribution: `let $p_1, \ldots, p_n$ be a probability distribution`.

They are not negative and sum to one.  `The probabilities $p_1, \ldots, p_n$` need not: they may be those of several
events.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from symderiv.documents.asides import DENIES, SENTENCE_END
from symderiv.documents.displays import Display, Row
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed

_LIST = r"\$\s*(?P<{0}>[A-Za-z])_\{{?1\}}?\s*,\s*(?:\\[lc]?dots[cbmi]?|\.\.\.)\s*,\s*(?P={0})_(?:\w|\{{\w+\}})\s*\$"
_WORDS = r"(?:\(?(?:of|with|over|the|a|probabilit(?:y|ies)|distribution|weights?|masses|numbers)\s+){0,4}"
_BE = r"(?:be|is|are|form|denote|being)\s+(?:(?:an?|the|discrete|finite|probability)\s+){0,3}"
_CALLED = re.compile(
    rf"\b(?:distribution|entropy|mass function|pmf)\s+{_WORDS}{_LIST.format('early')}"
    rf"|{_LIST.format('late')}\s+{_BE}(?:distribution|mass function|pmf|probability vector)\b",
    re.IGNORECASE,
)


_OTHERWISE = re.compile(
    r"\b(?:if|when|unless|whether|would|could|might|may|suppose|some authors|instead of|rather than|or)\b",
    re.IGNORECASE,
)
"""Words of sentences that say it of some case, or of something else."""
_STEM = r"\$\s*(?:\\(?:mathbf|boldsymbol|bm|vec)\s*\{{?\s*)?(?P<{0}>[A-Za-z])\}}?(?:_\w|_\{{\w+\}})?\s*\$"
_LABEL = r"(?:(?:encoded|encoding|of|the|class|labels?|target|targets|vectors?|ground|truth|true)\s+){0,3}"
_ONE_HOT = r"one-?hot(?:[ -]encoded)?"
_AS_DISTRIBUTION = (
    re.compile(rf"\b{_ONE_HOT}\s+{_LABEL}{_STEM.format('name')}", re.IGNORECASE),
    re.compile(
        rf"{_STEM.format('name')}\s+(?:is|be|are|denotes?|being)\s+(?:(?:an?|the|our)\s+)?{_LABEL}{_ONE_HOT}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_STEM.format('name')}\s+(?:is|be|are|denotes?|being|form)\s+(?:(?:an?|the|also|label|class|target|discrete|finite|true"
        r"|probability)\s+){0,4}distributions?\s+(?:over|on|of)\s+(?:(?:the|all|our)\s+)?(?:class(?:es)?|labels?|outcomes?"
        r"|categories)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"{_STEM.format('name')}\s+sums?\s+(?:up\s+)?to\s+(?:one|\$?1\b)", re.IGNORECASE),
)
"""`a one-hot label vector $y$`, `$y$ is a distribution over the classes`, `the $w_k$ sum to one`."""
_SIGNED = re.compile(r"\bsums?\s+(?:up\s+)?to\b")
"""Words by which numbers sum to one, and may be negative."""
_HOT = re.compile(r"\$\s*(?P<name>[A-Za-z])_\{?(?P<at>\w)\}?\s*=\s*1\s*\$")
_ELSE = re.compile(
    r"\$\s*(?P<name>[A-Za-z])_\{?(?P<index>\w)\}?\s*=\s*0\s*\$\s+(?:otherwise|else|for\b)", re.IGNORECASE
)
_ONE = r"\mathbb{1}"
_CROSS = re.compile(r"\b(?:cross[- ]?entrop(?:y|ies)|softmax)\b", re.IGNORECASE)


def said_distributions(displays: Sequence[Display], trees: Iterable[t.Node]) -> Iterator[Row]:
    """That what prose calls a distribution sums to one and is not negative, where the text sums over it."""
    sentences = [s for d in displays for text in (d.before, d.after) for s in SENTENCE_END.split(text)]
    sentences = [sentence for sentence in sentences if not DENIES.search(sentence)]
    called = {m["early"] or m["late"]: True for s in sentences for m in _CALLED.finditer(s)}
    plain = [s for s in sentences if not _OTHERWISE.search(s)]
    for match in (match for s in plain for pattern in _AS_DISTRIBUTION for match in pattern.finditer(s)):
        called.setdefault(match["name"], not _SIGNED.search(match.group()))
    hot = dict(found for s in plain for found in _one_hot(s))
    trees = list(trees)
    yield from _distributed(called, trees)
    for total in _sums(trees) if hot else ():
        yield from _picked(total, hot)


def weights_of_cross_entropies(displays: Sequence[Display], trees: Iterable[t.Node]) -> Iterator[Row]:
    r"""That the y of `-\sum_k y_k \ln p_k` sum to one, where a text speaks of these or of softmax, and not of y."""
    if not any(_CROSS.search(text) for display in displays for text in (display.before, display.after)):
        return
    trees = list(trees)
    logarithms = [n.body for n in (n for tree in trees for n in t.walk(tree)) if isinstance(n, t.Total)]
    products = [part for body in logarithms for part in t.walk(body) if isinstance(part, t.Product)]
    weighed = [p for p in products if any(isinstance(f, t.Function) and f.word == "ln" for f in p.factors)]
    names = {factor.stem: False for p in weighed for factor in p.factors if isinstance(factor, t.Name) and factor.lower}
    yield from _distributed(names, trees)


def _sums(trees: Iterable[t.Node]) -> Iterator[t.Total]:
    """The sums over one index from 1 on, or over all of its values."""
    for total in (node for tree in trees for node in t.walk(tree) if isinstance(node, t.Total)):
        begins = isinstance(total.lower, t.Numeral) and total.lower.value == 1
        is_open = total.lower is None and total.upper is None and total.within is None
        if total.kind == "sum" and len(total.over) == 1 and total.condition is None and (begins or is_open):
            yield total


def _distributed(called: Mapping[str, bool], trees: Sequence[t.Node]) -> Iterator[Row]:
    """That the members of families sum to one, and that they are not negative where that is said of them.

    Where a text sums over some of them as well, it is not seen which are all.
    """
    sums = [(total, m) for total in _sums(trees) for m in _members(total) if m.stem in called] if called else []
    ends: dict[str, set[str]] = {}
    for total, member in sums:
        ends.setdefault(member.stem, set()).add("" if total.upper is None else printed(total.upper))
    found: set[str] = set()
    for total, member in sums:
        if member.stem not in found and len(ends[member.stem]) == 1:
            found.add(member.stem)
            place = (total.start, total.end)
            whole = t.Total(*place, total.over, member, "sum", total.lower, total.upper)
            zero, one = (t.Numeral(*place, Fraction(value)) for value in (0, 1))
            yield Row(-1, place, "first", "=", whole, one, "where")
            if called[member.stem]:
                yield Row(-1, place, "first", "<=", zero, member, "where")


def _members(total: t.Total) -> Iterator[t.Name]:
    """The names under a sum with its index."""
    names = (node for node in t.walk(total.body) if isinstance(node, t.Name))
    yield from (name for name in names if name.lower == (total.over[0].text,))


def _one_hot(sentence: str) -> Iterator[tuple[str, str]]:
    """The names of vectors of which all entries are said to be 0 but one, which is 1, and the place of that."""
    stems = {m["name"] for pattern in _AS_DISTRIBUTION[:2] for m in pattern.finditer(sentence)}
    stems |= {m["name"] for m in _ELSE.finditer(sentence)}
    yield from ((m["name"], m["at"]) for m in _HOT.finditer(sentence) if m["name"] in stems)


def _picked(total: t.Total, hot: Mapping[str, str]) -> Iterator[Row]:
    r"""`y_k = \mathbb{1}[k = c]`, for a vector that a text sums over."""
    (index,) = total.over
    place = total.start, total.end
    for member in _members(total):
        if member.stem in hot:
            at = hot[member.stem]
            same = t.Sides(*place, (index, t.Name(*place, at, at, (), at)), ("=",))
            indicator = t.Applied(*place, t.Name(*place, _ONE, "1", (), _ONE), "[", (same,), "", (), ())
            yield Row(-1, place, "first", "=", member, indicator, "where")
