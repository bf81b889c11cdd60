"""The relations of a document, read as trees, in order: with their labels, what they cite, and how their row begins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

from symderiv.documents.admissible import Stated, bounds_of_base, bounds_of_density, bounds_of_parameters
from symderiv.documents.asides import SENTENCE_END, Force
from symderiv.documents.cases import Opening, openings
from symderiv.documents.directives import Directive, Scopes
from symderiv.documents.display_rows import Side, expression_of, read_rows
from symderiv.documents.displays import DRAWN_FROM, LOCAL, Display, Row, is_condition, is_range
from symderiv.documents.document import Document, Piece
from symderiv.documents.loop_displays import holds_loops
from symderiv.documents.prose_relations import (
    bounds_of_formula,
    headed,
    letters_compared,
    said_in_prose,
    spoken_of,
    squeezed,
)
from symderiv.documents.suppositions import returns
from symderiv.formulas import tree as t
from symderiv.formulas.grammar import RELATIONS
from symderiv.formulas.source import Unread
from symderiv.formulas.usage import usage_of, with_products
from symderiv.formulas.values import constant

_LABEL = re.compile(r"\\label\s*\{(?P<name>[^{}]*)\}")
_TAG = re.compile(r"\\tag\*?\s*\{(?P<name>[^{}]*)\}")
_AND = re.compile(r"\W*(?:and|and also|as well as)\W*", re.IGNORECASE)
_AND_BY = re.compile(r"\W*and(?:\s+also)?\s+(?:with respect to|by|for)\s+\$[^$]*\$(?:\s+to zero)?\W*", re.IGNORECASE)
"""What goes on with the words before a display for another variable: `and with respect to $b$`."""
_MARKS = r"[\W\d]*(?:\\?[a-z]+\*?\{\s*)?[\W\d]*"
"""What stands before the words of a heading: marks, numbers and a command."""
_STEP = re.compile(
    rf"{_MARKS}(?:step|solution|derivation|(?:final\s+)?answer|(?:sanity\s+)?check)\b(?![\s-]+size)", re.IGNORECASE
)
"""The beginning of a heading that divides what goes on: `### Step 2: the gradient`."""
_THEOREM = re.compile(r"theorem|lemma", re.IGNORECASE)
_BEGINS_THEOREM = re.compile(rf"{_MARKS}(?:theorem|lemma)\b", re.IGNORECASE)
_PROOF = re.compile(rf"{_MARKS}proof\b", re.IGNORECASE)
_OWN_PROOF = re.compile(rf"{_MARKS}proof\W*\Z", re.IGNORECASE)
"""The heading of the proof of what stands above."""
_OF_THEOREMS = frozenset({"proof", "theorem", "lemma", "proposition", "corollary"})
_GETS = re.compile(
    r"\b(?:gets?|have|has|obtains?|becomes?|yields?|gives?|reach(?:es)?|arrives?|are now|is now)\b[^.]*\Z",
    re.IGNORECASE,
)
"""Words by which prose comes to a value."""
_LET_BE = re.compile(r"\blet\s+\$(?P<name>[^$=<>]+)\$\s+be\s+(?!(?:as|the)\b)", re.IGNORECASE)
"""Words that begin with a name anew."""
_ENDS_IN_RELATION = re.compile(r"\$[^$]*(?:[<>=]|\\(?:leq?|geq?|approx)(?![A-Za-z]))[^$]*\$\s*\Z")
"""The end of prose that a display goes on from: `the loss is $L = (y - w x)^2$`."""


def displays_of(document: Document, problems: list[Unread] | None = None) -> list[Display]:
    """The displayed formulas of a document, read; what is wrong with comments for the checker goes to `problems`."""
    reading = _Reading(document)
    scopes = Scopes(document)
    for piece in document.pieces:
        _take(document, scopes.visit(piece), problems)
        reading.take(piece, scopes)
    for display in reading.found:
        _take_parameters(display)
    return reading.found


@dataclass
class _Reading:
    """What was read so far of a document, and what waits for the next display."""

    document: Document
    found: list[Display] = field(default_factory=list)
    prose: str = ""
    section: int = 0
    base: int = 0
    part: str = ""
    headed: bool = False
    """Whether a heading stands between the last display and the next."""
    told: set[str] = field(default_factory=set)
    """The letters in the relations of the prose of this section."""
    waiting: defaultdict[Force, list[Row]] = field(default_factory=lambda: defaultdict(list))
    supposed: tuple[Row, ...] = ()
    """What was supposed for the last display."""
    opening: Opening | None = None
    blocks: set[int] = field(default_factory=set)
    """Where the quotations and items end in which something was said."""

    def take(self, piece: Piece, scopes: Scopes) -> None:
        """Goes on with the next piece."""
        text = self.document.text(piece)
        self.headed = piece.kind == "heading" or (self.headed and piece.kind != "display")
        match piece.kind:
            case "prose":
                self._take_prose(piece)
            case "heading" if _STEP.match(text):
                # It says how far the text is: what was said before holds on.
                self.prose = ""
            case "heading" if _OWN_PROOF.match(text):
                self.prose, self.part = "", "proof"
            case "heading":
                self.section, self.prose, self.waiting = self.section + 1, "", defaultdict(list)
                self.told, self.opening, self.base = set(), None, self.section
                self.part = "statement" if self._states_a_theorem(piece, text) else ""
            case "proof":
                self.part = "proof"
            case "close" if piece.environment in _OF_THEOREMS:
                self.part = ""
            case "open" if piece.environment in _OF_THEOREMS:
                self.part = "proof" if piece.environment == "proof" else "statement"
                self.section += self.part == "statement"
            case "display" if not holds_loops(text):
                self._take_display(piece, scopes)
            case _:
                pass

    def _states_a_theorem(self, heading: Piece, text: str) -> bool:
        """True of the heading of a theorem: it begins with that word, or is that of what is proved behind it."""
        if _THEOREM.search(text) is None:
            return False
        behind = (piece for piece in self.document.pieces if piece.start > heading.start)
        ends = next((piece for piece in behind if piece.kind in ("heading", "proof")), None)
        proved = ends is not None and (ends.kind == "proof" or _PROOF.match(self.document.text(ends)) is not None)
        return proved or _BEGINS_THEOREM.match(text) is not None

    def _take_prose(self, piece: Piece) -> None:
        document, text = self.document, self.document.text(piece)
        self._leave_blocks(piece.start)
        self.prose += text
        last = self.found[-1] if self.found and not self.found[-1].after and not self.headed else None
        here = [display for display in self.found if display.section == self.section]
        if self.part == "statement":
            self._forget_what_is_anew(text, piece.start)
        self.opening = opened = next(openings(document.source.text, piece.start, piece.end), self.opening)
        for force, rows in said_in_prose(document, piece, spoken_of(here, self.told)):
            self.blocks |= {row.block for row in rows if row.block is not None}
            # What stands behind the beginning of a case is said in it.
            late = [row for row in rows if opened is not None and row.place[0] > opened.start]
            early = [row for row in rows if row not in late]
            if last is not None and force in ("throughout", "previous"):
                (last.inline if force == "throughout" else last.conditions).extend(early)
                self.waiting["throughout" if force == "throughout" else "limited"] += late
            elif force == "onwards":
                self.waiting["throughout"] += [replace(row, onwards=True) for row in rows]
            else:
                self.waiting[force] += rows
        self._replace_values(piece)
        for place in returns(document.source.text, piece.start, piece.end):
            self._return(here, place)
        self.told |= letters_compared(text)
        if last is not None:
            last.after = text

    def _replace_values(self, piece: Piece) -> None:
        """A number that prose comes to for a name with another one, as `we get $x = 5$`, leaves neither for sure."""
        here = [display for display in self.found if display.section == self.section]
        said = [*(row for display in here for row in display.inline), *self.waiting["throughout"]]
        for row in self.waiting["limited"]:
            before = self.document.source.text[piece.start : row.place[0]]
            value = constant(row.right) if row.mentioned and row.place[0] >= piece.start else None
            if value is not None and _GETS.search(SENTENCE_END.split(before)[-1]):
                name = squeezed(row.texts[0])
                others = [known for known in said if known.sign == "=" and known.place[0] < row.place[0]]
                same = [known for known in others if squeezed(known.texts[0]) == name]
                self._keep_before({id(known) for known in same if constant(known.right) not in (None, value)})

    def _forget_what_is_anew(self, text: str, place: int) -> None:
        """A theorem that says `let $f$ be a function` means another one than a definition before it does."""
        anew = {match["name"].strip() for match in _LET_BE.finditer(text)}
        before = [row for row in self.waiting["throughout"] if row.place[0] < place and headed(row) in anew]
        self.waiting["limited"] += before
        self.waiting["throughout"] = [row for row in self.waiting["throughout"] if row not in before]

    def _return(self, here: Sequence[Display], place: int) -> None:
        """What was supposed before a place holds for the displays before it alone."""
        rows = (*(row for display in here for row in display.inline), *self.waiting["throughout"])
        self._keep_before({id(row) for row in rows if row.supposed and row.place[0] < place})

    def _keep_before(self, ended: Set[int]) -> None:
        """Some rows, by identity, hold for the displays so far alone."""
        if not ended:
            return
        here = [display for display in self.found if display.section == self.section]
        for number, display in enumerate(here):
            supposed = [row for row in display.inline if id(row) in ended]
            display.inline = [row for row in display.inline if id(row) not in ended]
            for other in here[number:]:
                other.conditions += [row for row in supposed if other is not display or not row.belongs]
        kept = self.waiting["throughout"]
        self.waiting["limited"] += [row for row in kept if id(row) in ended]
        self.waiting["throughout"] = [row for row in kept if id(row) not in ended]

    def _leave_blocks(self, place: int) -> None:
        """What is said in a quotation or an item that ended before a place holds for the displays in it alone."""
        if not any(end <= place for end in self.blocks):
            return
        self.blocks = {end for end in self.blocks if end > place}
        inline = (row for display in self.found if display.section == self.section for row in display.inline)
        rows = (*inline, *self.waiting["throughout"])
        self._keep_before({id(row) for row in rows if row.block is not None and row.block <= place})

    def _take_display(self, piece: Piece, scopes: Scopes) -> None:
        self._leave_blocks(piece.start)
        document, waiting = self.document, self.waiting
        display = Display(
            len(self.found), piece, _labels(document, piece), before=self.prose, section=self.section, part=self.part
        )
        display.base = self.base
        display.inline = waiting["throughout"]
        # What a sentence supposes for a display it supposes for those right behind it.
        display.conditions = [*(self.supposed if self._is_right_behind() else ()), *waiting["next"]]
        self.supposed = tuple(display.conditions)
        display.limited = waiting["limited"]
        self.waiting = defaultdict(list)
        if self.opening is not None:
            display.opens_case, display.case_conditions = True, _conditions_of(document, self.opening)
            self.opening = None
        display.directives = scopes.in_force()
        display.led_by = self._leading()
        read_rows(document, display, self._goes_on_from())
        _take_bounds(document, display)
        self.found.append(display)
        self.prose = ""

    def _is_right_behind(self) -> bool:
        """True of a display that no words part from the one before it."""
        last = self.found[-1] if self.found else None
        return last is not None and (last.section, last.part) == (self.section, self.part) and not self.prose.strip()

    def _goes_on_from(self) -> Side | None:
        """The side that a display which begins with a relation goes on from: the last one of the display before it.

        Not where a relation in prose stands nearer, or the last one is a condition.
        """
        last = self.found[-1] if self.found else None
        is_own = last is not None and last.section == self.section and last.part == self.part
        if last is None or not is_own or _ENDS_IN_RELATION.search(self.prose):
            return None
        if not last.rows:
            return expression_of(self.document, last)
        row = last.rows[-1]
        if is_condition(row) or is_range(row):
            return None
        return Side(row.texts[1], (row.place[1] - len(row.texts[1]), row.place[1]), row.right, row.problem)

    def _leading(self) -> str:
        """The words before a display, with those that they go on with."""
        before = self.found[-1].led_by if self.found else ""
        if before and _AND.fullmatch(self.prose):
            return before
        goes_on = before.strip() and _AND_BY.fullmatch(self.prose) is not None
        return f"{before.rstrip()} {self.prose.lstrip()}" if goes_on else self.prose


def _take(document: Document, directive: Directive | None, problems: list[Unread] | None) -> None:
    """Reads what a comment for the checker states."""
    if directive is not None and directive.stated is not None:
        _read_directive(document, directive, directive.stated)
    if directive is not None and directive.problem is not None and problems is not None:
        problems.append(directive.problem)


def _read_directive(document: Document, directive: Directive, stated: tuple[int, int]) -> None:
    display = Display(-1, Piece("display", *stated, "inline"), ())
    read_rows(document, display)
    wrong = [row.problem for row in display.rows if row.problem is not None]
    if display.problem is None and not display.rows:
        display.problem = Unread(document.source.span(*stated), "a relation is expected, such as x > 0")
    directive.problem = display.problem or (wrong[0] if wrong else None)
    directive.rows = display.rows


def _conditions_of(document: Document, opening: Opening) -> list[Row]:
    """What is assumed in a case."""
    if opening.formula is None:
        return []
    display = Display(-1, Piece("display", *opening.formula, "inline"), ())
    read_rows(document, display)
    return [row for row in display.rows if row.problem is None and row.sign in RELATIONS.values()]


def _take_bounds(document: Document, display: Display) -> None:
    """What a display states of names by sets, not in a case or under a sum; before an arrow for what that leads to."""
    stated = [row.place for row in display.rows if row.sign == r"\in" and row.lead not in LOCAL]
    bounds = bounds_of_formula(document, display.piece.start, display.piece.end)
    found = [bound for bound in bounds if any(a < bound.place[1] and bound.place[0] < b for a, b in stated)]
    (display.premises if display.has_arrow else display.inline).extend(found)


def _take_parameters(display: Display) -> None:
    r"""What a display says of parameters: of a distribution before an arrow for what that leads to."""
    discrete = re.search(r"\bdiscrete\b", display.before) is not None
    for row in (*display.rows, *display.inline):
        if row.problem is None and row.sign == DRAWN_FROM and row.right is not None and row.lead not in LOCAL:
            found = [_bound(row, stated) for stated in bounds_of_parameters(row.right, discrete=discrete)]
            own = display.has_arrow and row.display == display.number
            (display.premises if own else display.admissible).extend(found)
        elif row.problem is None and not display.has_arrow and not is_condition(row):
            nodes = [node for side in (row.left, row.right) if side is not None for node in t.walk(side)]
            calls = [node for node in nodes if isinstance(node, t.Applied)]
            display.admissible += [_bound(row, stated) for call in calls for stated in bounds_of_density(call)]
            logarithms = [node for node in nodes if isinstance(node, t.Function)]
            display.admissible += [_bound(row, stated) for call in logarithms for stated in bounds_of_base(call)]


def _bound(row: Row, stated: Stated) -> Row:
    left, sign, right = stated
    return Row(-1, row.place, "first", sign, left, right, "where", line=row.line)


def _labels(document: Document, piece: Piece) -> tuple[str, ...]:
    text = document.text(piece)
    return tuple(match["name"].strip() for pattern in (_LABEL, _TAG) for match in pattern.finditer(text))


def tell_calls_from_products(displays: Sequence[Display]) -> None:
    """Makes factors of the names before brackets that are no functions, by how they are used in a section."""
    rows = [row for display in displays for row in (*display.rows, *display.inline, *display.local)]
    sides = [side for row in rows for side in (row.left, row.right) if side is not None]
    if not any(isinstance(node, t.Applied) for side in sides for node in t.walk(side)):
        return
    said = {id(directive): directive.declared for display in displays for directive in display.directives}
    usage = usage_of(sides, declared=[declared for declared in said.values() if declared is not None])
    for display in displays:
        display.retell(lambda side: with_products(side, usage))
