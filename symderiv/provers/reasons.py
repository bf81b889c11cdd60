"""Rules in reading order: what the normal form did, as a reader would say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symderiv.provers.task import Task

PREMISE = "premise "
"""What begins the event that a fact was used; its number in the task follows."""
LEADING = ("definition", "information.", "expectation.")
TRAILING = ("probability.conditional", "probability.marginal", "probability.factorisation", "probability.normalisation")


def rules_used(task: Task, used: Iterable[str], main: Iterable[str] = ()) -> tuple[str, ...]:
    """Rule ids for the events of a normal form, after the rules `main` that carry the step."""
    named: dict[str, str] = {d.head: d.rule for d in task.encoded.definitions}
    found: dict[str, None] = {}
    for event in events(task, used):
        rule = _rule(named, event)
        if rule:
            found[rule] = None
    if not found and not tuple(main):
        found["algebra.linearity"] = None
    first = [rule for rule in found if rule.startswith(LEADING)]
    last = [rule for rule in TRAILING if rule in found]
    middle = [rule for rule in found if rule not in first and rule not in last]
    return tuple(dict.fromkeys((*first, *middle, *main, *last)))


def events(task: Task, used: Iterable[str]) -> dict[str, None]:
    """The events of a normal form made under the facts of a task, where each fact goes by its rule.

    A normal form numbers the facts of its own task, which need not be those of the task that its events are told to.
    """
    return dict.fromkeys(
        task.facts[int(event.removeprefix(PREMISE))].rule if event.startswith(PREMISE) else event for event in used
    )


def _rule(named: Mapping[str, str], event: str) -> str:
    word, _, rest = event.partition(" ")
    if word == "unfold":
        return named.get(rest, "definition")
    if word == "sum.fold":
        return ""
    return event
