"""Which relations of a text are inferences, and which are given: definitions, hypotheses, models, recalled formulas.

A relation that continues a chain, or that follows from the row above it, is an inference.  For the first one of a
display the words before it decide, and whether its left side was there before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from fractions import Fraction

from symderiv.documents.announced import announced
from symderiv.documents.differentials import is_differential
from symderiv.documents.displays import Display, Row, is_condition, is_range, names_of
from symderiv.documents.leading_words import (
    GIVEN,
    INFERRED,
    INTRODUCED,
    LEADS_TO,
    MEANS,
    SUPPOSED,
    THEN,
    THUS,
    are_conclusive,
    is_bound,
    is_datum,
    is_of_what_is_put_in,
    is_solved_for,
    last_words,
    words_follow,
    words_lead,
)
from symderiv.documents.mentions import mentions
from symderiv.documents.new_names import (
    all_known,
    as_stated,
    defined_in_words,
    explains_a_name,
    is_a_member,
    is_at_names,
    is_fresh,
    is_known_slope,
    is_listed,
    is_new_power,
    is_of_what_is_unknown,
    is_property,
    known_by,
    names_a_function,
    names_said,
    said_of_functions,
)
from symderiv.documents.optima import sets_a_slope
from symderiv.documents.role import (
    APART,
    ARROWS,
    CLAIMED,
    CONDITION,
    CONDITIONS,
    DEFINED,
    DEFINITION,
    EXTREMUM,
    INFERENCE,
    POSED,
    RECALLED,
    SPLIT_OFF,
    TOLD,
    Role,
)
from symderiv.documents.rows import BOUNDS
from symderiv.documents.solving import (
    as_a_solution,
    being_solved,
    is_plain_zero,
    is_stationary,
    is_to_be_solved,
    is_what_solves,
    is_zero,
    sets_its_slope_to_zero,
)
from symderiv.documents.split_off import names_a_quantity, splits_off_a_name
from symderiv.formulas import tree as t
from symderiv.formulas.grammar import RELATIONS
from symderiv.formulas.notation import PROBABILITIES
from symderiv.formulas.printing import printed

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
_SUBSCRIPT = re.compile(r"_([A-Za-z])\Z")
_WITH_VALUE = re.compile(
    r"\W*with\s+\$[^$=_]*=[^$]*\$(?:\s*,\s*where\b[^.:]*|\s+and\s+\$[^$]*\$)?\s*,?\s*"
    r"(?:(?:this|that|it|which)\s+(?:is|equals|reads)\s*)?[,:]?\s*\Z",
    re.IGNORECASE,
)
"""`With $b = c^2$,` before another equation for what was said to be something: what it comes to."""
_PUT_IN = re.compile(
    r"\A\W*(?:by\s+)?(?:plugging|inserting|substituting|putting|using|applying|employing|combining|from)\b"
    r"(?!.*\b(?:we|it|this|is|are|yields?|gives?|becomes?|obtain|have|get|results?|follows)\b)(?:[^:;]*[^,:;\s])?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_WE_GET = re.compile(r"\A[\s,;]*(?:we|one|it follows|this (?:gives|yields|becomes)|yields|gives|leads to)\b")
"""`Plugging in the estimate $$b = \\bar{y}$$, we obtain`: words around what is used, and not derived there."""
_HYPOTHETICAL = re.compile(
    r"\b(?:let|assum\w+|suppos\w+|hypothes\w+|null|provided|requir\w+|constrain\w*|if|when)\b", re.IGNORECASE
)
"""Words before what may not hold."""
_FOLLOWING = re.compile(r"\bfollowing\b|\bbelow\b", re.IGNORECASE)
"""Words of a sentence that ends before what it leads to."""
_ONLY_THEN = re.compile(r"\W*(?:then)?\W*", re.IGNORECASE)
_AND = re.compile(r"\W*and(?:\s+also)?\W*", re.IGNORECASE)
"""All that stands between a bound and another one that the same is said of."""
_NAMES = re.compile(r"\b(?:and|with|where|for)\s+(?:the|its|an?)\b[^.]*\Z", re.IGNORECASE)
"""Words that name a thing: `and the remaining term`."""
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
_APPROXIMATES = re.compile(
    r"\b(?:lead|give|yield|suggest|consider|make|use|allow|following|several|number of)\w*\b[^.]{0,30}"
    r"\bapproximations?\b"
    r"(?!.*\b(?:we (?:get|have|obtain|find|see)|becomes?|follows|thus|hence|therefore|gives|yields)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Words for what is only said to be nearly so; not for what is derived by an approximation."""
