"""Steps beside each other: chains, mistakes in them, and what may not rest on a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from symderiv.answers import NOT_FOLLOWING, Evidence
from symderiv.documents.named_squares import said_of_squares
from symderiv.language.dependences import plain_name
from symderiv.model.derivation import Derivation, Step
from symderiv.model.statement import Proposition, Relation
from symderiv.model.verdict import Gap, Given, Plausible, Proved, Refuted, Unknown, Unread, Verdict

Link = tuple[Step, tuple[Verdict, Evidence | None, float]]
"""A step with its verdict, the certificate behind it, and seconds."""


def in_context(step: Step, verdict: Verdict) -> Verdict:
    """The verdict on a step of a text of which not everything may have been read."""
    if step.flaw:
        if isinstance(verdict, Refuted):
            return Gap(verdict.counterexample, step.flaw)
        return Given(f"as it is known: {verdict.reason}" if isinstance(verdict, Proved) else "a definition")
    if step.recalled:
        match verdict:
            case Proved(reason=reason):
                return Given(f"as it is known: {reason}")
            case Refuted():
                return verdict if step.complete else Given("a recalled formula")
            case _:
                return Given("a recalled formula")
    if step.posed:
        return verdict if isinstance(verdict, Proved) else Given("an equation to be solved")
    if isinstance(verdict, Refuted | Gap) and step.partly_read:
        return Unknown("it was not read what a name in it stands for")
    if isinstance(verdict, Refuted) and not step.complete:
        said = verdict.reason if verdict.reason == NOT_BACK else NOT_FOLLOWING
        reason = f"{said}; {verdict.edit}" if verdict.edit else said
        return Gap(verdict.counterexample, reason, verdict.repair)
    return verdict


def in_all_readings(step: Step, verdicts: Sequence[Verdict]) -> Verdict:
    """What is true of a step whichever of its readings is meant; `verdicts` has one for each."""
    first = verdicts[0]
    if not step.readings:
        return first
    if isinstance(first, Proved) and all(isinstance(verdict, Proved) for verdict in verdicts):
        needed = (condition for verdict in verdicts if isinstance(verdict, Proved) for condition in verdict.conditions)
        return replace(first, conditions=tuple(dict.fromkeys(needed)), reason=f"{first.reason}; so in every reading")
    if isinstance(first, Refuted) and all(isinstance(verdict, Refuted) for verdict in verdicts):
        return replace(first, reason=f"{first.reason}; so in every reading")
    return Unread("" if step.ambiguity is None else step.ambiguity.message)


NOT_BACK = "it follows from the relation before it, but not the other way round"


def both_ways(one: Verdict, other: Verdict) -> Verdict:
    """The verdict on an equivalence of which one direction is proved, by that on the other one."""
    match one, other:
        case Proved(), Proved(conditions=needed):
            conditions = tuple(dict.fromkeys((*one.conditions, *needed)))
            return replace(one, conditions=conditions, reason=f"{one.reason}; and the other way round: {other.reason}")
        case _, Refuted() | Gap():
            return replace(other, reason=NOT_BACK)
        case _, Unknown() | Plausible():
            return replace(other, reason=f"it follows from the relation before it; the other way round: {other.reason}")
        case _:
            return other


def on_its_own(mistake: Step, step: Step) -> Step | None:
    """The step as it follows from a wrong one before it alone; None where it does not rest on that."""
    context, wrong = step.statement.context, mistake.statement.proposition
    if wrong not in context.assumptions:
        return None
    unequal = (known for known in context.assumptions if known.relation is not Relation.EQUAL and known != wrong)
    statement = replace(step.statement, context=replace(context, assumptions=(wrong, *unequal)))
    return replace(step, statement=statement, by=(), weaker=None, supposes=(wrong,))


def supposing(step: Step, *stated: Proposition) -> Step:
    """The step under more hypotheses."""
    context = step.statement.context
    statement = replace(step.statement, context=replace(context, assumptions=(*context.assumptions, *stated)))
    return replace(step, statement=statement, by=(), weaker=None)


def past(mistake: Step, step: Step) -> Step | None:
    """The step with the left side of a wrong step before it; None where the two relations do not compose."""
    first, second = mistake.statement.proposition, step.statement.proposition
    relation = COMPOSED.get((first.relation, second.relation))
    if relation is None:
        return None
    statement = replace(step.statement, proposition=Proposition(first.left, relation, second.right))
    return replace(step, statement=statement, by=(), weaker=None)


def said_by(step: Step) -> Proposition:
    """What the text says, in the form that other steps assume it in."""
    return step.says or step.statement.proposition


def proofs_first(derivations: Sequence[Derivation]) -> list[int]:
    """The places of all derivations in their order, but those with a claim behind those with its proof."""
    places = {said_by(step): place for place, found in enumerate(derivations) for step in _steps(found)}

    def ended(place: int) -> tuple[int, bool]:
        rows = (row for step in _steps(derivations[place]) for row in step.proof)
        last = max((places[row] for row in rows if row in places), default=place)
        return max(place, last), last > place

    return sorted(range(len(derivations)), key=ended)


def _steps(derivation: Derivation) -> Iterator[Step]:
    return (step for step in derivation.steps if isinstance(step, Step))


def resting_on(
    steps: Sequence[Step], place: int, proofs: Iterable[Sequence[Proposition]] = ()
) -> Iterator[Proposition]:
    """A wrong step, and the equations that a text makes of it: those of its chain from its first left side on.

    `proofs` are the rows that lead to claims of the text, each of which goes on from the one before.
    """
    yield said_by(steps[place])
    for rows in proofs:
        behind = rows[rows.index(said_by(steps[place])) :] if said_by(steps[place]) in rows else ()
        yield from (Proposition(rows[0].left, row.relation, row.right) for row in behind)
    first = place
    while first and steps[first].continues:
        first -= 1
    for number in range(place, len(steps)):
        if number > place and not steps[number].continues:
            return
        stated = steps[number].statement.proposition
        yield Proposition(steps[first].statement.proposition.left, stated.relation, stated.right)


def without(step: Step, wrong: Set[Proposition]) -> Step:
    """The step without the wrong propositions in its context; what it supposes may be what is wrong elsewhere."""
    context = step.statement.context
    wrong = wrong - frozenset(step.supposes)
    wrong |= {said_of_squares(stated, context) for stated in wrong}
    assumptions = tuple(a for a in context.assumptions if a not in wrong)
    equations = {(w.left, w.right) for w in wrong if w.relation is Relation.EQUAL}
    definitions = tuple(d for d in context.definitions if (d.name, d.body) not in equations)
    if assumptions == context.assumptions and definitions == context.definitions:
        return step
    # What an equation was wrong about is not known to be a constant.
    undefined = frozenset(plain_name(d.name) for d in context.definitions if d not in definitions)
    left = replace(context, assumptions=assumptions, definitions=definitions, varying=context.varying | undefined)
    return replace(step, statement=replace(step.statement, context=left))


def chains(steps: Sequence[Link]) -> list[list[Link]]:
    """The steps in runs: a left side is the right side before it or, past a mistake, the first left side."""
    found: list[list[Link]] = []
    for link in steps:
        step = link[0]
        before = found[-1] if found else []
        sides = [before[-1][0].statement.proposition.right, before[0][0].statement.proposition.left] if before else []
        if step.statement.proposition.left in sides[: 1 + step.continues]:
            found[-1].append(link)
        else:
            found.append([link])
    return found


def ends_of(chain: Sequence[Step]) -> Step | None:
    """From the first left side of a chain to its last right side; None where the relations do not compose."""
    ends: Step | None = chain[0]
    for step in chain[1:]:
        ends = None if ends is None else past(ends, step)
    return ends


COMPOSED = {
    (one, other): max(one, other, key=lambda r: (r is not Relation.EQUAL, r in (Relation.LESS, Relation.GREATER)))
    for group in (
        (Relation.EQUAL, Relation.AT_MOST, Relation.LESS),
        (Relation.EQUAL, Relation.AT_LEAST, Relation.GREATER),
    )
    for one in group
    for other in group
}
"""The relation of the ends of two relations in a row."""
