"""Equations of the kernel beside a run of the program on numbers.

What a proof is about was made from the program by `System`.  Here it is read again, as numbers, and compared with what
the statements compute when they are executed: a defect of the first would show as an equation that does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import numpy as np

from symderiv.gradients.comparison import Comparison
from symderiv.gradients.system import System
from symderiv.kernel import terms as k
from symderiv.loops.grids import Array
from symderiv.loops.relations import Shape

MOST = 1 << 20
"""Values of a sum that are computed at once."""
CELLS = 3
"""The cells at which an equation is looked at."""
TOLERANCE = 1e-6


class NotMeasuredError(Exception):
    """Something has no value here: a function without interpretation, or a sum over too much."""


def holds_in(run: Comparison, system: System, proposition: k.Term) -> bool:
    """False of an equation that does not hold at some cell in a run; of what is no equation nothing is said."""
    random = Random(0)
    for _ in range(CELLS):
        numbers = _Numbers(run, system, random)
        inner, axes = proposition, []
        while isinstance(inner, k.Forall):
            if inner.domain == k.REAL:
                return True
            axes.append(numbers.chosen(inner.domain))
            inner = inner.body
        if not isinstance(inner, k.Relation) or inner.kind != "=":
            return True
        try:
            with np.errstate(all="ignore"):
                left, right = (numbers.value(side, tuple(axes)) for side in (inner.left, inner.right))
        except NotMeasuredError:
            return True
        scale = 1 + np.max(np.abs(left)) + np.max(np.abs(right))
        if np.all(np.isfinite([left, right])) and not np.all(np.abs(left - right) <= TOLERANCE * scale):
            return False
    return True


@dataclass
class _Numbers:
    """The values of terms, each an array with one axis for every sum around it; an index is an array too."""

    run: Comparison
    system: System
    random: Random
    free: dict[k.Index, Array] = field(default_factory=dict)

    def chosen(self, domain: str) -> Array:
        """Some value of an index."""
        return np.array(self.random.randrange(self.run.data.sizes[domain]))

    def value(self, term: k.Term, axes: tuple[Array, ...]) -> Array:
        """A term inside of some sums, the indices of which are `axes`."""
        match term:
            case k.Number(number):
                return np.array(float(number))
            case k.Size(domain):
                return np.array(float(self.run.data.sizes[domain]))
            case k.Symbol(name):
                return self.array(name)
            case k.Entry(name, indices):
                return np.asarray(self.array(name)[tuple(self.index(i, axes) for i in indices)])
            case k.Delta(left, right):
                return np.asarray(self.index(left, axes) == self.index(right, axes), dtype=float)
            case k.Add(parts):
                return sum((self.value(part, axes) for part in parts), np.array(0.0))
            case k.Multiply(factors):
                product = np.array(1.0)
                for factor in factors:
                    product = product * self.value(factor, axes)
                return product
            case k.Power(base, exponent):
                return np.asarray(np.power(self.value(base, axes), float(exponent)))
            case k.Apply(function, arguments):
                return _applied(function, [self.value(argument, axes) for argument in arguments])
            case k.Reduce(kind, domain, body):
                return self.reduced(kind, domain, body, axes)
            case _:
                raise NotMeasuredError

    def reduced(self, kind: str, domain: str, body: k.Term, axes: tuple[Array, ...]) -> Array:
        """A sum, or what is largest, along an axis of its own."""
        size = self.run.data.sizes[domain]
        inner = (*(axis[..., np.newaxis] if axis.ndim else axis for axis in axes), np.arange(size))
        if kind not in ("sum", "max") or np.broadcast(*inner).size > MOST:
            raise NotMeasuredError
        values = self.value(body, inner)
        whole = np.broadcast_to(values, np.broadcast_shapes(values.shape, (size,)))
        return np.asarray(whole.sum(axis=-1) if kind == "sum" else whole.max(axis=-1))

    def index(self, term: k.Term, axes: tuple[Array, ...]) -> Array:
        """The values of an index."""
        match term:
            case k.Bound(position):
                return axes[-1 - position]
            case k.Index(_, domain):
                if term not in self.free:
                    self.free[term] = self.chosen(domain)
                return self.free[term]
            case k.Gather(name, _, indices):
                return np.asarray(self.run.given[name][tuple(self.index(i, axes) for i in indices)])
            case _:
                raise NotMeasuredError

    def array(self, name: str) -> Array:
        """A tensor by its name in the kernel."""
        shape = self.relations.get(name)
        if shape is not None:
            return self.table(shape)
        if name.endswith(".total"):
            return self.run.derived.array(f"{name.removesuffix('.total')}.grad")
        if any(name == self.system.given(output) for output in self.system.program.outputs):
            return self.run.given[name.removesuffix(" given")]
        return self.run.claimed.array(name)

    @property
    def relations(self) -> dict[str, Shape]:
        """The relations between indices that are tensors in the kernel."""
        return {**self.system.claimed.shapes, **self.system.derivation.shapes}

    def table(self, shape: Shape) -> Array:
        """A relation between indices as numbers."""
        sizes = self.run.data.sizes
        places = np.indices([sizes[domain] for domain in shape.domains])
        total = np.tensordot(shape.coefficients, places, 1) + shape.rest_at(sizes)
        return np.asarray(total == 0 if shape.kind == "==" else total >= 0, dtype=float)


def _applied(function: str, values: list[Array]) -> Array:
    first = values[0]
    match function:
        case "exp" | "log" | "tanh" | "sin" | "cos" | "sqrt" | "abs":
            return np.asarray(getattr(np, function)(first))
        case "sigmoid":
            return np.asarray(1 / (1 + np.exp(-first)))
        case "step":
            return np.asarray(first > 0, dtype=float)
        case "equal":
            return np.asarray(first == 0, dtype=float)
        case "max" | "min":
            result = first
            for value in values[1:]:
                result = np.maximum(result, value) if function == "max" else np.minimum(result, value)
            return np.asarray(result)
        case _:
            raise NotMeasuredError
