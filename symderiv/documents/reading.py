"""The relations of a document, read as trees, in order: with their labels, what they cite, and how their row begins."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

from symderiv.documents.admissible import Stated, bounds_of_base, bounds_of_density, bounds_of_parameters
from symderiv.documents.asides import DENIES, SENTENCE_END, Force, asides
from symderiv.documents.cases import Opening, openings
from symderiv.documents.directives import Directive, Scopes
from symderiv.documents.document import Document, Piece
from symderiv.documents.domains import bounds_in
from symderiv.documents.loop_displays import holds_loops
from symderiv.documents.rows import BOUNDS, Clause, Sign, clauses
from symderiv.documents.suppositions import end_of_block, returns
from symderiv.formulas import tree as t
from symderiv.formulas.grammar import RELATIONS, read_expression
from symderiv.formulas.grids import with_diagonals
from symderiv.formulas.printing import printed
from symderiv.formulas.series import with_series
from symderiv.formulas.shapes import is_transpose
from symderiv.formulas.source import Unread
from symderiv.formulas.tokens import Token, closed, tokenize
from symderiv.formulas.usage import usage_of, with_products
from symderiv.formulas.values import constant
from symderiv.formulas.whole_sums import with_whole_sums

_LABEL = re.compile(r"\\label\s*\{(?P<name>[^{}]*)\}")
_TAG = re.compile(r"\\tag\*?\s*\{(?P<name>[^{}]*)\}")
_FOR_EACH = re.compile(
    r"\b(?:for|every|each|all|any|fixed|given)\s+(?:\w+\s+){0,2}\$(?P<name>[^$,=\\]{1,9})\$", re.IGNORECASE
)
_REFERENCE = re.compile(r"\\(?:eq|auto|c|C)?ref\s*\{(?P<name>[^{}]*)\}|\((?P<number>\d+)\)|:eqref:`(?P<role>[^`]*)`")


_INLINE = re.compile(r"(?<![$\\])\$(?!\$)[^$]+?\$(?!\$)|\\\(.+?\\\)", re.DOTALL)
_RELATION = re.compile(r"[<>=]|\\(?:leq?|geq?|neq?|sim)(?![A-Za-z])")
_LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
_NEXT = re.compile(r"_\{[a-z]\+1\}\Z")
_LOCAL = frozenset({"if", "when", "for", "for all", "for each", "for any", "provided"})
"""Words in a display before what holds for that display alone."""
_ASIDE = re.compile(r"\W*(?:where|with|if|for|when|since|because|as|given)\W*", re.IGNORECASE)
"""Words in a row between a relation and what is said beside it."""
_CONDITION = re.compile(r"\b(?:if|iff|only if|unless|whether|when|whenever|provided(?: that)?)\W*\Z", re.IGNORECASE)
DRAWN_FROM = r"\sim"
"""The sign between what is random and its distribution."""
_ARBITRARY = re.compile(
    r"\b(?:all|any|every|each|general|arbitrary)\s+(?:(?:real|positive|other|value|values|number|numbers|of)\s+)*"
    r"(?P<names>\$[^$<>=]{1,20}\$(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)\$[^$<>=]{1,20}\$)*)",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(
    r"\b(?:(?:some|several|common|popular|typical|possible|different|various|other)\s+(?:[a-z-]+\s+){0,2}"
    r"(?:kernels|functions|losses|norms|activations|priors|penalties|regulari[sz]ers|schedules|metrics|distances|rules)"
    r"|examples|choices|options)\b[^.=$]*\b(?:are|include)\b\W*\Z",
    re.IGNORECASE,
)
"""Words before a list of things of one kind: `some common kernels are`."""
UPDATES = r"\leftarrow"
"""The sign by which a name gets a new value, which is no relation."""
_FREED = re.compile(
    r"\$(?P<name>[^$<>=]{1,20})\$\s+(?:now\s+|again\s+)?(?:be|is)\s+(?:now\s+|again\s+|an?\s+|any\s+)*"
    r"(?:arbitrary|general|any|anything|whatever|unspecified|another|different|new)\b",
    re.IGNORECASE,
)
"""Words by which a name loses its value: `now let $x$ be arbitrary`."""
_AND = re.compile(r"\W*(?:and|and also|as well as)\W*", re.IGNORECASE)
_AND_BY = re.compile(r"\W*and(?:\s+also)?\s+(?:with respect to|by|for)\s+\$[^$]*\$(?:\s+to zero)?\W*", re.IGNORECASE)
"""What goes on with the words before a display for another variable: `and with respect to $b$`."""
_OR = frozenset({"or", "or else", "respectively"})
_OTHERS = (
    r"(?:students?|readers?|friends?|colleagues?|reviewers?|critics|Alice|Bob|Eve|he|she|they|someone|somebody|people"
    r"|(?:some|many|most|other|earlier) (?:authors?|papers?|books?))"
)
_HELD = (
    r"(?:conjectur|believ|claim|thought|think|guess|suspect|hop(?=e|ing)|rumou?r|allege|says?|said|writes?|wrote|assert|argu"
    r"|suggest|propos|expect)(?:e[sd]?|s|ed|ing)?"
)
_HYPOTHETICAL = re.compile(
    rf"\b{_OTHERS}\s+(?:[a-z]+\s+){{0,2}}{_HELD}\b|\bconjectur\w+"
    rf"|\bit (?:is|was|has been) (?:[a-z]+ )?(?:conjectured|believed|claimed|thought|hoped|guessed|suspected)\b"
    r"|\bone (?:might|may|could) (?:[a-z]+ )?(?:think|believe|guess|expect|hope|suspect|be tempted)"
    r"|\b(?:naively|wrongly|erroneously|mistakenly|incorrectly|tempting)\b"
    r"|\b(?:were|was) (?:true|so|right|the case)\b|\bif (?:it|this|that|we) (?:were|had)\b"
    r"|\b(?:would|might) (?:be|have|get|imply|follow|hold|mean|give|equal|become|lead|yield)\b",
    re.IGNORECASE,
)
"""Words of a sentence by which a text does not itself say what it leads to."""
_RESTRICTED = re.compile(
    r"\bto (?:the )?(?:first|second|leading|lowest|linear) order\b|\bas \$[^$]*\\to\b[^$]*\$"
    r"|\b(?:approximately|asymptotically|roughly|nearly|almost)\b"
    r"|\bfor (?:sufficiently |very )?(?:small|large) (?:enough |values of )?\$"
    r"|\bup to (?:an? |some )?(?:additive |multiplicative |unimportant |irrelevant )?(?:constants?|factors?|terms?)\b"
    r"|\b(?:ignoring|neglecting|dropping|omitting|disregarding) (?:[a-z-]+ )?(?:constants?|terms?|factors?)\b"
    r"|\b(?:in expectation|on average|ideally|rarely|initially|rounding|at initiali[sz]ation)\b"
    r"|\bbefore (?:the|each|any) (?:update|step|training|iteration)\b"
    r"|\b(?:typically|usually|often|sometimes)\b(?!.*\b(?:defin|denot|call|writ|known|express|formulat|use|given|minimi|maximi))"
    r"|\bwith (?:high |low |small )?probability (?!densit|mass|distribution|measure|law|function)",
    re.IGNORECASE | re.DOTALL,
)
"""Words by which an equation is no equation, or one of some cases."""
_LEAVES_OUT = re.compile(
    r"up to\b.{0,40}(?:constant|factor|term)s?|(?:ignor|neglect|dropp|omitt|disregard)ing\b.*", re.IGNORECASE
)
"""Those of them by which terms are left out."""
_GIVEN_UP = re.compile(
    r"\b(?:instead of|rather than|unlike|as opposed to|in contrast to|(?:we )?replac(?:e|ing))\W*\Z"
    r"|\b(?:unlike|as opposed to|in contrast to)\b[^.$]*\bwhere\W*\Z",
    re.IGNORECASE,
)
"""Words right before what does not hold."""
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
_ARROWS = frozenset({"implies", "equivalent", "if"})
_GETS = re.compile(
    r"\b(?:gets?|have|has|obtains?|becomes?|yields?|gives?|reach(?:es)?|arrives?|are now|is now)\b[^.]*\Z",
    re.IGNORECASE,
)
"""Words by which prose comes to a value."""
_LET_BE = re.compile(r"\blet\s+\$(?P<name>[^$=<>]+)\$\s+be\s+(?!(?:as|the)\b)", re.IGNORECASE)
"""Words that begin with a name anew."""
_MEMBER = re.compile(r"\$\s*[A-Za-z]_(?:\d|\{\d+\})\s*")
"""The beginning of an equation for a member by its number."""
_ENDS_IN_RELATION = re.compile(r"\$[^$]*(?:[<>=]|\\(?:leq?|geq?|approx)(?![A-Za-z]))[^$]*\$\s*\Z")
"""The end of prose that a display goes on from: `the loss is $L = (y - w x)^2$`."""


@dataclass(frozen=True)
class Row:
    """One relation.

    `kind` is `first` (the first of its display or after a comma), `continued`, `restarted` (the left side of the chain
    again) or `sided` (two new sides in a display that has a chain already).  `problem` says why it could not be read.
    """

    display: int
    place: tuple[int, int]
    kind: str
    sign: str
    left: t.Node | None
    right: t.Node | None
    lead: str = ""
    cites: tuple[str, ...] = ()
    problem: Unread | None = None
    label: str = ""
    """A name and colon before it, as in `H_0:`."""
    texts: tuple[str, str] = ("", "")
    """Both sides as they stand in the source."""
    within: tuple[str, str] | None = None
    """For a bound by a set: the name that is in it, and the set."""
    line: int = 0
    """The line of its display, from 0."""
    onwards: bool = False
    """True of what is supposed from where it stands: `suppose that $a = b$`."""
    anew: bool = False
    """True of what a function is from there on, which was another one before."""
    supposed: bool = False
    """True of what no longer holds where the text comes back to the general case."""
    mentioned: bool = False
    """True of what prose says in passing, so that it is not known whether it holds: `we find $a = b$`."""
    constrains: bool = False
    """True of the constraint of a problem, which holds for its solution."""
    block: int | None = None
    """Where the quotation or item ends in which it is said."""

    @property
    def sides(self) -> tuple[t.Node, ...]:
        """What was read of its sides."""
        return tuple(side for side in (self.left, self.right) if side is not None)

    def retold(self, told: Callable[[t.Node], t.Node]) -> Row:
        """The same with both sides read anew."""
        left, right = (side if side is None else told(side) for side in (self.left, self.right))
        return replace(self, left=left, right=right)


@dataclass
class Display:
    """A displayed formula: its rows, its labels, and the prose before and after it."""

    number: int
    piece: Piece
    labels: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    before: str = ""
    after: str = ""
    led_by: str = ""
    """The prose that leads to it: that before the last display where nothing but `and` stands between the two."""
    inline: list[Row] = field(default_factory=list)
    """What the prose before and after it asserts in formulas of its own: `where $a = b$`, `let $k > 0$`."""
    conditions: list[Row] = field(default_factory=list)
    """What the prose says that holds for it alone: `for $x > 1$ we get`."""
    limited: list[Row] = field(default_factory=list)
    """What the prose says under a condition, of one of several cases, or denies: it holds nowhere for certain."""
    premises: list[Row] = field(default_factory=list)
    """What it says of names by sets before an arrow: it holds for what follows from it alone."""
    admissible: list[Row] = field(default_factory=list)
    """What it says of the parameters of the distributions that it names."""
    opens_case: bool = False
    """Whether the prose before it begins a new case."""
    case_conditions: list[Row] = field(default_factory=list)
    """What holds in the case that begins before it."""
    section: int = 0
    base: int = 0
    """The section that begins with its heading: another one in a theorem, which stands for itself."""
    part: str = ""
    """`statement` in a theorem, `proof` in its proof, empty elsewhere."""
    problem: Unread | None = None
    directives: tuple[Directive, ...] = ()
    """The comments for the checker that are in force here."""

    @property
    def local(self) -> tuple[Row, ...]:
        """What the text says that holds for it alone, or for a part of it."""
        return (*self.conditions, *self.premises, *self.case_conditions)

    @property
    def all_rows(self) -> tuple[list[Row], ...]:
        """Everything that was read in it or in the prose around it, by what it is there."""
        return (
            self.rows, self.inline, self.conditions, self.limited, self.premises, self.admissible, self.case_conditions,
        )  # fmt: skip

    def retell(self, told: Callable[[t.Node], t.Node]) -> None:
        """Reads both sides of everything in it anew."""
        for rows in self.all_rows:
            rows[:] = [row.retold(told) for row in rows]

    def conditions_beside(self, row: Row) -> list[Row]:
        r"""What stands in the line of a row as a condition: `f(x) = 0 \text{ if } x = 1`."""
        return [other for other in self.rows if other.line == row.line and other is not row and is_condition(other)]

    def holds_beyond(self, row: Row) -> bool:
        """True of a row that no condition in its line limits, but for such as say when a name is defined."""
        conditions = self.conditions_beside(row)
        if not conditions or is_condition(row):
            return not is_condition(row)
        names = names_of(*(side for other in conditions for side in (other.left, other.right)))
        listed = row.sign == "=" and all(other.lead in (",", "space") for other in conditions)
        return listed and not (isinstance(row.left, t.Applied) and names_of(row.left) & names)

    @cached_property
    def is_condition(self) -> bool:
        """True of what the words before it make a condition: `equality holds if and only if`."""
        return _CONDITION.search(self.before) is not None

    @cached_property
    def is_denied(self) -> bool:
        """True of what the sentence before it denies, asks for, or supposes to be absurd."""
        return DENIES.search(SENTENCE_END.split(self.before.rstrip())[-1]) is not None

    def is_alternative(self, row: Row) -> bool:
        r"""True of a side of `x = 1 \text{ or } x = 2`, of which nothing is known alone."""
        if self.lists_examples:
            return True
        place = next(n for n, other in enumerate(self.rows) if other is row)
        behind = next((other for other in self.rows[place + 1 :] if other.kind != "continued"), row)
        return row.lead in _OR or (behind.lead in _OR and behind.line == row.line)

    @cached_property
    def lists_examples(self) -> bool:
        r"""True of a list of several things with one name: `k(x) = e^{-x^2} \\ k(x) = \max(0, 1 - x)`."""
        rows = [row for row in self.rows if row.kind != "continued" and not is_condition(row)]
        lefts = [printed(row.left) for row in rows if row.left is not None]
        words = SENTENCE_END.split(self.before.rstrip())[-1]
        return len(lefts) > 1 and len({*lefts}) == 1 and _EXAMPLES.search(words) is not None

    @cached_property
    def continues(self) -> bool:
        """True where the sentence that leads to it began before the last display."""
        words = self.before.strip(" \n,;")
        return words[:1].islower() and SENTENCE_END.search(words) is None

    @cached_property
    def is_hypothetical(self) -> bool:
        """True of what is conjectured, is said by others, or would be so, by the sentence before it."""
        return _HYPOTHETICAL.search(SENTENCE_END.split(self.before.rstrip())[-1]) is not None

    @cached_property
    def is_restricted(self) -> bool:
        """True of what is only nearly so, or in some cases or on average, by the sentence before it."""
        return _RESTRICTED.search(SENTENCE_END.split(self.before.rstrip())[-1]) is not None

    @cached_property
    def leaves_out(self) -> bool:
        """True of what is so but for some terms, by the sentence before it: `up to a constant`."""
        words = [match.group() for match in _RESTRICTED.finditer(SENTENCE_END.split(self.before.rstrip())[-1])]
        return bool(words) and all(_LEAVES_OUT.fullmatch(word) for word in words)

    @cached_property
    def is_given_up(self) -> bool:
        """True of what is so elsewhere, and not here: `instead of`, `unlike before, where`."""
        return _GIVEN_UP.search(SENTENCE_END.split(self.before.rstrip())[-1]) is not None

    @property
    def has_arrow(self) -> bool:
        """True where some rows follow from others."""
        return any(row.lead in _ARROWS for row in self.rows)


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
        last = self.found[-1] if self.found and not self.found[-1].after else None
        here = [display for display in self.found if display.section == self.section]
        if self.part == "statement":
            self._forget_what_is_anew(text, piece.start)
        self.opening = opened = next(openings(document.source.text, piece.start, piece.end), self.opening)
        for force, rows in _said(document, piece, _spoken_of(here, self.told)):
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
        self.told |= _compared(text)
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
                name = _squeezed(row.texts[0])
                others = [known for known in said if known.sign == "=" and known.place[0] < row.place[0]]
                same = [known for known in others if _squeezed(known.texts[0]) == name]
                self._keep_before({id(known) for known in same if constant(known.right) not in (None, value)})

    def _forget_what_is_anew(self, text: str, place: int) -> None:
        """A theorem that says `let $f$ be a function` means another one than a definition before it does."""
        anew = {match["name"].strip() for match in _LET_BE.finditer(text)}
        before = [row for row in self.waiting["throughout"] if row.place[0] < place and _headed(row) in anew]
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
                other.conditions += supposed
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
        _read(document, display, self._goes_on_from())
        _take_bounds(document, display)
        self.found.append(display)
        self.prose = ""

    def _is_right_behind(self) -> bool:
        """True of a display that no words part from the one before it."""
        last = self.found[-1] if self.found else None
        return last is not None and (last.section, last.part) == (self.section, self.part) and not self.prose.strip()

    def _goes_on_from(self) -> _Side | None:
        """The side that a display which begins with a relation goes on from: the last one of the display before it.

        Not where a relation in prose stands nearer, or the last one is a condition.
        """
        last = self.found[-1] if self.found else None
        is_own = last is not None and last.section == self.section and last.part == self.part
        if last is None or not is_own or _ENDS_IN_RELATION.search(self.prose):
            return None
        if not last.rows:
            return _expression(self.document, last)
        row = last.rows[-1]
        if is_condition(row) or is_range(row):
            return None
        return _Side(row.texts[1], (row.place[1] - len(row.texts[1]), row.place[1]), row.right, row.problem)

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
    _read(document, display)
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
    _read(document, display)
    return [row for row in display.rows if row.problem is None and row.sign in RELATIONS.values()]


def _spoken_of(displays: Sequence[Display], told: Set[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The names that some displays, and relations in prose, speak of: before the last display, and with it."""
    own = [names_of(*(side for row in display.rows for side in (row.left, row.right))) for display in displays]
    before = frozenset(told).union(*own[:-1])
    return before, before.union(*own[-1:])


