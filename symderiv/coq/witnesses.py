"""Witnesses: that there is something of which all hypotheses hold, so that not everything follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from symderiv.coq.errors import Unproved
from symderiv.coq.lemmas import KINDS, Lemma, hypotheses_of, premises_of, type_of, written
from symderiv.coq.names import Names
from symderiv.coq.polynomials import OPENED
from symderiv.coq.small_models import model_of
from symderiv.coq.statements import Statements, number_text
from symderiv.kernel import terms as k
from symderiv.kernel.facts import Definition, Definitions, as_definition, definitions_of, heads
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model

Tables = Mapping[str, Mapping[tuple[int, ...], Fraction]]


def witness_lemma(name: str, goal: Sequent) -> Lemma:
    """The lemma that there is something of which all hypotheses hold.

    Raises:
        Uncertified: no model was found, or a term has no reading in Coq.
    """
    hypotheses = hypotheses_of(goal)
    names = Names(hypotheses.values())
    definitions = definitions_of(hypotheses.values())
    model, constant = model_of(list(hypotheses.values()))
    values = list(_values(names, model, constant, definitions))
    variables = [(of, type_of(kind, signature)) for kind in KINDS for _, of, signature in names.all(kind)]
    parts = premises_of(names, hypotheses)
    bound = " ".join(f"({of} : {kind})" for of, kind in variables)
    conclusion = " /\\\n  ".join((*(text for _, text in parts), "True"))
    sentences = [f"pose ({of} := {value})." for of, value in values]
    sentences += [f"exists {of}." for of, _ in variables]
    replaced = f"subst {' '.join(of for of, _ in reversed(values))}; " if values else ""
    for of, _ in parts:
        by_definition = of in hypotheses and _is_definition(hypotheses[of], definitions)
        sentences.append("split; [intros; reflexivity|]." if by_definition else f"split; [{replaced}evaluate|].")
    statement = f"exists {bound},\n  {conclusion}" if variables else conclusion
    return Lemma(name, goal, names, written(name, statement, [*sentences, "exact I."]))


def _is_definition(proposition: k.Term, definitions: Definitions) -> bool:
    """True of a definition from which a name takes its value, so that it holds by construction."""
    own = as_definition(proposition)
    return own is not None and definitions[own.head] == own


def _values(names: Names, model: Model, constant: int, definitions: Definitions) -> Iterator[tuple[str, str]]:
    """The names in Coq with their values, each after those that it mentions."""
    yield from ((name, f"{model.sizes.get(domain, 1)}%nat") for domain, name, _ in names.all("size"))
    yield from ((name, f"{model.indices.get(index, 0)}%nat") for index, name, _ in names.all("index"))
    for of, name, signature in names.all("map"):
        table = {place: f"{value}%nat" for place, value in model.gathers.get(of, {}).items()}
        yield name, _function(table, signature.arity, "O")
    for _, name, signature in names.all("function"):
        yield name, f"fun {' '.join(['(_ : R)'] * signature.arity)} => IZR {constant}"
    symbols: Tables = {name: {(): value} for name, value in model.symbols.items()}
    for kind, table_of in (("symbol", symbols), ("tensor", model.tensors)):
        for of, name, signature in names.all(kind):
            if of not in definitions:
                entries = {place: number_text(value) for place, value in table_of.get(of, {}).items()}
                yield name, _function(entries, signature.arity, "IZR 0")
    yield from _defined(names, definitions)


def _function(table: Mapping[tuple[int, ...], str], arity: int, otherwise: str) -> str:
    """A function with finitely many values that matter."""
    if arity == 0:
        return table.get((), otherwise)
    variables = [f"i{n}" for n in range(arity)]
    places = [(", ".join(f"{n}%nat" for n in place), value) for place, value in sorted(table.items())]
    cases = "".join(f" | {place} => {value}" for place, value in places)
    blank = ", ".join(["_"] * arity)
    return f"fun {' '.join(variables)} : nat => match {', '.join(variables)} with{cases} | {blank} => {otherwise} end"


def _defined(names: Names, definitions: Definitions) -> Iterator[tuple[str, str]]:
    """The defined names with their definitions, each after those that its own mentions."""
    statements = Statements(names)
    left = dict(definitions)
    while left:
        ready = [head for head, own in left.items() if left.keys().isdisjoint(heads(own.body))]
        if not ready:
            raise Unproved("definitions lead in a circle")
        for head in ready:
            yield _definition(names, statements, left.pop(head))


def _definition(names: Names, statements: Statements, definition: Definition) -> tuple[str, str]:
    opened = [k.Index(f"{OPENED}p{n}", str(v.parts[-1])) for n, v in enumerate(definition.parameters)]
    body = k.substitute(definition.body, dict[k.Term, k.Term](zip(definition.parameters, opened, strict=True)))
    head = f"fun {' '.join(map(statements.index, opened))} : nat => " if opened else ""
    return names("tensor" if opened else "symbol", definition.head), head + statements.real(body)
