"""The language of a text: by its script, by its small words, and where these do not tell, by a model.

The model (py3langid) is loaded only for a text that needs it: that takes half a second, a text then a tenth of a
millisecond; by script or words a text takes half as long.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from generator.ingest.dating.date_words import LANGUAGES, phrases
from generator.ingest.languages import read_table

_SAMPLE = 1000  # characters that are looked at
_FEWEST_LETTERS, _FEWEST_WORDS, _FEWEST_FOR_MODEL = 12, 5, 8  # below that a text says too little
_FEWEST_OF_ONE = 4  # letters of a script that only one language has
_MOST_COUNTED = 300  # letters whose script is looked up
_WORDS = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile("[^\x00-\u036f]")  # beyond Latin
_CLEAR, _FAINT = 0.25, 0.12  # shares of small words: of a text's own language, and at most of another
_CLEARER = 2  # times as many small words as of the next language
_SURE, _SURER = 0.9, 0.99  # probability by the model, and where it contradicts what was given
_SURE_OF_LONG = 0.6  # a long text has less only where its language has a twin: Indonesian and Malay
_ENOUGH_TO_DOUBT = 30  # words
_TAG = re.compile(r"(?P<language>[a-z]{2,3})(?:-[a-z0-9]{1,8}){0,6}")

_FIRST_IS_LIKELY = {
    "ARABIC",
    "BENGALI",
    "CJK",
    "HEBREW",
}  # scripts whose other languages have letters of their own
_FEWEST_MARKS = 0.01  # share of a text's letters


def detect(text: str, given: str = "") -> str:
    """Tell the language of a text.

    Args:
        text: its first 1,000 characters are looked at.
        given: what a format says of the language, as it stands: `en-US`, `EN_us`, `english`. It is trusted, unless
            the text is in a script of other languages or holds another's small words and none of its own.

    Returns:
        The primary tag (BCP 47): two letters, or three where there are no two; "" where `given` says nothing and
        the text is too short or not clear.
    """
    sample, told = text[:_SAMPLE], normalise(given)
    script = _script(sample)
    if script is None:
        return told
    if script == "LATIN":
        return _of_words(sample, told)
    languages = _scripts().get(script, [])
    if told in languages:
        return told
    return languages[0] if len(languages) == 1 else _of_letters(sample, script)


def normalise(given: str) -> str:
    """Reduce what a format calls a language to its primary tag, "" where it is none: `EN_us`, `eng`, `English`."""
    plain = re.split(r"[,;.\s(]", given.strip().replace("_", "-").casefold(), maxsplit=1)[0][:40]
    match = _TAG.fullmatch(plain)
    if match is None:
        return _names().get(plain, "")
    return _codes().get(match["language"], _names().get(plain, ""))


def _script(sample: str) -> str | None:
    """Name the script that most letters are of; None where there are too few to say."""
    letters = sum(map(str.isalpha, sample))
    others = [char for char in _FOREIGN.findall(sample) if char.isalpha()]
    if 2 * len(others) <= letters:
        return "LATIN" if letters >= _FEWEST_LETTERS else None
    scripts = Counter(unicodedata.name(char, "").partition(" ")[0] for char in others[:_MOST_COUNTED])
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana and 20 * kana >= scripts["CJK"]:
        return "HIRAGANA"
    script, count = scripts.most_common(1)[0]
    alone = len(_scripts().get(script, ())) == 1
    return script if count >= (_FEWEST_OF_ONE if alone else _FEWEST_LETTERS) else None


def _of_letters(sample: str, script: str) -> str:
    """Tell the languages of one script apart: by letters that only one has, else by the model."""
    counts = Counter(sample.casefold())
    letters = sum(count for char, count in counts.items() if char.isalpha())
    for language, marks in _table("", "languages")["letters"].items():
        found = sum(map(counts.__getitem__, marks))
        if language in _scripts().get(script, ()) and found > _FEWEST_MARKS * letters:
            return str(language)
    return _scripts()[script][0] if script in _FIRST_IS_LIKELY else _of_model(sample)


def _of_words(sample: str, told: str) -> str:
    words = _WORDS.findall(sample.casefold())
    if len(words) < _FEWEST_WORDS:
        return "" if told in _never_latin() else told
    shares = {
        language: sum(map(small.__contains__, words)) / len(words)
        for language, small in _small_words().items()
    }
    (best, most), (_, second) = sorted(shares.items(), key=lambda pair: -pair[1])[:2]
    clear = most >= _CLEAR and most >= _CLEARER * second
    if clear and (best == told or len(words) >= _FEWEST_FOR_MODEL):
        return best
    told = "" if told in _never_latin() else told
    if told and (shares.get(told, 1) > _FAINT or len(words) < _ENOUGH_TO_DOUBT):
        return told
    if len(words) < _FEWEST_FOR_MODEL:
        return told
    sure = _SURE if len(words) < _ENOUGH_TO_DOUBT else _SURE_OF_LONG
    return _of_model(sample, _SURER if told else sure) or told


def _of_model(sample: str, sure: float = _SURE) -> str:
    language, probability = _model()(sample)
    return language if probability >= sure else ""


@cache
def _model() -> Callable[[str], tuple[str, float]]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - half a second that few texts need

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def classify(text: str) -> tuple[str, float]:
        language, probability = identifier.classify(text)
        return str(language), float(probability)

    return classify


@cache
def _codes() -> Mapping[str, str]:
    """Map every code a page may give to the one to use."""
    data = _table("", "languages")
    instead = {other: code for code, others in data["instead"].items() for other in others.split()}
    return {code: code for name in ("two_letters", "three_letters") for code in data[name].split()} | instead


@cache
def _languages(name: str) -> frozenset[str]:
    return frozenset(_table("", "languages")[name].split())


@cache
def _scripts() -> Mapping[str, Sequence[str]]:
    return {script: codes.split() for script, codes in _table("", "languages")["scripts"].items()}


@cache
def _never_latin() -> frozenset[str]:
    return frozenset(code for codes in _scripts().values() for code in codes) - _languages("also_latin")


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    found = {code: frozenset(phrases(_own(code)["words"].casefold())) for code in LANGUAGES}
    return {code: words for code, words in found.items() if words}


@cache
def _names() -> Mapping[str, str]:
    return {name.casefold(): code for code in LANGUAGES for name in phrases(_own(code)["names"])}


def _own(code: str) -> Mapping[str, Any]:
    return _table(code, "language")


@cache
def _table(code: str, name: str) -> Mapping[str, Any]:
    return read_table(code, name)
