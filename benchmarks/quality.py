"""Scores what ingest makes of dirty input, and fails where it is worse than it was: `make quality`.

What it scores: bodies of real web pages, as HTML and as nothing but their visible text, and topics of real
headlines, where the development data lies beside the project (`../shared/data`); and the project's own corpus.
"""

import argparse
import gzip
import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from extraction import score

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from casebook import FOLDER, UNMET, cases, leaks, losses, misread, read_and_describe, read_case, unaccounted  # noqa: E402

from generator.config import Config  # noqa: E402
from generator.ingest.adapters import read  # noqa: E402
from generator.ingest.classifying.topics import classify  # noqa: E402
from generator.ingest.describe import Description, describe  # noqa: E402
from generator.ingest.formats import Document  # noqa: E402
from generator.ingest.guide import Guide  # noqa: E402
from generator.ingest.kinds import Kind  # noqa: E402
from generator.model import RawStory  # noqa: E402

DATA = HERE.parent.parent / "shared" / "data"
FLOORS = HERE / "floors.toml"
GUIDE = Guide(root=".", config=Config(), now=datetime(2025, 7, 1, tzinfo=UTC))
METADATA = frozenset({"agency-mark", "byline", "credit", "dateline", "reporting"})
"""Rules for what a story says of itself: datelines and credits, which ingest files as such."""

MEANT = 3
"""Decimal places of a floor."""


def main(arguments: list[str]) -> int:
    """Run the command line: a table on standard output, and 1 where a score is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--raise", action="store_true", dest="lift", help="raise the floors to what was found"
    )
    given = parser.parse_args(arguments)
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    found = dict(_scores())
    for name in floors.keys() - found.keys():
        sys.stdout.write(f"{name}: not measured, its data is not here\n")
    width = max(map(len, found))
    for name, value in found.items():
        mark = "" if value >= floors.get(name, 0.0) else "  BELOW ITS FLOOR"
        sys.stdout.write(f"{name:<{width}}  {value:.4f}  floor {floors.get(name, 0.0):.4f}{mark}\n")
    if given.lift:
        _lift(floors, found)
    return int(any(value < floors.get(name, 0.0) for name, value in found.items()))


def _scores() -> Iterator[tuple[str, float]]:
    if DATA.is_dir():
        yield from _pages()
        yield "topics.headlines", _headlines()
    for folder in (FOLDER, UNMET):
        yield from _cases(folder)


def _pages() -> Iterator[tuple[str, float]]:
    """F1 of the bodies of web pages: as HTML, and as their visible text."""
    gold = {
        name: page["body"] for name, page in json.loads((DATA / "pages-dev/gold.json").read_text()).items()
    }
    pages = {name: gzip.decompress((DATA / f"pages-dev/{name}.html.gz").read_bytes()) for name in gold}
    texts = {name: _reading(name, Kind.WEBPAGE, data) for name, data in pages.items()}
    yield "pages.html", score(gold, {name: body for name, (_, body) in texts.items()}).f1
    seen = {name: _reading(name, Kind.TEXT, document.encode())[1] for name, (document, _) in texts.items()}
    yield "pages.text", score(gold, seen).f1


def _reading(name: str, kind: Kind, data: bytes) -> tuple[str, str]:
    """Give the visible text of a document, and the bodies of its stories without what was dropped from them."""
    reading = read(Document(name, 1, kind, data), GUIDE)
    bodies = (_body(story, describe(story, name, GUIDE.now, GUIDE)) for story in reading.stories)
    return reading.document, "\n".join(bodies)


def _body(story: RawStory, made: Description) -> str:
    """Give the text of a story's body; what became metadata counts as if it still stood there."""
    dropped = [part.block for part in made.dropped if part.rule not in METADATA]
    texts = []
    for block in story.body:
        letters = list(block.text)
        for part in dropped:
            start = part.start - block.start
            if 0 <= start < len(letters):
                letters[start : start + len(part.text)] = " " * len(part.text)
        texts.append("".join(letters))
    return "\n".join(texts)


def _headlines() -> float:
    """The share of headlines whose topic is one of those that count as right."""
    lines = (DATA / "topics-dev.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    right = sum(classify(item["title"], item["text"]).topic in item["accept"] for item in items)
    return right / len(items)


def _cases(folder: Path) -> Iterator[tuple[str, float]]:
    """Of a folder of cases: stories with the right boundaries, phrases that did not leak, and that are not lost."""
    read_cases = [(case, read_and_describe(case)) for case in map(read_case, cases(folder))]
    counted: dict[str, Callable[..., Iterable[str]]] = {"stories": misread, "leakage": leaks, "loss": losses}
    asked: Mapping[str, int] = {
        "stories": sum(max(1, len(case.stories)) for case, _ in read_cases),
        "leakage": sum(len(case.said["gone"]) for case, _ in read_cases),
        "loss": sum(len(case.said["once"]) for case, _ in read_cases),
    }
    for name, failing in counted.items():
        wrong = sum(len(list(failing(case, outcome))) for case, outcome in read_cases)
        yield f"{folder.name}.{name}", max(0.0, 1 - wrong / asked[name])
    whole = sum(1 for _, outcome in read_cases if not unaccounted(outcome.reading))
    yield f"{folder.name}.accounted", whole / len(read_cases)


def _lift(floors: Mapping[str, float], found: Mapping[str, float]) -> None:
    """Write the floors anew, none lower than it was."""
    raised = {name: max(floors.get(name, 0.0), found.get(name, 0.0)) for name in {**floors, **found}}
    head = "# What `make quality` found at least once, and never falls below again: `--raise` raises it.\n"
    lines = (f'"{name}" = {int(value * 10**MEANT) / 10**MEANT}\n' for name, value in sorted(raised.items()))
    FLOORS.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
