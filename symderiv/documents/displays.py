"""The relations and displays of a document, and what the words around a display make of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from symderiv.documents.asides import DENIES, SENTENCE_END
from symderiv.documents.directives import Directive
from symderiv.documents.document import Piece
from symderiv.documents.rows import BOUNDS
from symderiv.formulas import tree as t
from symderiv.formulas.grammar import RELATIONS
from symderiv.formulas.printing import printed
from symderiv.formulas.shapes import is_transpose
from symderiv.formulas.source import Unread

LOCAL = frozenset({"if", "when", "for", "for all", "for each", "for any", "provided"})
"""Words in a display before what holds for that display alone."""
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
_ARROWS = frozenset({"implies", "equivalent", "if"})


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
    belongs: bool = False
    """True of a bound that belongs to what the display before it defines, which is defined beyond it."""
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


def letters_named(left: t.Node | None) -> frozenset[str]:
    """The name on the left of an equation, and its letter; of the square of one too."""
    node = left.base if isinstance(left, t.Power) else left
    return frozenset((node.text, node.stem)) if isinstance(node, t.Name) else frozenset()


def is_condition(row: Row) -> bool:
    """True of `if x > 1` behind a relation, of `, x > 1`, and of a bound apart from it; not of an index range."""
    bound = row.lead == "space" and any(isinstance(side, t.Name) for side in (row.left, row.right))
    listed = (row.lead == "," or bound) and row.sign not in ("=", ":=")
    return (row.lead in LOCAL or listed) and row.sign in RELATIONS.values() and not is_range(row)


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
        freed -= {text for row in display.inline for text in letters_named(row.left)}
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


def rows_of(displays: Sequence[Display]) -> Iterator[Row]:
    """All rows in order."""
    for display in displays:
        yield from display.rows
