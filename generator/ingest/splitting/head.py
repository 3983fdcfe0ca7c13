"""What stands around a story's title and says something of it: source, time, byline, labelled lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.ingest.rulebook.rules import Rules, fold
from generator.ingest.splitting.bylines import authors_of, is_byline, is_signature
from generator.ingest.splitting.lines import Line, ends_sentence, glued, names_source, tells, when_of
from generator.ingest.splitting.stamps import same_title
from generator.model import Block

_HEAD = 8  # lines that may stand between a title and its story
_LONGEST_LABELLED = 160  # characters of a `Label: value` line
_LABELLED = re.compile(
    r"(?P<label>[^\W\d_][^\W\d_ ]{0,24}(?: [^\W\d_]{1,12})?)\s?[:：]\s*(?P<value>.*)", re.DOTALL
)
_PIECES = re.compile(r"(?:(?<!\s)\s++)?[|·•]\s*|(?<!\s)\s++[-–—]\s+")
_CLOCK = re.compile(r"\d{1,2}[.:]\d\d(?!\d)")  # with which no source's name begins


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines around a title say of the story.

    `above` says that an aggregator's header stands above, so that the next line is the title whatever it says;
    `title` is the title itself where that header holds it. `lead` says that furniture follows, so that a
    caption may be all there is. `guessed` marks an update's time, which any other beats.
    """

    blocks: tuple[Block, ...] = ()
    source: str = ""
    published: str = ""
    published_line: int = 0
    guessed: bool = False
    above: bool = False
    title: Line | None = None
    lead: bool = False
    authors: tuple[str, ...] = ()


def take_head(
    head: Head, lines: Sequence[Line], rules: Rules, title: Line | None = None, *, below: bool = False
) -> tuple[Head, Sequence[Line]]:
    """Read head lines off the front; `below` a title also its copies and what only the next line explains."""
    for at, line in enumerate(lines[:_HEAD]):
        more = read_head_line(head, line, rules)
        if below and not more:
            more = head if title and same_title(title, line) else _explained(head, lines, at, rules)
        if more is None:
            return head, lines[at:]
        head = replace(more, blocks=(*more.blocks, line.block))
    return head, lines[_HEAD:]


def _explained(head: Head, lines: Sequence[Line], at: int, rules: Rules) -> Head | None:
    """What a line adds that only its neighbour explains: a source above a time, a name above a role, that role."""
    text, after = lines[at].text, lines[at + 1 : at + 2]
    if names_source(text) and any((read_head_line(Head(), one, rules) or Head()).published for one in after):
        return replace(head, source=head.source or text)
    if any(is_signature(text, one.text, rules) for one in after):
        return written(head, text, rules)
    return head if at and is_signature(lines[at - 1].text, text, rules) else None


def take_foot(head: Head, lines: Sequence[Line], rules: Rules) -> tuple[Head, Sequence[Line]]:
    """Read bylines, `Source: …` and its like off the end."""
    for _ in range(_HEAD):
        text = lines[-1].block.text if len(lines) > 1 else ""
        if not is_byline(text, rules) and label_of(text, rules)[0] in ("", "title"):
            break
        more = read_head_line(head, lines[-1], rules) or head
        head, lines = replace(more, blocks=(*more.blocks, lines[-1].block)), lines[:-1]
    return head, lines


def read_head_line(head: Head, line: Line, rules: Rules) -> Head | None:
    """Return the head with what a line adds to it; None where it is no head line."""
    text = line.text
    kind, value = label_of(text, rules)
    if kind == "source":
        return replace(head, source=head.source or value)
    if kind in ("date", "updated"):
        whens = [when for piece in _PIECES.split(value) if (when := _when(piece, rules))]
        return _dated(head, "".join(whens[:1]) or value, line, guessed=kind == "updated")
    if kind == "byline" or is_byline(text, rules):
        return written(head, value or text, rules)
    if kind == "other":
        return head
    if line.when:
        return _dated(head, line.when, line)
    return _read_pieces(head, line, rules)


def _read_pieces(head: Head, line: Line, rules: Rules) -> Head | None:
    """A line that holds a source or a byline and a time side by side."""
    text = line.text.strip("()")
    pieces = [piece for piece in _PIECES.split(text) if piece] if line.plain else []
    whens = [when for piece in pieces if (when := _when(piece, rules))]
    bylines = [piece for piece in pieces if is_byline(piece, rules)]
    others = [piece for piece in pieces if not _CLOCK.match(piece)]
    names = [piece for piece in others if not _when(piece, rules) and piece not in bylines]
    if whens and all(map(names_source, names)):
        for byline in bylines:
            head = written(head, byline, rules)
        return replace(_dated(head, whens[0], line), source=head.source or "".join(names[:1]))
    name, when = glued(text)
    return replace(_dated(head, when, line), source=head.source or name) if name else None


def _when(piece: str, rules: Rules) -> str:
    """The time a piece of a line gives, with or without its label."""
    kind, value = label_of(piece, rules)
    return when_of(value if kind in ("date", "updated") else piece)


def written(head: Head, text: str, rules: Rules) -> Head:
    """Add the authors whom a byline names to a head."""
    return replace(head, authors=tuple(dict.fromkeys((*head.authors, *authors_of(text, rules)))))


def _dated(head: Head, when: str, line: Line, *, guessed: bool = False) -> Head:
    if head.published and (guessed or not head.guessed):
        return head
    return replace(head, published=when, published_line=line.block.line, guessed=guessed)


def label_of(text: str, rules: Rules) -> tuple[str, str]:
    """What a line labels and the value, or ("", "")."""
    if len(text) > _LONGEST_LABELLED:
        return "", ""
    labels = rules.labels
    if found := _LABELLED.fullmatch(text):
        kind = labels.get(fold(found["label"]), "")
        prose = kind != "title" and tells(found["value"]) and ends_sentence(found["value"])
        return (kind, found["value"]) if kind and not prose else ("", "")
    plain = text.casefold()
    for label, kind in labels.items():
        if plain.startswith(label) and kind in ("date", "updated") and plain[len(label) :].startswith(" "):
            when = when_of(text[len(label) + 1 :])
            if when:
                return kind, when
    return "", ""
