"""Breaks the trusted code in every way that `operators.py` knows, one at a time, and says what no test notices.

    python -m tests.mutation [--jobs N] [--part NAME ...] [--file NAME ...] [--again FILE]

Survivors that `expected.py` explains are listed with the reason; others make the exit status 1.  With `--again`, only
what an earlier run printed to FILE is tried, except what is explained by now.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path

from tests.mutation.expected import reason_for
from tests.mutation.operators import Mutant, mutants
from tests.mutation.running import Attempt, survivors, warm

ROOT = Path(__file__).parents[2]
KERNEL = (
    "tests/kernel", "tests/test_rules.py", "tests/provers", "tests/refused", "tests/test_identities.py",
)  # fmt: skip
LANGUAGE = (
    "tests/language", "tests/test_rules.py", "tests/documents/test_traps_of_context.py", "tests/test_index_values.py",
    "tests/formulas/test_formula.py", "tests/refused", "tests/test_identities.py", "tests/provers/test_events.py",
    "tests/documents/test_events.py", "tests/documents/test_integrals.py", "tests/documents/test_limits.py",
    "tests/documents/test_derivatives.py",
)  # fmt: skip
VALUES = (
    "tests/language", "tests/test_index_values.py", "tests/provers/test_events.py", "tests/documents/test_integrals.py",
    "tests/documents/test_limits.py", "tests/documents/test_events.py", "tests/documents/test_inverses.py",
    "tests/documents/test_laws.py", "tests/documents/test_antiderivatives.py", "tests/formulas/test_series.py",
    "tests/documents/test_restricted_sums.py", "tests/documents/test_convergence.py",
)  # fmt: skip
RANGES = (
    "tests/formulas/test_restrictions.py", "tests/formulas/test_listings.py", "tests/formulas/test_indexing.py",
    "tests/formulas/test_formula.py", "tests/documents/test_restricted_sums.py", "tests/documents/test_derivatives.py",
    "tests/test_identities.py",
)  # fmt: skip
INDICES = (
    "tests/language", "tests/test_index_values.py", "tests/documents/test_limits.py", "tests/documents/test_laws.py",
    "tests/documents/test_inverses.py", "tests/formulas/test_series.py", "tests/documents/test_restricted_sums.py",
    "tests/documents/test_convergence.py", "tests/documents/test_derivatives.py", "tests/test_rules.py",
)  # fmt: skip
CHANCE = (
    "tests/documents/test_independence.py", "tests/documents/test_differentials.py",
    "tests/documents/test_conditional_means.py", "tests/documents/test_called_moments.py",
    "tests/documents/test_settings.py", "tests/documents/test_said_of_random.py", "tests/documents/test_nasty.py",
    "tests/documents/test_suppositions.py", "tests/documents/test_optima.py", "tests/documents/test_laws.py",
    "tests/documents/test_sample_means.py", "tests/documents/test_is_independence.py",
    "tests/documents/test_told_differentials.py", "tests/provers/test_known_moments.py",
)  # fmt: skip
SAID = (
    "tests/documents/test_said_independent.py", "tests/documents/test_independence.py",
    "tests/documents/test_unknowns.py", "tests/documents/test_to_be_solved.py",
)  # fmt: skip
WORDS = (
    "tests/documents/test_said_in_lists.py",
    "tests/documents/test_called_names.py",
    "tests/documents/test_sentences.py", "tests/documents/test_said_of_random.py", "tests/documents/test_kinds.py",
    "tests/documents/test_captures.py", "tests/documents/test_random_vectors.py", "tests/documents/test_entropies.py",
    "tests/documents/test_independence.py", "tests/documents/test_said_independent.py",
)  # fmt: skip
FUNCTIONS = (
    "tests/formulas", "tests/documents/test_captures.py", "tests/documents/test_derivatives.py",
    "tests/documents/test_inverses.py", "tests/documents/test_latent_variables.py",
)  # fmt: skip
PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "kernel": (("symderiv/kernel/*.py",), KERNEL),
    "encoding": (
        (
            "symderiv/language/encode.py",
            "symderiv/language/encode_[dgm]*.py",
            "symderiv/language/derivatives.py",
            "symderiv/language/dependence.py",
            "symderiv/language/determinants.py",
            "symderiv/language/independence.py",
        ),
        LANGUAGE,
    ),
    "values": (
        (
            "symderiv/language/encode_analysis.py",
            "symderiv/language/definite_integrals.py",
            "symderiv/language/closed_forms.py",
            "symderiv/language/summands.py",
            "symderiv/language/index_values.py",
            "symderiv/language/events.py",
        ),
        VALUES,
    ),
    "ranges": (
        ("symderiv/formulas/restrictions.py", "symderiv/formulas/listings.py", "symderiv/formulas/indexing.py"),
        RANGES,
    ),
    "indices": (
        ("symderiv/language/quantities.py", "symderiv/language/indices.py", "symderiv/language/limits.py"),
        INDICES,
    ),
    "chance": (
        (
            "symderiv/documents/independence.py",
            "symderiv/documents/differentials.py",
            "symderiv/formulas/conditional_means.py",
            "symderiv/provers/known_moments.py",
        ),
        CHANCE,
    ),
    "said": (("symderiv/documents/said_independent.py", "symderiv/documents/unknowns.py"), SAID),
    "words": (
        (
            "symderiv/documents/sentences.py",
            "symderiv/documents/said_of_random.py",
            "symderiv/documents/kinds.py",
            "symderiv/documents/function_domains.py",
        ),
        WORDS,
    ),
    "functions": (("symderiv/formulas/functions.py",), FUNCTIONS),
    "rules": (("symderiv/rules/*.py",), ("tests/test_rules.py",)),
}
"""The modules that are mutated, and the tests that are run on the mutants."""


BECAUSE = "  <- "


def _module(name: str) -> str:
    return name.removesuffix(".py").replace("/", ".")


def _shown(name: str, mutant: Mutant) -> str:
    return f"{name}:{mutant.line}: {mutant.kind}: {mutant.inside}"


def _anywhere(shown: str) -> str:
    """What is printed of a survivor, without the number of its line, which changes."""
    return re.sub(r":\d+:", ":", shown.partition(BECAUSE)[0], count=1)


def main() -> int:
    """Runs every mutant, prints the survivors, and then a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--part", action="append", choices=sorted(PARTS))
    parser.add_argument("--file", action="append", help="only modules whose path ends so")
    parser.add_argument("--again", type=Path, help="only the survivors that an earlier run printed there")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long the tests of a mutant may take together")
    options = parser.parse_args()
    earlier = options.again and {_anywhere(line) for line in options.again.read_text(encoding="utf-8").split("\n")}
    warm()
    table: dict[str, Counter[str]] = {}
    for part in options.part or PARTS:
        began = time.monotonic()
        patterns, tests = PARTS[part]
        paths = {path.relative_to(ROOT).as_posix(): path for pattern in patterns for path in ROOT.glob(pattern)}
        chosen = {name: paths[name] for name in sorted(paths) if name.endswith(tuple(options.file or ("",)))}
        sources = {_module(name): path.read_text(encoding="utf-8") for name, path in chosen.items()}
        found = [
            (name, mutant)
            for name in chosen
            for mutant in mutants(sources[_module(name)])
            if earlier is None or (_anywhere(_shown(name, mutant)) in earlier and not reason_for(name, mutant))
        ]
        attempts = [Attempt(_module(name), mutant) for name, mutant in found]
        for number, survives in survivors(attempts, sources, tests, options.jobs, options.seconds) if attempts else ():
            name, mutant = found[number]
            reason = reason_for(name, mutant) if survives else None
            outcome = "noticed" if not survives else "harmless" if reason else "left"
            table.setdefault(name, Counter())[outcome] += 1
            if survives:
                print(_shown(name, mutant) + (f"{BECAUSE}{reason}" if reason else ""), flush=True)
        print(f"{part}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    for name, counts in sorted(table.items()):
        row = (counts.total(), counts["noticed"], counts["harmless"], counts["left"])
        print(f"| {name.removeprefix('symderiv/')} | {' | '.join(map(str, row))} |")
    return 1 if any(counts["left"] for counts in table.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
