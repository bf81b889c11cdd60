"""One statement, from its encoding to a replayed proof."""

from __future__ import annotations

from symderiv.kernel.normal_form import forget
from symderiv.kernel.replay import replay_proof
from symderiv.language.encode import encode
from symderiv.model.statement import Proposition, Statement
from symderiv.search import ProofFound, Question, search


def prove(proposition: Proposition) -> None:
    """Proves a proposition with nothing kept from before.

    Raises:
        RuntimeError: it was not proved, so there is nothing to measure.
    """
    forget()
    answer = search(Question(encode(Statement(proposition))))
    if not isinstance(answer, ProofFound):
        raise RuntimeError(f"not proved: {proposition}")
    replay_proof(answer.goal, answer.proof)
