"""A Jinja tag for what many pages show alike: `{% cache card, today %}…{% endcache %}` is rendered once for each.

The owner of a template promises that what stands inside depends on the values named, on `site` and `url` only.
"""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

MOST = 8192
"""Fragments kept at a time, and as many of those from before: some ten megabytes of what stories look like."""

_FIND, _FIND_OLD, _KEEP = "find fragment", "find old fragment", "keep fragment"


def set_scope(environment: Environment, scope: object) -> None:
    """Name what all fragments from now on depend on beside the values they name, such as the site."""
    vars(environment)["scope"] = scope


class _Store:
    """Keeps what was asked for lately: what nobody wants while as many others come is forgotten."""

    def __init__(self) -> None:
        self._young: dict[Any, Markup] = {}
        self._old: dict[Any, Markup] = {}
        self.find: Callable[[Any], Markup | None] = self._young.get

    def find_old(self, key: Any) -> Markup | None:  # noqa: ANN401 - whatever a template names
        return self.keep((key, self._old[key])) if key in self._old else None

    def keep(self, found: tuple[Any, Markup]) -> Markup:
        if len(self._young) >= MOST:
            self._old = self._young.copy()
            self._young.clear()
        key, fragment = found
        self._young[key] = fragment
        return fragment


class Fragments(Extension):
    """The tag `cache`, with one store per environment."""

    tags = {"cache"}  # noqa: RUF012 - Jinja's own way to say it

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.extend(scope=None)
        store = _Store()
        environment.filters |= {_FIND: store.find, _FIND_OLD: store.find_old, _KEEP: store.keep}

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Turn the block into: look it up; where it is not there yet, render and keep it; print it."""
        line = next(parser.stream).lineno
        # The scope comes first: it is no constant, so that Jinja looks up nothing while it compiles.
        values: list[nodes.Expr] = [
            nodes.EnvironmentAttribute("scope"),
            nodes.Const(f"{parser.name}:{parser.free_identifier(line).name}"),
            parser.parse_expression(),
        ]
        while parser.stream.skip_if("comma"):
            values.append(parser.parse_expression())
        body = parser.parse_statements(("name:endcache",), drop_needle=True)
        key, fragment = parser.free_identifier(line), parser.free_identifier(line)
        pair = nodes.Tuple([key, fragment], "load")
        made: list[nodes.Node] = [
            nodes.AssignBlock(fragment, None, body),
            nodes.Assign(fragment, _call(_KEEP, pair)),
        ]
        looked: list[nodes.Node] = [
            nodes.Assign(fragment, _call(_FIND_OLD, key)),
            nodes.If(nodes.Not(fragment), made, [], []),
        ]
        return [
            node.set_lineno(line)
            for node in (
                nodes.Assign(key, nodes.Tuple(values, "load")),
                nodes.Assign(fragment, _call(_FIND, key)),
                nodes.If(nodes.Not(fragment), looked, [], []),
                nodes.Output([fragment]),
            )
        ]


def _call(name: str, argument: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(argument, name, [], [], None, None)
