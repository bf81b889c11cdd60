"""Procedures that build recurrent networks, against the equations h[0] = c(x[0], 0) and h[t] = c(x[t], h[t-1])."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from symderiv.check import Options, check_paths
from symderiv.cli import main
from symderiv.model.procedure import text_at
from symderiv.model.verdict import Given, Unread
from symderiv.readers.procedure_builder import procedure
from symderiv.recurrences import check_procedure
from tests.processes import lasting_workers

EQUATIONS = ["H[0] = CELL(Phi, X[0], ZERO)", "H[t] = CELL(Phi, X[t], H[t-1]) for 1 <= t <= T"]


def check(source, equations=EQUATIONS, given=None):
    """What is wrong with a procedure that begins in line 10 of a file."""
    stated = procedure("Test", source.strip("\n"), equations, {"X": "T + 1"} if given is None else given)
    return check_procedure(replace(stated, text=text_at(source.strip("\n"), "notes.tex", 10)))


PRINTED = """
X = list()
H = list()
H[0] = CELL(Phi,X[0],ZERO)
for t in range(1,T)
    H[t] = CELL(Phi,X[t],H[t-1])
"""


def test_all_defects_of_the_printed_procedure_are_found_at_their_places():
    found = {d.code: d for d in check(PRINTED)}
    assert set(found) == {"procedure-overwrites", "procedure-index-error", "procedure-syntax", "procedure-incomplete"}
    assert (found["procedure-overwrites"].span.line, found["procedure-overwrites"].span.column) == (10, 1)
    assert "X is given" in found["procedure-overwrites"].message
    errors = [d for d in check(PRINTED) if d.code == "procedure-index-error"]
    assert errors[0].span.line == 12
    assert "H[0] = raises IndexError: the list is empty" in errors[0].message
    assert (found["procedure-syntax"].span.line, found["procedure-syntax"].message) == (13, "a colon is missing")
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
    "a line that is no Python": ("H = = 1" + APPEND, "procedure-syntax", "invalid syntax"),
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


MORE_CORRECT = {
    "a first element in brackets": APPEND.replace(
        "H = list()\nH.append(CELL(Phi, X[0], ZERO))", "H = [CELL(Phi, X[0], ZERO)]"
    ),
    "the range from zero": """
H = [CELL(Phi, X[0], ZERO)]
for t in range(T):
    H.append(CELL(Phi, X[t + 1], H[-1]))
""",
    "an integer with a name": """
def build(Phi, X):
    \"\"\"The states.\"\"\"
    n = len(X)
    H = [None] * n
    H[0] = CELL(Phi, X[0], ZERO)
    for t in range(1, n):
        H[t] = CELL(Phi, X[t], H[t - 1])
    return H
""",
    "the size again": APPEND.replace("H = list()", "T = len(X) - 1\nH = list()"),
    "two loops": """
H = [None] * (T + 1)
H[0] = CELL(Phi, X[0], ZERO)
for t in range(1, 2):
    H[t] = CELL(Phi, X[t], H[t - 1])
for s in range(2, T + 1):
    H[s] = CELL(Phi, X[s], H[s - 1])
""",
    "set twice to the same": APPEND.rstrip() + "\nH[0] = CELL(Phi, X[0], ZERO)\n",
    "a module with imports": "import numpy\n\ndef build(X):\n"
    + APPEND.strip().replace("\n", "\n    ").join(["    ", "\n"]),
}


@pytest.mark.parametrize("source", MORE_CORRECT.values(), ids=MORE_CORRECT.keys())
def test_other_correct_procedures_are_accepted(source):
    assert check(source) == []


STATE = """
C = [ZERO]
H = [ZERO]
for t in range(1, T + 1):
    C.append(KEEP(X[t], C[t - 1], H[t - 1]))
    H.append(OPEN(X[t], C[t]))
