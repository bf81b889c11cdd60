r"""Relations that a text means for some outcomes alone: `Given $X > 0$, we obtain`, `$X$ is truncated at zero`.

What is known of a variable says nothing of the means over some of its values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from symderiv.documents.displays import Display, Row, names_of
from symderiv.documents.sentences import placed_sentences
from symderiv.documents.suppositions import comes_back
from symderiv.formulas import tree as t
from symderiv.formulas.notation import PROBABILITIES, QUANTITIES
from symderiv.formulas.printing import printed
from symderiv.formulas.usage import EVENTS, moment_of

_FORMULA = re.compile(r"(?<![$\\])\$(?!\$)(?P<dollars>[^$]+?)\$(?!\$)|\\\((?P<round>.+?)\\\)", re.DOTALL)
_COMPARES = re.compile(r"<|>|\\(?:l|g)(?:eq?|eqslant|t)(?![a-zA-Z])|\\neq?(?![a-zA-Z])")
_WITHIN = re.compile(r"\\(?:not)?in(?![a-zA-Z])")
_LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
_FONTS = re.compile(
    r"\\(?:math(?:bf|rm|bb|cal|sf|it|frak)|boldsymbol|bm|text\w*|left|right|(?:wide)?(?:hat|tilde)|bar|vec|overline|dot)(?![a-zA-Z])"
)
_ON = r"(?:up)?on(?:\s+the\s+(?:event|set|fact|value|values))?(?:\s+(?:that|of))?"
_CONDITION = re.compile(
    r"\b(?:given|if|when|whenever|for|once|after|seeing|seen|know|knowing|learn\w*|observ\w+|measur\w+"
    r"|condition\w*|restrict\w*|select\w*|keep\w*|kept|retain\w*|accept\w*|reject\w*|discard\w*|filter\w*|remov\w+"
    r"|only|among|provided|on\s+the\s+(?:event|set)|on\s*\Z"
    r"|(?:outcomes?|samples?|values?|cases?|those|draws?|observations?|points?)\s+(?:with|where|for\s+which|in\s+which))\b",
    re.IGNORECASE,
)
"""Words before a formula for what happens by which it may say which outcomes are meant."""
_SEEN = (
    rf"condition(?:ally|al|ed|ing|s)?\s+{_ON}|(?:after|by|on|once\s+we)\s+(?:observ|see|know|learn)\w*(?:\s+that)?"
    r"|(?:fix|hold)(?:ing)?"
)
_VALUE_OF = r"(?:\s+the\s+(?:event|values?)(?:\s+of)?)?\s*\Z"
_GIVEN = re.compile(rf"\b(?:given(?:\s+that)?|{_SEEN}){_VALUE_OF}", re.IGNORECASE)
"""Words right before a name for what is given."""
_OBSERVED = re.compile(rf"\b(?:{_SEEN}){_VALUE_OF}", re.IGNORECASE)
"""Those of them behind which nothing is defined."""
_INDEPENDENT = re.compile(r"\bindependen\w+[^,]*\Z", re.IGNORECASE)
_EVENT = re.compile(r"\s*(?P<name>[A-Z])(?:_\w|_\{\w+\})?\s*")
_BEHIND_A_FORMULA = re.compile(r"\s*(?:for|if|when)\s*")
"""What stands between a formula and the values for which it holds: `$f(x) = e^{-x}$ for $x > 0$`."""
_ALL = re.compile(r"\b(?:for\s+)?(?:all|any|each|every)\b[^,]*\Z", re.IGNORECASE)
"""Words before what is the range of a name."""
_ASSERTS = re.compile(
    r"\b(?:let|suppose|assum\w+|with|where|since|because|as|using|by|from|defin\w+|denot\w+|set|model|note|recall)\b",
    re.IGNORECASE,
)
"""Words before what is so for all outcomes."""
_INTRODUCED = re.compile(r"\s*(?:is|are|be|being|has|have|having|with|where|such|from|denote)\b", re.IGNORECASE)
"""What stands behind a name of which more is said."""
_IS_ITS_VALUE = re.compile(r"\s*(?P<name>[A-Z])(?P<of>_\w|_\{\w+\})?\s*=\s*(?i:(?P=name))(?:_\w|_\{\w+\})?\s*")
"""`X_1 = x_1`"""
_CHANGES = re.compile(
    r"\b(?:truncat|censor|winsori[sz]|discard|resampl)\w*\b|\b(?:clipped|clipping|folded|rejected|rejecting|trimmed|trimming)\b"
    r"|\bfilter(?:ed|ing)?\s+out\b"
    r"|\brestrict(?:ed|ing|s)?\s+to\b|\bconditional\s+distribution\b",
    re.IGNORECASE,
)
"""Words by which what is drawn from a law no longer has it."""
_SOME = re.compile(
    r"\b(?:for|among|of|on|over|only|in)\s+(?:the\s+)?(?:positive|negative|remaining|retained|surviving|selected)\s+"
    r"(?:outcomes|draws|samples|cases)\b",
    re.IGNORECASE,
)
"""Words for some outcomes."""
_OF_DRAWS = re.compile(
    r"\b(?:variables?|distributions?|distributed|samples?|values?|draws?|drawn|densit\w+|laws?|observations?|data|outcomes?"
    r"|normals?|Gaussians?|noise)\b",
    re.IGNORECASE,
)
_NEARLY = re.compile(
    r"(?:approximat\w+|asymptotic\w*|nearly|roughly|almost)\b[^$.]*\$[^$]*\\sim(?![a-z])"
    r"|\\sim(?![a-z])[^$]*\$[^$.,]*\b(?:approximat\w+|asymptotic\w*|nearly|roughly|for\s+large)",
    re.IGNORECASE,
)
"""Words around a law that is one to a good approximation."""
_FOR_ALL_OUTCOMES = re.compile(
    r"\b(?:un(?:conditional|conditioned)\w*|marginal\w*|(?:law|rule|theorem)\s+of\s+(?:the\s+)?(?:total|iterated)|tower"
    r"|averag\w+\s+over|integrat\w+\s+over|taking\s+(?:the\s+)?(?:expectations?|expected\s+values?|means?|averages?))\b",
    re.IGNORECASE,
)
"""Words by which a text comes back to all outcomes."""


class Conditioned:
    """The displays of one section that are meant for some outcomes alone."""

    def __init__(
        self,
        displays: Sequence[Display],
        trees: Mapping[int, t.Node],
        random: Iterable[str],
        matrices: Set[str] = frozenset(),
    ) -> None:
        self._trees, self._matrices = trees, matrices
        self._random = {letters for name in _with_made(displays, random) if (letters := _letters(name))}
        self._displays = displays
        self.numbers = frozenset(displays[place].number for place in self._places())
        """The numbers of the displays."""

    def says_otherwise(self, display: Display, row: Row) -> bool:
        """True of a relation about chance that does not itself say what is given, where the words around it do."""
        beside = [other for other in display.rows if other.line == row.line and other is not row]
        given = any(self._is_random(" ".join(other.texts)) for other in beside if other.lead in _LEADS)
        return (given or display.number in self.numbers) and self.speaks_of_chance(row)

    def _places(self) -> Iterator[int]:
        """The places of the displays that come behind words for some outcomes, until the text comes back to all."""
        first, is_conditioned = 0, False
        for behind, sentence in (*placed_sentences(self._displays), (len(self._displays), "")):
            for place in range(first, behind):
                if self._writes_what_is_given(self._displays[place]):
                    is_conditioned = False
                elif is_conditioned:
                    yield place
            first = max(first, behind)
            if comes_back(sentence) or _FOR_ALL_OUTCOMES.search(sentence) is not None:
                is_conditioned = False
            elif self._picks_outcomes(sentence):
                is_conditioned = True
                yield from range(behind, first)  # it goes on behind that display

    def _picks_outcomes(self, sentence: str) -> bool:
        plain = _FORMULA.sub("$", sentence)
        changes = _CHANGES.search(plain) is not None
        if (changes and _OF_DRAWS.search(plain)) or _NEARLY.search(sentence) or _SOME.search(plain):
            return True
        formulas = list(_FORMULA.finditer(sentence))
        ends = [0, *(match.end() for match in formulas)]
        for end, match in zip(ends, formulas, strict=False):
            formula, words = match["dollars"] or match["round"], sentence[end : match.start()]
            is_given = _GIVEN.search(words) is not None and _INDEPENDENT.search(words) is None
            is_introduced = _INTRODUCED.match(sentence, match.end()) is not None
            if is_given and (_IS_ITS_VALUE.fullmatch(formula) or (self._is_event(formula) and not is_introduced)):
                return True
            if not self._is_random(formula) or (end and _BEHIND_A_FORMULA.fullmatch(words)):
                continue
            if changes or (self._happens(formula) and _is_condition(words)):
                return True
            if (_OBSERVED.search(words) and "=" in formula) or (is_given and _WITHIN.search(formula)):
                return True
            is_name = _COMPARES.search(formula) is None and "=" not in formula and r"\sim" not in formula
            if is_name and is_given and not is_introduced:
                return True
        return False

    def _happens(self, formula: str) -> bool:
        """True of `X > 0`, `X + Y = 1` and `X = x`, not of `Y = X^2`, which says what Y is."""
        if _COMPARES.search(formula):
            return True
        left, equals, right = formula.partition("=")
        return bool(equals) and (not self._is_random(right) or len(_LETTER.findall(_FONTS.sub("", left))) > 1)

    def _is_random(self, formula: str) -> bool:
        letters = _letters(formula)
        return any(name <= letters for name in self._random)

    def _is_event(self, formula: str) -> bool:
        """True of a capital that is no matrix."""
        match = _EVENT.fullmatch(formula)
        return match is not None and match["name"] not in self._matrices

    def speaks_of_chance(self, row: Row) -> bool:
        """True of a relation with a mean, a probability, or what is made of these."""
        tree = self._trees.get(id(row))
        calls = [node for node in t.walk(tree) if isinstance(node, t.Applied)] if tree is not None else []
        return any(moment_of(call) or self._is_probability(call) for call in calls)

    def _is_probability(self, call: t.Applied) -> bool:
        is_called_so = call.head.base in PROBABILITIES or call.head.base in QUANTITIES
        return call.head.text in EVENTS or (
            is_called_so and any(self._is_random(printed(part)) for part in call.before)
        )

    def _writes_what_is_given(self, display: Display) -> bool:
        r"""True of a display with `E[Y \mid X]`: what is given stands there."""
        trees = (self._trees.get(id(row)) for row in display.rows)
        nodes = (node for tree in trees if tree is not None for node in t.walk(tree))
        return any(isinstance(node, t.Applied) and node.bar == "|" for node in nodes)


def _is_condition(words: str) -> bool:
    """True of words before a formula the last of which makes it a condition on what happens."""
    leads, asserts = (
        max((match.end() for match in pattern.finditer(words)), default=0) for pattern in (_CONDITION, _ASSERTS)
    )
    return leads > 0 and leads >= asserts and _ALL.search(words) is None


def _with_made(displays: Sequence[Display], random: Iterable[str]) -> set[str]:
    """Random names, with those that are made of them by the equations of a section."""
    found = set(random)
    rows = [row for display in displays for row in (*display.rows, *display.inline) if row.sign == "="]
    made = [(row.left.text, names_of(row.right)) for row in rows if isinstance(row.left, t.Name)]
    while new := {name for name, parts in made if not parts.isdisjoint(found)} - found:
        found |= new
    return found


_LEADS = frozenset({"if", "when", "given", "for", "provided"})


def _letters(formula: str) -> Set[str]:
    return frozenset(_LETTER.findall(_FONTS.sub(" ", formula)))
