"""Which relations of a text are inferences, and which are given: definitions, hypotheses, models, recalled formulas.

A relation that continues a chain, or that follows from the row above it, is an inference.  For the first one of a
display the words before it decide, and whether its left side was there before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from symderiv.documents.announced import announced
from symderiv.documents.differentials import is_differential
from symderiv.documents.displays import Display, Row, is_condition, is_range, names_of
from symderiv.documents.mentions import mentions
from symderiv.documents.optima import SET_TO_ZERO, SEVERAL, sets_a_slope
from symderiv.documents.rows import BOUNDS
from symderiv.documents.split_off import names_a_quantity, splits_off_a_name
from symderiv.formulas import tree as t
from symderiv.formulas.functions import CALLED_BY_NAME, estimated, replaced
from symderiv.formulas.grammar import RELATIONS
from symderiv.formulas.notation import PROBABILITIES, QUANTITIES
from symderiv.formulas.printing import printed
from symderiv.formulas.usage import moment_of

_GIVEN = re.compile(
    r"\b(?:defin\w+|let(?!['\u2019]s|\s+us)|assum\w+|suppos\w+|denot\w+|model\w*|prior|states?|known"
    r"|recall\w*|where|notation|consider\w*|following|follow(?:s|ing)? an?|given (?:by|as)|called"
    r"|with the|(?<!the )(?<!this )set|property|by definition"
    r"|with(?! respect)|(?:is|are) (?:calculated|computed) (?:by|as|from))\b",
    re.IGNORECASE,
)
_INFERRED = re.compile(
    r"\A\W*then\b|\bthen\W*\Z|\b(?:thus|therefore|hence|becom\w+|obtain\w*|yield\w*|get|gives|follows|reads?"
    r"|we have|have|simplif\w+|written|express\w*|rewrit\w+|develop\w*|equals?|(?:is|are) equal to|using|apply\w*"
    r"|unroll\w*|iterating|plugging|deriv\w+|by (?:linearity|independence)"
    r"|tak(?:e|ing) (?:(?:the|conditional) )?(?:expect\w+|means?|variances?|logarithms?|logs?|traces?|determinants?)"
    r"|(?<!is )(?<!are )calculat\w+"
    r"|results? in|leads? to|turns?|find that|evaluat\w+|expand\w*|holds|we can|so that|implies|shows?|shown to be"
    r"|such that(?=\W*\Z)|to give|finally|combin\w+|resolv\w+|insert\w*|substitut\w+|integrat\w+|comput\w+|solv\w+"
    r"|conclude\w*|means that)\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(r"\bthen\b|\btherefore\b|\bholds\b|\b(?:is|are) (?:given by|equal to)\b|\bsatisf\w+", re.IGNORECASE)
_HYPOTHESIS = re.compile(r"^\W*(?:where|with)\b|\bhypothesis\b|\bassum\w+", re.IGNORECASE)
_EXPLAINS = re.compile(r"^\W*(?:where|with|let|assume|suppose|consider)\b", re.IGNORECASE)
_REDEFINES = re.compile(
    r"\bre-?defin(?:e|ed|ing)\b|\b(?:now|instead|next|this time)\b[^.]{0,40}\b(?:define|let|set|denote)\b"
    r"|\blet\b[^.]{0,40}\b(?:now|instead|next|this time)\b",
    re.IGNORECASE,
)
"""Words by which something is another thing from there on."""
_STATED = re.compile(
    r"\bstates that\b|\baccording to\W*\Z|\A\W*which (?:also |likewise )?(?:holds|is (?:true|valid)) (?:also )?for\b"
    r"|\b(?:suppose|assume)\b(?!.*\b(?:then|thus|hence|therefore|we (?:have|get|obtain))\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Words by which a relation is given, whatever is said of it besides."""
