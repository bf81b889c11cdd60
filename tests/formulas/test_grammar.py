"""The grammar: how far each operator reaches, and the token at which a formula is unread."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symderiv.formulas.grammar import read_relations
from symderiv.formulas.source import Source, Unread
from symderiv.formulas.tree import (
    Addition,
    Applied,
    Average,
    Division,
    Function,
    Name,
    Negation,
    Node,
    Numeral,
    Power,
    Product,
    Root,
    Sides,
    Total,
    walk,
)


def shown(node: Node) -> str:
    match node:
        case Numeral(value=value):
            return str(value)
        case Name(text=text):
            return text
        case Applied(head=head, before=before, bar=bar, after=after):
            return f"{head.text}({','.join(map(shown, before))}{bar}{','.join(map(shown, after))})"
        case Negation(body=body):
            return f"-({shown(body)})"
        case Addition(terms=terms):
            return f"({' + '.join(map(shown, terms))})"
        case Product(factors=factors):
            return f"[{' '.join(map(shown, factors))}]"
        case Division(above=above, below=below):
            return f"({shown(above)} / {shown(below)})"
        case Power(base=base, exponent=exponent):
            return f"{shown(base)}^({shown(exponent)})"
        case Root(body=body):
            return f"sqrt({shown(body)})"
        case Function(word=word, body=body):
            return f"{word}({shown(body)})"
        case Total(over=over, body=body):
            return f"sum {','.join(map(shown, over))} ({shown(body)})"
        case Average(draws=draws, body=body):
            drawn = "; ".join(f"{','.join(map(shown, d.names))} ~ {shown(d.weight)}" for d in draws)
            return f"E {drawn} ({shown(body)})"
        case Sides(sides=sides, signs=signs):
            return " ".join(part for pair in zip(map(shown, sides), (*signs, ""), strict=True) for part in pair if part)
    raise TypeError(node)


def read(text: str) -> str:
    return shown(read_relations(Source("<test>", text)))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a + bc", "(a + [b c])"),
        ("a - b - c", "(a + -(b) + -(c))"),
        ("-a^2", "-(a^(2))"),
        ("(-a)^2", "-(a)^(2)"),
        ("a(bc)", "a([b c])"),
        ("(a)(bc)", "[a [b c]]"),
        ("ab/c", "([a b] / c)"),
        ("a/b/c", "((a / b) / c)"),
        (r"\frac12 a", "[(1 / 2) a]"),
        (r"\frac{a}{b}c", "[(a / b) c]"),
        ("x^12", None),
        ("x^2y", "[x^(2) y]"),
        ("2^{-1/2}", "2^(-((1 / 2)))"),
        ("0.25", "1/4"),
        (r"\sqrt{a}b", "[sqrt(a) b]"),
        (r"\ln a + b", "(ln(a) + b)"),
        (r"\ln a^2", "ln(a^(2))"),
        (r"\ln a \ln b", "[ln(a) ln(b)]"),
        (r"\ln \frac{a}{b}", "ln((a / b))"),
        (r"\ln(a)/b", "(ln(a) / b)"),
        (r"\log a", "ln(a)"),
        (r"a \ln b", "[a ln(b)]"),
        (r"\sum_x P(x) Q(x) + c", "(sum x ([P(x) Q(x)]) + c)"),
        (r"\sum_{x,y} f(x,y)", "sum x,y (f(x,y))"),
        (r"\sum_x \sum_y u[x,y]", "sum x (sum y (u(x,y)))"),
        (r"E_{x \sim P(x)} -\ln P(x) - c", "(E x ~ P(x) (-(ln(P(x)))) + -(c))"),
        (r"E_{x \sim P(x)} \; E_{y \sim P(y|x)} \; -\ln P(y|x)", "E x ~ P(x) (E y ~ P(y|x) (-(ln(P(y|x)))))"),
        (r"\mathbb{E}_{(x,y)\sim P} f(x)", "E x,y ~ P (f(x))"),
        (r"E_{x \sim P(x), y \sim P(y|x)} [a + b] + c", "(E x ~ P(x); y ~ P(y|x) ((a + b)) + c)"),
        ("E[X]^2", "E(X)^(2)"),
        (r"P(y \mid x)", "P(y|x)"),
        (r"D_{KL}(p \| q)", "D_{KL}(p||q)"),
        (r"a \le b < c", "a <= b < c"),
        (r"a & = & b \\ & \leq & c", "a = b <= c"),
        ("a = b.", "a = b"),
    ],
)
def test_reach(text: str, tree: str | None) -> None:
    if tree is None:
        with pytest.raises(Unread):
            read(text)
    else:
        assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x'", "x'"),
        ("x''", "x''"),
        ("x'_1", "x_1'"),
        ("x_{1}'", "x_1'"),
        (r"\tilde Q_\Psi", r"\tilde{Q}_\Psi"),
        (r"\tilde{Q}_{\Psi}", r"\tilde{Q}_\Psi"),
        (r"\hat\mu", r"\hat{\mu}"),
        (r"\mathrm{ELBO}", r"\mathrm{ELBO}"),
        (r"x_{ij}", "x_{ij}"),
        (r"\mathbf{x}_t", r"\mathbf{x}_t"),
    ],
)
def test_accents_subscripts_and_primes_are_part_of_the_name(text: str, name: str) -> None:
    assert read(text) == name


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        (r"a + \foo b", "unread", 5),
        (r"\ln a b", "ambiguous", 7),
        (r"\ln a / b", "ambiguous", 7),
        (r"\ln a \cdot b", "ambiguous", 7),
        (r"\ln(a)b", "ambiguous", 7),
        (r"\ln(a)^2", "ambiguous", 7),
        (r"\ln P(y)Q(z)", "ambiguous", 9),
        ("a/bc", "ambiguous", 4),
        (r"a/b \cdot c", "ambiguous", 5),
        ("1/2x", "ambiguous", 4),
        (r"E_{x \sim P}[f(x)] g(x)", "ambiguous", 20),
        (r"E_{x \sim P}[f(x)]^2", "ambiguous", 19),
        ("x^{(i)}", "ambiguous", 3),
        ("{a+b}c", "ambiguous", 6),
        ("(a + b", "unread", 7),
        ("a + b)", "unread", 6),
        (r"\left(a)", "unread", 8),
        (r"(a\right)", "unread", 3),
        ("(a]", "unread", 3),
        ("a +", "unread", 4),
        ("a = ", "unread", 5),
        ("2 3", "unread", 3),
        ("x2", "unread", 2),
        ("x_12", "unread", 4),
        ("a^-1", "unread", 3),
        ("ln(a)", "unread", 1),
        (r"\sum P(x)", "unread", 6),
        ("KL P", "unread", 4),
        ("a # b", "unread", 3),
        ("a \\\\ b", "unread", 3),
        (r"\int f", "unread", 7),
        ("(" * 60 + "a" + ")" * 60, "unread", 41),
        (r"\ln " * 60 + "a", "unread", 161),
        (r"a \mbox{for}", "unread", 3),
    ],
)
def test_unread_at_the_token(text: str, code: str, column: int) -> None:
    with pytest.raises(Unread) as caught:
        read(text)
    found = caught.value.diagnostic
    assert (found.code, found.span.line, found.span.column) == (code, 1, column)


def test_places_count_lines() -> None:
    with pytest.raises(Unread) as caught:
        read("a\n = \\foo")
    assert str(caught.value.diagnostic.span) == "<test>:2:4"


leaves = st.one_of(
    st.sampled_from("abcuvw"),
    st.integers(0, 99).map(str),
    st.sampled_from(["x'", r"\hat{x}", "x_1", r"\mu", r"\mathrm{loss}"]),
).map(lambda leaf: (leaf, [leaf]))
Written = tuple[str, list[str]]


def pair(form: str) -> Callable[[tuple[Written, Written]], Written]:
    return lambda p: (form.replace("A", p[0][0]).replace("B", p[1][0]), [*p[0][1], *p[1][1]])


def single(form: str) -> Callable[[Written], Written]:
    return lambda p: (form.replace("A", p[0]), p[1])


trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(pair("(A + B)")),
        st.tuples(inner, inner).map(pair(r"(A) \cdot (B)")),
        st.tuples(inner, inner).map(pair(r"\frac{A}{B}")),
        inner.map(single(r"\ln(A)")),
        inner.map(single(r"\left(-A\right)")),
        inner.map(single("(A)^{n}")).map(lambda p: (p[0], [*p[1], "n"])),
    ),
    max_leaves=12,
)


@given(trees)
def test_every_name_and_number_of_the_source_is_in_the_tree(written: Written) -> None:
    text, expected = written
    found = [n for n in walk(read_relations(Source("<test>", text))) if isinstance(n, Name | Numeral)]
    assert sorted(text[n.start : n.end] for n in found) == sorted(expected)
    assert all(n.text == text[n.start : n.end] for n in found if isinstance(n, Name))


@given(st.text(alphabet=r"abPxy()[]{}|,^_+-=/\' 12", max_size=20))
def test_anything_is_read_or_unread(text: str) -> None:
    try:
        tree = read_relations(Source("<test>", text))
    except Unread as error:
        span = error.diagnostic.span
        assert 1 <= span.column <= len(text) + 1
    else:
        assert all(0 <= node.start <= node.end <= len(text) for node in walk(tree))


@given(st.integers(0, 10**6), st.integers(0, 10**6 - 1))
def test_decimals_are_exact(whole: int, digits: int) -> None:
    (side,) = read_relations(Source("<test>", f"{whole}.{digits:06d}")).sides
    assert isinstance(side, Numeral)
    assert side.value == whole + Fraction(digits, 10**6)
