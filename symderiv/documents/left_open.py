"""What is left open of the meaning of a relation, so that values at which it fails say nothing of it."""

from __future__ import annotations

import re
from functools import cached_property

from sympy import preorder_traversal

from symderiv.documents.defined_twice import has_several_values
from symderiv.documents.dependence import derivatives_in
from symderiv.documents.displays import DRAWN_FROM, Row
from symderiv.documents.families import members
from symderiv.documents.leading_words import last_words
from symderiv.documents.line import Line
from symderiv.documents.names import names_in
from symderiv.documents.names_in_use import letters_of, names_in_formulas
from symderiv.documents.numbered import has_numbers
from symderiv.documents.said_of_events import are_tied, events_in
from symderiv.documents.section import Section, is_by_cases
from symderiv.documents.sentences import placed_sentences
from symderiv.documents.subscripts import pieces_of, without_pieces
from symderiv.documents.uninterpreted import hides_an_operation, says_nothing
from symderiv.formulas import tree as t
from symderiv.formulas.averages import is_under_a_law
from symderiv.formulas.conditional_means import is_conditional
from symderiv.formulas.functions import calls_in
from symderiv.formulas.notation import QUANTITIES
from symderiv.formulas.restrictions import free_names
from symderiv.formulas.usage import moment_of
from symderiv.language import events as e
from symderiv.language import quantities as q
from symderiv.language import written as w
from symderiv.language.probability import Entropy, PointEntropy
from symderiv.language.random_variables import Moment, RandomVariable
from symderiv.language.templates import unmarked
from symderiv.model.statement import Context, Proposition

_IF_NAMES = re.compile(
    r"\b(?:if|provided that)\s+(?:\w+\s+){0,3}\$[^$]*\$\s+(?:is|are|has|have)\s[^,.:$]*", re.IGNORECASE
)
"""A condition in words on what has a name."""

_IN_A_CASE = re.compile(
    r"\b(?:with|for|under|given|at)\s+(?:an?\s+)?(?:unit|zero|vanishing|equal)\s+(?!to\b)[a-z]+", re.IGNORECASE
)
"""A condition in words on what has none: `with unit variance, this becomes`."""

_OF_AN_EQUATION = re.compile(
    r"\b(?:develop\w*|rearrang\w+|rewrit\w+|transform\w*|solv\w+|resolv\w+|simplif\w+|manipulat\w+)\s+"
    r"(?:this|that|the (?:above|last|previous|latter))\s+(?:equation|relation|equality|condition)\b",
    re.IGNORECASE,
)
"""Words by which a relation is another form of one before, whichever that is: `we can develop this equation`."""

_ARGUMENT = (r"\operatorname{argmax}", r"\operatorname{argmin}")

_SLOPE = re.compile(r"\\d?dot\{(?P<dotted>.+?)\}.*|(?P<primed>[^']+)'+")


_CHANCE = r"(?:probabilit(?:y|ies)|parameters?|chances?|bias)"
_FORMULAS = r"\$[^$]+\$(?:(?:\s*,\s*and|\s*,|\s+and)\s+\$[^$]+\$)*"
_CALLED_CHANCES = (
    re.compile(rf"\b{_CHANCE}(?:\s+[\w-]+){{0,4}}\s+{_FORMULAS}", re.IGNORECASE),
    re.compile(rf"{_FORMULAS}\s+(?:is|are|be|denotes?)\s+(?:[\w-]+\s+){{0,4}}{_CHANCE}\b", re.IGNORECASE),
)
_MEAN = re.compile(r"\\(?:mathbb|mathrm|mathsf|operatorname)\s*\{\s*E\s*\}|E(?![A-Za-z])")
"""The beginning of a mean that is not read as one of anything."""
_FORMULA = re.compile(r"\$([^$]+)\$")
_LETTER = re.compile(r"\\[A-Za-z]+(?:_\{?\w+\}?)?|[A-Za-z](?:_\{?\w+\}?)?")


