"""What can be said of a step.  A verdict is one of seven records, never a bool and never a string."""

from __future__ import annotations

from dataclasses import dataclass

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]


@dataclass(frozen=True)
class Given:
    """A definition, hypothesis or recalled formula: not an inference."""

    reason: str = ""


@dataclass(frozen=True)
class Proved:
    """The kernel replayed a proof; `conditions` (LaTeX) are what it needs beyond the hypotheses, `rules` the ids in
    reading order.
    """

    rules: tuple[str, ...]
    conditions: tuple[str, ...]
    reason: str
    certificate: str


@dataclass(frozen=True)
class Counterexample:
    """Values that satisfy every hypothesis, at which the two sides differ: exact, or the digits that are certain.

    `where` says in which of their parts they do, where that is definite.
    """

    values: dict[str, JsonValue]
    left: str
    right: str
    where: str = ""


@dataclass(frozen=True)
class Refuted:
    """The kernel re-evaluated a counterexample; `certificate` replays it.  `rules` say what kind of error it is.

    `repair` is a statement that was proved, and `edit` says in words how it comes from this one.
    """

    counterexample: Counterexample
    reason: str
    certificate: str
    repair: str | None = None
    rules: tuple[str, ...] = ()
    edit: str = ""


@dataclass(frozen=True)
class Gap:
    """A counterexample exists, but the context was not read completely."""

    counterexample: Counterexample
    reason: str
    repair: str | None = None


@dataclass(frozen=True)
class Plausible:
    """Not proved; agrees at `instances` random instances to `digits` digits."""

    instances: int
    digits: int
    reason: str


@dataclass(frozen=True)
class Unknown:
    """Not decided; `reason` says what was tried and why each attempt stopped."""

    reason: str


@dataclass(frozen=True)
class Unread:
    """The text could not be read faithfully; the diagnostic of the same place says which token.

    `repair` is an edit after which it can be, and is proved.
    """

    reason: str
    repair: str | None = None


Verdict = Given | Proved | Refuted | Gap | Plausible | Unknown | Unread
