"""Sound rewritings of probabilities, information, expectations and matrices."""

from __future__ import annotations

from random import Random

from tests.adversary.rewriting import ALGEBRA, Rule, flat, split_logarithm
from tests.adversary.tree import ONE, TWO, Tree, add, div, free, ln, mul, neg, power, walk
from tests.adversary.values import role

ROLES = {"P": ("x", "y"), "T": ("x", "y", "z"), "p": ("x",), "q": ("x",)}
"""The variables of the distributions that occur."""


def prob(name: str, outcomes: tuple[str, ...], given: tuple[str, ...] = ()) -> Tree:
    def order(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(names, key=lambda v: ROLES[name].index(role(v))))

    return Tree("prob", (), (name, order(outcomes), order(given)))


def entropy(name: str, before: tuple[str, ...], after: tuple[str, ...] = ()) -> Tree:
    return Tree("entropy", (), (name, tuple(sorted(before)), tuple(sorted(after))))


def info(name: str, one: str, other: str, given: tuple[str, ...] = ()) -> Tree:
    return Tree("info", (), (name, (one,), (other,), given))


def expect(variables: tuple[str, ...], weight: Tree, body: Tree) -> Tree:
    return Tree("expect", (weight, body), variables)


def total(variables: tuple[str, ...], body: Tree) -> Tree:
    return Tree("total", (body,), variables)


def marginalise(tree: Tree, random: Random) -> Tree | None:
    """P(x) = sum_y P(x, y), also under a condition"""
    if tree.head != "prob":
        return None
    name, outcomes, given = tree.data
    missing = [v for v in ROLES[name] if v not in map(role, (*outcomes, *given))]
    if not missing:
        return None
    new = random.choice(missing)
    return total((new,), prob(name, (*outcomes, new), given))


def define_conditional(tree: Tree, random: Random) -> Tree | None:
    """P(y | x) = P(x, y) / P(x)"""
    if tree.head != "prob" or not tree.data[2]:
        return None
    name, outcomes, given = tree.data
    return div(prob(name, (*outcomes, *given)), prob(name, given))


def chain(tree: Tree, random: Random) -> Tree | None:
    """P(x, y | z) = P(x | z) P(y | x, z)"""
    if tree.head != "prob" or len(tree.data[1]) < 2:
        return None
    name, outcomes, given = tree.data
    first = random.choice(outcomes)
    rest = tuple(v for v in outcomes if v != first)
    return mul(prob(name, (first,), given), prob(name, rest, (first, *given)))


def bayes(tree: Tree, random: Random) -> Tree | None:
    """P(y | x) = P(x | y) P(y) / P(x)"""
    if tree.head != "prob" or len(tree.data[2]) != 1:
        return None
    name, outcomes, given = tree.data
    return div(mul(prob(name, given, outcomes), prob(name, outcomes)), prob(name, given))


def normalise(tree: Tree, random: Random) -> Tree | None:
    """a = a sum_y P(y | x)"""
    if tree.head != "prob":
        return None
    name, _, given = tree.data
    other = random.choice([v for v in ROLES[name] if v not in map(role, given)] or [""])
    if not other or other in free(tree):
        return None
    return mul(tree, total((other,), prob(name, (other,), given)))


def linear_total(tree: Tree, random: Random) -> Tree | None:
    """sums of sums, constant factors and conditional distributions"""
    if tree.head != "total":
        return None
    (body,) = tree.parts
    variables = tree.data
    match body.head, body.parts:
        case "add", parts:
            return add(*(total(variables, part) for part in parts))
        case "neg", (inner,):
            return neg(total(variables, inner))
        case "mul", parts:
            outside = [part for part in parts if free(part).isdisjoint(variables)]
            inside = [part for part in parts if not free(part).isdisjoint(variables)]
            if outside and inside:
                return mul(*outside, total(variables, mul(*inside)))
    return None


def as_total(tree: Tree, random: Random) -> Tree | None:
    """E f = sum P f"""
    if tree.head != "expect":
        return None
    weight, body = tree.parts
    return total(tree.data, flat("mul", (weight, body)))


def linear_expectation(tree: Tree, random: Random) -> Tree | None:
    """E (f + g) = E f + E g; E c f = c E f; E c = c"""
    if tree.head != "expect":
        return None
    weight, body = tree.parts
    match body.head, body.parts:
        case "add", parts:
            return add(*(expect(tree.data, weight, part) for part in parts))
        case "neg", (inner,):
            return neg(expect(tree.data, weight, inner))
        case "mul", parts:
            outside = [part for part in parts if free(part).isdisjoint(tree.data)]
            inside = [part for part in parts if not free(part).isdisjoint(tree.data)]
            if outside and inside:
                return mul(*outside, expect(tree.data, weight, mul(*inside)))
    return body if free(body).isdisjoint(tree.data) else None


