"""Values that are no model's to choose: of a limit, an unknown derivative, and the variable of an integral."""

from __future__ import annotations

from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.facts import open_fact
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.terms import Entry, Symbol, Term, subterms
from symderiv.language.function_derivatives import is_unknown_derivative
from symderiv.language.index_values import is_region, is_value_tensor

_LIMIT = r"\lim"


def chooses_values(goal: Sequent, model: Model) -> bool:
    """True of a variable of integration as a number, an unknown derivative, and a limit not known at a model's values.

    A limit is known where a hypothesis says what it is, under premises that hold there.
    """
    parts = list(subterms(goal.conclusion))
    tensors = {part.tensor for part in parts if isinstance(part, Entry)}
    if any(is_value_tensor(name) and is_region(name) for name in tensors):
        return True
    if any(isinstance(part, Symbol | Entry) and is_unknown_derivative(part.parts[0]) for part in parts):
        return True
    limits = {part for part in parts if isinstance(part, Symbol | Entry) and part.parts[0].startswith(_LIMIT)}
    if not limits:
        return False
    evaluator = Evaluator(model, goal.hypotheses)
    for hypothesis in goal.hypotheses:
        stated = open_fact(hypothesis)
        is_value = stated.relation.kind == "=" and stated.relation.left in limits
        if is_value and all(_is_seen_to_hold(evaluator, premise) for premise in stated.premises):
            limits.discard(stated.relation.left)
    return bool(limits)


def _is_seen_to_hold(evaluator: Evaluator, premise: Term) -> bool:
    """True where a premise has a value, and is true: `ln b < 0` has none of a negative b."""
    try:
        return evaluator.holds(premise) is True
    except (Rejected, Undefined):
        return False
