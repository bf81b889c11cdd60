"""A stand-in for the flow from files to verdicts: it reads a report from the text of each file.

Each line of a file is one step: a verdict, a left side and a right side.  A line `! code message` is a diagnostic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from symderiv.model.diagnostic import Diagnostic
from symderiv.model.report import DerivationReport, FileReport, Report, StepReport
from symderiv.model.span import Span
from symderiv.model.verdict import Counterexample, Given, Proved, Refuted, Unknown, Verdict

SHA = "sha256:" + "0" * 64
VERDICTS: dict[str, Verdict] = {
    "given": Given("a definition"),
    "proved": Proved(("log.quotient",), (), "log of a quotient", SHA),
    "refuted": Refuted(Counterexample({"x": "11/5"}, "0.12..", "0.13.."), "the sides differ", SHA),
    "unknown": Unknown("time ran out"),
}


@dataclass(frozen=True)
class Options:
    jobs: int
    timeout: float
    seed: int
    cache: bool
    second_reader: bool = False
    idle: bool = False


@dataclass(frozen=True)
class ReplayOutcome:
    step: str
    ok: bool
    message: str


def check_paths(paths: Sequence[Path], options: Options) -> Report:
    return Report(1, "0.1.0", tuple(_file(str(path), path.read_text(encoding="utf-8")) for path in paths), {})


def prove_statement(text: str, assumptions: Sequence[str], options: Options) -> Report:
    return Report(1, "0.1.0", (_file("<statement>", text),), {})


def replay_report(document: dict[str, dict[str, str]]) -> tuple[ReplayOutcome, ...]:
    return tuple(ReplayOutcome(sha, text == "good", text) for sha, text in document["certificates"].items())


def explain(subject: str) -> str | None:
    return {"log.quotient": "ln(a/b) = ln a - ln b"}.get(subject)


def module() -> ModuleType:
    """What stands in for `symderiv.check`."""
    stand_in = ModuleType("symderiv.check")
    vars(stand_in).update(
        {value.__name__: value for value in (Options, check_paths, prove_statement, replay_report, explain)}
    )
    return stand_in


def _file(path: str, text: str) -> FileReport:
    steps: list[StepReport] = []
    diagnostics: list[Diagnostic] = []
    for number, line in enumerate(text.splitlines(), 1):
        word, *rest = line.removeprefix("# ").split(maxsplit=2)
        span = Span(path, number, 5, number, 9)
        if word == "!":
            diagnostics.append(Diagnostic(rest[0], span, rest[1]))
        elif word in VERDICTS:
            steps.append(StepReport(span, rest[0], "=", rest[1], VERDICTS[word], 0.001))
    chains = (DerivationReport("chain", "A chain", "", 1, (), (), tuple(steps)),) if steps else ()
    return FileReport(path, chains, tuple(diagnostics))
