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
from symderiv.documents.kinds import called_events
from symderiv.documents.reading import Display
from symderiv.formulas import tree as t
from symderiv.formulas.declarations import Declared, arguments, read_assumption
from symderiv.formulas.source import Source, Unread
from symderiv.formulas.usage import EVENTS

_CALL = re.compile(r"\$\s*(?P<head>\\?[A-Za-z]+)\s*\((?P<arguments>[^$()]+)\)\s*\$")
_DISTRIBUTED = re.compile(r"\b(?:densit(?:y|ies)|distributions?|probability (?:mass )?functions?)\b", re.IGNORECASE)
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
    calls = dict.fromkeys(match.group().strip("$ ") for display in displays for match in _calls(display))
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


def _calls(display: Display) -> Iterator[re.Match[str]]:
    """The calls of a sentence that says of them to be distributions."""
    for sentence in SENTENCE_END.split(display.before):
        if _DISTRIBUTED.search(sentence) and not _NOT_SAID.search(sentence):
            yield from _CALL.finditer(sentence)


def _names_in(call: re.Match[str]) -> set[str]:
    return {call["head"], *(argument.strip() for argument in _SEPARATOR.split(call["arguments"]))}
