"""A second meaning of terms, for tests: floating point, total functions, and nothing in common with the kernel.

0 to any exponent but 0 is 0, as the kernel takes it; logarithms and roots outside their domain have fixed but arbitrary
values, which a sound rewriting must not depend on.
"""

from __future__ import annotations

import math
from itertools import product

from symderiv.kernel.terms import (
    Add,
    Apply,
    Bound,
    Delta,
    Entry,
    Forall,
    Gather,
    Implies,
    Index,
    Multiply,
    Number,
    Power,
    Reduce,
    Relation,
    Size,
    Symbol,
)

REDUCTIONS = {"sum": math.fsum, "product": math.prod, "max": max, "min": min}


class Total:
    """Values at one point: sizes, symbols, tensors, free indices, and a seed for the arbitrary values.

    Maps between index sets and definitions of symbols may be added.
    """

    def __init__(self, sizes, symbols, tensors, indices, seed):
        self.sizes, self.symbols, self.tensors, self.indices, self.seed = sizes, symbols, tensors, indices, seed
        self.maps, self.definitions = {}, {}

    def arbitrary(self, *key):
        rounded = tuple(round(k, 6) + 0.0 if isinstance(k, float) else k for k in key)
        return math.sin(hash((self.seed, *map(str, rounded))) % 1000) * 3

    def index(self, term, bound):
        match term:
            case Bound(position):
                return bound[-1 - position]
            case Gather(name, _, indices):
                return self.maps[name][tuple(self.index(i, bound) for i in indices)]
        return self.indices[term.name]

    def value(self, term, bound=()):
        match term:
            case Number(v):
                return float(v)
            case Symbol(name) if name in self.definitions:
                return self.value(self.definitions[name])
            case Symbol(name):
                return self.symbols[name]
            case Size(domain):
                return float(self.sizes[domain])
            case Entry(name, indices):
                return self.tensors[name][tuple(self.index(i, bound) for i in indices)]
            case Delta(a, b):
                return float(self.index(a, bound) == self.index(b, bound))
            case Add(terms):
                return math.fsum(self.value(t, bound) for t in terms)
            case Multiply(factors):
                return math.prod(self.value(f, bound) for f in factors)
            case Power(base, exponent):
                return self.power(self.value(base, bound), exponent)
            case Apply("exp", (a,)):
                return math.exp(self.value(a, bound))
            case Apply("log", (a,)):
                v = self.value(a, bound)
                return math.log(v) if v > 1e-9 else self.arbitrary("log", v)
            case Apply("abs", (a,)):
                return abs(self.value(a, bound))
            case Apply("max" | "min" as kind, arguments):
                return REDUCTIONS[kind](self.value(a, bound) for a in arguments)
            case Reduce(kind, domain, body):
                return REDUCTIONS[kind](self.value(body, (*bound, k)) for k in range(self.sizes[domain]))
        raise AssertionError(term)

    def power(self, base, exponent):
        if abs(base) < 1e-9:
            base = 0.0
        if exponent.denominator == 1:
            return 0.0 if base == 0 else base ** int(exponent)
        if base >= 0:
            return base ** float(exponent) if base else 0.0
        return self.arbitrary("root", base, str(exponent))

    def holds(self, proposition, bound=()):
        match proposition:
            case Forall(domain, body):
                return all(self.holds(body, (*bound, k)) for k in range(self.sizes[domain]))
            case Implies(premise, conclusion):
                return not self.holds(premise, bound) or self.holds(conclusion, bound)
            case Relation(kind, left, right):
                gap = self.value(right, bound) - self.value(left, bound)
                near = abs(gap) < 1e-9
                return {"=": near, "!=": not near, "<": gap > 0 and not near, "<=": gap > 0 or near}[kind]
        raise AssertionError(proposition)


def elements(*sizes):
    return product(*(range(size) for size in sizes))


__all__ = ["Index", "Total", "elements"]
