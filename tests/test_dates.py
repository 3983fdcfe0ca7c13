"""Times as pages word them."""

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.dating.dates import capture_from_name, parse_address, parse_when, reads_as_when
from generator.model import DateFrom

CAPTURED = datetime(2025, 6, 3, 8, 15, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("9 minutes ago", timedelta(minutes=9)),
        ("an hour ago", timedelta(hours=1)),
        ("1 hour ago", timedelta(hours=1)),
        ("about 2 hours ago", timedelta(hours=2)),
        ("a day ago", timedelta(days=1)),
        ("2 days ago", timedelta(days=2)),
        ("3 weeks ago", timedelta(weeks=3)),
        ("5m ago", timedelta(minutes=5)),
        ("a few seconds ago", timedelta(seconds=3)),
        ("just now", timedelta()),
        ("Yesterday", timedelta(days=1)),
        ("٥ minutes ago", timedelta(minutes=5)),
    ],
)
def test_relative_times_count_back_from_the_capture(text: str, before: timedelta) -> None:
    assert parse_when(text, CAPTURED) == (CAPTURED - before, DateFrom.RELATIVE)


def test_months_and_years_ago_keep_to_the_calendar() -> None:
    captured = datetime(2024, 3, 31, 8, 15, tzinfo=UTC)

    assert parse_when("a month ago", captured) == (
        datetime(2024, 2, 29, 8, 15, tzinfo=UTC),
        DateFrom.RELATIVE,
    )
    assert parse_when("14 months ago", captured) == (
        datetime(2023, 1, 31, 8, 15, tzinfo=UTC),
        DateFrom.RELATIVE,
    )
    assert parse_when("1 year ago", captured) == (datetime(2023, 3, 31, 8, 15, tzinfo=UTC), DateFrom.RELATIVE)


def test_a_day_ago_is_24_hours_across_a_change_of_clocks() -> None:
    captured = datetime(2025, 3, 30, 12, 0, tzinfo=PARIS)
    found = parse_when("a day ago", captured)

    assert found is not None
    assert found[0].isoformat() == "2025-03-29T11:00:00+01:00"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("23-04-2025", "2025-04-23T00:00:00+00:00"),
        ("23/04/2025", "2025-04-23T00:00:00+00:00"),
        ("23.04.2025", "2025-04-23T00:00:00+00:00"),
        ("٢٣-٠٤-٢٠٢٥", "2025-04-23T00:00:00+00:00"),
        ("04/23/2025", "2025-04-23T00:00:00+00:00"),
        ("2025-06-02", "2025-06-02T00:00:00+00:00"),
        ("2025-06-02 14:10", "2025-06-02T14:10:00+00:00"),
        ("2025-06-02T14:10:05.250Z", "2025-06-02T14:10:05+00:00"),
        ("2025-06-02T14:10:00+02:00", "2025-06-02T14:10:00+02:00"),
        ("2 June 2025", "2025-06-02T00:00:00+00:00"),
        ("2nd June, 2025", "2025-06-02T00:00:00+00:00"),
        ("June 2, 2025", "2025-06-02T00:00:00+00:00"),
        ("Jun. 2, 2025 at 2:10 p.m.", "2025-06-02T14:10:00+00:00"),
        ("Monday, June 2, 2025 12am", "2025-06-02T00:00:00+00:00"),
        ("Mon 2 Jun 2025 10.15 BST", "2025-06-02T10:15:00+01:00"),
        ("10.15 BST, Mon 2 Jun 2025", "2025-06-02T10:15:00+01:00"),
        ("2 June 2025 10:15 GMT+2", "2025-06-02T10:15:00+02:00"),
        ("2 June 2025 10:15 ET", "2025-06-02T10:15:00-04:00"),
        ("2 June 2025 10:15 XYZ", "2025-06-02T10:15:00+00:00"),
        ("Mon, 02 Jun 2025 10:15:00 +0100", "2025-06-02T10:15:00+01:00"),
        ("Mon Jun 02 2025 10:15:00 GMT+0100 (Some Summer Time)", "2025-06-02T10:15:00+01:00"),
    ],
)
def test_absolute_times_are_the_pages(text: str, moment: str) -> None:
    found = parse_when(text, CAPTURED)

    assert found is not None
    assert (found[0].isoformat(), found[1]) == (moment, DateFrom.PAGE)


