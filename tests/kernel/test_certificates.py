"""Certificates: what is written is read back, and whatever is not a certificate is refused at its own check."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from fractions import Fraction
from functools import reduce
from pathlib import Path

import pytest

from symderiv.certificates import encode
from symderiv.kernel import certificates
from symderiv.kernel.__main__ import main
from symderiv.kernel.certificates import Certificate, decode, digest, replay_certificates
from symderiv.kernel.errors import Malformed
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.replay import Line, replay_proof
from symderiv.kernel.terms import ONE, Add, Entry, Gather, Implies, Index, Relation, Symbol, forall, nonnegative

a, b = Symbol("a"), Symbol("b")
i = Index("i", "I")
LESS = Relation("<=", a, b)
PROOF = Certificate(
    Sequent(frozenset((LESS, forall([i], nonnegative(Entry("u", (i,)))))), LESS), (Line("hypothesis", (), (LESS,)),)
)
REFUTATION = Certificate(
    Sequent(frozenset(), Implies(LESS, Relation("=", Entry("u", (Gather("g", "I", (i,)),)), Add((ONE, b))))),
    Model(
        sizes={"I": 2},
        symbols={"a": Fraction(1, 2), "b": Fraction(2)},
        tensors={"u": {(0,): Fraction(1), (1,): Fraction(-3, 4)}},
        indices={"i": 1},
        gathers={"g": {(0,): 1, (1,): 0}},
    ),
)


@pytest.mark.parametrize("certificate", [PROOF, REFUTATION])
def test_what_is_written_is_read_back(certificate):
    document = json.loads(json.dumps(encode(certificate)))
    assert decode(document) == certificate
    assert digest(document) == digest(encode(certificate))


def edited(certificate, *path, value):
    document = copy.deepcopy(encode(certificate))
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return document


def without(certificate, key):
    document = encode(certificate)
    del document[key]
    return document


def row(certificate, name):
    return next(n for n, cells in enumerate(encode(certificate)["terms"]) if cells[0] == name)


RELATION, SYMBOL, ENTRY = row(PROOF, "Relation"), row(PROOF, "Symbol"), row(PROOF, "Entry")
NUMBER = row(REFUTATION, "Number")

MALFORMED = {
    "no object": ("object expected", [1]),
    "no kind": ("keys", without(PROOF, "kind")),
    "a kind nobody knows": ("kind", edited(PROOF, "kind", value="wish")),
    "no terms": ("keys", without(PROOF, "terms")),
    "another version": ("version", edited(PROOF, "version", value=2)),
    "terms that are no list": ("terms", edited(PROOF, "terms", value={})),
    "a constructor nobody knows": ("constructor", edited(PROOF, "terms", 0, 0, value="Oracle")),
    "a field too many": ("fields", edited(PROOF, "terms", SYMBOL, value=["Symbol", "a", "b"])),
    "a term that is no list": ("term", edited(PROOF, "terms", SYMBOL, value="Symbol")),
    "a part that comes later": ("term is not an earlier one", edited(PROOF, "terms", RELATION, 2, value=99)),
    "a term that is part of itself": (
        "term is not an earlier one",
        edited(PROOF, "terms", RELATION, 2, value=RELATION),
    ),
    "a part that is no number": ("number", edited(PROOF, "terms", RELATION, 2, value="0")),
    "a part before the first": ("number", edited(PROOF, "terms", RELATION, 2, value=-1)),
    "true for a number": ("number", edited(PROOF, "conclusion", value=True)),
    "a name that is no text": ("text", edited(PROOF, "terms", SYMBOL, 1, value=7)),
    "an empty name": ("text", edited(PROOF, "terms", SYMBOL, 1, value="")),
    "parts that are no list": ("parts", edited(PROOF, "terms", ENTRY, 2, value=0)),
    "a float": ("fraction", edited(REFUTATION, "terms", NUMBER, 1, value="1.5")),
    "a fraction over nothing": ("fraction", edited(REFUTATION, "terms", NUMBER, 1, value="1/0")),
    "a fraction that is not reduced": ("fraction", edited(REFUTATION, "terms", NUMBER, 1, value="2/4")),
    "a word for a fraction": ("fraction", edited(REFUTATION, "terms", NUMBER, 1, value="one")),
    "a line of two cells": ("line", edited(PROOF, "lines", 0, value=["hypothesis", []])),
    "a line that is no list": ("line", edited(PROOF, "lines", 0, value="hypothesis")),
    "premises that are no numbers": ("number", edited(PROOF, "lines", 0, 1, value=["0"])),
    "an argument with two meanings": ("argument", edited(PROOF, "lines", 0, 2, 0, value={"term": 0, "word": "x"})),
    "an argument without one": ("argument", edited(PROOF, "lines", 0, 2, 0, value={"text": 0})),
    "a model with a part left out": ("model", edited(REFUTATION, "model", value={"sizes": {}})),
    "a model that is no object": ("model", edited(REFUTATION, "model", value=[])),
    "half an element": ("element", edited(REFUTATION, "model", "gathers", "g", "0", value="1/2")),
    "an element below nothing": ("element", edited(REFUTATION, "model", "gathers", "g", "0", value="-1")),
    "a size that is no number": ("number", edited(REFUTATION, "model", "sizes", "I", value="2")),
    "a place that is a word": ("place", edited(REFUTATION, "model", "gathers", "g", value={"one": "1"})),
    "a place in other digits": ("place", edited(REFUTATION, "model", "gathers", "g", value={"0,²": "1"})),
    "a place before the first": ("place", edited(REFUTATION, "model", "tensors", "u", value={"-1": "1"})),
    "a tensor that is no table": ("table", edited(REFUTATION, "model", "tensors", "u", value=["1"])),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_certificate_is_refused(name):
    check, document = MALFORMED[name]
    with pytest.raises(Malformed) as caught:
        decode(document)
    assert caught.value.check == f"certificate: {check}"


def collection(*certificates):
    documents = [encode(certificate) for certificate in certificates]
    return {digest(document): document for document in documents}


def citing(name):
    lines = (Line("theorem", (), (name,)),)
    return Certificate(PROOF.goal, lines, (name,))


def test_a_collection_replays_and_may_cite():
    first = digest(encode(PROOF))
    outcomes = replay_certificates(collection(PROOF, citing(first)))
    assert list(outcomes.values()) == ["", ""]


def test_each_is_replayed_once(monkeypatch):
    replayed = []

    def replay(goal, proof, theorems):
        replayed.append(proof)
        replay_proof(goal, proof, theorems)

    monkeypatch.setattr(certificates, "replay_proof", replay)
    replay_certificates(collection(citing(digest(encode(PROOF))), PROOF))
    assert len(replayed) == 2


@pytest.mark.parametrize("depth", range(50, 500, 50))
def test_a_rejected_term_need_not_be_shown(depth):
    deep = reduce(lambda term, _: Add((term, ONE)), range(depth), a)
    goal = Sequent(frozenset(), Relation("<=", ONE, deep))
    (outcome,) = replay_certificates(collection(Certificate(goal, (Line("sign", (), (goal.conclusion,)),)))).values()
    assert outcome.startswith(("sign: not shown", "replay: too deep"))


def test_a_theorem_must_be_there():
    missing = "sha256:" + "0" * 64
    certificate = citing(missing)
    outcomes = replay_certificates(collection(certificate))
    assert "missing" in outcomes[missing]
    assert "theorem: unknown" in outcomes[digest(encode(certificate))]


def test_a_name_is_the_hash_of_its_contents():
    (document,) = collection(PROOF).values()
    outcomes = replay_certificates({"sha256:forged": document})
    assert "not the hash" in outcomes["sha256:forged"]


def test_a_certificate_cannot_cite_itself(monkeypatch):
    document = encode(citing("sha256:self"))
    monkeypatch.setattr(certificates, "digest", lambda _: "sha256:self")
    assert replay_certificates({"sha256:self": document})["sha256:self"]


def test_a_refutation_is_no_theorem():
    wrong = Certificate(Sequent(frozenset(), Relation("=", a, ONE)), Model(symbols={"a": Fraction(2)}))
    name = digest(encode(wrong))
    lines = (Line("theorem", (), (name,)),)
    outcomes = replay_certificates(collection(wrong, Certificate(wrong.goal, lines, (name,))))
    assert outcomes[name] == ""
    assert sum(outcome == "" for outcome in outcomes.values()) == 1


def leaves(value, path=()):
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))
    else:
        yield path


@pytest.mark.parametrize("certificate", [PROOF, REFUTATION])
def test_flipping_any_one_value_is_noticed(certificate):
    (name,) = collection(certificate)
    for path in leaves(encode(certificate)):
        for value in (0, 1, 2, "x", None):
            document = edited(certificate, *path, value=value)
            if document != encode(certificate):
                assert replay_certificates({name: document})[name]


WITHOUT_SYMPY = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("sympy", "mpmath", "rich", "click"):
            raise ImportError(name)
sys.meta_path.insert(0, Absent())
from symderiv.kernel.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def run(path):
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", WITHOUT_SYMPY, str(path)]
    return subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)


def test_the_kernel_replays_a_report_without_sympy(tmp_path):
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"certificates": collection(PROOF)}))
    outcome = run(report)
    assert (outcome.returncode, outcome.stdout) == (0, "1 of 1 certificates accepted\n")


@pytest.mark.parametrize(("text", "status"), [("{", 2), ("[]", 2), ('{"certificates": {"sha256:0": {}}}', 1)])
def test_a_bad_report_is_one_clear_line(tmp_path, text, status):
    report = tmp_path / "report.json"
    report.write_text(text)
    outcome = run(report)
    assert outcome.returncode == status
    assert "Traceback" not in outcome.stderr


GOOD = {"certificates": collection(PROOF)}
BAD = {"certificates": {**collection(PROOF), "sha256:forged": encode(PROOF)}}


@pytest.mark.parametrize(
    ("report", "status", "said"),
    [
        (GOOD, 0, ["1 of 1 certificates accepted"]),
        (BAD, 1, ["sha256:forged: rejected: certificates: the name is not the hash", "1 of 2 certificates accepted"]),
        ({"certificates": []}, 2, []),
        ([], 2, []),
    ],
    ids=["good", "forged", "no object of certificates", "no object"],
)
def test_the_exit_status_says_what_was_accepted(tmp_path, capsys, report, status, said):
    path = tmp_path / "report.json"
    path.write_text(json.dumps(report))
    assert main([str(path)]) == status
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(said)
    assert all(line.startswith(start) for line, start in zip(lines, said, strict=True))


@pytest.mark.parametrize("arguments", [[], ["one.json", "two.json"], ["none.json"]], ids=len)
def test_one_report_is_replayed(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2


def test_a_missing_report_is_one_clear_line(tmp_path):
    assert run(tmp_path / "none.json").returncode == 2
