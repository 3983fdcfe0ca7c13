"""What matters on a page of many stories: how much each is covered, which section comes first, what leads.

Coverage is counted on the page itself: the stories of one event share tags, so the story that most others are about
too stands for the largest event. Nothing is known of how often a word occurs elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence

from generator.records import changed
from generator.views import Card, Section

FULL = 6
"""How many stories a section of the front page shows in full."""

BRIEFS = 8
"""How many of those left over the front page names in a line each."""

BRIEF_DAYS = 2
"""Of how many days with news, the newest, these may be."""


def coverage(cards: Sequence[Card]) -> dict[str, int]:
    """Count for each story, by its path, how many of the others share a tag with it.

    Stories are bits, and a tag an integer with the bits of those that carry it: a page of tens of thousands of
    stories takes a fraction of a second, even where all carry the same tag.
    """
    carriers: dict[str, int] = {}
    for position, card in enumerate(cards):
        for tag in card.tags:
            carriers[tag.slug] = carriers.get(tag.slug, 0) | 1 << position
    return {
        card.path: max(_either(carriers[tag.slug] for tag in card.tags).bit_count() - 1, 0) for card in cards
    }


def _either(sets: Iterable[int]) -> int:
    whole = 0
    for one in sets:
        whole |= one
    return whole


def choose_lead(cards: Sequence[Card], covered: Mapping[str, int]) -> Card | None:
    """Choose the story of the newest day that most others are about too; of several the newest that has a text.

    Args:
        cards: stories, newest first.
        covered: what `coverage` counted.
    """
    today = [card for card in cards if card.date.date() == cards[0].date.date()]
    return max(today, key=lambda card: (covered[card.path], card.has_body, card.date), default=None)


def order_sections(cards: Iterable[Card], covered: Mapping[str, int]) -> tuple[Section, ...]:
    """Group stories by topic, the most important topic first.

    That is the one with the most covered story; of several the one with the most stories, then the one with the
    newest, then the first by slug.

    Args:
        cards: stories, newest first; they stay so within a section.
        covered: what `coverage` counted.
    """
    by_topic: dict[str, list[Card]] = {}
    for card in cards:
        by_topic.setdefault(card.topic.slug, []).append(card)

    def rank(slug: str) -> tuple[int, int, float, str]:
        found = by_topic[slug]
        return (-max(covered[card.path] for card in found), -len(found), -found[0].date.timestamp(), slug)

    return tuple(
        Section(by_topic[slug][0].topic, tuple(by_topic[slug])) for slug in sorted(by_topic, key=rank)
    )


def front_section(section: Section, covered: Mapping[str, int]) -> Section:
    """Give a section as the front page shows it: its first story leads it, and no more than `FULL` are shown.

    The first is the most covered one of the section's newest day; the others stay newest first.
    """
    first = choose_lead(section.cards, covered)
    others = [card for card in section.cards if card is not first]
    cards = (first, *others)[:FULL] if first else ()
    return changed(section, cards=cards, more=len(section.cards) - len(cards))


def choose_briefs(cards: Sequence[Card], shown: Iterable[Card]) -> tuple[Card, ...]:
    """Choose what the front page names in a line: the newest of its newest days that it shows nowhere else.

    Args:
        cards: all stories of the page, newest first.
        shown: those that it shows in full.
    """
    days = list(dict.fromkeys(card.date.date() for card in cards))[:BRIEF_DAYS]
    full = {card.path for card in shown}
    left = (card for card in cards if card.path not in full and card.date.date() in days)
    return tuple(left)[:BRIEFS]
