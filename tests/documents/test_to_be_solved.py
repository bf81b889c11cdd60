"""Which relations are to be solved, and which ones belong to one problem, without what is proved of them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from symderiv import E, at_most, equal, less, random_variables, scalars
from symderiv.documents.displays import Display, Row
from symderiv.documents.role import Role
from symderiv.documents.unknowns import to_be_solved

x, y, z = scalars("x y z")
(pi,) = scalars(r"\pi")
X, Y = random_variables("X Y")
SQUARE = equal(x**2, 4)
MANY = equal(sum(scalars("a b c d"), x) + y + z, 1)


def line(stated, words=None, lead="", kind="first", role="inference"):
    """A relation: behind some words where it opens a display, else in that of the one before it."""
    return SimpleNamespace(proposition=stated, words=words, lead=lead, kind=kind, role=Role(role))


def posed(*lines, said=(), lasting=True):
    """The places of the relations that are to be solved, each with those of the problem."""
    displays: list[Display] = []
    for place, one in enumerate(lines):
        if one.words is not None or not displays:
            displays.append(Display(len(displays), None, (), led_by=one.words or ""))
        sign = "=" if one.lead != "if" else "<"
        one.display, one.row = displays[-1], Row(0, (place, place), one.kind, sign, None, None, one.lead)
        displays[-1].rows.append(one.row)
    found = to_be_solved(lines, said, lambda _: lasting)
    return {place: [*whole] for place, whole in found.items()}


TWICE, THRICE = equal(2 * x, 4), equal(3 * y, 9)


@pytest.mark.parametrize(
    ("stated", "is_posed"),
    [
        (equal(2 * x + 3, 7), True),
        (equal(7, 2 * x + 3), True),
        (equal(-x, 7), True),
        (equal(2 / x, 7), True),
        (SQUARE, True),
        (less(2 * x, 4), True),
        (at_most(x**2, 4), False),
        (equal(x, 2 * y), False),
        (equal(x - x, 1), False),
        (equal(x, x + 1), False),
        (equal(0 * x, 1), False),
        (equal(2 * x - x, x), False),
        (equal(x**6, 4), True),
        (equal(x**9, 4), False),
        (equal(x**y, 4), False),
        (equal(x ** (y - y), 4), False),
        (equal(E(X) ** 2, 4), False),
        (equal(1 / (x - x), 4), False),
        (equal((x - x) ** 2, 4), False),
        (equal((x - x) ** -2, 4), False),
        (equal(sum(scalars("a b c d"), x) + y, 1), True),
        (MANY, False),
        (equal(pi, 3), False),
        (equal(2, 3), False),
        (equal(E(X), 0), False),
        (equal(x, E(X)), False),
        (equal(E(X), x), False),
    ],
)
def test_an_equation_with_a_number_is_to_be_solved(stated, is_posed):
    assert posed(line(stated, "")) == ({0: [0]} if is_posed else {})


@pytest.mark.parametrize(
    ("stated", "is_posed"),
    [
        (equal(x, 2 * y), True),
        (equal(x, x + 1), True),
        (equal(2, 3), True),
        (equal(E(X), 0), True),
        (equal(E(X), E(Y)), False),
        (equal(x, E(X)), False),
        (equal(x**9, y), False),
    ],
)
def test_what_an_arrow_leads_on_from_is_supposed(stated, is_posed):
    behind = line(equal(E(X), E(X)), lead="implies", kind="continued")
    assert posed(line(stated, ""), behind) == ({0: [0, 1]} if is_posed else {})
    other = line(equal(E(X), E(X)), "", lead="implies", kind="continued")
    assert (0 in posed(line(stated, ""), other)) is (0 in posed(line(stated, "")))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line(TWICE, "Solve"), line(equal(x, 2), "")], {0: [0, 1]}),
        ([line(TWICE, "Thus")], {}),
        ([line(equal(x - x, 0), "Thus"), line(TWICE, kind="sided")], {1: [1]}),
        ([line(equal(x - x, 0), ""), line(TWICE, kind="continued")], {}),
        ([line(TWICE, "", lead="so")], {}),
        ([line(TWICE, "", lead="and")], {0: [0]}),
        ([line(TWICE, "", lead="if")], {}),
        ([line(None, ""), line(TWICE)], {1: [1]}),
        ([line(equal(x, 2), "", lead="if", role="given"), line(TWICE)], {1: [1]}),
        ([line(TWICE, "Solve"), line(equal(x, 2), ""), line(SQUARE, lead="implies", kind="continued")], {0: [0, 1, 2]}),
        (
            [line(equal(E(X), 0), ""), line(SQUARE, lead="implies"), line(equal(x, y), lead=",", kind="sided")],
            {0: [0, 1, 2]},
        ),
    ],
)
def test_what_follows_from_something_is_not_to_be_solved(lines, expected):
    assert posed(*lines) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line(TWICE, "Solve"), line(THRICE, "Solve")], {0: [0], 1: [1]}),
        ([line(TWICE, "Solve"), line(THRICE, ""), line(SQUARE, lead="implies", kind="continued")], {0: [0], 1: [1, 2]}),
        ([line(TWICE, "Solve"), line(THRICE, "The other one is")], {0: [0], 1: [1]}),
        ([line(TWICE, "Solve"), line(THRICE, "")], {0: [0, 1], 1: [0, 1]}),
        ([line(TWICE, "Solve"), line(THRICE, "Adding the two")], {0: [0, 1], 1: [0, 1]}),
        ([line(TWICE, "Solve"), line(THRICE, "Next we compute")], {0: [0, 1], 1: [0, 1]}),
        ([line(TWICE, "Solve"), line(THRICE, "So consider")], {0: [0], 1: [1]}),
        ([line(TWICE, "Solve"), line(THRICE)], {0: [0, 1], 1: [0, 1]}),
        ([line(TWICE, "Solve"), line(equal(x, 2), "Consider")], {0: [0, 1]}),
        ([line(TWICE, "Solve"), line(equal(x, 3), "Consider")], {0: [0], 1: [1]}),
        ([line(TWICE, "Solve"), line(equal(x, 3), "")], {0: [0, 1]}),
        ([line(TWICE, "Solve"), line(SQUARE, "")], {0: [0, 1]}),
        ([line(TWICE, "Solve"), line(SQUARE, "Solve")], {0: [0], 1: [1]}),
        ([line(TWICE, "Solve"), line(equal(x**2, 0), "Solve")], {0: [0], 1: [1]}),
        ([line(equal(2 * x - 6, 0), "Solve"), line(equal(x, 3), "Consider")], {0: [0, 1]}),
        ([line(TWICE, "Solve"), line(at_most(2 * x, 4), "Solve")], {0: [0], 1: [1]}),
        ([line(TWICE, "Solve"), line(at_most(2 * x, 4), "")], {0: [0, 1]}),
        ([line(TWICE, "Solve"), line(equal(E(X), 0), "Solve")], {0: [0]}),
        ([line(SQUARE, "Solve"), line(equal(x, 2), "")], {0: [0, 1]}),
        ([line(less(x, 4), "Solve"), line(less(1, x), "")], {0: [0, 1]}),
        ([line(less(x, 4), "Solve"), line(less(1, y), "")], {0: [0, 1], 1: [0, 1]}),
        ([line(equal(x + y, 3), "Solve"), line(equal(x - y, 1), "")], {0: [0, 1], 1: [0, 1]}),
        ([line(equal(x + y, 3), "Solve"), line(equal(2 * x + 2 * y, 5), "")], {0: [0, 1]}),
    ],
)
def test_a_problem_ends_where_another_one_begins(lines, expected):
    assert posed(*lines) == expected


@pytest.mark.parametrize("said", [True, False])
def test_what_is_known_is_not_to_be_solved(said):
    known = {"said": (equal(x, 2),)} if said else {}
    given = [] if said else [line(equal(x, 2), "Let", role="given")]
    start = len(given)
    assert posed(*given, line(TWICE, "Solve"), **known) == {}
    assert posed(*given, line(THRICE, "Solve"), line(TWICE, "Solve"), **known) == {start: [start, start + 1]}
    again = posed(*given, line(THRICE, "Solve"), line(equal(z, 1), "Solve"), line(TWICE, "Solve"), **known)
    assert again == {start: [start], start + 1: [start + 1, start + 2]}
    if given:
        assert posed(*given, line(TWICE, "Solve"), lasting=False) == {1: [1]}