"""
TWO = [
    "C[0] = ZERO",
    "H[0] = ZERO",
    "C[t] = KEEP(X[t], C[t-1], H[t-1]) for 1 <= t <= T",
    "H[t] = OPEN(X[t], C[t]) for 1 <= t <= T",
]


def test_two_states_that_wait_for_each_other():
    assert check(STATE, TWO) == []
    assert check(STATE.replace("C[t])", "C[-1])"), TWO) == []
    swapped = STATE.replace("C[t - 1], H[t - 1]", "C[t - 1], H[t]")
    assert {d.code for d in check(swapped, TWO)} == {"procedure-wrong-value", "procedure-unbuilt"}
    lines = STATE.strip("\n").split("\n")
    other_order = "\n".join([*lines[:3], lines[4], lines[3]])
    assert [d.code for d in check(other_order, TWO)] == ["procedure-unbuilt"]
    assert "procedure-wrong-value" in {d.code for d in check(STATE.replace("H[t - 1]", "C[-1]"), TWO)}


ATTACKS = {
    "thrown away at the end": (APPEND.rstrip() + "\nH = []\n", "procedure-overwrites"),
    "appended to twice": (APPEND.rstrip() + "\n    H.append(CELL(Phi, X[t], H[t-1]))\n", "procedure-unread"),
    "left early": (APPEND.replace("for t", "return H\nfor t"), "procedure-unread"),
    "an input changed": ("X[0] = ZERO\n" + APPEND.strip(), "procedure-overwrites"),
    "an input made longer": (APPEND.rstrip() + "\nX.append(ZERO)\n", "procedure-overwrites"),
    "a constant replaced": ("ZERO = []\n" + APPEND.strip(), "procedure-overwrites"),
    "a function replaced": ("CELL = 1\n" + APPEND.strip(), "procedure-overwrites"),
    "a size replaced": ("T = 3\n" + APPEND.strip(), "procedure-overwrites"),
    "a size as the variable": (APPEND.replace("for t in range(1, T + 1)", "for T in range(1, 3)"), "procedure-unread"),
    "a parameter as the variable": (APPEND.replace("for t", "for Phi"), "procedure-overwrites"),
    "another keyword": (APPEND.replace("H[t-1])", "H[t-1], back=True)"), "procedure-wrong-value"),
    "else after the loop": (APPEND.rstrip() + "\nelse:\n    H[0] = ZERO\n", "procedure-unread"),
    "no list": (APPEND.replace("H = list()\n", ""), "procedure-unbuilt"),
    "a list as an argument": (APPEND.replace("H = list()", "def f(H):\n  pass"), "procedure-unread"),
    "too many": (APPEND.rstrip() + "\nH.append(CELL(Phi, X[0], ZERO))\n", "procedure-surplus"),
    "a variable after its loop": (APPEND.rstrip() + "\nH[t] = ZERO\n", "procedure-unread"),
    "an unknown size": (APPEND.replace("T + 1", "N"), "procedure-unread"),
    "a step of two": (APPEND.replace("range(1, T + 1)", "range(1, T + 1, 2)"), "procedure-unread"),
    "from two on": (APPEND.replace("range(1, T + 1)", "range(3, T + 1)"), "procedure-unread"),
    "a side effect": (APPEND.replace("X[t], H", "X.pop(), H"), "procedure-wrong-value"),
    "an assignment inside": (APPEND.replace("X[t], H", "(T := 3), H"), "procedure-unread"),
    "another list": (APPEND.rstrip() + "\nG = []\nG.append(H.clear())\n", "procedure-unread"),
    "another name for it": (APPEND.rstrip() + "\nG = H\n", "procedure-unread"),
    "range as an argument": ("def f(range):\n    H = []\n    return H\n", "procedure-unread"),
    "a default": ("def f(H=[]):\n    return H\n", "procedure-unread"),
    "a decorator": ("@undo\ndef f():\n    H = []\n    return H\n", "procedure-unread"),
    "a comprehension": ("H = [CELL(Phi, x, ZERO) for x in X]\n", "procedure-unread"),
    "while": ("H = []\nwhile True:\n    H.append(ZERO)\n", "procedure-unread"),
    "only in one case": (APPEND.replace("    H.append", "    if t > 1: H.append"), "procedure-unread"),
    "a null byte": ("H = []\0\n", "procedure-syntax"),
    "nothing": ("", "procedure-incomplete"),
    "a truth as an index": (ROOM.replace("H[0]", "H[False]"), "procedure-unread"),
}


@pytest.mark.parametrize(("source", "code"), ATTACKS.values(), ids=ATTACKS.keys())
def test_what_looks_right_and_is_not(source, code):
    assert code in {d.code for d in check(source)}, check(source)


def executed(source, length):
    """The elements that a procedure really builds, as terms; None where it raises."""
    names = {"X": [f"x{n}" for n in range(length + 1)], "T": length, "ZERO": "0", "Phi": "p"}
    names["CELL"] = lambda phi, x, h: ("c", phi, x, h)
    try:
        exec(compile(source, "procedure", "exec"), names)  # noqa: S102  # our own texts
    except (IndexError, NameError):
        return None
    return names.get("H")


def wanted(length):
    """The elements that the equations define."""
    found = [("c", "p", "x0", "0")]
    for n in range(1, length + 1):
        found.append(("c", "p", f"x{n}", found[-1]))
    return found


def random_procedure(random):
    """A procedure that is right or not."""
    shift = random.choice([0, 0, 0, 1])
    start, stop = random.choice(["1", "1", "0", "2"]), random.choice(["T + 1", "T + 1", "T", "len(X)", "T + 2"])
    if shift:
        start, stop = random.choice(["0", "0", "1"]), random.choice(["T", "T", "T + 1", "len(X) - 1"])
    at, before = ("t+1", "t") if shift else ("t", "t-1")
    state = random.choice([f"H[{before}]"] * 4 + ["H[-1]", "H[-2]", f"H[{at}]", "H[0]", "ZERO"])
    given = random.choice([f"X[{at}]"] * 5 + [f"X[{before}]", "X[-1]"])
    new = random.choice(["[]", "list()", "[None] * (T + 1)", "[None] * T", "[ZERO]", "[CELL(Phi, X[0], ZERO)]"])
    first = random.choice(["H.append(CELL(Phi, X[0], ZERO))", "H[0] = CELL(Phi, X[0], ZERO)", "H[0] = ZERO", ""])
    step = random.choice([f"H.append(CELL(Phi, {given}, {state}))", f"H[{at}] = CELL(Phi, {given}, {state})"])
    last = random.choice([""] * 4 + ["H[T] = CELL(Phi, X[T], H[T-1])", "H.append(CELL(Phi, X[T], H[-1]))"])
    lines = [f"H = {new}", first, f"for t in range({start}, {stop}):", f"    {step}", last]
    return "\n".join(line for line in lines if line) + "\n"


def test_what_is_accepted_is_what_runs_right():
    random = Random(0)
    accepted = 0
    for source in {random_procedure(random) for _ in range(300)}:
        is_right = all(executed(source, length) == wanted(length) for length in range(1, 6))
        findings = check(source)
        if not findings:
            accepted += 1
            assert is_right, source
        else:  # an element that is set twice has to be right from the first time on
            assert not is_right or source.startswith("H = [ZERO]"), (source, findings)
    assert accepted >= 3


def script(tmp_path, text):
    path = tmp_path / "states.py"
    path.write_text("from pathlib import Path\nfrom symderiv import *\n\n" + text, encoding="utf-8")
    with lasting_workers():
        (file,) = check_paths([path], Options(jobs=1, cache=False)).files
    return path, file


STATED = """    equations=["H[0] = CELL(Phi, X[0], ZERO)", "H[t] = CELL(Phi, X[t], H[t - 1]) for 1 <= t <= T"],
    given={"X": "T + 1"},
)
"""


def test_a_script_that_holds_a_procedure_is_checked(tmp_path):
    text = 'states = procedure(\n    "States",\n    """\n' + APPEND.strip().replace("\n", "\n    ").join(
        ["    ", '\n    """,\n']
    )
    _, file = script(tmp_path, text + STATED)
    assert not file.diagnostics
    (derivation,) = file.derivations
    assert (derivation.name, derivation.title) == ("states", "States: accepted")
    assert [type(step.verdict) for step in derivation.steps] == [Given, Given]
    assert (derivation.steps[1].left, derivation.steps[1].right) == ("H[t]", "CELL(Phi, X[t], H[t - 1])")
    assert derivation.steps[0].span.line == 12