class Openness:
    """What a section leaves open of its relations."""

    def __init__(self, section: Section) -> None:
        self.section = section

    def is_left(self, place: int, line: Line, goal: Proposition, context: Context) -> bool:
        """True of a relation of which something is left open, by itself or beside what is known of its names."""
        return (
            self.may_be_otherwise(place, line, goal)
            or self.has_an_untied_chance(line, goal, context)
            or self.is_an_untold_chance(goal, context)
            or _is_an_untold_mean(goal, context)
        )

    def may_be_otherwise(self, place: int, line: Line, goal: Proposition) -> bool:
        """True of a relation with a part of which it is not read what it is, so that values say nothing of it."""
        return (
            self.is_partly_read(line)
            or self.is_under_words(line)
            or has_several_values(line.display, line.row)
            or line.overlooked
            or self.section.reach.is_behind_a_lone_case(line.display)
            or self._hides_a_slope(goal)
            or self._is_unrolled(line)
            or self._is_under_a_law(line)
            or self._has_an_entry(line)
            or self._leaves_out_an_argument(line)
            or are_tied((goal.left, goal.right))
            or self.has_untold_values(goal)
            or self._is_beside_others(goal)
            or _has_information(goal)
            or self.section.random_facts.are_beyond((goal.left, goal.right))
            or self.section.laws.leave_open(goal, self.section.store.definitions_only(place, goal).definitions)
            or self._is_where_an_extremum_is(goal)
            or self._brings_a_name(place, line)
            or self.is_only_claimed(place, line)
            or self._was_told_in_a_case(place, line)
            or self._is_of_a_family(line)
            or self._has_a_root_of_a_matrix(line)
            or self._has_a_name_for_an_operation(line)
            or (line.row.kind == "first" and _OF_AN_EQUATION.search(last_words(line.display)) is not None)
        )

    def is_partly_read(self, line: Line) -> bool:
        """True of a relation by cases, or with a name in it that an equation stands for which was not read."""
        tree = self.section.trees.get(id(line.row))
        nodes = [] if tree is None else [node for node in t.walk(tree) if isinstance(node, t.Name)]
        names = {text for node in nodes for text in (node.stem, node.text)}
        unread = not self.section.undefined.isdisjoint(names) or is_by_cases(tree)
        return unread or (
            tree is not None and says_nothing(tree, None if line.says is not None else self.section.grids.keys())
        )

    def is_under_words(self, line: Line) -> bool:
        """True behind `if $X$ is an invertible function of $Y$, then`, of which no formula says what it means."""
        told, words = self.section.reach.here(line.display, line.row), last_words(line.display)
        return not told and any(pattern.search(words) is not None for pattern in (_IF_NAMES, _IN_A_CASE))

    def has_untold_values(self, goal: Proposition) -> bool:
        """True of probabilities that a variable has several values, where it is not said which others it can have."""
        taken = (e.variable_taking(name) for name in events_in((goal.left, goal.right)))
        untold = [variable for variable in taken if variable and not self.section.terms.valued[variable].possible]
        return len(set(untold)) < len(untold)

    def _is_beside_others(self, goal: Proposition) -> bool:
        """True of probabilities of values beside other things than numbers, to which they may be tied."""
        sides = (goal.left, goal.right)
        others = (part for side in sides for part in preorder_traversal(side))
        return any(map(e.variable_taking, events_in(sides))) and any(
            isinstance(part, q.Opaque | w.Scalar | RandomVariable) for part in others
        )

    def is_an_untold_chance(self, goal: Proposition, context: Context) -> bool:
        """True of a number for the probability of a value, of which nothing else is known."""
        own = [events_in((side,)) for side in (goal.left, goal.right)]
        taken = {name for names in own for name in names if e.variable_taking(name)}
        known = [name for p in context.assumptions for name in events_in((p.left, p.right))]
        return bool(taken) and not all(own) and taken.isdisjoint(known)

    def has_an_untied_chance(self, line: Line, goal: Proposition, context: Context) -> bool:
        """True of a mean or an entropy beside a number that prose calls a probability, and nothing ties to it.

        `A source emits one of two symbols, with probabilities $p$ and $1 - p$` may say all of its entropy.
        """
        if line.listed is not None or not any(
            side.has(Moment, Entropy, PointEntropy) for side in (goal.left, goal.right)
        ):
            return False
        sides = [side for p in context.assumptions for side in (p.left, p.right)]
        sides += [side for known in context.definitions for side in (known.name, known.body)]
        tied = frozenset[str]().union(*map(names_in, sides))
        # What stands on both sides is tied to itself.
        free = {unmarked(name) for name in (names_in(goal.left) ^ names_in(goal.right)) - tied}
        return not free.isdisjoint(self._called_chances)

    @cached_property
    def _called_chances(self) -> frozenset[str]:
        """The names in formulas that prose calls probabilities, or parameters of what is random."""
        sentences = (sentence for _, sentence in placed_sentences(self.section.displays))
        found = (match.group() for s in sentences for pattern in _CALLED_CHANCES for match in pattern.finditer(s))
        formulas = (formula for called in found for formula in _FORMULA.findall(called))
        return frozenset(name for formula in formulas for name in _LETTER.findall(formula))

    def _hides_a_slope(self, goal: Proposition) -> bool:
        r"""True of `\frac{d}{dt} x^2 = 2 x \dot{x}`: beside a derivative the dot says that x depends on something.

        Where x stands nowhere in the section, the mark is a part of the name.
        """
        names = names_in(goal.left) | names_in(goal.right)
        plain = {match["dotted"] or match["primed"] for name in names if (match := _SLOPE.fullmatch(name))}
        if not plain or not derivatives_in((goal.left, goal.right)):
            return False
        nodes = (node for tree in self.section.trees.values() for node in t.walk(tree))
        return any(isinstance(node, t.Name) and not plain.isdisjoint((node.text, node.stem)) for node in nodes)

    def _is_unrolled(self, line: Line) -> bool:
        r"""True of `m_t = \sum_i b^{t-i} g_i` where m_t was given by m_{t-1}: that takes an induction."""
        left = line.row.left
        if not isinstance(left, t.Name) or not _is_member(left, left.stem) or line.row.right is None:
            return False
        before = (other.row for other in self.section.lines if other.row.place < line.row.place)
        rows = (row for row in (*self.section.lasting(), *before) if row is not line.row and row.sign == "=")
        of_members = (row for row in rows if isinstance(row.left, t.Name) and _is_member(row.left, left.stem))
        leads_on = any(row.right is not None and _names_a_member(row.right, left.stem) for row in of_members)
        return leads_on and not _names_a_member(line.row.right, left.stem)

    def _is_under_a_law(self, line: Line) -> bool:
        r"""True of `E_q[c f] = c E_q[f]` and `E[c X \mid Y]`: that c is not random there is not written."""
        tree = self.section.trees.get(id(line.row))
        calls = () if tree is None else (node for node in t.walk(tree) if isinstance(node, t.Applied))
        return any(is_conditional(call) or is_under_a_law(self.section.terms, call) for call in calls)

    def _has_an_entry(self, line: Line) -> bool:
        """True of a relation with `y_i` where an equation says what y is, all entries of it at once."""
        tree = self.section.trees.get(id(line.row))
        names = (node for node in t.walk(tree) if isinstance(node, t.Name)) if tree is not None else ()
        stems = {name.stem for name in names if name.lower and self.section.usage.alphabet_of(name.lower[0])}
        rows = (row for row in self.section.lasting() if stems and not isinstance(row.right, t.Listing | t.Array))
        return any(row.sign == "=" and isinstance(row.left, t.Name) and row.left.text in stems for row in rows)

    def has_a_limited_member(self, line: Line) -> bool:
        """True of a relation with a member by number, such as `x_2`, and a name of which some case says something."""
        names = _names(line.row.left, line.row.right)
        limited = _names(*(side for d in self.section.displays for row in d.limited for side in (row.left, row.right)))
        return any(map(has_numbers, names)) and not {n.stem for n in names}.isdisjoint(n.stem for n in limited)

    def _leaves_out_an_argument(self, line: Line) -> bool:
        """True of `E[(f - X)^2]` in a text with `f(x)`: whether f is random there hangs on what is left out."""
        tree = self.section.trees.get(id(line.row))
        calls = [node for node in t.walk(tree) if isinstance(node, t.Applied)] if tree is not None else []
        bodies = (part for call in calls if moment_of(call) for part in call.before)
        names = {node.text for body in bodies for node in t.walk(body) if isinstance(node, t.Name)}
        return not names.isdisjoint(self.section.usage.functions - {call.head.text for call in calls})

    def _is_where_an_extremum_is(self, goal: Proposition) -> bool:
        r"""True of a value for what is said to be `\operatorname{argmax}_x f(x)`: where that is takes an argument."""
        said = (known.proposition for known in self.section.store.known if known.given)
        ends = {p.left for p in said if isinstance(p.right, q.Opaque) and p.right.template.startswith(_ARGUMENT)}
        return not ends.isdisjoint((goal.left, goal.right))

    def _brings_a_name(self, place: int, line: Line) -> bool:
        r"""True of `x = -\ln(1 - p) / \lambda` where p is new, and stands below again: it is not said what that is."""
        left, right, lines, displays = line.row.left, line.row.right, self.section.lines, self.section.displays
        if not isinstance(left, t.Name) or right is None or line.row.sign != "=":
            return False
        here = displays.index(line.display) + 1
        before = names_in_formulas(displays[:here], [other.row for other in lines[:place]])
        behind = names_in_formulas(displays[here:], [other.row for other in lines[place + 1 :]])
        fresh = free_names(right) - before - {call.head.text for call in calls_in([right])} - {r"\pi", "e"}
        return left.text in before and any(name in behind and not letters_of(name) <= before for name in fresh)

    def is_only_claimed(self, place: int, line: Line) -> bool:
        r"""True of `\hat{b} = A y` in the proof of a theorem about \hat{b}, of which only words say what it is."""
        left, right = line.row.left, line.row.right
        if not isinstance(left, t.Name) or line.row.sign != "=" or line.display.part != "proof":
            return False
        before = [(other.row, other.role.kind == "claim") for other in self.section.lines[:place]]
        displays = [display for display in self.section.displays if display.number <= line.display.number]
        before += [(row, False) for display in displays for row in (*display.inline, *display.conditions)]
        claimed, said = (
            _names(
                *(
                    side
                    for row, is_claim in before
                    for side in (row.left, row.right)
                    if _says_no_value(row, is_claim) is kind
                )
            )
            for kind in (True, False)
        )
        determined = {name.text for name in (*said, *_names(right))}
        return left.text not in determined and any(name.text == left.text for name in claimed)

    def _was_told_in_a_case(self, place: int, line: Line) -> bool:
        """True of a relation with a name of which something was said under a condition of another display."""
        names = {name.text for name in _names(line.row.left, line.row.right)}
        before = (other for other in self.section.lines[:place] if other.display is not line.display)
        told = (
            other
            for other in before
            if other.row.sign == "=" and isinstance(other.row.left, t.Name) and other.row.left.text in names
        )
        return any(other.display.conditions and self.section.reach.within(other.display, other.row) for other in told)

    def _is_of_a_family(self, line: Line) -> bool:
        """True of a relation with a member by its number, of a family of which words may pick out some members."""
        tree = self.section.trees.get(id(line.row))
        rows = [row for row in self.section.lasting() if row is not line.row and row.sign == "="]
        found = members(self.section, tree, rows) if isinstance(tree, t.Sides) else ()
        return any(not is_of_all for _, is_of_all in found)

    def _has_a_name_for_an_operation(self, line: Line) -> bool:
        r"""True of `|S| = a b` where `S = \mathrm{diag}(a, b)`, of which nothing but its name is known."""
        said = ((row.left, row.right) for row in self.section.lasting())
        made = {
            name.text
            for name, right in said
            if isinstance(name, t.Name) and right is not None and hides_an_operation(right)
        }
        return not made.isdisjoint(n.text for n in _names(line.row.left, line.row.right)) if made else False

    def _has_a_root_of_a_matrix(self, line: Line) -> bool:
        r"""True of a relation with `V^{-1/2}`: which root of a matrix that is, is not read."""
        tree = self.section.trees.get(id(line.row))
        powers = [node for node in t.walk(tree) if isinstance(node, t.Power)] if tree is not None else []
        return any(_is_fraction(power.exponent) and self.section.shapes.is_matrix(power.base) for power in powers)


