"""What each format says of the same report."""

import io
import json
from xml.etree import ElementTree

import pytest

from symderiv.collect import collect
from symderiv.model.report import DerivationReport, FileReport, Report, StepReport
from symderiv.model.span import Span
from symderiv.model.verdict import Given
from symderiv.model.writer import Writer
from symderiv.writers import github, junit, markdown, sarif, terminal
from symderiv.writers import json as json_writer
from symderiv.writers.terminal import write_statement

EMPTY = Report(1, "0.1.0", (), {})


def written(writer: Writer, report: Report) -> str:
    stream = io.StringIO()
    writer.write(report, stream)
    return stream.getvalue()


def test_writers_are_found_by_their_names() -> None:
    names = [writer.name for writer in collect("symderiv.writers", Writer)]
    assert names == ["github", "json", "junit", "latex", "markdown", "sarif", "text"]


@pytest.mark.parametrize("writer", collect("symderiv.writers", Writer), ids=lambda writer: writer.name)
def test_every_writer_takes_an_empty_report_and_repeats_itself(writer: Writer, report: Report) -> None:
    written(writer, EMPTY)
    assert written(writer, report) == written(writer, report)


def test_json_is_the_contract(report: Report) -> None:
    document = json.loads(written(json_writer.WRITER, report))
    assert list(document) == ["version", "symderiv", "files", "summary", "certificates"]
    assert document["summary"] == dict.fromkeys(
        ["given", "proved", "refuted", "gap", "plausible", "unknown", "unread"], 1
    ) | {"proved": 2}
    derivation = document["files"][0]["derivations"][0]
    assert list(derivation) == ["name", "title", "line", "steps"]
    assert derivation["steps"][1] == {
        "line": 8, "column": 5, "end_line": 8, "end_column": 40,
        "left": r"E_{P(x,y)} \ln \frac{P(x,y)}{P(x) P(y)}", "relation": "<=", "right": "H(y) - H(y | x)",
        "verdict": "proved", "rules": ["log.quotient", "expectation.linear"], "conditions": ["P(x) > 0"],
        "reason": "log of a quotient; linearity of E", "counterexample": None, "repair": None,
        "seconds": 0.004, "certificate": "sha256:" + "0" * 64,
    }  # fmt: skip
    refuted = derivation["steps"][2]
    assert refuted["counterexample"]["values"]["P"] == [["1/4", "1/4"], ["1/2", "0"]]
    assert refuted["repair"] == r"I(x, y) \le H(y)"
    (diagnostic,) = document["files"][1]["diagnostics"]
    assert list(diagnostic) == ["code", "line", "column", "message", "hint"]


def test_text_shows_the_table_and_every_step_to_look_at(report: Report) -> None:
    text = written(terminal.WRITER, report)
    assert "\x1b" not in text
    assert "folder/a b.py:9:5: refuted (mutual, step 3)" in text
    for line in ("at x = 11/5", "at P = [[1/4, 1/4], [1/2, 0]]", "left side: 0.12..", "needs P(x) > 0"):
        assert f"    {line}\n" in text
    assert "\nfolder/a b.py:7:5: given: the definition of mutual information\n" in text
    assert "b.py:2:3: script-error: ZeroDivisionError" in text
    assert text.endswith(
        "1 given, 2 proved, 1 refuted, 1 gap, 1 plausible, 1 unknown, 1 unread in 1 derivation, 2 files\n"
    )


def given_at(*places: tuple[int, str]) -> str:
    """The lines of the text about steps that are given, each at a line of the file for a reason."""
    steps = [
        StepReport(Span("c.loops", line, 1, line, 9), "a", "=", "b", Given(reason), 0.0) for line, reason in places
    ]
    chain = DerivationReport("chain", "", "", 1, (), (), tuple(steps))
    report = Report(1, "0.1.0", (FileReport("c.loops", (chain,), ()),), {})
    return "\n".join(line for line in written(terminal.WRITER, report).splitlines() if line.startswith("c.loops:"))


def test_reasons_of_given_steps_are_shown_once_for_each_file() -> None:
    assert given_at((3, ""), (4, "")) == ""
    assert given_at((3, ""), (4, "as it is known: log of a quotient")) == (
        "c.loops:4:1: given: as it is known: log of a quotient"
    )
    assert given_at((3, "computed, not proved"), (5, "a condition"), (7, "computed, not proved")) == (
        "c.loops:3:1: given: computed, not proved (also line 7)\nc.loops:5:1: given: a condition"
    )


def test_many_given_steps_take_one_line() -> None:
    few = given_at(*((line, "a definition") for line in range(1, 11)))
    assert few == "c.loops:1:1: given: a definition (also lines 2, 3, 4, 5, 6, 7, 8, 9, 10)"
    many = given_at(*((line, "a definition") for line in range(1, 100)))
    assert many == "c.loops:1:1: given: a definition (also lines 2, 3, 4, 5, 6, 7, 8, 9 and 90 more)"


def test_a_statement_is_shown_with_its_rules(report: Report) -> None:
    stream = io.StringIO()
    write_statement(report, stream)
    assert "proved\n    E_{P(x,y)}" in stream.getvalue()
    assert "    by log.quotient\n" in stream.getvalue()


def test_github_commands_stay_on_their_lines(report: Report) -> None:
    lines = written(github.WRITER, report).splitlines()
    assert lines[0].startswith("::error file=b.py,line=2,endLine=2,col=3,endColumn=4,title=script-error::ZeroDivision")
    assert "5%25" in lines[0]
    assert [line.split(" ")[0] for line in lines[1:]] == ["::error", "::warning", "::notice", "::notice", "::warning"]
    assert "title=mutual%2C step 3%3A refuted::" in lines[1]
    assert "%0Aat x = 11/5" in lines[1]


def test_sarif_has_a_result_for_each_finding(report: Report) -> None:
    (run,) = json.loads(written(sarif.WRITER, report))["runs"]
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning", "note", "note", "warning"]
    assert {result["ruleId"] for result in run["results"]} == {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    location = run["results"][1]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "folder/a%20b.py"
    assert location["region"] == {"startLine": 9, "startColumn": 5, "endLine": 9, "endColumn": 40}


def test_junit_counts_refuted_as_failed(report: Report) -> None:
    root = ElementTree.fromstring(written(junit.WRITER, report).encode())
    suite, broken = root.findall("testsuite")
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("8", "1", "4")
    assert len(suite.findall("testcase/failure")) == 1
    assert len(suite.findall("testcase/skipped")) == 4
    assert suite.findall("testcase")[2].get("name") == "step-3 [line 9]"
    assert broken.find("testcase/error") is not None


def test_markdown_escapes_text_and_keeps_formulas(report: Report) -> None:
    text = written(markdown.WRITER, report)
    assert r"### Gibbs' inequality \& 100% of \#1: \<a\_b\>" in text
    assert r"2. $E_{P(x,y)} \ln \frac{P(x,y)}{P(x) P(y)} \le H(y) - H(y | x)$" in text
    assert "    - needs $P(x) > 0$" in text
