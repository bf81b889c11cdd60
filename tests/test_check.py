"""The whole flow at its public surface: scripts and statements in, verdicts and certificates out."""

from __future__ import annotations

import copy
import json
import textwrap

import pytest

from symderiv.check import Options, check_paths, prove_statement, replay_report
from symderiv.explanations import explain
from symderiv.model.verdict import Proved, Refuted, Unknown

HEADER = """
from symderiv import *
x, y = variables("x y")
P = distribution("P", x, y)
H, I = P.H, P.I
"""


def check(tmp_path, script, **options):
    path = tmp_path / "script.py"
    path.write_text(HEADER + textwrap.dedent(script), encoding="utf-8")
    report = check_paths([path], Options(**{"jobs": 1, "cache": False, **options}))
    (file,) = report.files
    return report, [step.verdict for derivation in file.derivations for step in derivation.steps], file


def prove(text, *assumptions):
    report = prove_statement(text, assumptions, Options(jobs=1, cache=False))
    return [step.verdict for step in report.files[0].derivations[0].steps]


PROVED = [
    ("I(x,y) = H(y) - H(y|x)", []),
    ("I(x,y) = H(x) - H(x|y)", []),
    (r"I(x,y) \geq 0", []),
    (r"KL(P(x,y), P(x)P(y)) = H(y) - H(y|x)", []),
    (r"H(y|x) \leq H(y)", []),
]


@pytest.mark.parametrize(("statement", "conditions"), PROVED)
def test_statements_about_one_joint_distribution(statement, conditions):
    (verdict,) = prove(statement, "let P(x,y) be a distribution")
    assert isinstance(verdict, Proved)
    assert list(verdict.conditions) == conditions


def test_the_three_parts_of_the_quiz_s_second_problem():
    elbo = (
        r"E_{z \sim \tilde{Q}_\Psi(z|y)} \;\ln \frac{Q_\Phi(z,y)}{\tilde{Q}_\Psi(z|y)}"
        r" = \ln Q_\Phi(y) - KL(\tilde{Q}_\Psi(z|y),Q_\Phi(z|y)) \leq \ln Q_\Phi(y)"
    )
    equality, bound = prove(elbo)
    assert isinstance(equality, Proved)
    assert isinstance(bound, Proved)
    assert equality.conditions


def test_conditions_are_said():
    (verdict,) = prove(r"\ln(ab) = \ln a + \ln b")
    assert isinstance(verdict, Proved)
    assert set(verdict.conditions) == {"a > 0", "b > 0"}
    (verdict,) = prove(r"x/x = 1")
    assert isinstance(verdict, Proved)
    assert verdict.conditions == (r"x \neq 0",)


def test_a_condition_that_is_assumed_is_not_listed():
    (verdict,) = prove(r"\ln(ab) = \ln a + \ln b", "a > 0", "b > 0")
    assert isinstance(verdict, Proved)
    assert verdict.conditions == ()


def test_contradictory_hypotheses_are_said():
    (verdict,) = prove(r"a^2 \geq 0", "a > 1", "a < 0")
    assert isinstance(verdict, Proved)
    assert "contradictory" in verdict.reason


def test_a_wrong_statement_has_a_counterexample():
    (verdict,) = prove("I(x,y) = H(y) + H(y|x)", "let P(x,y) be a distribution")
    assert isinstance(verdict, Refuted)
    assert verdict.counterexample.left != verdict.counterexample.right
    assert "P" in verdict.counterexample.values


def test_a_wrong_step_is_found_at_its_place(tmp_path):
    _, verdicts, file = check(
        tmp_path,
        """
        wrong = derivation(
            "Wrong",
            claim=equal(I(x, y), H(y) - H(y | x)),
            steps=[
                start(I(x, y)),
                eq(H(y) + H(y | x)),
                eq(H(y) - H(y | x)),
            ],
        )
        """,
    )
    assert [type(verdict) for verdict in verdicts] == [Refuted, Refuted, Unknown]
    step = file.derivations[0].steps[0]
    assert (step.span.line, step.span.column) == (12, 9)


def test_a_reason_is_checked(tmp_path):
    _, verdicts, _ = check(
        tmp_path,
        """
        D = KL(P(x, y), P(x) * P(y))
        right = derivation("Right", steps=[start(I(x, y)), eq(D, by="information.mutual_information")])
        wrong = derivation("Wrong", steps=[start(I(x, y)), eq(D, by="exponential.sum")])
        unknown = derivation("Unknown", steps=[start(I(x, y)), eq(D, by="no.such.rule")])
        """,
    )
    assert [type(verdict) for verdict in verdicts] == [Proved, Unknown, Unknown]
    assert "does not follow by" in verdicts[1].reason


