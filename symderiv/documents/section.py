"""A section of a document, read: its relations as steps, each in the context of what the section says."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from sympy import Expr, Integer, latex

from symderiv.documents.abstraction import abstracted, speaks_of_the_same
from symderiv.documents.antiderivatives import as_derivative
from symderiv.documents.finite import FiniteSection
from symderiv.documents.identities import identities
from symderiv.documents.kinds import (
    averaged_over_by_none,
    called_drawn,
    called_random,
    called_symmetric,
    is_discrete,
    made_of,
    random_by_use,
)
from symderiv.documents.laws import laws_of
from symderiv.documents.names import definable, names_in
from symderiv.documents.optima import SET_TO_ZERO, Equation, set_to_zero
from symderiv.documents.random_facts import RandomFacts
from symderiv.documents.reach import Reach
from symderiv.documents.reading import (
    DRAWN_FROM,
    Display,
    Row,
    arbitrary_names,
    is_condition,
    is_range,
    names_of,
    references,
)
from symderiv.documents.recurrences import recurring
from symderiv.documents.roles import EXTREMUM, Role, is_solution, is_supposed, last_words
from symderiv.documents.said_of_random import said_of_random
from symderiv.documents.sample_means import sample_means
from symderiv.documents.store import MOST, Known, Store, without_values
from symderiv.formulas import tree as t
from symderiv.formulas.declarations import Declared
from symderiv.formulas.formula import positive_integers
from symderiv.formulas.functions import calls_in
from symderiv.formulas.general import Terms
from symderiv.formulas.grammar import RELATIONS
from symderiv.formulas.printing import printed
from symderiv.formulas.shapes import Misfit, Shapes, symmetric_names
from symderiv.formulas.source import Source, Unread
from symderiv.formulas.usage import Usage, inside_only, usage_of, with_products
from symderiv.language import quantities as q
from symderiv.language import written as w
from symderiv.language.dependences import function_name, plain_name
from symderiv.language.matrices import NUMBER, shape_of
from symderiv.language.random_variables import Moment, RandomVariable
from symderiv.language.special_functions import Special
from symderiv.language.written import LanguageError
from symderiv.model.derivation import Stated, Step
from symderiv.model.span import Span
from symderiv.model.statement import Context, Definition, Proposition, Relation, Statement
from symderiv.model.verdict import Given, Unknown
from symderiv.model.verdict import Unread as NotRead

_SIZE = r"\$\s*(?P<rows>[a-z]|1)\s*\\times\s*(?P<columns>[a-z]|1)\s*\$"
_SIZED = (
    re.compile(_SIZE + r"(?:(?!\b(?:and|is|be|are)\b|,)[^$.]){0,60}\$(?P<name>[^$=\s]{1,20})\$"),
    re.compile(r"\$(?P<name>[^$=\s]{1,20})\$\s+(?:is|be|denotes)\s+(?:(?!\band\b|,)[^$.]){0,40}" + _SIZE),
)
"""`$n \\times p$ design matrix $X$`, and `$X$ is an $n \\times p$ matrix`."""
_HYPOTHESES = re.compile(
    r"\b(?:independent|identically|assum\w+|suppos\w+|let|given|symmetric|uncorrelated|orthogonal|provided|only if"
    r"|such that|follow(?:s|ing) an?|consider|convex|concave|constrain\w+)\b",
    re.IGNORECASE,
)
"""Words by which a text says something of its names that no relation says."""
_IID = re.compile(r"\\(?:overset|stackrel)\s*\{[^=]*?\bi\.?\s?i\.?\s?d\b", re.IGNORECASE)
"""What stands over the sign for a distribution where the draws are independent."""
_RELATING = re.compile(
    r"\b(?:independen\w+|identical\w*|uncorrelated|orthogonal|symmetric|assum\w+|suppos\w+|constrain\w*|provided|zero"
    r"|such that|cent(?:er|re)d|standardi[sz]\w+|normali[sz]\w+)\b",
    re.IGNORECASE,
)
"""Words by which a text may say of random variables what makes a formula for their moments true."""


@dataclass(frozen=True)
class Line:
    """A relation with both sides as expressions, or what is wrong with it."""

    row: Row
    display: Display
    role: Role
    proposition: Proposition | None
    interpreted: bool
    problem: Unread | None
    unstated: frozenset[str] = frozenset()
    """Names that have a meaning by convention, if the text does not define them."""

    def is_complete(self, context: Context) -> bool:
        """True where everything in the relation has a meaning that is known in the context."""
        named = (*(d.name for d in context.definitions), *(p.left for p in context.assumptions))
        return self.interpreted and self.unstated <= {definable(name) for name in named}


ONE = t.Numeral(0, 0, Fraction(1))
_IN_PROSE = Role("given", "stated in the text around it")


class Section:
    """The relations of one section under one notation."""

    def __init__(self, source: Source, displays: Sequence[Display], roles: dict[int, Role]) -> None:
        self.source, self.displays, self.roles = source, displays, roles
        self.reach = Reach(displays, roles)
        self.directives = list({id(d): d for display in displays for d in display.directives}.values())
        said = [row for directive in self.directives for row in directive.rows]
        own = [row for display in displays for row in (*display.rows, *display.inline, *display.local)]
        rows = [row for row in (*own, *said) if row.problem is None]
        trees = {id(row): _sides(row) for row in rows}
        declared = [d.declared for d in self.directives if d.declared is not None]
        self.usage = usage_of(list(trees.values()), called_random(displays), declared)
        symmetric = called_symmetric(displays)
        self.usage.numbers |= symmetric  # a matrix before brackets is a factor
        self.trees = {key: with_products(tree, self.usage) for key, tree in trees.items()}
        matrices = [d for d in declared if d.kind == "matrix"]
        units = identities(displays, rows, [name.text for d in declared for name in plain_names(d)])
        self.shapes, self.misfits = _shapes(list(self.trees.values()), self.usage, matrices, units)
        self.terms = Terms(source, self.usage, self.shapes)
        self.terms.definitions = made_of(self.trees.values())
        self._take_sizes(matrices)
        # What is defined has the shape and symmetry of its definition.
        defined = {row.left.text for row in rows if isinstance(row.left, t.Name) and row.sign == "="}
        self.terms.symmetric = self._symmetric(symmetric, matrices, defined)
        self._learn_random(source.text, displays)
        self.terms.integrated = {
            name.text
            for tree in self.trees.values()
            for node in t.walk(tree)
            if isinstance(node, t.Integral)
            for name in node.over
        }
        self._learn_functions()
        self.settled = averaged_over_by_none(displays, self.trees, self.usage.random | self.drawn)
        self.laws = laws_of(displays, roles, self.terms, self.random_facts.said.moments)
        self.terms.laws = self.laws.of_densities
        self._learn_families()
        self.lines = [
            self._line(place, display, row)
            for place, (display, row) in enumerate((display, row) for display in displays for row in display.rows)
        ]
        means = list(sample_means(displays, list(self.trees.values()), self.usage))
        self.trees |= {id(row): _sides(row) for row in means}
        self.trees |= {id(row): _sides(row) for display in displays for row in display.admissible}
        said += [row for display in displays for row in display.inline if row.sign in RELATIONS.values()]
        roles = roles | {id(row): _IN_PROSE for row in said}
        local = {id(line.row) for line in self.lines if self.reach.within(line.display, line.row) is not None}
        bounds = [row for display in displays for row in display.admissible]
        roles |= {id(row): _IN_PROSE for row in bounds}
        everything = [*(row for display in displays for row in display.rows), *said, *bounds]
        self.finite = FiniteSection(
            source, everything, roles, declared, local, discrete=is_discrete(source.text, displays)
        )
        throughout = [(display, row) for display in displays for row in self.reach.throughout(display)]
        sets = {row.within for _, row in throughout if row.within is not None}
        once = [name for name, count in Counter(name for name, _ in sets).items() if count == 1]
        stated = [(d, r) for d, r in throughout if r.within is None or r.within[0] in once]
        self.stated = [self._line(-1, display, row) for display, row in stated]
        self.stated += [line for row in means if (line := self._line(-1, displays[0], row)).proposition is not None]
        self.stated += self._admissible()
        self._undefined = {
            left.stem
            for line in (*self.lines, *self.stated)
            if line.row.sign == "=" and line.row.kind != "continued"
            if line.problem is not None or _is_by_cases(self.trees.get(id(line.row)))
            if (left := line.row.left.head if isinstance(line.row.left, t.Applied) else line.row.left) is not None
            if isinstance(left, t.Name)
        }
        """The names with equations that were not read, or that say what they are by cases."""
        self.complete = not any(_HYPOTHESES.search(display.before) for display in displays)
        known = [*self._known(), *self._directed(declared), *self._of_distributions()]
        told = [
            p for display in displays for row in (*display.inline, *display.local) if (p := self._told(display, row))
        ]
        self.store = Store(known, self.terms.sizes, self._differentiated() | self._told_of_unread(rows), told)

    def _symmetric(self, called: Set[str], declared: Sequence[Declared], defined: Set[str]) -> set[str]:
        """The names of symmetric matrices: that are called or declared so, or are covariances."""
        found = symmetric_names(list(self.trees.values()), self.shapes) | (called & self.shapes.matrices)
        return (found - defined) | {n.text for d in declared if "symmetric" in d.words for n in plain_names(d)}

    def _learn_random(self, text: str, displays: Sequence[Display]) -> None:
        """Which names are random variables, and what prose says of them."""
        in_bold = self.shapes.matrices
        self.usage.random -= {name for name in self.usage.random & in_bold if name not in self.usage.averaged}
        self.usage.random |= self.usage.averaged - in_bold
        self.drawn = called_drawn(text, displays, self.trees.values())
        said = said_of_random(displays)
        self.drawn |= said.names
        plain = {name for name in self.drawn if in_bold.isdisjoint((name, name.split("_", maxsplit=1)[0]))}
        self.usage.random |= random_by_use(list(self.trees.values()), plain)
        apart = [name for name in said.independent if name in self.usage.random - in_bold]
        if len(apart) > 1:
            self.terms.draw_apart(apart)
        self.random_facts = RandomFacts(said, self.terms, self.trees.values())

    def _learn_families(self) -> None:
        """The moments of the members of indexed families, by their laws."""
        drawn = [row for d in self.displays for row in (*d.rows, *d.inline) if row.sign == DRAWN_FROM]
        independent = {
            row.left.stem
            for row in drawn
            if isinstance(row.left, t.Name) and _IID.search(self.source.text[slice(*row.place)])
        }
        for stem, law in self.laws.of_families.items():
            if (moments := law.moments()) is not None:
                self.random_facts.learn(stem, *moments, independent=stem in independent)

    def _admissible(self) -> list[Line]:
        """What the names of distributions say of their parameters, where these are numbers; each is said once."""
        lines = [self._line(-1, display, row) for display in self.displays for row in display.admissible]
        found = {line.proposition: line for line in reversed(lines) if line.proposition is not None}
        return [line for p, line in reversed(found.items()) if shape_of(p.left) == shape_of(p.right) == NUMBER]

    def _directed(self, declared: Sequence[Declared]) -> list[Known]:
        """What comments for the checker state, each known where it is in force."""
        found: list[Known] = []
        for directive in self.directives:
            places = enumerate(self.lines)
            where = frozenset(place for place, line in places if directive in line.display.directives)
            lines = [self._line(-1, self.displays[0], row) for row in directive.rows]
            stated = [line.proposition for line in lines if line.proposition is not None]
            if directive.declared is not None:
                stated += positive_integers([directive.declared])
            found += [Known(-1, proposition, True, within=where) for proposition in stated]
        return found

    def _differentiated(self) -> frozenset[str]:
        """The names that the section differentiates."""
        nodes = [node for tree in self.trees.values() for node in t.walk(tree) if isinstance(node, t.Derivative)]
        return self._plain(node.body for node in nodes if not _shows_dependence(node))

    def _of_distributions(self) -> list[Known]:
        """That what is drawn from sums to one, and that the derivatives of the sum are zero."""
        found: dict[Proposition, None] = {}
        draws = [n for tree in self.trees.values() for n in t.walk(tree) if isinstance(n, t.Draw)]
        by = {n.over[0] for tree in self.trees.values() for n in t.walk(tree) if isinstance(n, t.Derivative) and n.over}
        for average in (t.Average(draw.start, draw.end, (draw,), ONE) for draw in draws):
            with suppress(Unread, LanguageError):
                total = self.terms.expression(average)
                if isinstance(total, q.Opaque):
                    continue
                found[Proposition(total, Relation.EQUAL, Integer(1))] = None
                for name in (n for n in by if isinstance(n, t.Name)):
                    derivative = self.terms.expression(
                        t.Derivative(name.start, name.end, r"\nabla", (name,), None, average)
                    )
                    if isinstance(derivative, q.Differentiated):
                        found[Proposition(derivative, Relation.EQUAL, Integer(0))] = None
        return [Known(-1, proposition, True) for proposition in found]

    def _told(self, display: Display, row: Row) -> Proposition | None:
        """What prose says, under whatever condition."""
        return self._line(-1, display, row).proposition if row.problem is None else None

    def _told_of_unread(self, rows: Sequence[Row]) -> frozenset[str]:
        """The names with equations whose other side was not read, or that are said under a condition."""
        unread = {id(line.row) for line in (*self.lines, *self.stated) if line.problem is not None}
        limited = [row.left for display in self.displays for row in display.limited]
        return self._plain([*(row.left for row in rows if id(row) in unread), *limited])

    def _plain(self, nodes: Iterable[t.Node | None]) -> frozenset[str]:
        found: set[str] = set()
        for node in nodes:
            if isinstance(node, t.Name | t.Applied):
                with suppress(Unread):
                    expression = self.terms.expression(node)
                    found.add(plain_name(expression) or function_name(expression))
        return frozenset(found - {""})

    def _take_sizes(self, declared: Sequence[Declared]) -> None:
        r"""What the prose says of sizes: `$n \times p$ design matrix $X$`; and what comments for the checker say."""
        for declaration in declared:
            for known in plain_names(declaration):
                self._take_size(known, declaration.sizes)
        for display in self.displays:
            around = f"{display.before}\n\n{display.after}"
            for match in (match for pattern in _SIZED for match in pattern.finditer(around)):
                name = match["name"].strip()
                if name not in self.shapes.matrices:
                    continue
                plain = t.Name(0, 0, name, name.rsplit("{", 1)[-1].rstrip("}"), (), name)
                self._take_size(plain, (match["rows"], match["columns"]))

    def _take_size(self, name: t.Name, sizes: tuple[str, str]) -> None:
        for dimension, size in zip(self.shapes.named(name), sizes, strict=True):
            domain = self.terms.domain(dimension)
            if domain and size and not size.isdigit():
                self.terms.sizes.setdefault(domain, w.Scalar(size))

    def _learn_functions(self) -> None:
        """What the section defines functions to be."""
        heads = (call.head.text for call in calls_in(self.trees.values()))
        self.terms.functions.primed.update(text.rstrip("'") for text in heads if text.endswith("'"))
        placed = enumerate((display, row) for display in self.displays for row in display.rows)
        lasting = [(place, row) for place, (display, row) in placed if self.reach.within(display, row) is None]
        called: t.Node | None = None
        for place, row in (*lasting, *((-1, row) for display in self.displays for row in display.inline)):
            tree = self.trees.get(id(row))
            role = self.roles.get(id(row), _IN_PROSE).kind
            if isinstance(tree, t.Sides) and row.sign == "=" and len(tree.sides) == 2 and role != "claim":
                if self._is_known_slope(tree.sides[0]):
                    continue  # what a text says of it may be wrong: it is what it is
                # `f(x) = S = ...`: what hides the argument says less of f than what S is.
                goes_on = row.kind == "continued" and called is not None and role == "given"
                left = called if called is not None and goes_on else tree.sides[0]
                learnt = self.terms.functions.learn(left, tree.sides[1], place, role == "given")
                called = left if isinstance(left, t.Applied) and not learnt else None

    def _is_known_slope(self, left: t.Node) -> bool:
        """True of `f'(x)` where it was learnt what f is."""
        if not isinstance(left, t.Applied) or not left.head.text.endswith("'"):
            return False
        head = replace(left.head, text=left.head.text.rstrip("'"), stem=left.head.stem.rstrip("'"))
        return self.terms.functions.at(replace(left, head=head), -1) is not None

    def _line(self, place: int, display: Display, row: Row) -> Line:
        role = self.roles.get(id(row), _IN_PROSE)
        self.terms.place = place
        if row.problem is not None:
            return Line(row, display, role, None, False, row.problem)
        if row.sign not in RELATIONS.values() or is_range(row) or _is_about_sets(row):
            return Line(row, display, role, None, False, None)
        tree = self.trees[id(row)]
        if not isinstance(tree, t.Sides):
            return Line(row, display, role, None, False, None)
        if id(tree) in self.misfits:
            span = self.source.span(*row.place)
            return Line(row, display, role, None, False, Unread(span, f"shapes do not fit: {self.misfits[id(tree)]}"))
        self.terms.interpreted = True
        self.terms.related = {}
        tree = as_derivative(tree)
        known = self.shapes.matrices | self.usage.random | self.usage.counting
        self.terms.inside_only = inside_only(tree, known | self.settled.get(id(row), frozenset()), self.drawn)
        try:
            left, right = (self.terms.expression(side) for side in tree.sides)
            left, right = _matching(left, right)
            proposition = Proposition(left, Relation(row.sign), right)
            return Line(row, display, role, proposition, self.terms.interpreted, None, self.terms.unstated())
        except Unread as problem:
            return Line(row, display, role, None, False, problem)
        except LanguageError as error:
            return Line(row, display, role, None, False, Unread(self.source.span(*row.place), str(error)))

    def _known(self) -> list[Known]:
        starts = sorted(line.row.place[0] for line in self.lines)
        known = [
            Known(-1, generalised(p), True, since=bisect(starts, line.row.place[0]), onwards=line.row.onwards)
            for line in self.stated
            if (p := line.proposition) is not None
        ]
        chain: Proposition | None = None
        for place, line in enumerate(self.lines):
            if line.proposition is not None and line.problem is None:
                given = line.role.kind == "given"
                labels = line.display.labels
                free = given and not line.display.conditions_beside(line.row)
                proposition = generalised(line.proposition) if free else line.proposition
                claimed = line.role.kind == "claim" and not self._is_told_only(line)
                given = given or (line.role.kind == "claim" and not claimed)
                where = self.reach.within(line.display, line.row)
                model = given and self._is_model(line)
                if not (where and is_condition(line.row)):
                    goes_on = line.row.kind == "continued"
                    known.append(Known(place, proposition, given, claimed, model, labels, where, continues=goes_on))
                chain = _chained(chain, line)
                if chain is not None and line.row.kind == "continued":
                    known.append(Known(place, chain, False, claimed, labels=labels, within=where))
        return known

    def _is_told_only(self, line: Line) -> bool:
        """True of a claim that says what a name is, where nothing else says it: no proof of it is to be checked."""
        left = line.row.left.base if isinstance(line.row.left, t.Power) else line.row.left
        if not isinstance(left, t.Name) or line.row.sign != "=":
            return False
        others = [row.left for d in self.displays for row in d.rows if row is not line.row and row.left is not None]
        return all(left.text not in names_of(other) or isinstance(other, t.Applied) for other in others)

    def _is_model(self, line: Line) -> bool:
        r"""True of an equation with a name in it that a relation beside it says to be random: `e \sim ...`."""
        right = line.row.right
        drawn = {
            node.stem
            for row in line.display.rows
            if row.sign == r"\sim" and row.left is not None
            for node in t.walk(row.left)
            if isinstance(node, t.Name)
        }
        return right is not None and any(isinstance(n, t.Name) and n.stem in drawn for n in t.walk(right))

    def step(self, place: int, line: Line) -> Step | Stated:
        """One relation: given, to be checked, or not read."""
        span = self.source.span(*line.row.place)
        discrete = self._discrete(line, span)
        if discrete is not None:
            return discrete
        if line.problem is not None:
            return self._stated(line, NotRead(line.problem.diagnostic.message))
        if line.proposition is None:
            if line.role.kind != "inference":
                return self._stated(line, Given(line.role.reason))
            about = "sets" if _is_about_sets(line.row) else "what is no number"
            return self._stated(line, Unknown(f"a relation between {about} is not checked"))
        if _is_about_infinity(line.row):
            return self._stated(line, Unknown("infinity is no number, and is not checked"))
        if line.display.is_alternative(line.row):
            return self._stated(line, Given("one of several cases"))
        recalled = line.role.kind == "given" and self._is_recalled(line)
        if line.role.kind == "given" and not recalled and not _is_identity(line.proposition):
            return Step(Statement(line.proposition, span=span), given=True)
        if line.role.kind == "claim":
            return self._claim(place, line)
        if not recalled and self.store.was_given(place, line.proposition):
            return Step(Statement(line.proposition, span=span), given=True)
        cites = (*line.row.cites, *references(line.display.before))
        local = self._local(line)
        if recalled:
            return self._recalled(place, line, self.store.context(place, line.proposition, cites, None, local), span)
        instances = self._instances(place, line)
        previous = self._premise(place, line)
        if previous is not None and previous == self._solved(place, line):
            said = (replace(stated, parameters=()) for stated in self.store.said_of(place, previous.left))
            instances += [stated for stated in said if stated != previous]
        instances += self._recurring(place, line)
        stationary = self._stationary(place, line)
        instances += stationary
        context = self.store.context(place, line.proposition, cites, previous, local)
        if not stationary and is_solution(line.row, line.display) and self._is_news(place, line.proposition, context):
            return Step(Statement(line.proposition, span=span), given=True)
        context = without_values(context, arbitrary_names(last_words(line.display)))
        context = self._with_laws(context, line.proposition, instances)
        before = self._said_before(place, line.proposition, instances)
        weaker = None if local or stationary else self._weaker(place, line.proposition, before, line.row, span)
        complete = self.complete and line.is_complete(context) and not self.reach.is_open(line.display, line.row)
        statement = Statement(line.proposition, context, span)
        continues = line.row.kind == "continued"
        compares = before if weaker is not None else None
        partly = self._is_partly_read(line)
        return Step(
            statement, complete=complete, partly_read=partly, continues=continues, weaker=weaker, compares=compares
        )

    def _is_partly_read(self, line: Line) -> bool:
        """True of a relation by cases, or with a name in it that an equation stands for which was not read."""
        tree = self.trees.get(id(line.row))
        stems = set() if tree is None else {node.stem for node in t.walk(tree) if isinstance(node, t.Name)}
        return not self._undefined.isdisjoint(stems) or _is_by_cases(tree)

    def _recurring(self, place: int, line: Line) -> list[Proposition]:
        """What given equations for `x_t` say of the `x_{t-1}` in a relation, and of those in what they say."""
        tree = self.trees.get(id(line.row))
        if not isinstance(tree, t.Sides):
            return []
        rows = (row for row in self._lasting() if row is not line.row and row.sign == "=")
        given = [known for row in rows if isinstance(known := self.trees.get(id(row)), t.Sides)]
        found: dict[Proposition, None] = {}
        self.terms.place = place
        for equation in islice(recurring(tree, given, self.terms.index), MOST):
            with suppress(Unread, LanguageError):
                left, right = _matching(*(self.terms.expression(side) for side in equation.sides))
                found[Proposition(left, Relation.EQUAL, right)] = None
        return list(found)

    def _lasting(self) -> Iterator[Row]:
        """The rows that are given, and hold throughout the section."""
        for display in self.displays:
            yield from display.inline
            for row in display.rows:
                given = self.roles.get(id(row), _IN_PROSE).kind == "given" and row.problem is None
                if given and self.reach.within(display, row) is None and not display.conditions_beside(row):
                    yield row

    def _stationary(self, place: int, line: Line) -> list[Proposition]:
        """That the derivatives are zero which the words before a display set to zero."""
        words = last_words(line.display)
        if line.display.rows[0] is not line.row or not SET_TO_ZERO.search(words):
            return []
        before = [other.row for other in self.lines[:place] if other.proposition is not None and other.row.sign == "="]
        relations = [
            Equation(tree.sides[0], tree.sides[1], row.kind == "continued")
            for row in before
            if isinstance(tree := self.trees[id(row)], t.Sides)
        ]
        found: list[Proposition] = []
        for slope in set_to_zero(relations, words):
            with suppress(Unread, LanguageError):
                left, right = _matching(self.terms.expression(slope), Integer(0))
                found.append(Proposition(left, Relation.EQUAL, right))
        return found

    def _is_recalled(self, line: Line) -> bool:
        """True of what a text says a mean or a variance to be, where the library knows what it is.

        Of a variable with a law, or in terms of other moments; a hypothesis is none.
        """
        stated = line.proposition
        if stated is None or not isinstance(stated.left, Moment) or is_supposed(line.display, line.role):
            return False
        return _is_of_moments(stated.right) or self.laws.value(stated) is not None

    def _recalled(self, place: int, line: Line, context: Context, span: Span) -> Step:
        """A mean or a variance beside what the library knows of it."""
        stated = line.proposition or _nothing()
        value = self.laws.value(stated)
        if value is not None:
            moment = q.Opaque(latex(stated.left))
            stated = Proposition(moment, stated.relation, stated.right)
            context = self.store.definitions_only(place, stated)
            context = replace(context, definitions=(Definition(moment, value), *context.definitions))
        else:
            context = self._with_laws(context, stated)
        known = value is not None or not any(_RELATING.search(display.before) for display in self.displays)
        complete = known and not self.reach.is_open(line.display, line.row)
        return Step(Statement(stated, context, span), recalled=True, complete=complete, says=line.proposition)

    def _with_laws(self, context: Context, goal: Proposition, more: Sequence[Proposition] = ()) -> Context:
        """A context with what is known of the moments of random variables, before all other assumptions."""
        defined = (Proposition(d.name, Relation.EQUAL, d.body) for d in context.definitions)
        about = (goal, *context.assumptions, *more, *defined)
        said = self.random_facts.about([side for p in about for side in (p.left, p.right)])
        found = (*self.laws.facts(about), *said, *context.assumptions, *more)
        return replace(context, assumptions=tuple(dict.fromkeys(found)))

    def _local(self, line: Line) -> list[Proposition]:
        """What holds for this relation and not throughout."""
        stated = (self._line(-1, line.display, said).proposition for said in self.reach.here(line.display, line.row))
        return [proposition for proposition in stated if proposition is not None]

    def _instances(self, place: int, line: Line) -> list[Proposition]:
        """What the functions in a relation are at their arguments, by their definitions."""
        tree = self.trees.get(id(line.row))
        found: dict[Proposition, None] = {}
        waiting = calls_in([tree] if tree is not None else [])
        self.terms.place = place
        cites = {*line.row.cites, *references(line.display.before)}
        cited = {n for n, other in enumerate(self.lines) if not cites.isdisjoint(other.display.labels)}
        for _ in range(2):
            further: list[t.Applied] = []
            for call in waiting:
                defined = self.terms.functions.at(call, place, cited)
                if defined is None or len(found) > MOST:
                    continue
                try:
                    left, right = _matching(self.terms.expression(call), self.terms.expression(defined[1]))
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
        self, place: int, goal: Proposition, before: Proposition | None, row: Row, span: Span
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
        if not speaks_of_the_same(goal):
            return None
        return abstracted(Statement(goal, self.store.definitions_only(place, goal), span))

    def _said_before(self, place: int, goal: Proposition, instances: Sequence[Proposition]) -> Proposition | None:
        """What was said to be equal to a left side, where its right side is made of other quantities."""
        values = (value for value in instances if value.left == goal.left)
        before = self.store.latest(place, goal.left) or next(values, None)
        is_other = before is not None and not speaks_of_the_same(goal) and before.right != goal.right
        return before if is_other else None

    def _is_new(self, place: int, goal: Proposition) -> bool:
        """True of an equation for a name of which nothing else is said, and which its other side does not mention."""
        defined = {definable(d.name) for d in self.store.definitions_only(place, goal).definitions}
        for side, other in ((goal.left, goal.right), (goal.right, goal.left)):
            name = definable(side)
            if name is not None and name not in defined and name not in names_in(other):
                return True
        return False

    def _is_news(self, place: int, goal: Proposition, context: Context) -> bool:
        """True of an equation for a name of which no other equation says anything."""
        equations = [p for p in context.assumptions if p.relation is Relation.EQUAL]
        known = frozenset[str]().union(*(names_in(side) for p in equations for side in (p.left, p.right)))
        names = {name for side in (goal.left, goal.right) if (name := definable(side)) is not None}
        return self._is_new(place, goal) and names.isdisjoint(known)

    def _discrete(self, line: Line, span: Span) -> Step | None:
        """The step in the language of probability; None where it says something else."""
        row = line.row
        if self.finite.notation is None or row.problem is not None or row.sign not in RELATIONS.values():
            return None
        try:
            proposition = self.finite.proposition(row)
        except Unread:
            return None
        given = line.role.kind != "inference"
        recalled = id(row) in self.finite.recalled
        context = self.finite.context if not given else Context()
        return Step(
            Statement(proposition, context, span),
            given=given and not recalled,
            recalled=recalled,
            complete=self.complete,
            continues=row.kind == "continued",
        )

    def _premise(self, place: int, line: Line) -> Proposition | None:
        """The row from which an equation with two new sides follows."""
        if line.row.kind not in ("sided", "first"):
            return self._solved(place, line)
        follows = line.row.kind == "sided" or line.row.lead in ("implies", "equivalent")
        earlier = (other for other in reversed(self.lines[:place]) if not is_condition(other.row))
        before = next(earlier, None)
        if not follows or before is None or before.display is not line.display:
            return None
        lasts = before.display.holds_beyond(before.row) or before.row.line == line.row.line
        return before.proposition if lasts else None

    def _solved(self, place: int, line: Line) -> Proposition | None:
        """The equation with 0 that a row continues: `f'(x) = 0 = 2 x - 4`."""
        last = self.lines[place - 1] if place else None
        if last is None or last.display is not line.display or line.row.kind != "continued":
            return None
        return last.proposition if last.role.reason == EXTREMUM else None

    def _claim(self, place: int, line: Line) -> Step | Stated:
        """The claim of a theorem, against what its proof ends with."""
        final = next(
            (
                other.proposition
                for other in reversed(self.lines)
                if other.proposition is not None and other.role.kind != "claim" and other.display.part == "proof"
                and line.proposition is not None and other.proposition.left == line.proposition.left
                and other.proposition.relation is line.proposition.relation
            ),
            None,
        )  # fmt: skip
        span = self.source.span(*line.row.place)
        if line.proposition is None or final is None:
            statement = Statement(line.proposition or _nothing(), span=span)
            return Step(statement, given=True) if line.proposition else self._stated(line, Given(line.role.reason))
        if final == line.proposition:
            return Step(Statement(line.proposition, span=span), given=True)
        ends = self._ends(line.proposition)
        context = self.store.context(len(self.lines), line.proposition, (), ends or final)
        instances = [p for p in self._instances(len(self.lines), line) if p.left != line.proposition.left]
        context = self._with_laws(context, line.proposition, instances)
        ends = ends or final
        opposite = Proposition(ends.right, ends.relation, line.proposition.right)
        weaker = abstracted(Statement(opposite, self.store.definitions_only(len(self.lines), opposite), span))
        partly = self._is_partly_read(line)
        return Step(Statement(line.proposition, context, span), complete=False, weaker=weaker, partly_read=partly)

    def _ends(self, claim: Proposition) -> Proposition | None:
        """The left side of a claim with the last right side of the chain that begins with it."""
        found: Proposition | None = None
        running: Expr | None = None
        for line in self.lines:
            stated = line.proposition
            if stated is None or stated.relation is not Relation.EQUAL or line.display.part != "proof":
                running = None
            elif stated.left in (claim.left, running):
                running = stated.right
                found = Proposition(claim.left, Relation.EQUAL, stated.right)
            else:
                running = None
        return found

    def _stated(self, line: Line, verdict: Given | NotRead | Unknown) -> Stated:
        row = line.row
        texts = [
            printed(side) if side is not None else " ".join(text.split())
            for side, text in zip((row.left, row.right), row.texts, strict=True)
        ]
        return Stated(self.source.span(*row.place), texts[0], row.sign, texts[1], verdict)


def _is_about_sets(row: Row) -> bool:
    """True of a relation between sets or events."""
    return any(
        (isinstance(side, t.Operation) and side.sign in _SETS)
        or (isinstance(side, t.Total) and side.kind in ("union", "intersection"))
        for side in (row.left, row.right)
    )


def _is_about_infinity(row: Row) -> bool:
    r"""True of `x < \infty`, and of any other relation with an infinite side."""
    sides = (side.body if isinstance(side, t.Negation) else side for side in (row.left, row.right))
    return any(isinstance(side, t.Name) and side.base == r"\infty" for side in sides)


_SETS = (r"\cap", r"\cup", r"\setminus", r"\wedge", r"\vee", r"\land", r"\lor")


def _is_by_cases(tree: t.Node | None) -> bool:
    """True of a relation with a side that is one thing here and another there."""
    arrays = () if tree is None else (node for node in t.walk(tree) if isinstance(node, t.Array))
    return any(not array.kind.endswith("matrix") for array in arrays)


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


def _chained(chain: Proposition | None, line: Line) -> Proposition | None:
    """The left side of a chain of equations with the last right side of it so far."""
    stated = line.proposition
    if stated is None or stated.relation is not Relation.EQUAL:
        return None
    if line.row.kind != "continued":
        return stated
    if chain is None or chain.right != stated.left:
        return None
    return Proposition(chain.left, Relation.EQUAL, stated.right)


def _nothing() -> Proposition:
    return Proposition(w.Scalar(""), Relation.EQUAL, w.Scalar(""))


def _sides(row: Row) -> t.Sides:
    sides = tuple(side for side in (row.left, row.right) if side is not None)
    return t.Sides(row.place[0], row.place[1], sides, (row.sign,))


def plain_names(declared: Declared) -> list[t.Name]:
    """The names that are declared without arguments."""
    return [name for name in declared.names if isinstance(name, t.Name)]


def _shapes(
    trees: Sequence[t.Node], usage: Usage, declared: Sequence[Declared], units: frozenset[str]
) -> tuple[Shapes, dict[int, str]]:
    """The shapes of all names, and the relations that do not fit."""
    shapes = Shapes(trees, [name.text for d in declared for name in plain_names(d)], usage.alphabet_of, units)
    misfits: dict[int, str] = {}
    shapes.components()
    for tree in trees:
        try:
            shapes.visit(tree)
        except Misfit as misfit:
            misfits[id(tree)] = str(misfit)
    return shapes, misfits


def _shows_dependence(derivative: t.Derivative) -> bool:
    """True of the derivative of a call in which the variable stands, which says nothing of what the function hides."""
    by = {name.text for name in derivative.over if isinstance(name, t.Name)}
    names = (node for node in t.walk(derivative.body) if isinstance(node, t.Name))
    return isinstance(derivative.body, t.Applied) and any(n.text in by or by & set(n.marks) for n in names)


def _matching(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both sides, with 0 as the matrix that it stands for."""
    from symderiv.language.matrices import NUMBER, Constant

    shapes = shape_of(left), shape_of(right)
    if shapes[0] != shapes[1]:
        if left == 0 and shapes[0] == NUMBER:
            left = Constant("zeros", "0", *shapes[1])
        elif right == 0 and shapes[1] == NUMBER:
            right = Constant("zeros", "0", *shapes[0])
    return left, right


def generalised(proposition: Proposition) -> Proposition:
    """A definition of a function by its value at a name, for all values of the name."""
    left = proposition.left
    if not isinstance(left, q.Opaque) or proposition.relation is not Relation.EQUAL:
        return proposition
    arguments = tuple(left.args[1])
    names = [a.name for a in arguments if isinstance(a, w.Scalar)]
    if len(names) != len(arguments) or len(set(names)) != len(names):
        return proposition
    if not all(_occurs(a, proposition.right) for a in arguments):
        return proposition
    return replace(proposition, parameters=arguments)


def _occurs(name: Expr, expression: Expr) -> bool:
    return (
        expression == name
        or any(_occurs(name, part) for part in expression.args if isinstance(part, Expr))
        or (isinstance(expression, q.Opaque) and any(_occurs(name, part) for part in expression.args[1]))
    )
