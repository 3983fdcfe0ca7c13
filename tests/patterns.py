"""Every regular expression that the package compiles, with how it is used: `python tests/patterns.py` prints them.

It is a process of its own, so that nothing is compiled before it listens. It loads every module, reads the corpus,
has every rule compiled, looks for what functions hand to `re` as it is written, and writes a line of JSON for each
expression: where it is compiled, it, its flags, how.
"""

import ast
import dataclasses
import importlib
import json
import os
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "generator"
WAYS = ("match", "fullmatch", "search", "split", "sub", "subn", "findall", "finditer")
found: dict[tuple[str | bytes, int], set[tuple[str, str]]] = {}


def listen() -> None:
    """Note whatever the package has compiled from now on."""
    compiled = re._compile  # type: ignore[attr-defined]  # noqa: SLF001 - all of `re` comes by here

    def heard(pattern: Any, flags: int) -> Any:  # noqa: ANN401 - what `re` is given
        frame = sys._getframe(1)  # noqa: SLF001 - who asks
        how = frame.f_code.co_name
        while frame.f_back and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(PACKAGE) and isinstance(pattern, str | bytes):
            place = str(path.relative_to(PACKAGE))
            how = uses(place, frame.f_lineno) if how == "compile" else how
            found.setdefault((pattern, int(flags)), set()).add((place, how))
        return compiled(pattern, flags)

    re._compile = heard  # type: ignore[attr-defined]  # noqa: SLF001 - as above


@cache
def _module(place: str) -> ast.Module:
    return ast.parse((PACKAGE / place).read_text())


def uses(place: str, line: int) -> str:
    """Tell how a constant of a module is used that is compiled on a line: from one place, or searched for."""
    tree = _module(place)
    names = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and node.lineno <= line <= (node.end_lineno or 0)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    if len(names) != 1 or not min(names).startswith("_"):
        return "search"  # others may use it in any way
    ways: set[str] = set()
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Name) and child.id in names and isinstance(child.ctx, ast.Load):
                ways.add(node.attr if isinstance(node, ast.Attribute) else "search")
    return min(ways) if ways in ({"match"}, {"fullmatch"}) else "search"


def load() -> None:
    """Load every module."""
    generator = importlib.import_module("generator")
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def read_corpus(root: Path) -> None:
    """Read and describe what the tests read, one document of each kind and language and some more."""
    from generator.config import Config, Site  # noqa: PLC0415 - loaded when it is listened to
    from generator.ingest import work  # noqa: PLC0415
    from generator.ingest.decoding import Refused  # noqa: PLC0415
    from generator.ingest.formats import Document  # noqa: PLC0415
    from generator.ingest.guide import Guide  # noqa: PLC0415
    from generator.ingest.kinds import Kind, sniff  # noqa: PLC0415

    guide = Guide(str(root), Config(site=Site()), datetime(2025, 7, 1, 12, tzinfo=UTC))
    compile_rules(guide.rules)
    for path in sorted(
        path for path in root.rglob("*") if path.is_file() and not path.name.endswith(".json")
    )[::16]:
        data = path.read_bytes()
        try:
            kind = sniff(data, path.name)
        except Refused:
            continue
        if kind not in {Kind.ZIP, Kind.GZIP}:
            work.read_all(guide, [Document(path.name, 1, kind, data)])


def read_calls() -> None:
    """Note what functions hand to `re` as it is written, whether or not they were called here."""
    for path in sorted(PACKAGE.rglob("*.py")):
        place = str(path.relative_to(PACKAGE))
        for node in ast.walk(_module(place)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            of, pattern = node.func.value, node.args[0]
            if isinstance(of, ast.Name) and of.id == "re" and isinstance(pattern, ast.Constant):
                how = node.func.attr
                if how in WAYS and isinstance(pattern.value, str | bytes):
                    found.setdefault((pattern.value, 0), set()).add((place, how))


def compile_rules(value: object) -> None:
    """Have everything compiled that a value holds and compiles where it is first needed."""
    from generator.ingest.rulebook.alternatives import Alternatives  # noqa: PLC0415 - as above
    from generator.ingest.rulebook.rule import Rule  # noqa: PLC0415

    for part in _within(value):
        if isinstance(part, Rule):
            _ = part.pattern
        elif isinstance(part, Alternatives):
            for pattern in (part.whole, part.opening):
                found.setdefault((pattern, 0), set()).add(("ingest/rulebook/alternatives.py", "fullmatch"))


def _within(value: object) -> Iterator[object]:
    yield value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _within(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _within(part)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from _within(part)


def main() -> None:
    """Print what was compiled, each as `[place, how, pattern, flags, whether it is of bytes]`."""
    listen()
    load()
    read_corpus(HERE / "corpus")
    read_calls()
    for (pattern, flags), places in sorted(found.items(), key=repr):
        text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        for place, how in sorted(places):
            print(json.dumps([place, how, text, flags, isinstance(pattern, bytes)]))  # noqa: T201 - its result


if __name__ == "__main__":
    os.environ.pop("DATELINE_ROOT", None)
    main()
