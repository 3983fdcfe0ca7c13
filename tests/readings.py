"""What a corpus file is expected to read as, and the account of every character of a reading."""

from pathlib import Path

from generator.ingest.formats import Reading
from generator.model import Block, RawStory

CORPUS = Path(__file__).parent / "corpus"


def expectations(text: str) -> dict[str, list[list[str]]]:
    """Read the lines `#| name: part | part`, by their names."""
    found: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        if line.startswith("#| "):
            name, _, value = line.removeprefix("#| ").partition(":")
            parts = value.split("|", 2 if name == "story" else 1)
            found.setdefault(name, []).append([part.strip() for part in parts])
    return found


def blocks_of(story: RawStory) -> list[Block]:
    return [story.title, *story.header, *story.body]


def assert_accounted(reading: Reading) -> None:
    """Every visible character is in exactly one block, and every block says truly where it stands."""
    told = [block for story in reading.stories for block in blocks_of(story)]
    blocks = [*told, *(part.block for part in reading.dropped)]
    done, document = 0, reading.document
    for block in sorted(blocks, key=lambda block: block.start):
        assert document[done : block.start].strip() == ""
        assert document[block.start : block.start + len(block.text)] == block.text == block.text.strip() != ""
        assert document.count("\n", 0, block.start) + 1 == block.line
        done = block.start + len(block.text)
    assert document[done:].strip() == ""


def assert_as_expected(readings: list[Reading], wanted: dict[str, list[list[str]]]) -> None:
    """Compare what was read with a file's expectations."""
    for reading in readings:
        assert_accounted(reading)
    stories = [story for reading in readings for story in reading.stories]
    flat = [[" ".join(story.title.text.split()), story.source, story.published] for story in stories]
    assert flat == wanted.get("story", [])
    for name, facts in wanted.items():
        if name.partition(" ")[0] == "fact":
            story = stories[int(name.partition(" ")[2] or 1) - 1]
            for field, value in facts:
                assert (field, _worded(getattr(story.facts, field))) == (field, value)
    body = [[block.kind, " ".join(block.text.split())] for story in stories for block in story.body]
    assert [block for block in wanted.get("block", []) if block not in body] == []
    text = "\n".join(block for _, block in body)
    assert [gone for (gone,) in wanted.get("gone", []) if gone in text] == []
    rules = {part.rule for reading in readings for part in reading.dropped}
    assert [rule for (rule,) in wanted.get("rule", []) if rule not in rules] == []
    issues = [issue for reading in readings for issue in reading.issues]
    assert [(str(issue.line), issue.message) for issue in issues] == [
        (
            line,
            next(
                (issue.message for issue in issues if said in issue.message and str(issue.line) == line), said
            ),
        )
        for line, said in wanted.get("issue", [])
    ]


def _worded(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
