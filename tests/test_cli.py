"""The command line: what it prints, and what it says to the shell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from symderiv.cli import main
from tests import flow


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(sys.modules, "symderiv.check", flow.module())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "strict", "status"),
    [
        ("given a b\nproved b c\n", False, 0),
        ("given a b\nproved b c\n", True, 0),
        ("refuted a b\n", False, 1),
        ("unknown a b\n", False, 0),
        ("unknown a b\n", True, 1),
        ("! no-derivations nothing here\n", False, 0),
        ("! contradictory-hypotheses no values satisfy them\n", False, 1),
        ("! syntax-error what is this\n", False, 2),
        ("refuted a b\n! not-decodable bytes\n", False, 2),
    ],
)
def test_exit_status(text: str, strict: bool, status: int) -> None:
    write("a.py", text)
    assert main(["check", "a.py", *(["--strict"] * strict)]) == status


def test_a_missing_path_is_one_line_and_the_rest_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.py", "proved a b\n")
    assert main(["check", "missing.py", "a.py"]) == 2
    captured = capsys.readouterr()
    assert captured.err == "symderiv: missing.py: no such file or folder\n"
    assert captured.out.endswith("1 proved in 1 derivation, 1 file\n")


def test_a_folder_with_nothing_to_check_is_said(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "empty").mkdir()
    assert main(["check", "empty"]) == 2
    assert capsys.readouterr().err == "symderiv: empty: holds nothing to check\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "a.py", "--format", "word"],
        ["check", "a.py", "--jobs", "0"],
        ["check", "a.py", "--timeout", "0"],
        ["check", "a.py", "--frobnicate"],
        ["check", "a.py", "--output", "none/there.txt"],
        ["frobnicate"],
        ["explain", "no.rule"],
        ["replay", "missing.json"],
        ["replay", "a.py"],
        ["export", "a.py"],
    ],
)
def test_bad_usage_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    write("a.py", "proved a b\n")
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("symderiv: ")
    assert error.count("\n") == 1


def test_json_goes_to_a_file(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.py", "proved a b\nrefuted b c\n")
    assert main(["check", "a.py", "--format", "json", "--output", "r.json"]) == 1
    assert capsys.readouterr().out == ""
    assert json.loads((place / "r.json").read_text(encoding="utf-8"))["summary"]["refuted"] == 1


def test_a_file_named_twice_is_checked_once(capsys: pytest.CaptureFixture[str]) -> None:
    write("f/a.py", "proved a b\n")
    write("f/b.py", "proved a b\n")
    assert main(["check", "f", "f/a.py", "f/../f"]) == 0
    assert "2 proved in 2 derivations, 2 files" in capsys.readouterr().out


def test_a_folder_with_a_thousand_files(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(1000):
        write(f"f/{number:04}.py", "given a b\n")
    assert main(["check", "f"]) == 0
    assert capsys.readouterr().out.endswith("1000 given in 1000 derivations, 1000 files\n")


@pytest.mark.parametrize(("to", "start"), [("latex", "\\documentclass"), ("markdown", "# Derivations"), ("json", "{")])
def test_export(to: str, start: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.py", "proved a b\n")
    assert main(["export", "a.py", "--to", to]) == 0
    assert capsys.readouterr().out.startswith(start)


def test_prove_shows_the_statement_as_understood(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "proved \\ln{a} b", "--assume", "a > 0"]) == 0
    expected = "proved\n    \\ln{a}\n    = b\n    log of a quotient\n    by log.quotient\n"
    assert capsys.readouterr().out == expected
    assert main(["prove", "refuted a b"]) == 1
    assert "    at x = 11/5\n    left side: 0.12..\n    right side: 0.13..\n" in capsys.readouterr().out
    assert main(["prove", "unknown a b"]) == 0
    assert main(["prove", "unknown a b", "--strict"]) == 1


def test_replay_names_what_is_rejected(capsys: pytest.CaptureFixture[str]) -> None:
    write("good.json", json.dumps({"certificates": {"sha256:1": "good"}}))
    write("bad.json", json.dumps({"certificates": {"sha256:1": "good", "sha256:2": "broken chain"}}))
    assert main(["replay", "good.json"]) == 0
    assert capsys.readouterr().out == "1 replayed, 0 rejected\n"
    assert main(["replay", "bad.json"]) == 1
    assert capsys.readouterr().out == "sha256:2: rejected: broken chain\n1 replayed, 1 rejected\n"


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '{"certificates": 3}', "\ufffe", '{"version": 1}'])
def test_replay_takes_nothing_for_a_report_that_is_none(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("r.json", text)
    assert main(["replay", "r.json"]) == 2
    assert capsys.readouterr().err == "symderiv: r.json: not a report of symderiv\n"


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "log.quotient"]) == 0
    assert capsys.readouterr().out == "ln(a/b) = ln a - ln b\n"


def test_ctrl_c_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(subject: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["symderiv.check"], "explain", interrupted)
    assert main(["explain", "x"]) == 130
    assert capsys.readouterr().err.endswith("symderiv: interrupted\n")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"], []])
def test_help_needs_no_sympy(arguments: list[str]) -> None:
    program = (
        "import sys; from symderiv.cli import main; status = main(sys.argv[1:]);"
        "sys.exit('SymPy was imported' if 'sympy' in sys.modules else status)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "COLUMNS": "80"},
    )
    assert run.returncode == (0 if arguments else 2), run.stderr
    assert "symderiv" in run.stdout + run.stderr


def test_python_dash_m() -> None:
    command = [sys.executable, "-m", "symderiv", "--version"]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
    assert run.stdout == "symderiv 0.1.0\n"