_POSED = re.compile(
    r"\bsolv(?:e|ing)\s+the\s+following\s+(?:[\w-]+\s+){0,3}?(?:equations?|systems?|problems?)"
    r"(?:\s+(?:for|in)\s[^.:]*)?\W*\Z",
    re.IGNORECASE,
)
"""`This requires us to solve the following equation system for $a$ and $b$:`, before the equations."""
_SETTING = re.compile(r"(?:\A|[,.:;\n])\s*(?:now\s+|and\s+|so\s+)?(?:setting|solving)\W*\Z", re.IGNORECASE)
"""`Setting $$|x - 3| = 0$$ gives`: a word right before an equation from which something follows."""


def roles_of(displays: Sequence[Display]) -> dict[int, Role]:
    """The role of every row, by its identity."""
    roles: dict[int, Role] = {}
    lefts = defined_in_words(displays)
    names: set[tuple[int, str]] = set()
    said = {(display.section, name) for display in displays for row in _in_prose(display) for name in names_said(row)}
    told = {(section, name) for section, found in announced(displays).items() for name in found}
    spoken_of = {(display.section, name) for display in displays for name in _spoken_of(display)}
    before = (-1, Role(""))
    solving: tuple[int, frozenset[str]] = (-1, frozenset())
    for display in displays:
        if display.is_given_up:
            roles |= {id(row): Role("given", "not what is used here") for row in display.rows}
            continue
        inside: set[tuple[int, str]] = set()
        silent = before == (display.section, INFERENCE) and _goes_on(display, names | said | spoken_of, told)
        last = Role("")
        solves = False
        lefts |= said_of_functions(display)
        for row in display.rows:
            follows = isinstance(row.left, t.Name) and THEN.search(last_words(display)) is not None
            derived = isinstance(row.left, t.Derivative) or (follows and row is display.rows[0])
            known = names | inside if row.kind == "sided" else names
            role = _as_told(
                _joined(row, display, before) or _role(row, display, lefts, known | said if derived else known, told),
                row,
                display,
                names | inside | said | spoken_of,
            )
            goes_on = row.kind == "continued" and last == CONDITION and is_condition(row)
            lists = row.kind == "sided" and row.lead not in ARROWS and last.kind == "given"
            lists = lists and (last.reason != EXTREMUM or is_zero(row.left))
            named = role.kind == "inference" and last == DEFINITION and not is_known_slope(row.left, display, lefts)
            named = named and names_a_function(row, display, names | told)
            if goes_on or named or (lists and is_listed(row, display, lefts)):
                role = last
            is_solved = solves and row.kind == "sided" and row.lead not in CONDITIONS and role == DEFINITION
            begins = silent and row is display.rows[0] and role in (DEFINITION, RECALLED)
            if is_solved or begins or (role.kind == "given" and is_a_member(row, display, names | said)):
                role = INFERENCE
            is_open = solving[0] == display.section and is_what_solves(row, display, solving[1])
            role = as_a_solution(role, is_open, is_stationary(row, display, names | said | spoken_of))
            solves = solves or role.reason == EXTREMUM
            last = role
            roles[id(row)] = role
            if row.left is not None and role.kind == "claim":
                lefts.add((display.section, CLAIMED + printed(row.left)))
            if row.left is not None and row.sign == "=" and role.kind != "claim":
                lefts.update((display.section, text) for text in known_by(row.left))
            inside.update((display.section, name) for name in names_said(row))
        names |= inside
        solving = being_solved(solving, display, roles)
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
    return DEFINITION if is_told and is_new and name.text not in names_of(row.right) else role


def _joined(row: Row, display: Display, before: tuple[int, Role]) -> Role | None:
    """The role of a bound of which the same is said as of the relation before it, by an `and`; None of any other."""
    joins = row is display.rows[0] and row.sign in BOUNDS and _AND.fullmatch(display.before) is not None
    return before[1] if joins and before[0] == display.section and before[1].kind == "given" else None


def _goes_on(display: Display, names: set[tuple[int, str]], told: set[tuple[int, str]]) -> bool:
    """True of a mean, an entropy or a probability of what is known, with no words before it: it goes on from above."""
    row = next(iter(display.rows), None)
    if row is None or row.sign != "=" or last_words(display).strip() or not isinstance(row.left, t.Applied):
        return False
    nodes = [node for side in (row.left, row.right) if side is not None for node in t.walk(side)]
    calls = [node for node in nodes if isinstance(node, t.Applied)]
    heads = {call.head.text for call in calls if names_a_quantity(call) or (display.section, call.head.text) in told}
    return row.left.head.text in heads and all((display.section, name) in names for name in names_said(row) - heads)


def _spoken_of(display: Display) -> set[str]:
    r"""The names in the prose beside a display, and the ends of its lists: the `n` of `X_1, \dots, X_n`."""
    named = {name for name, _ in mentions([display])}
    return named | {end for name in named for end in _SUBSCRIPT.findall(name)}


