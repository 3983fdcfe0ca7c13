"""Names that templates use and that are not there: what the error says."""

from collections.abc import Iterable

from jinja2 import StrictUndefined
from jinja2.utils import missing

from generator import records
from generator.spelling import nearest
from generator.views import Site

GIVEN = ("site", "page")
"""What every template is given."""

CLOSE = 0.65
"""How like a field's name a misspelt one is: `page.headline` may mean `page.head`."""


class Undefined(StrictUndefined):
    """Stands for what is not there; whatever a template does with it but ask whether it is defined is an error.

    The error names what is there instead.
    """

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, owner = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if owner is missing:
            return _unknown(str(name))
        if owner is None:
            return f"none has no `{name}`: what it is asked of is not there"
        if isinstance(owner, (tuple, list)):
            return f"a list of {len(owner)} has no `{name}`"
        return _lacking(owner, str(name))


def _unknown(name: str) -> str:
    if name in GIVEN:
        return f"`{name}` is not given here: macros that are imported without context see what they are called with"
    hint = nearest(name, GIVEN) or "templates see `site`, `page` and what they set or import themselves"
    return f"`{name}` is not defined; {hint}"


def _lacking(owner: object, name: str) -> str:
    """Say that a value lacks a field, and which one was meant or which there are."""
    kind = type(owner)
    names: Iterable[str] = owner if isinstance(owner, dict) else records.fields(kind)
    known = [str(one) for one in names]
    before = "site." if kind is Site else "page." if kind.__name__.endswith("View") else ""
    said = f"`{before}{name}` is not there" if before else f"`{kind.__name__}` has no `{name}`"
    hint = nearest(name, known, before, likeness=CLOSE) or f"there are: {', '.join(known)}" * bool(known)
    return f"{said}; {hint}" if hint else said
