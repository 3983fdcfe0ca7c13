"""Damage that scraping did to a text's characters, undone: encodings, unseen characters, spaces, quotations."""

import re

import ftfy

from generator.characters import shown, without_floods
from generator.ingest.cleaning.markup import unmarked
from generator.ingest.cleaning.quotation import paired

_FTFY = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    explain=False,
)
_REPAIRS = 8  # rounds after which a text that still changes is taken as it is

# Characters in which there is neither mojibake nor anything unseen: ftfy leaves a text of them as it is. So it does
# with other letters of Latin-1 and a few signs, as long as none stands beside another: mojibake takes two.
_WHOLE = re.compile(r"(?:[ -~\n\t‘’“”–—…]++|(?<![^\x00-\x7f])[£€§°½à-öø-ÿÄÉÖÜ](?![^\x00-\x7f]))*+\Z")
_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u202d\u202e\u2060-\u2064\u206a-\u206f\ufeff"
    r"\ufff9-\ufffc\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff]"
    r"|(?P<flag>\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)|[\U000e0000-\U000e007f]"
    r"|(?<![^\x00-\x7f\s])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\s])"
)
_PARTING = re.compile(r"[\x0b\x1c-\x1f]")  # controls that part lines or words, which ftfy would join
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]")
_FRENCH = re.compile(
    r"\b(?:les?|des|une|est|dans|pour|qui|du|et|sur|aux|ce|pas|vous|nous)\b|[éèêàçùœ]|« | »|\b[ldnsc]['’](?=\w)"
)
_BEFORE_MARKS = (" .", " ,", " ،", " ؛", " ؟", " ’s", " 's", " )", " ]", "( ")
_STRAY_SPACE = re.compile(
    r"(?<=[^\s.]) (?=\.(?! \.)(?:[\s\"'”’)\]]|\Z))"
    r"|(?<=\S) (?=[,،؛؟](?:[\s\"'”’)\]]|\Z))"
    r"|(?<=\w) (?=[’']s(?:[\s,.;:!?)]|\Z))"
    r"|(?<=\S) (?=[)\]])|(?<=(?<![:;=8xX'-])\() (?=\w)"
)
_CLOSE = re.compile(r"[.!?…”»)][“‘«(]{0,2}[A-ZÀ-ÖØ-Þ]")
# A sentence that begins right behind another: no initials, addresses or abbreviations with capitals in them.
_NO_SPACE = re.compile(
    r"(?<![\w/@.:'’-])((?:[^\W\d_][^\W\dA-Z_]{2,40}|\d{4})[.…]|(?:[^\W\d_][^\W\dA-Z_]{1,40}[.]?[”»)]?|\d{2,4})[!?]"
    r"|[^\W\d_][^\W\dA-Z_]{1,40}(?:[.!?…][”»)]|[”»)][.!?…]))"
    r"(?=[“‘«(]?(?:[A-ZÀ-ÖØ-Þ][^\W\dA-Z_]{1,40}(?![\w@/]|\.\w)|[AI] ))"
    r"(?!(?:Com|Net|Org|Co|Io|Info|Biz|Gov|Edu|Js|Py|Ai|Tv)\b)"
)
_BEFORE_TALL_MARKS = (" !", " ?", " ;", " :")
_STRAY_SPACE_BUT_FRENCH = re.compile(r"(?<=\S) (?=[!?](?:[\s\"'”’)\]]|\Z)|[;:](?:\s(?!\d)|\Z))")


def repair(text: str) -> str:
    """Undo what scraping did to a text, without losing a letter or a digit; what is whole stays as it is.

    Markup that was left in it goes, mojibake is decoded again, characters that show nothing go (joiners and
    bidirectional marks stay where a script needs them, and what they open is closed), white space becomes single
    spaces, none before a stop or comma (but as French has it in French), and a quotation that opens curly and
    closes straight, or the other way, gets its curly partner. Idempotent.
    """
    for _ in range(_REPAIRS):
        better = _repaired(text)
        if better == text:
            break
        text = better
    return text


def _flag(found: re.Match[str]) -> str:
    """Keep what is unseen where it makes a flag of a part of a country (Unicode UTS 51, "emoji tag sequence")."""
    return found["flag"] or ""


def _repaired(text: str) -> str:
    text = unmarked(text)
    if not _WHOLE.match(text):
        text = _PARTING.sub(" ", without_floods(text))
        text = _UNSEEN.sub(_flag, ftfy.fix_text(text, _FTFY))
        # Directions that a script needs are closed (`shown`), the others go.
        text = shown(text if _RIGHT_TO_LEFT.search(text) else _DIRECTION.sub("", text))
    text = " ".join(text.split())
    if any(pair in text for pair in _BEFORE_MARKS):
        text = _STRAY_SPACE.sub("", text)
    if _CLOSE.search(text):
        text = _NO_SPACE.sub(r"\1 ", text)
    if any(pair in text for pair in _BEFORE_TALL_MARKS) and len(_FRENCH.findall(text)) * 12 <= text.count(
        " "
    ):
        text = _STRAY_SPACE_BUT_FRENCH.sub("", text)
    return paired(text)
