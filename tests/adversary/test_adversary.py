"""A small sample of what `make adversary` runs, and that the adversary itself would notice."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import Polynomial
from symderiv.second_opinion import Opinion
from tests.adversary import (
    calculus,
    contexts,
    densities,
    derivatives,
    events,
    families,
    integrals,
    limits,
    ordered,
    programs,
)
from tests.adversary.languages import LANGUAGES
from tests.adversary.models import is_true, witness
from tests.adversary.planted import plant
from tests.adversary.shrinking import shrunk
from tests.adversary.tree import ONE, ZERO, Claim, Relation, add, mul, neg, number, power, scalar, size
from tests.adversary.trials import SURFACES, TEXTS, TRUE, Trial, tried

pytestmark = pytest.mark.thorough

SAMPLE = 60
FEWER = {"loops": 20, "information": 30, "sums": 30, **dict.fromkeys(TEXTS, 12), "families": 6}
"""Statements of languages in which each takes longer."""
SHARES = {
    "limits": (0.05, 0.05),
    "events": (0.5, 0.5),
    "densities": (0.4, 0.4),
    "integrals": (0.5, 0.5),
    "families": (0.2, 0.4),
    "ordered": (0.5, 0.5),
}
"""The least shares of false ones that are told and of true ones that are proved, where the program can do less."""
SEED = 7

a, b = scalar("a"), scalar("b")


def sample(language: str, wrong: bool) -> list[Trial]:
    found = [tried((language, number, SEED, wrong)) for number in range(FEWER.get(language, SAMPLE))]
    return [trial for trial in found if trial is not None]


@pytest.mark.parametrize("language", SURFACES)
def test_no_false_statement_is_proved(language: str) -> None:
    found = sample(language, wrong=True)
    assert not [trial for trial in found if trial.defect]
    told = [trial for trial in found if trial.answer.word in ("refuted", "gap", "diagnosed")]
    assert len(told) > SHARES.get(language, (0.75, 0.5))[0] * len(found) > 0


@pytest.mark.parametrize("language", SURFACES)
def test_no_true_statement_is_refuted(language: str) -> None:
    found = sample(language, wrong=False)
    assert not [trial for trial in found if trial.defect]
    proved = [trial for trial in found if trial.answer.word == "proved"]
    assert len(proved) > SHARES.get(language, (0.75, 0.5))[1] * len(found) > 0


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


@pytest.mark.parametrize("world", events.SPECIAL)
def test_spaces_are_as_they_are_said_to_be(world: str) -> None:
    """What is said of events holds in every space of their kind, and not in all others."""
    a_, b_, c_ = map(events.event, events.NAMES)
    both, alone = events.chance(events.cap(a_, b_)), mul(events.chance(a_), events.chance(b_))
    holds = {
        "independent": Relation(events.chance(events.cap(a_, b_, c_)), "=", mul(alone, events.chance(c_))),
        "pairwise": Relation(both, "=", alone),
        "disjoint": Relation(both, "=", ZERO),
        "inclusion": Relation(both, "=", events.chance(a_)),
        "conditional": Relation(
            events.chance(events.cap(a_, b_), c_), "=", mul(events.chance(a_, c_), events.chance(b_, c_))
        ),
    }[world]
    assert events.is_true(holds, world, Random(0))
    assert all(events.is_false(holds, other, Random(0)) for other in ("any", "disjoint") if other != world)


def test_numbers_tell_true_from_false_integrals_limits_and_derivatives() -> None:
    for language in (integrals, limits, derivatives):
        for number_ in range(12):
            random = Random(number_)
            claim = language.claim(random)
            assert False not in calculus.answers(claim, random, 3), claim
            more = Claim(Relation(add(claim.relation.left, ONE), "=", claim.relation.right), claim.hypotheses)
            assert claim.relation.sign != "=" or True not in calculus.answers(more, random, 3), claim


def test_numbers_tell_true_from_false_sums_over_pairs_and_moments() -> None:
    for number_ in range(40):
        random = Random(number_)
        found = ordered.relation(random, 1)
        assert all(ordered.truths(found, 1, random)), found
        more = replace(found, right=add(found.right, ONE))
        assert found.sign != "=" or not any(ordered.truths(more, 1, random)), more
        claimed = families.stated(random)
        for world in families.WORLDS:
            truths = [*families.spaces(world, claimed.relation, claimed.families, False, random)]
            assert world not in claimed.worlds or all(truths), (world, claimed)
    pair = Relation(
        families.mean(mul(families.member("X", "1"), families.member("X", "2"))), "=", power(scalar(r"\mu"), 2)
    )
    for world in families.WORLDS:
        assert all(families.spaces(world, pair, ("X",), False, Random(1))) is (world != "any")


def test_what_holds_of_probabilities_alone_is_told_from_what_holds_of_densities() -> None:
    for relations, hold in ((densities.HOLD, True), (densities.HOLD_OF_PROBABILITIES, False)):
        for relation in relations:
            answers = [a for n in range(20) for a in densities.answers(Claim(relation), Random(n))]
            assert (False not in answers) is hold, relation


def test_a_text_that_speaks_of_a_fact_without_saying_it_is_told_from_one_that_does() -> None:
    kinds = [found.kind for n in range(60) if (found := contexts.text(Random(n), wanted=n % 2 == 0)) is not None]
    assert {*kinds} == {TRUE, "missing hypothesis"}


def test_shrinking_keeps_what_fails() -> None:
    claim = Claim(Relation(add(power(add(a, b), 2), mul(a, b, number(3))), "=", ZERO), (Relation(a, ">", ZERO),))
    small = shrunk(claim, lambda c: any(node == power(add(a, b), 2) for node in c.relation.left.parts))
    assert size(small.relation.left) < size(claim.relation.left)
    assert small.hypotheses == ()