def test_defects_stand_at_their_places_in_a_script(tmp_path):
    text = 'states = procedure(\n    "States",\n    """\n' + PRINTED.strip().replace("\n", "\n    ").join(
        ["    ", '\n    """,\n']
    )
    path, file = script(tmp_path, text + STATED)
    found = {(d.code, d.span.line, d.span.column) for d in file.diagnostics}
    assert found == {
        ("procedure-overwrites", 7, 5),
        ("procedure-index-error", 9, 5),
        ("procedure-syntax", 10, 24),
        ("procedure-index-error", 11, 9),
        ("procedure-incomplete", 11, 9),
    }
    assert {step.verdict.__class__ for step in file.derivations[0].steps} == {Unread}
    assert file.derivations[0].title == "States: not accepted"
    assert main(["check", "--no-cache", str(path)]) == 1


def test_a_text_in_the_first_line_or_with_a_name_or_with_escapes(tmp_path):
    _, file = script(tmp_path, 'states = procedure("S", """H[0] = ZERO""",\n' + STATED)
    assert (file.diagnostics[0].span.line, file.diagnostics[0].span.column) == (4, 28)
    _, file = script(tmp_path, "TEXT = '''é = 1\nH[0] = ZERO\n'''\nstates = procedure(\"S\", TEXT,\n" + STATED)
    assert next((d.span.line, d.span.column) for d in file.diagnostics) == (5, 1)
    _, file = script(tmp_path, 'states = procedure("S", "H[0] = ZERO\\n",\n' + STATED)
    assert (file.diagnostics[0].span.line, file.diagnostics[0].span.column) == (4, 25)
    _, file = script(tmp_path, 'states = procedure("S", "H[0] = " + "ZERO",\n' + STATED)
    assert (file.diagnostics[0].span.line, file.diagnostics[0].span.column) == (4, 10)


