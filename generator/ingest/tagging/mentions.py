"""Where a news text mentions people, places and organisations: runs of capitalised words that are surely names.

Where capitals prove nothing, at the start of a sentence or quotation, a run counts only if it has several words or
the text shows it elsewhere.
"""

from collections.abc import Collection, Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from generator.ingest.summarising.leads import story_sentences
from generator.ingest.tagging.headlines import find_headline_names
from generator.ingest.tagging.lexicon import Phrase, fold, lexicon, spelled
from generator.ingest.tagging.run_parts import Run
from generator.ingest.tagging.runs import find_runs
from generator.ingest.tagging.tokens import Token, is_headline, is_place, tokens_of
from generator.ingest.wording.sentences import split_sentences

TITLE = -1
"""The number that stands for the title where paragraphs are counted from 0."""

_AROUND = "\"'“”‘’(),.;:!?…"
_ARTICLES = frozenset({"the", "a", "an"})
_ENDS_NOTHING = frozenset({"the", "a", "an", "new", "st", "saint"})
_ADJECTIVE = 0.5  # what "Ukrainian" counts for Ukraine, and "a Grocery Store" for a name
_ACRONYM = 4  # letters; longer words in capitals are more often shouted
_HEADING = 60  # characters; a longer paragraph is prose even without a stop
_MOST_CAPITALS = 4  # in one name; more are two names or a heading


class Mention(NamedTuple):
    """One place where a name is used.

    Attributes:
        words: the name, spelled as the lexicon asks if it has it, else as it stands.
        paragraph: where it is, counted from 0, or `TITLE`.
        weight: 1, less for an adjective that stands for a country.
        short: the acronym in brackets behind it, "" if there is none.
        number: the number behind it, "" if there is none.
    """

    words: Phrase
    paragraph: int
    weight: float = 1.0
    short: str = ""
    number: str = ""


def find_mentions(title: str, paragraphs: Sequence[str]) -> list[Mention]:
    """Every mention of a name in an article, in order; a title with all words in capitals adds none."""
    headlines = [tokens for tokens in map(tokens_of, split_sentences(title)) if is_headline(tokens, stops="")]
    runs = [
        (run if prose else run._replace(sure=False), fold(" ".join(run.words)), number)
        for number, paragraph in enumerate(["" if headlines else title, *paragraphs], TITLE)
        for prose in [number == TITLE or _is_prose(paragraph)]
        for sentence in story_sentences(paragraph, "en")
        for run in find_runs(sentence)
    ]
    seen = {key for _, key, _ in runs}
    proved = {key for run, key, _ in runs if run.sure}
    proved |= {fold(run.words[-1]) for run, _, _ in runs if len(run.words) > 1}
    small = {word.strip(_AROUND) for word in set(" ".join(paragraphs).split()) if word.islower()}
    found = [
        mention
        for run, key, number in runs
        for words in [run.words if run.sure or key in proved else _proved(run.words, seen, proved, small)]
        if words and not _is_ordinary(words, small)
        if (mention := _mention(words, run, number))
    ]
    return [*_headline_mentions(headlines, found, small), *found] if headlines else found


def _headline_mentions(
    headlines: Sequence[Sequence[Token]], found: Sequence[Mention], small: Collection[str]
) -> Iterator[Mention]:
    names = {fold(" ".join(mention.words)) for mention in found}
    for tokens in headlines:
        if all(token.word.isupper() for token in tokens[:-1]):
            continue
        for words in find_headline_names(tokens, names, small):
            if mention := _mention(words, Run(words), TITLE):
                yield mention


def _is_prose(paragraph: str) -> bool:
    """Whether a paragraph is more than a heading, in which capitals prove nothing."""
    return len(paragraph) > _HEADING or any(stop in paragraph[-3:] for stop in ".!?…")


def _proved(words: Phrase, seen: Collection[str], proved: Collection[str], small: Collection[str]) -> Phrase:
    """As much of a run that opens a sentence as is surely a name: its first word may be an ordinary one."""
    if not words or spelled(words):
        return words
    rest, first = words[1:], fold(words[0])
    if not rest:
        return words if first in lexicon().peoples else ()
    if len(rest) > 1 and fold(" ".join(rest)) in seen:
        return rest
    if first in small or first.endswith(("ing", "ly")):
        return rest if len(rest) > 1 or fold(rest[0]) in proved or spelled(rest) else ()
    place = spelled(rest) in lexicon().places and first not in lexicon().words["given"]
    return rest if place else words


