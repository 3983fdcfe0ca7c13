"""What is no word of a story, though it stands in its text: tags, addresses, tickers, a dateline."""

import html
import re

# Every repeat is bounded, and each pattern begins with a sign or a word that it cannot take twice.
_ENTITY = re.compile(r"&?(#\d{2,5}|amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[mn]dash|hellip|pound|euro);")
_ENTITY_ENDS = ("amp;", "uot;", "quo;", "pos;", "lt;", "gt;", "bsp;", "dash;", "lip;", "und;", "uro;")
_REMNANT = re.compile(
    r"</?[A-Za-z][^<>]{0,500}(?:>|\Z)"  # a tag, or one that was cut off
    r"|\b(?:https?://|www\.)[^\s<>]{1,500}"
    r"|\([A-Z]{1,5}(?:\.[A-Z]{1,2})?: ?[Qq]uote[^()]{0,80}\)"  # (ABC.N: Quote, Profile, Research)
)
_DATELINE = re.compile(
    r"\s{0,9}(?:[A-Z][^\W\d_]{1,20}\.?,?[ ]){0,6}\([A-Z][A-Za-z. ]{1,20}\)[ ]?[-\u2013\u2014:]{1,2}"
    r"|\s{0,9}(?![A-Z]{1,3}[ ]?[-\u2013\u2014:])[A-Z][A-Z.]{1,20}(?:[ ][A-Z][A-Z.]{1,20}){0,3}"
    r"(?:,[ ][A-Z][A-Za-z.]{1,20}){0,2}(?:[ ]{0,2}[-\u2013\u2014]{1,2}|:)[ ]"
    r"|\s{0,9}(?:Reuters|AP|AFP|UPI|dpa)[ ]{0,2}[-\u2013\u2014]{1,2}[ ]"
)


def without_remnants(text: str) -> str:
    """Take tags, addresses and tickers from a text; entities become their characters, with their & or without."""
    if ";" in text and ("#" in text or any(end in text for end in _ENTITY_ENDS)):
        text = _ENTITY.sub(lambda entity: html.unescape(f"&{entity[1]};"), text)
    if "<" in text or "://" in text or "www." in text or "uote" in text:
        text = _REMNANT.sub(" ", text)
    return text


def without_dateline(text: str) -> str:
    """Take the place and agency from the start of a story: where it was written is not what it is about."""
    dateline = _DATELINE.match(text)
    return text[dateline.end() :] if dateline else text