_SENTENCES = re.compile(
    r"\n\s*\n|<br>|\n[ \t]*(?:[-*+]|\d+[.)])[ \t]+|(?:(?<=[.!?:])|(?<=[.!?:]\*\*))\s+(?=(?:\*\*)?[A-Z]|\d+\)\s)"
)
"""What stands between sentences; a label in bold, `**Step 1.**`, is one, and an item of a list begins one."""
_SUBSCRIPT = re.compile(r"_([A-Za-z])\Z")
_BRACES = re.compile(r"[\s{}]+")
_SOLVED_FOR = re.compile(
    r"\bsolving\s+(?:(?:this|it|the\s+\w+|\$[^$]*\$)\s+)?for\s+\$(?P<name>[^$]+)\$\W*\Z", re.IGNORECASE
)
_WITH_VALUE = re.compile(
    r"\W*with\s+\$[^$=_]*=[^$]*\$(?:\s*,\s*where\b[^.:]*|\s+and\s+\$[^$]*\$)?\s*,?\s*"
    r"(?:(?:this|that|it|which)\s+(?:is|equals|reads)\s*)?[,:]?\s*\Z",
    re.IGNORECASE,
)
"""`With $b = c^2$,` before another equation for what was said to be something: what it comes to."""
_PUTS_IN = re.compile(r"\W*with\s+\$(?P<name>[^$=]+)=[^$]*\$\s*,\s*\Z", re.IGNORECASE)
"""`With $\\hat{p} = \\frac{1}{n} \\sum_i X_i$,` right before a display."""
_INTRODUCED = re.compile(
    r"\b(?:let|suppose|assume|choose|pick|take|consider|define|there (?:is|are|exists?))\b(?:(?!=|\\sim).)*"
    r"\bsuch that\W*\Z|\bthere exists?\b(?:(?!=|\\sim)[^.])*\bso that\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""`Let $W$ be a matrix such that`: words before what makes a thing what it is."""
_PUT_IN = re.compile(
    r"\A\W*(?:by\s+)?(?:plugging|inserting|substituting|putting|using|applying|employing|combining|from)\b"
    r"(?!.*\b(?:we|it|this|is|are|yields?|gives?|becomes?|obtain|have|get|results?|follows)\b)(?:[^:;]*[^,:;\s])?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_WE_GET = re.compile(r"\A[\s,;]*(?:we|one|it follows|this (?:gives|yields|becomes)|yields|gives|leads to)\b")
"""`Plugging in the estimate $$b = \\bar{y}$$, we obtain`: words around what is used, and not derived there."""
_SUPPOSED = re.compile(
    r"\b(?:let|assum\w+|suppos\w+|consider\w*|if|when|where|with|for|such that|hypothes\w+|model\w*|prior|constrain\w*"
    r"|choos\w+|provided|requir\w+|set|fix\w*|standardi[sz]\w+|normali[sz]\w+|null)\b",
    re.IGNORECASE,
)
"""Words before a relation that may be a hypothesis."""
_HYPOTHETICAL = re.compile(
    r"\b(?:let|assum\w+|suppos\w+|hypothes\w+|null|provided|requir\w+|constrain\w*|if|when)\b", re.IGNORECASE
)
"""Words before what may not hold."""
_MEANS = re.compile(
    r"\A\W*with (?:(?:the|that|this|these)\b[^,$]*,|(?:that|this|these) (?:choices?|values?|settings?)\W*\Z)",
    re.IGNORECASE,
)
"""`With the density of the distribution, ...`, `With this choice`: words for what is used."""
_LEADS_TO = re.compile(
    r"\b(?:it follows|results? in|to give|gives|impl(?:y|ies)|yields?|obtain|therefore|thus|hence|(?:re)?written as"
    r"|finally|so that(?=\W*\Z)|so(?=\W*\Z))\b",
    re.IGNORECASE,
)
"""Words before what is distributed as others make it; `we have` gives a model as well."""
_THEN = re.compile(
    r"\b(?:then|thus|hence|therefore|it follows|we (?:get|obtain|find)|gives|yields?|implies)\W*\Z", re.IGNORECASE
)
"""Words right before what follows from what was said in prose."""
_FOLLOWING = re.compile(r"\bfollowing\b|\bbelow\b", re.IGNORECASE)
"""Words of a sentence that ends before what it leads to."""
_ONLY_THEN = re.compile(r"\W*(?:then)?\W*", re.IGNORECASE)
_AND = re.compile(r"\W*and(?:\s+also)?\W*", re.IGNORECASE)
"""All that stands between a bound and another one that the same is said of."""
_THUS = re.compile(r"\W*(?:thus|hence|therefore|consequently)\b", re.IGNORECASE)
_NAMES = re.compile(r"\b(?:and|with|where|for)\s+(?:the|its|an?)\b[^.]*\Z", re.IGNORECASE)
"""Words that name a thing: `and the remaining term`."""
_CONSTANTS = frozenset({"I", "0", "1", "e", r"\pi"})
"""Letters for what needs no definition: an identity matrix, zeros and ones, numbers."""
_SHIFTED = re.compile(r"_\{([a-z])[+-]\d\}\Z")
_WITH = re.compile(r"\W*with\b", re.IGNORECASE)
_FOR = re.compile(r"\b(?:for|where|with|is|are|by|as)\W*\Z", re.IGNORECASE)
"""Words right before what something is said for, or is: `therefore it is unbiased for`, `the variance is`."""
_LABEL = re.compile(r"\*\*[^*]+\*\*\W*")
_STEP = re.compile(r"\*\*step\b[^*]*\*\*\W*", re.IGNORECASE)
"""A label that stands alone, of a step from what stands above."""
_GIVES = re.compile(
    r"\b(?:defin\w+|let|assum\w+|suppos\w+|model\w*|prior|recall\w*|notation|hypothes\w+|given|set-?up)\b",
    re.IGNORECASE,
)
"""Words of a label that stands alone by which what stands below it is given: none in `**With a constant reward.**`"""
_BESIDE = re.compile(
    r"\b(?:where|with)\s+(?:(?!where\b|with\b|such\b)[a-z-]+\s+){0,4}"
    r"\$[^$]*(?:[<>=]|\\(?:leq?|geq?|in|sim)(?![A-Za-z]))[^$]*\$"
    r"(?=\s*,|\s+(?:and\b|(?:the|this|its|we|it)\b))",
    re.IGNORECASE,
)
"""`With the step $\\eta = 1 / L$ the factor is`: words for what a formula in prose says, and not the display."""
_ARROWS = frozenset({"implies", "equivalent"})
_CONDITIONS = frozenset(
    {"where", "with", "if", "for", "for all", "for each", "given", "let", "as", "when", "since", "because"}
)


APART = "apart"
"""The kind of relations that are neither checked nor used: approximations, of which several may be named."""
_APPROXIMATES = re.compile(
    r"\b(?:lead|give|yield|suggest|consider|make|use|allow|following|several|number of)\w*\b[^.]{0,30}"
    r"\bapproximations?\b"
    r"(?!.*\b(?:we (?:get|have|obtain|find|see)|becomes?|follows|thus|hence|therefore|gives|yields)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Words for what is only said to be nearly so; not for what is derived by an approximation."""
EXTREMUM = "the condition for an extremum"
_EXTREMAL = re.compile(
    r"\b(?:roots?|(?:derivatives?|gradients?|slopes?|differentials?|scores?|partials?)\b[^.]{0,40}\bvanish\w*"
    r"|stationar\w+|first[- ]order|extrem\w+|(?:maxi|mini)m(?:i[sz]\w+|um|al)|optim\w+|solv\w+)\b",
    re.IGNORECASE,
)
"""Words before an equation with 0 that is to be solved."""
_POSED = re.compile(
    r"\bsolv(?:e|ing)\s+the\s+following\s+(?:[\w-]+\s+){0,3}?(?:equations?|systems?|problems?)"
    r"(?:\s+(?:for|in)\s[^.:]*)?\W*\Z",
    re.IGNORECASE,
)
"""`This requires us to solve the following equation system for $a$ and $b$:`, before the equations."""
_SETTING = re.compile(r"(?:\A|[,.:;\n])\s*(?:now\s+|and\s+|so\s+)?(?:setting|solving)\W*\Z", re.IGNORECASE)
"""`Setting $$|x - 3| = 0$$ gives`: a word right before an equation from which something follows."""
POSED = "an equation to be solved"
SOLVED = "the solution of the equation before it"
STATIONARY = "where a derivative is zero"
_NOT_SO = re.compile(r"\b(?:without|would|not|never|cannot|nobody)\b|n't\b", re.IGNORECASE)
"""Words by which it is not so."""


@dataclass(frozen=True)
class Role:
    """What a relation is: `given`, `claim` (of a theorem), `inference`, or `apart`; and why."""

    kind: str
    reason: str = ""


IN_PROSE = Role("given", "stated in the text around it")

_EVERYWHERE = "every "
"""Before the name of a function whose values at names were said: it is known at every place."""
_VALUED = "value of "
"""Before a name that has a value: a function at it is known."""
_TOLD = "told "
"""Before a value of a function that prose says: what follows from it elsewhere is no definition."""
_CLAIMED = "claimed "
"""Before what the claims of a theorem are about."""
_CONDITION = Role("given", "a condition")
A_DEFINITION = "a definition"
SPLIT_OFF = "a name for what is left"
_DEFINED = "defined "
_DEFINES_WHAT = re.compile(r"\b(?:where|defin\w+|let|denot\w+|(?:is|are) given by)\b", re.IGNORECASE)
"""Words before a display that says what something is."""
_DEFINITION = Role("given", A_DEFINITION)
_RECALLED = Role("given", "a recalled formula")
_INFERENCE = Role("inference")


def roles_of(displays: Sequence[Display]) -> dict[int, Role]:
    """The role of every row, by its identity."""
    roles: dict[int, Role] = {}
    lefts = _defined_in_words(displays)
    names: set[tuple[int, str]] = set()
    said = {(display.section, name) for display in displays for row in _in_prose(display) for name in _names(row)}
    told = {(section, name) for section, found in announced(displays).items() for name in found}
    spoken_of = {(display.section, name) for display in displays for name in _spoken_of(display)}
    before = (-1, Role(""))
    solving: tuple[int, frozenset[str]] = (-1, frozenset())
    for display in displays:
        if display.is_given_up:
            roles |= {id(row): Role("given", "not what is used here") for row in display.rows}
            continue
        inside: set[tuple[int, str]] = set()
        silent = before == (display.section, _INFERENCE) and _goes_on(display, names | said | spoken_of, told)
        last = Role("")
        solves = False
        lefts |= _said_of_functions(display)
        for row in display.rows:
            follows = isinstance(row.left, t.Name) and _THEN.search(last_words(display)) is not None
            derived = isinstance(row.left, t.Derivative) or (follows and row is display.rows[0])
            known = names | inside if row.kind == "sided" else names
            role = _as_told(
                _joined(row, display, before) or _role(row, display, lefts, known | said if derived else known, told),
                row,
                display,
                names | inside | said | spoken_of,
            )
            goes_on = row.kind == "continued" and last == _CONDITION and is_condition(row)
            lists = row.kind == "sided" and row.lead not in _ARROWS and last.kind == "given"
            lists = lists and (last.reason != EXTREMUM or _is_zero(row.left))
            named = role.kind == "inference" and last == _DEFINITION and not _is_known_slope(row.left, display, lefts)
            named = named and _names_a_function(row, display, names | told)
            if goes_on or named or (lists and _is_listed(row, display, lefts)):
                role = last
            is_solved = solves and row.kind == "sided" and row.lead not in _CONDITIONS and role == _DEFINITION
            begins = silent and row is display.rows[0] and role in (_DEFINITION, _RECALLED)
            if is_solved or begins or (role.kind == "given" and _is_a_member(row, display, names | said)):
                role = _INFERENCE
            is_open = solving[0] == display.section and _is_what_solves(row, display, solving[1])
            role = _as_a_solution(role, is_open, _is_stationary(row, display, names | said | spoken_of))
            solves = solves or role.reason == EXTREMUM
            last = role
            roles[id(row)] = role
            if row.left is not None and role.kind == "claim":
                lefts.add((display.section, _CLAIMED + printed(row.left)))
            if row.left is not None and row.sign == "=" and role.kind != "claim":
                lefts.update((display.section, text) for text in _known_by(row.left))
            inside.update((display.section, name) for name in _names(row))
        names |= inside
        solving = _solving(solving, display, roles)
        before = display.section, roles[id(display.rows[0])] if display.rows else last
    return roles


def _as_told(role: Role, row: Row, display: Display, names: Set[tuple[int, str]]) -> Role:
    r"""The role of what a text comes to; of `s^2 = \sum_i (x_i - m)^2` and `\ln p = ...` for a new name, a definition.

    Such a sum says what a spread is, or what a softmax is; of other squares it may be a claim.
    """
    match row.left:
        case t.Power(base=t.Name() as name, exponent=t.Numeral(value=Fraction(numerator=2, denominator=1))):
            pass
        case t.Function(word="ln", body=t.Name() as name, base=None):
            pass
        case _:
            return role
    sums = row.right is not None and any(isinstance(node, t.Total) for node in t.walk(row.right))
    is_told = role.kind == "inference" and row.sign == "=" and row.kind in ("first", "sided") and sums
    is_new = all((display.section, text) not in names for text in (name.text, name.stem))
    return _DEFINITION if is_told and is_new and name.text not in names_of(row.right) else role


def _joined(row: Row, display: Display, before: tuple[int, Role]) -> Role | None:
    """The role of a bound of which the same is said as of the relation before it, by an `and`; None of any other."""
    joins = row is display.rows[0] and row.sign in BOUNDS and _AND.fullmatch(display.before) is not None
    return before[1] if joins and before[0] == display.section and before[1].kind == "given" else None


def _known_by(left: t.Node) -> Iterator[str]:
    """What an equation says of its left side: that it is known, and a function everywhere."""
    yield printed(left)
    if isinstance(left, t.Name):
        yield _VALUED + left.text
    if isinstance(left, t.Applied) and _is_at_names(left):
        yield from (_EVERYWHERE + text for text in (left.head.text, printed(left)))


def _solving(
    before: tuple[int, frozenset[str]], display: Display, roles: Mapping[int, Role]
) -> tuple[int, frozenset[str]]:
    """The section and the names of an equation that is being solved, as it stands behind a display."""
    own = [roles[id(row)] for row in display.rows]
    begins = any(role.reason == EXTREMUM for role in own) or SET_TO_ZERO.search(last_words(display)) is not None
    goes_on = before[0] == display.section and bool(before[1]) and all(role.kind == "inference" for role in own)
    if not own or not (begins or goes_on):
        return -1, frozenset()
    return display.section, names_of(*(side for row in display.rows for side in (row.left, row.right)))


def _is_what_solves(row: Row, display: Display, names: frozenset[str]) -> bool:
    r"""True of `\hat{\theta} = a / b` behind an equation for `\theta` that is being solved, where it follows."""
    plain = estimated(row.left.text) if isinstance(row.left, t.Name) else ""
    follows = row.kind == "first" and row.sign == "="
    follows = follows and (row.lead in _ARROWS or are_conclusive(last_words(display)))
    return follows and plain in names and plain not in names_of(row.right)


def _as_a_solution(role: Role, solves: bool, is_stationary: bool) -> Role:
    """The role of an equation for a new name that says where an equation holds, or where a derivative is zero."""
    if role == _DEFINITION and solves:
        return Role("inference", SOLVED)
    return Role("inference", STATIONARY) if role.kind == "given" and is_stationary else role


def _is_stationary(row: Row, display: Display, names: Set[tuple[int, str]]) -> bool:
    r"""True of `w^* = a / b` behind `setting the derivative to zero gives`, where w was spoken of."""
    squared = isinstance(row.left, t.Power) and isinstance(row.left.exponent, t.Numeral)
    name = row.left.base if squared and isinstance(row.left, t.Power) else row.left
    text = name.text if isinstance(name, t.Name) and row.sign == "=" else ""
    is_first = row is display.rows[0] and row.kind == "first"
    return (
        is_first
        and (display.section, estimated(text) or text) in names
        and SET_TO_ZERO.search(last_words(display)) is not None
        and _NOT_SO.search(last_words(display)) is None
    )


def _said_of_functions(display: Display) -> set[tuple[int, str]]:
    """The functions of which the prose around a display says what they are, and their values that it says before it."""
    found: set[tuple[int, str]] = set()
    for row in (*display.inline, *display.conditions):
        if row.sign == "=" and isinstance(row.left, t.Name):
            found.add((display.section, _VALUED + row.left.text))
        if row.sign == "=" and isinstance(row.left, t.Applied) and _is_at_names(row.left):
            found.add((display.section, _EVERYWHERE + row.left.head.text))
            if row.place[0] < display.piece.start:
                found.add((display.section, _TOLD + printed(row.left)))
    limited = (row.left for row in display.limited if row.sign == "=")
    found |= {(display.section, _EVERYWHERE + left.head.text) for left in limited if isinstance(left, t.Applied)}
    return found


def _goes_on(display: Display, names: set[tuple[int, str]], told: set[tuple[int, str]]) -> bool:
    """True of a mean, an entropy or a probability of what is known, with no words before it: it goes on from above."""
    row = next(iter(display.rows), None)
    if row is None or row.sign != "=" or last_words(display).strip() or not isinstance(row.left, t.Applied):
        return False
    nodes = [node for side in (row.left, row.right) if side is not None for node in t.walk(side)]
    calls = [node for node in nodes if isinstance(node, t.Applied)]
    heads = {call.head.text for call in calls if names_a_quantity(call) or (display.section, call.head.text) in told}
    return row.left.head.text in heads and all((display.section, name) in names for name in _names(row) - heads)


def _spoken_of(display: Display) -> set[str]:
    r"""The names in the prose beside a display, and the ends of its lists: the `n` of `X_1, \dots, X_n`."""
    named = {name for name, _ in mentions([display])}
    return named | {end for name in named for end in _SUBSCRIPT.findall(name)}


def _in_prose(display: Display) -> tuple[Row, ...]:
    """What the prose around a display says of names, for good or not: of these it is said what they are."""
    return (*display.inline, *display.conditions, *display.limited)


def _is_to_be_solved(row: Row, display: Display) -> bool:
    """True of the first equation of a display with 0 at a side, where the words before it set something to zero."""
    equations = (
        other for other in display.rows if other.sign == "=" and (_is_zero(other.left) or _is_zero(other.right))
    )
    words = last_words(display)
    if not any(pattern.search(words) for pattern in (SET_TO_ZERO, _EXTREMAL)):
        return False
    if next(equations, None) is row or _sets_its_slope_to_zero(row, display):
        return True
    # `setting these derivatives to zero`: one equation with 0 for each of them.
    earlier = [other for other in display.rows[: display.rows.index(row)] if other.kind != "continued"]
    listed = row.kind in ("sided", "restarted") and SEVERAL.search(words) is not None
    return listed and all(map(_is_plain_zero, (row, *earlier)))


def _sets_its_slope_to_zero(row: Row, display: Display) -> bool:
    r"""True of the last sign of `\frac{\partial L}{\partial b} = -\sum_i a_i = 0`."""
    place = display.rows.index(row)
    begins = next((other for other in reversed(display.rows[: place + 1]) if other.kind != "continued"), row)
    slope = begins.left if isinstance(begins.left, t.Derivative) else None
    is_of_a_name = slope is not None and isinstance(slope.body, t.Name | t.Applied)
    return row.sign == "=" and row.kind == "continued" and _is_zero(row.right) and is_of_a_name


def _is_plain_zero(row: Row) -> bool:
    """True of an equation with 0 that speaks of no derivative."""
    sides = [side for side in (row.left, row.right) if side is not None]
    slopes = any(isinstance(node, t.Derivative) for side in sides for node in t.walk(side))
    return row.sign == "=" and any(map(_is_zero, sides)) and not slopes


def is_solution(row: Row, display: Display) -> bool:
    """True of the first relation of a display where the words before it speak of an extremum, or of a solution."""
    words = last_words(display)
    return display.rows[0] is row and any(pattern.search(words) for pattern in (SET_TO_ZERO, _EXTREMAL))


def _is_inferred_law(row: Row, display: Display) -> bool:
    """True of what the words before it make a result: `it follows that $X$ is distributed as`."""
    words = last_words(display)
    given = [match.start() for match in _GIVEN.finditer(words)]
    leading = [match.start() for match in _LEADS_TO.finditer(words)]
    leads = bool(leading) and (not given or leading[-1] > given[-1])
    is_first = row.sign in (r"\sim", r"\propto") and row.kind == "first" and not display.has_arrow
    return leads and is_first and display.part != "statement"


def _explains_a_name(row: Row, display: Display, names: set[tuple[int, str]]) -> bool:
    r"""True of an equation that says what a new name is, though it does not stand alone: `S = \sum_i e_i^2 = ...`.

    All other names on its right were there before: there is nothing to infer it from.
    """
    if row.sign != "=" or row.left is None or row.right is None:
        return False
    if not _can_be_new(row.left):
        return False
    known = {name for section, name in names if section == display.section}
    ranges = [node for node in t.walk(row.left) if isinstance(node, t.Total | t.Integral)]
    bound = {name.text for node in ranges for name in node.over}
    bound |= names_of(*(node.condition for node in ranges if isinstance(node, t.Total)))
    bound |= names_of(*(end for node in ranges for end in (node.lower, node.upper)))
    left, right = names_of(row.left) - bound, names_of(row.right)
    if any(isinstance(node, t.Name) and node.base in _CONSTANTS for node in t.walk(row.left)):
        return False
    if not right and not isinstance(row.left, t.Name):
        return False  # `w + w = 4 + 4` says what w is, if anything
    return len(left) == 1 and left.isdisjoint(known | right) and right <= known | bound


def _defined_in_words(displays: Sequence[Display]) -> set[tuple[int, str]]:
    """What prose says by an equation, and what words before a display define, each marked as that."""
    said = [(display, row) for display in displays for row in (*display.inline, *display.conditions, *display.local)]
    said += [(d, d.rows[0]) for d in displays if d.rows and _DEFINES_WHAT.search(last_words(d))]
    return {(d.section, _DEFINED + printed(row.left)) for d, row in said if row.sign == "=" and row.left is not None}


def _is_of_what_is_unknown(
    row: Row, display: Display, names: set[tuple[int, str]], lefts: set[tuple[int, str]]
) -> bool:
    r"""True of `k(x, y) = \mathrm{Cov}(f(x), f(y)) = e^{-|x - y|}` at its end, where nothing was said of f before.

    What a moment of functions is can be inferred from what these are; of unknown ones it says something.
    """
    left = row.left
    if row.sign != "=" or not isinstance(left, t.Applied) or not moment_of(left) or row.right is None:
        return False
    heads = {part.head.text for part in left.before if isinstance(part, t.Applied)}
    known = {name for section, name in names if section == display.section}
    known |= {name.removeprefix(_EVERYWHERE) for section, name in lefts if section == display.section}
    return bool(heads) and heads.isdisjoint(known | names_of(row.right)) and len(left.before) > 1


def _can_be_new(left: t.Node) -> bool:
    """False of a limit, an integral, an array, a mean and a probability: what these are is known."""
    is_limit = isinstance(left, t.Total) and left.kind == "limit"
    is_worked_out = is_limit or isinstance(left, t.Integral | t.Array)
    return not is_worked_out and not (isinstance(left, t.Applied) and names_a_quantity(left))


def _is_listed(row: Row, display: Display, lefts: set[tuple[int, str]]) -> bool:
    """True of a name that is explained in a list of such."""
    left = row.left
    is_new = (display.section, printed(left)) not in lefts if left is not None else False
    listed = isinstance(left, t.Name | t.Applied) and row.sign == "=" and is_new and not _is_property(row)
    return listed and not _is_known_slope(left, display, lefts)


def _names_a_function(row: Row, display: Display, names: set[tuple[int, str]]) -> bool:
    """True of `y = f(x) = x^2` at its end, where f was not there before: there is nothing to infer it from."""
    sides = (side for side in (row.left, row.right) if isinstance(side, t.Applied))
    heads = [side.head for side in sides if len(side.head.base) == 1 and side.head.stem.startswith(side.head.base)]
    return any((display.section, head.text) not in names and head.text not in QUANTITIES for head in heads)


def _names(row: Row) -> frozenset[str]:
    r"""The names in a row; `\frac{\partial L}{\partial x}` does not say what L is."""
    sides = [side for side in (row.left, row.right) if side is not None]
    bodies = {id(node.body) for side in sides for node in t.walk(side) if isinstance(node, t.Derivative)}
    nodes = (node for side in sides for node in t.walk(side) if id(node) not in bodies)
    return frozenset(node.text for node in nodes if isinstance(node, t.Name))


def _role(
    row: Row, display: Display, lefts: set[tuple[int, str]], names: set[tuple[int, str]], told: set[tuple[int, str]]
) -> Role:
    """The role of a row, by the left sides and names before it, and those of which prose told what they are."""
    if row.sign not in RELATIONS.values():
        goes_on = row.kind == "continued" and row.lead not in _CONDITIONS
        kind = "inference" if goes_on or _is_inferred_law(row, display) else "given"
        return Role(kind, "a statement about a kind, not an equation or inequality")
    if row.kind != "continued" and _APPROXIMATES.search(last_words(display)):
        return Role(APART, "an approximation")
    if _is_to_be_solved(row, display):
        inferred = _is_plain_zero(row) and row.kind != "continued" and sets_a_slope(last_words(display))
        return Role("inference" if inferred else "given", EXTREMUM)
    is_set = _SETTING.search(last_words(display)) is not None and _WE_GET.match(display.after) is not None
    is_set = is_set and row.sign == "="
    if row.kind in ("first", "sided") and row.lead not in _ARROWS and (is_set or _POSED.search(last_words(display))):
        return Role("given", POSED)
    if row.kind == "continued":
        return _continued(row, display, names | told, lefts)
    if row.lead in _CONDITIONS or is_condition(row) or (row.lead == "," and isinstance(row.left, t.Name | t.Applied)):
        return _CONDITION
    if is_range(row):
        return Role("given", "the range of an index")
    if row.lead == "implies" and any(other.sign == r"\sim" for other in display.rows):
        names_new = isinstance(row.left, t.Name) and _is_fresh(row, display, names, lefts)
        leads = _LEADS_TO.search(last_words(display)) and not names_new
        return Role("inference") if leads else _RECALLED
    if display.is_condition and row.kind == "first":
        return _CONDITION
    if isinstance(row.left, t.Derivative) and _is_zero(row.right) and row.kind == "first":
        return Role("given", EXTREMUM)
    if display.part == "statement":
        words = display.before.split("\n\n")[-1]
        is_claim = bool(_CLAIM.search(words)) or not _GIVEN.search(words)
        is_claim = is_claim and not _HYPOTHESIS.search(words) and not row.label
        # A theorem that says something of one thing goes on to do so.
        is_claim = is_claim or (row.left is not None and (display.section, _CLAIMED + printed(row.left)) in lefts)
        return Role("claim", "what is to be proved") if is_claim else Role("given", "a hypothesis")
    if row.kind == "restarted":
        return _DEFINITION if display.lists_examples else Role("inference")
    seen = row.left is not None and (display.section, printed(row.left)) in lefts
    words = last_words(display)
    if row.kind == "sided":
        fresh = _is_fresh(row, display, names, lefts) and not seen
        follows = (
            (row.lead in _ARROWS and not is_differential(row.left))
            or _is_property(row)
            or _puts_in(row)
            or _is_bound(row, words)
        )
        return _DEFINITION if fresh and not follows else Role("inference")
    return _first(row, display, seen, names, lefts, told)


def _continued(row: Row, display: Display, names: set[tuple[int, str]], lefts: set[tuple[int, str]]) -> Role:
    """The role of a row whose left side is the right side before it."""
    if row.lead in _CONDITIONS:
        return _CONDITION
    following = display.rows[display.rows.index(row) + 1 :]
    solved = bool(following) and following[0].lead in _ARROWS  # `= 0 \implies x = a`, also behind `then`
    if _sets_its_slope_to_zero(row, display) and (solved or not are_conclusive(last_words(display))):
        return Role("given", EXTREMUM)
    known = {name for section, name in names if section == display.section}
    if splits_off_a_name(row, display.rows, known, lambda left: (display.section, _DEFINED + printed(left)) in lefts):
        return Role("given", SPLIT_OFF)
    explains = _explains_a_name(row, display, names) or _is_of_what_is_unknown(row, display, names, lefts)
    return _DEFINITION if explains else _INFERENCE


def _is_fresh(row: Row, display: Display, names: set[tuple[int, str]], lefts: set[tuple[int, str]]) -> bool:
    """True of a left side that is a name or call that was not there before.

    `f(2)` and `L(x_1)` were there where `f(x)` and `L(x)` were said to be something.
    """
    left = row.left
    if isinstance(left, t.Applied):
        if _is_known_slope(left, display, lefts):
            return False
        is_density = bool(left.bar) or left.head.base in PROBABILITIES
        at_values = not is_density and all(
            isinstance(p, t.Name) and (display.section, _VALUED + p.text) in lefts for p in left.before
        )
        call = _at_letters(left) if _is_at_names(left) and not at_values else left.head.text
        return (display.section, _EVERYWHERE + call) not in lefts
    if isinstance(left, t.Derivative):
        known = {name.split("_")[0] for section, name in names if section == display.section}
        return isinstance(left.body, t.Name) and left.body.stem not in known
    if isinstance(left, t.Array):
        cells = [cell for row_of in left.rows for cell in row_of]
        return all(isinstance(c, t.Name) and (display.section, c.text) not in names for c in cells)
    # `x_{t+1}` is nothing new where `x_t` is known.
    plain = _SHIFTED.sub(r"_\1", left.text) if isinstance(left, t.Name) else ""
    return isinstance(left, t.Name) and not {(display.section, left.text), (display.section, plain)} & names


def _is_a_member(row: Row, display: Display, names: set[tuple[int, str]]) -> bool:
    """True of `x_2 = a^2 x_0` behind words that lead to it, where `x_{t+1}` or `x_t` is known for all t."""
    left = row.left
    if not isinstance(left, t.Name) or not left.lower or not left.lower[0].isdigit() or row.sign not in RELATIONS:
        return False
    stem = re.compile(rf"{re.escape(left.stem)}_(?:[a-z]|\{{[a-z](?:[+-]\d+)?\}})")
    known = any(section == display.section and stem.fullmatch(name) for section, name in names)
    return known and row.kind == "first" and words_lead(last_words(display))


def _is_known_slope(left: t.Node | None, display: Display, lefts: set[tuple[int, str]]) -> bool:
    """True of `f'(x)` where it was said what f is."""
    head = left.head.text if isinstance(left, t.Applied) else ""
    return head.endswith("'") and (display.section, _EVERYWHERE + head.rstrip("'")) in lefts


def _is_at_names(node: t.Applied) -> bool:
    return all(isinstance(argument, t.Name) for argument in (*node.before, *node.after))


def _at_letters(call: t.Applied) -> str:
    """`L(x)` for `L(x_1)`; nothing where an argument is a mere letter, or its name says which function is meant."""
    arguments = [argument for argument in call.before if isinstance(argument, t.Name)]
    if call.head.base in CALLED_BY_NAME or call.bar or any(argument.text == argument.base for argument in arguments):
        return ""
    letters = {name.text: t.Name(name.start, name.end, name.base, name.base, (), name.base) for name in arguments}
    return printed(replaced(call, dict(letters)))


def is_asserted(display: Display, displays: Sequence[Display], roles: Mapping[int, Role]) -> bool:
    """True unless the first relation of a display may be a mere supposition: new, with no word that gives it."""
    first = display.rows[0]
    role = roles.get(id(first), Role("inference"))
    words = last_words(display)
    leads = not words.rstrip().endswith(".") or _FOLLOWING.search(words) is not None
    if role.kind != "given" or role.reason == EXTREMUM or (leads and _GIVEN.search(words)):
        return True
    stated = (row for other in displays if not other.has_arrow for row in other.rows)
    return any(_says(row) == _says(first) for row in stated)


def is_supposed(display: Display, role: Role) -> bool:
    """True of what may be a hypothesis or a model: nothing but the text says it."""
    words = _MEANS.sub("", last_words(display))
    return role not in (_DEFINITION, _RECALLED) or _SUPPOSED.search(words) is not None


def may_suppose(display: Display) -> bool:
    """True where the words before a display may make it a hypothesis, or speak of independence."""
    words = last_words(display)
    return _SUPPOSED.search(words) is not None or "independen" in words.lower()


def is_worked_out(display: Display) -> bool:
    """True where the words before a display lead to it from something: `With the density, this is`."""
    words = last_words(display)
    return any(pattern.search(words) is not None for pattern in (_MEANS, _INFERRED))


def _says(row: Row) -> tuple[str, ...]:
    """What a relation says, however it is spaced and whatever follows its sentence."""
    return row.sign, *(re.sub(r"(?:\\[;,:!]|[\s.,;])+$|\s", "", text) for text in row.texts)


def last_words(display: Display) -> str:
    """The words of the last sentence before a display."""
    return _SENTENCES.split(display.led_by.strip())[-1]


def _is_zero(node: t.Node | None) -> bool:
    """True of the number 0, and of a vector of zeros."""
    return (isinstance(node, t.Numeral) and node.value == 0) or (isinstance(node, t.Name) and node.base == "0")


def _first(
    row: Row,
    display: Display,
    seen: bool,
    names: set[tuple[int, str]],
    lefts: set[tuple[int, str]],
    told: set[tuple[int, str]],
) -> Role:
    """The first relation of a display, by the last words of the text before it."""
    words = last_words(display)
    if (_puts_in(row) and not _HYPOTHETICAL.search(words)) or _is_of_what_is_put_in(row.left, words):
        return Role("inference")
    property_of = _is_property(row)
    if property_of and words.rstrip().endswith("."):
        words = ""  # the sentence before it speaks of its names; nothing leads to it
    inferred = _INFERRED.search(words) or _MEANS.search(words) or _STEP.fullmatch(words.strip())
    says = _GIVEN if _LABEL.fullmatch(words.strip()) is None else _GIVES
    given = says.search(_BESIDE.sub("", _MEANS.sub("", words)))
    given = given or _INTRODUCED.search(words)
    by = _STATED.search(words) or (given and not words_lead(words))
    explains = _EXPLAINS.search(_BESIDE.sub("", words)) and not (inferred and _WITH.match(words))
    if (seen and _WITH_VALUE.match(words)) or _is_solved_for(row.left, words):
        return Role("inference")
    if explains and isinstance(row.left, t.Name | t.Applied):
        return _DEFINITION
    if seen and _REDEFINES.search(words):
        return _DEFINITION
    if seen:
        return Role("inference") if inferred or not given else _RECALLED
    if isinstance(row.left, t.Derivative) and not _is_fresh(row, display, names, lefts):
        # What is differentiated is known, and so is its derivative.
        return _RECALLED if _STATED.search(words) else Role("inference")
    if _is_fresh(row, display, names, lefts):
        if row.sign != "=" and isinstance(row.left, t.Applied) and not by:
            return Role("inference")  # an inequality defines nothing
        told_before = row.left is not None and (display.section, _TOLD + printed(row.left)) in lefts
        if ((_is_of_itself(row) and _THEN.search(words)) or (told_before and _follows(words))) and not by:
            return Role("inference")  # what stands on both sides defines nothing, nor what was said to be something
        compound = isinstance(row.left, t.Applied) and (inferred or property_of) and not by
        known = _is_quantity(row.left) or _all_known(row, display, names)
        known = known or (_all_known(row, display, names | told) and not _is_datum(row, words))
        return Role("inference") if compound and known else _DEFINITION
    about = names_of(row.left) if row.left is not None else frozenset()
    follows = _THUS.match(words) and all((display.section, name) in names for name in about)
    if (given and not words_lead(words) and not follows) or (_PUT_IN.search(words) and _WE_GET.match(display.after)):
        return _RECALLED
    if (not words.strip() or _FOR.search(words)) and _is_new_power(row.left, display, names):
        return _DEFINITION
    if isinstance(row.left, t.Name) and not inferred and _NAMES.search(words):
        return _DEFINITION  # it was used before, and nothing leads to it
    following = display.rows[display.rows.index(row) + 1 :]
    if following and following[0].lead == "implies" and _ONLY_THEN.fullmatch(words):
        return _CONDITION  # what an implication supposes
    return Role("inference")


def _is_solved_for(left: t.Node | None, words: str) -> bool:
    """True of z right behind `Solving for $z$,`: what it is follows from what it stands in."""
    match = _SOLVED_FOR.search(words)
    return match is not None and isinstance(left, t.Name) and _plain(match["name"]) == _plain(left.text)


def _plain(name: str) -> str:
    return re.sub(r"[{}\s]", "", name)


def _follows(words: str) -> bool:
    """True of words right before what follows from something, or that begin with what it follows from."""
    return are_conclusive(words) or any((_THUS.match(words), _MEANS.search(words)))


def _is_of_what_is_put_in(left: t.Node | None, words: str) -> bool:
    r"""True of the mean in `With $\hat{p} = \frac{1}{n} \sum_i X_i$, $$ E[\hat{p}] = p $$`: nothing defines it."""
    match = _PUTS_IN.match(words)
    if match is None or not isinstance(left, t.Applied) or not moment_of(left):
        return False
    return _BRACES.sub("", match["name"]) in {_BRACES.sub("", name) for name in names_of(left)}


def _is_bound(row: Row, words: str) -> bool:
    r"""True of the inequality in `we have $f(x) \leq 1$`: it defines nothing."""
    return row.sign != "=" and words_lead(words)


def words_lead(words: str) -> bool:
    """True of words that lead to a relation from something, and not to what is given."""
    given = [match.start() for match in _GIVEN.finditer(words)]
    inferred = [match.start() for match in _INFERRED.finditer(words)]
    leads = bool(inferred) and (not given or inferred[-1] > given[-1])
    return leads and not _INTRODUCED.search(words)


def are_conclusive(words: str) -> bool:
    """True of words before what follows from something: not of `we have`, before what may be a model as well."""
    return _LEADS_TO.search(words) is not None or _THEN.search(words) is not None


def _is_datum(row: Row, words: str) -> bool:
    """True of `P(A) = 0.3`, where no words lead to it from something."""
    is_number = row.sign == "=" and row.right is not None and not names_of(row.right)
    return is_number and not _LEADS_TO.search(words)


def _is_new_power(left: t.Node | None, display: Display, names: set[tuple[int, str]]) -> bool:
    """True of the `s^2` of a name that was not there before."""
    is_power = isinstance(left, t.Power) and isinstance(left.base, t.Name) and isinstance(left.exponent, t.Numeral)
    return is_power and not any((display.section, name) in names for name in names_of(left))


def _puts_in(row: Row) -> bool:
    r"""True of `E[\bar{x}] = E[\frac{1}{n} \sum_i x_i]` and `E[z] = m + s E[\epsilon]`: by what the name stands for."""
    left, right = row.left, row.right
    if not isinstance(left, t.Applied) or right is None or not names_a_quantity(left):
        return False
    calls = [node for node in t.walk(right) if isinstance(node, t.Applied) and node.head.text == left.head.text]
    same = [printed(part) for part in left.before]
    return bool(calls) and all([printed(part) for part in call.before] != same for call in calls)


def _is_property(row: Row) -> bool:
    """True of `E[a X] = a E[X]`: a moment or entropy of more than a name, by others."""
    left = row.left
    if not isinstance(left, t.Applied) or row.right is None or not names_a_quantity(left):
        return False
    others = (node for node in t.walk(row.right) if isinstance(node, t.Applied))
    return not _is_at_names(left) and any(map(names_a_quantity, others))


def _is_of_itself(row: Row) -> bool:
    """True of `V(a x) = a V(x)` and `p(x, y) = p(x) p(y)`, which are no definitions; recurrences for `T(n)` are."""
    left, right = row.left, row.right
    if not isinstance(left, t.Applied) or right is None or (_is_at_names(left) and left.head.base not in PROBABILITIES):
        return False
    return any(isinstance(node, t.Applied) and node.head.text == left.head.text for node in t.walk(right))


def _is_quantity(node: t.Node | None) -> bool:
    """True of a moment, an entropy or the probability of a compound event: what these are is defined already."""
    if not isinstance(node, t.Applied):
        return False
    compound = any(isinstance(part, t.Total | t.Operation) for argument in node.before for part in t.walk(argument))
    return names_a_quantity(node) or compound


def _all_known(row: Row, display: Display, names: set[tuple[int, str]]) -> bool:
    return all((display.section, name) in names for name in _names(row))
