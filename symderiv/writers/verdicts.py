"""What all writers say of a verdict, in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from symderiv.model.report import DerivationReport, FileReport, Report, StepReport
from symderiv.model.verdict import (
    Counterexample,
    Gap,
    Given,
    JsonValue,
    Plausible,
    Proved,
    Refuted,
    Unknown,
    Unread,
    Verdict,
)

NAMES = ("given", "proved", "refuted", "gap", "plausible", "unknown", "unread")
"""The words for verdicts, in the order of summaries."""

SETTLED = frozenset({"given", "proved"})


def name_of(verdict: Verdict) -> str:
    """The word for a verdict."""
    match verdict:
        case Given():
            return "given"
        case Proved():
            return "proved"
        case Refuted():
            return "refuted"
        case Gap():
            return "gap"
        case Plausible():
            return "plausible"
        case Unknown():
            return "unknown"
        case Unread():
            return "unread"
        case _:
            assert_never(verdict)


def conditions_of(verdict: Verdict) -> tuple[str, ...]:
    """What a proof needs beyond the hypotheses (LaTeX)."""
    return verdict.conditions if isinstance(verdict, Proved) else ()


def rules_of(verdict: Verdict) -> tuple[str, ...]:
    """The ids of the rules of a proof, or of what is wrong."""
    return verdict.rules if isinstance(verdict, Proved | Refuted) else ()


def counterexample_of(verdict: Verdict) -> Counterexample | None:
    """The values at which the two sides differ."""
    return verdict.counterexample if isinstance(verdict, Refuted | Gap) else None


def certificate_of(verdict: Verdict) -> str | None:
    """The hash of what replays the verdict."""
    return verdict.certificate if isinstance(verdict, Proved | Refuted) else None


def repair_of(verdict: Verdict) -> str | None:
    """A proved statement close to a refuted one."""
    return verdict.repair if isinstance(verdict, Refuted | Gap | Unread) else None


def details(step: StepReport) -> Iterator[str]:
    """What there is to say of a step beyond its verdict, a line each."""
    verdict = step.verdict
    if verdict.reason:
        yield verdict.reason
    if isinstance(verdict, Plausible):
        yield f"agrees at {verdict.instances} random instances to {verdict.digits} digits"
    example = counterexample_of(verdict)
    if example:
        for name, value in example.values.items():
            yield f"at {name} = {plain(value)}"
        yield f"left side: {example.left}"
        yield f"right side: {example.right}"
        if example.where:
            yield example.where
    for condition in conditions_of(verdict):
        yield f"needs {condition}"
    repair = repair_of(verdict)
    if repair:
        yield f"holds instead: {repair}"


def plain(value: JsonValue) -> str:
    """A value of a counterexample, on one line: numbers as they are, tensors in brackets, tables as `key: value`."""
    if isinstance(value, list):
        return "[" + ", ".join(plain(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {plain(item)}" for name, item in value.items()) + "}"
    return str(value)


def steps_of(report: Report) -> Iterator[tuple[DerivationReport, int, StepReport]]:
    """Every step with its derivation and its number, which counts from 1."""
    for file in report.files:
        for derivation in file.derivations:
            for number, step in enumerate(derivation.steps, 1):
                yield derivation, number, step


def reasons_given(file: FileReport) -> dict[str, list[StepReport]]:
    """The steps of a file that are given for a reason, by their reasons; who reads `given` alone does not see it."""
    found: dict[str, list[StepReport]] = {}
    for derivation in file.derivations:
        for step in derivation.steps:
            if isinstance(step.verdict, Given) and step.verdict.reason:
                found.setdefault(step.verdict.reason, []).append(step)
    return found


def name_of_step(derivation: DerivationReport, number: int, step: StepReport) -> str:
    """How a step is called in the text of a report."""
    return f"{derivation.name}, {'claim' if step.label == 'claim' else f'step {number}'}"


def count(steps: Iterable[StepReport]) -> dict[str, int]:
    """How many steps have each verdict."""
    counts = dict.fromkeys(NAMES, 0)
    for step in steps:
        counts[name_of(step.verdict)] += 1
    return counts


def summary(report: Report) -> dict[str, int]:
    """How many steps of the whole run have each verdict."""
    return count(step for _, _, step in steps_of(report))