def test_citing_checks_the_hypotheses_of_what_is_cited(tmp_path):
    script = """
    a, b = scalars("a b")
    square = derivation("Square", assume=[greater(a, 1)], claim=greater(a**2, 1), steps=[start(a**2), gt(1)])
    free = derivation("Free", assume=[greater(a, 1)], claim=at_least(a * a, a), steps=[start(a * a), ge(a)])
    cited = derivation("Cited", steps=[start(a * a + b), ge(a + b, by=free)])
    """
    _, verdicts, _ = check(tmp_path, script)
    assert isinstance(verdicts[-3], Proved)
    assert isinstance(verdicts[-1], Refuted)  # a > 1 is not given there


def test_the_same_with_two_variables_exchanged(tmp_path):
    _, verdicts, file = check(
        tmp_path,
        """
        first = derivation(
            "First", claim=equal(I(x, y), H(y) - H(y | x)), steps=[start(I(x, y)), eq(H(y) - H(y | x))]
        )
        second = swapped(first, x, y)
        """,
    )
    assert all(isinstance(verdict, Proved) for verdict in verdicts)
    assert file.derivations[1].steps[-1].right == r"H(x) - H(x \mid y)"


def test_a_claim_needs_every_step(tmp_path):
    _, verdicts, _ = check(
        tmp_path,
        """
        detour = derivation(
            "Right ends, wrong middle",
            claim=at_least(I(x, y), 0),
            steps=[start(I(x, y)), ge(I(x, y) + 1), ge(0)],
        )
        """,
    )
    assert isinstance(verdicts[0], Refuted)
    assert not isinstance(verdicts[-1], Proved)


def test_a_search_that_never_ends_is_stopped(tmp_path):
    _, verdicts, _ = check(
        tmp_path,
        """
        t = tensor("t", x, y)
        big = Sum[x, y](t[x, y] + 1)
        hard = derivation("Hard", claim=equal(big**60, big**59 * (big + 1)))
        """,
        timeout=2.0,
    )
    assert isinstance(verdicts[0], Unknown | Refuted)


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "script.py"
    path.write_text(
        HEADER
        + 'a = derivation("A", claim=at_least(I(x, y), 0), steps=[start(I(x, y)), eq(H(y) - H(y | x)), ge(0)])\n'
        + 'b = derivation("B", claim=equal(I(x, y), H(y)))\n',
        encoding="utf-8",
    )
    report = check_paths([path], Options(jobs=1, cache=False))
    from io import StringIO

    from symderiv.writers.json import WRITER

    out = StringIO()
    WRITER.write(report, out)
    return json.loads(out.getvalue())


def test_a_report_replays(document):
    outcomes = replay_report(document)
    assert outcomes
    assert all(outcome.ok for outcome in outcomes)


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))
    else:
        yield path, value


def test_flipping_any_value_of_a_certificate_is_noticed(document):
    for name, certificate in document["certificates"].items():
        for path, value in list(leaves(certificate))[::7]:
            forged = copy.deepcopy(document)
            place = forged["certificates"][name]
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = value + 1 if isinstance(value, int) else f"{value}x"
            assert not all(outcome.ok for outcome in replay_report(forged)), path


def test_the_cache_is_replayed_and_not_believed(tmp_path, monkeypatch):
    monkeypatch.setenv("SYMDERIV_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "script.py"
    path.write_text(HEADER + 'a = derivation("A", claim=at_least(I(x, y), 0))\n', encoding="utf-8")
    first = check_paths([path], Options())
    files = list((tmp_path / "cache").rglob("*.json"))
    assert files
    assert check_paths([path], Options()).certificates == first.certificates
    for file in files:
        kept = json.loads(file.read_text())
        kept["certificate"]["lines"] = kept["certificate"]["lines"][:1]
        file.write_text(json.dumps(kept))
    # What does not replay is searched for again.
    assert check_paths([path], Options()).certificates == first.certificates


@pytest.mark.parametrize("subject", ["axioms", "information.gibbs", "combine", "syntax-error"])
def test_explanations(subject):
    page = explain(subject)
    assert page
    assert len(page.splitlines()) > 1


def test_what_is_not_known_has_no_explanation():
    assert explain("no.such") is None
