"""Procedures in the listings of documents that name their equations."""

from __future__ import annotations

import json

import pytest

from symderiv.check import Options, check_paths
from symderiv.model.verdict import Given, Unread
from tests.processes import lasting_workers

MARKS = """# symderiv: given X[T+1]
# symderiv: H[0] = CELL(Phi, X[0], ZERO)
# symderiv: H[t] = CELL(Phi, X[t], H[t-1]) for 1 <= t <= T
"""
RIGHT = "H = [CELL(Phi, X[0], ZERO)]\nfor t in range(1, T + 1):\n    H.append(CELL(Phi, X[t], H[t-1]))\n"
WRONG = "H = []\nH[0] = CELL(Phi, X[0], ZERO)\nfor t in range(1, T)\n    H[t] = CELL(Phi, X[t], H[t-1])\n"
PLACES = [("procedure-index-error", 2, 1), ("procedure-syntax", 3, 21), ("procedure-index-error", 4, 5)]
PLACES.append(("procedure-incomplete", 4, 5))


def checked(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with lasting_workers():
        (file,) = check_paths([path], Options(jobs=1, cache=False)).files
    return file


def listed(name, body, options=""):
    return f"Text.\n\\begin{{{name}}}{options}\n{body}\\end{{{name}}}\nMore.\n"


@pytest.mark.parametrize(
    ("name", "options"), [("verbatim", ""), ("lstlisting", "[language=Python]"), ("minted", "{python}")]
)
def test_listings_of_latex(tmp_path, name, options):
    file = checked(tmp_path, "notes.tex", listed(name, MARKS + RIGHT, options))
    assert not file.diagnostics
    (derivation,) = file.derivations
    assert derivation.title == "The procedure of line 3: accepted"
    assert [type(step.verdict) for step in derivation.steps] == [Given, Given]
    assert [(step.span.line, step.span.column) for step in derivation.steps] == [(4, 13), (5, 13)]
    file = checked(tmp_path, "notes.tex", listed(name, MARKS + WRONG, options))
    assert [(d.code, d.span.line - 5, d.span.column) for d in file.diagnostics] == PLACES
    assert {type(step.verdict) for step in file.derivations[0].steps} == {Unread}


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_fenced_blocks_of_markdown(tmp_path, fence):
    file = checked(tmp_path, "notes.md", f"# Title\n\n{fence}python\n{MARKS}{RIGHT}{fence}\n")
    assert not file.diagnostics
    assert file.derivations[0].title == "The procedure of line 4: accepted"
    inside = "".join(f"  {line}\n" for line in (MARKS + WRONG).splitlines())
    file = checked(tmp_path, "notes.md", f"- item\n\n  {fence}python\n{inside}  {fence}\n")
    assert [(d.code, d.span.line - 6, d.span.column - 2) for d in file.diagnostics] == PLACES


def test_a_markdown_cell_of_a_notebook(tmp_path):
    lines = f"```python\n{MARKS}{WRONG}```\n".splitlines(keepends=True)
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": lines}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    file = checked(tmp_path, "notes.ipynb", json.dumps(notebook, indent=1))
    written = (tmp_path / "notes.ipynb").read_text().split("\n")
    assert [d.code for d in file.diagnostics] == [code for code, _, _ in PLACES]
    for diagnostic, (_, number, column) in zip(file.diagnostics, PLACES, strict=True):
        line = WRONG.split("\n")[number - 1]
        assert written[diagnostic.span.line - 1].index(line.strip()) - (len(line) - len(line.lstrip())) + column == (
            diagnostic.span.column
        )


NO_BUSINESS = {
    "no comment": listed("verbatim", WRONG),
    "another environment": listed("quote", "# symderiv: H[0] = ZERO\n".replace("#", r"\#")),
    "commented out": "".join(f"% {line}\n" for line in listed("verbatim", MARKS + WRONG).splitlines()),
    "an ordinary comment": listed("verbatim", "# see symderiv: it checks\n" + WRONG),
}


@pytest.mark.parametrize("text", NO_BUSINESS.values(), ids=NO_BUSINESS.keys())
def test_other_listings_are_left_alone(tmp_path, text):
    file = checked(tmp_path, "notes.tex", text)
    assert not [d for d in file.diagnostics if d.code.startswith("procedure")]
    assert not file.derivations


BAD = {
    "# symderiv: given X\n": (3, 13, "given are lists"),
    "# symderiv: given X[len(T)]\n": (3, 13, "the length of X"),
    "# symderiv: given X[T], 3\n": (3, 13, "given are lists"),
    "# symderiv: given X[\n": (3, 13, "given are lists"),
    "# symderiv: given X[T]\n": (3, 1, "there are none"),
    "# symderiv: given H[T]\n# symderiv: H[0] = ZERO\n": (4, 13, "cannot be built"),
    "# symderiv: H = ZERO\n": (3, 13, "an equation is"),
    "# symderiv:\n": (3, 12, "an equation is"),
}


@pytest.mark.parametrize(("marks", "expected"), BAD.items(), ids=BAD.keys())
def test_a_comment_that_cannot_be_read_is_told_at_its_place(tmp_path, marks, expected):
    line, column, message = expected
    (finding,) = checked(tmp_path, "notes.tex", listed("verbatim", marks + RIGHT)).diagnostics
    assert (finding.code, finding.span.line, finding.span.column) == ("procedure-equation", line, column)
    assert message in finding.message


def test_nothing_is_executed(tmp_path):
    target = tmp_path / "executed"
    body = f"{MARKS}__import__('pathlib').Path({str(target)!r}).touch()\n"
    assert [d.code for d in checked(tmp_path, "notes.tex", listed("verbatim", body)).diagnostics] == [
        "procedure-unread"
    ]
    assert not target.exists()
