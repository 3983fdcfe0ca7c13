"""Who wrote a story, as a field of a feed or a record words it, to names."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from generator.ingest.feeds.trailers import load_bylines

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}\s*\((?P<name>[^()]{2,80})\)")
_BRACKETS = re.compile(r"\s*(?:<[^<>]{0,200}>|\([^()]{0,80}@[^()]{0,80}\))\s*")
_ADDRESS = re.compile(r"\S+@\S+\.\S+|(?:https?:)?//\S+|www\.\S+")
_NAME_FIRST = re.compile(r"[^\W\d_][\w'’-]{0,30}, [^\W\d_][\w'’.-]{0,30}(?: [^\W\d_]\.)?")
_ELSEWHERE = re.compile(r"(?<=[^\W\d_]) (?:in|at|for) (?=[^\W\d_])", re.IGNORECASE)
_LONGEST = 80  # characters of a name
_MOST = 8  # words of a name


def read_authors(values: Iterable[str]) -> tuple[str, ...]:
    """Give the names in a byline or in several, each once, in order.

    `By Jane Doe and Joe Bloggs`, `Doe, Jane`, `desk@ellery.example (Jane Doe)`, `Jane Doe; Joe Bloggs | Joan Roe`
    are understood; addresses, offices and places (`Staff Writer`, `in Skarrow`) and what is too long for a name
    are left out.
    """
    names = (name for value in values for name in _names(" ".join(value.split())))
    return tuple(dict.fromkeys(names))


def _names(byline: str) -> Iterator[str]:
    byline = _MAIL.sub(lambda found: found["name"], byline)
    byline = _BRACKETS.sub(" ", byline)
    byline = _before().sub("", byline.strip(), count=1)
    if _NAME_FIRST.fullmatch(byline) and not _between().search(byline.replace(",", " ")):
        family, _, given = byline.partition(", ")
        yield f"{given} {family}"
        return
    for piece in _between().split(byline):
        name = (
            piece.strip(" ,.;:|/·•–—-") if not piece.rstrip().endswith(("Jr.", "Sr.")) else piece.strip(" ,;")
        )
        name = _ELSEWHERE.split(name)[0]
        if name and _is_name(name) and not name.casefold().endswith(load_bylines().roles):
            yield name


def _is_name(text: str) -> bool:
    return (
        len(text) <= _LONGEST
        and len(text.split()) <= _MOST
        and not _ADDRESS.search(text)
        and not text[:1].islower()
        and any(map(str.isalpha, text))
    )


@cache
def _before() -> re.Pattern[str]:
    words = sorted(load_bylines().before, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?:(?<=\W)\s*|\s*[:：]\s*|\s+)", re.IGNORECASE)


@cache
def _between() -> re.Pattern[str]:
    words = load_bylines().between
    signs = [word for word in words if not word[0].isalnum()]
    spaced = [word for word in words if word[0].isalnum()]
    return re.compile(
        rf"\s*(?:[;|/]|,(?:\s(?:{'|'.join(map(re.escape, spaced))})\s)?|[{re.escape(''.join(signs))}])\s*"
        rf"|\s&\s|\s(?:{'|'.join(map(re.escape, spaced))})\s",
        re.IGNORECASE,
    )
