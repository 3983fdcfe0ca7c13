"""Jinja2 as pages use it: where templates come from, what they can call, how what they print is escaped."""

import re
from collections.abc import Callable, Mapping, MutableMapping
from datetime import datetime
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any

import markupsafe
from jinja2 import (
    BaseLoader,
    Environment,
    FileSystemBytecodeCache,
    Template,
    TemplateNotFound,
    nodes,
)
from jinja2.environment import TemplateModule
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from generator import charts, page_head
from generator.calendars import weeks
from generator.fragments import Fragments
from generator.locales import Locale, direction
from generator.model import TemplateText
from generator.references import original
from generator.speech import FUNCTIONS, Speech
from generator.undefined import Undefined

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

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 - Jinja's names
        shared: bool = False,  # noqa: FBT001, FBT002
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> TemplateModule:
        """Make what imports of the template see: macros that a site's own file lacks are the theme's."""
        module = super().make_module(vars, shared, locals)
        loader = self.environment.loader
        name = original(loader.sources, self.name or "") if isinstance(loader, _Loader) else None
        if name:
            theirs = self.environment.get_template(name).make_module(vars, shared, locals)
            module.__dict__.update({**theirs.__dict__, **module.__dict__})
        return module


class _Spoken(NodeTransformer):
    """Puts what a message says in the place of the call that asks for it, where it leaves nothing open.

    Other calls become filters: to call a function takes Jinja longer than what is said.
    """

    def __init__(self, say: Callable[[str], Markup]) -> None:
        self._say = say

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        match node:
            case nodes.Call(
                node=nodes.Name(name="_" | "gettext"), args=[nodes.Const(value=str(message))], kwargs=[]
            ):
                return nodes.Const(self._say(message), lineno=node.lineno)
            case nodes.Call(node=nodes.Name(name=name), args=[message, *others]) if name in FUNCTIONS:
                return nodes.Filter(
                    message,
                    f"say {name}",
                    others,
                    node.kwargs,
                    node.dyn_args,
                    node.dyn_kwargs,
                    lineno=node.lineno,
                )
            case _:
                return node


class _Environment(Environment):
    template_class = _Template
    say: Callable[[str], Markup] = Markup

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        # A page says a dozen things that are always the same; to ask for each took a fifth of rendering it.
        tree = super()._parse(source, name, filename)
        _Spoken(self.say).visit(tree)
        return tree

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        # Jinja chains two maps, which is slow to walk through and is walked through for every page.
        return {**self.globals, **(d or {})}


class _Loader(BaseLoader):
    """Gives Jinja the sources it was given, with paths so that tracebacks name them."""

    def __init__(self, sources: Mapping[str, TemplateText]) -> None:
        self.sources = sources

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source = self.sources.get(template)
        if source is None:
            raise TemplateNotFound(template)
        return source.text, source.path, lambda: True


def make_environment(
    sources: Mapping[str, TemplateText], locale: Locale, kept: Path | None = None
) -> Environment:
    """Set Jinja2 up for templates, given by name, in one language; `kept` is a folder that keeps them compiled."""
    environment = _Environment(
        loader=_Loader(sources),
        autoescape=True,
        undefined=Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        extensions=["jinja2.ext.i18n", Fragments],
        bytecode_cache=FileSystemBytecodeCache(str(kept), f"{locale.stamp}-%s.cache") if kept else None,
    )
    environment.policies["ext.i18n.trimmed"] = True
    vars(environment)["newstyle_gettext"] = True  # what a message leaves open is filled in by our functions
    speech = Speech(locale, printed)
    environment.say = speech.gettext
    functions = {name: getattr(speech, method) for name, method in FUNCTIONS.items()}
    environment.globals |= functions
    environment.filters |= {f"say {name}": function for name, function in functions.items()}
    environment.filters |= {"safe_html": Markup, "plain_url": plain_url, "initial_capital": initial_capital}
    environment.filters |= {"day": day, "machine_date": machine_date}
    environment.filters |= {name: getattr(locale, name) for name in LOCAL}
    environment.filters["direction"] = direction
    environment.filters |= page_head.FILTERS
    environment.filters["weeks"] = partial(weeks, first=locale.week_begins)
    environment.filters |= {"bars": charts.bars, "scale": charts.scale, "rules": charts.rules}
    environment.globals["weekdays"] = locale.weekdays
    return environment


LOCAL = ("long_date", "short_date", "dated", "month_name", "clock", "number", "listed", "language_name")
"""The filters that write as the site's language does: methods of its locale."""


def day(value: datetime) -> str:
    """Name a day: `2025-06-02`."""
    return value.date().isoformat()


def machine_date(value: datetime) -> str:
    """Write a moment for machines, to the minute: `2025-06-02T14:10+02:00` (HTML, global dates and times)."""
    return value.isoformat(timespec="minutes")


def plain_url(address: str) -> str:
    """Shorten an address to its host, as readers know it."""
    return re.sub(r"^https?://(?:www\.)?|/.*", "", address)


def initial_capital(text: str) -> str:
    """Begin a text with a capital letter, as headings do in languages that write days and months small."""
    return text[:1].upper() + text[1:]
