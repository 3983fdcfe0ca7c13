"""The configuration: defaults, the taxonomy, and every kind of mistake with its line and the nearest key."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import Config, parse_config
from generator.model import DatelineError
from generator.taxonomy import TAXONOMY, Topic

MISTAKES = {
    "no TOML": ("[site\n", 1, "Expected ']'"),
    "an unclosed text": ('[site]\ntitle = "a\n', 2, "Illegal character"),
    "a table twice": (
        "[site]\n\n[site]\n",
        3,
        "[site] is there already, on line 1; put the keys below that one",
    ),
    "a key above its table": ('title = "x"', 1, "`title` is not known; it belongs below [site]"),
    "a text without quotes": ("[site]\ntitle = x\n", 2, "Invalid value; text needs quotes"),
    "a key twice": ('[site]\ntitle = "a"\ntitle = "b"\n', 3, "Cannot overwrite"),
    "no value": ("[site]\n\ntitle =\n", 3, "Invalid value"),
    "an unknown table": ("[sight]\n", 1, "`sight` is not known; did you mean `site`?"),
    "an unknown key": ('[site]\n\ntitel = "x"', 3, "`site.titel` is not known; did you mean `title`?"),
    "a key of another table": (
        "[feeds]\nlimit = 5\n[site]\nlimit = 5",
        4,
        "`site.limit` is not known; known",
    ),
    "a key like no other": ("[build]\nworkers = 4", 2, "known here: content, templates, output"),
    "a wrong type": ("# c\n[site]\ntitle = 5", 3, "`site.title` expected `str`, got `int`"),
    "a quoted key": ('[ "site" ] # c\n"title" = 5', 2, "`site.title` expected `str`, got `int`"),
    "a dotted key": ("\n\nsite.title = 5", 3, "`site.title` expected `str`, got `int`"),
    "Windows line ends": ("[site]\r\n\r\ntitle = 5\r\n", 3, "`site.title` expected `str`, got `int`"),
    "a value for a table": ("\nsite = 5", 2, "`site` expected `object`, got `int`"),
    "a table twice as a list": ("\n[[site]]\n", 2, "`site` expected `object`, got `array`"),
    "a date for a text": ("[site]\ntitle = 1979-05-27", 2, "`site.title` expected `str`, got `date`"),
    "a number for yes": ("[feeds]\nfull = 1", 2, "`feeds.full` expected `bool`, got `int`"),
    "a text for a number": ('[feeds]\nlimit = "5"', 2, "`feeds.limit` expected `int`, got `str`"),
    "a text for a list": ('[theme]\nnavigation = "sport"', 2, "`theme.navigation` expected `array`"),
    "a number in a list": ('[theme]\nnavigation = [\n"sport",\n5]', 2, "`theme.navigation` expected `str`"),
    "a limit of none": ("[feeds]\nlimit = 0", 2, "`feeds.limit` must be between 1 and 1000"),
    "a limit too high": ("[feeds]\nlimit = 99999999999999999999", 2, "must be between 1 and 1000"),
    "a hub that is no address": (
        '[feeds]\nfull = true\nhubs = ["https://hub.example/", "hub.example"]',
        3,
        "`feeds.hubs` names 'hub.example', which is no address such as https://hub.example/",
    ),
    "a hub with a fragment": ('[feeds]\nhubs = ["https://hub.example/#a"]', 2, "`feeds.hubs` names"),
    "a text for hubs": ('[feeds]\nhubs = "https://hub.example/"', 2, "`feeds.hubs` expected `array`"),
    "no such time zone": ('[site]\ntimezone = "Mars/Base"', 2, "no time zone is called 'Mars/Base'"),
    "an empty time zone": ('[site]\ntimezone = ""', 2, "no time zone is called ''"),
    "a file for a time zone": ('[site]\ntimezone = "../x"', 2, "no time zone is called '../x'"),
    "an address without http": (
        '[site]\n\nbase_url = "news.example"',
        3,
        "`site.base_url` must be an address",
    ),
    "a password": (
        '[site]\nbase_url = "https://me:hunter2@news.example/"',
        2,
        "`site.base_url` must not name a user or a password",
    ),
    "a password of a hub": (
        '[feeds]\nhubs = ["https://me:hunter2@hub.example/"]',
        2,
        "`feeds.hubs` must not name a user or a password",
    ),
    "another scheme": ('[site]\nbase_url = "ftp://news.example/"', 2, "`site.base_url` must be an address"),
    "a topic that is no slug": (
        '[topics]\na = "A"\nSport = "S"',
        3,
        "`topics.Sport` is no slug; write 'sport'",
    ),
    "a new topic unnamed": ("[topics]\nspace = true", 2, "`topics.space` is new; give it a label"),
    "a topic without a name": ('[topics]\nspace = " "', 2, "`topics.space` must be text"),
    "a topic with a control character": ('[topics]\nspace = "A\\u0001"', 2, "`topics.space` must be text"),
    "an unknown topic shown": ('[theme]\nnavigation = ["nope"]', 2, "names 'nope', which is no topic"),
    "an absolute folder": ('[build]\noutput = "/srv"', 2, "`build.output` must be a folder below the site's"),
    "a folder with a NUL": (
        '[build]\noutput = "a\\u0000b"',
        2,
        "`build.output` must be a path without control",
    ),
    "rules with a NUL": ('[ingest]\nrules = "a\\u0000"', 2, "`ingest.rules` must be a path without control"),
    "a folder above": ('[build]\ncontent = "../x"', 2, "`build.content` must be a folder below the site's"),
    "the site's own folder": (
        '[build]\noutput = "./"',
        2,
        "`build.output` must be a folder below the site's",
    ),
}


@pytest.mark.parametrize("kind", sorted(MISTAKES))
def test_a_mistake_is_named_with_its_line(kind: str) -> None:
    text, line, message = MISTAKES[kind]

    with pytest.raises(DatelineError) as caught:
        parse_config(text)

    assert str(caught.value).startswith(f"dateline.toml:{line}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.integers(0, 30), st.integers(0, 30))
def test_the_line_of_a_mistake_is_where_it_stands_whatever_stands_before(above: int, between: int) -> None:
    text = "# site\n" * above + "[site]\n" + "\n" * between + "title = 5\n"

    with pytest.raises(DatelineError, match=rf"^dateline.toml:{above + between + 2}: "):
        parse_config(text)


def line_of_error(text: str) -> int:
    """Read a configuration; give the line of the mistake in it, 1 where there is none."""
    try:
        parse_config(text)
    except DatelineError as error:
        return int(str(error).removeprefix("dateline.toml:").partition(":")[0])
    return 1


@given(st.text(max_size=60) | st.lists(st.sampled_from("[]=\"\n#sit e5{}'."), max_size=30).map("".join))
def test_any_text_is_a_configuration_or_an_error_on_one_of_its_lines(text: str) -> None:
    assert 1 <= line_of_error(text) <= text.count("\n") + 1


def test_nothing_configured_is_the_default() -> None:
    assert parse_config("") == Config()
    assert parse_config("").site.base_url == "http://127.0.0.1:8000/"
    assert parse_config("").taxonomy == TAXONOMY


def test_the_taxonomy_is_the_seventeen_media_topics_with_science_told_from_technology() -> None:
    codes = {topic.code for topic in TAXONOMY}

    assert len(TAXONOMY) == 18
    assert codes == {f"medtop:{number:02}000000" for number in range(1, 18)}
    assert set(Config().theme.navigation) < {topic.slug for topic in TAXONOMY}


def test_topics_are_renamed_dropped_and_added() -> None:
    config = parse_config('[topics]\nsport = "Games"\nweather = false\nspace = "Space"\nhealth = true\n')

    topics = {topic.slug: topic for topic in config.taxonomy}

    assert topics["sport"] == Topic("sport", "Games", "medtop:15000000")
    assert topics["space"] == Topic("space", "Space", "")
    assert topics["health"].label == "Health"
    assert "weather" not in topics
    assert [*topics][-1] == "space"


def test_a_topic_that_is_dropped_may_stay_in_the_navigation() -> None:
    config = parse_config("[topics]\nsport = false\n")

    assert "sport" in config.theme.navigation


def test_aliases_are_found_by_slug() -> None:
    config = parse_config('[tags.aliases]\nZelenskyy = "Zelensky"\n"U.S." = "United States"\n')

    assert config.aliases == {"zelenskyy": "Zelensky", "us": "United States"}


def test_the_time_zone_is_the_sites() -> None:
    assert str(parse_config('[site]\ntimezone = "Pacific/Auckland"').zone) == "Pacific/Auckland"


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (
            "[topics]\nsprot = false\n",
            "dateline.toml:2: `topics.sprot` is no topic to drop; did you mean `sport`?",
        ),
        ('[site]\nlanguage = "english"\n', "dateline.toml:2: `site.language` must be a language tag"),
    ],
)
def test_a_slip_that_would_change_nothing_is_named_too(toml: str, message: str) -> None:
    with pytest.raises(DatelineError, match=re.escape(message)):
        parse_config(toml)
