r"""What prose says of random variables: that they are independent or uncorrelated, their means and variances.

`Let $X_1, \ldots, X_n$ be independent with mean $\mu$ and variance $\sigma^2$`, `$\epsilon$ has zero mean`.
Nothing is taken from a sentence that denies, or from a section that speaks of dependence as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from symderiv.documents.asides import SENTENCE_END, without_links
from symderiv.documents.displays import Display, Row, names_of
from symderiv.documents.sentences import FOR_VALUES, is_of_another, placed_sentences, renewed_at, stated_of_names
from symderiv.documents.suppositions import RESTRICTS, comes_back, is_plainly_said, leads_to_a_display
from symderiv.formulas import tree as t
from symderiv.formulas.usage import MOMENTS

_FORMULA = r"\$[^$]{1,60}\$"
_NAMED_BY = (
    r"(?:(?:the|all|their|its)\s+)?(?:weights|inputs|noises?|errors?|labels?|features|gradients|parameters|activations|outputs"
    r"|targets?|variables?|signals?|factors|entries)\s+"
)
"""What names are called in a list: `the weights $w_i$ and the inputs $x_i$`."""
_LIST = rf"(?P<names>{_FORMULA}(?:(?:\s*,\s*|\s+and\s+(?:{_NAMED_BY})?|\s*,\s*and\s+){_FORMULA})*)"
_VALUE = r"\$(?P<{0}>[^$]{{1,40}})\$"
_SUBJECT = (
    r"(?<!\bof )(?<!\bbetween )(?<!\bover )(?<!\bfrom )(?<!\bto )(?<!\bby )(?<!\bon )(?<!\bin )(?<!\band )(?<!\$, )"
)
"""No list of names is what a sentence speaks of behind these words: `the sum of $X$ and $Y$ has mean $m$`."""
_FILLER = (
    r"(?:be|is|are|being|they|an?|the|two|both|all|real|scalar|random|variables?|vectors?|noise|samples?|observations?|copies"
    r"|draws?|terms?|numbers?|normal|Gaussian|standard|mutually|jointly|statistically|stochastically|identically"
    r"|pairwise|independent(?:ly)?|uncorrelated|distributed|drawn|discrete|continuous|zero-mean|and|i\.?i\.?d\.?"
    r"|gradients?|losses|rewards?|returns?|errors?|residuals?|estimates?|estimators?|measurements?|observations?|weights?"
    r"|Bernoulli|binomial|Poisson|exponential|uniform|Rademacher|centred|centered|positive|non-?negative|bounded|real-valued"
    r"|column|\$\s*\w+\s*\\times\s*\w+\s*\$|\$\w+\$-dimensional)"
)
"""Words between names and what is said of them: others could make it a statement about something else."""
_GAP = rf"\s*,?\s*(?:{_FILLER}[\s,]+){{0,9}}?"
_OWN = r"\s+(?:(?:an?|common|finite|zero|unit)\s+)*(?:mean|variance|expectation)s?\s+(?:of\s+)?\$"
"""What names have that are `uncorrelated with mean $m$`, of each other."""
_WORD = (
    r"(?<!-)(?:(?:pairwise\s+)?independent(?:ly)?(?!\s+(?:of|from)\b|-)"
    rf"|uncorrelated(?!\s+with(?!{_OWN}))|i\.?i\.?d\b\.?)"
)
_INDEPENDENT = re.compile(
    rf"{_SUBJECT}{_LIST}{_GAP}(?P<word>{_WORD})"
    rf"|\b(?P<early>{_WORD})\s+(?:{_FILLER}\s+){{0,3}}{_LIST.replace('names', 'later')}"
    r"|(?<!\$ and )(?<!\$, and )(?<!\$, )\$(?P<one>[^$]{1,20})\$\s+(?:is|be|and)\s+"
    r"(?:an?\s+random\s+(?:variable|vector)\s+(?:that\s+is\s+|which\s+is\s+)?)?"
    r"(?P<of>independent (?:of|from)|uncorrelated with)"
    r"\s+\$(?P<other>[^$]{1,20})\$(?!\s*(?:,|and\b))",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\A\s*(?:the|our)\s+[\w-]+\s+\Z", re.IGNORECASE)
"""What a name is called at the beginning of a sentence about it: `The estimate $T$ is independent of $Y$`."""
_REST = re.compile(
    r"\Aly\b|\A(?:\s+(?:discrete|continuous|random|real|variables?))*\s+with\s+(?:(?:the|an?)\s+)?"
    r"(?:joint\s+)?(?:probability\s+)?(?:distribution|density|law|mass function|pmf|pdf)s?\s+\$[^$]*\$"
)
"""What is left of `independently from`, where the word alone is found, and what distribution independent names have."""
SPEAKS_OF_DEPENDENT = re.compile(
    r"\b(?:dependent|correlated|dependence|conditionally independent|in general|generally|arbitrary|any two"
    r"|sorted|sorting|sort (?:them|these|the)|rearrang\w+|relabel\w*|order statistics?"
    r"|(?:in|de|a|des)(?:creas|scend)ing (?:order|sequence))\b",
    re.IGNORECASE,
)
"""Words of sections in which not everything is said of independent variables; sorting makes them dependent."""
_DENIES = re.compile(
    r"\b(?:not|no|never|neither|nor|without|whether|unless|linearly|conditional\w*|otherwise)\b"
    r"|\bgiven\s+\$",
    re.IGNORECASE,
)
"""Words of sentences from which nothing is taken."""
_IDENTICALLY = re.compile(
    r"\b(?:i\.?i\.?d\b\.?|independent(?:ly)?\s+and\s+identical(?:ly)?)(?:\s+(?:normally|uniformly|exponentially))?"
    r"(?:\s+(?:distributed|drawn|sampled))?(?:\s+(?:according\s+to|from|as))?\s*:?\s*\Z",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\b(?:let|suppose|assume|now|from here)\b", re.IGNORECASE)
"""Words by which what is said late holds for all that follows, not only for the next display."""
_CALLED = r"(?:\s+(?:of\s+)?|,?\s+(?:denoted|written|called)\s+(?:as\s+|by\s+)?)"
_BOUND = r"\$[^$=]*(?:[<>]|\\(?:l|g)eq?(?![a-z]))[^$]*\$\s*(?:,\s*)?(?:and\s+)?(?:with\s+)?"
"""What else names may have: `with $X \\geq 0$ and mean $m$`."""
_OF_KIND = r"(?:(?:a|an|the|common|same|finite)\s+)*"
_SPREAD = (
    rf"(?:(?P<unit>unit)\s+variance|standard\s+deviation{_CALLED}{_VALUE.format('deviation')}"
    rf"|(?:co)?variance(?:\s+matrix)?{_CALLED}{_VALUE.format('variance')})"
)
_MOMENT = re.compile(
    rf"{_SUBJECT}{_LIST}{_GAP}(?:(?:with|has|have|having)\s+)(?:{_BOUND})?{_OF_KIND}"
    rf"(?:(?P<zero>zero[ -]mean|mean zero)\b"
    rf"|(?:mean(?:\s+vector)?|expectation|expected value){_CALLED}{_VALUE.format('mean')})"
    rf"(?:\s*,?\s*and\s+{_OF_KIND}{_SPREAD})?",
    re.IGNORECASE,
)
_VARIANCE = re.compile(
    rf"{_SUBJECT}{_LIST}{_GAP}(?:(?:with|has|have|having)\s+)(?:{_BOUND})?{_OF_KIND}{_SPREAD}", re.IGNORECASE
)
"""What says nothing of the mean."""
_OF_FAMILY = re.compile(
    rf"{_SUBJECT}{_LIST}{_GAP}(?P<family>Bernoulli|Poisson)(?:[\s,-]+{_FILLER}){{0,4}}\s+(?:with|having)\s+"
    r"(?:(?:a|the|common|same|success)\s+)*"
    r"(?:(?:parameter|mean|expectation|probability(?:\s+of\s+success)?|rate)\s+\$(?P<value>[^$=]{1,20})\$"
    r"|\$\s*(?:\\math\w+\s*)?\{?E\}?\s*(?:\[[^$=]{1,20}\]|\([^$=]{1,20}\))\s*=\s*(?P<mean>[^$=]{1,20})\$)",
    re.IGNORECASE,
)
_VARIANCES = {"bernoulli": r"({0}) (1 - ({0}))", "poisson": "{0}"}
"""`Let $X_1, \\ldots, X_n$ be Bernoulli variables with mean $p$`: what the mean says of the variance."""
_NAME = re.compile(r"(?:\\(?:hat|bar|tilde)(?:\{\\?[A-Za-z]+\}|\s+\\?[A-Za-z]+)|\\?[A-Za-z]+)(?:_(?:\{\w+\}|\w))?")
_ACCENT = re.compile(r"(?P<accent>\\(?:hat|bar|tilde))\s+(?P<letter>\\?[A-Za-z]+)")
_BEHIND = re.compile(r"\\(?:sim|in|overset|stackrel)(?![A-Za-z])")
"""What stands behind names in a formula, and says what is drawn from or are elements of."""
_COMPARES = re.compile(r"[<>]|\\(?:l|g)eq?(?![a-z])|\\neq?(?![a-z])")
_DOTS = re.compile(r"\\(?:ldots|dots|cdots|dotsc)(?![A-Za-z])|\.\.\.")


@dataclass(frozen=True)
class MomentsOf:
    """The mean and variance of a name, as they are written; empty where nothing is said."""

    name: str
    mean: str
    variance: str


@dataclass(frozen=True)
class SaidOfRandom:
    """What a section says of random variables.

    `independent` are the names, without subscripts, that are independent of each other; `families` the stems of indexed
    names of which two with unequal indices are uncorrelated.
    """

    independent: tuple[str, ...] = ()
    uncorrelated: tuple[tuple[str, str], ...] = ()
    families: tuple[str, ...] = ()
    crossed: tuple[tuple[str, str], ...] = ()
    """Stems of indexed names of which any one of the first is uncorrelated with any one of the second."""
    apart: tuple[tuple[str, str], ...] = ()
    """Those of them whose members are all independent of each other."""
    mutual: tuple[tuple[str, ...], ...] = ()
    """Stems of indexed names whose members are all independent of each other, those of one list together."""
    moments: tuple[MomentsOf, ...] = ()
    here: tuple[SaidHere, ...] = ()
    """What is said for some of the displays alone."""

    @property
    def names(self) -> frozenset[str]:
        """All names of which something is said."""
        pairs = (name for pair in self.uncorrelated for name in pair)
        local = (name for here in self.here for name in here.said.names)
        moments = (_stem(stated.name) for stated in self.moments)
        return frozenset((*self.independent, *pairs, *self.families, *moments, *local))


@dataclass(frozen=True)
class SaidHere:
    """What is said for the displays with the numbers from `first` to `last`, which is None for the end of the section.

    There, names that are independent of each other are called uncorrelated.
    """

    first: int
    last: int | None
    said: SaidOfRandom

    def holds_for(self, display: Display) -> bool:
        """True of a display that it is said for."""
        return self.first <= display.number and (self.last is None or display.number <= self.last)


@dataclass(frozen=True)
class _List:
    """Names that are called independent or uncorrelated in a sentence, and the number of displays before it.

    `renewed` is the number of displays before the names are others again, None where they are not.
    """

    word: str
    names: tuple[str, ...]
    place: int
    is_conditional: bool
    goes_on: bool
    renewed: int | None
    sentence: str = field(compare=False, default="")


def said_of_random(displays: Sequence[Display]) -> SaidOfRandom:
    """What the prose around the displays of a section says of random variables."""
    sentences = [
        s for display in displays for text in (display.before, display.after) for s in SENTENCE_END.split(text)
    ]
    mixed = any(map(speaks_of_dependent, sentences))
    moments = dict(_moments(displays))
    throughout = {found: where for found, where in moments.items() if where is None}
    named = [found.name for found in moments]
    once = tuple(sorted((m for m in throughout if named.count(m.name) == 1), key=lambda found: found.name))
    of_moments = [
        SaidHere(min(where), max(where), SaidOfRandom(moments=(found,)))
        for found, where in moments.items()
        if where is not None and all(found.name != other.name for other in throughout)
    ]
    lists = list(dict.fromkeys(_lists(displays)))
    lasting = [] if mixed else [found for found in lists if _is_lasting(found, displays)]
    local = [
        SaidHere(displays[found.place].number, last, _of_lists([found], draws_apart=False))
        for found in lists
        if found not in lasting and found.place < len(displays) and (found.is_conditional or not mixed)
        for last in (_last_of(found, displays),)
    ]
    return replace(_of_lists(lasting), moments=once, here=(*local, *of_moments))


def said_loosely(independent: Sequence[Sequence[str]], centred: Sequence[Sequence[str]]) -> SaidOfRandom:
    """What sentences may say that have these formulas in them: that their names are uncorrelated, or have mean 0."""
    lists: list[_List] = []
    for formulas in independent:
        names = tuple(dict.fromkeys(name for formula in formulas for name in _names(formula)))
        families = tuple(name for name in names if _are_families([name]))
        plain = tuple(name for name in names if name not in families)
        lists += [_List("independent", found, 0, False, False, None) for found in (families, plain) if found]
    moments = dict.fromkeys(name for formulas in centred for formula in formulas for name in _names(formula))
    return replace(_of_lists(lists, draws_apart=False), moments=tuple(MomentsOf(name, "0", "") for name in moments))


def _is_lasting(found: _List, displays: Sequence[Display]) -> bool:
    """True of what holds throughout a section: under a condition it is said for the last display of it."""
    is_last = found.place == len(displays) - 1
    is_for_all = (is_last or not found.is_conditional) and found.renewed is None
    return is_for_all and not is_late(displays[: found.place], found.names)


def _last_of(found: _List, displays: Sequence[Display]) -> int | None:
    """The number of the last display for which something is said; None for all behind it."""
    if found.renewed is not None and not found.is_conditional:
        return displays[found.renewed].number - 1 if found.renewed < len(displays) else None
    return None if found.goes_on and found.renewed is None else displays[found.place].number


def _of_lists(found: Sequence[_List], *, draws_apart: bool = True) -> SaidOfRandom:
    """What lists of names say; without `draws_apart`, independent variables are called uncorrelated."""
    lists = list(dict.fromkeys((one.word, one.names) for one in found))
    plain = [names for word, names in lists if len(names) > 1 and word == "independent" and not _are_families(names)]
    of_families = [(word, list(dict.fromkeys(map(_stem, names)))) for word, names in lists if _are_families(names)]
    families = {stem for _, stems in of_families for stem in stems}
    crossed = [pair for _, stems in of_families for pair in combinations(stems, 2)]
    mutual = tuple(tuple(stems) for word, stems in of_families if word == "independent")
    apart = [pair for stems in mutual for pair in combinations(stems, 2)]
    pairs = [
        pair
        for word, names in lists
        if word == "uncorrelated" or not draws_apart
        for pair in combinations(names, 2)
        if not families & set(map(_stem, pair))
    ]
    # Names of several lists: nothing is known of one of the first with one of the second.
    independent = tuple(n for n in plain[0] if _stem(n) not in families) if len(plain) == 1 and draws_apart else ()
    return SaidOfRandom(independent, tuple(pairs), tuple(sorted(families)), tuple(crossed), tuple(apart), mutual)


def lists_of_independent(displays: Sequence[Display]) -> Iterator[tuple[tuple[str, ...], int, int | None, str]]:
    """The lists of independent variables in prose, each with its sentence.

    Between them stand the numbers of displays before it, and before it no longer holds; None where it does to the end.
    """
    for found in _lists(displays):
        if found.word == "independent" and len(found.names) > 1 and not _are_families(found.names):
            end = found.place + 1 if found.is_conditional else found.renewed
            yield found.names, found.place, end, found.sentence


def leads_to_independent(display: Display) -> bool:
    """True of a display behind `data, where each is independent and identically distributed:`."""
    sentence = SENTENCE_END.split(without_links(display.before).rstrip())[-1]
    # A bold label, such as Theorem, says nothing; `points where each is` speaks of all of them.
    sentence = sentence.rpartition("**")[2].replace("where each", "each")
    match = _IDENTICALLY.search(sentence)
    denied = _DENIES.search(sentence) is not None or "pairwise" in sentence.lower()
    return match is not None and not denied and is_plainly_said(sentence[: match.start()])


def speaks_of_dependent(sentence: str) -> bool:
    """True of a sentence by which not everything around it is said of independent variables."""
    return SPEAKS_OF_DEPENDENT.search(sentence) is not None or comes_back(sentence)


def is_late(before: Sequence[Display], named: Sequence[str]) -> bool:
    """True of what is said of names after some relation had two of them in it: that could be about any variables."""
    stems = set(map(_stem, named))
    for row in (row for display in before for row in display.rows):
        names = set(map(_stem, names_of(row.left, row.right)))
        if len(stems & names) > 1 or (len(stems) == 1 and stems & names and _is_of_moments(row)):
            return True
    return False


def _is_of_moments(row: Row) -> bool:
    nodes = (node for side in (row.left, row.right) if side is not None for node in t.walk(side))
    return any(isinstance(node, t.Applied) and node.head.text in MOMENTS for node in nodes)


def _lists(displays: Sequence[Display]) -> Iterator[_List]:
    """The lists of names in the prose around some displays that it calls independent or uncorrelated."""
    sentences = list(placed_sentences(displays))
    for number, (place, sentence) in enumerate(sentences):
        if _DENIES.search(sentence):
            continue
        for match in _INDEPENDENT.finditer(sentence):
            before, behind = sentence[: match.start()], _REST.sub("", sentence[match.end() :])
            before = _NOUN.sub("", before) if match["one"] else before
            if is_of_another(before, match.group()):
                continue
            is_said = is_plainly_said(before, behind)
            if not is_said and not leads_to_a_display(before, behind):
                continue
            # Of independent pairs, nothing is known of three.
            is_of_pairs = re.search(r"\buncorrelated\b|\bpairwise\b", match.group(), re.IGNORECASE) is not None
            word = "uncorrelated" if is_of_pairs else "independent"
            names = _names(match["names"] or match["later"] or f"${match['one']}$ ${match['other']}$")
            if names and (_are_families(names) or _is_of_all_values(sentence[: match.end()], behind)):
                goes_on = is_said and _GOES_ON.search(sentence) is not None
                yield _List(word, names, place, not is_said, goes_on, renewed_at(sentences, number, names), sentence)


def _is_of_all_values(clause: str, behind: str) -> bool:
    """False of names that are independent for each value of others, or somewhere alone."""
    rest = re.split(r"[.,;:]", behind, maxsplit=1)[0]
    return FOR_VALUES.search(clause + rest) is None and RESTRICTS.match(rest) is None


def _moments(displays: Sequence[Display]) -> Iterator[tuple[MomentsOf, frozenset[int] | None]]:
    """The means and variances of names, each with the numbers of the displays for which they are said; None for all."""
    for stated in stated_of_names(displays, (_MOMENT, _VARIANCE), _DENIES):
        match = stated.match
        said = match.groupdict()
        mean = "0" if said.get("zero") else _value(said.get("mean") or "")
        variance = "1" if match["unit"] else _value(match["variance"] or "")
        if match["deviation"]:
            variance = f"{{{_value(match['deviation'])}}}^2"
        if _OF_FAMILY.match(match.string, match.start()):
            continue  # it says more
        for name in _names(match["names"]):
            yield MomentsOf(name, mean, variance), stated.displays
    for stated in stated_of_names(displays, (_OF_FAMILY,), _DENIES):
        mean = (stated.match["value"] or stated.match["mean"]).strip()
        variance = _VARIANCES[stated.match["family"].lower()].format(mean)
        for name in _names(stated.match["names"]):
            yield MomentsOf(name, mean, variance), stated.displays


def _value(formula: str) -> str:
    r"""What a formula names that bounds it once as well: `\mu > 0`."""
    name, *bounds = _COMPARES.split(formula)
    return name if len(bounds) == 1 else formula


def _names(listed: str) -> tuple[str, ...]:
    r"""The names in a list of formulas; none where something else stands in it.

    Dots stand for what is between: `X_1, \ldots, X_9` has a member that is called by no number.
    """
    found: list[str] = []
    has_dots = False
    for formula in re.findall(r"\$([^$]+)\$", listed):
        for part in (part.strip() for part in _BEHIND.split(formula)[0].split(",")):
            if _DOTS.fullmatch(part):
                has_dots = True
                continue
            if not _NAME.fullmatch(part):
                return ()
            found.append(_ACCENT.sub(r"\g<accent>{\g<letter>}", part))
    between = [rf"{_stem(found[0])}_\ldots"] if has_dots and found and all(map(_is_numbered, found)) else []
    return (*found, *between)


def _is_numbered(name: str) -> bool:
    return name.partition("_")[2].strip("{}").isdigit()


def _stem(name: str) -> str:
    return name.split("_", maxsplit=1)[0]


def _are_families(names: Sequence[str]) -> bool:
    """True of `X_1, ..., X_n` and of `X_i`, and of several such: all that are called by these names.

    `X_1` and `X_2` are two variables.
    """
    return all("_" in name for name in names) and not all(map(_is_numbered, names))
