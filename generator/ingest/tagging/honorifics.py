"""Names of people in Japanese text, by the honorifics and offices that stand behind them."""

import re
from collections.abc import Iterator
from functools import cache

from generator.ingest.tagging.capitals import Span
from generator.ingest.tagging.gazetteer import Gazetteer, gazetteer

_KANJI = "一-龯々"
_KATAKANA = "ァ-ヺー"


def find_honoured(text: str, table: Gazetteer) -> Iterator[Span]:
    """Find the full names that an honorific shows; a family name alone is none.

    A name is three or four kanji, none of which ends an institution's name, or katakana with a dot between.
    """
    for match in _honoured().finditer(text):
        name = match["foreign"] or match["name"]
        if match["foreign"] or _is_person(name, table):
            yield Span(name, match.start(), match.start() + len(name), sure=True)


def _is_person(name: str, table: Gazetteer) -> bool:
    ordinary = name[-1] in table.words["ends"] or any(word in name for word in table.words["generic"])
    return not ordinary and not any(True for _ in table.find_characters(name))


@cache
def _honoured() -> re.Pattern[str]:
    behind = "|".join(sorted(gazetteer("ja").words["honorifics"], key=lambda word: (-len(word), word)))
    return re.compile(
        rf"(?<![{_KANJI}])(?P<name>[{_KANJI}]{{3,4}}?)(?:{behind})"
        rf"|(?<![{_KATAKANA}・])(?P<foreign>[{_KATAKANA}]{{2,12}}(?:・[{_KATAKANA}]{{2,12}}){{1,3}})(?:{behind})"
    )
