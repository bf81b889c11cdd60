"""What a search found, turned into a verdict: proofs and counterexamples are replayed here, by the kernel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from symderiv.certificates import encode
from symderiv.defects import written
from symderiv.kernel.certificates import Certificate, Json, digest
from symderiv.kernel.errors import KernelError
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model, Value
from symderiv.kernel.replay import replay_proof, replay_refutation
from symderiv.kernel.terms import Relation, Size, Symbol, Term
from symderiv.language.encode import Encoded
from symderiv.language.events import HAPPENS, TRUTH, event_of, is_event_map
from symderiv.language.families import agree
from symderiv.language.heads import outcomes_of
from symderiv.language.index_values import is_value_tensor, is_weights, respects_values, weighted
from symderiv.language.indices import unmeasured
from symderiv.language.readback import latex_of
from symderiv.language.symmetric import with_whole_matrices
from symderiv.language.templates import unfilled
from symderiv.model.verdict import Counterexample, Gap, JsonValue, Plausible, Proved, Refuted, Unknown, Verdict
from symderiv.parting import parting
from symderiv.refuters.chosen_values import chooses_values
from symderiv.refuters.random_models import with_own_determinants
from symderiv.rules.registry import in_words
from symderiv.runner import Crashed, Finished, Outcome, OutOfMemory, Raised, TimedOut
from symderiv.search import Answer, CounterexampleFound, NothingFound, ProofFound, ValuesDiffer
from symderiv.second_opinion import Disagreement

NOT_FOLLOWING = "it does not follow from what was read of its names"
CONTRADICTORY = "no values were found that satisfy the hypotheses, and from contradictory ones everything follows"
VALUES_DIFFER = "the values of its series, integrals and means differ here"
DIGITS = 12
"""Digits of an enclosure that are shown."""


@dataclass(frozen=True)
class Evidence:
    """A replayed certificate: its name, its JSON, and what it establishes (None where it refutes)."""

    name: str
    document: Json
    sequent: Sequent | None


Judged = tuple[Verdict, Evidence | None]


def judged(encoded: Encoded, outcome: Outcome[Answer], theorems: Mapping[str, Sequent]) -> Judged:
    """The verdict on a statement, with the certificate that backs it."""
    match outcome:
        case Finished(ProofFound() as found):
            return proved(encoded, found, theorems)
        case Finished(CounterexampleFound() as found):
            return refuted(encoded, found)
        case Finished(ValuesDiffer(goal, model, known)):
            verdict, _ = refuted(encoded, CounterexampleFound(goal, model))
            reason = VALUES_DIFFER if known else NOT_FOLLOWING
            return (Gap(verdict.counterexample, reason) if isinstance(verdict, Refuted) else verdict), None
        case Finished(NothingFound(attempts, instances)):
            tried = f"tried: {', '.join(attempts)}"
            if instances:
                return Plausible(instances, DIGITS, tried), None
            return Unknown(tried), None
        case Finished(Disagreement() as found):
            return defect(found), None
        case TimedOut(seconds):
            return Unknown(f"stopped after {seconds:g} s; see --timeout"), None
        case OutOfMemory():
            return Unknown("stopped: out of memory"), None
        case Crashed(message):
            return Unknown(f"the search ended abnormally: {message}"), None
        case Raised(name, message, _):
            return Unknown(f"the search failed: {name}: {message}"), None
    return Unknown("no answer"), None


def defect(found: Disagreement) -> Unknown:
    """The verdict where a proof and values contradict each other; both are written to a report that can be replayed."""
    values = values_of(found.model)
    place = f"symderiv replay {written(found)}"
    return Unknown(f"a proof was found that {values} contradicts: this is a defect of symderiv, shown by {place}")


def proved(encoded: Encoded, found: ProofFound, theorems: Mapping[str, Sequent]) -> Judged:
    """`Proved`, if the kernel accepts the proof and its goal is the statement's."""
    cited = tuple(sorted({str(line.arguments[0]) for line in found.proof if line.inference == "theorem"}))
    stated = hypotheses_of(encoded)
    try:
        if found.goal.conclusion != encoded.conclusion:
            return Unknown("the search proved another statement"), None
        replay_proof(found.goal, found.proof, {name: theorems[name] for name in cited if name in theorems})
    except KernelError as error:
        return Unknown(f"the kernel rejects the proof that was found: {error}"), None
    document = encode(Certificate(found.goal, found.proof, cited))
    conditions = tuple(latex_of(c, outcomes_of(encoded)) for c in sorted(found.goal.hypotheses - stated, key=repr))
    conditions += tuple(
        dict.fromkeys(fact.label for fact in encoded.facts if fact.rule == "matrix.inverse" and fact.label)
    )
    domains = (fact.proposition for fact in encoded.facts if fact.rule == "derivative.domain")
    conditions += tuple(dict.fromkeys(latex_of(domain, outcomes_of(encoded)) for domain in domains))
    name = digest(document)
    reason = in_words(found.rules)
    if found.instances == 0:
        reason += f"; {CONTRADICTORY}"
    return Proved(found.rules, conditions, reason, name), Evidence(name, document, found.goal)


