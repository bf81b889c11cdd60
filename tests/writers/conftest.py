"""One report that holds a verdict of every kind, and text that every format must escape."""

import pytest

from symderiv.model.diagnostic import Diagnostic
from symderiv.model.report import DerivationReport, FileReport, Report, StepReport
from symderiv.model.span import Span
from symderiv.model.verdict import Counterexample, Gap, Given, Plausible, Proved, Refuted, Unknown, Unread, Verdict

SHA = "sha256:" + "0" * 64
EXAMPLE = Counterexample({"x": "11/5", "P": [["1/4", "1/4"], ["1/2", "0"]]}, "0.12..", "0.13..")
LONG = " + ".join(rf"\sum_{{x}} P(x) \ln \frac{{P(x)}}{{Q_{{{n}}}(x)}}" for n in range(9))
VERDICTS: tuple[Verdict, ...] = (
    Given("the definition of mutual information"),
    Proved(("log.quotient", "expectation.linear"), ("P(x) > 0",), "log of a quotient; linearity of E", SHA),
    Refuted(EXAMPLE, "the sides differ", SHA, r"I(x, y) \le H(y)"),
    Gap(EXAMPLE, "50% of {this} was_not read & <more>"),
    Plausible(40, 12, "normal forms differ"),
    Unknown("time ran out"),
    Unread("no such command: \\foo"),
)


def chain(path: str = "folder/a b.py") -> DerivationReport:
    sides = ["I(x, y)"]
    sides += [r"E_{P(x,y)} \ln \frac{P(x,y)}{P(x) P(y)}", "H(y) - H(y | x)", LONG, r"\tilde{Q}", "0", "1", "2"]
    steps = tuple(
        StepReport(Span(path, 7 + n, 5, 7 + n, 40), sides[n], "<=" if n else "=", sides[n + 1], verdict, 0.004)
        for n, verdict in enumerate(VERDICTS)
    )
    claim = StepReport(Span(path, 3, 1, 3, 9), "I(x, y)", "=", LONG, VERDICTS[1], 0.001, "claim")
    title = "Gibbs' inequality & 100% of #1: <a_b> ~ x^2 \\input{x} $5 é \u2013 λ 数"
    return DerivationReport("mutual", title, "Cover & Thomas, §2.3", 3, ("P(x) > 0",), ("f(x) = x^2",), (*steps, claim))


@pytest.fixture
def report() -> Report:
    diagnostic = Diagnostic("script-error", Span("b.py", 2, 3, 2, 4), "ZeroDivisionError: x::y, 5% <&>\x00", "look up")
    files = (FileReport("folder/a b.py", (chain(),), ()), FileReport("b.py", (), (diagnostic,)))
    return Report(1, "0.1.0", files, {SHA: {"lines": []}})