def _has_information(goal: Proposition) -> bool:
    r"""True of `I(X, Y) = h(X) - h(X \mid Y)` and `H(2 X) = H(X)` where these are names: what they are was not read."""
    parts = (part for side in (goal.left, goal.right) for part in preorder_traversal(side))
    return any(isinstance(part, q.Opaque) and _is_information(part) for part in parts)


def _is_information(call: q.Opaque) -> bool:
    """True of a mutual information of several things, and of the entropy of something random."""
    head, _, inside = call.template.partition(r"\left")
    kind = QUANTITIES.get(head)
    return (kind == "I" and ("," in inside or ";" in inside)) or (kind == "H" and bool(call.atoms(RandomVariable)))


def _says_no_value(row: Row, is_claim: bool) -> bool:
    r"""True of what is to be shown, and of `X \sim \mathcal{N}(0, 1)`."""
    return is_claim or row.sign == DRAWN_FROM


def _is_fraction(exponent: t.Node) -> bool:
    body = exponent.body if isinstance(exponent, t.Negation) else exponent
    return isinstance(body, t.Division)


def _names(*sides: t.Node | None) -> list[t.Name]:
    return [node for side in sides if side is not None for node in t.walk(side) if isinstance(node, t.Name)]


def _is_member(node: t.Node, stem: str) -> bool:
    """True of `x_t` and `x_{t+1}`, by the stem x, and not of `x_0`."""
    if not isinstance(node, t.Name) or without_pieces(node) != stem:
        return False
    return not all(piece.isdigit() for piece in pieces_of(node))


def _names_a_member(tree: t.Node, stem: str) -> bool:
    return any(_is_member(node, stem) for node in t.walk(tree))


def _is_an_untold_mean(goal: Proposition, context: Context) -> bool:
    """True of a mean that is no more than a name, and of which nothing else is known: it is one of something."""
    parts = [preorder_traversal(side) for side in (goal.left, goal.right)]
    opaque = [{part.template for part in side if isinstance(part, q.Opaque)} for side in parts]
    own = [set(filter(_MEAN.match, names)) for names in opaque]
    known = (side for p in context.assumptions for side in (p.left, p.right))
    told = frozenset[str]().union(*map(names_in, known), *(names_in(d.name) for d in context.definitions))
    return not (own[0] ^ own[1]) <= told