def refuted(encoded: Encoded, found: CounterexampleFound) -> Judged:
    """`Refuted`, if the kernel evaluates the counterexample to the same effect, and indices have their values in it."""
    if not respects_values(found.model.tensors):
        return Unknown("the counterexample that was found gives other values to indices than they have"), None
    if not agree(found.model.tensors):
        return Unknown("the counterexample that was found gives two values to one entry"), None
    if with_own_determinants(found.model, found.goal) != found.model:
        return Unknown("the counterexample that was found chooses the value of a determinant"), None
    try:
        if chooses_values(found.goal, found.model):
            return Unknown("the values of the integrals or limits in it are not known"), None
        sides = replay_refutation(found.goal, found.model)
    except KernelError as error:
        return Unknown(f"the kernel rejects the counterexample that was found: {error}"), None
    document = encode(Certificate(found.goal, found.model))
    name = digest(document)
    where = parting(found.goal, found.model, lambda term: latex_of(term, outcomes_of(encoded)), digits)
    shown = Counterexample(values_of(found.model, encoded), digits(sides.left), digits(sides.right), where)
    return Refuted(shown, "the two sides differ at these values", name), Evidence(name, document, None)


def hypotheses_of(encoded: Encoded) -> frozenset[object]:
    """Everything that a statement says or brings along."""
    facts = frozenset[object](f.proposition for f in (*encoded.facts, *encoded.assumptions))
    return facts | frozenset(d.proposition for d in encoded.definitions)


def digits(value: Value) -> str:
    """An exact value, or the digits of an enclosure that are certain."""
    return str(value) if isinstance(value, fmpq) else value.str(DIGITS, radius=False)


def values_of(model: Model, encoded: Encoded | None = None) -> dict[str, JsonValue]:
    """The values of a model as JSON: numbers as text, tensors as nested lists, sizes by their names or as `|X|`."""
    definitions = () if encoded is None else encoded.definitions
    named = dict(filter(None, (_named_size(d.proposition) for d in definitions)))
    sizes = {named.get(d, f"|{unmeasured(d)}|"): size for d, size in sorted(model.sizes.items()) if d != TRUTH}
    values: dict[str, JsonValue] = dict(sizes)
    values |= {name: str(value) for name, value in sorted(model.symbols.items())}
    values |= dict(sorted(model.indices.items()))
    whole = with_whole_matrices(model.tensors)
    tensors = {name: table for name, table in sorted(whole.items()) if _is_shown(name, table)}
    shown = Counter(map(_short, tensors))
    for name, table in tensors.items():
        short = _short(name)
        alone = shown[short] == 1 and short not in values
        values[short if alone else name] = nested({p: str(v) for p, v in table.items()})
    values |= {name: nested(dict(table)) for name, table in sorted(_with_events(model).items())}
    return values


def _short(name: str) -> str:
    """The name of a tensor for people; the widths of intervals are written as a differential."""
    return rf"\mathrm{{d}}{unmeasured(weighted(name))}" if is_weights(name) else unfilled(name)


def _with_events(model: Model) -> dict[str, Mapping[tuple[int, ...], int]]:
    """The functions of indices, and for each event by its name the outcomes at which it happens."""
    found: dict[str, Mapping[tuple[int, ...], int]] = {}
    happens = model.gathers.get(HAPPENS, {})
    count = len(next(iter(happens), ()))
    for name, table in model.gathers.items():
        if is_event_map(name):
            found[event_of(name)] = {place: int(table[place] == happens.get(place[-count:])) for place in table}
        elif name != HAPPENS:
            found[name] = table
    return found


def _named_size(definition: Term) -> tuple[str, str] | None:
    """The index set and the name that is defined to be its size."""
    match definition:
        case Relation("=", Symbol(name), Size(domain)):
            return domain, name
    return None


def _is_shown(name: str, table: Mapping[tuple[int, ...], Fraction]) -> bool:
    """False of what values of indices are, and of the widths of intervals where all are 1."""
    return not is_value_tensor(name) and not (is_weights(name) and set(table.values()) == {Fraction(1)})


def nested(table: Mapping[tuple[int, ...], JsonValue | int | Fraction]) -> JsonValue:
    """A table by places as nested lists."""
    if set(table) == {()}:
        return table[()]  # type: ignore[return-value]
    first = sorted({place[0] for place in table})
    return [nested({p[1:]: v for p, v in table.items() if p[0] == k}) for k in first]
