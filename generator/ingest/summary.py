"""A summary of one to three whole sentences, taken from where news says what is new: near its beginning."""

import re
from collections import Counter
from collections.abc import Sequence

from generator.ingest.sentences import join_sentences, open_quotations, split_sentences

_REACH = 8  # sentences that are looked at
_STARTS = 6  # of which so many may come first
_MOST = 3  # sentences
_ENOUGH = 220  # characters after which no further sentence is wanted
_HOOK = 60  # characters; a shorter first sentence is there to make one read on
_ROOMY = 160  # characters that a summary should have
_TOPICAL = 12  # words that tell what an article is about
_SMALL = 5  # letters; shorter words say little about a topic
_PROSE = 5000  # characters of an article that are counted


def _any_of(phrases: str) -> str:
    """A regular expression for phrases that commas part."""
    return "|".join(" ".join(re.escape(word) for word in phrase.split()) for phrase in phrases.split(","))


_COMMON = frozenset(
    """
    about above after again against along already although among another around because before behind
    being below between could didn doesn don during every first going however itself least might never
    often other others people probably rather really second several shall should since something still
    their themselves there these things think third those though three through today under until where
    whether which while whose within without would years according
    """.split()  # noqa: SIM905 - a list of words reads as one
)
_CREDITS = _any_of("""
    words, text, photo, photos, photograph, photographs, picture, pictures, image, images, video, videos,
    graphic, graphics, illustration, illustrations, credit, credits, file photo, caption, captions,
    source, sources, note, editor's note, editor’s note, correction, update, updated, published, posted,
    related, more, tags, topics
""")
_NOTICES = _any_of("""
    last updated, first published, read more, read also, see also, sign up, subscribe to, follow us,
    follow @, click here, scroll down, advertisement, share this, all rights reserved, copyright, ©,
    reporting by, (reporting by, additional reporting, this article was, this article is, this article has
    been, this article first, this article originally, this article contains, this story was, this story
    is, this story has been, this story first, this story originally, this post was, this post is, this
    post contains, this page was, this video was, please share, please note, please read, please send,
    please visit, in this photo, in this image, in this picture, in this file, in this video, in this
    undated, in this handout, we may earn, we earn, as an amazon, if you buy, get the latest, get our,
    join our, download our, support our
""")
_AGENCIES = _any_of(
    "getty, getty images, shutterstock, istock, afp, reuters, ap photo, epa, wikimedia, flickr"
)
_WIRES = _any_of(
    "AP, AFP, ANI, ANSA, BBC, Bloomberg, CBS, CNN, dpa, EFE, IANS, NBC, PTI, Reuters, TASS, UPI, Xinhua"
)
_POINTS_BACK = _any_of("""
    he, she, they, it, his, her, hers, their, its, him, them, this, these, those, that, but, and, so, yet,
    or, nor, such, then, also, however, meanwhile, instead, nevertheless, nonetheless, moreover,
    furthermore, therefore, thus, hence, another, others, both, neither, still, otherwise, similarly,
    likewise, besides, again, indeed, in addition, as a result, for example, for instance, on the other
    hand, in contrast, by contrast
""")
_FURNITURE = re.compile(rf"(?:(?:{_CREDITS})(?: by\b|:)|(?:{_NOTICES})(?!\w))", re.IGNORECASE)
_CREDITED = re.compile(rf"\b(?:{_AGENCIES})\W{{0,3}}\Z", re.IGNORECASE)
_BYLINE = re.compile(r"[Bb][Yy] [^\W\d_a-z]")
_CAPTION_END = re.compile(r"\b[^\W\d_]{3,12} \d{1,2}, \d{4}\.\Z")
_WORDS_ONLY = re.compile(r"[A-Za-z'’-]+(?: [A-Za-z'’-]+){0,2}\.")
_DANGLING = re.compile(rf"[\"'“‘«]?(?:\(|(?:{_POINTS_BACK})\b)", re.IGNORECASE)
_SOMEBODY_SAID = re.compile(
    r"\b(?:he|she|they) (?:said|says|added|adds|told|wrote|explained|continued|warned)\b"
)
_STOP = re.compile(r"[.!?…。！？｡؟۔।॥][\"'”’»」』）)\]]{0,3}\Z")
_QUESTION = re.compile(r"[?？؟][\"'”’»)\]]{0,3}\Z")
_CLAUSE_END = re.compile(r"[,;:–—](?=\s)|[。，；、]")
_WORD = re.compile(r"[^\W\d_]+")

