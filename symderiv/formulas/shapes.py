"""Which names stand for matrices, and of what shape: found from their uses in a whole text, by unification.

A name is a matrix where it is transposed, or stands where only a matrix can stand; a lower-case one is a column vector.
Everything else is a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from contextlib import suppress
from itertools import pairwise

from symderiv.formulas import tree as t
from symderiv.formulas.names import GREEK, TRANSPOSES
from symderiv.formulas.notation import PROBABILITIES
from symderiv.formulas.printing import printed
from symderiv.formulas.usage import moment_of

BOLD = (r"\mathbf{", r"\boldsymbol{", r"\bm{")
TRACES = frozenset({r"\mathrm{tr}", r"\operatorname{tr}", r"\text{tr}", r"\mathrm{Tr}"})

_OVER = re.compile(r"^(?:\\(?:hat|widehat|tilde|widetilde|bar|overline|check|dot)\{)+")
DIAGONALS = frozenset({r"\mathrm{diag}", r"\operatorname{diag}", r"\text{diag}", r"\mathrm{Diag}", r"\diag"})


def is_bold(name: str) -> bool:
    """True of a name in bold type, whatever accent stands over it."""
    return _OVER.sub("", name).startswith(BOLD)


class Misfit(Exception):
    """Two dimensions that are not the same."""


class Dimension:
    """A number of rows or columns, which may turn out to be another one."""

    __slots__ = ("_same", "name")

    def __init__(self, name: str = "") -> None:
        self.name = name
        self._same: Dimension | None = None

    def find(self) -> Dimension:
        """The dimension that this one turned out to be."""
        found = self
        while found._same is not None:
            found = found._same
        return found

    def join(self, other: Dimension) -> None:
        """Makes both the same.

        Raises:
            Misfit: they have different names.
        """
        one, two = self.find(), other.find()
        if one is two:
            return
        if one.name and two.name and one.name != two.name:
            raise Misfit(f"{one.name} and {two.name}")
        if one.name:
            two._same = one
        else:
            one._same = two


ONE = Dimension("1")
Shape = tuple[Dimension, Dimension]


def is_transpose(node: t.Node) -> bool:
    """True of a transposed expression."""
    return isinstance(node, t.Power) and isinstance(node.exponent, t.Name) and node.exponent.text in TRANSPOSES


def is_inverse(node: t.Node) -> bool:
    """True of a power with exponent -1."""
    return isinstance(node, t.Power) and _is_minus_one(node.exponent)


def is_inverse_transpose(node: t.Node) -> bool:
    r"""True of `X^{-\top}`."""
    match node:
        case t.Power(exponent=t.Negation(body=t.Name(text=text))):
            return text in TRANSPOSES
        case _:
            return False


def _is_minus_one(node: t.Node) -> bool:
    return isinstance(node, t.Negation) and isinstance(node.body, t.Numeral) and node.body.value == 1


def is_capital(name: t.Name) -> bool:
    """True of a name whose letter is a capital, which may be in braces: no convention knows it then."""
    base = name.base.strip("{}")
    letter = base.lstrip("\\")
    return letter[:1].isupper() and (len(letter) == 1 or base in GREEK)


def constant_kind(name: t.Name) -> str:
    """`identity`, `zeros` or `ones`, for the names of constant matrices."""
    if name.base in ("0", "1") and name.lower:
        return "zeros" if name.base == "0" else "ones"
    return "identity" if name.base == "I" and name.lower and not name.text.endswith("'") else ""


class Shapes:
    """The shapes of all names of a text."""

    def __init__(
        self,
        roots: Sequence[t.Node],
        declared: Iterable[str] = (),
        alphabet: Callable[[str], str] = lambda piece: "",
        identities: Container[str] = (),
    ) -> None:
        self._alphabet = alphabet
        self._identities = identities
        self.matrices: set[str] = set(declared)
        self.valued = {head for root in roots for node in t.walk(root) if (head := _of_vectors(node))}
        """The functions of which an equation says that a value is a vector or a matrix."""
        self._names: dict[str, Shape] = {}
        self._known: dict[str, Dimension] = {}
        self._arrays: dict[str, Shape] = {}
        self._roots = roots
        self._ends = {
            name.text
            for root in roots
            for total in t.walk(root)
            if isinstance(total, t.Total)
            for end in (total.lower, total.upper)
            if end is not None
            for name in t.walk(end)
            if isinstance(name, t.Name)
        }
        """The names in the ends of sums: numbers."""
        self._gather()
        if self.matrices:
            self._spread()

    def kind(self, name: t.Name) -> str:
        """`identity`, `zeros` or `ones` for the name of a constant matrix; a bare `I` is one among matrices alone."""
        bare = name.text in self._identities and name.text in self.matrices
        return constant_kind(name) or ("identity" if bare else "")

    def _gather(self) -> None:
        """The names that are transposed, traced, or bold."""
        for root in self._roots:
            for node in t.walk(root):
                if isinstance(node, t.Name) and (is_bold(node.text) or constant_kind(node)):
                    self.matrices.add(node.text)
                elif isinstance(node, t.Power) and (is_transpose(node) or is_inverse_transpose(node)):
                    self._mark(node.base)
                elif (body := of_square(node) or of_norm(node) or diagonal_of(node)) is not None:
                    self._mark(body)
                elif isinstance(node, t.Addition) and self._adds_identity(node):
                    self.matrices.update(n.text for n in t.walk(node) if isinstance(n, t.Name) and is_capital(n))

    def _adds_identity(self, node: t.Addition) -> bool:
        """True of a bare `I` with a product of capitals beside it: `I + U V`."""
        own = [term.body if isinstance(term, t.Negation) else term for term in node.terms]
        capitals = [
            [factor for factor in term.factors if isinstance(factor, t.Name) and is_capital(factor)]
            for term in own
            if isinstance(term, t.Product)
        ]
        units = any(isinstance(term, t.Name) and term.text in self._identities for term in own)
        return units and any(len(factors) > 1 for factors in capitals)

    def _mark(self, node: t.Node) -> None:
        """Takes what must be a matrix as one: in a product its capitals and its last factor."""
        match node:
            case t.Name():
                if not (node.lower and node.stem in self.matrices):
                    self.matrices.add(node.text)
            case t.Addition(terms=terms):
                for term in terms:
                    self._mark(term)
            case t.Negation(body=body):
                self._mark(body)
            case t.Product(factors=factors):
                if not any(self.is_matrix(factor) for factor in factors[-1:]):
                    self._mark(factors[-1])
                for factor in factors:
                    if isinstance(factor, t.Name) and is_capital(factor):
                        self.matrices.update({factor.text} - self._ends)
            case t.Power(base=base) if is_transpose(node) or is_inverse(node):
                self._mark(base)
            case t.Division(above=above):
                self._mark(above)
            case _:
                return

    def _spread(self) -> None:
        """What is added to a matrix, equal to one, or inverted as a capital beside one, is a matrix too."""
        for _ in range(4):
            before = len(self.matrices)
            for root in self._roots:
                for node in t.walk(root):
                    self._spread_at(node)
            if len(self.matrices) == before:
                return

    def _spread_at(self, node: t.Node) -> None:
        match node:
            case t.Sides(sides=(drawn, t.Applied(before=(mean, spread)) as family)) if _is_normal(family):
                # Where a covariance is a matrix, what has it is a vector, and so is its mean.
                is_capital_of_vector = isinstance(spread, t.Name) and is_capital(spread) and self.is_proper(drawn)
                if is_capital_of_vector or self.is_proper(spread):
                    for part in (drawn, mean, spread):
                        self._mark(part)
            case t.Addition(terms=parts) | t.Sides(sides=parts):
                if any(self.is_proper(part) for part in parts):
                    for part in parts:
                        if not self.is_scalar_looking(part):
                            self._mark(part)
            case t.Power(base=t.Name() as name) if is_inverse(node) and is_capital(name):
                self.matrices.add(name.text)
            case t.Bars(kind="|", body=t.Name() as name) if is_capital(name):
                self.matrices.add(name.text)
            case t.Product(factors=factors):
                for factor, following in pairwise(factors):
                    if isinstance(factor, t.Name) and is_capital(factor) and self.is_matrix(following):
                        self.matrices.update({factor.text} - self._ends)
                if len(factors) > 1 and is_transpose(factors[-2]) and isinstance(factors[-1], t.Name):
                    self._mark(factors[-1])  # in `w' x` both are vectors
            case _:
                return

    def is_scalar_looking(self, node: t.Node) -> bool:
        """True of what cannot be a matrix: calls, functions, numbers."""
        match node:
            case t.Negation(body=body):
                return self.is_scalar_looking(body)
            case t.Name():
                return node.base in (r"\infty",)
            case t.Product() | t.Addition() | t.Power() | t.Division():
                return False
            case _:
                return True

    def is_matrix(self, node: t.Node) -> bool:
        """True of an expression in which matrices are multiplied or added, whatever its shape."""
        match node:
            case t.Name():
                return node.text in self.matrices
            case t.Addition(terms=parts) | t.Product(factors=parts):
                return any(self.is_matrix(part) for part in parts)
            case t.Negation(body=body):
                return self.is_matrix(body)
            case t.Power(base=base, exponent=exponent):
                raised = is_transpose(node) or isinstance(exponent, t.Numeral | t.Negation | t.Division)
                return raised and self.is_matrix(base)
            case t.Division(above=above):
                return self.is_matrix(above)
            case t.Total(kind="sum", body=body) | t.Angles(body=body):
                return self.is_matrix(body)
            case t.Applied(before=(body, *_)) if moment_of(node) or diagonal_of(node):
                return self.is_matrix(body)
            case t.Applied(head=head) if head.text in self.valued:
                return True
            case t.Array(kind=kind):
                return kind.endswith("matrix") or kind == "array"
            case t.Operation(sign=r"\otimes", operands=operands):
                return any(self.is_matrix(operand) for operand in operands)
            case t.Derivative(over=over):
                return any(self.is_matrix(name) for name in over)
            case _:
                return False

    def is_proper(self, node: t.Node) -> bool:
        """True of a matrix that is not, by the way it is written, a number such as x'Ax."""
        match node:
            case t.Negation(body=body):
                return self.is_proper(body)
            case t.Addition(terms=parts):
                return any(self.is_proper(part) for part in parts)
            case t.Product(factors=factors):
                chain = [factor for factor in factors if self.is_matrix(factor)]
                if not chain:
                    return False
                return not (self._is_row(chain[0]) and self.is_column(chain[-1]))
            case t.Division(above=above):
                return self.is_proper(above)
            case _:
                return self.is_matrix(node)

    def _is_row(self, node: t.Node) -> bool:
        return isinstance(node, t.Power) and is_transpose(node) and self.is_column(node.base)

    def is_column(self, node: t.Node) -> bool:
        """True of a vector, or of a product that ends with one."""
        match node:
            case t.Name():
                vector = self.kind(node) != "identity" and len(node.lower) < 2 if self.kind(node) else True
                return node.text in self.matrices and not is_capital(node) and vector
            case t.Addition(terms=parts):
                return any(self.is_column(part) for part in parts)
            case t.Negation(body=body):
                return self.is_column(body)
            case t.Product(factors=factors):
                chain = [factor for factor in factors if self.is_matrix(factor)]
                return bool(chain) and self.is_column(chain[-1])
            case _:
                return False

    # dimensions

    def named(self, name: t.Name) -> Shape:
        """The shape of a name."""
        if name.text not in self.matrices:
            return ONE, ONE
        # The identities of a text may be of different sizes, where no subscript says so.
        key = f"{name.text} {name.start}" if name.text in self._identities else name.text
        if key not in self._names:
            kind = self.kind(name)
            if kind == "identity" or (kind and len(name.lower) > 1):
                size = Dimension()
                self._names[key] = (size, size if kind == "identity" else Dimension())
            else:
                self._names[key] = (Dimension(), Dimension() if is_capital(name) else ONE)
        return self._names[key]

    def is_number(self, name: str) -> bool:
        """True of a matrix with one row and one column."""
        return name in self._names and all(dimension.find() is ONE for dimension in self._names[name])

    def components(self) -> None:
        """Finds the dimensions of what has components, with the ranges of their indices."""
        for root in self._roots:
            for node in t.walk(root):
                if isinstance(node, t.Name) and node.lower and node.stem in self.matrices and not node.labelled:
                    with suppress(Misfit):  # an index with several ranges says nothing
                        self._component(node)

    def _component(self, name: t.Name) -> None:
        """The components of a matrix have its rows and columns as indices."""
        found = [alphabet for alphabet in map(self._alphabet, name.lower) if alphabet]
        if len(found) != len(name.lower):
            return
        stem = t.Name(name.start, name.end, name.stem, name.base, (), name.stem)
        dimensions = [dimension for dimension in self.named(stem) if dimension.find() is not ONE]
        for alphabet, dimension in zip(found, dimensions, strict=False):
            dimension.join(self._known.setdefault(alphabet, Dimension(alphabet)))

    def visit(self, node: t.Node) -> None:
        """Every matrix expression in a node, with what it demands of its parts.

        Raises:
            Misfit: some use does not fit the others.
        """
        match node:
            case t.Sides(signs=signs) if not set(signs) <= _COMPARED:
                for part in t.parts(node):
                    self.visit(part)
                self._distributed(node)
            case t.Sides(sides=sides):
                shapes = [self.shape(side) for side in sides if not _is_zero(side)]
                for one, other in pairwise(shapes):
                    _join(one, other)
                # The trace of what is the identity: nobody compares matrices of two sizes by it.
                squares = [square for side in sides if (square := of_square(side)) is not None]
                if len(squares) == len(sides) and any(self._is_identity(square) for square in squares):
                    for first, second in pairwise(squares):
                        _join(self.shape(first), self.shape(second))
            case t.Bars(kind="|", body=body) if self.is_proper(body) and not self.is_column(body):
                self.shape(node)  # a determinant
            case _ if self.is_matrix(node) or of_square(node) is not None:
                self.shape(node)
            case _:
                for part in t.parts(node):
                    self.visit(part)

    def _is_identity(self, node: t.Node) -> bool:
        return isinstance(node, t.Name) and self.kind(node) == "identity"

    def _distributed(self, node: t.Sides) -> None:
        r"""`X \sim \mathcal{N}(m, S)`: the mean has the shape of X, and the covariance as many rows and columns."""
        match node:
            case t.Sides(sides=(drawn, t.Applied(before=(mean, covariance)) as family)) if _is_normal(family):
                self._normal(drawn, mean, covariance)
            case _:
                return

    def _normal(self, drawn: t.Node, mean: t.Node, covariance: t.Node) -> None:
        if not self.is_matrix(covariance):
            return
        rows, columns = self.shape(covariance)
        rows.join(columns)
        for node in (drawn, mean):
            if self.is_matrix(node):
                self.shape(node)[0].join(rows)

    def forced_to_numbers(self) -> set[str]:
        """The names that are written as matrices, and have one row and one column by what stands around them."""
        return {name for name, shape in self._names.items() if name in self.matrices and _is_number(shape)}

    def shape(self, node: t.Node) -> Shape:
        """The shape of an expression, with what it demands of its parts."""
        match node:
            case t.Name():
                return self.named(node)
            case t.Negation(body=body):
                return self.shape(body)
            case t.Addition(terms=terms):
                shapes = [self.shape(term) for term in terms if not _is_zero(term)]
                for one, other in pairwise(shapes):
                    _join(one, other)
                return shapes[0] if shapes else (ONE, ONE)
            case t.Product(factors=factors):
                return self._product([self.shape(factor) for factor in factors])
            case t.Division(above=above, below=below):
                self.visit(below)
                return self.shape(above)
            case t.Power(base=base) if is_transpose(node):
                rows, columns = self.shape(base)
                return columns, rows
            case t.Power(base=base) if self.is_matrix(base):
                rows, columns = self.shape(base)
                rows.join(columns)
                return rows, rows
            case _ if (vector := diagonal_of(node)) is not None and self.is_matrix(vector):
                rows, columns = self.shape(vector)
                columns.join(ONE)
                return rows, rows
            case _:
                return self._compound_shape(node)

    def _compound_shape(self, node: t.Node) -> Shape:
        """The shape of what is more than arithmetic; a number, where nothing is known of it."""
        match node:
            case t.Total(kind="sum", body=body) | t.Angles(body=body):
                return self.shape(body)
            case t.Applied(before=(body, *_)) if moment_of(node) and self.is_matrix(body):
                rows, columns = self.shape(body)
                return (rows, columns) if moment_of(node) == "E" else (rows, self.shape(node.before[-1])[0])
            case t.Operation(sign="_", operands=(body, index)):
                rows, columns = self.shape(body)
                if isinstance(index, t.Name) and (alphabet := self._alphabet(index.text)):
                    rows.join(self._known.setdefault(alphabet, Dimension(alphabet)))
                columns.join(ONE)
                return ONE, ONE
            case t.Array() | t.Operation() | t.Applied() if self.is_matrix(node):
                for part in t.parts(node):
                    self.visit(part)
                return self._arrays.setdefault(printed(node), (Dimension(), Dimension()))
            case t.Derivative(over=(name, *_), body=body) if self.is_matrix(node):
                self.visit(body)
                return self.shape(name)
            case t.Applied(before=(drawn, mean, covariance)) if _is_normal(node):
                self._normal(drawn, mean, covariance)
                for part in (drawn, mean, covariance):
                    self.visit(part)
                return ONE, ONE
            case t.Bars(body=body) if self.is_matrix(body):
                rows, columns = self.shape(body)
                if node.kind == "|":
                    rows.join(columns)
                return ONE, ONE
            case _ if (matrix := of_square(node)) is not None:
                rows, columns = self.shape(matrix)
                rows.join(columns)
                return ONE, ONE
            case _:
                for part in t.parts(node):
                    self.visit(part)
                return ONE, ONE

    def _product(self, shapes: list[Shape]) -> Shape:
        """The shape of a product; what has become a number, as `x' y`, multiplies the next factor as a number does."""
        whole: Shape = (ONE, ONE)
        for shape in shapes:
            if _is_number(shape):
                continue
            if _is_number(whole):
                whole = shape
            else:
                whole[1].join(shape[0])
                whole = (whole[0], shape[1])
        return whole


