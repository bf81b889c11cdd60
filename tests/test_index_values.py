"""Indices as numbers, and the sizes of ranges: true statements about them are never refuted, false ones are."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from symderiv.cli import symderiv
from tests.processes import lasting_workers

TRUE = (
    r"\sum_{i=1}^n i = \frac{n(n+1)}{2}",
    r"\sum_{i=1}^n (2 i - 1) = n^2",
    r"\sum_{i=0}^{n} i = \sum_{i=1}^n i",
    r"\sum_{i=1}^{n} i \le n^2",
    r"\sum_{t=1}^T \gamma^t = \gamma \sum_{t=0}^{T-1} \gamma^t",
    r"\sum_{i=1}^{3} i = 6",
    r"\sum_{i=m}^n i = \frac{(n-m+1)(n+m)}{2}",
    r"\sum_{i=1}^2 x_i = x_1 + x_2",
    r"\sum_{i=1}^1 x_{i2} y_i = x_{12} y_1",
    r"\int_0^1 x \, dx = \frac{1}{2}",
)
PROVED = (
    r"\sum_{i=0}^{n-1} c = n c",
    r"\sum_{i=m}^n c = (n-m+1) c",
    r"\sum_{i=1}^{2 n} c = 2 n c",
    r"\sum_{i=1}^n \sum_{j=1}^m c = n m c",
    r"\sum_{i=1}^n 2 i = 2 \sum_{i=1}^n i",
)
FALSE = (
    r"\sum_{i=1}^n i = n",
    r"\sum_{i=1}^{n} i^2 = \sum_{i=1}^n i",
    r"\sum_{i=1}^n i x_i = \sum_{i=1}^n x_i",
    r"\sum_{t=1}^T \gamma^t = \gamma \sum_{t=0}^{T} \gamma^t",
    r"\sum_{i=0}^{n-1} c = (n - 1) c",
    r"\sum_{i=1}^{3} i = 7",
)


def verdict(statement: str) -> str:
    arguments = ["prove", statement, "--no-cache", "--format", "json"]
    with lasting_workers():
        outcome = CliRunner().invoke(symderiv, arguments, standalone_mode=False)
    ((derivation,),) = [file["derivations"] for file in json.loads(outcome.stdout)["files"]]
    return str(derivation["steps"][0]["verdict"])


@pytest.mark.parametrize(
    "statement",
    [
        r"\sum_{i=1}^n \sum_{j=1}^i c = \frac{n(n+2)}{2} c",
        r"\sum_{i=1}^n \sum_{j=1}^i a_j = n \sum_{j=1}^i a_j",
        r"\sum_{i=1}^n \sum_{j=i}^n a_j = n \sum_{j=i}^n a_j",
    ],
)
def test_a_sum_up_to_another_index_is_not_one_up_to_a_number(statement):
    assert verdict(statement) in {"refuted", "unread", "unknown"}


@pytest.mark.parametrize("statement", TRUE)
def test_what_is_true_of_the_values_of_indices_is_not_refuted(statement):
    assert verdict(statement) in {"proved", "plausible", "unknown", "gap"}


@pytest.mark.parametrize(
    "statement",
    [
        r"\sum_{i=1}^n \sum_{j=1}^{m_i} c = n m c",
        r"\sum_{i=1}^n \int_0^{a_i} f(t) \, dt = n \int_0^{a_i} f(t) \, dt",
        r"\sum_{i=1}^n a_{b_i} = n a_{b_i}",
        r"\sum_{i=1}^n \overline{a_i} = n \overline{a_i}",
    ],
)
def test_what_depends_on_a_bound_index_in_a_way_that_is_not_read_is_refused(statement):
    assert verdict(statement) == "unread"


@pytest.mark.parametrize("statement", PROVED)
def test_the_number_of_elements_of_a_range_is_known(statement):
    assert verdict(statement) == "proved"


@pytest.mark.parametrize("statement", FALSE)
def test_what_is_false_of_the_values_of_indices_is_refuted(statement):
    assert verdict(statement) == "refuted"


@pytest.mark.parametrize(
    "statement",
    [r"\sum_{i=1}^{n/2} c = \frac{n c}{2}", r"\prod_{i=1}^n (-1) = -1", r"\sum_{i=1}^{\frac{n}{2}} 1 = \frac{n}{2}"],
)
def test_what_may_be_false_of_ranges_is_not_proved(statement):
    assert verdict(statement) != "proved"
