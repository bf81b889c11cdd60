"""The errors of the kernel: each says which check stopped, and carries the terms."""

from __future__ import annotations


class KernelError(Exception):
    """Base of everything the kernel refuses; `check` names the check that stopped it, `data` what it saw."""

    def __init__(self, check: str, *data: object) -> None:
        super().__init__(f"{check}: {', '.join(map(str, data))}" if data else check)
        self.check = check
        self.data = data


class Rejected(KernelError):
    """A proof, refutation or certificate that does not establish its goal."""


class Malformed(KernelError):
    """Data that is not a term, proof or certificate at all."""


class Exhausted(KernelError):
    """A computation that took more steps than it was given."""


class Undefined(KernelError):
    """An expression without a value at a model, for example the logarithm of 0."""
