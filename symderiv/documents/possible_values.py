r"""Which values the discrete variables in probabilities can have: `let $H \in \{0, 1\}$`, `$D$ is binary`.

`P(D = 1) = P(D = 1, H = 0) + P(D = 1, H = 1)` follows where H has these values alone.  Where a text does not say which
values a variable can have, no two of them happen together, and that is all that is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from sympy import Integer

from symderiv.documents.displays import Display
from symderiv.documents.kinds import LIST
from symderiv.documents.said_of_events import SaidOfEvents
from symderiv.documents.sentences import stated_of_names
from symderiv.formulas.events import taking
from symderiv.formulas.general import Terms
from symderiv.language import events as e
from symderiv.language import written as w
from symderiv.model.statement import Proposition, Relation

_NUMBER = r"-?\d+"
_SET = rf"\\(?:\{{|lbrace)\s*(?P<members>{_NUMBER}(?:\s*,\s*{_NUMBER})+)\s*\\(?:\}}|rbrace)"
_MEMBERS = re.compile(rf"(?P<names>\$[^$\\=<>]{{1,40}}\\in(?![a-z])\s*{_SET}\s*\$)")
_KIND = r"(?:binary|Bernoulli|Boolean|dichotomous|0/1|zero-one)"
_BINARY = (
    re.compile(
        rf"{LIST}\s+(?:is|are|be|being|denotes?)\s+(?:(?:an?|two|all|both|three|the|random|independent)\s+)*"
        rf"(?:{_KIND}|indicators?\b(?!\s+(?:of\s+how|whether)))\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_KIND}\s+(?:(?:random|latent|hidden|observed)\s+)?(?:variables?|labels?|outcomes?)\s+{LIST}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{LIST}[^.$]{{0,60}}\$1\$\s+(?:if|when|for|means|is|stands\s+for)\s[^.$]*\$0\$"
        r"\s+(?:if|when|otherwise|else|for|means|is|stands\s+for)\b",
        re.IGNORECASE,
    ),
)
"""`$H$ is binary`, `the binary variables $D$ and $H$`, `by $D$ the diagnosis ($1$ if positive and $0$ if negative)`."""
_LISTED = re.compile(
    rf"{LIST}\s+(?:can\s+|may\s+)?(?:takes?|has|have|assumes?)\s+(?:on\s+)?(?:(?:only|just|one\s+of|the|two|three|four)\s+)*"
    rf"values?\s+(?P<values>\${_NUMBER}\$(?:(?:\s*,\s*and\s+|\s*,\s*|\s+(?:and|or)\s+)\${_NUMBER}\$)+"
    rf"|(?:in\s+)?\${_SET}\$)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|no|never|neither|unless|whether|or more|for example|e\.g\.|such as|among)\b", re.IGNORECASE
)


def possible_values(displays: Sequence[Display]) -> dict[str, tuple[str, ...]]:
    """The values that prose says names can have; nothing of a name for which it says different ones."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for stated in stated_of_names(displays, (_MEMBERS, *_BINARY, _LISTED), _DENIED):
        groups = stated.match.groupdict()
        text = groups.get("members") or groups.get("values") or "1, 0"
        values = tuple(dict.fromkeys(sorted(re.findall(_NUMBER, text), key=int, reverse=True)))
        for name in stated.names:
            found.setdefault(name, set()).add(values)
    return {name: next(iter(values)) for name, values in found.items() if len(values) == 1}


def multiplied_out(stated: Proposition) -> Iterator[Proposition]:
    r"""`P(A \cap B) = c P(B)`, which `P(A | B) = c` says where B can happen, and which holds where it cannot."""
    match stated:
        case Proposition(left=e.Conditional(args=(both, given)), relation=Relation.EQUAL, right=value):
            yield Proposition(both, Relation.EQUAL, w.Times(value, given))


def facts_of_values(terms: Terms, displays: Sequence[Display]) -> Iterator[SaidOfEvents]:
    """That a variable has one value at a time, and one of all that it can have; of two this is how they are read."""
    first = displays[0].number if displays else 0
    for name, valued in terms.valued.items():
        if len(valued.possible) == 2:
            continue
        events = [taking(terms, name, value) for value in valued.possible or valued.seen]
        for one, other in combinations(events, 2):
            yield SaidOfEvents(
                Proposition(e.Intersection(one, other), Relation.EQUAL, e.Certain(r"\emptyset", 0)), first, None
            )
        if valued.possible:
            yield SaidOfEvents(Proposition(w.Plus(*events), Relation.EQUAL, Integer(1)), first, None)
