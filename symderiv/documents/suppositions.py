r"""Whether a text itself says something, for good or for a while, or speaks of it without saying it.

`We assume that $a > 0$` says it, `some authors assume that $a > 0$` does not, and `suppose first that $a > 0$` says it
until the text comes back to the general case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PLAIN = re.compile(
    r"a|addition|additionally|again|all|also|always|an|and|are|as|assume|assumed|assuming|assumption|assumptions"
    r"|be|because|before|being|both|by|chapter|components|consider|constant|continuous|copies|course|data|denote"
    r"|different|discrete|distributed|distribution|draw|drawn|draws|each|entries|error|errors|event|events|expected|fact"
    r"|features|finite|fix|following|follows|for|from|further|furthermore|gaussian|given|has|have|hence"
    r"|henceforth|here|hold|holds|hypothesis|i\.i\.d|identically|iid|in|independence|independent|inputs|is|it"
    r"|its|let|mean|means|measurements|moreover|namely|next|noise|normal|note|notice|now|numbers"
    r"|observations|of|on|once|one|our|outcomes|outputs|pair|paper|parameters|point|points|positive|probability"
    r"|random|real|recall|recalling|residuals|respectively|sample|samples|satisfy|satisfies|satisfying|scalar|section"
    r"|sequence|series|set|sets|since"
    r"|so|space|standard|such|suppose|supposed|take|terms|that|the|then|there|these|this|those|three|throughout"
    r"|thus|to|true|two|us|use|using|value|values|variable|variables|variance|variances|vector|vectors|we"
    r"|simplicity|loss|generality|without|rest|remainder|usual|only that|therefore|already|still|will|shall"
    r"|remain|remaining|finite|unit|common|same|jointly|mutually|statistically|stochastically|pairwise|uncorrelated"
    r"|disjoint|zero-mean|weights|what|where|which|whose|with|write|zero|book|work|independently|into"
    r"|bernoulli|binary|binomial|poisson|exponential|uniform|exponentially|uniformly|normally|categorical|gamma|beta|laplace"
    r"|rademacher|centered|centred|coefficients|matrices|matrix|entries|labels|rewards|masks|gradients|inputs"
    r"|correlation|correlations|coefficient|taking|expectation|expectations|averages|averaging|logarithms|derivatives|both|sides",
    re.IGNORECASE,
)
"""Words that may stand before a clause and leave it what it is: a statement of the text."""
_OF_VALUES = re.compile(
    r"choosing|choose|chosen|putting|put|setting|letting|substituting|inserting|plugging|plug|fixing|define|defining"
    r"|get|gets|obtain|becomes|becoming|gives|yields|finally|simply|just|thus|can|may|particular|general|known|new"
    r"|this|non-negative|nonnegative|negative|non-zero|nonzero|small|large|integers?|full|rank|square|symmetric|definite"
    r"|model|models|network|layer|layers|batch|size|sizes|rate|learning|step|steps|dimension|dimensions|scale"
    r"|temperature|precision|slope|intercept|bias|width|depth|height|length|degree|order|shape|radius|factor|weight"
    r"|units?|class|classes|coefficient|constants?|matrix|function|functions|notation|shorthand|abbreviation|letter"
    r"|prior|posterior|likelihood|loss|target|output|input|token|tokens|above|below|equation|equations|result|number"
    r"|similarly|likewise|rbf|kernels?|covariance|eigenvalues?|penalty|regulari[sz]ation|strength|parameter"
    r"|hyperparameters?|bandwidth|quantity|quantities|symbols?|initiali[sz]e[sd]?|updated?|estimates?|iterates?"
    r"|definitions?|setup|setting|first|second|third|last|moment|proof|brevity|convenience|clarity|ease|abbreviate"
    r"|throughout|derivation|rest|example|at|start|starts|starting|begin|begins|beginning|predictions?|predicted|logits?|scores?"
    r"|probabilities|frequenc(?:y|ies)|counts?|rewards?|returns?|momentum|tolerance|iterations?|activations?|biases|gains?"
    r"|every|any|softmax|sigmoid|normali[sz]ed|scaled|linear|affine|transformed|predicts|computes?|compute|call|called"
    r"|prices?|lengths?|targets?|true|observed|measured|initial|distribution|rates?",
    re.IGNORECASE,
)
"""Words that besides these may stand around the value that is given to a name."""
_PURPOSE = re.compile(r"\A\s*To\s[^,.;:]*,")
"""`To measure it in bits, we set $b = 2$`."""
_PREDICATE = re.compile(r"(?<=@)\s*(?:be|denotes?|is|are)\s+(?:the|an?|its|our|their)\s[^.,;:]*,")
"""What is said of another formula: `Let $a = 2 b$ be the cross entropy of the model, with $b = 3$`."""
BEGINS = re.compile(r"\\begin\{\w+\*?\}|\\item\b|\A\s*(?P<mark>\*\*?|__?)[^*_\n]{1,60}[.:](?P=mark)")
"""What stands before the first words of a sentence, such as a label."""
_LABEL = re.compile(
    r"\A\s*(?P<mark>\*\*?|__?)(?:theorem|lemma|proposition|corollary|proof|claim|setting|setup|model|notation)\b"
    r"[^*_\n]{0,40}[.:](?P=mark)",
    re.IGNORECASE,
)
"""A label behind which a text says what it says for all that follows: `Case 2.` and `Example.` are others."""
_IF = re.compile(r"\s*(?:now\s+)?(?:if|when|whenever)\b[^.;:,]*", re.IGNORECASE)
_LEADS = re.compile(
    r"[^,.;:]*,?\s*(?:then|the following (?:holds|is true)|(?:we|one) (?:ha(?:ve|s)|gets?|finds?|obtains?)"
    r"|it (?:holds|follows)(?: that)?|this (?:is|becomes))?\s*[.:,]?\s*",
    re.IGNORECASE,
)
_FORMULAS = re.compile(r"\$[^$]*\$|\\\(.*?\\\)")
_CLAUSE_END = re.compile(r"[.,;:]")
_NEXT_CLAUSE = re.compile(r"\band\s+(?=(?:let\s+)?\$[^$]*=[^$]*\$\s+where\b)", re.IGNORECASE)
"""What stands before something else that is said: `$X$ and $Y$ are independent and $Z = a X$ where $a$ is known`."""
_WORD = re.compile(r"\w[\w.'-]*")
BREAK = re.compile(r"(?:\A|\n)[ \t]*#{1,6}[ \t][^\n]*\n|\n[ \t]*\n")
"""What stands before the first sentence behind a heading, or of a paragraph."""
_UNSAID = re.compile(
    r"\b(?:only|rarely|seldom|sometimes|wrong|false|absurd|impossible|excluded|refuted|rejected|may|might|could|would"
    r"|but (?:not|only|never|without)|say|was|were|had|not|never|cannot|unless|if|when|whenever|otherwise|or|until)\b"
    r"|with (?:[a-z]+ )?probability(?! (?:densit|mass|distribution|law|function))|with (?:[a-z]+ )?chance"
    r"|n't\b|\?",
    re.IGNORECASE,
)
"""Words behind a clause that take it back, or make it one of several cases."""
HYPOTHETICAL = re.compile(r"[^.!?]{0,300}\b(?:would|could|might)\b", re.IGNORECASE)
"""What stands behind a clause in a sentence about what is not so."""
RESTRICTS = re.compile(
    r"\s*(?:on|at|over|under|inside|outside|near|around|until|during|within|along"
    r"|in(?! (?:what|it|the following|this|our)\b)"
    r"|for (?:some|certain|an?(?! (?:fixed|given|known) (?:real )?(?:number|constant|scalar)\b)|many|most|few|several)"
    r"|to (?:first|second|leading|lowest) order)\b",
    re.IGNORECASE,
)
"""What stands right behind a clause that is so somewhere alone."""

_RETURNS = re.compile(
    r"\b(?:in general|(?:the|most|more) general (?:case|setting|situation)|generally"
    r"|(?:in|for) (?:all )?(?:the )?other cases|otherwise|(?:do|does|now|can) without"
    r"|(?:drop|relax|lift|remov|abandon|discard|weaken)\w* (?:this|that|these|the|our)"
    r"|(?:return|go|going|come|coming|back) to\b|elsewhere|no (?:such )?(?:assumption|condition|restriction)s?\b"
    r"|(?:this|that|the) (?:assumption|condition|restriction|hypothesis) (?:is|was|can be|will be) (?:now |again )?"
    r"(?:dropped|relaxed|lifted|removed|abandoned|given up)|the (?:other|second|next|remaining) case\b"
    r"|nothing (?:else )?is (?:known|assumed)|no longer"
    r"|(?:for|with|under|using) (?:(?:any|every|each|all|some) other|another|(?:a )?different)"
    r"|without (?:this|that|these|the|any) (?:assumption|condition|restriction|hypothesis)"
    r"|end of (?:the|this) \w+|(?:ends|concludes|completes) (?:the|this|our) (?:example|exercise|remark|case)"
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
_DEFINING_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?:[^$\n]{1,60}?:(?:\*\*|__)?[ \t]+)?[$\\(]{0,2}")
"""The beginning of an item, with a label."""
_MEANT = re.compile(
    r"\$?(?:\\\))?\s*(?:\Z|[.,;:(\u2013\u2014-]|(?:is|are|denotes?|for (?:all|each|every)|as|where|with|and)\b)"
)
"""What stands in an item behind a formula that it defines something by."""
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|\d+[.)])[ \t]")
_DEFINING = re.compile(
    r"(?:(?:\A|[.!?,]\s+|\n)(?:[ \t]*\*\*[^*\n]{1,60}\*\*)?[^.!?:$>]*\b"
    r"(?:(?:where|with|define|defining|denote|notation|let)\b[^.!?:$>]*:|(?:where|define|denote|let)\s*\Z)"
    r"|\*\*(?:definitions?|notation|setup|setting)(?::\*\*|[.]\*\*|\*\*:?))\s*\Z",
    re.IGNORECASE,
)
"""Words before a list of what something means."""
_OF_SEVERAL = re.compile(r"\b(?:one|two|some|any|each) of\b", re.IGNORECASE)
"""Words before a list of cases."""
_DISPLAYS = re.compile(r"\$\$|\\\[|\\begin")
_MORE = re.compile(r"[.!?][\"')\]]*\s+[A-Z$\\]")


_SENTENCE = re.compile(r"[^.!?\n](?:[^.!?\n]|\n(?![ \t]*\n)|[.!?](?!\s))*[.!?]?")
_TAKES_BACK = re.compile(r"\b(?:not|never|neither|false|wrong|untrue|violated|fails?|ends here)\b|n't\b", re.IGNORECASE)
_MARKS = (
    (re.compile("\u201c"), re.compile("\u201d")),
    (re.compile("``"), re.compile("''")),
    (re.compile(r"(?<![\w'$)}^])'(?=[A-Z$])"), re.compile(r"(?<=[\w.,!?$])'(?![\w'])")),
)
"""Marks before and behind what others say."""
_IN_LINK = re.compile(r"[^\[\]\n]*\]\([^()\s]*\)")


_RESTRICTED = re.compile(
    r"\b(?:sets?|events?|points?|values?|numbers?|variables?|case|space)\s+(?:where|that|with|for which|such)\b",
    re.IGNORECASE,
)
"""Words before a clause that says which of some are meant: `the set where`."""


_ELSEWHERE = re.compile(
    r"\b(?:next|previous|other|another|last|earlier)\s+(?:section|chapter|part|paper|paragraph|case)s?\b", re.IGNORECASE
)
"""Words before a clause that is so in another place."""


def is_plainly_said(before: str, behind: str = "", *more: re.Pattern[str]) -> bool:
    """True of a clause with nothing around it that could make it another one's, a mere case, or false.

    `before` and `behind` are the rest of its sentence, in which `more` words may stand than the usual ones.
    """
    own = _NEXT_CLAUSE.split(behind, maxsplit=1)[0]
    clause = _CLAUSE_END.split(_FORMULAS.sub(" ", own), maxsplit=1)[0]
    before = _LABEL.sub(" ", BREAK.split(before)[-1])
    if _RESTRICTED.search(before) or _ELSEWHERE.search(before) or is_quoted(before, len(before)):
        return False
    return _is_plain(before, *more) and _is_plain(clause, *more) and _UNSAID.search(behind) is None


def gives_a_value(before: str, behind: str) -> bool:
    """True of the rest of a sentence around `$a = 2$` by which the text itself gives this value to the name."""
    clause, before = re.split(r"[.,;:]", behind, maxsplit=1)[0], _PURPOSE.sub("", BREAK.split(before)[-1])
    before = _PREDICATE.sub(lambda m: m.group() if _UNSAID.search(m.group()) else " ", BEGINS.sub(" ", before))
    return _is_plain(before, _OF_VALUES) and _is_plain(clause, _OF_VALUES)


def _is_plain(words: str, *more: re.Pattern[str]) -> bool:
    found = (word.rstrip(".") for word in _WORD.findall(_FORMULAS.sub(" ", words)))
    return all(any(known.fullmatch(word) for known in (_PLAIN, *more)) for word in found)


def leads_to_a_display(before: str, behind: str) -> bool:
    """True of a clause behind `if` in a sentence that says no more: `if @ are independent, the following holds.`"""
    return _IF.fullmatch(before) is not None and _LEADS.fullmatch(behind) is not None


def defines_in_a_list(text: str, start: int, end: int) -> bool:
    r"""True of a formula that an item of a list begins with, behind a label or none, where words before it define.

    As in `where:` and `- the error: $e = y - x$`.  The rest of the item may say what is meant, and no more.
    """
    begin = text.rfind("\n", 0, start) + 1
    item = _DEFINING_ITEM.fullmatch(text, begin, start)
    behind = _BEHIND_ITEM.search(text, text.find("\n", end) + 1 or len(text))
    rest = text[end : behind.start() if behind is not None else len(text)]
    if item is None or not _MEANT.match(rest) or _UNSAID.search(_FORMULAS.sub(" ", rest)) or _DISPLAYS.search(rest):
        return False
    lead = _before_list(text[max(0, begin - LONGEST) : begin], text[begin:start]).rstrip()
    words = _DEFINING.search(BREAK.split(lead)[-1])
    said = "" if words is None else re.sub(r"\*\*[^*\n]*\*\*", " ", words.group())
    if FOR_A_WHILE.search(said) or _OF_SEVERAL.search(said):
        return False
    return words is not None and _is_plain(said, _OF_VALUES) and not is_quoted(text, start)


def _before_list(text: str, item: str) -> str:
    """The text before the list in which an item stands right behind it."""
    own = _ITEM.match(item)
    lines = text.splitlines()
    while lines and own is not None:
        other = _ITEM.match(lines[-1])
        alike = other is not None and (other["indent"], len(other["mark"]) > 1) == (own["indent"], len(own["mark"]) > 1)
        goes_on = lines[-1].startswith(own["indent"] + " ")
        if lines[-1].strip() and not alike and not goes_on:
            break
        lines.pop()
    return "\n".join(lines)


def is_supposed_here(before: str) -> bool:
    """True of words before `suppose` and `assume` with which a text supposes: `we now`, not `many authors`."""
    return _is_plain(FOR_A_WHILE.sub(" ", BREAK.split(before)[-1]))


def comes_back(sentence: str) -> bool:
    """True of a sentence with which a text comes back from what it supposed, or denies what was said before it.

    A denial that has formulas of its own may be about these.
    """
    has_formulas = "$" in sentence or r"\(" in sentence
    return _RETURNS.search(sentence) is not None or (not has_formulas and _TAKES_BACK.search(sentence) is not None)


def returns(text: str, start: int, end: int) -> Iterator[int]:
    """Where a stretch of prose comes back from what was supposed before: the beginnings of sentences."""
    for match in _SENTENCE.finditer(text, start, end):
        found = _RETURNS.search(match.group())
        if found is not None:
            yield match.start() + found.start()
        elif comes_back(match.group()):
            yield match.start()


def is_quoted(text: str, place: int) -> bool:
    """True of a place in quotation marks, in code, in what is struck out, or in the words of a link."""
    start = text.rfind("\n\n", max(0, place - LONGEST), place)
    before = text[max(start, place - LONGEST, 0) : place]
    odd = any(before.count(mark) % 2 for mark in ('"', "~~", "`" if "``" not in before else "\0"))
    opened = any(len(start.findall(before)) > len(end.findall(before)) for start, end in _MARKS)
    return odd or opened or (before.rfind("[") > before.rfind("]") and _IN_LINK.match(text, place) is not None)


_HEADING = re.compile(r" {0,3}#{1,6}\s")
"""The beginning of a heading in Markdown, which names what is spoken of."""


def stands_apart(text: str, place: int) -> bool:
    """True of a place in a heading, or in a quotation or item of a list in which no display follows."""
    end = end_of_block(text, place)
    in_heading = _HEADING.match(text, text.rfind("\n", 0, place) + 1, place) is not None
    return in_heading or (end is not None and _DISPLAYS.search(text, place, end) is None)


_LABELLED = re.compile(
    r"\s*(?:[*_]{1,3}|\\(?:paragraph\*?|textbf|textit|emph)\{)?(?:Counter-?)?"
    r"(?:Example|Exercise|Illustration|Remark|Digression|Question|Caveat)s?\b(?![^.:*\n]{0,20}\bof\b)"
)
"""The beginning of a paragraph about something beside the text."""
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\Z")
GOES_ON = re.compile(
    r"\s*(?:\$\$|\\\[|\\begin\{(?!example|exercise|remark)"
    r"|[a-z]|(?:Then|Hence|Thus|Therefore|So|It follows|We (?:then )?(?:have|get|obtain|find)|This (?:gives|yields))\b)"
)
"""What a paragraph begins with that belongs to the one before it."""
_EXAMPLE_ENDS = re.compile(r"\b(?:ends?|concludes?|completes?|end of) (?:the|this|our) (?:example|exercise|remark)\b")
_ASIDE_OPENS = re.compile(r"\\begin\{(?P<name>example|exercise|remark|illustration|proof)\*?\}")


def _end_of_example(text: str, place: int) -> int | None:
    """Where the example ends that a place stands in: with a paragraph that ends in words, and none that goes on."""
    opened = list(_ASIDE_OPENS.finditer(text, max(0, place - LONGEST), place))
    if opened:
        end = text.find(rf"\end{{{opened[-1]['name']}", opened[-1].end())
        if end > place:
            return end
    breaks = [match.end() for match in _PARAGRAPH.finditer(text, max(0, place - LONGEST), place)]
    own = breaks[-1] if breaks else max(0, place - LONGEST)
    above = text[breaks[-2] if len(breaks) > 1 else 0 : own].strip() if breaks else ""
    is_named = len(above) < len("**Example 1.1 (something).**") and _LABELLED.match(above) is not None
    if not is_named and _LABELLED.match(text, own) is None:
        return None
    for match in _PARAGRAPH.finditer(text, place):
        if GOES_ON.match(text, match.end()) is None or _EXAMPLE_ENDS.search(text, place, match.start()):
            return match.start() if text[match.end() :].strip() else len(text) + 1
    return None


def end_of_block(text: str, place: int) -> int | None:
    """Where the quotation, item or example ends that a place stands in; None of items that say nothing else."""
    example = _end_of_example(text, place)
    return _end_of_item(text, place) if example is None else example


def _end_of_item(text: str, place: int) -> int | None:
    before = list(_BLOCK.finditer(text, max(0, place - LONGEST), place))
    block = before[-1] if before else None
    if block is None or not block.group().strip():
        return None
    behind = (_BEHIND_QUOTE if block["quote"] else _BEHIND_ITEM).search(text, text.find("\n", place) + 1 or len(text))
    end = behind.start() if behind is not None else len(text)
    says_more = _DISPLAYS.search(text, place, end) is not None or _MORE.search(text, place, end) is not None
    return end if says_more or block["quote"] is not None else None
