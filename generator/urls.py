"""Names to slugs, slugs to paths, paths to links. All of it pure: an address depends on its own thing only.

A path is relative to the site's root and has no leading slash: `2025/06/02/bridge/` is a page's folder,
`rss.xml` a file.
"""

import hashlib
import re
import unicodedata
from datetime import datetime, tzinfo
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from generator.characters import shown, without_floods

INDEX = "index.html"
"""The file a folder's address is served from."""

LONGEST_SLUG = 100
"""Bytes of a slug: with `.md` or a suffix it stays well below the 255 bytes file systems allow a name."""

_MEANT = (("+", " plus "), ("#", " sharp "), ("&", " and "), ("@", " at "), ("%", " percent "))
_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i"}
)
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Soft hyphens, zero-width spaces, direction marks: they change how a name is set, not which name it is."""
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_POINT_FIRST = re.compile(r"(?<!\S)\.(?=\w)")
_SLUG = re.compile("[a-z0-9]++(?:-[a-z0-9]++)*+")
"""What is a slug already, as nearly every file's name."""

_PATH = re.compile("[A-Za-z0-9/._~-]*+")
"""What an address may hold as it is (RFC 3986, unreserved)."""

_WEB = re.compile(r"https?://[a-z0-9][a-z0-9.-]*+(?:/[!-~]*+)?+")
"""An address on the web that is surely well formed."""

_ACRONYM = re.compile(r"\b(?:[^\W\d_]\.){2,}")


@lru_cache(maxsize=16_384)
def slug(name: str) -> str:
    """Make the slug of a term: a topic, a tag, a source.

    Case, Unicode form (NFKC) and Latin diacritics fold away, and so does punctuation; other scripts stay as
    they are. What folding would lose and readers tell apart is kept: `+ # & @ %` and a leading point as
    words; any other symbol, and what is cut from an over-long name, by a short digest of the name.

    Returns:
        One to `LONGEST_SLUG` bytes of lower-case words joined by `-`. The same name always gives the same
        slug; two names with equal slugs are one term.
    """
    if len(name) <= LONGEST_SLUG - 9 and _SLUG.fullmatch(name):
        return name
    folded = _fold(name)
    plain = _words(folded)
    short = _cut(plain, LONGEST_SLUG - 9)
    lossless = plain == short and not any(_is_symbol(character) for character in _spell_out(folded))
    if plain and lossless:
        return plain
    return "-".join(part for part in (short, _short_digest(folded)) if part)


def article_slug(title: str, longest: int = 80) -> str:
    """Make the file name of an article from its title, cut between words to `longest` bytes.

    Two titles may give one slug: who names a file makes it unique. Never empty.
    """
    if len(title) <= longest and _SLUG.fullmatch(title):
        return title
    folded = _fold(title)
    return _cut(_words(folded), longest) or f"story-{_short_digest(folded)}"


@lru_cache(maxsize=256)
def language_code(tag: str) -> str:
    """Give the code of a language, as addresses have it, from a tag (BCP 47): `pt-BR` is `pt`."""
    return slug(re.split("[-_]", tag, maxsplit=1)[0])


def article_path(date: datetime, name: str, zone: tzinfo) -> str:
    """Address an article by its day in the site's time zone and its slug: `2025/06/02/bridge/`."""
    return f"{day_path(date.astimezone(zone).date().isoformat())}{name}/"


def day_path(day: str) -> str:
    """Turn `2025-06-02`, `2025-06` or `2025` into the path of that day, month or year."""
    return day.replace("-", "/") + "/"


def index(path: str) -> str:
    """Name the file that a folder's address is served from."""
    return path + INDEX


def base_path(base_url: str) -> str:
    """Give the path a site is served below, with a slash at both ends: `/` or `/digest/`."""
    return f"/{urlsplit(base_url).path.strip('/')}/".replace("//", "/")


def link(base: str, path: str) -> str:
    """Join a base (`/digest/` or `https://example.org/digest/`) and a path into an address (RFC 3986)."""
    return base + (path if _PATH.fullmatch(path) else quote(path, safe="/"))


def unquoted(address: str) -> str:
    """Give the file name an address in HTML stands for: percent signs decoded, query and fragment off."""
    return unquote(address.partition("#")[0].partition("?")[0])


def is_web(address: str) -> bool:
    """Tell whether an address is an http or https one that a browser and an XML document can hold."""
    if _WEB.fullmatch(address):
        return True
    if not re.match(r"https?://[^\s/]", address) or re.search(r"[\x00-\x20\x7f]", address):
        return False
    if shown(address) != address:
        return False
    try:
        return bool(urlsplit(address).hostname) and urlsplit(address).port != 0
    except ValueError:  # brackets that hold no IPv6 address, a port that is no number
        return False


def absolute(base_url: str, address: str) -> str:
    """Make a path absolute; an address that is absolute already, or empty, stays as it is."""
    return address if not address or re.match("https?:", address) else link(base_url, address)


def _fold(name: str) -> str:
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", without_floods(name)))
    text = " ".join(seen.casefold().translate(_LATIN).split())
    decomposed = unicodedata.normalize("NFD", text)
    kept = []
    base = ""
    for character in decomposed:
        if not unicodedata.combining(character):
            base = character
        elif base.isascii():
            continue  # a diacritic on a Latin letter; on other letters it is part of the word
        kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def _spell_out(folded: str) -> str:
    for symbol, word in _MEANT:
        folded = folded.replace(symbol, word)
    return _ACRONYM.sub(lambda match: match[0].replace(".", ""), _POINT_FIRST.sub("dot ", folded))


def _is_symbol(character: str) -> bool:
    # Letters, digits, marks and punctuation either stay in a slug or mean nothing to it.
    return unicodedata.category(character)[0] in "SC" and character not in "`´|~\u200c\u200d"


def _words(folded: str) -> str:
    from slugify import slugify  # noqa: PLC0415 - a build with nothing to do makes no slug

    spelled = _APOSTROPHES.sub("", _spell_out(folded))
    return slugify(
        spelled,
        allow_unicode=True,
        algorithm="modern",
        backend="text-unidecode",
        entities=False,
        decimal=False,
        hexadecimal=False,
    )


def _cut(words: str, longest: int) -> str:
    if len(words.encode()) <= longest:
        return words
    cut = words.encode()[: longest + 1].decode(errors="ignore")
    return (cut.rpartition("-")[0] or cut.encode()[:longest].decode(errors="ignore")).strip("-")


def _short_digest(folded: str) -> str:
    return hashlib.blake2b(folded.encode(errors="surrogatepass"), digest_size=4).hexdigest()
