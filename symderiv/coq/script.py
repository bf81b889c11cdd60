"""The proof of one lemma as it is written: equations that were shown on the way, each under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from symderiv.coq.names import Names
from symderiv.coq.polynomials import OPENED
from symderiv.coq.reflection import Reflection
from symderiv.coq.signs import Signs
from symderiv.coq.statements import Statements
from symderiv.kernel import terms as k


class Equation(NamedTuple):
    """`left = right`, for all values of the opened indices in them; `proof` applies what shows it."""

    left: k.Term
    right: k.Term
    proof: str


class Shown(NamedTuple):
    """An equation under a name in Coq, for all values of its variables."""

    name: str
    variables: tuple[k.Index, ...]
    left: k.Term
    right: k.Term


class Use(NamedTuple):
    """A multiple of an equation, summed over `bound`."""

    coefficient: Fraction
    bound: tuple[k.Index, ...]
    rest: tuple[k.Term, ...]
    equation: Equation


class Script:
    """Collects the sentences that prove one lemma."""

    def __init__(self, names: Names, hypotheses: dict[str, k.Term]) -> None:
        self.names = names
        self.hypotheses = hypotheses
        self.statements = Statements(names)
        self.signs = Signs(hypotheses, self.statements)
        self.sentences: list[str] = []
        self._reflection = Reflection(names)
        self._fixed = [k.Index(name, signature.domain) for name, _, signature in names.all("index")]
        self._shown: dict[tuple[k.Term, k.Term], Shown] = {}

    def tables(self) -> str:
        """The definitions that the sentences rely on."""
        return self._reflection.tables()

    def variables(self, *terms: k.Term) -> list[k.Index]:
        """The opened indices in some terms, in the order of their first occurrence."""
        found = dict.fromkeys(part for term in terms for part in k.subterms(term))
        return [index for index in found if isinstance(index, k.Index) and index.name.startswith(OPENED)]

    def binders(self, indices: Sequence[k.Index]) -> str:
        """Function arguments for indices and the proofs of their ranges."""
        names = [self.statements.index(index) for index in indices]
        sizes = [self.names("size", index.domain) for index in indices]
        return " ".join(f"({n} : nat) (r_{n} : ({n} < {size})%nat)" for n, size in zip(names, sizes, strict=True))

    def show(self, left: k.Term, right: k.Term, tactic: str) -> Shown:
        """Adds an equation for all values of its opened indices; it is written once."""
        known = self._shown.get((left, right))
        if known is None:
            variables = self.variables(left, right)
            known = Shown(f"e{len(self._shown)}", tuple(variables), left, right)
            self._shown[left, right] = known
            binders = self.binders(variables)
            statement = f"{self.statements.real(left)} = {self.statements.real(right)}"
            quantified = f"forall {binders}, {statement}" if binders else statement
            arguments = " ".join(f"{n} r_{n}" for n in map(self.statements.index, variables))
            intros = f"intros {arguments}; " if arguments else ""
            self.sentences.append(f"assert ({known.name} : {quantified}).\n{{ {intros}{tactic} }}")
        return known

    def instance(self, shown: Shown, values: Mapping[k.Term, k.Term]) -> Equation:
        """An equation that was shown, at values of its variables."""
        chosen = [values.get(variable, variable) for variable in shown.variables]
        left, right = (k.substitute(side, values) for side in (shown.left, shown.right))
        return Equation(left, right, self.signs.applied(shown.name, chosen))

    def by_term(self, left: k.Term, right: k.Term, proof: str) -> Equation:
        """Adds an equation that a proof term shows."""
        return self.instance(self.show(left, right, f"exact ({proof})."), {})

    def by_uses(self, left: k.Term, right: k.Term, uses: Sequence[Use]) -> Equation:
        """Adds an equation that is a linear combination of others."""
        return self.instance(self.show(left, right, self.combination(left, right, uses)), {})

    def combination(self, left: k.Term, right: k.Term, uses: Sequence[Use]) -> str:
        """The tactics that show `left = right` as a linear combination of equations."""
        indices = [*self._fixed, *self.variables(left, right)]
        levels: dict[k.Term, int] = {index: level for level, index in enumerate(indices)}
        depth = len(indices)
        written, proofs = [], "I"
        for use in reversed(uses):
            inside = levels | dict[k.Term, int](zip(use.bound, range(depth, depth + len(use.bound)), strict=True))
            below = depth + len(use.bound)
            multiplier = k.Multiply((k.Number(use.coefficient), *use.rest))
            sides = [self._reflection.term(t, inside, below) for t in (multiplier, *use.equation[:2])]
            domains = "; ".join(str(self._reflection.domain(index.domain)) for index in use.bound)
            written.append(f"Use [{domains}]%nat {' '.join(sides)}")
            head = f"fun {self.binders(use.bound)} => " if use.bound else ""
            proofs = f"(conj ({head}{use.equation.proof}) {proofs})"
        environment = "; ".join(map(self.statements.index, indices))
        terms = f"{self._reflection.term(left, levels, depth)} {self._reflection.term(right, levels, depth)}"
        items = ";\n   ".join(reversed(written))
        return (
            f"refine (equal_by dims ats {depth} (given [{environment}])\n  [{items}]\n  {terms} _ _);\n"
            f"  [exact {proofs}|vm_compute; reflexivity]."
        )
