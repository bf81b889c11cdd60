"""Proofs that a claimed gradient satisfies its equation: by normal form, with few definitions unfolded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from symderiv.conditions import with_conditions, with_definedness
from symderiv.gradients.cases import by_cases, one_sided, order_facts, unfolded
from symderiv.gradients.selections import through_selections
from symderiv.gradients.system import System, unfolding
from symderiv.kernel import terms as k
from symderiv.kernel.errors import KernelError
from symderiv.kernel.facts import Definition, Definitions, definitions_of, open_fact
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.replay import Line, Proof
from symderiv.kernel.terms import subterms
from symderiv.language.encode import Encoded, Fact
from symderiv.provers.equality import agrees
from symderiv.provers.task import ProofBuilder, Task

DEPTHS = (0, 1, 2, 4, 64)
"""How far definitions of the forward part are unfolded, one after the other."""

SPLITS = 6
"""Choices of definitions with which a proof by cases is tried: the least, the most, and then what is near the least."""

LARGEST, LARGEST_OF_MANY = 4000, 500
"""The size of an equation that is proved by cases; the size where many programs are looked at."""


@dataclass(frozen=True)
class Proved:
    """A proof of an equation, and the conditions that it needs beyond what is assumed."""

    goal: Sequent
    proof: Proof
    conditions: tuple[k.Term, ...]
    rules: tuple[str, ...]


def proof_of(system: System, tensor: str, claimed: str) -> Proved | None:
    """A proof of the equation of one gradient; None where none was found."""
    conclusion = system.conclusion(tensor, claimed)
    found = _body(system, tensor, claimed)
    if found is not None and claimed in closure(system, [found[1]], system.is_backward, 64):
        return attempt(system, conclusion, [], []) or by_recurrence(system, conclusion, claimed, *found)
    for unfold, meaning in unfoldings(system, conclusion, claimed):
        proved = attempt(system, conclusion, unfold, meaning)
        if proved is not None:
            return proved
    return None


def _body(system: System, tensor: str, claimed: str) -> tuple[tuple[k.Index, ...], k.Term] | None:
    """What a claimed tensor is at the cells of which something is claimed."""
    found = system.body(claimed)
    return None if found is None else (found[0], system.within(tensor, claimed, found[0], found[1]))


def by_splitting(system: System, tensor: str, claimed: str, largest: int = LARGEST) -> Proved | None:
    """A proof by cases of the indicators that stand inside of functions, with little or with everything unfolded."""
    conclusion = system.conclusion(tensor, claimed)
    found = _body(system, tensor, claimed)
    if found is not None and claimed in closure(system, [found[1]], system.is_backward, 64):
        cell, body = found[0], k.Multiply((found[1],))
        inner = _split(system, k.Relation("=", body, conclusion.right), "", largest)
        return None if inner is None else _by_equation(inner, len(inner.proof) - 1, conclusion, cell, body)
    return _split(system, conclusion, claimed, largest)


def _split(system: System, conclusion: k.Relation, claimed: str, largest: int) -> Proved | None:
    first, *others = unfoldings(system, conclusion, claimed)
    others.sort(key=lambda way: -len(way[0]))
    for unfold, meaning in (first, *others[:1], *others[:0:-1][: SPLITS - 2]):
        found = _by_splitting(system, conclusion, unfold, meaning, largest)
        if found is not None:
            return found
    return None


def _by_splitting(
    system: System, conclusion: k.Relation, unfold: list[str], meaning: list[str], largest: int
) -> Proved | None:
    task = prepared(system, conclusion, unfold, meaning)
    if task is None:
        return None
    definitions = definitions_of(bodies_of(system, unfold))
    sides = [unfolded(side, definitions) for side in (conclusion.left, conclusion.right)]
    if sum(1 for side in sides for _ in subterms(side)) > largest:
        return None
    signs = task.normalizer(task.definitions(0)).signs

    def settled(term: k.Term) -> k.Term:
        return one_sided(term, system.is_smooth, signs)

    shapes = {**system.claimed.shapes, **system.derivation.shapes}
    split = [settled(by_cases(through_selections(settled(side), shapes, signs))) for side in sides]
    left, right = (k.Relation("=", *pair) for pair in zip(sides, split, strict=True))
    if left.left == left.right and right.left == right.right:
        return None
    ordered = [_closed(fact) for fact in order_facts(split, signs)]
    known = (*task.encoded.facts, *(Fact(fact, "loops.indicator", "") for fact in ordered))
    task = replace(task, encoded=replace(task.encoded, facts=known))
    inner = [
        k.Relation("=", conclusion.left, left.left),
        k.Relation("=", left.right, right.right),
        k.Relation("=", right.left, conclusion.right),
    ]
    chosen = task.definitions(0)
    if any(agrees(task, equation, chosen) is None for equation in inner):
        return None
    builder = ProofBuilder(task)
    first, middle, last = (builder.computed("equality", equation, chosen) for equation in inner)
    cell = _cell(conclusion)
    stated = [k.forall(cell, equation) for equation in (left, right)]
    apart, together = (_instance(builder, proposition, cell) for proposition in stated)
    turned = builder.add("weaken", (together,), k.Relation("=", right.right, right.left))
    for line in (apart, middle, turned, last):
        first = builder.add("compose", (first, line))
    lines = with_definedness(task, ())
    offset = len(lines)
    moved = [line._replace(premises=tuple(n + offset for n in line.premises)) for line in builder.proof]
    goal = Sequent(task.hypotheses | frozenset(stated), conclusion)
    conditions = tuple(c.proposition for c in task.conditions)
    has_logistic = any(isinstance(p, k.Apply) and p.function == "exp" for side in sides for p in subterms(side))
    rules = ("loops.indicator", "loops.logistic") if has_logistic else ("loops.indicator",)
    return Proved(goal, (*lines, *moved), conditions, rules)


def _cell(proposition: k.Term) -> list[k.Index]:
    """The indices that a proposition is about."""
    return sorted((name for name in proposition.free if isinstance(name, k.Index)), key=k.key)


def _closed(proposition: k.Term) -> k.Term:
    return k.forall(_cell(proposition), proposition)


def by_induction(system: System, tensor: str, claimed: str) -> Proved | None:
    """A proof that a claimed recurrence and a gradient in closed form are one: the closed form satisfies the first.

    Where a claimed gradient is a multiple of a recurrence, the closed form is divided by what that is multiplied by.

    What a recurrence computes is determined by it, since the claimed program may be executed.  So the equation that is
    proved is the recurrence, with the closed form in place of the claimed tensor, which stands nowhere else in it.
    """
    found, name, factors = system.body(claimed), claimed, list[k.Term]()
    while found is not None and (part := _multiple(system, *found)) is not None:
        name, more = part
        found, factors = system.body(name), [*factors, *more]
    if found is None or name not in closure(system, [found[1]], system.is_backward, 64):
        return None
    cell, body = found
    conclusion = system.conclusion(tensor, claimed)
    if not isinstance(conclusion.left, k.Entry | k.Symbol):
        return None
    own = system.claimed.cell(tensor)
    if len(cell) != len(own) or name in closure(system, [conclusion.right, *factors], system.is_backward, 64):
        return None
    right = k.substitute(conclusion.right, dict(zip(own, cell, strict=True)))
    if factors:
        whole, right = right, _quotient(right, factors)
        back = attempt(system, k.Relation("=", k.Multiply((right, *factors)), whole), [], [])
        if back is None or back.conditions:
            return None
    equation = k.Relation("=", unfolded(body, Definitions({name: Definition(name, cell, right)})), right)
    for unfold, meaning in unfoldings(system, equation, ""):
        proved = attempt(system, equation, unfold, meaning)
        if proved is not None and factors and proved.conditions:
            continue  # what is divided by here is divided by nowhere else
        if proved is not None and not any(name in mentioned(t, True) for t in (equation, *proved.goal.hypotheses)):
            return replace(proved, rules=(*proved.rules, "loops.recurrence"))
    return None


def _multiple(system: System, cell: tuple[k.Index, ...], body: k.Term) -> tuple[str, list[k.Term]] | None:
    """The computed tensor whose entry at the same cell a body is a multiple of, and the other factors."""
    while isinstance(body, k.Multiply | k.Add) and len(body.children) == 1:
        (body,) = body.children
    factors = _factors(body)
    for place, factor in enumerate(factors):
        is_entry = isinstance(factor, k.Entry) and factor.indices == cell
        if is_entry and system.is_backward(factor.parts[0]) and system.definition(factor.parts[0]) is not None:
            return factor.parts[0], [*factors[:place], *factors[place + 1 :]]
    return None


def _quotient(term: k.Term, factors: list[k.Term]) -> k.Term:
    """A term without some factors, as far as it has them; where they are 0, it is what it is where they are not."""
    divided = k.Multiply((term, *(k.Power(factor, Fraction(-1)) for factor in factors)))
    try:
        return Normalizer([k.nonzero(factor) for factor in factors]).canonical(divided)
    except KernelError:
        return divided


def _factors(term: k.Term) -> list[k.Term]:
    if not isinstance(term, k.Multiply):
        return [term]
    return [factor for part in term.factors for factor in _factors(part)]


def _instance(builder: ProofBuilder, proposition: k.Term, cell: list[k.Index]) -> int:
    """The line of a hypothesis at a cell."""
    line = builder.hypothesis(proposition)
    for index in cell:
        line = builder.add("instance", (line,), index)
    return line


def by_recurrence(
    system: System, conclusion: k.Relation, claimed: str, cell: tuple[k.Index, ...], body: k.Term
) -> Proved | None:
    """A proof for a tensor that is computed from entries of its own: they stay, and its equation is used once.

    The equation is stated the other way round, so that nobody takes it for a definition, which could be unfolded.
    """
    body = k.Multiply((body,))
    inner = k.Relation("=", body, conclusion.right)
    for unfold, meaning in unfoldings(system, inner, ""):
        found = attempt(system, inner, unfold, meaning)
        if found is not None:
            last = next(n for n, line in enumerate(found.proof) if line.inference == "equality")
            return _by_equation(found, last, conclusion, cell, body)
    return None


def _by_equation(found: Proved, last: int, conclusion: k.Relation, cell: tuple[k.Index, ...], body: k.Term) -> Proved:
    """The conclusion by what was found at the `last` line of its body, and the equation that a tensor is that body."""
    equation = k.forall(cell, k.Relation("=", body, conclusion.left))
    lines = [*found.proof, Line("hypothesis", (), (equation,))]
    for index in cell:
        lines.append(Line("instance", (len(lines) - 1,), (index,)))
    lines.append(Line("weaken", (len(lines) - 1,), (k.Relation("=", conclusion.left, body),)))
    lines.append(Line("compose", (len(lines) - 1, last), ()))
    return Proved(Sequent(found.goal.hypotheses | {equation}, conclusion), tuple(lines), found.conditions, found.rules)


def unfoldings(system: System, conclusion: k.Relation, claimed: str) -> Iterator[tuple[list[str], list[str]]]:
    """The tensors to unfold, and those whose definitions are used for signs only, fewer first.

    What stands below a fraction line or a root only is left as it is at first: its name is what cancels.  Gradients
    that both sides mention stay too, as `h.grad` where one side has it and the other an `x.grad` computed from it.
    """
    played = set(system.claims.played_by.values())
    common = mentioned(conclusion.right, True)
    alone = closure(system, [conclusion], lambda n: n == claimed or (system.is_backward(n) and n not in played), 64)
    whole = closure(system, [conclusion], lambda n: system.is_backward(n) and (bool(claimed) or n not in played), 64)
    apart = closure(system, [conclusion], lambda n: n == claimed or (system.is_backward(n) and n not in common), 64)
    seen: set[tuple[str, ...]] = set()
    bases = [alone, apart, whole]
    if not claimed:
        # What plays a gradient is unfolded last: in a recurrence it may be computed from an entry of what stays.
        bases.append(closure(system, [conclusion], system.is_backward, 64))
    for base in bases:
        bodies = [conclusion, *bodies_of(system, base)]
        for more in _forward_choices(system, bodies):
            chosen = without_circle(system, [*base, *(name for name in more if name not in base)])
            if tuple(sorted(chosen)) in seen:
                continue
            seen.add(tuple(sorted(chosen)))
            beyond = closure(system, [conclusion, *bodies_of(system, chosen)], lambda n: not system.is_backward(n), 2)
            yield chosen, [n for n in without_circle(system, [*chosen, *beyond]) if n not in chosen]


def _forward_choices(system: System, bodies: list[k.Term]) -> Iterator[list[str]]:
    """Tensors of the forward part to unfold: down to some depth, then those that are computed without a sum.

    At last those that are computed from computed ones: what is below them is called by its name, as the rows of a
    linear layer that are brought to length 1.
    """
    for depth in DEPTHS:
        for everywhere, order in ((False, 1), (True, 1), (False, -1), (True, -1)):
            yield closure(system, bodies, lambda n: not system.is_backward(n), depth, everywhere, order)
    yield closure(system, bodies, lambda n: not system.is_backward(n) and _has_no_sum(system, n), 64)
    yield closure(system, bodies, lambda n: not system.is_backward(n) and _is_above_others(system, n), 64)


def _has_no_sum(system: System, name: str) -> bool:
    return not any(isinstance(part, k.Reduce) for body in bodies_of(system, [name]) for part in subterms(body))


def _is_above_others(system: System, name: str) -> bool:
    reads = {other for body in bodies_of(system, [name]) for other in mentioned(body, True)}
    return any(system.definition(other) is not None for other in reads - {name})


def bodies_of(system: System, names: list[str]) -> list[k.Term]:
    """The definitions of some names."""
    return [d for d in map(system.definition, names) if d is not None]


def without_circle(system: System, names: list[str]) -> list[str]:
    """The names in order, without those whose definition would lead back to itself by way of the ones before."""
    kept: list[str] = []
    for name in names:
        if not definitions_of(bodies_of(system, [*kept, name])).is_circular and not is_recursive(system, name):
            kept.append(name)
    return kept


def is_recursive(system: System, name: str) -> bool:
    """True of a tensor that is defined by its own entries."""
    return not definitions_of(bodies_of(system, [name]))


def closure(
    system: System,
    terms: list[k.Term],
    accepts: Callable[[str], bool],
    depth: int,
    everywhere: bool = True,
    order: int = 1,
) -> list[str]:
    """The defined names that terms lead to, up to a depth."""
    found: dict[str, None] = {}
    layer = list(terms)
    for _ in range(depth):
        names = frozenset[str]().union(*(mentioned(term, everywhere) for term in layer))
        new = [n for n in sorted(names)[::order] if n not in found and accepts(n) and system.definition(n) is not None]
        if not new:
            break
        found.update(dict.fromkeys(new))
        layer = bodies_of(system, new)
    return list(found)


@lru_cache(maxsize=1 << 12)
def mentioned(term: k.Term, everywhere: bool) -> frozenset[str]:
    """The tensors in a term; with `everywhere` also those that stand below a fraction line or a root."""
    if isinstance(term, k.Power) and not everywhere and not (term.exponent > 0 and term.exponent.denominator == 1):
        return frozenset()
    own = term.parts[:1] if isinstance(term, k.Entry | k.Symbol) else ()
    return frozenset(own).union(*(mentioned(child, everywhere) for child in term.children))


def prepared(system: System, conclusion: k.Relation, unfold: list[str], meaning: list[str]) -> Task | None:
    """What is to be proved with a choice of definitions, and the conditions under which it is defined."""
    definitions = [unfolding(n, d, 0) for n in unfold if (d := system.definition(n)) is not None]
    definitions += [unfolding(n, d, 1) for n in meaning if (d := system.definition(n)) is not None]
    facts = system.facts([conclusion, *(d.proposition for d in definitions)])
    stated = [f for f in facts if f.rule == "hypothesis"]
    brought = [f for f in facts if f.rule != "hypothesis"]
    task = Task(Encoded(conclusion, tuple(stated), tuple(brought), tuple(definitions)))
    task, still_open = with_conditions(task)
    return None if still_open else task


def attempt(system: System, conclusion: k.Relation, unfold: list[str], meaning: list[str]) -> Proved | None:
    """One try, with a choice of definitions."""
    task = prepared(system, conclusion, unfold, meaning)
    if task is None:
        return None
    if task.conditions:
        every = closure(system, [conclusion, *bodies_of(system, unfold)], lambda n: not system.is_backward(n), 64)
        deeper = [n for n in without_circle(system, [*unfold, *every]) if n not in unfold]
        again = prepared(system, conclusion, unfold, deeper)
        task = again if again is not None and len(again.conditions) < len(task.conditions) else task
    chosen = task.definitions(0)
    try:
        if agrees(task, conclusion, chosen) is None:
            task = everywhere_defined(task)
            if agrees(task, conclusion, chosen) is None:
                return None
        rules = tuple(dict.fromkeys(f.rule for f in task.encoded.facts))
        builder = ProofBuilder(task)
        builder.computed("equality", conclusion, chosen)
        proof = with_definedness(task, builder.proof)
    except KernelError:
        return None
    conditions = tuple(c.proposition for c in task.conditions)
    return Proved(Sequent(task.hypotheses, conclusion), proof, conditions, rules)


def everywhere_defined(task: Task) -> Task:
    """The task under its conditions without what guards them: 1/sqrt(a) and a^(-1/2) are one where a > 0.

    Where both are multiplied by 0 the equation needs no root, but the program takes it all the same.
    """
    needs: dict[tuple[tuple[k.Index, ...], k.Term], set[str]] = {}
    others: list[Fact] = []
    for condition in task.conditions:
        fact = open_fact(condition.proposition)
        kind, left, right = fact.relation.parts
        names = tuple(v for v in fact.variables if isinstance(v, k.Index) and v in fact.relation.free)
        is_sign = left == k.ZERO or (kind == "!=" and right == k.ZERO)
        if is_sign and len(names) == sum(v in fact.relation.free for v in fact.variables):
            needs.setdefault((names, right if left == k.ZERO else left), set()).add(kind)
        else:
            others.append(condition)
    plain = {frozenset(("!=",)): k.nonzero, frozenset(("<=",)): k.nonnegative}
    found = [k.forall(names, plain.get(frozenset(kinds), k.positive)(term)) for (names, term), kinds in needs.items()]
    return replace(task, conditions=(*others, *(Fact(proposition, "condition", "") for proposition in found)))
