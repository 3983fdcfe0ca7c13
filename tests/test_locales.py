"""How languages write dates, times, numbers and lists, and in which direction."""

from datetime import UTC, date, datetime

import pytest

from generator.locales import Locale, direction
from generator.model import Language

MOMENT = datetime(2025, 6, 2, 14, 5, tzinfo=UTC)

WRITTEN = {
    "en": ("Monday, June 2, 2025", "June 2", "June 2025", "2:05\u202fPM", "12,345", "German"),
    "en-GB": ("Monday, 2 June 2025", "2 June", "June 2025", "14:05", "12,345", "German"),
    "de": ("Montag, 2. Juni 2025", "2. Juni", "Juni 2025", "14:05", "12.345", "Deutsch"),
    "fr": ("lundi 2 juin 2025", "2 juin", "juin 2025", "14:05", "12\u202f345", "allemand"),
    "es": ("lunes, 2 de junio de 2025", "2 de junio", "junio de 2025", "14:05", "12.345", "alemán"),
    "ar": ("الاثنين، 2 يونيو 2025", "2 يونيو", "يونيو 2025", "2:05\u00a0م", "12,345", "الألمانية"),
    "nl-BE": ("maandag 2 juni 2025", "2 juni", "juni 2025", "14:05", "12.345", "Duits"),
    "ja": ("2025年6月2日月曜日", "6月2日", "2025年6月", "14:05", "12,345", "ドイツ語"),
}


@pytest.mark.parametrize("tag", WRITTEN)
def test_a_language_writes_dates_times_and_numbers_its_own_way(tag: str) -> None:
    locale = Locale(Language(tag))
    written = (
        locale.long_date(MOMENT),
        locale.short_date(MOMENT),
        locale.month_name("2025-06"),
        locale.clock(MOMENT),
        locale.number(12345),
        locale.language_name("de"),
    )

    assert written == WRITTEN[tag]


def test_a_day_is_a_moment_a_date_or_its_text() -> None:
    locale = Locale(Language("de"))

    assert {locale.long_date(MOMENT), locale.long_date(MOMENT.date()), locale.long_date("2025-06-02")} == {
        "Montag, 2. Juni 2025"
    }
    assert locale.short_date(date(2025, 6, 2)) == locale.short_date("2025-06-02")


def test_a_day_of_another_year_is_written_with_it() -> None:
    assert [Locale(Language(tag)).dated("2024-06-02") for tag in ("en", "en-GB", "de", "ar")] == [
        "June 2, 2024",
        "2 June 2024",
        "2. Juni 2024",
        "2 يونيو 2024",
    ]


def test_a_year_is_a_month_name_without_a_month() -> None:
    assert [Locale(Language(tag)).month_name("2025") for tag in ("en", "ar", "ja")] == [
        "2025",
        "2025",
        "2025年",
    ]


def test_names_stand_one_after_the_other() -> None:
    assert (
        Locale(Language("de")).listed(("Ann Holt", "Jette Marr", "Ola Brenn"))
        == "Ann Holt, Jette Marr und Ola Brenn"
    )
    assert Locale(Language("fr")).listed(("Ann Holt",)) == "Ann Holt"
    assert Locale(Language("en")).listed(()) == ""


def test_a_language_nobody_knows_goes_by_its_tag_and_writes_dates_as_english_does() -> None:
    assert Locale(Language("en")).language_name("xx") == "xx"
    assert Locale(Language("xx-YY")).short_date(MOMENT) == "June 2"


def test_a_language_has_a_name_with_its_region_and_script() -> None:
    names = map(Locale(Language("de")).language_name, ("pt-BR", "zh-Hant", "en-XX", "de-x-own"))

    assert list(names) == ["Portugiesisch (Brasilien)", "Chinesisch (Traditionell)", "Englisch", "Deutsch"]


@pytest.mark.parametrize(
    "tag", ["ar", "ar-EG", "fa", "he", "ur", "ku-Arab", "az_Arab", "dv", "AR", "uz-AF", "glk", "yi"]
)
def test_right_to_left(tag: str) -> None:
    assert direction(tag) == "rtl"


@pytest.mark.parametrize("tag", ["en", "", "ku", "ar-Latn", "ja", "zh-Hans", "az", "xx", "en-GB-oed"])
def test_left_to_right(tag: str) -> None:
    assert direction(tag) == "ltr"
