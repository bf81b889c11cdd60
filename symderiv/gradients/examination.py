"""All named gradients of a program, one after the other: proved, refuted, or neither.

Nothing here is trusted: proofs and counterexamples are replayed by the kernel where the report is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from symderiv.gradients.blame import blame_of
from symderiv.gradients.comparison import Comparison, comparisons, directional, factor_of, is_so_measured
from symderiv.gradients.counterexamples import Refutation, differs, differs_in_more_digits, refutation
from symderiv.gradients.measured import holds_in
from symderiv.gradients.models import models_of
from symderiv.gradients.proofs import LARGEST, LARGEST_OF_MANY, Proved, by_induction, by_splitting, proof_of
from symderiv.gradients.repairs import Repair, own_repair, repair_of
from symderiv.gradients.statements import cell_of, gradient_expression, jumps, kinks
from symderiv.gradients.system import Claims, System, targets
from symderiv.gradients.wording import in_words
from symderiv.kernel import terms as k
from symderiv.kernel.facts import head_of
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.terms import subterms
from symderiv.loops.derivative import backward_by_results, backward_of
from symderiv.loops.equations import Edge, can_be_expanded
from symderiv.loops.fixed_sizes import written_out
from symderiv.loops.inlining import inlined, inlined_beside, inlined_carried
from symderiv.loops.instances import Data
from symderiv.loops.latex import latex_of_expression
from symderiv.loops.maxima import with_plain_maxima
from symderiv.loops.naming import with_inner_values
from symderiv.loops.notation import entry_text
from symderiv.loops.relations import Shape
from symderiv.model.program import Program, Read, Variable, of_atom
from symderiv.model.span import Span
from symderiv.second_opinion import Disagreement, Opinion, opinion

Uses = dict[tuple[str, str], tuple[str, str, Proved]]
Found = tuple[Proved, Uses]
LATE = 100
"""Runs that are tried where a gradient is neither proved nor wrong in the first runs."""


@dataclass(frozen=True)
class Examined:
    """One named gradient: as claimed, as derived (LaTeX), and what was found.

    `uses` are other equations that a proof rests on: the tensor of the claimed program and the gradient that it is.
    `conditions` are those of all of them, as a reader says them.  `kinks` are the points that are excluded (LaTeX).
    `factor` is what a wrong claim is right up to.  `agreeing` counts the runs on numbers without a difference.
    """

    tensor: str
    span: Span
    left: str
    right: str
    outcome: Proved | Refutation | Disagreement | None
    reason: str = ""
    uses: tuple[tuple[str, str, Proved], ...] = ()
    conditions: tuple[k.Term, ...] = ()
    kinks: tuple[str, ...] = ()
    repair: Repair | None = None
    factor: str = ""
    agreeing: int = 0


def examine(program: Program, seed: int, mends: bool = True) -> tuple[Examined, ...]:
    """Every named gradient, with repairs if it `mends`.  The static analysis has found nothing wrong."""
    examination = _Examination(with_plain_maxima(program), seed)
    examination.mends = mends
    return tuple(examination.all())


class Shared:
    """What was found out about equations that several programs have: proofs, and second opinions on them."""

    def __init__(self) -> None:
        self.proofs: dict[tuple[str, str], list[tuple[System, Proved]]] = {}
        self.opinions: dict[Sequent, Opinion] = {}

    def proof(self, systems: Sequence[System], tensor: str, claimed: str) -> tuple[Proved, System] | None:
        """A proof of the equation of a gradient from what all it mentions is in another program and in this one."""
        for other, found in self.proofs.get((tensor, claimed), ()):
            terms = (found.goal.conclusion, *found.goal.hypotheses)
            names = {name for term in terms for name in heads(term)}
            for system in systems:
                is_same = other.conclusion(tensor, claimed) == system.conclusion(tensor, claimed)
                if is_same and all(other.definition(name) == system.definition(name) for name in names):
                    return found, system
        return None


class _Examination:
    def __init__(
        self, program: Program, seed: int, crossed: bool = False, edged: bool = False, shared: Shared | None = None
    ) -> None:
        """With `crossed`, one claimed gradient may be that of another tensor too, as in a closed form; with `edged`,
        one may be right except at an edge.
        """
        self.shared = shared or Shared()
        self.program = program
        self.crossed = crossed
        self.seed = seed
        self.has_kinks = any(True for _ in kinks((*backward_of(program), *program.backward)))
        count = 4 if self.has_kinks else 2
        self.runs = [run for run, _ in zip(comparisons(program, seed), range(count), strict=False)]
        played = self._played()
        edges = self._edges(played) if edged else {}
        claims = Claims({**played, **{tensor: f"{tensor}.grad" for tensor in edges}}, edges)
        one_step = inlined(program)
        self.programs = (program,) if one_step is program else (program, one_step)
        plain = written_out(program)
        ways = self.programs if plain is program else (*self.programs, plain)
        self.expanded = System(plain, claims, expand=True)
        self.systems = [System(p, claims) for p in ways]
        if can_be_expanded(plain):
            self.systems.append(self.expanded)
        if one_step is not program:
            for beside, derived in (inlined_beside(program), inlined_carried(program)):
                self.systems.append(System(beside, claims, derived=derived))
        by_results = backward_by_results(program)
        if by_results != backward_of(program):
            self.systems.append(System(program, claims, derived=by_results))
        self.ways = list(self.systems)
        self.known: dict[tuple[str, str], Proved | None] = {}
        self.rests_on: dict[tuple[str, str], set[str]] = {}
        self.holding: set[tuple[System, k.Term]] = set()
        self.repair: Repair | None = None
        self.is_repaired = False
        self.mends = True
        self.is_quick = False
        self.simple: Data | None = None
        self.values: dict[str, str] = {}
        self.is_misstated = False

    def _played(self) -> dict[str, str]:
        """Which tensor is which gradient: by the numbers of all runs; by name where there are none."""
        computed = targets(self.program.backward)
        if not self.runs:
            return {n[:-5]: n for n in computed if n.endswith(".grad") and n[:-5] in self.program.shapes}
        found = self.runs[0].played_by()
        if not self.crossed:
            found = {t: n for t, n in found.items() if n == f"{t}.grad" or not n.endswith(".grad")}
        return {t: n for t, n in found.items() if all(run.agrees(t, n) for run in self.runs[1:])}

    def _edges(self, played: Mapping[str, str]) -> dict[str, Edge]:
        """The gradients that are wrong at one end of one axis, and right at all other cells, in all runs."""
        computed = targets(self.program.backward)
        found: dict[str, Edge] = {}
        for tensor in sorted(self.program.shapes.keys() - played.keys() - self.program.averaged.keys()):
            axes = range(len(self.program.shapes[tensor])) if f"{tensor}.grad" in computed else ()
            edges = [Edge(axis, is_last) for axis in axes for is_last in (False, True)]
            right = [edge for edge in edges if all(run.agrees_but_for(tensor, edge) for run in self.runs)]
            if right:
                found[tensor] = right[0]
        return found

    def all(self) -> Iterator[Examined]:
        """One record for each named gradient, in the order of naming."""
        defect = self._defect()
        return (self.one(name, span, defect) for name, span in self.program.named)

    def _defect(self) -> str:
        """What the two ways to differentiate disagree about: a defect of this program, never a verdict."""
        for run in self.runs:
            if not is_so_measured(self.program, run):
                predicted, measured = directional(self.program, run)
                return f"derived {predicted:.9g}, measured {measured:.9g} along a random direction"
        return ""

    def one(self, tensor: str, span: Span, defect: str) -> Examined:
        """One named gradient."""
        system = self.systems[0]
        claimed = f"{tensor}.grad"
        left = entry_text(Read(claimed, tuple(of_atom(Variable(index)) for index in cell_of(self.program, tensor))))
        right = latex_of_expression(gradient_expression(self.program, system.derived, tensor))
        base = Examined(tensor, span, left, right, None)
        if defect:
            return replace(base, reason=f"two ways to differentiate disagree, which is a defect of symderiv: {defect}")
        if not self.runs:
            reason = (
                "no values were found that satisfy what is assumed, and at which all is defined and has a derivative"
            )
            return replace(base, reason=reason)
        wrong = next((run for run in self.runs if differs(run, tensor, claimed)), None)
        if wrong is not None:
            return self._refuted(base, wrong, claimed)
        found = self._proved(tensor, claimed)
        if found is None:
            found = self._in_other_ways(tensor, claimed)
            wrong = self._late(tensor, claimed) if found is None and not self.is_quick else None
            if wrong is not None:
                return self._refuted(base, wrong, claimed)
        if found is None and self.is_misstated:
            return replace(base, reason="an equation does not hold in a run, which is a defect of symderiv")
        if found is None:
            return replace(base, reason="the equation of this gradient was not proved", agreeing=len(self.runs))
        proved, uses = found
        parts = (proved, *(used for _, _, used in uses.values()))
        doubt = self._doubt(parts)
        if doubt is not None:
            return replace(base, outcome=doubt)
        has_kinks = any("loops.indicator" in part.rules for part in parts)
        excluded = tuple(dict.fromkeys((*(kinks(system.derived) if has_kinks else ()), *jumps(self.program, tensor))))
        needed = dict.fromkeys(condition for part in parts for condition in part.conditions)
        shapes = self._shapes()
        conditions = tuple(in_words(condition, shapes) for condition in needed)
        used = tuple(uses.values())
        return replace(base, outcome=proved, uses=used, conditions=conditions, kinks=excluded)

    def _in_other_ways(self, tensor: str, claimed: str) -> Found | None:
        """A proof where what is claimed of one tensor may be the gradient of an inner value, or of another tensor."""
        others = (self._with_edges, self._with_inner_values, self._with_closed_forms)
        tried = (other._proved(tensor, claimed) for other in others if other is not None)
        return next((found for found in tried if found is not None), None)

    @cached_property
    def _with_edges(self) -> _Examination | None:
        """The same, where a gradient that is wrong at an edge may be right elsewhere; None where none is."""
        found = _Examination(self.program, self.seed, edged=True) if self.runs else self
        edges = found.systems[0].claims.but
        found.values = {
            tensor: f"{tensor} but for its {'last' if e.is_last else 'first'} cells" for tensor, e in edges.items()
        }
        return found if edges else None

    @cached_property
    def _with_closed_forms(self) -> _Examination | None:
        """The same, where one claimed gradient may be that of several tensors; None where none is."""
        found = _Examination(self.program, self.seed, crossed=True)
        return None if found.systems[0].claims == self.systems[0].claims else found

    @cached_property
    def _with_inner_values(self) -> _Examination | None:
        """The same, where what a function is applied to may have a gradient; None where no claim can be it."""
        played = {*self.systems[0].claims.played_by.values()}
        unknown = {self.program.shapes[name] for name in targets(self.program.backward) - played}
        named = with_inner_values(self.program, unknown)
        if not named.values:
            return None
        found = _Examination(named.program, self.seed)
        found.values = named.values
        return found

    def _doubt(self, parts: Iterable[Proved]) -> Disagreement | None:
        """Values that contradict an equation that was proved: a defect of this program."""
        for part in parts:
            if part.goal not in self.shared.opinions:
                proposed = models_of(self.systems[0], self._shapes(), part.goal, self.seed)
                self.shared.opinions[part.goal] = opinion(part.goal, self.seed, proposed)
            contradiction = self.shared.opinions[part.goal].contradiction
            if contradiction is not None:
                return Disagreement(part.goal, part.proof, contradiction)
        return None

    def _shapes(self) -> dict[str, Shape]:
        """The relations between indices in all equations, by name."""
        others = (self.__dict__.get(name) for name in ("_with_edges", "_with_closed_forms", "_with_inner_values"))
        systems = [s for one in (self, *others) if one is not None for s in (*one.systems, one.expanded)]
        encoders = [encoder for system in systems for encoder in (system.claimed, system.derivation)]
        return {name: shape for encoder in encoders for name, shape in encoder.shapes.items()}

    def _late(self, tensor: str, claimed: str) -> Comparison | None:
        """A run that shows a difference which the first ones have missed, as on one side of a kink."""
        for run in comparisons(self.program, self.seed + 1, LATE, varied=True):
            if differs(run, tensor, claimed) and differs_in_more_digits(run, tensor, claimed):
                self.runs.append(run)
                return run
        return None

    def _refuted(self, base: Examined, wrong: Comparison, claimed: str) -> Examined:
        found = refutation(self.programs, wrong, base.tensor, claimed, self.seed, self.simple)
        self.simple = found.data if found is not None else self.simple
        if self.mends and not self.is_repaired:
            self.repair, self.is_repaired = repair_of(self.program, self.runs, self.shared), True
        blame = blame_of(self.program, self.runs, claimed)
        reason = str(blame) if blame is not None else ""
        if self.repair is not None:
            reason = self.repair.reason
            if blame is not None and blame.all_numbers != (self.repair.number,):
                reason += f"; {replace(blame, missing='')}"
            elif blame is not None and blame.local:
                reason += f"; {blame.local}"
        repair = self.repair or (own_repair(self.program, self.runs, base.tensor, self.shared) if self.mends else None)
        factor = factor_of(self.program, self.runs, base.tensor, claimed)
        return replace(base, outcome=found, reason=reason, repair=repair, factor=factor)

    def _proved(self, tensor: str, claimed: str) -> Found | None:
        """A proof, with the equations of all claimed tensors that it takes for gradients, and those of theirs.

        They may rest on each other in a circle, as in a recurrence: the order of execution makes them well founded.
        """
        played_by = self.systems[0].claims.played_by
        uses: Uses = {}
        pending = [(tensor, claimed)]
        while pending:
            owner, name = pending.pop()
            proved = self._equation(owner, name)
            if proved is None:
                return None
            uses[owner, name] = (name, self.values.get(owner, owner), proved)
            heads_of = self.rests_on[owner, name]
            pending += [(t, n) for t, n in sorted(played_by.items()) if n in heads_of and (t, n) not in uses]
        return uses.pop((tensor, claimed))[2], uses

    def _equation(self, tensor: str, claimed: str) -> Proved | None:
        """A proof of the equation of one gradient."""
        place = (tensor, claimed)
        if place not in self.known:
            known = self.shared.proof(self.systems, tensor, claimed)
            found, system = known or self._searched(tensor, claimed)
            stated = (found.goal.conclusion, *found.goal.hypotheses) if found is not None else ()
            if not all(self._holds(system, equation) for equation in stated):
                found, stated, self.is_misstated = None, (), True
            if found is not None and known is None:
                self.shared.proofs.setdefault(place, []).append((system, found))
            self.known[place] = found
            self.rests_on[place] = {head for term in stated for head in heads(term)}
        return self.known[place]

    def _holds(self, system: System, equation: k.Term) -> bool:
        """True of an equation that holds in some run.  Those of the forward part belong to many gradients."""
        place = (system, equation)
        if place not in self.holding and any(holds_in(run, system, equation) for run in self.runs):
            self.holding.add(place)
        return place in self.holding

    def _searched(self, tensor: str, claimed: str) -> tuple[Proved | None, System]:
        """A proof of the equation of one gradient, without conditions if there is one, and the system it is from."""
        found, by = None, self.expanded
        for system in tuple(self.ways):
            if found is None or found.conditions:
                another = proof_of(system, tensor, claimed)
                if another is not None and (found is None or not another.conditions):
                    found, by = another, system
        if found is not None:
            # The equations of one program are mostly of one kind.
            self.ways.sort(key=lambda system: system is not by)
        if found is None:
            largest = LARGEST_OF_MANY if self.is_quick else LARGEST
            found = by_splitting(self.expanded, tensor, claimed, largest)
        for system in self.systems if found is None else ():
            found, by = by_induction(system, tensor, claimed), system
            if found is not None:
                break
        return found, by


def heads(term: k.Term) -> set[str]:
    """The names of tensors in a term."""
    return {head_of(part) or "" for part in subterms(term) if isinstance(part, k.Entry | k.Symbol)}


def is_right(program: Program, shared: Shared | None = None) -> bool:
    """True where every named gradient is proved."""
    examination = _Examination(program, 0, shared=shared)
    examination.mends, examination.is_quick = False, True
    return all(isinstance(one.outcome, Proved) for one in examination.all())
