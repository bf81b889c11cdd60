r"""Which random variables of a text follow which families: `X \sim \mathrm{Gam}(a, b)`, and `P: X \sim ...` for a p(x).

A variable that is said to follow several families without names for them follows none for certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

from sympy import Expr, Integer, preorder_traversal

from symderiv.documents.degrees import is_beyond_variances
from symderiv.documents.displays import DRAWN_FROM, Display, Row
from symderiv.documents.mentions import spoken_of
from symderiv.documents.names import names_in
from symderiv.documents.random_facts import read_value
from symderiv.documents.role import Role
from symderiv.documents.said_of_random import MomentsOf
from symderiv.formulas import tree as t
from symderiv.formulas.general import Terms
from symderiv.formulas.notation import PROBABILITIES
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Unread
from symderiv.formulas.usage import MOMENTS
from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.terms import Symbol, Term
from symderiv.language import densities as d
from symderiv.language import matrices as m
from symderiv.language import written as w
from symderiv.language.encode import encode
from symderiv.language.laws import UNIFORM, Law, facts_of_law, name_of, replaced
from symderiv.language.parameter_ranges import INTERVALS
from symderiv.language.random_variables import Mean, Moment, RandomVariable, Variance, free_variables
from symderiv.model.statement import Definition, Proposition, Relation, Statement

_DRAWN = re.compile(
    r"\b(?:densit\w+|distribut\w+|draw\w*|sampled|data|observ\w+|noise|independent\w*)\b", re.IGNORECASE
)
"""Words by which a small letter may be no value of the variable that is called by the capital."""
_DENSITIES = ("p", "q", "r", "f", "g", "h")
"""Letters for densities."""
TRIED = 3
"""Points at which a density that a text defines is compared with that of its family."""


@dataclass
class Laws:
    """The laws of random variables by name, and of the densities that stand for them by head and argument."""

    of_variables: dict[str, Law] = field(default_factory=dict)
    of_densities: dict[tuple[str, str], Law] = field(default_factory=dict)
    of_families: dict[str, Law] = field(default_factory=dict)
    r"""The laws of indexed families, `x_i \sim ...`, by their stems."""
    drawn: set[str] = field(default_factory=set)
    """All names of which the text says what they are drawn from."""
    unread: set[str] = field(default_factory=set)
    """The names that are drawn from what is not known here."""

    def facts(self, propositions: Iterable[Proposition]) -> list[Proposition]:
        """What the laws say of the means in some relations."""
        sides = tuple(side for p in propositions for side in (p.left, p.right))
        called = dict(self.of_variables)
        # `E[\ln p(x)]` is a mean over the values of X.
        called |= {n.lower(): law for n, law in self.of_variables.items() if n.lower() not in self.drawn}
        found = [fact for name, law in called.items() for fact in facts_of_law(law, name, sides)]
        for (head, argument), law in self.of_densities.items():
            # The space of a mean with the density below its brackets is called after that.
            found += facts_of_law(law, argument, sides, rf"\Pr_{{{head}\left({argument}\right)}}")
        moments = dict.fromkeys(p for side in sides for p in preorder_traversal(side) if isinstance(p, Moment))
        made = _made_by((p.left, p.right) for p in propositions if p.relation is Relation.EQUAL)
        followed = frozenset((*self.of_variables, *self.of_families))
        whole = ((moment, _put_in(moment, made)) for moment in moments)
        # Of sums, the means of their parts say everything.
        asked = [(moment, other if is_beyond_variances(other, followed) else moment) for moment, other in whole]
        asked += [(moment, moment) for moment in _of_each(moments, _variables_of(sides))]
        known = ((moment, self._known(other)) for moment, other in asked)
        return found + [Proposition(m, Relation.EQUAL, stated[1]) for m, stated in known if stated is not None]

    def leave_open(self, proposition: Proposition, definitions: Iterable[Definition] = ()) -> bool:
        """True of a value for a moment of what follows a law that no finite model has, or that is not known here."""
        made = _made_by((known.name, known.body) for known in definitions)
        sides = [
            [_put_in(part, made) for part in preorder_traversal(side) if isinstance(part, Moment)]
            for side in (proposition.left, proposition.right)
        ]
        moments = [moment for side in sides for moment in side]
        if not moments or all(sides):
            return False
        names = {name_of(part) for m in moments for part in preorder_traversal(m) if isinstance(part, RandomVariable)}
        followed = {*self.of_variables, *self.of_families, *self.drawn}
        unknown = (moment for moment in moments if self._known(moment) is None)
        return not names.isdisjoint(self.unread) or any(is_beyond_variances(moment, followed) for moment in unknown)

    def value(self, proposition: Proposition) -> Expr | None:
        """The mean or the variance on the left, where the law of the variable is known.

        None where the right side has other names in it than the parameters of the law.
        """
        moment = proposition.left
        known = self._known(moment) if isinstance(moment, Moment) else None
        if known is None:
            return None
        law, value = known
        parameters = frozenset[str]().union(*map(names_in, law.parameters))
        return value if names_in(proposition.right) <= parameters else None

    def _known(self, moment: Moment) -> tuple[Law, Expr] | None:
        """The law of the one variable of a mean or variance, and its value by that."""
        variables = {part for part in preorder_traversal(moment) if isinstance(part, RandomVariable)}
        if len(variables) != 1:
            return None
        (variable,) = variables
        law = self.of_variables.get(name_of(variable))
        moments = None if law is None else law.moments()
        if law is None or moments is None:
            return None
        mean, variance = moments
        square = w.Plus(variance, w.Raised(mean, Integer(2)))
        kinds = ((Mean, variable, mean), (Mean, w.Raised(variable, Integer(2)), square), (Variance, variable, variance))
        space, drawn = moment.args[:2]
        known = (value for kind, body, value in kinds if moment == kind.build(space, drawn, (), (body,)))
        value = next(known, law.mean_of(moment.args[3], variable) if isinstance(moment, Mean) else None)
        return None if value is None else (law, value)


def _made_by(equations: Iterable[tuple[Expr, Expr]]) -> dict[Expr, Expr]:
    """What random variables are made of by equations: the first one for each."""
    made: dict[Expr, Expr] = {}
    for name, body in equations:
        if isinstance(name, RandomVariable) and name not in _variables_of([body]) and _variables_of([body]):
            made.setdefault(name, body)
    return made


def _put_in(moment: Moment, made: Mapping[Expr, Expr]) -> Moment:
    """A moment of what is made of another variable by that: `E[e^X]` for `E[Y]` with `Y = e^X`."""
    (space, drawn, given), bodies = moment.args[:3], moment.args[3:]
    names = [name for name in made if any(name in _variables_of([body]) for body in bodies)]
    if len(names) != 1 or not free_variables(made[names[0]]) <= free_variables(names[0]):
        return moment
    inner = tuple(replaced(body, names[0], made[names[0]]) for body in bodies)
    return type(moment).build(space, drawn, given, inner)


def _variables_of(sides: Iterable[Expr]) -> set[RandomVariable]:
    return {part for side in sides for part in preorder_traversal(side) if isinstance(part, RandomVariable)}


def _of_each(moments: Mapping[Moment, None], all_of_them: Set[RandomVariable]) -> Iterator[Moment]:
    """The mean of each variable in moments of several, and of its square; and of those of which others are made."""
    inside = {moment: _variables_of([moment]) for moment in moments}
    made_of = all_of_them - frozenset[RandomVariable]().union(*inside.values())
    for moment, own in inside.items():
        for variable in sorted((own if len(own) > 1 else set()) | made_of, key=str):
            outcomes = free_variables(variable)
            drawn = tuple(outcome for outcome in moment.args[1] if outcome in outcomes)
            for body in (variable, w.Raised(variable, Integer(2))) if drawn else ():
                mean = Mean.build(moment.args[0], drawn, (), (body,))
                if isinstance(mean, Moment):
                    yield mean


def laws_of(
    displays: Sequence[Display], roles: Mapping[int, Role], terms: Terms, said: Iterable[MomentsOf] = ()
) -> Laws:
    """The laws that a section states of plain names, by the convention that its density and its moments are of."""
    stated: list[tuple[str, str, Law]] = []
    unclear: set[str] = set()
    families: dict[str, str] = {}
    discrete = any(re.search(r"\bdiscrete\b", display.before) for display in displays)
    prose = [text for display in displays for text in (display.before, display.after)]
    for display, row, left in _drawn(displays, roles):
        if len(left.lower) == 1 and terms.index(left.lower[0]) is not None:
            families[left.text] = left.stem
        supposed = display.has_arrow if row in display.rows else row not in display.inline
        law = None if supposed or left.text in terms.shapes.matrices else _law(row.right, terms)
        law = None if law is None else _as_called(law, row.right, prose)
        if law is None or (law.family == UNIFORM and discrete):
            unclear.add(left.text)
        else:
            stated.append((row.label.strip(": "), left.text, law))
    drawn = {left.text for *_, left in _drawn(displays)} | spoken_of(displays, _DRAWN)
    random = drawn | _with_densities(displays)
    spoken = [(stated.name, *pair) for stated in said for pair in (("E", stated.mean), ("Var", stated.variance))]
    laws = Laws(drawn=drawn, unread=unclear - {name for _, name, _ in stated})
    for label, name, written in stated:
        moments = _given_moments(displays, roles, name)
        for _, kind, value in (stated for stated in spoken if stated[0] == name and stated[2]):
            with suppress(Unread):
                moments.append((kind, read_value(terms, value)))
        meant = written if label else _by_convention(written, name, moments, terms)
        if meant is None:
            continue  # the text means another parameter by it
        others = {(other, known.family, known.parameters) for other, same, known in stated if same == name}
        if name in unclear or (len(others) > 1 and not label):
            continue
        if any(not names_in(p).isdisjoint(random) for p in meant.parameters):
            continue  # this is a law for given values of what is random itself
        if name in families:
            laws.of_families[families[name]] = meant
            continue
        argument = name.lower()
        if label:
            if len([other for other, *_ in others if other == label]) == 1:
                laws.of_densities[label.lower(), argument] = meant
            continue
        laws.of_variables[name] = meant
        if meant.family == UNIFORM:
            continue  # its density is not one formula everywhere
        plain = ("f", "p") if len({n for _, n, _ in stated}) == 1 and not _has_conditional(displays, argument) else ()
        for head in (f"f_{name}", f"p_{name}", *plain):
            laws.of_densities[head, argument] = meant
    return laws


def densities_of(displays: Sequence[Display], terms: Terms) -> dict[tuple[str, str], Law]:
    r"""What a section says densities to be without their argument: `let $p = \mathcal{N}(\mu, \sigma^2)$`.

    By head and argument, as `Laws.of_densities`; none of which two things are said.
    """
    found: dict[str, set[Law]] = {}
    for display in displays:
        for row in (*display.rows, *display.inline):
            if row.sign == "=" and isinstance(row.left, t.Name) and row.left.text in _DENSITIES and row.problem is None:
                law = _law(row.right, terms) if _is_family(row.right) else None
                if law is not None and law.family != UNIFORM and not display.has_arrow:
                    found.setdefault(row.left.text, set()).add(law)
    known = {name: next(iter(laws)) for name, laws in found.items() if len(laws) == 1}
    return {(name, argument): law for name, law in known.items() for argument in _arguments_of(name, displays)}


def _is_family(node: t.Node | None) -> bool:
    r"""True of `\mathcal{N}(...)` and `\mathrm{Gam}(...)`, in the fonts of families."""
    return isinstance(node, t.Applied) and node.head.text.startswith(("\\mathcal{", "\\mathrm{", "\\text{"))


def _arguments_of(head: str, displays: Sequence[Display]) -> set[str]:
    """To which names a function is applied alone."""
    sides = (side for display in displays for row in display.rows for side in (row.left, row.right) if side is not None)
    calls = (node for side in sides for node in t.walk(side) if isinstance(node, t.Applied) and node.head.text == head)
    return {printed(call.before[0]) for call in calls if not call.bar and len(call.before) == 1}


def _drawn(
    displays: Sequence[Display], roles: Mapping[int, Role] | None = None
) -> Iterator[tuple[Display, Row, t.Name]]:
    """What displays and the prose around them say of names, that these are drawn from.

    With `roles`, not what a text comes to of a name that an equation defines: that may be wrong.
    """
    defined = set() if roles is None else _defined(displays)
    inferred = {key for key, role in (roles or {}).items() if role.kind == "inference"}
    for display in displays:
        for row in (*display.rows, *display.inline, *display.limited, *display.conditions):
            if row.sign != DRAWN_FROM or not isinstance(row.left, t.Name) or row.problem is not None:
                continue
            if row.left.text not in defined or id(row) not in inferred:
                yield display, row, row.left


def _defined(displays: Sequence[Display]) -> set[str]:
    """The names of which an equation says what they are."""
    rows = (row for display in displays for row in (*display.rows, *display.inline) if row.sign == "=")
    return {row.left.text for row in rows if isinstance(row.left, t.Name) and row.right is not None}


def _with_densities(displays: Sequence[Display]) -> set[str]:
    r"""The names of which a text has densities, such as the prior `p(\mu)`: these are random."""
    sides = (side for display in displays for row in display.rows for side in (row.left, row.right) if side is not None)
    calls = [node for side in sides for node in t.walk(side) if isinstance(node, t.Applied)]
    names = (call.before[0] for call in calls if call.head.base in PROBABILITIES and len(call.before) == 1)
    return {name.text for name in names if isinstance(name, t.Name)}


def _has_conditional(displays: Sequence[Display], argument: str) -> bool:
    """True where a text speaks of the density given something else, so that p(x) may be a marginal one."""
    sides = (side for display in displays for row in display.rows for side in (row.left, row.right) if side is not None)
    calls = (node for side in sides for node in t.walk(side) if isinstance(node, t.Applied) and node.bar == "|")
    return any(printed(part) == argument for call in calls for part in call.before)


def _as_called(law: Law, node: t.Node | None, prose: Sequence[str]) -> Law:
    """The law with the parameter that the text calls its last one: a deviation, a precision, a scale or a mean."""
    last = node.before[-1] if isinstance(node, t.Applied) else None
    if not isinstance(last, t.Name):
        return law
    *first, parameter = law.parameters
    inverse = w.Quotient(Integer(1), parameter)
    meant = (
        {"standard deviation": w.Raised(parameter, Integer(2)), "precision": inverse} if law.family == "normal" else {}
    )
    meant |= {"scale": inverse} if law.family in ("gamma", "exponential") else {}
    meant |= {"mean": inverse} if law.family == "exponential" else {}
    for word, value in meant.items():
        name = rf"\$\s*{re.escape(last.text)}\s*\$"
        called = re.compile(
            rf"\b{word}\s+(?:parameter\s+)?{name}|{name}\s+(?:is|denotes|being|be|as)\s+(?:the\s+|its\s+|a\s+)?{word}\b"
        )
        if any(map(called.search, prose)):
            return replace(law, parameters=(*first, value))
    return law


def _by_convention(law: Law, name: str, moments: Sequence[tuple[str, t.Node]], terms: Terms) -> Law | None:
    """The law with the parameters that the text means; None where it gives the density values of none that is known."""
    fitting = [other for other in (law, *law.others()) if not _is_contradicted(other, name, terms)]
    return next((other for other in fitting if _has_moments(other, moments, terms)), next(iter(fitting), None))


def _given_moments(displays: Sequence[Display], roles: Mapping[int, Role], name: str) -> list[tuple[str, t.Node]]:
    """What a section gives as the mean and the variance of a name."""
    found: list[tuple[str, t.Node]] = []
    for row in (row for display in displays for row in display.rows if id(row) in roles):
        given = row.sign == "=" and row.problem is None and roles[id(row)].kind == "given"
        match row.left:
            case t.Applied(head=head, before=(t.Name(text=text),)) if given and text == name and row.right is not None:
                found.append((MOMENTS.get(head.text, ""), row.right))
            case _:
                continue
    return found


def _has_moments(law: Law, stated: Sequence[tuple[str, t.Node]], terms: Terms) -> bool:
    """True unless the mean or the variance is another, at some point that is tried."""
    moments = law.moments()
    for kind, right in stated if moments is not None else ():
        with suppress(Unread, w.LanguageError):
            own = dict(zip(("E", "Var"), moments or (), strict=False)).get(kind)
            if own is not None and _differ(own, terms.number(right)):
                return False
    return True


def _differ(one: Expr, other: Expr) -> bool:
    """True of numbers that differ at some point that is tried.

    Raises:
        LanguageError: they are no numbers.
    """
    stated = encode(Statement(Proposition(one, Relation.EQUAL, other)))
    return any(_is_false(stated.conclusion, seed) for seed in range(TRIED))


def _is_contradicted(law: Law, name: str, terms: Terms) -> bool:
    """True where the text gives the density other values, at some point between 0 and 1 that is tried."""
    argument = t.Name(0, 0, name.lower(), name.lower(), (), name.lower())
    for head in (f"f_{name}", f"p_{name}", "f", "p"):
        call = t.Applied(0, 0, t.Name(0, 0, head, head[:1], (), head[:1]), "(", (argument,), "", (), ())
        defined = terms.functions.at(call, -1)
        if defined is None or not defined[0].given:
            continue
        with suppress(Unread, w.LanguageError):
            if _differ(law.density(w.Scalar(argument.text)), terms.number(defined[1])):
                return True
    return False


def _is_false(equation: Term, seed: int) -> bool:
    random = Random(seed)
    names = sorted(part.name for part in equation.free if isinstance(part, Symbol))
    values = {name: Fraction(random.randint(1, 9), 10) for name in names}
    try:
        return Evaluator(Model(symbols=values)).holds(equation) is False
    except (Rejected, Undefined):
        return False


def _law(node: t.Node | None, terms: Terms) -> Law | None:
    """The family on the right of the sign; None of one that is not known, or of a vector."""
    if not isinstance(node, t.Applied) or node.bar:
        return None
    interval = node.head.base in INTERVALS
    family = UNIFORM if interval else d.NAMES.get(node.head.base)
    if family is None or len(node.before) != (2 if interval else d.FAMILIES[family][1] - 1):
        return None
    try:
        parameters = tuple(terms.expression(part) for part in node.before)
    except Unread:
        return None
    if any(m.shape_of(parameter) != m.NUMBER for parameter in parameters):
        return None
    return Law(family, parameters, "")
