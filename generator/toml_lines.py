"""Where a key stands in a TOML document: its reader forgets, and people want to be told."""

import re


def line_of(text: str, where: tuple[str, ...]) -> int:
    """Find the line of a TOML document (TOML 1.0) that a key stands on.

    Args:
        text: the document.
        where: the names of the tables around the key, outermost first, and its own.

    Returns: the line, from 1; that of the innermost key or table around it where it is not there, else 1.
    """
    best, deepest, table, wanted = 1, 0, "", ".".join(where)
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[{1,2}([^\[\]]+)\]", line)
        if header:
            table = ".".join(part.strip(" \t\"'") for part in header[1].split("."))
        key = re.match(r"""\s*((?:[\w.-]|"[^"]*"|'[^']*')+)\s*=""", line)
        name = ".".join(part for part in (table, key and key[1].strip("\"'")) if part)
        if not (header or key):
            continue
        if f"{name}.".startswith(f"{wanted}."):
            return number
        if len(name) > deepest and f"{wanted}.".startswith(f"{name}."):
            best, deepest = number, len(name)
    return best
