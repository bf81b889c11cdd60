"""The errors of the kernel: each says which check stopped, and carries the terms."""

from __future__ import annotations


class KernelError(Exception):
    """Base of everything the kernel refuses; `check` names the check that stopped it, `data` what it saw."""

    def __init__(self, check: str, *data: object) -> None:
        super().__init__(check, *data)
        self.check = check
        self.data = data

    def __str__(self) -> str:
        try:
            return f"{self.check}: {', '.join(map(str, self.data))}" if self.data else self.check
        except RecursionError:  # a term nested too deep to be shown
            return self.check


class Rejected(KernelError):
    """A proof, refutation or certificate that does not establish its goal."""


class Malformed(KernelError):
    """Data that is not a term, proof or certificate at all."""


class Exhausted(KernelError):
    """A computation that took more steps than it was given."""


class Circular(Exhausted):
    """An equation that is used to rewrite, and leads back to itself."""


class Undefined(KernelError):
    """An expression without a value at a model, for example the logarithm of 0."""


def check(condition: bool, name: str, *data: object) -> None:
    """Refuses where `condition` is false."""
    if not condition:
        raise Rejected(name, *data)
