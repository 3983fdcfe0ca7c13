"""What became of an address of another site: a value that is told, remembered, and counted."""

from enum import StrEnum

from generator.checking.faults import Fault, shown
from generator.model import Severity
from generator.records import Value


class State(StrEnum):
    """What an address was found to be.

    `GOOD` answers; `MOVED` answers elsewhere, for good; `GONE` is not there; `UNSURE` could not be checked. The
    others were not asked: robots.txt turns programs away (`ROBOTS`), no part of the public internet (`INNER`), or
    there was no time for it (`LATER`).
    """

    GOOD = "good"
    MOVED = "moved"
    GONE = "gone"
    UNSURE = "unsure"
    ROBOTS = "robots"
    INNER = "inner"
    LATER = "later"


UNASKED = (State.ROBOTS, State.INNER, State.LATER)
"""States of addresses that were not asked, in the order they are told in."""


class Verdict(Value, frozen=True):
    """A state, and what there is to say about it: why, or where an address moved to."""

    state: State
    detail: str = ""


def fault(address: str, verdict: Verdict) -> Fault | None:
    """Say what is wrong with a link to an address that this became of, `None` where nothing is."""
    leads, detail = f"leads to {shown(address)}", verdict.detail
    match verdict.state:
        case State.GONE:
            return Fault(f"{leads}, {detail}", Severity.ERROR)
        case State.MOVED:
            return Fault(f"{leads}, which moved for good to {shown(detail)}", Severity.WARNING)
        case State.UNSURE:
            return Fault(f"{leads}, which could not be checked: {detail}", Severity.WARNING)
        case State.GOOD | State.ROBOTS | State.INNER | State.LATER:
            return None
