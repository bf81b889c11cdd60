"""Relations between indices as tensors of zeros and ones, and the facts about them that hold for all sizes.

`x[p+d]` becomes a sum over h of [p+d = h] x[h]; a loop from 1 to T becomes the factor [t >= 1].  A relation is known by
the sizes of its indices, their coefficients and a constant, so that the same one has the same name wherever it occurs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, combinations_with_replacement, product

from symderiv.kernel import terms as k
from symderiv.loops.integers import Constraint, Integers, at_most, less, negation
from symderiv.loops.rewriting import substituted
from symderiv.model.program import Affine, Atom, SizeOf, Variable, affine, combine, of_atom

RULE = "loops.index-arithmetic"


@dataclass(frozen=True)
class Shape:
    """`sum coefficient * index + sizes + constant` is 0 (`==`), or at least 0 (`>=`); indices range over `domains`."""

    kind: str
    domains: tuple[str, ...]
    coefficients: tuple[int, ...]
    rest: Affine

    @property
    def name(self) -> str:
        """The tensor that stands for the relation; no tensor of a program is called so."""
        parts = [f"{c:+d}{domain.lower()}" for c, domain in zip(self.coefficients, self.domains, strict=True)]
        parts += [f"{c:+d}{getattr(atom, 'name', '')}" for atom, c in self.rest.terms]
        return f"[{' '.join(parts)} {self.rest.constant:+d} {self.kind} 0]"

    def constraint(self, variables: Sequence[Atom]) -> Constraint:
        """The relation between given variables."""
        total = self.rest
        for variable, coefficient in zip(variables, self.coefficients, strict=True):
            total = combine(total, of_atom(variable), coefficient)
        return Constraint(total, self.kind)

    def table(self, sizes: Mapping[str, int]) -> dict[tuple[int, ...], Fraction]:
        """The values of the relation at some sizes."""
        rest = self.rest_at(sizes)
        found = {}
        for cell in product(*(range(sizes[domain]) for domain in self.domains)):
            value = rest + sum(c * place for c, place in zip(self.coefficients, cell, strict=True))
            found[cell] = Fraction(value == 0 if self.kind == "==" else value >= 0)
        return found

    def rest_at(self, sizes: Mapping[str, int]) -> int:
        """What is added to the indices at some sizes."""
        return self.rest.constant + sum(c * sizes[getattr(atom, "name", "")] for atom, c in self.rest.terms)

    def at(self, indices: Sequence[k.Term]) -> k.Term:
        """1 where the relation holds between the indices, else 0."""
        return k.Entry(self.name, tuple(indices)) if indices else k.Symbol(self.name)


def domain_of(term: k.Term) -> str:
    """The size that an index of the kernel ranges over."""
    return term.domain if isinstance(term, k.Index | k.Gather) else ""


def relation(kind: str, parts: Iterable[tuple[k.Term, int]], rest: Affine) -> tuple[k.Term, Shape | None]:
    """The term of a relation, and its shape; a delta where two indices of one range are equal, which needs none."""
    found, rest = _ordered(list(parts), rest)
    if kind == "==":  # an equation may be written with either sign
        turned = _ordered([(term, -c) for term, c in found], combine(Affine(), rest, -1))
        found, rest = min((found, rest), turned, key=lambda one: ([c for _, c in one[0]], repr(one[1])))
    if kind == "==" and len(found) == 2 and rest == Affine():
        (one, first), (other, second) = found
        if first == -second and abs(first) == 1 and domain_of(one) == domain_of(other):
            return k.Delta(one, other), None
    domains = tuple(domain_of(term) for term, _ in found)
    shape = Shape(kind, domains, tuple(c for _, c in found), rest)
    return shape.at([term for term, _ in found]), shape


Parts = list[tuple[k.Term, int]]


def _ordered(parts: Parts, rest: Affine) -> tuple[Parts, Affine]:
    return sorted(parts, key=lambda part: (domain_of(part[0]), part[1], k.key(part[0]))), rest


class Arithmetic:
    """What integer sets say about some relations."""

    def __init__(self, integers: Integers, shapes: Iterable[Shape]) -> None:
        self.integers = integers
        self.shapes = {shape.name: shape for shape in shapes}

    def facts(self) -> Iterator[k.Term]:
        """Equations between products and sums of the relations."""
        for shape in self.shapes.values():
            yield self._idempotent(shape)
            yield from self._signs(shape)
            yield from self._sums(shape)
            yield from self._count(shape)
            yield from self._functional(shape)
        found = list(self.shapes.values())
        for number, one in enumerate(found):
            for other in found[number + 1 :]:
                yield from self._together(one, other)
                yield from self._descent(one, other)
                yield from self._descent(other, one)
        for shape in found:
            yield from self._covering(shape, found)
        equations = [shape for shape in found if shape.kind == "==" and len(shape.domains) == 2]
        for one, other, third in combinations_with_replacement(equations, 3):
            yield from self._chained(one, other, third)
        single = [shape for shape in found if len(shape.domains) == 1]
        for equation, bound, other in product(equations, [s for s in single if s.kind == ">="], single):
            yield from self._carried(equation, bound, other)

    def _variables(self, shape: Shape, letter: str) -> list[k.Index]:
        return [k.Index(f"{letter}{number}", domain) for number, domain in enumerate(shape.domains)]

    def _idempotent(self, shape: Shape) -> k.Term:
        indices = self._variables(shape, "u")
        whole = shape.at(indices)
        return k.forall(indices, k.Relation("=", k.Multiply((whole, whole)), whole))

    def _signs(self, shape: Shape) -> Iterator[k.Term]:
        """No relation is negative; one that holds between an index and itself is 1 there."""
        indices = self._variables(shape, "u")
        yield k.forall(indices, k.Relation("<=", k.ZERO, shape.at(indices)))
        if len(indices) == 2 and indices[0].domain == indices[1].domain:
            same: Atom = Variable(indices[0].name)
            known = self._inside(indices[0].domain, same)
            if self.integers.implies(known, shape.constraint([same, same])):
                diagonal = shape.at([indices[0], indices[0]])
                yield k.forall(indices[:1], k.Relation("=", diagonal, k.ONE))

    def _inside(self, domain: str, variable: Atom) -> list[Constraint]:
        index = of_atom(variable)
        return [Constraint(index), less(index, of_atom(SizeOf(domain)))]

    def _sums(self, shape: Shape) -> Iterator[k.Term]:
        """Summed over an index with coefficient 1 or -1, an equation counts one solution where it is in range."""
        if shape.kind != "==" or not shape.domains:
            return
        for position, coefficient in enumerate(shape.coefficients):
            if abs(coefficient) != 1:
                continue
            indices = self._variables(shape, "u")
            others = [index for number, index in enumerate(indices) if number != position]
            atoms: list[Atom] = [Variable(index.name) for index in others]
            value = shape.rest
            for atom, c in zip(atoms, (c for n, c in enumerate(shape.coefficients) if n != position), strict=True):
                value = combine(value, of_atom(atom), c)
            solution = combine(Affine(), value, -coefficient)
            known = [c for index, atom in zip(others, atoms, strict=True) for c in self._inside(index.domain, atom)]
            guards: list[k.Term] = []
            low = Constraint(solution)
            high = less(solution, of_atom(SizeOf(shape.domains[position])))
            complete = True
            for wanted in (low, high):
                if self.integers.implies(known, wanted):
                    continue
                guard = self._known_guard(wanted, dict(zip(atoms, others, strict=True)))
                complete = complete and guard is not None
                guards += [guard] if guard is not None else []
            if complete:
                total = k.sum_over([indices[position]], shape.at(indices))
                yield k.forall(others, k.Relation("=", total, k.Multiply(tuple(guards)) if guards else k.ONE))

    def _count(self, shape: Shape) -> Iterator[k.Term]:
        """An inequality about one index counts the values on one side of a size."""
        if shape.kind != ">=" or len(shape.domains) != 1 or abs(shape.coefficients[0]) != 1:
            return
        extent = of_atom(SizeOf(shape.domains[0]))
        number = combine(extent, shape.rest) if shape.coefficients[0] > 0 else combine(shape.rest, Affine((), 1))
        if self.integers.implies([], Constraint(number)) and self.integers.implies([], at_most(number, extent)):
            index = k.Index("u", shape.domains[0])
            parts = [k.Multiply((k.number(c), k.Size(getattr(atom, "name", "")))) for atom, c in number.terms]
            total = k.Add((*parts, k.number(number.constant)))
            yield k.Relation("=", k.sum_over([index], shape.at([index])), total)

    def _known_guard(self, wanted: Constraint, indices: dict[Atom, k.Index]) -> k.Term | None:
        """The guard as a relation, or as one minus its opposite, if one of those is in use."""
        parts = [(indices[atom], c) for atom, c in wanted.expression.terms if atom in indices]
        rest = affine({a: c for a, c in wanted.expression.terms if a not in indices}, wanted.expression.constant)
        term, shape = relation(">=", parts, rest)
        if shape is not None and shape.name in self.shapes:
            return term
        for other in self.shapes.values() if len(parts) == 1 else ():
            ((index, _),) = parts
            atom = next(a for a, found in indices.items() if found == index)
            known = self._inside(domain_of(index), atom)
            if other.domains == (domain_of(index),) and self._complement(wanted, other.constraint([atom]), known):
                return k.subtract(k.ONE, other.at([index]))
        return None

    def _functional(self, shape: Shape) -> Iterator[k.Term]:
        """Two solutions that differ in one index only are the same."""
        if shape.kind != "==":
            return
        for position, domain in enumerate(shape.domains):
            indices = self._variables(shape, "u")
            second = k.Index("w", domain)
            others = [second if number == position else index for number, index in enumerate(indices)]
            one = shape.at(indices)
            both = k.Multiply((one, shape.at(others)))
            joined = k.Multiply((one, k.Delta(indices[position], second)))
            yield k.forall([*indices, second], k.Relation("=", both, joined))

    def _together(self, one: Shape, other: Shape) -> Iterator[k.Term]:
        """Products of two relations that share indices: 0 where they exclude each other, one that implies the other."""
        first, second = self._variables(one, "u"), self._variables(other, "w")
        for shared in _matchings(one.domains, other.domains):
            joined = [first[shared[n]] if n in shared else index for n, index in enumerate(second)]
            names = list(dict.fromkeys([*first, *joined]))
            atoms: dict[k.Index, Atom] = {index: Variable(index.name) for index in names}
            known = [c for index in names for c in self._inside(index.domain, atoms[index])]
            a = one.constraint([atoms[index] for index in first])
            b = other.constraint([atoms[index] for index in joined])
            left, right = one.at(first), other.at(joined)
            both = k.Multiply((left, right))
            if self.integers.find((), [(*known, a, b)]) is None:
                yield k.forall(names, k.Relation("=", both, k.ZERO))
            else:
                follows = set(joined) <= set(first) and self.integers.implies([*known, a], b)
                leads = set(first) <= set(joined) and self.integers.implies([*known, b], a)
                if follows or leads:
                    yield k.forall(names, k.Relation("=", both, left if follows else right))
                if follows and leads:  # one relation in two ways, as [t = T] and [t = S - 1] for S = T + 1
                    yield k.forall(names, k.Relation("=", left, right))
            yield from self._fixed(one, first, other, joined)
            yield from self._fixed(other, joined, one, first)
            yield from self._counted(one, first, other, joined)
            yield from self._counted(other, joined, one, first)
            if len(names) == 1 == len(first) == len(joined) and self._complement(a, b, known):
                yield k.forall(names, k.Relation("=", k.Add((left, right)), k.ONE))

    def _descent(self, step: Shape, order: Shape) -> Iterator[k.Term]:
        """[s >= t] = [s = t] + sum_u [u = t + 1] [s >= u], and the like for a step of -1, for either index, and for
        [s >= t + c] with [s = t + c].
        """
        domains = {*step.domains, *order.domains}
        shapes_fit = step.kind == "==" and order.kind == ">=" and len(step.domains) == len(order.domains) == 2
        if not shapes_fit or len(domains) != 1 or set(step.coefficients) != {1, -1}:
            return
        if set(order.coefficients) != {1, -1} or step.rest.terms or abs(step.rest.constant) != 1:
            return
        s, t, u = (k.Index(name, step.domains[0]) for name in "stu")
        for place, moved in ((0, (t, u)), (0, (u, t)), (1, (t, u)), (1, (u, t))):
            before = [t, s] if place == 0 else [s, t]
            after = [u, s] if place == 0 else [s, u]
            atoms: dict[k.Term, Atom] = {index: Variable(index.name) for index in (s, t, u)}
            known = [c for index in (s, t) for c in self._inside(index.domain, atoms[index])]
            positive = order.constraint([atoms[i] for i in before])
            larger = Constraint(combine(positive.expression, Affine((), -1)))
            next_one = step.constraint([atoms[i] for i in moved])
            slack = combine(order.constraint([atoms[i] for i in after]).expression, positive.expression, -1)
            is_descent = self.integers.implies([*known, next_one], Constraint(combine(slack, Affine((), 1)), "=="))
            inside = self._inside(u.domain, atoms[u])
            if is_descent and all(self.integers.implies([*known, larger, next_one], c) for c in inside):
                total = k.sum_over([u], k.Multiply((step.at(list(moved)), order.at(after))))
                last, shape = relation("==", list(zip(before, order.coefficients, strict=True)), order.rest)
                if shape is None or shape.name in self.shapes:
                    yield k.forall([s, t], k.Relation("=", order.at(before), k.Add((last, total))))

    def _fixed(self, one: Shape, first: Sequence[k.Index], other: Shape, second: Sequence[k.Index]) -> Iterator[k.Term]:
        """Where one relation says what an index is, another one that it stands in is about the other indices alone.

        Where the first has another index, the index is summed: sum_t [t = s] [u + 1 = t] = [u + 1 = s], within bounds.
        """
        for index, factor in zip(first, one.coefficients, strict=True):
            if one.kind != "==" or len(first) > 2 or abs(factor) != 1 or index not in second:
                continue
            others = [(name, c) for name, c in zip(first, one.coefficients, strict=True) if name != index]
            parts = dict(zip(second, other.coefficients, strict=True))
            times = -factor * parts.pop(index)
            for name, coefficient in others:
                parts[name] = parts.get(name, 0) + times * coefficient
            found = [(name, c) for name, c in parts.items() if c]
            term, shape = relation(other.kind, found, combine(other.rest, one.rest, times))
            if not others:
                if shape is not None and shape.name in self.shapes:
                    names = list(dict.fromkeys([*first, *second]))
                    left, right = one.at(first), other.at(second)
                    yield k.forall(names, k.Relation("=", k.Multiply((left, right)), k.Multiply((left, term))))
            elif found and other.kind == "==" and (shape is None or shape.name in self.shapes):
                names = list(dict.fromkeys(name for name in (*first, *second) if name != index))
                guards = self._range_guards(index, one, first, names, (other, second))
                if guards is not None:
                    total = k.sum_over([index], k.Multiply((one.at(first), other.at(second))))
                    yield k.forall(names, k.Relation("=", total, k.Multiply((term, *guards))))

    def _counted(
        self, one: Shape, first: Sequence[k.Index], other: Shape, second: Sequence[k.Index]
    ) -> Iterator[k.Term]:
        """Summed over an index of its own, an equation counts one solution where another relation keeps it in range."""
        for index, factor in zip(first, one.coefficients, strict=True):
            rest = [name for name in first if name != index]
            if one.kind != "==" or abs(factor) != 1 or index in second or not rest or not set(rest) <= set(second):
                continue
            if self._range_guards(index, one, first, second, (other, second)) == []:
                total = k.sum_over([index], k.Multiply((one.at(first), other.at(second))))
                yield k.forall(list(second), k.Relation("=", total, other.at(second)))

    def _range_guards(
        self,
        index: k.Index,
        one: Shape,
        first: Sequence[k.Index],
        names: Sequence[k.Index],
        other: tuple[Shape, Sequence[k.Index]],
    ) -> list[k.Term] | None:
        """What keeps the index that an equation determines in its range; None where that is no relation in use."""
        atoms: dict[Atom, k.Index] = {Variable(name.name): name for name in names}
        factor = dict(zip(first, one.coefficients, strict=True))[index]
        value = one.rest
        for name, coefficient in zip(first, one.coefficients, strict=True):
            if name != index:
                value = combine(value, of_atom(Variable(name.name)), coefficient)
        solution = combine(Affine(), value, -factor)
        known = [c for atom, name in atoms.items() for c in self._inside(name.domain, atom)]
        inner = other[0].constraint([Variable(name.name) for name in other[1]])
        known.append(Constraint(substituted(inner.expression, {Variable(index.name): solution}), inner.kind))
        guards: list[k.Term] = []
        for wanted in (Constraint(solution), less(solution, of_atom(SizeOf(index.domain)))):
            if not self.integers.implies(known, wanted):
                guard = self._known_guard(wanted, atoms)
                if guard is None:
                    return None
                guards.append(guard)
        return guards

    def _covering(self, order: Shape, shapes: Sequence[Shape]) -> Iterator[k.Term]:
        """An inequality about one index and two or three single values that it leaves out: one of them holds."""
        if order.kind != ">=" or len(order.domains) != 1:
            return
        index = k.Index("u", order.domains[0])
        atom: Atom = Variable(index.name)
        known = self._inside(index.domain, atom)
        above = order.constraint([atom])
        single = [s for s in shapes if s.kind == "==" and s.domains == order.domains]
        apart = [s for s in single if self.integers.find((), [(*known, above, s.constraint([atom]))]) is None]
        for chosen in chain(combinations(apart, 2), combinations(apart, 3)):
            at = [shape.constraint([atom]) for shape in chosen]
            if any(self.integers.find((), [(*known, *pair)]) is not None for pair in combinations(at, 2)):
                continue
            others = product(*(negation(constraint) for constraint in (above, *at)))
            if self.integers.find((), [(*known, *rest) for rest in others]) is None:
                total = k.Add((order.at([index]), *(shape.at([index]) for shape in chosen)))
                yield k.forall([index], k.Relation("=", total, k.ONE))

    def _chained(self, one: Shape, other: Shape, third: Shape) -> Iterator[k.Term]:
        """Three equations between three indices, of which any two give the third: two of them say what all three do."""
        for a, b, c in _triangles(one, other, third):
            names = list(dict.fromkeys((*a, *b, *c)))
            atoms: dict[k.Index, Atom] = {index: Variable(index.name) for index in names}
            known = [fact for index in names for fact in self._inside(index.domain, atoms[index])]
            pairs = [(one, a), (other, b), (third, c)]
            stated = [shape.constraint([atoms[index] for index in at]) for shape, at in pairs]
            if all(
                self.integers.implies([*known, *stated[:n], *stated[n + 1 :]], stated[n]) for n in range(len(stated))
            ):
                first, second, last = (shape.at(at) for shape, at in pairs)
                yield k.forall(names, k.Relation("=", k.Multiply((first, second)), k.Multiply((first, last))))
                yield k.forall(names, k.Relation("=", k.Multiply((second, last)), k.Multiply((first, last))))

    def _carried(self, equation: Shape, bound: Shape, other: Shape) -> Iterator[k.Term]:
        """Where one index is a function of another, a bound of the first is a bound of the second: [u = t + 1] [u >= 2]
        is [u = t + 1] [t >= 1], or [u = t + 1] (1 - [t = 0]).
        """
        indices = self._variables(equation, "u")
        for first, second in (indices, indices[::-1]):
            if (first.domain, second.domain) != (*bound.domains, *other.domains):
                continue
            atoms: dict[k.Index, Atom] = {index: Variable(index.name) for index in indices}
            known = [c for index in indices for c in self._inside(index.domain, atoms[index])]
            known.append(equation.constraint([atoms[index] for index in indices]))
            one, two = bound.constraint([atoms[first]]), other.constraint([atoms[second]])
            whole, right = equation.at(indices), k.Multiply((equation.at(indices), other.at([second])))
            both = k.Multiply((whole, bound.at([first])))
            if self.integers.implies([*known, one], two) and self.integers.implies([*known, two], one):
                yield k.forall(indices, k.Relation("=", both, right))
            elif self._complement(one, two, known):
                yield k.forall(indices, k.Relation("=", both, k.subtract(whole, right)))

    def _complement(self, one: Constraint, other: Constraint, known: Sequence[Constraint]) -> bool:
        if self.integers.find((), [(*known, one, other)]) is not None:
            return False
        return self.integers.find((), [(*known, a, b) for a in negation(one) for b in negation(other)]) is None


def _triangles(one: Shape, other: Shape, third: Shape) -> Iterator[tuple[list[k.Index], list[k.Index], list[k.Index]]]:
    """The ways to read three relations as between u and v, v and w, and u and w."""
    for order in product((1, -1), repeat=3):
        (u, v), (v_, w), (u_, w_) = (s.domains[::o] for s, o in zip((one, other, third), order, strict=True))
        if (u, v, w) == (u_, v_, w_):
            first, second, last = (k.Index(name, domain) for name, domain in zip("uvw", (u, v, w), strict=True))
            pairs = ([first, second], [second, last], [first, last])
            a, b, c = (pair[::o] for pair, o in zip(pairs, order, strict=True))
            yield a, b, c


def _matchings(one: Sequence[str], other: Sequence[str]) -> Iterator[dict[int, int]]:
    """The ways to identify some indices of the second relation with some of the first, at least one."""
    choices = [[None, *(p for p, domain in enumerate(one) if domain == wanted)] for wanted in other]
    for chosen in product(*choices):
        used = [p for p in chosen if p is not None]
        if used and len(set(used)) == len(used):
            yield {n: p for n, p in enumerate(chosen) if p is not None}
