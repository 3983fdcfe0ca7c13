"""Jinja2 as pages use it: where templates come from, what they can call, how what they print is escaped."""

import re
from collections.abc import Callable, Mapping, MutableMapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any

import markupsafe
from jinja2 import (
    BaseLoader,
    Environment,
    FileSystemBytecodeCache,
    StrictUndefined,
    Template,
    TemplateNotFound,
)
from markupsafe import Markup

from generator.fragments import Fragments
from generator.model import TemplateText

_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
"""Escapes text in C, and gives text: `escape` takes longer to mark what it gives as safe than to make it."""


def printed(value: object) -> str:
    """Give what `{{ value }}` adds to a page: the text that `markupsafe.escape` gives, made with fewer copies."""
    if type(value) is str:
        return _escaped(value)
    return value if type(value) is Markup else markupsafe.escape(value)


class _Template(Template):
    """A template whose code escapes and marks by faster functions of the same effect as Jinja's own."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's name
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Make a template of compiled code, whose names for both are then ours."""
        template = super().from_code(environment, code, globals, uptodate)
        own = {"escape": printed, "Markup": partial(str.__new__, Markup)}
        template.root_render_func.__globals__.update(own)
        return template


class _Environment(Environment):
    template_class = _Template

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        # Jinja chains two maps, which is slow to walk through and is walked through for every page.
        return {**self.globals, **(d or {})}


class _Loader(BaseLoader):
    """Gives Jinja the sources it was given, with paths so that tracebacks name them."""

    def __init__(self, sources: Mapping[str, TemplateText]) -> None:
        self._sources = sources

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source = self._sources.get(template)
        if source is None:
            raise TemplateNotFound(template)
        return source.text, source.path, lambda: True


def make_environment(sources: Mapping[str, TemplateText], kept: Path | None) -> Environment:
    """Set Jinja2 up for templates, given by name; `kept` is a folder that keeps them compiled."""
    environment = _Environment(
        loader=_Loader(sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        extensions=["jinja2.ext.i18n", Fragments],
        bytecode_cache=FileSystemBytecodeCache(str(kept)) if kept else None,
    )
    environment.policies["ext.i18n.trimmed"] = True
    install: Callable[..., None] = vars(environment)["install_null_translations"]
    install(newstyle=True)
    environment.filters |= {"safe_html": Markup, "long_date": long_date, "short_date": short_date}
    environment.filters |= {"month_name": month_name, "clock": clock, "plain_url": plain_url}
    environment.filters |= {"day": day, "machine_date": machine_date}
    return environment


# English for now, and never the locale's: a page's bytes must not depend on who builds it.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_date(value: datetime | date | str) -> str:
    """Write a day out: `Monday 2 June 2025`. Takes a date or its ISO text."""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(value: datetime | date | str) -> str:
    """Write a day briefly: `2 June`. Takes a date or its ISO text."""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day.day} {MONTHS[day.month - 1]}"


def month_name(name: str) -> str:
    """Write `2025-06` as `June 2025`; a bare year stays as it is."""
    year, _, month = name.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month else year


def clock(value: datetime) -> str:
    """Write a time of day: `14:10`."""
    return f"{value.hour:02}:{value.minute:02}"


def day(value: datetime) -> str:
    """Name a day: `2025-06-02`."""
    return value.date().isoformat()


def machine_date(value: datetime) -> str:
    """Write a moment for machines, to the minute: `2025-06-02T14:10+02:00` (HTML, global dates and times)."""
    return value.isoformat(timespec="minutes")


def plain_url(address: str) -> str:
    """Shorten an address to its host, as readers know it."""
    return re.sub(r"^https?://(?:www\.)?|/.*$", "", address)
