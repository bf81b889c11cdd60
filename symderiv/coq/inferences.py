"""The lines of a certificate as proof terms of Coq, for the inferences that are no computation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from symderiv.coq.combinations import combined, relation, share_of
from symderiv.coq.errors import Unproved
from symderiv.coq.hypotheses import Stated
from symderiv.coq.knowledge import NOTHING_KNOWN
from symderiv.coq.polynomials import OPENED
from symderiv.coq.reduction import Reducer
from symderiv.coq.script import Script
from symderiv.kernel import terms as k
from symderiv.kernel.facts import as_definition, open_fact
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.replay import Line, Proof

WORDS = {"=": "eq", "<=": "le", "<": "lt", "!=": "neq"}
COMPOSE = {("eq", "eq"): "eq_trans", ("le", "le"): "Rle_trans", ("lt", "lt"): "Rlt_trans"}
COMPOSE |= {("lt", "le"): "Rlt_le_trans", ("le", "lt"): "Rle_lt_trans"}
WEAKEN = {("=", "="): "eq_sym", ("=", "<="): "Req_le _ _", ("<", "<="): "Rlt_le _ _", ("<", "!="): "Rlt_not_eq _ _"}
WEAKEN |= {("!=", "!="): "not_eq_sym"}
AXIOMS = {"logarithm.tangent": "tangent", "real.indicator": "indicator"}

Cite = Callable[[str, Callable[[k.Term], str]], str]
"""A proof of the conclusion of a cited certificate, from its name and the proofs of what it assumes."""


class Lines:
    """Proves the lines of one certificate inside a script."""

    def __init__(self, script: Script, proof: Proof, sequents: Sequence[Sequent], cite: Cite) -> None:
        self._script = script
        self._signs = script.signs
        self._proof = proof
        self._sequents = sequents
        self._cite = cite
        self._names = {proposition: name for name, proposition in script.hypotheses.items()}
        self._reducers: dict[tuple[object, ...], Reducer] = {}
        self._local: dict[k.Term, k.Term] = {}
        self._known: dict[int, str] = {}
        self._supplied = dict(self._cuts())

    def _cuts(self) -> Iterator[tuple[k.Term, int]]:
        """What is assumed, discharged, and then shown by another line, which serves where it is assumed."""
        for inference, premises, _ in self._proof:
            if inference == "detach" and self._proof[premises[0]].inference == "discharge":
                yield self._own(self._sequents[premises[1]].conclusion), premises[1]

    def proof_of(self, number: int) -> str:
        """A proof term for what a line concludes."""
        if number not in self._known:
            line = self._proof[number]
            translate = TRANSLATED.get(line.inference)
            if translate is None:
                raise Unproved(f"the inference {line.inference} is not translated")
            self._known[number] = translate(self, line, self._conclusion(number))
        return self._known[number]

    def _conclusion(self, number: int) -> k.Term:
        return self._own(self._sequents[number].conclusion)

    def _own(self, term: k.Term) -> k.Term:
        """The term with opened names for the indices that the statement does not mention."""
        for index in term.free:
            if isinstance(index, k.Index) and ("index", index.name) not in self._script.names:
                self._local.setdefault(index, k.Index(f"{OPENED}x{len(self._local)}", index.domain))
        return k.substitute(term, self._local)

    def hypothesis(self, line: Line, conclusion: k.Term) -> str:
        """A line that assumes a hypothesis of the statement."""
        return self._assumed(conclusion)

    def _assumed(self, proposition: k.Term) -> str:
        if proposition in self._names:
            return self._names[proposition]
        if proposition in self._supplied:
            return self.proof_of(self._supplied[proposition])
        raise Unproved("a line assumes what the statement does not")

    def theorem(self, line: Line, conclusion: k.Term) -> str:
        """A cited step."""
        return self._cite(str(line.arguments[0]), self._assumed)

    def axiom(self, line: Line, conclusion: k.Term) -> str:
        """An axiom of the kernel, which Coq proves."""
        return AXIOMS[str(line.arguments[0])]

    def instance(self, line: Line, conclusion: k.Term) -> str:
        """A general line at a value."""
        value = line.arguments[0]
        if isinstance(value, str):
            raise Unproved("instance of a word")
        return self._signs.applied(self.proof_of(line.premises[0]), [self._own(value)])

    def generalise(self, line: Line, conclusion: k.Term) -> str:
        """A line for all values of an index."""
        index = line.arguments[0]
        if not isinstance(index, k.Index):
            raise Unproved("generalisation over real numbers")
        inner = self.proof_of(line.premises[0])
        opened = self._own(index)
        if not isinstance(opened, k.Index) or ("index", index.name) in self._script.names:
            raise Unproved("generalisation over an index of the statement")
        return f"(fun {self._script.binders([opened])} => {inner})"

    def detach(self, line: Line, conclusion: k.Term) -> str:
        """The conclusion of an implication.  One that was made by discharging what it assumes is not stated in Coq."""
        implication = self._proof[line.premises[0]]
        if implication.inference == "discharge":
            return self.proof_of(implication.premises[0])
        return f"({self.proof_of(line.premises[0])} {self.proof_of(line.premises[1])})"

    def compose(self, line: Line, conclusion: k.Term) -> str:
        """Two relations in a row."""
        kinds = [relation(self._conclusion(number)).kind for number in line.premises]
        words = WORDS[kinds[0]], WORDS[kinds[1]]
        lemma = COMPOSE.get(words, "_".join(words))
        one, other = (self.proof_of(number) for number in line.premises)
        middle = "" if lemma == "eq_trans" else " _ _ _"
        return f"({lemma}{middle} {one} {other})"

    def weaken(self, line: Line, conclusion: k.Term) -> str:
        """A relation that another one implies."""
        have, goal = relation(self._conclusion(line.premises[0])), relation(conclusion)
        proof = self.proof_of(line.premises[0])
        if have == goal:
            return proof
        if have.kind == "=" and goal.kind == "<=" and have.left != goal.left:
            return f"(Req_le _ _ (eq_sym {proof}))"
        return f"({WEAKEN[have.kind, goal.kind]} {proof})"

    def sign(self, line: Line, conclusion: k.Term) -> str:
        """What signs show."""
        proof = self._signs.proposition(conclusion, NOTHING_KNOWN)
        if not proof:
            raise Unproved("a sign is not shown", conclusion)
        return proof

    def equality(self, line: Line, conclusion: k.Term) -> str:
        """An equation, by rewriting."""
        goal = relation(conclusion)
        reducer = self._reducer(line.premises, line.arguments[1:])
        return self._script.by_uses(goal.left, goal.right, reducer.prove(goal.left, goal.right)).proof

    def _reducer(self, premises: Sequence[int], roles: Sequence[object]) -> Reducer:
        unfold: list[str] = []
        equations: list[Stated] = []
        for number, role in zip(premises, roles, strict=True):
            proposition = self._conclusion(number)
            definition, fact = as_definition(proposition), open_fact(proposition)
            if role == "unfold" and definition is not None:
                unfold.append(definition.head)
            elif role == "fact" and fact.relation.kind == "=":
                equations.append(Stated(self.proof_of(number), fact))
        place = (tuple(unfold), tuple(equations))
        if place not in self._reducers:
            self._reducers[place] = Reducer(self._script, unfold, equations)
        return self._reducers[place]

    def combine(self, line: Line, conclusion: k.Term) -> str:
        """An inequality, by multiples of others."""
        pairs = list(zip(line.premises, line.arguments[1:], strict=True))
        helpers = [(number, use) for number, use in pairs if isinstance(use, str)]
        reducer = self._reducer([number for number, _ in helpers], [role for _, role in helpers])
        shares = [
            share_of(self._script, self._conclusion(number), self.proof_of(number), self._own(multiplier))
            for number, multiplier in pairs
            if isinstance(multiplier, k.Term)
        ]
        return combined(self._script, reducer, relation(conclusion), shares)

    def maximum(self, line: Line, conclusion: k.Term) -> str:
        """A maximum is below what all values are below."""
        most = relation(conclusion).left
        if not isinstance(most, k.Reduce):
            raise Unproved("maximum")
        size = self._script.names("size", most.domain)
        lemma = "maxn_least" if relation(conclusion).kind == "<=" else "maxn_below"
        return f"({lemma} {size} _ _ p_{size} {self.proof_of(line.premises[0])})"

    def below_maximum(self, line: Line, conclusion: k.Term) -> str:
        """A value is at most the maximum."""
        most, element = relation(conclusion).right, line.arguments[1]
        if not isinstance(most, k.Reduce) or isinstance(element, str):
            raise Unproved("below maximum")
        index, body, _ = self._signs.opened(most.body, most.domain)
        own = self._own(element)
        size, function = self._script.names("size", most.domain), self._signs.function(index, body)
        return f"(maxn_above {size} {function} {self._script.statements.index(own)} {self._signs.range(own)})"

    def cancel(self, line: Line, conclusion: k.Term) -> str:
        """A factor that is not 0 cancelled."""
        return f"(cancel_factor _ _ _ {self.proof_of(line.premises[0])} {self.proof_of(line.premises[1])})"


TRANSLATED: dict[str, Callable[[Lines, Line, k.Term], str]] = {
    "hypothesis": Lines.hypothesis,
    "theorem": Lines.theorem,
    "axiom": Lines.axiom,
    "instance": Lines.instance,
    "generalise": Lines.generalise,
    "detach": Lines.detach,
    "compose": Lines.compose,
    "weaken": Lines.weaken,
    "sign": Lines.sign,
    "equality": Lines.equality,
    "combine": Lines.combine,
    "maximum": Lines.maximum,
    "below_maximum": Lines.below_maximum,
    "cancel": Lines.cancel,
}
"""The inferences of the kernel that have a translation; the others are not needed by any prover."""
