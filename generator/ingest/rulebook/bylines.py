"""What bylines are made of, in all languages: words that open one, that join names, and that are no part of a name.

Bylines stand in texts (`splitting.bylines`), where a line must show that it is one, and in fields of feeds and
records (`feeds.authors`), which hold nothing else. What both of them read is here.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_ADDRESSED = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255} ?\((?P<name>[^()@]{2,80})\)")
_ADDRESS = re.compile(
    r"<[^<>]{0,200}>|\([^()@]{0,80}@[^()@]{0,80}\)|[^\s@]{1,64}@[^\s@]{1,255}|(?:https?:)?//\S+|www\.\S+"
)
_SIGN = r"(?:,(?! ?[JS]r\b)|[;،、]|(?<![ァ-ヺー])・|・(?![ァ-ヺ]))"  # in katakana a dot stands within a name


@dataclass(frozen=True, slots=True)
class Bylines:
    """The words of bylines; `languages/en/rules.toml` explains what each group is.

    Attributes:
        opening: meets what opens a byline, with the colon or the space behind it.
        field_opening: the same for a field that holds a byline and nothing else.
        joint: what stands between two names.
        field_lead: where a name ends in a field, because a place or a paper follows.
        joins: words that join names, folded, as are all that follow.
        roles: words that name no person.
        ends: with which a role ends.
        leads: words that lead from a name to a place or a paper.
        particles: words in small letters that are part of a name.
        starts: words that open a sentence.
    """

    opening: re.Pattern[str]
    field_opening: re.Pattern[str]
    joint: re.Pattern[str]
    field_lead: re.Pattern[str]
    joins: frozenset[str]
    roles: frozenset[str]
    ends: tuple[str, ...]
    leads: frozenset[str]
    particles: frozenset[str]
    starts: frozenset[str]

    def opened(self, text: str) -> str:
        """Give what follows the words that open a byline, "" where none do."""
        found = self.opening.match(text)
        return text[found.end() :].strip() if found else ""


def bylines_of(listed: Callable[[str], Iterable[str]], fold: Callable[[str], str]) -> Bylines:
    """Put the words of bylines together.

    Args:
        listed: gives the words of a group, of all languages.
        fold: reduces a word to what its spellings share.
    """
    opens, joins, particles = ([*listed(name)] for name in ("opens", "joins", "particles"))
    return Bylines(
        opening=_opening(opens),
        field_opening=_opening([*opens, *listed("field_opens")]),
        joint=_joint(joins, particles),
        field_lead=re.compile(rf" (?:{_any(listed('field_leads'))}) (?=[^\W\d_])", re.IGNORECASE),
        joins=frozenset(map(fold, joins)),
        roles=frozenset(map(fold, listed("roles"))),
        ends=tuple(dict.fromkeys(map(fold, listed("ends")))),
        leads=frozenset(map(fold, listed("leads"))),
        particles=frozenset(particles),
        starts=frozenset(map(fold, listed("starts"))),
    )


def without_addresses(text: str) -> str:
    """Take addresses out of a byline; of `desk@ellery.example (Jane Doe)` the name stays. Spaces become single."""
    plain = _ADDRESSED.sub(lambda found: found["name"], " ".join(text.split()))
    return " ".join(_ADDRESS.sub(" ", plain).split())


def _opening(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(words)})(?:(?<=\W)\s*|\s*[:：]\s*|\s+)", re.IGNORECASE)


def _joint(words: Iterable[str], particles: Iterable[str]) -> re.Pattern[str]:
    """What stands between names: a sign, a word, or both.

    A word that may stand within a name (`Ortega y Gasset`) parts two only before a whole name or capitals.
    """
    every = _any(words)
    sure = _any(set(words) - {*particles})
    whole = rf"(?=[^\s,;]+ (?!(?:{every}) )[^\s,;]|(?-i:[A-Z]{{2,8}})\b)"
    return re.compile(rf" ?{_SIGN}(?: ?(?:{every}) )? ?| (?:{sure}) | (?:{every}) {whole}", re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    """Give a pattern for any of some words, the longest first; for none, one that nothing matches."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, ordered)) or "(?!)"
