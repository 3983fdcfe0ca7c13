"""Where a headline or a credit without a full stop ends that runs into the next sentence of a story.

Nothing marks the end but the words: a sentence begins with a word that opens sentences, or with a name that a verb
follows. Where the words do not tell, there is no end, and nothing is cut.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice

Guards = Mapping[str, re.Pattern[str]]

_WORD = re.compile(r"\S{1,60}")
_NEVER = re.compile(r"(?!)")
_MOST_LOOKED_AT = 24  # words
_MOST, _FEWEST = 18, 3  # words of a headline
_FEWEST_OF_STORY = 4  # words of the sentence that goes on after one
_MOST_OF_NAME = 5  # words with a capital with which a sentence begins
_MOST_OF_CREDIT = 12  # words
_FEWEST_OF_NAME, _MOST_OF_SUBJECT = (
    2,
    2,
)  # words of whoever is credited, and of a name with which a sentence begins
_ARTICLES = ("/", "/The", "/the")  # after which a paper's name goes on
_OPENS = "\"'“‘«"
_QUOTES = "\"'“‘«”’»"
_ENDS = re.compile(r"(?:[^\W_]{2}|\A\d)[\"'”’»)]{0,2}[.!?…][\"'”’»)]{0,2}\Z|[?!…][\"'”’»)]{0,2}\Z")
_GOES_ON = (",", ":", ";", "–", "—", "(", "/", "|", "&", "-")
_SMALL = re.compile(r"[^\W\d_]{1,3}")
_JOINERS = frozenset(
    ["/", "|", "&", "-", "–", "—", "·", "and", "via", "of", "for", "by", "the", "courtesy", "from", "de"]
)


def ends_of(text: str, found: re.Match[str], guards: Guards) -> int:
    """Where what a rule has found ends, 0 where that cannot be told.

    A group named `headline` or `credit` marks where one begins; the pattern itself ends there.
    """
    groups = found.re.groupindex
    if "headline" in groups:
        return headline_end(text, found.start("headline"), guards)
    if "credit" in groups:
        return credit_end(text, found.start("credit"), guards)
    if "begin" in groups and not begins_sentence(text, found.end(), guards):
        return 0
    return found.end()


def begins_sentence(text: str, at: int, guards: Guards) -> bool:
    """Whether a sentence begins at a place behind some space, or the text is over."""
    found = _WORD.search(text, at)
    if not found:
        return True
    if not (text[at].isspace() or text[at - 1].isspace()):
        return False
    if opens_sentence(text, at, guards):
        return True
    if not _risen(found[0]):
        return False
    words = [word[0] for word in islice(_WORD.finditer(text, at), _MOST_OF_CREDIT)]
    return _has_verb(words, 0, len(words) - 1, guards)


def opens_sentence(text: str, at: int, guards: Guards) -> bool:
    """Tell whether the next word from a place on is one that opens sentences, or a quotation begins there."""
    found = _WORD.search(text, at)
    first = found[0] if found else ""
    opener = guards.get("starter", _NEVER)
    return first[:1] in tuple(_OPENS) or opener.fullmatch(first.lstrip(_QUOTES).rstrip(",")) is not None


def melted(text: str, guards: Guards) -> int:
    """Where in a sentence another begins without a full stop before it, 0 where none does."""
    words = list(islice(_WORD.finditer(text), _MOST_LOOKED_AT))
    starter = guards.get("starter", _NEVER)
    for n in range(_FEWEST, len(words) - _FEWEST_OF_STORY + 1):
        before, word = words[n - 1][0].rstrip(_QUOTES), words[n][0]
        opens = starter.fullmatch(word.lstrip(_QUOTES).rstrip(",")) is not None
        name = not opens and _risen(word) and _has_verb([one[0] for one in words], n, len(words) - 1, guards)
        plain = (
            before[:1].islower()
            and not _ENDS.search(before)
            and before not in _leads(guards, "leads")
            and not before.endswith(_GOES_ON)
        )
        if plain and (opens or (name and before not in _leads(guards, "titles"))):
            return words[n].start()
    return 0


def headline_end(text: str, at: int, guards: Guards) -> int:
    """Where the headline ends that begins at a place: at its own full stop, before a sentence, or with the text."""
    words = list(islice(_WORD.finditer(text, at), _MOST_LOOKED_AT))
    if not words or not _risen(words[0][0]):
        return 0
    spelled = [word[0] for word in words]
    stop = next((n for n, word in enumerate(spelled) if _ENDS.search(word)), None)
    last = len(words) - 1 if stop is None else stop
    titled = _is_titled(spelled[: last + 1])
    starts = (
        n for n in range(_FEWEST, last + 1) if _sentence_begins(spelled, n, last, guards, titled=titled)
    )
    begin = next(starts, None)
    if begin is None and stop is not None and spelled[stop].endswith("."):
        begin = _likeliest(spelled, last, guards)
    if begin is not None and begin <= _MOST and (stop is not None or last + 1 - begin >= _FEWEST_OF_STORY):
        return words[begin].start()
    whole = stop is not None or len(words) < _MOST_LOOKED_AT
    return words[last].end() if whole and last < _MOST else 0


def _likeliest(words: Sequence[str], last: int, guards: Guards) -> int | None:
    """Where a sentence may begin in what ends as one, as headlines hardly do; the last such place."""
    found = None
    for n in range(_FEWEST + 1, last + 1 - _FEWEST_OF_STORY):
        before = words[n - 1].rstrip(_QUOTES)
        risen = _risen(words[n]) and bool(before) and not _risen(before)
        if (
            risen
            and not before.endswith(_GOES_ON)
            and before not in _leads(guards, "leads") | _leads(guards, "titles")
        ):
            found = n
    return found


def credit_end(text: str, at: int, guards: Guards) -> int:
    """Where the names of a credit end that begins at a place: `Jane Doe/Agency`, `Jane Doe / The Paper`."""
    words = list(islice(_WORD.finditer(text, at), _MOST_OF_CREDIT))
    size = _size_of_names([word[0] for word in words])
    if not size:
        return 0
    run = text[at : words[size - 1].end()]
    if size == len(words) < _MOST_OF_CREDIT or _ENDS.search(run):
        return words[size - 1].end()
    agencies = list(guards.get("agency", _NEVER).finditer(run))
    if agencies:
        return at + agencies[-1].end()
    starter = guards.get("starter", _NEVER)
    slashed = next((n for n, word in enumerate(words[:size]) if "/" in word[0]), None)
    for n in range(1, size):
        joined = words[n - 1][0] in _JOINERS or words[n - 1][0].endswith("/")
        if starter.fullmatch(words[n][0].strip(_QUOTES)) and not joined:
            return words[n].start()
    fewest = _FEWEST_OF_NAME if slashed is None else slashed + 1 + words[slashed][0].endswith(_ARTICLES)
    several = words[size - 1][0].endswith("s") and size < len(words)  # "Farmers want", no name of two words
    subject = max(fewest, size - (1 if several else _MOST_OF_SUBJECT))
    return words[subject].start() if subject < size else 0


def _size_of_names(words: Sequence[str]) -> int:
    """How many words at the front are names or join them."""
    size = 0
    for number, word in enumerate(words):
        bare = word.strip(_QUOTES + "()[],.")
        if not (bare[:1].isupper() or word in _JOINERS or "/" in word) or (number and word[-1:] == ":"):
            break
        size = number + 1
        if _ENDS.search(word):
            break
    while size and words[size - 1] in _JOINERS:
        size -= 1
    return size


def _is_titled(words: Sequence[str]) -> bool:
    """Whether a headline has a capital on every word but the small ones; what counts is its first half."""
    first = [word for word in words[1:7] if not _SMALL.fullmatch(word)]
    risen = sum(map(_risen, first))
    return len(first) > 1 and 4 * risen >= 3 * len(first)


def _sentence_begins(words: Sequence[str], n: int, last: int, guards: Guards, *, titled: bool) -> bool:
    """Whether a sentence of the story begins with the word at a place in what may be a headline."""
    before, word = words[n - 1].rstrip(_QUOTES), words[n].lstrip(_QUOTES)
    if not _risen(word) or not before or before.endswith(_GOES_ON) or before in _leads(guards, "leads"):
        return False
    after = words[n + 1] if n < last else ""
    starter = guards.get("starter", _NEVER).fullmatch(word.rstrip(",")) is not None
    if last + 1 - n < _FEWEST_OF_STORY and not starter:
        return False
    if titled and after.endswith(",") and _risen(after):
        return last - n >= _FEWEST_OF_STORY and not words[min(n + 2, last)][:1].isupper()
    if titled:
        return (
            after[:1].islower()
            and not (_SMALL.fullmatch(after) and not starter)
            and (starter or _has_verb(words, n, last, guards))
        )
    if starter:
        return not _risen(before) or before[:1].isdigit() or after[:1].islower() or words[n] != word
    return not _risen(before) and before not in _leads(guards, "titles") and _has_verb(words, n, last, guards)


def _has_verb(words: Sequence[str], n: int, last: int, guards: Guards) -> bool:
    """Whether a name begins at a place, and a verb, or a comma and more, follows it."""
    end = n
    while end <= last and end - n < _MOST_OF_NAME and _risen(words[end]) and not words[end].endswith(","):
        end += 1
    if end > last:
        return False
    if words[end].endswith(",") and _risen(words[end]):
        return end > n and last - end >= _FEWEST_OF_STORY
    return guards.get("verb", _NEVER).fullmatch(words[end].rstrip(",")) is not None


def is_lead(word: str, guards: Guards) -> bool:
    """Whether a word leads to a name, so that the capital behind it begins no sentence."""
    return word in _leads(guards, "leads") or word in _leads(guards, "titles")


def _leads(guards: Guards, name: str) -> frozenset[str]:
    return _listed(guards[name].pattern) if name in guards else frozenset()


@cache
def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


def _risen(word: str) -> bool:
    first = word.lstrip(_QUOTES + "([")[:1]
    return first.isupper() or first.isdigit()
