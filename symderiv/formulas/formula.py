"""One statement in LaTeX, with what is assumed of its names, to statements of the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sympy import Integer

from symderiv.formulas.declarations import Declared, Related, arguments, read_assumption
from symderiv.formulas.grammar import read_relations
from symderiv.formulas.inference import notation_of
from symderiv.formulas.notation import Notation
from symderiv.formulas.printing import printed
from symderiv.formulas.resolve import Resolver
from symderiv.formulas.source import Source, Unread
from symderiv.formulas.tree import Applied, Name, Sides, walk
from symderiv.language.indices import Entry
from symderiv.language.probability import Distribution, weights
from symderiv.language.random_variables import free_variables
from symderiv.language.written import LanguageError, Scalar
from symderiv.model.statement import Context, Definition, Proposition, Relation, Statement


def read_statements(text: str, assumptions: Sequence[str] = ()) -> tuple[Statement, ...]:
    r"""The relations of a chain `a = b \leq c`, each between neighbours, in the context of the assumptions.

    An assumption is a declaration (`let P(x,y) be a distribution`), a relation in LaTeX, or `assume` or `define` before
    one.  An equation for a name of which nothing else is said defines it.

    Raises:
        Unread: at the first token that cannot be read faithfully; Ambiguous where it has more than one reading.
    """
    source = Source("<statement>", text)
    chain = read_relations(source)
    if not chain.signs:
        raise Unread(source.span(0, len(text)), "a relation is expected, such as a = b")
    read = [read_assumption(Source(f"<assumption {n}>", words)) for n, words in enumerate(assumptions, 1)]
    related = [item for item in read if isinstance(item, Related)]
    declared = [item for item in read if isinstance(item, Declared)]
    notation = notation_of(declared, [*related, Related(source, chain, defines=False)])
    named = {name.head.text if isinstance(name, Applied) else name.text for d in declared for name in d.names}
    context = context_of(notation, related, named)
    context = replace(context, assumptions=(*positive_integers(declared), *context.assumptions))
    resolver = Resolver(source, notation)
    return tuple(
        Statement(proposition, context, source.span(left.start, right.end))
        for proposition, left, right in zip(propositions(resolver, chain), chain.sides, chain.sides[1:], strict=False)
    )


def positive_integers(declared: Iterable[Declared]) -> tuple[Proposition, ...]:
    """That the names which are declared to be positive integers are at least 1."""
    names = [n.text for d in declared if d.kind == "positive integer" for n in d.names if isinstance(n, Name)]
    return tuple(Proposition(Scalar(name), Relation.AT_LEAST, Integer(1)) for name in names)


def context_of(notation: Notation, related: Sequence[Related], declared: set[str]) -> Context:
    """Definitions first, so that hypotheses speak of what is defined wherever it is defined."""
    definitions: list[Definition] = []
    hypotheses: list[Related] = []
    uses: dict[str, set[str]] = {}
    for item in related:
        if not define(notation, item, declared, uses, definitions):
            if item.defines:
                left = item.chain.sides[0]
                raise Unread(item.source.span(left.start, left.end), "this is no new name", "define NAME = EXPRESSION")
            hypotheses.append(item)
    found = tuple(p for item in hypotheses for p in propositions(Resolver(item.source, notation), item.chain))
    return Context(found, tuple(definitions))


def propositions(resolver: Resolver, chain: Sides) -> tuple[Proposition, ...]:
    """The relations of a chain, each between neighbours."""
    sides = [resolver.expression(side) for side in chain.sides]
    rows = zip(sides, chain.signs, sides[1:], strict=False)
    return tuple(Proposition(left, Relation(sign), right) for left, sign, right in rows)


def define(
    notation: Notation, item: Related, declared: set[str], uses: dict[str, set[str]], definitions: list[Definition]
) -> bool:
    """Takes an equation for a new name as its definition; false where it is none, and so a hypothesis."""
    left, right = item.chain.sides[0], item.chain.sides[-1]
    if isinstance(left, Applied) and _is_quantity(notation, left):
        return item.chain.signs == ("=",) and _define_quantity(notation, left, item, uses, definitions)
    head = left.head if isinstance(left, Applied) and arguments(left) else left
    if item.chain.signs != ("=",) or not isinstance(head, Name) or head.text in declared or head.text in uses:
        return False
    if notation.quantity(head) and isinstance(left, Applied):
        return False
    used = {node.text for node in walk(right) if isinstance(node, Name)}
    reached = used.union(*(uses[name] for name in used & uses.keys()))
    if head.text in reached or head.text in notation.variables:
        return False
    resolver = Resolver(item.source, notation)
    if isinstance(left, Applied):
        if head.text in notation.distributions:
            return _factorise(resolver, left, item, uses, reached)
        return _define_at_values(resolver, left, item, uses, reached, definitions)
    body = resolver.expression(right)
    free = sorted(free_variables(body), key=lambda v: v.name)
    name = Entry(head.text, free, [v.alphabet for v in free]) if free else Scalar(head.text)
    notation.definitions[head.text] = name
    uses[head.text] = reached
    definitions.append(Definition(name, body))
    return True


def _is_quantity(notation: Notation, left: Applied) -> bool:
    r"""True of `\mathcal{L}(\theta, \phi)` and `F[q(z)]`: what is called by its parameters, or by its distributions."""
    text = left.head.text
    if left.bar or notation.quantity(left.head) or text in (*notation.distributions, *notation.functions):
        return False
    parts = (*left.before, *left.after)
    names = [part.text for part in parts if isinstance(part, Name) and part.text not in notation.variables]
    calls = [part.head.text for part in parts if isinstance(part, Applied)]
    return len(names) + len(calls) == len(parts) and set(calls) <= notation.distributions.keys()


def _define_quantity(
    notation: Notation, left: Applied, item: Related, uses: dict[str, set[str]], definitions: list[Definition]
) -> bool:
    """Takes an equation for a quantity as its definition, as it is written; data that it leaves out are its indices."""
    text = printed(left)
    called = {node.head.text for node in walk(item.chain.sides[-1]) if isinstance(node, Applied)}
    if text in uses or left.head.text in called:
        return False
    body = Resolver(item.source, notation).expression(item.chain.sides[-1])
    free = sorted(free_variables(body), key=lambda v: v.name)
    name = Entry(text, free, [v.alphabet for v in free]) if free else Scalar(text)
    notation.definitions[text] = name
    uses[text] = set()
    definitions.append(Definition(name, body))
    return True


def _define_at_values(
    resolver: Resolver,
    left: Applied,
    item: Related,
    uses: dict[str, set[str]],
    reached: set[str],
    definitions: list[Definition],
) -> bool:
    r"""Takes `\mathcal{L}(x) = ...` as the definition of a number for each value of a variable."""
    if left.bar or not all(isinstance(part, Name) and part.text in resolver.notation.variables for part in left.before):
        return False
    name, body = resolver.expression(left), resolver.expression(item.chain.sides[-1])
    if not isinstance(name, Entry) or not free_variables(body) <= free_variables(name):
        return False
    uses[left.head.text] = reached
    definitions.append(Definition(name, body))
    return True


def _factorise(resolver: Resolver, left: Applied, item: Related, uses: dict[str, set[str]], reached: set[str]) -> bool:
    """A distribution as a product of others, over exactly its own variables."""
    name, notation = left.head.text, resolver.notation
    of = notation.distributions[name]
    names = arguments(left)
    if names is None or [n.text for part in names for n in part] != [v.name for v in (*of.outcomes, *of.given)]:
        return False
    factors = resolver.expression(item.chain.sides[1])
    try:
        outcomes = [v for weight in weights(factors) for v in weight.outcomes]
    except LanguageError:
        return False
    exact = len(outcomes) == len(of.outcomes) and set(outcomes) == set(of.outcomes)
    if not exact or not free_variables(factors) <= {*of.outcomes, *of.given}:
        return False
    notation.distributions[name] = Distribution(name, of.outcomes, of.given, factors)
    uses[name] = reached
    return True
