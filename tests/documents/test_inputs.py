r"""Documents in several files: `\input` is followed inside the folder, and every relation keeps its own place."""

from __future__ import annotations

import pytest

from symderiv.check import Options, check_paths
from symderiv.documents import inputs
from symderiv.readers import latex
from symderiv.rows import explain_row
from symderiv.writers.verdicts import name_of

MAIN = "\\newcommand{\\half}{\\frac{1}{2}}\nLet $a = \\half b$.\n\n\\input{parts/middle}\n\n$$ 4 a = 2 b $$\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "main.tex").write_text(MAIN)
    (tmp_path / "parts" / "middle.tex").write_text("We get\n\n$$ 2 a = b $$\n\\include{parts/last}")
    (tmp_path / "parts" / "last.tex").write_text("and\n\n$$ \\half a =\n  b $$\n")
    return tmp_path


def _told(report):
    return {
        (file.path.rsplit("/", 1)[-1], step.span.line): name_of(step.verdict)
        for file in report.files
        for derivation in file.derivations
        for step in derivation.steps
    }


def test_what_is_input_is_checked_with_what_the_document_says(folder):
    report = check_paths([folder / "main.tex"], Options(jobs=1, cache=False))
    assert _told(report) == {("middle.tex", 3): "proved", ("last.tex", 3): "gap", ("main.tex", 6): "proved"}
    assert [file.diagnostics for file in report.files] == [(), (), ()]


def test_a_part_is_not_checked_by_itself_as_well(folder):
    paths = sorted(folder.rglob("*.tex"))
    report = check_paths(paths, Options(jobs=1, cache=False))
    assert sorted(file.path for file in report.files) == [str(path) for path in paths]
    assert _told(report)["middle.tex", 3] == "proved"


def test_ends_are_places_of_the_same_file(folder):
    report = check_paths([folder / "main.tex"], Options(jobs=1, cache=False))
    (step,) = next(file for file in report.files if file.path.endswith("last.tex")).derivations[0].steps
    assert (step.span.line, step.span.column, step.span.end_line, step.span.end_column) == (3, 4, 4, 4)


def test_a_row_is_explained_at_its_own_line(folder):
    assert "4 \\, a = 2 \\, b" in explain_row(folder / "main.tex", 6, Options(jobs=1, cache=False))
    assert explain_row(folder / "main.tex", 3, Options(jobs=1, cache=False)) is None


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (r"\input{../outside}", "this file is outside of the document's folder"),
        (r"\input{/etc/passwd}", "this file is outside of the document's folder"),
        (r"\input{link}", "this file is outside of the document's folder"),
        (r"\input{missing}", "no such file"),
        (r"\input{sub}", "no such file"),
        (r"\input a", "this file inputs itself"),
        (r"\include{bytes}", "byte 0xff is not UTF-8"),
    ],
)
def test_what_is_not_read_is_said_at_its_place(tmp_path, command, message):
    (tmp_path / "outside.tex").write_text("$$ c = d $$")
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "link.tex").symlink_to(tmp_path / "outside.tex")
    (folder / "bytes.tex").write_bytes(b"\xff")
    path = folder / "a.tex"
    path.write_text(f"$$a = b$$\n% \\input{{c}}\n {command} after\n\\begin{{verbatim}}\\input{{b}}\\end{{verbatim}}")
    page = latex.READER.read(path)
    assert [(d.code, d.span.line, d.span.column) for d in page.diagnostics] == [("input-skipped", 3, 2)]
    assert page.diagnostics[0].message == message
    assert len(page.derivations) == 1


def test_files_that_input_each_other_come_to_an_end(tmp_path):
    (tmp_path / "a.tex").write_text("$$a = b$$ \\input{b} \\input{b}")
    (tmp_path / "b.tex").write_text("$$b = c$$ \\input{a}")
    page = latex.READER.read(tmp_path / "a.tex")
    assert {d.message for d in page.diagnostics} == {"this file inputs itself"}
    assert len(page.derivations) == 3


def test_what_grows_without_bound_is_cut_off(tmp_path, monkeypatch):
    monkeypatch.setattr(inputs, "MOST", 20)
    for number in range(10):
        (tmp_path / f"f{number}.tex").write_text(f"$$a = b$$ \\input{{f{number + 1}}} \\input{{f{number + 1}}}")
    (tmp_path / "f10.tex").write_text("$$a = b$$")
    page = latex.READER.read(tmp_path / "f0.tex")
    assert "too many files input each other" in {d.message for d in page.diagnostics}
    assert len(page.derivations) <= 21
