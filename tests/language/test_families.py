"""One name over several ranges: proved as of tensors apart, refuted only by values that agree where ranges overlap."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv import Sum, equal, tensor, variables
from symderiv.answers import judged
from symderiv.documents.single import read_general
from symderiv.kernel.models import Model
from symderiv.language.encode import Encoder, encode
from symderiv.language.families import agree, agreeing, are_known, first_places, is_range, on_ranges, without_ranges
from symderiv.language.indices import Variable
from symderiv.language.written import LanguageError
from symderiv.model.statement import Context, Statement
from symderiv.model.verdict import Proved, Refuted
from symderiv.refuters.finite import sequent
from symderiv.runner import Finished
from symderiv.search import CounterexampleFound, Question, search

LOW, HIGH = r"\{0,\ldots,n\}", r"\{2,\ldots,n\}"
HALF = Fraction(1, 2)


def answer_on(text):
    (statement,), _ = read_general(text)
    encoded = encode(statement)
    return encoded, search(Question(encoded))


def verdict_on(text):
    encoded, answer = answer_on(text)
    return judged(encoded, Finished(answer), {})[0]


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{i=1}^n a x_i + \sum_{i=1}^m x_i = a \sum_{i=1}^n x_i + \sum_{j=1}^m x_j",
        r"a \sum_{i=1}^n w_{ij} + \sum_{k=1}^m w_{kj} = \sum_{k=1}^m w_{kj} + \sum_{i=1}^n a w_{ij}",
        r"\sum_{i=1}^n x_i^2 + \sum_{i=0}^n x_i^2 \ge 0",
    ],
)
def test_what_holds_of_tensors_apart_is_proved(text):
    assert isinstance(verdict_on(text), Proved)


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{i=1}^n x_i = \sum_{i=1}^m x_i",
        r"\sum_{i=1}^n x_i = \sum_{i=0}^n x_i",
        r"\sum_{i=1}^n x_i = \sum_{i=2}^n x_i",
        r"\sum_{i=1}^n x_i^2 \le \sum_{i=1}^{n-1} x_i^2",
        r"\prod_{i=1}^n x_i = \prod_{i=1}^{n-1} x_i",
    ],
)
def test_what_is_false_of_one_name_is_refuted_by_values_that_agree(text):
    encoded, answer = answer_on(text)
    assert isinstance(answer, CounterexampleFound)
    assert agree(answer.model.tensors)
    assert isinstance(judged(encoded, Finished(answer), {})[0], Refuted)


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{i=1}^n x_i^2 \ge \sum_{i=1}^{n-1} x_i^2",
        r"\sum_{i=1}^{2 n} x_i^2 \ge \sum_{i=1}^n x_i^2",
        r"\sum_{i=0}^n x_i^2 \ge \sum_{i=1}^n x_i^2",
        r"\sum_{i=1}^2 x_i^2 \le \sum_{i=1}^3 x_i^2",
    ],
)
def test_what_is_true_since_ranges_overlap_is_not_refuted(text):
    assert not isinstance(verdict_on(text), Refuted)


def test_values_that_do_not_agree_refute_nothing():
    encoded, answer = answer_on(r"\sum_{i=1}^n x_i^2 \ge \sum_{i=1}^{n-1} x_i^2")
    names = [on_ranges("x_{{0}}", [rf"\{{1,\ldots,{end}\}}"]) for end in ("n", "n-1")]
    tables = {names[0]: {(0,): HALF, (1,): HALF}, names[1]: {(0,): Fraction(9)}}
    model = Model({r"\{1,\ldots,n\}": 2, r"\{1,\ldots,n-1\}": 1}, {}, tables)
    verdict, evidence = judged(encoded, Finished(CounterexampleFound(sequent(encoded), model)), {})
    assert evidence is None
    assert "two values to one entry" in verdict.reason
    assert not isinstance(answer, CounterexampleFound)


def test_names_over_ranges():
    name = on_ranges("w", [LOW, HIGH])
    assert without_ranges(name) == "w"
    assert first_places(name) == (0, 2)
    assert first_places("w") is None
    assert first_places(on_ranges("w", [LOW, r"\{m,\ldots,n\}"])) is None
    assert are_known([name, "w"])
    assert not are_known([on_ranges("w", [r"\{m,\ldots,n\}"])])
    assert is_range(LOW)
    assert not is_range("X")
    assert not is_range(r"\{a, b\}")


def test_tables_agree_where_they_overlap():
    low, high = on_ranges("x", [LOW]), on_ranges("x", [HIGH])
    tables = {
        low: {(n,): Fraction(n) for n in range(4)},
        high: {(0,): Fraction(2), (1,): Fraction(3)},
        "y": {(0,): HALF},
    }
    assert agree(tables)
    apart = {**tables, high: {(0,): Fraction(2), (1,): Fraction(4)}}
    assert not agree(apart)
    assert agreeing(apart) == tables
    assert not agree({on_ranges("x", [r"\{m,\ldots,n\}"]): {(0,): HALF}})


def test_ranges_of_other_numbers_of_indices_are_two_meanings():
    one, other = (Variable(name, alphabet) for name, alphabet in (("i", LOW), ("j", HIGH)))
    left, right = Sum[one](tensor("u", one)[one]), Sum[other](Sum[one](tensor("u", other, one)[other, one]))
    for sides in ((left, right), (right, left)):
        with pytest.raises(LanguageError, match="two meanings"):
            encode(Statement(equal(*sides), Context()))


def test_a_range_and_another_set_are_two_meanings():
    low, plain = Variable("i", LOW), Variable("x", "X")
    sides = [Sum[index](tensor("u", index)[index]) for index in (low, plain)]
    for left, right in (sides, sides[::-1]):
        with pytest.raises(LanguageError, match="two meanings"):
            encode(Statement(equal(left, right), Context()))


def test_a_set_that_is_no_range_keeps_its_name():
    low, high, plain = (Variable(name, alphabet) for name, alphabet in (("i", LOW), ("j", HIGH), ("x", "X")))
    encoder = Encoder(frozenset(("u",)))
    terms = [encoder.term(tensor("u", index)[index]) for index in (low, high)]
    assert [term.tensor for term in terms] == [on_ranges("u", [alphabet]) for alphabet in (LOW, HIGH)]
    assert encoder.term(tensor("u", plain)[plain]).tensor == "u"
    assert Encoder().term(tensor("u", low)[low]).tensor == "u"


def test_two_index_sets_that_are_no_ranges_are_two_meanings():
    i, j = variables("i j")
    statement = Statement(equal(Sum[i](tensor("u", i)[i]), Sum[j](tensor("u", j)[j])), Context())
    with pytest.raises(LanguageError, match="two meanings"):
        encode(statement)
