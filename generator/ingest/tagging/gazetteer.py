"""The names and subjects that a language's `tags.toml` lists, found in a text of that language.

A text is read word by word; what Arabic writes together with a word (and, in, to, like) is taken off. Japanese is
read character by character. The longest match at a place counts.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from generator.ingest.languages import read_table
from generator.ingest.tagging.lexicon import fold

LANGUAGES = frozenset({"ar", "de", "es", "fr", "ja"})
"""The languages that have such a list; English has a lexicon of its own."""

ADJECTIVE = 0.5
"""What "deutsch" counts for Deutschland."""

_WORD = re.compile(r"([^\W_]+(?:[.&-][^\W_]+)*)")
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")
_ARABIC = str.maketrans("أإآٱىةؤئیک", "ااااي" + "هوييك")
_AND, _PREPOSITIONS = frozenset("وف"), frozenset("بلك")
_SUFFIX = 4  # letters that a "*" stands for
_STEM = 3  # letters that must be left of a word whose beginning or ending is taken off
_NOT_ITSELF = "-"


class Word(NamedTuple):
    """A word of a text, the same folded, and what stands between it and the word before."""

    text: str
    folded: str
    gap: str


class Hit(NamedTuple):
    """What was found from one word to another (for Japanese, character): a tag, and what it counts there."""

    tag: str
    weight: float
    is_name: bool
    start: int
    end: int


class _Entry(NamedTuple):
    phrase: tuple[str, ...]
    case: str  # "A" for capitals only, "a" for one capital, "" for any
    tag: str
    weight: float
    is_name: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What `tags.toml` says of a language.

    Attributes:
        language: its code.
        words: lists of single words, folded, by name.
        tags: every tag that is a name.
        starts: what is listed, by its first word (its beginning, if a "*" ends it) or Japanese character.
        endings: by whether they are a name's: what a word may end in.
    """

    language: str
    words: Mapping[str, frozenset[str]]
    tags: frozenset[str]
    starts: Mapping[str, Sequence[_Entry]]
    endings: Mapping[bool, tuple[str, ...]]

    def find(self, words: Sequence[Word]) -> Iterator[Hit]:
        """Find what is listed among the words of a sentence."""
        free = 0
        for at, word in enumerate(words):
            if at < free:
                continue
            for entry in _candidates(self.language, word.folded):
                end = at + len(entry.phrase)
                if self._fits(entry, words[at:end]):
                    yield Hit(entry.tag, entry.weight, entry.is_name, at, end)
                    free = end
                    break

    def _fits(self, entry: _Entry, words: Sequence[Word]) -> bool:
        """Whether the words go on as an entry does that their first word can begin."""
        if len(words) < len(entry.phrase):
            return False
        first = words[0].text
        if (entry.case == "A" and not first.isupper()) or (entry.case == "a" and not first[0].isupper()):
            return False
        endings = ("", *self.endings[entry.is_name])
        return all(
            word.folded in (part + ending for ending in endings)
            or (part[-1] == "*" and word.folded.startswith(part[:-1]))
            for part, word in zip(entry.phrase[1:], words[1:], strict=False)
        )

    def find_characters(self, text: str) -> Iterator[Hit]:
        """Find what is listed in a text without spaces; what is listed as meaning something else has no tag."""
        at = 0
        while at < len(text):
            entry = next(
                (one for one in self.starts.get(text[at], ()) if _stands(one.phrase[0], text, at)), None
            )
            if not entry:
                at += 1
                continue
            end = at + len(entry.phrase[0])
            if entry.tag:
                yield Hit(entry.tag, entry.weight, entry.is_name, at, end)
            at = end


def words_of(text: str, language: str) -> list[Word]:
    """The words of a text; a last empty one holds what follows them."""
    parts = _WORD.split(text)
    words = [
        Word(word, folded(word, language), gap) for gap, word in zip(parts[::2], parts[1::2], strict=False)
    ]
    return [*words, Word("", "", parts[-1])]


