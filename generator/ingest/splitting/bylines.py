"""Bylines: whether a line is one, whom it names, and one that a body's first sentence follows on the same line."""

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.ingest.rulebook.bylines import without_addresses
from generator.ingest.rulebook.rules import Rules, fold
from generator.ingest.splitting.lines import unseen_before

_LONGEST = 160  # characters
_MOST_WORDS = 14
_MOST_OF_NAME = 5
_FEWEST_OF_NAME = 2
_FEWEST_SHOUTED = 3  # letters of a place in capitals
_LOW_NAME = (2, 3)  # words of a name without capitals
_TOKEN = re.compile(r"\S+")
_PARTS = re.compile(r"(?:(?<!\s)\s++)?[|·•/(]\s*|(?<!\s)\s++[-–—]\s+")
_NO_CAPITALS = re.compile(r"[\u0590-\u08ff\u3040-\u30ff\u3400-\u9fff]")
_ENDS = re.compile(r"[^\W\d_]{4}[.!?]\Z|[!?]\Z")
_OWNS = re.compile(r"['’]s\Z")
_MOST_OF_ROLE = 6  # words
_MARKS = ",.;|&/()"
_QUOTES = "\"'“‘«"


def is_byline(text: str, rules: Rules) -> bool:
    """Whether a line says who wrote the story and nothing else: `By Jane Doe, staff writer`."""
    rest = _opened(text, rules) if len(text) <= _LONGEST else ""
    words = rest.split()
    if not words or len(words) > _MOST_WORDS or _ENDS.search(rest):
        return False
    if _NO_CAPITALS.search(rest) or text == text.lower():
        low = [fold(word) for word in words]
        most = _MOST_OF_NAME if _NO_CAPITALS.search(rest) else _LOW_NAME[1]
        known = rules.byline.starts | rules.byline.leads
        staff = bool(set(low) & rules.byline.roles)
        return staff or (_LOW_NAME[0] <= len(low) <= most and not set(low) & known)
    return _reads(words, rules)


def is_signature(text: str, below: str, rules: Rules) -> bool:
    """Whether a line is a name and the line below it the role of whom it names: `Jane Doe`, `Political editor`."""
    words, roles = text.split(), below.split()
    named = (
        _FEWEST_OF_NAME <= len(words) <= _MOST_OF_NAME and bool(_name(text, rules)) and text != text.lower()
    )
    role = 0 < len(roles) <= _MOST_OF_ROLE and fold(roles[-1]) in rules.byline.ends
    return named and role and not _ENDS.search(text)


def authors_of(text: str, rules: Rules) -> tuple[str, ...]:
    """Return the people a byline names, without roles, places, papers and addresses, none in capitals.

    `text` is a byline or what a label such as `Author:` labels.
    """
    text = _PARTS.split(without_addresses(_opened(text, rules) or text))[0]
    found = (_name(piece, rules) for piece in rules.byline.joint.split(text))
    return tuple(dict.fromkeys(name for name in found if name))


def byline_before(text: str, rules: Rules) -> int:
    """Return where a sentence begins that follows a byline on the same line, 0 where a text opens with none.

    The byline's end must be plain: a mark, a role, a word that opens sentences, a change to capitals or from them.
    """
    skipped = unseen_before(text)
    text = text[skipped : skipped + _LONGEST]
    opened = _opened(text, rules)
    if not opened or not text[:1].isupper() or opened.isupper():
        return 0
    table = rules.byline
    small = table.roles | table.joins | table.leads | table.particles
    tokens = list(_TOKEN.finditer(text))[1 : _MOST_WORDS + 1]
    named: list[str] = []
    for before, token in pairwise([None, *tokens]):
        word = token[0] if token else ""
        bare = word.strip(_MARKS)
        if token and len(named) >= _FEWEST_OF_NAME and not bare.strip("-–—"):
            return skipped + token.end()
        if (
            token
            and len(named) >= _FEWEST_OF_NAME
            and _begins(word, before[0] if before else "", named, rules)
        ):
            return skipped + token.start()
        if not bare[:1].isupper() and fold(bare) not in small:
            shouted = before is not None and len(named) > _FEWEST_OF_NAME and all(map(str.isupper, named))
            return skipped + before.start() if shouted and before else 0
        named += [bare] if bare[:1].isupper() else []
    return 0


def _opened(text: str, rules: Rules) -> str:
    """What follows the words that open a byline, "" where none do."""
    return rules.byline.opened(text[unseen_before(text) :])


def _reads(words: list[str], rules: Rules) -> bool:
    """Whether words are names, roles and what joins them; after a comma a role may be any few words."""
    table = rules.byline
    plain = table.joins | table.roles | table.leads | table.particles | {"", "-", "–", "—"}
    named = False
    for at, word in enumerate(words):
        bare = word.strip(_MARKS)
        if word.endswith(":"):
            return False
        named = named or bare[:1].isupper() or fold(bare) in table.roles
        if not (bare[:1].isupper() or "@" in bare or fold(bare) in plain):
            return at > 0 and words[at - 1].endswith(",") and len(words) - at < _MOST_OF_NAME
    return named


def _name(piece: str, rules: Rules) -> str:
    words: list[str] = []
    for word in piece.split():
        low = fold(word.strip(_MARKS))
        if low in rules.byline.roles:
            return ""
        if low in rules.byline.leads:
            break
        words.append(word.strip(",;|"))
    if not 1 < len(words) <= _MOST_OF_NAME or any(char.isdigit() for char in piece):
        return ""
    small = rules.byline.particles
    named = all(word[:1].isupper() or word in small or _NO_CAPITALS.match(word) for word in words)
    low_name = piece == piece.lower() and len(words) <= _LOW_NAME[1]
    return " ".join(_spelled(words, small, low=low_name)) if named or low_name else ""


def _spelled(words: list[str], small: frozenset[str], *, low: bool) -> Iterator[str]:
    shouted = all(word == word.upper() for word in words)
    for word in words:
        if low and word not in small:
            yield word[:1].upper() + word[1:]
        elif shouted and len(word) > 1 and "." not in word:
            yield re.sub(r"(?<![^\W\d_])(Mc|O['’])?([^\W\d_])", _risen, word.lower(), flags=re.IGNORECASE)
        else:
            yield word


def _risen(found: re.Match[str]) -> str:
    return (found[1] or "").capitalize() + found[2].upper()


def _begins(word: str, before: str, named: list[str], rules: Rules) -> bool:
    """Whether a word can only begin a sentence, or a dateline, after the words before it."""
    bare, last = word.strip(_MARKS), fold(before.strip(_MARKS))
    if word[0] in _QUOTES:
        return True
    if not word[:1].isupper() or fold(bare) in rules.byline.roles:
        return False
    if fold(bare) in rules.byline.starts or last in rules.byline.ends or _OWNS.search(bare):
        return True
    if last in rules.byline.leads | rules.byline.joins or before.endswith(","):
        return False
    shouted = all(name.isupper() for name in named)
    return shouted != bare.isupper() and (shouted or len(bare) >= _FEWEST_SHOUTED)
