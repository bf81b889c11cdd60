"""How the names of a text are used: calls are told from products, indices from names, random variables from numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction

from symderiv.formulas import tree as t
from symderiv.formulas.declarations import Declared
from symderiv.formulas.indexing import index_sets, range_name
from symderiv.formulas.listings import NOTHING_LISTED, Ends
from symderiv.formulas.names import TRANSPOSES
from symderiv.formulas.notation import QUANTITIES
from symderiv.formulas.printing import printed
from symderiv.formulas.scopes import upright

MOMENTS = {form: name for name in ("E", "Var", "Cov") for form in upright(name)}
EVENTS = frozenset({*upright("Pr"), r"\Pr"})
_INVERSE = "^{-1}"
EULER = ("e", r"\mathrm{e}")
"""How the base of the natural logarithm is written."""
OF_FUNCTIONS = frozenset({*"fghpqrFGHLJKPQ", r"\phi", r"\varphi", r"\psi", r"\sigma", r"\Phi", r"\kappa", r"\ell"})
"""Letters that may stand for functions even where they have an index."""
_LETTERS_OF_FUNCTIONS = frozenset({r"\Gamma", r"\psi", r"\Phi", r"\zeta"})
_UPRIGHT = (r"\mathrm{", r"\text{", r"\operatorname{", r"\mathcal{", r"\mathbb{")


@dataclass
class Usage:
    """What the uses of names in a text say of them."""

    numbers: set[str] = field(default_factory=set)
    """Names that stand somewhere without brackets after them."""
    factors: set[str] = field(default_factory=set)
    """Names that stand somewhere other than below an exponent."""
    functions: set[str] = field(default_factory=set)
    """Names that are applied as only a function can be."""
    conditional: set[str] = field(default_factory=set)
    """Names that are applied to something given something else, as only a density can be."""
    ranges: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """The ranges of each index, as the text of their ends."""
    of_chance: set[str] = field(default_factory=set)
    """The names of which a relation says the mean or a probability."""
    averaged: set[str] = field(default_factory=set)
    """Capitals that stand in an expectation or a probability."""
    random: set[str] = field(default_factory=set)
    """Names that stand for random variables."""
    says_what_is_random: bool = False
    """Whether random variables are declared: what else stands in an expectation is a number."""
    declared: dict[str, str] = field(default_factory=dict)
    """What names are said to be: `function`, `scalar`, ..."""
    index_sets: dict[str, str] = field(default_factory=dict)
    """The index sets of letters that have no range of their own."""
    unclear: frozenset[str] = frozenset()
    """Letters with a range that what is listed of their places does not have."""
    euler: set[str] = field(default_factory=set)
    """The letters e that stand in logarithms and below exponents alone, which make them Euler's number."""
    kronecker: bool = False
    r"""Whether `\delta_{kj}` is a Kronecker delta."""

    def is_call(self, head: t.Name, node: t.Applied) -> bool | None:
        """Whether brackets after a name hold its arguments; None where there are two readings."""
        text = head.text.removesuffix(_INVERSE)
        if head.text in self.declared:
            return self.declared[head.text].endswith("function")
        if node.bar or node.separators or node.opening == r"\{" or head.text in QUANTITIES or head.text in EVENTS:
            return True
        if head.text.endswith(_INVERSE):
            return text in self.functions and text not in self.numbers
        if text in _LETTERS_OF_FUNCTIONS or (text.startswith(_UPRIGHT) and len(head.base) > 1):
            return True
        if text in self.numbers and text in self.functions:
            inner = node.before[0]
            if text in self.conditional and isinstance(inner, t.Name):
                return True  # the density p(p) of a parameter p, beside the likelihood p(y | p)
            mentioned = any(isinstance(part, t.Name) and part.text == text for part in t.walk(inner))
            return False if mentioned else True if isinstance(inner, t.Name) else None
        return text not in self.numbers and not self._is_entry(head, node)

    def _is_entry(self, head: t.Name, node: t.Applied) -> bool:
        r"""True of the `w_{ij}` before the brackets of `w_{ij} (z_i - z_j)`, whose subscript is of indices alone."""
        indexed = bool(head.lower) and all(n in self.unclear or self.alphabet_of(n) for n in head.lower)
        is_compound = node.opening == "(" and isinstance(node.before[0], t.Addition)
        return indexed and is_compound and head.base not in OF_FUNCTIONS and head.text not in self.functions

    @property
    def counting(self) -> set[str]:
        """The indices, and the ends of their ranges: what counts is not random."""
        return {*self.ranges, *self.ends}

    @property
    def ends(self) -> set[str]:
        """The ends of the ranges of indices."""
        return {end for found in self.ranges.values() for pair in found for end in pair}

    def range_of(self, name: str) -> tuple[str, str] | None:
        """The one range of an index; None of what is no index, or has several."""
        found = self.ranges.get(name, set())
        return next(iter(found)) if len(found) == 1 else None

    def alphabet_of(self, name: str) -> str:
        """The index set of an index, by its range or by its places in subscripts; empty for what is no index."""
        if name in self.unclear:
            return ""
        ends = self.range_of(name)
        return self.index_sets.get(name, "") if ends is None else range_name(ends)


