"""Which sentences of a news text are no part of the story, and which cannot be its first, by language.

What is known of a language lies in its `summary.toml`.
"""

import re
from dataclasses import dataclass
from functools import cache

from generator.ingest.languages import read_table
from generator.ingest.wording.sentences import split_sentences

_LANGUAGES = frozenset({"ar", "de", "en", "es", "fr", "ja"})

_AGENCIES = (
    "getty, getty images, shutterstock, istock, afp, reuters, ap photo, epa, wikimedia, flickr, dpa, imago, efe, "
    "picture alliance, europa press"
)
_STOP = re.compile(r"[.!?…。！？｡؟۔।॥][\"'”’»」』）)\]]{0,3}\Z")
_LETTER = re.compile(r"[^\W\d_]")
_BRACKETED = re.compile(
    r"\((?:[^()]{0,60}[^()\w])?(?:Photo|Foto|Getty|AP|AFP|Reuters|EPA|dpa|EFE|Images)(?!\w)[^()]{0,60}\)"
)
_NOTICE = 100  # characters; a longer sentence is no notice
_BEGINNING = 60  # characters in which a notice shows
_FEW = 5  # words of a byline
_END = 24  # characters in which an agency's name ends a sentence


@dataclass(frozen=True, slots=True)
class Leads:
    """What tells the sentences of a language apart.

    Attributes:
        furniture: matches the beginning of a credit or a notice, in small letters.
        byline: matches the beginning of a byline.
        elsewhere: is found, in small letters, in what another site's machine wrote.
        dangling: matches the beginning of a sentence that points back to another.
        said: is found in small letters where somebody speaks who is only a pronoun.
        common: longer words that tell nothing about a topic.
    """

    furniture: re.Pattern[str]
    byline: re.Pattern[str]
    elsewhere: re.Pattern[str]
    dangling: re.Pattern[str]
    said: re.Pattern[str]
    common: frozenset[str]

    def is_notice(self, sentence: str) -> bool:
        """Whether a sentence is a byline, a credit or a notice to the reader."""
        if self.furniture.match(sentence[:_BEGINNING].lower()) or _credited().search(
            sentence[-_END:].lower()
        ):
            return True
        return bool(self.byline.match(sentence) and len(sentence.split()) <= _FEW)

    def is_furniture(self, sentence: str) -> bool:
        """Whether a sentence is a heading or a notice, rather than a part of the story."""
        if not _STOP.search(sentence) or not _LETTER.search(sentence) or " / " in sentence:
            return True
        return self.is_notice(sentence)


def story_sentences(paragraph: str, language: str) -> list[str]:
    """Split a paragraph into its sentences, without bylines, credits and notices, those in brackets too."""
    plain = _BRACKETED.sub(" ", paragraph) if "(" in paragraph else paragraph
    words = leads(language)
    return [one for one in split_sentences(plain) if len(one) > _NOTICE or not words.is_notice(one)]


def says_who_spoke_above(text: str) -> bool:
    """Tell whether somebody speaks in a text, of any language, who is only a pronoun: who it is was said before."""
    low = text.lower()
    return any(leads(language).said.search(low) for language in sorted(_LANGUAGES))


@cache
def leads(language: str) -> Leads:
    """Read a language's `summary.toml` from the package, once; English stands in where there is none.

    `language` is a BCP 47 tag; only its first part counts.
    """
    code = language.replace("_", "-").partition("-")[0].lower()
    if code not in _LANGUAGES:
        return leads("en")
    table = read_table(code, "summary")
    behind, around = ("", "") if code == "ja" else (r"(?!\w)", r"\b")
    credited = rf"(?:{_any_of(table['credits'])})(?:\s?[:：]|(?: {_any_of(table['by'])}){around})"
    return Leads(
        furniture=re.compile(rf"(?:{credited}|(?:{_any_of(table['notices'])}){behind})"),
        byline=re.compile(rf"(?i:{_any_of(table['by'])}) [^\W\d_a-z]"),
        elsewhere=re.compile(_any_of(table["elsewhere"])),
        dangling=re.compile(
            rf"[\"'“‘«„¿¡「]?\s?(?:\(|(?:{_any_of(table['points_back'])}){behind})", re.IGNORECASE
        ),
        said=re.compile(rf"{around}(?:{_any_of(table['said'])}){around}"),
        common=frozenset(table["common"].split()),
    )


@cache
def _credited() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of(_AGENCIES)})\W{{0,3}}\Z")


def _any_of(phrases: str) -> str:
    """A regular expression for phrases that commas part."""
    return "|".join(" ".join(re.escape(word) for word in phrase.split()) for phrase in phrases.split(","))
