"""The rules by which ingest reads pages, from `languages/*/rules.toml` and the site's own, compiled once.

The files of all languages always hold, for nothing says which language a page's own words are in. They are read in
the order of their languages' codes, each file from its top; then comes what the site adds. A rule may have the id
of another: together they are one rule, which is switched off as one.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any

from generator import records
from generator.ingest.languages import codes, has_table, read_table, read_tables
from generator.ingest.rulebook.alternatives import Alternatives, alternatives, any_of
from generator.ingest.rulebook.bylines import Bylines, bylines_of
from generator.ingest.rulebook.patterns import NO_PATTERN, expand
from generator.ingest.rulebook.rule import Rule, WholeLines
from generator.ingest.rulebook.structural import STRUCTURAL
from generator.ingest.rulebook.weights import Lexicon, lexicons
from generator.ingest.wording.arabic import spelled
from generator.model import DatelineError

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u0640\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_UNSEEN |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x064B, 0x0653)])
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "\u00a0": " ", "أ": "ا", "إ": "ا", "آ": "ا"}
)
_FOLDED: dict[int, str | int | None] = {**_UNSEEN, **_SAME}
_TWICE = re.compile("\u00e2\u20ac[\u02dc\u2122]")
TABLES = tuple("furniture category line stub prefix release promotion clause page block list".split())  # noqa: SIM905
"""The tables of rules that a file may have."""

_VOICE = ("certain", "page", "reader", "calls", "follows", "asks", "tells")
_FILES = ("rules", "junk", "weights")
_OWN = "own"
_FEWEST_JOINED = 3  # rules that begin with one word and are tried as one

FIGURE = "0"
"""Stands for any figure among the words with which rules begin."""


def fold(text: str) -> str:
    """Reduce a line to what its spellings share.

    That is without capitals, curly apostrophes, `…`, characters that show nothing, Arabic vowel marks and forms of
    alif, and with single spaces; what was encoded twice counts as what it was.
    """
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if not text.isascii():
        text = _TWICE.sub("'", text).translate(_FOLDED)
    return " ".join(text.casefold().split())


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules that hold.

    Attributes:
        furniture: lines of an aggregator's page, weighed in clusters.
        categories: what a bullet in a header names beside the source.
        lines: lines that are never a story's.
        stubs: lines that promise a story and are none.
        prefixes: what may stand before a title and is no part of it; patterns meet its start as it stands.
        release: a release's parts by id; patterns meet the start of a folded line.
        labels: a folded label to the kind of what it labels.
        byline: the words of bylines.
        promotions: what is cut out of bodies.
        clauses: the same where only words tell where one ends; they meet text as `wording.arabic` folds it.
        opening: a word with a capital or in capitals to the places of the promotions that begin with it.
        small: the same for words in small letters.
        at_once: words of `opening` that begin many a sentence of a story, and marks, to a rule for what any of the
            promotions that begin with them is.
        blocks: whole blocks of a body that are no part of the story.
        lists: headings of lists of links inside a body.
        page: lines of a site's page that was captured whole, and none of its story.
        guards: by language, then by name: what vetoes a promotion.
        voice: phrases and words by what they show of who speaks, the page or the story.
        weights: by language, what words and phrases weigh, the page's and the story's.
        without: the ids of the rules that are switched off.
        known: the ids of all, those too.
    """

    furniture: WholeLines
    categories: WholeLines
    lines: WholeLines
    stubs: WholeLines
    prefixes: tuple[Rule, ...]
    release: Mapping[str, re.Pattern[str]]
    labels: Mapping[str, str]
    byline: Bylines
    promotions: tuple[Rule, ...]
    clauses: tuple[Rule, ...]
    opening: Mapping[str, tuple[int, ...]]
    small: Mapping[str, tuple[int, ...]]
    at_once: Mapping[str, Rule]
    blocks: WholeLines
    lists: WholeLines
    page: Alternatives[Rule]
    guards: Mapping[str, Mapping[str, re.Pattern[str]]]
    voice: Mapping[str, frozenset[str]]
    weights: Mapping[str, Lexicon]
    without: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()

    def drops(self, id_: str) -> bool:
        """Whether the rule of that id may drop anything: it is not switched off."""
        return id_ not in self.without

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all rules that can be switched off, sorted, those that are included."""
        return tuple(sorted(self.known))


def load_rules(own: Mapping[str, Any] | None = None, without: Iterable[str] = frozenset()) -> Rules:
    """Compile the package's rules and those of a site, but for some.

    Args:
        own: tables in the form of `rules.toml`; its `[words]` are its own.
        without: ids of rules to leave out, as `--keep` names them.

    Raises:
        DatelineError: an id that no rule has, with those it may have meant; a rule that cannot be read.
    """
    return _loaded(records.encode(own) if own else b"", frozenset(without))


@lru_cache(maxsize=8)
def _loaded(own: bytes, without: frozenset[str]) -> Rules:
    """Compile once in each process: whoever reads a batch of documents brings the site's own rules along."""
    tables = [(_OWN, records.decode(own, dict[str, Any]))] if own else []
    return _combined([*_packaged(), *tables], without)


@cache
def _packaged() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    return tuple(
        (code, read_table(code, name)) for code in codes() for name in _FILES if has_table(code, name)
    )


