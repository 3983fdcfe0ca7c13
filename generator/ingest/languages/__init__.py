"""What ingest knows of languages: a folder for each, with files for people to read and extend.

| file | what |
|---|---|
| `dates.toml` | how times and datelines are worded |
| `junk.toml` | what stands inside stories and is no part of them |
| `language.toml` | by which small words the language is known, and what it is called |
| `pages.toml` | the words that make the calls and notices of pages (Arabic) |
| `records.toml` | how feeds and records word what they add to a text |
| `rules.toml` | the lines of pages that are no story's |
| `sentences.toml` | by which words a sentence is known to begin (Arabic) |
| `summary.toml` | what is no lead |
| `tags.toml` | names and subjects, and words that are neither |
| `topics.toml` | the weighted terms of topics |
| `weights.toml` | what words weigh that a page says, and those of a story |
| `words.toml` | the small words that make prose |
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def codes() -> tuple[str, ...]:
    """Give the codes of the languages there are, in order (BCP 47)."""
    folders = (entry.name for entry in resources.files(__package__).iterdir() if entry.is_dir())
    return tuple(sorted(name for name in folders if not name.startswith("_")))


def has_table(code: str, name: str) -> bool:
    """Tell whether there is a file of that name for a language."""
    return code in codes() and resources.files(__package__).joinpath(f"{code}/{name}.toml").is_file()


def read_table(code: str, name: str) -> dict[str, Any]:
    """Read a file of a language: `read_table("en", "topics")`; "" for what is said of all languages.

    Raises:
        FileNotFoundError: there is none.
    """
    path = f"{code}/{name}.toml" if code else f"{name}.toml"
    return tomllib.loads(resources.files(__package__).joinpath(path).read_text("utf-8"))


def read_tables(name: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Read the file of that name of every language that has one, each with its language, in their order."""
    return tuple((code, read_table(code, name)) for code in codes() if has_table(code, name))