_PLACE = r"[^\W\d_a-z][\w.'’]{1,20}"
_PLACES = rf"{_PLACE}(?:[ ,/]{{1,2}}{_PLACE}){{0,5}}"
_DATELINE = re.compile(
    rf"(?:{_PLACES},?(?: \d{{1,2}}\.?)?(?: {_PLACE})?(?:,? \d{{4}})?(?: ?\([^()]{{2,30}}\))? ?[-–—]{{1,2}} "
    # HILLFORD, June 2 (Wire) - and HILLFORD, 2 June 2025 -
    rf"|{_PLACES} ?\((?:{_WIRES})\) ?"  # Hillford (WIRE)
    rf"|{_PLACE}(?: {_PLACE})?(?:, {_PLACE}(?: {_PLACE})?){{1,3}}: "  # Hillford, Ostland:
    r"|[(\[][^()\[\]]{2,30}[)\]] ?[-–—]{0,2} ?"  # (Wire)
    r"|[^\W\d_]{3,12} \d{1,2}, \d{4} ?[:–—-] |\d{1,2} [^\W\d_]{3,12} \d{4} ?[:–—-] )"  # June 2, 2025:
    r"(?=[^\W\d_a-z]|[\"'“‘«])"
)
_AGENCY = re.compile(r"\([A-Z][\w./ ]{1,20}\) ?[-–—]")


def summarise(paragraphs: Sequence[str], *, longest: int = 300) -> str:
    """Choose one to three whole sentences, at most `longest` characters, that carry the news; "" without text.

    The first sentences do, unless they are bylines, captions, questions or point back to something ("He said"):
    then the best start among the next few, by its place and by how much it says of what the whole article speaks
    of. Only where no whole sentence fits is one cut, at a clause or a word, and ends in `…`.
    """
    sentences = _first_sentences(paragraphs)
    topical = _topical_words(paragraphs)
    windows = [_window(sentences, start, longest) for start in range(min(_STARTS, len(sentences)))]
    values = {start: _value(window, start, topical) for start, window in enumerate(windows) if window}
    if values:
        return join_sentences(windows[max(values, key=lambda start: (values[start], -start))])
    return _cut(sentences[0], longest) if sentences else ""


def _first_sentences(paragraphs: Sequence[str]) -> list[str]:
    """The first sentences that are prose; where there is none, whatever stands first."""
    everything: list[str] = []
    prose: list[str] = []
    for paragraph in paragraphs:
        for at, sentence in enumerate(split_sentences(paragraph)):
            dateline = _DATELINE.match(sentence) if at == 0 else None
            plain = sentence[dateline.end() :] if dateline else sentence
            everything.append(plain)
            if _is_furniture(plain) or (not prose and _WORDS_ONLY.fullmatch(plain)):
                continue
            if dateline and _AGENCY.search(dateline[0]):
                prose.clear()  # what stands before an agency's dateline is captions
            prose.append(plain)
            if len(prose) == _REACH:
                return prose
    return prose or everything[:_REACH]


def _is_furniture(sentence: str) -> bool:
    """Whether a sentence is a heading, a byline, a caption or a notice, rather than a part of the story."""
    if not _STOP.search(sentence) or not _WORD.search(sentence) or " / " in sentence:
        return True
    byline = _BYLINE.match(sentence) and len(sentence.split()) <= _SMALL
    return bool(byline or _FURNITURE.match(sentence) or _CREDITED.search(sentence))


def _topical_words(paragraphs: Sequence[str]) -> frozenset[str]:
    words = _WORD.findall(" ".join(paragraphs)[:_PROSE].casefold())
    counts = Counter(word for word in words if len(word) >= _SMALL)
    return frozenset(
        [word for word, _ in counts.most_common(_TOPICAL + len(_COMMON)) if word not in _COMMON][:_TOPICAL]
    )


def _window(sentences: Sequence[str], start: int, longest: int) -> list[str]:
    """As many sentences from a start on as belong together and fit; none if the first does not."""
    window: list[str] = []
    for sentence in sentences[start : start + _MOST]:
        wider = [*window, sentence]
        length = len(join_sentences(wider))
        if length > longest or (
            window and (_QUESTION.search(sentence) or len(join_sentences(window)) > _ENOUGH)
        ):
            break
        window = wider
    while len(window) > 1 and _is_open(window):
        window.pop()
    return window


def _is_open(window: Sequence[str]) -> bool:
    changes = open_quotations(join_sentences(window))
    return bool(changes) and changes[-1][1]


def _value(window: Sequence[str], start: int, topical: frozenset[str]) -> float:
    text, first = join_sentences(window), window[0]
    said = topical & set(_WORD.findall(text.casefold()))
    value = 0.9 * len(said) / max(1, len(topical)) + 0.6 * min(len(text), _ROOMY) / _ROOMY - 0.16 * start
    value -= 0.5 * (len(text) < _HOOK) + 0.5 * bool(_CAPTION_END.search(first))
    value += -0.3 if len(first) < _HOOK or first[0].isdecimal() else 0.25 * (start == 0)
    value -= 1.0 * bool(_DANGLING.match(first) or _SOMEBODY_SAID.search(first))
    value -= 1.0 * bool(_QUESTION.search(first)) + 0.8 * _is_open(window)
    return value - 0.2 * (first[0] in "\"'“‘«")


def _cut(sentence: str, longest: int) -> str:
    """The beginning of a sentence that is too long, up to the end of a clause or else of a word."""
    room = sentence[: longest - 1]
    clause = max((match.start() for match in _CLAUSE_END.finditer(room)), default=0)
    word = room.rfind(" ")
    end = clause if clause > longest // 2 else word if word > 0 else len(room)
    return f"{room[:end].rstrip(' ,;:–—')}…" if len(sentence) > longest else sentence
