"""Hypotheses that no proof needs are told where that is asked for, and only those."""

from __future__ import annotations

import json
import textwrap

import pytest

from symderiv.check import Options, check_paths, prove_statement
from symderiv.cli import main
from symderiv.explanations import explain

HEADER = """
from symderiv import *
x, y = variables("x y")
P = distribution("P", x, y)
a, b, c = scalars("a b c")
"""
SAYS = "every step is proved without the hypothesis "


def found_in(tmp_path, script, idle=True, cache=False):
    path = tmp_path / "script.py"
    path.write_text(HEADER + textwrap.dedent(script), encoding="utf-8")
    (file,) = check_paths([path], Options(cache=cache, idle=idle)).files
    return [(d.span.line, d.message.removeprefix(SAYS)) for d in file.diagnostics if d.code == "idle-hypothesis"]


def told(tmp_path, script, **options):
    return [message for _, message in found_in(tmp_path, script, **options)]


def logarithm(*assumptions):
    return f"""
    product = derivation(
        "The logarithm of a product",
        assume=[{", ".join(assumptions)}],
        claim=equal(ln(a * b), ln(b) + ln(a)),
        steps=[start(ln(a * b)), eq(ln(a) + ln(b)), eq(ln(b) + ln(a))],
    )
    """


@pytest.mark.parametrize(
    ("assumptions", "idle"),
    [
        (["greater(a, 0)", "greater(b, 0)"], []),
        (["greater(a, 0)", "greater(c, 0)", "greater(b, 0)"], ["c > 0"]),
        (["greater(a, 0)", "greater(b, 0)", "at_least(b, 1)"], [r"b \geq 1"]),
        (["at_least(b, 1)", "greater(a, 0)", "greater(b, 0)"], ["b > 0"]),
        (["greater(b, c)", "at_least(c, 0)", "greater(a, 0)"], []),
        (["greater(a, 0)", "greater(b, 0)", "equal(c, a + b)", "less(c, 9)"], ["c = a + b", "c < 9"]),
        (["implies(greater(c, 0), greater(a, 0))", "greater(c, 0)", "greater(b, 0)"], []),
    ],
)
def test_what_no_step_needs(tmp_path, assumptions, idle):
    assert told(tmp_path, logarithm(*assumptions)) == idle


def test_only_where_it_is_asked_for(tmp_path):
    assert told(tmp_path, logarithm("greater(a, 0)", "greater(b, 0)", "greater(c, 0)"), idle=False) == []


def test_what_a_step_needs_to_be_defined_is_not_idle(tmp_path):
    script = """
    quotient = derivation("", assume=[unequal(b, 0), unequal(c, 0)], claim=equal((a + b) / b, 1 + a / b))
    """
    assert told(tmp_path, script) == [r"c \neq 0"]


def test_what_one_step_of_a_chain_needs_is_not_idle(tmp_path):
    script = """
    bound = derivation(
        "", assume=[at_most(a, b), at_most(b, c)], claim=at_most(2 * a, b + c),
        steps=[start(2 * a), le(a + b), le(b + c)],
    )
    """
    assert told(tmp_path, script) == []


def test_nothing_is_told_where_a_step_is_not_proved(tmp_path):
    script = """
    wrong = derivation("", assume=[greater(c, 0)], steps=[start(a + b), eq(b + a), eq(a - b)])
    """
    assert told(tmp_path, script) == []


def test_what_the_words_say_by_themselves_is_idle(tmp_path):
    script = """
    marginal = derivation("", assume=[at_least(P(x, y), 0)], claim=at_least(P.H(x | y), 0))
    """
    assert told(tmp_path, script) == [r"P(x,y) \geq 0"]


@pytest.mark.parametrize(("cites", "where"), [(True, [8]), (False, [8, 9])])
def test_what_a_cited_result_assumes_is_not_idle(tmp_path, cites, where):
    reason = ", by=swapped_sum" if cites else ""
    script = f"""
    # The first result does not need what it assumes, but that is what it says.
    swapped_sum = derivation("", assume=[greater(c, 0)], claim=equal(a + b, b + a))
    other = derivation("", assume=[greater(c, 0)], steps=[start(a + b), eq(b + a{reason})])
    """
    assert [line for line, _ in found_in(tmp_path, script)] == where


def test_a_certificate_from_the_cache_tells_the_same(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    script = logarithm("greater(a, 0)", "greater(c, 0)", "greater(b, 0)")
    assert told(tmp_path, script, cache=True) == told(tmp_path, script, cache=True) == ["c > 0"]


def test_assumptions_of_a_single_statement():
    report = prove_statement(
        r"\ln(ab) = \ln a + \ln b", ("a > 0", "b > 1", "c > 0"), Options(jobs=1, cache=False, idle=True)
    )
    (found,) = report.files[0].diagnostics
    assert (found.code, found.message) == ("idle-hypothesis", f"{SAYS}c > 0")


def test_that_a_matrix_is_symmetric_is_not_idle_although_no_step_names_it():
    assumed = ("let S be a matrix", r"S^\top = S", r"x^\top S y > 0")
    report = prove_statement(r"x^\top S y = y^\top S x", assumed, Options(jobs=1, cache=False, idle=True))
    (found,) = report.files[0].diagnostics
    assert "> 0" in found.message


def test_idle_hypotheses_are_no_fault(tmp_path, capsys):
    path = tmp_path / "script.py"
    path.write_text(HEADER + textwrap.dedent(logarithm("greater(a, 0)", "greater(b, 0)", "greater(c, 0)")))
    assert main(["check", "--idle", "--strict", "--no-cache", "--format", "json", str(path)]) == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    (found,) = file["diagnostics"]
    assert (found["code"], found["line"]) == ("idle-hypothesis", 7)
    assert main(["check", "--idle", "--no-cache", "--format", "github", str(path)]) == 0
    assert capsys.readouterr().out.startswith("::notice")


def test_they_are_explained():
    assert "left out" in (explain("idle-hypothesis") or "")
