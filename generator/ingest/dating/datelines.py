"""Datelines: the place, agency and day with which a report opens (`PORT ELLERY, July 4 (Agency) -`).

`read_dateline` cuts one off a paragraph, `parse_dateline` finds the date a story's text gives: `DateFrom.TEXT`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from generator.ingest.dating.date_shapes import Day, read_day, read_wording
from generator.ingest.dating.dateline_words import (
    bylines,
    in_capitals,
    is_agency,
    is_known_place,
    is_signed,
    may_be_agency,
    reads_as_place,
    stands_alone,
)
from generator.ingest.dating.moments import moment_of
from generator.model import DateFrom

_REACH = 120  # characters in which a dateline ends
_MOST_ENDS, _MOST_PARTS = 4, 3  # signs that may close it, parts behind the place
_MOST_DATE_WORDS = 7
_END = re.compile(
    r"\s(?:--?|[–—―_])(?:\s|\Z)"  # PLACE - Text
    r"|\s?[–—―]\s?"  # PLACE—Text
    r"|(?<=[)\]/])\s?[.:]?\s?(?:--?|_)?(?<=[-_:])\s?"  # (Agency).- Text
    r"|(?<=\))\s(?=[A-Z\"“'‘])"  # Place, July 4 (Agency) Text
    r"|\s--?(?=\w)|(?<=\w)--(?=[\w(])"  # PLACE --Text, PLACE--(AGENCY)
    r"|:(?:\s|\Z)"  # PLACE: Text
)
_BRACKETED = re.compile(
    r"(?:\((?P<round>[^()]{2,40})\)|/(?P<slashed>[^/]{2,30})/|\[(?P<square>[^\[\]]{2,30})\])\s?\Z"
)
_AGENCY_FIRST = re.compile(r"\((?P<agency>[^()]{2,40})\)\s?(?:(?:--?|[–—―_:])\s?)?(?=\S)")
_CORNERED = re.compile(r"\s{0,3}[【［\[](?P<inside>[^】］\[\]]{1,40})[】］\]]\s{0,3}(?:[-–—―]\s?)?")
_JOINTS = re.compile(r"[\s=＝・,、，]{1,5}")
_AUTHOR = re.compile(r"(?P<by>[^\W\d_]{2,4})\s(?P<author>(?:[^\s()\d]{1,24}\s){2,8}?)(?=\(|[^\W\d_a-z]{3})")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a report opens with; each part as the text words it, "" where it says nothing.

    `end` is the offset in the paragraph at which the story's own text begins.
    """

    end: int
    place: str = ""
    agency: str = ""
    date: str = ""
    author: str = ""


def read_dateline(paragraph: str) -> Dateline | None:
    """Read the dateline with which a paragraph begins, or None.

    What is taken for one: an agency that is known, alone or behind a place; a place and a date; a known place in
    capitals; other words in capitals before a dash, or before something in brackets that can be an agency, unless
    something speaks against a place. `NATO -`, `WARNING:` and `Trump - who` stay.
    """
    cornered = _cornered(paragraph)
    if cornered:
        return cornered
    head = paragraph[:_REACH]
    for number, end in enumerate(_END.finditer(head)):
        if number == _MOST_ENDS:
            break
        found = _opening(head[: end.start()].strip(), paragraph[end.end() :], dash=":" not in end[0])
        if found and (end[0].strip() or _needs_no_sign(found)):
            return _with_agency(replace(found, end=end.end()), paragraph)
    first = _AGENCY_FIRST.match(paragraph)
    return Dateline(first.end(), agency=first["agency"]) if first and is_agency(first["agency"]) else None


def parse_dateline(paragraph: str, captured: datetime) -> tuple[datetime, DateFrom] | None:
    """Find the date that a paragraph of a story gives, alone or in a dateline.

    A date without a year, or without year and month, is the latest such day up to the day after `captured`. Dates
    in prose do not count.

    Returns:
        The moment and TEXT, or None.

    Raises:
        ValueError: the date does not exist, in a sentence for people.
    """
    plain = " ".join(paragraph[: _REACH + 1].split()).rstrip(".")
    day: Day | None = None
    if isinstance(wording := read_wording(plain), Day):
        day = wording
    elif (dateline := read_dateline(paragraph)) and dateline.date:
        day, plain = read_day(dateline.date), dateline.date
    return (min(moment_of(day, captured, plain), captured), DateFrom.TEXT) if day else None


