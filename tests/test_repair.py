"""What would be true in place of a refuted statement; where the error is known, the repair undoes it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from symderiv import (
    KL,
    E,
    Var,
    cross_entropy,
    distribution,
    entropy,
    equal,
    exp,
    ln,
    random_variables,
    scalars,
    variables,
)
from symderiv.answers import judged
from symderiv.cli import symderiv
from symderiv.language.encode import encode
from symderiv.model.statement import Context, Statement
from symderiv.model.verdict import Proved
from symderiv.repair import Broken, mended, repaired
from symderiv.runner import Finished
from symderiv.search import CounterexampleFound, Question, search
from tests.refused.test_refused import CASES

pytestmark = pytest.mark.thorough

x, y = variables("x y")
a, b, c = scalars("a b c")
X, Y = random_variables("X Y")
P = distribution("P", x, y)
H, I = P.H, P.I
p, q = distribution("p", x), distribution("q", x)
cross, own = cross_entropy(p(x), q(x)), entropy(p(x))


def repair_of(proposition, assumptions=(), left_too=True):
    """The statement after the edit that is found, or None."""
    statement = Statement(proposition, Context(tuple(assumptions)))
    answer = search(Question(encode(statement)))
    assert isinstance(answer, CounterexampleFound)
    number = repaired(Broken(statement, answer.model, left_too=left_too))
    return None if number is None else mended(statement, left_too, number).statement


def is_proved(statement):
    question = Question(encode(statement))
    verdict, _ = judged(question.encoded, Finished(search(question)), {})
    return isinstance(verdict, Proved)


def test_most_wrong_statements_get_a_repair_and_each_repair_is_proved():
    repairs = [repair_of(statement, assumptions) for _, statement, assumptions in CASES]
    found = [repair for repair in repairs if repair is not None]
    assert all(map(is_proved, found))
    assert len(found) >= 0.7 * len(CASES)


PLANTED = [
    ("a sign", equal((a - b) ** 2, a**2 - 2 * a * b + b**2), equal((a - b) ** 2, a**2 + 2 * a * b + b**2)),
    ("a sign", equal(I(x, y), H(y) - H(y | x)), equal(I(x, y), H(y) + H(y | x))),
    ("a sign", equal(Var(X), E(X**2) - E(X) ** 2), equal(Var(X), E(X**2) + E(X) ** 2)),
    ("a variable", equal(H(x, y), H(x) + H(y | x)), equal(H(x, y), H(y) + H(y | x))),
    ("a name", equal(a * (b + c), a * b + a * c), equal(a * (b + c), a * b + b * c)),
    ("a condition", equal(H(x, y), H(x) + H(y | x)), equal(H(x, y), H(x) + H(y))),
    ("a factor", equal((a + b) ** 2, a**2 + 2 * a * b + b**2), equal((a + b) ** 2, a**2 + a * b + b**2)),
    ("a factor", equal(Var(a * X), a**2 * Var(X)), equal(Var(a * X), a * Var(X))),
    ("brackets", equal(a * b + a * c, a * (b + c)), equal(a * b + a * c, a * b + c)),
    ("brackets", equal(a - b, (a**2 - a * b) / a), equal(a - b, a**2 - a * b / a)),
    ("a power", equal(Var(X), E(X**2) - E(X) ** 2), equal(Var(X), E(X**2) - E(X))),
    ("an operation", equal(exp(a + b), exp(a) * exp(b)), equal(exp(a + b), exp(a) + exp(b))),
    ("arguments", equal(KL(p(x), q(x)), cross - own), equal(KL(q(x), p(x)), cross - own)),
    ("a term", equal((a + b) ** 2, a**2 + b**2 + 2 * a * b), equal((a + b) ** 2, a**2 + b**2)),
    ("a term", equal((a + b) * c, a * c + b * c), equal((a + b) * c, a * c + b * c + a)),
]


@pytest.mark.parametrize(("kind", "right", "wrong"), PLANTED)
def test_a_repair_undoes_the_error_that_was_made(kind, right, wrong):
    found = repair_of(wrong)
    assert found is not None
    assert is_proved(found)
    for one, other in zip(sides(found.proposition), sides(right), strict=True):
        assert is_proved(Statement(equal(one, other))), found.proposition


def sides(proposition):
    return proposition.left, proposition.right


def test_the_left_side_of_a_row_is_that_of_the_row_before():
    wrong = equal(ln(a) + b, ln(a) - b)
    assert repair_of(wrong).proposition.left == wrong.left
    assert repair_of(equal(a - b, a + b), left_too=False).proposition.left == (a - b)


def test_what_is_not_proved_is_not_offered():
    assert repair_of(equal(KL(p(x), q(x)), KL(q(x), p(x)))) is None


def test_a_repair_is_in_the_report_with_its_certificate():
    arguments = ["prove", r"(a - b)^2 = a^2 - b^2 + 2 b^2 + 2 a b", "--no-cache", "--format", "json"]
    report = json.loads(CliRunner().invoke(symderiv, arguments, standalone_mode=False).stdout)
    (step,) = report["files"][0]["derivations"][0]["steps"]
    assert step["verdict"] == "refuted"
    assert step["repair"].endswith(r"- 2 \, a \, b")
    assert "true with" in step["reason"]
    assert len(report["certificates"]) == 2
