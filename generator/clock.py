"""The clock, and moments that people write on the command line."""

from datetime import UTC, datetime, tzinfo

from generator.model import DatelineError


def now() -> datetime:
    """Give the present moment, in UTC."""
    return datetime.now(UTC)


def parse_moment(text: str, zone: tzinfo, option: str) -> datetime:
    """Read a moment (ISO 8601); without a zone it is in the one given.

    Raises:
        DatelineError: it is none; the message names the option it was given for.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        why = "" if str(error).startswith("Invalid isoformat") else f" ({error})"
        raise DatelineError(f"{option}: {text!r} is no time{why}; write 2025-06-02T08:00") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    try:
        moment.astimezone(UTC), moment.astimezone(zone)
    except OverflowError:
        raise DatelineError(f"{option}: {text!r} is beyond the years 1 to 9999 somewhere") from None
    return moment
