"""Which templates a template extends, includes and imports, and on which line."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jinja2 import meta, nodes

from generator.model import DEFAULT, TemplateText


class Reference(NamedTuple):
    """A template that another one names.

    Attributes:
        name: its name, `None` where that is decided only while rendering.
        line: the line that names it, from 1.
        optional: it need not exist.
    """

    name: str | None
    line: int
    optional: bool


def find_references(tree: nodes.Template) -> Iterator[Reference]:
    """Find the templates that a parsed template names."""
    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    for node in tree.find_all(kinds):
        names = list(meta.find_referenced_templates(nodes.Template([node])))
        optional = len(names) > 1 or (isinstance(node, nodes.Include) and node.ignore_missing)
        for name in names:
            yield Reference(name, node.lineno, optional)


def original(sources: Mapping[str, TemplateText], name: str) -> str | None:
    """Name the theme's file of macros that a site's own takes the place of, `None` for any other template.

    What is not in the site's is taken from there: such files begin with an underscore.
    """
    theirs, own = sources.get(f"{DEFAULT}{name}"), sources.get(name)
    return f"{DEFAULT}{name}" if name.startswith("_") and theirs and own and theirs.text != own.text else None
