"""Exported proofs compile, whatever stands in their texts."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest

from symderiv.model.report import Report
from symderiv.writers.latex import WRITER
from symderiv.writers.latex_text import broken, escaped


def source(report: Report) -> str:
    stream = io.StringIO()
    WRITER.write(report, stream)
    return stream.getvalue()


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed (Debian: texlive-latex-base)")
def test_an_exported_proof_compiles(report: Report, tmp_path: Path) -> None:
    (tmp_path / "proof.tex").write_text(source(report), encoding="utf-8")
    command = ["pdflatex", "-no-shell-escape", "-halt-on-error", "-interaction=nonstopmode", "proof.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    assert (tmp_path / "proof.pdf").stat().st_size > 1000


def test_the_chain_continues_and_reasons_stand_beside_it(report: Report) -> None:
    text = source(report)
    chain = text[text.index("Derivation.") :]
    assert chain.count("& I(x, y)") == 1
    assert r"\reason{\proved}{(2) log of a quotient; linearity of E}" in text
    assert r"\item[(2)] Needs $P(x) > 0$." in text
    assert r"It holds that $I(x, y) \le H(y)$." in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"50% & \a_b {c} #1", r"50\% \& \textbackslash{}a\_b \{c\} \#1"),
        ("$x^2$ ~", r"\$x\textasciicircum{}2\$ \textasciitilde{}"),
        ("caf\u00e9 \u2013 \u03bb \u6570", r"caf\'{e} -- \ensuremath{\lambda} \texttt{U+6570}"),
        ("two\nlines\x07", "two lines"),
    ],
)  # fmt: skip
def test_text_is_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


def test_long_formulas_break_outside_brackets_only() -> None:
    term = r"\left(a_{1} + b_{2} - c\right) \sum_{x} P(x)"
    assert broken(term) == [term]
    rows = broken(" + ".join([term] * 6))
    assert len(rows) > 1
    assert all(row.count(r"\left") == row.count(r"\right") for row in rows)
    assert all(row.startswith("{} + ") for row in rows[1:])
