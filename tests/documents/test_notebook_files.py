"""Notebooks: what stands in their Markdown cells, at its place in the file; and what is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.documents.notebook_files import read_notebook
from symderiv.formulas.source import Source
from symderiv.readers.notebook import READER


def cell(source, kind="markdown", **more):
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def notebook(*cells, **more):
    return {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": list(cells), **more}


def read(text):
    return read_notebook(Source("a.ipynb", text))


def pointed(text, document, start, end):
    """What stands in the file between the places of two offsets."""
    lines = text.split("\n")
    span = document.source.span(start, end)
    assert span.line == span.end_line
    return lines[span.line - 1][span.column - 1 : span.end_column - 1]


def displays(document):
    return [document.text(piece).strip() for piece in document.pieces if piece.kind == "display"]


def test_displays_of_markdown_cells_are_read_and_code_is_not():
    code = cell("$$c = d$$", "code", outputs=[], execution_count=None)
    text = json.dumps(notebook(cell("Let\n\n$$a = b$$\n"), code, cell(["$$\n", "x &= y\n", "$$"])))
    assert displays(read(text)) == ["a = b", "x &= y"]


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_places_are_those_of_the_file_behind_escapes(indent, ascii_only):
    source = ['A "word",\té \N{GRINNING FACE} and\n', "\n", "$$\\alpha\\,x = \\foo{y}\n", "\\quad z$$\n"]
    text = json.dumps(notebook(cell(source), cell("".join(source))), indent=indent, ensure_ascii=ascii_only)
    document = read(text)
    for command in (r"\alpha", r"\foo", r"\quad"):
        start = -1
        for _ in range(2):
            start = document.source.text.index(command, start + 1)
            assert pointed(text, document, start, start + len(command)) == "\\" + command


def test_diagnostics_of_formulas_point_into_the_file(tmp_path: Path):
    text = json.dumps(notebook(cell(["Then\n", "\n", "$$\n", "a = \\foo b\n", "$$\n"])), indent=1)
    path = tmp_path / "a.ipynb"
    path.write_text(text)
    page = READER.read(path)
    (found,) = page.diagnostics
    line = next(n for n, content in enumerate(text.split("\n"), 1) if "foo" in content)
    assert (found.code, found.span.line) == ("unread", line)
    assert text.split("\n")[line - 1][found.span.column - 1 :].startswith("\\\\foo")


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "invalid-json", 1, 1),
        ("{", "invalid-json", 1, 2),
        ('{"cells": [\n  {"a": }\n]}', "invalid-json", 2, 9),
        ('{"nbformat": 4,\n "nbformat": 4}', "invalid-json", 2, 2),
        ('{"nbformat": 4,\n "nbform\\u0061t": 4}', "invalid-json", 2, 2),
        ("[" * 100_000, "invalid-json", 1, 1),
        ("[" * 100 + "]" * 100, "invalid-json", 1, 61),
        ('{"nbformat": ' + "4" * 5000 + "}", "invalid-json", 1, 1),
        ("[]", "invalid-notebook", 1, 1),
        ("null", "invalid-notebook", 1, 1),
        ('{"nbformat": 3,\n "worksheets": []}', "invalid-notebook", 1, 14),
        ('{"nbformat": 4,\n "nbformat_minor": "x"}', "invalid-notebook", 2, 20),
        ('{"nbformat": 4,\n "nbformat_minor": 4, "metadata": {}, "cells": [\n 7]}', "invalid-notebook", 3, 2),
        (json.dumps(notebook(cell(7)), indent=1), "invalid-notebook", 9, 14),
    ],
)
def test_what_is_no_notebook_is_said_once_at_its_place(text, code, line, column):
    document = read(text)
    assert document.pieces == ()
    (found,) = document.diagnostics
    assert (found.code, found.span.line, found.span.column) == (code, line, column)


def test_bytes_that_are_no_text_are_said_at_their_place(tmp_path: Path):
    path = tmp_path / "a.ipynb"
    path.write_bytes(b'{"nbformat":\n \xff}')
    (found,) = READER.read(path).diagnostics
    assert (found.code, found.span.line, found.span.column) == ("not-decodable", 2, 2)


def test_half_a_surrogate_pair_is_replaced():
    document = read(json.dumps(notebook(cell("\ud800 $$a = b$$"))))
    assert displays(document) == ["a = b"]
    document.source.text.encode()


@settings(max_examples=200)
@given(st.lists(st.text(alphabet='a$\\"\n\r\té\N{GRINNING FACE}{}&= ', max_size=20), max_size=4), st.booleans())
def test_every_character_points_at_what_it_was_written_as(lines, ascii_only):
    text = json.dumps(notebook(cell(lines), cell("".join(lines))), ensure_ascii=ascii_only)
    document = read(text)
    assert document.diagnostics == ()
    joined = document.source.text
    for offset, character in enumerate(joined):
        written = pointed(text, document, offset, offset + 1)
        if character not in "\n":
            assert json.loads(f'"{written}"') == character
