"""What keeps a certificate from being certified."""

from __future__ import annotations


class Uncertified(Exception):
    """A certificate for which no proof in Coq was written; `reason` says why, `data` what it is about."""

    reason = "no proof was found"

    def __init__(self, where: str, *data: object) -> None:
        super().__init__(where, *data)
        self.where, self.data = where, data

    def __str__(self) -> str:
        return f"{self.reason}: {self.where}"


class Untranslated(Uncertified):
    """A term that has no reading in Coq."""

    reason = "not translated"


class Unproved(Uncertified):
    """A line for which the search found no proof."""


class CoqMissing(Exception):
    """There is no coqc."""

    def __str__(self) -> str:
        return "coqc was not found; on Debian: apt-get install coq"


class LibraryRejected(Exception):
    """The installed version of Coq does not accept the support library."""

    def __init__(self, version: str, message: str) -> None:
        super().__init__(version, message)
        self.version, self.message = version, message

    def __str__(self) -> str:
        return f"Coq {self.version} does not accept the support library: {self.message}"
