"""What a text defines functions to be, and what that says of them at other arguments."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.formulas import tree as t
from symderiv.formulas.functions import FunctionDefinition, FunctionTable, captures, replaced, with_definitions
from symderiv.formulas.grammar import read_expression
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Source
from symderiv.formulas.tokens import closed, tokenize


def tree(text):
    source = Source(Path("text"), text)
    return read_expression(source, closed(tokenize(source), len(text)))


def table(*definitions, given=True, **options):
    """A table of definitions, `left = right`, one after the other."""
    found = FunctionTable()
    for place, definition in enumerate(definitions):
        left, right = definition.split(" = ")
        found.learn(tree(left), FunctionDefinition(tree(right), place, given, **options))
    return found


def at(found, call, place=9, cited=()):
    known = found.at(tree(call), place, cited)
    return None if known is None else printed(known[1])


def shown(text):
    return printed(tree(text))


@pytest.mark.parametrize(
    ("definition", "call", "value"),
    [
        ("g(x) = x^2", "g(a)", "a^2"),
        ("g(x) = x^2", "g(2)", "2^2"),
        ("g(x) = x^2", "g(a, b)", None),
        ("g(x) = x^2", "h(a)", None),
        ("g(x, y) = x y^2", "g(a, b)", "a b^2"),
        ("g(x, y) = x y^2", "g(y, x)", "y x^2"),
        ("g(x^2) = x^2 + 1", "g(b)", "b + 1"),
        ("g(x + 1) = x^2", "g(b)", None),
        ("g(x^a) = x^a", "g(b)", None),
        ("g((a + c)^2) = (a + c)^2", "g(b)", None),
        (r"g(t) = \mathbb{E}_{a \sim q(a)}[a t]", "g(s)", r"\mathbb{E}_{a \sim q(a)}[a s]"),
        ("g(x, x) = x^2", "g(a, b)", None),
        ("g(x) = 3", "g(b)", None),
        ("g(x, y) = x", "g(a, b)", "a"),
        (r"g(x) = \sum_{i=1}^n x_i", "g(y)", None),
        (r"g(x) = \sum_{i=1}^n x_i", "g(x)", r"\sum_{i=1}^n x_i"),
        (r"g(t) = \pi_t(a)", "g(s)", None),
        (r"g(t) = \pi_t(a)", "g(t)", r"\pi_t(a)"),
        (r"g(t) = \mathbb{E}_{a \sim \pi_t}[a t]", "g(s)", None),
        ("f(x) = x^2", "f(y)", None),
        ("f(x) = x^2", "f(x)", "x^2"),
        ("f(x) = x^2", "f(2)", "2^2"),
        ("f_X(x) = x^2", "f_X(y)", "y^2"),
        (r"f_\theta(x) = x^2", r"f_\theta(y)", None),
        (r"p(x \mid m) = x m", r"p(x \mid k)", "x k"),
        (r"p(x \mid m) = x m", r"p(y \mid m)", None),
        (r"g(x) = \sum_{i=1}^n x w_i", "g(w_i)", None),
        (r"g(x) = \sum_{i=1}^n x w_i", "g(w_j)", r"\sum_{i=1}^n w_j w_i"),
        (r"g(x) = \sum_{x} x + x", "g(y)", r"\sum_{x} x + y"),
        (r"g(x) = \int_0^x t \, dt", "g(t)", None),
        (r"g(x) = \int_0^x x t \, dt", "g(t)", None),
        (r"g(n) = \sum_{i=1}^n i", "g(i)", None),
        (r"g(x) = \int_0^x x \, dx", "g(y)", r"\int_0^y x \, dx"),
    ],
)
def test_a_function_at_an_argument(definition, call, value):
    assert at(table(definition), call) == (value and shown(value))


@pytest.mark.parametrize(
    ("body", "argument", "is_captured"),
    [
        (r"\max_y x y", "y", True),
        (r"\max_y x y", "z", False),
        (r"\max_y y", "y", False),
        (r"y + x", "y", False),
        (r"\lim_{n \to \infty} x n", "n", True),
        (r"\mathbb{E}_{y \sim p}[x y]", "y", True),
        (r"\mathbb{E}_{y \sim p}[x y]", "a_y", True),
        (r"\mathbb{E}[x Y]", "Y", True),
        (r"\mathbb{E}[x Y]", "Z", True),
        (r"\mathbb{E}[x Y]", "a", False),
        (r"x \mathbb{E}[Y]", "Y", False),
        (r"P(Y \le x)", "Y", True),
        (r"P(Y \le x)", "a", False),
        (r"\Pr(Y = x)", "Y", True),
        (r"h(x, Y)", "Y", False),
        (r"\langle x y \rangle_p", "p", True),
        (r"\langle x y \rangle_p", "y", False),
        (r"\langle x y \rangle", "y", False),
        (r"\frac{d}{dt} (x t)", "t", True),
        (r"\frac{d}{dt} (x t)", "a", False),
        (r"\frac{d}{dt} t^2", "t", False),
        (r"\frac{d}{dx} (a x)", "b", False),
        (r"\frac{d}{dx} (a x)", "a", True),
        (r"\frac{d}{dx} (a x)", "2", True),
        (r"\int_0^1 x t \, dt", "t", True),
        (r"\int_0^1 x \, dx", "t", False),
        (r"\int_0^1 x^2 \, dt", "t", True),
        ("3", "t", False),
        (r"\left( \sum_{i=1}^n x w_i \right)^2", "w_i", True),
        (r"\int_0^{\max_y x y} t \, dt", "y", True),
        (r"\int_0^1 \max_y x y \, dt", "y", True),
        (r"\Pr(x, Y)", "Y", True),
    ],
)
def test_an_argument_whose_names_are_bound(body, argument, is_captured):
    assert captures(tree(body), {"x": tree(argument)}, frozenset({"Y", "Z"})) is is_captured


def test_what_stays_as_it_is_is_not_captured():
    assert not captures(tree(r"\max_y x y"), {"x": tree("x")})
    assert not captures(tree(r"\max_x x y"), {"x": tree("x"), "y": tree("z")})
    assert captures(tree(r"\max_x x y"), {"x": tree("x"), "y": tree("x")})


def test_the_mark_of_a_transposed_matrix_is_no_name():
    mean = tree(r"\mathrm{E}[\exp(t^\mathrm{T} X)]")
    random = frozenset({"X", r"\mathrm{T}"})
    assert not captures(mean, {"t": tree(r"A^\mathrm{T} t")}, random)
    assert captures(mean, {"t": tree(r"A^\mathrm{T} X")}, random)
    assert not captures(tree(r"\frac{d}{dx} (a x)"), {"x": tree("x")})
    assert not captures(tree(r"\max_x x"), {"x": tree("x + 1")})


def test_powers_are_replaced_as_they_are_written():
    assert printed(replaced(tree("s^2 + s"), {"s^{2}": tree("v")})) == shown("v + s")
    assert printed(replaced(tree(r"\sum_{i=1}^n i + i"), {"i": tree("j")})) == shown(r"\sum_{i=1}^n i + j")


def test_which_of_several_definitions_counts():
    two = table("g(x) = x", "g(x) = x^2")
    assert [at(two, "g(a)", place) for place in (0, 1, 2)] == [shown("a"), shown("a^2"), shown("a^2")]
    assert at(two, "g(a)", 5, cited={0}) == shown("a")
    derived = table("g(x) = x^2", given=False)
    assert [at(derived, "g(a)", place) for place in (0, 1)] == [None, shown("a^2")]
    derived.learn(tree("g(x)"), FunctionDefinition(tree("x"), 3, given=True))
    assert [at(derived, "g(a)", place) for place in (0, 9)] == [shown("a"), shown("a")]
    assert at(derived, "g(a)", 9, cited={0}) == shown("a^2")


def test_a_definition_by_densities_that_are_not_known_counts_last():
    found = table(r"g(x) = \prod_i p(x_i) + x", r"g(x) = x^3", r"g(x) = \prod_i p(x_i)")
    assert at(found, "g(x)") == shown(r"\prod_i p(x_i)")
    assert [at(found, "g(x)", cited={place}) for place in (0, 2)] == [shown("x^3"), shown("x^3")]
    derived = table("g(x) = h(x) + 1", r"g(x) = \prod_i p(x_i)", given=False)
    assert at(derived, "g(x)") == shown("h(x) + 1")
    assert at(table(r"g(x) = \prod_i p(x_i)", given=False), "g(x)") == shown(r"\prod_i p(x_i)")
    opened = table(r"g(x) = \prod_i p(x_i)")
    opened.learn(tree("g(x)"), FunctionDefinition(tree(r"\prod_i p(2 x_i)"), 3, given=False))
    assert at(opened, "g(x)") == shown(r"\prod_i p(x_i)")
    found.learn(tree("g(x)"), FunctionDefinition(tree("x^4"), 5, given=False))
    assert at(found, "g(x)", cited={0}) == shown("x^3")
    both = table(r"L(m) = p(y \mid m) m", "L(m) = p(m)", r"p(y \mid m) = y m")
    assert at(both, "L(m)", cited={1}) == shown(r"p(y \mid m) m")
    alone = table(r"L(m) = p(y \mid m) m")
    assert at(alone, "L(m)") == shown(r"p(y \mid m) m")
    known = table(r"L(m) = p(y \mid m) m", r"p(y \mid m) = y m")
    assert at(known, "L(m)") == shown(r"p(y \mid m) m")


def test_letters_of_densities_are_others_with_other_names():
    found = table("f(x) = x^2", "f(y) = y^3")
    assert [at(found, call) for call in ("f(x)", "f(y)", "f(2)", "f(z)")] == [shown("x^2"), shown("y^3"), None, None]
    primed = table("f(x) = x^2")
    primed.plain.add("f")
    assert at(primed, "f(y)") == shown("y^2")


def test_a_limited_definition_says_nothing_elsewhere():
    found = table("g(x, y) = x + y", is_limited=True)
    assert [at(found, call) for call in ("g(x, y)", "g(x, a)", "g(a, y)")] == [shown("x + y"), None, None]


def test_the_call_that_a_name_stands_for():
    found = table("J(a, b) = a b", r"K(a \mid b) = a", "L(a) = a", "L(b) = b^2")
    names = {text: tree(text) for text in ("J", "K", "L", "M", "a", "b", "c", "a_1")}
    calls = {
        (function, by): found.of(names[function], names[by]) for function in "JKLM" for by in ("a", "b", "c", "a_1")
    }
    assert all(call is None or call.separators == (",",) * (len(call.before) - 1) for call in calls.values())
    assert {key: printed(call) for key, call in calls.items() if call is not None} == {
        ("J", "a"): shown("J(a, b)"),
        ("J", "b"): shown("J(a, b)"),
        ("J", "a_1"): shown("J(a, b)"),
    }


def test_a_captured_definition_of_one_number_is_known_by_itself():
    found = table(r"g(x) = \max_y x y")
    assert found.captured(tree("g(y)"), 9) is not None
    assert found.captured(tree("g(a)"), 9) is None
    assert table(r"g(x, z) = \max_y x y z").captured(tree("g(y, y)"), 9) is None
    assert table(r"g(x^2) = \max_y x^2 y").captured(tree("g(y)"), 9) is None
    assert table(r"g(x) = \max_y x y", given=False).captured(tree("g(y)"), 9) is None
    assert table(r"g(x) = \max_y x y", is_limited=True).captured(tree("g(y)"), 9) is None
    assert table(r"g(x) = \max_y x y", r"g(x) = \max_y x + y").captured(tree("g(y)"), 9) is None


def test_definitions_are_put_into_each_other_three_deep():
    found = table("g(x) = h(x)", "h(x) = k(x)", "k(x) = l(x)", "l(x) = x^2", "u(x) = x")
    assert printed(with_definitions(tree("1 + g(a)"), found, 9)) == shown("1 + l(a)")
    assert printed(with_definitions(tree("k(a) + a"), found, 9)) == shown("a^2 + a")
    assert printed(with_definitions(tree("g(a)"), table("g(x) = x^2", given=False), 9)) == shown("g(a)")
    assert isinstance(tree("g(a)"), t.Applied)
