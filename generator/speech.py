"""What templates call to say something in the site's language: Jinja's `_`, `{% trans %}` and their like.

A message with a tag or a character reference in it is HTML, and so are its translations; every other is text. What
a message leaves open is escaped, and numbers are written as the language does.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

import markupsafe
from markupsafe import Markup

from generator.locales import MOST, Locale

FUNCTIONS: Mapping[str, str] = {
    "_": "gettext",
    "gettext": "gettext",
    "ngettext": "ngettext",
    "pgettext": "pgettext",
    "npgettext": "npgettext",
}
"""The names that templates call, and the methods of `Speech` that answer."""

_mark: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Marks text as safe, faster than `Markup` does."""


class Speech:
    """The functions of gettext for templates.

    Args:
        locale: the site's.
        escape: makes HTML of a value.
    """

    def __init__(self, locale: Locale, escape: Callable[[Any], str] = markupsafe.escape) -> None:
        self._number = locale.number
        self._escape = escape
        words = locale.words
        keep = lru_cache(MOST)
        self._say = keep(lambda one: _mark(_marked(one, words.gettext(one)) % {}))
        self._find = keep(lambda one: _marked(one, words.gettext(one)))
        self._find_in = keep(lambda where, one: _marked(one, words.pgettext(where, one)))
        self._find_many = keep(lambda one, many, number: _marked(one, words.ngettext(one, many, number)))
        self._find_many_in = keep(
            lambda where, one, many, number: _marked(one, words.npgettext(where, one, many, number))
        )

    def gettext(self, message: str, /, **values: Any) -> Markup:  # noqa: ANN401 - what a template gives
        """Say a message."""
        return self._fill(self._find(message), values) if values else self._say(message)

    def pgettext(self, context: str, message: str, /, **values: Any) -> Markup:  # noqa: ANN401 - the same
        """Say a message that means something else elsewhere."""
        return self._fill(self._find_in(context, message), values)

    def ngettext(self, one: str, many: str, num: int, /, **values: Any) -> Markup:  # noqa: ANN401 - the same
        """Say a message of so many things."""
        return self._fill(self._find_many(one, many, num), {"num": num, **values})

    def npgettext(self, context: str, one: str, many: str, num: int, /, **values: Any) -> Markup:  # noqa: ANN401
        """Say a message of so many things that means something else elsewhere."""
        return self._fill(self._find_many_in(context, one, many, num), {"num": num, **values})

    def _fill(self, text: str, values: dict[str, Any]) -> Markup:
        for name, value in values.items():
            values[name] = self._number(value) if type(value) is int else self._escape(value)
        return _mark(text % values)


def _marked(message: str, text: str) -> str:
    return text if "<" in message or "&" in message else str(markupsafe.escape(text))
