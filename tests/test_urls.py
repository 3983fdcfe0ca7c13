"""Addresses: slugs are short, safe and tell apart what readers tell apart; links quote and join."""

import unicodedata
from datetime import UTC, datetime
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from generator import urls

HARD = "aAbB +#&@%.-_'/\\ßéÉıİΣσςÆŁ北京ال\u0301\u200b\u00ad~`|´$€©™½²ﬁ"
names = (
    st.text(st.characters(), max_size=40)
    | st.text(st.sampled_from(HARD), max_size=12)
    | st.text(st.sampled_from("ab北é -"), min_size=80, max_size=300)
)
ordinary = st.text(
    st.characters(categories=("L", "N", "P", "Z", "S"), exclude_characters="\u0345"), max_size=40
)


def is_safe(slug: str) -> bool:
    """Tell whether a slug can stand as a file's name and in an address, without saying anything else there."""
    return (
        bool(slug)
        and slug.strip("-. ") == slug
        and not any(c in "/\\?#%:\0" or c.isspace() or unicodedata.category(c) in {"Cc", "Cs"} for c in slug)
    )


@given(names)
@example("")
@example("..")
@example("///")
@example("北" * 200)
@example("\ud800")
def test_a_slug_is_never_empty_never_long_and_safe(name: str) -> None:
    slug = urls.slug(name)

    assert is_safe(slug)
    assert len(slug.encode()) <= urls.LONGEST_SLUG


@given(names, st.sampled_from((20, 80, urls.LONGEST_SLUG)))
@example("", 20)
@example("...", 80)
def test_an_articles_slug_is_never_empty_never_long_and_safe(title: str, longest: int) -> None:
    slug = urls.article_slug(title, longest)

    assert is_safe(slug)
    assert len(slug.encode()) <= longest
    assert urls.article_slug(slug, longest) == slug


@given(ordinary)
def test_a_slug_that_needed_no_digest_is_its_own_slug(name: str) -> None:
    slug = urls.slug(name)

    if urls.article_slug(name, urls.LONGEST_SLUG - 9) == slug:
        assert urls.slug(slug) == slug


@given(names, st.sampled_from(("NFC", "NFD", "NFKC", "NFKD")))
def test_unicode_form_folds_away(name: str, form: str) -> None:
    assert urls.slug(unicodedata.normalize(form, name)) == urls.slug(name)  # type: ignore[arg-type]


@given(ordinary)
def test_case_folds_away(name: str) -> None:
    assert urls.slug(name) == urls.slug(name.upper()) == urls.slug(name.lower()) == urls.slug(name.casefold())


@given(names)
def test_white_space_folds_away(name: str) -> None:
    assert urls.slug(" \t" + " \n ".join(name.split(" ")) + "\u00a0") == urls.slug(name)


@pytest.mark.parametrize(
    "different",
    [
        ("C", "C++", "C#", "C$", "C%", "C&", "C@"),
        (".NET", "NET"),
        ("北京", "東京", "Beijing"),
        ("$", "€", "£", "", "…", "?", "!"),
        ("😀", "😁", "I 😀", "I"),
        ("か", "が", "カ"),
        ("हिन्दी", "हन्द"),
        ("a" * 200, "a" * 201, "a" * 199 + "b"),
        ("й", "и"),
    ],
)
def test_what_readers_tell_apart_stays_apart(different: tuple[str, ...]) -> None:
    assert len({urls.slug(name) for name in different}) == len(different)


@pytest.mark.parametrize(
    ("slug", "same"),
    [
        ("c-plus-plus", ("C++", "c++", "Ｃ++", " C++ ", "“C++”")),
        ("dot-net", (".NET", ".Net")),
        ("us", ("U.S.", "US", "us")),
        ("at-and-t", ("AT&T", "at & t")),
        ("zurich", ("Zürich", "Zu\u0308rich", "ZURICH")),
        ("strasse", ("Straße", "STRASSE", "STRAẞE")),
        ("istanbul", ("İstanbul", "Istanbul", "ıstanbul")),
        ("obrien", ("O'Brien", "O’Brien", "OBrien")),
        ("port-ellery", ("Port Ellery", "port-ellery", "Port_Ellery", "Port  Ellery!")),
        ("北京", ("北京", " 北京 ")),
    ],
)
def test_one_term_has_one_slug(slug: str, same: tuple[str, ...]) -> None:
    assert {urls.slug(name) for name in same} == {slug}


def test_an_articles_slug_is_cut_between_words() -> None:
    assert urls.article_slug("The harbour bridge reopens", 20) == "the-harbour-bridge"
    assert urls.article_slug("The harbour bridge reopens", 18) == "the-harbour-bridge"
    assert urls.article_slug("x" * 30, 20) == "x" * 20


def test_an_article_stands_under_its_day_in_the_sites_zone() -> None:
    moment = datetime(2025, 6, 2, 23, 30, tzinfo=UTC)

    assert urls.article_path(moment, "cup", UTC) == "2025/06/02/cup/"
    assert urls.article_path(moment, "cup", ZoneInfo("Pacific/Auckland")) == "2025/06/03/cup/"


@pytest.mark.parametrize(
    ("day", "path"), [("2025-06-02", "2025/06/02/"), ("2025-06", "2025/06/"), ("2025", "2025/")]
)
def test_a_day_a_month_and_a_year_have_paths(day: str, path: str) -> None:
    assert urls.day_path(day) == path
    assert urls.index(path) == f"{path}index.html"


@pytest.mark.parametrize(
    ("base_url", "path"),
    [
        ("https://n.example", "/"),
        ("https://n.example/", "/"),
        ("https://n.example/digest", "/digest/"),
        ("https://n.example/a/b/", "/a/b/"),
    ],
)
def test_a_base_path_has_a_slash_at_both_ends(base_url: str, path: str) -> None:
    assert urls.base_path(base_url) == path


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_a_link_leads_to_its_path_and_nowhere_else(path: str) -> None:
    parts = urlsplit(urls.link("https://n.example/digest/", path))

    assert unquote(parts.path) == f"/digest/{path}"
    assert (parts.netloc, parts.query, parts.fragment) == ("n.example", "", "")
    assert urls.unquoted(urls.link("", path)) == path


def test_absolute_addresses_and_empty_ones_stay() -> None:
    assert urls.absolute("https://n.example/", "a b.png") == "https://n.example/a%20b.png"
    assert urls.absolute("https://n.example/", "http://o.example/a b") == "http://o.example/a b"
    assert urls.absolute("https://n.example/", "") == ""


def test_a_file_name_in_an_address_is_decoded() -> None:
    assert urls.unquoted("a%20b.png?x=1#y") == "a b.png"


@given(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
def test_the_name_of_a_file_that_is_a_slug_is_its_slug(name: str) -> None:
    assume(len(name) <= 80)

    assert urls.article_slug(name) == name == urls.slug(name)


@given(st.from_regex(r"https?://[a-z0-9.:-]*/?[!-~]*", fullmatch=True))
def test_an_address_on_the_web_names_a_host_and_no_impossible_port(address: str) -> None:
    try:
        parts = urlsplit(address)
        sound = bool(parts.hostname) and parts.port != 0 and not address.startswith(("http:///", "https:///"))
    except ValueError:
        sound = False

    assert urls.is_web(address) == sound


@given(st.text(st.characters(max_codepoint=0x2FF)))
def test_a_link_quotes_what_has_to_be_quoted(path: str) -> None:
    assert urls.link("/digest/", path) == "/digest/" + quote(path, safe="/")