def _opening(text: str, rest: str, *, dash: bool) -> Dateline | None:
    """Read what stands before the sign that closes a dateline; `end` is still to be set."""
    found = _parts(text)
    by = _AUTHOR.match(found.place)
    if by and by["by"] in bylines():
        found = replace(found, place=found.place[by.end() :], author=by["author"].strip())
    place, agency = found.place, found.agency
    known = is_agency(agency)
    if not place:
        sure = known or (agency != "" and found.date != "")
    elif found.date or known:
        sure = reads_as_place(place, reported=agency != "")
    elif agency:
        capitals = may_be_agency(agency) and stands_alone(place, rest, dash=True)
        sure = capitals or (dash and not rest[:1].islower() and is_signed(place, agency))
    else:
        bare = is_agency(place) and place.isupper() and dash and len(place) > 2  # noqa: PLR2004 - "CNN —", not "AP -"
        return Dateline(0, agency=place) if bare else found if stands_alone(place, rest, dash=dash) else None
    return found if sure else None


def _needs_no_sign(found: Dateline) -> bool:
    """Whether a dateline is one even where only a space closes it: `PLACE (Agency) Text`."""
    return is_agency(found.agency) and (found.date != "" or in_capitals(found.place))


def _parts(text: str) -> Dateline:
    """Take agency and date off the end of a text; what is left is the place."""
    found = Dateline(0, place=text)
    for _ in range(_MOST_PARTS):
        left, agency, date = _last_part(found.place)
        if (agency and found.agency) or (date and found.date) or not (agency or date):
            break
        found = Dateline(0, left.rstrip(" ,(،、"), agency or found.agency, date or found.date)
    return found


def _last_part(text: str) -> tuple[str, str, str]:
    """Split an agency or a date off the end of a text: what is left, the agency, the date."""
    bracketed = _BRACKETED.search(text)
    if bracketed:
        inside = (bracketed["round"] or bracketed["slashed"] or bracketed["square"]).strip()
        left = text[: bracketed.start()].rstrip()
        return (left, "", inside) if read_day(inside) else (left, inside, "")
    starts = (
        [match.start() for match in re.finditer(r"\S+", text)][-_MOST_DATE_WORDS:] if _has_digit(text) else []
    )
    for start in starts:
        date = text[start:].strip(" ,")
        if _has_digit(date) and read_day(date):
            return text[:start], "", date
    return text, "", ""


def _with_agency(found: Dateline, paragraph: str) -> Dateline:
    """Take in an agency that follows the sign: `PLACE--(AGENCY)--Text`."""
    behind = None if found.agency else _AGENCY_FIRST.match(paragraph, found.end)
    if behind and is_agency(behind["agency"]):
        return replace(found, end=behind.end(), agency=behind["agency"])
    return found


def _cornered(paragraph: str) -> Dateline | None:
    """Read a dateline in corner brackets, as Japanese papers have them: `【カイロ共同】`, `【東京 2日】`."""
    match = _CORNERED.match(paragraph)
    if match is None:
        return None
    place = agency = date = author = ""
    for part in _inside(match["inside"]):
        if is_agency(part):
            agency = agency or part
        elif read_day(part):
            date = part
        elif not place and not author and (is_known_place(part) or part == _JOINTS.split(match["inside"])[0]):
            place = part
        else:
            author = part
    sure = agency or is_known_place(place) or (date and place)
    return (
        Dateline(match.end(), place, agency, date, author)
        if sure and (date or agency or author or place)
        else None
    )


def _inside(text: str) -> Iterator[str]:
    """Give the parts of a dateline in brackets; an agency may be glued to the place."""
    for part in filter(None, _JOINTS.split(text)):
        cut = next(
            (at for at in range(1, len(part)) if is_known_place(part[:at]) and is_agency(part[at:])), 0
        )
        yield from (part[:cut], part[cut:]) if cut else (part,)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
