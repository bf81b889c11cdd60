"""What Coq says: derivations are certified, and what is wrong, injected or contradictory is not."""

from __future__ import annotations

import json
import re
import shutil
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from symderiv.certificates import encode
from symderiv.check import Options, check_paths
from symderiv.cli import main
from symderiv.coq import entries, lemmas, reduction
from symderiv.coq.certification import NOT_CHECKED, certify
from symderiv.coq.entries import Entry
from symderiv.coq.lemmas import Lemma
from symderiv.coq.names import Names
from symderiv.coq.reports import certify_report
from symderiv.coq.running import Compiled, Coq, foreign_axioms
from symderiv.kernel import terms as k
from symderiv.kernel.certificates import Certificate, digest
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.replay import Line
from symderiv.sources import find_sources
from symderiv.writers.json import document

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
SECONDS = 20
needs_coq = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed (on Debian: coq)")
A, B = k.Symbol("a"), k.Symbol("b")


@pytest.fixture(scope="module")
def coq(tmp_path_factory: pytest.TempPathFactory) -> Coq:
    return Coq(tmp_path_factory.mktemp("coq"), 600)


def report(*names: str) -> dict:
    found = find_sources([ROOT / "derivations" / name for name in names], (".py", ".loops"))
    return document(check_paths(found, Options(jobs=1, timeout=10.0, seed=0, cache=False)))


def certificates(*goals: tuple[set[k.Term], k.Term, tuple[Line, ...]]) -> dict:
    made = [encode(Certificate(Sequent(frozenset(assumed), goal), proof)) for assumed, goal, proof in goals]
    return {digest(one): one for one in made}


def equation(left: k.Term, right: k.Term, *facts: k.Term) -> tuple[set[k.Term], k.Term, tuple[Line, ...]]:
    """A certificate that shows an equation by normal form, with the signs that it needs, under facts."""
    goal = k.Relation("=", left, right)
    lines = [Line("hypothesis", (), (fact,)) for fact in facts]
    premises, roles = tuple(range(len(facts))), ("fact",) * len(facts)
    needs = lemmas.definedness(goal, facts)
    computed = [
        Line(kind, premises, (term, *roles)) for kind, term in (("equality", goal), *(("sign", n) for n in needs))
    ]
    return set(facts), goal, (*lines, *computed)


TRUE = equation(k.Add((A, B)), k.Add((B, A)))


def outcome(documents: dict, coq: Coq) -> list[str]:
    return list(certify(documents, documents, coq, SECONDS).values())


@needs_coq
def test_problems_1_and_2_are_certified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = report("quiz")
    path, kept = tmp_path / "r.json", tmp_path / "kept"
    path.write_text(json.dumps(found))
    assert main(["certify", str(path), "-o", str(kept)]) == 0
    number = found["summary"]["proved"]
    assert number >= 56
    assert capsys.readouterr().out.startswith(f"{number} of {number} proved steps certified by Coq ")
    assert "Admitted" not in (kept / "Part0.v").read_text()


