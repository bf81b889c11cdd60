r"""What derivatives are made of equations between differentials, formula by formula, and where none are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symderiv.documents.differentials import is_differential, tell_differentials
from symderiv.documents.displays import Display, Row
from symderiv.formulas.grammar import read_relations
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Source, Unread

UNREAD = "unread"
FREE = "u = x^2"
"""By it u is a function of x."""


def rows_of(display, formula):
    tree = read_relations(Source("", formula))
    pairs = zip(tree.sides, tree.sides[1:], tree.signs, strict=False)
    return [
        Row(display, (left.start, right.end), "continued" if n else "first", sign, None if n else left, right)
        for n, (left, right, sign) in enumerate(pairs)
    ]


def told(*formulas, before=""):
    """How the last formula is read behind the others, each in a display of its own."""
    displays = [Display(n, None, (), rows_of(n, formula), before) for n, formula in enumerate(formulas)]
    tell_differentials(Source("", " " * 200), displays)
    return [
        UNREAD if row.problem else f"{printed(row.left) if row.left else ''} {row.sign} {printed(row.right)}"
        for row in displays[-1].rows
    ]


DU = r"\frac{\mathrm{d}}{\mathrm{d}x} u"


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        ("du = 2 x dx", rf"{DU} = 2 \cdot x"),
        (r"\mathrm{d}u = 2 x \, \mathrm{d}x", rf"{DU} = 2 \cdot x"),
        (r"\mathrm{d}u = \mathrm{d}x", f"{DU} = 1"),
        ("dx = du", f"{DU} = 1"),
        ("2 x dx = du", rf"{DU} = 2 \cdot x"),
        ("3 du = 2 x dx", rf"3 \cdot {DU} = 2 \cdot x"),
        ("-du = x dx", rf"(-1) \cdot {DU} = x"),
        ("du = - x dx", f"{DU} = -x"),
        (r"\mathrm{d}u = - x \mathrm{d}x", f"{DU} = -x"),
        (r"\frac{du}{2} = x dx", rf"\frac{{1}}{{2}} \cdot {DU} = x"),
        (r"\mathrm{d}u = \frac{\mathrm{d}x}{2 x}", rf"{DU} = \frac{{1}}{{2 \cdot x}}"),
        (r"du = x \frac{dx}{2}", rf"{DU} = x \cdot \frac{{1}}{{2}}"),
        ("u = 2 x", r"u = 2 \cdot x"),
        (r"du \leq 2 x dx", r"d \cdot u <= 2 \cdot x \cdot d \cdot x"),
        ("du = x dx + 1", r"d \cdot u = x \cdot d \cdot x + 1"),
        ("du = 1", r"d \cdot u = 1"),
        (r"\mathrm{d}u = 3", r"\mathrm{d}u = 3"),
        ("dy = 2 x dx", UNREAD),
        ("du = x dx + dx", UNREAD),
        (r"\mathrm{d}u = \mathrm{d}x - x \mathrm{d}x", UNREAD),
    ],
)
def test_the_equation_is_one_for_a_derivative(formula, meant):
    assert told(FREE, formula) == [meant]


def test_what_is_not_told_is_said():
    display = Display(0, None, (), rows_of(0, "dy = 2 x dx"))
    tell_differentials(Source("", " " * 200), [display])
    assert "nothing says what is a function of what" in display.rows[0].problem.diagnostic.message


def test_a_second_d_is_a_name():
    assert told(FREE, "du = d dx") == [r"d \cdot u = d \cdot d \cdot x"]


def test_a_chain_is_left_as_it_is():
    assert told(FREE, "du = 2 x dx = 3 dx") == [r"d \cdot u = 2 \cdot x \cdot d \cdot x", r" = 3 \cdot d \cdot x"]


@pytest.mark.parametrize(
    ("formulas", "meant"),
    [
        (("x = u^2", "du = x dx"), r"x \cdot \frac{\mathrm{d}}{\mathrm{d}u} x = 1"),
        (("u = u + x", "du = dx"), f"{DU} = 1"),
        ((r"\frac{du}{dx} = x", "du = x dx"), f"{DU} = x"),
        ((r"x = \frac{du}{dt}", "du = x dt"), r"\frac{\mathrm{d}}{\mathrm{d}t} u = x"),
        ((r"\frac{d(u + 1)}{dx} = x", "du = x dx"), UNREAD),
        (("u = x", "x = u", "du = dx"), f"{DU} = 1"),
        (("x = u", "u = x", "du = dx"), r"\frac{\mathrm{d}}{\mathrm{d}u} x = 1"),
        (("u + 1 = x", "du = dx"), UNREAD),
        ((r"u \leq x", "du = dx"), UNREAD),
        (("u = 2", "du = dx"), UNREAD),
        ((r"\frac{du}{dx^2} = 1", "du = dx"), UNREAD),
        (("z = x y", "dz = y dx"), r"\frac{\mathrm{d}}{\mathrm{d}x} z = y"),
        (("z = x y", "dz = y dx", "dz = x dy"), UNREAD),
        (("z = x y", "y = t", "dy = 2 dt", "dz = y dx"), UNREAD),
        (("z = x y", "0 = dx + dy", "dz = y dx"), UNREAD),
    ],
)
def test_which_name_is_a_function_of_which_is_said_by_the_others(formulas, meant):
    assert told(*formulas) == [meant]


@pytest.mark.parametrize(
    ("formulas", "before"),
    [
        (("u = x^2", "d = 3"), ""),
        (("u = x^2 d",), ""),
        ((r"u = d \frac{x}{2}",), ""),
        (("u = d x",), "Let $d$ be differentials and $d = 3$."),
        (("u = x^2",), "Let $d = 3$."),
        (("u = x^2",), "Let $d$ be the dimension."),
        (("u = x^2",), r"Let $d \in N$."),
    ],
)
def test_where_d_is_a_name_nothing_is_told(formulas, before):
    assert told(*formulas, "du = 2 x dx", before=before) == [r"d \cdot u = 2 \cdot x \cdot d \cdot x"]


def test_beside_what_is_put_into_a_volume_differentials_are_numbers():
    plain = r"\mathrm{d}u = 2 \cdot x \cdot \mathrm{d}x"
    assert told(FREE, r"V = \mathrm{d}x", r"\mathrm{d}u = 2 x \mathrm{d}x") == [plain]
    assert told(FREE, r"\mathrm{d}x = \mathrm{d}x", r"\mathrm{d}u = 2 x \mathrm{d}x") != [plain]


def test_what_stands_in_prose_is_told_as_well():
    display = Display(0, None, (), rows_of(0, FREE), inline=rows_of(0, "du = 2 x dx"))
    tell_differentials(Source("", " " * 200), [display])
    assert printed(display.inline[0].left) == DU


def test_only_an_upright_d_marks_a_name_by_itself():
    names = (read_relations(Source("", text)).sides[0] for text in (r"\mathrm{d}x", "x", r"\mathrm{d}x + 1"))
    assert [is_differential(name) for name in (*names, None)] == [True, False, False, False]


def test_rows_of_one_display_that_are_no_chain_are_told():
    display = Display(0, None, (), [*rows_of(0, FREE), *rows_of(0, "du = 2 x dx"), *rows_of(0, "du = x dx = dx")])
    tell_differentials(Source("", " " * 200), [display])
    assert [printed(row.left) if row.left else "" for row in display.rows] == ["u", DU, r"d \cdot u", ""]


def test_what_could_not_be_read_stays_so():
    (first,) = rows_of(0, "dy = 2 x dx")
    row = replace(first, problem=Unread(Source("", " " * 200).span(0, 1), "it is not read", ""))
    display = Display(0, None, (), [*rows_of(0, FREE), row])
    tell_differentials(Source("", " " * 200), [display])
    assert display.rows[1] is row
