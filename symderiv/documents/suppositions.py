r"""Whether a text itself says something, for good or for a while, or speaks of it without saying it.

`We assume that $a > 0$` says it, `some authors assume that $a > 0$` does not, and `suppose first that $a > 0$` says it
until the text comes back to the general case.
"""

from __future__ import annotations

import re

_PLAIN = re.compile(
    r"a|addition|additionally|again|all|also|always|an|and|are|as|assume|assumed|assuming|assumption|assumptions"
    r"|be|because|before|being|both|by|chapter|components|consider|constant|continuous|copies|course|data|denote"
    r"|different|discrete|distributed|distribution|draw|drawn|draws|each|entries|error|errors|event|events|fact"
    r"|features|finite|fix|following|follows|for|from|further|furthermore|gaussian|given|has|have|hence"
    r"|henceforth|here|hold|holds|hypothesis|i\.i\.d|identically|iid|in|independence|independent|inputs|is|it"
    r"|its|let|mean|means|measurements|model|moreover|namely|next|noise|normal|note|notice|now|numbers"
    r"|observations|of|on|once|one|our|outcomes|outputs|pair|paper|parameters|point|points|positive|probability"
    r"|random|real|recall|recalling|residuals|respectively|sample|samples|scalar|section|sequence|set|sets|since"
    r"|so|space|standard|such|suppose|supposed|take|terms|that|the|then|there|these|this|those|three|throughout"
    r"|thus|to|true|two|us|use|using|value|values|variable|variables|variance|variances|vector|vectors|we"
    r"|weights|what|where|which|whose|with|write|zero",
    re.IGNORECASE,
)
"""Words that may stand before a clause and leave it what it is: a statement of the text."""
_IF = re.compile(r"\s*(?:now\s+)?(?:if|when|whenever)\b[^.;:,]*", re.IGNORECASE)
_LEADS = re.compile(
    r"[^,.;:]*,?\s*(?:then|the following (?:holds|is true)|(?:we|one) (?:ha(?:ve|s)|gets?|finds?|obtains?)"
    r"|it (?:holds|follows)(?: that)?|this (?:is|becomes))?\s*[.:,]?\s*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][\w.'-]*")
_OURS = re.compile(r"\b(?:we|us|I|you|one)(?:\s+(?!n't)\w+){0,2}\s*\Z")
_UNSAID = re.compile(
    r"\b(?:only|rarely|seldom|sometimes|wrong|false|absurd|impossible|excluded|refuted|rejected|may|might|could|would"
    r"|but (?:not|only|never|without)|was|were|had|not|never|cannot|unless|if|when|whenever|otherwise)\b|n't\b|\?",
    re.IGNORECASE,
)
"""Words behind a clause that take it back, or make it one of several cases."""

RETURNS = re.compile(
    r"\b(?:in general|(?:the|most|more) general (?:case|setting|situation)|generally"
    r"|(?:in|for) (?:all )?(?:the )?other cases|otherwise|(?:do|does|now|can) without"
    r"|(?:drop|relax|lift|remov|abandon|discard|weaken)\w* (?:this|that|these|the|our)"
    r"|no longer|without (?:this|that|these|the|any) (?:assumption|condition|restriction|hypothesis)"
    r"|not (?:here|assumed (?:here|any ?more)))\b",
    re.IGNORECASE,
)
"""Words with which a text comes back from what it supposed: that no longer holds behind them."""
FOR_A_WHILE = re.compile(
    r"\b(?:(?<!from )(?:at )?first|for (?:a|the) (?:moment|time being)|for now|for (?:example|instance)|e\.g\."
    r"|temporarily|(?:special|particular|simple|simplest) cases?|as an (?:example|illustration)|an example)\b",
    re.IGNORECASE,
)
"""Words by which something is supposed for what comes next alone."""
_BLOCK = re.compile(r"^[ \t]*(?:(?P<quote>>)|(?:[-*+]|\d+[.)])[ \t]|\\item\b)|^[ \t]*\n(?=\S)", re.MULTILINE)
_BEHIND_QUOTE = re.compile(r"^[ \t]*(?!>)(?=\S|\n|\Z)", re.MULTILINE)
_BEHIND_ITEM = re.compile(r"^[ \t]*(?:>|(?:[-*+]|\d+[.)])[ \t]|\\item\b|\\end\b)|^[ \t]*\n(?=\S)|\Z", re.MULTILINE)
LONGEST = 2000
"""Characters of a block before a place; what is longer is none."""
_DISPLAYS = re.compile(r"\$\$|\\\[|\\begin")
_MORE = re.compile(r"[.!?][\"')\]]*\s+[A-Z$\\]")


def is_plainly_said(before: str, behind: str = "") -> bool:
    """True of a clause of a sentence with nothing `before` it that could make it another one's, a mere case, or false.

    Signs stand in place of the formulas of the words; `behind` is the rest of the sentence.
    """
    words = _WORD.findall(re.sub(r"\$[^$]*\$", " ", before))
    return all(_PLAIN.fullmatch(word.rstrip(".")) for word in words) and _UNSAID.search(behind) is None


def leads_to_a_display(before: str, behind: str) -> bool:
    """True of a clause behind `if` in a sentence that says no more: `if @ are independent, the following holds.`"""
    return _IF.fullmatch(before) is not None and _LEADS.fullmatch(behind) is not None


def is_supposed_here(before: str) -> bool:
    """True where the subject of `suppose` and `assume` is the text: `we now`, `let us`, or none; not `many authors`."""
    clause = re.split(r"[.;:,]\s", before)[-1]
    return _OURS.search(clause) is not None or is_plainly_said(clause)


def stands_apart(text: str, place: int) -> bool:
    """True of a place in a quotation, or in an item of a list that says more, where no display follows in that."""
    before = list(_BLOCK.finditer(text, max(0, place - LONGEST), place))
    block = before[-1] if before else None
    if block is None or not block.group().strip():
        return False
    behind = (_BEHIND_QUOTE if block["quote"] else _BEHIND_ITEM).search(text, text.find("\n", place) + 1 or len(text))
    rest = text[place : behind.start() if behind is not None else len(text)]
    return _DISPLAYS.search(rest) is None and (block["quote"] is not None or _MORE.search(rest) is not None)
