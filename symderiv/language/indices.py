"""Variables with alphabets, tensors indexed by them, and sums over them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Basic, Expr, Tuple
from sympy.core.symbol import Str

from symderiv.language.written import Binder, Call, LanguageError, Written, bracketed, operand

_MEASURED = r"\int "


def measured(alphabet: str) -> str:
    """The alphabet of a variable that has a density: what sums over it is an integral."""
    return f"{_MEASURED}{alphabet}"


def is_measured(alphabet: str) -> bool:
    """True of alphabets that `measured` makes."""
    return alphabet.startswith(_MEASURED)


def unmeasured(alphabet: str) -> str:
    """The alphabet as it is named, whether it is measured or not."""
    return alphabet.removeprefix(_MEASURED)


class Variable(Written):
    """A variable; `alphabet` is the finite set of its values, or stands for all that it can be where it has a density.

    `role` is the axis of a distribution that it stands for.
    """

    def __new__(cls, name: str, alphabet: str = "", role: str = "") -> Variable:
        return Expr.__new__(cls, Str(name), Str(alphabet or name[:1].upper() + name[1:]), Str(role or name))  # type: ignore[no-any-return]

    @property
    def name(self) -> str:
        """The name, as LaTeX."""
        return str(self.args[0].name)

    @property
    def alphabet(self) -> str:
        """The name of the set of values."""
        return str(self.args[1].name)

    @property
    def role(self) -> str:
        """The name of the variable whose place it takes in a distribution."""
        return str(self.args[2].name)

    def copy(self, name: str) -> Variable:
        """Another variable over the same alphabet, for the same places: x' for x."""
        return Variable(name, self.alphabet, self.role)

    def __or__(self, given: Variable | tuple[Variable, ...]) -> Bar:
        return Bar(self, *(given if isinstance(given, tuple) else (given,)))

    def written(self, printer: Any) -> str:
        return self.name


class Bar(Basic):
    """`y | x`: what stands before and after a conditioning bar."""


def split_bar(arguments: Iterable[object]) -> tuple[tuple[Expr, ...], tuple[Expr, ...]]:
    """Arguments such as `x, y | z, w` as what is before the bar and what is after it.

    Raises:
        LanguageError: more than one bar, or something that is not an index.
    """
    before: list[Expr] = []
    after: list[Expr] = []
    seen = False
    for argument in arguments:
        if isinstance(argument, Bar):
            if seen:
                raise LanguageError("more than one conditioning bar")
            seen = True
            before.append(argument.args[0])
            after.extend(argument.args[1:])
        elif isinstance(argument, Variable | Mapped):
            (after if seen else before).append(argument)
        else:
            raise LanguageError(f"{argument!r} is not a variable")
    return tuple(before), tuple(after)


class IndexMap:
    """A function from variables to values of another variable."""

    def __init__(self, name: str, *variables: Variable) -> None:
        self.name, self.into = name, variables[-1]

    def __call__(self, *indices: Variable) -> Mapped:
        return Mapped(self.name, indices, self.into)


class Mapped(Written):
    """An index that is computed from others: `f(y)`."""

    def __new__(cls, name: str, indices: Iterable[Expr], into: Variable) -> Mapped:
        return Expr.__new__(cls, Str(name), Tuple(*indices), into)  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        return f"{self.args[0].name}({', '.join(printer._print(i) for i in self.args[1])})"


class Kronecker(Written):
    """1 where two indices are equal, else 0."""

    def written(self, printer: Any) -> str:
        return rf"[{printer._print(self.args[0])} = {printer._print(self.args[1])}]"


class Before(Written):
    """1 where the value of an index is smaller than that of another one of its range, else 0."""

    def written(self, printer: Any) -> str:
        return rf"[{printer._print(self.args[0])} < {printer._print(self.args[1])}]"


