"""The words of which Arabic pages make their calls and notices (`languages/ar/pages.toml`).

A stretch of text that consists of them and says enough is the page's, in whatever order and wording: words in which
nobody tells a story, with one that asks, or that is the page's own or the reader's.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from generator.ingest.languages import read_table
from generator.ingest.wording.arabic import LIKELY, Word, begins, has_no_subject, is_told_of, spelled

_MOST_OF_LABEL = 7  # words
_MOST_OF_BUTTON, _MOST_OF_OFFER = 5, 14  # words
_FIGURE = re.compile(r"\d{6,}\Z|\d{1,2}:\d{2}\Z")  # a telephone number, a time
_SHORTEST = 3  # letters of a word before which "and" may be written
_ENOUGH = 2  # points: a call and what it is for
_SURE = 3  # points of a call that ends before a sentence of which nothing shows that it begins
_ENDS_RUN = ("thing", "network", "own", "here", "reader")
_OWNED = ("thing", "call", "network", "label", "doing")  # what a pronoun makes the page's own
_THIS = ("هذا", "هذه")
_FRONTS = ("لل", "بال", "كال", "ال", "ل", "ب")
_ADDRESS = re.compile(r"https?:|www\.|[a-z][\w-]+\.[a-z]{2,}(?:/|\Z)|t\.me")
_YOURS = re.compile(
    r"و?س?ت(?!تكون|تلون|ليفون)\w{2,7}(?<![اي])ون(?:ه|ها|نا)?\Z|(?!ال)\w{3,}تك\Z|(?!\w*اكم\Z)\w{3,}(?<!ح)كم\Z"
)  # "you find", "your mail"
_COMMANDED = ("وا", "ي", "نا", "ونا", "وه", "وها", "وني", "ني", "ينا", "يني")
_OWNERS, _ENDINGS = ("نا", "كم", "ك"), ("ها", "ات", "تان", "تين", "ين", "ان", "وا", "ه", "ا")
_WEIGHTS = {
    "fill": ("fill", 0),
    "labels": ("label", 0),
    "here": ("here", 1),
    "networks": ("network", 1),
    "things": ("thing", 1),
    "doings": ("doing", 1),
    "doubtful": ("doubtful", 1),
    "calls": ("call", 1),
    "summons": ("call", 2),
    "reader": ("reader", 1),
    "own": ("own", 2),
}


def kind_of(word: Word) -> str:
    """What a word is on pages: "call", "thing", "fill" and so on, "" where it is none of their words."""
    return _points(word.bare)[0]


def is_agency(word: Word) -> bool:
    """Whether a word names an agency, or what else pictures are credited to."""
    return word.bare in _agencies()


def is_call(words: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether words are those of a page, and say enough; `after` are the next two.

    Where nobody is asked for sure, they may be what the next verb is about.
    """
    found = [_points(word.bare) for word in words if word.bare]
    kinds = {kind for kind, _ in found}
    unknown = sum(not kind for kind, _ in found)
    points = sum(points for _, points in found)
    if unknown:
        if "call" not in kinds and has_no_subject(after):  # of what comes next, one of them is the subject
            return False
        return _asks(kinds) and 4 * unknown <= len(found) + 1 and points >= _ENOUGH + min(2, unknown)
    if points + sum(kind == "label" for kind, _ in found) < _ENOUGH:
        return False
    if "call" in kinds or {"doubtful", "network"} <= kinds:
        return True
    if has_no_subject(after):
        return False
    return "doubtful" in kinds or _is_fragment(words, after)


