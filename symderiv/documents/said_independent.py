r"""What prose says of how variables depend on each other, as equations between their probabilities.

`$X$ and $Y$ are independent`, `$X$ and $Y$ are conditionally independent given $Z$`, `$X \to Y \to Z$ is a Markov
chain`.  What is said plainly holds from there on; under `if`, and where a section speaks of dependence as well, it
holds for the next display alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sympy import Expr

from symderiv.documents.displays import Display
from symderiv.documents.said_of_random import lists_of_independent, speaks_of_dependent
from symderiv.documents.sentences import placed_sentences, renewed_at
from symderiv.documents.suppositions import is_plainly_said, leads_to_a_display
from symderiv.formulas.notation import Notation
from symderiv.language.indices import Variable
from symderiv.language.probability import Distribution, Probability
from symderiv.language.written import Times
from symderiv.model.statement import Proposition, Relation

_NAME = r"\$\s*([A-Za-z](?:_\w|_\{\w+\})?)\s*\$"
_TO = r"(?:\\to|\\rightarrow|\\longrightarrow|\\leftrightarrow|-)"
_ARROWS = rf"\$\s*([A-Za-z])\s*{_TO}\s*([A-Za-z])\s*{_TO}\s*([A-Za-z])\s*\$"
_APART = r"(?:conditionally\s+)?independent"
_ON = r"(?:given|conditional(?:ly)? on|conditioned on)"
_GIVEN = re.compile(
    rf"{_NAME}\s+and\s+{_NAME}\s+(?:are|be)\s+{_APART},?\s+{_ON}\s+{_NAME}"
    rf"|{_NAME}\s+(?:is|be)\s+{_APART}\s+of\s+{_NAME},?\s+{_ON}\s+{_NAME}"
    rf"|{_ON}\s+{_NAME},\s+{_NAME}\s+and\s+{_NAME}\s+(?:are|be)\s+{_APART}\b",
    re.IGNORECASE,
)
_CHAIN = re.compile(
    rf"(?:Markov chain\s+{_ARROWS}|{_ARROWS}\s+(?:is|be|forms?)\s+a\s+Markov chain"
    rf"|{_NAME},\s+{_NAME},?\s+(?:and\s+)?{_NAME}\s+form\s+a\s+Markov chain)",
    re.IGNORECASE,
)
_MORE_GIVEN = re.compile(rf"\b{_ON}\s+\$", re.IGNORECASE)
"""What stands before a clause and gives more than is given in it."""
_ENDS = re.compile(r"\s*(?:[.;:]|,(?!\s*(?:and\s+)?\$)|(?:we|then|so|hence|that is)\b|\Z)", re.IGNORECASE)
"""What stands behind a clause that is at its end: no more that is given, and nothing that restricts it."""


@dataclass(frozen=True)
class SaidIndependent:
    """That some variables are independent, perhaps given others, in the displays from one to another."""

    names: tuple[str, ...]
    given: tuple[str, ...]
    first: int
    last: int | None
    """None for the end of the section."""
    sentence: str

    def holds_for(self, number: int) -> bool:
        """True of the display of a number, counted from 0 in its section."""
        return self.first <= number and (self.last is None or number <= self.last)


def said_independent(displays: Sequence[Display]) -> list[SaidIndependent]:
    """What the prose around the displays of a section says of the dependence of its variables."""
    sentences = list(placed_sentences(displays))
    mixed = any(speaks_of_dependent(_GIVEN.sub("", sentence)) for _, sentence in sentences)
    found = [
        SaidIndependent(names, (), place, place if mixed else None if end is None else end - 1, sentence)
        for names, place, end, sentence in lists_of_independent(displays)
    ]
    return [*found, *(said for number in range(len(sentences)) for said in _given(sentences, number, mixed=mixed))]


def _given(sentences: Sequence[tuple[int, str]], number: int, *, mixed: bool) -> Iterator[SaidIndependent]:
    place, sentence = sentences[number]
    for pattern in (_GIVEN, _CHAIN):
        for match in pattern.finditer(sentence):
            before, behind = sentence[: match.start()], sentence[match.end() :]
            if _MORE_GIVEN.search(before) or not _ENDS.match(behind):
                continue
            plain = is_plainly_said(before, behind)
            if not plain and not leads_to_a_display(before, behind):
                continue
            one, two, three = (name for name in match.groups() if name is not None)
            # In a chain, and behind `given`, the one in the middle or the first is what is given.
            inverted = pattern is _GIVEN and not match.group().startswith("$")
            names, given = ((one, three), two) if pattern is _CHAIN else ((one, two), three)
            names, given = ((two, three), one) if inverted else (names, given)
            end = renewed_at(sentences, number, (*names, given)) if plain and not mixed else place + 1
            yield SaidIndependent(names, (given,), place, None if end is None else end - 1, sentence)


def as_equation(said: SaidIndependent, notation: Notation) -> Proposition | None:
    """That the joint probability is a product; None unless exactly one distribution has all of the variables."""
    fitting = [
        of for of in notation.distributions.values() if of.factors is None and not of.given and _variables(of, said)
    ]
    if len(fitting) != 1:
        return None
    (of,) = fitting
    found = _variables(of, said)
    apart, given = found[: len(said.names)], found[len(said.names) :]
    factors: list[Expr] = [Probability(of, (variable,), given) for variable in apart]
    return Proposition(Probability(of, apart, given), Relation.EQUAL, Times(*factors))


def _variables(of: Distribution, said: SaidIndependent) -> tuple[Variable, ...]:
    """The variables of a distribution that are meant by names, `x` by X; none where one of them has none."""
    own = {variable.name: variable for variable in of.outcomes}
    found = [own.get(name, own.get(name.lower())) for name in (*said.names, *said.given)]
    known = tuple(variable for variable in found if variable is not None)
    return known if len(set(known)) == len(found) else ()