def _compared(prose: str) -> set[str]:
    """The letters in the relations of some prose."""
    formulas = (match.group() for match in _INLINE.finditer(prose) if _RELATION.search(match.group()))
    return {letter for formula in formulas for letter in _LETTER.findall(formula)}


def _letters(formula: str) -> frozenset[str]:
    return frozenset(_LETTER.findall(formula))


def _said(
    document: Document, piece: Piece, known: tuple[frozenset[str], frozenset[str]]
) -> Iterator[tuple[Force, list[Row]]]:
    """The relations that prose states, and how far they hold.

    `known` are the names that were there before the last display, and these with its own.
    """
    prose = document.source.text[piece.start : piece.end]
    ends = [piece.start + match.end() for match in SENTENCE_END.finditer(prose)]
    sentence, body, listed = -1, frozenset[str](), dict[str, frozenset[str]]()
    for aside in asides(document.source.text, piece.start, piece.end):
        text = f"${document.source.text[aside.start : aside.end]}$"
        if bisect(ends, aside.start) != sentence:
            sentence, body, listed = bisect(ends, aside.start), frozenset(), {}
        # `let $y = f(z)$ with $z = a + b$` says what z is: it is no other value for something known.
        already, new = known[aside.if_known != "previous"], body
        left, _, right = text.partition("=")
        body = (body | (_letters(right) - known[1])) - _letters(left)
        # `$x_1 = 1$ and $x_2 = 2$` are values of two names.
        others = frozenset[str]() if left in listed else frozenset[str]().union(*listed.values())
        listed[left] = _letters(left) - known[1] if _MEMBER.fullmatch(left) else frozenset()
        known = (known[0] | _compared(text), known[1] | _compared(text))
        display = Display(-1, Piece("display", aside.start, aside.end, "inline"), ())
        _read(document, display)
        signs = {*RELATIONS.values(), DRAWN_FROM}
        yield "limited", [row for row in display.rows if row.problem is None and row.sign == UPDATES]
        rows = [row for row in display.rows if row.problem is None and row.sign in signs and not _is_undefined(row)]
        block = end_of_block(document.source.text, aside.start)
        rows = [
            replace(
                row,
                supposed=aside.supposed and not (aside.names and _names_anew(document, row, aside.start)),
                constrains=aside.constrains,
                block=block,
            )
            for row in rows
        ]
        if not aside.force:
            # Whether the text says it is not known.
            yield "limited", [replace(row, mentioned=True) for row in rows]
            continue
        values = [row for row in rows if _is_value(row, already - others, new) and not _is_new_member(document, row)]
        limited = aside.if_known == "limited" != aside.force
        yield aside.if_known, [replace(row, mentioned=True) for row in values] if limited else values
        yield aside.force, [*(r for r in rows if r not in values), *_bounds(document, aside.start, aside.end)]


