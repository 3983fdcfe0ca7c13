"""Every reader on inputs that nearly are what it reads: seeds cut, spliced, repeated, nested, with bytes changed.

`make fuzz` tries the same for as long as one likes, guided by coverage. What either finds is kept in `found/`.
"""

import json
import os
from pathlib import Path

import fuzz_checks as checks
import pytest
from fuzz_targets import FOUND, TARGETS, Target
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import appearance, config, hosts, records

TIMES = 30 if os.environ.get("EXPLORE") else 1
LONGEST = 12_000
"""Bytes of an input: what is long and slow is tried elsewhere."""


def tried(examples: int) -> settings:
    """Try so many examples, however long each takes."""
    return settings(max_examples=examples * TIMES, deadline=None, suppress_health_check=list(HealthCheck))


def found() -> list[Path]:
    return sorted(path for path in FOUND.rglob("*") if path.is_file() and path.name != "README.md")


@pytest.mark.parametrize("path", found(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_once_broke_a_reader_breaks_none(path: Path) -> None:
    TARGETS[path.parent.name].check(path.read_bytes())


def test_what_was_found_is_told() -> None:
    told = (FOUND / "README.md").read_text()

    assert [
        str(path.relative_to(FOUND)) for path in found() if f"`{path.relative_to(FOUND)}`" not in told
    ] == []


@pytest.mark.parametrize("name", TARGETS)
def test_every_seed_is_read(name: str) -> None:
    seeds = TARGETS[name].seeds()

    assert seeds
    for seed in seeds[:: max(1, len(seeds) // 6)]:
        TARGETS[name].check(seed)


@st.composite
def damaged(draw: st.DrawFn, target: Target) -> bytes:
    """Draw an input that some damage was done to."""
    seeds = target.seeds()
    piece = st.sampled_from(seeds).flatmap(spans)
    whole = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(whole)))
        end = start + draw(st.integers(0, 40))
        word = draw(st.sampled_from(target.words or ("\0",)).map(str.encode) | st.binary(max_size=4))
        match draw(st.sampled_from(["cut", "put", "splice", "repeat", "nest", "end", "flip"])):
            case "cut":
                del whole[start:end]
            case "put":
                whole[start:end] = word
            case "splice":
                whole[start:start] = draw(piece)
            case "repeat":
                whole[start:end] = whole[start:end] * draw(st.integers(2, 30))
            case "nest":
                whole[start:start] = word * draw(st.integers(2, 60))
            case "end":
                del whole[start:]
            case _ if start < len(whole):
                whole[start] ^= 1 << draw(st.integers(0, 7))
    return bytes(whole[:LONGEST])


def spans(seed: bytes) -> st.SearchStrategy[bytes]:
    """Give pieces of a seed."""
    starts = st.integers(0, max(0, len(seed) - 1))
    return st.tuples(starts, st.integers(1, 200)).map(lambda span: seed[span[0] : sum(span)])


@pytest.mark.parametrize("name", TARGETS)
def test_no_damage_breaks_a_reader_or_loses_a_line(name: str) -> None:
    target = TARGETS[name]

    @tried(target.examples)
    @given(damaged(target))
    def reads(data: bytes) -> None:
        target.check(data)

    reads()


TABLES = {
    "site": config.Site,
    "ingest": config.Ingest,
    "build": config.Build,
    "feeds": config.Feeds,
    "theme": appearance.Theme,
    "search": config.Search,
}
texts = st.text(max_size=8) | st.sampled_from(
    ["", "en", "UTC", "https://a.example/", "..", "/x", "#a33", "sport", "\x07", "full"]
)
scalars = texts | st.integers(-2, 2000) | st.booleans() | st.floats() | st.just("1979-05-27")
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=4,
)


def toml(value: object) -> str:
    """Write a value as TOML does, whose strings are those of JSON but for halves of characters."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(str(name))} = {toml(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return (
        json.dumps(value, ensure_ascii=False)
        .replace("\x7f", "\\u007f")
        .replace("NaN", "nan")
        .replace("Infinity", "inf")
    )


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Draw a configuration whose keys are right, and whose values may be of any type."""
    lines = []
    for name, kind in TABLES.items():
        keys = draw(st.lists(st.sampled_from(records.fields(kind)), max_size=3, unique=True))
        lines += [f"[{name}]", *(f"{key} = {toml(draw(values))}" for key in keys)]
    for name in ("topics", "tags.aliases", "pages"):
        lines += [
            f"[{name}]",
            *(f"{toml(key)} = {toml(draw(values))}" for key in draw(st.sets(texts, max_size=2))),
        ]
    kind = draw(st.sampled_from(list(hosts.KINDS.values())))
    keys = draw(st.lists(st.sampled_from(records.fields(kind)), max_size=3, unique=True))
    lines += [
        "[publish.x]",
        f'kind = "{draw(st.sampled_from(list(hosts.KINDS)))}"',
        *(f"{key} = {toml(draw(values))}" for key in keys),
    ]
    return "\n".join(draw(st.permutations(lines)) if draw(st.integers(0, 9)) == 0 else lines)


@tried(100)
@given(tables())
def test_any_tables_are_a_configuration_or_an_error_on_one_of_its_lines(text: str) -> None:
    checks.check_configuration(text.encode("utf-8", "replace"))