def of_square(node: t.Node) -> t.Node | None:
    """The matrix of a trace or a determinant; None of anything else."""
    match node:
        case t.Function(word="det", body=body):
            return body
        case t.Applied(head=head, before=(body,)) if head.text in TRACES:
            return body
        case _:
            return None


def diagonal_of(node: t.Node) -> t.Node | None:
    r"""The vector of `\mathrm{diag}(v)` and `\mathrm{diag}(v - w)`; None of `\mathrm{diag}(A)` and of all else."""
    match node:
        case t.Applied(head=head, before=(vector,), after=()) if head.text in DIAGONALS and not node.bar:
            terms = vector.terms if isinstance(vector, t.Addition) else (vector,)
            own = [term.body if isinstance(term, t.Negation) else term for term in terms]
            return vector if all(isinstance(term, t.Name) and not is_capital(term) for term in own) else None
        case _:
            return None


def of_norm(node: t.Node) -> t.Node | None:
    r"""What `\|X w - y\|` is the norm of, where capitals are multiplied by a name in it; None of anything else."""
    if not isinstance(node, t.Bars) or node.kind == "|":
        return None
    terms = node.body.terms if isinstance(node.body, t.Addition) else (node.body,)
    own = [term.body if isinstance(term, t.Negation) else term for term in terms]
    products = [
        [factor for factor in term.factors if not isinstance(factor, t.Numeral)]
        for term in own
        if isinstance(term, t.Product)
    ]
    is_linear = any(map(_is_of_capitals, products))
    capitals = [found[0] for found in products if found and isinstance(found[0], t.Name) and is_capital(found[0])]
    return node.body if is_linear and capitals else None