def _headed(row: Row) -> str:
    """The name that an equation is for, or the function."""
    return (
        row.left.head.text if isinstance(row.left, t.Applied) else row.left.text if isinstance(row.left, t.Name) else ""
    )


def _named(left: t.Node | None) -> frozenset[str]:
    """The name on the left of an equation, and its letter; of the square of one too."""
    node = left.base if isinstance(left, t.Power) else left
    return frozenset((node.text, node.stem)) if isinstance(node, t.Name) else frozenset()


def _is_value(row: Row, already: Set[str], new: Set[str]) -> bool:
    r"""True of an equation that gives a value to a name which the text speaks of already.

    A formula for what is `new` in its sentence says what that is, and `x_{t+1} = x_t - \eta g_t` is no value of x.
    """
    if row.sign != "=":
        return False
    if isinstance(row.right, t.Name) or not names_of(row.right):
        return bool(_named(row.left) & already)
    is_update = isinstance(row.left, t.Name) and _NEXT.search(row.left.text) is not None
    return bool(_named(row.left) & (already - new)) and not is_update


def _is_new_member(document: Document, row: Row) -> bool:
    """True of an equation for a member by its number, `x_1 = 2`, of which no formula of its section spoke before."""
    if not isinstance(row.left, t.Name) or not row.left.lower or not all(map(str.isdigit, row.left.lower)):
        return False
    headings = (piece.end for piece in document.pieces if piece.kind == "heading" and piece.end <= row.place[0])
    return not _is_spoken_of(document, row, max(headings, default=0), row.place[0])