def nested_expectation(tree: Tree, random: Random) -> Tree | None:
    """E_{x, y} f = E_x E_{y | x} f"""
    match tree:
        case Tree("expect", (Tree("prob", _, (name, (one, other), given)), body), _):
            return expect(
                (one,), prob(name, (one,), given), expect((other,), prob(name, (other,), (one, *given)), body)
            )
    return None


PROBABILITY: tuple[Rule, ...] = (
    marginalise, define_conditional, define_conditional, chain, chain, bayes, bayes, normalise, linear_total,
    linear_total, as_total, linear_expectation, linear_expectation, nested_expectation, *ALGEBRA[:4],
)  # fmt: skip


def define_entropy(tree: Tree, random: Random) -> Tree | None:
    """H(y | x) = E -ln P(y | x) = -sum P(x, y) ln P(y | x)"""
    if tree.head != "entropy":
        return None
    name, before, after = tree.data
    inner = ln(prob(name, before, after))
    variables = tuple(sorted((*before, *after)))
    weight = prob(name, variables)
    if random.random() < 0.5:
        return expect(variables, weight, neg(inner))
    return neg(total(variables, mul(weight, inner)))


def chain_entropy(tree: Tree, random: Random) -> Tree | None:
    """H(x, y) = H(x) + H(y | x); H(y | x) = H(x, y) - H(x)"""
    if tree.head != "entropy":
        return None
    name, before, after = tree.data
    if len(before) > 1:
        first = random.choice(before)
        rest = tuple(v for v in before if v != first)
        return add(entropy(name, (first,), after), entropy(name, rest, (*after, first)))
    return add(entropy(name, (*before, *after)), neg(entropy(name, after))) if after else None


def define_information(tree: Tree, random: Random) -> Tree | None:
    """I(x, y) = H(x) - H(x | y) = H(x) + H(y) - H(x, y) = KL(P(x, y), P(x) P(y)), also under a condition"""
    if tree.head != "info":
        return None
    name, one, other, given = tree.data
    if random.random() < 0.5:
        one, other = other, one
    forms = [
        add(entropy(name, one, given), neg(entropy(name, one, (*other, *given)))),
        add(entropy(name, one, given), entropy(name, other, given), neg(entropy(name, (*one, *other), given))),
    ]
    if not given:
        joint, product = prob(name, (*one, *other)), mul(prob(name, one), prob(name, other))
        variables = tuple(sorted((*one, *other)))
        forms += [Tree("kl", (joint, product)), expect(variables, joint, ln(div(joint, product)))]
        forms.append(total(variables, mul(joint, ln(div(prob(name, one, other), prob(name, one))))))
    return random.choice(forms)


def define_divergence(tree: Tree, random: Random) -> Tree | None:
    """KL(p, q) = E_p ln(p/q) = H(p, q) - H(p); H(p, q) = -E_p ln q"""
    if tree.head not in ("kl", "cross") or any(part.head != "prob" for part in tree.parts):
        return None
    one, other = tree.parts
    variables = one.data[1]
    if tree.head == "cross":
        body = ln(other)
        return random.choice((expect(variables, one, neg(body)), neg(total(variables, mul(one, body)))))
    forms = (
        expect(variables, one, ln(div(one, other))),
        total(variables, mul(one, ln(div(one, other)))),
        add(Tree("cross", (one, other)), neg(Tree("cross", (one, one)))),
    )
    return random.choice(forms)


INFORMATION: tuple[Rule, ...] = (
    define_entropy, define_entropy, chain_entropy, chain_entropy, define_information, define_information,
    define_divergence, define_divergence, linear_expectation, linear_expectation, as_total, linear_total,
    nested_expectation, split_logarithm, split_logarithm, define_conditional, chain, *ALGEBRA[:3],
)  # fmt: skip


def is_constant(tree: Tree) -> bool:
    """True of what does not depend on the outcome."""
    if tree.head in ("mean", "var", "cov"):
        return True
    return tree.head != "rv" and all(map(is_constant, tree.parts))


def mean(tree: Tree) -> Tree:
    return Tree("mean", (tree,))


def var(tree: Tree) -> Tree:
    return Tree("var", (tree,))


def cov(one: Tree, other: Tree) -> Tree:
    return Tree("cov", (one, other))


