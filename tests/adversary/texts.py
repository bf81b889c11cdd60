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
    "Without assuming that {0}, we proceed.",
    "Instead of assuming that {0}, we proceed more carefully.",
    "It would be wrong to assume that {0}.",
    "Let us not assume that {0}.",
    "The reader might expect that {0}.",
    "Is it true that {0}?",
    "To find out whether {0}, we proceed.",
    "As a sanity check, suppose that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\nas it should be. Back to the problem.",
    "In Section 3 we assume that {0}.",
    "In the previous chapter we assumed that {0}.",
    "The assumption that {0} is too strong.",
    "The trivial case {0} is left out.",
    "A counterexample is easily found where {0}.",
    "We exclude the case that {0}.",
    "Except where {0}, this is easy.",
    "Contrast this with the situation where {0}.",
    "Imagine for a second that {0}.",
    "Say that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\nBut this is a mere example.",
    "A student claims that {0}.",
    "According to Smith, {0}.",
    "We shall see below that {0} is not needed.",
    "It suffices that {0}.",
    "Rather than {0}, we only know less.",
    "The converse, that {0}, is open.",
    "Our goal is to show that {0}.",
    "Suppose that either {0} or something else holds.",
    "Suppose that {0} or not.",
    "Suppose that {0}, or that something else holds.",
    "Suppose that {0} with probability $0.9$.",
    "Assume that {0} for some values.",
    "Suppose that {0} at time $0$.",
    "Suppose that {0} on the training set.",
    "We assume that {0} until further notice. This ends here.",
    "Assume that {0}. This assumption is false.",
    "Assume that {0}. We will not need it.",
    "Assume that {0}. (In fact, it is not so.)",
    "We assumed earlier that {0}. Now we do not.",
    "In the limit, {0}.",
    "Approximately, {0}.",
    "To first order, {0}.",
    "For small steps, {0}.",
    "In practice, {0}.",
    "Hopefully, {0}.",
    "Presumably {0}.",
    "We conjecture that {0}.",
    "Suppose that not {0}.",
    "Suppose the contrary of: {0}.",
    "Perhaps {0}.",
    "The null hypothesis says that {0}.",
    "Under the null hypothesis, {0}.",
    "Model 1 assumes that {0}. Model 2 makes no assumption.",
    "In the first scenario, {0}. In the second, nothing is known.",
    "**Remark.** If we had {0}, we would be done.",
    "<!-- Suppose that {0}. -->",
    "`Suppose that {0}.`",
    "~~Suppose that {0}.~~",
    "Suppose that {0}, but only in this sentence.",
    "[Suppose that {0}](http://example.org) is the title of a paper.",
    '"Suppose that {0}", he said.',
    "'Assume {0}' is what they wrote.",
    "Exercise: suppose that {0}. What follows?",
    "Hint: assume that {0}.",
    "Let us see what happens when {0}.",
    "Take the example where {0}.",
    "Where {0}, nothing more is to be said. Elsewhere, we go on.",
    "With {0} we would be done.",
    "Since we do not have {0}, we go on.",
    "Because {0} was not assumed, we go on.",
    "Given {0}, this is easy. But we are not given it.",
    "Setting {0} gives\n\n$$ 1 + 1 = 2 $$\n\nWe return to the equation.",
    "Let {0} in the lemma below.",
    "Define for the moment {0}.",
    "[^1]: Suppose that {0}.",
    "## If we suppose that {0}",
    "<details>Suppose that {0}.</details>",
    "| case | meaning |\n|---|---|\n| one | suppose that {0} |",
    "> Suppose that {0}.\n>\n> $$ 1 + 1 = 2 $$\n\nThis is from another book.",
    "1. Suppose that {0}. Then\n\n   $$ 1 + 1 = 2 $$\n\n2. Or else something different.",
    "- Let {0}. Then $$ 1 + 1 = 2 $$\n- Let us see.",
    "### Example\n\nSuppose that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\n### Theorem",
    "**Example 1.** Suppose that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\n**Example 2.**",
    "**Case A.** Suppose that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\n**Case B.** Suppose nothing.",
    "Suppose that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\nNow suppose instead that nothing is known.",
    "Suppose that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\nSuppose now that this fails.",
    "Assume {0} and derive a contradiction.",
    "Towards a contradiction, assume {0}.",
    "If possible, let {0}.",
    "Fix a point where {0}.",
    "At points with {0}, nothing is to be done.",
    "Consider the set of all points with {0}.",
    "The event that {0} is rare.",
    "The set where {0} is empty.",
    "On the line where {0}, things differ.",
    "Points with {0} are excluded.",
    "Those with {0} are treated later.",
    "Denote by $S$ the set where {0}.",
    "Define $S$ as the set of points with {0}.",
    "Let $S$ be the set where {0}.",
    "Let $S$ be the event that {0}.",
    "Let us write $S$ for the statement that {0}.",
    "Let $k = 1$ if {0}.",
    "Let $k$ count how often {0}.",
    "We define $k = 1$ whenever {0}.",
    "the constraint {0} is dropped.",
    "We look for solutions with {0}.",
    "We look for $k$ such that {0}.",
    "There exist numbers with {0}.",
    "For which numbers do we have {0}?",
    "Suppose that, for every $\\epsilon > 0$, {0}.",
    "Suppose we want {0}.",
    "Suppose we had {0}.",
    "Suppose someone tells us that {0}.",
    "Suppose a friend believes {0}.",
    "Assume the reader knows that {0}.",
    "Assume for the sake of argument that {0}.",
    "Assume, to begin with, that {0}.",
    "Let us pretend that {0}.",
    "Let us test the assumption {0}.",
    "We set {0} in the first experiment.",
    "Our code sets {0} by default.",
    "Setting {0} is a bad idea.",
    "With {0} replaced by something else, we go on.",
    "With {0} in mind, we go on.",
    "With {0}, one would expect more.",
    "Thinking of {0} as an example, we go on.",
    "One might set {0}.",
    "One can take {0}, say.",
    "For instance take {0}.",
    "We take {0} or $k = 1$.",
    "Taking {0} leads nowhere.",
    "Choosing {0} is another option.",
    "The choice {0} is popular.",
    "A popular choice is {0}.",
    "The default is {0}.",
    "The initial value is {0}.",
    "The optimum is {0}.",
    "The answer was {0}, they said.",
    "The solution is {0} or not.",
    "The threshold is {0} in most papers.",
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