def _names_anew(document: Document, row: Row, place: int) -> bool:
    """True of an equation that says what a name means that no formula before a place speaks of, by a formula."""
    if row.sign != "=" or not isinstance(row.left, t.Name) or isinstance(row.right, t.Name | t.Numeral):
        return False
    return not _is_spoken_of(document, row, 0, place)


def _is_spoken_of(document: Document, row: Row, begin: int, end: int) -> bool:
    """True where a formula between two places has the left side of an equation in it."""
    pieces = (piece for piece in document.pieces if piece.kind == "display" and begin <= piece.start)
    shown = [document.text(piece) for piece in pieces if piece.end <= end]
    shown += [match.group() for match in _INLINE.finditer(document.source.text, begin, end)]
    name = _squeezed(row.texts[0])
    return any(name in _squeezed(formula) for formula in shown)


def _squeezed(formula: str) -> str:
    """A formula without spaces and braces, in which a name may be looked for."""
    return re.sub(r"[\s{}]+", "", formula)


def _is_undefined(row: Row) -> bool:
    r"""True of `0 \log 0 = 0`, which says by convention what has no value: nothing can be taken from it."""
    nodes = (node for side in (row.left, row.right) if side is not None for node in t.walk(side))
    nothing = (
        node.below if isinstance(node, t.Division) else node.body
        for node in nodes
        if isinstance(node, t.Division) or (isinstance(node, t.Function) and node.word == "ln")
    )
    return any(isinstance(inner, t.Numeral) and inner.value == 0 for inner in nothing)