def _is_of_capitals(factors: Sequence[t.Node]) -> bool:
    """True of two names, and of more where all but the last one are capitals: `X w`, `W_2 W_1 x`."""
    names = [factor for factor in factors if isinstance(factor, t.Name)]
    return len(names) == len(factors) > 1 and (len(names) == 2 or all(map(is_capital, names[:-1])))


def _of_vectors(node: t.Node) -> str:
    r"""The function of `\mathbf{h} = f(\mathbf{x})`, with a name in bold type alone on one side; else nothing."""
    match node:
        case t.Sides(sides=(t.Name(text=name), t.Applied() as call), signs=("=",)) if is_bold(name):
            pass
        case t.Sides(sides=(t.Applied() as call, t.Name(text=name)), signs=("=",)) if is_bold(name):
            pass
        case _:
            return ""
    is_known = moment_of(call) or of_square(call) or call.head.text in DIAGONALS or call.head.base in PROBABILITIES
    return "" if is_known or _is_normal(call) or is_bold(call.head.text) else call.head.text


def _is_number(shape: Shape) -> bool:
    return shape[0].find() is ONE and shape[1].find() is ONE


_COMPARED = frozenset({"=", "<", ">", "<=", ">=", "!="})
_NORMAL = frozenset({r"\mathcal{N}", r"\mathrm{N}", "N"})


def _is_normal(node: t.Applied) -> bool:
    return node.head.text in _NORMAL


def symmetric_names(roots: Sequence[t.Node], shapes: Shapes) -> set[str]:
    """The names of covariance matrices: what stands as one in a normal distribution, and its inverse."""
    found: set[str] = set()
    for root in roots:
        for node in t.walk(root):
            if isinstance(node, t.Applied) and _is_normal(node) and len(node.before) in (2, 3):
                covariance = node.before[-1]
                names = [n for n in t.walk(covariance) if isinstance(n, t.Name) and n.text in shapes.matrices]
                if len({n.text for n in names}) == 1 and not any(is_transpose(n) for n in t.walk(covariance)):
                    found.update(n.text for n in names if not shapes.kind(n))
    return found


def _is_zero(node: t.Node) -> bool:
    return isinstance(node, t.Numeral) and node.value == 0


def _join(one: Shape, other: Shape) -> None:
    one[0].join(other[0])
    one[1].join(other[1])
