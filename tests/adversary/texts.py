"""Statements in documents: prose says what holds, and the last row of a chain is what is claimed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

TRUE = "true"
"""The kind of a statement without an error."""


@dataclass(frozen=True)
class Text:
    """A document whose last relation is true, or false, of which kind of error.

    `conditional` is set of a false one that is true wherever all numbers are positive: a proof may say so.
    """

    kind: str
    text: str
    conditional: bool = False


HOLDS = (
    "Suppose that {0}.", "Assume that {0}.", "We assume that {0}.", "Throughout, {0}.", "In what follows, {0}.",
    "Let us suppose that {0}.",
)  # fmt: skip
"""How a text says that something holds."""

DOES_NOT = (
    "It is not assumed that {0}.",
    "We do not assume that {0}.",
    "Much would be easier if {0}.",
    "If {0}, much is easier.",
    "We do not know whether {0}.",
    "It need not be the case that {0}.",
    "Unless {0}, nothing is easy.",
    "# Special cases\n\nSuppose that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\n# The general case",
    "Suppose first that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\nIn general this is not so.",
    "In the special case where {0}, one has\n\n$$ 1 + 1 = 2 $$\n\nNow consider the general case.",
    "**Example.** Suppose that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\n**Theorem.** In general we have",
    "Some authors assume that {0}. We do without this.",
    "Later we shall assume that {0}, but not here.",
    "It is false that {0}.",
    "Case 1: {0}. Then\n\n$$ 1 + 1 = 2 $$\n\nCase 2: otherwise.",
    "- Suppose that {0}. Then $1 + 1 = 2$.\n- In all other cases we proceed as follows.",
    "> Suppose that {0}.\n\nThe exercise above is left to the reader. Now to something else.",
    "{0} only in rare cases.",
    "The claim that {0} was made in earlier work, and is wrong.",
    "It was once believed that {0}.",
    "Suppose, for contradiction, that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\nwhich is absurd. So this is impossible.",
    "When {0}, we are done. Otherwise we go on.",
    "There are $a$ and $b$ for which {0}; these are of no interest here.",
)
"""How a text speaks of something without saying that it holds."""


def chain(random: Random, left: str, sign: str, right: str, lead: str = "") -> str:
    """The claim, alone or behind a row that says nothing."""
    lead = lead or random.choice(("It follows that", "Then", "Therefore", "We have", "Hence we obtain"))
    if random.random() < 0.25:
        return f"{lead}\n\n$$\n{left} {sign} {right}\n$$\n"
    return f"{lead}\n\n\\begin{{align}}\n{left} &= {left} \\\\\n&{sign} {right}\n\\end{{align}}\n"


def joined(*parts: str) -> str:
    """Paragraphs."""
    return "\n\n".join(part for part in parts if part)
