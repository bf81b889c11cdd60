"""The values of indices, special functions, sums over ranges and integrals to kernel terms.

A sum over a range in which its index stands as a number alone is taken from 0 on, and without the terms at its
beginning that are 0, so that two that differ by such a shift are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from sympy import Basic, Expr, Integer, latex

from symderiv.kernel import terms as k
from symderiv.kernel.definedness import definedness
from symderiv.kernel.errors import Exhausted
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import as_constant, quote
from symderiv.language import densities as d
from symderiv.language import indices as i
from symderiv.language import quantities as q
from symderiv.language import special_functions as s
from symderiv.language import written as w
from symderiv.language.closed_forms import UNIT, closed_forms
from symderiv.language.definite_integrals import Ends, facts_of_weights, is_weighted
from symderiv.language.index_values import bounds_of_values, value_tensor, weights
from symderiv.language.limits import limits
from symderiv.language.written import LanguageError

if TYPE_CHECKING:
    from symderiv.language.encode import Encoder

PI = r"\pi"
MOST_INFINITE, MOST_FINITE = 4, 1
"""How many terms at the beginning of a sum are looked at: of a range that may have no more than one element, one.

What is left of such a range may be empty, and then no sum over it is positive, although all its terms are.  So that
one is looked at in equations alone, where nothing needs the sum to be positive.
"""
_RANGE = re.compile(r"\\\{(?P<first>-?\d+),\\ldots,(?P<last>.*)\\\}")
_SET = r"\\mathcal\{\w\}"
_WHOLE = re.compile(rf"{_SET}|\\int_\{{{_SET}\}}\^\{{\}}.*|\\int_\{{-\\infty\}}\^\{{\\infty\}}")
_UNNAMED = (["", ""], [r"\mathbb{R}", ""])
"""Limits of integrals in which a density may stand on one side of an equation, and its formula on the other."""
_LAST = re.compile(r"(?P<name>\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?)(?:-(?P<less>\d+))?")


def analytic_term(encoder: Encoder, expression: Basic) -> k.Term | None:
    """The term of an expression of this module's kinds; None of any other."""
    match expression:
        case q.IndexValue():
            return _value(encoder, encoder.index(expression.args[0]))
        case s.Special():
            return _special(encoder, expression)
        case i.Before():
            return _before(encoder, *map(encoder.index, expression.args))
        case q.RestrictedSum(args=(variables, body, chosen, *_)):
            return encoder.over("sum", variables, lambda: k.Multiply((encoder.term(chosen), encoder.term(body))))
        case q.RangedSum():
            total = encoder.over("sum", expression.args[0], lambda: encoder.term(expression.args[1]))
            moved = _from_nought(encoder, _on_support(encoder, expression, total))
            for one in dict.fromkeys((total, moved)):
                _bound_arguments(encoder, one)
            return _with_closed_forms(encoder, moved)
        case q.Limit():
            return _limit(encoder, expression)
        case q.IntegralOver():
            families = _families_at(expression.args[1], q.IndexValue(expression.args[0][0])) or ()
            limits = [str(part.name) for part in expression.args[2:4]]
            region = "".join(d.REGIONS.get(family, "") for family in families) if limits in _UNNAMED else ""
            ends = tuple(map(encoder.term, expression.ends))
            return _with_closed_forms(
                encoder, _integral(encoder, expression), region, (ends[0], ends[1]) if ends else None
            )
        case _:
            return None


def _limit(encoder: Encoder, expression: q.Limit) -> k.Term:
    """A limit by its name, for each value of the indices in it, and what it is under conditions."""
    name = str(latex(expression))
    encoder.refuse_hidden(name)
    goal = None if expression.goal is None else encoder.term(expression.goal)
    (index,) = encoder.variables(expression.args[0])
    with encoder.binding([index]):
        body = encoder.term(expression.args[1])
    free = body.free | (goal.free if goal is not None else frozenset())
    indices = tuple(sorted((n for n in free if isinstance(n, k.Index) and n != index), key=k.key))
    encoder.declare(name, ("limit", indices))
    head: k.Term = k.Entry(name, indices) if indices else k.Symbol(name)
    if not encoder.known(name):
        encoder.know(name)
        value = k.Entry(value_tensor(index.domain), (index,))
        for needs, result in limits(body, value, goal, expression.sides):
            equation: k.Term = k.Relation("=", head, result)
            for need in reversed(needs):
                equation = k.Implies(need, equation)
            encoder.fact(k.forall(indices, equation), "limit.expansion", "")
    return head


