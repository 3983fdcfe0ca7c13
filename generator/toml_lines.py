"""Where a key stands in a TOML document, and what is wrong with one: its reader forgets, and is short of words."""

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


_HINTS = {
    "Cannot overwrite a value": "a key may stand in its table once",
    "Invalid value": 'text needs quotes ("…"), true and false have small letters',
    "Illegal character '\\n'": "a text lacks its closing quote",
    "Unescaped '\\' in a string": "write it twice, or put the text between single quotes",
}


NO_TOML = (RecursionError, ValueError)
"""What `tomllib` raises where a text is no TOML, or nothing that Python can hold."""


def impossible(error: Exception) -> str:
    """Say what `tomllib` cannot hold: it does not say where that stands."""
    deep = isinstance(error, RecursionError)
    return "its tables and lists nest too deep to read" if deep else "a number in it has too many digits"


def in_words(text: str, message: str) -> str:
    """Say what to do about what the reader of a TOML document (`tomllib`) found.

    Args:
        text: the document.
        message: what the reader says, without the place.

    Returns: the message, with a hint where there is one.
    """
    twice = re.fullmatch(r"Cannot declare \((.*)\) twice", message)
    if twice:
        names = re.findall(r"'([^']*)'", twice[1])
        line = line_of(text, tuple(names))
        return f"[{'.'.join(names)}] is there already, on line {line}; put the keys below that one"
    return f"{message}; {_HINTS[message]}" if message in _HINTS else message
