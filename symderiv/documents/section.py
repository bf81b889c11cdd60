"""A section of a document, read: its relations as steps, each in the context of what the section says."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from functools import cached_property

from symderiv.documents.announced import distributions
from symderiv.documents.antiderivatives import as_derivative
from symderiv.documents.called_correlations import called_correlations
from symderiv.documents.called_moments import called_moments
from symderiv.documents.conditioned import Conditioned
from symderiv.documents.correlations import correlations
from symderiv.documents.displays import DRAWN_FROM, Display, Row, is_range, names_of
from symderiv.documents.finite import FiniteSection, Standing
from symderiv.documents.for_all import names_for_all, names_in_ranges
from symderiv.documents.function_domains import is_of_some_arguments
from symderiv.documents.identities import identities
from symderiv.documents.index_relations import between_indices
from symderiv.documents.kinds import (
    averaged_over_by_none,
    called_constant,
    called_drawn,
    called_events,
    called_matrices,
    called_numbers,
    called_plain_vectors,
    called_random,
    called_regular,
    called_something,
    called_symmetric,
    called_vectors,
    dependences,
    is_unnormalised,
    made_of,
    picked_out,
    random_by_use,
    wording_of,
)
from symderiv.documents.known import store_of
from symderiv.documents.last_terms import with_terms
from symderiv.documents.laws import densities_of, laws_of
from symderiv.documents.leading_words import may_suppose
from symderiv.documents.line import Line
from symderiv.documents.listed_laws import ListedLaw, in_force, leaves_out, put_in
from symderiv.documents.made_vectors import made_vectors, with_made_vectors
from symderiv.documents.mentions import mentions
from symderiv.documents.named_moments import named_moments
from symderiv.documents.names_in_use import products_of, shapes_of, sides_of, trees_of, usage_in
from symderiv.documents.orders_of_factors import turned_around
from symderiv.documents.possible_values import facts_of_values, possible_values
from symderiv.documents.propositions import as_written, matching
from symderiv.documents.random_facts import RandomFacts, normals_of
from symderiv.documents.reach import Reach
from symderiv.documents.role import IN_PROSE, Role
from symderiv.documents.said_distributions import said_distributions, weights_of_cross_entropies
from symderiv.documents.said_independent import SaidIndependent, said_independent
from symderiv.documents.said_of_events import facts_of_events
from symderiv.documents.said_of_random import leads_to_independent, said_of_random, speaks_of_dependent
from symderiv.documents.said_otherwise import SaidOtherwise
from symderiv.documents.said_values import said_values
from symderiv.documents.sample_means import sample_means
from symderiv.documents.sample_spreads import called_spreads, sample_spreads
from symderiv.documents.sentences import placed_sentences
from symderiv.documents.sets_of_values import sets_of_some
from symderiv.documents.sizes import take_sizes
from symderiv.documents.sum_rule import are_over_all_values
from symderiv.documents.unknowns import to_be_solved
from symderiv.formulas import tree as t
from symderiv.formulas.declarations import Declared
from symderiv.formulas.events import event_names, measure_of, valued_names, with_possible
from symderiv.formulas.functions import FunctionDefinition, calls_in
from symderiv.formulas.general import Terms
from symderiv.formulas.grammar import RELATIONS
from symderiv.formulas.grids import Grid, grid_of, spelled_out
from symderiv.formulas.printing import printed
from symderiv.formulas.shapes import symmetric_names
from symderiv.formulas.source import Ambiguous, Source, Unfitting, Unread
from symderiv.formulas.usage import constant_letters, inside_only, with_products
from symderiv.language.events import Happening
from symderiv.language.indices import Kronecker
from symderiv.language.matrices import NUMBER, shape_of
from symderiv.language.written import LanguageError
from symderiv.model.statement import Proposition, Relation

_HYPOTHESES = re.compile(
    r"\b(?:independent|identically|assum\w+|suppos\w+|let|given|symmetric|uncorrelated|orthogonal|provided|only if"
    r"|such that|follow(?:s|ing) an?|consider|convex|concave|constrain\w+|(?:non-?)?(?:positive|negative|zero))\b",
    re.IGNORECASE,
)
"""Words by which a text says something of its names that no relation says."""
_IID = re.compile(r"\\(?:overset|stackrel)\s*\{[^=]*?\bi\.?\s?i\.?\s?d\b", re.IGNORECASE)
"""What stands over the sign for a distribution where the draws are independent."""


class Section:
    """The relations of one section under one notation."""

    def __init__(self, source: Source, displays: Sequence[Display], roles: dict[int, Role]) -> None:
        self.source, self.displays, self.roles = source, displays, roles
        self.wording, self.is_unnormalised = wording_of(source.text, displays), is_unnormalised(displays)
        self.reach = Reach(displays, roles)
        self.directives = list({id(d): d for display in displays for d in display.directives}.values())
        said = [row for directive in self.directives for row in directive.rows]
        own = [row for display in displays for row in (*display.rows, *display.inline, *display.local)]
        rows = [row for row in (*own, *said) if row.problem is None]
        trees, entries = trees_of(rows, displays)
        declared = [d.declared for d in self.directives if d.declared is not None]
        self.called_random = called_random(displays)
        self.called_symmetric, self.called_regular = called_symmetric(displays), called_regular(displays)
        symmetric, told = set(dict(self.called_symmetric)), called_matrices(displays)
        self.usage = usage_in(trees.values(), displays, declared, self.called_random, symmetric, told)
        matrices = [d for d in declared if d.kind == "matrix"]
        units = identities(displays, rows, [name.text for d in declared for name in d.plain])
        vectors = sorted(called_plain_vectors(displays))
        called = list(dict.fromkeys((*(n.text for d in matrices for n in d.plain), *sorted(told), *vectors, *entries)))
        self.trees = products_of(trees, self.usage, called, units, source.text)
        self.shapes, self.misfits = shapes_of(list(self.trees.values()), self.usage, called, units, vectors)
        self.grids = self._grids()
        self.terms = Terms(source, self.usage, self.shapes)
        self.terms.definitions = made_of(self.trees.values())
        take_sizes(self.terms, list(self.trees.values()), displays, matrices)
        # What is defined has the shape and symmetry of its definition.
        given = [row for row in rows if roles.get(id(row), IN_PROSE).kind == "given" and row.sign == "="]
        defined = {row.left.text for row in given if isinstance(row.left, t.Name)}
        self.terms.symmetric = self._symmetric(matrices, defined)
        self._learn_events()
        self._learn_random(source.text, displays)
        self.terms.integrated = {
            name.text
            for tree in self.trees.values()
            for node in t.walk(tree)
            if isinstance(node, t.Integral)
            for name in node.over
        }
        self.event_facts = [*facts_of_events(displays, self.terms), *facts_of_values(self.terms, displays)]
        self._learn_functions()
        self.settled = averaged_over_by_none(displays, self.trees, self.usage.random | self.drawn, self.lasting())
        self.laws = laws_of(displays, roles, self.terms, self.random_facts.said.moments)
        self.terms.laws = densities_of(displays, self.terms) | self.laws.of_densities
        self._learn_families()
        self.lines = [
            self.line(place, display, row)
            for place, (display, row) in enumerate((display, row) for display in displays for row in display.rows)
        ]
        self.finite = self._in_probability(said, declared)
        self.stated = self._stated()
        self.undefined = self._not_read()
        """The names with equations that were not read, or that say what they are by cases."""
        self.complete = not any(_HYPOTHESES.search(display.before) for display in displays)
        self.store = store_of(self, declared, rows)

    @cached_property
    def summed(self) -> frozenset[str]:
        """The variables of the sums and integrals of the section that are no things of their own."""
        totals = (n for tree in self.trees.values() for n in t.walk(tree) if isinstance(n, t.Total | t.Integral))
        return frozenset(name.text for node in totals for name in node.over) - picked_out(self.displays)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names in the relations of the section, and in what prose says in passing."""
        passing = (side for display in self.displays for row in display.limited for side in row.sides)
        nodes = (node for tree in (*self.trees.values(), *passing) for node in t.walk(tree))
        return frozenset(node.text for node in nodes if isinstance(node, t.Name))

    @property
    def particular(self) -> frozenset[str]:
        """The letters of indices of which the text says that they stand for one value each: `the true class $y$`."""
        return self.unsummed & picked_out(self.displays)

    @property
    def single(self) -> frozenset[str]:
        r"""The letters of indices that have one value wherever they stand, as the label y in `\ell = -\ln p_y`."""
        alone: set[str] = set()
        for tree in self.trees.values():
            if isinstance(tree, t.Sides) and tree.signs == ("=",):
                left, right = (_letters_below(side) for side in tree.sides)
                alone |= right - left
        return self.unsummed & alone

    @cached_property
    def unsummed(self) -> frozenset[str]:
        """The letters of indices over which no sum of the text runs, and of which it says nothing for all values."""
        names = (n for tree in self.trees.values() for n in t.walk(tree) if isinstance(n, t.Name))
        letters = frozenset(piece for name in names for piece in name.lower)
        rows = [row for display in self.displays for row in (*display.rows, *display.inline)]
        every = (names_for_all(self.source.text, row) for row in rows)
        prose = [text for display in self.displays for text in (display.before, display.after)]
        shown = [self.source.text[slice(*row.place)] for row in rows]
        ranges = map(names_in_ranges, (*prose, *shown))
        return letters - self.summed - frozenset[str]().union(*every, *ranges)

    def _grids(self) -> dict[str, tuple[Grid, int]]:
        """The matrices of which the section says once what all their entries are, and from which display on."""
        found: dict[str, dict[str, tuple[Grid, int] | None]] = {}
        for display in self.displays:
            for row in (*display.rows, *display.inline):
                if row.sign == "=" and isinstance(row.left, t.Name) and row.problem is None:
                    given = self.roles.get(id(row), IN_PROSE).kind == "given"
                    lasts = row in display.inline or self.reach.within(display, row) is None
                    grid = grid_of(row.right) if given and lasts else None
                    key = "" if grid is None or row.right is None else printed(row.right)
                    since = display.number if row.onwards or row.supposed else -1
                    found.setdefault(row.left.text, {})[key] = None if grid is None else (grid, since)
        once = {name: next(iter(grids.values())) for name, grids in found.items() if len(grids) == 1}
        return {name: grid for name, grid in once.items() if grid is not None}

    def _in_probability(self, said: Sequence[Row], declared: Sequence[Declared]) -> FiniteSection:
        """The section in the language of probability; `said` is what comments for the checker state."""
        displays = self.displays
        said = [*said, *(row for d in displays for row in d.inline if row.sign in RELATIONS.values())]
        said += [row for display in displays for row in display.admissible]
        inline = [row for display in displays for row in self.reach.throughout(display)]
        rows = [*(row for display in displays for row in display.rows), *inline, *said]
        roles = self.roles | {id(row): IN_PROSE for row in (*inline, *said)}
        local = {id(line.row) for line in self.lines if self.reach.within(line.display, line.row) is not None}
        # What is said of events is not said of variables with distributions.
        rows = [] if self.is_unnormalised or self.terms.events or not self.integrates_over_all else rows
        # What prose announces counts where the formulas agree with it, and nothing is declared.
        told = [] if declared else distributions(displays, self.trees.values())
        supposed = {id(row) for display in displays for row in display.rows if may_suppose(display)}
        standing = Standing(local, supposed, {id(row) for row in (*inline, *said)})
        partial = sets_of_some(displays)
        wording = replace(self.wording, euler=frozenset(self.usage.euler))
        found = FiniteSection(self.source, rows, roles, [*declared, *told], standing, wording, partial)
        if told and found.notation is None:
            found = FiniteSection(self.source, rows, roles, declared, standing, wording, partial)
        return found

    @cached_property
    def integrates_over_all(self) -> bool:
        """True where integrals without limits are over all values."""
        return are_over_all_values(self.displays, self.trees.values())

    @cached_property
    def by_custom(self) -> list[Proposition]:
        """What is so by custom of the field, where a text speaks of something and does not say it."""
        rows = list(weights_of_cross_entropies(self.displays, list(self.trees.values())))
        trees = {id(row): sides_of(row) for row in rows}
        read = (self.read_as(self.displays[0], row, IN_PROSE, trees[id(row)]).proposition for row in rows)
        return [stated for stated in read if stated is not None]

    @cached_property
    def said_independent(self) -> list[SaidIndependent]:
        """What prose says of how variables depend on each other."""
        return said_independent(self.displays)

    @cached_property
    def posed(self) -> dict[int, range]:
        """The places of the equations that are to be solved, each with those of its problem."""
        said = [proposition for line in self.stated if (proposition := line.proposition) is not None]
        return to_be_solved(self.lines, said, lambda line: self.reach.within(line.display, line.row) is None)

    @cached_property
    def knows_of_chance(self) -> bool:
        """True where more is known of what is random than what is true of all distributions."""
        said = self.random_facts.said
        apart = (*said.independent, *said.mutual, *said.uncorrelated, *said.crossed, *said.families, *said.here)
        known = self.laws.drawn or self.random_facts.known or self.event_facts or self.said_independent or apart
        return bool(known) or any(map(self.conditioned.speaks_of_chance, self.lasting()))

    @cached_property
    def spoken_of(self) -> frozenset[str]:
        """The names that prose speaks of by themselves, and does not call constants."""
        return frozenset(name for name, _ in mentions(self.displays)) - self.constants

    @cached_property
    def labels(self) -> frozenset[str]:
        """The labels of the displays."""
        return frozenset(label for display in self.displays for label in display.labels)

    def _stated(self) -> list[Line]:
        """What the prose says throughout the section, and what the names of distributions and means say."""
        trees = list(self.trees.values())
        means = [*sample_means(self.displays, trees, self.usage), *sample_spreads(self.displays, trees, self.usage)]
        means += called_moments(self.displays, trees)
        means += correlations(self.source.text, self.displays, trees, frozenset(self.usage.random))
        named = list(named_moments(self.displays, trees, frozenset(self.usage.random)))
        means += [*named, *called_correlations(self.displays, trees, self.random_facts.said.moments, named)]
        means += said_distributions(self.displays, trees)
        admissible = (row for display in self.displays for row in display.admissible)
        self.trees |= {id(row): sides_of(row) for row in (*means, *admissible)}
        throughout = [(display, row) for display in self.displays for row in self.reach.throughout(display)]
        sets = {row.within for _, row in throughout if row.within is not None}
        once = [name for name, count in Counter(name for name, _ in sets).items() if count == 1]
        stated = [(d, r) for d, r in throughout if r.within is None or r.within[0] in once]
        found = [self.line(-1, display, row) for display, row in stated]
        found += [line for row in means if (line := self.line(-1, self.displays[0], row)).proposition is not None]
        return [*found, *self._admissible()]

    def _not_read(self) -> set[str]:
        """The stems of names with equations that were not read, or are by cases, and names that words leave open."""
        equations = [
            line
            for line in (*self.lines, *self.stated)
            if line.row.sign == "=" and line.row.kind != "continued"
            if line.problem is not None or is_by_cases(self.trees.get(id(line.row)))
        ]
        lefts = [row.left.head if isinstance(row.left, t.Applied) else row.left for row in (e.row for e in equations)]
        told = names_of(*(line.row.left for line in (*self.lines, *self.stated) if line.row.sign == "="))
        unread = {left.stem for left in lefts if isinstance(left, t.Name)}
        return unread | (called_spreads(self.displays) - told)

    def _symmetric(self, declared: Sequence[Declared], defined: Set[str]) -> set[str]:
        """The names of symmetric matrices: that are called or declared so, or are covariances."""
        called = {name for name, where in self.called_symmetric if where is None}
        found = symmetric_names(list(self.trees.values()), self.shapes) | (called & self.shapes.matrices)
        return (found - defined) | {n.text for d in declared if "symmetric" in d.words for n in d.plain}

    def _learn_events(self) -> None:
        """Which letters stand for events, and which for variables of which it is said what values they have."""
        trees = list(self.trees.values())
        self.terms.events = event_names(trees, called_events(self.displays))
        apart = self.usage.averaged | self.usage.of_chance | self.terms.events
        found = valued_names(trees, apart, self.terms.events)
        self.terms.valued = with_possible(found, possible_values(self.displays)) if found else found
        self.terms.measure = measure_of(trees, self.terms.events)

    def _learn_random(self, text: str, displays: Sequence[Display]) -> None:
        """Which names are random variables, and what prose says of them."""
        in_bold = self.shapes.matrices | self.terms.events
        self.usage.random -= {name for name in self.usage.random & in_bold if name not in self.usage.averaged}
        self.usage.random |= (self.usage.averaged | self.usage.of_chance) - in_bold
        self.drawn = called_drawn(text, displays, self.trees.values())
        said = said_of_random(displays)
        self.drawn |= said.names | self.usage.of_chance
        self.varying = called_something(displays)
        depending = dict(dependences(displays))
        self.drawn |= {y for y, x in depending.items() if x in self.called_random}
        self.terms.drawn, self.constants = self.drawn, called_constant(displays)
        self.terms.vectors = (called_vectors(displays) | self.drawn) & self.shapes.matrices - self.usage.random
        plain = {name for name in self.drawn if in_bold.isdisjoint((name, name.split("_", maxsplit=1)[0]))}
        self.usage.random |= random_by_use(list(self.trees.values()), plain | self.usage.random)
        apart = [name for name in said.independent if name in self.usage.random - in_bold]
        apart = apart or self._members(said.mutual)
        if len(apart) > 1:
            self.terms.draw_apart(apart)
        drawn = [row for d in displays for row in (*d.rows, *d.inline) if row.sign == DRAWN_FROM]
        vectors = self.terms.vectors | (self.usage.random & self.shapes.matrices)
        given = [row for d in displays for row in (*d.rows, *d.inline) if self._is_lasting(d, row)]
        stated = [tree for row in given if (tree := self.trees.get(id(row))) is not None]
        # What a text comes to is drawn from something as well: that is no more than what makes it so.
        said_drawn = {r.left.text for r in given if r.sign == DRAWN_FROM and isinstance(r.left, t.Name)}
        said_drawn |= called_vectors(displays) | said.names | self.usage.random
        plain_matrices = {name for name in self.shapes.matrices if "_" not in name}
        self.made_vectors = made_vectors(stated, plain_matrices, vectors & said_drawn)
        self.terms.vectors -= self.made_vectors.keys()
        vectors -= self.made_vectors.keys()
        self.random_facts = RandomFacts(said, self.terms, self.trees.values(), stated)
        laws = {name: normals_of(name, drawn) for name in vectors}
        random = frozenset((*self.drawn, *self.usage.random, *vectors))
        # A law with random parameters is one for given values of these.
        unconditional = {
            name: own for name, own in laws.items() if all(random.isdisjoint(names_of(*law)) for law in own)
        }
        self.random_facts.learn_vectors(unconditional)
        self.conditioned = Conditioned(displays, self.trees, random | self.terms.events, self.shapes.matrices)
        self.reach.supposed = self.conditioned.numbers

    def _members(self, mutual: Sequence[Sequence[str]]) -> list[str]:
        """The members of independent families that are called by numbers, or by one letter, where there are no others.

        `X_i` and `Y_i` are so where i is no index.
        """
        if len(mutual) != 1:
            return []
        nodes = (node for tree in self.trees.values() for node in t.walk(tree))
        members = [node for node in nodes if isinstance(node, t.Name) and node.stem in mutual[0]]
        below = {(name.stem, name.lower) for name in members}
        numbers = all(len(pieces) == 1 and pieces[0].isdigit() and pieces[0] != "0" for _, pieces in below)
        letters = all(len(p) == 1 and p[0].isalpha() and not self.usage.alphabet_of(p[0]) for _, p in below)
        # Two letters of one family may stand for one member.
        is_plain = numbers or (letters and len({stem for stem, _ in below}) == len(below))
        return sorted({name.text for name in members}) if is_plain else []

    def _is_lasting(self, display: Display, row: Row) -> bool:
        """True of what is given throughout the section."""
        if any(row is said for said in display.inline):
            return not row.onwards or display is self.displays[0]
        return self.roles.get(id(row), IN_PROSE).kind == "given" and self.reach.within(display, row) is None

    def _learn_families(self) -> None:
        """The moments of the members of indexed families, by their laws."""
        sentences = [sentence for _, sentence in placed_sentences(self.displays)]
        apart = not any(map(speaks_of_dependent, sentences))
        independent: set[str] = set()
        for display in self.displays:
            said = apart and leads_to_independent(display)
            drawn = [(row, said) for row in display.rows] + [(row, False) for row in display.inline]
            independent |= {
                row.left.stem
                for row, is_said in drawn
                if row.sign == DRAWN_FROM and isinstance(row.left, t.Name)
                if is_said or _IID.search(self.source.text[slice(*row.place)])
            }
        self.independent = frozenset(independent)
        """The stems of indexed families whose members are drawn independently."""
        for stem, law in self.laws.of_families.items():
            if (moments := law.moments()) is not None:
                self.random_facts.learn(stem, *moments, independent=stem in independent)

    def _admissible(self) -> list[Line]:
        """What the names of distributions say of their parameters, where these are numbers; each is said once."""
        lines = [self.line(-1, display, row) for display in self.displays for row in display.admissible]
        found = {line.proposition: line for line in reversed(lines) if line.proposition is not None}
        return [line for p, line in reversed(found.items()) if shape_of(p.left) == shape_of(p.right) == NUMBER]

    @cached_property
    def _said_in_words(self) -> list[Row]:
        return []

    def in_words(self, row: Row) -> Line:
        """A relation that prose says without a formula, read."""
        self._said_in_words.append(row)  # trees are found by the identity of rows, which must not be used again
        self.trees[id(row)] = sides_of(row)
        return self.line(-1, self.displays[0], row)

    @cached_property
    def _starts(self) -> list[int]:
        return [row.place[0] for display in self.displays for row in display.rows]

    def _said(self) -> Iterator[tuple[int, Row]]:
        """What prose says, with the place behind which it holds: what holds onwards begins where it is said."""
        first = 0
        for display in self.displays:
            for row in display.inline:
                yield (bisect(self._starts, row.place[0]) if row.anew else first - 1 if row.onwards else -1), row
            first += len(display.rows)

    def _learn_functions(self) -> None:
        """What the section defines functions to be."""
        self.terms.functions.random = frozenset(self.usage.random | self.drawn)
        heads = [call.head for call in calls_in(self.trees.values())]
        self.terms.functions.plain.update(head.text.rstrip("'") for head in heads if head.text.endswith("'"))
        if not (self.wording.named or self.usage.random or self.usage.averaged or self.drawn):
            self.terms.functions.plain.update(self._functions_by_formulas())
        placed = enumerate((display, row) for display in self.displays for row in display.rows)
        limited = {id(domain.row) for domain in self.reach.domains.values()}
        lasting = [
            (place, row)
            for place, (display, row) in placed
            if id(row) in limited or self.reach.within(display, row) is None
        ]
        called: t.Node | None = None
        for place, row in (*lasting, *self._said()):
            tree = self.trees.get(id(row))
            role = self.roles.get(id(row), IN_PROSE).kind
            if isinstance(tree, t.Sides) and row.sign == "=" and len(tree.sides) == 2 and role != "claim":
                if self._is_known_slope(tree.sides[0]):
                    continue  # what a text says of it may be wrong: it is what it is
                # `f(x) = S = ...`: what hides the argument says less of f than what S is, and so do unknown densities.
                left = called if called is not None and row.kind == "continued" else tree.sides[0]
                is_limited = id(row) in limited or is_of_some_arguments(self.source.text, row)
                end = self.otherwise.end(row)
                until = None if end is None else bisect(self._starts, end)
                definition = FunctionDefinition(
                    tree.sides[1], place, role == "given", is_limited=is_limited, is_anew=row.anew, until=until
                )
                learnt = self.terms.functions.learn(left, definition)
                is_said = learnt and self.terms.functions.is_closed(tree.sides[1])
                called = left if isinstance(left, t.Applied) and not is_said else None

    def _functions_by_formulas(self) -> set[str]:
        """The names f and F of which an equation of the section says what they are at one name each."""
        sides = [tree.sides for tree in self.trees.values() if isinstance(tree, t.Sides) and tree.signs == ("=",)]
        calls = [left for left, *_ in sides if isinstance(left, t.Applied) and not left.bar and len(left.before) == 1]
        return {call.head.text for call in calls if call.head.base in ("f", "F") and isinstance(call.before[0], t.Name)}

    def lasting(self) -> Iterator[Row]:
        """The rows that are given, and hold throughout the section."""
        for display in self.displays:
            yield from display.inline
            for row in display.rows:
                given = self.roles.get(id(row), IN_PROSE).kind == "given" and row.problem is None
                if given and self.reach.within(display, row) is None and not display.conditions_beside(row):
                    yield row

    def _is_known_slope(self, left: t.Node) -> bool:
        """True of `f'(x)` where it was learnt what f is."""
        if not isinstance(left, t.Applied) or not left.head.text.endswith("'"):
            return False
        head = replace(left.head, text=left.head.text.rstrip("'"), stem=left.head.stem.rstrip("'"))
        return self.terms.functions.at(replace(left, head=head), -1) is not None

    def line(self, place: int, display: Display, row: Row) -> Line:
        """A row at a place, read; -1 is the place of what holds throughout."""
        self.terms.functions.derived.clear()
        found = self._line(place, display, row)
        return replace(found, rests_on=frozenset(self.terms.functions.derived))

    def _line(self, place: int, display: Display, row: Row) -> Line:
        role = self.roles.get(id(row), IN_PROSE)
        self.terms.place = place
        if row.problem is not None:
            return Line(row, display, role, None, False, row.problem)
        about_sets = is_about_sets(row) and not self.terms.events
        if row.sign not in RELATIONS.values() or is_range(row) or about_sets:
            return Line(row, display, role, None, False, None)
        tree = self.trees[id(row)]
        if not isinstance(tree, t.Sides):
            return Line(row, display, role, None, False, None)
        if id(tree) in self.misfits:
            span = self.source.span(*row.place)
            return Line(
                row, display, role, None, False, Unfitting(span, f"shapes do not fit: {self.misfits[id(tree)]}")
            )
        if id(row) in self.turned_around:
            return Line(row, display, role, None, False, self._order_of_factors(row))
        tree = as_derivative(tree)
        known = self.grids.items()
        own = {name: grid for name, (grid, since) in known if since <= display.number and not _defines(row, name)}
        laws = in_force(self.listed_laws, display.number)
        listed = put_in(tree, laws, self._maybe_random)
        if listed is not None:
            listed = with_terms(listed, self.values_at(display, row))
            line = self.read_as(display, row, role, listed)
            if line.proposition is not None:
                return replace(line, says=as_written(tree, row.sign), listed=listed)
        made = with_made_vectors(tree, self.made_vectors)
        if made != tree:
            line = self.read_as(display, row, role, made)
            return (
                line
                if line.says is not None or line.proposition is None
                else replace(line, says=as_written(tree, row.sign))
            )
        spelled = spelled_out(tree, self.shapes.is_proper, own)
        if spelled is not None:
            line = self.read_as(display, row, role, spelled)
            if line.problem is None:
                return replace(line, says=as_written(tree, row.sign))
        line = self.read_as(display, row, role, tree)
        return replace(line, overlooked=True) if leaves_out(tree, laws) else line

    @cached_property
    def _maybe_random(self) -> frozenset[str]:
        """The names that are called random, are drawn, or stand for something that an equation says they are."""
        rows = (row for display in self.displays for row in (*display.rows, *display.inline, *display.limited))
        defined = {row.left.text for row in rows if isinstance(row.left, t.Name) and row.sign in ("=", ":=", r"\sim")}
        return frozenset(defined | self.usage.random | self.called_random | self.drawn | self.varying)

    @cached_property
    def listed_laws(self) -> list[tuple[ListedLaw, frozenset[int] | None]]:
        """The discrete variables of which prose lists the values and their probabilities, and for which displays."""
        return said_values(self.displays, list(self.trees.values()))

    @cached_property
    def turned_around(self) -> dict[int, tuple[str, str]]:
        """The relations that turn products of capitals around of which the section does not show what they are."""
        names = (name for d in self.directives if d.declared is not None for name in d.declared.names)
        said = {name.text for name in names if isinstance(name, t.Name)} | called_numbers(self.displays)
        chance = self.usage.random | self.usage.averaged | self.drawn
        other = self.usage.counting | self.usage.functions | self.shapes.matrices | self.terms.events
        return turned_around(self.trees, said | chance | other)

    def _order_of_factors(self, row: Row) -> Ambiguous:
        """Why a relation is not read that turns a product around."""
        first, second = self.turned_around[id(row)]
        message = f"{second} {first} stands above: as matrices they could not change places"
        return Ambiguous(self.source.span(*row.place), message, f"say that {first} and {second} are numbers")

    def values_at(self, display: Display, row: Row) -> dict[str, t.Numeral]:
        """The letters that are numbers for a relation: `for $n = 2$ we get`."""
        found: dict[str, t.Numeral] = {}
        for said in (*self.reach.here(display, row), *self.lasting()):
            if said.sign == "=" and isinstance(said.left, t.Name) and isinstance(said.right, t.Numeral):
                found.setdefault(said.left.text, said.right)
        return found

    def tree_of(self, line: Line) -> t.Node | None:
        """The relation of a line as it is checked, with what is listed of its variables."""
        return line.listed or self.trees.get(id(line.row))

    def compared_indices(self, display: Display) -> list[Proposition]:
        r"""What prose beside a display says of indices in it: `where $i \neq j$`."""
        read = (self.line(-1, display, row).proposition for row in display.inline if row.problem is None)
        return [one for one in read if one is not None and isinstance(one.left, Kronecker)]

    def compares_letters(self, display: Display) -> bool:
        r"""True where prose beside a display compares letters of subscripts in it: what it shows is said of these."""
        below = frozenset[str]().union(*(_letters_below(side) for row in display.rows for side in row.sides))
        rows = (row for row in (*display.inline, *display.limited) if row.sign in RELATIONS.values())
        sides = ({side.text for side in row.sides if isinstance(side, t.Name)} for row in rows)
        return any(len(names) == 2 and names <= below for names in sides)

    def reread(self, line: Line, tree: t.Sides) -> Line:
        """What is read in place of the relation of a line."""
        return self.read_as(line.display, line.row, line.role, tree, tree.signs[0])

    def mentioned(self, display: Display, row: Row) -> Proposition | None:
        """What a relation in prose says that the section does not rest on; None of what is not read."""
        if id(row) not in self._mentioned:
            self._mentioned[id(row)] = self._read_mention(display, row)
        return self._mentioned[id(row)]

    @cached_property
    def _mentioned(self) -> dict[int, Proposition | None]:
        return {}

    def _read_mention(self, display: Display, row: Row) -> Proposition | None:
        if row.sign not in RELATIONS.values() or row.left is None or row.right is None:
            return None
        with suppress(Unread):
            return self.finite.proposition(row)
        (tree,) = trees_of([row], self.displays)[0].values()
        told = with_products(tree, self.usage)
        return self.read_as(display, row, IN_PROSE, told).proposition if isinstance(told, t.Sides) else None

    def read_as(self, display: Display, row: Row, role: Role, tree: t.Sides, sign: str = "") -> Line:
        """A relation by its tree, which may be another than that of its row."""
        self.terms.interpreted, self.terms.overlooked = True, False
        self.terms.related = {}
        self.terms.subscripts = frozenset(piece for n in t.walk(tree) if isinstance(n, t.Name) for piece in n.lower)
        known = (self.shapes.matrices - self.terms.vectors) | self.usage.random | self.usage.counting
        # A letter that prose speaks of is what it says there.
        letters = constant_letters(tree, self.called_random) - self.drawn - self.spoken_of
        self.terms.constants = self.constants | letters
        known |= letters
        known |= self.random_facts.values - self.drawn - self.varying
        found = inside_only(tree, known | self.settled.get(id(row), frozenset()), self.drawn)
        self.terms.inside_only = set() if self.usage.says_what_is_random else found
        relation = Relation(sign or row.sign)
        if (of_indices := between_indices(self.terms, tree, relation)) is not None:
            return Line(row, display, role, of_indices, False, None, says=as_written(tree, row.sign))
        try:
            left, right = (self.terms.expression(side) for side in tree.sides)
            if is_about_sets(row) and not (isinstance(left, Happening) and isinstance(right, Happening)):
                return Line(row, display, role, None, False, None)
            left, right = matching(left, right)
            proposition = Proposition(left, relation, right)
            interpreted, overlooked = self.terms.interpreted, self.terms.overlooked
            return Line(row, display, role, proposition, interpreted, None, overlooked, self.terms.unstated())
        except Unread as problem:
            return Line(row, display, role, None, False, problem)
        except LanguageError as error:
            return Line(row, display, role, None, False, Unread(self.source.span(*row.place), str(error)))

    @cached_property
    def otherwise(self) -> SaidOtherwise:
        return SaidOtherwise(self.source, self.displays)


def is_about_sets(row: Row) -> bool:
    """True of a relation between sets or events."""
    return any(
        (isinstance(side, t.Operation) and side.sign in _SETS)
        or (isinstance(side, t.Total) and side.kind in ("union", "intersection"))
        for side in (row.left, row.right)
    )


_SETS = (r"\cap", r"\cup", r"\setminus", r"\wedge", r"\vee", r"\land", r"\lor")


def is_by_cases(tree: t.Node | None) -> bool:
    """True of a relation with a side that is one thing here and another there."""
    arrays = () if tree is None else (node for node in t.walk(tree) if isinstance(node, t.Array))
    return any(not array.kind.endswith("matrix") for array in arrays)


def _defines(row: Row, name: str) -> bool:
    return isinstance(row.left, t.Name) and row.left.text == name


def _letters_below(tree: t.Node) -> frozenset[str]:
    """What stands in the subscripts of names."""
    return frozenset(piece for node in t.walk(tree) if isinstance(node, t.Name) for piece in node.lower)
