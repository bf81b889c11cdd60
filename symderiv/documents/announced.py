r"""Names that prose announces as something of which it is known what it is.

By `let $A$ and $B$ be events` and `let $p(x, y)$ be a density`, all probabilities, marginals and conditionals are
defined: a relation between them says something that is true or false, and defines nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.displays import Display
from symderiv.documents.kinds import called_events
from symderiv.formulas import tree as t
from symderiv.formulas.declarations import Declared, arguments, read_assumption
from symderiv.formulas.source import Source, Unread
from symderiv.formulas.usage import EVENTS

_CALL = re.compile(r"\$\s*(?P<head>\\?[A-Za-z]+)\s*\((?P<arguments>[^$()]+)\)\s*\$")
_DISTRIBUTED = re.compile(r"\b(?:densit(?:y|ies)|distributions?|probability (?:mass )?functions?)\b", re.IGNORECASE)
_PLAIN_CALL = r"\$[^$]*\([^$()]+\)\s*\$"
_LIST = rf"(?P<calls>{_PLAIN_CALL}(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+){_PLAIN_CALL})*)"
_NOUN = r"(?:densit(?:y|ies)|distributions?|probability (?:mass )?functions?|laws?|pmfs?|pdfs?)"
_NAMING = r"(?:(?!(?:of|for|under|from|by|with|to|in|that|which|where|and|or|not|function|ratio)s?\b)[\w-]+\s+)"
_CALLED = (
    re.compile(
        rf"{_LIST}\s+(?:(?:is|are|be|being|denotes?|as)\s+(?:(?:an?|the|two|three|some|any|its|our|both|also)\s+)?"
        rf"|(?:an?|the|two|three|some|any|its|our)\s+){_NAMING}{{0,5}}{_NOUN}\b(?!\s+(?:ratios?|functionals?)\b)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_NOUN}(?:\s+(?:of|over|on|for|in|with)(?:\s+[\w-]+){{0,4}}(?:\s+\$[^$()]{{1,20}}\$)?\s*,)?\s*{_LIST}",
        re.IGNORECASE,
    ),
)
"""`$p(x)$ and $q(x)$ be two distributions`, `the density of $X$, $f(x)$`; not all in a sentence that speaks of some."""
_NOT_SAID = re.compile(
    r"\b(?:not|no|never|nor|neither|unless|whether|if|when|whenever|only|un-?normali[sz]ed)\b", re.IGNORECASE
)
_SEPARATOR = re.compile(r",|;|\||\\mid\b")
_OF_EVENTS = frozenset({"P", "c", r"\emptyset", r"\varnothing", r"\Omega"}) | EVENTS
"""What stands beside events: the probability, the sign of a complement, the impossible and the sure event."""


def announced(displays: Iterable[Display]) -> dict[int, frozenset[str]]:
    """The names that are announced in the prose of each section."""
    found: dict[int, frozenset[str]] = {}
    for display in displays:
        events = called_events([display])
        names = events | _OF_EVENTS if events else events
        names |= {name for match in _calls(display) for name in _names_in(match)}
        found[display.section] = found.get(display.section, frozenset()) | names
    return found


def distributions(displays: Iterable[Display], trees: Iterable[t.Node]) -> list[Declared]:
    r"""The distributions that are announced by all of their variables; of two with one name none is.

    Nor is one that is used with other variables: of `\langle \cdot \rangle_{p(x)}` p and x are only an example.
    """
    used: dict[str, set[str]] = {}
    for node in (node for tree in trees for node in t.walk(tree)):
        if isinstance(node, t.Applied) and (names := arguments(node)):
            used.setdefault(node.head.text, set()).update(name.text.rstrip("'") for part in names for name in part)
    calls = dict.fromkeys(call for display in displays for call in _called(display))
    plain = [call for call in calls if not re.search(r"[;|\\]", call)]
    heads = Counter(call.partition("(")[0].strip() for call in calls)
    found: list[Declared] = []
    for call in (call for call in plain if heads[call.partition("(")[0].strip()] == 1):
        with suppress(Unread):
            declared = read_assumption(Source("", f"let {call} be a distribution"))
            found += [declared] if isinstance(declared, Declared) and _fits(declared, used) else []
    return found


def _fits(declared: Declared, used: Mapping[str, Set[str]]) -> bool:
    """True where the variables of distributions are all that they are used with."""
    calls = (node for node in declared.names if isinstance(node, t.Applied))
    return all(
        used.get(call.head.text, set()) <= {name.text for part in arguments(call) or () for name in part}
        for call in calls
    )


def _called(display: Display) -> Iterator[str]:
    """The calls that a sentence calls distributions: not all that stand in one that speaks of some."""
    for sentence in SENTENCE_END.split(display.before):
        if _DISTRIBUTED.search(sentence) and not _NOT_SAID.search(sentence):
            for match in (match for pattern in _CALLED for match in pattern.finditer(sentence)):
                yield from (call.group().strip("$ ") for call in _CALL.finditer(match["calls"]))


def _calls(display: Display) -> Iterator[re.Match[str]]:
    """The calls of a sentence that says of them to be distributions."""
    for sentence in SENTENCE_END.split(display.before):
        if _DISTRIBUTED.search(sentence) and not _NOT_SAID.search(sentence):
            yield from _CALL.finditer(sentence)


def _names_in(call: re.Match[str]) -> set[str]:
    return {call["head"], *(argument.strip() for argument in _SEPARATOR.split(call["arguments"]))}
