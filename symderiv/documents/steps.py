"""The relations of a section as steps, each in the context of what the section says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice

from sympy import Expr, latex, preorder_traversal

from symderiv.documents.abstraction import abstracted, quantities, speaks_of_the_same
from symderiv.documents.chain_rule import between
from symderiv.documents.congruence import same_calls
from symderiv.documents.defined_twice import DEFINED_TWICE, defined_before
from symderiv.documents.dependence import derivatives_in
from symderiv.documents.display_rows import references
from symderiv.documents.displays import (
    Display,
    Row,
    arbitrary_names,
    freed_names,
    is_condition,
    names_of,
    unbounded_names,
)
from symderiv.documents.families import Families
from symderiv.documents.independence import is_said_in_words
from symderiv.documents.infinitesimals import INFINITESIMAL, is_finite_beside_infinitesimal
from symderiv.documents.leading_words import are_conclusive, is_worked_out, last_words
from symderiv.documents.left_open import Openness
from symderiv.documents.line import Line
from symderiv.documents.listed_laws import in_force
from symderiv.documents.named_functions import OTHERWISE, known_value
from symderiv.documents.named_squares import with_named_squares
from symderiv.documents.names import definable, names_in
from symderiv.documents.normal_laws import NormalLaws
from symderiv.documents.optima import SET_TO_ZERO
from symderiv.documents.orders_of_size import NEARLY
from symderiv.documents.possible_values import multiplied_out
from symderiv.documents.product_rule import product_rules
from symderiv.documents.propositions import matching
from symderiv.documents.role import APART, EXTREMUM, POSED, SOLVED, STATIONARY
from symderiv.documents.roles import is_supposed
from symderiv.documents.said_in_passing import said_in_passing
from symderiv.documents.said_of_events import events_in, facts_about
from symderiv.documents.section import Section, is_about_sets
from symderiv.documents.slopes import Slopes, at_estimates, bears_on, found_above, is_slope
from symderiv.documents.solving import is_solution
from symderiv.documents.store import MOST, without_bounds, without_values
from symderiv.documents.sum_rule import sum_rules
from symderiv.documents.unbound import UNBOUND, unbound_index
from symderiv.documents.universal import instances_for
from symderiv.documents.updates import updated_names
from symderiv.formulas import tree as t
from symderiv.formulas.events import chance_of, taking
from symderiv.formulas.functions import calls_in
from symderiv.formulas.grammar import RELATIONS
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Unread
from symderiv.language import quantities as q
from symderiv.language import written as w
from symderiv.language.indices import Variable
from symderiv.language.matrices import shape_of
from symderiv.language.probability import Distribution
from symderiv.language.random_variables import Moment, RandomVariable, free_variables
from symderiv.language.special_functions import Special
from symderiv.language.templates import unmarked
from symderiv.language.written import LanguageError
from symderiv.model.derivation import Stated, Step
from symderiv.model.span import Span
from symderiv.model.statement import Context, Definition, Proposition, Relation, Statement
from symderiv.model.verdict import Given, Unknown
from symderiv.model.verdict import Unread as NotRead

_RELATING = re.compile(
    r"\b(?:independen\w+|identical\w*|uncorrelated|orthogonal|symmetric|assum\w+|suppos\w+|constrain\w*|provided|zero"
    r"|such that|cent(?:er|re)d|standardi[sz]\w+|normali[sz]\w+)\b",
    re.IGNORECASE,
)
"""Words by which a text may say of random variables what makes a formula for their moments true."""


_CONCLUDES = re.compile(
    r"\W*(?:(?:and|but)\s+)?(?:therefore|hence|thus|so|then|consequently|it follows|this implies)\b\W*(?:that\b\W*)?"
    r"(?:we\s+(?:have|get|obtain|find|conclude)\b\W*)?(?:that\b\W*)?",
    re.IGNORECASE,
)
"""All that stands between a relation and one that follows from it."""


class Steps:
    """What is to be checked of the relations of one section."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.openness = Openness(section)
        self.normal_laws = NormalLaws(section)
        self.slopes = Slopes(section)
        self.families = Families(section)

    def step(self, place: int, line: Line) -> Step | Stated:
        """One relation: given, to be checked, or not read."""
        span = self.section.source.span(*line.row.place)
        if (unused := self._unused(line)) is not None:
            return self._stated(line, unused)
        by_numbers = self._is_about_numbers(line) or self._was_told_by_numbers(place, line)
        discrete = None if by_numbers else self._discrete(place, line, span)
        if discrete is not None:
            return discrete
        if line.problem is not None:
            return self._stated(line, NotRead(line.problem.diagnostic.message))
        if line.proposition is None:
            if line.role.kind != "inference":
                return self._stated(line, Given(line.role.reason))
            law = self.normal_laws.claimed(line)
            if law is not None:
                return self._law(place, line, law, span)
            about = "sets" if is_about_sets(line.row) else "what is no number"
            return self._stated(line, Unknown(f"a relation between {about} is not checked"))
        if _is_about_infinity(line.row):
            return self._stated(line, Unknown("infinity is no number, and is not checked"))
        if line.display.is_alternative(line.row):
            return self._stated(line, Given("one of several cases"))
        if self._states_the_chain_rule(line):
            return Step(Statement(line.proposition, span=span), given=True, says=line.says)
        given = line.role.kind != "inference"
        if (flawed := self._flawed(place, line, span, given=given)) is not None:
            return flawed
        recalled = line.role.kind == "given" and self._is_recalled(line)
        taken = Step(
            Statement(line.proposition, span=span),
            given=True,
            continues=line.row.kind == "continued",
            says=line.says,
            is_solution=self._is_solution(place, line),
        )
        if line.role.kind == "given" and not recalled and not _is_identity(line.proposition):
            return taken
        if line.role.kind == "claim":
            return self._claim(place, line)
        if not recalled and self.section.store.was_given(place, line.proposition):
            return taken
        if recalled:
            cites = (*line.row.cites, *references(line.display.before))
            context = self.section.store.context(place, line.proposition, cites, None, self._local(line))
            return self._recalled(place, line, context, span)
        return self._inferred(place, line, line.proposition, span)

    def _inferred(self, place: int, line: Line, goal: Proposition, span: Span) -> Step:
        """What is to be checked, in its context."""
        cites = (*line.row.cites, *references(line.display.before))
        local, stationary = self._local(line), self.slopes.stationary(place, line)
        self.section.terms.functions.derived.clear()
        instances = self._instances(place, line)
        places = line.rests_on | self.section.terms.functions.derived
        previous = self._premise(place, line)
        if previous is not None and (previous == self._solved(place, line) or self._sets_to_zero(place, previous)):
            said = (replace(stated, parameters=()) for stated in self.section.store.said_of(place, previous.left))
            instances += [stated for stated in said if stated != previous]
        supposed = self._posed_for(place, goal)
        instances += supposed
        rules = [*self._product_rules(place, line), *self._same_calls(place, line)]
        numbers, overridden = self.families.by_number(place, line, goal)
        general = [*numbers, *instances_for(self.section, place, line)]
        instances += [*self.families.related(place, line), *rules, *stationary]
        instances += self.slopes.bounds(place, line) if stationary else []
        fixed = self._differentiates_a_function(line)
        context = self.section.store.context(place, goal, cites, previous, local, fixed=fixed)
        is_news = not stationary and is_solution(line.row, line.display) and self._is_news(place, goal, context)
        is_elsewhere = line.role.reason == STATIONARY and not any(bears_on(goal.left, stated) for stated in stationary)
        if is_news or is_elsewhere:
            return Step(Statement(goal, span=span), given=True, is_solution=self._is_solution(place, line))
        updated = updated_names(self.section.source.text, self.section.displays, line.display)
        arbitrary = arbitrary_names(last_words(line.display)) | freed_names(self.section.displays, line.display)
        unbounded = unbounded_names(self.section.displays, line.display)
        is_updated = without_bounds(without_values(context, updated), updated) != context
        context = without_bounds(without_values(context, arbitrary | updated), unbounded | updated)
        context = self._with_laws(line.display, context, goal, [*instances, *general])
        before = self._said_before(place, goal, instances)
        # A condition on what is no number, as `f(x) = 0`, may say more than that of one of its values.
        under = local and (before is not None or any(quantities(side) for p in local for side in (p.left, p.right)))
        under = under or stationary or line.overlooked
        weaker = None if under else self._weaker(place, goal, before, line.row, [*rules, *local])
        resolved = all(name.isdigit() or name in self.section.labels for name in cites)
        known = self.section.complete and line.is_complete(context) and resolved and not self._is_told_nearly(line)
        is_open = self.section.reach.is_open(line.display, line.row)
        stated = with_named_squares(Statement(goal, context, span))
        mentioned = said_in_passing(self.section, place, line, goal)
        return Step(
            stated,
            complete=known and not is_open and not any(one.hides for one in mentioned) and _is_explicit(goal, context),
            partly_read=(is_slope(line) and not stationary)
            or is_updated
            or _is_by_chance_somewhere(goal, context)
            or self.openness.is_left(place, line, goal, context)
            or (line.role.reason == SOLVED and previous is None)
            or ((bool(numbers) or overridden) and self.openness.has_a_limited_member(line))
            or (previous is not None and self._sets_to_zero(place, previous) and _is_uninterpreted(previous.left)),
            continues=line.row.kind == "continued",
            weaker=weaker,
            compares=before if weaker is not None else None,
            says=line.says or (goal if stated.proposition != goal else None),
            converse=self._converse(place, line, previous),
            posed=place in self.section.posed,
            supposes=tuple(supposed),
            is_solution=self._is_solution(place, line),
            rests_on=tuple(known.proposition for known in self.section.store.known if known.place in places),
            mentioned=mentioned,
            solves=self.slopes.solves(place, line, goal, stationary, local),
        )

    def _unused(self, line: Line) -> Given | Unknown | None:
        """What is said of a relation that is apart, or of the outcomes that words pick: nothing known bears on it."""
        is_of_some = line.problem is None and self.section.conditioned.says_otherwise(line.display, line.row)
        if line.role.kind == APART or (is_of_some and self.section.knows_of_chance and line.role.kind != "inference"):
            return Given(line.role.reason)
        if is_of_some and self.section.knows_of_chance:
            return Unknown("the words around it pick some outcomes, and it does not say which")
        return None

    def _law(self, place: int, line: Line, stated: Proposition, span: Span) -> Step:
        """What a relation says of the mean and the covariance of a normal variable, which stands for all of it."""
        step = self._inferred(place, replace(line, proposition=stated), stated, span)
        written = self._stated(line, Given(""))
        context, outcomes = step.statement.context, frozenset(self.section.terms.outcomes)
        # What is said of one outcome says nothing of all.
        general = tuple(p for p in context.assumptions if outcomes.isdisjoint(_free(p)))
        return replace(
            step,
            statement=replace(step.statement, context=replace(context, assumptions=general)),
            partly_read=step.partly_read or not self.normal_laws.is_clear,
            written=(written.left, written.relation, written.right),
        )

    def _is_told_nearly(self, line: Line) -> bool:
        r"""True of a relation with a name of which `\approx` says something, which is not read as a hypothesis."""
        rows = (row for display in self.section.displays for row in (*display.rows, *display.inline))
        nearly = (names_of(row.left, row.right) for row in rows if row is not line.row and row.sign == NEARLY)
        return any(not names_of(line.row.left, line.row.right).isdisjoint(names) for names in nearly)

    def _converse(self, place: int, line: Line, premise: Proposition | None) -> Statement | None:
        r"""That the row before follows from this one, where `\iff` says so: by what is given, not by what led there."""
        stated = line.proposition
        if line.row.lead != "equivalent" or premise is None or stated is None:
            return None
        context = self.section.store.context(place - 1, premise, (), stated, self._local(line))
        given = {replace(known.proposition, parameters=()) for known in self.section.store.known if known.given}
        given -= {other.proposition for other in self.section.lines if other.display is line.display}
        kept = tuple(p for p in context.assumptions if p == stated or replace(p, parameters=()) in given)
        context = self._with_laws(line.display, replace(context, assumptions=kept), premise)
        return Statement(premise, context, self.section.source.span(*line.row.place))

    def _differentiates_a_function(self, line: Line) -> bool:
        """True of `L'(w)` and `dL/dw`: a function of its arguments, which takes data as they are."""
        tree = self.section.trees.get(id(line.row))
        for node in () if tree is None else t.walk(tree):
            if isinstance(node, t.Derivative) and isinstance(node.body, t.Name | t.Applied):
                return True
            if isinstance(node, t.Applied) and node.head.text.endswith("'"):
                return True
        return False

    def _posed_for(self, place: int, goal: Proposition) -> list[Proposition]:
        """The equations to be solved that bear on a relation: those with its names, and with the names in these."""
        posed = self.section.posed
        lines = [
            line
            for n, line in enumerate(self.section.lines[:place])
            if line.role.reason == POSED or place in posed.get(n, ())
        ]
        waiting = [p for line in lines if (p := line.proposition) is not None and self._holds_at(place, line)]
        names, found = names_in(goal.left) | names_in(goal.right), list[Proposition]()
        while near := [p for p in waiting if names & (names_in(p.left) | names_in(p.right))]:
            found += near
            waiting = [p for p in waiting if p not in near]
            names = names.union(*(names_in(side) for p in near for side in (p.left, p.right)))
        return found[:MOST]

    def _holds_at(self, place: int, line: Line) -> bool:
        """True where a relation holds at a place: under a condition it may do so in its sentence alone."""
        where = self.section.reach.within(line.display, line.row)
        return where is None or place in where

    def _states_the_chain_rule(self, line: Line) -> bool:
        """True of the chain rule for names of which it is not said what they are: there is nothing to check it by."""
        names = between(self.section.trees.get(id(line.row)))
        return names is not None and names.isdisjoint(self.section.terms.definitions)

    def _flawed(self, place: int, line: Line, span: Span, *, given: bool) -> Step | None:
        """The statement that must hold if a relation is well formed, where it seems not to be."""
        stated = line.proposition
        if stated is None:
            return None
        if is_finite_beside_infinitesimal(line.row):
            return Step(abstracted(Statement(stated, span=span)), flaw=INFINITESIMAL, says=stated)
        above = defined_before(line.display, line.row) if given else None
        known = [other.proposition for other in self.section.lines[:place] if other.row is above and other.proposition]
        if known:
            same = Proposition(known[0].right, Relation.EQUAL, stated.right)
            context = self.section.store.definitions_only(place, same)
            return Step(Statement(same, context, span), flaw=DEFINED_TWICE, says=stated)
        named = known_value(line.display, line.row) if given else None
        if named is not None and (step := self._of_that_name(place, stated, named, span)) is not None:
            return step
        if given and (step := self.slopes.at_an_extremum(place, line, span)) is not None:
            return step
        unbound = unbound_index(line.display, line.row, self.section.usage) if given else ""
        return self._for_all(place, line, unbound, span) if unbound else None

    def _of_that_name(self, place: int, stated: Proposition, named: t.Node, span: Span) -> Step | None:
        """What a text says a function to be beside what has the name that it gives it."""
        try:
            known, right = matching(self.section.terms.expression(named), stated.right)
        except (Unread, LanguageError):
            return None
        same = Proposition(known, Relation.EQUAL, right)
        if not speaks_of_the_same(same):
            return None
        statement = Statement(same, self.section.store.definitions_only(place, same), span)
        return Step(abstracted(statement), flaw=OTHERWISE.format(printed(named)), says=stated)

    def _for_all(self, place: int, line: Line, index: str, span: Span) -> Step | None:
        """An equation with an index on its right alone: it says that the right side is the same for all its values."""
        terms, stated, tree = self.section.terms, line.proposition, self.section.trees.get(id(line.row))
        variable = terms.index(index)
        if stated is None or variable is None or not isinstance(tree, t.Sides):
            return None
        bound, terms.bound = terms.bound, {**terms.bound, index: Variable(f"{index}'", variable.alphabet)}
        try:
            other = terms.expression(tree.sides[1])
        except (Unread, LanguageError):
            return None
        finally:
            terms.bound = bound
        same = Proposition(stated.right, Relation.EQUAL, other)
        context = self.section.store.definitions_only(place, same)
        return Step(Statement(same, context, span), flaw=UNBOUND.format(index), says=stated)

    def _product_rules(self, place: int, line: Line) -> list[Proposition]:
        """What the sum and product rules say of the probabilities in a relation, and in its left side before."""
        stated = line.proposition
        if stated is None or not self.section.wording.named or self.section.is_unnormalised:
            return []
        before = [(other.row, other.proposition) for other in self.section.lines[:place]]
        same = [row for row, said in before if said is not None and said.left == stated.left]
        trees = [self.section.trees.get(id(row)) for row in (line.row, *same[-1:])]
        found: dict[Proposition, None] = {}
        self.section.terms.place = place
        read = [tree for tree in trees if tree is not None]
        summed = sum_rules(read) if self.section.integrates_over_all else ()
        for sides in islice(chain(summed, product_rules(calls_in(read))), MOST):
            with suppress(Unread, LanguageError):
                left, right = matching(*(self.section.terms.expression(side) for side in sides))
                if any(isinstance(part, q.Opaque) for part in preorder_traversal(left)):
                    found[Proposition(left, Relation.EQUAL, right)] = None
        return list(found)

    def _same_calls(self, place: int, line: Line) -> list[Proposition]:
        """What is equal in a relation because a function is taken at the same place."""
        tree = self.section.trees.get(id(line.row))
        self.section.terms.place = place
        return [] if tree is None else list(same_calls(self.section.terms, calls_in([tree])))

    def _is_recalled(self, line: Line) -> bool:
        """True of what a text says a mean or a variance to be, where the library knows what it is.

        Of a variable with a law, or in terms of other moments; a hypothesis is none.
        """
        stated = line.proposition
        if stated is None or not isinstance(stated.left, Moment) or is_supposed(line.display, line.role):
            return False
        if any(known.left == stated.left for known in self._chances(line.display, (stated.left,))):
            return True
        return _is_of_moments(stated.right) or self.section.laws.value(stated) is not None

    def _recalled(self, place: int, line: Line, context: Context, span: Span) -> Step:
        """A mean or a variance beside what the library knows of it."""
        stated = line.proposition or _nothing()
        value = self.section.laws.value(stated)
        if value is not None:
            moment = q.Opaque(latex(stated.left))
            stated = Proposition(moment, stated.relation, stated.right)
            context = self.section.store.definitions_only(place, stated)
            context = replace(context, definitions=(Definition(moment, value), *context.definitions))
        else:
            context = self._with_laws(line.display, context, stated)
        known = value is not None or not any(_RELATING.search(display.before) for display in self.section.displays)
        is_open = self.section.reach.is_open(line.display, line.row) or self.openness.has_untold_values(stated)
        complete = known and not is_open
        recalled = value is None or not is_worked_out(line.display)
        return Step(Statement(stated, context, span), recalled=recalled, complete=complete, says=line.proposition)

    def _with_laws(
        self, display: Display, context: Context, goal: Proposition, more: Sequence[Proposition] = ()
    ) -> Context:
        """A context with what is known of the moments of random variables, before all other assumptions."""
        defined = (Proposition(d.name, Relation.EQUAL, d.body) for d in context.definitions)
        about = (goal, *context.assumptions, *more, *defined)
        sides = [side for p in about for side in (p.left, p.right)]
        said = self.section.random_facts.about(sides, display)
        said += facts_about(self.section.event_facts, display, sides)
        said += self._chances(display, sides)
        said += [whole for stated in (*said, *context.assumptions, *more) for whole in multiplied_out(stated)]
        found = (*self.section.laws.facts(about), *said, *context.assumptions, *more)
        return replace(context, assumptions=tuple(dict.fromkeys(found)))

    def _chances(self, display: Display, sides: Sequence[Expr]) -> list[Proposition]:
        """What lists of values say of the probabilities in some expressions."""
        terms, laws = self.section.terms, in_force(self.section.listed_laws, display.number)
        found: list[Proposition] = []
        for name, law in laws.items() if terms.valued else ():
            for values, chance in law.chances if law.names == (name,) and name in terms.valued else ():
                if len(values) == 1 and law.over is None and printed(values[0]) in terms.valued[name].seen:
                    with suppress(Unread, LanguageError):
                        event = taking(terms, name, printed(values[0]))
                        if events_in((event,)) <= events_in(sides):
                            found.append(Proposition(chance_of(terms, event), Relation.EQUAL, terms.expression(chance)))
        return found

    def _local(self, line: Line) -> list[Proposition]:
        """What holds for this relation and not throughout."""
        here = self.section.reach.here(line.display, line.row)
        stated = [self.section.line(-1, line.display, said).proposition for said in here]
        found = (*stated, *self.section.compared_indices(line.display))
        return [proposition for proposition in found if proposition is not None]

    def _instances(self, place: int, line: Line) -> list[Proposition]:
        """What the functions in a relation are at their arguments, by their definitions."""
        tree = self.section.trees.get(id(line.row))
        found: dict[Proposition, None] = {}
        nodes = [] if tree is None else list(t.walk(tree))
        # What is differentiated is put in already, and its value says nothing of the slope.
        slopes = {id(node.body) for node in nodes if isinstance(node, t.Derivative)}
        waiting = [call for call in calls_in([tree] if tree is not None else []) if id(call) not in slopes]
        self.section.terms.place = place
        cites = {*line.row.cites, *references(line.display.before)}
        cited = {n for n, other in enumerate(self.section.lines) if not cites.isdisjoint(other.display.labels)}
        for _ in range(2):
            further: list[t.Applied] = []
            for call in waiting:
                defined = self.section.terms.functions.at(call, place, cited)
                if defined is None or len(found) > MOST:
                    continue
                try:
                    left, right = matching(
                        self.section.terms.expression(call), self.section.terms.expression(defined[1])
                    )
                except (Unread, LanguageError):
                    continue
                if isinstance(left, Special):
                    continue  # it is known what that is
                if left not in (right, *(p.left for p in found)) and shape_of(left) == shape_of(right):
                    found[Proposition(left, Relation.EQUAL, right)] = None
                    further += calls_in([defined[1]])
            waiting = further
        return [p for p in found if p != line.proposition]

    def _weaker(
        self, place: int, goal: Proposition, before: Proposition | None, row: Row, rules: Sequence[Proposition]
    ) -> Statement | None:
        """What fails at values where a relation does not follow: of numbers of their own, without what is hard to meet.

        A left side that was equal to something before stands for that.
        """
        if goal.relation is not Relation.EQUAL and row.kind != "continued":
            return None
        if before is not None:
            goal = Proposition(before.right, goal.relation, goal.right)
        elif self._is_new(place, goal):
            return None
        # What probabilities of events may be is what finite models say: as numbers they could be negative.
        if not speaks_of_the_same(goal) or events_in((goal.left, goal.right)):
            return None
        context = self.section.store.definitions_only(place, goal)
        context = replace(context, assumptions=(*context.assumptions, *rules))
        return abstracted(Statement(goal, context, self.section.source.span(*row.place)))

    def _said_before(self, place: int, goal: Proposition, instances: Sequence[Proposition]) -> Proposition | None:
        """What was said to be equal to a left side, where its right side is made of other quantities."""
        values = (value for value in instances if value.left == goal.left)
        before = self.section.store.latest(place, goal.left) or next(values, None)
        is_other = before is not None and not speaks_of_the_same(goal) and before.right != goal.right
        return before if is_other else None

    def _is_new(self, place: int, goal: Proposition) -> bool:
        """True of an equation for a name of which nothing else is said, and which its other side does not mention."""
        defined = {definable(d.name) for d in self.section.store.definitions_only(place, goal).definitions}
        for side, other in ((goal.left, goal.right), (goal.right, goal.left)):
            name = definable(side)
            if name is not None and name not in defined and name not in names_in(other):
                return True
        return False

    def _is_solution(self, place: int, line: Line) -> bool:
        """True of `q = p` behind `Setting $C'(q) = 0$ we get`, where q has no mark: it is any number elsewhere."""
        left, before = line.row.left, self.section.lines[place - 1] if place else None
        if not isinstance(left, t.Name) or left.text != left.base or line.row.sign != "=":
            return False
        follows = before is not None and before.role.reason == EXTREMUM and line.row.kind != "continued"
        return follows or (
            is_solution(line.row, line.display) and SET_TO_ZERO.search(last_words(line.display)) is not None
        )

    def _is_news(self, place: int, goal: Proposition, context: Context) -> bool:
        """True of an equation for a name of which no other equation says anything."""
        equations = [p for p in context.assumptions if p.relation is Relation.EQUAL]
        known = frozenset[str]().union(*(names_in(side) for p in equations for side in (p.left, p.right)))
        names = {name for side in (goal.left, goal.right) if (name := definable(side)) is not None}
        return self._is_new(place, goal) and names.isdisjoint(known)

    def _is_about_numbers(self, line: Line) -> bool:
        """True of a row that was read, and in which there is no distribution and nothing that is defined by one."""
        finite = self.section.finite
        if line.listed is not None:
            return True
        return (
            line.proposition is not None and finite.notation is not None and not finite.is_about_distributions(line.row)
        )

    def _was_told_by_numbers(self, place: int, line: Line) -> bool:
        r"""True of a quantity beside numbers where the text said what it is by such: `H(X) = \sum_{k=1}^2 f(p_k)`.

        In the language of probability nothing ties these to the distribution.
        """
        stated, inside = line.proposition, self._in_probability(line.row)
        if stated is None or inside is None or inside.right.atoms(Variable, RandomVariable, Distribution):
            return False
        before = (other for other in self.section.lines[:place] if other.role.kind != "claim")
        told = [other for other in before if other.proposition is not None and other.proposition.left == stated.left]
        return bool(told) and all(self._in_probability(other.row) is None for other in told)

    def _discrete(self, place: int, line: Line, span: Span) -> Step | None:
        """The step in the language of probability; None where it says something else."""
        row = line.row
        if self.section.finite.notation is None or row.problem is not None or row.sign not in RELATIONS.values():
            return None
        try:
            proposition = self.section.finite.proposition(row)
        except Unread:
            return None
        is_claim = line.role.kind == "claim" and not self._is_defined(proposition)
        proof = self._proof_in_probability(line) if is_claim else ()
        given = line.role.kind == "given" or (is_claim and not proof)
        number = self.section.displays.index(line.display)
        said = [one for one in self.section.said_independent if one.holds_for(number)]
        known = [one.sentence for one in said if self.section.finite.equation(one) is not None]
        in_words = is_said_in_words(self.section.displays, line.display, known)
        recalled = id(row) in self.section.finite.recalled and not in_words
        context = self.section.finite.context_at(row, said) if not given else Context()
        here = [] if given else self.section.reach.here(line.display, row)
        local = [stated for condition in here if (stated := self._in_probability(condition)) is not None]
        ends = [Proposition(proof[0].left, proof[-1].relation, proof[-1].right)] if proof else []
        assumptions = tuple(dict.fromkeys((*context.assumptions, *local, *ends)))
        particular, single = self.section.particular, self.section.single
        context = replace(context, assumptions=assumptions, particular=particular, single=single)
        return Step(
            Statement(proposition, context, span),
            given=given and not recalled,
            recalled=recalled,
            complete=self.section.complete and not self.section.reach.is_open(line.display, row),
            partly_read=self.openness.is_under_words(line)
            or self.openness.has_an_untied_chance(line, proposition, context)
            or self.openness.is_only_claimed(place, line)
            or in_words
            or len(local) < len(here),
            continues=row.kind == "continued",
            proof=proof,
            mentioned=() if given else said_in_passing(self.section, place, line, proposition),
        )

    def _proof_in_probability(self, line: Line) -> tuple[Proposition, ...]:
        """The rows of the proof of a claim as they are checked; none where some are not read."""
        lines = self.section.lines
        proof = [lines[place] for place in self._proof(line.proposition)] if line.proposition is not None else []
        found = [
            (None if self._is_about_numbers(own) else self._in_probability(own.row)) or own.proposition for own in proof
        ]
        return tuple(stated for stated in found if stated is not None) if all(found) else ()

    def _in_probability(self, row: Row) -> Proposition | None:
        """What a relation says in the language of probability; None where it says something else."""
        try:
            return self.section.finite.proposition(row)
        except Unread:
            return None

    def _is_defined(self, claim: Proposition) -> bool:
        """True of a claim about distributions and names, where the text says what these are."""
        defined = {definable(known.name) for known in self.section.finite.context.definitions}
        names = names_in(claim.left) | names_in(claim.right)
        return bool(names) and names <= defined

    def _premise(self, place: int, line: Line) -> Proposition | None:
        """The row from which an equation with two new sides follows."""
        is_led = line.row.lead in ("implies", "equivalent")
        if line.row.kind not in ("sided", "first") and not is_led:
            return self._solved(place, line)
        if line.role.reason == SOLVED:
            return self._at_its_solution(place, self.section.lines[place - 1], frozenset())
        follows = line.row.kind == "sided" or is_led
        earlier = (other for other in reversed(self.section.lines[:place]) if not is_condition(other.row))
        before = next(earlier, None)
        if before is not None and line.row.kind == "first" and self._is_concluded(place, before, line):
            return before.proposition
        if not follows or before is None or before.display is not line.display:
            return None
        lasts = before.display.holds_beyond(before.row) or before.row.line == line.row.line
        if not lasts or before.role.reason != EXTREMUM:
            return before.proposition if lasts else None
        return self._at_its_solution(place, before, self.slopes.names_before(line))

    def _at_its_solution(self, place: int, before: Line, known: frozenset[str]) -> Proposition | None:
        r"""The row before; where that is to be solved, at the names of the solution: at `\hat{\mu}` for `\mu`."""
        tree = self.section.trees.get(id(before.row))
        if not isinstance(tree, t.Sides):
            return before.proposition
        solved = at_estimates(tree, self.section.lines[place].row, known, found_above(self.section.lines[:place]))
        found = self.section.reread(before, solved).proposition if isinstance(solved, t.Sides) else None
        return found or before.proposition

    def _is_concluded(self, place: int, before: Line, line: Line) -> bool:
        """True where a sentence goes on with `it follows that`, behind what is given of more than a name."""
        if before.proposition is None or before.role.kind != "given":
            return False
        if not line.display.continues and (
            _CONCLUDES.fullmatch(line.display.before) is None or isinstance(before.proposition.left, q.Opaque | w.Call)
        ):
            return False
        if not are_conclusive(last_words(line.display)):
            return False
        return definable(before.proposition.left) is None and self._holds_at(place, before)

    def _solved(self, place: int, line: Line) -> Proposition | None:
        """The equation with 0 that a row continues: `f'(x) = 0 = 2 x - 4`."""
        last = self.section.lines[place - 1] if place else None
        if last is None or last.display is not line.display or line.row.kind != "continued":
            return None
        return last.proposition if last.role.reason == EXTREMUM else None

    def _sets_to_zero(self, place: int, premise: Proposition) -> bool:
        """True of the row right before, where that sets to zero what the text said before what it is."""
        before = self.section.lines[place - 1]
        return before.proposition == premise and before.role.reason == EXTREMUM

    def _claim(self, place: int, line: Line) -> Step | Stated:
        """The claim of a theorem, against what its proof ends with."""
        claim, lines, span = line.proposition, self.section.lines, self.section.source.span(*line.row.place)
        if claim is None:
            return self._stated(line, Given(line.role.reason))
        about = [
            number
            for number, other in enumerate(lines)
            if other.proposition is not None and other.role.kind != "claim" and other.display.part == "proof"
            and other.proposition.left == claim.left and other.proposition.relation is claim.relation
        ]  # fmt: skip
        if not about:
            return Step(Statement(claim, span=span), given=True)
        if lines[about[-1]].proposition == claim:
            return Step(Statement(claim, span=span), given=True, says=line.says)
        places = self._proof(claim) or (about[-1],)
        proof = tuple(stated for number in places if (stated := lines[number].proposition) is not None)
        ends = Proposition(proof[0].left, proof[-1].relation, proof[-1].right)
        # What is inferred behind a proof may rest on what is proved by it; what is given there explains its names.
        after = range(places[-1] + 1, len(lines))
        behind = next((number for number in after if lines[number].role.kind != "given"), len(lines))
        context = self.section.store.context(behind, claim, (), ends)
        instances = [stated for stated in self._instances(behind, line) if stated.left != claim.left]
        context = self._with_laws(line.display, context, claim, instances)
        if self._ends_openly(claim, ends):
            return Step(Statement(claim, span=span), given=True, says=line.says)
        opposite = Proposition(ends.right, ends.relation, claim.right)
        weaker = abstracted(Statement(opposite, self.section.store.definitions_only(behind, opposite), span))
        partly = self.openness.is_partly_read(line)
        return Step(Statement(claim, context, span), complete=False, weaker=weaker, partly_read=partly, proof=proof)

    def _ends_openly(self, claim: Proposition, ends: Proposition) -> bool:
        """True where a proof ends with a function of which the section does not say what it is, as `p(y)` often is."""
        said = [p for line in self.section.lines if (p := line.proposition) is not None]
        new = names_in(ends.right) - names_in(claim.left) - names_in(claim.right)
        functions = [part for part in preorder_traversal(ends.right) if isinstance(part, q.Opaque)]
        unknown = {part.template for part in functions if part.template in new and r"\left(" in part.template}
        return bool(unknown - {p.left.template for p in said if isinstance(p.left, q.Opaque)})

    def _proof(self, claim: Proposition) -> tuple[int, ...]:
        """The places of the rows of the last chain that begins with the left side of a claim."""
        found: tuple[int, ...] = ()
        running: tuple[int, ...] = ()
        end: Expr | None = None
        for place, line in enumerate(self.section.lines):
            stated = line.proposition
            if stated is None or stated.relation is not Relation.EQUAL or line.display.part != "proof":
                running = ()
                continue
            goes_on = bool(running) and stated.left == end and stated.left != claim.left
            running = (*running, place) if goes_on else (place,) if stated.left == claim.left else ()
            found, end = running or found, stated.right
        return found

    def _stated(self, line: Line, verdict: Given | NotRead | Unknown) -> Stated:
        row = line.row
        texts = [
            printed(side) if side is not None else " ".join(text.split())
            for side, text in zip((row.left, row.right), row.texts, strict=True)
        ]
        return Stated(self.section.source.span(*row.place), texts[0], row.sign, texts[1], verdict)


