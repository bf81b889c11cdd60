"""A small sample of what `make adversary` runs, and that the adversary itself would notice."""

from __future__ import annotations

from random import Random

import pytest

from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import Polynomial
from symderiv.second_opinion import Opinion
from tests.adversary import programs
from tests.adversary.languages import LANGUAGES
from tests.adversary.models import is_true, witness
from tests.adversary.planted import plant
from tests.adversary.shrinking import shrunk
from tests.adversary.tree import ZERO, Claim, Relation, add, mul, neg, number, power, scalar, size
from tests.adversary.trials import SURFACES, TRUE, Trial, tried

SAMPLE = 60
SEED = 7

a, b = scalar("a"), scalar("b")


def sample(language: str, wrong: bool) -> list[Trial]:
    found = [tried((language, number, SEED, wrong)) for number in range(SAMPLE if language != "loops" else SAMPLE // 3)]
    return [trial for trial in found if trial is not None]


@pytest.mark.parametrize("language", SURFACES)
def test_no_false_statement_is_proved(language: str) -> None:
    found = sample(language, wrong=True)
    assert not [trial for trial in found if trial.defect]
    told = [trial for trial in found if trial.answer.word in ("refuted", "gap", "diagnosed")]
    assert len(told) > 0.75 * len(found) > 0


@pytest.mark.parametrize("language", SURFACES)
def test_no_true_statement_is_refuted(language: str) -> None:
    found = sample(language, wrong=False)
    assert not [trial for trial in found if trial.defect]
    assert len([trial for trial in found if trial.answer.word == "proved"]) > 0.5 * len(found) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_rewriting_is_sound(language: str) -> None:
    for number_ in range(40):
        random = Random(f"{language}:{number_}")
        claim = LANGUAGES[language](random)
        assert witness(claim, random) is None, claim


def test_backward_loops_are_right() -> None:
    for number_ in range(20):
        random = Random(number_)
        assert programs.is_right(programs.program(random), random)


@pytest.mark.parametrize(
    ("right", "true"),
    [
        (add(power(a, 2), neg(power(b, 2))), True),
        (add(power(a, 2), power(b, 2)), False),
        (mul(add(a, b), add(a, b)), False),
    ],
)
def test_the_second_evaluator_tells_true_from_false(right, true) -> None:
    claim = Claim(Relation(mul(add(a, b), add(a, neg(b))), "=", right))
    assert is_true(claim, Random(0)) is true
    assert (witness(claim, Random(0)) is None) is true


def test_errors_are_of_many_kinds() -> None:
    kinds = set()
    for language, true in LANGUAGES.items():
        for number_ in range(60):
            random = Random(f"{language}:{number_}")
            planted = plant(true(random), random)
            kinds |= {planted[0]} if planted else set()
    assert len(kinds) == 15


def test_a_prover_that_is_wrong_is_noticed_and_what_it_proves_is_made_small(monkeypatch) -> None:
    right = Normalizer.power

    def without_mixed_terms(self: Normalizer, base: Polynomial, exponent: object) -> Polynomial:
        found = right(self, base, exponent)
        return {m: c for m, c in found.items() if len(m.factors) < 2} if exponent == 2 and len(base) == 2 else found

    monkeypatch.setattr(Normalizer, "power", without_mixed_terms)
    monkeypatch.setattr("symderiv.search.opinion", lambda goal, seed: Opinion(None))
    found = [tried(("algebra", number_, SEED, wrong)) for number_ in range(80) for wrong in (True, False)]
    defects = [trial for trial in found if trial is not None and trial.defect]
    assert defects
    assert all(len(trial.small) <= len(trial.answer.text) + 2 for trial in defects)
    assert {trial.kind != TRUE for trial in defects} == {True}


def test_shrinking_keeps_what_fails() -> None:
    claim = Claim(Relation(add(power(add(a, b), 2), mul(a, b, number(3))), "=", ZERO), (Relation(a, ">", ZERO),))
    small = shrunk(claim, lambda c: any(node == power(add(a, b), 2) for node in c.relation.left.parts))
    assert size(small.relation.left) < size(claim.relation.left)
    assert small.hypotheses == ()
