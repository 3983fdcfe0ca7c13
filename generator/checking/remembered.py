"""What earlier checks found out about other sites: a file that may be thrown away."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from generator import files, records, writing
from generator.checking.verdicts import State, Verdict
from generator.records import Value

NAME = "outside.json"
"""The file, in the folder of what is remembered of a site."""

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
BELIEVED = {
    State.GOOD: _WEEK,
    State.MOVED: _WEEK,
    State.ROBOTS: _WEEK,
    State.GONE: _DAY,
    State.UNSURE: _DAY,
}
"""How long a verdict is believed. Those that are not here are made anew each time."""


class Memory(Value, frozen=True):
    """A verdict, and when it was found (seconds since 1970)."""

    verdict: Verdict
    when: int


class _Kept(Value, frozen=True):
    """The file. Another version of it is of no use."""

    addresses: dict[str, Memory]
    version: int = 1


def load(path: Path) -> dict[str, Memory]:
    """Read what is remembered, by address: nothing where there is no such file, or one that is damaged."""
    with suppress(records.Mismatch):
        kept = records.decode(files.read(path) or b"", _Kept)
        if kept.version == 1:
            return kept.addresses
    return {}


def save(path: Path, memories: dict[str, Memory], named: Collection[str]) -> None:
    """Write what is remembered, and believed for a while, of those addresses that the site still names."""
    kept = {
        address: memories[address]
        for address in sorted(memories.keys() & set(named))
        if memories[address].verdict.state in BELIEVED
    }
    writing.write(path, records.encode(_Kept(kept)))


def is_believed(memory: Memory, now: datetime) -> bool:
    """Tell whether a verdict is fresh enough at a moment. One from the future is not: the clock was wrong then."""
    age = now.timestamp() - memory.when
    return 0 <= age < BELIEVED.get(memory.verdict.state, timedelta()).total_seconds()
