r"""What prose says in formulas of its own, and how far it holds: `where $a = b$`, `for $x > 1$ we get`.

A formula is believed throughout its section only where it is asserted.  One after `if`, `for` or `when` holds for the
display that its sentence belongs to.  One that is denied, that is itself under a condition, or that is one of several
cases is not believed at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from symderiv.documents.suppositions import (
    FOR_A_WHILE,
    HYPOTHETICAL,
    RESTRICTS,
    defines_in_a_list,
    gives_a_value,
    is_quoted,
    is_supposed_here,
    stands_apart,
)

Force = Literal["throughout", "onwards", "next", "previous", "limited", ""]
"""How far a formula holds: for its section, what follows in it, the display after or before, or not for certain.

Empty where nothing says that it holds.
"""
_NOT_AT_ALL: Force = ""

_FORMULA = re.compile(r"(?<![$\\])\$(?!\$)(?P<formula>[^$]+?)\$(?!\$)|\\\((?P<round>.+?)\\\)", re.DOTALL)
SENTENCE_END = re.compile(
    r"(?!(?<=i\.i\.d)\.\s+(?:Bernoulli|Cauchy|Dirichlet|Gaussian|Gumbel|Laplace|Poisson|Rademacher|Student|Weibull)\b)"
    r"(?:[.!?][\"')\]]*|\?(?:\*\*|__))\s+(?=[A-Z@\\*\[(])|\n\s*\n"
)
"""`i.i.d. Bernoulli` goes on, and `**Why divide?**` is a heading."""
_CLOSED = re.compile(r"[.!?][\"')\]]*\s*\Z")
LONGEST = 1000
"""Characters of a sentence before a formula; in longer ones nothing is believed."""
_NAMED = (
    r"for (?:the|our) (?!(?:\w+ )?(?:cases?|values?|points?|choices?|events?|limits?|moments?|time|sake|purposes?"
    r"|first|last|second|third|other)\b)\w+"
)
"""What is named before its formula, as in `for the loss $L = ...$ we get`: no condition."""
_WHERE = (
    r"(?:(?:(?<![a-z] )(?<![a-z]\n)|(?<=\bthen )|(?<=\band )|(?<=\bnow )|(?<=\bso )|(?<=\bthus ))(?:where|with)"
    r"|with(?=\s+(?:mean|variance|precision|radius|rate|scale|shape|slope|(?:a )?parameters?)\s+(?:@|\Z)))"
)
"""What begins a clause of its own: not `in the situation where`, or `points with`; and a property before its name."""
_ASSERTS = re.compile(
    rf"\b(?:{_WHERE}|let(?:ting)?|set|setting|putting|choosing|taking|substituting|inserting|plugging in|denot\w+"
    rf"|(?:re-?)?defin\w+|assume[ds]?|suppose[ds]?|throughout|henceforth|in what follows|from (?:now|here) on"
    rf"|{_NAMED})\b|(?<![\w-])Given:",
    re.IGNORECASE,
)
_SETS = re.compile(r"(?:let|set|put|choos|tak|substitut|insert|plug|with|for)", re.IGNORECASE)
"""The beginnings of those of these words behind which a name may be given one of its values."""
_SUPPOSES = re.compile(
    rf"\b(?:assume|suppose|given:|henceforth|in what follows|from (?:now|here) on|{_NAMED})\b", re.IGNORECASE
)
_ELSEWHERE = re.compile(
    r"\b(?:where|when(?:ever)?|which|how|often|why|if|whether"
    r"|(?<!such )(?<!so )(?<!assuming )(?<!provided )that|points?|sets? of)\b",
    re.IGNORECASE,
)
"""What stands between a word that asserts and a formula that is not asserted by it: `with the situation where`."""
_WHEREVER = re.compile(r"\s*(?:Where|Subject to)\s+")
_MAIN = re.compile(r"\s*(?:(?:holds?|is)\b[^.@,]*,|,\s+(?!and\b|or\b|so\b|we\b|then\b)[a-z])")
"""`Where $a > 0$, nothing is to be shown.`"""
_TRIED = re.compile(r"(?:setting|putting|choosing|taking|substituting|inserting|plugging in|with)\b", re.IGNORECASE)
_ASSUMING = re.compile(r"\bassuming(?:\s+that)?\s+\Z", re.IGNORECASE)
_LEADS_ON = re.compile(
    r"\s*(?:[,.;:)\n]|\Z|\(|(?:and|we|this|it|one|the|as|to|into|denot\w+|being|gives?|yields?|produces|shows?|implies"
    r"|results? in|leads? to(?! nowhere)|in (?:it|this|the|our|\()|is (?:the|its|our|called))\b|with\s+@|@)",
    re.IGNORECASE,
)
"""What may stand behind a formula that is put in: `setting $x = 0$ we get`, not `setting $x = 0$ is a bad idea`."""
_DENIED_LATER = re.compile(r"[^.!?@]{0,300}\b(?:contradict\w*|refute\w*|absurd|impossible|nonsense)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:assum|suppos)", re.IGNORECASE)
"""The beginnings of verbs that say something of those who do so, and of what they do it for."""
_WITH = re.compile(r"\s*,?\s*with\s+(?:@\s*(?:,|and)\s*)*")
"""What stands between a display and a bound that belongs to it."""
_LASTING = re.compile(r"(?:let\b|where|denot|defin)", re.IGNORECASE)
"""The beginnings of words that say what is meant, which holds also where a text comes back from what it supposed."""
_LIMITS = re.compile(
    rf"\b(?!{_NAMED}\b)(?:if|for|when|whenever|provided|assuming|supposing|in case|subject to)\b"
    r"|\bat(?: the (?:point|value|optimum|minimum|maximum))?\s*\Z",
    re.IGNORECASE,
)
"""Words before conditions; a constraint is one of the problem that it belongs to."""
DENIES = re.compile(
    r"\b(?:if possible|not?|cannot|never|neither|nor|contradict\w*|contrary|absurd|impossible|wrong|false"
    r"|test(?:s|ed|ing)?|show|prove|verify|check)\b|n't\b",
    re.IGNORECASE,
)
"""Words by which a relation is denied, asked for, or to be shown."""
_CASES = re.compile(
    r"\b(?:with (?:\w+ )?probability(?=\s*,|\s+@)|unless|either|or|otherwise|iff|only if|equality|would|could"
    r"|might|whether|respectively)\b",
    re.IGNORECASE,
)
"""Words by which a formula in prose is one of several cases, or holds in some of them."""
_UNDER_CONDITION = re.compile(
    r"\s*,?\s*(?:but (?:not|only|without)\b|(?:(?:and|but) (?:is|are) )?"
    r"(?:(?:if|iff|when|whenever|wherever|unless|otherwise|or|respectively|only|not|cannot"
    r"|at first|later|first|in (?:the|this|that|one|case|distribution|law|probability|expectation|mean)"
    r"|with (?:\w+ )?probability"
    r"|almost (?:surely|everywhere)|approximately|asymptotically|up to)\b|w\.\s?p\.|(?:is|are|does|do|need) not\b"
    r"|fails?\b|breaks?\b"
    r"|(?:is|are|being) (?:tested|impossible|false|wrong|excluded|absurd|rejected|violated|sought|wanted|desired)\b"
    r"|and (?:start|begin|try|repeat|rerun)\w*\b))",
    re.IGNORECASE,
)
_FUNCTION = (
    r"(?:that|which|where|when|if|whether|of|to|against|about|we|is|are|was|were|says?|has|have|had|be|than|then|by|as|do|does|not"
    r"|sets?|takes?|uses?|assumes?|supposes?|chooses?|needs?|requires?|wants?|allows?|excludes?|without|unlike)\b"
)
"""Words that are in no name of a thing."""
_NAME = (
    r"(?:\\(?:(?:wide)?(?:hat|tilde)|bar|vec|overline|mathbf|mathrm|mathcal|boldsymbol|bm)\s*"
    r"(?:\{\s*\\?[A-Za-z]+\s*\}|\\?[A-Za-z]+)|\\?[A-Za-z]+)"
)
"""A letter, which may have an accent."""
_APPOSED = re.compile(
    rf"\b(?:the|a|an|its|our)\s+(?:(?!{_FUNCTION})[\w-]+\s+){{0,3}}(?!{_FUNCTION}|(?:(?:in)?equalit(?:y|ies)|equations?|identit(?:y|ies)|conditions?|claims?"
    r"|statements?|bounds?|relations?|hypothes[ie]s|cases?|values?|points?|choices?|events?|limits?|formulas?|constraints?"
    r"|root|solution|answer|result)\b)[\w-]+\s+\Z",
    re.IGNORECASE,
)
"""What names the thing that a formula behind it defines: `the advantage $A(s, a) = Q(s, a) - V(s)$`."""
_CALLED = re.compile(
    rf"\bthe\s+(?:(?!{_FUNCTION})[\w-]+\s+){{1,3}}(?:inequality|condition|assumption|property|bound)\s+\Z",
    re.IGNORECASE,
)
"""What a relation is called that is supposed: `suppose that the Lipschitz condition $|f(x)| \\leq L |x|$ holds`."""
_WITH_ONE = re.compile(
    rf"\bwith\s+(?:(?!{_FUNCTION})[a-z-]+\s+){{0,2}}(?:matrix|matrices|operator|function|estimat\w+|predictions?|residuals?"
    r"|responsibilit\w+|weights|features?|kernel|gain|loss|statistics?)\s+\Z",
    re.IGNORECASE,
)
"""`In linear regression with hat matrix $H = X (X^\\top X)^{-1} X^\\top$`: what has no article, and one value alone."""
_THING = (
    rf"(?:(?:the|its|our)\s+(?!default|initial|optim|threshold|limit\b|answer|solution|last\b)(?:[\w-]+\s+){{1,4}}"
    rf"|(?!{_FUNCTION}|(?:this|what|it|there|here|one|each|all|none|nothing|now|default|equality|so)\b)[a-z]\w+\s+)"
    r"(?:is|are|reads|equals)\s+(?:then\s+|now\s+)?"
)
_FORMULAS = r"@ *@\s*(?:(?:,(?:\s*and)?|and)\s+@ *@\s*)*"
"""Formulas in a list, of which the signs at their ends are left."""
_IS = re.compile(rf"(?:\A|[.;:,]\s+|\A\s*and\s+)\s*(?:{_THING}{_FORMULAS},?\s*and\s+)*{_THING}\Z", re.IGNORECASE)
"""The whole of a clause that says what a thing is: `The advantage is $A(s, a) = Q(s, a) - V(s)$`."""
_OF_AN_EVENT = re.compile(
    r"\b(?:probabilit(?:y|ies)|(?:log[ _-])?odds|chances?|likelihoods?|events?|evidence|hypothes[ie]s"
    r"|possibilit(?:y|ies)|beliefs?|claims?|in favou?r|against|versus)\s+(?:(?:that|of|for)\s+)?\Z",
    re.IGNORECASE,
)
"""Words before a formula for what may happen: `the probability that $y = 1$`, `the prior probabilities for $y = 1$`."""
_PROBABILITY = re.compile(r"\s*(?:[pPq]|\\Pr|\\math\w+\{Pr?\})(?:_\w)?\s*(?:\(|\\left)")
_PROBABILITIES = re.compile(r"\b(?:probabilit(?:y|ies)|likelihoods?)\s+\Z", re.IGNORECASE)
"""The beginning of a formula that is no event, and the words before it: `with equal probabilities $p(a) = p(b)$`."""
_BECAUSE = re.compile(
    r"(?:\b(?:since|because|given that|(?:recall(?:ing)?|remember|not(?:e|ing)|we (?:already )?know)(?: that)?"
    r"|using that|it is (?:well[- ])?known that|the fact that)|[a-z@],\s+as)\s+\Z",
    re.IGNORECASE,
)
"""Words right before a formula that is taken for a fact."""
_DOUBTS = re.compile(
    r"\b(?:authors?|people|papers?|students?|readers?|many|some|they|others|one)\s+(?:[a-z]+\s+){0,2}"
    r"(?:claim|believe|assert|think|assume|say)s?\b|\b(?:mistake|error|fallacy|myth|temptation) is (?:to|that)\b"
    r"|\bas (?:if|though)\b|\b(?:until|once|(?<!as )before) (?:we|one|you|it)\b",
    re.IGNORECASE,
)
"""Words in a sentence by which others take something for a fact, or some may later."""
_WITHDRAWN = re.compile(
    r"[^.!?]{0,200}\b(?:false|wrong|absurd|impossible|contradict\w*|never|not (?:true|so|the case))\b", re.IGNORECASE
)
"""Words behind a formula by which it is no fact."""
_SOLVES = re.compile(
    r"(?:\A|[.;:,]\s|\b(?:and|by|now|we))\s*(?:now\s+)?solv(?:e|ing)\s+(?:the equation\s+)?\Z", re.IGNORECASE
)
_FOR_A_NAME = re.compile(r"\s*(?:for|in|with respect to)\s+(?:(?:the|its)\s+(?:\w+\s+){1,2})?@ *@?\s*[^@.]*(?:\Z|[,:])")
"""`Solving $F(m) = 1/2$ for $m$, we find`: words around an equation that is supposed of what solves it."""
_AT_BEST = re.compile(
    r"\b(?:(?:mini|maxi)m(?:al|i[sz]ed)|optimal|smallest|largest|attained)\s+(?:at|by|for|when)\s+\Z", re.IGNORECASE
)
_BEST = re.compile(rf"\s*{_NAME}(?:_(?:\w|\{{[^{{}}]*\}}))?\s*\^\s*\{{?\s*(?:\*|\\ast|\\star)\s*\}}?\s*=")
"""`Which is minimal at $c^* = a / b$`: the name of the place where something is so."""
_CHOSEN = re.compile(r"\s*[.;]\s+(?:with|for|at|under)\s+(?:this|that)\s+(?:choice|value|setting)\b", re.IGNORECASE)
"""`Minimising over $c$ gives $c = a / b$. With this choice`: words behind what holds for the display after them."""
_CONSIDERS = re.compile(
    r"(?:\bconsider|\b(?:mini|maxi)mi[sz](?:e|es|ing)|\bwe (?:observe|run|iterate|measure)"
    r"|\b(?:we|us|to) substitute|(?:\A|[.:;])\s*substitute"
    r"|(?:\A|[.:;,]|\band|\b(?:we|us))\s*(?:now\s+)?write"
    r"|\bthe (?:substitution|(?:change|transformation) of variables?))"
    r"\s+\Z",
    re.IGNORECASE,
)
"""Words right before a formula that defines what is spoken of from there on."""
_DEFINES = re.compile(rf"\s*{_NAME}(?:_(?:\w|\\[A-Za-z]+|\{{[^{{}}]*\}}))?'*(?:\s*\([^()=]*\))?\s*=(?!\s*0\s*\Z)")
"""An equation for a name or a call; not one with 0, which says where something vanishes."""
_OF_A_FUNCTION = re.compile(
    r"\b(?:descent|ascent|methods?|iterations?|steps?|appl(?:y|ied|ying)|derivatives?|gradients?|slopes?|graph|curve"
    r"|minim[a-z]+|maxim[a-z]+|optim[a-z]+|expansion|integral|loss|function|objective)"
    r"\s+(?:on|of|to|for)\s+(?:(?:the|an?|our|this)\s+)?"
    r"(?:(?!(?:value|point|case|choice|claim|equation|identity)s?\b)[a-z-]+\s+){0,3}\Z",
    re.IGNORECASE,
)
"""Words before a function that something is done with: `gradient descent on the loss $f(x) = x^2$`."""
_FUNCTION_OF = re.compile(
    rf"\s*{_NAME}(?:_(?:\w|\{{[^{{}}]*\}}))?\s*\(\s*(?P<of>\\?[A-Za-z]+)\s*\)\s*=(?=.*(?<![A-Za-z\\])(?P=of)(?![A-Za-z]))[^=]*",
    re.DOTALL,
)
"""`f(x) = x^2`, which says what f is at any x."""
_VALUE = re.compile(
    rf"\s*{_NAME}(?:_(?:\w|\{{[^{{}}]*\}}))?\s*(?:[=<>]|\\(?:leq?|geq?|neq?)(?![A-Za-z]))"
    r"\s*(?:-?\s*[\d.]+|\\frac\{?\d+\}?\{?\d+\}?|\\?[A-Za-z]+)\s*"
)
"""A name that is compared with a number, or with another name."""
_OF_A_THING = re.compile(
    r"\bfor (?:an?|one|each|the|our) (?!(?:[\w-]+\s+){0,2}(?:case|choice|value|point|event|limit)\b)"
    r"(?:[\w-]+\s+){1,3}with\b(?!.*\b(?:if|when|whenever)\b)",
    re.IGNORECASE,
)
"""Words before what belongs to a thing: `the loss for one example with label $y$ and $p = f(x)$`."""
_CONSTRAINS = re.compile(r"\bsubject to(?:\s+(?:the\s+)?constraints?)?(?:\s+that)?\s+\Z", re.IGNORECASE)
_WHERE_IT = re.compile(r"\s*,?\s*where\s+@")
_BOUNDS = re.compile(r"[<>]|\\(?:leq?|geq?|neq?|in|notin)(?![A-Za-z])")
_DISPLAY = re.compile(r"\s*(?:\$\$|\\\[|\\begin)")
_GOES_ON = re.compile(r"[\s,]*[a-z]")
"""The beginning of prose that goes on with the sentence of the display before it."""
_COMES_TO_AN_END = re.compile(
    r"(?:\s*(?:,(?:\s*and)?|and)\s+@\s*@)*\s*[,;]?\s*(?:and|but|while|whereas|or)?\s*(?:[.:]\s|where\b|\Z)"
)
"""What follows a formula that no more words of its clause follow, though others of its kind may."""
_ENDS_A_CLAUSE = re.compile(r"\s*(?:[.,:;]|\Z|(?:we|this|it|one|means?|implies)\b|and\s+@)")
_FOR = re.compile(r"\s*,?\s*for\s+@")
_FOR_ALL = re.compile(r"\s*,?\s*(?:for|whenever|when)\s+(?:all|every|each|any)\s+@")
_OF_INDICES = re.compile(r"\s*[i-nst]\s*(?:<|>|\\(?:neq?|leq?|geq?)(?![A-Za-z]))\s*[a-z](?:\s*[+-]\s*\d+)?\s*")
"""Which of the indices are meant, with the words before it."""
_JOINS = re.compile(r"\s*(?:,|(?:,\s*)?\band\b)\s*")
_MEMBER = re.compile(r"\s*(?P<stem>\\?[A-Za-z]+)_(?:\d|\{\d+\})\s*=\s*[-+\d.\\]")
"""A member by its number, and the beginning of its value."""
_JOINS_CONDITION = re.compile(r"\s*,?\s*(?:with|where)\s+")
"""What stands between a condition and more of it: `if $y = X w + e$ with $E[e] = 0$`."""
_FIRST_MEMBER = re.compile(rf"(?P<stem>{_NAME})_\{{?[01]\}}?\s*=")
"""`m_0 =`: where a recurrence begins."""
_PUTS = re.compile(r"\b(?:set|setting|put|putting|equating)\s+\Z", re.IGNORECASE)
_SLOPE_IS_ZERO = re.compile(
    r"[^=]*(?:'|\\partial|\\nabla|\\frac\s*\{\s*d)[^=]*=\s*(?:0|\\(?:mathbf|boldsymbol)\s*\{?0\}?)\s*"
)
"""`Setting $f'(x) = 0$`: what is zero somewhere."""
_BEGINS_AT = re.compile(
    rf"(?:\A|[.;:,])\s*(?:(?:the|we|both|its|our)\s+)?(?:(?!{_FUNCTION})[\w-]+\s+){{0,4}}(?:(?:is|are)\s+)?"
    r"(?:initiali[sz]e[sd]?|start(?:s|ed|ing)?|begin(?:s|ning)?)\s+(?:(?:it|them|this|@ *@)\s+)?"
    r"(?:at|to|with|as|by|from)\s+\Z",
    re.IGNORECASE,
)
"""`The first moment is initialized at $m_0 = 0$`: the whole of a clause before the first member of a recurrence."""
_ENDS_ALL = re.compile(r"\s*(?:\.(?=\s|\Z)|\Z)")
_AND_MORE = re.compile(r"\s*(?:,\s*)?and\s+@")
_COMPARES = re.compile(r"<|>|\\(?:leq?|geq?|neq?|in|ni|leqslant|geqslant)(?![A-Za-z])|=")
_LINK = re.compile(r"\[(?P<words>[^\[\]@]*)\]\([^()\s]*\)")
_LINK_OF_WORDS = re.compile(r"\[(?P<words>[^\[\]$]*)\]\([^()\s]*\)")
_RANGES = re.compile(r"\\(?:ldots|dots|cdots|dotsc)(?![A-Za-z])|\.\.\.")


@dataclass(frozen=True)
class Aside:
    """A formula in prose, where it stands, and how far what it says holds."""

    start: int
    end: int
    force: Force
    if_known: Force = ""
    """How far it holds where it gives a value to a name that the text speaks of already: `setting $x = 0$ we get`."""
    supposed: bool = False
    """True of what no longer holds where the text comes back to the general case."""
    constrains: bool = False
    """True of the constraint of a problem, which holds for its solution."""
    names: bool = False
    """True of what is supposed by words that say what a name means where it is new: `with $s = a + b$`."""
    belongs: bool = False
    """True of a bound that belongs to what the display before it defines: `with $0 < a < 1$`."""


def asides(text: str, start: int, end: int) -> Iterator[Aside]:
    """The formulas in a stretch of prose that begins behind a display or heading, and ends before one."""
    found = list(_FORMULA.finditer(text, start, end))
    prose = _blanked(text, start, end, found)
    ends = [0, *(match.end() for match in SENTENCE_END.finditer(prose))]
    closed = _CLOSED.search(prose[-LONGEST:]) is not None
    sentence, states, qualified, force, if_known = -1, False, False, _NOT_AT_ALL, _NOT_AT_ALL
    for number, match in enumerate(found):
        begin, behind = match.start() - start, match.end() - start
        ahead = ends[max(bisect_left(ends, begin) - 1, 0)]
        is_first = ahead != sentence
        sentence, states = ahead, states and not is_first
        following = found[number + 1] if number + 1 < len(found) else None
        between = "" if is_first else prose[found[number - 1].end() - start : begin]
        joins = not is_first and _joins(between, force)
        qualifies = _qualifies(between, force, found[number - 1], match)
        qualified = ((qualified and joins) or qualifies) and _is_all(prose, behind, following)
        if _is_under_condition(prose, behind, following):
            force = "limited"
        elif begin - sentence > LONGEST:
            force = _NOT_AT_ALL
        elif defines_in_a_list(text, match.start(), match.end()):
            force, if_known, qualified = "onwards", "onwards", True
        elif not joins:
            goes_on = sentence == 0 and _COMES_TO_AN_END.match(prose, behind) is not None
            formula = match["formula"] or match["round"]
            words = _OF_A_THING.sub(", where", prose[sentence:begin])
            # What a problem is subject to holds for its solution, in the display that the paragraph leads to.
            solved = _CONSTRAINS.search(words) is not None and _DISPLAY.match(text, end) is not None
            ended = (closed or ends[-1] > behind) and not solved
            told = _force(words, states=states, ended=ended, goes_on=goes_on)
            is_reason = not told and _is_because(words) and _gives_a_reason(prose, behind)
            force = _of_words(words, formula, is_reason, told)
            if_known = (
                "onwards" if is_reason and force == "onwards" else _if_known(words, force, ended=ended, goes_on=goes_on)
            )
            force, if_known = _of_a_kind(words, formula, prose[behind : behind + LONGEST], (force, if_known))
        force = "limited" if _is_elsewhere(text, match.start(), prose, (sentence, begin, behind)) else force
        own = force if qualified or force == "limited" else if_known
        asserted = [word.group() for word in _ASSERTS.finditer(prose, max(sentence, begin - LONGEST), begin)]
        leads_on = _LEADS_ON.match(prose, behind) or _is_explained(match.group(), prose, behind, following)
        is_tried = asserted and _TRIED.match(asserted[-1]) and not leads_on and not _ASSUMING.search(prose[:begin])
        is_loose = (
            not qualified
            and not (qualifies and _BOUNDS.search(match.group()))
            and not _lists_members(match, found[max(number - 1, 0) : number + 2], prose, start)
            and _is_loose_value(match, {force, own}, prose, (sentence, begin, behind))
        )
        if is_tried or is_loose or (asserted and _DENIED_LATER.match(prose, behind)):
            force = own = "limited"
        supposed = bool(asserted) and not _LASTING.match(asserted[-1])
        names = supposed and _SETS.match(asserted[-1]) is not None
        last = prose[max(sentence, begin - LONGEST) : begin] if force == "next" else ""
        yield Aside(
            *match.span(match.lastgroup or 0), force, own, supposed, _CONSTRAINS.search(last) is not None, names,
            _belongs(match, prose, begin),
        )  # fmt: skip
        states = states or _COMPARES.search(match.group()) is not None


def _belongs(match: re.Match[str], prose: str, begin: int) -> bool:
    """True of a bound that belongs to what the display before the prose defines."""
    return _WITH.fullmatch(prose, 0, begin) is not None and _BOUNDS.search(match.group()) is not None


def _is_elsewhere(text: str, start: int, prose: str, place: tuple[int, int, int]) -> bool:
    """True of a formula that is quoted or stands in a heading or an item, or is so somewhere else, or would be so."""
    sentence, begin, behind = place
    wherever = _WHEREVER.fullmatch(prose, max(sentence, begin - LONGEST), begin) and _MAIN.match(prose, behind)
    apart = wherever or stands_apart(text, start) or is_quoted(text, start)
    return bool(apart) or any(words.match(prose, behind) is not None for words in (RESTRICTS, HYPOTHETICAL))


def _qualifies(between: str, force: Force, defined: re.Match[str], match: re.Match[str]) -> bool:
    r"""True of what belongs to a definition right before it: `$g(q) = \log q$ with $q > 0$`, `with $m_0 = 0$`."""
    definition, formula = ((m["formula"] or m["round"]).strip() for m in (defined, match))
    is_said = force in ("throughout", "onwards") and _DEFINES.match(definition) is not None
    if not is_said or _JOINS_CONDITION.fullmatch(between) is None:
        return False
    first = _FIRST_MEMBER.match(formula)
    starts = first is not None and re.match(rf"{re.escape(first['stem'])}_\{{?[a-z]", definition) is not None
    return starts or _BOUNDS.search(formula) is not None


def _is_all(prose: str, behind: int, following: re.Match[str] | None) -> bool:
    """True where a clause ends behind a formula, or goes on with one more bound."""
    more = (following["formula"] or following["round"]) if following is not None else ""
    return _ENDS_ALL.match(prose, behind) is not None or (
        _AND_MORE.match(prose, behind) is not None and _BOUNDS.search(more) is not None
    )


def _joins(between: str, force: Force) -> bool:
    """True of what stands between a formula and one of which the same holds, where `force` is that of the first."""
    more = force == "next" and _JOINS_CONDITION.fullmatch(between) is not None
    return more or _JOINS.fullmatch(between) is not None


def _of_a_kind(words: str, formula: str, behind: str, found: tuple[Force, Force]) -> tuple[Force, Force]:
    """How far a formula holds, in general and where its name is known, by what the words around it do with it."""
    force, if_known = found
    if _SOLVES.search(words) and not force and _FOR_A_NAME.match(behind):
        force = if_known = "next"
    if _AT_BEST.search(words) and _BEST.match(formula) and not DENIES.search(words):
        force = "onwards"
    if _PUTS.search(words) and _SLOPE_IS_ZERO.fullmatch(formula):
        return _NOT_AT_ALL, _NOT_AT_ALL  # what is solved for that way is so where the slope is zero, and not below
    if _BEGINS_AT.search(words) and _FIRST_MEMBER.match(formula):
        return "onwards", "onwards"
    if not force and _CHOSEN.match(behind) and _DEFINES.match(formula) and not DENIES.search(words):
        return "next", "next"
    defines = _DEFINES.match(formula) is not None and _VALUE.fullmatch(formula) is None
    if force == "next" and _OF_A_THING.search(words) and defines:
        force = "onwards"
    return force, "limited" if _CONSIDERS.search(words) else if_known  # a case that is looked at


def _of_words(words: str, formula: str, is_reason: bool, force: Force) -> Force:
    """How far a formula holds by all the words before it, where those that assert give it a force."""
    if _is_of_an_event(words, formula):
        return "limited"
    if not force and _OF_A_FUNCTION.search(words) and _FUNCTION_OF.fullmatch(formula):
        return "onwards"
    named_alone = _WITH_ONE.search(words) and not _VALUE.fullmatch(formula)
    names = _APPOSED.search(words) or named_alone or _says_what_is(words) or _CONSIDERS.search(words)
    defines = _DEFINES.match(formula) or _MEMBER.match(formula)
    return "onwards" if not force and (is_reason or (names and defines)) else force


def _is_because(words: str) -> bool:
    """True of words that take what stands behind them for a fact, and not as others do."""
    return _BECAUSE.search(words) is not None and _DOUBTS.search(words) is None


def _is_explained(formula: str, prose: str, behind: int, following: re.Match[str] | None) -> bool:
    r"""True of `$L = -\sum_i y_i \log s_i$ where $\sum_i y_i = 1$`: the one after it does not say where it holds."""
    stated = following.group() if following is not None and _WHERE_IT.match(prose, behind) else ""
    return "=" in stated and not _BOUNDS.search(stated) and _VALUE.fullmatch(formula.strip("$")) is None


def _says_what_is(words: str) -> bool:
    """True of `the estimator is`, also where some of it is in bold: `**Step 2: The estimator** is`."""
    return _IS.search(words.replace("*", "")) is not None


def _is_loose_value(match: re.Match[str], forces: set[Force], prose: str, place: tuple[int, int, int]) -> bool:
    """True of a value that would hold from here on, and that the text itself does not give to its name."""
    is_value = forces & {"throughout", "onwards"} and _VALUE.fullmatch(match["formula"] or match["round"])
    return bool(is_value) and not _is_given(prose, *place)


def _lists_members(match: re.Match[str], beside: list[re.Match[str]], prose: str, start: int) -> bool:
    """True of one of several members with values, `$x_1 = 1$, $x_2 = 3$`: these are what the text works with."""
    own = _MEMBER.match(match["formula"] or match["round"])
    for other in beside if own is not None else ():
        first, second = sorted((match, other), key=lambda found: found.start())
        member = _MEMBER.match(other["formula"] or other["round"])
        joined = first is not second and _JOINS.fullmatch(prose, first.end() - start, second.start() - start)
        if own is not None and member is not None and joined and member["stem"] == own["stem"]:
            return True
    return False


def _is_given(prose: str, sentence: int, begin: int, behind: int) -> bool:
    """True of a value that the text itself gives to a name, by the words of the sentence around it."""
    if _BEGINS_AT.search(prose[sentence:begin]):
        return True
    clause = "" if _LEADS_ON.match(prose, behind) and prose[behind:].lstrip()[:1] != "(" else prose[behind:]
    return gives_a_value(prose[sentence:begin], clause)


def _is_of_an_event(words: str, formula: str) -> bool:
    """True of a formula for what may happen; not of what probabilities are."""
    is_value = _PROBABILITIES.search(words) and _PROBABILITY.match(formula)
    return _OF_AN_EVENT.search(words) is not None and not is_value


def _gives_a_reason(prose: str, behind: int) -> bool:
    """True where the clause ends behind a formula, and nothing takes it back."""
    return _ENDS_A_CLAUSE.match(prose, behind) is not None and _WITHDRAWN.match(prose, behind) is None


def _blanked(text: str, start: int, end: int, found: list[re.Match[str]]) -> str:
    """The prose with every formula replaced by as many signs that stand for one."""
    parts: list[str] = []
    place = start
    for match in found:
        parts += [text[place : match.start()], "@", " " * (match.end() - match.start() - 2), "@"]
        place = match.end()
    return _LINK.sub(_term, "".join([*parts, text[place:end]]))


def without_links(text: str) -> str:
    """A text with the words of its links in their place."""
    return _LINK_OF_WORDS.sub(r"\g<words>", text)


def _term(link: re.Match[str]) -> str:
    """A link as one noun of the same length: the words inside it name a thing, and say nothing of the sentence."""
    *words, last = link["words"].split() or [""]
    noun = " ".join(["_".join(words), last]) if words else last
    return noun.ljust(len(link.group()))


def _is_under_condition(prose: str, behind: int, following: re.Match[str] | None) -> bool:
    """True where the words behind a formula make it one of several cases: `if`, `for $x < 0$`; not `for all`."""
    if _UNDER_CONDITION.match(prose, behind):
        return True
    condition = following.group() if following is not None and _FOR.match(prose, behind) else ""
    if following is not None and _FOR_ALL.match(prose, behind) and _OF_INDICES.fullmatch(following.group().strip("$")):
        return True  # `for all $i \\neq j$`
    return bool(_COMPARES.search(condition)) and not _RANGES.search(condition)


def _if_known(words: str, force: Force, *, ended: bool, goes_on: bool) -> Force:
    """What the words before a formula make of it where it gives a value to a name that is known already."""
    asserted = [match.group() for match in _ASSERTS.finditer(words)]
    last = asserted[-1].lower() if asserted else ""
    if force not in ("throughout", "onwards") or (asserted and not _SETS.match(last)):
        return force
    if not asserted and _WITH_ONE.search(words):
        return "limited"  # `networks with weights $w = 2 v$`, of which some have others
    if not ended and not _says_what_is(words):
        return "next"
    if goes_on and _GOES_ON.match(words):
        return force if last == "with" and _APPOSED.search(words) else "previous"
    apposed = not asserted and not _says_what_is(words)
    return "onwards" if last in ("let", "set") or apposed else "limited"


def _force(words: str, *, states: bool, ended: bool, goes_on: bool) -> Force:
    """What the words of its sentence before a formula make of it.

    `states` where other formulas of the sentence before it state something, `ended` where the sentence ends before the
    display, `goes_on` where it is the first behind one, and no more words belong to the formula.
    """
    found = [*_ASSERTS.finditer(words)]
    asserted = [match.start() for match in found]
    limited = [match.start() for match in _LIMITS.finditer(words)]
    if found and _SUBJECT.match(found[-1].group()) and not is_supposed_here(words[: asserted[-1]]):
        return "limited"
    if found and _SUBJECT.match(found[-1].group()) and not is_supposed_here(_CALLED.sub("", words[found[-1].end() :])):
        return "limited"
    if found and not _SUBJECT.match(found[-1].group()) and _ELSEWHERE.search(words[found[-1].end() :]):
        return "limited"
    if DENIES.search(words) or _CASES.search(words) or (limited and states):
        return "limited"
    if not limited or (asserted and asserted[-1] > limited[-1]):
        if not asserted:
            return ""
        if FOR_A_WHILE.search(words):
            return "next"
        return "onwards" if _SUPPOSES.match(words, asserted[-1]) else "throughout"
    if goes_on and _GOES_ON.match(words):
        return "previous"
    return "limited" if ended else "next"