def _value(encoder: Encoder, index: k.Index | k.Gather) -> k.Term:
    """The value of an index as a number, which lies between the ends of its range."""
    encoder.declare(value_tensor(index.domain), "values of indices")
    _bound_values(encoder, index.domain)
    return k.Entry(value_tensor(index.domain), (index,))


def _before(encoder: Encoder, one: k.Index | k.Gather, other: k.Index | k.Gather) -> k.Term:
    """1 where an index is smaller than another, which it is, or equal, or greater.

    Half of one lies between the values and where they differ: whole numbers are not at the step itself.
    """
    domain = one.domain
    if other.domain != domain or i.is_measured(domain):
        raise LanguageError(f"the indices {one.name} and {other.name} have different ranges")
    first, second = k.Index("first", domain), k.Index("second", domain)
    cases = (_less(encoder, first, second), k.Delta(first, second), _less(encoder, second, first))
    trichotomy = k.Relation("=", k.Add(cases), k.ONE)
    encoder.fact(k.forall([first, second], trichotomy), "index.order", domain)
    itself = k.Relation("=", k.Apply("step", (k.number(Fraction(-1, 2)),)), k.ZERO)
    encoder.fact(itself, "index.itself", "")
    return _less(encoder, one, other)


def _less(encoder: Encoder, one: k.Index | k.Gather, other: k.Index | k.Gather) -> k.Term:
    difference = (_value(encoder, other), k.negate(_value(encoder, one)), k.number(Fraction(-1, 2)))
    return k.Apply("step", (k.Add(difference),))


def _bound_values(encoder: Encoder, domain: str) -> None:
    place = k.Index("place", domain)
    for below, kind, above in bounds_of_values(domain, k.Entry(value_tensor(domain), (place,))):
        rule = "integral.range" if kind == "<" else "index.range"
        encoder.fact(k.forall([place], k.Relation(kind, below, above)), rule, domain)


def _special(encoder: Encoder, expression: s.Special) -> k.Term:
    """The gamma function, or what is made of it."""
    formula = expression.formula()
    if formula is not None:
        return encoder.term(formula)
    argument = encoder.term(expression.args[1])
    _tell_halves(encoder, argument)
    return k.Apply(expression.word, (argument,))


def _tell_halves(encoder: Encoder, argument: k.Term) -> None:
    """What the gamma function is at 1/2, where its argument is half a whole number."""
    value = as_constant(Normalizer().polynomial(argument)) if not argument.free and not argument.loose else None
    if value is not None and value.q == 2:
        encoder.declare(PI, "scalar")
        root = k.Power(k.Symbol(PI), Fraction(1, 2))
        half = k.Relation("=", k.Apply("gamma", (k.number(Fraction(1, 2)),)), root)
        encoder.fact(half, "gamma.half", r"\Gamma(1/2) = \sqrt{\pi}")
        encoder.fact(k.positive(k.Symbol(PI)), "gamma.half", r"\pi > 0")


def _from_nought(encoder: Encoder, total: k.Term) -> k.Term:
    """The same sum over a range that begins with 0, where its index is a number in it and nothing else."""
    known = _RANGE.fullmatch(total.domain) if isinstance(total, k.Reduce) else None
    if known is None or not isinstance(total, k.Reduce):
        return total
    infinite = known["last"] == r"\infty"
    if not infinite and not any(isinstance(p, k.Apply) and p.function == "gamma" for p in k.subterms(total)):
        return total
    place = k.Index("place", total.domain)
    value, body = k.Entry(value_tensor(total.domain), (place,)), k.instantiate(total.body, place)
    first = int(known["first"])
    if place in _replaced(body, value, k.ZERO).free:
        return total
    facts = [fact.proposition for fact in encoder.facts.values()]
    most = MOST_INFINITE if infinite else MOST_FINITE if encoder.is_equating else 0
    empty = 0
    while empty < most and _is_nought(facts, _replaced(body, value, k.number(first + empty))):
        empty += 1
    domain = _from_nought_on(known["last"], first + empty)
    if domain is None or first + empty == 0:
        return total
    moved = k.Index("place", domain)
    encoder.declare(value_tensor(domain), "values of indices")
    _bound_values(encoder, domain)
    if not infinite:
        size = k.Add((k.Size(total.domain), k.number(-empty)))
        encoder.fact(k.Relation("=", k.Size(domain), size), "index.shift", domain)
    shifted = k.Add((k.Entry(value_tensor(domain), (moved,)), k.number(first + empty)))
    return k.sum_over([moved], _gathered(_replaced(body, value, shifted), moved))


