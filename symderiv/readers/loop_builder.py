"""Loop programs from expressions of Python, for scripts and notebooks.

    loops = LoopProgram("A linear layer")
    x, W = loops.input("x", "B", "I"), loops.input("W", "I", "J")
    y = loops.output("y", "B", "J")
    b, i, j = indices("b i j")
    loops.add((b, i, j), y[b, j], x[b, i] * W[i, j])
    loops.backward(x)
    loops.add((b, i, j), x.grad[b, i], W[i, j] * y.grad[b, j])
    program = loops.program()

Every expression is built as it is written; nothing is simplified.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import FrameType

from symderiv.model import program as p
from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.span import Span
from symderiv.readers.loop_claims import read_claim
from symderiv.readers.loop_expressions import compared, compared_indices
from symderiv.readers.loop_lines import Found
from symderiv.readers.loop_tokens import Cursor, tokens_of
from symderiv.readers.loops import resolved


def _place() -> Span:
    """Where the script calls what calls this."""
    frame: FrameType = sys._getframe(2)
    return Span(frame.f_code.co_filename, frame.f_lineno, 1, frame.f_lineno, 1)


@dataclass(frozen=True)
class Integer:
    """An index, a size, or an integer combination of them; a size is a number too."""

    value: p.Affine

    def __add__(self, other: Integer | int) -> Integer:
        return Integer(p.combine(self.value, _affine(other)))

    def __radd__(self, other: int) -> Integer:
        return self + other

    def __sub__(self, other: Integer | int) -> Integer:
        return Integer(p.combine(self.value, _affine(other), -1))

    def __rsub__(self, other: int) -> Integer:
        return Integer(p.combine(_affine(other), self.value, -1))

    def __mul__(self, factor: int) -> Integer:
        return Integer(p.combine(p.Affine(), self.value, factor))

    def __rmul__(self, factor: int) -> Integer:
        return self * factor

    def compare(self, sign: str, other: Integer | int) -> Term:
        """1 where the comparison holds, else 0; `sign` is one of `<`, `<=`, `==`, `!=`, `>=`, `>`."""
        return Term(compared_indices(sign, self.value, _affine(other)))

    @property
    def number(self) -> Term:
        """A combination of sizes as a real number.

        Raises:
            SymderivError: an index stands in it.
        """
        terms: list[p.Expression] = []
        for atom, coefficient in self.value.terms:
            if not isinstance(atom, p.SizeOf):
                raise SymderivError(Diagnostic("loop-syntax", _place(), "an index is not a number"))
            whole = p.Size(atom.name)
            terms.append(whole if coefficient == 1 else p.Product((p.Constant(Fraction(coefficient)), whole)))
        if self.value.constant or not terms:
            terms.append(p.Constant(Fraction(self.value.constant)))
        return Term(terms[0] if len(terms) == 1 else p.Sum(tuple(terms)))


def _affine(value: Integer | int) -> p.Affine:
    return p.Affine((), value) if isinstance(value, int) else value.value


@dataclass(frozen=True)
class Term:
    """A real number of a loop program."""

    expression: p.Expression

    def __add__(self, other: Term | Integer | Fraction | int) -> Term:
        return Term(p.Sum((self.expression, _term(other))))

    def __radd__(self, other: Integer | Fraction | int) -> Term:
        return Term(p.Sum((_term(other), self.expression)))

    def __sub__(self, other: Term | Integer | Fraction | int) -> Term:
        return Term(p.Sum((self.expression, p.Product((p.MINUS_ONE, _term(other))))))

    def __rsub__(self, other: Integer | Fraction | int) -> Term:
        return Term(p.Sum((_term(other), p.Product((p.MINUS_ONE, self.expression)))))

    def __neg__(self) -> Term:
        return Term(p.Product((p.MINUS_ONE, self.expression)))

    def __mul__(self, other: Term | Integer | Fraction | int) -> Term:
        return Term(p.Product((self.expression, _term(other))))

    def __rmul__(self, other: Integer | Fraction | int) -> Term:
        return Term(p.Product((_term(other), self.expression)))

    def __truediv__(self, other: Term | Integer | Fraction | int) -> Term:
        return Term(p.Product((self.expression, p.Power(_term(other), Fraction(-1)))))

    def __rtruediv__(self, other: Integer | Fraction | int) -> Term:
        return Term(p.Product((_term(other), p.Power(self.expression, Fraction(-1)))))

    def __pow__(self, exponent: Fraction | int) -> Term:
        return Term(p.Power(self.expression, Fraction(exponent)))

    def compare(self, sign: str, other: Term | Integer | Fraction | int) -> Term:
        """1 where the comparison holds, else 0; `sign` is one of `<`, `<=`, `==`, `!=`, `>=`, `>`."""
        return Term(compared(sign, self.expression, _term(other)))


def _term(value: Term | Integer | Fraction | int) -> p.Expression:
    if isinstance(value, Term):
        return value.expression
    return value.number.expression if isinstance(value, Integer) else p.Constant(Fraction(value))


@dataclass(frozen=True)
class Tensor:
    """A tensor of a loop program; `x.grad` is its gradient."""

    name: str
    is_integer: bool = False

    @property
    def grad(self) -> Tensor:
        """The gradient."""
        return Tensor(f"{self.name}.grad")

    def __getitem__(self, places: Integer | int | tuple[Integer | int, ...]) -> Term:
        whole = places if isinstance(places, tuple) else (places,)
        return Term(p.Read(self.name, tuple(map(_affine, whole)), _place()))

    def at(self, *places: Integer | int) -> Integer:
        """The entry of an integer tensor, as an index; of a scalar, without places."""
        return Integer(p.of_atom(p.Looked(self.name, tuple(map(_affine, places)))))

    @property
    def scalar(self) -> Term:
        """The value of a tensor without indices."""
        return Term(p.Read(self.name, (), _place()))


def indices(names: str) -> tuple[Integer, ...]:
    """Indices, each over the size that its name says: `b` over `B`."""
    return tuple(Integer(p.of_atom(p.Variable(name))) for name in names.split())


def size(name: str) -> Integer:
    """A size: a positive integer."""
    return Integer(p.of_atom(p.SizeOf(name)))


def function(name: str, *arguments: Term | Integer | Fraction | int) -> Term:
    """A function of the notation by its name, such as `exp`; `sqrt` is the power 1/2."""
    inner = tuple(map(_term, arguments))
    return Term(p.Power(inner[0], Fraction(1, 2)) if name == "sqrt" else p.Function(name, inner))


def total(over: Sequence[Integer], body: Term) -> Term:
    """The sum over indices."""
    return Term(p.Reduction(tuple(map(_name, over)), body.expression))


def _name(index: Integer) -> str:
    variable = index.value.variable
    if variable is None:
        raise SymderivError(Diagnostic("loop-syntax", _place(), "a loop runs over an index"))
    return variable.name


@dataclass
class LoopProgram:
    """A loop program that is put together statement by statement."""

    title: str = ""
    found: Found = field(default_factory=Found)
    _blocks: list[list[p.Node]] = field(default_factory=list)
    _number: int = 0
    _is_backward: bool = False
    _span: Span = field(default_factory=_place)

    def input(self, name: str, *sizes: str) -> Tensor:
        """A tensor that is given, with its sizes; a scalar has none."""
        self._declare(name, sizes)
        self.found.declared.inputs[name] = _place()
        return Tensor(name)

    def integer(self, name: str, sizes: Sequence[str], within: str) -> Tensor:
        """A tensor of indices over the size `within`."""
        self._declare(name, sizes)
        self.found.declared.inputs[name] = _place()
        self.found.declared.integers[name] = within
        return Tensor(name, True)

    def output(self, name: str, *sizes: str, unit: bool = False) -> Tensor:
        """A tensor whose gradient is given; it is 1 with `unit`."""
        self._declare(name, sizes)
        self.found.declared.outputs[name] = _place()
        if unit:
            self.found.declared.unit.add(name)
        return Tensor(name)

    def tensor(self, name: str, *sizes: str, constant: bool = False) -> Tensor:
        """A computed tensor; a constant one is not differentiated."""
        self._declare(name, sizes)
        if constant:
            self.found.declared.constants.add(name)
        return Tensor(name)

    def _declare(self, name: str, sizes: Sequence[str]) -> None:
        self.found.declared.shapes[name] = tuple(sizes)
        for one in sizes:
            self.found.declared.sizes.setdefault(one, None)

    def define_size(self, name: str, value: Integer) -> Integer:
        """A size that others determine."""
        self.found.declared.sizes[name] = value.value
        return size(name)

    def assume(self, left: Term | Integer, sign: str, right: Term | Integer | int) -> None:
        """A hypothesis, for all values of its indices; `sign` is `>`, `>=`, `==` or `!=`."""
        self.found.assumptions.append(p.Relation(sign, _term(left), _term(right), _place()))

    def backward(self, *named: Tensor, average: Sequence[Tensor] = ()) -> None:
        """What is added from here on computes gradients; those of `named` are claimed, of `average` as means over B."""
        self._is_backward, self._number = True, 0
        place = _place()
        self.found.named = [(tensor.name, place) for tensor in named]
        self.found.averaged = {tensor.name: "B" for tensor in average}

    def claim(self, text: str) -> None:
        """A claim about costs, as in a file of loops: `span = Theta(T) in T on tree`.

        Raises:
            SymderivError: it cannot be read.
        """
        place = _place()
        try:
            found = read_claim(Cursor(tokens_of(f"claim {text}", place.path, place.line)))
        except SymderivError as error:
            raise SymderivError(replace(error.diagnostic, span=place)) from None
        self.found.claims.append(replace(found, span=place))

    def add(self, over: Sequence[Integer], target: Term, value: Term | int) -> None:
        """`target += value` for all values of the indices."""
        self._write(over, target, "+=", value, _place())

    def set(self, over: Sequence[Integer], target: Term, value: Term | int) -> None:
        """`target = value`, once for each cell."""
        self._write(over, target, "=", value, _place())

    def largest(self, over: Sequence[Integer], target: Term, value: Term | int) -> None:
        """`target max= value`."""
        self._write(over, target, "max=", value, _place())

    def _write(self, over: Sequence[Integer], target: Term, operator: str, value: Term | int, place: Span) -> None:
        if not isinstance(target.expression, p.Read):
            raise SymderivError(Diagnostic("loop-syntax", place, "only an entry of a tensor can be computed"))
        self._number += 1
        statement = p.Statement(target.expression, operator, _term(value), place, self._number)
        self._block().append(p.For(tuple(map(_name, over)), (statement,), place))

    def _block(self) -> list[p.Node]:
        if self._blocks:
            return self._blocks[-1]
        return self.found.backward if self._is_backward else self.found.forward

    @contextmanager
    def loop(self, index: Integer, first: Integer | int, last: Integer | int, step: int = 1) -> Iterator[None]:
        """A sequential loop from `first` to `last`, both included; downwards where `step` is -1.

        Raises:
            SymderivError: the step is neither 1 nor -1.
        """
        name, place = _name(index), _place()
        if step not in (1, -1):
            raise SymderivError(Diagnostic("loop-syntax", place, f"a loop takes steps of 1 or -1, not of {step}"))
        self._blocks.append([])
        yield
        body = tuple(self._blocks.pop())
        bounds = p.Range(_affine(first), _affine(last), step)
        low, high = (bounds.first, bounds.last) if step > 0 else (bounds.last, bounds.first)
        self.found.declared.sequential.add(name)
        self.found.declared.ranges[name] = (low, high)
        self._block().append(p.Loop(name, bounds, body, place))

    def program(self) -> p.Program:
        """The program.

        Raises:
            SymderivError: an index or a tensor has no size that could be found.
        """
        program, diagnostics = resolved(self.found, self._span.path, [])
        if diagnostics:
            raise SymderivError(diagnostics[0])
        return replace(program, title=self.title, span=self._span)
