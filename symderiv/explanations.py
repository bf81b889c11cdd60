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
    "no-derivations": "The file defines no derivation.",
    "not-in-language": "A step contains something that has no meaning here, or one name with two meanings.",
    "unread": "The text could not be read without guessing; the place is the first token that has no reading.",
    "ambiguous": "The text has more than one reading.  Brackets, or a declaration, decide.",
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
