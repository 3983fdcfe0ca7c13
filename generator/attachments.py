"""The files beside an article: which ones it uses, and what is known of its picture."""

import posixpath
from collections.abc import Iterable, Sequence

from generator import urls
from generator.inputs import Filed
from generator.records import changed


def with_attachments(filed: Filed, names: Sequence[str]) -> Filed:
    """Add the relative addresses in an article's body to the names in its front matter."""
    own = tuple(filter(_is_beside, filed.attachments))
    return changed(filed, attachments=tuple(dict.fromkeys((*own, *beside(names)))))


def with_size(filed: Filed, size: tuple[int, int] | None) -> Filed:
    """Add the size of an article's picture; one that has none is no picture, and no page shows it."""
    width, height = size or (0, 0)
    image = filed.card.image if size else ""
    card = changed(filed.card, image=image, image_width=width, image_height=height)
    return changed(filed, entry=changed(filed.entry, card=card))


def beside(addresses: Iterable[str]) -> tuple[str, ...]:
    """Name the files beside an article that relative addresses in its body mean, each once."""
    names = (posixpath.normpath(urls.unquoted(address)) for address in addresses)
    return tuple(dict.fromkeys(filter(_is_beside, names)))


def _is_beside(name: str) -> bool:
    return name not in {urls.INDEX, ".", ".."} and not name.startswith(("../", "/"))
