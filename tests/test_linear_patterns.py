"""The regular expressions of the package take time in proportion to their text: proven, or allowed for a reason."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from types import ModuleType

import pytest
from ambiguity import judge

from generator.ingest.splitting import bylines, head, titles
from generator.ingest.webpages import metadata

ROOT = Path(__file__).resolve().parent.parent

ALLOWED: Mapping[tuple[str, str], str] = {
    ("markdown.py", "<p>(.*?)</p>"): "what it reads is from nh3, which ends every paragraph",
    ("markdown.py", '<sup id=\\"fnref'): "the same",
    ("markdown.py", '<sup id="fnref'): "what it reads is from nh3, which ends every element and every tag",
    ("ingest/wording/sentences.py", r"[^—–/(\[\"“‘«]*\Z"): "searched in forty characters",
    ("ingest/wording/abbreviations.py", r"(?:[^\W\d_]{1,2}\.-?)+"): "only ever has to meet a word as a whole",
    ("ingest/webpages/page_markup.py", "[A-Z]?[a-z]+|[A-Z]+(?![a-z])"): "at most one step back and it is met",
    ("ingest/cleaning/weighing.py", r"(?<![^\s(])[\"“«](?=\w)"): "searched in four hundred characters",
    (
        "ingest/cleaning/escape.py",
        r"(?<![\s*])\*+|",
    ): "a run of four is met where it begins, shorter ones are short",
    ("ingest/cleaning/escape.py", r"(?<![\w])_+(?=\S)|"): "the same",
    ("ingest/cleaning/scales.py", r"\s*(?:Are|Were|Have"): "tried at the beginning of a sentence only",
    (
        "ingest/splitting/head.py",
        r"(?P<label>",
    ): "a value of white space alone is none, and lines come without it",
    ("ingest/kinds.py", r"(?:\s++|<\?[^>]*+>|<!--"): "what a comment begins with, nothing else in it does",
    ("ingest/feeds/feedmend.py", r"<!DOCTYPE[^\[>]*+"): "looked for once in a document",
    (
        "blocks.py",
        r"[\x00-\x1f\\*_`<&\]\ud800-\udfff\[",
    ): "lists begin behind blank lines only, and hold none",
    ("checking/hazards.py", r"on(?<![a-z0-9-]on)[a-z]+\s*="): "begins only where a word does",
    ("hosts.py", ""): "the owner's own configuration",
    ("config.py", "unknown field `"): "the same",
    ("scalars.py", ""): "tried where the last one ended, so that a line is read once",
    ("ingest/rulebook/alternatives.py", ""): "has to meet a line of at most two hundred characters",
    ("ingest/rulebook/patterns.py", r"\[(?:\\.|[^\]\\])*\]"): "a rule of the owner's",
    ("publishing/", ""): "what the owner's tools say, or the owner's addresses",
}
"""By the beginnings of a module's path and of an expression: why it is none the worse for what the proof finds."""

RULES: Mapping[str, str] = {
    r"(?:(?:مشاركة|شارك(?:ها|ه)?)(?:\s{1,9})(?:عبر": "has to meet a line of at most two hundred characters",
    r"(?:(?:(?:و)?(?:\w{2,12}(?:\s{1,9})){1,3}?(?:غير": "what is read twice are at most five words",
    r"(?:(?:Share(?:\s{1,9})this(?:\s{1,9})(?:article|story|post|page)": "all blocks at once, judged one by one",
    r"\A\s*(?:(?:First(?:\s{1,9})|Last(?:\s{1,9})|Originally(?:\s{1,9}))?(?:[Pp]ublished|[Uu]pdated|[Pp]osted|": (
        "each word is in an atomic group, which ends where the word does"
    ),
    r"(?:(?:#{3,}|(?:#(?:\s{1,9})){2,10}#": "tried at the beginning of a line",
    r"(?:#{3,}|(?:#(?:\s{1,9})){2,10}#": "tried at the beginning of a line",
    r"(?=.*inbox\.?\Z)": "has to meet a line of at most two hundred characters",
    r"(?:(?=.*list(?:\s{1,9})\d)": "has to meet a line of at most two hundred characters",
}
"""The same for rules, by their beginnings."""


def compiled() -> list[tuple[str, str, str | bytes, int]]:
    """Where each expression is compiled, how it is used, it, and its flags; short ones first."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "patterns.py")], capture_output=True, text=True, check=True
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    found = [
        (place, how, text.encode("latin-1") if octets else text, flags)
        for place, how, text, flags, octets in rows
    ]
    return sorted(found, key=lambda row: len(row[2]))


def allowed(place: str, pattern: str) -> bool:
    """Whether an expression is slow for a good reason only."""
    rule = place.startswith("ingest/rulebook/") and any(map(pattern.startswith, RULES))
    return rule or any(place.startswith(module) and pattern.startswith(begins) for module, begins in ALLOWED)


def test_every_expression_of_the_package_takes_time_in_proportion_to_its_text() -> None:
    rows = compiled()
    assert len(rows) > 900
    slow: dict[str, object] = {}
    for place, how, pattern, flags in rows:
        text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
        if not allowed(place, text) and (found := judge(pattern, flags, how)):
            slow[f"{place}: {text}"] = found
    assert slow == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s+$",
        r"(a*)*b",
        r"(?:a|a)*b",
        r"(?:a|ab)*(?:bc)?d",
        r".*foo",
        r"[^<>]*x",
        r"a*+b",
        r"a+(?:b.*c)?",
        r"(?=.*)x",
        r"\s*\w*\s*x",
        r"(?:\w{1,30} ?){1,8}x",
        r"(?:a*b|a)*",
        r"<!--(?:[^-]++|-(?!->))*+-->",
        rb"(?i)A+b",
    ],
)
def test_what_is_slow_is_found(pattern: str | bytes) -> None:
    assert judge(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d+",
        r"\A\s*x",
        r"\b\w+x",
        r"(?<!\S)\S+x",
        r"(?<!a)a*+b",
        r'"[^"]*"',
        r"a*?(?:a*b)?",
        r"(?:[^\s.!?]|\.(?=\w)|(?<=[A-Z])\.(?=\s[A-Z]))++",
        r"<!--(?:[^-]++|-(?!->))*+(?:-->)?",
    ],
)
def test_what_is_not_slow_is_not_called_so(pattern: str) -> None:
    found = judge(pattern)
    assert found == []


def test_what_has_to_be_met_from_the_start_reads_its_text_once() -> None:
    assert judge(r"[^<>]*x", how="search")
    assert not judge(r"[^<>]*x", how="match")
    assert judge(r"\s*\s*", how="fullmatch")
    assert not judge(r"\s*\s*", how="match")


@pytest.mark.parametrize(
    ("before", "now", "of"),
    [
        (r"\s*[|·•]\s*|\s+[-–—]\s+", (head, "_PIECES"), "a |·-– \n"),
        (r"\s*[|·•/(]\s*|\s+[-–—]\s+", (bylines, "_PARTS"), "a |/-( \n"),
        (r"\s+[-–—|]\s+", (titles, "_JOINED"), "a -| \n"),
        (r"(?i)\s*(?:by|von|par|por|di)\s+(?=\S)", (metadata, "_BY"), ["by", "di", " ", "x", "\n"]),
    ],
)
def test_what_separates_is_found_where_the_plain_expression_finds_it(
    before: str, now: tuple[ModuleType, str], of: Sequence[str]
) -> None:
    plain, expression = re.compile(before), getattr(*now)
    for length in range(6):
        for signs in product(of, repeat=length):
            text = "".join(signs)
            assert expression.split(text) == plain.split(text), text
