"""A ledger that others changed: merged, converted, cut short, damaged. No story comes twice, no line is lost."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import NOW, Project
from killing_ingests import FERRY, LONGER, NAMESAKE, everything

from generator import files
from generator.catalogue import NAME as CATALOGUE
from generator.ledger import NAME

SEEDS = {"a.txt": FERRY, "b.txt": LONGER, "c.txt": NAMESAKE}
Damage = Callable[[bytes], bytes]


@pytest.fixture
def site(project: Project) -> Project:
    for name, text in SEEDS.items():
        project.write(f"seeds/{name}", text)
    project.ingest()
    return project


def ledger(site: Project) -> Path:
    return site.root / "content" / NAME


def merge(data: bytes) -> bytes:
    first, *others = data.splitlines(keepends=True)
    return b"".join([b"<<<<<<< ours\n", first, b"=======\n", first, b">>>>>>> theirs\n", *others])


def tell_more(data: bytes) -> bytes:
    return b"".join(
        json.dumps({**json.loads(line), "mood": [1]}).encode() + b"\n" for line in data.splitlines()
    )


HARMLESS: dict[str, Damage] = {
    "merged": merge,
    "with the line ends of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "with a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "every line twice": lambda data: data + data,
    "in another order": lambda data: b"".join(reversed(data.splitlines(keepends=True))),
    "by a later version": tell_more,
    "without its last line end": bytes.rstrip,
    "with empty lines": lambda data: data.replace(b"\n", b"\n\n"),
}
HARMFUL: dict[str, Damage] = {
    "gone": lambda _: b"",
    "cut short": lambda data: data[: len(data) // 2],
    "without its beginning": lambda data: data[len(data) // 2 :],
    "with a line that is none": lambda data: data.replace(b"{", b"{{", 1),
    "with zeros at its end": lambda data: data[:-300] + bytes(300),
    "in another encoding": lambda data: data.decode().encode("utf-16"),
    "something else": lambda _: b"[1, 2]\nnull\n",
}


@pytest.mark.parametrize("how", sorted(HARMLESS))
def test_a_ledger_that_still_tells_all_is_believed(site: Project, how: str) -> None:
    before, said = everything(site.root / "content"), HARMLESS[how](ledger(site).read_bytes())
    removed = next(path for path in site.content() if "strike" in path)
    site.remove(f"content/{removed}")
    ledger(site).write_bytes(said)

    assert [article.status for article in site.ingest().articles] == ["unchanged", "retracted", "unchanged"]
    assert site.content() == {path: before[path] for path in before if path not in {removed, NAME}}
    assert ledger(site).read_bytes().rstrip() == said.rstrip()


@pytest.mark.parametrize("how", sorted(HARMFUL))
@pytest.mark.parametrize("catalogue", [True, False])
def test_a_ledger_that_lost_lines_makes_no_story_come_twice(
    site: Project, how: str, *, catalogue: bool
) -> None:
    before = site.content()
    damaged = HARMFUL[how](ledger(site).read_bytes())
    ledger(site).write_bytes(damaged)
    if not catalogue:
        shutil.rmtree(site.root / files.STATE)
    site.write(
        "more/d.txt", "Fog closes the harbour\n\nFog closed the harbour of Port Ellery for two days.\n"
    )

    site.ingest("more")  # what was lost is not among these, and counts later all the same
    site.ingest()

    assert before.items() <= site.content().items()
    assert len(site.content()) == len(SEEDS) + 1
    lines = [line for line in damaged.split(b"\n")[:-1] if line]
    assert all(line in ledger(site).read_bytes() for line in lines)
    assert {article.status for article in site.ingest().articles} == {"unchanged"}


@pytest.mark.parametrize("left", [1, 40, -40, -2])
def test_a_line_that_a_kill_cut_short_is_written_again(site: Project, left: int) -> None:
    before = everything(site.root / "content")
    *lines, last = before[NAME].splitlines(keepends=True)
    ledger(site).write_bytes(b"".join([*lines, last[:left]]))
    report = site.ingest()

    assert everything(site.root / "content") == before
    assert [issue.line for issue in report.issues] == [len(lines) + 1]
    assert site.ingest().issues == ()


def test_a_rehearsal_mends_no_ledger(site: Project) -> None:
    cut = ledger(site).read_bytes()[:-40]
    ledger(site).write_bytes(cut)
    site.ingest(dry_run=True)

    assert ledger(site).read_bytes() == cut


def test_a_ledger_that_is_a_folder_is_told_and_nothing_is_filed(site: Project) -> None:
    before = site.content()
    ledger(site).unlink()
    ledger(site).mkdir()

    with pytest.raises(IsADirectoryError, match=NAME):
        site.ingest()
    ledger(site).rmdir()
    site.ingest()
    assert site.content() == before


def test_a_catalogue_that_is_a_folder_is_told(site: Project) -> None:
    path = site.root / files.STATE / CATALOGUE
    path.unlink()
    path.mkdir()

    for work in (site.ingest, lambda: site.build(NOW)):
        with pytest.raises(IsADirectoryError, match=CATALOGUE):
            work()
    path.rmdir()
    assert {article.status for article in site.ingest().articles} == {"unchanged"}
