"""Arabic as ingest compares it, and where its sentences begin.

Arabic has no capitals, and its headlines no full stops: only the words tell where a headline or a label ends that
runs into the next sentence of a story. A sentence mostly begins with a verb, or with "and" and one; a headline with
a noun, and its one verb comes later.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from generator.ingest.languages import read_table

SURE, LIKELY, WEAK, NONE = 3, 2, 1, 0
"""How surely a sentence begins with a word."""

_ARABIC = re.compile(r"[\u0620-\u064a]")
_LETTERS = str.maketrans("أإآٱىؤئةیکک", "اااايويهيكك")
_UNSEEN = re.compile(
    "[\u00ad\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_WORD = re.compile(r"\S+")
_EDGES = "\"'“”‘’«»()[]،؛,;:.!?؟…-–—|/"
_STOP = re.compile(
    r"(?:\w{2}|\A\d|[\"'”’»)\]])[\"'”’»)\]]{0,2}[.!?؟…]{1,3}[\"'”’»)\]]{0,2}\Z|[!?؟…][\"'”’»)\]]{0,2}\Z"
)
_PAUSES = ("،", "؛", ",", ";", ":", "-", "–", "—", "|", "/", "+")
_SMALL = re.compile(
    r"(?:و|ف)?(?:[بل]\w{2,}|في|من|علي|الي|عن|مع|ان|ما|انه|انها|انهم|بعد|قبل|عند|بين|حتي|خلال|منذ|دون|ضد|ك?لا)\Z"
)
_SHORTEST_SENTENCE = 4  # words: a name, a comma, a remark
_SHORTEST, _LONGEST = 3, 10  # letters of a verb in the present
_NAMED_SHAPE = re.compile(r"ت\w\wي\w\Z")  # تفعيل: a noun of action
_FUTURE = re.compile(r"س[يتن]\w{2,10}\Z")
_OTHER_PAST = re.compile(r"(?:است[^\Wا]{2,4}|ا(?!ل)[^\Wا]ت[^\Wا]{2}|ان[^\Wا]{3})(?:ت|وا|ا)?\Z")
_WOMAN = re.compile(r"(?!ال|بال|لل|وال|ت|ي|م)\w{2,9}(?<!ا)(?<!يي)ت\Z")
_MANY = re.compile(r"(?!ال)\w{3,9}وا\Z")
_OURS = re.compile(r"\w{2,}(?:ك|كم|نا)\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a folded text: as it is compared, without marks, and where it stands."""

    plain: str
    bare: str
    start: int
    end: int

    @property
    def stops(self) -> bool:
        """Whether a sentence ends with it."""
        return _STOP.search(self.plain) is not None

    @property
    def pauses(self) -> bool:
        """Whether a mark stands behind it that ends no sentence."""
        return self.plain.endswith(_PAUSES)


def is_arabic(text: str) -> bool:
    """Whether a text has Arabic letters."""
    return not text.isascii() and _ARABIC.search(text) is not None


def spelled(text: str) -> str:
    """Reduce letters that are written in several ways to one of them: forms of alif, final ya, ta marbuta."""
    return text.translate(_LETTERS)


def folded(text: str) -> tuple[str, Sequence[int]]:
    """Reduce a text to what its spellings share, as `spelled` and without vowel marks and tatweel.

    Returns:
        The text, and for each of its characters, and its end, where that stands in what was given.
    """
    if not _UNSEEN.search(text):
        return spelled(text).casefold() if len(text.casefold()) == len(text) else spelled(text), range(
            len(text) + 1
        )
    places = [at for at, char in enumerate(text) if not _UNSEEN.match(char)]
    plain = spelled("".join(text[at] for at in places))
    lower = plain.casefold()
    return lower if len(lower) == len(plain) else plain, [*places, len(text)]