def test_functions_and_files_are_read_and_not_executed(tmp_path):
    function = "def build(Phi, X, T):\n    raise SystemExit\n"
    _, file = script(tmp_path, function + 'states = procedure("S", build,\n' + STATED)
    assert [(d.code, d.span.line, d.span.column) for d in file.diagnostics] == [("procedure-unread", 5, 5)]
    (tmp_path / "build.txt").write_text("print('executed')\n" + APPEND.strip())
    _, file = script(tmp_path, 'states = procedure("S", Path("build.txt"),\n' + STATED)
    (finding,) = file.diagnostics
    assert finding.code == "procedure-unread"
    assert finding.span.path == str(tmp_path / "build.txt")
    (tmp_path / "build.txt").write_text(APPEND)
    _, file = script(tmp_path, 'states = procedure("S", Path("build.txt"),\n' + STATED)
    assert not file.diagnostics
    _, file = script(tmp_path, 'states = procedure("S", Path("none.txt"),\n' + STATED)
    assert [d.code for d in file.diagnostics] == ["unreadable-file"]


BAD_EQUATIONS = {
    "H = ZERO": "an equation is",
    "H[0] == ZERO": "an equation is",
    "H[0] =": "is not Python",
    "H[t] = ZERO for t <= T": "is no range",
    "H[t] = ZERO for 1 <= t <= t": "is no range",
    "H[t] = ZERO for 1 <= t > T": "is no range",
    "H[2*t] = ZERO for 1 <= t <= T": "up to a constant",
    "H[0] = ZERO; H[1] = ZERO": "an equation is",
    "H[f(0)] = ZERO": "is no integer",
    "X[0] = ZERO": "X is given",
    "H[0] = SUM(H)": "H stands without an index",
}


@pytest.mark.parametrize(("equation", "message"), BAD_EQUATIONS.items(), ids=BAD_EQUATIONS.keys())
def test_an_equation_that_is_none_is_told_at_its_place(tmp_path, equation, message):
    text = f'states = procedure("S", "H = []", ["{equation}"], {{"X": "T + 1"}})\n'
    _, file = script(tmp_path, text)
    (finding,) = file.diagnostics
    assert (finding.code, finding.span.line, finding.span.column) == ("procedure-equation", 4, 36)
    assert message in finding.message


def test_what_is_missing_is_told(tmp_path):
    _, file = script(tmp_path, 'states = procedure("S", "H = []", [], {})\n')
    assert [d.code for d in file.diagnostics] == ["procedure-equation"]
    _, file = script(tmp_path, 'states = procedure("S", "H = []", ["H[0] = ZERO"], {"X": "len(T)"})\n')
    assert [(d.code, d.span.column) for d in file.diagnostics] == [("procedure-equation", 58)]


def test_an_equation_may_be_written_from_zero():
    shifted = ["H[0] = CELL(Phi, X[0], ZERO)", "H[t+1] = CELL(Phi, X[t+1], H[t]) for 0 <= t < T"]
    assert check(APPEND, shifted) == []
    assert check(APPEND.replace("T + 1", "T"), shifted) != []