def _take_bounds(document: Document, display: Display) -> None:
    """What a display states of names by sets, not in a case or under a sum; before an arrow for what that leads to."""
    stated = [row.place for row in display.rows if row.sign == r"\in" and row.lead not in _LOCAL]
    bounds = _bounds(document, display.piece.start, display.piece.end)
    found = [bound for bound in bounds if any(a < bound.place[1] and bound.place[0] < b for a, b in stated)]
    (display.premises if display.has_arrow else display.inline).extend(found)


def _take_parameters(display: Display) -> None:
    r"""What a display says of parameters: of a distribution before an arrow for what that leads to."""
    discrete = re.search(r"\bdiscrete\b", display.before) is not None
    for row in (*display.rows, *display.inline):
        if row.problem is None and row.sign == DRAWN_FROM and row.right is not None and row.lead not in _LOCAL:
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


def _bounds(document: Document, start: int, end: int) -> list[Row]:
    """What a formula says of names by the sets that they are in."""
    found: list[Row] = []
    for bound in bounds_in(document.source, start, end, document.macros):
        texts = tuple(document.source.text[side.start : side.end] for side in (bound.left, bound.right))
        row = Row(-1, bound.place, "first", bound.sign, bound.left, bound.right, "where", texts=(texts[0], texts[1]))
        found.append(replace(row, within=(bound.member, bound.within)))
    return found