@cache
def gazetteer(language: str) -> Gazetteer:
    """Read a language's `tags.toml` from the package, once.

    Raises:
        FileNotFoundError: the language has none; `LANGUAGES` has those that do.
    """
    table = read_table(language, "tags")
    starts: defaultdict[str, list[_Entry]] = defaultdict(list)
    for entry in _entries(table, language):
        starts[entry.phrase[0][0] if language == "ja" else entry.phrase[0]].append(entry)
    length = (lambda entry: -len(entry.phrase[0])) if language == "ja" else (lambda entry: -len(entry.phrase))
    return Gazetteer(
        language=language,
        words={
            name: frozenset(folded(word, language) for word in text.split())
            for name, text in table.get("words", {}).items()
        },
        tags=frozenset((*table["names"], *_phrases(table["plain"]["names"]))),
        starts={first: tuple(sorted(found, key=length)) for first, found in starts.items()},
        endings={
            True: tuple(table["endings"]["names"].split()),
            False: tuple(table["endings"]["subjects"].split()),
        },
    )


def _entries(table: Mapping[str, Any], language: str) -> Iterator[_Entry]:
    pairs = [("", phrase, 0.0, False) for phrase in _phrases(table.get("aside", {}).get("names", ""))]
    pairs += [(name, name, 1.0, True) for name in _phrases(table["plain"]["names"])]
    for section, weight, is_name in (
        ("names", 1.0, True),
        ("adjectives", ADJECTIVE, True),
        ("subjects", 1.0, False),
    ):
        for tag, variants in table[section].items():
            listed = [tag, *_phrases(variants)] if section != "adjectives" else _phrases(variants)
            listed = listed[2:] if _NOT_ITSELF in listed else listed
            pairs += [(tag, variant, weight, is_name) for variant in listed]
    for tag, variant, weight, is_name in pairs:
        if language == "ja":
            yield _Entry((unicodedata.normalize("NFKC", variant),), "", tag, weight, is_name)
        else:
            yield _Entry(_phrase(variant, language), _case(variant), tag, weight, is_name)


def _phrase(variant: str, language: str) -> tuple[str, ...]:
    starred = re.split(r"(\*)", variant)
    words: list[str] = []
    for part in starred:
        if part == "*":
            words[-1] += "*"
        else:
            words += [folded(word, language) for word in _WORD.findall(part)]
    return tuple(words)


def _case(variant: str) -> str:
    return "A" if variant.isupper() and variant.isascii() else "a" if variant[0].isupper() else ""


def _phrases(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip()]


def folded(word: str, language: str) -> str:
    """Fold a word to what its spellings share in a language: case and marks, in Arabic forms of letters."""
    return _MARKS.sub("", word).translate(_ARABIC) if language == "ar" else fold(word)


@lru_cache(maxsize=1 << 15)
def _candidates(language: str, word: str) -> tuple[_Entry, ...]:
    """What a word may be the beginning of, longest first."""
    table = gazetteer(language)
    found = [entry for form in _forms(language, word) for entry in table.starts.get(form, ())]
    for is_name, endings in table.endings.items():
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= _STEM:
                stem = word[: -len(ending)]
                found += [entry for entry in table.starts.get(stem, ()) if entry.is_name == is_name]
    return tuple(sorted(found, key=lambda entry: -len(entry.phrase)))


def _forms(language: str, word: str) -> Collection[str]:
    """A word, without what Arabic writes together with it, and what may begin it where a "*" follows."""
    forms = [word]
    if language == "ar":
        forms += [form[1:] for form in forms if form[:1] in _AND and len(form) > _STEM]
        forms += ["ال" + form[2:] for form in forms if form.startswith("لل")]
        forms += [form[1:] for form in forms if form[:1] in _PREPOSITIONS and len(form) > _STEM]
    beginnings = [
        f"{form[:end]}*" for form in forms for end in range(len(form), len(form) - _SUFFIX - 1, -1) if end > 1
    ]
    return dict.fromkeys(forms + beginnings)


def _stands(listed: str, text: str, at: int) -> bool:
    """Whether a word stands at a place, in katakana or Latin letters not as a part of a longer such word."""
    if not text.startswith(listed, at):
        return False
    end = at + len(listed)
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    return not (
        (_script(before) and _script(before) == _script(listed[0]))
        or (_script(after) and _script(after) == _script(listed[-1]))
    )


def _script(character: str) -> str:
    """The script of a character, if its words have no mark between them but another script."""
    if "ァ" <= character <= "ヺ" or character == "ー":
        return "katakana"
    return "latin" if character.isascii() and character.isalpha() else ""
