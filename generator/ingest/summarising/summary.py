"""A summary of one to three whole sentences, taken from where news says what is new: near its beginning."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from generator.ingest.summarising.leads import Leads, leads
from generator.ingest.wording.sentences import join_sentences, open_quotations, split_sentences

_READ = 20_000  # characters of a paragraph that are looked at; no article has a longer one
_REACH = 8  # sentences that are looked at
_STARTS = 6  # of which so many may come first
_MOST = 3  # sentences
_ENOUGH = 220  # characters after which no further sentence is wanted
_HOOK = 60  # characters; a shorter first sentence is there to make one read on
_ROOMY = 160  # characters that a summary should have
_TOPICAL = 12  # words that tell what an article is about
_SMALL = 5  # letters; shorter words say little about a topic
_PROSE = 5000  # characters of an article that are counted
_ABOUT = 0.3  # the share of a given summary's words that its article must have
_DENSE = 0.4  # how many characters a script without spaces needs for what others do in one
_CAPITALLESS = "\u0590"  # the first of the scripts that have no capitals
_OPENS = "\"'“‘«„¿¡「『"

_WIRES = "AP|AFP|ANI|ANSA|BBC|Bloomberg|CBS|CNN|dpa|EFE|IANS|NBC|PTI|Reuters|TASS|UPI|Xinhua"
_LAST = 24  # characters in which a date or a question ends a sentence
_CAPTION_END = re.compile(r"\b[^\W\d_]{3,12} \d{1,2}, \d{4}\.\Z")
_WORDS_ONLY = re.compile(r"[A-Za-z'’-]+(?: [A-Za-z'’-]+){0,2}\.")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_QUESTION = re.compile(r"(?:[?？؟]|(?:のか|うか|すか)。)[\"'”’»」』）)\]]{0,3}\Z")
_CLAUSE_END = re.compile(r"[,;:–—](?=\s)|[。，；、]")
_WORD = re.compile(r"[^\W\d_]+")

_PLACE = r"[^\W\d_a-z][\w.'’]{1,20}"
_MONTH = (  # in languages that write it small
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio"
    "|julio|agosto|septiembre|octubre|noviembre|diciembre|ene|feb|mar|abr|jun|jul|ago|sep|oct|nov|dic"
)
_PLACES = rf"{_PLACE}(?:[ ,/]{{1,2}}{_PLACE}){{0,5}}"
_DATELINE = re.compile(
    rf"(?:{_PLACES},?(?: \d{{1,2}}\.?(?: (?:de )?(?:{_MONTH}))?)?(?: {_PLACE})?"
    r"(?:,? \d{4})?(?: ?\([^()]{2,30}\))? ?[-–—]{1,2} "
    # HILLFORD, June 2 (Wire) - and HILLFORD, 2 June 2025 -
    rf"|{_PLACES} ?\((?:{_WIRES})\) ?"  # Hillford (WIRE)
    rf"|{_PLACE}(?: {_PLACE})?(?:, {_PLACE}(?: {_PLACE})?){{1,3}}: "  # Hillford, Ostland:
    r"|[(\[][^()\[\]]{2,30}[)\]] ?[-–—]{0,2} ?"  # (Wire)
    r"|[^\W\d_]{3,12} \d{1,2}, \d{4} ?[:–—-] |\d{1,2} [^\W\d_]{3,12} \d{4} ?[:–—-] )"  # June 2, 2025:
    r"(?=[^\W\d_a-z]|[\"'“‘«])"
)
_MARKED_DATELINE = re.compile(  # بيروت (رويترز) - and 【ロンドン＝共同】
    r"(?:(?:[^\W\d_]{2,15} ){1,3}\([^()]{2,30}\) ?[-–—:] ?|【[^【】]{2,30}】|[(（][^()（）]{2,15}[)）] ?[-–—]? ?)"
)
_AGENCY = re.compile(r"\([A-Z][\w./ ]{1,20}\) ?[-–—]")


def summarise(
    paragraphs: Sequence[str], *, language: str = "en", longest: int = 300, given: str = "", title: str = ""
) -> str:
    """Choose one to three whole sentences, at most `longest` characters, that carry the news; "" without text.

    Args:
        paragraphs: the body, plain text.
        language: a BCP 47 tag; what it has no list of words for is read as English.
        longest: how long the summary may be, in characters.
        given: the publisher's own summary, plain text. It is taken where it is whole sentences that fit, say more
            than the title and speak of what the body does; no question, no notice, nothing cut off.
        title: the headline, which a given summary must not repeat.

    The first sentences carry the news, unless they are bylines, captions, questions or point back to something ("He
    said"): then the best start among the next few, by its place and by how much it says of what the whole article
    speaks of. Only where no whole sentence fits is one cut, at a clause or a word, and ends in `…`.
    """
    words = leads(language)
    paragraphs = [paragraph[:_READ] for paragraph in paragraphs]
    given = " ".join(given.split())
    if given and len(given) <= longest and _is_summary(given, paragraphs, title, words):
        return given
    sentences = _first_sentences(paragraphs, words)
    topical = _topical_words(paragraphs, words.common)
    scale = _DENSE if _WIDE.search(sentences[0] if sentences else "") else 1.0
    windows = [_window(sentences, start, longest, scale) for start in range(min(_STARTS, len(sentences)))]
    values = {
        start: _value(window, start, topical, words, scale) for start, window in enumerate(windows) if window
    }
    if values:
        return join_sentences(windows[max(values, key=lambda start: (values[start], -start))])
    return _cut(sentences[0], longest) if sentences else ""


def _is_summary(given: str, paragraphs: Sequence[str], title: str, words: Leads) -> bool:
    """Whether a publisher's summary is one: whole sentences about what the body speaks of."""
    sentences = split_sentences(given)
    cut_off = given.endswith(("…", "...", "[…]", "[...]")) or given.casefold() == title.strip().casefold()
    if cut_off or (not given[0].isalnum() and given[0] not in _OPENS):
        return False
    if any(words.is_furniture(one) or _QUESTION.search(one[-_LAST:]) for one in sentences) or _is_open(
        sentences
    ):
        return False
    if words.dangling.match(given) or given[0].islower() or words.elsewhere.search(given.lower()):
        return False
    return not paragraphs or _shared(given, " ".join((title, *paragraphs))) >= _ABOUT


def _shared(given: str, text: str) -> float:
    """The share of a summary's longer words, of its pairs of characters where no space parts words, in a text."""
    text = text.casefold()
    if _WIDE.search(given):
        parts = {given[at : at + 2] for at in range(len(given) - 1)}
    else:
        parts = {word for word in _WORD.findall(given.casefold()) if len(word) >= _SMALL}
    return sum(part in text for part in parts) / max(1, len(parts))


def _first_sentences(paragraphs: Sequence[str], words: Leads) -> list[str]:
    """The first sentences that are prose; where there is none, whatever stands first."""
    everything: list[str] = []
    prose: list[str] = []
    for paragraph in paragraphs:
        for at, sentence in enumerate(split_sentences(paragraph)):
            dateline = _dateline(sentence) if at == 0 else None
            plain = sentence[dateline.end() :] if dateline else sentence
            everything.append(plain)
            if words.is_furniture(plain) or (not prose and _WORDS_ONLY.fullmatch(plain)):
                continue
            if dateline and _AGENCY.search(dateline[0]):
                prose.clear()  # what stands before an agency's dateline is captions
            prose.append(plain)
            if len(prose) == _REACH:
                return prose
    return prose or everything[:_REACH]


def _dateline(sentence: str) -> re.Match[str] | None:
    return (_DATELINE if sentence[0] < _CAPITALLESS else _MARKED_DATELINE).match(sentence)


def _topical_words(paragraphs: Sequence[str], common: Collection[str]) -> frozenset[str]:
    words = _WORD.findall(" ".join(paragraphs)[:_PROSE].casefold())
    counts = Counter([word for word in words if len(word) >= _SMALL and word not in common])
    return frozenset([word for word, _ in counts.most_common(_TOPICAL)])


def _window(sentences: Sequence[str], start: int, longest: int, scale: float) -> list[str]:
    """As many sentences from a start on as belong together and fit; none if the first does not."""
    window: list[str] = []
    length = 0
    for sentence in sentences[start : start + _MOST]:
        wider = [*window, sentence]
        joined = len(join_sentences(wider))
        if joined > longest or (window and (length > _ENOUGH * scale or _QUESTION.search(sentence[-_LAST:]))):
            break
        window, length = wider, joined
    while len(window) > 1 and _is_open(window):
        window.pop()
    return window


def _is_open(window: Sequence[str]) -> bool:
    changes = open_quotations(join_sentences(window))
    return bool(changes) and changes[-1][1]


def _value(window: Sequence[str], start: int, topical: frozenset[str], words: Leads, scale: float) -> float:
    text, first = join_sentences(window), window[0]
    hook, roomy = _HOOK * scale, _ROOMY * scale
    said = topical & set(_WORD.findall(text.casefold()))
    value = 0.9 * len(said) / max(1, len(topical)) + 0.6 * min(len(text), roomy) / roomy - 0.16 * start
    value -= 0.5 * (len(text) < hook) + 0.5 * bool(_CAPTION_END.search(first[-_LAST:]))
    value += -0.3 if len(first) < hook or first[0].isdecimal() else 0.25 * (start == 0)
    value -= 1.0 * bool(words.dangling.match(first) or words.said.search(first.lower()))
    value -= 1.0 * bool(_QUESTION.search(first[-_LAST:])) + 0.8 * _is_open(window)
    return value - 0.2 * (first[0] in _OPENS)


def _cut(sentence: str, longest: int) -> str:
    """The beginning of a sentence that is too long, up to the end of a clause or else of a word."""
    room = sentence[: longest - 1]
    clause = max((match.start() for match in _CLAUSE_END.finditer(room)), default=0)
    word = room.rfind(" ")
    end = clause if clause > longest // 2 else word if word > 0 else len(room)
    return f"{room[:end].rstrip(' ,;:–—')}…" if len(sentence) > longest else sentence