def test_a_time_without_a_zone_is_in_the_captures() -> None:
    captured = datetime(2025, 6, 3, 8, 15, tzinfo=PARIS)

    assert parse_when("2 June 2025", captured) == (datetime(2025, 6, 2, tzinfo=PARIS), DateFrom.PAGE)
    assert parse_when("yesterday at 10.15", captured) == (
        datetime(2025, 6, 2, 10, 15, tzinfo=PARIS),
        DateFrom.RELATIVE,
    )


@pytest.mark.parametrize("text", ["1 January 2030", "2025-06-03T08:16:00Z", "today at 23:00"])
def test_a_future_time_is_held_to_the_capture(text: str) -> None:
    found = parse_when(text, CAPTURED)

    assert found is not None
    assert found[0] == CAPTURED


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31-02-2025", "31-02-2025 is no date in the calendar"),
        ("30 February 2025", "30 February 2025 is no date in the calendar"),
        ("2025-13-45", "2025-13-45 is no date in the calendar"),
        ("0000-01-01", "0000-01-01 is no date in the calendar"),
        ("2 June 2025 25:10", "2 June 2025 25:10 is no time of day"),
        ("2 June 2025 13:10 pm", "2 June 2025 13:10 pm is no time of day"),
        ("9999 years ago", "9999 years ago is no time of news"),
    ],
)
def test_impossible_times_are_refused_in_a_sentence(text: str, message: str) -> None:
    assert reads_as_when(text)
    with pytest.raises(ValueError, match=f"^{message}$"):
        parse_when(text, CAPTURED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Comments",
        "5 minutes ago he left",
        "May",
        "2025",
        "2 June",
        "2 June 2025 10",
        "in 5 minutes",
        "x" * 999,
    ],
)
def test_other_text_is_no_time(text: str) -> None:
    assert not reads_as_when(text)
    assert parse_when(text, CAPTURED) is None


@given(st.text(max_size=40) | st.from_regex(r"\A[0-9]{1,4} (hours|years|months|weeks) ago\Z"))
def test_any_text_is_a_time_not_after_the_capture_or_none_or_refused(text: str) -> None:
    with suppress(ValueError):
        found = parse_when(text, CAPTURED)

        assert found is None or found[0] <= CAPTURED


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/2025/06/02/bridge-reopens",
        "https://example.org/2025/06/02",
        "https://example.org/2025/06/02.html",
        "https://example.org/2025/6/2/bridge",
        "https://example.org/2025/jun/02/bridge",
        "https://example.org/2025/juin/02/pont",
        "https://example.org/news/2025-06-02/bridge",
        "https://example.org/bridge-2025-06-02",
        "https://example.org/2025_06_02/bridge",
        "https://example.org/2025/0602/c1.html",
        "https://example.org/html/2025-06/02/c1.htm",
        "https://example.org/bridge-20250602-reopens.html",
        "https://archive.example/web/20240101000000/https://example.org/2025/06/02/bridge",
        "https://example.org/20259999/2025/06/02/bridge?date=2024-01-01#2023/01/01/",
        "/2025/06/02/bridge",
    ],
)
def test_an_address_tells_the_day(address: str) -> None:
    assert parse_address(address, PARIS) == datetime(2025, 6, 2, tzinfo=PARIS)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://example.org",
        "https://example.org/2025/06/",
        "https://example.org/2025/06/12-things-to-do",
        "https://example.org/1850/06/02/",
        "https://example.org/2125/06/02/",
        "https://example.org/2025/13/02/",
        "https://example.org/2025/02/30/",
        "https://example.org/2025/may/be/",
        "https://example.org/bridge?date=2025-06-02",
        "https://example.org/#/2025/06/02/",
        "https://2025-06-02.example.org/bridge",
        "https://example.org/id12025060234",
        "https://example.org/ab20250602",
        "https://example.org/1-2025-06-021",
    ],
)
def test_other_addresses_tell_no_day(address: str) -> None:
    assert parse_address(address, UTC) is None


