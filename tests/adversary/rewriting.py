"""Sound rewritings: each is a function of a subtree, and gives an equal one or None."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random

from tests.adversary.tree import (
    ONE,
    TWO,
    Tree,
    add,
    div,
    exp,
    free,
    is_weight,
    ln,
    mul,
    neg,
    number,
    power,
    put,
    renamed,
    size,
    sqrt,
    walk,
)

Rule = Callable[[Tree, Random], Tree | None]
ATTEMPTS = 60
"""Places and rules that are tried for one rewriting."""

INDICES = ("i", "j", "l", "r", "s")


def rewritten(tree: Tree, rules: Sequence[Rule], steps: int, random: Random, largest: int = 60) -> Tree:
    """The tree after some random rewritings at random places."""
    for _ in range(steps):
        places = [(path, part) for path, part in walk(tree) if not is_weight(tree, path)]
        for _ in range(ATTEMPTS):
            path, part = random.choice(places)
            new = random.choice(rules)(part, random)
            if new is not None and new != part:
                whole = put(tree, path, new)
                tree = whole if size(whole) <= largest else tree
                break
    return tree


def commute(tree: Tree, random: Random) -> Tree | None:
    if tree.head not in ("add", "mul"):
        return None
    parts = list(tree.parts)
    random.shuffle(parts)
    return Tree(tree.head, tuple(parts))


def distribute(tree: Tree, random: Random) -> Tree | None:
    """a (b + c) = a b + a c"""
    if tree.head != "mul":
        return None
    for place, part in enumerate(tree.parts):
        if part.head == "add":
            others = tree.parts[:place], tree.parts[place + 1 :]
            return add(*(flat("mul", (*others[0], term, *others[1])) for term in part.parts))
    return None


def factor_out(tree: Tree, random: Random) -> Tree | None:
    """a b + a c = a (b + c)"""
    if tree.head != "add" or any(part.head != "mul" for part in tree.parts):
        return None
    first = tree.parts[0].parts[0]
    rests = []
    for part in tree.parts:
        if first not in part.parts:
            return None
        rest = list(part.parts)
        rest.remove(first)
        rests.append(mul(*rest))
    return mul(first, add(*rests))


def flat(head: str, parts: Sequence[Tree]) -> Tree:
    """A sum or a product with those inside it taken apart."""
    found = [inner for part in parts for inner in (part.parts if part.head == head else (part,))]
    return found[0] if len(found) == 1 else Tree(head, tuple(found))


def flatten(tree: Tree, random: Random) -> Tree | None:
    return flat(tree.head, tree.parts) if tree.head in ("add", "mul") else None


def push_minus(tree: Tree, random: Random) -> Tree | None:
    """-(a + b) = -a - b; -(a b) = (-a) b; -(-a) = a"""
    if tree.head != "neg":
        return None
    inner = tree.parts[0]
    if inner.head == "add":
        return add(*map(neg, inner.parts))
    return inner.parts[0] if inner.head == "neg" else None


def expand_power(tree: Tree, random: Random) -> Tree | None:
    """(a + b)^2 = a^2 + 2 a b + b^2; (a b)^2 = a^2 b^2; a^2 = a a"""
    if tree.head != "pow" or tree.parts[1] != TWO:
        return None
    base = tree.parts[0]
    match base.head, base.parts:
        case "add", (a, b):
            if b.head == "neg":
                (inner,) = b.parts
                return add(power(a, 2), neg(flat("mul", (TWO, a, inner))), power(inner, 2))
            return add(power(a, 2), flat("mul", (TWO, a, b)), power(b, 2))
        case "mul", parts:
            return mul(*(power(part, 2) for part in parts))
        case "neg", (a,):
            return power(a, 2)
        case "div", (a, b):
            return div(power(a, 2), power(b, 2))
    return mul(base, base)


def difference_of_squares(tree: Tree, random: Random) -> Tree | None:
    """a^2 - b^2 = (a + b) (a - b)"""
    match tree:
        case Tree("add", (Tree("pow", (a, two)), Tree("neg", (Tree("pow", (b, other)),)))) if two == other == TWO:
            return mul(add(a, b), add(a, neg(b)))
    return None


def split_fraction(tree: Tree, random: Random) -> Tree | None:
    """(a + b) / c = a/c + b/c; (a b) / c = a (b / c)"""
    if tree.head != "div":
        return None
    above, below = tree.parts
    if above.head == "add":
        return add(*(div(part, below) for part in above.parts))
    if above.head == "mul":
        return mul(*above.parts[:-1], div(above.parts[-1], below))
    return None


def join_fractions(tree: Tree, random: Random) -> Tree | None:
    """a/b + c/d = (a d + c b) / (b d); a/b c/d = (a c)/(b d)"""
    if len(tree.parts) != 2 or tree.head not in ("add", "mul"):
        return None
    one, other = (part.parts if part.head == "div" else (part, ONE) for part in tree.parts)
    if tree.parts[0].head != "div" and tree.parts[1].head != "div":
        return None
    below = flat("mul", [part for part in (one[1], other[1]) if part != ONE])
    if tree.head == "mul":
        return div(flat("mul", (one[0], other[0])), below)
    above = [flat("mul", [p for p in (a, d) if p != ONE] or [ONE]) for a, d in ((one[0], other[1]), (other[0], one[1]))]
    return div(add(*above), below)


def insert(tree: Tree, random: Random) -> Tree | None:
    """a = 2 a - a; a = (a + a) / 2; only of names"""
    if tree.head not in ("scalar", "entry"):
        return None
    return random.choice((add(mul(TWO, tree), neg(tree)), div(add(tree, tree), TWO), neg(neg(tree))))


ALGEBRA: tuple[Rule, ...] = (
    commute, commute, distribute, distribute, factor_out, flatten, push_minus, expand_power, expand_power,
    difference_of_squares, split_fraction, join_fractions, insert,
)  # fmt: skip


def split_logarithm(tree: Tree, random: Random) -> Tree | None:
    """ln(a b) = ln a + ln b; ln(a/b) = ln a - ln b; ln(a^c) = c ln a; ln exp a = a"""
    if tree.head != "ln":
        return None
    inner = tree.parts[0]
    match inner.head, inner.parts:
        case "mul", parts:
            return add(*map(ln, parts))
        case "div", (a, b):
            return add(ln(a), neg(ln(b))) if a != ONE else neg(ln(b))
        case "pow", (a, c):
            return mul(c, ln(a))
        case "sqrt", (a,):
            return div(ln(a), TWO)
        case "exp", (a,):
            return a
    return None


def join_logarithms(tree: Tree, random: Random) -> Tree | None:
    """ln a + ln b = ln(a b); ln a - ln b = ln(a/b)"""
    match tree:
        case Tree("add", (Tree("ln", (a,)), Tree("ln", (b,)))):
            return ln(flat("mul", (a, b)))
        case Tree("add", (Tree("ln", (a,)), Tree("neg", (Tree("ln", (b,)),)))):
            return ln(div(a, b))
    return None


def split_exponential(tree: Tree, random: Random) -> Tree | None:
    """exp(a + b) = exp a exp b; exp(-a) = 1 / exp a; exp ln a = a; exp(c a) = exp(a)^c"""
    if tree.head != "exp":
        return None
    inner = tree.parts[0]
    match inner.head, inner.parts:
        case "add", parts:
            return mul(*map(exp, parts))
        case "neg", (a,):
            return div(ONE, exp(a))
        case "ln", (a,):
            return a
        case "mul", (Tree("number", _, (value,)) as c, a) if value.denominator == 1:
            return power(exp(a), c)
    return None


def through_logarithm(tree: Tree, random: Random) -> Tree | None:
    """a = exp ln a, of names"""
    return exp(ln(tree)) if tree.head in ("scalar", "entry", "prob") else None


LOGARITHMS: tuple[Rule, ...] = (
    *ALGEBRA, split_logarithm, split_logarithm, split_logarithm, join_logarithms, split_exponential,
    split_exponential, through_logarithm,
)  # fmt: skip


def split_root(tree: Tree, random: Random) -> Tree | None:
    """sqrt(a b) = sqrt a sqrt b; sqrt(a/b); sqrt(a^2) = a; sqrt a = a^(1/2)"""
    if tree.head != "sqrt":
        return None
    inner = tree.parts[0]
    match inner.head, inner.parts:
        case "mul" | "div" as head, parts:
            return Tree(head, tuple(map(sqrt, parts)))
        case "pow", (a, Tree("number", _, (value,))):
            return a if value == 2 else power(a, value / 2)
    return power(inner, Fraction(1, 2))


def combine_powers(tree: Tree, random: Random) -> Tree | None:
    """(a^b)^c = a^(b c); a^b a^c = a^(b + c); (a b)^c = a^c b^c; 1/a^b = a^-b"""
    match tree:
        case Tree("pow", (Tree("pow", (a, b)), c)):
            return power(a, product_of(b, c))
        case Tree("mul", (Tree("pow", (a, b)), Tree("pow", (other, c)))) if a == other:
            return power(a, sum_of(b, c))
        case Tree("pow", (Tree("mul", parts), c)):
            return mul(*(power(part, c) for part in parts))
        case Tree("div", (a, Tree("pow", (b, c)))):
            return flat("mul", (a, power(b, negative(c))))
        case Tree("div", (a, Tree("sqrt", (b,)))):
            return mul(a, power(b, Fraction(-1, 2)))
    return None


def split_power(tree: Tree, random: Random) -> Tree | None:
    """a^(b + c) = a^b a^c; a^3 = a^2 a"""
    match tree:
        case Tree("pow", (a, Tree("add", parts))):
            return mul(*(power(a, part) for part in parts))
        case Tree("pow", (a, Tree("number", _, (value,)))) if value > 1 and value != 2:
            return mul(a, power(a, value - 1))
    return None


def product_of(b: Tree, c: Tree) -> Tree:
    both = b.head == c.head == "number"
    return number(b.data[0] * c.data[0]) if both else flat("mul", (b, c))


def sum_of(b: Tree, c: Tree) -> Tree:
    both = b.head == c.head == "number"
    return number(b.data[0] + c.data[0]) if both else flat("add", (b, c))


def negative(c: Tree) -> Tree:
    return number(-c.data[0]) if c.head == "number" else neg(c)


POWERS: tuple[Rule, ...] = (
    *ALGEBRA,
    split_root,
    split_root,
    combine_powers,
    combine_powers,
    combine_powers,
    split_power,
)


def fresh(*trees: Tree) -> str:
    """An index that occurs in none of the trees."""
    used = {n for tree in trees for _, node in walk(tree) for n in (*node.data, *free(node)) if isinstance(n, str)}
    return next(index for index in INDICES if index not in used)


def ranged(head: str, like: Tree, body: Tree) -> Tree:
    return Tree(head, (body,), like.data)


def linear_sum(tree: Tree, random: Random) -> Tree | None:
    """sum (f + g) = sum f + sum g; sum (c f) = c sum f; sum (-f) = -sum f; sum c = n c"""
    if tree.head != "sum":
        return None
    index, first, last = tree.data
    (body,) = tree.parts
    match body.head:
        case "add":
            return add(*(ranged("sum", tree, part) for part in body.parts))
        case "neg":
            return neg(ranged("sum", tree, body.parts[0]))
        case "mul":
            outside = [part for part in body.parts if index not in free(part)]
            inside = [part for part in body.parts if index in free(part)]
            return mul(*outside, ranged("sum", tree, mul(*inside))) if outside and inside else None
        case "div" if index not in free(body.parts[1]):
            return div(ranged("sum", tree, body.parts[0]), body.parts[1])
    return mul(last, body) if index not in free(body) and first == 1 and last.head == "scalar" else None


def pull_in(tree: Tree, random: Random) -> Tree | None:
    """c sum f = sum c f"""
    if tree.head != "mul" or tree.parts[-1].head != "sum":
        return None
    *outside, inner = tree.parts
    if any(inner.data[0] in free(part) for part in outside):
        return None
    return ranged("sum", inner, flat("mul", (*outside, inner.parts[0])))


def join_sums(tree: Tree, random: Random) -> Tree | None:
    """sum f + sum g = sum (f + g), over one range"""
    if tree.head != "add" or len(tree.parts) != 2 or any(part.head != "sum" for part in tree.parts):
        return None
    one, other = tree.parts
    if one.data[1:] != other.data[1:]:
        return None
    body = other.parts[0] if other.data[0] == one.data[0] else None
    if body is None and one.data[0] not in free(other.parts[0]):
        body = renamed(other.parts[0], other.data[0], one.data[0])
    return None if body is None else ranged("sum", one, flat("add", (one.parts[0], body)))


def rename_index(tree: Tree, random: Random) -> Tree | None:
    if tree.head not in ("sum", "prod"):
        return None
    new = fresh(tree)
    return Tree(tree.head, (renamed(tree.parts[0], tree.data[0], new),), (new, *tree.data[1:]))


def exchange_sums(tree: Tree, random: Random) -> Tree | None:
    match tree:
        case Tree(head, (Tree(inner, (body,), inner_data),), data) if head == inner and head in ("sum", "prod"):
            return Tree(head, (Tree(head, (body,), data),), inner_data)
    return None


def multiply_sums(tree: Tree, random: Random) -> Tree | None:
    """(sum_i f) (sum_j g) = sum_i sum_j f g; (sum_i f)^2 = sum_i sum_j f_i f_j"""
    match tree:
        case Tree("mul", (Tree("sum") as one, Tree("sum") as other)):
            new = fresh(one, other)
        case Tree("pow", (Tree("sum") as one, exponent)) if exponent == TWO:
            other, new = one, fresh(one)
        case _:
            return None
    body = renamed(other.parts[0], other.data[0], new)
    inner = Tree("sum", (flat("mul", (one.parts[0], body)),), (new, *other.data[1:]))
    return ranged("sum", one, inner)


SUMS: tuple[Rule, ...] = (
    *ALGEBRA, linear_sum, linear_sum, linear_sum, linear_sum, pull_in, join_sums, rename_index, exchange_sums,
    multiply_sums,
)  # fmt: skip


def split_product(tree: Tree, random: Random) -> Tree | None:
    """prod f g = prod f prod g; prod f/g; prod f^c = (prod f)^c; prod exp f = exp sum f; prod c = c^n"""
    if tree.head != "prod":
        return None
    index, first, last = tree.data
    (body,) = tree.parts
    match body.head, body.parts:
        case "mul", parts:
            return mul(*(ranged("prod", tree, part) for part in parts))
        case "div", (a, b):
            return div(ranged("prod", tree, a), ranged("prod", tree, b))
        case "pow", (a, c) if index not in free(c):
            return power(ranged("prod", tree, a), c)
        case "exp", (a,):
            return exp(ranged("sum", tree, a))
    return power(body, last) if index not in free(body) and first == 1 and last.head == "scalar" else None


def logarithm_of_product(tree: Tree, random: Random) -> Tree | None:
    """ln prod f = sum ln f"""
    match tree:
        case Tree("ln", (Tree("prod", (body,), data),)):
            return Tree("sum", (ln(body),), data)
    return None


def exponential_of_sum(tree: Tree, random: Random) -> Tree | None:
    """exp sum f = prod exp f"""
    match tree:
        case Tree("exp", (Tree("sum", (body,), data),)):
            return Tree("prod", (exp(body),), data)
    return None


PRODUCTS: tuple[Rule, ...] = (
    *SUMS, split_product, split_product, split_product, split_product, logarithm_of_product, logarithm_of_product,
    exponential_of_sum, split_logarithm, split_exponential,
)  # fmt: skip
