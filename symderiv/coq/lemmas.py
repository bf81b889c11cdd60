"""A certificate as lemmas of Coq: what it states, and that what it states is defined."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from symderiv.coq.errors import Unproved
from symderiv.coq.inferences import Lines
from symderiv.coq.knowledge import NOTHING_KNOWN
from symderiv.coq.names import Names, Signature
from symderiv.coq.script import Script
from symderiv.coq.statements import Statements
from symderiv.kernel import terms as k
from symderiv.kernel.certificates import Certificate
from symderiv.kernel.definedness import definedness
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.replay import derive

KINDS = {"size": "nat", "map": "nat", "tensor": "R", "symbol": "R", "function": "R", "index": "nat"}
"""What the values are of each kind of name, in the order in which lemmas quantify over them."""


class Lemma(NamedTuple):
    """A lemma under a name in Coq, with what its statement quantifies over."""

    name: str
    goal: Sequent
    names: Names
    text: str


def type_of(kind: str, signature: Signature) -> str:
    """The type in Coq of what a name stands for."""
    return " -> ".join((*["R" if kind == "function" else "nat"] * signature.arity, KINDS[kind]))


def premises_of(names: Names, hypotheses: Mapping[str, k.Term]) -> list[tuple[str, str]]:
    """What a statement assumes, under names: sizes are positive, indices and maps in their range, the hypotheses."""
    statements = Statements(names)
    premises = [(f"p_{name}", f"(0 < {name})%nat") for _, name, _ in names.all("size")]
    for _, name, signature in names.all("map"):
        premises.append((f"range_{name}", _range_of_map(names, name, signature.domain, signature.arguments)))
    for _, name, signature in names.all("index"):
        premises.append((f"r_{name}", f"({name} < {names('size', signature.domain)})%nat"))
    return premises + [(name, statements.proposition(proposition)) for name, proposition in hypotheses.items()]


def quantified(names: Names, hypotheses: Mapping[str, k.Term], conclusion: str) -> tuple[str, str]:
    """A statement for all values of the names where the hypotheses hold, and the names of its parts for `intros`."""
    variables = [(name, type_of(kind, signature)) for kind in KINDS for _, name, signature in names.all(kind)]
    premises = premises_of(names, hypotheses)
    bound = " ".join(f"({name} : {kind})" for name, kind in variables)
    body = " ->\n  ".join([*(text for _, text in premises), conclusion])
    text = f"forall {bound},\n  {body}" if variables else body
    return text, " ".join(name for name, _ in (*variables, *premises))


def _range_of_map(names: Names, name: str, domain: str, arguments: tuple[str, ...]) -> str:
    variables = [f"k{n}" for n in range(len(arguments))]
    ranges = [f"({v} < {names('size', a)})%nat" for v, a in zip(variables, arguments, strict=True)]
    value = f"({' '.join((name, *variables))} < {names('size', domain)})%nat"
    return f"(forall {' '.join(variables)} : nat, {' -> '.join((*ranges, value))})" if variables else value


def hypotheses_of(goal: Sequent) -> dict[str, k.Term]:
    """The hypotheses under their names in Coq."""
    return {f"h{n}": proposition for n, proposition in enumerate(sorted(goal.hypotheses, key=k.key))}


def cited(lemma: Lemma, names: Names, proof_of: Callable[[k.Term], str]) -> str:
    """A lemma applied to the names of another statement, and to proofs of what it assumes."""
    values = [names(kind, name) for kind in KINDS for name, _, _ in lemma.names.all(kind)]
    premises = [
        f"{prefix}{names(kind, name)}"
        for kind, prefix in (("size", "p_"), ("map", "range_"), ("index", "r_"))
        for name, _, _ in lemma.names.all(kind)
    ]
    premises += [proof_of(proposition) for proposition in hypotheses_of(lemma.goal).values()]
    return f"({' '.join((lemma.name, *values, *premises))})"


def statement_lemma(name: str, certificate: Certificate, theorems: Mapping[str, Lemma]) -> Lemma:
    """The lemma that states a certificate, with its proof.

    Raises:
        Uncertified: a term has no reading in Coq, or no proof was found.
    """
    goal, proof = certificate.goal, certificate.evidence
    if isinstance(proof, Model):
        raise Unproved("a refutation is not certified")
    known = {cited: theorems[cited].goal for cited in certificate.theorems if cited in theorems}
    if len(known) < len(certificate.theorems):
        raise Unproved("a cited step is not certified")
    sequents = derive(proof, known, (goal.conclusion, *goal.hypotheses))
    hypotheses = hypotheses_of(goal)
    names = Names((goal.conclusion, *hypotheses.values(), *_mentioned(known, sequents, goal)))
    script = Script(names, hypotheses)
    lines = Lines(script, proof, sequents, lambda of, proof_of: cited(theorems[of], names, proof_of))
    term = lines.proof_of(_line_of(goal, sequents))
    statement, intros = quantified(names, hypotheses, script.statements.proposition(goal.conclusion))
    sentences = [f"intros {intros}.", script.tables(), *script.sentences, f"exact {term}."]
    return Lemma(name, goal, names, written(name, statement, sentences))


def _line_of(goal: Sequent, sequents: Sequence[Sequent]) -> int:
    """The line that shows a goal."""
    for number, (assumed, conclusion) in enumerate(sequents):
        if conclusion == goal.conclusion and assumed <= goal.hypotheses:
            return number
    raise Unproved("the statement is not among the lines of its proof")


def _mentioned(known: Mapping[str, Sequent], sequents: Sequence[Sequent], goal: Sequent) -> list[k.Term]:
    """What the proof speaks of; its own free indices are bound here, for they are no part of the statement."""
    cited = [term for sequent in known.values() for term in (sequent.conclusion, *sequent.hypotheses)]
    stated = frozenset[k.Term]().union(*(term.free for term in (goal.conclusion, *goal.hypotheses, *cited)))
    terms = []
    for sequent in sequents:
        own = (index for index in sequent.conclusion.free - stated if isinstance(index, k.Index))
        terms.append(k.forall(sorted(own, key=k.key), sequent.conclusion))
    return terms + cited


def definedness_lemma(name: str, goal: Sequent) -> Lemma:
    """The lemma that what a statement needs to be defined follows from its hypotheses.

    Raises:
        Uncertified: a term has no reading in Coq, or no proof was found.
    """
    hypotheses = hypotheses_of(goal)
    names = Names((goal.conclusion, *hypotheses.values()))
    script = Script(names, hypotheses)
    own = {proposition: of for of, proposition in hypotheses.items()}
    needs, proof = [], "I"
    for need in reversed(definedness(goal.conclusion, list(hypotheses.values()))):
        shown = own.get(need) or script.signs.proposition(need, NOTHING_KNOWN)
        if not shown:
            raise Unproved("definedness is not shown", need)
        needs.append(script.statements.proposition(need))
        proof = f"(conj {shown} {proof})"
    conclusion = " /\\ ".join((*reversed(needs), "True"))
    statement, intros = quantified(names, hypotheses, f"({conclusion})")
    return Lemma(name, goal, names, written(name, statement, [f"intros {intros}.", f"exact {proof}."]))


def written(name: str, statement: str, sentences: list[str]) -> str:
    """A lemma with its proof."""
    return "\n".join([f"Lemma {name} :\n  {statement}.", "Proof.", *sentences, "Qed.", ""])