def moment_of(node: t.Applied) -> str:
    """`E`, `Var` or `Cov` where a call is one, whatever it averages over: `E[X]`, `E_{x,y}[f(x,y)]`; else nothing."""
    head = node.head
    over = head.lower and not any(piece.isdigit() for piece in head.lower) and (head.stem != "E" or node.opening == "[")
    return MOMENTS.get(head.text, "") or (MOMENTS.get(head.stem, "") if over else "")


_BESIDE = re.compile(r"_\{[^{}]*(?P<letter>[a-z])[+-]\d+[^{}]*\}\Z")
"""The subscript of a neighbour: `x_{t+1}`."""


def usage_of(
    roots: Sequence[t.Node],
    random: Iterable[str] = (),
    declared: Iterable[Declared] = (),
    listed: Mapping[str, Set[Ends]] = NOTHING_LISTED,
) -> Usage:
    """How the names in some trees are used; `random` are the names that the text calls random.

    `listed` are the ranges of the subscripts of names of which the text gives a list.
    """
    usage = Usage(random=set(random))
    for declaration in declared:
        kind, names = declaration.kind, [n.text for n in declaration.names if isinstance(n, t.Name)]
        if kind.endswith("random variable"):
            usage.random.update(names)
            usage.says_what_is_random = True
        elif kind != "matrix":
            usage.declared.update(dict.fromkeys(names, kind))
    heads = set[int]()
    for root in roots:
        for node in t.walk(root):
            if isinstance(node, t.Applied):
                heads.add(id(node.head))
                _applied(usage, node)
            elif isinstance(node, t.Total):
                _ranged(usage, node)
            elif isinstance(node, t.Sides):
                _listed(usage, node)
                usage.random.update(_drawn(node))
                usage.of_chance.update(_said_of_chance(node))
    bases = {id(node.base) for root in roots for node in t.walk(root) if isinstance(node, t.Power)}
    for root in roots:
        for node in t.walk(root):
            if isinstance(node, t.Name) and id(node) not in heads:
                usage.numbers.add(node.text)
                if id(node) not in bases:
                    usage.factors.add(node.text)
    usage.euler = _euler(roots) - set(usage.declared)
    lasts = {last for found in listed.values() for _, last in found}
    usage.index_sets, usage.unclear, usage.kronecker = index_sets(roots, usage.ranges, usage.ends | lasts, listed)
    usage.unclear |= _shifted(roots)
    return usage


def _shifted(roots: Sequence[t.Node]) -> frozenset[str]:
    r"""The t beside which `x_{t+1}` stands somewhere: where no sum binds it, x_t and x_{t+1} are names of their own."""
    names = (node for root in roots for node in t.walk(root) if isinstance(node, t.Name) and node.marks)
    found = ((name, match) for name in names if (match := _BESIDE.search(name.text)) is not None)
    return frozenset(match["letter"] for name, match in found if match["letter"] in name.marks)


def _euler(roots: Sequence[t.Node]) -> set[str]:
    r"""The letters e that are factors in natural logarithms, `\ln(2 \pi e)`, limits or numbers; else only bases."""
    nodes = [node for root in roots for node in t.walk(root)]
    logarithms = [node.body for node in nodes if isinstance(node, t.Function) and node.word == "ln" and not node.base]
    inside = [part for body in logarithms for part in (body.factors if isinstance(body, t.Product) else ())]
    allowed = {id(part) for part in inside} | {id(node.base) for node in nodes if isinstance(node, t.Power)}
    allowed |= {id(node.sides[1]) for node in nodes if isinstance(node, t.Sides) and len(node.sides) == 2}
    # `\lim_{n \to \infty} (1 + 1/n)^n = e`
    reached = [n.sides[1] for n in nodes if isinstance(n, t.Sides) and len(n.sides) == 2 and _is_limit(n.sides[0])]
    numbers = _in_numbers(nodes) if any(_is_exponential(node) for node in nodes) else []
    allowed |= set(map(id, numbers))
    inside += [*reached, *numbers]
    found = {part.text for part in inside if isinstance(part, t.Name) and part.text in EULER}
    return found - {n.text for n in nodes if isinstance(n, t.Name) and n.text in EULER and id(n) not in allowed}


