"""What a text says holds, what it only speaks of does not, and what it supposes for a while does no longer."""

from __future__ import annotations

import pytest

from symderiv.documents.suppositions import is_plainly_said, is_supposed_here, stands_apart
from tests.documents.checking import checked, verdicts

FOLLOWS = [
    ("Let $A$, $B$ and $C$ be events.", "$A$ and $B$ are disjoint", r"P(A \cup B) &= P(A \cup B) \\ &= P(A) + P(B)"),
    ("Let $A$, $B$ and $C$ be events.", "$A$ and $B$ are independent", r"P(A \cap B) &= P(A \cap B) \\ &= P(A) P(B)"),
    ("Let $X$ and $Y$ be random variables.", "$X$ and $Y$ are independent", r"E[X Y] &= E[X Y] \\ &= E[X] E[Y]"),
    ("Let $x$ be a number.", r"$y \leq x$", r"y - c &= y - c \\ &\leq x - c"),
    ("Let $x$ be a number.", "$z = x + 2$", r"z^2 &= z^2 \\ &= (x + 2)^2"),
]
"""What is introduced, what has to be said, and what follows from it."""
SAY = [
    "Suppose that {0}.",
    "We assume that {0}.",
    "In what follows, {0}.",
    "Throughout, {0}.",
    "Let us now suppose that {0}.",
]
DO_NOT = [
    "Some authors assume that {0}. We do without this.",
    "It was once believed that {0}.",
    "It is false that {0}.",
    "The claim that {0} was made in earlier work, and is wrong.",
    "Much would be easier if {0}.",
    "{0} only in rare cases.",
    "If {0}, much is easier.",
    "If {0}, we have\n\n$$ 1 + 1 = 2 $$\n\nThis is one of the simplest equations.",
    "Later we shall assume that {0}, but not here.",
    "Suppose first that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\nIn general this is not so.",
    "Suppose that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\nWe now drop this assumption.",
    "In the special case where {0}, one has\n\n$$ 1 + 1 = 2 $$\n\nNow consider the general case.",
    "Suppose, for contradiction, that {0}. Then\n\n$$ 1 + 1 = 2 $$\n\nwhich is absurd.",
    "- Suppose that {0}. Then $1 + 1 = 2$.\n- In all other cases we proceed as follows.",
    "Suppose a friend believes that {0}.",
    "1. Suppose that {0}. Then\n\n   $$ 1 + 1 = 2 $$\n\n2. Or else something different.",
    "In the previous chapter we assumed that {0}.",
    '"Suppose that {0}", he said.',
    "Assume that {0}. This assumption is false.",
    "> Suppose that {0}.\n\nThe exercise above is left to the reader.",
]


def text(introduction, said, steps):
    chain = "\\begin{aligned}\n" + steps + "\n\\end{aligned}"
    return f"{introduction}\n\n{said}\n\nIt follows that\n\n$$\n{chain}\n$$\n"


@pytest.mark.parametrize("frame", SAY)
@pytest.mark.parametrize(("introduction", "clause", "steps"), FOLLOWS)
def test_what_a_text_says_holds(tmp_path, frame, introduction, clause, steps):
    found = verdicts(checked(tmp_path, text(introduction, frame.format(clause), steps), "text.md"))
    assert found[-1] == "proved"


@pytest.mark.parametrize("frame", DO_NOT)
@pytest.mark.parametrize(("introduction", "clause", "steps"), FOLLOWS)
def test_what_it_only_speaks_of_does_not(tmp_path, frame, introduction, clause, steps):
    found = verdicts(checked(tmp_path, text(introduction, frame.format(clause), steps), "text.md"))
    assert found[-1] in ("gap", "unknown", "refuted")


SPECIAL = r"""Let $x$ be a number.

%s $y = 2 x$. Then

$$ y + x = 3 x . $$

%s

$$ y + y = 4 x . $$
"""


@pytest.mark.parametrize(
    ("words", "between", "last"),
    [
        ("Suppose that", "It also follows that", "proved"),
        ("Suppose that", "In the general case we have", "gap"),
        ("Suppose first that", "It is also true that", "gap"),
        ("For example, suppose that", "It is also true that", "gap"),
        ("Let", "In general, we have", "proved"),
    ],
)
def test_it_holds_until_the_text_comes_back(tmp_path, words, between, last):
    assert verdicts(checked(tmp_path, SPECIAL % (words, between), "text.md")) == ["proved", last]


@pytest.mark.parametrize(
    ("words", "verdict"), [("It may be that", "gap"), ("Nobody remembers that", "gap"), ("One finds", "unknown")]
)
def test_what_may_have_been_said_refutes_nothing(tmp_path, words, verdict):
    report = text("Let $x$ be a number.", f"{words} $x > 1$.", r"x^2 &= x^2 \\ &\geq x")
    assert verdicts(checked(tmp_path, report, "text.md"))[-1] == verdict


@pytest.mark.parametrize(
    ("before", "behind", "said"),
    [
        ("Suppose now that ", ".", True),
        ("where the errors ", " with mean $m$", True),
        ("If ", ", much is easier", False),
        ("Nobody believes that ", "", False),
        ("Here ", " only if $n$ is large", False),
    ],
)
def test_clauses_that_are_plainly_said(before, behind, said):
    assert is_plainly_said(before, behind) is said


