"""Loop programs as text: what is read, and where it is said what is wrong."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from symderiv.check import Options, check_paths
from symderiv.loops.notation import lines_of
from symderiv.readers.loops import program_of, read
from tests.loops.programs import FOLDER, answer

HEAD = "input x[B,J]\noutput y[B,J]\n"
GOOD = "for b,j: y[b,j] = x[b,j]\n"

ERRORS = {
    "an unknown name": (HEAD + "for b,j: y[b,j] = x[b,j] * w[j]", "unknown-name", "3:28"),
    "an unknown gradient": (HEAD + "for b,j: y[b,j] = x[b,j]\nbackward w", "unknown-name", "4:10"),
    "a bracket that is not closed": (HEAD + "for b,j: y[b,j] = (x[b,j]", "loop-syntax", "3:26"),
    "a bracket too many": (HEAD + "for b,j: y[b,j] = x[b,j])", "loop-syntax", "3:25"),
    "an index bracket that is not closed": (HEAD + "for b,j: y[b,j] = x[b,j", "loop-syntax", "3:24"),
    "an index that is not bound": (HEAD + "for b: y[b,j] = x[b,j]", "index-unbound", "3:12"),
    "the capital of an index of another size": (
        "index i in J\n" + HEAD + "for b,i: y[b,i] = x[b,I]",
        "index-unbound",
        "4:23",
    ),
    "an index bound twice": (HEAD + "for b,b: y[b,b] = x[b,b]", "loop-syntax", "3:7"),
    "too few indices": (HEAD + "for b,j: y[b,j] = x[b]", "arity", "3:19"),
    "too many indices": (HEAD + "for b,j: y[b,j] = x[b,j,j]", "arity", "3:19"),
    "none at all": (HEAD + "for b,j: y[b,j] = x", "arity", "3:19"),
    "an argument too many": (HEAD + "for b,j: y[b,j] = exp(x[b,j], 2)", "arity", "3:22"),
    "an index used with two sizes": (HEAD + "for b,j: y[b,j] = x[j,b]", "index-range", "3:19"),
    "a shift without a guard": (HEAD + "for b,j: y[b,j] = x[b,j+1]", "index-range", "3:19"),
    "an assignment to an input": (HEAD + "for b,j: x[b,j] += 1", "write-twice", "3:10"),
    "an exponent with a name": (HEAD + "for b,j: y[b,j] = x[b,j]^j", "loop-syntax", "3:26"),
    "an index as a number": (HEAD + "for b,j: y[b,j] = x[b,j] * j", "loop-syntax", "3:28"),
    "an unknown operator": (HEAD + "for b,j: y[b,j] *= x[b,j]", "loop-syntax", "3:17"),
    "a loop without a colon": (HEAD + "for b,j y[b,j] = x[b,j]", "loop-syntax", "3:9"),
    "a loop without a body": (HEAD + "loop t = 1..T:", "loop-syntax", "3:1"),
    "a product of indices": (HEAD + "for b,j: y[b,j] = x[b*j,j]", "loop-syntax", "3:22"),
    "a shape that differs": (HEAD + "input x[B]", "arity", "3:7"),
    "a line that is indented for nothing": (HEAD + GOOD + "  for b,j: y[b,j] += 1", "loop-syntax", "4:7"),
    "an average over what is no size": (HEAD + GOOD + "backward x\naverage x over N", "unknown-name", ""),
    "nesting": (HEAD + "for b,j: y[b,j] = " + "(" * 200 + "x[b,j]" + ")" * 200, "loop-syntax", ""),
    "a tower of signs": (HEAD + "for b,j: y[b,j] = " + "-" * 3000 + "x[b,j]", "loop-syntax", ""),
    "a huge line": (HEAD + "for b,j: y[b,j] = x[b,j]" + " + x[b,j]" * 9000, "loop-syntax", "3:1"),
    "a division by what is 0": (HEAD + "for b,j: y[b,j] = x[b,j] / (B - B)", "division-by-zero", "3:26"),
    "a division by a size that can be 0": (HEAD + "for b,j: y[b,j] = x[b,j] / (2*B - 6)", "division-by-zero", "3:26"),
    "a division by one of two sizes": (HEAD + "for b,j: y[b,j] = x[b,j] / (B*(B - J))", "division-by-zero", "3:26"),
}


@pytest.mark.parametrize(("text", "code", "place"), ERRORS.values(), ids=ERRORS.keys())
def test_an_error_is_told_at_its_place(text, code, place):
    found = answer(text + ("" if "backward" in text else "\nbackward x\nfor b,j: x.grad[b,j] += y.grad[b,j]"))
    assert code in found.codes, found
    assert not {"Proved", "Refuted"} & set(found.words)
    if place:
        places = [f"{d.span.line}:{d.span.column}" for d in found.diagnostics if d.code == code]
        assert place in places


def test_one_bad_line_hides_no_other():
    found = answer(HEAD + "for b,j: y[b,j] = u[b]\nfor b,j: y[b,j] += v[b]\n")
    assert [(d.code, d.span.line) for d in found.diagnostics] == [("unknown-name", 3), ("unknown-name", 4)]


def test_bytes_that_are_not_utf_8(tmp_path):
    path = tmp_path / "bad.loops"
    path.write_bytes(b"input x[B]\nfor b: y[b] = \xff\xfe x[b]\n")
    (diagnostic,) = read(path).diagnostics
    assert diagnostic.code == "not-decodable"
    assert (diagnostic.span.line, diagnostic.span.column) == (2, 15)


def test_a_missing_file_and_an_empty_one(tmp_path):
    assert [d.code for d in read(tmp_path / "none.loops").diagnostics] == ["unreadable-file"]
    (tmp_path / "empty.loops").write_text("# nothing\n")
    assert read(tmp_path / "empty.loops").programs == ()


@pytest.mark.parametrize("seed", range(40))
def test_damaged_programs_are_never_proved_by_accident_and_never_crash(seed):
    chance = random.Random(seed)
    text = chance.choice(sorted(FOLDER.glob("*.loops"))).read_text(encoding="utf-8")
    for _ in range(3):
        place = chance.randrange(len(text))
        text = text[:place] + chance.choice("()[]{}+-*/^=<>:,.'b1 \n\t\\$é\x00") + text[place + chance.randrange(2) :]
    program, diagnostics = program_of(text, "damaged.loops")
    assert program is not None
    for diagnostic in diagnostics:
        assert diagnostic.span.line >= 1
        assert diagnostic.span.column >= 1


def test_names_and_functions():
    text = """input h~[B,J], x_1[B], W'[J]
