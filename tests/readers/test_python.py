"""Scripts, good and bad: what is defined is kept, what is wrong is one diagnostic at its place."""

from pathlib import Path

import pytest

from symderiv.model.page import Page
from symderiv.readers.python import read
from symderiv.reading import read_pages
from symderiv.runner import Workers

PREAMBLE = """\
from symderiv.model.derivation import Derivation
from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.span import Span
from symderiv.model.statement import Context
def chain(title, line=1): return Derivation("", title, "", Context(), (), None, Span(__file__, line, 1, line, 9))
"""


def script(folder: Path, text: str, name: str = "script.py") -> Path:
    path = folder / name
    path.write_text(PREAMBLE + text, encoding="utf-8")
    return path


def names(page: Page) -> list[str]:
    return [derivation.name for derivation in page.derivations]


def test_derivations_come_in_order_of_definition_under_their_names(tmp_path: Path) -> None:
    page = read(script(tmp_path, "second = chain('b')\nfirst = chain('a')\nalias = second\nnumber = 3\n"))
    assert names(page) == ["second", "first"]
    assert page.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "message"),
    [
        ("x = (1,\n", "syntax-error", 6, 5, "'(' was never closed"),
        ("x = 1\ny = 2 + 1 / 0\n", "script-error", 7, 9, "ZeroDivisionError: division by zero"),
        ("é = 'é'; undefined\n", "script-error", 6, 10, "NameError: name 'undefined' is not defined"),
        ("def f():\n    raise KeyError\nf()\n", "script-error", 7, 5, "KeyError"),
        ("import sys; sys.exit()\n", "script-exit", 6, 13, "the script ended itself here"),
        ("import nonsense_of_that_name\n", "script-error", 6, 1, "No module named"),
        ("x = 1\n", "no-derivations", 1, 1, "this file defines no derivation"),
        ("raise SymderivError(Diagnostic('broken-chain', Span('s.py', 9, 2, 9, 3), 'does not join'))\n",
         "broken-chain", 9, 2, "does not join"),
        ("def f(): f()\nf()\n", "script-error", 6, 10, "RecursionError"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_diagnostic(
    tmp_path: Path, text: str, code: str, line: int, column: int, message: str
) -> None:
    page = read(script(tmp_path, text))
    (diagnostic,) = page.diagnostics
    assert (diagnostic.code, diagnostic.span.line, diagnostic.span.column) == (code, line, column)
    assert message in diagnostic.message
    assert page.derivations == ()


def test_what_was_defined_before_a_failure_is_kept(tmp_path: Path) -> None:
    page = read(script(tmp_path, "kept = chain('a')\nraise ValueError('two\\nlines')\nlost = chain('b')\n"))
    assert names(page) == ["kept"]
    assert [diagnostic.message for diagnostic in page.diagnostics] == ["ValueError: two lines"]


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"", "no-derivations", 1, 1),
        (b"x = 1\ny = '\xff'\n", "not-decodable", 2, 6),
        (b"\n\n\ny = '\xff'\n", "not-decodable", 4, 6),
        (b"# -*- coding: klingon -*-\n", "syntax-error", 1, 1),
        (b"x = 1\0\n", "syntax-error", 1, 1),
        (b"(" * 5000 + b")" * 5000, "syntax-error", 1, 201),
    ],
)
def test_files_that_are_no_scripts(tmp_path: Path, data: bytes, code: str, line: int, column: int) -> None:
    path = tmp_path / "script.py"
    path.write_bytes(data)
    (diagnostic,) = read(path).diagnostics
    assert (diagnostic.code, diagnostic.span.line) == (code, line)
    assert diagnostic.span.column in (column, 1)


def test_a_latin_1_script_that_says_so_is_read(tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    path.write_bytes(b"# -*- coding: latin-1 -*-\n" + (PREAMBLE + "d = chain('\xe9')\n").encode("latin-1"))
    assert [derivation.title for derivation in read(path).derivations] == ["é"]


def test_a_missing_file_is_a_diagnostic(tmp_path: Path) -> None:
    (diagnostic,) = read(tmp_path / "none.py").diagnostics
    assert diagnostic.code == "unreadable-file"


def test_scripts_import_their_neighbours_and_count_only_their_own(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    for folder in ("left", "right"):
        (tmp_path / folder).mkdir()
        script(tmp_path / folder, f"lemma = chain('{folder}')\n", "common.py")
        script(tmp_path / folder, "from common import chain as _, lemma\nown = chain(lemma.title)\n")
    across = "import right.common\nfrom left.common import lemma\nown = chain('own')\n"
    script(tmp_path, across, "across.py")
    for folder in ("left", "right"):
        page = read(tmp_path / folder / "script.py")
        assert [(derivation.name, derivation.title) for derivation in page.derivations] == [("own", folder)]
    assert names(read(tmp_path / "across.py")) == ["own"]


def test_printing_does_not_touch_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert names(read(script(tmp_path, "print('hello')\nd = chain('a')\n"))) == ["d"]
    assert capsys.readouterr().out == ""


def test_in_a_worker_a_script_that_never_ends_is_a_diagnostic(tmp_path: Path) -> None:
    texts = {"a": "d = chain('a')\n", "b": "while True: pass\n", "c": "import os; os._exit(1)\n", "d": "d = chain(9)\n"}
    paths = [script(tmp_path, text, f"{name}.py") for name, text in texts.items()]
    with Workers(2, 1, 1 << 30) as workers:
        pages = list(read_pages([*paths, tmp_path / "notes.txt"], workers))
    assert [names(page) for page in pages] == [["d"], [], [], ["d"], []]
    codes = [[diagnostic.code for diagnostic in page.diagnostics] for page in pages]
    assert codes == [[], ["time-limit"], ["reader-crashed"], [], ["unknown-suffix"]]
