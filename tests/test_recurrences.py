"""Procedures that build recurrent networks, against the equations h[0] = c(x[0], 0) and h[t] = c(x[t], h[t-1])."""

from __future__ import annotations

import pytest

from symderiv.model.program import Affine, SizeOf, combine, of_atom
from symderiv.recurrences import Equation, check_procedure

T = of_atom(SizeOf("T"))
ONE = Affine((), 1)
EQUATIONS = [
    Equation("H", "t", "CELL(Phi, X[0], ZERO)", Affine(), Affine()),
    Equation("H", "t", "CELL(Phi, X[t], H[t-1])", ONE, T),
]
LENGTHS = {"X": combine(T, ONE)}


def check(source):
    return check_procedure(source.strip("\n"), EQUATIONS, LENGTHS, "notes.tex", 10)


PRINTED = """
X = list()
H = list()
H[0] = CELL(Phi,X[0],ZERO)
for t in range(1,T)
    H[t] = CELL(Phi,X[t],H[t-1])
"""


def test_all_defects_of_the_printed_procedure_are_found_at_their_places():
    found = {d.code: d for d in check(PRINTED)}
    assert set(found) == {"procedure-overwrites", "procedure-index-error", "syntax-error", "procedure-incomplete"}
    assert (found["procedure-overwrites"].span.line, found["procedure-overwrites"].span.column) == (10, 1)
    assert "X is given" in found["procedure-overwrites"].message
    errors = [d for d in check(PRINTED) if d.code == "procedure-index-error"]
    assert errors[0].span.line == 12
    assert "H[0] = raises IndexError: the list is empty" in errors[0].message
    assert (found["syntax-error"].span.line, found["syntax-error"].message) == (13, "expected ':'")
    assert "T = 1: H[1] is never built" in found["procedure-incomplete"].message


CORRECT = {
    "append": """
H = list()
H.append(CELL(Phi, X[0], ZERO))
for t in range(1, T + 1):
    H.append(CELL(Phi, X[t], H[t-1]))
""",
    "the last one": """
H = []
H.append(CELL(Phi, X[0], ZERO))
for t in range(1, len(X)):
    H.append(CELL(Phi, X[t], H[-1]))
""",
    "a list of the right length": """
H = [None] * (T + 1)
H[0] = CELL(Phi, X[0], ZERO)
for t in range(1, T + 1):
    H[t] = CELL(Phi, X[t], H[t-1])
""",
    "shifted": """
H = [None] * (T + 1)
H[0] = CELL(Phi, X[0], ZERO)
for t in range(T):
    H[t+1] = CELL(Phi, X[t+1], H[t])
""",
    "a function": """
def build(Phi, X, T):
    H = []
    H.append(CELL(Phi, X[0], ZERO))
    for t in range(1, T + 1):
        H.append(CELL(Phi, X[t], H[t-1]))
    return H
""",
}


@pytest.mark.parametrize("source", CORRECT.values(), ids=CORRECT.keys())
def test_a_correct_procedure_is_accepted_for_every_length(source):
    assert check(source) == []


APPEND, SHIFTED, ROOM = CORRECT["append"], CORRECT["shifted"], CORRECT["a list of the right length"]
WRONG = {
    "a step too few": (APPEND.replace("T + 1", "T"), "procedure-incomplete", "T = 1: H[1] is never built"),
    "a step too many": (APPEND.replace("T + 1", "T + 2"), "procedure-unbuilt", "X[t] is read"),
    "a list too short": (ROOM.replace("(T + 1)\n", "T\n", 1), "procedure-index-error", "it has T elements"),
    "another state": (APPEND.replace("H[t-1]", "H[0]"), "procedure-wrong-value", "should be CELL(Phi, X[t], H[t-1])"),
    "another input": (APPEND.replace("X[t]", "X[t-1]"), "procedure-wrong-value", "X[t-1]"),
    "a later state": (SHIFTED.replace("H[t])", "H[t+1])"), "procedure-unbuilt", "H[t+1] is read before"),
    "no first state": (APPEND.replace("H.append(CELL(Phi, X[0], ZERO))\n", ""), "procedure-wrong-value", ""),
    "an unknown statement": (APPEND + "print(H)\n", "procedure-unread", "neither"),
    "a line that is no Python": ("H = = 1" + APPEND, "syntax-error", "invalid syntax"),
}


@pytest.mark.parametrize(("source", "code", "message"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_procedure_is_found_out(source, code, message):
    found = check(source)
    assert code in {d.code for d in found}, found
    assert any(message in d.message for d in found if d.code == code), found


def test_nothing_is_executed(tmp_path):
    target = tmp_path / "executed"
    check(f"__import__('pathlib').Path({str(target)!r}).touch()")
    assert not target.exists()
