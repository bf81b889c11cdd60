"""Claims about costs: what was computed of a program, whether a claim says the same, and why.

The kernel knows nothing of costs, so a claim that agrees is *given*, with what it rests on, and one that does not is a
finding.  Only the law that makes a scan possible is proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from symderiv.kernel.inferences import Sequent
from symderiv.kernel.replay import Proof
from symderiv.loops.confirmation import Standing, standing
from symderiv.loops.costs import span
from symderiv.loops.counts import is_difference, log_cost, size_cost
from symderiv.loops.derivative import backward_of
from symderiv.loops.growth import NOTHING, ONE, Cost, sizes_in
from symderiv.loops.instances import free_sizes
from symderiv.loops.integers import linear
from symderiv.loops.operations import Model, work
from symderiv.loops.orders import is_bounded
from symderiv.model.claims import Claim, CostClaim, ScanClaim
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.program import Loop, Node, Program
from symderiv.model.verdict import Given, Unknown
from symderiv.scans import scan_of

COMPUTED = "computed from the loops and compared with the dependence graph of growing sizes, not proved"
BOUNDED = "computed from the loops, not proved"


@dataclass(frozen=True)
class Judged:
    """What is said of a claim: what was computed, a finding where the claim is wrong, proofs where there are any."""

    claim: Claim
    shown: str
    verdict: Given | Unknown
    finding: Diagnostic | None = None
    proofs: tuple[tuple[Sequent, Proof], ...] = ()


def judged_claim(task: tuple[Program, Claim]) -> Judged:
    """A claim of a program that may be executed; to be called in a worker."""
    program, claim = task
    return _cost(program, claim) if isinstance(claim, CostClaim) else _scan(program, claim)


def _cost(program: Program, claim: CostClaim) -> Judged:
    nodes, model = _nodes(program, claim), Model(claim.model) if claim.model else None
    cost = work(program, nodes) if model is None else span(program, nodes, model)
    bound = _bound(program, claim)
    growing = _growing(program, claim)
    within = claim.order == "Omega" or is_bounded(cost, bound, growing)
    beyond = claim.order == "O" or is_bounded(bound, cost, growing)
    place = standing(program, nodes, cost, growing, model)
    if place is Standing.EXCEEDED:
        return Judged(claim, cost.latex, Unknown("the dependence graph exceeds what was computed"))
    is_reached = place is Standing.REACHED
    order = f"{'Theta' if is_reached else 'O'}({cost.along(growing).leading().notation})"
    found = f"the {claim.quantity} is {cost}, {order} as {_names(growing)}"
    if _is_vague(program, claim):
        return Judged(claim, cost.latex, Unknown(f"{found}; a size of the claim is a difference of others"))
    if within and beyond and (is_reached or claim.order == "O"):
        reason = (COMPUTED if is_reached else BOUNDED) + _shorter(program, claim)
        return Judged(claim, cost.latex, Given(reason))
    is_wrong = (within is False and is_reached) or beyond is False
    if not is_wrong or _are_related(program):
        return Judged(claim, cost.latex, Unknown(f"not decided: {found}"))
    hint = f"claim {claim.saying(order)}"
    return Judged(claim, cost.latex, Unknown(found), Diagnostic("wrong-cost", claim.span, found, hint))


def _names(growing: Sequence[str]) -> str:
    return f"{', '.join(growing) or 'no size'} grow{'s' * (len(growing) < 2)}"


def _shorter(program: Program, claim: CostClaim) -> str:
    """Says of a span where another program has a shorter one: where a state enters affinely."""
    if claim.quantity == "work" or claim.is_backward:
        return ""
    outermost = (node for node in program.forward if isinstance(node, Loop))
    found = (scan_of(program, loop, Model(claim.model)) for loop in outermost)
    return "".join(f"; {', '.join(s.states)} enters affinely, and has a scan of span {s.span}" for s in found if s)


def _nodes(program: Program, claim: CostClaim) -> tuple[Node, ...]:
    """The loops that a claim is about; where no backward loops are written, those that are derived."""
    if not claim.is_backward:
        return program.forward
    return program.backward or backward_of(program)


def _bound(program: Program, claim: CostClaim) -> Cost:
    total = NOTHING
    for monomial in claim.bound:
        product = ONE
        for name, power in monomial:
            size = size_cost(program, name.removeprefix("log "))
            for _ in range(power):
                product = product * (log_cost(size) if name.startswith("log ") else size)
        total = total + product
    return total


def _growing(program: Program, claim: CostClaim) -> list[str]:
    """The sizes that grow, by those that depend on no other."""
    names = claim.growing or tuple(program.sizes)
    return sizes_in(monomial for name in names for monomial in size_cost(program, name).monomials())


def _is_vague(program: Program, claim: CostClaim) -> bool:
    """True where the bound is not one by sizes that grow for themselves: a size may be a difference of others."""
    return any(is_difference(program, name.removeprefix("log ")) for monomial in claim.bound for name, _ in monomial)


def _are_related(program: Program) -> bool:
    """True where sizes are assumed to be bounded from above, by each other for example: they do not grow alone."""
    sides = ((linear(relation.left), linear(relation.right), relation.kind) for relation in program.assumptions)
    return any(left and right and (right.terms or kind == "==") for left, right, kind in sides)


def _scan(program: Program, claim: ScanClaim) -> Judged:
    for loop, around in _loops(program.forward):
        scan = scan_of(program, loop, Model.TREE)
        if scan is not None and claim.tensor in scan.tensors:
            shown = rf"{scan.rounds.latex} \text{{ rounds of compositions, span on tree }} {scan.span.latex}"
            reason = f"{', '.join(scan.states)} enters affinely{_each(around)}; {BOUNDED}"
            return Judged(claim, shown, Given(reason), None, scan.proofs)
    message = f"no loop carries {claim.tensor} so that it enters the next iteration affinely"
    return Judged(claim, "", Unknown(message), Diagnostic("no-scan", claim.span, message))


def _loops(nodes: tuple[Node, ...], around: tuple[str, ...] = ()) -> Iterator[tuple[Loop, tuple[str, ...]]]:
    """The sequential loops, with the counters of those around each."""
    for node in nodes:
        if isinstance(node, Loop):
            yield node, around
            yield from _loops(node.body, (*around, node.index))


def _each(around: tuple[str, ...]) -> str:
    """Says that a loop is inside of others, which a scan of it leaves as they are."""
    return f" at each {', '.join(around)}" * bool(around)


def cost_lines(program: Program, models: Sequence[Model]) -> Iterator[str]:
    """Work and span of a program, and its scans, as lines of text.  A bound that is not seen to be reached is an O."""
    for name, nodes in (("forward", program.forward), ("backward", backward_of(program))):
        yield name
        yield _cost_line("work", program, nodes, work(program, nodes), None)
        for model in models:
            yield _cost_line(f"span on {model.value}", program, nodes, span(program, nodes, model), model)
    for loop, around in _loops(program.forward):
        yield from _scan_lines(program, loop, around, models)


def _cost_line(words: str, program: Program, nodes: tuple[Node, ...], cost: Cost, model: Model | None) -> str:
    is_reached = standing(program, nodes, cost, free_sizes(program), model) is Standing.REACHED
    return f"  {words:<14}  {'Theta' if is_reached else 'O'}({cost.leading()}): {cost}"


def _scan_lines(program: Program, loop: Loop, around: tuple[str, ...], models: Sequence[Model]) -> Iterator[str]:
    """The scan that a loop can be replaced by, if there is one."""
    for model in models:
        scan = scan_of(program, loop, model)
        if scan is None:
            return
        if model is models[0]:
            states = ", ".join(scan.states)
            yield f"{states} enters affinely, and is computed by an associative scan over {loop.index}{_each(around)}"
        yield f"  {'span on ' + model.value:<14}  {scan.span}, in {scan.rounds} rounds of compositions"
