"""Certificates as groups of lemmas: what is stated, that it is defined, and that its hypotheses can hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from symderiv.coq.errors import Uncertified, Unproved
from symderiv.coq.lemmas import Lemma, definedness_lemma, statement_lemma
from symderiv.coq.witnesses import witness_lemma
from symderiv.kernel.certificates import Json, decode, digest
from symderiv.kernel.errors import KernelError

ROLES = ("", "_defined", "_consistent")
"""What the names of the lemmas of a certificate end in."""


class Entry(NamedTuple):
    """The lemmas of a certificate, and the certificates that it cites."""

    certificate: str
    lemmas: tuple[Lemma, ...]
    cites: tuple[str, ...]


class Entries:
    """The entries for the certificates of a report, in an order in which cited ones come first."""

    def __init__(self, documents: Mapping[str, Json]) -> None:
        self._documents = documents
        self._waiting: set[str] = set()
        self.ready: dict[str, Entry] = {}
        self.reasons: dict[str, str] = {}

    def add(self, name: str) -> None:
        """Makes the entry of a certificate, and of all that it cites; or notes why there is none."""
        if name in self.ready or name in self.reasons:
            return
        if name in self._waiting:
            self.reasons[name] = "certificates cite each other in a circle"
            return
        self._waiting.add(name)
        try:
            self.ready[name] = self._made(name)
        except (Uncertified, KernelError) as error:
            self.reasons.setdefault(name, str(error))
        except RecursionError:
            self.reasons.setdefault(name, "too deep")

    def _made(self, name: str) -> Entry:
        if name not in self._documents:
            raise Unproved("its certificate is missing")
        if digest(self._documents[name]) != name:
            raise Unproved("the name of its certificate is not the hash of the contents")
        certificate = decode(self._documents[name])
        for cited in certificate.theorems:
            self.add(cited)
        theorems = {cited: self.ready[cited].lemmas[0] for cited in certificate.theorems if cited in self.ready}
        stated, defined, consistent = (f"step_{len(self.ready)}{role}" for role in ROLES)
        lemmas = (
            statement_lemma(stated, certificate, theorems),
            definedness_lemma(defined, certificate.goal),
            witness_lemma(consistent, certificate.goal),
        )
        return Entry(name, lemmas, certificate.theorems)