def _free(stated: Proposition) -> frozenset[Variable]:
    return free_variables(stated.left) | free_variables(stated.right)


def _is_uninterpreted(expression: Expr) -> bool:
    """True of what has a part of which nothing is known but its name."""
    return any(isinstance(part, q.Opaque) for part in preorder_traversal(expression))


def _is_by_chance_somewhere(goal: Proposition, context: Context) -> bool:
    r"""True where a name is of chance in one place and a number in another: `E[\hat{b}]` beside `\hat{b} = X^+ y`.

    What relates the two was not read.
    """
    sides = [goal.left, goal.right, *(side for d in context.definitions for side in (d.name, d.body))]
    if goal.left.has(Moment) or goal.right.has(Moment):
        sides += [side for p in context.assumptions for side in (p.left, p.right)]
    names = frozenset[str]().union(*map(names_in, sides))
    return any(unmarked(name) in names for name in names if name != unmarked(name))


def _is_explicit(goal: Proposition, context: Context) -> bool:
    """True unless a derivative in a statement may be of more than what is written: of names that depend on others."""
    defined = any(not isinstance(known.body, q.Cardinality) for known in context.definitions)
    return not derivatives_in((goal.left, goal.right)) or not (context.varying or defined)


def _is_about_infinity(row: Row) -> bool:
    r"""True of `x < \infty`, and of any other relation with an infinite side."""
    sides = (side.body if isinstance(side, t.Negation) else side for side in (row.left, row.right))
    return any(isinstance(side, t.Name) and side.base == r"\infty" for side in sides)


def _is_of_moments(expression: Expr) -> bool:
    """True of arithmetic with means and variances, and no other names, in which some stand."""
    found, waiting = False, [expression]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Moment):
            found = True
        elif isinstance(part, w.Scalar | q.Opaque | q.Component | RandomVariable):
            return False
        else:
            waiting += [inner for inner in part.args if isinstance(inner, Expr)]
    return found


def _is_identity(proposition: Proposition) -> bool:
    """True of an equation between two expressions in the same names, which says something that can be checked.

    `f(n+1) = 2 f(n)` says what an unknown function is.
    """
    if isinstance(proposition.left, q.Opaque):
        return False
    names = names_in(proposition.left)
    compound = definable(proposition.left) is None and definable(proposition.right) is None
    return compound and proposition.relation is Relation.EQUAL and bool(names) and names == names_in(proposition.right)


def _nothing() -> Proposition:
    return Proposition(w.Scalar(""), Relation.EQUAL, w.Scalar(""))