def _is_ordinary(words: Phrase, small: Collection[str]) -> bool:
    """Whether the text spells every word of a name small elsewhere: capitals for emphasis, no name."""
    for word in words:
        if not word.islower() and fold(word) not in small:
            return False
    return not spelled(words) and (len(words) > 1 or words[0].istitle() or len(words[0]) > _ACRONYM)


def _mention(words: Phrase, run: Run, paragraph: int) -> Mention | None:
    name, known = _named(words)
    if known is _Known.AS_COUNTRY:
        return Mention(name, paragraph, _ADJECTIVE)
    if known is _Known.AS_NAME:
        return Mention(name, paragraph, short=run.short)
    doubtful = name and run.one_of_many and fold(name[0]) not in lexicon().words["given"]
    weight = _ADJECTIVE if doubtful else 1.0
    return Mention(name, paragraph, weight, short=run.short, number=run.number) if name else None


class _Known(Enum):
    """As what the lexicon knows a name."""

    NOT = auto()
    AS_NAME = auto()
    AS_COUNTRY = auto()


@lru_cache(maxsize=1 << 14)
def _named(words: Phrase) -> tuple[Phrase, _Known]:
    """The name in words that surely hold one, as the lexicon spells it if it knows it; none in ordinary words."""
    words = _trimmed(words)
    if known := spelled(words):
        return tuple(known.split()), _Known.AS_NAME
    if country := _country(words):
        return tuple(country.split()), _Known.AS_COUNTRY
    return words if words and _is_name(words) else (), _Known.NOT


def _trimmed(words: Phrase) -> Phrase:
    """A name without article and legal form; "Kingdom of Cambodia" is Cambodia."""
    table = lexicon().words
    start, end = 0, len(words)
    titled = len(words) > 2 and words[0] == "The"  # noqa: PLR2004 - with two more words it may be a title
    while start < end and not spelled(words[start:end]) and _opens(fold(words[start]), titled=titled):
        start += 1
    start += _before_person(words[start:end]) or _before_head(words[start:end])
    while end > start + 1 and fold(words[end - 1].rstrip(",")) in table["company_forms"]:
        if words[end - 2].endswith("&"):
            break
        end -= 1
    while end > start and (
        fold(words[end - 1]) in _ENDS_NOTHING or fold(words[end - 1]) in table["particles"]
    ):
        end -= 1
    if words[start + 1 : start + 2] == ("of",) and fold(words[start]) in table["states"]:
        start += 2 * (spelled(words[start + 2 : end]) in lexicon().places)
    return words[start:end]


def _opens(word: str, *, titled: bool) -> bool:
    return word in lexicon().words["headline_words"] or (word in _ARTICLES and not titled)


def _before_person(words: Phrase) -> int:
    """How many words say where a person is from: "Australian Nick Weatherby", "United Nations Ada Prowse"."""
    given = lexicon().words["given"]
    for length in range(len(words) - 2, 0, -1):
        from_there = is_place(words[0]) if length == 1 else spelled(words[:length])
        if from_there and fold(words[length]).partition("-")[0] in given and fold(words[0]) not in given:
            return length
    return 0


def _before_head(words: Phrase) -> int:
    """1 where an adjective says whose institution it is: "Chinese Ministry of State Security"."""
    if len(words) < 3 or words[2] != "of" or fold(words[0]) not in lexicon().peoples:  # noqa: PLR2004 - "of" has two words before it
        return 0
    return int(fold(words[1]) in lexicon().words["heads"])


def _country(words: Phrase) -> str:
    """The country that an adjective means, alone or before ordinary words: "Ukrainian", "South Korean Army"."""
    for length in (2, 1):
        country = lexicon().peoples.get(fold(" ".join(words[:length])), "")
        if country and all(fold(word) in lexicon().words["ordinary"] for word in words[length:]):
            return country
    return ""


def _is_name(words: Phrase) -> bool:
    table = lexicon().words
    folded = [fold(word) for word in words]
    if all(word in table["nameless"] for word in folded):
        return False
    if len(words) == 1:
        word, single = words[0], folded[0]
        tiny = len(single) < 3 and word.isupper()  # noqa: PLR2004 - "TV", "DH": two letters say too little
        plural = word[:-1].isupper() and word.endswith("s")  # "CPMs"
        return not (
            tiny or plural or single.isdigit() or single in table["given"] or single in table["kept_titles"]
        )
    shouted = " ".join(words).isupper() and max(map(len, words)) > _ACRONYM
    headline = any(
        word[0].isupper() and small in table["headline_words"]
        for word, small in zip(words[1:], folded[1:], strict=True)
    )
    return not shouted and not headline and sum(not word.islower() for word in words) <= _MOST_CAPITALS
