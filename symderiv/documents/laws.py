r"""Which random variables of a text follow which families: `X \sim \mathrm{Gam}(a, b)`, and `P: X \sim ...` for a p(x).

A variable that is said to follow several families without names for them follows none for certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from symderiv.documents.reading import Display
from symderiv.formulas import tree as t
from symderiv.formulas.general import Terms
from symderiv.formulas.source import Unread
from symderiv.language import densities as d
from symderiv.language import matrices as m
from symderiv.language.laws import Law, facts_of_law
from symderiv.model.statement import Proposition


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
        others = {(other, known.family, known.parameters) for other, same, known in stated if same == name}
        if name in unclear or (len(others) > 1 and not label):
            continue
        argument = name.lower()
        if label:
            if len([other for other, *_ in others if other == label]) == 1:
                laws.of_densities[label.lower(), argument] = law
            continue
        laws.of_variables[name] = law
        for head in (f"f_{name}", f"p_{name}", *(("f", "p") if len({n for _, n, _ in stated}) == 1 else ())):
            laws.of_densities[head, argument] = law
    return laws


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
