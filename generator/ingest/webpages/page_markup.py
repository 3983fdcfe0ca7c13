"""What the markup around a line says of it: HTML's own elements, and the names that publishers give theirs."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from generator.ingest.webpages.visible import Element

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ABOUT_OTHERS = re.compile(
    r"(?<!\S)(?:has|have|no|not|with|without|hide|category|tag|type|format|status)[-_]\S+"
)
_LONGEST_NAMES = 400  # characters of class and id that are read
_DEEPEST = 64  # elements around a line that are looked at
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code em font i mark q s small span strong sub sup time tt u".split()  # noqa: SIM905
)
_ITALIC = frozenset({"em", "i", "small", "cite"})
_EVERYWHERE = 10**6

Slot = tuple[tuple[str, str], ...]
"""A slot of a template, as `signature` tells it."""

_NO_FURNITURE = frozenset({"page-deck", "page-heading", "page-post"})  # what names say besides


@dataclass(frozen=True, slots=True)
class Names:
    """A rule over the names of elements; see `page_markup.toml`."""

    rule: str
    words: frozenset[str]
    reach: int = _EVERYWHERE
    short: bool = False


@dataclass(frozen=True, slots=True)
class Conventions:
    """All that `page_markup.toml` holds: the rule of an element, and what each word of a name stands for."""

    never: frozenset[str]
    elements: dict[str, str]
    words: dict[str, tuple[Names, ...]]


@cache
def load_conventions() -> Conventions:
    """Read the package's conventions."""
    data = tomllib.loads(resources.files(__package__).joinpath("page_markup.toml").read_text("utf-8"))
    names = [Names(**{**table, "words": frozenset(table["words"])}) for table in data["names"]]
    every = {word for name in names for word in name.words}
    return Conventions(
        never=frozenset(data["never"]),
        elements=data["elements"],
        words={word: tuple(name for name in names if word in name.words) for word in every},
    )


def words(element: Element) -> frozenset[str]:
    """Give the words in an element's class and id, in lower case.

    Names that say what else there is (`has-thumbnail`), or what a story is about (`category-social`), are left out.
    """
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_NAMES]
    return frozenset(word.lower() for word in _WORD.findall(_ABOUT_OTHERS.sub("", names)))


def around(element: Element) -> Iterator[Element]:
    """Give an element and those around it, innermost first."""
    for _ in range(_DEEPEST):
        if element is None:
            return
        yield element
        element = element.getparent()


def block_of(element: Element) -> Element:
    """Give the element itself, or if it stands in running text the innermost block around it."""
    return next((outer for outer in around(element) if outer.tag not in _INLINE), element)


def is_italic(element: Element) -> bool:
    """Whether an element and what stands in it is set apart from running text: italic or small."""
    for outer in around(element):
        if outer.tag not in _INLINE:
            return False
        if outer.tag in _ITALIC:
            return True
    return False


def signature(element: Element) -> Slot:
    """Give what marks the slot of a template: tag and class, without digits, of an element and two around it."""
    slot = list(around(element))[:3]
    return tuple((outer.tag, re.sub(r"\d+", "", outer.get("class") or "")) for outer in slot)


class Roles:
    """What the elements of one page say of the lines in them; each is looked at once."""

    def __init__(self) -> None:
        self._said: dict[Element, tuple[Names, ...]] = {}

    def names(self, element: Element) -> tuple[Names, ...]:
        """Give the rules over names that an element meets."""
        if element not in self._said:
            known = load_conventions().words
            self._said[element] = tuple(
                name for word in sorted(words(element)) for name in known.get(word, ())
            )
        return self._said[element]

    def rule(self, element: Element, holds_story: Callable[[Element], bool], *, short: bool) -> str:
        """Find the rule that makes a line of an element furniture, "" where none does.

        Args:
            element: the innermost that holds the line.
            holds_story: tells whether an element holds so much of the story that what it is called says nothing.
            short: whether the line is no sentence and no paragraph.
        """
        known = load_conventions()
        for distance, outer in enumerate(around(element)):
            if outer.tag in known.never:
                return known.elements[outer.tag]
            if holds_story(outer):
                break
            if outer.tag in known.elements:
                return known.elements[outer.tag]
            for name in self.names(outer):
                if distance < name.reach and (short or not name.short) and name.rule not in _NO_FURNITURE:
                    return name.rule
        return ""