def _from_nought_on(last: str, first: int) -> str | None:
    r"""`\{0,\ldots,n-1\}` for the numbers from 1 to n; None where the end is no name, or one with something added."""
    if last == r"\infty":
        return r"\{0,\ldots,\infty\}"
    known = _LAST.fullmatch(last)
    if known is None:
        return None
    less = int(known["less"] or 0) + first
    if less < 0:
        return None
    return rf"\{{0,\ldots,{known['name']}-{less}\}}" if less else rf"\{{0,\ldots,{known['name']}\}}"


def _is_nought(facts: list[k.Term], term: k.Term) -> bool:
    """True of a term that is 0, and of which no part with a number for an argument is undefined."""
    algebra = Normalizer(facts)
    try:
        needs = definedness(k.Relation("=", term, k.ZERO), ())
        return not algebra.polynomial(term) and all(need.free or algebra.signs.holds(need) for need in needs)
    except Exhausted:
        return False


def _replaced(term: k.Term, old: k.Term, new: k.Term) -> k.Term:
    if term is old:
        return new
    if old.free.isdisjoint(term.free):
        return term
    return k.rebuild(term, [_replaced(child, old, new) for child in term.children])


def _gathered(term: k.Term, place: k.Index) -> k.Term:
    """The term with the numbers in one that are added to an index: i + 1 for (i + 2) - 1."""
    if place not in term.free:
        return term
    if isinstance(term, k.Add) and all(map(_is_linear, term.terms)):
        return quote(Normalizer().polynomial(term))
    return k.rebuild(term, [_gathered(child, place) for child in term.children])


def _is_linear(term: k.Term) -> bool:
    match term:
        case k.Number() | k.Symbol() | k.Size() | k.Entry():
            return True
        case k.Add(terms):
            return all(map(_is_linear, terms))
        case k.Multiply(factors):
            return all(map(_is_linear, factors)) and sum(not isinstance(f, k.Number) for f in factors) <= 1
        case _:
            return False


def _bound_arguments(encoder: Encoder, total: k.Term) -> None:
    """That the gamma functions in a sum up to n have positive arguments, where n less the index stands in them."""
    if not isinstance(total, k.Reduce) or (known := _RANGE.fullmatch(total.domain)) is None:
        return
    last = _LAST.fullmatch(known["last"])
    if last is None or not known["first"].isdigit():
        return
    place = k.Index("place", total.domain)
    value = k.Entry(value_tensor(total.domain), (place,))
    # The number of steps that are left to the end of the range.
    left = k.Add((k.Symbol(last["name"]), k.number(-int(last["less"] or 0)), k.negate(value)))
    for part in dict.fromkeys(k.subterms(k.instantiate(total.body, place))):
        if isinstance(part, k.Apply) and part.function == "gamma" and place in part.free:
            (argument,) = part.arguments
            more = as_constant(Normalizer().polynomial(k.subtract(argument, left)))
            if more is not None and more > 0:
                for form in (argument, quote(Normalizer().polynomial(argument))):
                    encoder.fact(k.forall([place], k.positive(form)), "index.range", total.domain)


def _on_support(encoder: Encoder, expression: q.Ranged | q.IntegralOver, total: k.Term) -> k.Term:
    """An integral or sum over all that a variable can be, as one over the support of its density.

    The density stands in every term, and is 0 elsewhere.
    """
    variable = expression.args[0][0]
    families = _families_at(expression.args[1], q.IndexValue(variable))
    domain = d.REGIONS.get(next(iter(families))) if families is not None and len(families) == 1 else None
    if domain is None or domain == variable.alphabet or not _is_whole(variable.alphabet):
        return total
    place, moved = k.Index("place", variable.alphabet), k.Index("place", domain)
    value, other = (k.Entry(value_tensor(index.domain), (index,)) for index in (place, moved))
    if not isinstance(total, k.Reduce):
        return total
    body = _replaced(k.instantiate(total.body, place), value, other)
    if place in body.free:
        return total
    encoder.declare(value_tensor(domain), "values of indices")
    _bound_values(encoder, domain)
    if domain == UNIT:
        body = k.Multiply((_weight(encoder, moved, (Integer(0), Integer(1))), body))
    return k.sum_over([moved], body)


