"""What the words before a relation make of it: whether they lead to it, name something, or suppose it."""

from __future__ import annotations

import re

from symderiv.documents.displays import Display, Row, names_of
from symderiv.formulas import tree as t
from symderiv.formulas.usage import moment_of

GIVEN = re.compile(
    r"\b(?:defin\w+|let(?!['\u2019]s|\s+us)|assum\w+|suppos\w+|denot\w+|model\w*|prior|states?|known"
    r"|recall\w*|where|notation|consider\w*|following|follow(?:s|ing)? an?|given (?:by|as)|called"
    r"|with the|(?<!the )(?<!this )set|property|by definition"
    r"|with(?! respect)|(?:is|are) (?:calculated|computed) (?:by|as|from))\b",
    re.IGNORECASE,
)
INFERRED = re.compile(
    r"\A\W*then\b|\bthen\W*\Z|\b(?:thus|therefore|hence|becom\w+|obtain\w*|yield\w*|get|gives|follows|reads?"
    r"|we have|have|simplif\w+|written|express\w*|rewrit\w+|develop\w*|equals?|(?:is|are) equal to|using|apply\w*"
    r"|unroll\w*|iterating|plugging|deriv\w+|by (?:linearity|independence)"
    r"|tak(?:e|ing) (?:(?:the|conditional) )?(?:expect\w+|means?|variances?|logarithms?|logs?|traces?|determinants?)"
    r"|(?<!is )(?<!are )calculat\w+"
    r"|results? in|leads? to|turns?|find that|evaluat\w+|expand\w*|holds|we can|so that|implies|shows?|shown to be"
    r"|such that(?=\W*\Z)|to give|finally|combin\w+|resolv\w+|insert\w*|substitut\w+|integrat\w+|comput\w+|solv\w+"
    r"|conclude\w*|means that)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(
    r"\n\s*\n|<br>|\n[ \t]*(?:[-*+]|\d+[.)])[ \t]+|(?:(?<=[.!?:])|(?<=[.!?:]\*\*))\s+(?=(?:\*\*)?[A-Z]|\d+\)\s)"
)
"""What stands between sentences; a label in bold, `**Step 1.**`, is one, and an item of a list begins one."""
_BRACES = re.compile(r"[\s{}]+")
_SOLVED_FOR = re.compile(
    r"\bsolving\s+(?:(?:this|it|the\s+\w+|\$[^$]*\$)\s+)?for\s+\$(?P<name>[^$]+)\$\W*\Z", re.IGNORECASE
)
_PUTS_IN = re.compile(r"\W*with\s+\$(?P<name>[^$=]+)=[^$]*\$\s*,\s*\Z", re.IGNORECASE)
"""`With $\\hat{p} = \\frac{1}{n} \\sum_i X_i$,` right before a display."""
INTRODUCED = re.compile(
    r"\b(?:let|suppose|assume|choose|pick|take|consider|define|there (?:is|are|exists?))\b(?:(?!=|\\sim).)*"
    r"\bsuch that\W*\Z|\bthere exists?\b(?:(?!=|\\sim)[^.])*\bso that\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""`Let $W$ be a matrix such that`: words before what makes a thing what it is."""
SUPPOSED = re.compile(
    r"\b(?:let|assum\w+|suppos\w+|consider\w*|if|when|where|with|for|such that|hypothes\w+|model\w*|prior|constrain\w*"
    r"|choos\w+|provided|requir\w+|set|fix\w*|standardi[sz]\w+|normali[sz]\w+|null)\b",
    re.IGNORECASE,
)
"""Words before a relation that may be a hypothesis."""
MEANS = re.compile(
    r"\A\W*with (?:(?:the|that|this|these)\b[^,$]*,|(?:that|this|these) (?:choices?|values?|settings?)\W*\Z)",
    re.IGNORECASE,
)
"""`With the density of the distribution, ...`, `With this choice`: words for what is used."""
LEADS_TO = re.compile(
    r"\b(?:it follows|results? in|to give|gives|impl(?:y|ies)|yields?|obtain|therefore|thus|hence|(?:re)?written as"
    r"|finally|so that(?=\W*\Z)|so(?=\W*\Z))\b",
    re.IGNORECASE,
)
"""Words before what is distributed as others make it; `we have` gives a model as well."""
THEN = re.compile(
    r"\b(?:then|thus|hence|therefore|it follows|we (?:get|obtain|find)|gives|yields?|implies)\W*\Z", re.IGNORECASE
)
"""Words right before what follows from what was said in prose."""
THUS = re.compile(r"\W*(?:thus|hence|therefore|consequently)\b", re.IGNORECASE)


def may_suppose(display: Display) -> bool:
    """True where the words before a display may make it a hypothesis, or speak of independence."""
    words = last_words(display)
    return SUPPOSED.search(words) is not None or "independen" in words.lower()


def is_worked_out(display: Display) -> bool:
    """True where the words before a display lead to it from something: `With the density, this is`."""
    words = last_words(display)
    return any(pattern.search(words) is not None for pattern in (MEANS, INFERRED))


def last_words(display: Display) -> str:
    """The words of the last sentence before a display."""
    return _SENTENCES.split(display.led_by.strip())[-1]


def is_solved_for(left: t.Node | None, words: str) -> bool:
    """True of z right behind `Solving for $z$,`: what it is follows from what it stands in."""
    match = _SOLVED_FOR.search(words)
    return match is not None and isinstance(left, t.Name) and _plain(match["name"]) == _plain(left.text)


def _plain(name: str) -> str:
    return re.sub(r"[{}\s]", "", name)


def words_follow(words: str) -> bool:
    """True of words right before what follows from something, or that begin with what it follows from."""
    return are_conclusive(words) or any((THUS.match(words), MEANS.search(words)))


def is_of_what_is_put_in(left: t.Node | None, words: str) -> bool:
    r"""True of the mean in `With $\hat{p} = \frac{1}{n} \sum_i X_i$, $$ E[\hat{p}] = p $$`: nothing defines it."""
    match = _PUTS_IN.match(words)
    if match is None or not isinstance(left, t.Applied) or not moment_of(left):
        return False
    return _BRACES.sub("", match["name"]) in {_BRACES.sub("", name) for name in names_of(left)}


def is_bound(row: Row, words: str) -> bool:
    r"""True of the inequality in `we have $f(x) \leq 1$`: it defines nothing."""
    return row.sign != "=" and words_lead(words)


def words_lead(words: str) -> bool:
    """True of words that lead to a relation from something, and not to what is given."""
    given = [match.start() for match in GIVEN.finditer(words)]
    inferred = [match.start() for match in INFERRED.finditer(words)]
    leads = bool(inferred) and (not given or inferred[-1] > given[-1])
    return leads and not INTRODUCED.search(words)


def are_conclusive(words: str) -> bool:
    """True of words before what follows from something: not of `we have`, before what may be a model as well."""
    return LEADS_TO.search(words) is not None or THEN.search(words) is not None


def is_datum(row: Row, words: str) -> bool:
    """True of `P(A) = 0.3`, where no words lead to it from something."""
    is_number = row.sign == "=" and row.right is not None and not names_of(row.right)
    return is_number and not LEADS_TO.search(words)