scalar alpha2
output y[B]
for b: y[b] = alpha2 * x_1[b] + sum{j}(h~[b,j] * W'[j]^2) - log(1 + exp(-x_1[b])) + sqrt(4) * max(x_1[b], 0)
"""
    program, diagnostics = program_of(text)
    assert not diagnostics
    assert lines_of(program.forward) == [
        "for b: y[b] = alpha2*x_1[b] + sum{j}(h~[b,j]*W'[j]^2) - ln(1 + exp(-x_1[b])) + sqrt(4)*max(x_1[b], 0)"
    ]


def test_a_repeated_capital_is_a_sum_and_a_single_one_is_a_size():
    program, diagnostics = program_of("input W[J,I], h[B,I]\noutput y[B,J]\nfor b,j: y[b,j] = W[j,I] * h[b,I] / I\n")
    assert not diagnostics
    assert lines_of(program.forward) == ["for b,j: y[b,j] = sum{i}(W[j,i]*h[b,i]/I)"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.loops")), ids=lambda path: path.stem)
def test_what_is_printed_is_read_again(path):
    program, _ = program_of(path.read_text(encoding="utf-8"))
    head, _, _ = path.read_text(encoding="utf-8").partition("\nbackward")
    declarations = [n for n in head.splitlines() if not n.strip().startswith(("for", "loop", "#")) and n[:1] != " "]
    declared = [n for n in declarations if "=" not in n or n.startswith(("size", "assume"))]
    again, diagnostics = program_of("\n".join([*declared, *lines_of(program.forward)]))
    assert not diagnostics, diagnostics
    once = lines_of(again.forward)
    more, _ = program_of("\n".join([*declared, *once]))
    assert lines_of(more.forward) == once


def test_loop_programs_are_checked_by_the_public_flow(tmp_path):
    path = Path(tmp_path) / "square.loops"
    path.write_text("input x[B]\noutput y[B]\nfor b: y[b] = x[b]^2\nbackward x\nfor b: x.grad[b] += x[b]*y.grad[b]\n")
    report = check_paths([path], Options(jobs=1, cache=False))
    (step,) = report.files[0].derivations[0].steps
    assert step.left == "x.grad[b]"
    assert "loop 1 is wrong" in step.verdict.reason
    assert step.verdict.certificate in report.certificates
    assert step.verdict.repair == "for b: x.grad[b] += 2*x[b]*y.grad[b]"
