"""Values that many tests begin with: a card, an article as filed, settings. All of it invented."""

from datetime import datetime
from typing import Any

from generator import inputs
from generator.config import Config
from generator.inputs import Filed, Given, Settings
from generator.model import Key
from generator.views import Card, Entry, Term

SETTINGS: Settings = inputs.settings(Config())


def card(name: str = "cup", moment: str = "2025-06-02T10:00:00+00:00", **fields: Any) -> Card:  # noqa: ANN401 - any field of a card
    date = datetime.fromisoformat(moment)
    path = f"{date.date().isoformat().replace('-', '/')}/{name}/"
    return Card(
        **{
            "id": f"urn:uuid:{name}",
            "title": name.capitalize(),
            "path": path,
            "date": date,
            "topic": Term("Sport", "sport"),
            **fields,
        }
    )


def terms(*slugs: str) -> tuple[Term, ...]:
    return tuple(Term(slug.capitalize(), slug) for slug in slugs)


def filed(name: str = "cup", content: str = "<p>Text.</p>", **fields: Any) -> Filed:  # noqa: ANN401 - the same
    own = {field: fields.pop(field) for field in ("draft", "expires", "aliases") if field in fields}
    return Filed(f"sport/2025-06-02/{name}.md", Entry(card(name, **fields), content), **own)


def given(key: Key, *cards: Card, **fields: Any) -> Given:  # noqa: ANN401 - the same
    return Given(**{"key": key, "cards": cards, "total": len(cards), **fields})
