"""Mutants say where they stand, and a module that records what is run means what it meant."""

from __future__ import annotations

from tests.mutation.operators import mutants, recording

SOURCE = '''
LIMIT = max(1, 2) + 3

class Point:
    def near(self, other):
        """Words."""
        if other is None:
            return 0
        return [abs(x - y) for x, y in other if x > y]

def outer(values):
    def inner(value):
        return value + 1
    return sum(map(inner, values))
'''


def test_a_mutant_says_where_it_stands():
    found = {(mutant.kind, mutant.line): mutant for mutant in mutants(SOURCE)}
    assert {key for key in found if key[0] == "sign turned"} == {("sign turned", line) for line in (2, 9, 13)}
    assert found["sign turned", 2].function is None
    condition = found["condition dropped", 7]
    assert (condition.function, condition.entry, condition.statement, condition.is_nested) == (
        "Point.near",
        7,
        7,
        False,
    )
    assert condition.inside == "if other is None:"
    assert found["filter dropped", 9].statement == 9
    nested = found["sign turned", 13]
    assert (nested.function, nested.entry, nested.is_nested) == ("outer", 12, True)
    assert not any(mutant.kind == "arguments swapped" for mutant in mutants("f(1, 1)"))
    assert not [*mutants("Fraction()")]
    assert not [*mutants("if TYPE_CHECKING:\n    import sympy")]
    assert [mutant.text for mutant in mutants("Fraction(1)")] == ["Fraction(-1)"]


def test_a_module_that_records_means_the_same():
    seen = set()
    module = {"__seen__": seen}
    exec(recording(SOURCE, "m"), module)  # noqa: S102
    assert not seen
    assert module["outer"]([1, 2]) == 5
    assert seen == {("m", line) for line in (12, 13, 14)}
    assert module["Point"]().near([(3, 1), (1, 3)]) == [2]
    assert module["Point"].near.__doc__ == "Words."
    assert ("m", 8) not in seen