def _in_prose(display: Display) -> tuple[Row, ...]:
    """What the prose around a display says of names, for good or not: of these it is said what they are."""
    return (*display.inline, *display.conditions, *display.limited)


def _is_inferred_law(row: Row, display: Display) -> bool:
    """True of what the words before it make a result: `it follows that $X$ is distributed as`."""
    words = last_words(display)
    given = [match.start() for match in GIVEN.finditer(words)]
    leading = [match.start() for match in LEADS_TO.finditer(words)]
    leads = bool(leading) and (not given or leading[-1] > given[-1])
    is_first = row.sign in (r"\sim", r"\propto") and row.kind == "first" and not display.has_arrow
    return leads and is_first and display.part != "statement"


def _role(
    row: Row, display: Display, lefts: set[tuple[int, str]], names: set[tuple[int, str]], told: set[tuple[int, str]]
) -> Role:
    """The role of a row, by the left sides and names before it, and those of which prose told what they are."""
    if row.sign not in RELATIONS.values():
        goes_on = row.kind == "continued" and row.lead not in CONDITIONS
        kind = "inference" if goes_on or _is_inferred_law(row, display) else "given"
        return Role(kind, "a statement about a kind, not an equation or inequality")
    if row.kind != "continued" and _APPROXIMATES.search(last_words(display)):
        return Role(APART, "an approximation")
    if is_to_be_solved(row, display):
        inferred = is_plain_zero(row) and row.kind != "continued" and sets_a_slope(last_words(display))
        return Role("inference" if inferred else "given", EXTREMUM)
    is_set = _SETTING.search(last_words(display)) is not None and _WE_GET.match(display.after) is not None
    is_set = is_set and row.sign == "="
    if row.kind in ("first", "sided") and row.lead not in ARROWS and (is_set or _POSED.search(last_words(display))):
        return Role("given", POSED)
    if row.kind == "continued":
        return _continued(row, display, names | told, lefts)
    if row.lead in CONDITIONS or is_condition(row) or (row.lead == "," and isinstance(row.left, t.Name | t.Applied)):
        return CONDITION
    if is_range(row):
        return Role("given", "the range of an index")
    if row.lead == "implies" and any(other.sign == r"\sim" for other in display.rows):
        names_new = isinstance(row.left, t.Name) and is_fresh(row, display, names, lefts)
        leads = LEADS_TO.search(last_words(display)) and not names_new
        return Role("inference") if leads else RECALLED
    if display.is_condition and row.kind == "first":
        return CONDITION
    if isinstance(row.left, t.Derivative) and is_zero(row.right) and row.kind == "first":
        return Role("given", EXTREMUM)
    if display.part == "statement":
        words = display.before.split("\n\n")[-1]
        is_claim = bool(_CLAIM.search(words)) or not GIVEN.search(words)
        is_claim = is_claim and not _HYPOTHESIS.search(words) and not row.label
        # A theorem that says something of one thing goes on to do so.
        is_claim = is_claim or (row.left is not None and (display.section, CLAIMED + printed(row.left)) in lefts)
        return Role("claim", "what is to be proved") if is_claim else Role("given", "a hypothesis")
    if row.kind == "restarted":
        return DEFINITION if display.lists_examples else Role("inference")
    seen = row.left is not None and (display.section, printed(row.left)) in lefts
    words = last_words(display)
    if row.kind == "sided":
        fresh = is_fresh(row, display, names, lefts) and not seen
        follows = (
            (row.lead in ARROWS and not is_differential(row.left))
            or is_property(row)
            or _puts_in(row)
            or is_bound(row, words)
        )
        return DEFINITION if fresh and not follows else Role("inference")
    return _first(row, display, seen, names, lefts, told)


def _continued(row: Row, display: Display, names: set[tuple[int, str]], lefts: set[tuple[int, str]]) -> Role:
    """The role of a row whose left side is the right side before it."""
    if row.lead in CONDITIONS:
        return CONDITION
    following = display.rows[display.rows.index(row) + 1 :]
    solved = bool(following) and following[0].lead in ARROWS  # `= 0 \implies x = a`, also behind `then`
    if sets_its_slope_to_zero(row, display) and (solved or not are_conclusive(last_words(display))):
        return Role("given", EXTREMUM)
    known = {name for section, name in names if section == display.section}
    if splits_off_a_name(row, display.rows, known, lambda left: (display.section, DEFINED + printed(left)) in lefts):
        return Role("given", SPLIT_OFF)
    explains = explains_a_name(row, display, names) or is_of_what_is_unknown(row, display, names, lefts)
    return DEFINITION if explains else INFERENCE


