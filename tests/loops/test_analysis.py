"""Findings before any algebra hold for all sizes and name the smallest instance that shows them."""

from __future__ import annotations

import pytest

from tests.loops.programs import answer

FINDINGS = {
    "a shift that leaves the axis": (
        "input x[T]\noutput y[T]\nfor t: y[t] = x[t+1]\n",
        "index-range",
        "the index t+1 of x[t+1] leaves the range of T: T = 1, t = 0",
    ),
    "a stride that leaves the axis": (
        "size L = 2*P\ninput x[L]\noutput y[P]\nfor p: y[p] = x[2*p+2]\n",
        "index-range",
        "L = 2, P = 1, p = 0",
    ),
    "the last state of a recurrence": (
        "size S = T + 1\ninput x[T]\noutput h[S]\nh[0] = x[0]\nloop t = 1..T-1:\n  h[t] = h[t-1] + x[t]\n",
        "never-written",
        "S = 3, T = 2: h[2] is never written",
    ),
    "two writers of one cell": (
        "input x[T]\noutput y[T]\nfor t: y[t] = x[t]\ny[0] = x[0]\n",
        "write-twice",
        "y[0] is written twice: T = 1",
    ),
    "one writer of a cell twice": (
        "input x[B,T]\noutput y[B]\nfor b,t: y[b] = x[b,t]\n",
        "write-twice",
        "y[0] is written twice: B = 1, T = 2",
    ),
    "a sum and a maximum": (
        "input x[T]\noutput y\nfor t: y += x[t]\nfor t: y max= x[t]\n",
        "write-twice",
        "y is computed by += and by max=: T = 1",
    ),
    "a tensor that nothing computes": (
        "input x[T]\noutput y[T]\nfor t: h[t] = x[t]\nfor t: y[t] = h[t]\nbackward x\nfor t: x.grad[t] += h.grad[t]\n",
        "never-written",
        "h.grad is never written",
    ),
    "an order that is the wrong way": (
        "input x[T]\noutput h[T]\nh[T-1] = x[0]\nloop t = 1..T-1:\n  h[t-1] = h[t] + x[t]\n",
        "loop-order",
        "loop 2 reads h[t] before loop 2 has added to it: T = 3, h[1]",
    ),
}


@pytest.mark.parametrize(("text", "code", "message"), FINDINGS.values(), ids=FINDINGS.keys())
def test_a_finding_names_its_smallest_instance(text, code, message):
    found = answer(text if "backward" in text else text + "backward x\n")
    assert code in found.codes, found
    assert any(message in diagnostic.message for diagnostic in found.diagnostics), found.diagnostics


RIGHT = {
    "padding by a guard": "input x[T]\noutput y[T]\nfor t: y[t] += [t >= 1] * x[t-1]\n",
    "a guard for the cell that is written": "input x[T]\noutput y[T]\nfor t: y[t-1] += [t >= 1] * x[t]\n",
    "even and odd cells": "size L = 2*P\ninput x[P]\noutput y[L]\nfor p: y[2*p] = x[p]\nfor p: y[2*p+1] = -x[p]\n",
    "a recurrence that runs down": "input x[T]\noutput h[T]\nh[T-1] = x[T-1]\n"
    "loop t = T-2..0:\n  h[t] = h[t+1] + x[t]\n",
    "every second cell, then the rest": "size L = 2*P\ninput x[P]\noutput h[L]\nfor p: h[2*p] = x[p]\n"
    "for p: h[2*p+1] = h[2*p]\n",
    "a state that starts at zero": "size S = T + 1\ninput x[T]\noutput h[S]\nloop t = 1..T:\n"
    "  h[t] = h[t-1] + x[t-1]\n",
    "one index for a loop and for all entries": "size S = T + 1\ninput x[T]\noutput y[T]\ntensor h[S]\n"
    "loop t = 0..T-1:\n  h[t+1] = h[t] + x[t]\nfor t: y[t] = h[t+1]\n",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_nothing_is_found_in_what_may_be_executed(text):
    assert answer(text).diagnostics == ()
