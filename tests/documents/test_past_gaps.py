"""What rests on a step that does not follow says so."""

from __future__ import annotations

from tests.documents.checking import checked, steps_of, verdicts

LEMMA = r"Suppose that $u$ and $v$ are as in the lemma. Then"


def test_it_is_a_condition_of_what_follows_from_it_alone(tmp_path):
    text = f"{LEMMA}\n\n$$ u (u + v) = u^2 . $$\n\nTherefore\n\n$$ u v = 0 . $$\n\nHence\n\n$$ 2 u v = 0 . $$"
    report = checked(tmp_path, text)
    assert verdicts(report) == ["gap", "proved", "proved"]
    needed = (r"u \, \left(u + v\right) = u^{2}",)
    assert [step.verdict.conditions for step in steps_of(report)[1:]] == [needed, needed]


def test_it_is_none_of_what_follows_without_it(tmp_path):
    text = f"{LEMMA}\n\n$$ u (u + v) = u^2 . $$\n\nTherefore\n\n$$ (u + v)^2 = u^2 + 2 u v + v^2 . $$"
    report = checked(tmp_path, text)
    assert verdicts(report) == ["gap", "proved"]
    assert steps_of(report)[1].verdict.conditions == ()
