r"""The sentences around displays, which of them say something of a name itself, and for which displays they do.

`Here $A$ is symmetric` says it of A, `the block of $A$ is symmetric` and `some authors assume that $A$ is symmetric`
do not.  What is supposed late, for a while, or given up again holds for some displays alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from symderiv.documents.asides import SENTENCE_END, without_links
from symderiv.documents.displays import Display, names_of
from symderiv.documents.suppositions import (
    BEGINS,
    BREAK,
    FOR_A_WHILE,
    GOES_ON,
    RESTRICTS,
    comes_back,
    is_plainly_said,
    is_quoted,
    leads_to_a_display,
    stands_apart,
)

_LEADS_ON = re.compile(r"(?:and|but|or|so|then|thus|hence|therefore|which|now)\b")
"""What a sentence goes on with behind a display to what comes next."""
_ADJECTIVES = (
    r"positive|definite|semi-?definite|positive-(?:semi-?)?definite|symmetric|invertible|non-?singular|regular|square"
    r"|real|full|rank|diagonal|orthogonal|covariance|precision|kernel|gram|design|weight|hessian|both"
)
_OF_NAMES = re.compile(
    rf"{_ADJECTIVES}|function|functions|form|used|uses|assumptions?|know|known|term"
    r"|construction|definition|clearly|obviously|evidently|arbitrary",
    re.IGNORECASE,
)
"""Words besides the plain ones that may stand around what is said of a name."""
_APART = r"(?!(?:let|that|where|assume|suppose|then|we|following|sequel|section|note|paper|chapter|case|so)\b)"
_OF_ANOTHER = re.compile(
    r"\b(?:of|between|in|on|from|by|for|at|over|with|to|into|about|under|around|after|before|behind|through|within"
    r"|without|against|along|near|across|per|than|unlike|like|beyond|inside|outside|upon|towards?|beside|besides"
    r"|above|below|beneath|\w+ing)"
    rf"\s+(?:{_APART}[\w-]+\s+){{0,3}}\Z",
    re.IGNORECASE,
)
"""Words behind which a list of names is not what a sentence speaks of: `the first block of the matrix $A$`."""
_IS = re.compile(r"\$\s*,?\s+(?:(?:all|both|each)\s+)?(?:is|are|be|has|have)\b", re.IGNORECASE)
_APPOSED = re.compile(
    r"\b(?:the|an?|our|this|these|its)\s+(?:[A-Za-z-]+\s+)?"
    r"(?!(?:that|where|is|are|then|section|chapter|part|paper|case)\b)[A-Za-z-]+\s+\Z",
    re.IGNORECASE,
)
"""What a thing is besides its name: `the Hessian $H$`."""
_CLAUSE = re.compile(
    r"(?:[,;]|\band\b)\s*(?=(?:(?:we\s+)?(?:suppose|assume)|where|(?:and\s+)?let)\b)"
    r"|\s(?=(?:uses?|used|using|because|since)(?:\s+[\w-]+){0,3}\s*\Z)"
    r"|\s(?=where(?:\s+[\w-]+){0,4}\s*\Z)|\s(?=with(?:\s+(?:an?|the))?(?:\s+[\w-]+)?\s*\Z)",
    re.IGNORECASE,
)
"""What stands before a clause of its own in a sentence."""
_KIND = re.compile(r"matrices\s+\$[^$,]*\$\Z", re.IGNORECASE)
_FOR_ONE = re.compile(r"\b(?:for|with|of|consider|let|use|between)\s+(?:the\s+)?\Z", re.IGNORECASE)
"""`For symmetric matrices $A$` is about A, `the symmetric matrices $A$ form a space` about all of them."""
_MAY = re.compile(r"\b(?:may|can|shall|will)\s+(?=assume|suppose|take)", re.IGNORECASE)
_INTRO = re.compile(
    r"\A\s*in\s+(?:the|our|this|an?)\s+(?:[\w-]+\s+){0,3}(?:model|setup|regression)s?\s*,", re.IGNORECASE
)
_REASON = re.compile(r"\A\s*(?:since|because|as)\b[^,;:]*\Z", re.IGNORECASE)
"""What stands before a reason, behind which a sentence goes on to what follows from it."""
_GOES_BEYOND = re.compile(r"\band\s+(?:can|thus|hence|therefore|we)\b", re.IGNORECASE)
"""What a sentence goes on with to what follows from what it said."""
_OTHERS = re.compile(
    r"\b(?:some|many|most|several|other|others|authors?|books?|papers?|they|it is (?:false|wrong|unclear)|doubt|nobody"
    r"|nothing|next section|later|sometimes|usually|often|either|one of|mistakes?|question|case|easier|easiest|simpler"
    r"|unlike|would|could|might|may|instead of|rather than|than|not|no|never|neither|nor|unless|whether|if|when"
    r"|whenever|only)\b|\?",
    re.IGNORECASE,
)
"""Words of sentences about what others say, or what is so elsewhere."""
_SUPPOSES = re.compile(
    r"\b(?:let|suppose|supposing|assume|assuming|consider|now|take|from here|if|example)\b", re.IGNORECASE
)
"""Words of sentences that suppose what was not so before."""
_LET_ANEW = re.compile(
    r"\b(?:let|consider|take|given|for|suppose|assume)\s+(?:(?:now|that|any|some|two|three|instead|again|the|a|an|other"
    r"|another|arbitrary|general|discrete|continuous|real|random|variables?|vectors?|events?)\s+)*"
    r"(?P<names>\$[^$]{1,60}\$(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)\$[^$]{1,60}\$)*)"
    r"(?!(?:(?!\bnot\b)[^.])*\b(?:independent|uncorrelated|i\.?i\.?d)\b)"
    r"(?:\s+(?:be|are|denote)\s+(?:now\s+)?(?:(?:two|three|any|some|an?|other|arbitrary|general|discrete|continuous|real"
    r"|scalar|jointly|distributed|possibly|dependent|correlated|not|necessarily|independent|another|new|different|further"
    r"|(?P<law>normal|Gaussian|Bernoulli|Poisson|exponential|uniform))\s+)*"
    r"random\s+(?:variables?|vectors?))",
    re.IGNORECASE,
)
"""`Let $X$ and $Y$ be random variables`: of names so introduced nothing holds that was said of others before."""
_PROBABLY = re.compile(r"\b(?:probability|almost|surely|approximately|nearly)\b", re.IGNORECASE)
_FOR_SOME = re.compile(r"\b(?:for|at|when)\s+\$[^$]*(?:[<>=]|\\(?:le|ge|ne|in)(?![a-z]|ft))[^$]*\$", re.IGNORECASE)
"""`for $t = 0$ the matrix`: what is so there alone."""
FOR_VALUES = re.compile(
    r"\b(?:for|at)\s+(?:(?:each|all|every|any|an?|some|fixed|given|particular|the|values?|of)\s+)+\$|\bonce\s+\$"
    r"|\$\s+(?:is|being)\s+(?:given|known|fixed|observed)\b|\bon\s+(?:the\s+\w+\s+)?\$[^$]*\$\s*,"
    r"|\bgiven\s+(?:the|these|this|that|all|our)\s+[\w -]+,",
    re.IGNORECASE,
)
"""Words by which something is said for the values of another name, each for itself: given it."""
_VECTOR = re.compile(r"\$\s*(?P<name>\\?[A-Za-z]+|\\(?:mathbf|boldsymbol|bm|vec)\s*\{\\?[A-Za-z]+\})\s*\$")
_ENTRIES = re.compile(
    r"(?:(?:all|both)\s+)?(?:the\s+)?\b(?:entries|components|elements|coordinates)\s+of\s+"
    r"(?:(?:the|both|two|random|vectors?)\s+)*"
    rf"(?P<names>{_VECTOR.pattern}(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+){_VECTOR.pattern.replace('?P<name>', '?:')})*)",
    re.IGNORECASE,
)
"""The entries of vectors, by which these are called."""
_WHOSE = re.compile(
    r"\$(?P<named>[A-Za-z](?:\s*,\s*[A-Za-z])*)(?:\s*\\in[^$]*)?\$\s+(?:be|are)\s+(?:(?:an?|two|random|column)\s+)*"
    r"vectors?\s+(?:whose|with)\s+(?:entries|components|elements|coordinates)(?:\s+that)?",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"[\s*_]*(?:(?:counter-?)?example|exercise|remark|illustration|problem|(?:special |first |second |last )?case)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stated:
    """What a sentence says of names, and the numbers of the displays for which it does; None for all."""

    match: re.Match[str]
    names: tuple[str, ...]
    displays: frozenset[int] | None


def placed_sentences(displays: Sequence[Display]) -> Iterator[tuple[int, str]]:
    """The sentences around displays, each with the number of displays that it comes after.

    One that goes on behind a display, as in `because $X$ and $Y$ are independent`, belongs to it.
    """
    texts = [*(display.before for display in displays), *(display.after for display in displays[-1:])]
    for number, text in enumerate(map(without_links, texts)):
        for place, sentence in enumerate(_sentences(text)):
            words = sentence.lstrip(" \n,;")
            goes_on = place == 0 and words[:1].islower() and not _LEADS_ON.match(words)
            yield (number - 1 if goes_on and number else number), _by_entries(sentence)


def _by_entries(sentence: str) -> str:
    """`$q_i$ and $k_i$ are independent` in place of `the entries of $q$ and $k$ are independent`."""
    sentence = _WHOSE.sub(
        lambda match: f"{' and '.join(f'${name}_i$' for name in match['named'].split(','))}", sentence
    )
    return _ENTRIES.sub(lambda match: _VECTOR.sub(r"$\g<name>_i$", match["names"]), sentence)


@lru_cache(maxsize=1 << 10)
def _sentences(text: str) -> tuple[str, ...]:
    """The sentences of some prose; those that stand apart from what follows it say nothing."""
    breaks = list(SENTENCE_END.finditer(text))
    starts = [0, *(match.end() for match in breaks)]
    ends = [*(match.start() + 1 for match in breaks), len(text)]
    places = list(zip(starts, ends, strict=True))
    apart = [stands_apart(text, end - 1) or is_quoted(text, end) or is_quoted(text, start) for start, end in places]
    return tuple("" if out else text[start:end] for out, (start, end) in zip(apart, places, strict=True))


def renewed_at(sentences: Sequence[tuple[int, str]], said: int, names: Sequence[str]) -> int | None:
    """The number of displays before a sentence that lets some names be any ones anew, behind the one that says more.

    `said` is the place of that one among the sentences, as `placed_sentences` gives them; None where none does.
    """
    formulas = {f"${name}$" for name in names}
    for place, sentence in sentences[said + 1 :]:
        for match in _LET_ANEW.finditer(sentence):
            if place == sentences[said][0] and match["law"]:
                continue  # more is said of the same names
            if formulas & {f"${name}$" for formula in _FORMULA.findall(match["names"]) for name in _listed(formula)}:
                return place
    return None


def is_of_another(before: str, said: str) -> bool:
    """True of names behind `the errors for`, where it is not `for $X$ and $Y$ independent`.

    `before` is the sentence up to the names, `said` what it says from these on.
    """
    return _IS.search(said) is not None and _OF_ANOTHER.search(before) is not None


def stated_of_names(
    displays: Sequence[Display], patterns: Sequence[re.Pattern[str]], denied: re.Pattern[str]
) -> Iterator[Stated]:
    """What sentences without some words say of the names in the group `names` of patterns, and of these themselves."""
    sentences = list(placed_sentences(displays))
    for number, (place, sentence) in enumerate(sentences):
        for match in (match for pattern in patterns for match in pattern.finditer(sentence)):
            names = tuple(name for formula in _FORMULA.findall(match["names"]) for name in _listed(formula))
            before, behind = sentence[: match.start()], sentence[match.end() :]
            said = match.group()
            if is_of_another(before, said) or _OR.search(match["names"]) or _gives_up(behind, names, said):
                continue
            stop = next((to for to, other in sentences[number + 1 :] if _gives_up(other, names, said)), len(displays))
            if leads_to_a_display(before, behind):
                shown = _in_the_sentence(displays, place)
            elif not _is_said(match, before, behind) or denied.search(sentence):
                continue
            elif FOR_A_WHILE.search(sentence) or _is_in_example(displays[place : place + 1], sentence):
                shown = _in_the_sentence(displays, place, GOES_ON)
            else:
                supposes = _SUPPOSES.search(before) is not None or _is_called(match)
                shown = list(range(place if supposes and _is_late(displays[:place], names) else 0, len(displays)))
            shown = [one for one in shown if one < stop]
            if len(shown) == len(displays):
                yield Stated(match, names, None)
            elif shown:
                yield Stated(match, names, frozenset(displays[one].number for one in shown))


def conditions_of_names(
    displays: Sequence[Display], patterns: Sequence[re.Pattern[str]], denied: re.Pattern[str]
) -> Iterator[Stated]:
    """What a sentence with displays says of names behind its `if`, for these displays."""
    for place, sentence in placed_sentences(displays):
        for match in (match for pattern in patterns for match in pattern.finditer(sentence)):
            before, behind = BREAK.split(sentence[: match.start()])[-1], sentence[match.end() :]
            is_condition = _CONDITION.fullmatch(before) is not None and _CONCLUDES.match(behind) is not None
            if is_condition and not denied.search(sentence) and place < len(displays):
                names = tuple(name for formula in _FORMULA.findall(match["names"]) for name in _listed(formula))
                shown = _in_the_sentence(displays, place)
                yield Stated(match, names, frozenset(displays[one].number for one in shown))


_CONDITION = re.compile(
    r"[\s*_]*(?:now\s+|for example,?\s+)?(?:if|when|where|for|whenever)\s+(?:we\s+have\s+)?"
    r"(?:(?:an?|the|our|some)\s+)?(?:[\w-]+\s+){0,3}",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(r"\s*,\s*(?!(?:and|or|but|if|when|unless|which|not)\b)[^.;]*\W*\Z", re.IGNORECASE | re.DOTALL)
"""What stands behind a condition, up to a display."""
_FORMULA = re.compile(r"\$([^$]+)\$")
_OR = re.compile(r"\$\s*or\b")


def _listed(formula: str) -> list[str]:
    r"""The names of `A, B \in S` and of `a_1, \ldots, a_n > 0`."""
    return [part.strip() for part in re.split(r"\\(?:in|[gl]eq?|[gl]eqslant)(?![a-z])|[<>]", formula)[0].split(",")]


def _is_called(match: re.Match[str]) -> bool:
    """True of `a symmetric matrix $A$`, where the name comes last."""
    return match.end("names") == match.end()


def _is_said(match: re.Match[str], before: str, behind: str) -> bool:
    """True of what the text itself says of names, with `before` and `behind` it in the sentence."""
    if _is_called(match):
        is_of_all = _KIND.search(match.group()) is not None and _FOR_ONE.search(before) is None
        return not is_of_all and _OTHERS.search(before + behind) is None
    before = BREAK.split(before)[-1]
    *main, clause = _CLAUSE.split(_INTRO.sub("", _MAY.sub("", BEGINS.sub(" ", before))))
    behind = _GOES_BEYOND.split(behind.partition(",")[0] if _REASON.match(clause) else behind)[0]
    if RESTRICTS.match(behind) or _PROBABLY.search(behind) or any(map(_OTHERS.search, main)):
        return False
    if FOR_VALUES.search(before) or _FOR_SOME.search(before) or _FOR_SOME.match(behind.lstrip()):
        return False
    return is_plainly_said(_APPOSED.sub(" ", FOR_A_WHILE.sub(" ", clause)), behind, _OF_NAMES)


def _is_late(before: Sequence[Display], names: Sequence[str]) -> bool:
    """True where relations before a place have one of some names in them."""
    stems = {name.split("_", maxsplit=1)[0] for name in names}
    rows = (row for display in before for row in display.rows)
    return any(stems & {name.split("_", maxsplit=1)[0] for name in names_of(row.left, row.right)} for row in rows)


def _is_in_example(leads: Sequence[Display], sentence: str) -> bool:
    """True of a sentence in a paragraph that begins as an example, or behind such a title."""
    texts = [without_links(display.before).strip() for display in leads]
    paragraphs = [part for text in texts for part in re.split(r"\n[ \t]*\n", text)]
    own = next((place for place, part in enumerate(paragraphs) if sentence.strip() in part), None)
    return own is not None and any(_EXAMPLE.match(part) for part in paragraphs[max(0, own - 1) : own + 1])


def _in_the_sentence(displays: Sequence[Display], place: int, more: re.Pattern[str] | None = None) -> list[int]:
    """The places of the displays that one sentence leads to, and of those before which `more` words stand."""
    found = [place] if place < len(displays) else []
    for behind in range(place + 1, len(displays)):
        if not displays[behind].continues and (more is None or not more.match(displays[behind].before.strip())):
            break
        found.append(behind)
    return found


_PROPERTY = re.compile(r"symmetr|invertib|singular|definite|mean|expect|positiv", re.IGNORECASE)


def _gives_up(sentence: str, names: Sequence[str], said: str) -> bool:
    """True of a sentence behind which nothing holds that was said of names: it is general, or they are others."""
    word = _PROPERTY.search(said)
    if word and re.search(
        rf"\b(?:not|no|without|never)\b[^.$]*{word.group()}|\b(?:non-?|a|un){word.group()}", sentence, re.IGNORECASE
    ):
        return True
    mentioned = [re.escape(f"${name}$") for name in names if f"${name}$" in sentence]
    if not mentioned:
        return "$" not in sentence and comes_back(sentence)
    one = "|".join(mentioned)
    anew = (
        rf"\b(?:arbitrary|any|general|another|all|every)\s+(?:[\w-]+\s+){{0,2}}(?:{one})"
        rf"|(?:{one})\s+(?:is|are|be|denotes?)\s+(?:now\s+)?(?:an?\s+)?(?:arbitrary|any|general|another)\b"
    )
    return comes_back(sentence) or re.search(anew, sentence, re.IGNORECASE) is not None
