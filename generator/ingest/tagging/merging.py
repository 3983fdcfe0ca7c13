"""Spelling variants of a name: a key under which they are one, and found tags brought to those a site already has.

Own code, after a trial of what there is: measures of likeness cannot tell the cases apart. Jaro-Winkler finds
Georgia and Georgian (0.98), Joe and Jo (0.97) or Niger and Nigeria (0.94) more alike than two spellings of Mohammed
(0.80); Metaphone gives Iran and Iraq two keys, but Mali and Molly one.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

from generator import urls
from generator.ingest.tagging.lexicon import fold, lexicon, spellings

Known = Callable[[str], Collection[str]] | Mapping[str, Collection[str]]
"""By a key of `tag_keys`: the site's tags that have it, the commonest first."""

_FAMILY = "… "
"""Begins the key under which a person is found by family name alone."""

_WORD = re.compile(r"[^\W_]+[+#]*")  # C++ and C# are not C
_GLUE = re.compile(r"[.'’ʼ´`]")
_MARKS = re.compile(
    "[\u0300-\u036f\u0640\u064b-\u065f\u0670]"
)  # not the voicing marks of kana, which make other sounds
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك",
    }
)  # fmt: skip
_UMLAUT = re.compile(r"(?<=[bcdfghjklmnprstvwxz])([ou])e(?=[a-z])")
_DOUBLED = re.compile(r"([a-z])\1")
_ENDING = re.compile(r"(?:iy|yy|yj|ij|ii|yi|y|i)\Z")
_LONG = 5  # letters that a word must keep for its doubled letters and its ending to be spelled in other ways
_GERMAN = 6  # letters of the shortest word in which "ue" and "oe" may stand for an umlaut
_PLURAL = 4  # letters of the shortest subject whose plural is known


@lru_cache(maxsize=1 << 15)
def variant_key(name: str) -> str:
    """Fold a name to what its spelling variants share, "" if it has no letter or digit.

    Folded are case, marks on letters, dots, apostrophes, hyphens and spaces, a leading article, "&", doubled
    letters and the endings -y, -yy, -iy, -ij, -i of longer words, and the spellings in `spellings.toml`. A subject,
    written small, loses its plural ending. What sounds alike is not folded: Kyiv and Kiev, Ann and Anna stay two.
    """
    plain = _plain(name)
    words = _WORD.findall(plain)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    key = key_of_words(words)
    return _singular(key) if name == name.lower() and plain.isascii() else key


def key_of_words(words: Sequence[str]) -> str:
    """Give the key of a name's words, which `lexicon.fold` or more has folded."""
    *before, last = [word_key(word, given=at + 1 < len(words)) for at, word in enumerate(words)] or [""]
    return "".join("al" if key in ("al", "el") else key for key in before) + last


def tag_keys(name: str) -> tuple[str, ...]:
    """Give the keys under which a site keeps a tag, so that `merge_tags` finds it: its own, and by family name."""
    key, words = variant_key(name), name.split()
    if len(words) < 2 or not all(word[0].isupper() for word in (words[0], words[-1])):  # noqa: PLR2004 - two names
        return (key,) if key else ()
    return (key, _FAMILY + variant_key(words[-1]))


def merge_tags(found: Sequence[str], known: Known, aliases: Mapping[str, str]) -> tuple[str, ...]:
    """Bring the tags found for an article to the spelling a site has for them, in the same order, each once.

    Args:
        found: the tags, as `find_tags` gives them.
        known: the site's tags under each of their `tag_keys`.
        aliases: the slug of a spelling to the tag the site wants instead (`Config.aliases`); it has the last word.

    A family name alone becomes the one person of that name whom the site has, if the lexicon knows whom it means.
    """
    look = known if callable(known) else lambda key: known.get(key, ())
    merged: dict[str, str] = {}
    for name in found:
        tag = aliases.get(urls.slug(name)) or _site_tag(name, look)
        tag = aliases.get(urls.slug(tag), tag)
        merged.setdefault(variant_key(tag) or tag, tag)
    return tuple(merged.values())


def _site_tag(name: str, look: Callable[[str], Collection[str]]) -> str:
    """How the site spells a name: as found if it does so too, else its commonest variant, else as found."""
    for key in dict.fromkeys(variant_key(spelling) for spelling in (name, *spellings(name))):
        tags = look(key) if key else ()
        if tags:
            return name if name in tags else next(iter(tags))
    if fold(name) in lexicon().surnames:
        people = look(_FAMILY + variant_key(name))
        return next(iter(people)) if len(people) == 1 else name
    return name


def _plain(name: str) -> str:
    text = name
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
        text = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    return _GLUE.sub("", text).casefold().replace("&", " and ")


@lru_cache(maxsize=1 << 15)
def word_key(word: str, *, given: bool = False) -> str:
    """Give the key of one folded word, a first name or the last word of a name."""
    word = _without_umlaut(word)
    alike = _alike()
    word = (
        alike["words"].get(word) or (alike["given"].get(word) if given else alike["family"].get(word)) or word
    )
    shorter = _DOUBLED.sub(r"\1", word)
    word = shorter if len(shorter) >= _LONG else word
    return _ENDING.sub("i", word) if len(word) >= _LONG else word


def _without_umlaut(word: str) -> str:
    return _UMLAUT.sub(r"\1", word) if len(word) >= _GERMAN else word


def _singular(word: str) -> str:
    if len(word) > _PLURAL and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return f"{word[:-3]}i" if word.endswith("ies") else word[:-1]
    return word


@cache
def _alike() -> dict[str, dict[str, str]]:
    """By kind, each spelling in `spellings.toml` and the one that stands for it."""
    tables = tomllib.loads(resources.files(__package__).joinpath("spellings.toml").read_text("utf-8"))
    return {kind: dict(_pairs(table["names"])) for kind, table in tables.items()}


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        first, *others = line.split() or [""]
        yield from ((_without_umlaut(_plain(other)), first) for other in others)
