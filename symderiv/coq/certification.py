"""The whole of a certification: from the certificates of a report to what Coq says of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from symderiv.coq.entries import Entries, Entry
from symderiv.coq.running import LIBRARY, Coq, foreign_axioms
from symderiv.kernel.certificates import Json

HEADER = f"""From {LIBRARY} Require Import {LIBRARY}.
From Coq Require Import Reals QArith List Arith Lra Lia.
"""
OPENING = """Import ListNotations.
Open Scope R_scope.
Set Default Timeout %d.

"""
NOT_CHECKED = "Coq did not come to check it"


def certify(documents: Mapping[str, Json], wanted: Iterable[str], coq: Coq, seconds: int) -> dict[str, str]:
    """Why each of the wanted certificates is not certified by Coq, or "" where it is.

    `seconds` is the time that Coq may take for each sentence of a proof.
    """
    names = list(dict.fromkeys(wanted))
    entries = Entries(documents)
    for name in names:
        entries.add(name)
    reasons = dict(entries.reasons)
    checked, parts = _checked(list(entries.ready.values()), coq, seconds, reasons)
    foreign = _assumptions(checked, parts, coq, seconds)
    if foreign:
        return dict.fromkeys(names, f"the proofs rest on {', '.join(foreign)}")
    accepted = {entry.certificate for entry in checked}
    return {name: "" if name in accepted else reasons.get(name, NOT_CHECKED) for name in names}


def _checked(waiting: list[Entry], coq: Coq, seconds: int, reasons: dict[str, str]) -> tuple[list[Entry], list[str]]:
    """The entries that Coq accepts, and the files that they are in; adds reasons for the others.

    All are compiled in one file.  Where a lemma is rejected, what stands before it is a file of its own, and what
    stands after it is tried again in the next, without what cites it.
    """
    checked: list[Entry] = []
    parts: list[str] = []
    while waiting:
        part = f"Part{len(parts)}"
        text, starts = _written(waiting, parts, seconds)
        outcome = coq.compile(part, text)
        if not outcome.message:
            return checked + waiting, [*parts, part]
        place = max((n for n, (line, _) in enumerate(starts) if line <= outcome.line), default=None)
        if place is None:
            reasons.update(dict.fromkeys((entry.certificate for entry in waiting), outcome.message))
            break
        position = starts[place][1]
        failed, before = waiting[position], waiting[:position]
        lemma = failed.lemmas[place - next(n for n, (_, p) in enumerate(starts) if p == position)]
        reasons[failed.certificate] = f"{lemma.name}: {outcome.message}"
        if before and not coq.compile(part, _written(before, parts, seconds)[0]).message:
            checked, parts = checked + before, [*parts, part]
        waiting = _without_citing(waiting[position + 1 :], reasons)
    return checked, parts


def _without_citing(entries: Sequence[Entry], reasons: dict[str, str]) -> list[Entry]:
    """The entries that cite nothing that is not certified."""
    kept = []
    for entry in entries:
        if any(cited in reasons for cited in entry.cites):
            reasons[entry.certificate] = "a cited step is not certified"
        else:
            kept.append(entry)
    return kept


def _head(parts: Sequence[str], seconds: int) -> str:
    return HEADER + "".join(f"From {LIBRARY} Require Import {part}.\n" for part in parts) + OPENING % seconds


def _written(entries: Sequence[Entry], parts: Sequence[str], seconds: int) -> tuple[str, list[tuple[int, int]]]:
    """The text of a file, and for each lemma the line where it starts and the position of its entry."""
    text = _head(parts, seconds)
    pieces, line = [text], 1 + text.count("\n")
    starts: list[tuple[int, int]] = []
    for position, entry in enumerate(entries):
        for lemma in entry.lemmas:
            starts.append((line, position))
            pieces.append(lemma.text + "\n")
            line += pieces[-1].count("\n")
    return "".join(pieces), starts


def _assumptions(checked: Sequence[Entry], parts: Sequence[str], coq: Coq, seconds: int) -> list[str]:
    """The axioms that the lemmas rest on, beside those of the real numbers; Coq itself lists them."""
    if not checked:
        return []
    mentioned = "\n".join(f"let _ := {lemma.name} in" for entry in checked for lemma in entry.lemmas)
    text = f"{_head(parts, seconds)}Definition all : True :=\n{mentioned}\nI.\nPrint Assumptions all.\n"
    outcome = coq.compile("Assumptions", text)
    return [outcome.message] if outcome.message else foreign_axioms(outcome.output)