def _is_exponential(node: t.Node) -> bool:
    """True of the exponential function of something; not of the transpose or square of a vector of errors."""
    if not isinstance(node, t.Power) or not isinstance(node.base, t.Name) or node.base.text not in EULER:
        return False
    if isinstance(node.exponent, t.Numeral) and node.exponent.value == 1:
        return True  # nobody raises another number to 1
    names = [part.text for part in t.walk(node.exponent) if isinstance(part, t.Name)]
    return bool(names) and not (isinstance(node.exponent, t.Name) and names[0] in TRANSPOSES)


def _in_numbers(nodes: Sequence[t.Node]) -> list[t.Node]:
    """The letters e in sides of relations that name nothing else: `= e - 1`."""
    relations = [node for node in nodes if isinstance(node, t.Sides) and len(node.sides) == 2]
    sides = [side for node in relations for side in node.sides[isinstance(node.sides[0], t.Name) :]]
    names = [[part for part in t.walk(side) if isinstance(part, t.Name)] for side in sides]
    return [part for found in names if all(name.text in EULER for name in found) for part in found]


def _is_limit(node: t.Node) -> bool:
    return isinstance(node, t.Total) and node.kind == "limit"


def _applied(usage: Usage, node: t.Applied) -> None:
    text = node.head.text.removesuffix(_INVERSE)
    if node.bar == "|":
        usage.conditional.add(text)
    if moment_of(node) or node.head.text in EVENTS:
        for part in (*node.before, *node.after):
            usage.averaged.update(n.text for n in t.walk(part) if isinstance(n, t.Name) and _is_random_letter(n))
            # What a variance is taken of alone is random, whatever its letter.
            alone = isinstance(part, t.Name) and not part.lower and not usage.says_what_is_random
            if alone and moment_of(node) == "Var":
                usage.averaged.add(printed(part))
    elif (
        node.bar
        or len(node.before) > 1
        or node.separators
        or (isinstance(node.before[0], t.Name) and node.opening == "(")
    ):
        usage.functions.add(text)


def _drawn(node: t.Sides) -> Iterator[str]:
    r"""The names on the left of `\sim`, where they are capitals."""
    if node.signs == (r"\sim",):
        left = node.sides[0]
        if isinstance(left, t.Name) and _is_random_letter(left):
            yield left.text


def _said_of_chance(node: t.Sides) -> Iterator[str]:
    r"""The name of which a relation says the mean or a probability: `E[a] = m`, `P(a > 0) = 1`; not `E[c] = c`."""
    for side in node.sides:
        if not isinstance(side, t.Applied) or side.bar or len(side.before) != 1:
            continue
        match side.before[0]:
            case t.Name(lower=()) as name if moment_of(side):
                found = [name]
            case t.Sides(sides=sides) if side.head.text in EVENTS:
                found = [part for part in sides if isinstance(part, t.Name)]
            case _:
                continue
        _, outside = inside_and_outside(node)
        if len(found) == 1 and found[0].text not in outside - _called_in(side):
            yield found[0].text


def _called_in(call: t.Applied) -> set[str]:
    """The names in an event, which is no mean: they count as outside of one."""
    return set() if moment_of(call) else {part.text for part in t.walk(call) if isinstance(part, t.Name)}


def _is_random_letter(name: t.Name) -> bool:
    letter = name.base
    return len(letter) == 1 and letter.isupper()


def _ranged(usage: Usage, node: t.Total) -> None:
    if node.lower is not None and node.upper is not None:
        ends = (printed(node.lower), printed(node.upper))
        for name in node.over:
            usage.ranges.setdefault(name.text, set()).add(ends)


def _listed(usage: Usage, node: t.Sides) -> None:
    r"""`i = 1, \ldots, n`."""
    match node:
        case t.Sides(sides=(t.Name() as name, t.Listing(items=(first, t.Ellipsis(), last))), signs=("=",)):
            usage.ranges.setdefault(name.text, set()).add((printed(first), printed(last)))
        case _:
            return


def inside_only(tree: t.Node, known: Set[str], drawn: Set[str]) -> set[str]:
    """The names that stand in a relation only inside expectations, variances and covariances.

    Those of which it is `known` what they are are left out, and so are the stems of such.  What is said to be `drawn`
    may stand outside as well: no expectation lets go of it.
    """
    places = _Places(known)
    places.visit(tree, averaged=False)
    return places.inside - (places.outside - drawn) - places.bound - known