@pytest.mark.parametrize(
    ("before", "here"),
    [("", True), ("From now on we ", True), ("In this book, we ", True), ("Many authors ", False), ("They ", False)],
)
def test_who_supposes(before, here):
    assert is_supposed_here(before) is here


BLOCKS = """Let $a$ be a number.

> Suppose that $q = 1$.

- Suppose that $r = 1$. Then $1 = 1$.
- $s > 0$

> Let $t > 0$. Then
>
> $$ t $$

and $u = 1$.
"""


@pytest.mark.parametrize(("letter", "apart"), [*zip("aqrstu", (False, True, True, False, False, False), strict=True)])
def test_quotations_and_items_stand_apart(letter, apart):
    assert stands_apart(BLOCKS, BLOCKS.index(f"${letter}")) is apart


@pytest.mark.parametrize(
    ("before", "step", "word"),
    [
        ("the surface of the $k$-dimensional sphere with radius $r = \\sqrt{y}$, which is", "r^2 = y", "proved"),
        ("the surface of the $k$-dimensional sphere at points with $r = \\sqrt{y}$, which is", "r^2 = y", "gap"),
        ("the surface of a thing without radius $r = \\sqrt{y}$, which is", "r^2 = y", "gap"),
    ],
)
def test_a_property_is_said_with_its_name(tmp_path, before, step, word):
    text = f"We look at {before}\n\n$$\nA = 2 r k + 1\n$$\n\nand therefore\n\n$$\n{step}\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == word


UNSAID = [
    "## Suppose that $a = b$\n\nSome words.",
    "Let $a = b$ be given; we refute it.",
    "We set $a = b$ and start over.",
    "We set $a = b$ and repeat.",
    "Solutions with $a = b$ are rare.",
    "The fact that $a = b$ would be surprising.",
    "Note $a = b$ only at the end.",
    "Let $a = b$ where $x > 0$ and $a = 0$ elsewhere.",
    "Subject to $a = b$, the problem is easy.",
    "A solution with $a = b$ is sought.",
    "Where $a = b$ holds, we stop.",
    "Let $S$ mean that $a = b$.",
    "**Example.** Let $a = b$. This ends in words.",
    "![Let $a = b$](picture.png)",
    "Note $a = b$, which is false.",
    "Consider $a = b$.",
    "We minimise the loss subject to $a = b$ by projected gradient descent.",
    "We minimise $f(a)$ subject to $a = b$. The solution is found by Newton's method.\n\nWe turn to the product.",
    "The problem is to maximise $a b$ subject to the constraint $a = b$.",
    "Example: let $a = b$. Then the product doubles.\n\nWe now treat the product.",
    "**Example.** Let $a = b$ and $b = x$. The sum is three. This ends the example.",
    "*Exercise.* Let $a = b$. Compute the sum. *Solution.* It is four.\n\nConsider now the product.",
    "\\begin{example} Let $a = b$. It is easy. \\end{example}\n\nWe go on.",
    "Unlike the previous section, where $a = b$, the number is free here.",
    "In Section 5 we shall set $a = b$. For now it is free.",
    "The students who put $a = b$ got no points.",
    "It is tempting to set $a = b$. Resist the temptation.",
    "The proof is by induction. For the base case let $a = b$; the claim is then trivial.",
    "First let $a = b$. That was easy. Now let $a$ be anything.",
    "Let $a = b$ for the left panel of the figure.",
    "Algorithm 1 with $a = b$ is called doubling.",
    "Let $a = b$ be one of the roots of the polynomial.",
    "With probability $1/2$ we have $a = b$.",
    "With high probability, $a = b$.",
    "Let $a = b$ modulo $7$.",
    "Let $a = b$ (in some units).",
]


@pytest.mark.parametrize(
    "words",
    [
        "To measure $x$ in nats, we set $a = 2$. Hence",
        "Throughout this section, let $a = 2$. Hence",
        "**Theory.** Finally, let $a = 2$ for the rest of this section. We then have",
        "We maximise $a b$ subject to the constraint $a = 2$. We then have",
        "\\begin{example} Let $a = 2$. We then have",
    ],
)
def test_a_value_that_the_text_gives_holds(tmp_path, words):
    text = f"It is known that\n\n$$\na + b = b + a\n$$\n\n{words}\n\n$$\na b + a = 2 b + 2\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


def test_an_example_goes_on_to_the_paragraph_that_ends_in_words(tmp_path):
    text = (
        "**Example.** Let $a = 2$. We then have\n\n$$\na b = 2 b\n$$\n\nand also\n\n$$\na + b = b + 2 .\n$$\n\n"
        "That is all.\n\nWe conclude that\n\n$$\na + x = x + 2\n$$\n"
    )
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved", "proved", "gap"]


@pytest.mark.parametrize("words", UNSAID)
def test_what_is_not_said_proves_nothing(tmp_path, words):
    known = "It is known that\n\n$$\na + b + x = b + a + x\n$$\n\n"
    text = f"{known}{words}\n\nWe conclude that\n\n$$\na^2 = a b\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("proved", "given")


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Let $X$ be a non-negative random variable and let $a > 2$.", "proved"),
        ("Unlike the previous section, where $a > 2$, the number is free here.", "gap"),
        ("Algorithm 1 with $a > 2$ is called doubling.", "gap"),
    ],
)
def test_bounds_are_believed_where_values_are(tmp_path, words, verdict):
    text = f"It is known that\n\n$$\n1 + x = x + 1\n$$\n\n{words} Hence\n\n$$\na^2 > 4\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == verdict
