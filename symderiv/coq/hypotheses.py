"""Hypotheses under their names in Coq, and what they say of given terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import NamedTuple

from symderiv.coq.polynomials import OPENED
from symderiv.coq.statements import Statements
from symderiv.kernel import terms as k
from symderiv.kernel.facts import Definition, Fact, as_definition, open_fact


class Stated(NamedTuple):
    """A hypothesis under its name in Coq."""

    name: str
    fact: Fact


class Hypotheses:
    """What is assumed, as proof terms."""

    def __init__(self, hypotheses: Mapping[str, k.Term], statements: Statements) -> None:
        self.statements = statements
        self.definitions: dict[str, tuple[str, Definition]] = {}
        self.stated: list[Stated] = []
        for name, proposition in hypotheses.items():
            definition, fact = as_definition(proposition), open_fact(proposition)
            if definition is not None and definition.head not in self.definitions:
                self.definitions[definition.head] = name, definition
            self.stated.append(Stated(name, fact))
        self.numbers = count()

    def range(self, index: k.Term) -> str:
        """The proof that an index is in its index set."""
        if isinstance(index, k.Gather):
            return self.applied(f"range_{self.statements.names('map', index.name)}", index.indices)
        return f"r_{self.statements.index(index)}"

    def applied(self, name: str, values: Sequence[k.Term], proofs: Sequence[str] = ()) -> str:
        """What a hypothesis says of some values."""
        arguments = []
        for value in values:
            if isinstance(value, k.Index | k.Gather):
                arguments += [self.statements.index(value), self.range(value)]
            else:
                arguments.append(self.statements.real(value))
        return f"({' '.join((name, *arguments, *proofs))})" if (*arguments, *proofs) else name

    def unfolded(self, term: k.Term) -> tuple[str, k.Term] | None:
        """The body of the definition of a symbol or entry, with the proof that they are equal."""
        if not isinstance(term, k.Symbol | k.Entry) or term.parts[0] not in self.definitions:
            return None
        name, definition = self.definitions[term.parts[0]]
        values = dict[k.Term, k.Term](zip(definition.parameters, term.children, strict=True))
        fact = next(stated.fact for stated in self.stated if stated.name == name)
        return self.applied(name, [values[v] for v in fact.variables]), k.substitute(definition.body, values)

    def opened(self, body: k.Term, domain: str) -> tuple[k.Index, k.Term, str]:
        """The body of a binder with a new index, and the beginning of a function of that index and its range."""
        index = k.Index(f"{OPENED}b{next(self.numbers)}", domain)
        name = self.statements.index(index)
        return index, k.instantiate(body, index), f"fun ({name} : nat) r_{name} =>"

    def function(self, index: k.Index, body: k.Term) -> str:
        """A function of an index."""
        return f"(fun {self.statements.index(index)} : nat => {self.statements.real(body)})"
