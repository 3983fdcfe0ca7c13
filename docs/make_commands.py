"""Writes the tables of `reference/commands.md`: what the commands themselves say of their arguments and options.

`python docs/make_commands.py` tells whether the tables are up to date, `--write` brings them up to date. What an
option does is said once, in `generator/cli.py`; what stands around the tables is written by hand.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from generator.cli import app

DOCUMENT = Path(__file__).parent / "reference" / "commands.md"
PART = re.compile(
    r"(<!-- Made by docs/make_commands\.py: (.+?) -->\n).*?(<!-- Up to here\. -->\n)", re.DOTALL
)
"""A part that is made: the mark that begins it with the command's name, what it holds, the mark that ends it."""


def commands() -> Mapping[str, Any]:
    """Give the commands by their whole names; `dateline` itself has the options that stand before a command."""
    whole: Any = typer.main.get_command(app)
    return {"dateline": whole, **{f"dateline {name}": one for name, one in whole.commands.items()}}


def parameters(command: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - typer's own command, untyped there
    """Give each argument and option of a command: how it is written, its default, and what it does."""
    for one in command.params:
        if one.param_type_name == "argument":
            many = "…" if one.nargs != 1 else ""
            written = f"`{(one.metavar or one.name).upper()}{many}`"
        else:
            names = " or ".join(f"`{name}`" for name in sorted(one.opts, key=len))
            value = "" if one.is_flag else f" {one.metavar or _value(one)}"
            written = names.removesuffix("`") + f"{value}`"
        yield written, _default(one), one.help or ""


def _value(option: Any) -> str:  # noqa: ANN401 - the same
    return {"directory": "DIR", "path": "PATH", "int": "N", "int range": "N"}.get(option.type.name, "TEXT")


def _default(option: Any) -> str:  # noqa: ANN401 - the same
    value = option.default
    return "" if callable(value) or value in (None, False, "") else f"`{value}`"


def table(command: Any) -> str:  # noqa: ANN401 - the same
    """Write what a command says of itself."""
    rows = [
        f"| {written} | {default} | {does} |".replace("|  |", "| |")
        for written, default, does in parameters(command)
    ]
    return "\n".join((command.help.strip(), "", "| | default | |", "|---|---|---|", *rows, ""))


def document(text: str) -> str:
    """Put the parts that are made into the document."""
    known = commands()
    return PART.sub(lambda part: part[1] + "\n" + table(known[part[2]]) + part[3], text)


def main(arguments: list[str]) -> str | None:
    """Write the document, or say whether it is as it should be; gives what is wrong."""
    text = DOCUMENT.read_text()
    made = document(text)
    if "--write" in arguments:
        DOCUMENT.write_text(made)
        return None
    return None if made == text else f"{DOCUMENT.name} is out of date: run this with --write"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