def _labels(document: Document, piece: Piece) -> tuple[str, ...]:
    text = document.text(piece)
    return tuple(match["name"].strip() for pattern in (_LABEL, _TAG) for match in pattern.finditer(text))


def references(text: str) -> tuple[str, ...]:
    """The labels that a text refers to."""
    return tuple(
        (match["name"] or match["number"] or match["role"] or "").strip() for match in _REFERENCE.finditer(text)
    )


def _read(document: Document, display: Display, before: _Side | None = None) -> None:
    """Reads the rows of a display; one that begins with a relation goes on from what stands `before` it."""
    try:
        tokens = tokenize(document.source, display.piece.start, display.piece.end, document.macros)
    except Unread as problem:
        display.problem = problem
        return
    last = before
    first: str | None = None
    found = clauses(tokens)
    # `for every $i$`, and `i = 1, ..., n` beside it: an index of the whole relation.
    outside = {match["name"].strip() for match in _FOR_EACH.finditer(display.before.split("\n\n")[-1])}
    outside |= {clause.sides[0][0].text for clause in found if len(clause.sides[0]) == 1}
    beside: tuple[int, _Side | None] | None = None
    row = -1
    for clause in found:
        if _is_aside(clause):
            beside = beside or ((row, last) if clause.number == row else None)
        elif not clause.continues:
            beside = None
        resumed = beside[1] if beside is not None and clause.continues and clause.number > beside[0] else None
        row = clause.number if not _is_aside(clause) else row
        last = resumed or last
        beside = beside if resumed is None else None
        read = [_side(document, side) for side in clause.sides]
        sides = _with_whole_sums(read, last if clause.continues else None, outside)
        kind = _kind(clause, sides[0], first) if resumed is None else "sided"
        if clause.continues:
            left = last
        else:
            left = sides[0]
            first = left.text if kind != "restarted" else first
        for number, sign in enumerate(clause.signs):
            right = sides[number + 1]
            display.rows.append(
                _row(document, display, clause, sign, left, right, kind if number == 0 else "continued")
            )
            left = right
        last = left


