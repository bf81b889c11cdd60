"""`symderiv explain`: what a rule says, what a diagnostic means, which axioms are in use."""

from __future__ import annotations

from symderiv.kernel.axioms import AXIOMS
from symderiv.kernel.inferences import INFERENCES
from symderiv.language.encode import latex_of_proposition
from symderiv.model.statement import Proposition
from symderiv.rules.registry import rules
from symderiv.rules.rule import Rule

CODES = {
    "syntax-error": "The script is not Python.  Nothing in it was checked.",
    "script-error": "The script raised an error.  What it had defined before was checked.",
    "script-misuse": "A derivation is not put together as it must be: a chain begins with start(...).",
    "script-exit": "The script ended itself.  What stands below that place was not read.",
    "unreadable-file": "The file could not be opened.",
    "too-large": "The file is larger than what is read of one.",
    "not-decodable": "The file is not in the encoding that it should be in; the place is the first such byte.",
    "invalid-json": "The notebook is not JSON; the place is the first character that does not fit.",
    "invalid-notebook": "The file is JSON, but no notebook of version 4 of the format.",
    "input-skipped": "The document inputs a file that was not read: none in its folder, or too much of it.",
    "right-result": "A step of the chain is wrong, and its ends agree all the same: a mistake was undone.",
    "idle-hypothesis": "Every step of the derivation is proved without this hypothesis: the kernel accepts the proofs "
    "when it is left out.  Where several are told, all of them may be left out together.  --idle asks for it.",
    "no-derivations": "The file defines no derivation.",
    "not-in-language": "A step contains something that has no meaning here, or one name with two meanings.",
    "unread": "The text could not be read without guessing; the place is the first token that has no reading.",
    "ambiguous": "The text has more than one reading.  Brackets, or a declaration, decide.",
    "loop-syntax": "A line of a loop program is not in the notation; the place is the first token that does not fit.",
    "unknown-name": "A name is neither declared nor computed.  Declare it: input x[B,J], or scalar c.",
    "arity": "A tensor is used with another number of indices than it has, or a function with other arguments.",
    "index-unbound": "An index stands in no loop and in no sum around it.  Name it after for, or sum over it.",
    "index-range": "An index leaves the axis it stands at, at the sizes that are shown.  A guard such as [t >= 1] in "
    "the same product keeps it inside.",
    "loop-order": "A cell is read before everything has been added to it.  Iterations of a parallel loop read what "
    "stood before the loop; a sequential loop runs the way its range says.",
    "read-before-write": "A cell is read, and what computes it stands later.",
    "never-written": "What is read is neither given nor computed, or a recurrence leaves out a cell.",
    "write-twice": "A cell that = sets is set again, += and max= meet at one cell, or what is given is set.",
    "division-by-zero": "A denominator made of sizes is 0 at the sizes that are shown.  Assume what excludes them.",
    "contradictory-sizes": "No sizes satisfy what is assumed of them, so that everything would follow.",
    "wrong-cost": "The work or the span of a program is not what is claimed.  Only the sizes after in grow; where none "
    "is named, all of them do, each for itself.",
    "no-scan": "A tensor is claimed to be computed by a scan, and is no state that enters the next iteration affinely.",
    "procedure-overwrites": "What is given, or was built before, is replaced or changed, and what it held is lost.",
    "procedure-index-error": "An element of a list is set that the list does not have.  append makes it longer.",
    "procedure-unbuilt": "An element is read before it is built, or outside of what is given.",
    "procedure-wrong-value": "An element is not what its defining equation says.",
    "procedure-incomplete": "An element that the equations define is never built.",
    "procedure-surplus": "An element is built that no equation defines.",
    "procedure-unread": "A statement of a procedure is neither an assignment to a list nor a loop over a range, or an "
    "index is no integer that is known.",
    "procedure-syntax": "A line of a procedure is not Python.",
    "procedure-equation": "An equation that a procedure has to satisfy, or the length of a list, cannot be read.",
}
"""Diagnostic codes and what they mean."""


def explain(subject: str) -> str | None:
    """The page of a rule id, a diagnostic code, an inference, or `axioms`; None where there is none."""
    if subject == "axioms":
        return axioms()
    if subject in rules():
        return _rule(rules()[subject])
    if subject in INFERENCES:
        return f"{subject}: an inference of the kernel\n\n{INFERENCES[subject].infer.__doc__}"
    if subject in CODES:
        return f"{subject}: a diagnostic\n\n{CODES[subject]}"
    return None


def axioms() -> str:
    """Everything that is accepted without proof."""
    lines = ["Axioms of the kernel"]
    lines += [f"  {name}: {axiom.text}  [{axiom.source}]" for name, axiom in sorted(AXIOMS.items())]
    lines += [
        "Conventions",
        "  index sets are finite and not empty; an empty sum is 0",
        "  1/0 is taken as 0; whether a denominator can be 0 is a definedness goal of every statement",
        "  0 ln 0 = 0: an expectation runs over the support of its distribution",
        "Computation",
        "  the normal form: ring laws of finite sums, powers, ln and exp of products and sums where they are defined",
        "  signs: of sums, products, powers, exp, ln, and what the hypotheses say",
        "Declared by the words of a statement",
        "  a distribution is not negative and sums to one; a convex function lies above its supporting lines",
    ]
    return "\n".join(lines)


def _rule(rule: Rule) -> str:
    stated = latex_of_proposition(rule.statement) if isinstance(rule.statement, Proposition) else rule.statement
    lines = [f"{rule.name}: {rule.words}", "", f"  {stated}"]
    if rule.given:
        lines += ["", "Conditions"] + [f"  {latex_of_proposition(condition)}" for condition in rule.given]
    if rule.source:
        lines += ["", f"Source: {rule.source}"]
    return "\n".join(lines)
