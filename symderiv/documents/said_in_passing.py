"""What prose says in passing: no hypothesis, and yet a step that needs it need not be a mistake.

What a text means is taken for a hypothesis only where its words are plain.  Here they are taken loosely: a step that is
true by what the text may say is not told as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING

from sympy import Integer

from symderiv.documents.asides import DENIES, SENTENCE_END
from symderiv.documents.displays import Row
from symderiv.documents.leading_words import last_words
from symderiv.documents.line import Line
from symderiv.documents.meant_loosely import BACK, CONDITIONAL, ELSEWHERE, FORMULA, of_kinds
from symderiv.documents.names import names_in
from symderiv.documents.propositions import matching
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Unread
from symderiv.language import written as w
from symderiv.language.encode import latex_of_proposition
from symderiv.language.indices import Kronecker, Variable
from symderiv.language.probability import Distribution
from symderiv.model.derivation import Mention
from symderiv.model.statement import Proposition, Relation

if TYPE_CHECKING:
    from symderiv.documents.section import Section

_MOST = 8
"""No more of what is said last is tried."""
_SAYS = re.compile(
    r"(?:\A|\b(?:have|has|gets?|obtains?|observes?|finds?|sees?|holds|follows|gives|yields|implies|concludes?|is|are|then"
    r"|hence|thus|so|therefore|(?<![a-z] )(?:with|where)|let|set)\s*(?:that)?|\b(?:has|have|with)(?:\s+[a-z-]+){1,3}"
    r"|\A(?:for|in|under)\s+(?:the|our|this)(?:\s+[a-z-]+){1,3}"
    r"|\b(?:using|uses?|by|via|from|since|because|as|subject to|constraints?)(?:\s+(?:that|the|our))?(?:\s+[a-z-]+)?"
    r"|(?:\A|,\s*(?:and\s+)?)(?:here|now|first|at first|at last|finally|initially|after)(?:\s+[a-z-]+){0,3}"
    r"|\Ato\s[^$]*|\$\s*(?:,\s*(?:and)?|and))[\s,:$(\\]*\Z",
    re.IGNORECASE,
)
"""Words right before what is said, or before another one of several."""
LIMITS = re.compile(r"\b(?:if|for|when|whenever|provided|assuming|supposing|in case|unless)\b", re.IGNORECASE)
_CASES = re.compile(r"\b(?:unless|either|or|otherwise|iff|would|could|might|may|whether)\b", re.IGNORECASE)
_FAILS = re.compile(r"\W*(?:fails?|is (?:wrong|false|dropped|violated))\b", re.IGNORECASE)
_CONDITION = re.compile(r"\$[^$]*(?:[=<>]|\\(?:in|leq?|geq?|neq?|to|sim)(?![a-z]))[^$]*\$")
_INTRODUCES = re.compile(
    r"for\s+(?:an?|some|any|all|each|every|the|our|fixed|given)\b(?![^.]*\$[^$]*(?:[<>=]|\\(?:leq?|geq?|neq?|in)(?![a-z])))",
    re.IGNORECASE,
)
"""Words behind a relation before what its names are: `let $y = a x$ for a fixed input $x$`."""
_REACH = 400
"""No sentence is taken for longer."""


def said_in_passing(section: Section, place: int, line: Line, goal: Proposition) -> tuple[Mention, ...]:
    """What the prose around a relation says of its names without being read as hypotheses, what stands last first."""
    stated = dict.fromkeys(_relations(section, line, goal))
    own = _names(goal)
    known = (_with_known(section, place, line, one) if _names(one) - own else (one,) for one in stated)
    relations = (Mention(told, _in_words(told[0]), hides=True) for told in known)
    found = chain(relations, _of_functions(section, place, line), of_kinds(section, line, goal))
    return tuple(found)[:_MOST]


def _with_known(section: Section, place: int, line: Line, stated: Proposition) -> tuple[Proposition, ...]:
    """What may be meant, with what is known of the names in it."""
    known = section.store.context(place, stated, (), None).assumptions
    said = section.random_facts.about([side for p in (stated, *known) for side in (p.left, p.right)], line.display)
    return tuple(dict.fromkeys((stated, *known, *said)))


def _in_words(stated: Proposition) -> str:
    match stated:
        case Proposition(left=Kronecker(args=(one, other)), right=Integer(p=0)):
            return rf"${one} \neq {other}$, which the text only mentions"
        case _:
            return f"${latex_of_proposition(stated)}$, which the text only mentions"


def _relations(section: Section, line: Line, goal: Proposition) -> Iterator[Proposition]:
    """The relations in prose; under a condition where the relation is under none, and a formula says which it is."""
    text = section.source.text
    upto = [display for display in section.displays if display.number <= line.display.number + 1]
    end = line.display.piece.end
    rows = ((display, row) for display in reversed(upto) for row in reversed(display.limited))
    near = ((d, row) for d, row in rows if row.place[0] < end or not SENTENCE_END.search(text, end, row.place[0]))
    near = ((d, row) for d, row in near if not BACK.search(text, row.place[1], line.row.place[0]))
    is_of_a_case = LIMITS.search(last_words(line.display)) is not None
    said = ((section.mentioned(d, row), d, row) for d, row in near if _is_said(text, row, row.mentioned, is_of_a_case))
    told = [(stated, d) for stated, d, row in said if stated is not None and _is_told(text, row, stated)]
    for stated, display in (*told, *((stated, None) for stated in section.by_custom)):
        # What is said right before a relation bears on it, whatever it is about.
        if stated != goal and (display is line.display or _bears_on(stated, goal)):
            yield stated


def _is_told(text: str, row: Row, stated: Proposition) -> bool:
    """True of a relation behind words that say it, and of one between indices wherever it stands."""
    return isinstance(stated.left, Kronecker) or _SAYS.search(before_in_sentence(text, row).lstrip()) is not None


def _of_functions(section: Section, place: int, line: Line) -> Iterator[Mention]:
    """What a name may stand for that is defined as a function: `L = 1` for a value of `L(w)`."""
    tree = section.trees.get(id(line.row))
    nodes = [] if tree is None else list(t.walk(tree))
    heads = {id(node.head) for node in nodes if isinstance(node, t.Applied)}
    for name in {node.text: node for node in nodes if isinstance(node, t.Name) and id(node) not in heads}.values():
        call = section.terms.functions.whole(name)
        defined = section.terms.functions.at(call, place) if call is not None else None
        if call is not None and defined is not None:
            with suppress(Unread, w.LanguageError):
                sides = matching(section.terms.expression(name), section.terms.expression(defined[1]))
                stated = Proposition(sides[0], Relation.EQUAL, sides[1])
                known = _with_known(section, place, line, stated)
                yield Mention(known, f"what the text may mean: that ${name.text}$ is ${printed(call)}$")


def _names(stated: Proposition) -> frozenset[str]:
    """The names in a proposition, without the numbers of members, and the distributions that it is about."""
    named = {name.split("_")[0] for side in (stated.left, stated.right) for name in names_in(side)}
    about = (side.atoms(Distribution) for side in (stated.left, stated.right))
    return frozenset(named | {str(one) for found in about for one in found})


def _bears_on(stated: Proposition, goal: Proposition) -> bool:
    """True where both are about something in common; a comparison of indices is about these."""
    if isinstance(stated.left, Kronecker):
        indices = stated.left.atoms(Variable)
        return any(goal.left.has(index) or goal.right.has(index) for index in indices)
    return not _names(stated).isdisjoint(_names(goal))


def is_under_a_condition(text: str, row: Row) -> bool:
    """True of a relation in prose behind a condition that is written as a formula."""
    before = before_in_sentence(text, row)
    return LIMITS.search(before) is not None and _CONDITION.search(before) is not None


def before_in_sentence(text: str, row: Row) -> str:
    """What stands before a relation in its sentence."""
    start = row.place[0]
    return SENTENCE_END.split(text[max(0, start - _REACH) : start])[-1]


def _is_said(text: str, row: Row, is_plain: bool, is_of_a_case: bool) -> bool:
    """True of a relation in a sentence that denies nothing, asks for nothing, and does not speak of something else."""
    start, end = row.place
    before = before_in_sentence(text, row)
    behind = SENTENCE_END.split(text[end : end + _REACH])[0]
    if is_under_a_condition(text, row) or (is_of_a_case and LIMITS.search(before)):
        return False
    if ELSEWHERE.search(f"{before} {behind}") or CONDITIONAL.search(before) or _FAILS.match(behind):
        return False
    # What holds in some case is an equation, of which no words say that it is one of several.
    limited = LIMITS.match(rest := behind.lstrip("$ ,")) and not _INTRODUCES.match(rest)
    if not is_plain and (row.sign != "=" or _CASES.search(f"{before} {behind}") or limited):
        return False
    return DENIES.search(FORMULA.sub(" ", f"{before}{text[start:end]}{behind}")) is None
