"""What templates call to say something in the site's language: Jinja's `_`, `{% trans %}` and their like.

A message with a tag or a character reference in it is HTML, and so are its translations; every other is text. What
a message leaves open is escaped, and numbers are written as the language does.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from generator.locales import MOST, Locale


class Speech:
    """The functions of gettext for templates.

    Args:
        locale: the site's.
    """

    def __init__(self, locale: Locale) -> None:
        self._number = locale.number
        words = locale.words
        keep = lru_cache(MOST)
        self._find = keep(lambda one: _marked(one, words.gettext(one)))
        self._say = keep(lambda one: self._fill(self._find(one), {}))
        self._find_in = keep(lambda where, one: _marked(one, words.pgettext(where, one)))
        self._find_many = keep(lambda one, many, number: _marked(one, words.ngettext(one, many, number)))
        self._find_many_in = keep(
            lambda where, one, many, number: _marked(one, words.npgettext(where, one, many, number))
        )

    def functions(self) -> dict[str, Callable[..., Markup]]:
        """Give them by the names that Jinja's extension calls them by."""
        return {
            "_": self.gettext,
            "gettext": self.gettext,
            "ngettext": self.ngettext,
            "pgettext": self.pgettext,
            "npgettext": self.npgettext,
        }

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

    def _fill(self, text: str, values: Mapping[str, Any]) -> Markup:
        return Markup(text % {name: self._write(value) for name, value in values.items()})  # noqa: S704 - escaped

    def _write(self, value: Any) -> str:  # noqa: ANN401 - the same
        return self._number(value) if type(value) is int else str(escape(value))


def _marked(message: str, text: str) -> str:
    return text if "<" in message or "&" in message else str(escape(text))
