r"""Which random variables of a text follow which families: `X \sim \mathrm{Gam}(a, b)`, and `P: X \sim ...` for a p(x).

A variable that is said to follow several families without names for them follows none for certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from symderiv.documents.reading import Display
from symderiv.formulas import tree as t
from symderiv.formulas.general import Terms
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Unread
from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.terms import Symbol, Term
from symderiv.language import densities as d
from symderiv.language import matrices as m
from symderiv.language import written as w
from symderiv.language.encode import encode
from symderiv.language.laws import Law, facts_of_law
from symderiv.model.statement import Proposition, Relation, Statement

TRIED = 3
"""Points at which a density that a text defines is compared with that of its family."""


@dataclass
class Laws:
    """The laws of random variables by name, and of the densities that stand for them by head and argument."""

    of_variables: dict[str, Law] = field(default_factory=dict)
    of_densities: dict[tuple[str, str], Law] = field(default_factory=dict)

    def facts(self, propositions: Iterable[Proposition]) -> list[Proposition]:
        """What the laws say of the means in some relations."""
        sides = tuple(side for p in propositions for side in (p.left, p.right))
        found = [fact for name, law in self.of_variables.items() for fact in facts_of_law(law, name, sides)]
        for (head, argument), law in self.of_densities.items():
            # The space of a mean with the density below its brackets is called after that.
            found += facts_of_law(law, argument, sides, rf"\Pr_{{{head}\left({argument}\right)}}")
        return found


def laws_of(displays: Sequence[Display], terms: Terms) -> Laws:
    """The laws that a section states of plain names."""
    stated: list[tuple[str, str, Law]] = []
    unclear: set[str] = set()
    for display in displays:
        for row in display.rows:
            if row.sign != r"\sim" or not isinstance(row.left, t.Name) or row.problem is not None:
                continue
            name = row.left.text
            law = None if display.has_arrow or row.left.text in terms.shapes.matrices else _law(row.right, terms)
            if law is None:
                unclear.add(name)
            else:
                stated.append((row.label.strip(": "), name, law))
    laws = Laws()
    for label, name, law in stated:
        if not label and _is_contradicted(law, name, terms):
            continue  # the text means another parameter by it
        others = {(other, known.family, known.parameters) for other, same, known in stated if same == name}
        if name in unclear or (len(others) > 1 and not label):
            continue
        argument = name.lower()
        if label:
            if len([other for other, *_ in others if other == label]) == 1:
                laws.of_densities[label.lower(), argument] = law
            continue
        laws.of_variables[name] = law
        plain = ("f", "p") if len({n for _, n, _ in stated}) == 1 and not _has_conditional(displays, argument) else ()
        for head in (f"f_{name}", f"p_{name}", *plain):
            laws.of_densities[head, argument] = law
    return laws


def _has_conditional(displays: Sequence[Display], argument: str) -> bool:
    """True where a text speaks of the density given something else, so that p(x) may be a marginal one."""
    sides = (side for display in displays for row in display.rows for side in (row.left, row.right) if side is not None)
    calls = (node for side in sides for node in t.walk(side) if isinstance(node, t.Applied) and node.bar == "|")
    return any(printed(part) == argument for call in calls for part in call.before)


def _is_contradicted(law: Law, name: str, terms: Terms) -> bool:
    """True where the text gives the density other values, at some point between 0 and 1 that is tried."""
    argument = t.Name(0, 0, name.lower(), name.lower(), (), name.lower())
    for head in (f"f_{name}", f"p_{name}", "f", "p"):
        call = t.Applied(0, 0, t.Name(0, 0, head, head[:1], (), head[:1]), "(", (argument,), "", (), ())
        defined = terms.functions.at(call, -1)
        if defined is None or not defined[0].given:
            continue
        try:
            sides = (law.density(w.Scalar(argument.text)), terms.number(defined[1]))
            stated = encode(Statement(Proposition(sides[0], Relation.EQUAL, sides[1])))
        except (Unread, w.LanguageError):
            continue
        if any(_is_false(stated.conclusion, seed) for seed in range(TRIED)):
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
    family = d.NAMES.get(node.head.base)
    if family is None or len(node.before) + 1 != d.FAMILIES[family][1]:
        return None
    try:
        parameters = tuple(terms.expression(part) for part in node.before)
    except Unread:
        return None
    if any(m.shape_of(parameter) != m.NUMBER for parameter in parameters):
        return None
    return Law(family, parameters, "")