def is_page(words: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether a whole sentence is a page's, though it has words of its own; `after` are the next two words."""
    words = [word for word in words if word.bare]
    names = [kind_of(word) for word in words]
    points = sum(_points(word.bare)[1] for word in words)
    for n, (word, kind) in enumerate(zip(words, names[1:], strict=False)):
        if word.bare.endswith(_THIS) and kind == "thing":  # "this article"
            names[n], points = "reader", points + 1
    tells = not names[0] and begins(words, 0, told=True) >= LIKELY
    if tells or ("call" not in names and has_no_subject(after)):
        return False
    return _is_asked(words[0].bare, names, points) or _is_offered(names, points, stops=words[-1].stops)


def _is_asked(first: str, names: Sequence[str], points: int) -> bool:
    """Whether the reader is asked for something, by the first word of a sentence and what its words are."""
    kinds, unknown, size = set(names), names.count(""), len(names)
    called = "call" in kinds or ("doubtful" in kinds and bool({"own", "network", "here", "reader"} & kinds))
    said = [kind for kind in names if kind != "fill"]
    if said[-1:] == ["here"] and said[-2:-1] in (["call"], ["reader"], ["doubtful"]):  # "… you find here"
        return size <= _MOST_OF_OFFER
    if first.startswith("ل") and names[0] != "reader":  # "for the news call here"
        asked = (
            names[0] in ("doing", "fill") and bool({"doubtful", "network"} & kinds) and 2 * unknown <= size
        )
        return (called or asked) and points >= _ENOUGH and 5 * unknown <= 3 * size
    if names[0] not in ("call", "doubtful") or first.startswith("و"):
        return called and "reader" in kinds and points > _SURE and 5 * unknown <= 3 * size
    if names[0] == "call" and points >= _ENOUGH and 3 * unknown <= size:
        return True
    orders = said[1:2] in (["thing"], ["network"], ["own"])  # "watch the report"
    here = "here" in kinds and (orders or names[1:2] == ["here"])
    sure = called and (here or bool({"call", "own", "reader"} & kinds))
    enough = _ENOUGH if here else _SURE
    return (sure or orders) and points >= enough and (2 if sure else 4) * unknown <= size


def _is_offered(names: Sequence[str], points: int, *, stops: bool) -> bool:
    """Whether a page offers something of its own or speaks to the reader, by what the words of a sentence are."""
    kinds, unknown, size = set(names), names.count(""), len(names)
    if names[0] == "doing" and names[1:2] == ["thing"]:  # "download of the app <name>"
        return size <= _MOST_OF_BUTTON and not stops
    if not ("own" in kinds or ("reader" in kinds and bool({"here", "network", "doing", "thing"} & kinds))):
        return False
    share = 3 if names[0] in ("call", "doubtful") else 2
    return (points >= _ENOUGH and share * unknown <= size) or (points > _SURE and 5 * unknown <= 3 * size)


def says_enough(words: Sequence[Word]) -> bool:
    """Whether there are words of pages enough among some that looking closer is worth it."""
    found = [_points(word.bare) for word in words]
    return sum(points + (kind == "label") for kind, points in found) >= _ENOUGH


def _asks(kinds: set[str]) -> bool:
    """Whether somebody is asked for something, by what there is among some words."""
    if "call" in kinds or {"doubtful", "network"} <= kinds:
        return True
    return bool({"own", "reader", "here"} & kinds) and bool({"doubtful", "doing", "network"} & kinds)


def _is_fragment(words: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether words without a verb are no part of a sentence: neither of their own nor of the next."""
    if not after:
        return not (words[-1].stops and words[0].bare.startswith("ال"))
    aim = words[0].bare.startswith("ل")  # "for the app the town paid"
    return after[0].bare.startswith("و") or (not aim and is_told_of(after[1:]))


def label(words: Sequence[Word]) -> int:
    """How many words at the front are a label of a page's words, with a mark behind it; 0 where there is none."""
    size = next(
        (n for n, word in enumerate(words, 1) if word.plain[-1] in ":|" or word.plain.endswith("..")), 0
    )
    if not 1 < size <= _MOST_OF_LABEL:
        return 0
    kinds = {kind_of(word) for word in words[:size] if word.bare}
    bare = "" not in kinds and bool({"call", "doubtful"} & kinds)  # "get to know:"
    return size if bare or is_call(words[:size], ()) else 0


def run(words: Sequence[Word]) -> int:
    """How many words at the front are a page's, if they say enough to need no sentence behind them."""
    points, end, best, asks = 0, 0, 0, False
    for n, word in enumerate(words):
        kind, more = _points(word.bare)
        if not kind:
            break
        points += more
        asks = asks or kind in ("own", "reader", "here")
        end = n + 1 if kind in _ENDS_RUN else end
        best = end if asks and points >= _SURE else best
    return best if best and is_call(words[:best], words[best : best + 2]) else 0


@lru_cache(maxsize=4096)
def _points(word: str) -> tuple[str, int]:
    """What a word is on pages, "" where it is none of their words, and what it weighs."""
    table = _pages()
    if "@" in word or _ADDRESS.match(word):
        return "network", 1
    word = word.partition("/")[0]  # "send" to a man and a woman
    if _FIGURE.match(word):
        return "fill", 0
    if word.startswith("#"):
        return "network", 1
    forms = list(_bared(word))
    known = next((table[bare] for bare in forms if bare in table), None)
    found = known or next((found for bare in forms if (found := _ended(bare))), ("", 0))
    return ("reader", 1) if not found[0] and _YOURS.match(word) else found


def _ended(bare: str) -> tuple[str, int] | None:
    """What a word with an ending is: "our channel", "your telephone", "channels"."""
    table = _pages()
    for ending in _OWNERS:
        stem = bare.removesuffix(ending)
        for whole in (stem, stem[:-1] + "ه") if stem != bare else ():
            kind = table.get(whole, ("", 0))[0]
            if kind in _OWNED or (kind == "doubtful" and ending != "نا"):
                return "own", 2
            if kind == "fill" and ending != "نا":
                return "reader", 1
    for ending in _COMMANDED:
        command = table.get(bare.removesuffix(ending), ("", 0))
        if bare.endswith(ending) and command[0] in ("call", "doubtful"):
            return command
    for ending in _ENDINGS:
        stem = bare.removesuffix(ending)
        if stem != bare and table.get(stem, ("", 0))[0] in ("thing", "fill", "network", "label"):
            return table[stem]
    return None


def _bared(word: str) -> Iterator[str]:
    """A word without what is written in one with it: "and", "in", "for", the article."""
    yield word
    rest = word[1:] if word[:1] in ("و", "ف") and len(word) > _SHORTEST else ""
    for one in (word, rest):
        for front in _FRONTS:
            if one.startswith(front) and len(one) - len(front) > 1:
                yield one[len(front) :]
    if rest:
        yield rest


@cache
def _pages() -> dict[str, tuple[str, int]]:
    table = read_table("ar", "pages")
    return {word: weight for name, weight in _WEIGHTS.items() for word in spelled(table[name]).split()}


@cache
def _agencies() -> frozenset[str]:
    return frozenset(spelled(read_table("ar", "pages")["marks"]["agencies"]).split())