def _combined(files: Sequence[tuple[str, Mapping[str, Any]]], without: frozenset[str]) -> Rules:
    tables = {name: [rule for code, file in files for rule in rules_of(name, code, file)] for name in TABLES}
    known = frozenset(rule.id for rules in tables.values() for rule in rules) | {*STRUCTURAL}
    for id_ in sorted(without - known):
        near = get_close_matches(id_, sorted(known), cutoff=0.5)
        raise DatelineError(f"no rule is called {id_!r}" + (f": is it {' or '.join(near)}?" if near else ""))
    held = {name: [rule for rule in rules if rule.id not in without] for name, rules in tables.items()}
    return Rules(
        furniture=_whole(held["furniture"]),
        categories=_whole(held["category"]),
        lines=_whole(held["line"]),
        stubs=_whole(held["stub"]),
        prefixes=tuple(held["prefix"]),
        release=dict(_by_id(held["release"], tables["release"])),
        labels={label: kind for _, file in files for label, kind in _labels(file)},
        byline=bylines_of(lambda name: _words_of(files, "byline", name), fold),
        promotions=tuple(held["promotion"]),
        clauses=tuple(held["clause"]),
        opening=_openings(held["promotion"]),
        small=_places(rule.small for rule in held["promotion"]),
        at_once=dict(_joined(held["promotion"])),
        blocks=_whole(held["block"]),
        lists=_whole(held["list"]),
        page=alternatives((rule, rule.phrases, rule.expression, rule.opens) for rule in held["page"]),
        guards=_all_guards(files),
        voice={name: frozenset(_words_of(files, "voice", name)) for name in _VOICE},
        weights=lexicons(files, _OWN),
        without=without,
        known=known,
    )


def rules_of(name: str, code: str, file: Mapping[str, Any]) -> Iterator[Rule]:
    """Give the rules of one table of a file; `code` says whose it is. Patterns of a site's own are compiled.

    Raises:
        DatelineError: one cannot be read.
    """
    words = tuple(file.get("words", {}).items())
    if name == "clause":
        words = tuple((word, spelled(pattern)) for word, pattern in words)
    for table in file.get(name, ()):
        fields = dict(table)
        if name == "clause":
            fields["pattern"] = rf"(?:{spelled(fields['pattern'])})(?!\w)"
        try:
            fields["expression"] = expand(fields.pop("pattern", ""), words)
            fields |= {name: tuple(fields.pop(name, ())) for name in ("phrases", "begins", "small")}
            fields["phrases"] = tuple(map(fold, fields["phrases"]))
            rule = Rule(**fields, language=code)
            if code not in codes():
                _ = rule.pattern  # who wrote it is told at once what is wrong with it
            yield rule
        except (TypeError, *NO_PATTERN) as error:
            raise DatelineError(
                f"rule {table.get('id', '?')!r} of {code!r} cannot be read: {error}"
            ) from error


def _whole(rules: Sequence[Rule]) -> WholeLines:
    phrases: dict[str, Rule] = {}
    for rule in rules:
        for phrase in rule.phrases:
            phrases.setdefault(phrase, rule)
    return WholeLines(phrases, tuple(rule for rule in rules if rule.expression))


def _openings(rules: Sequence[Rule]) -> dict[str, tuple[int, ...]]:
    """The places of rules by each word that may open them, as it is written, and by "" of those that say none."""
    return _places(
        [form for word in rule.begins for form in (word.capitalize(), word.upper())]
        or ([] if rule.small or rule.where == "after" else [""])
        for rule in rules
    )


def _joined(rules: Sequence[Rule]) -> Iterator[tuple[str, Rule]]:
    stops = {word for _, table in read_tables("words") for word in table.get("stop", "").split()}
    for word, places in _openings(rules).items():
        everyday = word == FIGURE or word.lower() in stops or len(word) == 1
        if everyday and len(places) >= _FEWEST_JOINED:
            yield word, Rule("", any_of(rules[place].expression for place in places))


def _places(words: Iterable[Iterable[str]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for place, group in enumerate(words):
        for word in dict.fromkeys(group):
            found.setdefault(word, []).append(place)
    return {word: tuple(places) for word, places in found.items()}


def _by_id(held: Sequence[Rule], every: Sequence[Rule]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """One pattern per id, made of those of all languages; one that matches nothing where the rule is off."""
    for id_ in dict.fromkeys(rule.id for rule in every):
        yield id_, re.compile(any_of(rule.expression for rule in held if rule.id == id_))


def _labels(file: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, labels in file.get("labels", {}).items():
        yield from ((fold(label), kind) for label in labels)


def _words_of(files: Sequence[tuple[str, Mapping[str, Any]]], table: str, name: str) -> Iterator[str]:
    for _, file in files:
        yield from file.get(table, {}).get(name, ())


def _all_guards(files: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[str, dict[str, re.Pattern[str]]]:
    found: dict[str, dict[str, re.Pattern[str]]] = {}
    for code, file in files:
        found.setdefault(code, {}).update(guards_of(file, code))
    return found


def guards_of(file: Mapping[str, Any], code: str) -> dict[str, re.Pattern[str]]:
    """Compile what vetoes promotions, as `rules_of` does."""
    words = tuple(file.get("words", {}).items())
    try:
        return {name: re.compile(expand(pattern, words)) for name, pattern in file.get("guard", {}).items()}
    except NO_PATTERN as error:
        raise DatelineError(f"a guard of {code!r} cannot be read: {error}") from error