def words_of(plain: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Give the words of a folded text between two places."""
    for found in _WORD.finditer(plain, start, len(plain) if end is None else end):
        yield Word(found[0], found[0].strip(_EDGES), found.start(), found.end())


def begins(words: Sequence[Word], at: int, *, told: bool) -> int:
    """How surely a sentence begins with the word at a place.

    `told` says that there was a verb before it, so that another is not the headline's own.
    """
    word = words[at].bare
    if not word or (at and _leads_on(words[at - 1])):
        return NONE
    after = words[at + 1].bare if at + 1 < len(words) else ""
    if _opens(words, at, after) or _is_joined_verb(word):
        return SURE
    if _OURS.match(word) and word not in _past():
        return NONE
    return _as_verb(word, after, told=told)


def _leads_on(before: Word) -> bool:
    """Whether what stands behind a word goes on with it."""
    return before.pauses or bool({before.bare, before.bare.removeprefix("و")} & _lists()["leads"])


def _as_verb(word: str, after: str, *, told: bool) -> int:
    """How surely a sentence begins with a verb, by the word behind it."""
    past = is_past(word)
    if word in _reporting() and (past or is_present(word)):
        return SURE
    if word in _both():
        return LIKELY if told and after.startswith("ال") else WEAK
    if past or is_present(word):
        subject = not _SMALL.match(after) and not (past and _OURS.match(after))
        return LIKELY if subject and (past or told) else WEAK
    return WEAK if word in _lists()["weak"] else NONE


def is_subject(words: Sequence[Word], at: int) -> bool:
    """Whether a word, or a name of two, is the subject of a sentence of which the verb or a remark follows."""
    first = words[at : at + 4]
    if (
        len(first) < _SHORTEST_SENTENCE
        or first[0].pauses
        or (at and not _may_follow(words[at - 1], first[0]))
    ):
        return False
    if first[1].plain.endswith("،"):
        return first[2].bare in ("وهو", "وهي", "الذي", "التي")
    word = first[0].bare
    headed = is_head(word) and first[1].bare.startswith("ال")
    place = at + (2 if headed else 1)
    verb = words[place].bare
    agrees = not word.endswith("ه") or verb.endswith("ت") or verb.startswith("ت")
    if not (headed or _is_definite(word)) or not agrees or not (is_past(verb) or is_present(verb)):
        return False
    before = words[at - 1].bare if at else ""
    owned = bool(before) and not (
        _is_definite(before) or before.endswith("ا") or is_head(before.removeprefix("ال"))
    )
    return not (owned and begins(words, place, told=True) >= LIKELY)  # it belongs to what stands before it


def _may_follow(before: Word, word: Word) -> bool:
    """Whether a subject may begin behind a word."""
    if before.pauses or not before.bare or before.bare in _lists()["leads"]:
        return False
    if is_head(before.bare) or is_head(before.bare[1:]):
        return False
    return not (_is_definite(before.bare) and word.bare.endswith(("ي", "يه")))


def _is_definite(word: str) -> bool:
    """Whether a word is a noun with the article."""
    noun = word.startswith("ال") and len(word) > len("ال") + 1
    return noun and not is_past(word) and word not in _lists()["adverbs"]


def has_no_subject(words: Sequence[Word]) -> bool:
    """Whether a verb in the past stands in front that has no subject of its own: "and he said that"."""
    verb = words[0].bare.removeprefix("و") if words else ""
    if not (is_past(verb) or verb in _both()) or len(words) == 1:
        return False
    return verb.endswith("وا") or _SMALL.match(words[1].bare) is not None


def is_told_of(words: Sequence[Word]) -> bool:
    """Whether somebody stands in front of whom news tells: "the police"."""
    return bool(words) and is_head(words[0].bare.removeprefix("ال"))


def is_head(word: str) -> bool:
    """Whether a word is one of those that stand before "of the" where a sentence begins with a subject."""
    return word in _lists()["heads"]


def is_verb(word: str) -> bool:
    """Whether a folded word looks like a verb."""
    return is_past(word) or is_present(word) or _is_joined_verb(word)


@lru_cache(maxsize=4096)
def is_past(word: str) -> bool:
    """Whether a folded word looks like a verb in the past, third person."""
    if word in _lists()["nouns"]:
        return False
    return word in _past() or any(shape.match(word) for shape in (_OTHER_PAST, _WOMAN, _MANY))


@lru_cache(maxsize=4096)
def is_present(word: str) -> bool:
    """Whether a folded word looks like a verb in the present or the future, third person."""
    bare = word.removeprefix("س") if _FUTURE.match(word) else word
    if not _SHORTEST <= len(bare) <= _LONGEST or {word, bare, bare.removesuffix("ا")} & _lists()["nouns"]:
        return False
    if bare[0] == "ي":
        return not bare.endswith(("ات", "يه"))
    return bare[0] == "ت" and not (bare.endswith(("ه", "ات", "ين", "يا")) or _NAMED_SHAPE.match(bare))


def _is_joined_verb(word: str) -> bool:
    """Whether a word is "and" with a verb."""
    if word in _lists()["nouns"] or len(word) < 4:  # noqa: PLR2004 - "and" and the shortest verb
        return word in ("وتم", "وظل", "ومر")
    rest = word[1:]
    return (word[0] == "و" and (is_past(rest) or rest in _both() or is_present(rest))) or (
        word[0] == "ف" and rest in _past()
    )


def _opens(words: Sequence[Word], at: int, after: str) -> bool:
    """Whether a sentence is opened by a word or a phrase that does nothing else."""
    word = words[at].bare
    if word == "كما" and (after == "ان" or is_verb(after)):
        return True
    return word in _lists()["opens"] or any(_reads(words, at, phrase) for phrase in _phrases().get(word, ()))


def _reads(words: Sequence[Word], at: int, phrase: Sequence[str]) -> bool:
    found = [word.bare for word in words[at : at + len(phrase)]]
    return len(found) == len(phrase) and found[:-1] == list(phrase[:-1]) and found[-1].startswith(phrase[-1])


@cache
def _lists() -> dict[str, frozenset[str]]:
    table = read_table("ar", "sentences")
    return {
        name: frozenset(spelled(table[name]).split())
        for name in ("nouns", "leads", "opens", "weak", "heads", "adverbs")
    }


@cache
def _phrases() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for phrase in spelled(read_table("ar", "sentences")["phrases"]).split(","):
        words = phrase.split()
        found.setdefault(words[0], []).append(words)
    return found


@cache
def _past() -> frozenset[str]:
    """All forms of the verbs in the past that are known."""
    forms = {form for verb in _unmarked("past") for form in _forms(verb)}
    same = {
        form
        for verb in _unmarked("both")
        for form in (verb, f"{verb}ا", f"{verb}ه", f"{verb}ها", f"{verb}هم")
    }
    return frozenset(forms - same - _lists()["nouns"])


@cache
def _both() -> frozenset[str]:
    """Forms that a verb in the past and a noun have in common."""
    return frozenset(_unmarked("both"))


@cache
def _reporting() -> frozenset[str]:
    return frozenset(form for verb in _unmarked("reporting") for form in _forms(verb))


def _unmarked(name: str) -> list[str]:
    return _UNSEEN.sub("", spelled(read_table("ar", "sentences")[name])).split()


def _forms(verb: str) -> Iterator[str]:
    stem = verb[:-1] if verb[-1] in "يا" else verb
    yield verb
    yield from (stem + end for end in ("ت", "وا", "تا", "ته", "تها", "وه", "وها"))
    yield from (verb + end for end in ("ت", "وا", "تا"))
    yield from (verb + end for end in ("ا", "ه", "ها", "هم", "ن"))