def linear_mean(tree: Tree, random: Random) -> Tree | None:
    if tree.head != "mean":
        return None
    (body,) = tree.parts
    match body.head, body.parts:
        case "add", parts:
            return add(*(part if is_constant(part) else mean(part) for part in parts))
        case "neg", (inner,):
            return neg(mean(inner))
        case "mul", parts:
            outside = [part for part in parts if is_constant(part)]
            inside = [part for part in parts if not is_constant(part)]
            return mul(*outside, mean(mul(*inside))) if outside and inside else None
        case "div", (above, below) if is_constant(below):
            return div(mean(above), below)
    return body if is_constant(body) else None


def define_variance(tree: Tree, random: Random) -> Tree | None:
    """Var X = E X^2 - (E X)^2 = E (X - E X)^2 = Cov(X, X)"""
    if tree.head != "var":
        return None
    (x,) = tree.parts
    forms = (add(mean(power(x, 2)), neg(power(mean(x), 2))), mean(power(add(x, neg(mean(x))), 2)), cov(x, x))
    return random.choice(forms)


def define_covariance(tree: Tree, random: Random) -> Tree | None:
    """Cov(X, Y) = E X Y - E X E Y = E (X - E X)(Y - E Y) = Cov(Y, X)"""
    if tree.head != "cov":
        return None
    x, y = tree.parts
    forms = (
        add(mean(flat("mul", (x, y))), neg(mul(mean(x), mean(y)))),
        mean(mul(add(x, neg(mean(x))), add(y, neg(mean(y))))),
        cov(y, x),
    )
    return random.choice(forms)


def linear_variance(tree: Tree, random: Random) -> Tree | None:
    """Var(X + Y) = Var X + Var Y + 2 Cov(X, Y); Var(a X) = a^2 Var X; Var(X + c) = Var X; Var(-X) = Var X"""
    if tree.head != "var":
        return None
    (body,) = tree.parts
    match body.head, body.parts:
        case "add", (a, b) if is_constant(b):
            return var(a)
        case "add", (a, b):
            if b.head == "neg":
                return add(var(a), var(b.parts[0]), neg(mul(TWO, cov(a, b.parts[0]))))
            return add(var(a), var(b), mul(TWO, cov(a, b)))
        case "neg", (a,):
            return var(a)
        case "mul", (a, b) if is_constant(a):
            return mul(power(a, 2), var(b))
    return None


def linear_covariance(tree: Tree, random: Random) -> Tree | None:
    """Cov(X + Y, Z) = Cov(X, Z) + Cov(Y, Z); Cov(a X, Y) = a Cov(X, Y)"""
    if tree.head != "cov":
        return None
    body, other = tree.parts
    match body.head, body.parts:
        case "add", parts:
            kept = [part for part in parts if not is_constant(part)]
            return add(*(cov(part, other) for part in kept)) if kept else None
        case "mul", (a, b) if is_constant(a):
            return mul(a, cov(b, other))
    return None


EXPECTATION: tuple[Rule, ...] = (
    *ALGEBRA, linear_mean, linear_mean, linear_mean, define_variance, define_covariance, linear_variance,
    linear_variance, linear_covariance,
)  # fmt: skip


def independent(tree: Tree, random: Random) -> Tree | None:
    """E X Y = E X E Y; Cov(X, Y) = 0, for functions of different variables"""
    if tree.head == "cov" and _names(tree.parts[0]).isdisjoint(_names(tree.parts[1])):
        return mul(Tree("number", (), (0 * ONE.data[0],)), mean(tree.parts[0]))
    match tree:
        case Tree("mean", (Tree("mul", (a, b)),)) if _names(a).isdisjoint(_names(b)):
            return mul(mean(a), mean(b))
        case Tree("var", (Tree("add", (a, b)),)) if _names(a).isdisjoint(_names(b)):
            return add(var(a), var(b.parts[0] if b.head == "neg" else b))
    return None


def _names(tree: Tree) -> set[str]:
    return {node.data[0] for _, node in walk(tree) if node.head == "rv"}


INDEPENDENCE: tuple[Rule, ...] = (*EXPECTATION, independent, independent, independent)


def transposed(tree: Tree) -> Tree:
    return Tree("transpose", (tree,))


def inverse(tree: Tree) -> Tree:
    return Tree("inverse", (tree,))


def trace(tree: Tree) -> Tree:
    return Tree("trace", (tree,))


