"""A site's own rules and terms: what their files may hold, checked before anything is read by them."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Literal, TypeVar

from generator import records
from generator.ingest.classifying.terms import ASIDE, LEVELS
from generator.ingest.rulebook.rules import TABLES, guards_of, rules_of
from generator.ingest.rulebook.weights import lexicon
from generator.model import DatelineError
from generator.records import Record

T = TypeVar("T")
Tables = list[dict[str, Any]] | None
Lists = dict[str, list[str]] | None


class _Rule(Record, frozen=True):
    """A rule as it is written; `languages/en/rules.toml` explains what each key means."""

    id: str
    pattern: str | None = None
    phrases: list[str] | None = None
    weight: int = 1
    where: Literal["sentence", "after", "anywhere", "word"] = "sentence"
    quoted: bool = False
    sure: bool = False
    role: Literal["line", "aside", "end", "foot", "inside", "list", "reply"] = "line"
    opens: bool = False
    begins: list[str] | None = None
    small: list[str] | None = None


class _Rules(Record, frozen=True):
    """A file of rules; the rules themselves are checked one by one, so that each can be named."""

    furniture: Tables = None
    category: Tables = None
    line: Tables = None
    stub: Tables = None
    prefix: Tables = None
    release: Tables = None
    promotion: Tables = None
    page: Tables = None
    block: Tables = None
    list: Tables = None
    voice: Lists = None
    weights: Lists = None
    words: dict[str, str] | None = None
    labels: Lists = None
    byline: Lists = None
    guard: dict[str, str] | None = None


def check_rules(own: Mapping[str, Any], name: str) -> None:
    """Check a site's own rules, a file in the form of `languages/en/rules.toml`.

    Args:
        own: its tables.
        name: how to name it.

    Raises:
        DatelineError: it cannot be used; the message names the file and the rule.
    """
    _fit(own, _Rules, name)
    for table in TABLES:
        for rule in own.get(table, ()):
            where = f"{name}: rule {rule.get('id', '?')!r} in `{table}`"
            said = _fit(rule, _Rule, where)
            if not (said.pattern or said.phrases):
                raise DatelineError(f"{where}: it has neither a `pattern` nor `phrases`")
    try:
        for table in TABLES:
            list(rules_of(table, name, own))
        guards_of(own, name)
        lexicon([own.get("weights") or {}])
    except DatelineError as error:
        raise DatelineError(f"{name}: {error}") from None


def check_terms(own: Mapping[str, Any], name: str) -> None:
    """Check a site's own terms, a file in the form of `languages/en/topics.toml`, as `check_rules` does."""
    terms = _fit(own, dict[str, dict[str, list[str]]], name)
    for topic, levels in terms.items():
        for level in levels:
            if topic != ASIDE and level not in LEVELS:
                known = ", ".join(LEVELS)
                raise DatelineError(f"{name}: `{topic}.{level}` is no level of evidence; there are {known}")


def _fit(data: Any, kind: type[T], where: str) -> T:  # noqa: ANN401 - whatever TOML gave
    try:
        return records.convert(data, kind)
    except records.Mismatch as mismatch:
        place = f"`{'.'.join(mismatch.where)}`: " if mismatch.where else ""
        unknown = set(data) - set(records.fields(kind)) if records.fields(kind) else set()
        near = [name for one in sorted(unknown) for name in get_close_matches(one, records.fields(kind), 1)]
        hint = f"; did you mean `{near[0]}`?" if near else ""
        said = f"{str(mismatch)[:1].lower()}{str(mismatch)[1:]}"
        raise DatelineError(f"{where}: {place}{said}{hint}") from None