def _is_whole(alphabet: str) -> bool:
    r"""True of a set that has all values of a variable in it: `\mathcal{X}`, the real line, or what is not written."""
    return _WHOLE.fullmatch(alphabet) is not None


def _families_at(body: Expr, value: Expr) -> frozenset[str] | None:
    """The families of the densities at a value that are factors of all terms; None where a term has none."""
    match body:
        case d.Density() if body.value == value:
            return frozenset((body.family,))
        case w.Times():
            inner = [_families_at(part, value) for part in body.args]
            return next((found for found in inner if found is not None), None)
        case w.Negative():
            return _families_at(body.args[0], value)
        case w.Quotient():
            return _families_at(body.args[0], value)
        case w.Plus():
            parts = [_families_at(part, value) for part in body.args]
            known = [part for part in parts if part is not None]
            return frozenset().union(*known) if len(known) == len(parts) else None
        case _:
            return None


def _integral(encoder: Encoder, expression: q.IntegralOver) -> k.Term:
    (variable,) = encoder.variables(expression.args[0])
    lower, upper = (str(part.name) for part in expression.args[2:4])
    # The ends stand outside of the integral.
    weight = (_weight(encoder, variable, expression.ends),) if is_weighted(lower, upper) else ()

    def weighing(body: k.Term) -> k.Term:
        return k.Multiply((*weight, body)) if weight else body

    total = encoder.over("sum", expression.args[0], lambda: weighing(encoder.term(expression.args[1])))
    moved = _on_support(encoder, expression, total)
    if moved is not total:
        return moved
    for density in _densities_of(expression):
        whole = k.sum_over([variable], weighing(encoder.term(density)))
        loose = sorted((n for n in whole.free if isinstance(n, k.Index)), key=k.key)
        encoder.fact(k.forall(loose, k.Relation("=", whole, k.ONE)), "density.normalisation", str(latex(density)))
    return total


def _weight(encoder: Encoder, index: k.Index, ends: tuple[Expr, ...]) -> k.Term:
    """The weight of a value between the ends of an integral; what is known of it comes with it."""
    name = weights(index.domain)
    encoder.declare(name, "weights of values")
    if ends and not encoder.known(name):
        encoder.know(name)
        encoder.declare(value_tensor(index.domain), "values of indices")
        lower, upper = map(encoder.term, ends)
        place = k.Index("place", index.domain)
        value = k.Entry(value_tensor(index.domain), (place,))
        for known in facts_of_weights((lower, upper), value):
            encoder.fact(k.forall([place], known), "integral.range", index.domain)
    return k.Entry(name, (index,))


def _densities_of(integral: q.IntegralOver) -> Iterator[d.Density]:
    """The densities of the variable of an integral over all that it can be, among its factors."""
    variable, body = integral.args[0][0], integral.args[1]
    limits = tuple(str(part.name) for part in integral.args[2:4])
    for factor in body.args if isinstance(body, w.Times) else (body,):
        if isinstance(factor, d.Density) and factor.value == q.IndexValue(variable):
            support = d.SUPPORTS.get(factor.family)
            if support is not None and limits in (("", ""), support):
                yield factor


def _with_closed_forms(encoder: Encoder, total: k.Term, region: str = "", ends: Ends | None = None) -> k.Term:
    """The sum or integral, after what is known of its value; without limits it is over the support of its density."""
    facts = [fact.proposition for fact in encoder.facts.values()]
    for proposition, rule in closed_forms(total, facts, region, ends):
        for part in k.subterms(proposition):
            if isinstance(part, k.Apply) and part.function == "gamma":
                _tell_halves(encoder, part.arguments[0])
        if k.Symbol(PI) in proposition.free:
            encoder.declare(PI, "scalar")
        encoder.fact(proposition, rule, "")
    return total