def is_asserted(display: Display, displays: Sequence[Display], roles: Mapping[int, Role]) -> bool:
    """True unless the first relation of a display may be a mere supposition: new, with no word that gives it."""
    first = display.rows[0]
    role = roles.get(id(first), Role("inference"))
    words = last_words(display)
    leads = not words.rstrip().endswith(".") or _FOLLOWING.search(words) is not None
    if role.kind != "given" or role.reason == EXTREMUM or (leads and GIVEN.search(words)):
        return True
    stated = (row for other in displays if not other.has_arrow for row in other.rows)
    return any(as_stated(row) == as_stated(first) for row in stated)


def is_supposed(display: Display, role: Role) -> bool:
    """True of what may be a hypothesis or a model: nothing but the text says it."""
    words = MEANS.sub("", last_words(display))
    return role not in (DEFINITION, RECALLED) or SUPPOSED.search(words) is not None


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
    if (_puts_in(row) and not _HYPOTHETICAL.search(words)) or is_of_what_is_put_in(row.left, words):
        return Role("inference")
    property_of = is_property(row)
    if property_of and words.rstrip().endswith("."):
        words = ""  # the sentence before it speaks of its names; nothing leads to it
    inferred = INFERRED.search(words) or MEANS.search(words) or _STEP.fullmatch(words.strip())
    says = GIVEN if _LABEL.fullmatch(words.strip()) is None else _GIVES
    given = says.search(_BESIDE.sub("", MEANS.sub("", words)))
    given = given or INTRODUCED.search(words)
    by = _STATED.search(words) or (given and not words_lead(words))
    explains = _EXPLAINS.search(_BESIDE.sub("", words)) and not (inferred and _WITH.match(words))
    if (seen and _WITH_VALUE.match(words)) or is_solved_for(row.left, words):
        return Role("inference")
    if explains and isinstance(row.left, t.Name | t.Applied):
        return DEFINITION
    if seen and _REDEFINES.search(words):
        return DEFINITION
    if seen:
        return Role("inference") if inferred or not given else RECALLED
    if isinstance(row.left, t.Derivative) and not is_fresh(row, display, names, lefts):
        # What is differentiated is known, and so is its derivative.
        return RECALLED if _STATED.search(words) else Role("inference")
    if is_fresh(row, display, names, lefts):
        if row.sign != "=" and isinstance(row.left, t.Applied) and not by:
            return Role("inference")  # an inequality defines nothing
        told_before = row.left is not None and (display.section, TOLD + printed(row.left)) in lefts
        if ((_is_of_itself(row) and THEN.search(words)) or (told_before and words_follow(words))) and not by:
            return Role("inference")  # what stands on both sides defines nothing, nor what was said to be something
        compound = isinstance(row.left, t.Applied) and (inferred or property_of) and not by
        known = _is_quantity(row.left) or all_known(row, display, names)
        known = known or (all_known(row, display, names | told) and not is_datum(row, words))
        return Role("inference") if compound and known else DEFINITION
    about = names_of(row.left) if row.left is not None else frozenset()
    follows = THUS.match(words) and all((display.section, name) in names for name in about)
    if (given and not words_lead(words) and not follows) or (_PUT_IN.search(words) and _WE_GET.match(display.after)):
        return RECALLED
    if (not words.strip() or _FOR.search(words)) and is_new_power(row.left, display, names):
        return DEFINITION
    if isinstance(row.left, t.Name) and not inferred and _NAMES.search(words):
        return DEFINITION  # it was used before, and nothing leads to it
    following = display.rows[display.rows.index(row) + 1 :]
    if following and following[0].lead == "implies" and _ONLY_THEN.fullmatch(words):
        return CONDITION  # what an implication supposes
    return Role("inference")


def _puts_in(row: Row) -> bool:
    r"""True of `E[\bar{x}] = E[\frac{1}{n} \sum_i x_i]` and `E[z] = m + s E[\epsilon]`: by what the name stands for."""
    left, right = row.left, row.right
    if not isinstance(left, t.Applied) or right is None or not names_a_quantity(left):
        return False
    calls = [node for node in t.walk(right) if isinstance(node, t.Applied) and node.head.text == left.head.text]
    same = [printed(part) for part in left.before]
    return bool(calls) and all([printed(part) for part in call.before] != same for call in calls)


def _is_of_itself(row: Row) -> bool:
    """True of `V(a x) = a V(x)` and `p(x, y) = p(x) p(y)`, which are no definitions; recurrences for `T(n)` are."""
    left, right = row.left, row.right
    if not isinstance(left, t.Applied) or right is None or (is_at_names(left) and left.head.base not in PROBABILITIES):
        return False
    return any(isinstance(node, t.Applied) and node.head.text == left.head.text for node in t.walk(right))


def _is_quantity(node: t.Node | None) -> bool:
    """True of a moment, an entropy or the probability of a compound event: what these are is defined already."""
    if not isinstance(node, t.Applied):
        return False
    compound = any(isinstance(part, t.Total | t.Operation) for argument in node.before for part in t.walk(argument))
    return names_a_quantity(node) or compound
