"""What prose says in passing: no hypothesis, and yet a step that needs it need not be a mistake.

What a text means is taken for a hypothesis only where its words are plain.  Here they are taken loosely: a step that is
true by what the text may say is not told as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING

from sympy import Expr, Integer

from symderiv.documents.asides import DENIES, SENTENCE_END
from symderiv.documents.displays import Display, Row
from symderiv.documents.leading_words import last_words
from symderiv.documents.line import Line
from symderiv.documents.names import names_in
from symderiv.documents.propositions import matching
from symderiv.documents.random_facts import RandomFacts
from symderiv.documents.said_of_random import said_loosely
from symderiv.documents.sentences import placed_sentences, renewed_at
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Unread
from symderiv.language import written as w
from symderiv.language.encode import latex_of_proposition
from symderiv.language.indices import Kronecker, Variable
from symderiv.language.matrices import NUMBER, Constant, Transposed, shape_of
from symderiv.language.probability import Distribution
from symderiv.model.derivation import Mention
from symderiv.model.statement import Proposition, Relation

if TYPE_CHECKING:
    from symderiv.documents.section import Section

_MOST = 8
"""No more of what is said last is tried."""
_FORMULA = re.compile(r"\$[^$]*\$|\\\(.*?\\\)", re.DOTALL)
LIMITS = re.compile(r"\b(?:if|for|when|whenever|provided|assuming|supposing|in case|unless)\b", re.IGNORECASE)
_CASES = re.compile(r"\b(?:unless|either|or|otherwise|iff|would|could|might|may|whether)\b", re.IGNORECASE)
_FAILS = re.compile(r"\W*(?:fails?|is (?:wrong|false|dropped|violated))\b", re.IGNORECASE)
_CONDITIONAL = re.compile(
    r"\b(?:if|provided|unless|whether|when(?:ever)?|with high probability|drop\w*)\b", re.IGNORECASE
)
_CONDITION = re.compile(r"\$[^$]*(?:[=<>]|\\(?:in|leq?|geq?|neq?|to|sim)(?![a-z]))[^$]*\$")
_INTRODUCES = re.compile(
    r"for\s+(?:an?|some|any|all|each|every|the|our|fixed|given)\b(?![^.]*\$[^$]*(?:[<>=]|\\(?:leq?|geq?|neq?|in)(?![a-z])))",
    re.IGNORECASE,
)
"""Words behind a relation before what its names are: `let $y = a x$ for a fixed input $x$`."""
_ELSEWHERE = re.compile(
    r"\b(?:at|cases?|examples?|instances?|points?|say|e\.g\.|mistak\w+|wrongly|authors?|books?|claim\w*|believe\w*|conjectur\w+"
    r"|tempt\w+|naive\w*|before|want|goal|aim|contrast|unlike|rather than|instead of|nobody|may|might"
    r"|could|would|sometimes|sufficient|sections?|chapters?)\b",
    re.IGNORECASE,
)
"""Words before what is so elsewhere, or is said by others, or is yet to be shown."""
_REACH = 400
"""No sentence is taken for longer."""


def said_in_passing(section: Section, place: int, line: Line, goal: Proposition) -> tuple[Mention, ...]:
    """What the prose around a relation says of its names without being read as hypotheses, what stands last first."""
    stated = dict.fromkeys(_relations(section, line, goal))
    own = _names(goal)
    known = (_with_known(section, place, line, one) if _names(one) - own else (one,) for one in stated)
    relations = (Mention(told, _in_words(told[0]), hides=True) for told in known)
    found = chain(relations, _of_functions(section, place, line), _of_kinds(section, line, goal))
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
    is_of_a_case = LIMITS.search(last_words(line.display)) is not None
    said = [(section.mentioned(d, row), d) for d, row in near if _is_said(text, row, row.mentioned, is_of_a_case)]
    for stated, display in (*said, *((stated, None) for stated in section.by_custom)):
        # What is said right before a relation bears on it, whatever it is about.
        if stated is not None and stated != goal and (display is line.display or _bears_on(stated, goal)):
            yield stated


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
    if _ELSEWHERE.search(before) or _CONDITIONAL.search(before) or _FAILS.match(behind):
        return False
    # What holds in some case is an equation, of which no words say that it is one of several.
    limited = LIMITS.match(rest := behind.lstrip("$ ,")) and not _INTRODUCES.match(rest)
    if not is_plain and (row.sign != "=" or _CASES.search(f"{before} {behind}") or limited):
        return False
    return DENIES.search(_FORMULA.sub(" ", f"{before}{text[start:end]}{behind}")) is None


_INDEPENDENT = re.compile(r"\b(?:independen\w+|uncorrelated|i\.?\s?i\.?\s?d\b)", re.IGNORECASE)
_CENTRED = re.compile(r"\b(?:zero[\s-]mean|mean[\s-](?:zero|0|\$0\$)|cent(?:er|re)d|zero expectation)\b", re.IGNORECASE)
_SYMMETRIC = re.compile(
    r"\b(?:symmetr(?:ic|y)|covariance|(?:semi-?)?definite|hessian|gram|kernel|precision)\b", re.IGNORECASE
)
_ORTHOGONAL = re.compile(r"\b(?:orthogonal|orthonormal|rotations?|unitary)\b", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:unit|normali[sz]ed|orthonormal|norm (?:one|1|\$1\$))\b", re.IGNORECASE)
"""Words that may say something of the names around them."""


def _of_kinds(section: Section, line: Line, goal: Proposition) -> Iterator[Mention]:
    """What words may say of the names of a relation: that they are independent, symmetric, of length one."""
    upto = [display for display in section.displays if display.number <= line.display.number]
    sentences = _plain_sentences(upto, names_in(goal.left) | names_in(goal.right))
    if any(map(_INDEPENDENT.search, sentences)) or any(map(_CENTRED.search, sentences)):
        told = [words for words in sentences if _INDEPENDENT.search(words)]
        centred = [words for words in sentences if _CENTRED.search(words)]
        said = said_loosely([_FORMULA.findall(words) for words in told], [_FORMULA.findall(words) for words in centred])
        facts = RandomFacts(said, section.terms, section.trees.values()).about((goal.left, goal.right), line.display)
        if facts:
            yield Mention(tuple(facts), "what the text may mean by words such as independent")
    yield from _of_matrices(section, sentences, goal)


def _plain_sentences(displays: Sequence[Display], names: Set[str]) -> list[str]:
    """The sentences up to the last of some displays that deny nothing, are under no condition, and speak of here.

    What was said of names before they were introduced anew says nothing of these.
    """
    placed = [(place, words) for place, words in placed_sentences(displays) if place < len(displays)]
    found: list[str] = []
    for number, (_, words) in enumerate(placed):
        plain = _FORMULA.sub(" ", words)
        is_apart = any(pattern.search(plain) for pattern in (DENIES, _ELSEWHERE, _CONDITIONAL)) or "?" in words
        if not is_apart and renewed_at(placed, number, sorted(names)) is None:
            found.append(words)
    return found


def _of_matrices(section: Section, sentences: Iterable[str], goal: Proposition) -> Iterator[Mention]:
    names = names_in(goal.left) | names_in(goal.right)
    trees = (node for tree in section.trees.values() for node in t.walk(tree))
    found = {n.text: n for n in trees if isinstance(n, t.Name) and n.text in names & section.shapes.matrices}
    said = " ".join(sentences)
    for name in found.values():
        with suppress(Unread, w.LanguageError):
            matrix = section.terms.expression(name)
            for stated in _said_of(matrix, said):
                yield Mention((stated,), f"${latex_of_proposition(stated)}$, which the text may mean")


def _said_of(matrix: Expr, said: str) -> Iterator[Proposition]:
    """What words that stand anywhere in a text may say of a matrix or a vector."""
    rows, columns = shape_of(matrix)
    turned = Transposed(matrix)
    if rows == columns and (rows, columns) != NUMBER:
        if _SYMMETRIC.search(said):
            yield Proposition(turned, Relation.EQUAL, matrix)
        if _ORTHOGONAL.search(said):
            unit = Constant("identity", "I", rows, columns)
            yield Proposition(w.Times(turned, matrix), Relation.EQUAL, unit)
            yield Proposition(w.Times(matrix, turned), Relation.EQUAL, unit)
    elif rows and not columns and _UNIT.search(said):
        yield Proposition(w.Times(turned, matrix), Relation.EQUAL, Integer(1))