_CONSTANT = frozenset({"a", "b", "c", "d", "k", r"\alpha", r"\beta", r"\gamma", r"\lambda", r"\mu"})
"""Letters for constants beside random variables in capitals."""


_MOMENTS = (r"\mu", r"\sigma")
r"""Letters that are constants under the names of random variables: `\mu_X`."""


def constant_letters(tree: t.Node, random: Set[str]) -> frozenset[str]:
    """The letters in moments that are constants by convention: `Var(a X + b)`, where X is called random."""
    calls = (node for node in t.walk(tree) if isinstance(node, t.Applied) and moment_of(node))
    found: set[str] = set()
    for call in calls:
        parts = [part for argument in call.before for part in t.walk(argument) if isinstance(part, t.Name)]
        names = {part.text for part in parts}
        if any(name[:1].isupper() for name in names & random):
            found |= names & _CONSTANT
        found |= {part.text for part in parts if part.stem in _MOMENTS and part.lower and set(part.lower) <= random}
    return frozenset(found - random)


def inside_and_outside(tree: t.Node) -> tuple[set[str], set[str]]:
    """The names that stand inside of expectations, and those outside over which no sum or integral runs."""
    places = _Places(frozenset())
    places.visit(tree, averaged=False)
    return places.inside, places.outside - places.bound


@dataclass
class _Places:
    """Where names stand: inside of expectations, variances and covariances, or outside; and what is bound."""

    known: Set[str]
    inside: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)

    def visit(self, node: t.Node, *, averaged: bool) -> None:
        """Notes the names in a node."""
        if isinstance(node, t.Name):
            is_known = not self.known.isdisjoint((node.text, node.stem))
            (self.inside if averaged and not is_known else self.outside).update((node.text, node.stem))
            (self.inside if averaged else self.outside).update(node.marks)
        moment = isinstance(node, t.Applied) and bool(moment_of(node))
        if isinstance(node, t.Total | t.Integral):
            self.bound.update(name.text for name in node.over)
        sign = node.exponent if isinstance(node, t.Power) and _is_upright_transpose(node.exponent) else None
        for part in t.parts(node):
            if part is not sign and not (moment and isinstance(node, t.Applied) and part is node.head):
                self.visit(part, averaged=averaged or moment)


def _is_upright_transpose(exponent: t.Node) -> bool:
    """True of a transpose that no number is called by, as a time T is."""
    return isinstance(exponent, t.Name) and exponent.text in TRANSPOSES - {"T"}


def with_products(node: t.Node, usage: Usage) -> t.Node:
    """The tree with names before brackets that are factors made into factors."""
    changed = t.mapped(node, lambda part: with_products(part, usage))
    match changed:
        case t.Applied() if usage.is_call(changed.head, changed) is False:
            return t.Product(changed.start, changed.end, _factors(changed))
        case t.Power(base=t.Product(factors=(head, group))) if _was_product(node, usage):
            raised = t.Power(group.start, changed.end, group, changed.exponent)
            return t.Product(changed.start, changed.end, (head, raised))
        case t.Factorial(body=t.Product(factors=(head, group))) if _was_product(node, usage):
            return t.Product(changed.start, changed.end, (head, t.Factorial(group.start, changed.end, group)))
        case t.Product(factors=factors) if any(isinstance(f, t.Product) for f in factors):
            flat = tuple(part for f in factors for part in (f.factors if isinstance(f, t.Product) else (f,)))
            return t.Product(changed.start, changed.end, flat)
        case _:
            return changed


def _was_product(node: t.Node, usage: Usage) -> bool:
    """True of a power or factorial of a name before brackets that is a factor: x (x - 1)! is x times (x - 1)!."""
    base = node.base if isinstance(node, t.Power) else node.body if isinstance(node, t.Factorial) else None
    return isinstance(base, t.Applied) and usage.is_call(base.head, base) is False


def _factors(node: t.Applied) -> tuple[t.Node, ...]:
    head = node.head
    if not head.text.endswith(_INVERSE):
        return (head, *node.before)
    plain = t.Name(
        head.start, head.end, head.text.removesuffix(_INVERSE), head.base, head.marks,
        head.stem.removesuffix(_INVERSE), head.lower,
    )  # fmt: skip
    one = t.Numeral(head.end, head.end, Fraction(1))
    return (t.Power(head.start, head.end, plain, t.Negation(head.end, head.end, one)), *node.before)
