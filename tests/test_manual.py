"""The manual: it builds without a warning, and tells of commands, keys and fields all there is and nothing else."""

import importlib
import json
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import manual
import msgspec
import pytest
from conftest import Project
from manual import DOCS, REPOSITORY
from typer.testing import CliRunner

from generator import records
from generator.cli import app
from generator.config import Config
from generator.fields import FIELDS
from generator.hosts import KINDS
from generator.model import Issue
from generator.records import Record, Value
from generator.report import BuildReport, CheckReport, Outcome, PublishReport

MADE = runpy.run_path(str(DOCS / "make_commands.py"))
COMMANDS: Mapping[str, Any] = MADE["commands"]()


def code(cell: str) -> str:
    """Give what stands in a cell as code, and nothing else."""
    found = re.fullmatch(r"`(.*)`", cell)
    return found[1].replace("\\|", "|") if found else ""


def test_it_builds_without_a_warning_and_every_link_leads_somewhere(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet", "-j", "1"]
    done = subprocess.run([*command, DOCS, tmp_path / "made"], capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert done.returncode == 0
    assert all((tmp_path / "made" / page).with_suffix(".html").is_file() for page in manual.pages())


def test_every_page_is_told_of_on_the_first() -> None:
    assert [
        page for page in manual.pages() if page != "index.md" and f"]({page}" not in manual.read("index.md")
    ] == []


def test_what_the_readme_and_its_like_lead_to_is_there() -> None:
    for page in REPOSITORY.glob("*.md"):
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", manual.prose(page.read_text())):
            assert (REPOSITORY / link).exists(), f"{page.name}: {link}"


def test_commands_and_options_are_said_to_do_what_the_commands_say() -> None:
    page = manual.read("reference/commands.md")

    assert MADE["document"](page) == page, "run python docs/make_commands.py --write"
    for found in (r"^## `(.*)`$", r"^<!-- Made by \S+: (.*) -->$"):
        assert sorted(re.findall(found, page, re.MULTILINE)) == sorted(COMMANDS)


REQUIRED = "required"
OPTIONS_OF_OTHERS = {"--write", "--paper", "--delete"}
"""What pages name alone and no command knows: options of scripts and of rsync, a property of styles."""


def options(*commands: str) -> set[str]:
    return {name for command in commands for one in COMMANDS[command].params for name in one.opts}


@pytest.mark.parametrize("page", ["../README.md", *manual.pages()])
def test_no_page_names_a_command_or_an_option_that_is_not(page: str) -> None:
    for words in map(str.split, re.findall(r"`((?:dateline |--)[^`\n]*)`", manual.prose(manual.read(page)))):
        command = " ".join(words[:2] if words[:2][-1].isalpha() else words[:1])
        known = options(command) if words[0] == "dateline" else options(*COMMANDS) | OPTIONS_OF_OTHERS

        assert {word for word in words if re.match("--[a-z]", word)} <= known


def defaults_of(kind: type[Record]) -> Iterator[tuple[str, Any]]:
    """Give each key of a table of the configuration, and its default."""
    for field in msgspec.structs.fields(kind):
        made = field.default_factory
        yield (
            field.encode_name,
            REQUIRED if field.required else field.default if made is msgspec.NODEFAULT else made(),
        )


def keys_of(kind: type[Record], table: str = "") -> Iterator[tuple[str, str, Any]]:
    """Give each key of a table, and of those in it: the table, the key, its default."""
    hints = get_type_hints(kind)
    for key, default in defaults_of(kind):
        within = f"{table}.{key}".strip(".")
        inner = [one for one in alternatives(hints[key]) if isinstance(one, type) and issubclass(one, Record)]
        if table and (not inner or len(alternatives(hints[key])) > 1):
            yield table, key, default
        for one in inner:
            yield from keys_of(one, within)


def alternatives(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any annotation
    return get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)


def written(default: Any) -> str:  # noqa: ANN401 - any default
    """Write a default as the reference does: as TOML, which of these values is JSON, too."""
    if default == REQUIRED:
        return REQUIRED
    return "`[theme.fonts]`" if isinstance(default, Record) else f"`{json.dumps(default)}`"


OWNERS = {("pages", "SLUG"): "", ("topics", "SLUG"): "", ("publish.NAME", "kind"): REQUIRED}
"""Tables whose keys are the owner's, as the reference writes them."""


def test_every_key_of_the_configuration_is_told_with_its_default_and_no_other() -> None:
    sections = manual.sections("reference/configuration.md")
    told = told_keys(*(text for heading, text in sections.items() if not heading.startswith("`kind = ")))

    assert {table.partition(".")[0] for table, _ in told} == {*records.fields(Config)}
    assert told == {(table, key): written(default) for table, key, default in keys_of(Config)} | OWNERS


def told_keys(*sections: str) -> dict[tuple[str, str], str]:
    """Give what sections of the reference tell of the configuration: the default, by table and key."""
    found = {}
    for section in sections:
        for key, default, _ in manual.rows(section):
            table, name = re.fullmatch(r"`\[(\S+)\] (\S+)`", key).groups()  # type: ignore[union-attr]
            found[table, name] = default
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_place_to_publish_to_is_told_with_its_default_and_no_other(kind: str) -> None:
    section = manual.sections("reference/configuration.md")[f'`kind = "{kind}"`']

    assert told_keys(section) == {
        ("publish.NAME", key): written(default) for key, default in defaults_of(KINDS[kind])
    }


def test_every_key_of_front_matter_is_told_and_no_other() -> None:
    told = [code(cells[0]) for cells in manual.rows(manual.sections("reference/front-matter.md")["Keys"])]

    assert sorted(told) == sorted(FIELDS)


def fields_of(kind: Any, path: str = "", names: tuple[str, ...] = ()) -> Iterator[str]:  # noqa: ANN401
    """Give the paths of all fields that a value has as JSON; issues are the same everywhere, and told once."""
    hints = get_type_hints(kind)
    for name in names or records.fields(kind):
        yield f"{path}{name}"
        for one in alternatives(hints[name]):
            inner = get_args(one)[0] if get_origin(one) is tuple and get_args(one) else one
            if isinstance(inner, type) and issubclass(inner, Value) and inner is not Issue:
                yield from fields_of(inner, f"{path}{name}{'[].' if inner is not one else '.'}")


def told_of(*commands: str) -> list[str]:
    heading = " and ".join(f"`dateline {command} --json`" for command in commands)
    return [code(cells[0]) for cells in manual.rows(manual.sections("reference/json.md")[heading])]


def printed(value: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Give the paths of all fields in JSON that was printed."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            for name, inner in item.items():
                yield f"{path}{name}"
                if name != "issues":
                    yield from printed(inner, f"{path}{name}{'[].' if isinstance(inner, list) else '.'}")


@pytest.mark.parametrize(
    ("command", "kind"), [("build", BuildReport), ("check", CheckReport), ("publish", PublishReport)]
)
def test_every_field_of_json_is_told_and_no_other(command: str, kind: type) -> None:
    assert sorted(told_of(command)) == sorted(fields_of(kind))


def test_every_field_of_an_issue_and_of_a_turn_of_watching_is_told_and_no_other() -> None:
    issues = manual.rows(manual.sections("reference/json.md")["Issues"])

    assert sorted(code(cells[0]) for cells in issues) == sorted(
        f"issues[].{name}" for name in records.fields(Issue)
    )
    assert sorted(told_of("watch", "serve")) == sorted(records.fields(Outcome))


def test_what_is_printed_as_json_is_told(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", draft="true")
    project.article("sport/2025-06-02/boat.md", "The boat", "2025-06-02")
    project.write("seeds/2025-06-02-a.txt", SEED)
    project.configure('[publish.web]\nkind = "folder"\npath = "../public"\n')

    def prints(*arguments: str) -> set[str]:
        said = CliRunner().invoke(app, [*arguments, "--json", "--root", str(project.root)]).stdout
        return {*printed(json.loads(said))}

    assert prints("ingest") == {*told_of("ingest")}
    assert prints("build", "--explain", "2025/06/02/boat/") == {*told_of("build")}
    assert prints("check") == {field for field in told_of("check") if not field.startswith("external.")}
    assert prints("publish") == {*told_of("publish")}


SEED = """\
The Harbour Bridge opens to all

The bridge over the Ellery opened to carts and carriages on Monday, the harbour trust said.

Subscribe to our newsletter
"""


NAMED = re.compile(
    r"(?:RFC|ISO|BCP|FIPS|UAX|UTS|CSS [A-Z]\w+) \d+|WCAG [\d.]+"
    r"|(?:XML|TOML|OPML|JSON-LD|JSON Feed|sitemaps\.org|Google News) \d\.\d"
    r"|WebSub|RSS 2\.0|NFKC|CLDR|OpenGraph|schema\.org|Dublin Core|Media Topics|HTML standard|MIME Sniffing"
    r"|gettext|microformats|Content Security Policy Level \d"
)
"""How the code names a standard that it holds to."""


def code_of(modules: str) -> str:
    """Read the modules that a cell names: those of the package, data beside them, templates."""
    text = ""
    for name in re.findall(r"`([^`]+)`", modules):
        place = f"generator/{name}" if not name.startswith("templates/") else name
        text += (REPOSITORY / (place if "." in name else f"{place}.py")).read_text()
    return text


def test_every_standard_that_the_code_names_is_told() -> None:
    told = manual.read("reference/standards.md")
    files = (REPOSITORY / "generator").rglob("*.py")

    assert {name for path in files for name in NAMED.findall(path.read_text())} - {
        *NAMED.findall(told)
    } == set()


def test_every_standard_that_is_told_is_named_where_it_is_said_to_be() -> None:
    for section in manual.sections("reference/standards.md").values():
        for standard, _, modules in manual.rows(section):
            names = NAMED.findall(re.sub(r"\(http\S+\)", "", standard))
            assert names, standard
            assert [name for name in names if name not in code_of(modules)] == [], modules


UNITS = {"MiB": 1 << 20, "GiB": 1 << 30, "KiB": 1 << 10, "": 1, "bytes": 1, "seconds": 1, "characters": 1}
"""What a limit may be given in."""


def test_the_limits_are_those_of_the_code() -> None:
    for name, given, _ in manual.rows(manual.read("reference/limits.md")):
        module, _, constant = code(name).rpartition(".")
        number, _, unit = given.partition(" ")
        limit = getattr(importlib.import_module(f"generator.{module}"), constant)
        assert float(number.replace(",", "")) * UNITS[unit] == limit, name
