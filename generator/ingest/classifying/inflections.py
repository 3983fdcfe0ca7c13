"""What the words of German, French, Spanish and Arabic may be forms of, for looking up weighted terms.

No stemmer: a word is taken to every word that its ending, or what is written together with it, allows. A wrong
guess does no harm where no term has it, and a right one need not be in a dictionary.
"""

import re
import unicodedata
from collections.abc import Iterator

_STEM = 3  # letters that are left of a word when something is taken from it
_GERMAN_STEM = 4
_GERMAN_ENDINGS = ("s", "es", "n", "en", "e", "er", "ern")
_UMLAUTS = str.maketrans("äöü", "aou")

_ELISION = re.compile(r"(?:[cdjlmnst]|(?:jus|lors|puis)?qu)'")

_SPANISH_PLURALS = (("s", ""), ("es", ""), ("ces", "z"), ("iones", "ión"), ("anes", "án"), ("enes", "en"))

# Vowel signs and the stroke that only stretches a word say nothing; the letters of a pair are often taken for
# each other in writing.
_ARABIC_SIGNS = dict.fromkeys((0x640, 0x670, *range(0x64B, 0x660)))
_ARABIC_STOPS = str.maketrans("،؛؟٪", ",;?%")
_ARABIC_LETTERS = str.maketrans("أإآٱىةؤ", "ااااي\u0647و")
_ARABIC_ENDINGS = ("ات", "ون", "ين", "ه", "ها", "هم", "ا")


def fold_german(word: str) -> str:
    """Reduce a word to what its spellings share: Swiss German writes ss for ß."""
    return word.replace(".", "").replace("\u2019", "'").lower().replace("ß", "ss")


def german(word: str) -> Iterator[str]:
    """What a folded German word may be the plural or a case of: "gerichtshöfe" of "gerichtshof"."""
    yield word.translate(_UMLAUTS)
    for ending in _GERMAN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _GERMAN_STEM:
            stem = word[: -len(ending)]
            yield stem
            yield stem.translate(_UMLAUTS)


def fold_french(word: str) -> str:
    """Reduce a word to what its spellings share: a capital often goes without its accent, œ is often oe."""
    plain = word.replace(".", "").replace("\u2019", "'").lower().replace("œ", "oe")
    return "'".join([f"{unicodedata.normalize('NFD', part)[:1]}{part[1:]}" for part in plain.split("'")])


def french(word: str) -> Iterator[str]:
    """What a folded French word may be the elision, the plural or the feminine of: "d'élues" of "élu"."""
    elided = _ELISION.match(word)
    plain = word[elided.end() :] if elided else word
    if elided:
        yield plain
    if plain.endswith("aux"):
        yield f"{plain[:-2]}l"
    if plain.endswith(("s", "x")) and len(plain) > _STEM:
        plain = plain[:-1]
        yield plain
    if plain.endswith("ée"):
        yield plain[:-1]


def spanish(word: str) -> Iterator[str]:
    """What a folded Spanish word may be the plural of: "elecciones" of "elección", "jueces" of "juez"."""
    for plural, singular in _SPANISH_PLURALS:
        if word.endswith(plural) and len(word) - len(plural) + len(singular) >= _STEM:
            yield word[: -len(plural)] + singular


def bare_arabic(text: str) -> str:
    """Take the vowel signs and stretching strokes from a text, and give its stops and signs their Latin form."""
    return text.translate(_ARABIC_SIGNS).translate(_ARABIC_STOPS)


def fold_arabic(word: str) -> str:
    """Reduce a word to what its spellings share: one alef, one final ya, one final ha; no vowel signs."""
    return word.translate(_ARABIC_SIGNS).translate(_ARABIC_LETTERS).replace(".", "").lower()


def arabic(word: str) -> Iterator[str]:
    """What a folded Arabic word may stand for without what is written together with it.

    Before it that is "and" or "so"; "with", "for" or "like"; the article. After it: the ending of a plural, of the
    feminine, of an adverb, or a possessive. "وللحكومات" is the plural of "حكومه" that "and for the" were put to.
    """
    for start in (word, *_unprefixed(word)):
        if start != word:
            yield start
        for ending in _ARABIC_ENDINGS:
            if start.endswith(ending) and len(start) - len(ending) >= _STEM:
                stem = start[: -len(ending)]
                yield stem
                if ending == "ات":
                    yield f"{stem}\u0647"
                elif stem.endswith("ت"):
                    yield f"{stem[:-1]}\u0647"


def _unprefixed(word: str) -> Iterator[str]:
    """A word without each prefix that it may have, one more taken off each time."""
    rest = [word]
    if word.startswith(("و", "ف")):
        rest.append(word[1:])
    for whole in tuple(rest):
        if whole.startswith("لل"):
            rest += [f"ال{whole[2:]}", whole[2:], whole[1:]]
        elif whole.startswith(("ب", "ل", "ك")):
            rest.append(whole[1:])
            if whole[1:].startswith("ال"):
                rest.append(whole[3:])
        elif whole.startswith("ال"):
            rest.append(whole[2:])
    yield from (part for part in rest[1:] if len(part) >= _STEM)
