"""What views are given: who is held back and why, and the settings all pages share."""

from datetime import UTC, datetime

import pytest
from samples import filed

from generator import inputs
from generator.config import parse_config
from generator.views import Term

DATE = datetime(2025, 6, 2, 10, tzinfo=UTC)
LATER = datetime(2025, 6, 3, 10, tzinfo=UTC)
EARLIER = datetime(2025, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("article", "now", "why"),
    [
        (filed(), DATE, None),
        (filed(), EARLIER, ("future", DATE)),
        (filed(draft=True), EARLIER, ("draft", None)),
        (filed(expires=LATER), DATE, None),
        (filed(expires=LATER), LATER, ("expired", None)),
        (filed(expires=EARLIER), DATE, ("expired", None)),
        (filed(expires=EARLIER), EARLIER, ("future", DATE)),
    ],
)
def test_who_is_held_back_and_why(article: inputs.Filed, now: datetime, why: object) -> None:
    assert article.held_back(now) == why


def test_settings_follow_the_configuration() -> None:
    text = '[site]\nbase_url = "https://n.example/digest"\n[feeds]\nlimit = 3\n'
    text += '[topics]\nsport = "Games"\narts = false\n[theme]\nnavigation = ["arts", "sport"]\n'

    settings = inputs.settings(parse_config(text))

    assert settings.site.base_url == "https://n.example/digest/"
    assert settings.site.base_path == "/digest/"
    assert settings.site.navigation == (Term("Games", "sport"),)
    assert (settings.feed_limit, settings.full_feeds) == (3, True)
    assert "arts" not in settings.topics


def test_only_topics_are_named_by_the_configuration() -> None:
    settings = inputs.settings(parse_config('[topics]\nsport = "Games"\n'))

    assert settings.label("topic", "sport", "sport") == "Games"
    assert settings.label("topic", "odd", "Odd") == "Odd"
    assert settings.label("tag", "sport", "sport") == "sport"