def move_transpose(tree: Tree, random: Random) -> Tree | None:
    """(A B)' = B' A'; (A + B)' = A' + B'; A'' = A; (A^-1)' = (A')^-1; A' = A if symmetric"""
    if tree.head != "transpose":
        return None
    (inner,) = tree.parts
    match inner.head, inner.parts:
        case "mul", parts:
            return mul(*(part if part.head in ("number", "scalar") else transposed(part) for part in reversed(parts)))
        case "add", parts:
            return add(*map(transposed, parts))
        case "neg", (a,):
            return neg(transposed(a))
        case "transpose", (a,):
            return a
        case "inverse", (a,):
            return inverse(transposed(a))
    return inner if inner.head == "matrix" and inner.data[1] == "symmetric" else None


def add_transposes(tree: Tree, random: Random) -> Tree | None:
    """A = A''; a number is its own transpose: x' A y = y' A' x"""
    if tree.head == "matrix":
        return tree if tree.data[1] != "symmetric" else transposed(tree)
    if tree.head == "mul" and is_number(tree) and tree.parts[0].head == "transpose":
        return move_transpose(transposed(tree), random)
    return None


def is_number(tree: Tree) -> bool:
    """True of a product x' ... y of a row and a column."""
    first, last = tree.parts[0], tree.parts[-1]
    return first.head == "transpose" and _is_column(first.parts[0]) and _is_column(last)


def _is_column(tree: Tree) -> bool:
    if tree.head in ("add", "neg"):
        return all(map(_is_column, tree.parts))
    return tree.head == "matrix" and tree.data[1] == "column"


def move_inverse(tree: Tree, random: Random) -> Tree | None:
    """(A B)^-1 = B^-1 A^-1; (A^-1)^-1 = A; (A')^-1 = (A^-1)'"""
    if tree.head != "inverse":
        return None
    (inner,) = tree.parts
    match inner.head, inner.parts:
        case "mul", parts if all(part.head not in ("number", "scalar") for part in parts):
            return mul(*map(inverse, reversed(parts)))
        case "inverse", (a,):
            return a
        case "transpose", (a,):
            return transposed(inverse(a))
    return None


def cancel(tree: Tree, random: Random) -> Tree | None:
    """B A A^-1 = B; B = B A A^-1 would need an invertible A"""
    if tree.head != "mul" or len(tree.parts) < 3:
        return None
    for place in range(len(tree.parts) - 1):
        one, other = tree.parts[place : place + 2]
        if inverse(one) == other or inverse(other) == one:
            return mul(*tree.parts[:place], *tree.parts[place + 2 :])
    return None


def move_trace(tree: Tree, random: Random) -> Tree | None:
    """tr(A B) = tr(B A); tr(A + B) = tr A + tr B; tr A' = tr A; tr(c A) = c tr A"""
    if tree.head != "trace":
        return None
    (inner,) = tree.parts
    match inner.head, inner.parts:
        case "mul", (first, *rest):
            return mul(first, trace(mul(*rest))) if first.head in ("number", "scalar") else trace(mul(*rest, first))
        case "add", parts:
            return add(*map(trace, parts))
        case "transpose", (a,):
            return trace(a)
    return trace(transposed(inner))


def move_determinant(tree: Tree, random: Random) -> Tree | None:
    """det(A B) = det A det B; det A' = det A; det A^-1 = 1 / det A"""
    if tree.head != "det":
        return None
    (inner,) = tree.parts
    match inner.head, inner.parts:
        case "mul", parts:
            return mul(*(Tree("det", (part,)) for part in parts))
        case "transpose", (a,):
            return Tree("det", (a,))
        case "inverse", (a,):
            return div(ONE, Tree("det", (a,)))
    return None


def quadratic_trace(tree: Tree, random: Random) -> Tree | None:
    """x' A y = tr(A y x')"""
    if tree.head == "mul" and is_number(tree):
        return trace(mul(*tree.parts[1:], tree.parts[0]))
    return None


def distribute_matrix(tree: Tree, random: Random) -> Tree | None:
    """A (B + C) = A B + A C, from either side"""
    if tree.head != "mul":
        return None
    for place, part in enumerate(tree.parts):
        if part.head == "add":
            before, after = tree.parts[:place], tree.parts[place + 1 :]
            terms = []
            for term in part.parts:
                minus = term.head == "neg"
                product = flat("mul", (*before, term.parts[0] if minus else term, *after))
                terms.append(neg(product) if minus else product)
            return add(*terms)
    return None


def commute_terms(tree: Tree, random: Random) -> Tree | None:
    return Tree("add", tuple(random.sample(tree.parts, len(tree.parts)))) if tree.head == "add" else None


MATRICES: tuple[Rule, ...] = (
    move_transpose, move_transpose, move_transpose, add_transposes, move_inverse, move_inverse, cancel, move_trace,
    move_trace, move_determinant, quadratic_trace, distribute_matrix, distribute_matrix, commute_terms,
)  # fmt: skip