class Tensor:
    """A real tensor; `u[i, j]` is an entry."""

    def __init__(self, name: str, *variables: Variable) -> None:
        self.name, self.variables = name, variables

    def __getitem__(self, indices: Variable | Mapped | tuple[Variable | Mapped, ...]) -> Entry:
        found = indices if isinstance(indices, tuple) else (indices,)
        if len(found) != len(self.variables):
            raise LanguageError(f"{self.name} has {len(self.variables)} indices, not {len(found)}")
        return Entry(self.name, found, tuple(v.alphabet for v in self.variables))


class Entry(Written):
    """An entry of a tensor, with the alphabets of its axes."""

    def __new__(cls, name: str, indices: Iterable[Expr], alphabets: Iterable[str]) -> Entry:
        found, declared = tuple(indices), tuple(alphabets)
        for index, alphabet in zip(found, declared, strict=True):
            own = index.alphabet if isinstance(index, Variable) else index.args[2].alphabet
            if own != alphabet:
                raise LanguageError(f"{name} is indexed by {alphabet}, not by {own}")
        return Expr.__new__(cls, Str(name), Tuple(*found), Tuple(*map(Str, declared)))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        return f"{self.args[0].name}[{', '.join(printer._print(i) for i in self.args[1])}]"


class Reduction(Binder):
    """The sum, or the maximum, of an expression over the alphabets of variables."""

    word = ""

    def __new__(cls, variables: Iterable[Variable], body: object) -> Reduction:
        return Expr.__new__(cls, Tuple(*variables), operand(body))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        names = ", ".join(printer._print(v) for v in self.args[0])
        return rf"{self.word}_{{{names}}} {bracketed(printer, self.args[1], 2)}"


class SumOver(Reduction):
    """A sum over alphabets."""

    word = r"\sum"

    def written(self, printer: Any) -> str:
        if not any(is_measured(v.alphabet) for v in self.args[0]):
            return super().written(printer)
        ends = "".join(rf" \, \mathrm{{d}}{printer._print(v)}" for v in self.args[0])
        return rf"\int {bracketed(printer, self.args[1], 2)}{ends}"


class MaxOver(Reduction):
    """A maximum over alphabets."""

    word = r"\max"


class Reducer:
    """`Sum[x, y](body)`."""

    def __init__(self, kind: type[Reduction]) -> None:
        self._kind = kind

    def __getitem__(self, variables: Variable | tuple[Variable, ...]) -> Bound:
        found = variables if isinstance(variables, tuple) else (variables,)
        if not all(isinstance(v, Variable) for v in found):
            raise LanguageError("sums run over variables")
        return Bound(self._kind, found)


class Bound:
    """A reduction that waits for its body."""

    def __init__(self, kind: type[Reduction], variables: tuple[Variable, ...]) -> None:
        self._kind, self._variables = kind, variables

    def __call__(self, body: object) -> Reduction:
        return self._kind(self._variables, body)


Sum = Reducer(SumOver)
Max = Reducer(MaxOver)


class FunctionSymbol:
    """A function of one real number without further meaning, or one that is only known to be convex."""

    def __init__(self, name: str, properties: str = "") -> None:
        self.name, self.properties = name, properties

    def __call__(self, argument: object) -> Call:
        return Call(self.name, operand(argument), self.properties)


def variables(names: str) -> tuple[Variable, ...]:
    """Variables with the given names, separated by spaces, each with an alphabet of its own."""
    return tuple(Variable(name) for name in names.split())


def tensor(name: str, *axes: Variable) -> Tensor:
    """A real tensor with one axis for each variable."""
    return Tensor(name, *axes)


def index_map(name: str, *axes: Variable) -> IndexMap:
    """A function from the alphabets of all variables but the last to the alphabet of the last."""
    return IndexMap(name, *axes)


def delta(left: Expr, right: Expr) -> Kronecker:
    """1 where two indices are equal, else 0."""
    return Kronecker(left, right)


def function(name: str) -> FunctionSymbol:
    """A function of one real number."""
    return FunctionSymbol(name)


def convex_function(name: str) -> FunctionSymbol:
    """A convex function on the real line: at every point a line through its graph lies below it."""
    return FunctionSymbol(name, "convex")
