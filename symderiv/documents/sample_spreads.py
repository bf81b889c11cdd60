r"""What a text calls a sample variance or covariance: `where $s_x^2$ is the sample variance of $x$`.

By what it is divided, the number of members or one less, differs between texts: `(n-1)` somewhere in the formulas, or
the word for it, decides; without either nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.displays import Display, Row
from symderiv.documents.kinds import LIST, listed
from symderiv.documents.sample_means import Sample, defined_names, mean_named, names_in, sample_of
from symderiv.formulas import tree as t
from symderiv.formulas.usage import Usage

_OF = LIST.replace("names", "of")
_ARE = (
    r"\s+(?P<verb>is|are|being|denotes?|be)\s+(?:the\s+)?"
    r"(?P<kind>(?:unbiased|corrected|biased|uncorrected)\s+)?(?:empirical\s+)?"
)
_VARIANCE = re.compile(rf"{LIST}{_ARE}(?:sample\s+)?variances?\s+of\s+(?:the\s+)?{_OF}", re.IGNORECASE)
_COVARIANCE = re.compile(rf"{LIST}{_ARE}(?:sample\s+)?covariance\s+(?:between|of)\s+(?:the\s+)?{_OF}", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_DENIES = re.compile(r"\b(?:not|no|never|nor|neither|weighted|unless|whether)\b", re.IGNORECASE)
_SAMPLE = re.compile(r"\b(?:sample|empirical|biased|unbiased|corrected|uncorrected)\b", re.IGNORECASE)


def sample_spreads(displays: Sequence[Display], trees: Iterable[t.Node], usage: Usage) -> Iterator[Row]:
    """The sample variances and covariances that prose names, as equations; none of which the text says more."""
    trees = list(trees)
    names, defined = names_in(trees), defined_names(displays)
    for match, is_variance in _called(displays):
        for text, stems in _pairs(match, is_variance):
            name = names.get(_plain(text))
            samples = [sample_of(stem, names, usage) for stem in stems]
            first, second = samples
            if name is None or name.text in defined or first is None or second is None or first.last != second.last:
                continue
            divisor = _divisor(match["kind"] or "", first.last, trees)
            means = [mean_named(stem, names) for stem in stems]
            if divisor is not None and None not in means and first.index == second.index:
                squared = _plain(text) != text
                found = [mean for mean in means if mean is not None]
                yield _equation(name, [first, second], found, divisor, squared=squared)


def called_spreads(displays: Sequence[Display]) -> set[str]:
    """All names that prose calls sample variances and covariances, whether it is known by what these divide or not."""
    return {_plain(name) for match, is_variance in _called(displays) for name, _ in _pairs(match, is_variance)}


def _pairs(match: re.Match[str], is_variance: bool) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each name with what it is of; a list may go on before and behind what is said, with other names."""
    called, of = listed(match["names"]), listed(match["of"])
    count = min(len(called), len(of)) if is_variance and match["verb"].lower() == "are" else 1
    if is_variance:
        yield from ((name, (stem, stem)) for name, stem in zip(called[-count:], of[:count], strict=True))
    elif len(of) > 1:
        yield called[-1], (of[0], of[1])


def _called(displays: Sequence[Display]) -> Iterator[tuple[re.Match[str], bool]]:
    for text in (text for display in displays for text in (display.before, display.after)):
        for sentence in (s for s in SENTENCE_END.split(_LINK.sub(r"\1", text)) if not _DENIES.search(s)):
            for pattern in (_VARIANCE, _COVARIANCE):
                found = (match for match in pattern.finditer(sentence) if _SAMPLE.search(match.group()))
                yield from ((match, pattern is _VARIANCE) for match in found)


def _plain(text: str) -> str:
    """`s_x` for `s_x^2`."""
    return re.sub(r"\s*\^\s*\{?\s*2\s*\}?\Z", "", text)


def _divisor(kind: str, last: t.Name, trees: Sequence[t.Node]) -> t.Node | None:
    """By what the sum of squares is divided; None where the text leaves it open."""
    one = t.Numeral(last.start, last.end, Fraction(1))
    less = t.Addition(last.start, last.end, (last, t.Negation(last.start, last.end, one)))
    if kind:
        return last if kind.strip().lower() in ("biased", "uncorrected") else less
    return less if any(_is_one_less(node, last) for tree in trees for node in t.walk(tree)) else None


def _is_one_less(node: t.Node, last: t.Name) -> bool:
    match node:
        case t.Addition(terms=(t.Name(text=text), t.Negation(body=t.Numeral(value=value)))):
            return text == last.text and value == 1
        case _:
            return False


def _equation(
    name: t.Name, samples: Sequence[Sample], means: Sequence[t.Name], divisor: t.Node, *, squared: bool
) -> Row:
    """The equation for a variance or covariance, at the place where its name, or its square, stands."""
    start, end = name.start, name.end
    gaps = [
        t.Addition(start, end, (sample.member, t.Negation(start, end, mean)))
        for sample, mean in zip(samples, means, strict=True)
    ]
    two = t.Numeral(start, end, Fraction(2))
    product = t.Power(start, end, gaps[0], two) if samples[0] == samples[1] else t.Product(start, end, tuple(gaps))
    part = t.Division(start, end, t.Numeral(start, end, Fraction(1)), divisor)
    left = t.Power(start, end, name, two) if squared else name
    return Row(-1, (start, end), "first", "=", left, t.Product(start, end, (part, samples[0].total(product))), "where")
