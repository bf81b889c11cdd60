"""Every example in the documents runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from symderiv.check import Options, check_paths
from symderiv.cli import symderiv
from symderiv.model.verdict import Given, Proved

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_the_scripts_of_the_readme_are_proved(tmp_path, script):
    path = tmp_path / "example.py"
    path.write_text(script, encoding="utf-8")
    (file,) = check_paths([path], Options(jobs=1, cache=False)).files
    assert not file.diagnostics
    verdicts = [step.verdict for derivation in file.derivations for step in derivation.steps]
    assert verdicts
    assert all(isinstance(verdict, Proved) for verdict in verdicts)


COMMANDS = [line.split("#")[0] for line in re.findall(r"^    symderiv (prove .*)$", README, re.MULTILINE)]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_the_readme_succeed(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outcome = CliRunner().invoke(symderiv, [*shlex.split(command), "--no-cache"], standalone_mode=False)
    assert outcome.return_value == 0, outcome.output
    assert "proved" in outcome.output


def test_every_decision_says_what_was_decided():
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.match(rf"# {page.name[:3]}: ", text), page.name
        assert "## Decision" in text, page.name


LOOPS = re.findall(r"```loops\n(.*?)```", README + (ROOT / "docs" / "loops.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("text", LOOPS)
def test_the_loop_programs_of_the_documents_are_proved(tmp_path, text):
    path = tmp_path / "example.loops"
    path.write_text(text, encoding="utf-8")
    (file,) = check_paths([path], Options(jobs=1, cache=False)).files
    assert not file.diagnostics
    verdicts = [step.verdict for derivation in file.derivations for step in derivation.steps]
    assert verdicts
    assert all(isinstance(v, Given) or (isinstance(v, Proved) and not v.conditions) for v in verdicts)
    assert any(isinstance(verdict, Proved) for verdict in verdicts)


def test_the_procedure_of_the_documents_is_accepted(tmp_path):
    (script,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "loops.md").read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "example.py"
    path.write_text(script, encoding="utf-8")
    (file,) = check_paths([path], Options(jobs=1, cache=False)).files
    assert not file.diagnostics
    assert {type(step.verdict) for derivation in file.derivations for step in derivation.steps} == {Given}


def test_the_costs_of_the_documents_are_printed(tmp_path):
    text = next(loops for loops in LOOPS if "claim scan" in loops)
    path = tmp_path / "example.loops"
    path.write_text(text, encoding="utf-8")
    outcome = CliRunner().invoke(symderiv, ["derive", str(path), "--costs", "--model", "tree"], standalone_mode=False)
    page = (ROOT / "docs" / "loops.md").read_text(encoding="utf-8")
    assert outcome.output
    assert "\n".join(f"    {line}" for line in outcome.output.splitlines()) in page


def test_every_code_of_a_finding_is_explained():
    package = (path.read_text(encoding="utf-8") for path in (ROOT / "symderiv").rglob("*.py"))
    codes = {code for text in package for code in re.findall(r'(?:Diagnostic|fail)\(\s*"([a-z-]+)"', text)}
    missing = {code for code in codes if CliRunner().invoke(symderiv, ["explain", code]).exit_code}
    assert not missing
