"""Steps as test items, seen by pytest itself."""

from __future__ import annotations

import pytest

CHAIN = """\
from symderiv import *
# given a b
# proved b c
# refuted c d
"""

CONFTEST = """\
import sys
sys.path.insert(0, {root!r})
from tests import flow
sys.modules["symderiv.check"] = flow.module()
"""


@pytest.fixture
def project(pytester: pytest.Pytester, pytestconfig: pytest.Config) -> pytest.Pytester:
    pytester.makeconftest(CONFTEST.format(root=str(pytestconfig.rootpath)))
    pytester.makepyfile(chain=CHAIN, other="import nothing_of_ours", test_plain="def test_plain(): pass")
    return pytester


def test_nobody_gets_it_unasked(project: pytest.Pytester) -> None:
    project.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


@pytest.mark.parametrize("workers", [[], ["-n", "2"]])
def test_every_step_is_an_item(project: pytest.Pytester, workers: list[str]) -> None:
    run = project.runpytest_subprocess("--symderiv", "-v", *workers)
    run.assert_outcomes(passed=3, failed=1)
    run.stdout.fnmatch_lines_random(
        [
            "*chain.py::chain::step-1 [[]line 2[]]*",
            "chain.py:4:5: refuted",
            "    c",
            "    = d",
            "    at x = 11/5",
            "    right side: 0.13..",
        ]
    )
    run.stdout.no_fnmatch_line("*Traceback*")
    run.stdout.no_fnmatch_line("*Unsettled*raise*")


def test_the_configuration_opts_in(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\nsymderiv_derivations = true\n")
    project.runpytest_subprocess("chain.py").assert_outcomes(passed=2, failed=1)
    project.runpytest_subprocess("chain.py::chain::step-2 [line 3]").assert_outcomes(passed=1)


def test_a_diagnostic_fails_and_an_empty_file_does_not(project: pytest.Pytester) -> None:
    project.makepyfile(
        broken="from symderiv import *\n# ! script-error it raised", empty="# symderiv\n# ! no-derivations none"
    )
    run = project.runpytest_subprocess("--symderiv", "broken.py", "empty.py")
    run.assert_outcomes(failed=1)
    run.stdout.fnmatch_lines(["broken.py:2:5: *it raised"])


def test_a_loop_program_needs_no_mark(pytester: pytest.Pytester, pytestconfig: pytest.Config) -> None:
    pytester.makefile(
        ".loops",
        square="input x[B]\noutput y[B]\nfor b: y[b] = x[b]^2\nbackward x\nfor b: x.grad[b] += 2*x[b]*y.grad[b]\n",
        wrong="input x[B]\noutput y[B]\nfor b: y[b] = x[b]^2\nbackward x\nfor b: x.grad[b] += x[b]*y.grad[b]\n",
    )
    run = pytester.runpytest_subprocess("--symderiv", "-p", "no:cacheprovider")
    run.assert_outcomes(passed=1, failed=1)
    run.stdout.fnmatch_lines(["*loop 1 is wrong*"])