@pytest.mark.parametrize(
    "zone", ["UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Tokyo", "Europe/Paris"]
)
def test_the_zone_of_the_process_does_not_matter(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        captured = datetime(2025, 6, 3, 1, 15, tzinfo=PARIS)

        assert parse_when("2 June 2025", captured) == (datetime(2025, 6, 2, tzinfo=PARIS), DateFrom.PAGE)
        assert parse_when("yesterday at 23:30", captured) == (
            datetime(2025, 6, 2, 23, 30, tzinfo=PARIS),
            DateFrom.RELATIVE,
        )
        assert parse_when("2 hours ago", captured) == (
            datetime(2025, 6, 2, 21, 15, tzinfo=UTC),
            DateFrom.RELATIVE,
        )
        assert parse_when("10:15 JST, 2 June 2025", captured) == (
            datetime(2025, 6, 2, 1, 15, tzinfo=UTC),
            DateFrom.PAGE,
        )
        assert capture_from_name("2025-06-03-0115.txt", PARIS) == captured
        assert parse_address("/2025/06/02/", PARIS) == datetime(2025, 6, 2, tzinfo=PARIS)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    "zone", ["UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Tokyo", "Europe/Paris"]
)
def test_a_time_without_a_zone_is_in_any_captures(zone: str) -> None:
    captured = datetime(2025, 6, 3, 8, 15, tzinfo=ZoneInfo(zone))
    found = parse_when("2. Juni 2025, 14:30 Uhr", captured)

    assert found is not None
    assert found[0].isoformat()[:16] == "2025-06-02T14:30"
    assert found[0].utcoffset() == captured.utcoffset()


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("2025-06-03-0815-harbour.txt", datetime(2025, 6, 3, 8, 15, tzinfo=PARIS)),
        ("2025-06-03-08-15.txt", datetime(2025, 6, 3, 8, 15, tzinfo=PARIS)),
        ("2025-06-03T08:15:00Z", datetime(2025, 6, 3, 8, 15, tzinfo=UTC)),
        ("20250603T081500Z.txt", datetime(2025, 6, 3, 8, 15, tzinfo=UTC)),
        ("page_20250603_081530.txt", datetime(2025, 6, 3, 8, 15, 30, tzinfo=PARIS)),
        ("2025/seeds/harbour.2025-06-03.txt", datetime(2025, 6, 3, 12, tzinfo=PARIS)),
        ("2025-06-03-12-injured.txt", datetime(2025, 6, 3, 12, tzinfo=PARIS)),
        ("2025-06-03-9999.txt", datetime(2025, 6, 3, 12, tzinfo=PARIS)),
        ("20250603081530.html", datetime(2025, 6, 3, 8, 15, 30, tzinfo=PARIS)),
        ("2025-06-03T08:15:30.250Z.json", datetime(2025, 6, 3, 8, 15, 30, tzinfo=UTC)),
        ("2025-06-03T08_15_30+0200.html", datetime(2025, 6, 3, 6, 15, 30, tzinfo=UTC)),
        ("2025-06-03T08:15+05:30.html", datetime(2025, 6, 3, 2, 45, tzinfo=UTC)),
        ("2025-06-03T08:15+9900.html", datetime(2025, 6, 3, 8, 15, tzinfo=PARIS)),
    ],
)
def test_a_files_name_tells_when_it_was_captured(name: str, moment: datetime) -> None:
    assert capture_from_name(name, PARIS) == moment


@pytest.mark.parametrize(
    "name",
    [
        "000_f3b5e4b8707da5f5.txt",
        "20250603ab12cd34.txt",
        "000_2025060308150000.txt",
        "1748937600.txt",
        "20251340.txt",
        "2025-02-30.txt",
        "1850-06-03.txt",
        "9999-06-03.txt",
        "harbour.txt",
        "2025-06-03/harbour.txt",
    ],
)
def test_hashes_and_implausible_years_tell_nothing(name: str) -> None:
    assert capture_from_name(name, UTC) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon 2 Jun 2025, 14:10:00.123 +02:00", "2025-06-02T12:10:00"),
        ("12 34 56 78", None),
        ("(12, 34)", None),
        ("1:2 3:4 5:6 7:8 9:10", None),
    ],
)
def test_figures_are_a_time_where_they_are_as_many_as_one_has(text: str, moment: str | None) -> None:
    found = parse_when(text, CAPTURED)

    assert (found[0].astimezone(UTC).isoformat()[:19] if found else None) == moment
