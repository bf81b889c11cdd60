"""Which letters are indices, and over which sets, where a text does not say it."""

from __future__ import annotations

import pytest

from symderiv.formulas.grammar import read_relations
from symderiv.formulas.indexing import index_sets
from symderiv.formulas.source import Source

DELTA = r"\sum_k \delta_{kj} a_k = 1"
BY_CASES = r"\delta_{kj} = \begin{cases} 1 & k = j \\ 0 & k \neq j \end{cases}"
BOTH = {"k": "K", "j": "K"}


@pytest.mark.parametrize(
    ("formulas", "named", "kronecker"),
    [
        # Letters in one place of a subscript run over one set.
        ([r"\sum_k a_k = b_j"], {"k": "K"}, True),
        ([r"\sum_k a_k = a_j"], BOTH, True),
        ([r"\sum_k a_{k2} = a_{j2}"], BOTH, True),
        ([r"\sum_k a_k = a_K"], {"k": "K"}, True),
        ([r"\sum_k a_{kj} = b_j"], {"k": "K", "j": "J"}, True),
        ([r"\sum_k a_{kj} = b_l a_{ml}"], {"k": "K", "m": "K", "j": "J", "l": "J"}, True),
        ([r"\sum_l \sum_k b_{kl} = b_{ij}"], {"k": "K", "i": "K", "l": "L", "j": "L"}, True),
        ([r"a_k = b_k"], {}, True),
        # Numbers, sets of their own and open ends.
        ([r"\sum_k a_k = a_j + j"], {"k": "K"}, True),
        ([r"\sum_k a_k = \sum_{j \in S} a_j"], {}, True),
        ([r"\sum_k^n a_k = a_j"], {}, True),
        ([r"\sum_{x_k > 0} a_k = a_j"], {}, True),
        ([r"\sum_{k < j, d} a_k = a_j"], {}, True),
        ([r"k < j", r"\sum_k a_k = a_j"], {}, True),
        ([r"k \neq j", r"\sum_k a_k = a_j"], BOTH, True),
        ([r"k = j", r"\sum_k a_k = a_j"], BOTH, True),
        ([r"k = j", r"\sum_k a_k = 0"], {}, True),
        # Functions with a subscript are no tensors.
        ([r"\sum_{k} f_k(x) = f_j(x)"], {}, True),
        ([r"\sum_k a_k f_j(x) = 0"], {"k": "K"}, True),
        ([r"\sum_k b_k + f(b_j) = 0"], BOTH, True),
        # What compares indices.
        ([DELTA], BOTH, True),
        ([r"\sum_k \Delta_{kj} a_k = c_j"], {"k": "K", "j": "J"}, True),
        ([r"\delta_{kj} = 3", DELTA], {"k": "K", "j": "J"}, False),
        ([r"\delta_{kj} < 3", DELTA], BOTH, True),
        ([r"x = \delta_{kj}", DELTA], BOTH, True),
        ([BY_CASES, DELTA], BOTH, True),
        ([BY_CASES.replace(" = ", " = b_{kj} = ", 1), DELTA], BOTH, True),
        ([r"\sum_k \delta_k a_k = 0"], {"k": "K"}, True),
        ([r"\sum_k \delta'_{kj} a_k = 0"], {"k": "K", "j": "J"}, True),
        ([r"\sum_k a_k \mathbb{1}[k = j] = 0"], BOTH, True),
        ([r"\sum_k a_k \mathbb{1}_{k=j} = 0"], BOTH, True),
        ([r"\sum_k a_k f(k = j) = 0"], {"k": "K"}, True),
        ([r"\sum_k a_k x_{k=j} = 0"], {"k": "K"}, True),
        ([r"\sum_k a_k \mathbb{1}[k = J] = 0"], {"k": "K"}, True),
        ([r"\sum_k a_k \mathbb{1}[J = k] = 0"], {"k": "K"}, True),
        ([r"\sum_{k<j} a_k = 0"], BOTH, True),
    ],
)
def test_the_sets_of_letters(formulas, named, kronecker):
    roots = [read_relations(Source("", formula)) for formula in formulas]
    found, unclear, is_kronecker = index_sets(roots, {}, set())
    assert (found, is_kronecker) == (named, kronecker)
    assert not unclear


def test_letters_with_two_ranges_have_none():
    (root,) = [read_relations(Source("", r"\sum_k a_k = \sum_j a_j"))]
    ranges = {"k": {("1", "n")}, "j": {("1", "m")}}
    assert index_sets([root], ranges, set())[0] == {}
    assert index_sets([root], {**ranges, "j": {("1", "n")}}, set())[0] == dict.fromkeys("jk", r"\{1,\ldots,n\}")
    assert index_sets([root], {}, {"j"})[0] == {"k": "K"}
