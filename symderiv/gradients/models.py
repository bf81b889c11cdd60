"""Random models of the equations of a program, for a second opinion on what was proved of them.

Sizes are related as the program says, and relations between indices are what they are; everything else is drawn, or
solved for where an equation that is no definition asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random

from symderiv.gradients.system import System
from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.facts import head_of
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.terms import Entry, Forall, Relation, Symbol, Term, key, subterms
from symderiv.loops.instances import free_sizes, sizes_of
from symderiv.loops.relations import Shape
from symderiv.model.program import Program
from symderiv.refuters.linear import LinearEquations
from symderiv.refuters.random_models import Signature, random_model

TRIES = 15
"""Models that are proposed for each choice of sizes."""
VAIN = 3
"""Models in which an equation does not hold that is to be solved, after which no more of their sizes are proposed."""


def models_of(system: System, shapes: Mapping[str, Shape], goal: Sequent, seed: int) -> Iterator[Model]:
    """Models in which the hypotheses of a goal hold."""
    stated = sorted(goal.hypotheses, key=key)
    signature = Signature()
    for term in (goal.conclusion, *stated):
        signature.visit(term)
    if not signature.can_be_drawn:
        return
    drawn = [hypothesis for hypothesis in stated if not _is_law(hypothesis)]
    equations = LinearEquations(drawn)
    random = Random(seed)
    for sizes in telling_sizes(system.program):
        if not signature.domains.keys() <= sizes.keys():
            continue
        tables = {
            name: shapes[name].table(sizes) for name in (*signature.tensors, *signature.symbols) if name in shapes
        }
        vain = 0
        for _ in range(TRIES):
            if vain == VAIN:
                break
            model = random_model(signature, stated, {name: sizes[name] for name in signature.domains}, random)
            plain = {name: table[()] for name, table in tables.items() if () in table}
            wide = {name: table for name, table in tables.items() if () not in table}
            model = replace(model, tensors={**model.tensors, **wide}, symbols={**model.symbols, **plain})
            model = equations.solved(model, wide.keys())
            evaluator = Evaluator(model, stated)
            try:
                wrong = (h for h in stated if not (evaluator.defines(h) or evaluator.holds(h) is True))
                first = next(wrong, None)
                if first is None:
                    yield model
                vain += first is not None and _is_equation(first)
            except (Rejected, Undefined):
                continue


def _is_equation(hypothesis: Term) -> bool:
    while isinstance(hypothesis, Forall):
        hypothesis = hypothesis.body
    return isinstance(hypothesis, Relation) and hypothesis.kind == "="


def telling_sizes(program: Program) -> Iterator[dict[str, int]]:
    """Sizes as the program relates them: unequal ones where there are few, then the smallest."""
    names = free_sizes(program)
    unequal = {name: (3, 2, 4)[place] if len(names) <= 3 else 2 for place, name in enumerate(names)}
    for base in (unequal, dict.fromkeys(names, 2), dict.fromkeys(names, 1)):
        sizes = sizes_of(program, base)
        if sizes is not None:
            yield sizes


def _is_law(hypothesis: Term) -> bool:
    """True of what is said of relations between indices alone."""
    heads = [head_of(part) or "" for part in subterms(hypothesis) if isinstance(part, Entry | Symbol)]
    return bool(heads) and all(head.startswith("[") for head in heads)