def _is_aside(clause: Clause) -> bool:
    r"""True of `\text{where} \quad q = c a` behind a relation: the next row goes on from that relation."""
    return _ASIDE.fullmatch(clause.lead) is not None and not clause.continues


def is_condition(row: Row) -> bool:
    """True of `if x > 1` behind a relation, of `, x > 1`, and of a bound apart from it; not of an index range."""
    bound = row.lead == "space" and any(isinstance(side, t.Name) for side in (row.left, row.right))
    listed = (row.lead == "," or bound) and row.sign not in ("=", ":=")
    return (row.lead in _LOCAL or listed) and row.sign in RELATIONS.values() and not is_range(row)


def arbitrary_names(words: str) -> frozenset[str]:
    """The names that some words say to be arbitrary: `for all $x$`, `for general $a, b$`."""
    lists = (
        re.split(r",|\band\b|\\in(?![a-z])", match["names"].replace("$", " ")) for match in _ARBITRARY.finditer(words)
    )
    return frozenset(name.strip() for names in lists for name in names)


def freed_names(displays: Sequence[Display], last: Display) -> frozenset[str]:
    """The names that the text says to be arbitrary again, up to a display, and gives no value since."""
    freed: set[str] = set()
    for display in displays:
        freed -= {text for row in display.inline for text in _named(row.left)}
        freed |= {match["name"].strip() for match in _FREED.finditer(display.before)}
        if display is last:
            break
    return frozenset(freed)


