"""Names of files as text: which are fit to be published, and how to show those that are not."""

import os
import re

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What is no text in a name, ends a line, or steers a terminal."""

ILL_NAMED = (
    "the name of this file or folder is not UTF-8, holds a control character or is too long; rename it"
)
"""What is wrong with a file or folder that is left out for its name."""


def is_text(path: str) -> bool:
    """Tell whether a path is text (UTF-8): nothing else has an address, or a place in the catalogue."""
    return path.isascii() or not any("\udc80" <= character <= "\udcff" for character in path)


def is_plain(path: str) -> bool:
    """Tell whether a path is text, without line ends and other control characters.

    Nothing else is published: lists of files have a path a line, and not every host takes other names.
    """
    return not _UNFIT.search(path)


def as_text(name: str) -> str:
    """Give a name as reports can hold it: bytes that are no text become U+FFFD."""
    return name if is_text(name) else os.fsencode(name).decode("utf-8", "replace")


def escaped(path: str) -> str:
    r"""Write a path so that it is plain: bytes that are no text as `\xe9`, control characters as `\n`."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNFIT.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
