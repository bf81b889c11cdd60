"""Documents that are written to do harm: a diagnostic or nothing, in bounded time."""

from __future__ import annotations

import time

import pytest

from symderiv.documents.document import LARGEST
from symderiv.documents.latex_files import read_latex
from symderiv.documents.markdown_files import read_markdown
from symderiv.documents.page import page_of
from symderiv.formulas.source import Source
from symderiv.readers import latex, markdown, notebook

LONGEST_SECONDS = 10
MACROS = "".join(
    rf"\newcommand{{\{a}}}{{\{b}\{b}}}" for a, b in zip("abcdefghijklmnopqrs", "bcdefghijklmnopqrst", strict=True)
)
HOSTILE = {
    "nested braces": "{" * 10_000 + "}" * 10_000,
    "nested braces in a display": "$$" + "{" * 10_000 + "}" * 10_000 + " = 1$$",
    "braces that never close": "$$" + "{" * 10_000 + " = 1$$",
    "nested brackets": "$$" + "(" * 5_000 + ")" * 5_000 + " = 1$$",
    "nested environments": r"\begin{align}" * 10_000,
    "nested arrays": "$$" + r"\begin{cases}" * 3_000 + "$$",
    "nested powers": "$$" + "x^{" * 3_000 + "x" + "}" * 3_000 + " = 1$$",
    "nested subscripts": "$$" + "x_{" * 3_000 + "x" + "}" * 3_000 + " = 1$$",
    "nested accents": "$$" + r"\hat" * 3_000 + "x = 1$$",
    "nested fractions": "$$" + r"\frac" * 3_000 + " = 1$$",
    "attempts in attempts": "$$" + r"\frac{d " * 38 + "x" + "}{2}" * 38 + " = 1$$",
    "products in products": "$$" + r"\prod_i a " * 400 + " = 1$$",
    "slashes": "$$" + "a/" * 5_000 + "b = 1$$",
    "a long stretch": "word " * 200_000,
    "a long sum": "$$" + "a + " * 100_000 + "a = 1$$",
    "dollars": "$" * 50_000,
    "backslashes": "\\" * 50_000,
    "comments that never close": "<!-- symderiv: " * 20_000,
    "macros of themselves": r"\newcommand{\a}{\a\a} $$\a = 1$$",
    "macros of each other": r"\def\a{\b}\def\b{\a} $$\a = 1$$",
    "exponential macros": MACROS + r"\newcommand{\t}{x} $$\a = 1$$",
    "exponential arguments": r"\newcommand{\a}[1]{#1#1#1#1} $$" + r"\a{" * 15 + "x" + "}" * 15 + " = 1$$",
    "nested arguments": r"\newcommand{\a}[1]{#1} $$" + r"\a{" * 3_000 + "x" + "}" * 3_000 + " = 1$$",
    "a macro without its argument": r"\newcommand{\a}[2]{#1} $$\a{x}$$",
    "an argument that a macro lacks": r"\newcommand{\a}[1]{#2} $$\a{x} = 1$$",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("read", [read_latex, read_markdown])
def test_hostile_documents_end(name, read):
    started = time.process_time()
    page_of(read(Source("a", HOSTILE[name])))
    assert time.process_time() - started < LONGEST_SECONDS


@pytest.mark.parametrize(
    "name", ["macros of themselves", "macros of each other", "exponential macros", "exponential arguments"]
)
def test_macros_without_end_are_said_in_the_formula(name):
    text = HOSTILE[name]
    (found,) = page_of(read_latex(Source("a", text))).diagnostics
    assert found.code == "unread"
    assert found.span.column >= text.index("$$") + 3


@pytest.mark.parametrize(
    "command", [r"\write18{touch pwned}", r"\input{/etc/passwd}", r"\openout3=pwned", r"\csname a\endcsname"]
)
def test_commands_that_do_things_do_nothing(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = page_of(read_latex(Source("a", f"{command} $$a = {command}$$ \\immediate{command}")))
    assert {d.code for d in page.diagnostics} - {"input-skipped"} == {"unread"}
    assert list(tmp_path.iterdir()) == []


def test_category_codes_change_nothing():
    page = page_of(read_latex(Source("a", r"\catcode`\$=12 $$a = \foo$$")))
    assert [str(d.span) for d in page.diagnostics] == ["a:1:22"]


@pytest.mark.parametrize("reader", [latex, markdown, notebook])
def test_what_is_too_large_or_no_text_is_said(reader, tmp_path):
    path = tmp_path / f"a{reader.SUFFIXES[0]}"
    path.write_bytes(b"x" * 10_000_000)
    assert [d.code for d in reader.READER.read(path).diagnostics] == ["too-large"]
    path.write_bytes(b"$$a\n = \xff$$")
    (found,) = reader.READER.read(path).diagnostics
    assert (found.code, found.span.line, found.span.column) == ("not-decodable", 2, 4)
    assert LARGEST < 10_000_000