def unbounded_names(displays: Sequence[Display], last: Display) -> frozenset[str]:
    """The names that the text says to be arbitrary again, up to a display, and bounds neither there nor since."""
    freed: set[str] = set()
    for display in displays:
        rows = (*display.inline, *display.conditions)
        bounded = names_of(*(side for row in rows if row.sign in BOUNDS for side in (row.left, row.right)))
        freed |= {match["name"].strip() for match in _FREED.finditer(display.before)}
        freed -= bounded
        if display is last:
            break
    return frozenset(freed)


def names_of(*nodes: t.Node | None) -> frozenset[str]:
    """The names in formulas, as they are written."""
    return frozenset(p.text for node in nodes if node is not None for p in t.walk(node) if isinstance(p, t.Name))


def is_range(row: Row) -> bool:
    r"""True of `i = 1, \ldots, n`, and of `x = [x_1, \ldots, x_n]^\top`, which says what entries x has."""
    match row.left, row.right:
        case t.Name(text=name), t.Power(base=t.Listing(items=items)) as listed if is_transpose(listed):
            entries = [item for item in items if not isinstance(item, t.Ellipsis)]
            own = all(isinstance(item, t.Name) and item.lower and item.stem == name for item in entries)
            return own and len(entries) < len(items)
        case _, t.Listing(items=items):
            return any(isinstance(item, t.Ellipsis) for item in items)
        case _:
            return False


@dataclass(frozen=True)
class _Side:
    """A side as it stands in the source, with its tree or what is wrong with it."""

    text: str
    place: tuple[int, int]
    node: t.Node | None
    problem: Unread | None


def _side(document: Document, tokens: Sequence[Token]) -> _Side:
    if not tokens:
        return _Side("", (0, 0), None, None)
    place = (tokens[0].start, tokens[-1].end)
    text = "".join(token.text for token in tokens)
    try:
        read = read_expression(document.source, closed(tokens, place[1]))
        return _Side(text, place, with_diagonals(with_series(read)), None)
    except Unread as problem:
        return _Side(text, place, None, problem)


def _expression(document: Document, display: Display) -> _Side | None:
    """What a display shows that has no relation, where it is a formula."""
    with suppress(Unread):
        tokens = tokenize(document.source, display.piece.start, display.piece.end, document.macros)
        side = _side(document, tokens)
        return side if side.node is not None else None
    return None


def _with_whole_sums(sides: Sequence[_Side], before: _Side | None, outside: Set[str]) -> list[_Side]:
    """The sides of a clause, which may go on from one before it; what is bound `outside` of it is no index of a sum."""
    nodes = [side.node for side in (*sides, *([before] if before is not None else [])) if side.node is not None]
    whole = iter(with_whole_sums(nodes, frozenset(outside)))
    return [side if side.node is None else replace(side, node=next(whole)) for side in sides]


def _kind(clause: Clause, left: _Side, first: str | None) -> str:
    if clause.continues:
        return "continued"
    if first is None or clause.lead not in ("", "implies", "equivalent"):
        return "first"
    return "restarted" if left.text == first else "sided"


def _row(
    document: Document, display: Display, clause: Clause, sign: Sign, left: _Side | None, right: _Side, kind: str
) -> Row:
    start = sign.start if clause.continues or kind == "continued" or left is None else left.place[0]
    end = max(right.place[1], sign.end)
    problem = (left.problem if left is not None else None) or right.problem
    if problem is None and (left is None or left.node is None or right.node is None):
        problem = Unread(document.source.span(sign.start, sign.end), f"{sign.text} lacks a side")
    cites = references(document.source.text[sign.start : sign.end])
    texts = tuple(
        document.source.text[side.place[0] : side.place[1]] if side is not None else "" for side in (left, right)
    )
    return Row(
        display.number, (start, end), kind, sign.text, left.node if left else None, right.node, clause.lead, cites,
        problem, clause.label, (texts[0], texts[1]), line=clause.number,
    )  # fmt: skip


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


def rows_of(displays: Sequence[Display]) -> Iterator[Row]:
    """All rows in order."""
    for display in displays:
        yield from display.rows
