"""How long a story, and what is said of it, may be: what lists and feeds repeat, and what a page can show."""

from dataclasses import replace

from generator import fields
from generator.ingest.formats import Reading
from generator.model import Dropped, Issue, RawStory, Severity

LONGEST_STORY = 2_000_000
"""Characters of a story's text: long books have fewer."""

LONGEST_TITLE = fields.LONGEST
"""Characters of a story's title: a build would cut a longer one."""

MOST_AUTHORS = 50
"""Authors of a story that are named."""

LONGEST_NAME = 300
"""Characters of the name of an author or a publisher."""

LONGEST_ADDRESS = fields.LONGEST_ADDRESS
"""Characters of an address: a build would leave a longer one out."""

TOO_LONG = "too-long"
"""The rule for a story that is too long."""


def bounded(reading: Reading, path: str) -> Reading:
    """Leave out stories that are too long, and of the others what is said of them and is too long or too much.

    Args:
        reading: what was found in a document.
        path: how to name it in issues.
    """
    stories: list[RawStory] = []
    dropped: list[Dropped] = []
    issues: list[Issue] = []
    for story in reading.stories:
        line = story.line or story.title.line
        if why := _why_too_long(story):
            issues.append(Issue(path, line, f"not filed: {why}"))
            dropped += [Dropped(block, TOO_LONG) for block in (story.title, *story.body, *story.header)]
        else:
            kept, gone = _without_excess(story)
            stories.append(kept)
            issues += [Issue(path, line, said, Severity.WARNING) for said in gone]
    if not issues:
        return reading
    return replace(
        reading,
        stories=tuple(stories),
        dropped=tuple(sorted((*reading.dropped, *dropped), key=lambda part: part.block.start)),
        issues=(*reading.issues, *issues),
    )


def _why_too_long(story: RawStory) -> str:
    if len(story.title.text) > LONGEST_TITLE:
        return f"a title of more than {LONGEST_TITLE:,} characters"
    if sum(len(block.text) for block in story.body) > LONGEST_STORY:
        return f"a story of more than {LONGEST_STORY:,} characters; part it"
    return ""


def _without_excess(story: RawStory) -> tuple[RawStory, list[str]]:
    """Give a story without what is too much, and a sentence about each kind of it."""
    facts = story.facts
    kept = replace(
        facts,
        authors=tuple(name for name in facts.authors if len(name) <= LONGEST_NAME)[:MOST_AUTHORS],
        address=_address(facts.address),
        source_address=_address(facts.source_address),
        image=_address(facts.image),
    )
    source = story.source if len(story.source) <= LONGEST_NAME else ""
    gone = []
    if kept.authors != facts.authors:
        gone.append(
            f"not all authors are named: more than {MOST_AUTHORS}, or more than {LONGEST_NAME} characters"
        )
    if kept != replace(facts, authors=kept.authors):
        gone.append(f"an address of more than {LONGEST_ADDRESS:,} characters is left out")
    if source != story.source:
        gone.append(f"a publisher's name of more than {LONGEST_NAME} characters is left out")
    return (replace(story, source=source, facts=kept), gone) if gone else (story, gone)


def _address(address: str) -> str:
    return address if len(address) <= LONGEST_ADDRESS else ""
