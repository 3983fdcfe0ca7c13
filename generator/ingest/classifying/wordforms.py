"""The words of a text and what they are forms of, language by language.

One entry of `LANGUAGES` is all that the topics need to know of a language besides its `topics.toml`.

English has plurals only, no stemmer: to take -ed, -ing and -er away as well moved the verdicts on the development
data by one in three thousand, either way, for the words that matter stand in `topics.toml` in each form.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.ingest.classifying import inflections

_SHORTEST_PLURAL = 4  # letters

# A word that is no dotted abbreviation; one that is; a score or a range; a number; a sign; a stop, which no phrase
# runs across. No text can be matched in two ways, so a hostile line costs no more than its length.
_TOKEN = re.compile(
    r"[^\W\d_](?!\.[^\W\d_]\.)[^\W_]*(?:['\u2019][^\W_]+(?:['\u2019][^\W_]+)*|)"
    r"|(?:[^\W\d_]\.){2,}"
    r"|(?<![\w-])\d{1,3}[-\u2013]\d{1,3}(?![\w-])"
    r"|\d+(?:[.,]\d+)*"
    r"|[$£€¥%°]"
    r"|[.,;:!?()\n\u2014]"
)


def split(text: str) -> list[str]:
    """Split a text at spaces: its words, numbers, signs of money and measure, and stops, in their order."""
    return _TOKEN.findall(text)


def fold(word: str) -> str:
    """Reduce a word, of a text or of a term, to what its spellings share: no dots, straight apostrophes, small."""
    return word.replace(".", "").replace("\u2019", "'").lower()


def singulars(word: str) -> Iterator[str]:
    """What a folded English word may be the possessive or plural of; a wrong guess does no harm."""
    plain = word.removesuffix("'s")
    if plain != word:
        yield plain
    if len(plain) < _SHORTEST_PLURAL or not plain.endswith("s") or plain.endswith(("ss", "us", "is")):
        return
    yield plain[:-1]
    if plain.endswith("es"):
        yield plain[:-2]
    if plain.endswith("ies"):
        yield f"{plain[:-3]}y"


@dataclass(frozen=True, slots=True)
class Words:
    """How a language's words are told apart and compared.

    Attributes:
        split: a text to its tokens; a text without spaces between words needs another than `split`.
        fold: a word, of a text or of a term, to the form in which both are compared.
        bases: a folded word of a text to the words it may be a form of, the likeliest first, itself left out:
            without endings, or without what is written together with it. A base counts where a term has it.
        tail: letters that a term of the form "*ending", which stands for words with a capital, has at least; 0
            where there are none. In German the last part of a compound says what the thing is.
    """

    split: Callable[[str], list[str]] = split
    fold: Callable[[str], str] = fold
    bases: Callable[[str], Iterable[str]] = singulars
    tail: int = 0


LANGUAGES: Mapping[str, Words] = MappingProxyType(
    {
        "en": Words(),
        "de": Words(fold=inflections.fold_german, bases=inflections.german, tail=4),
        "fr": Words(fold=inflections.fold_french, bases=inflections.french),
        "es": Words(bases=inflections.spanish),
        "ar": Words(
            split=lambda text: split(inflections.bare_arabic(text)),
            fold=inflections.fold_arabic,
            bases=inflections.arabic,
        ),
    }
)
"""By language code; English serves where a language has no entry."""


def words_of(language: str) -> Words:
    """How the words of a language are told apart and compared; `language` is a primary subtag, "en"."""
    return LANGUAGES.get(language, LANGUAGES["en"])


def forms(token: str, words: Words) -> Iterator[str]:
    """The words of terms that may stand for a token of a text, the most exact first.

    A number is "#", a range "#-#"; a word is itself, its bases, or ends or begins as `*ending` or `beginning*` say.
    One with a capital, at its start or after an apostrophe ("l'Assemblée"), is first read as a name, which has one
    capital in a term.
    """
    if token[0].isdecimal():
        yield "#-#" if "-" in token or "\u2013" in token else "#"
        return
    whole = words.fold(token)
    exact = tuple(dict.fromkeys((whole, *words.bases(whole))))
    capital = token[0].isupper()
    found = (*exact, *_tails(exact, words.tail if capital else 0), *_beginnings(exact))
    if capital or ("'" in whole and token[whole.rindex("'") + 1 :][:1].isupper()):
        yield from map(str.capitalize, found)
    yield from found


def _tails(exact: tuple[str, ...], shortest: int) -> Iterator[str]:
    if shortest:
        for word in exact:
            yield from (f"*{word[start:]}" for start in range(len(word) - shortest + 1))


def _beginnings(exact: tuple[str, ...]) -> Iterator[str]:
    done = ""
    for word in exact:
        if not done.startswith(word):
            done = word
            yield from (f"{word[:end]}*" for end in range(len(word), 1, -1))