@needs_coq
def test_the_command_says_which_steps_are_not_certified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    step = {"verdict": "proved", "line": 3, "certificate": "sha256:0"}
    found = {"files": [{"path": "a.py", "derivations": [{"steps": [step]}]}], "certificates": {}}
    (tmp_path / "r.json").write_text(json.dumps(found))
    assert main(["certify", str(tmp_path / "r.json")]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "a.py:3: not certified: no proof was found: its certificate is missing"
    assert told[1].startswith("0 of 1 proved steps certified by Coq ")


@needs_coq
@pytest.mark.parametrize(
    "names",
    [
        ("convexity/jensen.py", "softmax", "information/geometric_model.py", "information/data_processing.py"),
        ("loops/batch_norm.loops", "loops/recurrent_network.loops"),
    ],
)
def test_other_subjects_are_certified(names: tuple[str, ...], coq: Coq) -> None:
    documents = report(*names)["certificates"]
    assert documents
    assert set(outcome(documents, coq)) == {""}


@needs_coq
def test_text_in_names_does_no_harm(tmp_path: Path) -> None:
    injected = '*) Admitted. (* ". Axiom f : False.'
    text = json.dumps(report("expectation/variance.py"))
    names = {"X": injected, "\\\\Pr": injected + "'", "\\\\Omega": injected + "|"}
    certified = certify_report(renamed(json.loads(text), names), tmp_path, SECONDS)
    assert {step.reason for step in certified.steps} == {""}
    written = (tmp_path / "Part0.v").read_text()
    assert "Admitted." not in written
    assert "Axiom " not in written


def renamed(found: dict, names: dict[str, str]) -> dict:
    """The report with other names in its certificates, which are then called by their new hashes."""
    text = json.dumps(found["certificates"])
    for old, new in names.items():
        text = text.replace(f'"{old}"', json.dumps(new))
    left, hashes = json.loads(text), {}
    while left:
        for name in [name for name, one in left.items() if all(cited in hashes for cited in one["theorems"])]:
            one = left.pop(name)
            one = json.loads(replaced(json.dumps(one), hashes))
            hashes[name] = digest(one)
            found["certificates"][hashes[name]] = one
    return json.loads(replaced(json.dumps(found), hashes))


def replaced(text: str, hashes: dict[str, str]) -> str:
    for old, new in hashes.items():
        text = text.replace(old, new)
    return text


@needs_coq
def test_contradictory_hypotheses_are_not_certified(coq: Coq) -> None:
    one, two = k.Relation("=", A, k.ONE), k.Relation("=", A, k.number(2))
    proof = (
        Line("hypothesis", (), (one,)),
        Line("weaken", (0,), (k.Relation("=", k.ONE, A),)),
        Line("hypothesis", (), (two,)),
        Line("compose", (1, 2), ()),
    )
    documents = certificates(({one, two}, k.Relation("=", k.ONE, k.number(2)), proof), TRUE)
    assert outcome(documents, coq) == ["no proof was found: no values were found at which the hypotheses hold", ""]


@needs_coq
def test_what_is_not_defined_is_not_certified(coq: Coq) -> None:
    logarithm = k.Apply("log", (A,))
    goal = k.Relation("=", logarithm, logarithm)
    documents = certificates((set(), goal, (Line("equality", (), (goal,)),)), TRUE)
    assert outcome(documents, coq) == ["no proof was found: definedness is not shown", ""]


@needs_coq
def test_what_a_cited_step_assumes_may_be_shown_by_another_line(coq: Coq) -> None:
    assumed, goal, proof = equation(k.Multiply((B, k.Power(B, Fraction(-1)))), k.ONE, k.positive(B))
    theorem = encode(Certificate(Sequent(frozenset(assumed), goal), proof))
    defined = k.Relation("=", B, k.Apply("exp", (A,)))
    citing = (
        Line("theorem", (), (digest(theorem),)),
        Line("hypothesis", (), (defined,)),
        Line("sign", (1,), (k.positive(B), "meaning")),
        Line("discharge", (0,), (k.positive(B),)),
        Line("detach", (3, 2), ()),
    )
    cites = encode(Certificate(Sequent(frozenset({defined}), goal), citing, (digest(theorem),)))
    assert outcome({digest(one): one for one in (theorem, cites)}, coq) == ["", ""]


@needs_coq
def test_the_order_of_many_sums_does_not_matter(coq: Coq) -> None:
    names = [k.Index(f"i{n}", "X") for n in range(9)]
    product = k.Multiply(tuple(k.Entry("M", pair) for pair in pairwise(names)))
    inner = names[1:-1]
    documents = certificates(equation(k.sum_over(inner, product), k.sum_over(inner[::2] + inner[1::2], product)))
    assert outcome(documents, coq) == [""]


def power(base: k.Term, exponent: int) -> k.Term:
    return k.Power(base, Fraction(exponent))


def entry(name: str) -> k.Term:
    return k.Entry(name, (k.Index("x", "X"),))


EXP = [k.Apply("exp", (term,)) for term in (A, B, k.Add((A, B)))]
TOTAL = k.sum_over([k.Index("x", "X")], entry("p"))
FALSE = [
    equation(power(k.Add((A, B)), 2), k.Add((power(A, 2), power(B, 2)))),
    equation(k.Multiply((A, power(A, -1))), k.ONE),
    equation(EXP[2], k.Add((EXP[0], EXP[1]))),
    equation(k.Reduce("sum", "X", k.ONE), k.ONE),
    equation(TOTAL, k.ONE, k.forall([k.Index("x", "X")], k.nonnegative(entry("p")))),
]


def believed(proof: tuple[Line, ...], known: object, terms: tuple[k.Term, ...]) -> list[Sequent]:
    """What a kernel would say that believes every line."""
    return [Sequent(frozenset(terms[1:]), line.arguments[0]) for line in proof]


@needs_coq
def test_wrong_steps_are_not_certified_whatever_the_kernel_says(coq: Coq, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lemmas, "derive", believed)
    reasons = outcome(certificates(*FALSE, TRUE), coq)
    assert reasons == [*["no proof was found: a difference is left"] * len(FALSE), ""]


@needs_coq
def test_wrong_steps_are_not_certified_whatever_the_search_says(coq: Coq, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lemmas, "derive", believed)
    monkeypatch.setattr(reduction.Reducer, "reduce", lambda self, total: ({}, []))
    monkeypatch.setattr(entries, "definedness_lemma", lambda name, goal: trivial(name))
    *wrong, true = outcome(certificates(*FALSE, TRUE), coq)
    assert true == ""
    assert all(re.match(r"step_\d+: Unable to unify", reason) for reason in wrong), wrong


def trivial(name: str) -> Lemma:
    return Lemma(name, Sequent(frozenset(), k.ONE), Names([]), f"Lemma {name} : True. Proof. exact I. Qed.\n")


@needs_coq
def test_a_certificate_under_a_wrong_name_is_not_certified(coq: Coq) -> None:
    (one,) = certificates(TRUE).values()
    documents = {"sha256:0": one}
    assert outcome(documents, coq) == [
        "no proof was found: the name of its certificate is not the hash of the contents"
    ]


def given(monkeypatch: pytest.MonkeyPatch, *texts: str) -> dict:
    """Makes the lemmas of certificates the given texts."""
    made = {
        f"c{n}": Entry(f"c{n}", (Lemma(f"step_{n}", Sequent(frozenset(), k.ONE), Names([]), text),), ())
        for n, text in enumerate(texts)
    }
    monkeypatch.setattr("symderiv.coq.entries.Entries._made", lambda self, name: made[name])
    return dict.fromkeys(made)


@needs_coq
def test_a_lemma_that_fails_does_not_stop_the_others(coq: Coq, monkeypatch: pytest.MonkeyPatch) -> None:
    good, wrong = "Lemma step_{} : True. Proof. exact I. Qed.\n", "Lemma step_{} : False. Proof. exact I. Qed.\n"
    kinds = (good, wrong, wrong, good)
    documents = given(monkeypatch, *(text.format(n) for n, text in enumerate(kinds)))
    reasons = outcome(documents, coq)
    assert [not reason for reason in reasons] == [kind == good for kind in kinds]
    assert all(f"step_{n}: " in reason for n, reason in enumerate(reasons) if reason)


class Moody:
    """A Coq that rejects whatever it sees for the second time."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def compile(self, name: str, text: str) -> Compiled:
        line = 0 if "False" not in text else 1 + text[: text.index("Lemma step_1")].count("\n")
        rejected = line > 0 or name in self.seen
        self.seen.add(name)
        return Compiled(line, "no" if rejected else "", "")


def test_what_coq_accepts_only_once_is_not_certified(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = given(monkeypatch, "Lemma step_0 : True.\n", "Lemma step_1 : False.\n")
    assert list(certify(documents, documents, Moody(), SECONDS).values()) == [NOT_CHECKED, "step_1: no"]


@needs_coq
def test_a_lemma_that_takes_too_long_does_not_stop_the_others(coq: Coq, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = "let rec loop u := (pose proof I as again; clear again; loop u) in loop tt."
    slow = f"Lemma step_0 : True.\nProof.\n{loop}\nQed.\n"
    documents = given(monkeypatch, slow, "Lemma step_1 : True. Proof. exact I. Qed.\n")
    assert list(certify(documents, documents, coq, 1).values()) == ["step_0: Timeout!", ""]


@needs_coq
@pytest.mark.parametrize(
    "text",
    [
        "Lemma step_0 : 0 = 1. Proof. Admitted.\n",
        "Axiom f : False.\nLemma step_0 : 0 = 1. Proof. destruct f. Qed.\n",
        "Unset Guard Checking.\nFixpoint f (n : nat) : 0 = 1 := f n.\nLemma step_0 : 0 = 1. Proof. exact (f O). Qed.\n",
    ],
)
def test_only_the_axioms_of_the_real_numbers_may_be_used(text: str, coq: Coq, monkeypatch: pytest.MonkeyPatch) -> None:
    (reason,) = outcome(given(monkeypatch, text), coq)
    assert reason.startswith("the proofs rest on ")


def test_the_axioms_of_the_real_numbers_are_not_foreign() -> None:
    listed = (
        "Axioms:\nClassicalDedekindReals.sig_forall_dec\n  : forall P : nat -> Prop, P\nClassical_Prop.classic : x\n"
    )
    assert foreign_axioms(listed) == []
    assert foreign_axioms("Closed under the global context\n") == []
    assert foreign_axioms(listed + "my_axiom : False\nf is assumed to be guarded.\n") == [
        "my_axiom",
        "f is assumed to be guarded.",
    ]


def test_without_coq_the_command_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "r.json").write_text('{"certificates": {}}')
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["certify", str(tmp_path / "r.json")]) == 2
    assert capsys.readouterr().err == "symderiv: coqc was not found; on Debian: apt-get install coq\n"
